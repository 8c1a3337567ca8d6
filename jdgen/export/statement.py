"""The lists of a role as plain statements, as candidates read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from jdgen.escape import plain
from jdgen.phrases import Phrases
from jdgen.spec import Item
from jdgen.spec.item import Group
from jdgen.spec.qualification import Choice, Qualification


def statements(entries: Iterable[Any], phrases: Phrases) -> list[str]:
    """A statement for each item, those of groups and nested lists one by one; alternatives are one together."""
    return [text for entry in entries for text in _statements(entry, phrases)]


def qualifications_of(entries: Iterable[Any]) -> Iterator[Qualification]:
    """The qualifications that each person is asked for: those of groups too, but no alternatives."""
    for entry in entries:
        if isinstance(entry, Group):
            yield from qualifications_of(entry.items)
        elif isinstance(entry, Qualification):
            yield entry


def statement(item: Item, phrases: Phrases) -> str:
    """An item with all that is said of it, its full stop at the end."""
    text = plain(item.text)
    said = [plain(item.text).removesuffix("."), *_qualities(item, phrases)]
    whole = "; ".join(said) + (f" ({plain(item.note).removesuffix('.')})" if item.note else "")
    return f"{whole}." if text.endswith(".") else whole


def _statements(entry: Any, phrases: Phrases) -> Iterator[str]:
    match entry:
        case Group():
            yield from [plain(entry.intro)] if entry.intro and not entry.items else []
            yield from statements(entry.items, phrases)
        case Choice():
            yield _choice(entry, phrases)
        case Item():
            yield statement(entry, phrases)
            yield from statements(entry.children, phrases)


def _choice(choice: Choice, phrases: Phrases) -> str:
    """Alternatives, or parts that belong together, in one sentence."""
    label = f"{plain(choice.label)}: " if choice.label else ""
    key, parts = ("any_of", choice.any_of) if choice.any_of else ("all_of", choice.all_of)
    told = (text.removesuffix(".") for text in statements(parts, phrases))
    return f"{label}{phrases.text(f'qualification.{key}')} {'; '.join(told)}"


def _qualities(item: Item, phrases: Phrases) -> Iterator[str]:
    if not isinstance(item, Qualification):
        return
    if item.years is not None:
        yield phrases.text("qualification.years", count=item.years)
    if item.proficiency:
        yield phrases.text("qualification.proficiency", level=plain(item.proficiency))
    if item.or_equivalent:
        yield phrases.text("qualification.or_equivalent")
    if item.obtain_within:
        yield phrases.text("qualification.obtain_within", time=plain(item.obtain_within))
