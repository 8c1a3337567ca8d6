"""A table of the Markdown tree -> XML, by the look that its style hint names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jdgen.write.inline import Inline
from jdgen.write.nodes import BREAK, Run, Runs, Table, plain
from jdgen.write.xml import attribute

WARMEST = 4
"""How many shades a heat map has."""
_NOTE_HEIGHTS = {"form": 960, "rubric": 620}
"""How high a row is at least that has a note to write, in twentieths of a point."""
_BOX_INDENT = '<w:ind w:left="190" w:hanging="190"/>'


@dataclass(frozen=True)
class TableLook:
    """The styles of one sort of table: of the table, of cells in its head, of its other cells."""

    table: str
    head: str = "Cell Head"
    body: str = "Cell Text"
    is_whole: bool = True
    """Whether its rows stay on one page."""
    leads: bool = False
    """Whether what follows stays with it."""


_PLAIN = TableLook("Plain", is_whole=False)
LOOKS = {
    "table": _PLAIN,
    "signals": TableLook("Plain"),
    "matrix": _PLAIN,
    "heat": _PLAIN,
    "facts": TableLook("Facts", body="Cell Fact"),
    "form": TableLook("Form"),
    "rubric": TableLook("Form", body="Cell Anchor", is_whole=False),
    "rating": TableLook("Rating", head="Cell Point", body="Cell Anchor", leads=True),
}
"""By style hint."""


def heat_steps(table: Table) -> list[list[int]]:
    """For each cell of a heat map how warm it is: 0 for none, 1 to `WARMEST` by its share of the greatest number.

    The first column names the rows and the last one sums them up; a cell with words is as cold as can be.
    """
    numbers = [[_number(cell) if 0 < n < len(row) - 1 else None for n, cell in enumerate(row)] for row in table.rows]
    greatest = max((value for row in numbers for value in row if value), default=0)
    return [
        [0 if value is None else 1 + round((WARMEST - 1) * value / greatest) if greatest else 1 for value in row]
        for row in numbers
    ]


def _number(cell: Runs) -> float | None:
    text = plain(cell).strip()
    return None if not text else float(text) if text.isdecimal() else 0.0


def table_xml(table: Table, inline: Inline, width: int, *, leads: bool = False, shades: Sequence[str] = ()) -> str:
    """The table as XML, in columns that add up to `width`, in twentieths of a point.

    What follows stays with a table that leads; `shades` are those of a heat map's cells, RRGGBB, the coldest first.
    """
    steps = heat_steps(table) if table.style == "heat" and len(shades) == WARMEST else []
    look = LOOKS.get(table.style, _PLAIN)
    grid = _columns(table, width)
    described = attribute(", ".join(filter(None, (plain(cell) for cell in table.head))))
    last = len(table.rows)
    rows = [
        _row(
            row,
            table,
            grid,
            inline,
            style=inline.ids[(look.body if n else look.head).lower()],
            is_head=n == 0,
            shades=[shades[step - 1] if step else "" for step in steps[n - 1]] if steps and n else (),
            keep=look.leads or (leads and n == last) or (n < last and (look.is_whole or n == 0)),
        )
        for n, row in enumerate((table.head, *table.rows))
    ]
    mirrored = "<w:bidiVisual/>" if inline.language.is_rtl else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{inline.ids[look.table.lower()]}"/>{mirrored}'
        f'<w:tblW w:w="{sum(grid)}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0"'
        f' w:noVBand="1"/><w:tblDescription w:val="{described}"/></w:tblPr><w:tblGrid>'
        + "".join(f'<w:gridCol w:w="{column}"/>' for column in grid)
        + f"</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(
    cells: Sequence[Runs],
    table: Table,
    grid: Sequence[int],
    inline: Inline,
    *,
    style: str,
    is_head: bool,
    keep: bool,
    shades: Sequence[str] = (),
) -> str:
    types = {run.field.type for cell in cells for run in cell if run.field is not None}
    least = _NOTE_HEIGHTS.get(table.style, 0)
    height = f'<w:trHeight w:val="{least}" w:hRule="atLeast"/>' if least and "note" in types else ""
    head = "<w:tblHeader/>" if is_head else ""
    bottom = '<w:vAlign w:val="bottom"/>' if is_head else ""
    keep_xml = "<w:keepNext/>" if keep else ""
    out = [f"<w:tr><w:trPr><w:cantSplit/>{height}{head}</w:trPr>"]
    for width, cell, align, shade in zip(grid, cells, table.aligns, shades or [""] * len(cells), strict=True):
        side = f'<w:jc w:val="{align}"/>' if align in ("right", "center") else ""
        look = f'<w:pStyle w:val="{style}"/>{keep_xml}{inline.direction}{side}'
        lines = [cell]
        if "check" in types and any(run.field is not None and run.field.type == "check" for run in cell):
            look = f'<w:pStyle w:val="{inline.ids["cell anchor"]}"/>{keep_xml}{inline.direction}{_BOX_INDENT}'
            lines = _lines(cell)
        paragraphs = "".join(f"<w:p><w:pPr>{look}</w:pPr>{inline.runs(line)}</w:p>" for line in lines)
        shaded = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
        out.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shaded}{bottom}</w:tcPr>{paragraphs}</w:tc>')
    out.append("</w:tr>")
    return "".join(out)


def _lines(runs: Runs) -> list[Runs]:
    """The runs between line breaks."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        if run.marks & BREAK:
            lines.append([])
        else:
            lines[-1].append(run)
    return [tuple(line) for line in lines]


def _columns(table: Table, width: int) -> list[int]:
    """The widths of a table's columns, which add up to `width`."""
    count = len(table.head)
    shares = list(table.widths) if len(table.widths) == count and all(table.widths) else [1] * count
    if table.style in ("matrix", "heat") and count > 2:
        shares = [24, *([68 // (count - 2)] * (count - 2)), 8]
    columns = [width * share // sum(shares) for share in shares]
    columns[-1] += width - sum(columns)
    return columns
