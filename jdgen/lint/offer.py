"""What a posting says of what the law asks for: its pay, and what it lacks, each with the place to mend."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from jdgen.lint.jurisdiction import Duty
from jdgen.lint.passage import Passage
from jdgen.lint.pay import open_words, pay_figures
from jdgen.lint.rule import compiled
from jdgen.lint.subject import Vacancy
from jdgen.places import Place
from jdgen.spec import Posting
from jdgen.spec.walk import Path, keys_of, parts
from jdgen.vacancy import arranged_sections, benefits, statements

_AI = r"(?:\bAI\b|\bartificial intelligence\b|\bautomated\b|\balgorithm\w*|\bmachine learning\b)"
_HIRING = (
    r"\b(?:applicants?|candidates?|your application|hiring (?:process|decisions?)|recruit(?:ment|ing)|r[ée]sum[ée]s?)\b"
)
_AI_IN_HIRING = rf"{_AI}[^\n]{{0,120}}{_HIRING}|{_HIRING}[^\n]{{0,120}}{_AI}"
_BENEFITS = (
    r"\b(?:health|medical|dental|vision)\b",
    r"\b(?:401|pension|retirement|superannuation|RRSP)",
    r"\b(?:paid time off|PTO|vacation|holidays?|(?:annual|paid|parental|sick|family) leave|days? off|sick days)\b",
    r"\b(?:life|disability|accident) (?:insurance|cover)",
    r"\b(?:stipend|allowance|reimburse\w*|tuition|commuter|transit|meal|gym|child ?care)\b",
)
_OTHER_PAY = (
    r"\b(?:bonus(?:es)?|commissions?|equity|stock|shares|RSUs?|profit[- ]sharing|differentials?|tips|gratuities"
    r"|other (?:pay|compensation))\b"
)
_DEADLINE = (
    r"\b(?:apply (?:by|before|until)|deadline|clos(?:es|ing)(?: date)?|open until|until filled|rolling basis"
    r"|ongoing basis|applications? (?:\w+ ){0,3}(?:until|through|accepted))\b"
)
_APPLY = (
    r"\b(?:apply (?:at|on|online|via|through|here|by|to|now|with)|to apply"
    r"|send (?:us )?(?:your|a) (?:CV|r[ée]sum[ée]|application))\b|\S+@\S+\.\w"
)
_VACANCY = (
    r"\b(?:existing|current|actual) (?:vacancy|vacant position)\b|\bvacancy (?:is|already|currently) \w+"
    r"|\b(?:future|talent|candidate) (?:opportunit(?:y|ies)|pool|pipeline|vacanc(?:y|ies))\b"
)
_TIPPED = r"\b(?:bartender|barista|waiter|waitress|wait ?staff|food server|valet|busser|croupier)\b"
_TIPS = r"\b(?:tips?|tipped|gratuit(?:y|ies))\b"
_ON_TARGET = r"\b(?:OTE|on[- ]target earnings|uncapped earnings)\b"
_COMMISSION_ONLY = r"\b(?:commission[- ]only|100 ?% commission|only (?:by|on) commission|straight commission)\b"


class Spot(NamedTuple):
    """What a finding points at."""

    place: Place
    words: str = ""
    occurrence: int = 0


class Pay(NamedTuple):
    """One range of pay, or one fixed pay with equal ends."""

    low: Decimal
    high: Decimal
    currency: str
    period: str
    spot: Spot
    is_open: bool = False

    @property
    def yearly(self) -> tuple[Decimal, Decimal] | None:
        """Low and high for a year; None where that would take a guess at hours or days."""
        times = {"year": 1, "month": 12, "week": 52}.get(self.period)
        return (self.low * times, self.high * times) if times else None


@dataclass(frozen=True)
class Offer:
    """A vacancy read for what the law asks for: by the fields of a spec, or by the words of a finished posting."""

    vacancy: Vacancy

    @cached_property
    def posting(self) -> Posting | None:
        """The posting with its texts in one language, where there is a spec."""
        role = self.vacancy.role
        return role.posting if role and role.posting else self.vacancy.posting

    def spot(self, section: str, *steps: str | int) -> Spot:
        """Where something is missing: the part of a spec, or the section of a finished posting."""
        if self.posting is not None:
            return Spot(self.vacancy.place.below(*steps))
        return Spot(self.vacancy.description.place_of(section))

    @cached_property
    def text(self) -> str:
        """All that candidates read, and what the spec says besides, a line for each part."""
        title = self.vacancy.description.title
        read = [passage.text for passage in self.vacancy.description.passages]
        own = [text for _, text in self._texts()]
        return "\n".join([*([title.text] if title else []), *read, *own, *self._statements()])

    def says(self, pattern: str) -> bool:
        """Whether it has words of a pattern anywhere."""
        return bool(compiled(pattern).search(self.text))

    @property
    def says_of_ai(self) -> bool:
        """Whether it says anything of AI in hiring."""
        company = self.vacancy.company
        return bool(company and "ai-in-hiring" in company.statements) or self.says(_AI_IN_HIRING)

    @property
    def employees(self) -> int | None:
        """How many people the company employs, where that is stated."""
        number = getattr(self.vacancy.company, "employees", None)
        return int(number) if number is not None else None

    @cached_property
    def passages(self) -> list[Passage]:
        """What applicants are told and asked: the posting's own texts, then the description's others."""
        own = [Passage(text, "", self.vacancy.place.below(*path)) for path, text in self._texts()]
        known = {passage.text for passage in own}
        return [*own, *(passage for passage in self.vacancy.description.passages if passage.text not in known)]

    @cached_property
    def pay(self) -> tuple[Pay, ...]:
        """All pay that is stated."""
        return (*self._ranges(), *self._stated())

    def open_ends(self) -> Iterator[Spot]:
        """Words that stand in for pay, and amounts with one end."""
        for passage in self._of_pay():
            for match in open_words(passage.text):
                yield _spot(passage, match[0], match.start())
        yield from (pay.spot for pay in self.pay if pay.is_open)

    @property
    def is_commission_only(self) -> bool:
        return self.says(_COMMISSION_ONLY)

    @cached_property
    def lacks(self) -> dict[Duty, Spot]:
        """What is missing, by the duty, with the place to mend."""
        pay, apply = ("pay", "compensation"), ("apply", "apply")
        missing: dict[Duty, tuple[bool, tuple[str, str]]] = {
            "pay_range": (not self.pay, pay),
            "benefits_general": (not self._benefits(), ("benefits", "benefits")),
            "other_compensation": (not self._has_other_pay(), pay),
            "application_deadline": (not self._has_deadline(), ("apply", "dates")),
            "how_to_apply": (not self._has_apply(), apply),
            "commission_statement": (self._is_on_target() and not self.says(r"\bcommissions?\b"), pay),
            "tipped_statement": (self._is_tipped() and not self.says(_TIPS), pay),
            "vacancy_status": (not self.says(_VACANCY), ("conditions", "extra_sections")),
            "ai_use_statement": (not self.says_of_ai, ("hiring", "extra_sections")),
        }
        return {duty: self.spot(*where) for duty, (is_missing, where) in missing.items() if is_missing}

    def vague_benefits(self, pattern: str) -> Spot | None:
        """Benefits that are praised more than told; None where at least two kinds are named."""
        passages = self._benefits()
        text = "\n".join(passage.text for passage in passages)
        if sum(bool(compiled(kind).search(text)) for kind in _BENEFITS) > 1:
            return None
        found = ((passage, compiled(pattern).search(passage.text)) for passage in passages)
        return next((_spot(passage, match[0], match.start()) for passage, match in found if match), None)

    def matches(self, pattern: str, unless: str | None = None) -> Iterator[Spot]:
        """Words of a pattern in what applicants read or are asked, except in sentences that have words of `unless`."""
        for passage in self.passages:
            yield from _matches(passage, pattern, unless)

    def title_matches(self, pattern: str, unless: str | None = None) -> Iterator[Spot]:
        """Words of a pattern in the title, unless the title with its suffix has words of `unless`."""
        role, title = self.vacancy.role, self.vacancy.description.title
        suffix = self.posting.title_suffix if self.posting else None
        passage = title or (Passage(role.title, "title", self.vacancy.place) if role else None)
        if passage and not (unless and isinstance(suffix, str) and compiled(unless).search(suffix)):
            yield from _matches(passage, pattern, unless)

    def _texts(self) -> Iterator[tuple[Path, str]]:
        """The posting's own texts for applicants, each with its path; nothing for a finished posting."""
        for path, part in parts(self.posting) if self.posting else ():
            if path[:1] in (("hiring_team",), ("classification",)) or getattr(part, "audience", "public") == "internal":
                continue
            for field, key in keys_of(type(part)):
                value = getattr(part, field)
                if isinstance(value, str) and " " in value:
                    yield (*path, key), str(value)

    def _statements(self) -> Iterator[str]:
        """The company's statements in the wordings for the posting."""
        role = self.vacancy.role
        for statement in statements(role) if role else ():
            yield from (str(wording.text) for wording in statement.wordings)

    def _ranges(self) -> Iterator[Pay]:
        company, compensation = self.vacancy.company, self.posting.compensation if self.posting else None
        for position, pay in enumerate(compensation.ranges if compensation else ()):
            currency = pay.currency or (company.currency if company else None) or ""
            place = self.vacancy.place.below("compensation", "ranges", position)
            yield Pay(pay.min, pay.max if pay.max is not None else pay.min, currency, pay.period, Spot(place))

    def _stated(self) -> Iterator[Pay]:
        """Pay in words; beside the ranges of a spec it is not looked for."""
        if self.posting and self.posting.compensation and self.posting.compensation.ranges:
            return
        for passage in self._of_pay():
            for figure in pay_figures(passage.text, passage.section == "pay"):
                yield Pay(*figure[:4], _spot(passage, figure.words, figure.at), figure.is_open)

    def _of_pay(self) -> list[Passage]:
        """Where pay is stated: in a spec what it says of compensation, else anywhere but in what a job is about."""
        if self.posting:
            place = self.vacancy.place
            texts = [(path, text) for path, text in self._texts() if path[0] in ("compensation", "extra_sections")]
            return [Passage(text, "pay", place.below(*path)) for path, text in texts]
        elsewhere = ("responsibilities", "required", "preferred", "success", "title")
        return [passage for passage in self.vacancy.description.passages if passage.section not in elsewhere]

    def _benefits(self) -> list[Passage]:
        """What is said of benefits."""
        role = self.vacancy.role
        if self.posting and role:
            shown = "benefits" in arranged_sections(role)
            place = self.vacancy.place
            sets = [(place.below("benefits"), str(item.text)) for one in benefits(role) for item in one.items]
            extra = [(place.below(*path), text) for path, text in self._texts() if path[0] == "extra_sections"]
            told = [*(sets if shown else []), *(one for one in extra if _names_benefits(one[1]))]
            return [Passage(text, "", place) for place, text in told]
        passages = self.vacancy.description.passages
        return self.vacancy.description.of("benefits") or [p for p in passages if _names_benefits(p.text)]

    def _has_other_pay(self) -> bool:
        pay = self.posting.compensation if self.posting else None
        return bool(pay and (pay.variable or pay.equity)) or self.says(_OTHER_PAY)

    def _has_deadline(self) -> bool:
        if self.posting is None:
            return self.says(_DEADLINE)
        dates = self.posting.dates
        return bool(dates and (dates.closes or dates.open_until_filled))

    def _has_apply(self) -> bool:
        if self.posting is None:
            return bool(self.vacancy.description.of("apply")) or self.says(_APPLY)
        apply = self.posting.apply
        return bool(apply and (apply.url or apply.email or apply.instructions))

    def _is_on_target(self) -> bool:
        pay = self.posting.compensation if self.posting else None
        return any(one.basis == "on_target" for one in pay.ranges) if pay else self.says(_ON_TARGET)

    def _is_tipped(self) -> bool:
        return next(self.title_matches(_TIPPED), None) is not None


def _names_benefits(text: str) -> bool:
    return bool(re.search(r"\bbenefits\b", text, re.IGNORECASE)) or any(compiled(one).search(text) for one in _BENEFITS)


def _matches(passage: Passage, pattern: str, unless: str | None) -> Iterator[Spot]:
    for start, sentence in passage.sentences():
        match = compiled(pattern).search(sentence)
        if match and not (unless and compiled(unless).search(sentence)):
            yield _spot(passage, match[0], start + match.start())


def _spot(passage: Passage, words: str, at: int) -> Spot:
    return Spot(passage.place, words, passage.text.count(words, 0, at))
