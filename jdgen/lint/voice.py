"""Rules of the voice of a description as a whole: how it reads, whom it speaks to, what it leans to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from jdgen.lint.catalog import rules
from jdgen.lint.coded import balance
from jdgen.lint.passage import Description, Passage, words
from jdgen.lint.readability import automated_readability, counts, flesch_kincaid, sentences
from jdgen.lint.rule import Finding, compiled

GRADE_HIGH, GRADE_MOST, INDEX_HIGH = 12, 15, 13
SENTENCE_MEAN, SENTENCE_HIGH = 20, 30
MEASURED_WORDS = 50
"""The formulas need so many words to say anything."""
EXCLAMATIONS_HIGH, CAPITALS_HIGH, ACRONYMS_HIGH = 1, 3, 4
_NOT_BODY = ("about", "values", "conditions", "pay", "benefits", "hiring", "apply", "statements")
_FRAGMENT = 4
"""A passage of fewer words is a cell or a label, not a sentence."""
_YOU = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
_CANDIDATE = re.compile(
    r"\bthe (?:ideal |successful )?(?:candidate|applicant|jobholder|incumbent)s?\b|"
    r"\bapplicants? (?:will|must|should)\b",
    re.IGNORECASE,
)
_EMOJI = re.compile("[\u2600-\u2604\u260e-\u2612\u2614-\u26ff\u2728\u2764\u2b50\U0001f300-\U0001faff]")
_CAPITALS = re.compile(r"\b[A-Z]{6,}\b|\b[A-Z]{2,}(?: [A-Z]{2,}){2,}\b")
_ACRONYM = re.compile(r"(?<![\w&/-])[A-Z][A-Z&]{0,3}[A-Z]s?(?![\w&-])")
_KNOWN = frozenset(
    re.findall(
        r"\w+",
        "US UK EU USA UAE NZ IT HR AI TV ID OK AM PM FAQ CV GPS ATM CEO CFO CTO COO VAT NHS PC PDF USB URL HTML CSS SQL"
        " API HIV HTTP HTTPS XML JSON AWS"
        " GCP SAP IBM PHP EUR USD GBP CAD AUD INR CHF DNA NGO VIP DIY QR ML GPU CPU OTE PTO"
        " AND OR NOT FOR THE WE ARE YOU",
    )
)
"""Better known than what they stand for; and short words in capitals."""


def voice(description: Description) -> Iterator[Finding]:
    """What is wrong with how a description of English reads."""
    passages = body(description)
    yield from _address(description, passages)
    yield from _casual(description)
    yield from _grade(description, passages)
    yield from _sentences(description, passages)
    yield from _leaning(description, passages)
    yield from _acronyms(description, passages)


def body(description: Description) -> list[Passage]:
    """The passages that are about the work: without the company, pay and contract, benefits, how we hire, how to
    apply, and statements.
    """
    return [passage for passage in description.passages if passage.section not in _NOT_BODY]


def opening(text: str) -> str:
    """The first words of a text, enough to point at it."""
    return " ".join(text.split("\n", maxsplit=1)[0].split(" ")[:6])


def _address(description: Description, passages: list[Passage]) -> Iterator[Finding]:
    text = "\n".join(passage.text for passage in passages)
    you, candidate = len(_YOU.findall(text)), len(_CANDIDATE.findall(text))
    if words(text) and you < max(1, candidate):
        message = (
            f"'you' stands here {_times(you)} and 'the candidate' {_times(candidate)}; people read what speaks to them"
        )
        yield Finding("JD-012", description.place, message)


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _casual(description: Description) -> Iterator[Finding]:
    passages = [*([description.title] if description.title else []), *description.passages]
    why = "very casual ads put people off"
    slang, marks = compiled(rules()["JD-013"].pattern or ""), re.compile(r"!+")
    if len(found := list(_found(marks, passages))) > EXCLAMATIONS_HIGH:
        yield _at(found[EXCLAMATIONS_HIGH], f"{len(found)} exclamation marks, more than {EXCLAMATIONS_HIGH}; {why}")
    if found := list(_found(_EMOJI, passages)):
        yield _at(found[0], f"{len(found)} emoji; {why}, and screen readers read them out")
    for passage, match in _found(slang, passages):
        yield _at((passage, match), f"'{match[0]}' is slang; {why}")
    shouted = list(_found(_CAPITALS, passages))
    count = sum(len(match[0].split()) for _, match in shouted)
    if count > CAPITALS_HIGH:
        yield _at(shouted[0], f"{count} words in capitals, more than {CAPITALS_HIGH}; they read as shouting")


def _found(pattern: re.Pattern[str], passages: Iterable[Passage]) -> Iterator[tuple[Passage, re.Match[str]]]:
    for passage in passages:
        for match in pattern.finditer(passage.text):
            yield passage, match


def _at(found: tuple[Passage, re.Match[str]], message: str) -> Finding:
    passage, match = found
    return passage.finding("JD-013", message, match[0], at=match.start())


def _grade(description: Description, passages: list[Passage]) -> Iterator[Finding]:
    count = counts(_prose(passages))
    if count.words < MEASURED_WORDS:
        return
    grade, index = flesch_kincaid(count), automated_readability(count)
    if grade > GRADE_HIGH or index > INDEX_HIGH:
        message = (
            f"the text needs grade {grade:.1f} by Flesch-Kincaid and {index:.1f} by the ARI, where {GRADE_HIGH} and "
            f"{INDEX_HIGH} are the most; {count.words / count.sentences:.0f} words a sentence, "
            f"{count.syllables / count.words:.1f} syllables a word; hard texts shut people out"
        )
        yield Finding("JD-014", description.place, message, severity="error" if grade > GRADE_MOST else None)


def _sentences(description: Description, passages: list[Passage]) -> Iterator[Finding]:
    lengths = []
    for passage in _prose(passages):
        for at, sentence in sentences(passage):
            lengths.append(len(words(sentence)))
            if lengths[-1] > SENTENCE_HIGH:
                message = (
                    f"the sentence has {lengths[-1]} words, more than {SENTENCE_HIGH}; by its end people lost its start"
                )
                yield passage.finding("JD-015", message, opening(sentence), at=at)
    if sum(lengths) >= MEASURED_WORDS and (mean := sum(lengths) / len(lengths)) > SENTENCE_MEAN:
        message = (
            f"sentences have {mean:.0f} words on average, more than {SENTENCE_MEAN}; style guides ask for 15 to 20"
        )
        yield Finding("JD-015", description.place, message)


def _prose(passages: Iterable[Passage]) -> list[Passage]:
    return [passage for passage in passages if len(passage.words) >= _FRAGMENT]


def _leaning(description: Description, passages: list[Passage]) -> Iterator[Finding]:
    found = balance(passage.text for passage in passages)
    if found.leaning:
        listed = {side: _listed(getattr(found, side)) for side in ("masculine", "feminine")}
        message = (
            f"strongly {found.leaning}-coded: {len(found.masculine)} masculine words ({listed['masculine']}), "
            f"{len(found.feminine)} feminine ({listed['feminine']}) in {found.words}; what this does is disputed"
        )
        yield Finding("JD-018", description.place, message)


def _listed(found: Iterable[str]) -> str:
    """Words with how often each stands there, in the order of the text."""
    times = Counter(found)
    return ", ".join(word if count == 1 else f"{word} ×{count}" for word, count in times.items()) or "none"


def _acronyms(description: Description, passages: list[Passage]) -> Iterator[Finding]:
    text = "\n".join(passage.text for passage in passages)
    found = dict.fromkeys(match[0].removesuffix("s") for match in _ACRONYM.finditer(_CAPITALS.sub(" ", text)))
    short = [acronym for acronym in found if acronym not in _KNOWN and not _is_expanded(acronym, text)]
    if len(short) > ACRONYMS_HIGH:
        message = f"{len(short)} acronyms stand without what they mean, more than {ACRONYMS_HIGH}: {', '.join(short)}"
        yield Finding("JD-038", description.place, f"{message}; people from outside don't know them")


def _is_expanded(acronym: str, text: str) -> bool:
    """Whether an acronym stands once in brackets, or words in brackets follow it: `SQL (Structured ...)`."""
    return f"({acronym})" in text or bool(re.search(re.escape(acronym) + r"s? \([a-zA-Z]{3,}", text))
