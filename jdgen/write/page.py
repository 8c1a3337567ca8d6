"""Documents as pages of a website: the whole tree, tables and callouts too, as HTML without a style of its own.

Classes say what the style sheet needs; there is no inline style and no script, so that a strict content security
policy holds. Each table says the role of its parts and the label of each cell, since a narrow screen shows a row as a
card, and a browser forgets what a table is once its parts are shown as blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import assert_never

from jdgen.document import Document, anchors
from jdgen.form import form_in
from jdgen.write.html import clean
from jdgen.write.nodes import (
    BREAK,
    CODE,
    EMPHASIS,
    STRIKE,
    STRONG,
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
    plain,
)
from jdgen.write.script import language_of
from jdgen.write.svg import svg
from jdgen.write.table import heat_steps
from jdgen.write.tree import parsed
from jdgen.write.xml import attribute

_TAGS = ((CODE, "code"), (STRIKE, "s"), (EMPHASIS, "em"), (STRONG, "strong"))
_BOXES = {True: "☒", False: "☐"}


def page_html(document: Document) -> str:
    """The document as HTML for the main part of a page. Raises JdgenError for Markdown that has no form in it."""
    form = form_in(document.text)
    return _Page(parsed(document.text, form.fields if form else ()), document.language).html()


class _Page:
    """Writes blocks. Headings have the ids that links within the document end in."""

    def __init__(self, blocks: tuple[Block, ...], language: str) -> None:
        self._blocks = blocks
        self._main = language
        self._anchors = anchors(plain(block.runs) for block in blocks if isinstance(block, Heading))

    def html(self) -> str:
        """All blocks; what is in another language stands in a section that says so."""
        parts: list[str] = []
        is_open = False
        for block in self._blocks:
            if isinstance(block, Turn):
                parts += ["</section>\n"] if is_open else []
                parts.append(f"<section{language_attributes(block.language)}>\n")
                is_open = True
            else:
                parts.append(f"{self._block(block)}\n")
        return "".join([*parts, "</section>\n" if is_open else ""])

    def _block(self, block: Block, *, is_inner: bool = False) -> str:
        match block:
            case Heading():
                place = "" if is_inner else f' id="{attribute(next(self._anchors))}"'
                html = f"<h{block.level}{place}{_class(block.style)}>{_inline(block.runs)}</h{block.level}>"
            case Paragraph():
                html = f"<p{_class(block.style)}>{_inline(block.runs)}</p>"
            case List():
                html = self._list(block)
            case Table():
                html = _table(block)
            case Quote():
                html = self._quote(block)
            case Code():
                html = f"<pre><code>{clean(block.text)}</code></pre>"
            case Rule():
                html = "<hr>"
            case Picture():
                html = f"<figure>{svg(block.drawing, is_rtl=language_of(self._main).is_rtl)}</figure>"
            case Turn():
                html = ""  # the parser allows none within another block
            case _:
                assert_never(block)
        return html

    def _inner(self, blocks: Iterable[Block]) -> str:
        return "\n".join(self._block(block, is_inner=True) for block in blocks)

    def _quote(self, quote: Quote) -> str:
        if not quote.style:
            return f"<blockquote>{self._inner(quote.blocks)}</blockquote>"
        return f'<div class="{attribute(quote.style)}" role="note">{self._inner(quote.blocks)}</div>'

    def _list(self, block: List) -> str:
        tag = "ol" if block.is_numbered else "ul"
        start = f' start="{block.start}"' if block.is_numbered and block.start != 1 else ""
        is_tasks = any(item.checked is not None for item in block.items)
        items = "".join(f"<li>{self._item(item)}</li>\n" for item in block.items)
        return f"<{tag}{start}{_class('tasks' if is_tasks else '')}>\n{items}</{tag}>"

    def _item(self, item: Item) -> str:
        parts = [
            _inline(block.runs)
            if isinstance(block, Paragraph) and not item.is_loose
            else self._block(block, is_inner=True)
            for block in item.blocks
        ]
        box = f'<span class="box">{_BOXES[item.checked]}</span> ' if item.checked is not None else ""
        return box + "\n".join(parts)


def language_attributes(language: str) -> str:
    """The attributes that say in which language, and in which direction, an element's text runs."""
    direction = ' dir="rtl"' if language_of(language).is_rtl else ' dir="ltr"'
    return f' lang="{attribute(language)}"{direction}'


def _table(table: Table) -> str:
    """A table whose cells know their labels; a row of labels that are all empty is no head."""
    labels = [_label(head) for head in table.head]
    heads = "".join(
        f'<th role="columnheader" scope="col"{_class(align)}>{_inline(head)}</th>' if label else '<td role="cell"></td>'
        for head, align, label in zip(table.head, _aligns(table), labels, strict=True)
    )
    warm = heat_steps(table) if table.style == "heat" else [[0] * len(table.head)] * len(table.rows)
    rows = "".join(
        f'<tr role="row">{_cells(row, labels, table, steps)}</tr>\n'
        for row, steps in zip(table.rows, warm, strict=True)
    )
    columns = "".join(f'<col width="{share}%">' for share in _shares(table.widths))
    group = f"<colgroup>{columns}</colgroup>" if len(table.widths) == len(table.head) else ""
    head = f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>\n' if any(labels) else ""
    return (
        f'<table role="table"{_class(table.style or "table")}>{group}\n'
        f'{head}<tbody role="rowgroup">\n{rows}</tbody>\n</table>'
    )


def _cells(row: tuple[Runs, ...], labels: list[str], table: Table, steps: list[int]) -> str:
    """A row's cells; the first of a table of records names the row."""
    cells = []
    for number, (cell, label, align, step) in enumerate(zip(row, labels, _aligns(table), steps, strict=True)):
        named = f' data-label="{attribute(label)}"' if label else ""
        inner = _inline(cell)
        if number == 0 and table.style in ("", "table", "matrix", "heat") and inner and len(row) > 1:
            cells.append(f'<th role="rowheader" scope="row"{_class(align)}{named}>{inner}</th>')
        else:
            sort = " ".join(filter(None, [align, f"heat-{step}" if step else ""]))
            cells.append(f'<td role="cell"{_class(sort)}{named}>{inner}</td>')
    return "".join(cells)


def _label(head: Runs) -> str:
    return " ".join(plain(head).split())


def _aligns(table: Table) -> Iterator[str]:
    yield from (align if align in ("right", "center") else "" for align in table.aligns)


def _shares(widths: tuple[int, ...]) -> Iterator[int]:
    whole = sum(widths) or 1
    yield from (round(100 * width / whole) for width in widths)


def _class(name: str) -> str:
    return f' class="{attribute(name)}"' if name else ""


def _inline(runs: Runs) -> str:
    return "".join(_linked(runs))


def _linked(runs: Runs) -> Iterator[str]:
    for (link, field), group in groupby(runs, lambda run: (run.link, run.field)):
        inner = "".join(map(_run, group))
        if field is not None:
            yield f'<span class="field">{inner}</span>'
        elif link:
            yield f'<a href="{attribute(link)}">{inner}</a>'
        else:
            yield inner


def _run(run: Run) -> str:
    if run.marks & BREAK:
        return "<br>"
    out = clean(run.text)
    for mark, tag in _TAGS:
        if run.marks & mark and out:
            out = f"<{tag}>{out}</{tag}>"
    return out
