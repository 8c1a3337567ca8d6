"""Competencies x stages: who assesses what, and whether the minutes fit. Values in, values out."""

from __future__ import annotations

from dataclasses import dataclass

from jdgen.role import AssessedCompetency, PlannedStage, Role


@dataclass(frozen=True)
class Coverage:
    """Where one competency is assessed in the default plan, and by how many people."""

    competency: AssessedCompetency
    stages: tuple[PlannedStage, ...]

    @property
    def raters(self) -> int:
        return sum(stage.interviewers for stage in self.stages)


@dataclass(frozen=True)
class Minutes:
    """How a stage's slot is spent, in minutes."""

    opening: int
    questions: int
    candidate_questions: int
    closing: int
    slot: int

    @property
    def planned(self) -> int:
        return self.opening + self.questions + self.candidate_questions + self.closing


def coverage(role: Role) -> tuple[Coverage, ...]:
    """For each competency, the stages of the default plan that score it."""
    default = default_stages(role)
    return tuple(
        Coverage(competency, tuple(stage for stage in default if competency in stage.competencies))
        for competency in role.competencies
    )


def default_stages(role: Role) -> tuple[PlannedStage, ...]:
    """The stages that every candidate has."""
    return tuple(stage for stage in role.stages if stage.is_default)


def stage_minutes(stage: PlannedStage) -> Minutes:
    """How the stage's slot is spent, each range of minutes at its most."""
    spec = stage.stage
    return Minutes(
        opening=spec.opening.minutes if spec.opening else 0,
        questions=sum(asked.question.minutes.most for asked in stage.questions),
        candidate_questions=spec.candidate_questions.minutes if spec.candidate_questions else 0,
        closing=spec.closing.minutes if spec.closing else 0,
        slot=spec.minutes.most,
    )


def candidate_minutes(role: Role) -> int:
    """The minutes that the default plan asks of a candidate."""
    return sum(stage.stage.minutes.most for stage in default_stages(role))
