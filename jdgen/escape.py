"""Values become Markdown here and nowhere else: what was typed is what a reader sees.

`escaped` takes plain text, `rich` takes restricted Markdown. Both return `Markup`, which Jinja
leaves alone, so that nothing is escaped twice.
"""

from __future__ import annotations

import re

from markupsafe import Markup

from jdgen.spec.base import Rich

# No-break spaces stay: French needs them before colons, numbers between thousands.
_SPACE = re.compile(r"[ \t\n\r\f\v\x85\u2028\u2029]+")
_INLINE = re.compile(r"[\\`*\[\]<|]")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")  # inside a word it is plain
_ENTITY = re.compile(r"&(?=#|[A-Za-z][A-Za-z0-9]*;)")
_START = re.compile(r"(?:#{1,6}(?=\s|$)|[-+](?=\s|$)|=+\s*$|-{2,}\s*$|>|:{3,})")
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_CLOSING = re.compile(r"(^|\s)(#+)$")

_LINK = re.compile(r"\[([^\[\]]+)\]\(((?:https?://|mailto:|tel:)[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)\)")
_STRONG = re.compile(r"(?<!\\)\*\*(?=\S)((?:(?!\*\*).)+)(?<=[^\s\\])\*\*")
_EMPHASIS = re.compile(r"(?<![\w*\\])[*_](?=[^\s*_])([^*_]+?)(?<=[^\s*_\\])[*_](?![\w*])")
_ITEM = re.compile(r"( *)([-*+]|\d{1,9}[.)]) +(\S.*)")


class Plain(str):
    """Text of a spec as templates hold it: whatever joins it to Markup makes Markdown of it."""

    __slots__ = ()

    def __html__(self) -> str:
        return escaped(str(self))


def escaped(value: object) -> Markup:
    """`value` as one line of Markdown that reads as exactly that text, white space collapsed."""
    if isinstance(value, Markup):
        return value
    text = _SPACE.sub(" ", str(value)).strip()
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
    return text


def rich(value: Rich) -> Markup:
    """Restricted Markdown as Markdown: its paragraphs, lists, bold, italic and links; all else as text."""
    blocks: list[tuple[str, str]] = []  # what stands before a block, and its text in one line, however it was wrapped
    indents: list[int] = []
    in_list = False
    for line in value.replace("\t", "    ").split("\n"):
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
    lines = (before + _rich_line(text) for before, text in blocks)
    return Markup(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip())


def rich_line(value: Rich) -> Markup:
    """Restricted Markdown in one line, for a table cell or a list item."""
    return Markup(_rich_line(value))


def _rich_line(text: str) -> str:
    """One line with its links, bold and italic kept and everything else escaped."""
    kept: list[str] = []

    def keep(markdown: str) -> str:
        kept.append(markdown)
        return f"\ue000{len(kept) - 1}\ue001"

    text = _SPACE.sub(" ", text.replace("\ue000", "").replace("\ue001", "")).strip()
    text = _LINK.sub(lambda m: keep(f"[{_inline(m[1])}]({m[2]})"), text)
    text = text.replace("!\ue000", keep("\\!") + "\ue000")  # else it would be a picture
    text = _STRONG.sub(lambda m: f"{keep('**')}{m[1]}{keep('**')}", text)
    text = _EMPHASIS.sub(lambda m: f"{keep('*')}{m[1]}{keep('*')}", text)
    return re.sub("\ue000(\\d+)\ue001", lambda m: kept[int(m[1])], str(escaped(text)))
