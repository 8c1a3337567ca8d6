"""The outline of an ad -> the draft of a role's file, as plain data, and what is to be said of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Any

from jdgen.importer.block import Block
from jdgen.importer.emitter import Commented
from jdgen.importer.outline import STRUCTURED, Outline, Part
from jdgen.problem import JdgenError, Problem

_DEEPEST = 2
_WHOLE_LINK = re.compile(r"\[([^\[\]]+)\]\(((?:https?://|mailto:|tel:)[^\s()]+)\)")
_LIST_MARK = re.compile(r"([-+]|\d{1,9}[.)])(?=\s)")
_HOMES = {
    "about": "the company's file, as `about`",
    "values": "the company's file, as `values`",
    "benefits": "the company's file, as `benefits`",
    "statements": "the company's file, as `statements`",
    "pay": "a posting, as `compensation`",
    "apply": "a posting, as `apply` and `dates`",
    "conditions": "a posting, or here as `working_conditions`",
    "hiring": "the interview plan",
    "tools": "`tools`",
    "offer": "`motivators`",
    "success": "`success`",
    "scope": "`scope`",
    "not_required": "`qualifications`, as `not_required`",
    "work_profile": "`work_profile`",
}
"""Where a known section that is kept as it is belongs."""


@dataclass(frozen=True)
class Draft:
    """A role's file as data, and what a person should know of it."""

    data: dict[str, Any]
    notes: tuple[Problem, ...]


def drafted(outline: Outline, file: str) -> Draft:
    """The draft of a role's file. Raises JdgenError for an ad that has nothing for a role's duties."""
    notes: list[Problem] = []
    parts = _with_role(_flattened(outline, file, notes), file, notes)
    role = next(part for part in parts if part.section == "role")
    order = [part.section for part in parts if part.section in STRUCTURED]
    data: dict[str, Any] = {"title": outline.title}
    if outline.language != "en":
        data["language"] = outline.language
    data["summary"] = rich_text(role.blocks)
    lists = {part.section: list(_entries(part.blocks)) for part in parts if part.section in STRUCTURED}
    data["responsibilities"] = lists["responsibilities"]
    asked = {section: lists[section] for section in ("required", "preferred") if lists.get(section)}
    if asked:
        data["qualifications"] = asked
    titles = {part.section: part.name for part in parts if part.section in STRUCTURED and part.name}
    arrangement = {"titles": titles, "order": order if order != [s for s in STRUCTURED if s in order] else []}
    if any(arrangement.values()):
        data["sections"] = {key: value for key, value in arrangement.items() if value}
    if extras := list(_extras(parts, file, notes)):
        data["extra_sections"] = extras
    return Draft(data, tuple(notes))


def _flattened(outline: Outline, file: str, notes: list[Problem]) -> Outline:
    """The outline, its items no deeper than documents show them."""
    deep = [b for part in outline.parts for b in part.blocks if b.level > _DEEPEST and b.sort == "item"]
    if deep:
        message = f"{len(deep)} items were nested more than three deep, and stand in the third level"
        notes.append(Problem("import.depth", message, file, severity="info"))
    flat = (
        replace(part, blocks=[replace(b, level=min(b.level, _DEEPEST)) if b.sort == "item" else b for b in part.blocks])
        for part in outline.parts
    )
    return replace(outline, parts=tuple(flat))


def _with_role(outline: Outline, file: str, notes: list[Problem]) -> list[Part]:
    """The parts in order, one of which is about the role, and one of which holds its duties. Raises JdgenError."""
    parts = [part for part in outline.parts if part.blocks or part.section not in STRUCTURED]
    at = next((number for number, part in enumerate(parts) if part.section == "role"), None)
    if at is None:
        at, parts = 0, [Part(Block("heading"), "role"), *parts]
    parts[at] = replace(parts[at], blocks=[*outline.preamble, *parts[at].blocks])
    if not any(part.section == "responsibilities" for part in parts):
        parts = _with_duties(parts, at, file, notes)
    return parts if parts[at].blocks else _with_summary(parts, at, file, notes)


def _with_duties(parts: list[Part], at: int, file: str, notes: list[Problem]) -> list[Part]:
    """Takes the first list, or the last paragraph about the role, for its duties. Raises JdgenError."""
    role, others = parts[at], [*parts[:at], *parts[at + 1 :]]
    listing = next((p for p in others if not p.section and any(b.sort == "item" for b in p.blocks)), None)
    if listing is not None:
        _assume(file, notes, f"'{listing.name}' was taken for the responsibilities")
        return [replace(part, section="responsibilities") if part is listing else part for part in parts]
    items = [block for block in role.blocks if block.sort == "item"]
    first = role.blocks.index(items[0]) if items else len(role.blocks) - 1
    duties, rest = role.blocks[max(first, 0) :], role.blocks[: max(first, 0)]
    if not duties or not (rest or others):
        hint = "put what the person does under a heading such as 'Responsibilities'"
        raise JdgenError([Problem("import.no-duties", "says nowhere what the person does", file, hint=hint)])
    _assume(file, notes, "no heading names the responsibilities; they were taken from the text about the role")
    taken = Part(Block("heading"), "responsibilities", duties)
    return [*parts[:at], replace(role, blocks=rest), taken, *parts[at + 1 :]]


