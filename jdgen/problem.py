"""What can go wrong, as values: one shape for every stage, sorted by place, shown in one way."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

Severity = Literal["error", "warning", "info"]
EXCERPT = 110
"""The most characters of a line that a problem shows."""


@dataclass(frozen=True)
class Problem:
    """One thing to mend: where it is, what it is, how to mend it.

    `line` and `column` count from 1; 0 means that the place is not known. `excerpt` is the line of
    the file, and `width` how many of its characters the problem covers.
    """

    code: str
    message: str
    file: str = ""
    line: int = 0
    column: int = 0
    hint: str = ""
    severity: Severity = "error"
    excerpt: str = ""
    width: int = 1

    @property
    def place(self) -> str:
        """`file:line:column`, as far as each is known."""
        parts = [self.file, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(part for part in parts if part)

    def __str__(self) -> str:
        head = f"{self.place}: " if self.place else ""
        lines = [f"{head}{self.severity}: {self.message}  [{self.code}]"]
        if self.excerpt:
            start = max(0, self.column - 1 - EXCERPT // 2) if len(self.excerpt) > EXCERPT else 0
            excerpt, indent = self.excerpt[start : start + EXCERPT], self.column - 1 - start
            marks = "^" * max(1, min(self.width, EXCERPT - indent))
            lines.append(f"{self.line:>5} | {excerpt}")
            lines.append(f"      | {' ' * indent}{marks}{' ' + self.hint if self.hint else ''}")
        elif self.hint:
            lines.append(f"      hint: {self.hint}")
        return "\n".join(lines)


class Comment(NamedTuple):
    """A comment in a file, without its signs."""

    line: int
    of: int
    """The line that it speaks of: its own, or the next with something in it if it stands alone."""
    text: str


class Origin(Protocol):
    """A file that a spec was read from."""

    @property
    def file(self) -> str: ...

    def problem(
        self,
        where: Sequence[str | int],
        code: str,
        message: str,
        hint: str = "",
        *,
        key: bool = False,
        words: str = "",
        occurrence: int = 0,
    ) -> Problem:
        """A problem at the place of `where`, a path of keys and positions from the file's root.

        It points at the key if `key` is true; or at `words` there, of several equal ones at that of the
        number `occurrence`.
        """
        ...

    def comments(self) -> Iterator[Comment]:
        """Each comment in the file."""
        ...


class JdgenError(Exception):
    """The input can't be used. Carries every problem found, in the order of their places."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[JdgenError], tuple[list[Problem]]]:
        return type(self), (self.problems,)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """`problems` by file, line and column, each once."""
    return sorted(set(problems), key=lambda p: (p.file, p.line, p.column, p.code, p.message))


def nearest(word: str, known: Iterable[str], listed: int = 6) -> str:
    """A hint: the known word nearest to `word`, else what is known, else nothing."""
    import difflib  # noqa: PLC0415 - help and completion need no near matches

    choices = sorted(set(known))
    close = difflib.get_close_matches(word.casefold(), [c.casefold() for c in choices], n=1, cutoff=0.6)
    if close:
        match = next(c for c in choices if c.casefold() == close[0])
        return f"did you mean '{match}'?"
    if choices and len(choices) <= listed:
        return "there is " + ", ".join(f"'{c}'" for c in choices)
    return ""


def shown(path: Path) -> str:
    """A path as messages name it: from the working folder if it lies below, with forward slashes."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links
    here = Path.cwd()
    return (absolute.relative_to(here) if absolute.is_relative_to(here) else absolute).as_posix()
