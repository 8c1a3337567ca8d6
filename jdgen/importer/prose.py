"""Plain text -> blocks: headings are short lines that stand apart, items begin with a bullet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jdgen.importer.block import Block, literal

_BULLET = re.compile(
    r"(\s*)([-–—*+•·‣▪◦●○✓✔➢➤►■□・]|\(?\d{1,2}[.)]|[a-z][.)])[ \t\u00a0\u3000]+(?=\S)|(\s*)([•‣▪●○✓✔➢➤►■□・])(?=\S)"
)
_UNDERLINE = re.compile(r"\s*([=\-_~*#])\1{2,}\s*")
_WIDE = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_ENDS = ".!?;,。．！？、"


def blocks_of(text: str) -> list[Block]:
    """The blocks of a text. A line that is wrapped goes on with the one before it."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return list(_Reader(lines).blocks())


class _Reader:
    def __init__(self, lines: list[str]) -> None:
        self._lines = [*lines, ""]
        self._indents: list[int] = []

    def blocks(self) -> Iterator[Block]:
        held: Block | None = None
        for number, line in enumerate(self._lines):
            if _UNDERLINE.fullmatch(line):
                if held is not None and held.sort == "text" and number and self._lines[number - 1].strip():
                    held = Block("heading", held.text, 2)
                continue
            text, bullet = line.strip(), _BULLET.match(line)
            if held is not None and (not text or bullet or held.sort == "heading" or self._is_heading(number)):
                yield held
                held = None
            if not text:
                continue
            if bullet:
                held = self._item(line, bullet)
            elif held is not None:
                held = Block(held.sort, _joined(held.text, literal(text)), held.level, held.is_numbered)
            else:
                self._indents = []
                heading = self._is_heading(number)
                held = Block("heading", literal(text), 7) if heading else Block("text", literal(text))
        if held is not None:
            yield held

    def _item(self, line: str, bullet: re.Match[str]) -> Block:
        indent = len((bullet[1] or bullet[3] or "").expandtabs(4))
        while self._indents and self._indents[-1] > indent:
            self._indents.pop()
        if not self._indents or self._indents[-1] < indent:
            self._indents.append(indent)
        numbered = (bullet[2] or "")[-1:] in (".", ")") and (bullet[2] or "")[:1].isdigit()
        return Block("item", literal(line[bullet.end() :].strip()), len(self._indents) - 1, numbered)

    def _is_heading(self, number: int) -> bool:
        """Whether a line stands like a heading: short, on its own or in capitals, and with something below it."""
        text = self._lines[number].strip()
        if not 0 < len(text) <= 80 or text[-1] in _ENDS or _BULLET.match(self._lines[number]):
            return False
        before = self._lines[number - 1].strip() if number else ""
        after = self._lines[number + 1].strip() if number + 1 < len(self._lines) else ""
        is_capitals = text.isupper() and len(text) > 3
        leads = text[-1] in ":：" and (not after or bool(_BULLET.match(self._lines[number + 1])))
        alone = not before and not after
        is_short = len(text.split()) <= 8 and (not _WIDE.search(text) or len(text) <= 20)
        has_label = re.search(r"[:：]\s*\S", text) is not None
        above = (
            not before and bool(after) and is_short and not has_label and (text[0].isupper() or not text[0].islower())
        )
        starts_list = above and bool(_BULLET.match(self._lines[number + 1]))
        return (
            is_capitals
            or (leads and is_short and len(text.split()) <= 5 and not has_label)
            or (alone and is_short and not has_label)
            or starts_list
        )


def _joined(text: str, more: str) -> str:
    """Two parts of a wrapped line; scripts without spaces get none."""
    wide = text and more and _WIDE.match(text[-1]) and _WIDE.match(more[0])
    return f"{text}{more}" if wide else f"{text} {more}"
