"""Which role of a family to hire next: a company's situation, weighed against what the specs say of company stages.

Evidence counts in points, all told with their reasons:

* 3 for a role that fits the company's stage, and -3 for one that only fits others;
* 3 for a performance within a role's range, whose bounds belong to it, and -3 for one outside;
* 2 for a symptom that a role's signals speak of;
* -1 for a symptom that one sees after hiring a role which is on the team already: another of that role would not mend
  it; and 1 for each role that the statement names instead.

Roles less than 2 points behind the first stay in the running: then the answer is open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from jdgen.comparison import fits_of
from jdgen.escape import plain
from jdgen.family import families, roles_in_family
from jdgen.likeness import Statements
from jdgen.problem import JdgenError, Problem
from jdgen.reference import at_place
from jdgen.request import Loaded, Request, Target, loaded
from jdgen.role import Role
from jdgen.spec import RoleSpec
from jdgen.spec.role import CompanyStageFit

STAGES = ("early", "growth", "mature")
STAGE, RANGE, SIGNAL, WRONG = 3, 3, 2, 1
CLEAR = 2
"""By how many points the first leads where the answer is clear."""
ALIKE = 0.5
"""How much of a symptom a statement must say to be taken for it."""
_NEARLY = 0.75
"""How near to the best statement another role's must come to count as well."""

Sort = Literal["signals", "wrong_hire"]
SORTS: tuple[Sort, ...] = ("signals", "wrong_hire")


@dataclass(frozen=True)
class Situation:
    """What a company knows of itself; what it does not know is left out."""

    stage: str | None = None
    performance: float | None = None
    """Present product performance, in percent."""
    symptoms: tuple[str, ...] = ()
    team: tuple[tuple[str, int], ...] = ()
    """Who is on board: names of roles, or what people call them, and how many."""

    def __bool__(self) -> bool:
        return self.stage is not None or self.performance is not None or bool(self.symptoms)


@dataclass(frozen=True)
class Statement:
    """A signal, or a symptom of a wrong hire, with its place."""

    text: str
    sort: Sort
    place: str
    """Its file and line."""


@dataclass(frozen=True)
class Candidate:
    """A role at a company's stage, as its spec sees it."""

    role: Role
    fit: CompanyStageFit
    place: str
    statements: tuple[Statement, ...]

    @property
    def id(self) -> str:
        return self.role.id

    @property
    def span(self) -> tuple[float, float] | None:
        """The performance at which hiring it pays, in percent."""
        performance = self.fit.performance
        return (float(performance.least), float(performance.most)) if performance else None


@dataclass(frozen=True)
class Reason:
    """A piece of evidence for or against a candidate."""

    points: int
    text: str
    place: str


@dataclass(frozen=True)
class Weighed:
    """A candidate with all that speaks for and against it."""

    candidate: Candidate
    reasons: tuple[Reason, ...]

    @property
    def points(self) -> int:
        return sum(reason.points for reason in self.reasons)


@dataclass(frozen=True)
class Advice:
    """Which role is next, and what that rests on."""

    situation: Situation
    weighed: tuple[Weighed, ...]
    """All candidates, the likeliest first."""
    unmatched: tuple[str, ...]
    """Symptoms that no spec names."""
    strangers: tuple[str, ...]
    """Who is on board and has no spec."""
    on_board: Mapping[str, int]
    """How many of each role of the family there are."""

    @cached_property
    def running(self) -> tuple[Weighed, ...]:
        """The candidates that the evidence does not part, if any of it speaks for one."""
        best = self.weighed[0].points
        return tuple(one for one in self.weighed if one.points > max(0, best - CLEAR)) if best > 0 else ()

    @property
    def next(self) -> Candidate | None:
        """The role to hire next; None if the evidence does not say."""
        roles = {one.candidate.id for one in self.running}
        return self.running[0].candidate if len(roles) == 1 else None


def candidates_of(request: Request, family: str | None = None) -> list[Candidate]:
    """The roles of a family at the stages of which their specs speak. Raises JdgenError with all problems."""
    found: list[Candidate] = []
    problems: list[Problem] = []
    names = request.roles or roles_in_family(request.library, family)
    for name in names:
        try:
            files = loaded(Target(name), request)
            found += _candidates(files, files.resolved(None, request.language))
        except JdgenError as error:
            problems += error.problems
    if problems:
        raise JdgenError(problems)
    if not found:
        message = "no role of the family says at which company stage it fits"
        known = [each for each in families(request.library, request.library.names(RoleSpec)) if each]
        other = f", or say --family '{known[0]}'" if known and family is None else ""
        hint = f"write context.company_stage_fit in the specs ({', '.join(names)}){other}"
        raise JdgenError([Problem("nexthire.nothing", message, hint=hint)])
    return sorted(found, key=lambda one: (STAGES.index(one.fit.stage), one.id))


def _candidates(files: Loaded, role: Role) -> Iterator[Candidate]:
    for number, fit in enumerate(fits_of(role.spec)):
        where = ("context", "company_stage_fit", number)
        statements = [
            Statement(plain(item.text), sort, _place(files.spec, (*where, sort, position)))
            for sort in SORTS
            for position, item in enumerate(getattr(fit, sort))
        ]
        yield Candidate(role, fit, _place(files.spec, where), tuple(statements))


