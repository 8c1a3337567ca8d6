"""The heading of a section -> the section that it begins, by tables of known wordings in several languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from jdgen.lint.rule import compiled
from jdgen.lint.section import Wordings, section_of
from jdgen.source import read_source
from jdgen.spec.base import Version
from jdgen.spec.file import SpecFile

_DECORATION = re.compile(r"^[\W\d_]*(?:(?:[ivxIVX]{1,4}|[a-zA-Z])[.)]\s+)?|[\s:：.。*_#–—-]+$")
_SCRIPTS = {"ja": re.compile("[\u3040-\u30ff]"), "ar": re.compile("[\u0600-\u06ff]")}
_FEWEST = 20
"""So many letters of a script say that a text is in its language."""
ENGLISH = "en"


class Headings(SpecFile):
    """The wordings by language."""

    noun = "a table of headings"

    jdgen: Version
    languages: dict[str, tuple[Wordings, ...]]


@cache
def _tables() -> dict[str, tuple[Wordings, ...]]:
    path = Path(__file__).with_name("headings.yaml")
    return read_source(path, path.name).model(Headings, path.stem).languages


def languages() -> tuple[str, ...]:
    """The languages whose headings are known."""
    return (ENGLISH, *_tables())


def undecorated(heading: str) -> str:
    """A heading without its number, signs and colon."""
    return _DECORATION.sub("", heading).strip() or heading.strip()


def section_in(heading: str, language: str) -> str:
    """The section that a heading begins in a language, empty if its wording is not known there."""
    bare = undecorated(heading)
    if language == ENGLISH:
        return section_of(bare)
    for entry in _tables()[language]:
        if any(compiled(wording).search(bare) for wording in entry.wordings):
            return entry.section
    return ""


def language_of(texts: Iterable[str], headings: Iterable[str]) -> str:
    """The language of an ad: that of its script, else the one in which most of its headings are known."""
    whole = "\n".join(texts)
    for language, letters in _SCRIPTS.items():
        if len(letters.findall(whole)) >= _FEWEST:
            return language
    known = Counter(language for heading in headings for language in languages() if section_in(heading, language))
    return max(languages(), key=lambda language: (known[language], language == ENGLISH))
