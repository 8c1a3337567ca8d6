"""Values become Markdown here and nowhere else: what was typed is what a reader sees.

`escaped` takes plain text, `rich` takes restricted Markdown. Both return `Markup`, which Jinja
leaves alone, so that nothing is escaped twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from markupsafe import Markup

from jdgen.spec.base import Rich

# No-break spaces stay: French needs them before colons, numbers between thousands.
_SPACE = re.compile(r"[ \t\n\r\f\v\x85\u2028\u2029]+")
_INLINE = re.compile(r"[\\`*\[\]<|]")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")  # inside a word it is plain
_CLOSING_TILDE = re.compile(r"(?<=\S)~|~(?!\w)")  # it could end what another text beside this one begins
_ENTITY = re.compile(r"&(?=#|[A-Za-z][A-Za-z0-9]*;)")
_START = re.compile(r"(?:#{1,6}(?=\s|$)|[-+](?=\s|$)|=+\s*$|-{2,}\s*$|>|:{3,})")
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_CLOSING = re.compile(r"(^|\s)(#+)$")

_LINK = re.compile(r"\[([^\[\]]+)\]\(((?:https?://|mailto:|tel:)[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)\)")
_STRONG = re.compile(r"(?<!\\)\*\*(?=\S)((?:(?!\*\*).)+)(?<=[^\s\\])\*\*")
_EMPHASIS = re.compile(r"(?<![\w*\\])[*_](?=[^\s*_])([^*_]+?)(?<=[^\s*_\\])[*_](?![\w*])")
_LITERAL = re.compile(r"\\([*_\[\]])")
_LITERAL_MARK = re.compile(r"\A(\s*\d{0,9})\\([-+.)])(?=\s)")
_ITEM = re.compile(r"( *)([-*+]|\d{1,9}[.)]) +(\S.*)")
_BORDER = re.compile(r" *\|?(?: *:?-+:? *\|)+(?: *:?-+:?)? *")
_BAR = re.compile(r"(?<!\\)\|")
_BR = re.compile(r" *<br ?/?> *")


_REMEMBERED = 2_048
"""How many texts stay known in Markdown: the documents of a kit say the same again and again."""


class Plain(str):
    """Text of a spec as templates hold it: whatever joins it to Markup makes Markdown of it."""

    __slots__ = ()

    def __html__(self) -> str:
        return escaped(str(self))


def escaped(value: object) -> Markup:
    """`value` as one line of Markdown that reads as exactly that text, white space collapsed."""
    return value if isinstance(value, Markup) else _escaped(str(value))


@lru_cache(maxsize=_REMEMBERED)
def _escaped(text: str) -> Markup:
    text = _SPACE.sub(" ", text).strip()
    text = _inline(text)
    text = _NUMBER.sub(r"\1\\\2", text) if _NUMBER.match(text) else text
    text = "\\" + text if _START.match(text) else text
    text = _CLOSING.sub(r"\1\\\2", text)
    return Markup(text[:-1] + "\\!" if text.endswith("!") else text)


def _inline(text: str) -> str:
    text = _INLINE.sub(r"\\\g<0>", text)
    text = _UNDERSCORE.sub(r"\\_", text)
    text = _ENTITY.sub("&amp;", text)
    for mark in "~$":
        if text.count(mark) > 1:
            text = text.replace(mark, "\\" + mark)
    return text if text.count("~") > 1 else _CLOSING_TILDE.sub(r"\\~", text)


def rich(value: Rich) -> Markup:
    """Restricted Markdown as Markdown: its paragraphs, lists, tables, bold, italic and links; all else as text."""
    return _rich(str(value))


@lru_cache(maxsize=_REMEMBERED)
def _rich(value: str) -> Markup:
    tables: list[str] = []

    def keep(table: str) -> str:
        tables.append(table)
        return f"\n\n\ue002{len(tables) - 1}\ue003\n\n"

    text = "".join(_tables_kept(re.sub("[\ue002\ue003]", "", value).replace("\t", "    "), keep))
    shown = _paragraphs_and_lists(text)
    return Markup(re.sub("\ue002(\\d+)\ue003", lambda m: tables[int(m[1])], shown))


def _tables_kept(text: str, keep: Callable[[str], str]) -> Iterator[str]:
    """The lines of `text`, each table in it replaced by what `keep` gives for its Markdown.

    A table is a row of cells between bars, a row of dashes with as many, and the rows after it.
    """
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        head = _cells(lines[at])
        border = lines[at + 1] if at + 1 < len(lines) else ""
        if not (head and _BORDER.fullmatch(border) and len(_cells(border)) == len(head)):
            yield lines[at] + "\n"
            at += 1
            continue
        end = at + 2
        while end < len(lines) and lines[end].strip() and _BAR.search(lines[end]):
            end += 1
        rows = [_as_wide(_cells(line), len(head)) for line in lines[at + 2 : end]]
        table = [map(_rich_cell, head), _cells(border), *(map(_rich_cell, row) for row in rows)]
        yield keep("\n".join(f"| {' | '.join(row)} |" for row in table))
        at = end


def _cells(line: str) -> list[str]:
    """The cells of a table's line; none if no bar stands in it."""
    if not _BAR.search(line):
        return []
    inner = line.strip()
    inner = inner.removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [cell.strip() for cell in _BAR.split(inner)]


