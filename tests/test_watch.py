"""`jdgen watch`: builds again on any change of what kits are made of, and says what is wrong."""

from __future__ import annotations

import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jdgen.build import Built
from jdgen.load import Library
from jdgen.problem import JdgenError
from jdgen.request import Request
from jdgen.watch import watch_kits
from tests.test_incremental import ALL, edit, kitchen, made, template  # noqa: F401 - a fixture

SECONDS = 60
HYGIENE = Path("role_specs/competencies/hygiene.yaml")
Told = Callable[[], Built | JdgenError]


@pytest.fixture
def told(kitchen: Path) -> Iterator[Told]:  # noqa: F811 - a fixture
    results: queue.Queue[Built | JdgenError] = queue.Queue()
    stop = threading.Event()
    thread = threading.Thread(target=watch_kits, args=(ALL, results.put, stop))
    thread.start()
    assert isinstance(results.get(timeout=SECONDS), Built)
    time.sleep(0.5)  # until the system listens
    yield lambda: results.get(timeout=SECONDS)
    stop.set()
    thread.join(SECONDS)
    assert not thread.is_alive()


def test_each_change_makes_what_depends_on_it(told: Told) -> None:
    edit(HYGIENE, "washed no hands", "washed nothing")
    result = told()
    assert isinstance(result, Built)
    assert made(result) == ["baker", "cook", "cook/cook-1"]

    edit(HYGIENE, "definition:", "definitoin:")
    result = told()
    assert isinstance(result, JdgenError)
    assert (HYGIENE.as_posix(), 3) in {(problem.file, problem.line) for problem in result.problems}
    edit(HYGIENE, "definitoin:", "definition:")
    assert isinstance(told(), Built)

    template("locales/en.yaml", "section.offer: What you get\n")  # a folder that was not there
    result = told()
    assert isinstance(result, Built)
    assert len(made(result)) == 6


def test_there_must_be_something_to_watch(tmp_path: Path) -> None:
    with pytest.raises(JdgenError) as caught:
        watch_kits(Request(library=Library(tmp_path / "no"), templates=tmp_path / "none"), lambda _: None)
    assert [problem.code for problem in caught.value.problems] == ["watch.nothing"]


@pytest.mark.usefixtures("kitchen")
def test_the_command_ends_on_an_interrupt() -> None:
    # What a shell starts in the background ignores interrupts, and so does all that it starts.
    heard = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from jdgen.cli import main; main()"
    )
    command = [sys.executable, "-u", "-c", heard, "watch", "waiter"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    assert process.stderr.readline().endswith("; watching\n")
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    assert process.wait(SECONDS) == 0
    assert "Traceback" not in process.communicate()[1]
