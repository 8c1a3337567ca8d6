"""What is wrong with the stages of a plan and its work sample: what they score and ask, minutes, people, rules."""

from __future__ import annotations

from collections.abc import Iterator

from jdgen.lint.rule import Finding
from jdgen.lint.subject import Judged
from jdgen.places import Place
from jdgen.plan import MOST_SCORED, Minutes, asking, stage_minutes, unasked, unscored
from jdgen.problem import Severity
from jdgen.role import PlannedStage, Role
from jdgen.spec import WorkSample

FEWEST_AN_HOUR, MOST_AN_HOUR = 4, 10
FRAME = {
    "opening": ("the opening", 5),
    "candidate_questions": ("the candidate's part", 10),
    "closing": ("the closing", 5),
}
"""The parts around the questions, with their fewest minutes."""
PANEL = 4
UNPAID_MINUTES = 120
PARTS: dict[str, Severity] = {
    "criteria": "warning",
    "stage": "warning",
    "known_traps": "info",
    "follow_up": "info",
    "own_use": "info",
}
"""What a work sample needs besides what the format asks for, and how grave it is to leave it out."""


def check(judged: Judged) -> Iterator[Finding]:
    """The findings about the stages of a role's plan, and about its work sample."""
    for stage in judged.role.stages:
        place = judged.places.stages[stage.id]
        yield from _scored(judged.role, stage, place, _label(judged, stage))
        yield from _competencies(stage, place)
        yield from _people(stage, place)
        yield from _ai_rule(stage, place)
        yield from _candidate_questions(stage, place)
        if not _is_mixed(judged, stage):
            yield from _minutes(stage, place, _label(judged, stage))
            yield from _an_hour(stage, place, _label(judged, stage))
    yield from _alternatives(judged)
    plan = judged.role.plan
    if plan and plan.work_sample:
        yield from _work_sample(plan.work_sample, judged.places.plan.below("work_sample"))


def _is_mixed(judged: Judged, stage: PlannedStage) -> bool:
    """Whether the stage has questions of several levels and no level is chosen, so that nobody is asked them all."""
    return judged.role.level is None and any(asked.question.levels for asked in stage.questions)


def _label(judged: Judged, stage: PlannedStage) -> str:
    """The level's name, where it decides what the stage asks."""
    differs = any(one.question.levels for one in stage.questions) or len(stage.questions) < len(stage.stage.questions)
    return judged.label if differs else ""


def _scored(role: Role, stage: PlannedStage, place: Place, label: str) -> Iterator[Finding]:
    """SI-001: a stage asks what it scores, and scores what it asks."""
    for asked in unscored(stage):
        message = f"'{stage.id}' asks about '{asked.competency.id}' and does not score it"
        yield Finding("SI-001", asking(place, stage, asked.question.id), message)
    for position, competency in unasked(role, stage):
        message = f"'{stage.id}' scores '{competency.id}' and asks nothing about it{label}"
        yield Finding("SI-001", place.below("competencies", position), message)


def _competencies(stage: PlannedStage, place: Place) -> Iterator[Finding]:
    """SI-004."""
    if (count := len(stage.competencies)) > MOST_SCORED:
        message = f"'{stage.id}' scores {count} competencies, more than {MOST_SCORED}"
        yield Finding("SI-004", place.below("competencies"), message)


def _people(stage: PlannedStage, place: Place) -> Iterator[Finding]:
    """SI-019: people on one panel."""
    if stage.is_scored and stage.interviewers > PANEL:
        message = f"'{stage.id}' has {stage.interviewers} interviewers, more than {PANEL}"
        yield Finding("SI-019", place.below("interviewers"), message)


def _ai_rule(stage: PlannedStage, place: Place) -> Iterator[Finding]:
    """SI-104: candidates ask it of every stage, and it matters most where they are rated."""
    if stage.stage.ai_rule is None:
        message = f"'{stage.id}' does not say what AI tools may be used for"
        yield Finding("SI-104", place, message, severity=None if stage.is_scored else "info")


def _candidate_questions(stage: PlannedStage, place: Place) -> Iterator[Finding]:
    """SI-026."""
    if stage.is_scored and not stage_minutes(stage).candidate_questions:
        message = f"'{stage.id}' leaves no time for the candidate's questions"
        yield Finding("SI-026", place.below("candidate_questions"), message)


