"""Work for several processes, the results in the order of the jobs."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import BaseContext
from typing import TypeVar

from jdgen.bounds import Bounds, refuse_without
from jdgen.problem import JdgenError, Problem

Job = TypeVar("Job")
Result = TypeVar("Result")
_WORTH = 6
"""From how many jobs on a further process saves more than it costs to start."""
_CHUNK = 8
_OFTEN = (700, 10, 10)
"""Python's own thresholds."""


def processes(asked: int | None, jobs: int) -> int:
    """How many processes to use: as many as were asked for, else one a core, and no more than pay off."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(asked or cores, jobs // _WORTH))


def done(
    work: Callable[[Job], Result], jobs: Sequence[Job], count: int, bounds: Bounds | None = None
) -> Iterator[Result]:
    """What `work` makes of each job, by `count` processes, in order; in one with `bounds`, if there are any.

    `work` and its results are pickled where processes can't be forked. Raises what `work` raises, and JdgenError if
    a process was killed.
    """
    if bounds is not None:
        refuse_without()
        yield from _bounded(work, jobs, bounds)
        return
    if len(jobs) >= _WORTH:
        gc.set_threshold(*_OFTEN)  # so that memory does not grow with the number of jobs
    if count == 1:
        yield from map(work, jobs)
    else:
        yield from _shared(work, jobs, count)


def _shared(work: Callable[[Job], Result], jobs: Sequence[Job], count: int) -> Iterator[Result]:
    # What is there by now is there for good: the collector need not look through it again in each process.
    gc.freeze()
    try:
        with ProcessPoolExecutor(count, _context()) as pool:
            yield from pool.map(work, jobs, chunksize=max(1, min(_CHUNK, len(jobs) // (4 * count))))
    except BrokenProcessPool:
        hint = "memory may have run out; --jobs 1 needs the least"
        raise JdgenError([Problem("build.killed", "a process of the build was killed", hint=hint)]) from None
    finally:
        gc.unfreeze()


def _bounded(work: Callable[[Job], Result], jobs: Sequence[Job], bounds: Bounds) -> Iterator[Result]:
    """The same by one process, so that it is known whose job went beyond the bounds. Raises JdgenError."""
    problems: list[Problem] = []
    left = list(jobs)
    while left:
        try:
            with ProcessPoolExecutor(1, _context(), bounds.begin) as pool:
                while left:
                    yield pool.submit(_within, bounds, work, left[0]).result()
                    left.pop(0)
        except (BrokenProcessPool, MemoryError):
            problems.append(bounds.problem(str(left.pop(0))))
    if problems:
        raise JdgenError(problems)


def _within(bounds: Bounds, work: Callable[[Job], Result], job: Job) -> Result:
    bounds.start_job()
    return work(job)


def _context() -> BaseContext:
    return multiprocessing.get_context("fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn")
