"""Competencies: what is assessed, and how a good answer is told from a poor one."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from jdgen.spec.base import Flag, Id, Int, Minutes, Positive, Spec, Text, Version, Word
from jdgen.spec.file import SpecFile


class SampleAnswer(Spec):
    """A written answer with the rating that reviewers agreed on, to calibrate interviewers."""

    noun = "a sample answer"

    rating: Int = Field(description="The agreed rating.")
    text: Text = Field(description="The answer, as a candidate might say it.")
    why: Text = Field(description="Why it earns that rating.")


class Question(Spec):
    """One lead question with its probes and signals."""

    noun = "a question"

    id: Id = Field(description="Unique within the role; stages refer to it.")
    kind: Literal["behavioral", "situational", "technical", "work_sample"] = Field(
        description="What the question asks for: past behavior, a situation, reasoning, or work on material."
    )
    text: Text = Field(description="The question as the interviewer reads it aloud.")
    minutes: Minutes = Field(description="Minutes for the answer with its probes.")
    setup: Text | None = Field(None, description="What to say or hand over before the question.")
    materials: tuple[Text, ...] = Field((), description="What to have ready.")
    probes: tuple[Text, ...] = Field((), description="Follow-ups, the same for every candidate.")
    strong: tuple[Text, ...] = Field((), description="What a strong answer contains.")
    weak: tuple[Text, ...] = Field((), description="What a weak answer looks like.")
    red_flags: tuple[Text, ...] = Field((), description="What must be written down if it is heard.")
    levels: tuple[Id, ...] = Field((), description="Levels it is meant for; all if none is named.")
    send_in_advance: Flag = Field(False, description="Whether candidates get it beforehand.")
    pilot: Text | None = Field(None, description="Pilot status: untried, or who tried it and when.")
    sample_answers: tuple[SampleAnswer, ...] = Field((), description="Rated answers for calibration.")
    source: Word | None = Field(None, description="A source's id, or 'inferred'.")


class Competency(Spec):
    """What is assessed: a definition, an anchor for each point of the scale, questions."""

    noun = "a competency"

    name: Text = Field(description="The competency's name, as scorecards print it.")
    definition: Text = Field(description="What someone with this competency does, in one or two sentences.")
    category: Literal["technical", "delivery", "interpersonal", "leadership", "domain", "values"] = Field(
        "technical", description="The competency's family."
    )
    aliases: tuple[Text, ...] = Field((), description="Other names it goes by.")
    not_the_same_as: tuple[Text, ...] = Field((), description="What it is easily confused with.")
    anchors: dict[Int, Text] = Field(
        min_length=1, description="For each point of the rating scale, what the person did or said."
    )
    strong: tuple[Text, ...] = Field((), description="Signals of strength across questions.")
    weak: tuple[Text, ...] = Field((), description="Signals of weakness across questions.")
    red_flags: tuple[Text, ...] = Field((), description="What calls the hire into question by itself.")
    questions: tuple[Question, ...] = Field((), description="The questions that assess it.")
    source: Word | None = Field(None, description="A source's id, or 'inferred'.")


class SharedCompetency(Competency, SpecFile):
    """A file in `role_specs/competencies/`."""

    jdgen: Version = Field(description="The format's version: 1.")


class _Use(Spec):
    """How a role weighs a competency."""

    importance: Literal["required", "preferred"] = Field(
        "required", description="Whether a hire must meet the bar on it."
    )
    weight: Positive | None = Field(None, description="Share of the total, relative to the others.")
    weight_reason: Text | None = Field(None, description="Why the weight is not equal to the others.")
    target: Int | None = Field(None, description="The rating that meets the bar.")
    minimum: Int | None = Field(None, description="A rating below this can't be bought back elsewhere.")
    focus: Text | None = Field(None, description="What this role in particular looks for.")


class RoleCompetency(Competency, _Use):
    """A competency written in the role itself."""

    id: Id = Field(description="What items, stages and levels refer to.")

    @property
    def key(self) -> str:
        """What the role calls it."""
        return self.id


class CompetencyUse(_Use):
    """A reference to a shared competency."""

    noun = "a competency's use"

    use: Id = Field(description="The file's name in role_specs/competencies/, without .yaml.")
    questions: tuple[Question, ...] = Field((), description="This role's own questions, beside the shared.")

    @property
    def key(self) -> str:
        """What the role calls it."""
        return self.use


def _tell(value: object) -> str:
    is_use = "use" in value if isinstance(value, dict) else hasattr(value, "use")
    return "<use>" if is_use else "<inline>"


AnyCompetency = Annotated[
    Annotated[CompetencyUse, Tag("<use>")] | Annotated[RoleCompetency, Tag("<inline>")],
    Discriminator(_tell),
]
