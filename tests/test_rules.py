"""Every rule shows what breaks it and what keeps it, and each example does what it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jdgen.lint import description, inquiry, law, mixed, wording
from jdgen.lint.authored import description_of
from jdgen.lint.catalog import FILES, guarantees, rule_file, rules
from jdgen.lint.family import families
from jdgen.lint.page import described, page_of
from jdgen.lint.passage import Passage
from jdgen.lint.rule import Finding, Rule
from jdgen.lint.subject import Vacancy
from jdgen.load import Library
from jdgen.places import Place
from jdgen.resolve import resolve_role
from tests import cook

RULES = list(rules().values())
EXAMPLES = [
    pytest.param(rule, text, is_bad, id=f"{rule.code}-{'bad' if is_bad else 'good'}-{number}")
    for rule in RULES
    for is_bad, texts in ((True, rule.bad), (False, rule.good))
    for number, text in enumerate(texts)
]


def of_text(text: str) -> Iterator[Finding]:
    match = re.match(r"\[(\w+)\] (.*)", text, re.DOTALL)
    section, words = (match[1], match[2]) if match else ("", text)
    if section in ("application", "question"):
        yield from inquiry.check(Passage(words, section, Place(None)))
    else:
        yield from wording.check(Passage(words, section, Place(None), is_item=True))


def of_description(text: str) -> Iterator[Finding]:
    whole = described(page_of(text, "example.md"))
    yield from description.check(whole)
    yield from mixed.check(whole, families(Library(Path("none"))))


def of_question(text: str) -> Iterator[Finding]:
    if ":" in text.split("\n", 1)[0] and "competencies" in text:
        yield from of_role(text)
    else:
        yield from inquiry.check(Passage(text, "question", Place(None)))


def of_role(text: str) -> Iterator[Finding]:
    judged = cook.judged(cook.merged(cook.role_tree(), cook.parsed(text)))
    yield from cook.found(judged)
    for asked in judged.questions:
        for words in (asked.question.setup, asked.question.text, *asked.question.probes):
            yield from inquiry.check(Passage(str(words or ""), "question", asked.place), asked.about)


def of_company(text: str) -> Iterator[Finding]:
    yield from cook.found_of_company(cook.merged(cook.company_tree(), cook.parsed(text)))


def of_posting(text: str) -> Iterator[Finding]:
    posting = cook.posting(cook.merged(cook.posting_tree(), cook.parsed(text)))
    company = cook.company()
    role = resolve_role(cook.role_spec(cook.role_tree()), company=company, posting=posting)
    places, cities = law.places_of(posting, company)
    day = str(posting.dates.opens) if posting.dates and posting.dates.opens else rule_file("law").as_of
    where = Place(posting.origin)
    return law.check(Vacancy(description_of(role), where, places, cities, day, role, posting, company))


FINDERS: dict[str, Callable[[str], Iterator[Finding]]] = {
    "text": of_text,
    "description": of_description,
    "question": of_question,
    "competency": of_role,
    "role": of_role,
    "company": of_company,
    "posting": of_posting,
}


def found(rule: Rule, text: str) -> bool:
    return rule.code in {finding.code for finding in FINDERS[rule.of](text)}


@pytest.mark.parametrize(("rule", "text", "is_bad"), EXAMPLES)
def test_an_example_does_what_it_says(rule: Rule, text: str, is_bad: bool) -> None:
    assert found(rule, text) == is_bad


def test_an_example_that_does_otherwise_is_found() -> None:
    rule = rules()["JD-004"]
    assert found(rule, rule.bad[0])
    assert not found(rule.model_copy(update={"code": "JD-005"}), rule.good[0])


def test_codes_are_one_each() -> None:
    codes = [rule.code for name in FILES for rule in rule_file(name).rules]
    assert len(codes) == len(set(codes)) > 100
    assert not set(codes) & set(guarantees())


@pytest.mark.parametrize("name", FILES)
def test_sources_are_there(name: str) -> None:
    file = rule_file(name)
    assert {source for rule in file.rules for source in rule.sources} <= set(file.sources)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_says_what_is_known(rule: Rule) -> None:
    """A rule that says it was seen in a source names the source."""
    assert rule.evidence
    if rule.verified.startswith("seen"):
        assert rule.sources or rule.note


def test_every_rule_of_the_reference_is_a_rule_or_a_guarantee() -> None:
    known = set(rules()) | set(guarantees())
    asked = {f"JD-{n:03}" for n in range(1, 36)} | {f"SI-{n:03}" for n in range(1, 41)}
    assert asked - known == {"JD-034", "SI-028"}  # these two stand for all of PT and PQ
