"""The role spec: what one file in `role_specs/` says of a role."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, PrivateAttr, model_validator
from pydantic_core import PydanticCustomError

from jdgen.spec.base import Id, Language, NotNegative, RichText, Source, Spec, Text, Version, Word
from jdgen.spec.competency import AnyCompetency, SharedCompetency
from jdgen.spec.duty import Duty, Milestone
from jdgen.spec.file import SpecFile
from jdgen.spec.item import Item
from jdgen.spec.level import Level
from jdgen.spec.plan import InterviewPlan
from jdgen.spec.qualification import Qualifications
from jdgen.spec.section import Arrangement, ExtraSection

CompanyStage = Literal["early", "growth", "mature"]
LevelPages = Literal["together", "apart"]


class OccupationCode(Spec):
    """A code in a public classification of occupations."""

    noun = "an occupation code"

    scheme: Word = Field(description="Such as O*NET-SOC, ISCO-08 or ESCO.")
    code: Word = Field(description="The code as the scheme writes it.")
    title: Text | None = Field(None, description="The scheme's own title for it.")


class PerformanceRange(Spec):
    """Product performance, in percent, between which hiring this role pays; a rough guide."""

    noun = "a performance range"

    least: Annotated[NotNegative, Field(le=100)] = Field(description="From this percentage.")
    most: Annotated[NotNegative, Field(le=100)] = Field(description="To this percentage.")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.least > self.most:
            raise PydanticCustomError("range_order", "the range ends below where it begins")
        return self


class CompanyStageFit(Spec):
    """Whether a company at one stage should hire this role next."""

    noun = "a company stage"

    stage: CompanyStage = Field(description="The company's stage.")
    name: Text | None = Field(None, description="The stage in the company's words.")
    summary: Text = Field(description="Why this role fits at this stage.")
    performance: PerformanceRange | None = Field(None, description="Present product performance, in percent.")
    signals: tuple[Item, ...] = Field((), description="What one sees when this is the next hire.")
    wrong_hire: tuple[Item, ...] = Field((), description="What one sees after hiring it too early or too late.")
    do_not_expect: tuple[Item, ...] = Field((), description="What the role can't promise.")
    source: Word | None = Field(None, description="A source's id, or 'inferred'.")


class Context(Spec):
    """Where the role is found, and when a company needs it."""

    noun = "the context"

    found_in: tuple[Item, ...] = Field((), description="The kinds of employer that have the role.")
    accessibility: Text | None = Field(None, description="How easily a company gets into this layer.")
    positioning: Text | None = Field(None, description="How the role sees the models others provide.")
    company_stage_fit: tuple[CompanyStageFit, ...] = Field((), description="By company stage.")
    caution: Text | None = Field(None, description="How far the guidance reaches.")


class WorkProfile(Spec):
    """Timelines and risk: how the work runs."""

    noun = "a work profile"

    horizon: Literal["short", "medium", "long"] | None = Field(None, description="How far ahead work reaches.")
    typical_timeline: Text | None = Field(None, description="In what unit timelines are counted.")
    risk: Text | None = Field(None, description="How likely a project fails.")
    determinism: Text | None = Field(None, description="How far the outcome can be known in advance.")
    certainty: Literal["high", "medium", "low"] | None = Field(
        None, description="How sure the outcome is before the work begins, beside other roles of the family."
    )
    failure_mode: Text | None = Field(None, description="What failure usually comes from.")
    in_their_words: Text | None = Field(None, description="A sentence that someone in the role would say.")
    source: Word | None = Field(None, description="A source's id, or 'inferred'.")


class Scope(Spec):
    """What the role owns and does not own, how deep it goes, where it leads."""

    noun = "the scope"

    in_: tuple[Item, ...] = Field((), alias="in", description="What the role owns.")
    out: tuple[Item, ...] = Field((), description="What the role does not own.")
    recognized_by: tuple[Text, ...] = Field(
        (), description="Words by which postings ask for this work; `jdgen lint` tells mixed jobs by them."
    )
    depth: Text | None = Field(None, description="How general or special the role is.")
    growth_path: Text | None = Field(None, description="What people in it grow into.")


class Strengths(Spec):
    """What people in the role are good at."""

    noun = "the strengths"

    technical: tuple[Item, ...] = Field((), description="Technical strengths.")
    interpersonal: tuple[Item, ...] = Field((), description="How they work with others.")


class Tool(Spec):
    """A tool, or a category of tools, and how much it matters."""

    noun = "a tool"
    shorthand = "name"

    name: Text = Field(description="The tool, or the category of tools.")
    category: Text | None = Field(None, description="What sort of tool it is.")
    requirement: Literal["required", "preferred", "exposure", "example"] = Field(
        "example", description="How much it matters; an example is never asked for."
    )
    examples: tuple[Text, ...] = Field((), description="Products of the category.")
    source: Word | None = Field(None, description="A source's id, or 'inferred'.")


class Success(Spec):
    """What has been achieved by when, and how it is measured."""

    noun = "success"

    milestones: tuple[Milestone, ...] = Field((), description="What is true after some time.")
    measures: tuple[Item, ...] = Field((), description="How success is measured.")


class Manages(Spec):
    """How many people the role leads."""

    noun = "the people managed"

    direct: NotNegative = Field(0, description="Direct reports.")
    indirect: NotNegative = Field(0, description="Reports of reports.")


class Partner(Spec):
    """Someone the role works with."""

    noun = "a partner"

    who: Text = Field(description="Whom.")
    how: Text | None = Field(None, description="On what, and how.")


class WorkingConditions(Spec):
    """Physical demands, surroundings, hours away."""

    noun = "the working conditions"

    physical: tuple[Item, ...] = Field((), description="Physical demands.")
    environment: tuple[Item, ...] = Field((), description="Surroundings.")
    equipment: tuple[Item, ...] = Field((), description="Equipment used.")
    schedule: Text | None = Field(None, description="Hours, shifts.")
    on_call: Text | None = Field(None, description="On-call duty.")
    travel: Text | None = Field(None, description="Travel.")


class Review(Spec):
    """Someone who read the spec as an expert."""

    noun = "a review"

    by: Text = Field(description="Who.")
    on: Word | None = Field(None, description="When, as 2026-01-31.")
    note: Text | None = Field(None, description="What they looked at.")


class RoleSpec(SpecFile):
    """One role: what it is, what it asks, what it offers, and how it is assessed."""

    noun = "a role"

    jdgen: Version = Field(description="The format's version: 1.")
    title: Text = Field(description="The role's title.")
    tagline: Text | None = Field(None, description="One sentence under the title.")
    aliases: tuple[Text, ...] = Field((), description="Other titles it is known by.")
    family: Text | None = Field(None, description="The family of roles it belongs to.")
    occupation_codes: tuple[OccupationCode, ...] = Field((), description="Codes in public classifications.")
    layer: Text | None = Field(None, description="The layer of the stack it works on.")
    language: Language = Field("en", description="The language the spec is written in.")
    summary: RichText = Field(description="What the role is and why it exists.")
    team: RichText | None = Field(None, description="The team around it.")
    reports_to: Text | None = Field(None, description="Whom it reports to.")
    manages: Manages | None = Field(None, description="How many people it leads.")
    works_with: tuple[Partner, ...] = Field((), description="Whom it works with.")
    context: Context | None = Field(None, description="Where it is found, when it is needed.")
    work_profile: WorkProfile | None = Field(None, description="Timelines and risk.")
    scope: Scope | None = Field(None, description="What it owns and does not own.")
    strengths: Strengths | None = Field(None, description="What people in it are good at.")
    tools: tuple[Tool, ...] = Field((), description="Tools and categories of tools.")
    motivators: tuple[Item, ...] = Field((), description="What the work offers; never scored.")
    not_a_fit: tuple[Item, ...] = Field((), description="Who would not be happy in it.")
    responsibilities: tuple[Duty, ...] = Field(min_length=1, description="What the person does.")
    success: Success | None = Field(None, description="What success looks like.")
    qualifications: Qualifications | None = Field(None, description="What a person brings.")
    working_conditions: WorkingConditions | None = Field(None, description="Physical demands and the like.")
    competencies: tuple[AnyCompetency, ...] = Field((), description="What is assessed.")
    levels: tuple[Level, ...] = Field((), description="Grades of the role.")
    level_pages: LevelPages | None = Field(
        None, description="All levels in the role's own documents, or a kit for each."
    )
    default_level: Id | None = Field(None, description="The level whose targets hold if none is named.")
    interview_plan: InterviewPlan | None = Field(None, description="How it is assessed.")
    sections: Arrangement | None = Field(None, description="Own headings and order.")
    extra_sections: tuple[ExtraSection, ...] = Field((), description="Sections of one's own.")
    sources: tuple[Source, ...] = Field((), description="Where statements come from.")
    owner: Text | None = Field(None, description="Who answers for the spec.")
    reviews: tuple[Review, ...] = Field((), description="Who reviewed it.")
    notes: RichText | None = Field(None, description="For the hiring team; in the kit's README.")

    _shared: dict[str, SharedCompetency] = PrivateAttr(default_factory=dict)

    @property
    def shared(self) -> Mapping[str, SharedCompetency]:
        """The shared competencies that the role uses, by name, as far as they were loaded."""
        return self._shared

    def with_shared(self, shared: Mapping[str, SharedCompetency]) -> Self:
        """The same role with the shared competencies that it uses."""
        copy = self.model_copy()
        copy._shared = dict(shared)
        return copy

    @property
    def competency_ids(self) -> list[str]:
        return [entry.key for entry in self.competencies]

    @property
    def question_ids(self) -> list[str]:
        """The ids of all questions, the role's own and the shared."""
        own = [question.id for entry in self.competencies for question in entry.questions]
        return own + [question.id for file in self._shared.values() for question in file.questions]
