"""Whether something is in English: by its language tag, or by the commonest words of languages."""

from __future__ import annotations

from jdgen.lint.passage import Description, words

_ENGLISH = frozenset(words("the and of to a in you with for is are we on our will be"))
_FOREIGN = frozenset(
    words(
        "und der das den mit für sie wir ist im zu von oder bei ihr eine le les des du et vous nous pour dans une est"
        " au el los las del para con por que y e os da uma você com het een van voor je wij il di per con sono och att"
        " som til og i w z na do się jest"
    )
)
"""Of other languages, as far as English has them not."""
_SOME = 2
_LAST_LATIN = "\u024f"


def is_english(language: str) -> bool:
    """Whether a language tag is one of English, which the patterns of words are made for."""
    return language.partition("-")[0] == "en"


def reads_english(whole: Description) -> bool:
    """Whether a finished posting is; in doubt it is, since a list of short items has few common words."""
    found = [word.casefold() for passage in whole.passages for word in passage.words]
    foreign, english = (sum(word in known for word in found) for known in (_FOREIGN, _ENGLISH))
    letters = [sign for word in found for sign in word if sign.isalpha()]
    others = sum(sign > _LAST_LATIN for sign in letters)
    return foreign <= english + _SOME and 2 * others <= len(letters)
