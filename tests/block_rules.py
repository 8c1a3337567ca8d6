"""What a right Word file is in its tables, content controls, bookmarks, links and pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from tests.word_file import PICTURE, R, W, WordFile, inside, text_of, value

_LONGEST_TAG = 64
_LONGEST_NAME = 40


def findings(word: WordFile) -> Iterator[str]:
    """The broken rules."""
    for number, table in enumerate(word.document.iter(f"{W}tbl"), 1):
        yield from (f"table {number} {what}" for what in _table(table))
    yield from _neighbors(word.document[0])
    for name, story in word.stories.items():
        yield from _bookmarks(story)
        yield from _links(story, {value(mark, "name") for mark in word.document.iter(f"{W}bookmarkStart")})
        for picture in story.iter(PICTURE):
            if not picture.get("descr", "").strip():
                yield f"a picture of {name!r} has no alternative text"
    yield from _controls([control for story in word.stories.values() for control in story.iter(f"{W}sdt")])


# --- tables -----------------------------------------------------------------------------------


def _table(table: Any) -> Iterator[str]:
    if table.find(f"{W}tr/{W}trPr/{W}tblHeader") is None:
        yield "has no header row"
    if not value(table.find(f"{W}tblPr/{W}tblDescription")).strip():
        yield "has no alternative text"
    grid = [int(value(column, "w")) for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    width = table.find(f"{W}tblPr/{W}tblW")
    if value(width, "type") == "dxa" and int(value(width, "w")) != sum(grid):
        yield f"is {value(width, 'w')} wide, and its columns {sum(grid)}"
    for row in inside(table):
        if row.tag == f"{W}tr":
            yield from _row(row, grid)


def _row(row: Any, grid: list[int]) -> Iterator[str]:
    at = int(value(row.find(f"{W}trPr/{W}gridBefore")) or 0)
    for cell in inside(row):
        if cell.tag != f"{W}tc":
            continue
        span = int(value(cell.find(f"{W}tcPr/{W}gridSpan")) or 1)
        width = cell.find(f"{W}tcPr/{W}tcW")
        wanted = sum(grid[at : at + span])
        at += span
        if at <= len(grid) and value(width, "type") == "dxa" and int(value(width, "w")) != wanted:
            yield f"has a cell {value(width, 'w')} wide in columns of {wanted}"
        blocks = list(inside(cell))
        if not blocks or blocks[-1].tag != f"{W}p":
            yield "has a cell that does not end with a paragraph"
    at += int(value(row.find(f"{W}trPr/{W}gridAfter")) or 0)
    if at != len(grid):
        yield f"has a row of {at} columns in a grid of {len(grid)}"


def _neighbors(body: Any) -> Iterator[str]:
    blocks = [block.tag for block in inside(body) if block.tag != f"{W}sectPr"]
    if blocks and blocks[-1] == f"{W}tbl":
        yield "the document ends with a table"
    if any(one == other == f"{W}tbl" for one, other in pairwise(blocks)):
        yield "two tables stand next to each other and become one"


# --- content controls -------------------------------------------------------------------------


def _controls(controls: list[Any]) -> Iterator[str]:
    ids = Counter(value(control.find(f"{W}sdtPr/{W}id")) for control in controls)
    tags = Counter(value(control.find(f"{W}sdtPr/{W}tag")) for control in controls)
    yield from (f"{n} content controls have the id {id!r}" for id, n in ids.items() if n > 1)
    yield from (f"{n} content controls have the tag {tag!r}" for tag, n in tags.items() if n > 1)
    yield from (f"the tag {tag!r} is longer than {_LONGEST_TAG}" for tag in tags if len(tag) > _LONGEST_TAG)
    for control in controls:
        tag = value(control.find(f"{W}sdtPr/{W}tag"))
        if not tag:
            yield "a content control has no tag"
        if not value(control.find(f"{W}sdtPr/{W}alias")).strip():
            yield f"the content control {tag!r} has no title"


# --- bookmarks and links ----------------------------------------------------------------------


def _bookmarks(story: Any) -> Iterator[str]:
    starts = list(story.iter(f"{W}bookmarkStart"))
    ids = Counter(value(start, "id") for start in starts)
    names = Counter(value(start, "name").lower() for start in starts)
    yield from (f"{n} bookmarks have the id {id!r}" for id, n in ids.items() if n > 1)
    yield from (f"{n} bookmarks have the name {name!r}" for name, n in names.items() if n > 1)
    yield from (f"the name {name!r} is longer than {_LONGEST_NAME}" for name in names if len(name) > _LONGEST_NAME)
    opened: set[str] = set()
    for mark in story.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd"):
        id = value(mark, "id")
        if mark.tag == f"{W}bookmarkStart":
            opened.add(id)
        elif id in opened:
            opened.remove(id)
        else:
            yield f"the bookmark {id} ends and has not begun"
    yield from (f"the bookmark {id} does not end" for id in sorted(opened))


def _links(story: Any, bookmarks: set[str]) -> Iterator[str]:
    for link in story.iter(f"{W}hyperlink"):
        shown, anchor, is_outward = text_of(link), value(link, "anchor"), bool(link.get(f"{R}id"))
        if not shown.strip():
            yield "a link has no text"
        if not anchor and not is_outward:
            yield f"the link {shown!r} leads nowhere"
        if anchor and not is_outward and anchor not in bookmarks:
            yield f"the link {shown!r} leads to {anchor!r}, which is no bookmark"
        if is_outward and not value(link, "tooltip"):
            yield f"the link {shown!r} does not say where it leads"
