"""Blocks -> the outline of an ad: its title, what stands before the first heading, and its sections in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from jdgen.importer.block import Block
from jdgen.importer.wording import ENGLISH, language_of, languages, section_in

LOOKS_ALIKE = 7
"""The level of what only looks like a heading."""
STRUCTURED = ("role", "responsibilities", "required", "preferred")
"""The sections that a role's file has fields for."""
_TAGS = {"pt": "pt-BR"}
"""By a language whose headings are known, the tag of its phrases where that is another."""
_TITLE_WORDS, _HEADING_WORDS, _LABEL_WORDS = 16, 10, 4
_BOLD = re.compile(r"\*\*([^*]+)\*\*\s*[:：]?")
_CODE = re.compile(r"#[A-Z]{2,3}(?:-?[A-Z0-9]+)+(?:\s+#[A-Z]{2,3}(?:-?[A-Z0-9]+)+)*")


@dataclass(frozen=True)
class Part:
    """One section: its heading, the sort of section it is as far as its wording is known, what stands in it."""

    heading: Block
    section: str
    blocks: list[Block] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The heading as it is read, without a colon at its end."""
        return self.heading.plain.rstrip(":： ").strip()


@dataclass(frozen=True)
class Outline:
    """An ad in its parts."""

    title: str
    preamble: tuple[Block, ...]
    parts: tuple[Part, ...]
    language: str
    codes: tuple[str, ...] = ()
    """Codes for job boards, which are no part of the text."""

    def of(self, *sections: str) -> list[Part]:
        return [part for part in self.parts if part.section in sections]


def outlined(blocks: Iterable[Block], title: str = "", language: str = "") -> Outline:
    """The outline of an ad; `title` and `language` as they are said elsewhere, else as they are found."""
    kept, codes = _without_codes(_with_headings(block for block in blocks if block.text or block.rows))
    headings = (block.plain for block in kept if block.sort == "heading")
    tongue = language.partition("-")[0]
    tongue = tongue if tongue in languages() else language_of((block.text for block in kept), headings)
    found, kept = _title(kept, title)
    preamble: list[Block] = []
    parts: list[Part] = []
    for block in kept:
        part = _begun(block, parts, tongue) if block.sort == "heading" else None
        if part is not None:
            parts.append(part)
        else:
            (parts[-1].blocks if parts else preamble).append(block)
    return Outline(found, tuple(preamble), tuple(_once(parts)), language or _TAGS.get(tongue, tongue), tuple(codes))


def _with_headings(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, with short bold paragraphs, and labels before lists, as what looks like a heading; one of signs
    alone is none.
    """
    listed = list(blocks)
    for number, block in enumerate(listed):
        following = listed[number + 1] if number + 1 < len(listed) else None
        bold = _BOLD.fullmatch(block.text) if block.sort == "text" else None
        if block.sort == "heading" and not block.plain.strip(":： "):
            yield replace(block, sort="text")
        elif bold and block.words <= _HEADING_WORDS and bold[1].strip(":： ")[-1:] not in (*".!;,", ""):
            yield Block("heading", bold[1].strip(), LOOKS_ALIKE)
        elif (
            block.sort == "text"
            and block.text[-1] in ":："
            and block.words <= _LABEL_WORDS
            and following is not None
            and following.sort == "item"
        ):
            yield replace(block, sort="heading", level=LOOKS_ALIKE)
        else:
            yield block


def _without_codes(blocks: Iterable[Block]) -> tuple[list[Block], list[str]]:
    """The blocks without lines that are codes for job boards alone, and these codes."""
    kept: list[Block] = []
    codes: list[str] = []
    for block in blocks:
        if _CODE.fullmatch(block.plain.strip()):
            codes += block.plain.split()
        else:
            kept.append(block)
    return kept, codes


def _title(blocks: list[Block], title: str) -> tuple[str, list[Block]]:
    """The title, and the blocks without it: the first heading of the highest level, else a short first line."""
    if title:
        same = next((b for b in blocks[:3] if b.sort != "item" and b.plain.casefold() == title.casefold()), None)
        return title, [block for block in blocks if block is not same]
    for number, block in enumerate(blocks):
        if block.sort == "heading" and block.level in (1, 2) and not (number and _is_known(block)):
            return block.plain.rstrip(":").strip(), [*blocks[:number], *blocks[number + 1 :]]
    first = blocks[0] if blocks else None
    if first is not None and first.sort in ("text", "heading") and 0 < first.words <= _TITLE_WORDS:
        return first.plain.rstrip(":").strip(), blocks[1:]
    return "", blocks


def _is_known(block: Block) -> bool:
    return bool(section_in(block.plain, ENGLISH))


def _begun(block: Block, parts: list[Part], language: str) -> Part | None:
    """The part that a heading begins; None if it stands within the part before it."""
    section = section_in(block.plain, language) or (section_in(block.plain, ENGLISH) if language != ENGLISH else "")
    current = parts[-1] if parts else None
    is_deeper = current is not None and block.level > current.heading.level
    if section:
        within = is_deeper and current is not None and current.section == section and section in STRUCTURED[1:]
        return None if within else Part(block, section)
    if current is None:
        return Part(block, "")
    if block.level == LOOKS_ALIKE and current.heading.level != LOOKS_ALIKE:
        return None
    is_group = current.section in STRUCTURED[1:] and (is_deeper or block.level == LOOKS_ALIKE)
    return None if is_group or is_deeper else Part(block, "")


def _once(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts, each section that has fields once: right after it another is a group of it, later one of its own."""
    done: list[Part] = []
    for part in parts:
        same = next((each for each in done if each.section == part.section), None)
        if same is None or part.section not in STRUCTURED:
            done.append(part)
        elif same is done[-1]:
            same.blocks.extend([part.heading, *part.blocks])
        else:
            done.append(replace(part, section=""))
    yield from done
