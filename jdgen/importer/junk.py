"""What is no job description: error pages, walls, CVs, texts of another sort. They are refused, not guessed at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from jdgen.importer.outline import Outline
from jdgen.lint.rule import compiled
from jdgen.source import read_source
from jdgen.spec.base import Version, Word
from jdgen.spec.file import SpecFile

_SHORT, _LEAST = 150, 8
"""Words: what is short may be a page in place of a posting; what is shorter is nothing."""


class Signs(SpecFile):
    """What tells such pages, as regular expressions."""

    noun = "a list of signs"

    jdgen: Version
    gone: tuple[Word, ...]
    wall: tuple[Word, ...]
    cv: tuple[Word, ...]
    work: tuple[Word, ...]


@cache
def _signs() -> Signs:
    path = Path(__file__).with_name("junk.yaml")
    return read_source(path, path.name).model(Signs, path.stem)


def _found(patterns: Iterable[str], text: str) -> str:
    """The words of the first pattern that is found in a text."""
    matches = (compiled(pattern).search(text) for pattern in patterns)
    return next((" ".join(match[0].split()) for match in matches if match), "")


def faults(outline: Outline) -> Iterator[str]:
    """Why an ad is none; nothing for one that may be an ad."""
    signs = _signs()
    blocks = [*outline.preamble, *(block for part in outline.parts for block in part.blocks)]
    texts = [outline.title, *(part.name for part in outline.parts), *(b.plain for b in blocks if b.sort == "heading")]
    whole = "\n".join([*texts, *(block.text for block in blocks), *(" ".join(row) for b in blocks for row in b.rows)])
    words = sum(block.words for block in blocks)
    has_lists = bool(outline.of("responsibilities", "required", "preferred"))
    if words < _SHORT and not has_lists and (gone := _found(signs.gone, whole)):
        yield f"says '{gone}': it is the page of a posting that is gone"
    elif words < _SHORT and not has_lists and (wall := _found(signs.wall, whole)):
        yield f"says '{wall}': it is a page in front of the posting"
    elif sum(bool(_found(signs.cv, text)) for text in texts) >= (1 if _found(signs.cv, outline.title) else 2):
        yield "has the headings of a CV, not of a job description"
    elif words < _LEAST:
        yield "holds too few words for a job description"
    elif not has_lists and not _found(signs.work, whole):
        yield "names no duties or requirements, and speaks of no job"
    elif not has_lists and not any(block.sort == "item" for block in blocks) and not outline.of("role", "apply", "pay"):
        yield "has no list and no heading of a job description"
