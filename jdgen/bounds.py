"""Bounds of time and memory for a process that runs what a stranger wrote."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jdgen.problem import JdgenError, Problem

try:
    import resource
except ImportError:  # Windows has no such bounds
    resource = None  # type: ignore[assignment]  # it is looked at before each use


@dataclass(frozen=True)
class Bounds:
    """What a process may use for one job."""

    seconds: int = 20
    """Of processor time."""
    memory: int = 512 << 20
    """Bytes, beyond what it has when it begins."""

    def begin(self) -> None:
        """Binds the memory of this process from now on. Raises JdgenError where that is not possible."""
        refuse_without()
        size = _size() + self.memory
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def start_job(self) -> None:
        """Gives this process its time for one job; when it is over, the system kills it."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        seconds = int(used.ru_utime + used.ru_stime) + self.seconds
        resource.setrlimit(resource.RLIMIT_CPU, (seconds if hard < 0 else min(seconds, hard), hard))

    def problem(self, what: str) -> Problem:
        """That a job went beyond them."""
        message = f"{what} took more than {self.seconds} seconds or {self.memory >> 20} MiB, and was ended"
        return Problem("template.bounds", message, hint="look for loops and very long texts in its templates")


def refuse_without() -> None:
    """Raises JdgenError where processes can't be bound."""
    if resource is None:
        hint = "run it where there is Linux or macOS"
        raise JdgenError([Problem("template.unbound", "this system can't bound what templates use", hint=hint)])


def _size() -> int:
    """The memory that this process has by now, in bytes, as its bound counts it."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):
        return 2 << 30  # macOS does not say; more than enough
    return pages * resource.getpagesize()
