"""Lists: items, the conditions under which they hold, and groups of items."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Self

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from jdgen.spec.base import EmploymentType, Flag, Id, LineText, Place, RichText, Spec, Text, Word


class Condition(Spec):
    """When an item applies; every list that is given must match."""

    noun = "a condition"

    levels: tuple[Id, ...] = Field((), description="Level ids.")
    locations: tuple[Place, ...] = Field((), description="Countries (DE) or regions (US-CA).")
    employment: tuple[EmploymentType, ...] = Field((), description="Employment types, such as full_time.")


class Item(Spec):
    """One statement in a list: a text, or an object when it needs more."""

    noun = "an item"
    shorthand = "text"

    text: LineText = Field(description="The statement, one sentence or phrase.")
    id: Id | None = Field(None, description="So that a level or posting can replace or remove it.")
    note: Text | None = Field(None, description="A remark after the text.")
    link: Word | None = Field(None, pattern=r"^(https?://|mailto:|tel:)\S+$", description="Where the text links to.")
    children: tuple[Item, ...] = Field((), description="A nested list, to depth three.")
    competency: Id | None = Field(None, description="The competency that assesses it.")
    essential: Flag = Field(False, description="An essential function of the job.")
    when: Condition | None = Field(None, description="Levels, places or contracts it applies to.")
    source: Word | None = Field(None, description="A source's id, or 'inferred'.")


GROUP_KEYS = frozenset(["title", "intro", "items"])
"""The keys that tell a group from an item."""


def grouped(tag_of_object: str) -> Callable[[object], str]:
    """Tells a titled group from a single entry by its keys."""

    def tell(value: object) -> str:
        if isinstance(value, dict):
            return "<group>" if GROUP_KEYS & value.keys() else tag_of_object
        return "<group>" if hasattr(value, "items") else tag_of_object

    return tell


class Group(Spec):
    """Items that belong together, under a heading or after a few words of their own."""

    noun = "a group"

    title: Text | None = Field(None, description="The group's own heading.")
    intro: RichText | None = Field(None, description="What stands before its list: a sentence, or paragraphs.")
    items: tuple[Item, ...] = Field((), description="The items of the group.")

    @model_validator(mode="after")
    def _said(self) -> Self:
        if not (self.intro or self.items):
            raise PydanticCustomError("group_empty", "a group needs items, or an intro")
        return self


Entry = Annotated[Annotated[Item, Tag("<item>")] | Annotated[Group, Tag("<group>")], Discriminator(grouped("<item>"))]
