"""A role as level and posting leave it: each statement with the place it was written at, and who changed it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jdgen.escape import plain
from jdgen.language import in_language
from jdgen.places import Place
from jdgen.resolve import chain_of
from jdgen.role import Role
from jdgen.spec import Item, Patch, Posting, RoleSpec
from jdgen.spec.duty import Milestone
from jdgen.spec.item import Group
from jdgen.spec.level import ListPatch, TextPatch
from jdgen.spec.qualification import Choice
from jdgen.spec.walk import parts

_TEXTS = ("summary", "team", "reports_to")
_LISTS = {
    "motivators": ("motivators",),
    "responsibilities": ("responsibilities",),
    "milestones": ("success", "milestones"),
    "required": ("qualifications", "required"),
    "preferred": ("qualifications", "preferred"),
    "scope_in": ("scope", "in_"),
    "scope_out": ("scope", "out"),
}
"""By the name that patches have for it, where the role has a list."""


@dataclass(frozen=True)
class Statement:
    """One statement of a role, or one that a change took out of it."""

    text: str
    place: Place
    depth: int = 0
    by: str = ""
    """What a level or posting did about it: set, added, replaced or removed it."""


@dataclass(frozen=True)
class Merged:
    """One field or list of a role, as it is after all changes."""

    name: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class _Overlay:
    """A patch with who it is of and where it stands."""

    by: str
    patch: Patch
    place: Place


def merged(role: Role, spec: RoleSpec, posting: Posting | None) -> Iterator[Merged]:
    """The texts and lists of `role` that levels and postings can change, those that say nothing left out.

    `spec` and `posting` are the files as they were read: places are looked up in them.
    """
    written = in_language(spec, role.language, [])
    overlays = list(_overlays(role, written, posting and in_language(posting, role.language, [])))
    for name in _TEXTS:
        if text := getattr(role.spec, name):
            yield Merged(name, (_text(name, str(text), Place(spec.origin, (name,)), overlays),))
    for name, path in _LISTS.items():
        known = _known(Place(spec.origin), _entries(written, path), path, name, overlays)
        kept = tuple(_statements(_entries(role.spec, path), known, 0))
        gone = tuple(_removed(known, name, overlays))
        if kept or gone:
            yield Merged(".".join(path).rstrip("_"), (*kept, *gone))


def _overlays(role: Role, spec: RoleSpec, posting: Posting | None) -> Iterator[_Overlay]:
    """The patches that made the role, in the order in which they were applied."""
    positions = {level.id: position for position, level in enumerate(spec.levels)}
    for name in chain_of(spec, role.level.id if role.level else None):
        if patch := spec.levels[positions[name]].patch:
            yield _Overlay(f"level '{name}'", patch, Place(spec.origin, ("levels", positions[name], "patch")))
    if posting is not None and posting.patch:
        yield _Overlay(f"posting '{posting.id}'", posting.patch, Place(posting.origin, ("patch",)))


def _text(name: str, text: str, place: Place, overlays: list[_Overlay]) -> Statement:
    for overlay in reversed(overlays):
        if isinstance(getattr(overlay.patch, name), TextPatch):
            return Statement(text, overlay.place.below(name, "set"), by=f"set by {overlay.by}")
    return Statement(text, place)


def _entries(spec: RoleSpec, path: tuple[str, ...]) -> tuple[Any, ...]:
    found: Any = spec
    for key in path:
        found = getattr(found, key, ())
    return tuple(found)


_Known = list[tuple[Any, Place, str]]
"""Parts with their places and with what they came by."""


def _known(
    place: Place, entries: tuple[Any, ...], path: tuple[str, ...], name: str, overlays: list[_Overlay]
) -> _Known:
    """Every part that was written of a list, the last overlay's first."""
    found: _Known = []
    for overlay in reversed(overlays):
        change: ListPatch[Any] | None = getattr(overlay.patch, name)
        if change is None:
            continue
        at = overlay.place.below(name)
        for verb, done in (("add", "added"), ("replace", "put in its place"), ("set", "set")):
            written = parts(getattr(change, verb) or (), (*at.where, verb))
            found += [(part, Place(at.origin, where), f"{done} by {overlay.by}") for where, part in written]
    steps = tuple(step.rstrip("_") for step in path)
    found += [(part, Place(place.origin, where), "") for where, part in parts(entries, steps)]
    return found


def _statements(entries: tuple[Any, ...], known: _Known, depth: int) -> Iterator[Statement]:
    """Each entry of a list and what is below it, one statement each."""
    for entry in entries:
        place, by = next(((place, by) for part, place, by in known if _is_same(part, entry)), (Place(None), ""))
        if text := _said(entry):
            yield Statement(text, place, depth, by)
        for below in ("items", "any_of", "all_of", "outcomes", "children"):
            yield from _statements(getattr(entry, below, ()), known, depth + bool(text))


def _is_same(written: Any, entry: Any) -> bool:
    """Whether an entry is what was written, or what conditions left of it."""
    if written == entry:
        return True
    named = getattr(written, "id", None) == getattr(entry, "id", None)
    return named and type(written) is type(entry) and _said(written) == _said(entry)


def _said(entry: Any) -> str:
    """What an entry says itself, without what is below it."""
    match entry:
        case Item():
            return plain(entry.text)
        case Milestone():
            return f"{entry.when}:"
        case Group():
            return f"{entry.title or plain(entry.intro or '')}:".replace("::", ":")
        case Choice():
            return f"{entry.label or ('one of' if entry.any_of else 'all of')}:"
    return ""


def _removed(known: _Known, name: str, overlays: list[_Overlay]) -> Iterator[Statement]:
    """The entries that a patch took out of a list, each with the place that says so."""
    for overlay in overlays:
        change: ListPatch[Any] | None = getattr(overlay.patch, name)
        for position, id in enumerate(change.remove if change else ()):
            entry = next((part for part, _, _ in known if getattr(part, "id", None) == id), None)
            place = overlay.place.below(name, "remove", position)
            yield Statement(_said(entry) or id, place, by=f"removed by {overlay.by}")
