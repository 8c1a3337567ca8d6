"""Rules of wording: what a passage says, by patterns that are data (`data/wording.yaml`).

A pattern may have named alternatives. `title` and `asked` count only in a title and among what is asked of people;
`pronoun` and `money` don't count where people and sums of other kinds are told of; `mild` is a warning. An
alternative of `unless` excuses, in the same sentence or item, what the alternative of the same name found; without a
name, anything.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache

from jdgen.lint.catalog import rule_file
from jdgen.lint.passage import Passage
from jdgen.lint.readability import sentences
from jdgen.lint.rule import Finding, Rule, compiled
from jdgen.problem import Severity

LONG_YEARS = 5
"""From so many years on, a count of years is an error."""
_ONLY_IN = {"title": {"title"}, "asked": {"required", "preferred"}}
_NOT_IN = {
    "pronoun": {"about", "values", "hiring", "apply", "statements"},
    "money": {"about", "benefits", "responsibilities", "success", "values", "statements"},
}
_PLAIN = {ord(sign): plain for plain, signs in (("'", "’‘ʼ´`"), ('"', "“”„"), ("-", "–—‑‒−")) for sign in signs}
_PLAIN |= dict.fromkeys(map(ord, "\n\r\t\u00a0\u2009\u202f"), " ")
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve"
_NUMBER = {word: number for number, word in enumerate(_NUMBERS.split(), 1)} | {"fifteen": 15, "twenty": 20}
_COUNT = re.compile(rf"\d+|\b(?:{'|'.join(_NUMBER)})\b", re.IGNORECASE)


def check(passage: Passage) -> Iterator[Finding]:
    """What the patterns find in a passage of English. What is expressly not asked may be named."""
    if passage.section == "not_required":
        return
    text = plain(passage.text)
    for rule in _rules():
        if rule.pattern and (not rule.sections or not passage.section or passage.section in rule.sections):
            for match in breaches(rule, passage, text):
                yield _finding(rule, passage, match)


def breaches(rule: Rule, passage: Passage, text: str) -> Iterator[re.Match[str]]:
    """Where a passage, whose plain text is `text`, breaks the rule of a pattern."""
    for match in compiled(rule.pattern or "").finditer(text):
        if _counts(match.lastgroup, passage.section) and not _is_excused(rule, passage, text, match):
            yield match


def years(text: str) -> int:
    """The first number in a text, in digits or in words; 0 if there is none."""
    number = _COUNT.search(text)
    return (_NUMBER.get(number[0].lower()) or int(number[0])) if number else 0


def plain(text: str) -> str:
    """The text as patterns see it: quotes, dashes and white space of one kind each, every character in its place."""
    return text.translate(_PLAIN)


@cache
def _rules() -> tuple[Rule, ...]:
    return rule_file("wording").rules


def _counts(group: str | None, section: str) -> bool:
    """Whether what a named alternative found is a breach in this section."""
    return section in _ONLY_IN.get(group or "", {section}) and section not in _NOT_IN.get(group or "", ())


def _is_excused(rule: Rule, passage: Passage, text: str, match: re.Match[str]) -> bool:
    if not rule.unless:
        return False
    start, end = (0, len(text)) if passage.is_item else _sentence(passage, match.start())
    excuses = compiled(rule.unless).finditer(text, start, end)
    return any(excuse.lastgroup in (None, match.lastgroup) for excuse in excuses)


def _sentence(passage: Passage, at: int) -> tuple[int, int]:
    """Where the sentence begins and ends that the character `at` is in."""
    found = _sentences(passage)
    start, sentence = found[bisect_right(found, at, key=lambda one: one[0]) - 1]
    return start, start + len(sentence)


@lru_cache(maxsize=1)
def _sentences(passage: Passage) -> list[tuple[int, str]]:
    """The sentences of the passage that is looked at."""
    return list(sentences(passage))


def _finding(rule: Rule, passage: Passage, match: re.Match[str]) -> Finding:
    words = passage.text[match.start() : match.end()].strip()
    message = (rule.message or "").format(match=" ".join(words.split()))
    at = match.end() - len(match[0].lstrip())
    return passage.finding(rule.code, message, words, severity=_severity(rule, match), at=at)


def _severity(rule: Rule, match: re.Match[str]) -> Severity | None:
    if rule.code == "JD-004" and years(match[0]) >= LONG_YEARS:
        return "error"
    return "warning" if match.lastgroup == "mild" else None
