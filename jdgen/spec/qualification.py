"""What a role asks of people: qualifications, and the routes by which they can be met."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from jdgen.spec.base import Flag, NotNegative, Spec, Text, Translations
from jdgen.spec.item import GROUP_KEYS, Group, Item


class Qualification(Item):
    """Something a person brings."""

    noun = "a qualification"

    kind: (
        Literal[
            "education",
            "experience",
            "knowledge",
            "skill",
            "ability",
            "language",
            "license",
            "certification",
            "clearance",
            "physical",
            "other",
        ]
        | None
    ) = Field(None, description="What sort of qualification it is.")
    years: NotNegative | None = Field(None, description="Years of experience asked for.")
    proficiency: Text | None = Field(None, description="The level asked for, such as C1 or 'working'.")
    or_equivalent: Flag = Field(False, description="Whether equivalent evidence counts as much.")
    obtain_within: Text | None = Field(None, description="Time in which it may be obtained after hire.")
    assessed_by: tuple[
        Literal["application", "interview", "work_sample", "test", "portfolio", "reference", "check"], ...
    ] = Field((), description="How it is found out.")


class Choice(Spec):
    """Alternative routes to meet a requirement, or parts that belong together."""

    noun = "a choice"

    label: Text | None = Field(None, description="What the routes have in common.")
    any_of: tuple[AnyQualification, ...] = Field((), description="One of these is enough.")
    all_of: tuple[AnyQualification, ...] = Field((), description="All of these together.")


class QualificationGroup(Group):
    """Qualifications that belong together."""

    noun = "a group"

    items: tuple[OneQualification, ...] = Field(  # type: ignore[assignment]  # a choice is no item, and may stand here
        (), description="The qualifications of the group."
    )


def _tell(value: object) -> str:
    if isinstance(value, (str, Translations)):
        return "<qualification>"

    def has(key: str) -> bool:
        return key in value if isinstance(value, dict) else bool(getattr(value, key, ()))

    if has("any_of") or has("all_of"):
        return "<choice>"
    return "<group>" if any(map(has, GROUP_KEYS)) else "<qualification>"


OneQualification = Annotated[
    Annotated[Qualification, Tag("<qualification>")] | Annotated[Choice, Tag("<choice>")], Discriminator(_tell)
]
AnyQualification = Annotated[
    Annotated[Qualification, Tag("<qualification>")]
    | Annotated[Choice, Tag("<choice>")]
    | Annotated[QualificationGroup, Tag("<group>")],
    Discriminator(_tell),
]


class Qualifications(Spec):
    """Required apart from preferred, and what is not asked."""

    noun = "the qualifications"

    required: tuple[AnyQualification, ...] = Field((), description="What a hire must bring.")
    preferred: tuple[AnyQualification, ...] = Field((), description="What helps.")
    not_required: tuple[Item, ...] = Field((), description="What people may think is asked, and is not.")
