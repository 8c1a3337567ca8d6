"""Whether a description keeps to one spelling of English, that of its company if it has one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from jdgen.lint.catalog import DATA
from jdgen.lint.passage import Description
from jdgen.lint.rule import Finding, compiled
from jdgen.source import read_source
from jdgen.spec.base import Version, Word
from jdgen.spec.file import SpecFile

SPELLINGS = {"en-US": "American", "en-GB": "British"}


class Spellings(SpecFile):
    """Words that only one side writes so, as regular expressions."""

    noun = "a list of spellings"

    jdgen: Version
    american: Word
    british: Word


@cache
def _spellings() -> Spellings:
    path = DATA / "spelling.yaml"
    return read_source(path, path.name).model(Spellings, path.stem)


def spelling(description: Description) -> Iterator[Finding]:
    """Words that the other side of the Atlantic writes so; if no spelling is wanted, that of the fewer words."""
    found = {
        tag: [
            (passage, match)
            for passage in description.passages
            for match in compiled(rf"\b(?:{pattern})\b").finditer(passage.text)
        ]
        for tag, pattern in (("en-US", _spellings().american), ("en-GB", _spellings().british))
    }
    wanted = description.spelling or max(found, key=lambda tag: len(found[tag]))
    if not description.spelling and not all(found.values()):
        return
    other = next(tag for tag in found if tag != wanted)
    told: set[str] = set()
    for passage, match in found[other]:
        if match[0].lower() not in told:
            told.add(match[0].lower())
            kept = "the company's spelling is" if description.spelling else "most of the text is"
            message = f"'{match[0]}' is {SPELLINGS[other]}; {kept} {SPELLINGS[wanted]}"
            yield passage.finding("JD-050", message, match[0], at=match.start())
