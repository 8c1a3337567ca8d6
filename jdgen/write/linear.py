"""A document's blocks with nothing left that only a page can show: headings, paragraphs, lists and code.

What an applicant tracking system or an e-mail takes has no tables, boxes or forms. So a table becomes lines or a
list in the order in which its cells are read, a quote its paragraphs, a field its prompt and room to write on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import assert_never

from jdgen.document import Document
from jdgen.form import form_in
from jdgen.problem import JdgenError, Problem
from jdgen.write.nodes import (
    BREAK,
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
    joined,
    plain,
)
from jdgen.write.tree import parsed

LinearBlock = Heading | Paragraph | List | Code | Turn
"""What is left; an item of a list holds nothing else either, and no turn to another language."""
BLANK = "________"
"""Room to write on."""
BOXES = {None: "", False: "☐ ", True: "☒ "}
"""What stands before an item, by whether it is done; nothing if it is no task."""
_NEW_LINE = Run("", BREAK)
_SAFE_LINK = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
_STOPPED = (":", "?", "!")


def linear(document: Document, suffix: str) -> tuple[LinearBlock, ...]:
    """The blocks of a document that is to be a file with that suffix.

    Raises JdgenError for Markdown that has no form in it: markup, a damaged form, a link that leads elsewhere
    than to the web, mail or a telephone. The problem is at the document.
    """
    try:
        form = form_in(document.text)
        return tuple(_linear(parsed(document.text, form.fields if form else ())))
    except ValueError as error:
        problems = [Problem("markdown.form", "the comment that describes the form is damaged")]
        raise JdgenError(_at(problems, f"{document.name}.{suffix}")) from error
    except JdgenError as error:
        raise JdgenError(_at(error.problems, f"{document.name}.{suffix}")) from None


def _at(problems: Iterable[Problem], file: str) -> list[Problem]:
    return [Problem(problem.code, problem.message, file, hint=problem.hint) for problem in problems]


def _linear(blocks: Iterable[Block]) -> Iterator[LinearBlock]:
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield replace(block, runs=_line(block.runs))
            case List():
                items = tuple(replace(item, blocks=tuple(_linear(item.blocks))) for item in block.items)
                yield replace(block, items=items)
            case Table():
                yield from _READINGS.get(block.style, _records)(block)
            case Quote():
                yield from [Paragraph((Run(block.title, STRONG),))] if block.title else []
                yield from _linear(block.blocks)
            case Code() | Turn():
                yield block
            case Rule() | Picture():
                pass  # a table beside a picture says the same
            case _:
                assert_never(block)


def _line(runs: Runs) -> Runs:
    """Runs as they are read: links that lead somewhere, and room to write on after the prompt of a field.

    Raises JdgenError for a link that is none for readers.
    """
    out: list[Run] = []
    for run, following in zip(runs, (*runs[1:], None), strict=True):
        out.append(Run(run.text, run.marks, _target(run.link)))
        field = run.field
        if field and field.type != "check" and (following is None or following.field is not field):
            out.append(Run(f" {BLANK}"))
    return tuple(out)


def _target(link: str) -> str:
    """Where a link leads from outside the document; nothing for one to a heading, which stays text."""
    if not link or link.startswith("#"):
        return ""
    if not _SAFE_LINK.match(link):
        message = f"'{link[:60]}' can't be a link in a text to paste"
        raise JdgenError([Problem("link.scheme", message, hint="use https:, mailto: or tel:")])
    return link


# --- tables ----------------------------------------------------------------------------------------


def _facts(table: Table) -> Iterator[LinearBlock]:
    """Each row as a paragraph of lines: `Label: value`."""
    yield from (Paragraph(_joined(_strong(label) + value for label, value in row)) for row in _rows(table))


def _records(table: Table) -> Iterator[LinearBlock]:
    """Each row as an item of lines, of which the first stands out, since it tells the row from others."""
    rows = ([label + value for label, value in row] for row in _rows(table))
    yield from _bulleted(_joined((_strong(first), *rest)) for first, *rest in rows)


def _points(table: Table) -> Iterator[LinearBlock]:
    """Each cell as an item under the name of its point."""
    yield from _bulleted(_strong(label) + value for row in _rows(table) for label, value in row)


def _columns(table: Table) -> Iterator[LinearBlock]:
    """Each column as a list of its own, since what stands side by side does not belong together."""
    for number, head in enumerate(table.head):
        yield Paragraph(_strong(_line(head)))
        yield from _bulleted(_line(row[number]) for row in table.rows if row[number])


_READINGS: Mapping[str, Callable[[Table], Iterator[LinearBlock]]] = {
    "facts": _facts,
    "form": _facts,
    "rating": _points,
    "signals": _columns,
}
"""How tables are read, by their style; the others are records."""
_NEVER_WRITTEN = ("facts", "matrix")
"""The tables in which an empty cell is nothing to fill in."""


def _rows(table: Table) -> Iterator[list[tuple[Runs, Runs]]]:
    """The labels and cells of each row, without the empty ones; a row of nothing else is left out.

    A column that is empty throughout is there to be filled in by hand.
    """
    by_hand = [
        table.style not in _NEVER_WRITTEN and not any(plain(row[number]).strip() for row in table.rows)
        for number in range(len(table.head))
    ]
    for row in table.rows:
        cells = [(Run(BLANK),) if written else cell for cell, written in zip(row, by_hand, strict=True)]
        pairs = zip(table.head, cells, strict=True)
        if found := [_beside(head, cell) for head, cell in pairs if plain(cell).strip()]:
            yield found


def _beside(head: Runs, cell: Runs) -> tuple[Runs, Runs]:
    """A label, and its cell behind it, or below it if the cell has several lines."""
    text = plain(head).strip()
    if not text:
        return (), _line(cell)
    has_lines = any(run.marks & BREAK for run in cell)
    colon = Run("" if text.endswith(_STOPPED) else ":")
    return (*_line(head), colon), (_NEW_LINE if has_lines else Run(" "), *_line(cell))


def _bulleted(texts: Iterable[Runs]) -> Iterator[List]:
    """A list of texts, if there are any."""
    items = tuple(Item((Paragraph(joined(runs)),)) for runs in texts)
    if items:
        yield List(False, 1, items)


def _strong(runs: Runs) -> Runs:
    return tuple(run if run.marks & BREAK else run._replace(marks=run.marks | STRONG) for run in runs)


def _joined(lines: Iterable[Runs]) -> Runs:
    """Lines as the runs of one paragraph."""
    runs = [run for line in lines for run in (_NEW_LINE, *line)]
    return joined(runs[1:])
