"""How long hostile YAML of three sizes takes to be answered: python -m tests.benchmarks.peers.hostile NAME

Prints the seconds for each size, in a process of its own, since a crash is an answer, too.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from jdgen.problem import JdgenError
from jdgen.source import Source
from jdgen.spec import RoleSpec

SIZES = (250_000, 500_000, 1_000_000)
RUNS = 3


def _filled(size: int, line: str, head: str = "", tail: str = "") -> str:
    """Copies of `line` with a number at each `#`, up to a size."""
    count = (size - len(head) - len(tail)) // len(line.replace("#", "123456"))
    body = "".join(line.replace("#", f"{n:06}") for n in range(count)) if "#" in line else line * count
    return head + body + tail


HOSTILE: dict[str, Callable[[int], str]] = {
    "deep brackets": lambda size: "[" * size,
    "deep braces": lambda size: _filled(size, "{a: "),
    "deep dashes": lambda size: _filled(size, "- "),
    "brackets in a text": lambda size: _filled(size, "[", "title: '", "'\n"),
    "many keys": lambda size: _filled(size, "key#: a value that is not short\n"),
    "many short keys": lambda size: _filled(size, "k#: v\n"),
    "one key again and again": lambda size: _filled(size, "title: one more\n"),
    "many items": lambda size: _filled(size, "  - an item of a list\n", "aliases:\n"),
    "many short items": lambda size: _filled(size, "a,", "aliases: [", "a]\n"),
    "many duties": lambda size: _filled(size, "  - id: d#\n    txt: wrong\n", "responsibilities:\n"),
    "many anchors": lambda size: _filled(size, "k#: &a# x\n"),
    "many aliases": lambda size: _filled(size, "*a, ", "a: &a x\nb: [", "*a]\n"),
    "many tags": lambda size: _filled(size, "k#: !t x\n"),
    "long scalar": lambda size: _filled(size, "x", "title: "),
    "long text of words": lambda size: _filled(size, "  some words in a line\n", "summary: |-\n"),
    "long key": lambda size: _filled(size, "x", "", ": 1\n"),
    "escapes": lambda size: _filled(size, "\\n", 'title: "', '"\n'),
    "unfit characters": lambda size: _filled(size, "k#: \u202ex\n"),
    "escaped unfit characters": lambda size: _filled(size, 'k#: "\\u202E"\n'),
    "comments": lambda size: _filled(size, "# a comment\n"),
    "empty lines": lambda size: "\n" * size,
    "many documents": lambda size: _filled(size, "--- a\n"),
}


def seconds(text: str) -> float:
    """How long it takes to read the text as a role spec, or to refuse it: the best of a few runs."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        try:
            Source(text, "hostile.yaml").model(RoleSpec, "hostile")
        except JdgenError as error:
            str(error)
        times.append(time.perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    print(*(seconds(HOSTILE[sys.argv[1]](size)) for size in SIZES))
