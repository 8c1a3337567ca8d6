"""What is wrong with a kit as a whole: coverage, people, weights, its record; and with a company's own rules."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from jdgen.lint import journey
from jdgen.lint.competency import anchors_of, spoken
from jdgen.lint.day import is_date
from jdgen.lint.requirement import unassessed
from jdgen.lint.rule import Finding
from jdgen.lint.subject import Assessed, Judged
from jdgen.places import Place
from jdgen.problem import Severity
from jdgen.resolve import chain_of
from jdgen.role import Role
from jdgen.spec import Company, Level
from jdgen.spec.level import ListPatch
from jdgen.spec.section import Arrangement
from jdgen.spec.walk import parts

SUBMIT_HOURS = 24
ANCHOR_RUN, QUESTION_RUN = 6, 12
"""How many words in a row two texts have in common that were copied; questions open alike."""
_UNTRIED = re.compile(
    r"(?:un(?:tried|tested|piloted)|not (?:yet )?(?:tried|tested|piloted)|never|none|no)\b", re.IGNORECASE
)


def check(judged: Judged) -> Iterator[Finding]:
    """The findings about a role's kit as a whole."""
    yield from unassessed(judged)
    yield from _hidden(judged.role.spec.sections, judged.places.role.below("sections"))
    if judged.role.competencies:
        yield from _record(judged)
        yield from _duties(judged)
        yield from _weights(judged)
        yield from _anchors(judged)
        yield from _shared_words(judged)
        yield from _pilots(judged)
    if judged.role.stages:
        yield from journey.check(judged)


def company_check(company: Company, place: Place) -> Iterator[Finding]:
    """The findings about what a company settles for all its kits."""
    rules, at = company.hiring_rules, place.below("hiring_rules")
    if rules and not rules.independent_before_debrief:
        message = "ratings may be talked about before they are handed in"
        yield Finding("SI-021", at.below("independent_before_debrief"), message)
    if not (rules and rules.forbidden_topics):
        yield Finding("SI-025", at, "no topics are named that interviewers must not ask about")
    if company.accommodation_contact is None and "accommodation" not in company.statements:
        yield Finding("SI-036", place, "nothing tells candidates whom to ask for an adjustment of the interview")
    if rules and (rules.submit_within_hours or 0) > SUBMIT_HOURS:
        message = f"scorecards are due after {rules.submit_within_hours} hours, more than {SUBMIT_HOURS}"
        yield Finding("SI-039", at.below("submit_within_hours"), message)
    yield from _hidden(company.sections, place.below("sections"))


def shared_words(texts: Mapping[str, Iterable[str]], run: int) -> Iterator[tuple[str, str, str]]:
    """The pairs of names whose texts have `run` words in a row in common, with the first such words."""
    owners: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for owner, written in texts.items():
        for text in written:
            said = spoken(text)
            for start in range(len(said) - run + 1):
                owners[" ".join(said[start : start + run])][owner] = None
    pairs: dict[tuple[str, str], str] = {}
    for words, found in owners.items():
        for pair in combinations(found, 2):
            pairs.setdefault(pair, words)
    yield from ((one, other, words) for (one, other), words in pairs.items())


def _hidden(sections: Arrangement | None, place: Place) -> Iterator[Finding]:
    """JD-037."""
    for position, name in enumerate(sections.hide if sections else ()):
        if name == "required":
            message = "what the job requires is hidden from candidates, who are judged by it"
            yield Finding("JD-037", place.below("hide", position), message)


# --- what is on record ----------------------------------------------------------------------------


def _record(judged: Judged) -> Iterator[Finding]:
    """SI-030, and SI-110 for its dates."""
    spec, place = judged.role.spec, judged.places.role
    for key, message in (
        ("owner", "nobody is named who answers for the role"),
        ("reviews", "no expert is named who reviewed the role"),
        ("sources", "no source is named that the role's duties come from"),
    ):
        if not getattr(spec, key):
            yield Finding("SI-030", place.below(key), message)
    for position, review in enumerate(spec.reviews):
        at = place.below("reviews", position)
        if review.on is None:
            yield Finding("SI-030", at, "the review has no date")
        elif not is_date(review.on):
            yield Finding("SI-110", at.below("on"), f"'{review.on}' is no date")


def _pilots(judged: Judged) -> Iterator[Finding]:
    """SI-029: one finding for all of them, as a new kit has many."""
    questions = [question for assessed in judged.role.competencies for question in assessed.questions]
    untried = [q.id for q in questions if q.pilot is None or _UNTRIED.match(str(q.pilot))]
    if untried:
        message = f"{len(untried)} of {len(questions)} questions not tried yet: {', '.join(untried)}"
        yield Finding("SI-029", judged.places.role.below("competencies"), message)


