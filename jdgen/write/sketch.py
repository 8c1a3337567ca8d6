"""Pictures -> shapes: rectangles, lines and texts, which SVG and Word's DrawingML both have.

Lengths are in points. How wide a text runs is estimated, rather too wide than too narrow, since no font is at hand.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import singledispatch
from typing import Literal

from jdgen.drawing import Bar, Bars, Drawing, Ladder, Stack, Step

Align = Literal["start", "middle", "end"]
SERIES = 5
"""How many tints there are for parts that differ; a sixth begins anew, told apart by its label."""
_NAME, _NOTE = 9.0, 7.5
_LINE = 1.25
"""The height of a line as a share of its size."""
_PAD = 4.0
_GAP = 6.0
_BAR, _TOTAL, _WIDE, _STEP = 14.0, 46.0, 360.0, 26.0
"""A bar's height, the room behind the longest, from which width on names stand beside bars, a step's most."""
_NARROW = frozenset("iIjlftr.,:;'’|!()[] -")


@dataclass(frozen=True)
class Shape:
    """A rectangle, a line where it has no height or no width, or lines of text in one."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    """A role of color: `tint`, `rule`, `accent`, or `s1` to `s5`; nothing for none."""
    stroke: str = ""
    lines: tuple[str, ...] = ()
    size: float = _NAME
    color: str = "ink"
    is_bold: bool = False
    align: Align = "start"


@dataclass(frozen=True)
class Sketch:
    """Shapes on a canvas, later ones over earlier ones."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    alt: str


def sketched(drawing: Drawing, width: float, *, is_rtl: bool = False) -> Sketch:
    """The picture in a given width, in points; its height follows. From right to left it is mirrored."""
    shapes = list(_shapes(drawing, width))
    height = max(shape.y + shape.height for shape in shapes)
    if is_rtl:
        turned: dict[Align, Align] = {"start": "end", "middle": "middle", "end": "start"}
        shapes = [replace(each, x=width - each.x - each.width, align=turned[each.align]) for each in shapes]
    return Sketch(width, height, tuple(shapes), drawing.alt)


@singledispatch
def _shapes(drawing: Drawing, width: float) -> Iterator[Shape]:  # noqa: ARG001 - as each kind's own has it
    raise TypeError(type(drawing).__name__)


# --- roles on two axes -----------------------------------------------------------------------------


@_shapes.register
def _stack(drawing: Stack, width: float) -> Iterator[Shape]:
    left = min(width * 0.2, 90)
    column = (width - left) / len(drawing.x.values)
    tints = {note: f"s{number % SERIES + 1}" for number, note in enumerate(_notes(drawing))}
    title = _text(0, 0, width, drawing.y.label, _NOTE, is_bold=True, color="muted")
    yield title
    top = y = title.height + _PAD
    for row, label in enumerate(drawing.y.values):
        boxes = list(_boxes(drawing, row, left, y, column, tints))
        said = _text(0, 0, left - _PAD, label, _NOTE)
        least = max(3 * _NAME * _LINE, said.height + 2 * _GAP)
        high = max([least, *(box.y + box.height + _GAP - y for box in boxes)])
        yield Shape(left, y, width - left, 0, stroke="rule")
        yield replace(said, y=y + (high - said.height) / 2)
        yield from boxes
        y += high
    yield Shape(left, y, width - left, 0, stroke="muted")
    yield Shape(left, top, 0, y - top, stroke="muted")
    steps = [
        _text(left + number * column, y + _PAD, column, label, _NOTE, align="middle")
        for number, label in enumerate(drawing.x.values)
    ]
    yield from steps
    below = y + 2 * _PAD + max(step.height for step in steps)
    yield _text(left, below, width - left, drawing.x.label, _NOTE, is_bold=True, color="muted", align="end")


def _notes(drawing: Stack) -> list[str]:
    return list(dict.fromkeys(spot.note for spot in drawing.items))


def _boxes(  # noqa: PLR0917 - where, how wide, and in which colors
    drawing: Stack, row: int, left: float, y: float, column: float, tints: Mapping[str, str]
) -> Iterator[Shape]:
    """The boxes of a row, those of one place below one another."""
    for number in range(len(drawing.x.values)):
        top = y + _GAP
        for spot in drawing.items:
            if (spot.x, spot.y) == (number, row):
                box = list(_box(left + number * column + _PAD, top, column - 2 * _PAD, spot.name, spot.note))
                yield replace(box[0], fill=tints[spot.note])
                yield from box[1:]
                top += box[0].height + _GAP


def _box(x: float, y: float, width: float, name: str, note: str) -> Iterator[Shape]:
    """A box with a name and what is to be noted below it."""
    inner = width - 2 * _PAD
    titled = _text(x + _PAD, y + _PAD, inner, name, _NAME, is_bold=True)
    noted = _text(x + _PAD, y + _PAD + titled.height, inner, note, _NOTE) if note else None
    high = 2 * _PAD + titled.height + (noted.height if noted else 0)
    yield Shape(x, y, width, high, fill="tint", stroke="accent")
    yield titled
    if noted:
        yield noted


# --- bars ------------------------------------------------------------------------------------------


