"""Competencies x stages: who assesses what, whether the minutes fit, what is missing or double."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from jdgen.places import Place, Places
from jdgen.role import AskedQuestion, AssessedCompetency, PlannedStage, Role
from jdgen.spec import Question

RATERS = 2
"""How many people rate a required competency at least."""
MOST_STAGES = 3
"""In how many stages of one plan a competency is scored at most."""
MOST_SCORED = 4
"""How many competencies a stage scores at most."""
SCORED_PERCENT = 75
"""How much of a stage's slot its questions take at most."""


@dataclass(frozen=True)
class Coverage:
    """Where one competency is assessed in the default plan, and by how many people."""

    competency: AssessedCompetency
    stages: tuple[PlannedStage, ...]

    @property
    def raters(self) -> int:
        return raters(self.stages, self.competency)


@dataclass(frozen=True)
class Minutes:
    """How a stage's slot is spent, in minutes."""

    opening: int
    questions: int
    candidate_questions: int
    closing: int
    slot: int

    @property
    def planned(self) -> int:
        return self.opening + self.questions + self.candidate_questions + self.closing

    @property
    def most_scored(self) -> int:
        """What the questions may take at most, however little the rest takes."""
        return self.slot * SCORED_PERCENT // 100

    @property
    def room(self) -> int:
        """The minutes that questions may take: what the rest leaves, and no more than their part of the slot."""
        left = self.slot - (self.planned - self.questions)
        return max(0, min(left, self.most_scored))


@dataclass(frozen=True)
class Journey:
    """What one candidate goes through: the default plan, or that with one other stage put in."""

    stages: tuple[PlannedStage, ...]
    put_in: PlannedStage | None = None


@dataclass(frozen=True)
class Flaw:
    """A hole in a plan or an overlap: its sort, what it is, and where it was written."""

    sort: str
    message: str
    place: Place


def coverage(role: Role) -> tuple[Coverage, ...]:
    """For each competency, the stages of the default plan that score it."""
    default = default_stages(role)
    return tuple(
        Coverage(competency, tuple(stage for stage in default if competency in stage.competencies))
        for competency in role.competencies
    )


def default_stages(role: Role) -> tuple[PlannedStage, ...]:
    """The stages that every candidate has."""
    return tuple(stage for stage in role.stages if stage.is_default)


def other_stages(role: Role) -> tuple[PlannedStage, ...]:
    """The alternatives, and the stages on request."""
    return tuple(stage for stage in role.stages if not stage.is_default)


def stage_minutes(stage: PlannedStage) -> Minutes:
    """How the stage's slot is spent, each range of minutes at its most."""
    spec = stage.stage
    frame = [part.minutes if part else 0 for part in (spec.opening, spec.candidate_questions, spec.closing)]
    asked = sum(asked.question.minutes.most for asked in stage.questions)
    if spec.agenda and not stage.questions:
        asked = max(0, spec.minutes.most - sum(frame))  # an agenda takes what the rest leaves
    return Minutes(
        opening=frame[0], questions=asked, candidate_questions=frame[1], closing=frame[2], slot=spec.minutes.most
    )


def candidate_minutes(role: Role) -> int:
    """The minutes that the default plan asks of a candidate."""
    return sum(stage.stage.minutes.most for stage in default_stages(role))


def steps(role: Role) -> Mapping[str, str]:
    """By stage, the stage that it stands instead of in the end, or itself. One candidate has one stage of each step."""
    above = {stage.id: stage.stage.instead_of for stage in role.stages}

    def first(name: str) -> str:
        way = [name]
        while (next_up := above.get(way[-1])) is not None and next_up not in way:
            way.append(next_up)
        return way[-1] if next_up is None else min(way[way.index(next_up) :])  # a circle is one step

    return {name: first(name) for name in above}


def journeys(role: Role) -> tuple[Journey, ...]:
    """The default plan, then the plan with each of the other stages put in."""
    step = steps(role)
    changed = (
        Journey(tuple(s for s in role.stages if s is other or (s.is_default and step[s.id] != step[other.id])), other)
        for other in other_stages(role)
    )
    return (Journey(default_stages(role)), *changed)


def available(role: Role, competency: AssessedCompetency) -> tuple[Question, ...]:
    """The competency's questions that may be asked at the role's level; all if the role has none."""
    level = role.level.id if role.level else None
    return tuple(q for q in competency.questions if level is None or not q.levels or level in q.levels)


def raters(stages: Iterable[PlannedStage], competency: AssessedCompetency) -> int:
    """How many people rate the competency in these stages."""
    return sum(stage.interviewers for stage in stages if competency in stage.competencies)


def raters_needed(competency: AssessedCompetency) -> int:
    """How many people have to rate it: one, or more if it is required."""
    return RATERS if competency.is_required else 1


def holes(role: Role, places: Places) -> Iterator[Flaw]:
    """What the plan leaves out: competencies first, then stage by stage."""
    if not role.stages:
        yield Flaw("no-plan", "the role has no interview plan", places.role)
        return
    for competency in role.competencies:
        yield from _holes_of_competency(role, competency, places)
    for stage in role.stages:
        yield from _holes_of_stage(role, stage, _place(places, stage))


