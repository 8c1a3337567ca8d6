"""Level overlays: what a grade adds to, takes from, or changes in a role, by explicit verbs."""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

from pydantic import Field

from jdgen.spec.base import Id, Int, Positive, Spec, Text, Word
from jdgen.spec.duty import Duty, Milestone
from jdgen.spec.item import Item
from jdgen.spec.qualification import AnyQualification

T = TypeVar("T")


class ListPatch(Spec, Generic[T]):
    """Changes to a list whose items have ids."""

    noun = "a list's changes"

    add: tuple[T, ...] = Field((), description="Entries to put at the end.")
    remove: tuple[Id, ...] = Field((), description="Ids of entries to leave out.")
    replace: dict[Id, T] = Field({}, description="Entries by the id of the one each replaces.")
    set: tuple[T, ...] | None = Field(None, description="The whole list anew.")


class TextPatch(Spec):
    """A text that replaces the role's."""

    noun = "a text's change"

    set: Text = Field(description="The new text.")


class Patch(Spec):
    """Changes to a role, section by section; nothing is replaced in silence."""

    noun = "a patch"

    summary: TextPatch | None = Field(None, description="The role's summary.")
    team: TextPatch | None = Field(None, description="The team.")
    reports_to: TextPatch | None = Field(None, description="Whom the role reports to.")
    responsibilities: ListPatch[Duty] | None = Field(None, description="What the person does.")
    required: ListPatch[AnyQualification] | None = Field(None, description="Required qualifications.")
    preferred: ListPatch[AnyQualification] | None = Field(None, description="Preferred qualifications.")
    scope_in: ListPatch[Item] | None = Field(None, description="What the role owns.")
    scope_out: ListPatch[Item] | None = Field(None, description="What the role does not own.")
    milestones: ListPatch[Milestone] | None = Field(None, description="What success looks like by when.")
    motivators: ListPatch[Item] | None = Field(None, description="What the work offers.")


class LevelScope(Spec):
    """What grows from level to level."""

    noun = "a level's scope"

    independence: Text | None = Field(None, description="How much guidance the person needs.")
    complexity: Text | None = Field(None, description="How hard the problems are.")
    influence: Text | None = Field(None, description="Whom the work changes.")
    time_horizon: Text | None = Field(None, description="How far ahead the person plans.")


class LevelTarget(Spec):
    """What a level asks of one competency."""

    noun = "a level's target"

    target: Int | None = Field(None, description="The rating that meets the bar at this level.")
    minimum: Int | None = Field(None, description="The lowest rating that can be balanced elsewhere.")
    weight: Positive | None = Field(None, description="The weight at this level.")
    weight_reason: Text | None = Field(None, description="Why it differs.")
    focus: Text | None = Field(None, description="What this level in particular looks for.")


class Level(Spec):
    """One grade of the role."""

    noun = "a level"

    id: Id = Field(description="What `--level` and postings refer to.")
    name: Text = Field(description="The level's name, such as Senior.")
    track: Literal["ic", "management"] | None = Field(None, description="Individual contributor or manager.")
    code: Word | None = Field(None, description="The grade's code in the company's ladder.")
    equivalent_to: Id | None = Field(None, description="The same grade on the other track.")
    extends: Id | None = Field(None, description="A level whose changes this one builds on.")
    title: Text | None = Field(None, description="The title; {title} stands for the role's own.")
    summary: Text | None = Field(None, description="What distinguishes the level.")
    scope: LevelScope | None = Field(None, description="Independence, complexity, influence, horizon.")
    experience_guide: Text | None = Field(None, description="Evidence of experience one would expect.")
    targets: dict[Id, LevelTarget] = Field({}, description="By competency: the bar at this level.")
    patch: Patch | None = Field(None, description="What the level changes in the role.")
