"""What is wrong with a question: its time, its wording, its probes and signals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from jdgen.lint.catalog import rule_file
from jdgen.lint.english import is_english
from jdgen.lint.passage import words
from jdgen.lint.rule import Finding, Rule, compiled
from jdgen.lint.subject import Asked
from jdgen.places import Place
from jdgen.problem import Severity

LEAST_MINUTES, MOST_MINUTES = 5, 10
FEWEST_PROBES, MOST_PROBES, TOO_MANY_PROBES = 2, 4, 6
LEAD_WORDS = 45
SIGNALS = {"strong": "strong signals", "weak": "weak signals", "red_flags": "red flags"}
_SENTENCE = re.compile(r"\S.*?(?:[.!?:](?=\s)|$)", re.DOTALL)


def check(asked: Asked) -> Iterator[Finding]:
    """The findings about one question."""
    yield from _minutes(asked)
    yield from _probes(asked)
    yield from _signals(asked)
    if is_english(asked.language):
        yield from _closed(asked)
        yield from _brainteasers(asked)
        yield from _leading(asked)
        yield from _length(asked)


def plain(text: object) -> str:
    """A text with straight apostrophes, as the patterns have them; no character moves."""
    return str(text).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def breaches(code: str, place: Place, text: object, message: str) -> Iterator[Finding]:
    """A finding for the first words in a text that a rule's pattern matches; `message` has them as {words}."""
    pattern = _rules()[code].pattern
    match = compiled(pattern).search(plain(text)) if pattern else None
    if match:
        found = str(text)[slice(*match.span())].strip()
        yield Finding(
            code, place, message.format(words=found), found, occurrence=str(text).count(found, 0, match.start())
        )


@cache
def _rules() -> Mapping[str, Rule]:
    return {rule.code: rule for rule in rule_file("interview").rules}


def _minutes(asked: Asked) -> Iterator[Finding]:
    """SI-005: work on material may take longer than an answer."""
    question = asked.question
    minutes = question.minutes.most
    if question.kind != "work_sample" and not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        message = f"'{question.id}' takes {minutes} minutes, not {LEAST_MINUTES} to {MOST_MINUTES}"
        yield Finding("SI-005", asked.place.below("minutes"), message)


def _probes(asked: Asked) -> Iterator[Finding]:
    """SI-011: none or very many are worse than one or five."""
    count = len(asked.question.probes)
    if not FEWEST_PROBES <= count <= MOST_PROBES:
        severity: Severity = "info" if 0 < count < TOO_MANY_PROBES else "warning"
        message = f"'{asked.question.id}' has {_counted(count, 'probe')}, not {FEWEST_PROBES} to {MOST_PROBES}"
        yield Finding("SI-011", asked.place.below("probes"), message, severity=severity)


def _counted(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"


def _signals(asked: Asked) -> Iterator[Finding]:
    """SI-102."""
    missing = [name for field, name in SIGNALS.items() if not getattr(asked.question, field)]
    if missing:
        yield Finding("SI-102", asked.place, f"'{asked.question.id}' has no {', no '.join(missing)}")


def _closed(asked: Asked) -> Iterator[Finding]:
    """SI-007: a sentence of the question that yes or no answers."""
    rule, text = _rules()["SI-007"], str(asked.question.text)
    for sentence in _SENTENCE.finditer(plain(text)):
        starts_closed, is_open = (compiled(pattern or "").match(sentence[0]) for pattern in (rule.pattern, rule.unless))
        if starts_closed and not is_open:
            found = text[slice(*sentence.span())]
            yield Finding("SI-007", asked.place.below("text"), "yes or no would answer this question", found)


def _brainteasers(asked: Asked) -> Iterator[Finding]:
    """SI-008."""
    for place, text in _spoken(asked):
        yield from breaches("SI-008", place, text, "this is a brainteaser: '{words}'")


def _leading(asked: Asked) -> Iterator[Finding]:
    """SI-009: nor may a probe lead."""
    for place, text in _spoken(asked):
        yield from breaches("SI-009", place, text, "'{words}' tells which answer is wanted")


def _spoken(asked: Asked) -> Iterator[tuple[Place, str]]:
    """What the interviewer says, with its places."""
    question, place = asked.question, asked.place
    if question.setup is not None:
        yield place.below("setup"), str(question.setup)
    yield place.below("text"), str(question.text)
    yield from ((place.below("probes", position), str(probe)) for position, probe in enumerate(question.probes))


def _length(asked: Asked) -> Iterator[Finding]:
    """SI-010: a situation belongs before the question."""
    text, place = str(asked.question.text), asked.place.below("text")
    if (count := len(words(text))) > LEAD_WORDS:
        yield Finding("SI-010", place, f"the question has {count} words, more than {LEAD_WORDS}")
    if (count := text.count("?")) > 1:
        yield Finding("SI-010", place, f"these are {count} questions in one")
