"""What places ask of postings and of AI in hiring, as dated data; which of it holds for a place on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from jdgen.source import read_source
from jdgen.spec.base import Country, Flag, Positive, Spec, Version, Word
from jdgen.spec.file import SpecFile

DATA = Path(__file__).parent / "data" / "jurisdictions.yaml"

Day = Annotated[Word, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Code = Annotated[Word, Field(pattern=r"^(EU|[A-Z]{2}(-[A-Z0-9]{1,3}){0,2})$")]
Status = Literal["in_force", "partly_in_force", "upcoming", "deferred", "directive", "repealed"]
Verified = Literal["seen", "partial", "secondary", "own"]
Duty = Literal[
    "pay_range",
    "benefits_general",
    "other_compensation",
    "application_deadline",
    "how_to_apply",
    "job_description_if_exists",
    "commission_statement",
    "tipped_statement",
    "vacancy_status",
    "ai_use_statement",
    "no_canadian_experience",
    "gender_neutral_title",
]


class Threshold(Spec):
    """From what size on an employer is bound."""

    noun = "a threshold"

    employees: Positive = Field(description="The fewest employees.")
    counts: Word = Field(description="Who is counted, in words.")


class Dated(Spec):
    """What begins on a day."""

    status: Status = Field(description="What it was on the day on which the data were read.")
    effective: Day = Field(description="The first day.")
    sources: tuple[Word, ...] = Field((), description="Where it was read.")
    verified: Verified = Field(description="How it was verified.")

    def is_in_force(self, on: str) -> bool:
        """Whether it binds employers on that day. A directive binds states; what is repealed binds nobody."""
        return self.status not in ("directive", "repealed") and self.effective <= on

    def is_upcoming(self, on: str) -> bool:
        """Whether it will bind employers after that day."""
        return self.status not in ("directive", "repealed") and self.effective > on


class Jurisdiction(Dated):
    """One place's duties for postings."""

    noun = "a jurisdiction"

    code: Code = Field(description="ISO 3166, for a city with a part of its own.")
    name: Word = Field(description="The place's name.")
    parent: Code | None = Field(None, description="The place it lies in.")
    cities: tuple[Word, ...] = Field((), description="For a city, how it is written.")
    effective_note: Word | None = Field(None, description="What to know of the first day.")
    amended: Day | None = Field(None, description="When it was changed.")
    enforced_from: Day | None = Field(None, description="When it is enforced, if later.")
    threshold: Threshold = Field(description="Which employers it binds.")
    trigger: Literal["posting", "on_request", "before_interview", "after_interview"] = Field(
        description="When pay is told."
    )
    must_include: tuple[Duty, ...] = Field((), description="What a posting has to say.")
    max_range_width: Positive | None = Field(None, description="The widest range of yearly pay.")
    range_exempt_above: Positive | None = Field(None, description="Pay above which no range is asked for.")
    commission_only: Literal["statement", "exempt"] | None = Field(
        None, description="What is asked where all pay is commission, if not a range."
    )
    salary_history_ban: Flag = Field(False, description="Whether applicants must not be asked for past pay.")
    notes: Word | None = Field(None, description="What to know besides.")
    own_fields: tuple[Word, ...] = Field((), description="What was not read in a source.")

    def asks(self, duty: Duty) -> bool:
        """Whether the posting itself must do it."""
        return duty in self.must_include and (duty != "pay_range" or self.trigger == "posting")

    def binds(self, employees: int | None) -> bool:
        """Whether an employer of that size may be bound; an unknown size may."""
        return employees is None or employees >= self.threshold.employees


class AiLaw(Dated):
    """A law on AI in hiring."""

    noun = "a law on AI"

    id: Word = Field(description="A short name.")
    name: Word = Field(description="Its name.")
    places: tuple[Code, ...] = Field(min_length=1, description="Where it holds.")
    remark: Word | None = Field(None, description="What the days mean.")
    notices_from: Day | None = Field(None, description="When notices are due, if later.")
    reach: Word = Field(description="What it reaches.")
    employees: Positive | None = Field(None, description="The fewest employees.")
    in_posting: Flag = Field(False, description="Whether the posting itself must say it.")
    duties: tuple[Word, ...] = Field(description="What it asks.")
    note: Word | None = Field(None, description="What to know besides.")

    def binds(self, employees: int | None) -> bool:
        """Whether an employer of that size may be bound; an unknown size may."""
        return employees is None or employees >= (self.employees or 1)


class JurisdictionFile(SpecFile):
    """The dated data."""

    noun = "a file of jurisdictions"

    jdgen: Version
    title: Word = Field(description="What it is about.")
    as_of: Day = Field(description="The day on which the facts were read.")
    limits: tuple[Word, ...] = Field(description="What the data do not say.")
    eu: tuple[Country, ...] = Field(description="The members of the European Union.")
    jurisdictions: tuple[Jurisdiction, ...] = Field(description="Duties by place.")
    ai_laws: tuple[AiLaw, ...] = Field(description="Laws on AI in hiring.")


@cache
def data() -> JurisdictionFile:
    """The data that ship. Raises JdgenError."""
    return read_source(DATA, DATA.name).model(JurisdictionFile, DATA.stem)


@dataclass(frozen=True)
class Whereabouts:
    """Where a vacancy is: ISO codes and names of cities."""

    places: tuple[str, ...]
    cities: tuple[str, ...] = ()

    @property
    def countries(self) -> list[str]:
        return list(dict.fromkeys(place[:2] for place in self.places))

    def rows(self) -> list[Jurisdiction]:
        """The rows that bear on it, in the order of the data."""
        return [row for row in data().jurisdictions if self._has(row)]

    def ai_laws(self) -> list[AiLaw]:
        """The laws on AI that bear on it, in the order of the data."""
        return [law for law in data().ai_laws if any(self._is_in(code) for code in law.places)]

    def _has(self, row: Jurisdiction) -> bool:
        """A member of the EU that has a row of its own is under that row alone."""
        if row.code != "EU":
            return self._is_in(row.code)
        return "EU" in self.places or bool(set(self.countries) & (set(data().eu) - _own_rows()))

    def _is_in(self, code: str) -> bool:
        if code == "EU":
            return bool(set(self.countries) & {"EU", *data().eu})
        if len(code) == 2:  # a whole country, or a member of the EU where any of them will do
            return code in self.countries or (code in data().eu and "EU" in self.places)
        if code[:2] in self.places:
            return True  # the whole country is open, so each of its parts is
        if any(f"{place}-".startswith(f"{code}-") for place in self.places):
            return True  # the place itself, or a city in it
        return (
            code.count("-") == 2
            and code.rpartition("-")[0] in self.places
            and bool(_folded(self.cities) & _folded(_cities(code)))
        )


def region_of_city(city: str, country: str) -> str | None:
    """The region of a city that has rules of its own, as `US-NY` for New York; None for others."""
    for row in data().jurisdictions:
        if row.cities and row.code.startswith(f"{country}-") and _folded((city,)) & _folded(row.cities):
            return row.parent
    return None


@cache
def _own_rows() -> frozenset[str]:
    return frozenset(row.code for row in data().jurisdictions)


def _cities(code: str) -> Collection[str]:
    return next((row.cities for row in data().jurisdictions if row.code == code), ())


def _folded(names: Iterable[str]) -> set[str]:
    """Names without case, and without a state or country after a comma."""
    return {name.partition(",")[0].strip().casefold() for name in names}
