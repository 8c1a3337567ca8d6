"""Where the parts of a role were written: by id, the file and the path in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from jdgen.problem import Origin, Problem
from jdgen.spec import CompetencyUse, Question, RoleSpec
from jdgen.spec.walk import Path


class Place(NamedTuple):
    """A part of a file, by the path of keys and positions to it; no origin if it was made in Python."""

    origin: Origin | None
    where: Path = ()

    def below(self, *steps: str | int) -> Place:
        """The place of a part of this part."""
        return Place(self.origin, (*self.where, *steps))

    def problem(self, code: str, message: str, hint: str = "", **pointing: Any) -> Problem:
        """A problem here; `pointing` is what `Origin.problem` takes besides."""
        if self.origin is None:
            return Problem(code, message, hint=hint)
        return self.origin.problem(self.where, code, message, hint, **pointing)

    def __str__(self) -> str:
        """`file:line`, as far as it is known."""
        problem = self.problem("", "")
        return f"{problem.file}:{problem.line}" if problem.line else problem.file


class Places:
    """The places of a role's competencies, questions and stages, as the spec and what it shares have them.

    A level or posting moves entries of lists, so a place is looked up by id in the spec as it was read.
    """

    def __init__(self, spec: RoleSpec) -> None:
        self.spec = spec
        self.role = Place(spec.origin)
        self.uses: dict[str, Place] = {}
        """By competency, where the role says what it asks of it."""
        self.competencies: dict[str, Place] = {}
        """By competency, where it is defined: in the role or in a shared file."""
        self.questions: dict[str, Place] = {}
        for position, entry in enumerate(spec.competencies):
            use = self.role.below("competencies", position)
            self.uses[entry.key] = self.competencies[entry.key] = use
            self._add_questions(use, entry.questions)
            if isinstance(entry, CompetencyUse) and entry.use in spec.shared:
                shared = spec.shared[entry.use]
                self.competencies[entry.key] = Place(shared.origin)
                self._add_questions(Place(shared.origin), shared.questions)
        self.plan = self.role.below("interview_plan")
        stages = spec.interview_plan.stages if spec.interview_plan else ()
        self.stages = {stage.id: self.plan.below("stages", position) for position, stage in enumerate(stages)}

    def _add_questions(self, owner: Place, questions: Iterable[Question]) -> None:
        for position, question in enumerate(questions):
            self.questions[question.id] = owner.below("questions", position)
