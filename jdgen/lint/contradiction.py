"""Statements of one description that can't both be true."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from jdgen.lint.catalog import rules
from jdgen.lint.passage import Description, Passage
from jdgen.lint.rule import Finding, compiled
from jdgen.lint.wording import breaches, plain, years

CODE = "JD-036"
JUNIOR_YEARS = 3
"""From so many years on, a job is not for beginners."""
_NUMBER = r"(?:\d|one|two|three|four|five)"


class Pair(NamedTuple):
    """Two patterns that exclude each other; `unless`, in a passage of either, says that both may be true."""

    one: str
    other: str
    unless: str = r"(?!)"


PAIRS = (
    Pair(
        r"\b(?:fully|100 ?%|completely|entirely)[- ]remote\b|\bremote[- ](?:first|only|role|position|job|post)\b|"
        r"\(remote\)|\bwork (?:remotely )?from anywhere\b",
        rf"\b{_NUMBER}(?:(?: to |-){_NUMBER})? days? (?:a|per|each|every) week (?:in|at|on)[- ]"
        rf"(?:(?:the|our|your) \w+|site)|\bon[- ]?site {_NUMBER} days\b|"
        rf"\b{_NUMBER} days? (?:in|at) (?:the|our) (?:\w+ )?(?:office|site|clinic|school)\b|"
        rf"\b{_NUMBER} days? on[- ]?site\b|\bmust (?:be|work) (?:on[- ]?site|in (?:the|our) office)\b|\boffice-based\b|"
        r"\b(?:fully|100 ?%) on[- ]?site\b",
        r"\b(?:optional|if you (?:like|wish|want|prefer)|or (?:hybrid|on[- ]?site|in (?:the|our) office)|"
        r"your choice)\b",
    ),
    Pair(
        r"\bpermanent (?:role|position|contract|post|job)\b|\bpermanent, full[- ]time\b",
        r"\bfixed[- ]term\b|\b\d+[- ]month contract\b|\btemporary (?:role|position|contract|post)\b",
        r"\b(?:becom\w+|view to|possib\w+|lead to|convert\w*|extension|transition|potential|either|"
        r"permanent or|or permanent)\b",
    ),
    Pair(
        r"\bno travel\b|\btravel (?:is )?not required\b",
        r"\btravel (?:of )?(?:up to )?\d+ ?%|\b\d+ ?(?:%|percent) travel\b|\bfrequent travel\b|"
        r"\bwilling(?:ness)? to travel\b",
    ),
    Pair(
        r"\bno (?:weekends?|weekend work)\b|\bMonday (?:to|through|-) Friday(?: only)?\b",
        r"(?<!no )\bweekend (?:work|shifts?|availability|duty)\b|"
        r"\bwork (?:some |alternate |occasional )?(?:evenings and )?weekends\b|\bevery (?:other )?weekend\b",
        r"\b(?:or|rarely|once|optional|paid extra|voluntary)\b",
    ),
)
_JUNIOR = r"\bentry[- ]level\b|\bno (?:prior |previous )?experience (?:is )?(?:required|needed|necessary)\b"
_JUNIOR_TITLE = r"\b(?:junior|trainee|entry[- ]level|apprentice|intern)\b"
_NO_DEGREE = (
    r"\bno degree (?:is )?(?:required|needed|necessary)\b|\bdegree (?:is )?not (?:required|needed|necessary)\b|"
    r"\b(?:don't|do not) (?:need|require|ask for) a degree\b"
)


def contradictions(description: Description) -> Iterator[Finding]:
    """What contradicts what, at the second of the two."""
    passages = [*([description.title] if description.title else []), *description.passages]
    for pair in PAIRS:
        yield from _both(pair, passages)
    yield from _not_for_beginners(description, passages)
    yield from _degree_after_all(description, passages)


def _both(pair: Pair, passages: list[Passage]) -> Iterator[Finding]:
    one, other = _first(pair.one, passages), _first(pair.other, passages)
    if one and other and not any(compiled(pair.unless).search(plain(found[0].text)) for found in (one, other)):
        yield _against(one[1], *other)


def _first(pattern: str, passages: list[Passage]) -> tuple[Passage, re.Match[str]] | None:
    """The first passage that says so, and not the contrary (`not fully remote`)."""
    for passage in passages:
        text = plain(passage.text)
        for match in compiled(pattern).finditer(text):
            if not re.search(r"\b(?:not|isn't|no longer|never)(?: an?)? $", text[: match.start()][-20:]):
                return passage, match
    return None


def _against(one: re.Match[str], passage: Passage, other: re.Match[str]) -> Finding:
    said = passage.text[other.start() : other.end()]
    message = f"'{said}' contradicts '{one[0]}'; people can't tell which is true"
    return passage.finding(CODE, message, said, at=other.start())


def _not_for_beginners(description: Description, passages: list[Passage]) -> Iterator[Finding]:
    title = _first(_JUNIOR_TITLE, [description.title]) if description.title else None
    if not (junior := title or _first(_JUNIOR, passages)):
        return
    for passage in description.of("required"):
        for match in breaches(rules()["JD-004"], passage, plain(passage.text)):
            if years(match[0]) >= JUNIOR_YEARS:
                yield _against(junior[1], passage, match)


def _degree_after_all(description: Description, passages: list[Passage]) -> Iterator[Finding]:
    if not (none := _first(_NO_DEGREE, passages)):
        return
    for passage in description.of("required"):
        for match in breaches(rules()["JD-006"], passage, plain(passage.text)):
            yield _against(none[1], passage, match)
