"""Whether two short texts speak of the same thing, by the stems of their words.

A word counts by how few of the statements have it (inverse document frequency; Spärck Jones, 1972), so that what all
roles of a family speak of tells nothing. Stems are Snowball's, for the languages that it has.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import snowballstemmer

from jdgen.notation import Notation

_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]+")
"""Scripts that put no spaces between words."""
_EMPTY = frozenset(
    """a all although an and any are as at be been but by can could did do does every for from get gets had has have how
    in into is it its keep keeps more my no not nobody of on or our ours so still than that the their them then there
    they this to too up us very was we were what when which while who will with without would yet you your""".split()  # noqa: SIM905 - words read best as words
)
"""English words that say nothing by themselves; in other languages frequency alone decides."""
_UNHEARD = 0.6
"""What a word counts, as a share of the rarest one's weight, that no statement has."""


class Statements:
    """Texts that others are likened to."""

    def __init__(self, texts: Sequence[str], language: str) -> None:
        """`language` is a tag; texts in a language without a stemmer are compared by their words."""
        self._stemmer = _stemmer(language)
        self._stems = [self.stems(text) for text in texts]

    @cached_property
    def _weights(self) -> Mapping[str, float]:
        counts = Counter(stem for stems in self._stems for stem in stems)
        return {stem: math.log(1 + len(self._stems) / count) for stem, count in counts.items()}

    def stems(self, text: str) -> frozenset[str]:
        """The stems of a text's words, and of scripts without spaces each two characters that stand side by side."""
        folded = text.casefold()
        pairs = [run[at : at + 2] for run in _UNSPACED.findall(folded) for at in range(max(1, len(run) - 1))]
        words = [word for word in _WORD.findall(_UNSPACED.sub(" ", folded)) if word not in _EMPTY and len(word) > 1]
        return frozenset([*pairs, *(self._stemmer.stemWords(words) if self._stemmer else words)])

    def likeness(self, text: str) -> list[float]:
        """For each statement, which share of what `text` says it says as well: 0 to 1, by the words' weights."""
        asked = self.stems(text)
        unheard = _UNHEARD * math.log(1 + len(self._stems))
        whole = sum(self._weights.get(stem, unheard) for stem in asked)
        return [self._shared(asked & stems) / whole if whole else 0.0 for stems in self._stems]

    def _shared(self, stems: Iterable[str]) -> float:
        return sum(sorted(self._weights[stem] for stem in stems))


def _stemmer(language: str) -> snowballstemmer.basestemmer.BaseStemmer | None:
    name = Notation("en").language(language.partition("-")[0]).lower()
    return snowballstemmer.stemmer(name) if name in snowballstemmer.algorithms() else None
