"""Whether files agree: a posting with its role and company, anchors and bars with the rating scale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from jdgen.problem import Problem, nearest
from jdgen.reference import at_place, names_in, patched_lists, removed_or_replaced, unknown_names
from jdgen.role import AssessedCompetency
from jdgen.spec import Company, Competency, CompetencyUse, Level, Posting, RoleSpec
from jdgen.spec.competency import RoleCompetency, SampleAnswer
from jdgen.spec.file import SpecFile
from jdgen.spec.level import LevelTarget
from jdgen.spec.walk import Path, parts


def posting_problems(spec: RoleSpec, company: Company | None, posting: Posting) -> Iterator[Problem]:
    """What the posting says that the role or the company does not have."""
    if posting.role != spec.id:
        message = f"the posting is for the role '{posting.role}', not '{spec.id}'"
        yield at_place(posting, ("role",), "posting.other-role", message)
        return
    known = names_in(spec)
    yield from unknown_names(posting, known)
    offices = [office.id for office in company.offices] if company else []
    sets = list(company.benefits) if company else []
    ranges = posting.compensation.ranges if posting.compensation else ()
    named: list[tuple[Path, str, str | None, Sequence[str]]] = [
        (("level",), "level", posting.level, known["level"]),
        *((("also_levels", i), "level", name, known["level"]) for i, name in enumerate(posting.also_levels)),
        *((("compensation", "ranges", i, "level"), "level", r.level, known["level"]) for i, r in enumerate(ranges)),
        *((("locations", i, "office"), "office", place.office, offices) for i, place in enumerate(posting.locations)),
        *((("benefits", i), "benefits", name, sets) for i, name in enumerate(posting.benefits)),
        *((("employment", i, "benefits"), "benefits", e.benefits, sets) for i, e in enumerate(posting.employment)),
    ]
    lists = patched_lists(spec)
    named += [
        (where, "item", entry, lists[name]) for where, name, entry in removed_or_replaced(posting.patch, ("patch",))
    ]
    for where, noun, name, there in named:
        if name is not None and name not in there:
            called = {"benefits": "benefit set", "item": "entry"}.get(noun, noun)
            yield at_place(posting, where, f"ref.{noun}", f"there is no {called} '{name}'", nearest(name, there))
    for i, pay in enumerate(ranges):
        if pay.currency is None and not (company and company.currency):
            message = "the pay range has no currency"
            yield at_place(posting, ("compensation", "ranges", i), "pay.currency", message, "such as currency: EUR")
    if posting.id in known["level"]:
        message = f"'{posting.id}' is a level of the role, too, so that their kits would be one"
        yield at_place(posting, (), "posting.name", message, "give the posting's file another name")


def scale_problems(spec: RoleSpec, points: Iterable[int]) -> Iterator[Problem]:
    """Anchors, bars and sample ratings that the rating scale does not have.

    An anchor may be missing: which points need one is a matter of judgment, and of lint.
    """
    points = list(points)
    scale = f"the scale has the points {', '.join(map(str, points))}"

    def off(file: SpecFile, where: Path, what: str, value: int) -> Iterator[Problem]:
        if value not in points:
            yield at_place(file, where, "scale.point", f"{what} {value}, which the scale does not have", scale)

    written: list[tuple[SpecFile, Path, Competency]] = [
        (spec, ("competencies", i), entry)
        for i, entry in enumerate(spec.competencies)
        if isinstance(entry, RoleCompetency)
    ]
    written += [(file, (), file) for file in spec.shared.values()]
    for file, at, competency in written:
        for value in competency.anchors:
            yield from off(file, (*at, "anchors", value), "there is an anchor for", value)
    for file in (spec, *spec.shared.values()):
        for where, part in parts(file):
            if isinstance(part, SampleAnswer):
                yield from off(file, (*where, "rating"), "a sample answer is rated", part.rating)
    yield from _bar_problems(spec, points, scale)
    weighted = [entry.weight is not None for entry in spec.competencies]
    if any(weighted) and not all(weighted):
        where = ("competencies", weighted.index(False))
        message = f"'{spec.competencies[where[1]].key}' has no weight, and others have"
        yield at_place(spec, where, "scale.weight", message, "give each competency a weight, or none")


def _bar_problems(spec: RoleSpec, points: list[int], scale: str) -> Iterator[Problem]:
    """Targets and minimums that the scale does not have, and minimums above their targets."""
    for where, part in parts(spec):
        if not isinstance(part, (RoleCompetency, CompetencyUse, LevelTarget)):
            continue
        for key in ("target", "minimum"):
            bar = getattr(part, key)
            if bar is not None and bar not in points:
                message = f"there is a {key} of {bar}, which the scale does not have"
                yield at_place(spec, (*where, key), "scale.point", message, scale)
        if part.target is not None and part.minimum is not None and part.minimum > part.target:
            message = f"the minimum of {part.minimum} is above the target of {part.target}"
            yield at_place(spec, (*where, "minimum"), "scale.minimum", message, "whoever meets the bar would fail")


def bar_problems(spec: RoleSpec, level: Level, competencies: Iterable[AssessedCompetency]) -> Iterator[Problem]:
    """Minimums that are above their targets once the level has changed one of the two."""
    for assessed in competencies:
        target, minimum = assessed.use.target, assessed.use.minimum
        if target is not None and minimum is not None and minimum > target:
            where = ("levels", [each.id for each in spec.levels].index(level.id), "targets", assessed.id)
            message = f"at this level the minimum of {minimum} is above the target of {target}"
            yield at_place(spec, where, "scale.minimum", message, "whoever meets the bar would fail")
