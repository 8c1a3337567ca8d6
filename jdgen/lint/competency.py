"""What is wrong with a competency: its name, its anchors, how many questions and sample answers it has."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from jdgen.lint.english import is_english
from jdgen.lint.passage import words
from jdgen.lint.question import breaches, plain
from jdgen.lint.rule import Finding
from jdgen.lint.subject import Assessed
from jdgen.places import Place

FEWEST_QUESTIONS, MOST_QUESTIONS = 3, 5
SAMPLE_ANSWERS = 2
ANCHOR_WORDS = 6
ALIKE = 0.8
"""The share of words that two anchors have in common at most."""
UNSPACED = frozenset(("bo", "dz", "ja", "km", "lo", "my", "th", "yue", "zh"))
"""Languages that put no spaces between words, so that words can't be counted."""


def check(assessed: Assessed) -> Iterator[Finding]:
    """The findings about one competency by itself."""
    yield from _questions(assessed)
    yield from _sample_answers(assessed)
    yield from _short_anchors(assessed)
    yield from _like_anchors(assessed)
    if is_english(assessed.language):
        yield from _names(assessed)
        yield from _years(assessed)


def spoken(text: object) -> list[str]:
    """The words of a text as they compare: small letters, straight apostrophes."""
    return words(plain(text).casefold())


def anchors_of(assessed: Assessed) -> Iterator[tuple[int, Place, str]]:
    """The anchors from the lowest point to the highest, each with its place."""
    for value, text in sorted(assessed.assessed.competency.anchors.items()):
        yield value, assessed.place.below("anchors", value), str(text)


def _questions(assessed: Assessed) -> Iterator[Finding]:
    """SI-101."""
    count = len(assessed.assessed.questions)
    if not FEWEST_QUESTIONS <= count <= MOST_QUESTIONS:
        message = f"'{assessed.assessed.id}' has {count} of {FEWEST_QUESTIONS} to {MOST_QUESTIONS} questions"
        yield Finding("SI-101", assessed.use.below("questions"), message)


def _sample_answers(assessed: Assessed) -> Iterator[Finding]:
    """SI-103."""
    count = sum(len(question.sample_answers) for question in assessed.assessed.questions)
    if assessed.assessed.is_required and count < SAMPLE_ANSWERS:
        message = f"'{assessed.assessed.id}' has {count} of {SAMPLE_ANSWERS} sample answers"
        yield Finding("SI-103", assessed.use.below("questions"), message)


def _short_anchors(assessed: Assessed) -> Iterator[Finding]:
    """SI-013: words are counted where spaces part them, adjectives known in English."""
    for value, place, text in anchors_of(assessed):
        vague = list(breaches("SI-013", place, text, f"anchor {value} judges, and does not say what the person did"))
        if is_english(assessed.language) and vague:
            yield from vague
        elif assessed.language.partition("-")[0] not in UNSPACED and (count := len(words(text))) < ANCHOR_WORDS:
            message = f"anchor {value} has {count} words, too few to say what the person did or said"
            yield Finding("SI-013", place, message)


def _like_anchors(assessed: Assessed) -> Iterator[Finding]:
    """SI-014: neighbors on the scale."""
    for (low, _, below), (high, place, above) in pairwise(anchors_of(assessed)):
        one, other = set(spoken(below)), set(spoken(above))
        if len(one & other) > ALIKE * len(one | other):
            yield Finding("SI-014", place, f"anchors {low} and {high} have almost the same words")


def _names(assessed: Assessed) -> Iterator[Finding]:
    """SI-031."""
    for place, text in _called(assessed):
        yield from breaches("SI-031", place, text, "'{words}' is a feeling about a person, not a competency")


def _years(assessed: Assessed) -> Iterator[Finding]:
    """SI-032."""
    texts = [*_called(assessed), *((place, text) for _, place, text in anchors_of(assessed))]
    for place, text in texts:
        yield from breaches("SI-032", place, text, "'{words}' scores time served")


def _called(assessed: Assessed) -> Iterator[tuple[Place, str]]:
    """The names of the competency."""
    competency, place = assessed.assessed.competency, assessed.place
    yield place.below("name"), str(competency.name)
    yield from ((place.below("aliases", number), str(alias)) for number, alias in enumerate(competency.aliases))
