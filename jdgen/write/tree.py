"""Markdown -> a tree of blocks and runs. The one door to the Markdown parser.

GitHub's dialect: tables, task lists, alerts. Some comments mean something to writers and nothing to
readers: `<!-- style NAME key=value -->` before a block, `<!-- language TAG -->` before what is in another
language, `<!-- draw {...} -->` for a picture (see `jdgen.drawing`), and those of a form to fill in (see
`jdgen.form`). Whatever else is HTML, or has no form in Word, is an error, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import pyromark

from jdgen.drawing import DRAW, KINDS, drawing_of
from jdgen.form import FIELD, FIELD_END, FORM, Field
from jdgen.problem import JdgenError, Problem, nearest
from jdgen.write.nodes import (
    BREAK,
    CODE,
    EMPHASIS,
    STRIKE,
    STRONG,
    STYLES,
    Block,
    Code,
    Heading,
    Item,
    List,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Run,
    Runs,
    Table,
    Turn,
    joined,
)

OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_GFM
    | pyromark.Options.ENABLE_STRIKETHROUGH
)
"""GitHub's dialect, as the parser calls its parts."""
_STYLE = re.compile(r"<!-- style ([a-z-]+)((?: [a-z]+=\S+)*) -->\s*\Z")
_TURN = re.compile(r"<!-- language ([A-Za-z0-9-]+) -->\s*\Z")
_LAST: list[tuple[tuple[str, tuple[Field, ...]], tuple[Block, ...]]] = []
"""What was read last: the files of a document are written one after the other, each of the same blocks."""
_BR = re.compile(r"<br ?/?>")
_MARKS = {"Strong": STRONG, "Emphasis": EMPHASIS, "Strikethrough": STRIKE}


def parsed(markdown: str, fields: Iterable[Field] = ()) -> tuple[Block, ...]:
    """The blocks of `markdown`, in which `fields` may stand.

    Raises JdgenError for what has no form in a document.
    """
    asked = (markdown, tuple(fields))
    if _LAST and _LAST[0][0] == asked:
        return _LAST[0][1]
    made = tuple(_Reader(pyromark.events(markdown, options=OPTIONS), asked[1]).blocks())
    _LAST[:] = [(asked, made)]
    return made