def _place(spec: RoleSpec, where: tuple[str | int, ...]) -> str:
    problem = at_place(spec, where, "nexthire.place", "")
    return f"{problem.file}:{problem.line}" if problem.file else spec.id


def advise(situation: Situation, candidates: Sequence[Candidate]) -> Advice:
    """Weighs what is known of a situation. The same situation and specs give the same advice."""
    on_board, strangers = _on_board(situation.team, candidates)
    reasons: dict[int, list[Reason]] = {number: [] for number in range(len(candidates))}
    for number, candidate in enumerate(candidates):
        reasons[number] += _of_stage(situation, candidate, candidates)
        reasons[number] += _of_performance(situation, candidate)
    language = candidates[0].role.language
    statements = [(number, each) for number, one in enumerate(candidates) for each in one.statements]
    known = Statements([each.text for _, each in statements], language)
    unmatched = []
    for symptom in situation.symptoms:
        matched = _matched(symptom, statements, known)
        if not matched:
            unmatched.append(symptom)
        for number, statement in matched:
            for whom, reason in _of_symptom(symptom, number, statement, candidates, on_board):
                reasons[whom].append(reason)
    weighed = [Weighed(one, tuple(reasons[number])) for number, one in enumerate(candidates)]
    weighed.sort(key=lambda one: -one.points)
    return Advice(situation, tuple(weighed), tuple(unmatched), strangers, on_board)


def _of_stage(situation: Situation, candidate: Candidate, candidates: Sequence[Candidate]) -> Iterator[Reason]:
    if situation.stage == candidate.fit.stage:
        told = f"the company is at its {situation.stage} stage: {plain(candidate.fit.summary)}"
        yield Reason(STAGE, told, candidate.place)
    elif situation.stage and situation.stage not in {one.fit.stage for one in candidates if one.id == candidate.id}:
        told = f"the company is at its {situation.stage} stage, and the role fits the {candidate.fit.stage} stage"
        yield Reason(-STAGE, told, candidate.place)


def _of_performance(situation: Situation, candidate: Candidate) -> Iterator[Reason]:
    if situation.performance is None or candidate.span is None:
        return
    least, most = candidate.span
    told = f"performance of {percent(situation.performance)} is "
    if least <= situation.performance <= most:
        edge = ", at its edge" if situation.performance in (least, most) else ""
        yield Reason(RANGE, f"{told}within {percent(least)} to {percent(most)}{edge}", candidate.place)
    else:
        yield Reason(-RANGE, f"{told}outside {percent(least)} to {percent(most)}", candidate.place)


_Placed = tuple[int, Statement]


def _matched(symptom: str, statements: Sequence[_Placed], known: Statements) -> list[_Placed]:
    """The statements that say the symptom: each role's best of a sort, if it comes near to the best of that sort."""
    scored = list(zip(known.likeness(symptom), statements, strict=True))
    best = {sort: max((score for score, (_, each) in scored if each.sort == sort), default=0.0) for sort in SORTS}
    found: dict[tuple[int, Sort], tuple[float, _Placed]] = {}
    for score, placed in scored:
        key = (placed[0], placed[1].sort)
        if score >= max(ALIKE, _NEARLY * best[placed[1].sort]) and score > found.get(key, (0.0, placed))[0]:
            found[key] = (score, placed)
    return [placed for _, placed in found.values()]


def _of_symptom(
    symptom: str, number: int, statement: Statement, candidates: Sequence[Candidate], on_board: Mapping[str, int]
) -> Iterator[tuple[int, Reason]]:
    """To which candidates a matched symptom speaks, and how."""
    said = f"“{symptom}” is like “{statement.text}”"
    if statement.sort == "signals":
        yield number, Reason(SIGNAL, said, statement.place)
    elif on_board.get(candidates[number].id):
        title = candidates[number].role.title
        yield number, Reason(-WRONG, f"{said}, which another {title} would not mend", statement.place)
        for whom, other in enumerate(candidates):
            if whom != number and any(mentions(statement.text, name) for name in names_of(other.role)):
                yield whom, Reason(WRONG, f"{said}, which names this role", statement.place)


def names_of(role: Role) -> list[str]:
    """What a role is called: its name, its title, and its other titles."""
    return [role.id.replace("-", " "), str(role.spec.title), *map(str, role.spec.aliases)]


def mentions(text: str, name: str) -> bool:
    """Whether a text names a role, in the singular or with an s."""
    return re.search(rf"\b{re.escape(name)}s?\b", text, re.IGNORECASE) is not None


def _on_board(
    team: Iterable[tuple[str, int]], candidates: Sequence[Candidate]
) -> tuple[Mapping[str, int], tuple[str, ...]]:
    """How many of each role of the family there are, and who else."""
    found: dict[str, int] = {}
    strangers = []
    for name, count in team:
        known = next((one.id for one in candidates if is_called(name, one.role)), None)
        if known is None:
            strangers.append(name)
        else:
            found[known] = found.get(known, 0) + count
    return found, tuple(strangers)


def is_called(name: str, role: Role) -> bool:
    """Whether a role is meant by a name, as people write it."""
    asked = " ".join(re.split(r"[\s_-]+", name.strip().casefold()))
    return any(asked in (known.casefold(), f"{known.casefold()}s") for known in names_of(role))


def percent(value: float) -> str:
    """A share as people write it."""
    return f"{value:g}%"
