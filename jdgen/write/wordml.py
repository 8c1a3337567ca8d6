"""A tree of Markdown -> the body of a Word document as XML text, by a function per node.

Elements stand in the order that the schema wants (ECMA-376 part 1, CT_PPr, CT_RPr, CT_TblPr,
CT_TcPr): Word refuses a file in which they don't.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from jdgen.style import HouseStyle
from jdgen.write import nodes
from jdgen.write.inline import Inline
from jdgen.write.nodes import STRONG, Block, Run, Runs
from jdgen.write.sketch import sketched
from jdgen.write.styles import INDENT
from jdgen.write.table import LOOKS, WARMEST, table_xml
from jdgen.write.vector import palette, vector
from jdgen.write.xml import text

_BOXES = {False: "☐", True: "☒"}
_LOW = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
"""For the paragraph that must stand behind a table at the end, so that it begins no page of its own."""
_INDENTS = re.compile("(<w:(?:spacing|ind) )")
"""What stands after the direction of a paragraph."""
_ENDING = 4
"""How many paragraphs stay together at the end of a document."""
_BELOW_PICTURE = '<w:spacing w:before="120" w:after="160"/>'
_LAST_ITEM = '<w:spacing w:after="120"/>'
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
    *dict.fromkeys(style for look in LOOKS.values() for style in (look.table, look.head, look.body)),
    "header",
    "footer",
    "Eyebrow",
    "Hyperlink",
    "Inline Code",
    "Placeholder Text",
)
"""The styles that the writer uses, by name."""


class _Paragraph(NamedTuple):
    """A paragraph as XML, apart from whether it stays on the page of the next."""

    style: str
    is_kept: bool
    properties: str
    """Those after keepNext in the schema's order."""
    runs: str

    @property
    def xml(self) -> str:
        properties = f"{self.style}{'<w:keepNext/>' if self.is_kept else ''}{self.properties}"
        opening = f"<w:pPr>{properties}</w:pPr>" if properties else ""
        return f"<w:p>{opening}{self.runs}</w:p>"