def _with_summary(parts: list[Part], at: int, file: str, notes: list[Problem]) -> list[Part]:
    """Takes the first part that is no list, or the first duty, for the summary. Raises JdgenError."""
    others = [*parts[:at], *parts[at + 1 :]]
    found = next((p for p in others if p.section not in STRUCTURED and p.blocks), None)
    if found is not None:
        _assume(file, notes, f"'{found.name}' was taken for the summary")
        return [replace(part, section="role") if part is found else part for part in others]
    duties = next(part for part in others if part.section == "responsibilities")
    if len(duties.blocks) < 2:
        hint = "put a sentence on what the role is before the list"
        raise JdgenError([Problem("import.no-summary", "says nowhere what the role is", file, hint=hint)])
    _assume(file, notes, "no text says what the role is; the first of its duties was taken")
    summary = replace(parts[at], blocks=[replace(duties.blocks[0], sort="text")])
    rest = replace(duties, blocks=duties.blocks[1:])
    return [summary, *(rest if part is duties else part for part in others)]


def _assume(file: str, notes: list[Problem], message: str) -> None:
    notes.append(Problem("import.assumed", message, file, hint="see that it is so", severity="warning"))


# --- lists ------------------------------------------------------------------------------------


def _entries(blocks: Sequence[Block]) -> Iterator[Any]:
    """The entries of a list: items, and groups for what stands between them or under a heading of its own."""
    heads = [number for number, block in enumerate(blocks) if block.sort == "heading"]
    end = heads[0] if heads else len(blocks)
    yield from _untitled(blocks[:end])
    for start, stop in pairwise([*heads, len(blocks)]):
        title, content = blocks[start].plain.rstrip(":： "), blocks[start + 1 : stop]
        if not content:
            yield {"intro": rich_text([replace(blocks[start], sort="heading")])}
            continue
        texts = [block for block in content if block.sort != "item"]
        if list(content[: len(texts)]) == texts:  # text first, then a list, as a group has it
            items = list(_items(content[len(texts) :]))
            yield (
                {"title": title} | ({"intro": rich_text(texts)} if texts else {}) | ({"items": items} if items else {})
            )
        else:
            yield {"title": title, "intro": rich_text(content)}


def _untitled(blocks: Sequence[Block]) -> Iterator[Any]:
    intro: list[Block] = []
    for is_item, run in groupby(blocks, lambda block: block.sort == "item"):
        if not is_item:
            intro = list(run)
        elif intro:
            yield {"intro": rich_text(intro), "items": list(_items(list(run)))}
            intro = []
        else:
            yield from _items(list(run))
    if intro:
        yield {"intro": rich_text(intro)}


def _items(blocks: Sequence[Block]) -> Iterator[Any]:
    """Items with those nested in them."""
    at = 0
    while at < len(blocks):
        end = at + 1
        while end < len(blocks) and blocks[end].level > blocks[at].level:
            end += 1
        yield _item(blocks[at], list(_items(blocks[at + 1 : end])))
        at = end


def _item(block: Block, children: list[Any]) -> Any:
    link = _WHOLE_LINK.fullmatch(block.text)
    text = link[1] if link else block.text
    entry = {"text": text} | ({"link": link[2]} if link else {}) | ({"children": children} if children else {})
    return entry if len(entry) > 1 else text


# --- text -------------------------------------------------------------------------------------


def rich_text(blocks: Iterable[Block]) -> str:
    """Blocks as restricted Markdown: paragraphs, lists, tables; headings as bold lines."""
    lines: list[str] = []
    numbers: dict[int, int] = {}
    before = ""
    for block in blocks:
        if block.sort != "item" or before != "item":
            lines.append("")
        if block.sort == "item":
            numbers = {level: n for level, n in numbers.items() if level <= block.level} if before == "item" else {}
            numbers[block.level] = numbers.get(block.level, 0) + 1
            mark = f"{numbers[block.level]}." if block.is_numbered else "-"
            lines.append(f"{'   ' * min(block.level, _DEEPEST)}{mark} {block.text}")
        elif block.sort == "table":
            head, *rows = block.rows
            lines += [_row(head), _row(["---"] * len(head)), *map(_row, rows)]
        else:
            text = f"**{block.text}**" if block.sort == "heading" else block.text
            lines.append(
                _LIST_MARK.sub(lambda m: f"{m[1][:-1]}\\{m[1][-1]}", text, count=1) if _LIST_MARK.match(text) else text
            )
        before = block.sort
    return "\n".join(lines).strip()


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


# --- sections of their own --------------------------------------------------------------------


def _extras(parts: Sequence[Part], file: str, notes: list[Problem]) -> Iterator[Any]:
    """What a role's file has no field for, each after the section that it followed."""
    before = ""
    for part in parts:
        if part.section in STRUCTURED:
            before = part.section
            continue
        entry: dict[str, Any] = {"title": part.name or "–"}
        if part.blocks:
            entry["body"] = rich_text(part.blocks)
        first = next(part.section for part in parts if part.section in STRUCTURED)
        entry["placement"] = f"after:{before}" if before else f"before:{first}"
        home = _HOMES.get(part.section)
        if home:
            yield Commented(entry, f"Belongs in {home}.")
            continue
        message = f"'{part.name}' is kept in a section of its own: its heading is not known"
        notes.append(Problem("import.kept", message, file, severity="info"))
        yield Commented(entry, "Not understood, and kept as it is.")
