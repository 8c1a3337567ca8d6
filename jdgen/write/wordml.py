"""A tree of Markdown -> the body of a Word document as XML text, by a function per node.

Elements stand in the order that the schema wants (ECMA-376 part 1, CT_PPr, CT_RPr, CT_TblPr,
CT_TcPr): Word refuses a file in which they don't.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jdgen.problem import JdgenError, Problem
from jdgen.write import tree
from jdgen.write.styles import INDENT
from jdgen.write.tree import BREAK, CODE, EMPHASIS, STRIKE, STRONG, Block, Run, Runs
from jdgen.write.xml import attribute, text

_SAFE_LINK = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
_BOXES = {False: "☐", True: "☒"}
_NOTE_HEIGHT = 1000
_LAST_ITEM = '<w:spacing w:after="120"/>'


@dataclass(frozen=True)
class TableLook:
    """The styles of one sort of table: of the table, of cells in its head, of its other cells."""

    table: str
    head: str = "Cell Head"
    body: str = "Cell Text"
    is_whole: bool = True
    """Whether its rows stay on one page."""


_PLAIN = TableLook("Plain", is_whole=False)
_LOOKS = {
    "table": _PLAIN,
    "signals": TableLook("Plain"),
    "matrix": _PLAIN,
    "facts": TableLook("Facts", body="Cell Fact"),
    "form": TableLook("Form"),
    "rating": TableLook("Rating", head="Cell Point", body="Cell Anchor"),
}
_PARAGRAPH_STYLES = {"lead": "Lead", "meta": "Meta"}
_QUOTE_STYLES = {"callout": "Callout", "warning": "Callout Warning", "": "Quote"}
STYLES = (
    "Title",
    "Subtitle",
    *(f"heading {level}" for level in (1, 2, 3)),
    "Question 1",
    "Question 2",
    *(f"List {sort}{level}" for sort in ("Bullet", "Number") for level in ("", " 2", " 3")),
    "List Paragraph",
    "Task",
    *_PARAGRAPH_STYLES.values(),
    *_QUOTE_STYLES.values(),
    "Label",
    "Code",
    "Rule",
    "Spacer",
    *dict.fromkeys(style for look in _LOOKS.values() for style in (look.table, look.head, look.body)),
    "header",
    "footer",
    "Eyebrow",
    "Hyperlink",
    "Inline Code",
    "Placeholder Text",
)
"""The styles that the writer uses, by name; a reference document must have them."""


@dataclass
class Body:
    """The XML of a body, with what it needs of other parts of the package."""

    ids: Mapping[str, str]
    """Style ids by lower-case name."""
    width: int
    """The width of the text in twentieths of a point."""
    first_number: int
    """The first numbering id that is free for numbered lists."""
    xml: list[str] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    """Relationship ids by target."""
    numbered: list[tuple[int, int]] = field(default_factory=list)
    """Depth and first number of each numbered list."""
    is_card: bool = False
    """Whether paragraphs belong to a question, which does not part over a page."""

    def add(self, blocks: Sequence[Block]) -> None:
        """The blocks of a document, title first."""
        for position, block in enumerate(blocks):
            following = blocks[position + 1] if position + 1 < len(blocks) else None
            if isinstance(block, tree.Paragraph) and position == 1 and isinstance(blocks[0], tree.Heading):
                block = tree.Paragraph(block.runs, "subtitle")
            _WRITERS[type(block)](self, block, following, 0)
            if isinstance(block, tree.Table) and not isinstance(following, tree.Heading):
                # Room below a table; two in a row would be one, and Word adds a paragraph to a last one.
                self.paragraph("Spacer", "", keep=block.style == "rating")

    def paragraph(self, style: str, runs: str, properties: str = "", *, keep: bool = False) -> None:
        """One paragraph; `properties` are those after keepNext in the schema's order."""
        next_to = "<w:keepNext/>" if keep or self.is_card else ""
        style_xml = f'<w:pStyle w:val="{self.ids[style.lower()]}"/>' if style else ""
        all_properties = f"{style_xml}{next_to}{properties}"
        opening = f"<w:pPr>{all_properties}</w:pPr>" if all_properties else ""
        self.xml.append(f"<w:p>{opening}{runs}</w:p>")

    # --- blocks -------------------------------------------------------------------------------

    def _heading(self, block: tree.Heading, _: Block | None, __: int) -> None:
        level = min(max(block.level - 1, 1), 3)
        self.is_card = False
        if block.level == 1:
            self.paragraph("Title", self.runs(_without_orphan(block.runs)))
        elif block.style == "question":
            self.paragraph(f"Question {min(level, 2)}", self.runs(block.runs))
            self.is_card = True
        else:
            self.paragraph(f"heading {level}", self.runs(block.runs))

    def _paragraph(self, block: tree.Paragraph, following: Block | None, depth: int) -> None:
        style = "Subtitle" if block.style == "subtitle" else _PARAGRAPH_STYLES.get(block.style, "")
        marks = {run.marks & STRONG for run in block.runs}
        if not style and marks == {STRONG} and depth == 0:
            style = "Label"
        leads = depth == 0 and isinstance(following, (tree.List, tree.Table))
        self.paragraph(style, self.runs(block.runs), keep=leads)

    def _list(self, block: tree.List, _: Block | None, depth: int) -> None:
        level = min(depth, 2)
        style = ("List Number" if block.is_numbered else "List Bullet") + ("" if level == 0 else f" {level + 1}")
        properties = ""
        if block.is_numbered:
            self.numbered.append((level, block.start))
            number = self.first_number + len(self.numbered) - 1
            properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        for item in block.items:
            is_last = depth == 0 and item is block.items[-1]
            first = block.items[0] if len(block.items) > 1 else None
            self._item(item, first, style, properties + (_LAST_ITEM if is_last else ""), depth)

    def _item(self, item: tree.Item, first: tree.Item | None, style: str, properties: str, depth: int) -> None:
        is_first = True
        keep = item is first  # the first item of a list stays with what leads to it, and with the next
        for block in item.blocks:
            if not isinstance(block, tree.Paragraph):
                _WRITERS[type(block)](self, block, None, depth + 1)
            elif not is_first:
                self.paragraph("List Paragraph", self.runs(block.runs), f'<w:ind w:left="{INDENT * (depth + 1)}"/>')
            elif item.checked is None:
                self.paragraph(style, self.runs(block.runs), properties, keep=keep)
            else:
                box = f"<w:r><w:t>{_BOXES[item.checked]}</w:t><w:tab/></w:r>"
                self.paragraph("Task", box + self.runs(block.runs), properties)
            is_first = False

    def _quote(self, block: tree.Quote, _: Block | None, depth: int) -> None:
        style = _QUOTE_STYLES.get(block.style, "Quote")
        blocks = list(block.blocks)
        if block.title:
            title = (Run(block.title, STRONG),)
            blocks.insert(0, tree.Paragraph(title))
        for inner in blocks:
            if isinstance(inner, tree.Paragraph):
                self.paragraph(style, self.runs(inner.runs))
            else:
                _WRITERS[type(inner)](self, inner, None, depth)

    def _code(self, block: tree.Code, _: Block | None, __: int) -> None:
        lines = "<w:br/>".join(f'<w:t xml:space="preserve">{text(line)}</w:t>' for line in block.text.split("\n"))
        self.paragraph("Code", f"<w:r>{lines}</w:r>")

    def _rule(self, _: tree.Rule, __: Block | None, ___: int) -> None:
        self.paragraph("Rule", "")

    # --- tables -------------------------------------------------------------------------------

    def _table(self, block: tree.Table, _: Block | None, __: int) -> None:
        was_card, self.is_card = self.is_card, False
        look = _LOOKS.get(block.style, _PLAIN)
        grid = _columns(block, self.width)
        described = attribute(", ".join(filter(None, (tree.plain(cell) for cell in block.head))))
        last = len(block.rows)
        rows = [
            self._row(
                block,
                row,
                look.body if n else look.head,
                grid,
                is_head=n == 0,
                keep=block.style == "rating" or (n < last and (look.is_whole or n < 2)),
            )
            for n, row in enumerate((block.head, *block.rows))
        ]
        self.xml.append(
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{self.ids[look.table.lower()]}"/>'
            f'<w:tblW w:w="{sum(grid)}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0"'
            f' w:noVBand="1"/><w:tblDescription w:val="{described}"/></w:tblPr><w:tblGrid>'
            + "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
            + f"</w:tblGrid>{''.join(rows)}</w:tbl>"
        )
        self.is_card = was_card and block.style == "rating"

    def _row(
        self, table: tree.Table, cells: Sequence[Runs], style: str, grid: Sequence[int], *, is_head: bool, keep: bool
    ) -> str:
        has_note = any(run.field is not None and run.field.type == "note" for cell in cells for run in cell)
        height = f'<w:trHeight w:val="{_NOTE_HEIGHT}" w:hRule="atLeast"/>' if has_note else ""
        head = "<w:tblHeader/>" if is_head else ""
        shade = '<w:shd w:val="clear" w:color="auto" w:fill="F1F6F3"/>' if table.style == "rating" else ""
        bottom = '<w:vAlign w:val="bottom"/>' if is_head else ""
        keep_xml = "<w:keepNext/>" if keep else ""
        out = [f"<w:tr><w:trPr><w:cantSplit/>{height}{head}</w:trPr>"]
        for width, cell, align in zip(grid, cells, table.aligns, strict=True):
            side = f'<w:jc w:val="{align}"/>' if align in ("right", "center") else ""
            out.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}{bottom}</w:tcPr>'
                f'<w:p><w:pPr><w:pStyle w:val="{self.ids[style.lower()]}"/>{keep_xml}{side}</w:pPr>'
                f"{self.runs(cell)}</w:p></w:tc>"
            )
        out.append("</w:tr>")
        return "".join(out)

    # --- runs ---------------------------------------------------------------------------------

    def runs(self, runs: Runs) -> str:
        """The runs of a paragraph."""
        return "".join([self._run(run) for run in runs])

    def _run(self, run: Run) -> str:
        if run.marks & BREAK:
            return "<w:r><w:br/></w:r>"
        look = self._look(run)
        xml = f'<w:r>{look}<w:t xml:space="preserve">{text(run.text)}</w:t></w:r>'
        if not run.link:
            return xml
        return f'<w:hyperlink r:id="{self._link(run.link)}" w:tooltip="{attribute(run.link)}">{xml}</w:hyperlink>'

    def _look(self, run: Run) -> str:
        marks = run.marks
        if not (marks or run.link or run.field):
            return ""
        style = "Hyperlink" if run.link else "Placeholder Text" if run.field else "Inline Code" if marks & CODE else ""
        return (
            "<w:rPr>"
            + (f'<w:rStyle w:val="{self.ids[style.lower()]}"/>' if style else "")
            + ("<w:b/><w:bCs/>" if marks & STRONG else "")
            + ("<w:i/><w:iCs/>" if marks & EMPHASIS else "")
            + ("<w:strike/>" if marks & STRIKE else "")
            + "</w:rPr>"
        )

    def _link(self, target: str) -> str:
        if not _SAFE_LINK.match(target):
            problem = Problem(
                "link.scheme", f"'{target[:60]}' can't be a link in a Word file", hint="use https:, mailto: or tel:"
            )
            raise JdgenError([problem])
        return self.links.setdefault(target, f"rIdL{len(self.links) + 1}")


_WRITERS: Mapping[type, Callable[[Body, Any, Block | None, int], None]] = {
    tree.Heading: Body._heading,
    tree.Paragraph: Body._paragraph,
    tree.List: Body._list,
    tree.Quote: Body._quote,
    tree.Code: Body._code,
    tree.Rule: Body._rule,
    tree.Table: Body._table,
}


def _columns(table: tree.Table, width: int) -> list[int]:
    """The widths of a table's columns, which add up to `width`."""
    count = len(table.head)
    shares = list(table.widths) if len(table.widths) == count and all(table.widths) else [1] * count
    if table.style == "matrix" and count > 2:
        shares = [30, *([60 // (count - 2)] * (count - 2)), 10]
    columns = [width * share // sum(shares) for share in shares]
    columns[-1] += width - sum(columns)
    return columns


def _without_orphan(runs: Runs) -> Runs:
    """A title whose last word can't stand alone on a line."""
    if not runs:
        return runs
    last = runs[-1]
    if last.text.count(" ") < 3:
        return runs
    return (*runs[:-1], last._replace(text="\u00a0".join(last.text.rsplit(" ", 1))))
