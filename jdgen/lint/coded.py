"""Words that a study found in ads of occupations with more men or more women, and how far a text leans."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from pydantic import Field

from jdgen.lint.catalog import DATA
from jdgen.lint.passage import words
from jdgen.lint.rule import compiled
from jdgen.source import read_source
from jdgen.spec.base import Version, Word
from jdgen.spec.file import SpecFile

STRONG_COUNT, STRONG_RATE = 4, 1.0
"""A text leans strongly if one list is ahead by so many words, and by so many in a hundred words of the text.

The count is that of the gender-decoder, which long texts reach by their length alone; the rate is a choice of ours.
"""
_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class CodedWords(SpecFile):
    """Two lists of words, and the terms in which they mean something else."""

    noun = "a list of coded words"

    jdgen: Version
    title: Word
    as_of: Word
    source: Word = Field(description="Where the lists come from.")
    masculine: tuple[Word, ...] = Field(description="A star at the end stands for any ending.")
    feminine: tuple[Word, ...] = Field(description="As above.")
    plain: tuple[Word, ...] = Field(description="Regular expressions of terms that don't count.")


class Balance(NamedTuple):
    """The coded words of a text, each as often as it stands there, in the order of the text."""

    masculine: tuple[str, ...]
    feminine: tuple[str, ...]
    words: int

    @property
    def rate(self) -> float:
        """By how many words in a hundred the longer list is ahead."""
        return 100 * abs(len(self.masculine) - len(self.feminine)) / max(1, self.words)

    @property
    def leaning(self) -> str:
        """`masculine` or `feminine` where the text leans strongly to it, else nothing."""
        ahead = len(self.masculine) - len(self.feminine)
        if abs(ahead) < STRONG_COUNT or self.rate < STRONG_RATE:
            return ""
        return "masculine" if ahead > 0 else "feminine"


def balance(texts: Iterable[str]) -> Balance:
    """The coded words of some texts. A word counts once wherever it stands, however many entries fit it."""
    masculine: list[str] = []
    feminine: list[str] = []
    count = 0
    for text in texts:
        count += len(words(text))
        tokens = [part for token in _TOKEN.findall(_without_terms(text)) for part in _split(token.lower())]
        masculine += (token for token in tokens if _pattern("masculine").fullmatch(token))
        feminine += (token for token in tokens if _pattern("feminine").fullmatch(token))
    return Balance(tuple(masculine), tuple(feminine), count)


@cache
def coded_words() -> CodedWords:
    """The shipped lists."""
    path = DATA / "coded_words.yaml"
    return read_source(path, path.name).model(CodedWords, path.stem)


@cache
def _pattern(side: str) -> re.Pattern[str]:
    """A word of one list: the entry itself, or with any ending where it has a star."""
    entries = coded_words().masculine if side == "masculine" else coded_words().feminine
    return compiled("|".join(re.escape(entry).replace(r"\*", r"[\w-]*") for entry in entries))


def _without_terms(text: str) -> str:
    return compiled("|".join(coded_words().plain)).sub(" ", text)


def _split(token: str) -> list[str]:
    """The parts of a hyphenated word, unless the whole is on a list."""
    whole = _pattern("masculine").fullmatch(token) or _pattern("feminine").fullmatch(token)
    return [token] if whole else token.split("-")
