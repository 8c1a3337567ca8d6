"""What people tell of their company -> a situation; all that can't be used is said at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jdgen.nexthire import STAGES, Candidate, Situation
from jdgen.problem import JdgenError, Problem, nearest

_TEAM = re.compile(r"\s*(?P<name>[^=]+?)\s*(?:=\s*(?P<count>[^=]*?)\s*)?\Z")
_MOST = 100_000
"""More people of one role than that are a slip of the keyboard."""


def situation_of(
    stage: str | None,
    performance: str | None,
    symptoms: Sequence[str],
    team: Sequence[str],
    candidates: Sequence[Candidate],
) -> Situation:
    """The situation that is told: a stage by its name or by what a spec calls it, a percentage, texts, `role=count`.

    Raises JdgenError with every problem.
    """
    members = [part for member in team for part in member.split(",")]
    problems = [
        *_stage_problems(stage, candidates),
        *_performance_problems(performance),
        *(
            Problem("nexthire.symptom", "a symptom is empty", hint="say what you see")
            for s in symptoms
            if not s.strip()
        ),
        *(problem for member in members for problem in _team_problems(member)),
    ]
    if problems:
        raise JdgenError(problems)
    return Situation(
        stage=_stage(stage, candidates) if stage else None,
        performance=_number(performance) if performance else None,
        symptoms=tuple(dict.fromkeys(" ".join(symptom.split()) for symptom in symptoms)),
        team=tuple(_member(member) for member in members),
    )


def _stage(told: str, candidates: Sequence[Candidate]) -> str | None:
    """The stage of a name: one of the three, with or without the word, or a spec's own name for it."""
    asked = re.sub(r"[\s_-]+stage\Z", "", told.strip().casefold())
    if asked in STAGES:
        return asked
    named = {str(one.fit.name).casefold(): one.fit.stage for one in candidates if one.fit.name}
    return named.get(told.strip().casefold())


def _stage_problems(told: str | None, candidates: Sequence[Candidate]) -> Iterator[Problem]:
    if told and _stage(told, candidates) is None:
        hint = nearest(told, STAGES, len(STAGES))
        yield Problem("nexthire.stage", f"there is no company stage '{told}'", hint=hint)


def _number(told: str) -> float:
    return float(told.strip().removesuffix("%").strip().replace(",", "."))


def _performance_problems(told: str | None) -> Iterator[Problem]:
    if not told:
        return
    try:
        fits = 0 <= _number(told) <= 100
    except ValueError:
        fits = False
    if not fits:
        yield Problem("nexthire.performance", f"'{told}' is no percentage", hint="a number from 0 to 100, such as 70")


def _symptom_problems(told: Sequence[str]) -> Iterator[Problem]:
    if not all(symptom.strip() for symptom in told):
        yield Problem("nexthire.symptom", "a symptom is empty", hint="say what you see")


def _member(told: str) -> tuple[str, int]:
    match = _TEAM.match(told)
    assert match is not None
    return match["name"], int(match["count"] or 1)


def _team_problems(told: str) -> Iterator[Problem]:
    match = _TEAM.match(told)
    count = (match["count"] if match else "") or ("1" if match and "=" not in told else "")
    if not match or not re.fullmatch(r"[0-9]{1,6}", count) or not 0 < int(count) <= _MOST:
        yield Problem("nexthire.team", f"'{told}' names no role and number", hint="such as software-engineer=12")
