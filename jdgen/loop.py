"""A role's interviews as values: stages x competencies with minutes, load of interviewers, holes and overlaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from string import ascii_lowercase
from typing import Any

from jdgen import plan
from jdgen.places import Places
from jdgen.plan import Flaw
from jdgen.role import AssessedCompetency, PlannedStage, Role

_INSIDE = ("live", "on_site", "role_play")
"""Work samples that are done in their stage, so that its slot holds their time."""


@dataclass(frozen=True)
class Cell:
    """One competency in one stage."""

    minutes: int
    is_scored: bool
    in_sample: bool = False
    """Whether the stage sees it in the work sample."""


@dataclass(frozen=True)
class Row:
    """One competency: what it weighs, and where it is asked and scored."""

    id: str
    name: str
    importance: str
    share: int
    """Percent of the total."""
    cells: tuple[Cell, ...]
    """One for each default stage."""
    other_cells: tuple[Cell, ...]
    """One for each of the other stages."""
    minutes: int
    """Of its questions in the default plan."""
    raters: int
    asked: int
    """Its questions in the default plan."""
    available: int
    """Its questions that may be asked at the level."""


@dataclass(frozen=True)
class Column:
    """One stage, and how its slot is spent, in minutes."""

    sign: str
    """What the table calls it: a number, or a letter for a stage that is not in the default plan."""
    id: str
    name: str
    instead_of: str | None
    is_optional: bool
    is_scored: bool
    people: int
    slot: int
    opening: int
    questions: int
    agenda: int
    """What an unscored stage talks about."""
    candidate_questions: int
    closing: int

    @property
    def planned(self) -> int:
        return self.opening + self.questions + self.agenda + self.candidate_questions + self.closing

    @property
    def left(self) -> int:
        """The minutes that are not planned; below 0 if more are planned than there are."""
        return self.slot - self.planned


@dataclass(frozen=True)
class Load:
    """What the default plan asks of the interviewers of one name."""

    role: str
    people: int
    """The most of them in one stage."""
    minutes: int
    """Of one of them who sits in each of their stages."""
    stages: tuple[str, ...]
    competencies: tuple[str, ...]
    """What they score."""


@dataclass(frozen=True)
class Time:
    """What a way through the plan asks of a candidate, in minutes."""

    with_stage: str | None
    """The stage put in; None for the default plan."""
    interviews: int
    work_sample: int
    """At most, outside the interviews."""

    @property
    def total(self) -> int:
        return self.interviews + self.work_sample


@dataclass(frozen=True)
class Loop:
    """All interviews of a role."""

    role: str
    title: str
    level: str | None
    posting: str | None
    version: str
    columns: tuple[Column, ...]
    others: tuple[Column, ...]
    rows: tuple[Row, ...]
    loads: tuple[Load, ...]
    times: tuple[Time, ...]
    holes: tuple[Flaw, ...]
    overlaps: tuple[Flaw, ...]


def loop_of(role: Role, places: Places) -> Loop:
    """What there is to see of the role's plan; `places` are those of the spec as it was read."""
    default, others = plan.default_stages(role), plan.other_stages(role)
    return Loop(
        role=role.id,
        title=role.title,
        level=role.level.id if role.level else None,
        posting=role.posting.id if role.posting else None,
        version=role.version,
        columns=tuple(_column(str(number), stage) for number, stage in enumerate(default, 1)),
        others=tuple(_column(_letter(number), stage) for number, stage in enumerate(others)),
        rows=tuple(_row(role, competency, default, others) for competency in role.competencies),
        loads=tuple(_loads(default)),
        times=tuple(_time(role, journey) for journey in plan.journeys(role)) if role.stages else (),
        holes=tuple(plan.holes(role, places)),
        overlaps=tuple(plan.overlaps(role, places)),
    )


def _letter(number: int) -> str:
    return ascii_lowercase[number] if number < len(ascii_lowercase) else f"z{number}"


