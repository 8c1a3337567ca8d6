"""The company: who hires, by what scales, with what statements. It is also the configuration."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from jdgen.spec.appearance import Appearance
from jdgen.spec.base import (
    Country,
    Currency,
    EmploymentType,
    Flag,
    Id,
    Int,
    Language,
    Place,
    Positive,
    RichText,
    Spec,
    Text,
    Version,
    Word,
)
from jdgen.spec.file import SpecFile
from jdgen.spec.item import Item
from jdgen.spec.judgment import Judgment
from jdgen.spec.section import Arrangement


class Value(Spec):
    """Something the company stands for."""

    noun = "a value"

    name: Text = Field(description="The value.")
    description: Text | None = Field(None, description="What it means here.")
    look_for: tuple[Text, ...] = Field((), description="What interviewers look for.")


class Office(Spec):
    """A place of work."""

    noun = "an office"

    id: Id = Field(description="What postings refer to.")
    name: Text | None = Field(None, description="What it is called.")
    city: Text | None = Field(None, description="The city.")
    region: Word | None = Field(None, pattern=r"^[A-Z]{2}-[A-Z0-9]{1,3}$", description="ISO 3166-2.")
    country: Country = Field(description="ISO 3166-1, two letters.")
    postal_code: Word | None = Field(None, description="The postal code.")
    address: Text | None = Field(None, description="Street and number.")


class Applies(Spec):
    """To whom a set of benefits applies."""

    noun = "a condition"

    countries: tuple[Country, ...] = Field((), description="Countries.")
    employment: tuple[EmploymentType, ...] = Field((), description="Employment types.")
    levels: tuple[Id, ...] = Field((), description="Levels.")


class BenefitSet(Spec):
    """Benefits that go together."""

    noun = "a benefit set"

    title: Text | None = Field(None, description="The set's heading.")
    applies_to: Applies | None = Field(None, description="To whom; everyone if absent.")
    items: tuple[Item, ...] = Field(min_length=1, description="The benefits.")
    footnote: Text | None = Field(None, description="A remark under the list.")


class Statement(Spec):
    """A statement that postings carry, if need be in its own wording by place."""

    noun = "a statement"
    shorthand = "text"

    title: Text | None = Field(None, description="Its heading, if it has one.")
    text: RichText = Field(description="The wording that holds everywhere else.")
    by_place: dict[Place, RichText] = Field({}, description="Own wording for a country or region.")


class ScalePoint(Spec):
    """One point of a scale."""

    noun = "a point of the scale"

    value: Int | None = Field(None, description="The number; anchors are written by it.")
    label: Text = Field(description="What it is called.")
    definition: Text | None = Field(None, description="When to give it.")


class RatingScale(Spec):
    """The points a competency is rated on."""

    noun = "a rating scale"

    points: Annotated[tuple[ScalePoint, ...], Field(min_length=3, max_length=7)]
    not_assessed: Text | None = Field(None, description="The wording for 'not assessed'.")

    @model_validator(mode="after")
    def _numbered(self) -> RatingScale:
        values = [point.value for point in self.points]
        if None in values or len(set(values)) < len(values):
            raise PydanticCustomError("scale_values", "each point of a rating scale needs its own value")
        return self


class RecommendationScale(Spec):
    """The overall recommendation; a scale of its own."""

    noun = "a recommendation scale"

    points: Annotated[tuple[ScalePoint, ...], Field(min_length=2, max_length=7)]


class HiringRules(Spec):
    """Rules that hold for every interview."""

    noun = "the hiring rules"

    submit_within_hours: Positive | None = Field(None, description="Hours until a scorecard is due.")
    independent_before_debrief: Flag = Field(True, description="Ratings are written before anyone talks.")
    forbidden_topics: tuple[Item, ...] = Field((), description="What interviewers must not ask about.")


class Company(SpecFile):
    """Who hires."""

    noun = "a company"

    jdgen: Version = Field(description="The format's version: 1.")
    name: Text = Field(description="The name candidates know.")
    legal_name: Text | None = Field(None, description="The name in the register.")
    fictional: Flag = Field(False, description="A sample: documents say so, and it is never taken by default.")
    website: Word | None = Field(None, pattern=r"^https?://\S+$", description="The company's site.")
    careers_url: Word | None = Field(None, pattern=r"^https?://\S+$", description="Its careers page.")
    language: Language | None = Field(None, description="The language of its documents.")
    voice: Literal["formal", "informal"] | None = Field(
        None, description="How documents address people, where the language has two ways."
    )
    spelling: Literal["en-US", "en-GB"] | None = Field(
        None, description="Which spelling of English texts keep to; that of the language if absent."
    )
    currency: Currency | None = Field(None, description="The currency of pay ranges that name none.")
    about: RichText | None = Field(None, description="Who the company is, in two or three sentences.")
    mission: Text | None = Field(None, description="What it is for.")
    stage: Literal["early", "growth", "mature", "public", "agency"] | None = Field(None, description="Where it stands.")
    industry: Text | None = Field(None, description="The industry.")
    size: Text | None = Field(None, description="How many people work there.")
    employees: Positive | None = Field(None, description="How many it employs: many laws bind from a number on.")
    values: tuple[Value, ...] = Field((), description="What it stands for.")
    offices: tuple[Office, ...] = Field((), description="Places of work; postings refer to them.")
    benefits: dict[Id, BenefitSet] = Field({}, description="Benefit sets by id.")
    statements: dict[Id, Statement] = Field(
        {}, description="Statements by id, such as equal-opportunity, accommodation, privacy, ai-in-hiring."
    )
    rating_scale: RatingScale | None = Field(None, description="How competencies are rated.")
    recommendation_scale: RecommendationScale | None = Field(None, description="The overall recommendation.")
    hiring_rules: HiringRules | None = Field(None, description="Rules for every interview.")
    accommodation_contact: Text | None = Field(None, description="Whom candidates ask for adjustments.")
    sections: Arrangement | None = Field(None, description="Own headings and order.")
    house_style: Appearance | None = Field(None, description="Font, colors, paper and logo of Word files.")
    lint: Judgment | None = Field(None, description="Which rules are ignored, and how grave breaches are.")
