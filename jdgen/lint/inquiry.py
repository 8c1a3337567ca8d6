"""Questions that ask for what an employer should not know before an offer.

It covers questions before an offer, in English. Laws differ by state, province, sector and stage; real occupational
requirements, vulnerable-sector, security and licensing roles have exceptions. A match is a prompt for a person to look,
not a ruling. A clean run does not mean that an interview is lawful: probes asked live are not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from jdgen.lint.catalog import rule_file
from jdgen.lint.passage import Passage
from jdgen.lint.rule import Finding, Rule, compiled

REVIEW = "PQ-review"
LEVELS = {
    "prohibited": "prohibited before an offer in",
    "evidence": "evidence of intent in",
    "restricted": "restricted in",
    "avoid": "poor practice in",
}
"""What the levels of `Rule.levels` say, gravest first."""

_YOU = re.compile(r"\byou(?:r|rs|re|ve|d|ll|rself)?\b", re.IGNORECASE)
_REPORTED = re.compile(
    r"\b(?:patient|customer|client|guest|resident|pupil|student|caller|passenger|visitor|candidate|applicant|tenant"
    r"|user|shopper|child|manager|interviewer|employer|parent|member|colleague|learner)s?"
    r" (?:who )?(?:asks?|asked|says?|wants? to know|wonders?|keeps? asking)\b",
    re.IGNORECASE,
)
"""What somebody else asks, in a case put to the candidate."""
_DROPPED = re.compile(r"[\"'`´‘’ʼ“”*\u00ad\u200b-\u200d\u2060\ufeff]|(?<=\b[A-Z])\.(?!\s*$)")
_GAP = re.compile(r"[-‐‑\u2010\u2011/]")
_INITIAL = re.compile(r"\b[A-Z]\.\s*\Z")
_NAMED = 5
"""The most places that a message names."""
_LONGEST = 2_000
"""The most characters of a sentence that are looked at in one go, so that time grows in line with length."""


def check(passage: Passage, about: str = "") -> Iterator[Finding]:
    """What a text that is put to candidates asks and should not, in English.

    `about` is the name and definition of the competency that a question is for: where that deals with a
    sensitive subject, its words need no review.
    """
    for start, sentence in _sentences(passage):
        plain, positions = _plain(sentence)
        found = list(_matches(plain)) or list(_sensitive(plain, about))
        for rule, code, first, end in found:
            yield _finding(passage, rule, code, start + positions[first], start + positions[end - 1] + 1)


def _sentences(passage: Passage) -> Iterator[tuple[int, str]]:
    """Sentences with where they begin: `U.S. Citizen` ends none, and a very long one comes in parts."""
    begin, end = 0, 0
    for start, sentence in passage.sentences():
        if start and not _INITIAL.search(passage.text[begin:start]):
            yield from _parts(begin, passage.text[begin:end])
            begin = start
        end = start + len(sentence)
    yield from _parts(begin, passage.text[begin:end])


def _parts(start: int, sentence: str) -> Iterator[tuple[int, str]]:
    for offset in range(0, len(sentence), _LONGEST):
        yield start + offset, sentence[offset : offset + _LONGEST]


def _plain(sentence: str) -> tuple[str, list[int]]:
    """A sentence as patterns see it, and the place of each of its characters in the sentence.

    Apostrophes, quotation marks and emphasis are gone, so that `what's` is `whats`; a hyphen, a slash and a run of
    white space are one space, a dash is a comma.
    """
    dropped = {place for match in _DROPPED.finditer(sentence) for place in range(*match.span())}
    kept: list[str] = []
    positions: list[int] = []
    for place, sign in enumerate(sentence):
        sign = " " if sign.isspace() or _GAP.match(sign) else "," if sign in "–—" else "." if sign == "…" else sign
        if place not in dropped and not (sign == " " and (not kept or kept[-1] == " ")):
            kept.append(sign)
            positions.append(place)
    return "".join(kept).rstrip(), positions


def _matches(plain: str) -> Iterator[tuple[Rule, str, int, int]]:
    """First tier: each topic that a sentence asks about, with where."""
    if _REPORTED.search(plain):
        return
    for rule in _topics():
        if rule.unless and compiled(rule.unless).search(plain):
            continue
        found = (match for pattern in rule.patterns if (match := compiled(pattern).search(plain)))
        match = min(found, key=lambda one: one.start(), default=None)
        if match and match.group().strip():
            yield rule, rule.code, *_trimmed(match)


def _sensitive(plain: str, about: str) -> Iterator[tuple[Rule, str, int, int]]:
    """Second tier: the first sensitive word in a sentence that is put to `you`, if the competency is about others."""
    general = rule_file("inquiry").rules[0]
    if not _YOU.search(plain) or _in_domain(general, about) or compiled(general.unless or "(?!)").search(plain):
        return
    found = (
        (rule, match)
        for rule in _topics()
        if rule.review and not _in_domain(rule, about) and (match := compiled(rule.review).search(plain))
    )
    first = min(found, key=lambda one: one[1].start(), default=None)
    if first and first[1].group().strip():
        yield first[0], REVIEW, *_trimmed(first[1])


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    """Where the words of a match begin and end, without the signs around them."""
    text = match.group()
    signs = " ,.;:!?"
    stripped = text.strip(signs) or text
    start = match.start() + text.index(stripped)
    return start, start + len(stripped)


def _in_domain(rule: Rule, about: str) -> bool:
    return bool(about) and rule.code in _domains(about)


@cache
def _domains(about: str) -> frozenset[str]:
    """The rules whose domain a competency's words are about."""
    plain = _plain(about)[0]
    return frozenset(
        rule.code
        for rule in rule_file("inquiry").rules
        if any(compiled(pattern).search(plain) for pattern in (rule.domain, rule.review) if pattern)
    )


@cache
def _topics() -> tuple[Rule, ...]:
    return tuple(rule for rule in rule_file("inquiry").rules if rule.patterns)


def _finding(passage: Passage, rule: Rule, code: str, start: int, end: int) -> Finding:
    words = passage.text[start:end]
    if code == REVIEW:
        topic = rule.code.removeprefix("PQ-").replace("-", " ")
        message = f'"{words}" put to a candidate may touch on {topic} ({rule.code}); a person should look'
        return passage.finding(code, message, words, at=start)
    message = (rule.message or "{match}").replace("{match}", words)
    return passage.finding(code, f"{message}: {legality(rule)}", words, rule.instead, at=start)


def legality(rule: Rule) -> str:
    """What a topic is in which jurisdictions, gravest first: `prohibited before an offer in CA-ON; ...`.

    Of many places the first are named; `--explain` names them all.
    """
    by_level = {level: [place for place, its in sorted(rule.levels.items()) if its == level] for level in LEVELS}
    return "; ".join(f"{LEVELS[level]} {_listed(places)}" for level, places in by_level.items() if places)


def _listed(places: list[str]) -> str:
    rest = len(places) - _NAMED
    return ", ".join(places) if rest <= 1 else f"{', '.join(places[:_NAMED])} and {rest} more places"
