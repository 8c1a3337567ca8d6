"""What a panel found of one candidate: ratings side by side, splits, gaps, the total. Values in, values out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jdgen.finding import Finding, Judgment, State
from jdgen.form import NOT_ASSESSED
from jdgen.plan import default_stages
from jdgen.returned import Scorecard
from jdgen.role import AssessedCompetency, PlannedStage, Role

_RATED = re.compile(r"(?P<subject>.+)\.rating")
_CRITERION = re.compile(r"sample\.\d+")


@dataclass(frozen=True)
class Opinion:
    """One interviewer's overall recommendation, on its own scale."""

    by: str
    stage: str
    recommendation: str
    """The value on the form; empty if none was given."""
    label: str
    because: str


@dataclass(frozen=True)
class Gap:
    """Something that the panel should know and no scorecard says."""

    sort: str
    values: Mapping[str, str | int]


@dataclass(frozen=True)
class Panel:
    """The scorecards of one candidate, side by side."""

    role: Role
    candidate: str
    raters: tuple[str, ...]
    """What each scorecard is called, in order: its interviewer, with the stage if there are several."""
    findings: tuple[Finding, ...]
    """By competency: splits first, then those below their minimum, then in the role's order."""
    criteria: tuple[Finding, ...]
    """Those of the work sample."""
    opinions: tuple[Opinion, ...]
    gaps: tuple[Gap, ...]
    versions: Mapping[str, tuple[str, ...]]
    """By kit version, the scorecards that come from it."""
    strays: tuple[tuple[str, str, str], ...]
    """What was rated and the role no longer has: its label, who rated it, the rating."""

    strangers: tuple[tuple[str, str], ...] = ()
    """Scorecards of stages that the role does not have, with the stage."""

    @property
    def red_flags(self) -> tuple[tuple[str, str, str], ...]:
        """What was ticked: the competency, who saw it, the flag."""
        return tuple(
            (finding.name, judgment.by, flag)
            for finding in self.findings
            for judgment in finding.judgments
            for flag in judgment.red_flags
        )

    @property
    def is_mixed(self) -> bool:
        """Whether not all scorecards are of the kit's present version."""
        return set(self.versions) != {self.role.version}

    @property
    def total(self) -> float | None:
        """The mean of the competencies' means by weight, on the rating scale; None if nothing is rated."""
        return _weighted(self.findings)

    @property
    def criteria_total(self) -> float | None:
        """The same of the work sample's criteria."""
        return _weighted(self.criteria)

    @property
    def share(self) -> int:
        """How many percent of the weight the total is made of."""
        rated = sum(finding.weight for finding in self.findings if finding.ratings)
        return round(100 * rated / (sum(finding.weight for finding in self.findings) or 1))


def panel_of(role: Role, candidate: str, scorecards: Sequence[Scorecard]) -> Panel:
    """The panel of one candidate for a role; `scorecards` are of that role, each to be counted once."""
    stages = {stage.id: stage for stage in role.stages}
    cards = sorted(scorecards, key=lambda card: (_place(card, stages), _interviewer(card).casefold(), card.file))
    called = _called(cards, stages)
    findings = [_finding(competency, role, called) for competency in role.competencies]
    findings.sort(key=lambda finding: (not finding.is_split, not finding.is_below_minimum))
    criteria = tuple(_criteria(role, called))
    versions: dict[str, tuple[str, ...]] = {}
    for name, card in called.items():
        versions[card.about["kit"]] = (*versions.get(card.about["kit"], ()), name)
    return Panel(
        role=role,
        candidate=candidate,
        raters=tuple(called),
        findings=tuple(findings),
        criteria=criteria,
        opinions=tuple(_opinion(name, card, stages) for name, card in called.items()),
        gaps=tuple(_gaps(role, findings, criteria, called)),
        strangers=tuple(
            (name, card.about["stage"]) for name, card in called.items() if card.about["stage"] not in stages
        ),
        versions=versions,
        strays=tuple(_strays(role, called)),
    )


def _interviewer(card: Scorecard) -> str:
    """Who filled a scorecard in; its file's name if it does not say."""
    return " ".join(str(card.values.get("interviewer", "")).split()) or card.file.rpartition("/")[2]


def _place(card: Scorecard, stages: Mapping[str, PlannedStage]) -> int:
    names = list(stages)
    stage = card.about.get("stage", "")
    return names.index(stage) if stage in names else len(names)


def _stage_name(card: Scorecard, stages: Mapping[str, PlannedStage]) -> str:
    stage = card.about.get("stage", "")
    return str(stages[stage].stage.name) if stage in stages else stage


def _called(cards: Sequence[Scorecard], stages: Mapping[str, PlannedStage]) -> dict[str, Scorecard]:
    """The scorecards by a name of their own."""
    names = Counter(_interviewer(card).casefold() for card in cards)
    called: dict[str, Scorecard] = {}
    for card in cards:
        name = _interviewer(card)
        name = name if names[name.casefold()] == 1 else f"{name} ({_stage_name(card, stages)})"
        taken = {other.casefold() for other in called}
        number, alone = 2, name
        while alone.casefold() in taken:
            number, alone = number + 1, f"{name} {number}"
        called[alone] = card
    return called


