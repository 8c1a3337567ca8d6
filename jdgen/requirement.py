"""What a role asks and expects, item by item, with what assesses each and where it was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from jdgen.escape import plain
from jdgen.places import Place
from jdgen.role import Role
from jdgen.spec import Posting, RoleSpec, Translations
from jdgen.spec.duty import Milestone
from jdgen.spec.item import Group, Item
from jdgen.spec.qualification import Choice
from jdgen.spec.walk import parts

Sort = Literal["responsibility", "required", "preferred", "outcome"]
_PATHS: dict[Sort, tuple[str, ...]] = {
    "responsibility": ("responsibilities",),
    "required": ("qualifications", "required"),
    "preferred": ("qualifications", "preferred"),
    "outcome": ("success", "milestones"),
}
"""Where a role's file has the requirements of each sort; a patch has them by the last key."""
SORTS = tuple(_PATHS)
"""In the order in which requirements are listed."""


@dataclass(frozen=True)
class Requirement:
    """One item, with what it has from the groups, choices and items that it stands in."""

    sort: Sort
    text: str
    place: Place
    group: tuple[str, ...]
    """The titles, labels or points in time that it stands under."""
    is_route: bool
    """Whether it is one of several ways to meet a requirement."""
    competency: str | None
    assessed_by: tuple[str, ...]
    """What the spec says of how it is found out."""


@dataclass(frozen=True)
class _Above:
    group: tuple[str, ...] = ()
    is_route: bool = False
    competency: str | None = None
    assessed_by: tuple[str, ...] = ()

    def under(self, title: object) -> _Above:
        return replace(self, group=(*self.group, str(title))) if title else self


def requirements(resolved: RoleSpec, spec: RoleSpec, posting: Posting | None = None) -> Iterator[Requirement]:
    """The requirements of a role's resolved spec, each with its place in `spec` or `posting` as they were read."""
    for sort, path in _PATHS.items():
        written = list(_written(path, spec, posting))
        for item, above in _items(_entries(resolved, path), _Above()):
            place = _place_of(item, written, Place(spec.origin))
            yield Requirement(
                sort, plain(item.text), place, above.group, above.is_route, above.competency, above.assessed_by
            )


def _entries(spec: RoleSpec, path: tuple[str, ...]) -> tuple[Any, ...]:
    """The list at a path of keys, empty if a part on the way is absent."""
    found: Any = spec
    for key in path:
        found = getattr(found, key, ())
    return tuple(found)


def _items(entries: tuple[Any, ...], above: _Above) -> Iterator[tuple[Item, _Above]]:
    """Each item with what it has from above, its own competency and ways put over those."""
    for entry in entries:
        match entry:
            case Group():
                yield from _items(entry.items, above.under(entry.title))
            case Milestone():
                yield from _items(entry.outcomes, above.under(entry.when))
            case Choice():
                labeled = above.under(entry.label)
                yield from _items(entry.any_of, replace(labeled, is_route=True))
                yield from _items(entry.all_of, labeled)
            case Item():
                yield from _item(entry, above)


def _item(item: Item, above: _Above) -> Iterator[tuple[Item, _Above]]:
    """An item and its children, which what assesses it covers; one that nothing assesses is their title."""
    ways = getattr(item, "assessed_by", ()) or above.assessed_by
    own = replace(above, competency=item.competency or above.competency, assessed_by=ways)
    if not item.children or own.competency or own.assessed_by:
        yield item, own
    yield from _items(item.children, own.under(plain(item.text)))


def _written(path: tuple[str, ...], spec: RoleSpec, posting: Posting | None) -> Iterator[tuple[Item, Place]]:
    """Each item of a sort with its place: the role's own, then those in patches."""
    role, key = Place(spec.origin), path[-1]
    patches = [(role.below("levels", number, "patch"), level.patch) for number, level in enumerate(spec.levels)]
    if posting:
        patches.append((Place(posting.origin, ("patch",)), posting.patch))
    lists = [(role.below(*path), _entries(spec, path))]
    lists += [(place.below(key), getattr(patch, key)) for place, patch in patches if patch]
    for place, entries in lists:
        for where, part in parts(entries, place.where):
            if isinstance(part, Item):
                yield part, Place(place.origin, where)


def _place_of(item: Item, written: list[tuple[Item, Place]], otherwise: Place) -> Place:
    """Where an item was written: it, else the one most like it whose text it has in some language."""
    for other, place in written:
        if other is item:
            return place
    alike = [(other, place) for other, place in written if _says(other.text, str(item.text))]
    same = [place for other, place in alike if (other.id, other.competency) == (item.id, item.competency)]
    return next(iter([*same, *(place for _, place in alike)]), otherwise)


def _says(text: str | Translations, wanted: str) -> bool:
    if isinstance(text, Translations):
        return any(each == wanted for _, each in text.by_language)
    return str(text) == wanted


def has_work(role: Role) -> bool:
    """Whether a role's plan has work in it: a work sample, or questions on material."""
    kinds = {asked.question.kind for stage in role.stages for asked in stage.questions}
    return bool((role.plan and role.plan.work_sample) or "work_sample" in kinds)


def otherwise_assessed(requirement: Requirement, role: Role) -> bool:
    """Whether it is found out by what the spec names besides interviews; work counts if there is any."""
    ways = set(requirement.assessed_by) - {"interview"}
    return bool(ways - {"work_sample"}) or ("work_sample" in ways and has_work(role))
