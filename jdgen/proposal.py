"""Which questions each stage should ask, within its minutes: every scored competency covered, nothing asked twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from jdgen import plan
from jdgen.cover import BUDGET
from jdgen.draft import Draft, Scoring, Unmet, shortest
from jdgen.plan import MOST_SCORED, Journey, Minutes
from jdgen.role import AskedQuestion, AssessedCompetency, PlannedStage, Role

SHORT_SCREEN = 30
"""The minutes of a screen that is too short to be scored."""


@dataclass(frozen=True)
class ProposedStage:
    """What a stage should score and ask, in order."""

    planned: PlannedStage
    competencies: tuple[AssessedCompetency, ...]
    questions: tuple[AskedQuestion, ...]
    at_other_levels: tuple[str, ...]
    """Questions that the stage lists and that are not for the role's level; they stay listed."""

    @property
    def scores_as_before(self) -> bool:
        return self.competencies == self.planned.competencies

    @property
    def is_unchanged(self) -> bool:
        return self.scores_as_before and self.questions == self.planned.questions

    @property
    def minutes(self) -> Minutes:
        """How the stage's slot would be spent."""
        planned = PlannedStage(self.planned.stage, self.competencies, self.questions)
        return plan.stage_minutes(planned)


@dataclass(frozen=True)
class Proposal:
    """For each stage, the default ones first, what it should score and ask."""

    role: Role
    stages: tuple[ProposedStage, ...]
    unmet: tuple[Unmet, ...]
    is_best: bool
    """False if the search stopped before it knew that no cover meets more."""

    @property
    def is_unchanged(self) -> bool:
        return all(stage.is_unchanged for stage in self.stages)


def propose(role: Role, budget: int = BUDGET) -> Proposal:
    """Questions for each stage: the same for the same role.

    Competencies that too few people rate are given to the stages with the most minutes free. Then every
    competency gets a question in each stage that scores it, by an exact search within a `budget` of work
    (see `cover_of`), else by the first choices. What is listed is kept where it fits, and the minutes left are
    filled by weight.
    """
    scoring = _scoring(role)
    draft = Draft(role, scoring)
    is_best = draft.cover(budget)
    draft.keep_listed()
    draft.fill()
    scored = {
        stage.id: tuple(c for c in scoring[stage.id] if c in stage.competencies or draft.asks(stage, c))
        for stage in role.stages
    }
    ordered = (*plan.default_stages(role), *plan.other_stages(role))
    stages = tuple(_proposed(role, stage, scored[stage.id], draft.asked[stage.id]) for stage in ordered)
    unmet = (*draft.unmet(scored), *_without_raters(role, scored))
    return Proposal(role, stages, unmet, is_best)


def _proposed(
    role: Role, stage: PlannedStage, scored: tuple[AssessedCompetency, ...], asked: Iterable[AskedQuestion]
) -> ProposedStage:
    """The stage with its questions in order: those it lists as they stand, then others by competency."""
    chosen = list(asked)
    kept = [one for one in stage.questions if one in chosen]
    added = [
        AskedQuestion(question, competency)
        for competency in scored
        for question in competency.questions
        if AskedQuestion(question, competency) in chosen and AskedQuestion(question, competency) not in kept
    ]
    here = {one.question.id for one in stage.questions}
    elsewhere = tuple(name for name in stage.stage.questions if name not in here)
    return ProposedStage(stage, scored, (*kept, *added), elsewhere if role.level else ())


# --- who scores what ---


def _scoring(role: Role) -> dict[str, tuple[AssessedCompetency, ...]]:
    """What each stage scores, with what it should score besides so that enough people rate each competency."""
    scoring = {stage.id: stage.competencies for stage in role.stages}
    needy = sorted(role.competencies, key=lambda competency: not competency.is_required)
    for journey in plan.journeys(role):
        if journey.put_in is not None and journey.put_in.stage.optional:
            continue
        may_change = journey.stages if journey.put_in is None else (journey.put_in,)
        for competency in needy:
            while _raters(journey, scoring, competency) < plan.raters_needed(competency):
                free = [stage for stage in may_change if _can_score(role, stage, competency, scoring)]
                if not free:
                    break
                stage = max(free, key=lambda one: _free(role, one, scoring))
                scoring[stage.id] = (*scoring[stage.id], competency)
    return scoring


def _raters(journey: Journey, scoring: Scoring, competency: AssessedCompetency) -> int:
    return sum(stage.interviewers for stage in journey.stages if competency in scoring[stage.id])


