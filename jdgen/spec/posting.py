"""A posting: one vacancy, with place, pay, contract and dates. Names follow schema.org JobPosting."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from jdgen.spec.base import (
    Amount,
    Country,
    Currency,
    EmploymentType,
    Flag,
    Id,
    Language,
    Positive,
    Region,
    RichText,
    Spec,
    Text,
    Version,
    Word,
)
from jdgen.spec.file import SpecFile
from jdgen.spec.item import Item
from jdgen.spec.level import Patch
from jdgen.spec.section import Arrangement, ExtraSection

Period = Literal["hour", "day", "week", "month", "year"]


class Employment(Spec):
    """One kind of contract that the vacancy is open to."""

    noun = "an employment"
    shorthand = "type"

    type: EmploymentType = Field(description="How much, or in what form.")
    term: Literal["permanent", "fixed"] | None = Field(None, description="For good or for a time.")
    duration: Text | None = Field(None, description="For how long, if fixed.")
    contract: Text | None = Field(None, description="The contract's own name, such as CDI or W-2.")
    hours_per_week: Text | None = Field(None, description="Hours, such as '37:30'.")
    schedule: Text | None = Field(None, description="When the hours are.")
    shift: Text | None = Field(None, description="The shift.")
    benefits: Id | None = Field(None, description="The company's benefit set for this contract.")
    note: Text | None = Field(None, description="A remark.")


class TimeZones(Spec):
    """A band of time zones."""

    noun = "a time-zone band"

    earliest: Word = Field(description="Such as UTC-3.")
    latest: Word = Field(description="Such as UTC+3.")


class Location(Spec):
    """A place of work, with its own rules."""

    noun = "a location"

    office: Id | None = Field(None, description="One of the company's offices.")
    city: Text | None = Field(None, description="The city.")
    region: Region | None = Field(None, description="ISO 3166-2, such as US-CA.")
    country: Country | None = Field(None, description="ISO 3166-1, such as DE.")
    postal_code: Word | None = Field(None, description="The postal code.")
    address: Text | None = Field(None, description="Street and number, if no office says it.")
    workplace: Literal["on_site", "hybrid", "remote"] | None = Field(None, description="Where the work is done.")
    days_on_site: Text | None = Field(None, description="How many days a week or month.")
    remote_from: tuple[Country, ...] = Field((), description="Countries one may work from.")
    time_zones: TimeZones | None = Field(None, description="The band one must be in.")
    employment: EmploymentType | None = Field(None, description="The only contract offered here.")
    note: Text | None = Field(None, description="A remark.")

    @model_validator(mode="after")
    def _somewhere(self) -> Location:
        if not (self.office or self.country or self.remote_from):
            raise PydanticCustomError("location_nowhere", "a location needs an office, a country or remote_from")
        return self


class PayRange(Spec):
    """One range of pay, with what it holds for."""

    noun = "a pay range"

    min: Amount = Field(description="The lowest pay offered.")
    max: Amount | None = Field(None, description="The highest; absent for a fixed pay.")
    currency: Currency | None = Field(None, description="ISO 4217; the company's if absent.")
    period: Period = Field("year", description="What the amounts are for.")
    basis: Literal["base", "total_cash", "on_target"] = Field("base", description="What they include.")
    level: Id | None = Field(None, description="The level it holds for.")
    location: Text | None = Field(None, description="The place it holds for.")
    employment: EmploymentType | None = Field(None, description="The contract it holds for.")
    note: Text | None = Field(None, description="A remark.")

    @model_validator(mode="after")
    def _ordered(self) -> PayRange:
        if self.max is not None and self.max < self.min:
            raise PydanticCustomError("range_order", "the range ends below where it begins")
        return self


class Compensation(Spec):
    """What the job pays."""

    noun = "the compensation"

    ranges: tuple[PayRange, ...] = Field((), description="Pay ranges; each with its own currency.")
    variable: tuple[Item, ...] = Field((), description="Bonus, commission.")
    equity: Text | None = Field(None, description="Shares or options.")
    overtime: Text | None = Field(None, description="How overtime is paid.")
    statement: RichText | None = Field(None, description="A sentence on pay, or instead of numbers.")


class Classification(Spec):
    """Where the job stands in a pay or service classification."""

    noun = "a classification"

    grade: Word | None = Field(None, description="The grade.")
    step: Word | None = Field(None, description="The step.")
    series: Word | None = Field(None, description="The series or class.")
    flsa: Literal["exempt", "non_exempt"] | None = Field(None, description="US overtime status.")
    union: Text | None = Field(None, description="The union or bargaining unit.")
    agreement: Text | None = Field(None, description="The collective agreement.")
    civil_service: Text | None = Field(None, description="The status in a civil service.")
    pay_group: Word | None = Field(None, description="The pay group or table.")


class WorkAuthorization(Spec):
    """Who may work here, and whether the employer helps."""

    noun = "the work authorization"

    sponsorship: Literal["yes", "no", "case_by_case"] | None = Field(None, description="Visa sponsorship.")
    text: Text | None = Field(None, description="The employer's own wording.")


class Check(Spec):
    """A check before or after an offer."""

    noun = "a check"
    shorthand = "text"

    text: Text = Field(description="What is checked.")
    when: Text | None = Field(None, description="When, such as 'after a conditional offer'.")


class Dates(Spec):
    """When the vacancy opens, closes, and is decided; text as typed, never converted."""

    noun = "the dates"

    opens: Text | None = Field(None, description="First day.")
    closes: Text | None = Field(None, description="Last day, with time and zone if it matters.")
    review_from: Text | None = Field(None, description="When applications are first read.")
    open_until_filled: Flag = Field(False, description="Whether it stays open.")
    decision_by: Text | None = Field(None, description="When applicants hear.")
    start: Text | None = Field(None, description="First day of work.")


class Apply(Spec):
    """How to apply."""

    noun = "how to apply"

    url: Word | None = Field(None, pattern=r"^https?://\S+$", description="Where.")
    email: Word | None = Field(None, pattern=r"^[^@\s]+@[^@\s]+$", description="To whom.")
    documents: tuple[Item, ...] = Field((), description="What to send.")
    instructions: RichText | None = Field(None, description="Anything else.")


class ScreeningQuestion(Spec):
    """A question on the application form."""

    noun = "a screening question"

    text: Text = Field(description="The question.")
    options: tuple[Text, ...] = Field((), description="The answers offered.")
    knockout: Flag = Field(False, description="Whether an answer can end the application.")


class Contact(Spec):
    """Someone to ask."""

    noun = "a contact"

    name: Text = Field(description="Who.")
    role: Text | None = Field(None, description="What they do.")
    email: Word | None = Field(None, pattern=r"^[^@\s]+@[^@\s]+$", description="Their e-mail address.")
    phone: Word | None = Field(None, description="Their telephone number.")


class HiringTeam(Spec):
    """Who hires for this vacancy."""

    noun = "the hiring team"

    manager: Text | None = Field(None, description="The hiring manager.")
    recruiter: Text | None = Field(None, description="The recruiter.")
    panel: tuple[Text, ...] = Field((), description="Interviewers.")


class Posting(SpecFile):
    """One vacancy."""

    noun = "a posting"

    jdgen: Version = Field(description="The format's version: 1.")
    role: Id = Field(description="The role it is for.")
    company: Id | None = Field(None, description="Who hires.")
    level: Id | None = Field(None, description="The level it is for.")
    also_levels: tuple[Id, ...] = Field((), description="Further levels it is open to.")
    language: Language | None = Field(None, description="The posting's language.")
    also_in: tuple[Language, ...] = Field((), description="Further languages for what candidates get.")
    languages_as: Literal["apart", "together"] = Field(
        "apart", description="A document for each language, or all languages in one."
    )
    title_suffix: Text | None = Field(None, description="Added to the title, such as (m/w/d).")
    specialty: Text | None = Field(None, description="Stands for {specialty} in titles, such as Vision.")
    identifiers: dict[Word, Word] = Field({}, description="Numbers of the vacancy, as text, by what they are called.")
    pinned: Word | None = Field(None, description="The version at which its kit stays; 'jdgen pin' sets it.")
    tracking_codes: tuple[Word, ...] = Field((), description="Codes for job boards, kept out of documents.")
    department: Text | None = Field(None, description="The department.")
    openings: Positive | None = Field(None, description="How many people are hired.")
    employment: tuple[Employment, ...] = Field((), description="Contracts it is open to.")
    locations: tuple[Location, ...] = Field((), description="Places, each with its rules.")
    compensation: Compensation | None = Field(None, description="Pay.")
    benefits: tuple[Id, ...] = Field((), description="The company's benefit sets; those that apply if none.")
    classification: Classification | None = Field(None, description="Grade, union, agreement.")
    work_authorization: WorkAuthorization | None = Field(None, description="Who may work here.")
    checks: tuple[Check, ...] = Field((), description="Background checks and the like.")
    travel: Text | None = Field(None, description="Travel.")
    relocation: Text | None = Field(None, description="Help with moving.")
    dates: Dates | None = Field(None, description="Opening, closing, decision, start.")
    apply: Apply | None = Field(None, description="How to apply.")
    screening_questions: tuple[ScreeningQuestion, ...] = Field((), description="On the application form.")
    contact: Contact | None = Field(None, description="Someone to ask.")
    hiring_team: HiringTeam | None = Field(None, description="Who hires.")
    patch: Patch | None = Field(None, description="What this vacancy changes in the role.")
    sections: Arrangement | None = Field(None, description="Own headings and order of this vacancy.")
    extra_sections: tuple[ExtraSection, ...] = Field((), description="Sections of this vacancy alone.")
