"""How well postings that ask for two roles of a family are told from those that ask for one.

The postings and labels are in `mixed/`; `measure` prints the tables.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from jdgen.lint.family import Family, families
from jdgen.lint.mixed import check
from jdgen.lint.page import described, read_page
from jdgen.load import Library
from jdgen.source import read_source

MIXED = Path(__file__).parent / "mixed"
HALVES = ("development", "held-out")


class Verdict(NamedTuple):
    """A posting with what is labeled and what is found."""

    name: str
    labels: dict[str, list[str]]
    message: str
    """What the finding says; empty for none."""


def groups() -> list[Family]:
    """The shipped family beside the restaurant's, as in a folder with both."""
    return [*families(Library(MIXED)), *families(Library(MIXED / "restaurant"))]


def verdicts(half: str) -> list[Verdict]:
    """Each posting of a half, in order."""
    known = groups()
    labels = read_source(MIXED / "labels.yaml", "labels.yaml").data[half]
    found = []
    for name, labeled in labels.items():
        findings = list(check(described(read_page(MIXED / half / name)), known))
        found.append(Verdict(name, labeled or {}, findings[0].message if findings else ""))
    return found
