"""How well postings that ask for two roles of a family are told from those that ask for one.

The postings and labels are in `mixed/`; `measure` prints the tables.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from jdgen.lint.family import Family, families
from jdgen.lint.mixed import mixture_of
from jdgen.lint.page import described, read_page
from jdgen.load import Library
from jdgen.source import read_source

MIXED = Path(__file__).parent / "mixed"
HALVES = ("development", "held-out", "afterwards")


class Verdict(NamedTuple):
    """A posting with what is labeled and what is found, by role."""

    name: str
    labels: dict[str, list[str]]
    """Words of each labeled sentence; empty for a posting that asks for one role."""
    found: dict[str, list[str]]
    """The sentences that are named; empty without a finding."""

    @property
    def named(self) -> int:
        """How many labeled sentences are named under their role."""
        said = {role: " | ".join(texts) for role, texts in self.found.items()}
        return sum(text in said.get(role, "") for role, texts in self.labels.items() for text in texts)


def groups() -> list[Family]:
    """The shipped family beside the restaurant's, as in a folder with both."""
    return [*families(Library(MIXED)), *families(Library(MIXED / "restaurant"))]


def verdicts(half: str) -> list[Verdict]:
    """Each posting of a half, in order."""
    known = groups()
    labels = read_source(MIXED / "labels.yaml", "labels.yaml").data[half]
    found = []
    for name, labeled in labels.items():
        mixtures = filter(None, [mixture_of(described(read_page(MIXED / half / name)), known)])
        named = {m.family.roles[n].id: [one.text for one in m.owned[n]] for m in mixtures for n in m.owned}
        found.append(Verdict(name, labeled or {}, named))
    return found


def rows(half: str) -> list[tuple[str, ...]]:
    """The figures of a half: postings of one role and of several, the roles told, the sentences named."""
    read = verdicts(half)
    single, mixed = [v for v in read if not v.labels], [v for v in read if v.labels]
    exact = sum(v.labels.keys() == v.found.keys() for v in mixed)
    labeled = sum(len(texts) for v in mixed for texts in v.labels.values())
    stated = sum(len(texts) for v in mixed for texts in v.found.values())
    named = sum(v.named for v in mixed)
    return [
        (f"{half}: one role, or none of the family", str(len(single)), str(sum(bool(v.found) for v in single))),
        (f"{half}: several roles", str(len(mixed)), str(sum(bool(v.found) for v in mixed))),
        (f"{half}: several roles, exactly these", str(len(mixed)), str(exact)),
        (f"{half}: labeled sentences, named under their role", str(labeled), str(named)),
        (f"{half}: named sentences in all", "", str(stated)),
    ]
