"""References within a role: every id that one part names must belong to another part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jdgen.problem import Problem, nearest
from jdgen.spec.base import Condition, Item, Source
from jdgen.spec.competency import CompetencyUse, Question
from jdgen.spec.level import Level, ListPatch, Patch
from jdgen.spec.plan import Criterion, Stage, WorkSample
from jdgen.spec.role import RoleSpec
from jdgen.spec.section import SECTIONS, ExtraSection
from jdgen.spec.walk import Path, parts

INFERRED = "inferred"


def broken_references(spec: RoleSpec) -> list[Problem]:
    """Every reference of the role to something that it does not have, and every id that stands twice."""
    return [
        complain(spec, where, code, message, hint) for where, code, message, hint in (*_unknown(spec), *_doubled(spec))
    ]


def complain(spec: RoleSpec, where: Path, code: str, message: str, hint: str) -> Problem:
    """A problem at a place of the role's file, or without a place if it was made in Python."""
    if spec.origin is None:
        return Problem(code, message, hint=hint)
    return spec.origin.problem(where, code, message, hint)


Finding = tuple[Path, str, str, str]


def _unknown(spec: RoleSpec) -> Iterator[Finding]:
    known = {
        "competency": spec.competency_ids,
        "question": spec.question_ids,
        "stage": [stage.id for stage in spec.interview_plan.stages] if spec.interview_plan else [],
        "level": [level.id for level in spec.levels],
        "source": [INFERRED, *(source.id for source in spec.sources)],
        "section": list(SECTIONS),
    }
    for where, noun, name in _references(spec):
        if name not in known[noun]:
            yield where, f"ref.{noun}", f"there is no {noun} '{name}'", nearest(name, known[noun])
    yield from _unknown_items(spec)


def _references(spec: RoleSpec) -> Iterator[tuple[Path, str, str]]:
    """Where each reference stands, what it refers to, and by which id."""
    if spec.default_level:
        yield ("default_level",), "level", spec.default_level
    for where, part in parts(spec):
        source = getattr(part, "source", None)
        if source:
            yield (*where, "source"), "source", source
        match part:
            case Item(competency=str(competency)):
                yield (*where, "competency"), "competency", competency
            case Criterion(competency=str(competency)):
                yield (*where, "competency"), "competency", competency
            case WorkSample(stage=str(stage)):
                yield (*where, "stage"), "stage", stage
            case Condition() | Question():
                yield from (((*where, "levels", i), "level", level) for i, level in enumerate(part.levels))
            case Stage():
                yield from (((*where, "competencies", i), "competency", c) for i, c in enumerate(part.competencies))
                yield from (((*where, "questions", i), "question", q) for i, q in enumerate(part.questions))
                if part.instead_of:
                    yield (*where, "instead_of"), "stage", part.instead_of
            case Level():
                yield from (((*where, "targets", c), "competency", c) for c in part.targets)
                for key in ("extends", "equivalent_to"):
                    if getattr(part, key):
                        yield (*where, key), "level", getattr(part, key)
            case ExtraSection():
                yield (*where, "placement"), "section", part.placement.partition(":")[2]


def patched_lists(spec: RoleSpec) -> dict[str, list[str]]:
    """By the section's name in a patch, the ids of the entries that a patch can remove or replace."""
    qualifications, scope, success = spec.qualifications, spec.scope, spec.success
    lists: dict[str, Iterable[object]] = {
        "responsibilities": spec.responsibilities,
        "required": qualifications.required if qualifications else (),
        "preferred": qualifications.preferred if qualifications else (),
        "scope_in": scope.in_ if scope else (),
        "scope_out": scope.out if scope else (),
        "milestones": success.milestones if success else (),
        "motivators": spec.motivators,
    }
    return {name: list(_ids(entries)) for name, entries in lists.items()}


def _ids(entries: Iterable[object]) -> Iterator[str]:
    for entry in entries:
        if getattr(entry, "id", None):
            yield entry.id  # type: ignore[attr-defined]  # checked on the line above
        yield from _ids(getattr(entry, "items", ()))


def _unknown_items(spec: RoleSpec) -> Iterator[Finding]:
    """Ids that a level's patch removes or replaces; what a level adds, later levels may change."""
    lists = patched_lists(spec)
    for level in spec.levels:
        for name, entries in _patches(level.patch):
            lists[name] = [*lists[name], *_ids(entries.add), *_ids(entries.set or ()), *_ids(entries.replace.values())]
    for position, level in enumerate(spec.levels):
        at: Path = ("levels", position, "patch")
        for where, name, entry in removed_or_replaced(level.patch, at):
            if entry not in lists[name]:
                hint = nearest(entry, lists[name]) or f"no entry of {name} has an id"
                yield where, "ref.item", f"there is no entry '{entry}' in {name}", hint


def removed_or_replaced(patch: Patch | None, at: Path) -> Iterator[tuple[Path, str, str]]:
    """Where a patch names an entry, the section, and the entry's id."""
    for name, entries in _patches(patch):
        yield from (((*at, name, "remove", i), name, entry) for i, entry in enumerate(entries.remove))
        yield from (((*at, name, "replace", entry), name, entry) for entry in entries.replace)


def _patches(patch: Patch | None) -> Iterator[tuple[str, ListPatch]]:  # type: ignore[type-arg]  # of any entries
    for name in type(patch).model_fields if patch else ():
        entries = getattr(patch, name)
        if isinstance(entries, ListPatch):
            yield name, entries


def _doubled(spec: RoleSpec) -> Iterator[Finding]:
    plan = spec.interview_plan
    named: list[tuple[str, list[tuple[Path, str]]]] = [
        ("stage", [(("interview_plan", "stages", i, "id"), s.id) for i, s in enumerate(plan.stages if plan else ())]),
        ("level", [(("levels", i, "id"), level.id) for i, level in enumerate(spec.levels)]),
        ("source", [(where, p.id) for where, p in parts(spec) if isinstance(p, Source)]),
        ("question", [((*where, "id"), p.id) for where, p in parts(spec) if isinstance(p, Question)]),
        (
            "competency",
            [
                (("competencies", i, "use" if isinstance(c, CompetencyUse) else "id"), c.key)
                for i, c in enumerate(spec.competencies)
            ],
        ),
        ("item", [((*where, "id"), p.id) for where, p in parts(spec) if isinstance(p, Item) and p.id and "levels" not in where]),
    ]
    for noun, entries in named:
        seen = set(spec.shared_question_ids) if noun == "question" else set[str]()
        for where, name in entries:
            if name in seen:
                yield where, "ref.double", f"the {noun} id '{name}' stands twice", "each id names one thing"
            seen.add(name)
