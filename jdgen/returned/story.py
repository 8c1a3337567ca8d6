"""The main story of a Word document in one pass: its text, and where controls, bookmarks and cells of tables are.

Deleted text is left out, inserted text is kept: what the last editor meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jdgen.problem import JdgenError
from jdgen.returned.answer import MAX_LENGTH
from jdgen.returned.reading import refusal

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SEAM = "\x1f"
"""Between two texts of one run. LibreOffice 7.4 loses the line break there. No XML holds this character."""
MAX_PLACES = 5_000
"""The most controls, and the most of our bookmarks."""

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_LEFT_OUT = frozenset(
    f"{W}{name}" for name in ("del", "moveFrom", "rt", "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "trPr", "tcPr")
)
_SIGNS = {
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}p": "\n",
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}noBreakHyphen": "-",
}
_SYMBOLS = {
    "wingdings": {0x6F: "☐", 0x71: "☐", 0x78: "☒", 0xA8: "☐", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"}
    | {0xDF: "←", 0xE0: "→", 0xF3: "↔", 0x4A: "☺", 0x4C: "☹"},
    "wingdings 2": {0x2A: "☐", 0xA3: "☐", 0x50: "✓", 0x52: "☑", 0x53: "☒", 0x54: "☒"},
}


class Control:
    """A content control: its properties, and the texts it holds."""

    def __init__(self, properties: Any, start: int, cell: Cell) -> None:
        self.properties = properties
        self.tag = _value(properties, "tag")
        self.start = self.end = start
        self.cell = cell
        self.marks: set[str] = set()
        """The bookmarks that begin in it."""


class Mark:
    """A bookmark of ours: the texts it holds, and the controls in it and directly around it."""

    def __init__(self, name: str, start: int, cell: Cell, around: list[Control]) -> None:
        self.name = name
        self.start = start
        self.end = -1
        """Below zero if the bookmark does not end, so that nobody knows what it holds."""
        self.cell = cell
        self.controls = around
        self.is_crossed = False
        """Whether another begins in it."""


Cell = list[tuple[str, Mark | None]]
"""The texts of a cell of a table that stand in no control, each with the bookmark of ours that it stands in."""


class Story:
    """The story of a document."""

    def __init__(self, root: Any, prefix: str) -> None:
        """Reads the document's root element; of its bookmarks those whose names begin with `prefix`.

        Raises JdgenError if it has more of anything than a scorecard has.
        """
        self.controls: list[Control] = []
        self.marks: list[Mark] = []
        self._texts: list[str] = []
        self._prefix = prefix
        self._open_controls: list[Control] = []
        self._open_marks: dict[str, Mark] = {}
        self._cells: list[Cell] = [[]]
        for element, is_end in _walk(root):
            (self._leave if is_end else self._enter)(element)

    def text(self, start: int, end: int) -> str:
        """The text between two places, up to where it is longer than any value may be."""
        texts: list[str] = []
        length = 0
        for place in range(start, end):
            texts.append(self._texts[place])
            length += len(texts[-1])
            if length > MAX_LENGTH:
                break
        return "".join(texts)

    def line_before(self, place: int) -> str:
        """The text before a place, from the start of its line."""
        texts: list[str] = []
        for text in reversed(self._texts[max(0, place - 100) : place]):
            if "\n" in text:
                break
            texts.append(text)
        return "".join(reversed(texts))

    def _enter(self, element: Any) -> None:
        tag = element.tag
        if tag == f"{W}sdt":
            self._enter_control(element)
        elif tag == f"{W}bookmarkStart":
            self._enter_mark(element)
        elif tag == f"{W}bookmarkEnd":
            mark = self._open_marks.pop(element.get(f"{W}id", ""), None)
            if mark:
                mark.end = len(self._texts)
        elif tag == f"{W}tc":
            self._cells.append([])
        elif text := _text(element)[: MAX_LENGTH + 1]:
            self._texts.append(text)
            if not self._open_controls and tag != f"{W}p":
                self._enter_loose(text)

    def _leave(self, element: Any) -> None:
        if element.tag == f"{W}sdt":
            self._open_controls.pop().end = len(self._texts)
        elif element.tag == f"{W}tc":
            self._cells.pop()

    def _enter_loose(self, text: str) -> None:
        """Text in no control. What is in no cell either counts only where a bookmark of ours is."""
        mark = next(reversed(self._open_marks.values()), None)
        if mark or len(self._cells) > 1:
            self._cells[-1].append((text, mark))

    def _enter_control(self, element: Any) -> None:
        if len(self.controls) == MAX_PLACES:
            raise _too_many("controls")
        control = Control(element.find(f"{W}sdtPr"), len(self._texts), self._cells[-1])
        self.controls.append(control)
        self._open_controls.append(control)
        for mark in self._open_marks.values():
            mark.controls.append(control)

    def _enter_mark(self, element: Any) -> None:
        name = element.get(f"{W}name", "")
        if not name.startswith(self._prefix):
            return
        if len(self.marks) == MAX_PLACES:
            raise _too_many("bookmarks")
        for open_mark in self._open_marks.values():
            open_mark.is_crossed = True
        for control in self._open_controls:
            control.marks.add(name)
        mark = Mark(name, len(self._texts), self._cells[-1], self._open_controls[-1:])
        self.marks.append(mark)
        self._open_marks[element.get(f"{W}id", "")] = mark


def text_in(element: Any) -> str:
    """The text of an element, as it shows."""
    return "".join(_text(part) for part, is_end in _walk(element) if not is_end).replace(SEAM, "")


def _walk(root: Any) -> Iterator[tuple[Any, bool]]:
    """Each element that counts, when it begins (False) and when it ends (True), without recursion."""
    stack = [(root, False)]
    while stack:
        element, is_end = stack.pop()
        yield element, is_end
        if not is_end:
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(_children(element)))


def _children(element: Any) -> list[Any]:
    """What counts in an element: of alternatives the first, which is what the editor itself shows."""
    if element.tag == f"{_MC}AlternateContent":
        return list(element[:1])
    return [child for child in element if child.tag not in _LEFT_OUT]


def _text(element: Any) -> str:
    """The text that an element itself is."""
    tag = element.tag
    if tag == f"{W}t":
        before = element.getprevious()
        seam = SEAM if before is not None and before.tag == tag else ""
        return seam + (element.text or "").replace("\n", " ")
    if tag == _MATH_TEXT:
        return element.text or ""
    return _symbol(element) if tag == f"{W}sym" else _SIGNS.get(tag, "")


def _symbol(element: Any) -> str:
    """The character of a symbol font as Unicode; U+FFFD if that is not known."""
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return "\ufffd"
    font = _SYMBOLS.get(element.get(f"{W}font", "").casefold(), {})
    if 0xF000 <= code <= 0xF0FF or font:
        return font.get(code & 0xFF, "\ufffd")
    return chr(code) if 0x20 <= code < 0xD800 else "\ufffd"


def _value(properties: Any, name: str) -> str:
    """The value of a property; empty if there is none."""
    found = None if properties is None else properties.find(W + name)
    return "" if found is None else found.get(f"{W}val", "")


def _too_many(what: str) -> JdgenError:
    return refusal("scorecard.unsafe", f"has more than {MAX_PLACES} {what}, which no scorecard has")