def _minutes(stage: PlannedStage, place: Place, label: str) -> Iterator[Finding]:
    """SI-006: parts that are longer than the slot are an error, as they can't happen; the rest is convention."""
    minutes = stage_minutes(stage)
    if minutes.planned > minutes.slot:
        message = f"'{stage.id}' plans {minutes.planned} minutes in a slot of {minutes.slot}{label}"
        yield Finding("SI-006", place.below("minutes"), message)
    if stage.is_scored:
        yield from _shares(stage, place, label, minutes)
        yield from _frame(stage, place, minutes)


def _shares(stage: PlannedStage, place: Place, label: str, minutes: Minutes) -> Iterator[Finding]:
    if minutes.questions > minutes.most_scored:
        message = f"the questions of '{stage.id}' take {minutes.questions} of {minutes.slot} minutes{label}"
        hint = f"leave a quarter of the slot for the rest: at most {minutes.most_scored} minutes"
        yield Finding("SI-006", place.below("minutes"), message, hint=hint, severity="warning")
    if minutes.planned < minutes.slot:
        message = f"'{stage.id}' plans {minutes.planned} of {minutes.slot} minutes{label}"
        hint = "shorten the slot, or say what the rest is for"
        yield Finding("SI-006", place.below("minutes"), message, hint=hint, severity="info")


def _frame(stage: PlannedStage, place: Place, minutes: Minutes) -> Iterator[Finding]:
    """No time at all for the candidate's questions is SI-026's."""
    for part, (noun, least) in FRAME.items():
        given: int = getattr(minutes, part)
        if given < least and (given or part != "candidate_questions"):
            message = f"{noun} of '{stage.id}' gets {given} of {least} minutes"
            hint = f"give it {least} minutes"
            yield Finding("SI-006", place.below(part, "minutes"), message, hint=hint, severity="warning")


def _an_hour(stage: PlannedStage, place: Place, label: str) -> Iterator[Finding]:
    """SI-005: work on material takes its own time."""
    count, slot = len(stage.questions), stage_minutes(stage).slot
    too_few = round(60 * count / slot) < FEWEST_AN_HOUR and not _has_work(stage)
    if count and (too_few or 60 * count > MOST_AN_HOUR * slot):
        asked = f"{count} question{'' if count == 1 else 's'} in {slot} minutes"
        message = f"'{stage.id}' asks {asked}; an hour holds {FEWEST_AN_HOUR} to {MOST_AN_HOUR}{label}"
        yield Finding("SI-005", place.below("questions"), message)


def _has_work(stage: PlannedStage) -> bool:
    return stage.stage.kind == "work_sample" or any(one.question.kind == "work_sample" for one in stage.questions)


def _alternatives(judged: Judged) -> Iterator[Finding]:
    """SI-020: whichever stage a candidate has, as many people rate it."""
    stages = {stage.id: stage for stage in judged.role.stages}
    for stage in judged.role.stages:
        replaced = stages.get(stage.stage.instead_of or "")
        if replaced is not None and replaced.interviewers != stage.interviewers:
            message = (
                f"'{stage.id}' has {stage.interviewers} and '{replaced.id}', which it replaces, "
                f"{replaced.interviewers} interviewers"
            )
            yield Finding("SI-020", judged.places.stages[stage.id].below("interviewers"), message)


def _work_sample(sample: WorkSample, place: Place) -> Iterator[Finding]:
    """The rules of our own for a work sample; its criteria are apart."""
    yield from _criteria(sample, place.below("criteria"))
    for field, severity in PARTS.items():
        if not getattr(sample, field):
            yield Finding("SI-105", place, f"the work sample has no {field}", severity=severity)
    if sample.limit_minutes > UNPAID_MINUTES and sample.pay is None:
        message = f"the work sample takes {sample.limit_minutes} minutes and says nothing of pay"
        yield Finding("SI-106", place.below("limit_minutes"), message)
    if sample.alternative is None:
        yield Finding("SI-107", place, "the work sample has no alternative")


def _criteria(sample: WorkSample, place: Place) -> Iterator[Finding]:
    """SI-017: candidates see the weights as they stand. SI-033: a criterion is evidence for something."""
    total = sum(criterion.weight for criterion in sample.criteria)
    if sample.criteria and total != 100:
        message = f"the weights of the work sample's criteria sum up to {total}, not 100"
        yield Finding("SI-017", place, message, hint="let the weights sum up to 100")
    for position, criterion in enumerate(sample.criteria):
        if criterion.competency is None:
            message, hint = "the criterion is evidence for no competency", "name the competency, or drop the criterion"
            yield Finding("SI-033", place.below(position), message, hint=hint, severity="warning")