class _Reader:
    """Builds the tree from the parser's events, which it takes one by one."""

    def __init__(self, events: Iterable[Any], fields: Iterable[Field]) -> None:
        # A list made at once: a call for each of some thousand events is what reading would mostly be.
        self._events = [(event, None) if type(event) is str else event.popitem() for event in events]
        self._fields = {field.id: field for field in fields}
        self._at = 0
        self._style = ""
        self._options: dict[str, str] = {}
        self._marks = 0
        self._link = ""
        self._field: Field | None = None

    def _take(self) -> tuple[str, Any]:
        self._at += 1
        return self._events[self._at - 1]

    def _ends(self, name: str) -> bool:
        """Whether the next event ends what is named; if so it is taken."""
        kind, value = self._events[self._at]
        ends = kind == "End" and name_of(value) == name
        self._at += ends
        return ends

    def blocks(self, container: str = "") -> Iterator[Block]:
        """The blocks up to the end of the container, or of the document."""
        loose: list[Run] = []  # the text of a tight list item stands without a paragraph around it
        events, count = self._events, len(self._events)
        while self._at < count:
            kind, value = events[self._at]
            self._at += 1
            if kind == "End" and container and name_of(value) == container:
                break
            read = self._readers.get(name_of(value)) if kind == "Start" else None
            if read is None and kind != "Rule":
                loose += self._inline(kind, value)
                continue
            if loose:
                yield Paragraph(joined(loose))
                loose = []
            block = read(self, value) if read else Rule()
            if isinstance(block, Turn) and container:
                raise _unknown(f"a turn to the language '{block.language}' within a list or quote")
            if block is not None:
                yield block
        if loose:
            yield Paragraph(joined(loose))
        self._refuse_open_field()

    def _hint(self) -> tuple[str, dict[str, str]]:
        """What the comment before the block says of its style."""
        hint = self._style, self._options
        self._style, self._options = "", {}
        return hint

    def _heading(self, value: Any) -> Block:
        style, _ = self._hint()
        return Heading(int(value["Heading"]["level"][1]), self._runs("Heading"), style)

    def _paragraph(self, _: Any) -> Block:
        style, _ = self._hint()
        return Paragraph(self._runs("Paragraph"), style)

    def _list(self, value: Any) -> Block:
        self._hint()
        items = []
        while not self._ends("List"):
            self._take()
            items.append(self._item())
        return List(value["List"] is not None, value["List"] or 1, tuple(items))

    def _item(self) -> Item:
        ahead = self._events[self._at : self._at + 2]
        marker = next((i for i, (kind, _) in enumerate(ahead) if kind == "TaskListMarker"), None)
        checked = None
        if marker is not None:  # its place is taken by what changes nothing, so that no list is moved
            checked = bool(self._events[self._at + marker][1])
            self._events[self._at + marker] = ("Text", "")
        return Item(tuple(self.blocks("Item")), checked)

    def _quote(self, value: Any) -> Block:
        style, _ = self._hint()
        alert = value["BlockQuote"] if isinstance(value, dict) else None
        title = str(alert) if alert and alert != "None" else ""
        if title and not style:
            style = "callout" if title in ("Note", "Tip") else "warning"
        return Quote(tuple(self.blocks("BlockQuote")), style, title)

    def _code(self, _: Any) -> Block:
        self._hint()
        return Code(self._raw("CodeBlock").removesuffix("\n"))

    def _html(self, _: Any) -> Block | None:
        text = self._raw("HtmlBlock")
        if FORM.fullmatch(text.strip()):
            return None
        if turn := _TURN.match(text.strip()):
            return Turn(turn[1])
        if picture := DRAW.match(text.strip()):
            return _picture(picture[1])
        match = _STYLE.match(text.strip())
        if match is None:
            raise _unknown(text, "put it in a table's cell, or after words" if FIELD.match(text) else "")
        if match[1] not in STYLES:
            problem = Problem("markdown.style", f"there is no style '{match[1]}'", hint=nearest(match[1], STYLES))
            raise JdgenError([problem])
        self._style = match[1]
        self._options = dict(option.split("=", 1) for option in match[2].split())
        return None

    def _raw(self, end: str) -> str:
        text = ""
        while not self._ends(end):
            text += str(self._take()[1])
        return text

    def _table(self, value: Any) -> Block:
        style, options = self._hint()
        aligns = tuple(str(align).lower() for align in value["Table"])
        rows: list[tuple[Runs, ...]] = []
        while not self._ends("Table"):
            row = name_of(self._take()[1])
            cells: list[Runs] = []
            while not self._ends(row):
                self._take()
                cells.append(self._runs("TableCell"))
            rows.append(tuple(cells))
        widths = tuple(int(share) for share in options.get("widths", "").split(",") if share.isdecimal())
        return Table(aligns, rows[0], tuple(rows[1:]), style, widths)

    _readers: Mapping[str, Callable[[_Reader, Any], Block | None]] = {
        "Heading": _heading,
        "Paragraph": _paragraph,
        "List": _list,
        "BlockQuote": _quote,
        "Table": _table,
        "CodeBlock": _code,
        "HtmlBlock": _html,
    }

    def _runs(self, end: str) -> Runs:
        """The runs up to the end of the block."""
        runs: list[Run] = []
        events = self._events
        while True:
            kind, value = events[self._at]
            self._at += 1
            if kind == "Text":
                runs.append(Run(str(value), self._marks, self._link, self._field))
            elif kind == "End" and name_of(value) == end:
                break
            else:
                runs += self._inline(kind, value)
        self._refuse_open_field()
        return joined(runs)

    def _refuse_open_field(self) -> None:
        if self._field:
            raise _unknown(f"the field '{self._field.id}', which does not end where it began")

    def _inline(self, kind: str, value: Any) -> list[Run]:
        if kind in ("Text", "Code", "SoftBreak"):
            marks = self._marks | CODE if kind == "Code" else self._marks
            return [Run(" " if kind == "SoftBreak" else str(value), marks, self._link, self._field)]
        if kind == "HardBreak" or (kind == "InlineHtml" and _BR.fullmatch(str(value))):
            return [Run("", self._marks | BREAK, field=self._field)]
        name = name_of(value)
        if kind == "InlineHtml":
            self._mark_field(str(value))
        elif name in _MARKS:
            self._marks ^= _MARKS[name]
        elif name == "Link":
            self._link = str(value["Link"]["dest_url"]) if kind == "Start" else ""
        else:
            raise _unknown(name or kind)
        return []

    def _mark_field(self, comment: str) -> None:
        match = FIELD.fullmatch(comment)
        if comment == FIELD_END:
            self._field = None
        elif match and match["id"] in self._fields:
            self._field = self._fields[match["id"]]
        else:
            raise _unknown(comment)


def _picture(data: str) -> Picture:
    try:
        return Picture(drawing_of(data))
    except ValueError as error:
        hint = f"kinds of pictures: {', '.join(KINDS)}"
        raise JdgenError([Problem("markdown.picture", f"a picture can't be drawn: {error}", hint=hint)]) from None


def name_of(value: Any) -> str:
    """The name of what begins or ends, of the value of the parser's event."""
    if isinstance(value, str):
        return value
    return next(iter(value)) if isinstance(value, dict) else ""


def _unknown(what: str, hint: str = "") -> JdgenError:
    shown = " ".join(what.split())[:60]
    hint = hint or "use Markdown: paragraphs, lists, tables, quotes, bold, italic, links"
    return JdgenError([Problem("markdown.unknown", f"there is no form in a document for {shown!r}", hint=hint)])
