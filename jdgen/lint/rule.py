"""Rules and what they find. A rule's words, sources and examples are data; see `catalog`."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from pydantic import Field

from jdgen.places import Place
from jdgen.problem import Severity
from jdgen.spec.base import Spec, Version, Word
from jdgen.spec.file import SpecFile

Subject = Literal["text", "description", "question", "competency", "role", "company", "posting"]


class Citation(Spec):
    """Where a rule comes from."""

    noun = "a citation"

    cite: Word = Field(description="The work.")
    url: Word | None = Field(None, description="Where it can be read.")


class Rule(Spec):
    """One rule: what it asks, why, what to write instead, and texts that break and keep it."""

    noun = "a rule"

    code: Word = Field(pattern=r"^[A-Z]{2}-[A-Za-z0-9-]+$", description="Stable; what is selected and ignored.")
    of: Subject = Field("text", description="What it looks at; its examples are such things.")
    rule: Word = Field(description="What is asked, in one sentence.")
    why: Word = Field(description="The reason.")
    instead: Word = Field(description="What to write instead: the hint of its findings.")
    message: Word | None = Field(None, description="What a pattern's finding says; {match} is what was found.")
    severity: Severity = Field(description="How grave a breach is.")
    evidence: Word = Field(description="How strong the evidence for the rule is.")
    verified: Word = Field(description="How the source was verified: seen, secondary, own, convention, measured.")
    sources: tuple[Word, ...] = Field((), description="Ids of citations.")
    places: tuple[Word, ...] = Field((), description="Jurisdictions it is about; everywhere if none.")
    note: Word | None = Field(None, description="What to know besides.")
    pattern: Word | None = Field(None, description="A regular expression, case ignored, that finds a breach.")
    unless: Word | None = Field(None, description="A pattern that, in the same sentence, makes it no breach.")
    patterns: tuple[Word, ...] = Field((), description="Several patterns, for text as `inquiry` folds it.")
    review: Word | None = Field(None, description="Words of a second tier, at which a person should look.")
    domain: Word | None = Field(None, description="A pattern of competencies for which such words need no look.")
    levels: dict[Word, Word] = Field(
        {}, description="By jurisdiction: prohibited, evidence (of intent), restricted or avoid."
    )
    sections: tuple[Word, ...] = Field((), description="The sections that the pattern looks at; all if none.")
    bad: tuple[Word, ...] = Field(min_length=1, description="Examples that break it.")
    good: tuple[Word, ...] = Field(min_length=1, description="Examples that keep it.")


class Guarantee(Spec):
    """What every kit keeps by how it is made, so that no rule has to look."""

    noun = "a guarantee"

    code: Word = Field(description="The id of the rule in the literature that jdgen was built on.")
    rule: Word = Field(description="What is asked.")
    kept: Word = Field(description="How every kit keeps it.")


class RuleFile(SpecFile):
    """A file of rules."""

    noun = "a file of rules"

    jdgen: Version
    title: Word = Field(description="What the rules are about.")
    as_of: Word = Field(description="The day on which the facts were read.")
    sources: dict[Word, Citation] = Field({}, description="Citations by id.")
    rules: tuple[Rule, ...] = Field(description="The rules.")
    guarantees: tuple[Guarantee, ...] = Field((), description="What needs no rule.")


class Finding(NamedTuple):
    """A breach of a rule: which, where, and what is wrong."""

    code: str
    place: Place
    message: str
    words: str = ""
    """The words at the place that it is about, so that they are pointed at."""
    hint: str = ""
    """What to do, where it is not what the rule says."""
    severity: Severity | None = None
    """Where it is not the rule's."""
    occurrence: int = 0
    """Which of several equal `words` at the place, counted from 0."""


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A rule's pattern. Each is compiled when it is first needed, since compiling all takes a while."""
    return re.compile(pattern, re.IGNORECASE)