def _as_wide(cells: list[str], width: int) -> list[str]:
    """A row with as many cells as the head has: empty ones added, surplus ones put into the last."""
    return [*cells[: width - 1], " ".join(cells[width - 1 :]), *[""] * (width - max(len(cells), 1))][:width]


def _rich_cell(text: str) -> str:
    return "<br>".join(_rich_line(part.replace("\\|", "|")) for part in _BR.split(text))


def _paragraphs_and_lists(text: str) -> str:
    """Paragraphs and lists in restricted Markdown as Markdown, each in one line, however it was wrapped."""
    blocks: list[tuple[str, str]] = []  # what stands before a block, and its text
    indents: list[int] = []
    in_list = False
    for line in text.split("\n"):
        is_open = bool(blocks and blocks[-1][1])
        item = _ITEM.fullmatch(line.rstrip())
        if item and not in_list and is_open and item[2][0].isdigit() and item[2][:-1] != "1":
            item = None  # a number that a wrapped line begins with is no list
        if not line.strip():
            blocks.append(("", ""))
            in_list = False
        elif item:
            if not in_list and is_open:
                blocks.append(("", ""))
            indent = len(item[1])
            while indents and indents[-1] > indent:
                indents.pop()
            if not indents or indents[-1] < indent:
                indents.append(indent)
            bullet = item[2] if item[2][0].isdigit() else "-"
            blocks.append(("   " * min(len(indents) - 1, 2) + f"{bullet} ", item[3]))
            in_list = True
        elif is_open:
            blocks[-1] = (blocks[-1][0], f"{blocks[-1][1]} {line}")
        else:
            blocks.append(("", line))
            indents = []
    lines = (before + _rich_line(_LITERAL_MARK.sub(r"\1\2", text)) for before, text in blocks)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def rich_line(value: Rich) -> Markup:
    """Restricted Markdown in one line, for a table cell or a list item."""
    return Markup(_rich_line(str(value)))


def plain(value: object) -> str:
    """The text of a value as it is read: of restricted Markdown without its signs and the targets of links."""
    if not isinstance(value, Rich):
        return str(value)
    text = _LINK.sub(r"\1", value)
    for mark in (_STRONG, _EMPHASIS):
        text = mark.sub(r"\1", text)
    return _LITERAL.sub(r"\1", text)


@lru_cache(maxsize=_REMEMBERED)
def _rich_line(text: str) -> str:
    """One line with its links, bold and italic kept and everything else escaped."""
    kept: list[str] = []

    def keep(markdown: str) -> str:
        kept.append(markdown)
        return f"\ue000{len(kept) - 1}\ue001"

    text = _SPACE.sub(" ", text.replace("\ue000", "").replace("\ue001", "")).strip()
    text = _LITERAL.sub(lambda m: keep(_inline(m[1])), text)
    text = _LINK.sub(lambda m: keep(f"[{_inline(m[1])}]({m[2]})"), text)
    text = text.replace("!\ue000", keep("\\!") + "\ue000")  # else it would be a picture
    text = _STRONG.sub(lambda m: f"{keep('**')}{m[1]}{keep('**')}", text)
    text = _EMPHASIS.sub(lambda m: f"{keep('*')}{m[1]}{keep('*')}", text)
    return re.sub("\ue000(\\d+)\ue001", lambda m: kept[int(m[1])], str(escaped(text)))
