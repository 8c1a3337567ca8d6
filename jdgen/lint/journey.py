"""What is wrong with what candidates go through: how much it is, who rates what in it, what is asked and how."""

from __future__ import annotations

from collections.abc import Iterator

from jdgen.lint.rule import Finding
from jdgen.lint.subject import Judged
from jdgen.plan import RATERS, asking, candidate_minutes, default_stages, journeys, sampled, thin
from jdgen.role import AssessedCompetency, PlannedStage, Role

FEWEST, MOST = 4, 8
"""How many competencies a kit measures."""
MOST_INTERVIEWS = 4
MOST_MINUTES = 360


def check(judged: Judged) -> Iterator[Finding]:
    """The findings about the plan of a role, in the default way and with each alternative."""
    yield from _size(judged)
    yield from _load(judged)
    yield from _coverage(judged)
    yield from _asked_twice(judged)
    yield from _talk(judged)


def _size(judged: Judged) -> Iterator[Finding]:
    """SI-004, SI-109."""
    count = len(judged.role.competencies)
    if any(stage.is_scored for stage in judged.role.stages) and not FEWEST <= count <= MOST:
        message = f"the kit measures {count} competencies, not {FEWEST} to {MOST}"
        yield Finding("SI-004", judged.places.role.below("competencies"), message)
    sample = judged.role.plan.work_sample if judged.role.plan else None
    default = {stage.id for stage in default_stages(judged.role)}
    home = sample.limit_minutes if sample and sample.mode == "take_home" and sample.stage in {None, *default} else 0
    minutes = candidate_minutes(judged.role) + home
    if minutes > MOST_MINUTES:
        message = f"the plan asks {minutes} minutes of a candidate, more than {MOST_MINUTES}"
        yield Finding("SI-109", judged.places.plan.below("stages"), message)


def _load(judged: Judged) -> Iterator[Finding]:
    """SI-019: seats are counted, since nobody knows who sits in them."""
    scored = [stage for stage in default_stages(judged.role) if stage.is_scored]
    if scored and sum(stage.interviewers for stage in scored) < RATERS:
        yield Finding("SI-019", judged.places.plan.below("stages"), "one person alone rates the candidate")
    if len(scored) > MOST_INTERVIEWS:
        message = f"the plan has {len(scored)} interviews that are rated, more than {MOST_INTERVIEWS}"
        hint = "drop one, or ignore this rule here with the reason"
        yield Finding("SI-019", judged.places.plan.below("stages"), message, hint=hint)


def _coverage(judged: Judged) -> Iterator[Finding]:
    """SI-033 and SI-034: in the default plan, else in a plan that has another stage put in, and is worse by it."""
    for assessed in judged.competencies:
        name = assessed.assessed.id
        for journey, count in thin(judged.role, assessed.assessed):
            code = "SI-034" if count else "SI-033"
            fault = f"'{name}' is rated by one person in all stages" if count else f"'{name}' is rated in no stage"
            if journey.put_in is None:
                yield Finding(code, assessed.use, f"{fault} of the default plan")
            else:
                where = judged.places.stages[journey.put_in.id].below("competencies")
                yield Finding(code, where, f"{fault} of the plan with '{journey.put_in.id}'")


def _asked_twice(judged: Judged) -> Iterator[Finding]:
    """SI-035."""
    for journey in journeys(judged.role):
        first: dict[str, PlannedStage] = {}
        for stage in journey.stages:
            for asked in stage.questions:
                name = asked.question.id
                if name in first:
                    where = asking(judged.places.stages[stage.id], stage, name)
                    message = f"'{stage.id}' asks '{name}' again, after '{first[name].id}'"
                    yield Finding("SI-035", where, message)
                first.setdefault(name, stage)


def _talk(judged: Judged) -> Iterator[Finding]:
    """SI-037: only where the spec itself says that a competency is technical, which is also what holds by default."""
    for assessed in judged.competencies:
        one = assessed.assessed
        if one.is_required and one.competency.category == "technical" and "category" in one.competency.model_fields_set:
            kinds = {
                asked.question.kind
                for stage in default_stages(judged.role)
                for asked in stage.questions
                if asked.competency.id == one.id
            }
            if kinds and kinds <= {"behavioral", "situational"} and not _is_sampled(judged.role, one):
                message = f"'{one.id}' is technical, and candidates only talk about it"
                yield Finding("SI-037", assessed.use, message)


def _is_sampled(role: Role, competency: AssessedCompetency) -> bool:
    """Whether every candidate does work that is evidence for the competency."""
    return any(competency.id in sampled(role, stage) for stage in default_stages(role))