def _can_score(role: Role, stage: PlannedStage, competency: AssessedCompetency, scoring: Scoring) -> bool:
    """Whether a stage has room for one more competency, and a question is left for it."""
    spec, scored = stage.stage, scoring[stage.id]
    is_short = spec.kind == "screen" and spec.minutes.most <= SHORT_SCREEN
    is_talk = bool(spec.agenda) and not scored
    if competency in scored or len(scored) >= MOST_SCORED or is_short or is_talk:
        return False
    step, questions = plan.steps(role), plan.available(role, competency)
    taken = {step[name] for name, others in scoring.items() if competency in others} | {step[stage.id]}
    return len(taken) <= len(questions) and shortest(questions) <= _free(role, stage, scoring)


def _free(role: Role, stage: PlannedStage, scoring: Scoring) -> int:
    """The minutes that the shortest questions for what a stage scores leave."""
    needed = sum(shortest(plan.available(role, competency)) for competency in scoring[stage.id])
    return plan.stage_minutes(stage).room - needed


def _without_raters(role: Role, scored: Scoring) -> Iterator[Unmet]:
    """Competencies that too few people would rate."""
    for journey in plan.journeys(role):
        way = f"with '{journey.put_in.id}'" if journey.put_in else "in the default plan"
        for competency in role.competencies:
            count, needed = _raters(journey, scored, competency), plan.raters_needed(competency)
            if count < needed and (journey.put_in is None or not journey.put_in.stage.optional):
                people = "nobody rates" if not count else "one person rates" if count == 1 else f"{count} people rate"
                message = f"{people} '{competency.id}' {way}, {needed} should; no stage has room and a question for it"
                yield Unmet(None, competency.id, message)


# --- what comes out ---


def as_yaml(proposal: Proposal) -> str:
    """The stages as YAML, for below `interview_plan: stages:`; comments say what takes how long."""
    return "".join(f"    {line}\n" for line in _yaml_lines(proposal))


def _yaml_lines(proposal: Proposal) -> Iterator[str]:
    role = proposal.role
    at_level = f" at level {role.level.id}" if role.level else ""
    yield f"# {role.id}{at_level}: into the stages of these ids, below interview_plan: stages:"
    yield from (f"# Not covered: {unmet}" for unmet in proposal.unmet)
    if not proposal.is_best:
        yield "# The search was cut short; a plan that covers more may exist."
    for stage in proposal.stages:
        yield from _stage_lines(stage)
    if not proposal.stages:
        yield "[]"


def _stage_lines(stage: ProposedStage) -> Iterator[str]:
    planned = stage.planned
    yield f"- id: {_quoted(planned.id)}{'  # unchanged' if stage.is_unchanged else ''}"
    if not stage.scores_as_before:
        yield f"  competencies: [{', '.join(_quoted(competency.id) for competency in stage.competencies)}]"
    asked = [
        (_quoted(one.question.id), f"{one.question.minutes.most} min, {one.competency.id}") for one in stage.questions
    ]
    asked += [(_quoted(name), "not at this level") for name in stage.at_other_levels]
    if asked or planned.stage.questions:
        yield f"  questions:{'' if asked else ' []'}"
    width = max((len(name) for name, _ in asked), default=0)
    yield from (f"    - {name:<{width}}  # {remark}" for name, remark in asked)
    yield f"  # {_sum(stage)}"


def _sum(stage: ProposedStage) -> str:
    minutes = stage.minutes
    is_agenda = bool(stage.planned.stage.agenda and not stage.questions)
    parts = (
        (minutes.opening, "opening"),
        (minutes.questions, "agenda, not scored" if is_agenda else "questions"),
        (minutes.candidate_questions, "theirs"),
        (minutes.closing, "closing"),
    )
    spent = ", ".join(f"{count} {name}" for count, name in parts if count)
    return f"{minutes.planned} of {minutes.slot} minutes: {spent or 'nothing planned'}"


def _quoted(name: str) -> str:
    """An id as YAML: `null` would be nothing."""
    return "'null'" if name == "null" else name


def as_data(proposal: Proposal) -> dict[str, Any]:
    """The same as plain data, for JSON."""
    return {
        "role": proposal.role.id,
        "level": proposal.role.level.id if proposal.role.level else None,
        "is_unchanged": proposal.is_unchanged,
        "is_best": proposal.is_best,
        "stages": [_stage_data(stage) for stage in proposal.stages],
        "unmet": [{"stage": one.stage, "competency": one.competency, "reason": one.reason} for one in proposal.unmet],
    }


def _stage_data(stage: ProposedStage) -> dict[str, Any]:
    return {
        "id": stage.planned.id,
        "is_unchanged": stage.is_unchanged,
        "competencies": [competency.id for competency in stage.competencies],
        "questions": [
            {"id": one.question.id, "competency": one.competency.id, "minutes": one.question.minutes.most}
            for one in stage.questions
        ],
        "at_other_levels": list(stage.at_other_levels),
        "minutes": stage.minutes.planned,
        "slot": stage.minutes.slot,
    }