def _column(sign: str, planned: PlannedStage) -> Column:
    minutes, stage = plan.stage_minutes(planned), planned.stage
    is_agenda = bool(stage.agenda and not planned.questions)
    return Column(
        sign=sign,
        id=planned.id,
        name=str(stage.name),
        instead_of=stage.instead_of,
        is_optional=stage.optional,
        is_scored=planned.is_scored,
        people=planned.interviewers,
        slot=minutes.slot,
        opening=minutes.opening,
        questions=0 if is_agenda else minutes.questions,
        agenda=minutes.questions if is_agenda else 0,
        candidate_questions=minutes.candidate_questions,
        closing=minutes.closing,
    )


def _row(
    role: Role, competency: AssessedCompetency, default: tuple[PlannedStage, ...], others: tuple[PlannedStage, ...]
) -> Row:
    cells = tuple(_cell(role, competency, stage) for stage in default)
    asked = {q.question.id for stage in default for q in stage.questions if q.competency == competency}
    return Row(
        id=competency.id,
        name=str(competency.competency.name),
        importance=competency.use.importance,
        share=competency.share,
        cells=cells,
        other_cells=tuple(_cell(role, competency, stage) for stage in others),
        minutes=sum(cell.minutes for cell in cells),
        raters=plan.raters(default, competency),
        asked=len(asked),
        available=len(plan.available(role, competency)),
    )


def _cell(role: Role, competency: AssessedCompetency, stage: PlannedStage) -> Cell:
    minutes = sum(asked.question.minutes.most for asked in stage.questions if asked.competency == competency)
    return Cell(minutes, competency in stage.competencies, competency.id in plan.sampled(role, stage))


def _loads(default: tuple[PlannedStage, ...]) -> Iterator[Load]:
    """Each name of interviewers, in the order in which a candidate meets them."""
    seats: dict[str, list[tuple[PlannedStage, int]]] = {}
    for stage in default:
        counts: dict[str, int] = {}
        for interviewer in stage.stage.interviewers:
            counts[str(interviewer.role)] = counts.get(str(interviewer.role), 0) + interviewer.count
        for name, count in counts.items():
            seats.setdefault(name, []).append((stage, count))
    for name, taken in seats.items():
        yield Load(
            role=name,
            people=max(count for _, count in taken),
            minutes=sum(stage.stage.minutes.most for stage, _ in taken),
            stages=tuple(stage.id for stage, _ in taken),
            competencies=tuple(dict.fromkeys(c.id for stage, _ in taken for c in stage.competencies)),
        )


def _time(role: Role, journey: plan.Journey) -> Time:
    sample = role.plan.work_sample if role.plan else None
    ids = [stage.id for stage in journey.stages]
    is_asked = sample is not None and (sample.stage is None or sample.stage in ids)
    is_inside = sample is not None and sample.stage is not None and sample.mode in _INSIDE
    return Time(
        with_stage=journey.put_in.id if journey.put_in else None,
        interviews=sum(stage.stage.minutes.most for stage in journey.stages),
        work_sample=sample.limit_minutes if sample and is_asked and not is_inside else 0,
    )


def as_data(loop: Loop) -> dict[str, Any]:
    """The same as plain data, for JSON; places as file and line."""
    data = asdict(replace(loop, holes=(), overlaps=()))
    data["holes"], data["overlaps"] = ([_flaw(flaw) for flaw in flaws] for flaws in (loop.holes, loop.overlaps))
    for name, columns in (("columns", loop.columns), ("others", loop.others)):
        for column, entry in zip(columns, data[name], strict=True):
            entry.update(planned=column.planned, left=column.left)
    for time, entry in zip(loop.times, data["times"], strict=True):
        entry["total"] = time.total
    return data


def _flaw(flaw: Flaw) -> dict[str, Any]:
    place = flaw.place.problem(flaw.sort, flaw.message)
    return {"sort": flaw.sort, "message": flaw.message, "file": place.file, "line": place.line}
