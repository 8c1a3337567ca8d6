"""Which question each stage asks for each competency it scores: a cover by exact search, within the minutes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from jdgen.spec import Question

BUDGET = 200_000
"""How many demands are looked at, counted anew for each partial cover, before the best cover so far is taken."""
DEEPEST = 200
"""With more demands than this, the first cover that the search comes by is taken."""


class Demand(NamedTuple):
    """A competency that a stage scores, and the questions that could be asked for it, the best first.

    All demands for a competency have the same questions, and no others have them.
    """

    stage: str
    step: str
    """Stages of one step may ask the same question; no candidate has two of them."""
    competency: str
    tier: int
    """How much it matters: 0 is the most, and one of a tier matters more than all of the tiers after it."""
    is_first: bool
    """Whether it matters above all tiers that one of the demands for this competency is met."""
    questions: tuple[Question, ...]


class Cover(NamedTuple):
    """By position of the demand, the question chosen; a demand that can't be met is not in it."""

    chosen: Mapping[int, Question]
    is_best: bool
    """Whether no cover meets more; False if the budget was spent before that was known."""


def cover_of(demands: Sequence[Demand], room: Mapping[str, int], budget: int = BUDGET) -> Cover:
    """The cover that meets the most demands, those of the first tiers before all others.

    `room` has the minutes of each stage. No question is in two steps. The search is exact as long as it looks
    at no more than `budget` demands, counted for each partial cover; after that, the best cover so far holds.
    """
    search = _Search(demands, room, budget if len(demands) <= DEEPEST else 0)
    search.greedy()
    if search.best_value < search.most and search.budget > 0:
        search.descend(0, 0)
    return Cover(dict(search.best), search.best_value == search.most or search.budget > 0)


class _Search:
    """Depth first, the best choice first; a branch that can't beat the best cover so far is cut."""

    def __init__(self, demands: Sequence[Demand], room: Mapping[str, int], budget: int) -> None:
        self.demands, self.budget = demands, budget
        self.left = dict(room)
        self.owner: dict[str, list[str]] = {}
        """By question, the step of each demand that it is chosen for."""
        self.met: dict[str, int] = {}
        self.chosen: dict[int, Question] = {}
        base, lowest = len(demands) + 1, max((demand.tier for demand in demands), default=0)
        self.worth: list[int] = [base ** (lowest - demand.tier) for demand in demands]
        self.top: int = base ** (lowest + 1)
        self.most = min(self._bound(0), self._bound_of_questions())
        self.best: dict[int, Question] = {}
        self.best_value = -1

    def greedy(self) -> None:
        """The cover that takes the first fitting question for each demand in turn."""
        value = 0
        for position in range(len(self.demands)):
            if question := next(self._choices(position), None):
                value += self._take(position, question)
        self._keep(value)
        for position in reversed(list(self.chosen)):
            self._give_back(position)

    def descend(self, position: int, value: int) -> None:
        """Tries all choices for the demands from `position` on, as far as the budget goes."""
        if self.budget <= 0 or self.best_value == self.most:
            return
        self.budget -= 1 + len(self.demands) - position
        if position == len(self.demands):
            self._keep(value)
            return
        if value + self._bound(position) <= self.best_value:
            return
        for question in self._distinct(position):
            gain = self._take(position, question)
            self.descend(position + 1, value + gain)
            self._give_back(position)
        self.descend(position + 1, value)

    def _keep(self, value: int) -> None:
        if value > self.best_value:
            self.best, self.best_value = dict(self.chosen), value

    def _choices(self, position: int) -> Iterator[Question]:
        demand = self.demands[position]
        left = self.left[demand.stage]
        for question in demand.questions:
            if question.minutes.most <= left and self.owner.get(question.id, [demand.step])[0] == demand.step:
                yield question

    def _distinct(self, position: int) -> Iterator[Question]:
        """The choices that lead to different covers: of equally long ones that are both free, one is enough."""
        seen: set[tuple[int, bool]] = set()
        for question in list(self._choices(position)):
            kind = (question.minutes.most, question.id in self.owner)
            if kind not in seen:
                seen.add(kind)
                yield question

    def _take(self, position: int, question: Question) -> int:
        """Chooses a question and says what that is worth."""
        demand = self.demands[position]
        self.chosen[position] = question
        self.left[demand.stage] -= question.minutes.most
        self.owner.setdefault(question.id, []).append(demand.step)
        if not demand.is_first:
            return self.worth[position]
        self.met[demand.competency] = self.met.get(demand.competency, 0) + 1
        return self.worth[position] + (self.top if self.met[demand.competency] == 1 else 0)

    def _give_back(self, position: int) -> None:
        demand, question = self.demands[position], self.chosen.pop(position)
        self.left[demand.stage] += question.minutes.most
        self.owner[question.id].pop()
        if not self.owner[question.id]:
            del self.owner[question.id]
        if demand.is_first:
            self.met[demand.competency] -= 1

    def _bound(self, position: int) -> int:
        """The most that the demands from `position` on can still be worth."""
        by_stage: dict[str, list[tuple[int, int]]] = {}
        first: set[str] = set()
        for after in range(position, len(self.demands)):
            demand = self.demands[after]
            shortest = min((question.minutes.most for question in self._choices(after)), default=0)
            if shortest:
                by_stage.setdefault(demand.stage, []).append((shortest, self.worth[after]))
                if demand.is_first and not self.met.get(demand.competency):
                    first.add(demand.competency)
        worth = sum(_fitting(pairs, self.left[stage]) for stage, pairs in by_stage.items())
        return worth + self.top * len(first)

    def _bound_of_questions(self) -> int:
        """The most that all demands can be worth, since each step needs a question of its own."""
        worth: dict[str, dict[str, int]] = {}
        for demand, each in zip(self.demands, self.worth, strict=True):
            if demand.questions:
                steps = worth.setdefault(demand.competency, {})
                steps[demand.step] = steps.get(demand.step, 0) + each
        questions = {demand.competency: len(demand.questions) for demand in self.demands}
        first = {demand.competency for demand in self.demands if demand.is_first and demand.questions}
        best = (sum(sorted(steps.values())[-questions[name] :]) for name, steps in worth.items())
        return sum(best) + self.top * len(first)


def _fitting(pairs: list[tuple[int, int]], left: int) -> int:
    """At least what any of the demands of a stage that fit together are worth, by (minutes, worth)."""
    count, minutes = 0, 0
    for shortest, _ in sorted(pairs):
        minutes += shortest
        count += minutes <= left
    return sum(sorted((worth for _, worth in pairs), reverse=True)[:count])
