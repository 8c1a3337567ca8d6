"""The tree that Markdown becomes and Word files are made of: blocks, and runs of text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from jdgen.drawing import Drawing
from jdgen.form import Field

STYLES = (
    *("table", "facts", "form", "rubric", "signals", "rating", "matrix", "heat"),
    *("lead", "meta", "question", "callout", "warning"),
)
"""What a style hint may name: sorts of tables; of paragraphs, headings and quotes."""
STRONG, EMPHASIS, STRIKE, CODE, BREAK = 1, 2, 4, 8, 16


class Run(NamedTuple):
    """Text of one look. A run with BREAK in its marks is a line break and has no text."""

    text: str
    marks: int = 0
    link: str = ""
    field: Field | None = None
    """The field whose prompt it is."""

    @property
    def look(self) -> tuple[int, str, Field | None]:
        """What tells it from its neighbors."""
        return self.marks, self.link, self.field


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    runs: Runs
    style: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    runs: Runs
    style: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list; `checked` is None where it is no task."""

    blocks: tuple[Block, ...]
    checked: bool | None = None

    @property
    def is_loose(self) -> bool:
        """Whether it has several paragraphs, so that its text does not stand bare."""
        return sum(not isinstance(block, List) for block in self.blocks) > 1


@dataclass(frozen=True, slots=True)
class List:
    """A bulleted or numbered list."""

    is_numbered: bool
    start: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its header row; `widths` are shares of the whole."""

    aligns: tuple[str, ...]
    head: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    style: str = ""
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation, or a callout if it has a style; `title` is an alert's."""

    blocks: tuple[Block, ...]
    style: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """Lines to be shown as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What follows is in another language, named by its tag."""

    language: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the page."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Something that is drawn."""

    drawing: Drawing


Block = Heading | Paragraph | List | Table | Quote | Code | Rule | Picture | Turn


def joined(runs: Iterable[Run]) -> Runs:
    """`runs` with neighbors of one look made one, since the parser splits text at every escape."""
    runs = list(runs)
    if len(runs) < 2:
        return tuple(runs)
    result: list[Run] = []
    for run in runs:
        if result and result[-1].look == run.look and not run.marks & BREAK:
            result[-1] = run._replace(text=result[-1].text + run.text)
        else:
            result.append(run)
    return tuple(result)


def plain(runs: Runs) -> str:
    """The text of `runs`."""
    return "".join(" " if run.marks & BREAK else run.text for run in runs)
