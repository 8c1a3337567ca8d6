"""A vacancy with the law that bears on it, and how findings name that law."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from jdgen.lint.catalog import rule_file, rules
from jdgen.lint.jurisdiction import AiLaw, Duty, Jurisdiction, Whereabouts, data
from jdgen.lint.offer import Offer, Spot
from jdgen.lint.rule import Finding, Rule
from jdgen.lint.subject import Vacancy
from jdgen.problem import Severity

NAMED = 5
"""How many places a finding names."""


@dataclass(frozen=True)
class Case:
    """A vacancy with the law that bears on it."""

    vacancy: Vacancy

    @cached_property
    def offer(self) -> Offer:
        return Offer(self.vacancy)

    @cached_property
    def whereabouts(self) -> Whereabouts:
        return Whereabouts(self.vacancy.places, self.vacancy.cities)

    @cached_property
    def all_rows(self) -> list[Jurisdiction]:
        """The rows of its places, whatever the size of the employer."""
        return self.whereabouts.rows()

    @cached_property
    def rows(self) -> list[Jurisdiction]:
        return [row for row in self.all_rows if row.binds(self.offer.employees)]

    def asking(self, duty: Duty) -> list[Jurisdiction]:
        """The rows in force that ask for it in the posting; else directives that do."""
        asking = [row for row in self.rows if row.asks(duty) and not self._is_released(row, duty)]
        return self.in_force(asking) or [row for row in asking if row.status == "directive"]

    def in_force(self, rows: Iterable[Jurisdiction]) -> list[Jurisdiction]:
        return [row for row in rows if row.is_in_force(self.vacancy.on)]

    def _is_released(self, row: Jurisdiction, duty: Duty) -> bool:
        """Whether pay need not be a range there: all of it is commission."""
        return duty == "pay_range" and row.commission_only is not None and self.offer.is_commission_only

    def label(self, row: Jurisdiction, of_any_size: bool = False) -> str:
        """A row with its days, as findings name it; with the size of employers, unless that does not matter."""
        if row.status == "directive":
            return f"{row.code} (a directive, due {row.effective}; it binds states)"
        since = "since" if row.effective <= self.vacancy.on else "from"
        notes = [f"enforced from {row.enforced_from}"] if (row.enforced_from or "") > self.vacancy.on else []
        if not of_any_size and self.offer.employees is None and row.threshold.employees > 1:
            notes.append(f"for employers of {row.threshold.employees} or more")
        notes += [row.effective_note] if row.effective_note else []
        notes += ["not verified"] if row.verified == "own" else []
        notes += ["day not verified"] if "effective" in row.own_fields else []
        return f"{row.code} {since} {row.effective}" + (f" ({', '.join(notes)})" if notes else "")

    def of_rows(
        self, code: str, spot: Spot, rows: list[Jurisdiction], severity: Severity | None = None, text: str = ""
    ) -> Finding:
        """A finding of a rule that names the places that ask for it."""
        labels = listed([self.label(row, of_any_size=code == "PT-salary-history") for row in rows])
        message = f"{text or rule_of(code).message or rule_of(code).rule}: {labels}"
        return finding(code, spot, message, sources_of(rows), severity or _graveness(rows))


def rule_of(code: str) -> Rule:
    """The rule of a code."""
    return rules()[code]


def finding(
    code: str, spot: Spot, message: str, sources: Iterable[str] = (), severity: Severity | None = None
) -> Finding:
    """A finding whose hint has the day of the data and the first source."""
    source = next(iter(sources), "")
    hint = f"{rule_of(code).instead} (as of {data().as_of}{': ' + source if source else ''})"
    return Finding(code, spot.place, message, spot.words, hint, severity, spot.occurrence)


def cited(code: str) -> list[str]:
    """Where a rule itself was read."""
    sources = rule_file("law").sources
    return [url for id in rule_of(code).sources if (url := sources[id].url)]


def sources_of(rows: Iterable[Jurisdiction | AiLaw]) -> list[str]:
    """Where the law of rows was read."""
    return [source for row in rows for source in row.sources]


def _graveness(rows: list[Jurisdiction]) -> Severity | None:
    """A directive binds no employer, and what nobody verified fails no run."""
    if all(row.status == "directive" for row in rows):
        return "info"
    return "warning" if all(row.verified == "own" for row in rows) else None


def listed(labels: list[str]) -> str:
    """Labels with commas between; of many, the first and how many more there are."""
    more = len(labels) - NAMED
    return ", ".join(labels[:NAMED]) + (f" and {more} more" if more > 0 else "")