@_shapes.register
def _bars(drawing: Bars, width: float) -> Iterator[Shape]:
    is_narrow = width < _WIDE
    left = 0.0 if is_narrow else width * 0.3
    longest = max((sum(row.values) for row in drawing.rows), default=0) or 1
    room = width - left - _TOTAL
    y = 0.0
    for row in drawing.rows:
        named = _text(0, y, width if is_narrow else left - _GAP, row.name, _NOTE + 0.5)
        yield named
        top = y + named.height + 2 if is_narrow else y
        yield from _bar(row, left, top, room / longest)
        told = f"{sum(row.values):g}{f' {drawing.unit}' if drawing.unit else ''}"
        end = left + sum(row.values) * room / longest + _PAD
        yield _text(end, top + (_BAR - _NOTE * _LINE) / 2, _TOTAL - _PAD, told, _NOTE, is_bold=True)
        y = max(top + _BAR, y + named.height) + _GAP
    yield from _legend(drawing, left, y + 2, width - left)


def _bar(row: Bar, left: float, top: float, scale: float) -> Iterator[Shape]:
    x = left
    for number, value in enumerate(row.values):
        wide = value * scale
        if value:
            yield Shape(x, top, wide, _BAR, fill=f"s{number % SERIES + 1}", stroke="paper")
            told = f"{value:g}"
            if _wide(told, _NOTE) + 2 <= wide:
                yield _text(x, top + (_BAR - _NOTE * _LINE) / 2, wide, told, _NOTE, align="middle")
        x += wide


def _legend(drawing: Bars, left: float, top: float, width: float) -> Iterator[Shape]:
    """What each tint stands for, in lines."""
    x, y = left, top
    for number, part in enumerate(drawing.parts):
        if not any(row.values[number] for row in drawing.rows):
            continue
        wide = _wide(part, _NOTE) + 3 * _GAP + _NOTE
        if x > left and x + wide > left + width:
            x, y = left, y + _NOTE * _LINE + _PAD
        yield Shape(x, y + 1, _NOTE, _NOTE, fill=f"s{number % SERIES + 1}", stroke="muted")
        yield _text(x + _NOTE + _PAD, y, min(wide, width) - _NOTE - _PAD, part, _NOTE)
        x += wide


# --- a ladder --------------------------------------------------------------------------------------


@_shapes.register
def _ladder(drawing: Ladder, width: float) -> Iterator[Shape]:
    count = max(1, len(drawing.tracks))
    column = (width - (count - 1) * _GAP) / count
    tops = [0.0] * count
    if len(drawing.tracks) > 1:
        heads = [
            _text(number * (column + _GAP), 0, column, track, _NOTE, is_bold=True, color="muted")
            for number, track in enumerate(drawing.tracks)
        ]
        yield from heads
        tops = [max(head.height for head in heads) + _PAD] * count
    own = [[step for step in drawing.steps if step.track == number] for number in range(count)]
    common = [step for step in drawing.steps if step.track is None]
    made = [list(_flight(steps, number * (column + _GAP), tops[number], column)) for number, steps in enumerate(own)]
    deepest = max([*tops, *(shape.y + shape.height + _GAP for shapes in made for shape in shapes)])
    for shapes in made:  # tracks end where they part, at the foot
        lower = deepest - max([shape.y + shape.height + _GAP for shape in shapes], default=deepest)
        yield from (replace(shape, y=shape.y + lower) for shape in shapes)
    yield from _flight(common, 0, deepest if any(own) else tops[0], width)


def _flight(steps: Sequence[Step], left: float, top: float, width: float) -> Iterator[Shape]:
    """Steps, the last one at the top and farthest along."""
    rise = min(width * 0.45 / max(1, len(steps) - 1), _STEP) if len(steps) > 1 else 0.0
    y = top
    for number in range(len(steps) - 1, -1, -1):
        x = left + number * rise
        box = list(_box(x, y, width - (len(steps) - 1) * rise, steps[number].name, steps[number].note))
        yield replace(box[0], fill=f"s{min(number + 1, SERIES)}")
        yield from box[1:]
        y += box[0].height + _GAP


# --- text ------------------------------------------------------------------------------------------


def _text(
    x: float,
    y: float,
    width: float,
    text: str,
    size: float,
    *,
    is_bold: bool = False,
    color: str = "ink",
    align: Align = "start",
) -> Shape:
    """A text in lines of a width."""
    lines = tuple(_wrapped(text, width, size, is_bold=is_bold))
    return Shape(
        x, y, width, len(lines) * size * _LINE, lines=lines, size=size, color=color, is_bold=is_bold, align=align
    )


def _wrapped(text: str, width: float, size: float, *, is_bold: bool = False) -> Iterator[str]:
    """Lines that fit a width; a word that is too long is parted, and so is a script without spaces."""
    room = width / (1.06 if is_bold else 1)
    line = ""
    for word in _words(" ".join(text.split())):
        if line and _wide((line + word).rstrip(), size) > room:
            yield line.rstrip()
            line = ""
        while _wide(word.rstrip(), size) > room and len(word) > 1:
            fits = max(1, next(n for n in range(len(word), 0, -1) if n == 1 or _wide(word[:n], size) <= room))
            yield word[:fits]
            word = word[fits:]
        line += word
    if line.strip():
        yield line.rstrip()


def _words(text: str) -> Iterator[str]:
    """Words with the space behind them, and each letter of a wide script by itself."""
    word = ""
    for letter in text:
        word += letter
        if letter == " " or unicodedata.east_asian_width(letter) in "WF":
            yield word
            word = ""
    if word:
        yield word


def _wide(text: str, size: float) -> float:
    """About how wide a text runs."""
    return size * sum(map(_share, text))


def _share(letter: str) -> float:
    """A letter's width as a share of the size."""
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if unicodedata.combining(letter):
        return 0.0
    if letter in _NARROW:
        return 0.3
    return 0.68 if letter.isupper() or letter in "mwMW—@%&" else 0.55
