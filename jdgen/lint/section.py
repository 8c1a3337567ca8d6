"""The heading of a finished posting -> the section that it begins, by a table of known wordings."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import Field

from jdgen.lint.catalog import DATA
from jdgen.lint.rule import compiled
from jdgen.source import read_source
from jdgen.spec.base import Spec, Version, Word
from jdgen.spec.file import SpecFile
from jdgen.spec.section import Section


class Wordings(Spec):
    """How headings of one section read."""

    noun = "a section's wordings"

    section: Section | Literal["not_required"]
    wordings: tuple[Word, ...] = Field(min_length=1, description="Regular expressions.")


class Headings(SpecFile):
    """The wordings of all sections, in the order in which they are tried."""

    noun = "a table of headings"

    jdgen: Version
    sections: tuple[Wordings, ...]


@cache
def _headings() -> Headings:
    path = DATA / "headings.yaml"
    return read_source(path, path.name).model(Headings, path.stem)


@cache
def section_of(heading: str) -> str:
    """The section that a heading begins, as `Passage` has them; empty if its wording is not known."""
    for entry in _headings().sections:
        if any(compiled(wording).search(heading) for wording in entry.wordings):
            return entry.section
    return ""