def _holes_of_competency(role: Role, competency: AssessedCompetency, places: Places) -> Iterator[Flaw]:
    use = places.uses.get(competency.id, places.role)
    if not available(role, competency):
        at_level = f" at level '{role.level.id}'" if role.level and competency.questions else ""
        yield Flaw("no-questions", f"'{competency.id}' has no questions{at_level}", use)
    for journey, count in thin(role, competency):
        message = _too_few(competency, count)
        if journey.put_in is None:
            yield Flaw("few-raters" if count else "not-scored", f"{message} in the default plan", use)
        else:
            where = _place(places, journey.put_in)
            yield Flaw("alternative", f"{message} in the plan with '{journey.put_in.id}'", where)


def thin(role: Role, competency: AssessedCompetency) -> list[tuple[Journey, int]]:
    """Where too few people rate a competency, and how many do: in the default plan, else in those that are worse."""
    counts = [(journey, raters(journey.stages, competency)) for journey in journeys(role)]
    few = [(journey, count) for journey, count in counts if count < raters_needed(competency)]
    return few[:1] if few and few[0][0].put_in is None else few


def _too_few(competency: AssessedCompetency, count: int) -> str:
    if not count:
        return f"'{competency.id}' ({competency.use.importance}) is scored in no stage"
    people = "one person" if count == 1 else f"{count} people"
    return f"'{competency.id}' ({competency.use.importance}) is rated by {people}, not by {RATERS}"


def sampled(role: Role, stage: PlannedStage) -> set[str]:
    """The competencies that a stage sees in the work sample, if that is reviewed in it."""
    sample = role.plan.work_sample if role.plan else None
    if sample is None or sample.stage != stage.id:
        return set()
    return {criterion.competency for criterion in sample.criteria if criterion.competency}


def unasked(role: Role, stage: PlannedStage) -> list[tuple[int, AssessedCompetency]]:
    """What a stage scores and neither asks about nor sees in the work sample, by its place in the stage's list."""
    seen = {asked.competency.id for asked in stage.questions} | sampled(role, stage)
    return [(place, competency) for place, competency in enumerate(stage.competencies) if competency.id not in seen]


def unscored(stage: PlannedStage) -> list[AskedQuestion]:
    """The questions that a stage asks about what it does not score, in order."""
    return [asked for asked in stage.questions if asked.competency not in stage.competencies]


def _holes_of_stage(role: Role, stage: PlannedStage, place: Place) -> Iterator[Flaw]:
    for position, competency in unasked(role, stage):
        message = f"'{stage.id}' scores '{competency.id}' and asks nothing about it"
        yield Flaw("scored-unasked", message, place.below("competencies", position))
    first: dict[str, AskedQuestion] = {}
    for asked in unscored(stage):
        first.setdefault(asked.competency.id, asked)
    for name, asked in first.items():
        message = f"'{stage.id}' asks about '{name}' and does not score it"
        yield Flaw("asked-unscored", message, asking(place, stage, asked.question.id))
    minutes = stage_minutes(stage)
    if minutes.planned > minutes.slot:
        message = f"'{stage.id}' plans {minutes.planned} minutes in a slot of {minutes.slot}"
        yield Flaw("over", message, place.below("minutes"))
    if stage.is_scored and not minutes.candidate_questions:
        message = f"'{stage.id}' leaves no time for the candidate's questions"
        yield Flaw("no-candidate-time", message, place)


def overlaps(role: Role, places: Places) -> Iterator[Flaw]:
    """What the plan has more often than it needs: questions, stages, competencies."""
    step = steps(role)
    apart = [(a, b) for a, b in combinations(role.stages, 2) if step[a.id] != step[b.id]]
    for earlier, later in apart:
        place = _place(places, later)
        double = _ids(earlier) & _ids(later)
        if double and double == _ids(earlier) == _ids(later) and _scored(earlier) == _scored(later):
            message = f"'{later.id}' scores and asks the same as '{earlier.id}'"
            yield Flaw("same-stage", message, place)
            continue
        for asked in later.questions:
            if asked.question.id in double:
                message = f"'{later.id}' asks '{asked.question.id}' again after '{earlier.id}'"
                yield Flaw("asked-twice", message, asking(place, later, asked.question.id))
    for competency in role.competencies:
        counts = [sum(competency in stage.competencies for stage in journey.stages) for journey in journeys(role)]
        if max(counts) > MOST_STAGES:
            message = f"'{competency.id}' is scored in {max(counts)} stages; {MOST_STAGES} are enough"
            yield Flaw("many-stages", message, places.uses.get(competency.id, places.role))


def _ids(stage: PlannedStage) -> set[str]:
    return {asked.question.id for asked in stage.questions}


def _scored(stage: PlannedStage) -> set[str]:
    return {competency.id for competency in stage.competencies}


def _place(places: Places, stage: PlannedStage) -> Place:
    return places.stages.get(stage.id, places.plan)


def asking(place: Place, stage: PlannedStage, question: str) -> Place:
    """Where a stage names a question."""
    return place.below("questions", stage.stage.questions.index(question))
