"""What candidates read, as rules of wording see it: passages with their sections, and descriptions made of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from jdgen.lint.rule import Finding
from jdgen.places import Place
from jdgen.problem import Severity

_WORD = re.compile(r"[^\W_]+(?:['’.,/-][^\W_]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]’”]*\s+(?=[\"'(\[‘“]?[A-Z0-9])|\n\s*\n")


@dataclass(frozen=True)
class Passage:
    """A text in one place: a paragraph, an item of a list, a title.

    `section` is one of `spec.section.SECTIONS`, `title`, `not_required` for what is expressly not asked, or empty
    where it is not known.
    """

    text: str
    section: str
    place: Place
    is_item: bool = False

    def finding(  # noqa: PLR0917 - a finding's own parts
        self, code: str, message: str, words: str = "", hint: str = "", severity: Severity | None = None, at: int = 0
    ) -> Finding:
        """A finding about `words` of the passage that begin at the character `at`."""
        return Finding(code, self.place, message, words, hint, severity, self.text.count(words, 0, at) if words else 0)

    def sentences(self) -> Iterator[tuple[int, str]]:
        """Each sentence with where it begins. An item of a list is at least one, whether a full stop ends it or not."""
        start = 0
        for end in _SENTENCE_END.finditer(self.text):
            yield start, self.text[start : end.start()]
            start = end.end()
        yield start, self.text[start:]

    @property
    def words(self) -> list[str]:
        return words(self.text)


@dataclass(frozen=True)
class Description:
    """A job description or posting as a whole, in the order in which it is read."""

    place: Place
    title: Passage | None
    passages: tuple[Passage, ...]
    """Without the title."""
    headings: dict[str, Place] = field(default_factory=dict)
    """By section, where it begins."""
    language: str = "en"
    is_posting: bool = True
    """Whether it is for a vacancy, so that place, pay and how to apply belong in it."""
    spelling: str = ""
    """`en-US` or `en-GB`, if its company or its language says which."""

    @property
    def sections(self) -> list[str]:
        """The sections there are, in order."""
        return list(dict.fromkeys(passage.section for passage in self.passages))

    def of(self, *sections: str) -> list[Passage]:
        """The passages of some sections."""
        return [passage for passage in self.passages if passage.section in sections]

    def place_of(self, section: str) -> Place:
        """Where a section begins; the whole description's place if it has none."""
        return self.headings.get(section, self.place)


class Part(NamedTuple):
    """One paragraph, item, cell or heading of a posting."""

    sort: str
    """`heading-1` and so on, `item`, `text`, `cell`, or `comment`."""
    line: int
    """Counted from 1; in a Word file, the number of the paragraph."""
    text: str


def words(text: str) -> list[str]:
    """The words of a text; `don't`, `3.5` and `C1/C2` are one each."""
    return _WORD.findall(text)
