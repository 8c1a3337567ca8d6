"""Findings that someone chose to ignore, with the reason: comments in files, and the company's settings."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch

from jdgen.problem import Origin, Problem, nearest

_IGNORE = re.compile(r"jdgen:\s*(ignore(?:-file)?)\b\s*(?:\[([^\]]*)\])?[\s:,–—-]*(.*)", re.DOTALL)
_HINT = "write: jdgen: ignore[JD-004] and why"


@dataclass(frozen=True)
class Ignore:
    """One rule that is ignored at one line, or in a whole file."""

    code: str
    reason: str
    line: int
    """Where the comment stands."""
    of: int | None
    """The line it is for; None for the whole file."""


@dataclass(frozen=True)
class Ignores:
    """What the comments of one file ask to ignore, and what is wrong with them."""

    found: tuple[Ignore, ...] = ()
    problems: tuple[Problem, ...] = ()

    def holding(self, code: str, lines: Collection[int]) -> Ignore | None:
        """The one that holds for a finding that touches `lines`."""
        return next((one for one in self.found if one.code == code and (one.of is None or one.of in lines)), None)


@dataclass(frozen=True)
class Setting:
    """A rule that a company ignores, with the reason."""

    code: str
    reason: str
    files: tuple[str, ...] = field(default=())

    def holds(self, problem: Problem) -> bool:
        """Whether it is for the problem: of that rule, and in one of its files if it names some."""
        is_there = any(
            fnmatch(problem.file, pattern) or fnmatch(problem.file, f"*/{pattern}") for pattern in self.files
        )
        return selects(self.code, problem.code) and (not self.files or is_there)


def ignores_in(origin: Origin, codes: Collection[str]) -> Ignores:
    """What a file's comments ask to ignore; `codes` are those of the rules there are."""
    found: list[Ignore] = []
    problems: list[Problem] = []
    for comment in origin.comments():
        match = _IGNORE.match(comment.text)
        if match is None:
            continue
        named = [code.strip() for code in (match[2] or "").split(",") if code.strip()]
        reason = match[3].strip()
        problems += (
            Problem(code, message, _file(origin), comment.line, 1, hint)
            for code, message, hint in _faults(named, reason, codes)
        )
        if reason:
            of = comment.of if match[1] == "ignore" else None
            found += (Ignore(code, reason, comment.line, of) for code in named if code in codes)
    return Ignores(tuple(found), tuple(problems))


def _faults(named: list[str], reason: str, codes: Collection[str]) -> Iterator[tuple[str, str, str]]:
    if not named:
        yield "ignore.no-rule", "the comment names no rule to ignore", _HINT
    if not reason:
        yield "ignore.no-reason", "the comment gives no reason to ignore a rule", _HINT
    for code in named:
        if code not in codes:
            yield "ignore.unknown-rule", f"there is no rule '{code}'", nearest(code, codes)


def unused(origin: Origin, ignores: Ignores, used: Iterable[Ignore]) -> Iterator[tuple[Ignore, Problem]]:
    """A warning for each comment that ignores nothing, so that none outlives its reason."""
    kept = set(used)
    for one in ignores.found:
        if one not in kept:
            message = f"nothing breaks {one.code} {'in this file' if one.of is None else 'here'} any more"
            hint = "take the comment out"
            yield one, Problem("ignore.unused", message, _file(origin), one.line, 1, hint, "warning")


def selects(selector: str, code: str) -> bool:
    """Whether a selector means a code: the code itself, or how it begins, as `JD` or `PQ-s`."""
    return code == selector or code.startswith(selector)


def _file(origin: Origin) -> str:
    return origin.problem((), "", "").file
