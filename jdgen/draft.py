"""Questions chosen for stages, step by step: a cover first, then what is listed, then what fills the minutes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from jdgen import plan
from jdgen.cover import Demand, cover_of
from jdgen.plan import Journey
from jdgen.role import AskedQuestion, AssessedCompetency, PlannedStage, Role
from jdgen.spec import Question

_PRACTICAL = ("work_sample", "system_design", "pairing", "presentation")

Scoring = Mapping[str, tuple[AssessedCompetency, ...]]
"""By stage, the competencies that it scores."""


@dataclass(frozen=True)
class Unmet:
    """What could not be covered, and why; no stage if it is about the whole plan."""

    stage: str | None
    competency: str
    reason: str

    def __str__(self) -> str:
        return f"{self.stage}: {self.reason}" if self.stage else self.reason


def shortest(questions: Iterable[Question]) -> int:
    """The minutes of the shortest question; 0 if there is none."""
    return min((question.minutes.most for question in questions), default=0)


class Draft:
    """Questions chosen so far; filled by `cover`, `keep_listed` and `fill` in turn."""

    def __init__(self, role: Role, scoring: Scoring) -> None:
        self.role, self.scoring = role, scoring
        self.stages = (*plan.default_stages(role), *plan.other_stages(role))
        self.step = plan.steps(role)
        self.left = {stage.id: plan.stage_minutes(stage).room for stage in role.stages}
        self.asked: dict[str, list[AskedQuestion]] = {stage.id: [] for stage in role.stages}
        self.owner: dict[str, str] = {}
        """By question, the step that asks it."""

    def cover(self, budget: int) -> bool:
        """Chooses a question for each competency of each stage; says whether no cover meets more."""
        demands = [self._demand(stage, c) for stage in self.stages for c in self._by_importance(stage)]
        found = cover_of(demands, self.left, budget)
        stages = {stage.id: stage for stage in self.stages}
        competencies = {competency.id: competency for competency in self.role.competencies}
        for position, question in sorted(found.chosen.items()):
            demand = demands[position]
            self._ask(stages[demand.stage], AskedQuestion(question, competencies[demand.competency]))
        return found.is_best

    def keep_listed(self) -> None:
        """Adds what the stages list, as far as it fits."""
        for stage in self.stages:
            for asked in stage.questions:
                if self._fits(stage, asked):
                    self._ask(stage, asked)

    def fill(self) -> None:
        """Adds questions while one fits, each for the competency that has the fewest minutes for its weight."""
        for journey in plan.journeys(self.role):
            targets = journey.stages if journey.put_in is None else (journey.put_in,)
            while best := min(self._additions(journey, targets), default=None, key=lambda one: one[0]):
                self._ask(*best[1:])

    def asks(self, stage: PlannedStage, competency: AssessedCompetency) -> bool:
        return any(asked.competency == competency for asked in self.asked[stage.id])

    def unmet(self, scored: Scoring) -> Iterator[Unmet]:
        """Competencies that a stage scores and has no question for, and why."""
        for stage in self.stages:
            for competency in scored[stage.id]:
                if not self.asks(stage, competency):
                    yield Unmet(stage.id, competency.id, self._reason(stage, competency))

    def _reason(self, stage: PlannedStage, competency: AssessedCompetency) -> str:
        questions = plan.available(self.role, competency)
        step = self.step[stage.id]
        free = [question for question in questions if self.owner.get(question.id, step) == step]
        if not questions:
            return f"'{competency.id}' has no question" + (" at this level" if competency.questions else "")
        if not free:
            return f"no question of '{competency.id}' is left; other stages ask all {len(questions)}"
        room = plan.stage_minutes(stage).room
        return (
            f"no minutes left for '{competency.id}': its shortest question that is left takes {shortest(free)},"
            f" and {self.left[stage.id]} of the {room} minutes for questions are free"
        )

    def _demand(self, stage: PlannedStage, competency: AssessedCompetency) -> Demand:
        tier = (0 if competency.is_required else 1) + (0 if stage.is_default else 2)
        tier += 0 if competency in stage.competencies else 4  # what is added takes no question from what was there
        questions = sorted(plan.available(self.role, competency), key=lambda one: self._taste(stage, one))
        is_first = competency.is_required and stage.is_default
        return Demand(stage.id, self.step[stage.id], competency.id, tier, is_first, tuple(questions))

    def _taste(self, stage: PlannedStage, question: Question) -> tuple[int, bool]:
        """How a question suits a stage, less is better: those it lists, those nobody lists, practical to practical."""
        listed = [self.step[one.id] for one in self.stages if question.id in one.stage.questions]
        if question.id in stage.stage.questions:
            rank = 0 if listed[0] == self.step[stage.id] else 2  # an earlier stage keeps it
        else:
            rank = 3 if set(listed) - {self.step[stage.id]} else 1
        return rank, (question.kind == "work_sample") != (stage.stage.kind in _PRACTICAL)

    def _by_importance(self, stage: PlannedStage) -> list[AssessedCompetency]:
        return sorted(self.scoring[stage.id], key=lambda competency: not competency.is_required)

    def _fits(self, stage: PlannedStage, asked: AskedQuestion) -> bool:
        return (
            asked.competency in self.scoring[stage.id]
            and asked not in self.asked[stage.id]
            and asked.question.minutes.most <= self.left[stage.id]
            and self.owner.get(asked.question.id, self.step[stage.id]) == self.step[stage.id]
        )

    def _ask(self, stage: PlannedStage, asked: AskedQuestion) -> None:
        self.asked[stage.id].append(asked)
        self.left[stage.id] -= asked.question.minutes.most
        self.owner[asked.question.id] = self.step[stage.id]

    def _additions(
        self, journey: Journey, targets: tuple[PlannedStage, ...]
    ) -> Iterator[tuple[tuple[Any, ...], PlannedStage, AskedQuestion]]:
        """Each question that still fits, with its rank."""
        for place, competency in enumerate(self.role.competencies):
            minutes = Fraction(self._minutes(journey, competency), competency.use.weight or 1)
            for position, stage in enumerate(targets):
                for order, question in enumerate(plan.available(self.role, competency)):
                    asked = AskedQuestion(question, competency)
                    if self._fits(stage, asked):
                        taste = self._taste(stage, question)
                        yield (minutes, place, taste, -self.left[stage.id], position, order), stage, asked

    def _minutes(self, journey: Journey, competency: AssessedCompetency) -> int:
        asked = (one for stage in journey.stages for one in self.asked[stage.id] if one.competency == competency)
        return sum(one.question.minutes.most for one in asked)
