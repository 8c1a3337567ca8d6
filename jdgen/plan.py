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
    frame = [part.minutes if part else 0 for part in (spec.opening, spec.candidate_questions, spec.closing)]
    asked = sum(asked.question.minutes.most for asked in stage.questions)
    if spec.agenda and not stage.questions:
        asked = max(0, spec.minutes.most - sum(frame))  # an agenda takes what the rest leaves
    return Minutes(
        opening=frame[0], questions=asked, candidate_questions=frame[1], closing=frame[2], slot=spec.minutes.most
    )


def candidate_minutes(role: Role) -> int:
    """The minutes that the default plan asks of a candidate."""
    return sum(stage.stage.minutes.most for stage in default_stages(role))
