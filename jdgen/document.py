"""Documents and their kinds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from jdgen.style import HouseStyle

Audience = Literal["candidate", "internal"]
Per = Literal["role", "stage", "scored-stage"]


@dataclass(frozen=True)
class DocumentKind:
    """A sort of document: a template of that name makes it."""

    name: str
    audience: Audience = "internal"
    per: Per = "role"

    @property
    def template(self) -> str:
        return f"{self.name}.md.j2"


KINDS: dict[str, DocumentKind] = {
    kind.name: kind
    for kind in (
        DocumentKind("job-description", "candidate"),
        DocumentKind("candidate-guide", "candidate"),
        DocumentKind("interview-plan"),
        DocumentKind("question-bank"),
        DocumentKind("interview-guide", per="stage"),
        DocumentKind("scorecard", per="scored-stage"),
        DocumentKind("development-record"),
    )
}
"""The shipped kinds, in the order in which a kit lists them."""

INDEX = DocumentKind("readme")
"""The kit's own index, which is not a document of the kit."""

DEBRIEF = DocumentKind("debrief")
"""The sheet for a panel, which is made of filled scorecards."""

COMPARISON = DocumentKind("role-comparison")
"""Roles side by side, made when it is asked for and no part of a kit."""

TRACE = DocumentKind("trace")
"""From requirements to scorecards, made when it is asked for and no part of a kit."""


@dataclass(frozen=True)
class Document:
    """One rendered document: Markdown, and what a file of it says about itself."""

    kind: DocumentKind
    name: str
    """The file's name without suffix."""
    title: str
    label: str
    """The kind in the document's language, such as 'Job description'."""
    language: str
    text: str
    """GitHub-flavored Markdown."""
    company: str = ""
    version: str = ""
    """The kit's version; empty for what candidates get."""
    footer: str = ""
    """What stands at the foot of each page, as plain text."""
    paging: str = "{page} / {pages}"
    """How pages are counted; the names stand for the numbers."""
    style: HouseStyle | None = None
    """How a company wants it to look; the reference document of the templates decides if it is None."""


def together(documents: Sequence[Document]) -> Document:
    """One document that says the same in several languages, one after the other; the first names it."""
    first, *others = documents
    texts = [first.text, *(f"<!-- language {other.language} -->\n\n{other.text}" for other in others)]
    return replace(first, text="\n".join(texts))


def anchors(headings: Iterable[str]) -> Iterator[str]:
    """What links to headings end in after the `#`, as GitHub makes it: one of its own for each."""
    seen: dict[str, int] = {}
    for heading in headings:
        anchor = re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
        times = seen.get(anchor, 0)
        seen[anchor] = times + 1
        yield f"{anchor}-{times}" if times else anchor
