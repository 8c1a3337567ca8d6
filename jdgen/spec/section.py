"""The sections of a job description, and how a company or role arranges them."""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import Field

from jdgen.spec.base import Id, RichText, Spec, Text, Word
from jdgen.spec.item import Item

Section = Literal[
    "about",
    "role",
    "offer",
    "responsibilities",
    "success",
    "work_profile",
    "scope",
    "tools",
    "pay",
    "benefits",
    "required",
    "preferred",
    "levels",
    "conditions",
    "values",
    "hiring",
    "apply",
    "statements",
]
SECTIONS: tuple[Section, ...] = get_args(Section)
"""In the order in which a job description has them: what the job gives before what it demands."""


class Arrangement(Spec):
    """Own headings, own order, texts under headings, and sections left out."""

    noun = "an arrangement of sections"

    titles: dict[Section, Text] = Field({}, description="Own headings, by section.")
    order: tuple[Section, ...] = Field((), description="These first, in this order; the rest follow.")
    hide: tuple[Section, ...] = Field((), description="Sections to leave out.")
    intros: dict[Section, RichText] = Field({}, description="A text under the heading, by section.")


class ExtraSection(Spec):
    """A section of one's own, before or after any other."""

    noun = "an extra section"

    id: Id | None = Field(None, description="So that it can be referred to.")
    title: Text = Field(description="Its heading.")
    body: RichText | None = Field(None, description="Its text; may hold tables.")
    items: tuple[Item, ...] = Field((), description="Its list.")
    placement: Word = Field(
        "before:statements",
        pattern=r"^(before|after):[a-z_]+$",
        description="Where it stands, such as after:responsibilities.",
    )
    audience: Literal["public", "internal"] = Field(
        "public", description="In the job description, or in the interview plan."
    )
