"""A filled Markdown scorecard -> what stands in the places of its fields.

Only its comments are read: what became of the Markdown around them does not matter.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from jdgen.form import Field
from jdgen.returned.answer import MAX_LENGTH, ticked
from jdgen.returned.described import described
from jdgen.returned.reading import Fault, Reading, Returned, refusal

MAX_COMMENTS = 10_000
_TOO_LONG = 10 * MAX_LENGTH
"""So many characters of Markdown are too long for a value, however they are written."""
_COMMENT = re.compile(r"(?<!\\)<!--|<!--(?=\s*/\s*field\s*-->)")
"""Where a comment begins. The end of a field does even behind a backslash, which may be the last that was filled in."""
_FORM = re.compile(r"form\s*(\{.*)", re.DOTALL)
_FIELD = re.compile(r"field\s+(\S+)")
_END = re.compile(r"/\s*field")
_FIELD_PLACE = "\0"
"""Stands for each field in the text around fields; no text that comes in has it."""
_CELL_END = re.compile(r"(?<!\\)\|")
_ROW_END = re.compile(r"(?<!\\)\|[ \t]*\n|\n[ \t]*\|")
_BOX = re.compile(r"\\?(\[[^\[\]\n\\]{0,9})\\?\]\s*\Z")
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|\*|___|__|_|`)(.+)\1", re.DOTALL)
_CODED = re.compile(
    r"\\([!-/:-@\[-`{-~])|<([bB][rR])\s*/?>|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
)
_ITEM = re.compile(r"[ \t]*(?:[-*+]|[0-9]{1,9}[.)]) ")
_ANEW = "copy its line from a new scorecard"


@dataclass(frozen=True)
class _Comment:
    """A comment, without its marks, and the text behind it up to the next."""

    body: str
    after: str
    line: int
    is_closed: bool


@dataclass(frozen=True)
class _Place:
    """What stands between the two comments of a field."""

    id: str
    content: str
    line: int
    fault: str


def read_markdown(data: bytes) -> Returned:
    """What a Markdown scorecard holds. Raises JdgenError if it is none, or damaged as a whole."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refusal("scorecard.encoding", "is not UTF-8", "save it as UTF-8") from None
    first, comments = _split(re.sub("\r\n?", "\n", text.replace(_FIELD_PLACE, "")))
    form = described([match[1].strip() for comment in comments if (match := _FORM.fullmatch(comment.body))])
    reader = _Reader(first)
    for comment in comments:
        reader.take(comment)
    reader.close("the comment behind it is gone")
    if not reader.places:
        hint = "some editors take out comments; fill in a new copy"
        raise refusal("scorecard.no-form", "has lost the comments that mark its fields", hint)
    fields = {field.id: field for field in form.fields}
    found: dict[str, list[Reading | Fault]] = {}
    for place, (before, beside) in zip(reader.places, reader.surroundings(), strict=True):
        if place.id in fields:
            found.setdefault(place.id, []).append(_reading(fields[place.id], place, before, beside))
    return Returned(form, found)


def _split(text: str) -> tuple[str, list[_Comment]]:
    """The text before the first comment, and the comments."""
    if text.count("<!--") > MAX_COMMENTS:
        raise refusal("scorecard.unsafe", f"has more than {MAX_COMMENTS} comments, which no scorecard has")
    first, *pieces = _COMMENT.split(text)
    line = 1 + first.count("\n")
    comments = []
    for piece in pieces:
        body, end, after = piece.partition("-->")
        comments.append(_Comment(body.strip(), after, line, bool(end)))
        line += piece.count("\n")
    return first, comments


class _Reader:
    """Takes comments one by one; keeps the places of fields, and the text around them."""

    def __init__(self, first: str) -> None:
        self.places: list[_Place] = []
        self._around = [first]
        self._opened: tuple[str, int] | None = None
        self._content: list[str] = []

    def take(self, comment: _Comment) -> None:
        start = _FIELD.match(comment.body)
        if start:
            self.close("the comment behind it is gone")
            self._opened = start[1], comment.line
            if not comment.is_closed or start.end() < len(comment.body):
                self.close("the comment before it is damaged")
        elif not comment.is_closed:
            self.close("a comment in it, or behind it, is damaged")
        elif _END.fullmatch(comment.body):
            if not self._opened:
                self._doubt_last()
            self.close()
        (self._content if self._opened else self._around).append(comment.after)

    def close(self, fault: str = "") -> None:
        """Ends the field that is open, if one is."""
        if self._opened:
            id, line = self._opened
            self.places.append(_Place(id, "".join(self._content), line, fault))
            self._around.append(_FIELD_PLACE)
        self._opened = None
        self._content = []

    def _doubt_last(self) -> None:
        """A field ended that is not open: so the last one's text may have ended too early."""
        if self.places:
            last = self.places[-1]
            self.places[-1] = replace(last, fault=last.fault or "two comments end it")

    def surroundings(self) -> Iterator[tuple[str, str]]:
        """For each place, what stands directly before it, and what else stands in its cell of a table."""
        for line in "".join(self._around).split("\n"):
            if _FIELD_PLACE not in line:
                continue
            is_row = line.lstrip().startswith("|")
            for cell in _CELL_END.split(line) if is_row else [line]:
                *before, _ = texts = cell.split(_FIELD_PLACE)
                beside = "".join(texts) if is_row else ""
                yield from ((text, beside) for text in before)


def _reading(field: Field, place: _Place, before: str, beside: str) -> Reading | Fault:
    if place.fault:
        return Fault("scorecard.mark", place.fault, _ANEW, place.line)
    content = place.content.strip()
    if len(content) > _TOO_LONG:
        return Reading(content, line=place.line)
    if _ROW_END.search(content):
        return Fault("scorecard.row", "a line break parted its row of the table", "write <br> for it", place.line)
    if field.type in ("check", "choice", "date") and (whole := _EMPHASIS.fullmatch(content)):
        content = whole[2]
    text = _plain(content)
    box = _BOX.search(before) if field.type == "check" else None
    if box:  # of a task list; what stands between the comments may be its label
        shown = f"{box[1]}]"
        return Reading(shown if ticked(text) is None else text, is_ticked=ticked(shown), line=place.line)
    return Reading(text, beside=_plain(beside), line=place.line)


def _plain(markdown: str) -> str:
    """The text that Markdown shows; emphasis stays as it was typed."""
    text = _CODED.sub(lambda mark: mark[1] or ("\n" if mark[2] else html.unescape(mark[0])), _unwrapped(markdown))
    return "\n".join(line.strip() for line in text.split("\n"))


def _unwrapped(markdown: str) -> str:
    """Markdown in which lines that an editor wrapped are one; paragraphs, items and hard breaks stay apart."""
    parts: list[str] = []
    for line, following in pairwise((*markdown.strip().split("\n"), "")):
        is_broken = bool(following.strip()) and (len(line) - len(line.rstrip("\\"))) % 2 == 1
        is_apart = (
            is_broken or line.endswith("  ") or not (line.strip() and following.strip()) or _ITEM.match(following)
        )
        parts += (line.strip().removesuffix("\\") if is_broken else line.strip(), "\n" if is_apart else " ")
    return "".join(parts)
