"""Documents as plain text, for an e-mail or a field that takes nothing else: no markup, no wrapped lines, LF.

Items begin with a bullet character, since a hyphen at a line's begin is taken for markup by many a field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from jdgen.document import Document
from jdgen.write.linear import BOXES, LinearBlock, linear
from jdgen.write.nodes import BREAK, Block, Code, Heading, Item, List, Paragraph, Run, Runs, Turn

_BULLET = "• "
_SECTION = 2
"""The lowest level of headings that two empty lines set off."""
_SCHEME = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)


def text_bytes(document: Document) -> bytes:
    """The document as plain text in UTF-8. Raises JdgenError for Markdown that has no form in it."""
    return plain_text(linear(document, "txt")).encode()


def plain_text(blocks: Iterable[LinearBlock]) -> str:
    """Blocks as plain text, an empty line between them and a line's end after the last."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Turn):
            continue
        gap = 2 if isinstance(block, Heading) and block.level <= _SECTION else 1
        lines += [""] * (gap if lines else 0)
        lines += _lines(block)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _lines(block: Block) -> list[str]:
    match block:
        case Heading() | Paragraph():
            return line_text(block.runs).split("\n")
        case List():
            return list(_list(block))
        case Code():
            return block.text.split("\n")
        case _:
            raise TypeError(f"{type(block).__name__} is not linear")


def _list(block: List) -> Iterator[str]:
    """The lines of a list; an empty one between items of which any is long, so that one sees where each ends."""
    has_room = any(map(_is_long, block.items))
    for number, item in enumerate(block.items):
        marker = f"{block.start + number}. " if block.is_numbered else BOXES[item.checked] or _BULLET
        if number and has_room:
            yield ""
        for position, line in enumerate(_item(item)):
            before = marker if position == 0 else " " * len(marker)
            yield f"{before}{line}".rstrip()


def _is_long(item: Item) -> bool:
    """Whether an item has several lines of its own, or several paragraphs."""
    texts = [block for block in item.blocks if not isinstance(block, List)]
    breaks = (run.marks & BREAK for block in texts if isinstance(block, Paragraph) for run in block.runs)
    return len(texts) > 1 or any(breaks)


def _item(item: Item) -> Iterator[str]:
    """The lines of an item's blocks, a list right under the text, another paragraph set off."""
    for position, block in enumerate(item.blocks):
        if position and not isinstance(block, List):
            yield ""
        yield from _lines(block)


def line_text(runs: Runs) -> str:
    """Runs as text, each link's address in brackets behind it unless it is the text itself."""
    parts = []
    for link, group in groupby(runs, lambda run: run.link):
        text = "".join(map(_run, group))
        parts.append(text if not link or _bare(text) == _bare(link) else f"{text} ({_address(link)})")
    return "".join(parts)


def _run(run: Run) -> str:
    return "\n" if run.marks & BREAK else run.text


def _address(link: str) -> str:
    """A link's target as people write it."""
    return re.sub(r"^(?:mailto|tel):", "", link, flags=re.IGNORECASE)


def _bare(address: str) -> str:
    """An address without what people leave out of it."""
    return _SCHEME.sub("", address).strip().rstrip("/").casefold()