@dataclass
class Body:
    """The XML of a body, with what it needs of other parts of the package."""

    inline: Inline
    width: int
    """The width of the text in twentieths of a point."""
    first_number: int
    """The first numbering id that is free for numbered lists."""
    parts: list[_Paragraph | str] = field(default_factory=list)
    """The paragraphs, and the tables as XML."""
    numbered: list[tuple[int, int]] = field(default_factory=list)
    """Depth and first number of each numbered list."""
    colors: Mapping[str, str] = field(default_factory=lambda: palette(HouseStyle()))
    """Those of pictures and of shaded cells, by their roles."""
    pictures: int = 0
    """How many pictures there are so far."""
    is_card: bool = False
    """Whether paragraphs belong to a question, which does not part over a page."""
    is_ending: bool = False
    """Whether only one more block follows, which is not left alone on a page."""

    @property
    def xml(self) -> str:
        """The whole body."""
        return "".join([part if isinstance(part, str) else part.xml for part in self.parts])

    def add(self, blocks: Sequence[Block]) -> None:
        """The blocks of a document, title first."""
        for position, block in enumerate(blocks):
            following = blocks[position + 1] if position + 1 < len(blocks) else None
            if isinstance(block, nodes.Paragraph) and position == 1 and isinstance(blocks[0], nodes.Heading):
                block = nodes.Paragraph(_without_orphan(block.runs), "subtitle")
            self.is_ending = position == len(blocks) - 2
            _WRITERS[type(block)](self, block, following, 0)
            if isinstance(block, nodes.Table) and not isinstance(following, nodes.Heading):
                # Room below a table; two in a row would be one, and Word adds a paragraph to a last one.
                low = _LOW if following is None else ""
                self.paragraph("Spacer", "", low, keep=block.style == "rating")
        self._keep_end()

    def _keep_end(self) -> None:
        """Keeps the last paragraphs together, so that the last page has more than a line or two."""
        for place in range(len(self.parts) - 2, max(len(self.parts) - _ENDING, 0), -1):
            part = self.parts[place]
            if isinstance(part, str):
                return
            self.parts[place] = part._replace(is_kept=True)

    def paragraph(self, style: str, runs: str, properties: str = "", *, keep: bool = False) -> None:
        """One paragraph; `properties` are those after keepNext in the schema's order."""
        if self.inline.direction:
            properties = _INDENTS.sub(rf"{self.inline.direction}\1", f"{properties}<w:ind ", count=1).removesuffix(
                "<w:ind "
            )
        style_xml = f'<w:pStyle w:val="{self.inline.ids[style.lower()]}"/>' if style else ""
        self.parts.append(_Paragraph(style_xml, keep or self.is_card, properties, runs))

    # --- blocks -------------------------------------------------------------------------------

    def _heading(self, block: nodes.Heading, _: Block | None, __: int) -> None:
        level = min(max(block.level - 1, 1), 3)
        self.is_card = False
        if block.level == 1:
            page = "<w:pageBreakBefore/>" if self.parts else ""
            self.paragraph("Title", self.inline.heading(block, _without_orphan(block.runs)), page)
        elif block.style == "question":
            self.paragraph(f"Question {min(level, 2)}", self.inline.heading(block, block.runs))
            self.is_card = True
        else:
            self.paragraph(f"heading {level}", self.inline.heading(block, block.runs))

    def _paragraph(self, block: nodes.Paragraph, following: Block | None, depth: int) -> None:
        style = "Subtitle" if block.style == "subtitle" else _PARAGRAPH_STYLES.get(block.style, "")
        marks = {run.marks & STRONG for run in block.runs}
        if not style and marks == {STRONG} and depth == 0:
            style = "Label"
        leads = depth == 0 and isinstance(following, (nodes.List, nodes.Table, nodes.Picture))
        self.paragraph(style, self.inline.runs(block.runs), keep=leads)

    def _list(self, block: nodes.List, _: Block | None, depth: int) -> None:
        level = min(depth, 2)
        style = ("List Number" if block.is_numbered else "List Bullet") + ("" if level == 0 else f" {level + 1}")
        properties = ""
        if block.is_numbered:
            self.numbered.append((level, block.start))
            number = self.first_number + len(self.numbered) - 1
            properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        for item in block.items:
            is_last = depth == 0 and item is block.items[-1]
            # Neither the first item of a list nor the last stands alone on a page.
            keep = len(block.items) > 1 and (item is block.items[0] or item is block.items[-2])
            self._item(item, style, properties + (_LAST_ITEM if is_last else ""), depth, keep=keep)

    def _item(self, item: nodes.Item, style: str, properties: str, depth: int, *, keep: bool) -> None:
        is_first = True
        for block in item.blocks:
            if not isinstance(block, nodes.Paragraph):
                _WRITERS[type(block)](self, block, None, depth + 1)
            elif not is_first:
                indent = f'<w:ind w:left="{INDENT * (depth + 1)}"/>'
                self.paragraph("List Paragraph", self.inline.runs(block.runs), indent)
            elif item.checked is None:
                self.paragraph(style, self.inline.runs(block.runs), properties, keep=keep)
            else:
                box = f"<w:r><w:t>{_BOXES[item.checked]}</w:t><w:tab/></w:r>"
                self.paragraph("Task", box + self.inline.runs(block.runs), properties, keep=keep)
            is_first = False

    def _quote(self, block: nodes.Quote, _: Block | None, depth: int) -> None:
        style = _QUOTE_STYLES.get(block.style, "Quote")
        blocks = list(block.blocks)
        if block.title:
            title = (Run(block.title, STRONG),)
            blocks.insert(0, nodes.Paragraph(title))
        for inner in blocks:
            if isinstance(inner, nodes.Paragraph):
                self.paragraph(style, self.inline.runs(inner.runs))
            else:
                _WRITERS[type(inner)](self, inner, None, depth)

    def _code(self, block: nodes.Code, _: Block | None, __: int) -> None:
        lines = "<w:br/>".join(f'<w:t xml:space="preserve">{text(line)}</w:t>' for line in block.text.split("\n"))
        self.paragraph("Code", f"<w:r>{lines}</w:r>")

    def _rule(self, _: nodes.Rule, __: Block | None, ___: int) -> None:
        self.paragraph("Rule", "")

    def _picture(self, block: nodes.Picture, _: Block | None, __: int) -> None:
        is_rtl = self.inline.language.is_rtl
        sketch = sketched(block.drawing, self.width / 20, is_rtl=is_rtl)
        self.paragraph("", vector(sketch, self.pictures, self.colors, is_rtl=is_rtl), _BELOW_PICTURE)
        self.pictures += 1

    def _table(self, block: nodes.Table, _: Block | None, __: int) -> None:
        shades = [self.colors[f"s{step}"] for step in range(1, WARMEST + 1)]
        self.parts.append(table_xml(block, self.inline, self.width, leads=self.is_ending, shades=shades))
        self.is_card = self.is_card and block.style == "rating"


_WRITERS: Mapping[type, Callable[[Body, Any, Block | None, int], None]] = {
    nodes.Heading: Body._heading,
    nodes.Paragraph: Body._paragraph,
    nodes.List: Body._list,
    nodes.Quote: Body._quote,
    nodes.Code: Body._code,
    nodes.Rule: Body._rule,
    nodes.Picture: Body._picture,
    nodes.Table: Body._table,
}


def _without_orphan(runs: Runs) -> Runs:
    """A title or subtitle whose last word can't stand alone on a line."""
    if not runs:
        return runs
    last = runs[-1]
    if last.text.count(" ") < 3:
        return runs
    return (*runs[:-1], last._replace(text="\u00a0".join(last.text.rsplit(" ", 1))))