def _finding(competency: AssessedCompetency, role: Role, called: Mapping[str, Scorecard]) -> Finding:
    judgments = _judgments(competency.id, role, called)
    name, weight = str(competency.competency.name), competency.use.weight or 1
    return Finding(competency.id, name, weight, judgments, _points(role), competency)


def _criteria(role: Role, called: Mapping[str, Scorecard]) -> Iterator[Finding]:
    sample = role.plan.work_sample if role.plan else None
    for number, criterion in enumerate(sample.criteria if sample else (), 1):
        judgments = _judgments(f"sample.{number}", role, called)
        if judgments:
            yield Finding(f"sample.{number}", str(criterion.name), criterion.weight or 1, judgments, _points(role))


def _points(role: Role) -> tuple[int, ...]:
    return tuple(point.value for point in role.scale if point.value is not None)


def _judgments(subject: str, role: Role, called: Mapping[str, Scorecard]) -> tuple[Judgment, ...]:
    stages = {stage.id: stage for stage in role.stages}
    return tuple(
        _judgment(subject, name, card, _stage_name(card, stages), _points(role))
        for name, card in called.items()
        if f"{subject}.rating" in card.fields
    )


def _judgment(subject: str, by: str, card: Scorecard, stage: str, points: tuple[int, ...]) -> Judgment:
    key = f"{subject}.rating"
    value = str(card.values.get(key, ""))
    rating = next((point for point in points if str(point) == value), None)
    state: State = "blank"
    if rating is not None:
        state = "rated"
    elif value == NOT_ASSESSED:
        state = "not-assessed"
    elif key in card.untold or value:
        state = "untold"
    flags = (id for id in card.fields if id.startswith(f"{subject}.flag.") and card.values.get(id) is True)
    evidence = str(card.values.get(f"{subject}.evidence", ""))
    return Judgment(by, stage, state, rating, evidence, tuple(card.fields[id].label for id in flags))


def _opinion(by: str, card: Scorecard, stages: Mapping[str, PlannedStage]) -> Opinion:
    value = str(card.values.get("recommendation", ""))
    field = card.fields.get("recommendation")
    label = field.options.get(value, "") if field else ""
    return Opinion(by, _stage_name(card, stages), value, label, str(card.values.get("because", "")))


# --- what is missing ------------------------------------------------------------------------------


def _gaps(
    role: Role, findings: Sequence[Finding], criteria: Sequence[Finding], called: Mapping[str, Scorecard]
) -> Iterator[Gap]:
    for finding in findings:
        if not finding.ratings:
            importance = finding.competency.use.importance if finding.competency else ""
            is_untold = any(judgment.state == "untold" for judgment in finding.judgments)
            yield Gap("untold" if is_untold else "unassessed", {"competency": finding.name, "importance": importance})
    yield from _missing_scorecards(role, called)
    for finding in (*findings, *criteria):
        for judgment in finding.judgments:
            if judgment.state == "rated" and not judgment.evidence:
                yield Gap("no_evidence", {"name": judgment.by, "competency": finding.name})
            if judgment.state == "blank":
                yield Gap("blank", {"name": judgment.by, "competency": finding.name})
    for name, card in called.items():
        if not card.values.get("recommendation") and "recommendation" not in card.untold:
            yield Gap("no_recommendation", {"name": name})


def _missing_scorecards(role: Role, called: Mapping[str, Scorecard]) -> Iterator[Gap]:
    """The stages of the plan of which fewer scorecards came than people interview in them."""
    there = Counter(card.about.get("stage", "") for card in called.values())
    for stage in default_stages(role):
        instead = [other.id for other in role.stages if other.stage.instead_of == stage.id]
        count, expected = there[stage.id] + sum(there[id] for id in instead), max(stage.interviewers, 1)
        if stage.is_scored and count < expected:
            yield Gap("missing_scorecard", {"stage": str(stage.stage.name), "count": count, "expected": expected})


def _strays(role: Role, called: Mapping[str, Scorecard]) -> Iterator[tuple[str, str, str]]:
    known = {competency.id for competency in role.competencies}
    for name, card in called.items():
        for id, field in card.fields.items():
            match = _RATED.fullmatch(id)
            value = str(card.values.get(id, ""))
            if match and value and match["subject"] not in known and not _CRITERION.fullmatch(match["subject"]):
                yield field.label or id, name, field.options.get(value, value)


def _weighted(findings: Sequence[Finding]) -> float | None:
    rated = [(finding.weight, finding.mean) for finding in findings if finding.mean is not None]
    weight = sum(weight for weight, _ in rated)
    return sum(weight * mean for weight, mean in rated) / weight if weight else None
