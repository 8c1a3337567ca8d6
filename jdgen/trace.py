"""Requirement -> competency -> questions -> anchors -> scorecard row, and the holes. Values in, values out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from jdgen.places import Place, Places
from jdgen.plan import unasked
from jdgen.problem import Problem
from jdgen.requirement import Requirement, otherwise_assessed, requirements
from jdgen.role import AssessedCompetency, PlannedStage, Role
from jdgen.spec import Posting, Question

HoleSort = Literal["unassessed", "unscored", "unasked", "unused", "unanchored"]
CRITERION = "criterion"
"""The kind of evidence that is a line of the work sample's rubric, and no question."""


@dataclass(frozen=True)
class Evidence:
    """What shows a competency: a question, or a criterion of the work sample, which has no id."""

    id: str
    kind: str
    text: str
    stages: tuple[PlannedStage, ...]
    """Those of the default plan that ask it."""


@dataclass(frozen=True)
class Row:
    """One requirement with what assesses it."""

    requirement: Requirement
    competency: AssessedCompetency | None
    evidence: tuple[Evidence, ...]
    """What every candidate is asked or given for that competency."""
    written: tuple[int, ...]
    missing: tuple[int, ...]
    """The points of the scale with an anchor for that competency, and those without."""
    scorecards: tuple[PlannedStage, ...]
    """The stages of the default plan on whose scorecards the competency is a row."""

    is_assessed: bool
    """Whether it is rated in an interview, or found out in another way that the spec names."""


@dataclass(frozen=True)
class Hole:
    """Where the chain from a requirement to a scorecard breaks."""

    sort: HoleSort
    message: str
    place: Place
    row: Row | None = None
    competency: AssessedCompetency | None = None
    stage: PlannedStage | None = None
    question: Question | None = None
    missing: tuple[int, ...] = ()
    """Points of the scale without an anchor."""

    @property
    def problem(self) -> Problem:
        """The hole as a command reports it."""
        return self.place.problem(f"trace.{self.sort}", self.message)


@dataclass(frozen=True)
class Trace:
    """A role's requirements, each with what assesses it, and every hole."""

    role: Role
    rows: tuple[Row, ...]
    holes: tuple[Hole, ...]


def trace_of(role: Role, places: Places, posting: Posting | None = None) -> Trace:
    """The trace of a role.

    `places` are those of its spec and `posting` its posting as they were read: a level or posting moves
    entries of lists, so each requirement is looked up where it was written.
    """
    rows = tuple(_row(role, requirement) for requirement in requirements(role.spec, places.spec, posting))
    return Trace(role, rows, tuple(_holes(role, places, rows)))


def _row(role: Role, requirement: Requirement) -> Row:
    competency = next((one for one in role.competencies if one.id == requirement.competency), None)
    otherwise = otherwise_assessed(requirement, role)
    if competency is None:
        return Row(requirement, None, (), (), (), (), otherwise)
    default = tuple(stage for stage in role.stages if stage.is_default)
    missing = _missing(role, competency)
    scorecards = tuple(stage for stage in default if competency in stage.competencies)
    return Row(
        requirement,
        competency,
        tuple(_evidence(role, competency, default)),
        tuple(value for value in _points(role) if value not in missing),
        missing,
        scorecards,
        bool(scorecards) or otherwise,
    )


def _points(role: Role) -> tuple[int, ...]:
    return tuple(point.value for point in role.scale if point.value is not None)


def _missing(role: Role, competency: AssessedCompetency) -> tuple[int, ...]:
    return tuple(value for value in _points(role) if value not in competency.competency.anchors)


def _evidence(role: Role, competency: AssessedCompetency, default: tuple[PlannedStage, ...]) -> Iterator[Evidence]:
    for question in competency.questions:
        asking = tuple(stage for stage in default if any(asked.question is question for asked in stage.questions))
        if asking:
            yield Evidence(question.id, question.kind, str(question.text), asking)
    task = role.plan.work_sample if role.plan else None
    held = tuple(stage for stage in default if task and stage.id == task.stage)
    for criterion in task.criteria if task and (held or not task.stage) else ():
        if criterion.competency == competency.id:
            yield Evidence("", CRITERION, str(criterion.name), held)


# --- holes -----------------------------------------------------------------------------------------


def _holes(role: Role, places: Places, rows: tuple[Row, ...]) -> Iterator[Hole]:
    for row in rows:
        yield from _holes_of_row(row)
    named = {row.competency.id for row in rows if row.competency}
    for competency in role.competencies:
        yield from _holes_of_competency(role, competency, places)
        if competency.id not in named:
            yield from (_unused(competency, question, places) for question in competency.questions)
    for stage in role.stages:
        yield from _holes_of_stage(role, stage, places.stages.get(stage.id, places.plan))


def _holes_of_row(row: Row) -> Iterator[Hole]:
    """That nobody assesses it. An outcome shows on the job and may name no competency; one that it names is scored."""
    requirement = row.requirement
    if row.is_assessed or (requirement.sort == "outcome" and not row.competency):
        return
    message = f"nobody assesses '{requirement.text}' ({requirement.sort})"
    if row.competency:
        message += f": no stage of the default plan scores '{row.competency.id}'"
    yield Hole("unassessed", message, requirement.place, row, row.competency)


def _holes_of_competency(role: Role, competency: AssessedCompetency, places: Places) -> Iterator[Hole]:
    if not any(competency in stage.competencies for stage in role.stages if stage.is_default):
        place = places.uses.get(competency.id, places.role)
        yield Hole("unscored", f"no stage of the default plan scores '{competency.id}'", place, competency=competency)
    if missing := _missing(role, competency):
        place = places.competencies.get(competency.id, places.role).below("anchors")
        message = f"'{competency.id}' has no anchor for {', '.join(map(str, missing))}"
        yield Hole("unanchored", message, place, competency=competency, missing=missing)


def _unused(competency: AssessedCompetency, question: Question, places: Places) -> Hole:
    message = f"the question '{question.id}' serves no requirement: none names '{competency.id}'"
    place = places.questions.get(question.id, places.role)
    return Hole("unused", message, place, competency=competency, question=question)


def _holes_of_stage(role: Role, stage: PlannedStage, place: Place) -> Iterator[Hole]:
    """What it scores and neither asks about nor sees in the work sample."""
    for position, competency in unasked(role, stage):
        message = f"'{stage.id}' scores '{competency.id}' and asks nothing about it"
        yield Hole("unasked", message, place.below("competencies", position), competency=competency, stage=stage)
