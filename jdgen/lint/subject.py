"""What rules of interviews and postings look at: a role as it resolves, with where its parts were written."""

from __future__ import annotations

from dataclasses import dataclass

from jdgen.lint.passage import Description
from jdgen.places import Place, Places
from jdgen.role import AssessedCompetency, Role
from jdgen.spec import Company, Posting, Question


@dataclass(frozen=True)
class Asked:
    """A question with its place; `about` is the name and definition of the competency that it is for."""

    question: Question
    place: Place
    about: str = ""
    language: str = "en"


@dataclass(frozen=True)
class Assessed:
    """A competency as a role assesses it, with the place of its definition and that of its use in the role."""

    assessed: AssessedCompetency
    place: Place
    use: Place
    language: str = "en"


@dataclass(frozen=True)
class Judged:
    """A role at one level or for one posting, with where its parts were written."""

    role: Role
    places: Places

    @property
    def label(self) -> str:
        """What tells it from the same role at other levels; empty for the role itself."""
        return f" (at level {self.role.level.id})" if self.role.level and not self.role.posting else ""

    @property
    def questions(self) -> list[Asked]:
        return [
            Asked(
                question,
                self.places.questions[question.id],
                f"{assessed.competency.name}: {assessed.competency.definition}",
                self.role.language,
            )
            for assessed in self.role.competencies
            for question in assessed.questions
        ]

    @property
    def competencies(self) -> list[Assessed]:
        places, language = self.places, self.role.language
        return [
            Assessed(one, places.competencies[one.id], places.uses[one.id], language) for one in self.role.competencies
        ]


@dataclass(frozen=True)
class Vacancy:
    """A posting on a day: what it says, and what candidates read of it.

    `posting` and `company` are None for a finished posting that is no spec; `places` are ISO codes such as
    `US-CO`, with cities by name (`New York`); `on` is a day such as 2026-12-01.
    """

    description: Description
    place: Place
    places: tuple[str, ...]
    cities: tuple[str, ...]
    on: str
    role: Role | None = None
    posting: Posting | None = None
    company: Company | None = None
