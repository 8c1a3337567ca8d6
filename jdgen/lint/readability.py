"""How hard a text is to read: sentences, syllables, and two formulas that make a US school grade of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from jdgen.lint.passage import Passage, words

_VOWELS = re.compile(r"[aeiouy]+")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|Mx|St|Prof|No|Nos|vs|approx|incl|Inc|Ltd|e\.g|i\.e|U\.S|U\.K)|\b[A-Z])\.$"
)
_SILENT_ENDS = re.compile(r"(?:[^laeiouy]|[aeiouy]l|ll)es?$|[^aeiouytd]ed$|ely$|eful$|eless$|ement$|eness$")
_SIBILANT_ES = re.compile(r"(?:[sxz]|[cs]h|[cg])es$")
_HIATUS = re.compile(
    r"i(?:a(?!ge|n[ct]?$|l)|ou?s$|o(?!n|us)|um|(?<![tc]i)en(?:t|ce))|ea(?:te|tor|ti)"
    r"|eo(?!p|us\b)|(?<![qg])u(?:al|ou|at)|ya|(?<![gq])ui(?:t[iy]|d)|[^aeiou]ie(?:r|st)$|ing(?<=[aeiouy]ing)|ism|isms"
)
"""Vowels that are spoken apart."""
_COMPOUND = re.compile(r"^(?:some|there|where|home|time|life|fire|case|base|house|stake|space)(?=[bcfghklmptvw])")
_SPOKEN = {
    "business": 2, "businesses": 3, "every": 2, "evening": 2, "people": 2, "science": 2, "scientist": 3, "client": 2,
    "clients": 2, "experience": 4, "experiences": 5, "area": 3, "areas": 3, "being": 2, "idea": 3, "ideas": 3,
    "create": 2, "created": 3, "creates": 2, "schedule": 2, "different": 3, "material": 4, "materials": 4,
    "special": 2, "social": 2, "financial": 3, "trial": 2, "reliable": 4, "variety": 4, "society": 4, "quiet": 2,
    "once": 1, "are": 1, "were": 1, "hour": 1, "hours": 1, "our": 1, "nurse": 1, "team": 1, "user": 2, "role": 1,
}  # fmt: skip
"""Words of job descriptions that the rules get wrong, or that stand here as a check of them."""


class Counts(NamedTuple):
    """What the formulas need of a text."""

    sentences: int
    words: int
    syllables: int
    characters: int
    """Letters and digits."""


def sentences(passage: Passage) -> Iterator[tuple[int, str]]:
    """Each sentence with where it begins; one that an abbreviation or initial ends goes on in the next."""
    start, end = 0, 0
    for at, sentence in passage.sentences():
        if at and not _ABBREVIATED.search(passage.text[start:end]):
            yield start, passage.text[start:end]
            start = at
        end = at + len(sentence)
    yield start, passage.text[start:end]


def syllables(word: str) -> int:
    """How many syllables a word of English has, by its letters; about right. A number or acronym counts as one.

    Groups of vowels, less silent endings, plus vowels that are spoken apart.
    """
    plain = re.sub(r"[^a-z]", "", word.lower())
    if plain in _SPOKEN:
        return _SPOKEN[plain]
    if len(plain) <= 2 or word.isupper():
        return 1
    groups = len(_VOWELS.findall(plain)) + len(_HIATUS.findall(plain))
    is_silent = bool(_SILENT_ENDS.search(plain)) and not _SIBILANT_ES.search(plain)
    return max(1, groups - is_silent - bool(_COMPOUND.search(plain)))


def counts(passages: Iterable[Passage]) -> Counts:
    """The counts of some passages. Each item of a list is at least one sentence, with a full stop or without."""
    sentences_in = [words(sentence) for passage in passages for _, sentence in sentences(passage)]
    read = [sentence for sentence in sentences_in if sentence]
    flat = [part for sentence in read for word in sentence for part in re.split(r"[-/]", word) if part]
    letters = sum(sign.isalnum() for part in flat for sign in part)
    return Counts(len(read), len(flat), sum(map(syllables, flat)), letters)


def flesch_kincaid(count: Counts) -> float:
    """The Flesch-Kincaid grade; 0 for no text.

    Kincaid, Fishburne, Rogers & Chissom (1975), Derivation of new readability formulas for Navy enlisted personnel.
    """
    if not count.words:
        return 0.0
    return 0.39 * count.words / count.sentences + 11.8 * count.syllables / count.words - 15.59


def automated_readability(count: Counts) -> float:
    """The Automated Readability Index; 0 for no text.

    Smith & Senter (1967), Automated readability index.
    """
    if not count.words:
        return 0.0
    return 4.71 * count.characters / count.words + 0.5 * count.words / count.sentences - 21.43