def _duties(judged: Judged) -> Iterator[Finding]:
    """SI-001: each competency comes from a duty or an outcome."""
    spec = judged.role.spec
    named = {
        getattr(part, "competency", None) for root in (spec.responsibilities, spec.success) for _, part in parts(root)
    }
    label = judged.label if any(_takes_duties(level) for level in _chain(judged.role)) else ""
    for assessed in judged.competencies:
        if assessed.assessed.id not in named:
            message = f"no duty or outcome names '{assessed.assessed.id}'{label}"
            yield Finding("SI-001", assessed.use, message)


def _takes_duties(level: Level) -> bool:
    """Whether a level takes duties or outcomes away from those that the role has."""
    changes: list[ListPatch] = [  # type: ignore[type-arg]  # of any entries
        change
        for change in (level.patch and level.patch.responsibilities, level.patch and level.patch.milestones)
        if change
    ]
    return any(change.remove or change.replace or change.set is not None for change in changes)


def _chain(role: Role) -> list[Level]:
    """The level that holds, and those that it builds on, nearest first."""
    levels = {level.id: level for level in role.spec.levels}
    name = role.level.id if role.level else role.spec.default_level
    return [levels[each] for each in reversed(chain_of(role.spec, name))]


def _weights(judged: Judged) -> Iterator[Finding]:
    """SI-017: the total divides by the weights' sum, so that a sum other than 100 only reads badly."""
    weighted = [assessed for assessed in judged.competencies if assessed.assessed.use.weight is not None]
    weights = [assessed.assessed.use.weight or 0 for assessed in weighted]
    if len(set(weights)) > 1:
        for assessed, weight in zip(weighted, weights, strict=True):
            if assessed.assessed.use.weight_reason is None:
                message = f"'{assessed.assessed.id}' weighs {weight}, unlike others, without a reason"
                yield Finding("SI-017", _weight_place(judged, assessed), message)
    if weights and sum(weights) != 100:
        message = f"the weights sum up to {sum(weights)}, not 100, so that they are no percentages"
        hint = "let them sum up to 100, or leave all of them out"
        yield Finding("SI-017", judged.places.role.below("competencies"), message, hint=hint, severity="info")


def _weight_place(judged: Judged, assessed: Assessed) -> Place:
    positions = {level.id: position for position, level in enumerate(judged.role.spec.levels)}
    for level in _chain(judged.role):
        target = level.targets.get(assessed.assessed.id)
        if target and target.weight is not None:
            where = ("levels", positions[level.id], "targets", assessed.assessed.id, "weight")
            return judged.places.role.below(*where)
    return assessed.use.below("weight")


def _anchors(judged: Judged) -> Iterator[Finding]:
    """SI-012: the ends and the middle of the scale."""
    points = sorted(point.value for point in judged.role.scale if point.value is not None)
    middle = {points[(len(points) - 1) // 2], points[len(points) // 2]}
    for assessed in judged.competencies:
        missing = [point for point in points if point not in assessed.assessed.competency.anchors]
        grave = {points[0], points[-1], *(middle if middle <= set(missing) else ())}
        grades: tuple[tuple[Severity, list[int]], ...] = (
            ("error", [point for point in missing if point in grave]),
            ("info", [point for point in missing if point not in grave]),
        )
        for severity, unwritten in grades:
            if unwritten:
                message = f"'{assessed.assessed.id}' has no anchor for {', '.join(map(str, unwritten))}"
                yield Finding("SI-012", assessed.place.below("anchors"), message, severity=severity)


def _shared_words(judged: Judged) -> Iterator[Finding]:
    """SI-108 for anchors, SI-035 for questions that are nearly one."""
    competencies = {assessed.assessed.id: assessed for assessed in judged.competencies}
    anchors = {name: [text for _, _, text in anchors_of(one)] for name, one in competencies.items()}
    for one, other, words in shared_words(anchors, ANCHOR_RUN):
        message = f"anchors of '{one}' and '{other}' share the words '{words}'"
        yield Finding("SI-108", competencies[other].place.below("anchors"), message)
    questions = {asked.question.id: asked for asked in judged.questions}
    for one, other, words in shared_words(
        {name: [str(a.question.text)] for name, a in questions.items()}, QUESTION_RUN
    ):
        message = f"'{one}' and '{other}' share the words '{words}'"
        yield Finding("SI-035", questions[other].place.below("text"), message)
