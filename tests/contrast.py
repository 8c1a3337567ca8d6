"""Whether text stands out from what it stands on, as WCAG 2 measures it: 4.5 to 1 at least.

A run's color is its own, its style's, its paragraph's style's, its table's style's or the document's;
what it stands on is the nearest shade around it, or white. Black and white that Word picks itself
(`auto`) always stand out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.word_file import Styles, W, WordFile, inside, value

LEAST = 4.5
WHITE = "FFFFFF"
AUTO = "auto"
_ANY_ROW = {"", "band1Horz", "band2Horz", "firstCol", "lastCol", "band1Vert", "band2Vert"}
"""The parts of a table's style that may shade any row; the empty name is the whole table."""


def contrast(one: str, other: str) -> float:
    """The contrast of two colors as RRGGBB: from 1, none, to 21, black on white."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def findings(word: WordFile) -> Iterator[str]:
    """The text that is too faint where it stands, and the styles that are too faint on any shade it uses."""
    styles = word.styles
    stand = {pair for story in word.stories.values() for pair in _text(story, styles)}
    # A cell that is shaded by itself, as in a heat map, holds the text that is judged where it stands, and no other.
    by_itself = {_fill(shade) for story in word.stories.values() for shade in story.iterfind(f".//{W}tcPr/{W}shd")}
    shades = {WHITE, *(fill for _, fill, _ in stand if fill not in by_itself)}
    for color, fill, what in sorted(stand | set(_named(word, styles, shades))):
        ratio = contrast(color, fill) if color != AUTO else LEAST
        if ratio < LEAST:
            yield f"{what} has a contrast of {ratio:.2f}: {color} on {fill}"


def _luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _fill(shade: Any) -> str:
    """The color of a w:shd; empty if what is behind it shows through."""
    color = value(shade, "color" if value(shade) == "solid" else "fill")
    return "" if color == AUTO or value(shade) == "nil" else color


# --- text where it stands ---------------------------------------------------------------------


def _text(story: Any, styles: Styles) -> Iterator[tuple[str, str, str]]:
    """The color, the shade and the paragraph of every run."""
    around = dict(_cells(story, styles))
    for paragraph in story.iter(f"{W}p"):
        color_around, shades_around = around.get(paragraph, ("", {WHITE}))
        fill = _fill(styles.of_paragraph(paragraph, f"{W}shd")) or _of_style(styles, styles.id_of(paragraph), "shd")
        shades = {fill} if fill else shades_around
        color = _of_style(styles, styles.id_of(paragraph), "color") or color_around or _of_document(styles)
        for run in paragraph.iter(f"{W}r"):
            if any((text.text or "").strip() for text in run.iter(f"{W}t")):
                own = _of_run(styles, run, "color") or color
                mine = _of_run(styles, run, "shd")
                what = f"the text in style {styles.id_of(paragraph)!r}"
                yield from ((own, shade, what) for shade in ({mine} if mine else shades))


def _of_document(styles: Styles) -> str:
    return value(styles.root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}color")) or AUTO


def _of_run(styles: Styles, run: Any, tag: str) -> str:
    """The run's own color or shade, or its character style's."""
    own = run.find(f"{W}rPr/{W}{tag}")
    return _seen(own, tag) or _of_style(styles, value(run.find(f"{W}rPr/{W}rStyle")), tag)


def _of_style(styles: Styles, id: str, tag: str) -> str:
    """The color or shade of a style's text."""
    return _seen(styles.first(id, f"{W}rPr/{W}{tag}"), tag)


def _seen(element: Any, tag: str) -> str:
    return value(element) if tag == "color" else _fill(element)


def _cells(story: Any, styles: Styles) -> Iterator[tuple[Any, tuple[str, set[str]]]]:
    """By paragraph: the color that its table gives it, and the shades it may stand on."""
    for table in story.iter(f"{W}tbl"):
        id = value(table.find(f"{W}tblPr/{W}tblStyle"))
        color = _of_style(styles, id, "color")
        for number, row in enumerate(row for row in inside(table) if row.tag == f"{W}tr"):
            head = _fills_of_table(styles, id, {"firstRow"}) if number == 0 and _has_head(table) else set()
            of_style = head or _fills_of_table(styles, id, _ANY_ROW)
            for cell in row.iter(f"{W}tc"):
                own = _fill(cell.find(f"{W}tcPr/{W}shd"))
                for paragraph in cell.iter(f"{W}p"):
                    yield paragraph, (color, {own} if own else of_style or {WHITE})


def _has_head(table: Any) -> bool:
    return value(table.find(f"{W}tblPr/{W}tblLook"), "firstRow") == "1"


def _fills_of_table(styles: Styles, id: str, parts: set[str]) -> set[str]:
    """The shades that a table's style gives to some parts of it; an empty name is the whole."""
    found = set()
    for style in styles.chain(id):
        whole = {"": style.find(f"{W}tcPr/{W}shd")}
        named = {value(part, "type"): part.find(f"{W}tcPr/{W}shd") for part in style.iter(f"{W}tblStylePr")}
        found |= {fill for name, shade in (whole | named).items() if name in parts and (fill := _fill(shade))}
    return found


# --- styles on any shade ----------------------------------------------------------------------


def _named(word: WordFile, styles: Styles, shades: set[str]) -> Iterator[tuple[str, str, str]]:
    """Each style of text on each shade in use, or on its own alone; and each mark of a list."""
    for id, style in styles.by_id.items():
        if value(style, "type") in ("paragraph", "character"):
            own = _fill(styles.first(id, f"{W}pPr/{W}shd")) or _of_style(styles, id, "shd")
            color = _of_style(styles, id, "color")
            yield from ((color, shade, f"the style {id!r}") for shade in ({own} if own else shades) if color)
    for mark in word.part("word/numbering.xml").iter(f"{W}color"):
        yield from ((value(mark), shade, "a list's mark") for shade in shades)
