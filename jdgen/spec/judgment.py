"""How a company sets the rules by which its specs are judged."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from jdgen.spec.base import Spec, Text, Word


class IgnoredRule(Spec):
    """A rule that is not held against this company's files, with the reason."""

    noun = "an ignored rule"

    rule: Word = Field(description="The rule's code, such as JD-010, or how several begin, such as PT.")
    reason: Text = Field(description="Why; required.")
    files: tuple[Word, ...] = Field((), description="Only in these files, such as postings/*.yaml; in all if none.")


class Judgment(Spec):
    """Settings of lint."""

    noun = "the settings of lint"

    ignore: tuple[IgnoredRule, ...] = Field((), description="Rules to ignore.")
    severity: dict[Word, Literal["error", "warning", "info"]] = Field({}, description="Own severities by rule.")
