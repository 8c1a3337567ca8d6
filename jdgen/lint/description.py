"""Rules of a description as a whole: its length, its lists, and what it has to have (`data/description.yaml`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from jdgen.lint.catalog import rules
from jdgen.lint.contradiction import contradictions
from jdgen.lint.english import is_english
from jdgen.lint.passage import Description, Passage, words
from jdgen.lint.rule import Finding, compiled
from jdgen.lint.spelling import spelling
from jdgen.lint.voice import body, opening, voice
from jdgen.problem import Severity

WORDS_LOW, WORDS_HIGH, WORDS_MOST = 200, 800, 1200
REQUIRED_HIGH, REQUIRED_MOST = 7, 12
PREFERRED_HIGH, DUTIES_HIGH, ITEM_WORDS_HIGH = 5, 10, 30
TITLE_WORDS_HIGH, TITLE_CHARACTERS_HIGH = 8, 70
PAY_SHARE = 0.5
"""The share of the text before which pay must stand."""
GIVEN_SHARE = 1 / 3
"""What the job gives must take at least this share of the sentences that say what it demands."""
_OFFERS = ("offer", "benefits")
_GIVES = re.compile(
    r"\b(?:you(?:'ll| will|’ll)? (?:get|receive|learn|gain|earn)|we (?:offer|provide|give|pay|cover|match|train|teach)|"
    r"paid|pension|vacation|holidays?|leave|training|mentor\w*|bonus|insurance|flexible hours|promotion)\b",
    re.IGNORECASE,
)
_DEMANDS = re.compile(r"\b(?:must|requir\w+|need(?:ed|s)?|essential|mandatory|expected)\b", re.IGNORECASE)
_GOALS = re.compile(
    r"\b(?:first (?:year|month|week|quarter|term|season|\d+ (?:days|months)|(?:three|six|twelve) months)|"
    r"(?:after|within|in) (?:your first|\d+|three|six|twelve) (?:days|weeks|months|year)|by the end of)\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"[$£€₹]\s?\d|\b(?:USD|EUR|GBP|CAD|AUD|NZD|INR|CHF|SEK|Rs\.?)\s?\d|\d\s?(?:€|EUR\b|USD\b|GBP\b|k\b)", re.IGNORECASE
)
_PAY = re.compile(
    r"\b(?:pay|paid|salary|wages?|earn\w*|compensation|remuneration|OTE|hourly|annually|"
    r"(?:per|an?|/) ?(?:hour|year|annum|month|week)|p\.?a\b)|/ ?(?:hr|hour|year|yr)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:location|located|based (?:in|at|on)|remote(?:ly)?|hybrid|on-?site|home[- ]based|from home|workplace|our "
    r"(?:\w+ )?(?:office|clinic|school|site|shop|store|plant|depot|yard|studio|kitchen)|office in|travel between)\b",
    re.IGNORECASE,
)
_APPLY = re.compile(
    r"\b(?:apply|applications?|send (?:us|your)|e-?mail (?:us|your)|closing date|closes)\b|\S@\S", re.IGNORECASE
)
_MINOR = frozenset(
    ("a", "an", "and", "are", "as", "at", "be", "by", "can", "for", "from", "have", "in", "is", "it", "of", "on", "or")
)


def check(description: Description) -> Iterator[Finding]:
    """What is wrong with a description as a whole. What reads words or counts them is for English only."""
    for look in (_repeats, _required, _missing, _goals):
        yield from look(description)
    if is_english(description.language):
        for look in (_length, _title, _mixed, _lists, _given, _pay, _company, voice, contradictions, spelling):
            yield from look(description)


def _count(passages: Iterable[Passage]) -> int:
    return sum(len(passage.words) for passage in passages)


def _items(description: Description, section: str) -> list[Passage]:
    return [passage for passage in description.of(section) if passage.is_item]


def _length(description: Description) -> Iterator[Finding]:
    count = _count(body(description))
    if count > WORDS_HIGH:
        message = f"{count} words are more than {WORDS_HIGH}; few people read so much before they decide"
        yield Finding("JD-001", description.place, message, severity="error" if count > WORDS_MOST else None)
    elif count < WORDS_LOW:
        message = f"{count} words are fewer than {WORDS_LOW}; people can't picture the work from so little"
        yield Finding("JD-001", description.place, message)


def _title(description: Description) -> Iterator[Finding]:
    if (title := description.title) is None:
        return
    count, size = len(title.words), len(title.text)
    if count > TITLE_WORDS_HIGH or size > TITLE_CHARACTERS_HIGH:
        yield title.finding(
            "JD-040",
            f"the title has {count} words and {size} characters, more than {TITLE_WORDS_HIGH} or "
            f"{TITLE_CHARACTERS_HIGH}; lists of jobs cut it off",
        )
    if title.text.isupper() and any(len(word) > 5 for word in title.words):
        yield title.finding("JD-040", "the title is all capitals, which reads as shouting", title.text)


def _repeats(description: Description) -> Iterator[Finding]:
    required = [(item, _meaning(item)) for item in _items(description, "required")]
    for item in _items(description, "preferred"):
        for other, meant in required:
            if _is_same(_meaning(item), meant):
                message = f"'{item.text}' is preferred and, as '{other.text}', required; people can't tell which it is"
                yield item.finding("JD-002", message, item.text)
                break


def _meaning(passage: Passage) -> frozenset[str]:
    """The words of a passage that carry its meaning."""
    return frozenset(word.lower() for word in passage.words) - _MINOR


def _is_same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two items say the same: four of five of their words are in both."""
    return bool(one) and 5 * len(one & other) >= 4 * len(one | other)


