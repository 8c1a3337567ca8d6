"""References within a role: every id that one part names must belong to another part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from jdgen.problem import Problem, nearest
from jdgen.spec.base import Source
from jdgen.spec.competency import CompetencyUse, Question
from jdgen.spec.file import SpecFile
from jdgen.spec.item import Condition, Item
from jdgen.spec.level import Level, ListPatch, Patch
from jdgen.spec.plan import Criterion, Stage, WorkSample
from jdgen.spec.role import RoleSpec
from jdgen.spec.section import SECTIONS, ExtraSection
from jdgen.spec.walk import Path, parts

INFERRED = "inferred"
MOST_CHILDREN = 2
"""How often a list may be nested in another: to depth three."""


def broken_references(spec: RoleSpec) -> list[Problem]:
    """Every reference of the role, and of what it shares, to something that it does not have; ids that
    stand twice; levels that build on themselves.
    """
    own = [
        at_place(spec, where, code, message, hint)
        for where, code, message, hint in (*_unknown_items(spec), *_doubled(spec), *_circles(spec), *_too_deep(spec))
    ]
    known = names_in(spec)
    shared = {"source": known["source"]}  # a shared file's levels differ from role to role
    return [
        *own,
        *unknown_names(spec, known),
        *(problem for file in spec.shared.values() for problem in unknown_names(file, shared)),
    ]


def at_place(file: SpecFile | None, where: Path, code: str, message: str, hint: str = "") -> Problem:
    """A problem at a place of a spec file, or without a place if there is no file."""
    if file is None or file.origin is None:
        return Problem(code, message, hint=hint)
    return file.origin.problem(where, code, message, hint)


Finding = tuple[Path, str, str, str]


def names_in(spec: RoleSpec) -> dict[str, list[str]]:
    """By noun, the ids that parts of the role, and of its postings, can refer to."""
    return {
        "competency": spec.competency_ids,
        "question": spec.question_ids,
        "stage": [stage.id for stage in spec.interview_plan.stages] if spec.interview_plan else [],
        "level": [level.id for level in spec.levels],
        "source": [INFERRED, *(source.id for source in spec.sources)],
        "section": list(SECTIONS),
    }


def unknown_names(file: SpecFile, known: Mapping[str, Sequence[str]]) -> Iterator[Problem]:
    """A problem for each reference in `file` to a noun in `known` by a name that is not known."""
    for where, noun, name in _references(file):
        if noun in known and name not in known[noun]:
            message, hint = f"there is no {noun} '{name}'", nearest(name, known[noun])
            yield at_place(file, where, f"ref.{noun}", message, hint or f"the role has no {noun} yet")


def _references(file: SpecFile) -> Iterator[tuple[Path, str, str]]:  # noqa: C901, PLR0912 - a case for each sort of part
    """Where each reference stands, what it refers to, and by which id."""
    for where, part in parts(file):
        source = getattr(part, "source", None)
        if source:
            yield (*where, "source"), "source", source
        match part:
            case RoleSpec(default_level=str(level)):
                yield (*where, "default_level"), "level", level
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


def _too_deep(spec: RoleSpec) -> Iterator[Finding]:
    for where, part in parts(spec):
        if isinstance(part, Item) and where.count("children") == MOST_CHILDREN + 1:
            yield where, "item.depth", "a list is nested more than three deep", "no document can show it well"


def _circles(spec: RoleSpec) -> Iterator[Finding]:
    for position, stage in enumerate(spec.interview_plan.stages if spec.interview_plan else ()):
        if stage.instead_of == stage.id:
            where = ("interview_plan", "stages", position, "instead_of")
            yield where, "stage.circle", "a stage can't stand instead of itself", "name the stage it replaces"
    extends = {level.id: level.extends for level in spec.levels}
    for position, level in enumerate(spec.levels):
        way = [level.id]
        while (above := extends.get(way[-1])) is not None and above not in way:
            way.append(above)
        if above == level.id:
            message = f"the level builds on itself: {' on '.join([*way, level.id])}"
            yield ("levels", position, "extends"), "level.circle", message, "one of them must stand on its own"


def _doubled(spec: RoleSpec) -> Iterator[Finding]:
    plan = spec.interview_plan
    named: list[tuple[str, list[tuple[Path, str]]]] = [
        ("stage", [(("interview_plan", "stages", i, "id"), s.id) for i, s in enumerate(plan.stages if plan else ())]),
        ("level", [(("levels", i, "id"), level.id) for i, level in enumerate(spec.levels)]),
        ("source", [((*where, "id"), p.id) for where, p in parts(spec) if isinstance(p, Source)]),
        ("question", [((*where, "id"), p.id) for where, p in parts(spec) if isinstance(p, Question)]),
        (
            "competency",
            [
                (("competencies", i, "use" if isinstance(c, CompetencyUse) else "id"), c.key)
                for i, c in enumerate(spec.competencies)
            ],
        ),
        (
            "item",
            [((*w, "id"), p.id) for w, p in parts(spec) if isinstance(p, Item) and p.id and "levels" not in w],
        ),
    ]
    for position, stage in enumerate(plan.stages if plan else ()):
        at: Path = ("interview_plan", "stages", position)
        for key in ("questions", "competencies"):
            names = getattr(stage, key)
            again = [(i, name) for i, name in enumerate(names) if name in names[:i]]
            for i, name in again:
                yield (*at, key, i), "ref.double", f"'{name}' stands twice in the stage", "once is enough"
    shared = [question.id for file in spec.shared.values() for question in file.questions]
    for noun, entries in named:
        seen = set(shared) if noun == "question" else set[str]()
        for where, name in entries:
            if name in seen:
                yield where, "ref.double", f"the {noun} id '{name}' stands twice", "each id names one thing"
            seen.add(name)
    for name in sorted({name for name in shared if shared.count(name) > 1}):
        users = ", ".join(sorted(file.id for file in spec.shared.values() if name in [q.id for q in file.questions]))
        position = next(i for i, entry in enumerate(spec.competencies) if entry.key in spec.shared)
        message = f"the question id '{name}' stands twice in what the role shares ({users})"
        yield ("competencies", position), "ref.double", message, "each id names one thing"
