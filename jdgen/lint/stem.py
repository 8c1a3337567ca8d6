"""Words of English -> stems, so that `pre-train`, `pretraining` and `pre-trained` are one term."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from jdgen.lint.passage import words

LONGEST = 4
"""The most words of a term."""
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_COMMON = frozenset(
    words(
        "a about after all also am an and any are as at be because been before being both but by can could did do does"
        " each else every few for from get had has have he her here his how i if in into is it its just keep kept know"
        " like make made many may might more most much must need new no nor not now of off on one only or other our out"
        " over own per same she should so some such take than that the their them then there these they this those to"
        " too two under until up us use used using very was we well were what when where which while who whom whose why"
        " will with within without would yet you your yours yourself work working job role team people experience year"
        " years week weeks day days month months strong good great least across between including"
    )
)
_VOWEL = re.compile(r"[aeiouy]")
_SHORTEST = 3


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """A word's stem: lower case, without the endings of plurals and verbs. Short words and acronyms stay whole.

    It only cuts, as Porter's first step does (Porter 1980, An algorithm for suffix stripping, Program 14(3)).
    """
    low = word.lower().replace("’", "'").removesuffix("'s")
    if low.endswith("ies") and len(low) > 4:
        low = low[:-3] + "y"
    elif low.endswith("s") and not low.endswith(("ss", "us", "sis")) and len(low) > _SHORTEST:
        low = low[:-1]
    for ending in ("ing", "ed"):
        cut = low.removesuffix(ending)
        if cut != low and len(cut) >= _SHORTEST and _VOWEL.search(cut):
            is_doubled = cut[-1] == cut[-2] and cut[-1] not in "lsz"
            return (cut[:-1] if is_doubled else cut).removesuffix("e")
    return low.removesuffix("e") if len(low) > _SHORTEST else low


def stems(text: str) -> list[str]:
    """The stems of a text in order, without words that any text has. Parts of hyphenated words are one each."""
    return [stem(word) for word in _TOKEN.findall(text) if word.lower() not in _COMMON]


def term(text: str) -> str:
    """A phrase as one term: its stems in a row, so that `front end` and `frontend` are the same."""
    return "".join(stems(text))


def terms(found: Sequence[str], longest: int = LONGEST, *, only_first: bool = False) -> Iterator[str]:
    """Each run of up to `longest` stems as a term, of each start the shortest first; if wanted, of the first start."""
    for start in range(min(1, len(found)) if only_first else len(found)):
        joined = ""
        for each in found[start : start + longest]:
            joined += each
            yield joined
