"""What a person does in a role, and what has come of it by when."""

from __future__ import annotations

from typing import Annotated

from pydantic import Discriminator, Field, Tag

from jdgen.spec.base import Id, Positive, Spec, Text
from jdgen.spec.item import Group, Item, grouped


class Responsibility(Item):
    """Something the person does."""

    noun = "a responsibility"

    share_of_time: Annotated[Positive, Field(le=100)] | None = Field(None, description="Percent of the time it takes.")


class DutyGroup(Group):
    """Things the person does that belong together."""

    noun = "a group"

    items: tuple[Responsibility, ...] = Field((), description="The responsibilities of the group.")


Duty = Annotated[
    Annotated[Responsibility, Tag("<item>")] | Annotated[DutyGroup, Tag("<group>")],
    Discriminator(grouped("<item>")),
]


class Milestone(Spec):
    """What has been achieved by a point in time."""

    noun = "a milestone"

    id: Id | None = Field(None, description="So that a level can replace it.")
    when: Text = Field(description="The point in time, such as 'After 30 days'.")
    outcomes: tuple[Item, ...] = Field(min_length=1, description="What is true by then.")
