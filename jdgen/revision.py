"""Two states of a spec -> what changed, part by part: nothing that is written is passed over.

Lists are compared by ids where their entries have some, else by what is the same in both; an entry that
only moved is said to have moved.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from jdgen.spec.base import Minutes, Spec, Translations
from jdgen.spec.walk import keys_of

Verb = Literal["added", "removed", "changed", "moved"]
Step = str | int
_IDS = ("id", "use", "competency", "level", "when")
"""What tells entries of a list apart, the first that all of them have."""
_LIKE = 0.5
"""How like two texts are that are one text before and after."""


@dataclass(frozen=True)
class Change:
    """One value that is not what it was; `old` and `new` are None where there is none."""

    verb: Verb
    trail: tuple[tuple[str, Any], ...]
    """What it belongs to, from the file down: keys, each with the part that it leads to."""
    old: Any = None
    new: Any = None
    old_path: tuple[Step, ...] = ()
    new_path: tuple[Step, ...] = ()


@dataclass(frozen=True)
class _At:
    """Where two values that are compared stand."""

    trail: tuple[tuple[str, Any], ...] = ()
    old: tuple[Step, ...] = ()
    new: tuple[Step, ...] = ()

    def below(self, key: Step, part: Any, old: Step | None = None, new: Step | None = None) -> _At:
        """A part of them, at positions of its own perhaps."""
        steps = (key if old is None else old, key if new is None else new)
        name = str(key) if isinstance(key, str) or not self.trail else ""
        return _At((*self.trail, (name, part)), (*self.old, steps[0]), (*self.new, steps[1]))

    def change(self, verb: Verb, old: Any = None, new: Any = None) -> Change:
        return Change(verb, self.trail, old, new, self.old, self.new)


def changes(old: Any, new: Any) -> Iterator[Change]:
    """Every change from one spec to another of the same sort."""
    yield from _changes(old, new, _At())


def _changes(old: Any, new: Any, at: _At) -> Iterator[Change]:
    if old == new and type(old) is type(new):
        return
    if isinstance(old, Spec) and type(old) is type(new) and not isinstance(old, Minutes):
        for field, key in keys_of(type(old)):
            yield from _changes(getattr(old, field), getattr(new, field), at.below(key, None))
    elif isinstance(old, tuple) and isinstance(new, tuple):
        yield from _lists(old, new, at)
    elif (tables := _tables(old, new)) is not None:
        before, after = tables
        for key in dict.fromkeys([*before, *after]):
            yield from _changes(before.get(key), after.get(key), at.below(str(key), None))
    elif _is_nothing(old) or _is_nothing(new):
        yield from _one_sided("added", new, at) if _is_nothing(old) else _one_sided("removed", old, at)
    else:
        yield at.change("changed", old, new)


def _tables(old: Any, new: Any) -> tuple[Mapping[Any, Any], Mapping[Any, Any]] | None:
    """Both values by key, if they have keys: a table, or texts by language."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return old, new
    if isinstance(old, Translations) and isinstance(new, Translations):
        return dict(old.by_language), dict(new.by_language)
    return None


def _is_nothing(value: Any) -> bool:
    return value is None or (isinstance(value, (tuple, Mapping)) and not value)


def _one_sided(verb: Literal["added", "removed"], value: Any, at: _At) -> Iterator[Change]:
    """What was added or removed: each entry of a list by itself."""
    if isinstance(value, tuple):
        for position, entry in enumerate(value):
            yield from _one_sided(verb, entry, at.below(position, entry))
    elif not _is_nothing(value):
        yield at.change(verb, new=value) if verb == "added" else at.change(verb, old=value)


def _lists(old: Sequence[Any], new: Sequence[Any], at: _At) -> Iterator[Change]:
    pairs = list(_pairs(old, new))
    for a, b in pairs:
        if a is None and b is not None:
            yield from _one_sided("added", new[b], at.below(b, new[b]))
        elif b is None and a is not None:
            yield from _one_sided("removed", old[a], at.below(a, old[a]))
        elif a is not None and b is not None:
            yield from _changes(old[a], new[b], at.below(b, new[b], a, b))
    kept = [(a, b) for a, b in pairs if a is not None and b is not None]
    for a, b in _moved(kept):
        yield at.below(b, new[b], a, b).change("moved", old[a], new[b])


_Pair = tuple[int | None, int | None]


def _pairs(old: Sequence[Any], new: Sequence[Any]) -> Iterator[_Pair]:
    """Positions of entries that are one entry before and after; None for where it is not. In the order of the new."""
    names = _names(old, new)
    if names is not None:
        before, after = names
        places = {name: position for position, name in enumerate(before)}
        found = [(places.get(name), position) for position, name in enumerate(after)]
        yield from [(position, None) for position, name in enumerate(before) if name not in set(after)]
        yield from found
        return
    left, right = list(range(len(old))), list(range(len(new)))
    same: list[tuple[int, int]] = []
    for a in list(left):
        b = next((b for b in right if old[a] == new[b]), None)
        if b is not None:
            same.append((a, b))
            left.remove(a)
            right.remove(b)
    for a in list(left):
        b = max(right, key=lambda b, a=a: _likeness(old[a], new[b]), default=None)  # type: ignore[misc]  # of int, not None
        if b is not None and _likeness(old[a], new[b]) >= _LIKE:
            same.append((a, b))
            left.remove(a)
            right.remove(b)
    yield from ((a, None) for a in left)
    placed: dict[int, int | None] = {b: a for a, b in same} | dict.fromkeys(right)
    yield from ((placed[b], b) for b in sorted(placed))


def _names(old: Sequence[Any], new: Sequence[Any]) -> tuple[list[Any], list[Any]] | None:
    """The ids of entries, if all have them and none stands twice."""
    for key in _IDS:
        before, after = ([getattr(entry, key, None) for entry in entries] for entries in (old, new))
        if all(map(_is_named, (*before, *after))) and all(len(set(names)) == len(names) for names in (before, after)):
            return before, after
    return None


def _is_named(name: Any) -> bool:
    return isinstance(name, str) and bool(name)


def _likeness(old: Any, new: Any) -> float:
    """How like two entries are, from 0 to 1."""
    if type(old) is not type(new):
        return 0
    matcher = difflib.SequenceMatcher(None, _said(old), _said(new), autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _LIKE else 0


def _said(value: Any) -> str:
    """What a value says, as one text."""
    if isinstance(value, Spec):
        return " ".join(_said(getattr(value, field)) for field, _ in keys_of(type(value)) if getattr(value, field))
    if isinstance(value, (tuple, list)):
        return " ".join(map(_said, value))
    if isinstance(value, Mapping):
        return " ".join(f"{key} {_said(entry)}" for key, entry in value.items())
    return str(value)


def _moved(kept: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Of pairs in the order of the new, the fewest whose moving explains that the old order was another."""
    runs: list[tuple[int, ...]] = [()]
    for position, (a, _) in enumerate(kept):
        before = max((run for run in runs if not run or kept[run[-1]][0] < a), key=len)
        runs.append((*before, position))
    longest = max(runs, key=len)
    stayed = set(longest)
    yield from (pair for position, pair in enumerate(kept) if position not in stayed)
