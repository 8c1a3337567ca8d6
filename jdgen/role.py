"""The resolved role: one role at one level, for one company and posting, in one language."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from jdgen.spec import Company, Competency, InterviewPlan, Level, Posting, Question, RoleSpec, Stage
from jdgen.spec.company import ScalePoint
from jdgen.spec.competency import CompetencyUse, RoleCompetency


@dataclass(frozen=True)
class AssessedCompetency:
    """A competency with what this role asks of it."""

    id: str
    competency: Competency
    use: RoleCompetency | CompetencyUse
    questions: tuple[Question, ...]
    share: int
    """Percent of the total."""

    @property
    def is_required(self) -> bool:
        return self.use.importance == "required"


@dataclass(frozen=True)
class AskedQuestion:
    """A question in a stage, with the competency it is evidence for."""

    question: Question
    competency: AssessedCompetency


@dataclass(frozen=True)
class PlannedStage:
    """A stage with the competencies it scores and the questions it asks."""

    stage: Stage
    competencies: tuple[AssessedCompetency, ...]
    questions: tuple[AskedQuestion, ...]

    @property
    def id(self) -> str:
        return self.stage.id

    @property
    def is_scored(self) -> bool:
        return bool(self.competencies)

    @property
    def is_default(self) -> bool:
        """Whether every candidate has it: neither an alternative nor on request."""
        return self.stage.instead_of is None and not self.stage.optional

    @property
    def interviewers(self) -> int:
        return sum(interviewer.count for interviewer in self.stage.interviewers)


@dataclass(frozen=True)
class Grade:
    """One of several levels that share a page: the role's spec at it, and its title."""

    level: Level
    spec: RoleSpec
    title: str


@dataclass(frozen=True)
class Role:
    """What documents are made of.

    `spec` has the level's and the posting's changes in it and every text in `language`.
    """

    spec: RoleSpec
    title: str
    language: str
    level: Level | None
    company: Company | None
    posting: Posting | None
    scale: tuple[ScalePoint, ...]
    competencies: tuple[AssessedCompetency, ...]
    stages: tuple[PlannedStage, ...]
    grades: tuple[Grade, ...] = ()
    """The levels that share the page of what candidates read, if it is not for one alone."""
    common: RoleSpec | None = None
    """What those levels have in common."""

    @property
    def id(self) -> str:
        return self.spec.id

    @cached_property
    def page(self) -> Role:
        """The role as candidates read of it: with what is common to all levels that share the page."""
        return self if self.common is None else replace(self, spec=self.common)

    @property
    def variant(self) -> str:
        """The posting's id, else the level's, else nothing: what tells this kit from the role's own."""
        if self.posting is not None:
            return self.posting.id
        return self.level.id if self.level is not None else ""

    @property
    def plan(self) -> InterviewPlan | None:
        return self.spec.interview_plan

    def about_scorecard(self, stage: str) -> Mapping[str, str]:
        """What a scorecard says of itself, so that it is known where it belongs when it comes back."""
        parts = {
            "role": self.id,
            "level": self.level.id if self.level and not self.posting else "",
            "posting": self.posting.id if self.posting else "",
            "company": self.company.id if self.company else "",
            "stage": stage,
            "kit": self.version,
        }
        return {key: value for key, value in parts.items() if value}

    @cached_property
    def version(self) -> str:
        """The kit's version: eight hexadecimal digits of the hash of what candidates are judged by.

        That is the scale, the competencies with their weights, bars, anchors and questions, the
        stages, and the work sample's rubric; two scorecards compare only if it is the same.
        """
        judged = {
            "scale": [[point.value, point.label] for point in self.scale],
            "competencies": [_judged(competency) for competency in self.competencies],
            "stages": [
                [s.id, s.stage.minutes.most, [c.id for c in s.competencies], [q.question.id for q in s.questions]]
                for s in self.stages
            ],
            "work_sample": [
                [str(c.name), c.weight, c.competency, str(c.strong), str(c.weak)]
                for c in (self.plan.work_sample.criteria if self.plan and self.plan.work_sample else ())
            ],
        }
        canonical = json.dumps(judged, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()[:8]


def _judged(assessed: AssessedCompetency) -> Mapping[str, object]:
    competency, use = assessed.competency, assessed.use
    return {
        "id": assessed.id,
        "definition": competency.definition,
        "weight": use.weight,
        "importance": use.importance,
        "bar": [use.target, use.minimum],
        "anchors": {str(value): text for value, text in competency.anchors.items()},
        "questions": [
            [q.id, q.kind, q.text, q.setup, q.minutes.most, q.probes, q.strong, q.weak, q.red_flags]
            for q in assessed.questions
        ],
    }
