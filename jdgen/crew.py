"""Work for several processes, the results in the order of the jobs."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TypeVar

from jdgen.problem import JdgenError, Problem

Job = TypeVar("Job")
Result = TypeVar("Result")
_WORTH = 6
"""From how many jobs on a further process saves more than it costs to start."""
_CHUNK = 8
_RARELY = (100_000, 20, 20)


def processes(asked: int | None, jobs: int) -> int:
    """How many processes to use: as many as were asked for, else one a core, and no more than pay off."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(asked or cores, jobs // _WORTH))


@contextmanager
def rare_collection() -> Iterator[None]:
    """Lets the garbage collector run rarely: kits make many objects, and few that refer to each other in circles."""
    before = gc.get_threshold()
    gc.set_threshold(*_RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def done(work: Callable[[Job], Result], jobs: Sequence[Job], count: int) -> Iterator[Result]:
    """What `work` makes of each job, by `count` processes, in order.

    `work` and its results are pickled where processes can't be forked. Raises what `work` raises, and JdgenError if
    a process was killed.
    """
    if count == 1:
        with rare_collection():
            yield from map(work, jobs)
        return
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    # What is there by now is there for good: the collector need not look through it again in each process.
    gc.freeze()
    try:
        with ProcessPoolExecutor(count, multiprocessing.get_context(method), gc.set_threshold, _RARELY) as pool:
            yield from pool.map(work, jobs, chunksize=max(1, min(_CHUNK, len(jobs) // (4 * count))))
    except BrokenProcessPool:
        hint = "memory may have run out; --jobs 1 needs the least"
        raise JdgenError([Problem("build.killed", "a process of the build was killed", hint=hint)]) from None
    finally:
        gc.unfreeze()
