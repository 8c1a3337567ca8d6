"""The tree of a document to a Word file by python-docx, as its tutorial shows it: styles and cells by name."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import docx

from jdgen.write.nodes import (
    BREAK,
    CODE,
    EMPHASIS,
    STRIKE,
    STRONG,
    Block,
    Code,
    Heading,
    List,
    Quote,
    Rule,
    Runs,
    Table,
)


def docx_of(blocks: Iterable[Block]) -> bytes:
    """The blocks as a Word file."""
    document = docx.Document()
    for block in blocks:
        _add(document, block, "")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _add(document: Any, block: Block, style: str) -> None:
    if isinstance(block, Heading):
        _write(document.add_heading("", level=block.level), block.runs)
    elif isinstance(block, List):
        for item in block.items:
            for part in item.blocks:
                _add(document, part, "List Number" if block.is_numbered else "List Bullet")
    elif isinstance(block, Table):
        _add_table(document, block)
    elif isinstance(block, Quote):
        for part in block.blocks:
            _add(document, part, "Intense Quote")
    elif isinstance(block, Code):
        document.add_paragraph(block.text, style="No Spacing")
    elif isinstance(block, Rule):
        document.add_paragraph("_" * 40)
    else:
        _write(document.add_paragraph("", style=style or None), getattr(block, "runs", ()))


def _add_table(document: Any, block: Table) -> None:
    rows = (block.head, *block.rows)
    table = document.add_table(rows=len(rows), cols=len(block.head))
    table.style = "Table Grid"
    for i, row in enumerate(rows):
        for j, runs in enumerate(row):
            _write(table.cell(i, j).paragraphs[0], runs)


def _write(paragraph: Any, runs: Runs) -> None:
    for part in runs:
        run = paragraph.add_run(part.text)
        if part.marks & BREAK:
            run.add_break()
        run.bold = bool(part.marks & STRONG) or None
        run.italic = bool(part.marks & EMPHASIS) or None
        run.font.strike = bool(part.marks & STRIKE) or None
        run.underline = bool(part.link) or None
        if part.marks & CODE:
            run.font.name = "Courier New"