def _mixed(description: Description) -> Iterator[Finding]:
    pattern = compiled(rules()["JD-002"].pattern or "")
    for item in _items(description, "required"):
        if match := pattern.search(item.text):
            message = f"'{match[0]}' stands among what is required; people can't tell what they need from what helps"
            yield item.finding("JD-002", message, match[0], at=match.start())


def _required(description: Description) -> Iterator[Finding]:
    count = len(_items(description, "required"))
    if count > REQUIRED_HIGH:
        message = (
            f"{count} items are required, more than {REQUIRED_MOST if count > REQUIRED_MOST else REQUIRED_HIGH}; "
            "in a study people applied when they met a little more than half of what was asked"
        )
        severity: Severity | None = "error" if count > REQUIRED_MOST else None
        yield Finding("JD-003", description.place_of("required"), message, severity=severity)


def _lists(description: Description) -> Iterator[Finding]:
    for section, noun, most in (
        ("preferred", "preferred", PREFERRED_HIGH),
        ("responsibilities", "duties", DUTIES_HIGH),
    ):
        count = len(_items(description, section))
        if count > most:
            message = f"the list has {count} {noun} items, more than {most}; the chief ones are lost among them"
            yield Finding("JD-041", description.place_of(section), message)
    for passage in description.of("responsibilities", "required", "preferred"):
        count = len(passage.words)
        sentences = [len(words(sentence)) for _, sentence in passage.sentences()]
        if passage.is_item and count > ITEM_WORDS_HIGH >= max(sentences):
            message = f"the item has {count} words, more than {ITEM_WORDS_HIGH}; in a list people look for short items"
            yield passage.finding("JD-041", message, opening(passage.text))


def _missing(description: Description) -> Iterator[Finding]:
    for name, why in _absent(description):
        yield Finding("JD-039", description.place, f"{name} is missing; {why}")


def _absent(description: Description) -> Iterator[tuple[str, str]]:
    text = "\n".join(passage.text for passage in description.passages)
    if description.title is None:
        yield "a title", "it is what people search for"
    if not description.of("role", "about", "offer"):
        yield "a summary of the role", "it tells people whether to read on"
    if not description.of("responsibilities") and not any(passage.is_item for passage in description.of("role", "")):
        yield "a list of duties", "people can't tell what they would do"
    if not description.of("required"):
        yield "what is required", "people can't tell whether they fit"
    if description.is_posting and not description.of("conditions") and not _PLACE.search(text):
        yield "where and how the work is done", "people can't tell whether they can get there"
    if description.is_posting and not description.of("apply") and not _APPLY.search(text):
        yield "how to apply", "people can't act on what they read"


def _given(description: Description) -> Iterator[Finding]:
    if description.of(*_OFFERS):
        return
    sentences = [sentence for passage in description.passages for _, sentence in passage.sentences()]
    given = sum(bool(_GIVES.search(sentence)) for sentence in sentences)
    asked = [passage for passage in description.of("required", "preferred") if passage.is_item]
    demanded = len(asked) or sum(bool(_DEMANDS.search(sentence)) for sentence in sentences)
    if demanded and given < GIVEN_SHARE * demanded:
        message = (
            f"{demanded} sentences say what the job demands and {given} what it gives; "
            "ads that say what a job gives drew more and better applicants"
        )
        yield Finding("JD-007", description.place_of("required"), message)


def _pay(description: Description) -> Iterator[Finding]:
    if not description.is_posting:
        return
    passages = ([description.title] if description.title else []) + list(description.passages)
    at = next((number for number, passage in enumerate(passages) if _is_pay(passage)), None)
    if at is None:
        message = "no pay is stated; it is what readers of ads highlight most, and many places ask for it by law"
        yield Finding("JD-008", description.place_of("pay"), message)
    elif (share := _share_before(passages, at)) > PAY_SHARE:
        message = (
            f"pay comes after {share:.0%} of the text; it is what readers highlight most, so it belongs near the top"
        )
        yield passages[at].finding("JD-008", message, opening(passages[at].text), severity="warning")


def _is_pay(passage: Passage) -> bool:
    if passage.section == "pay":
        return bool(re.search(r"\d", passage.text))
    return bool(_AMOUNT.search(passage.text) and _PAY.search(passage.text) and passage.section != "benefits")


def _share_before(passages: Sequence[Passage], at: int) -> float:
    return _count(passages[:at]) / max(1, _count(passages))


def _goals(description: Description) -> Iterator[Finding]:
    has_goals = description.of("success") or any(_GOALS.search(passage.text) for passage in description.passages)
    if not has_goals and description.passages:
        message = "no goal of the first year is named; people can't tell what would count as doing well"
        yield Finding("JD-010", description.place_of("responsibilities"), message)


def _company(description: Description) -> Iterator[Finding]:
    about, duties = _count(description.of("about")), _count(description.of("responsibilities"))
    if about > duties > 0:
        message = f"{about} words are about the company and {duties} about the duties; people came to read of the work"
        yield Finding("JD-011", description.place_of("about"), message)
