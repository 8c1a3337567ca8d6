"""How long `jdgen lint` takes for a finished posting, and how that grows: python -m tests.benchmarks.lint

Whole processes, best of several; the last column is the time against the same command that only says its version.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 5
SENTENCE = "You plan the menu with the cooks, keep the kitchen clean, and order what the week needs. "
"""17 words."""


def posting(words: int) -> str:
    body = "\n\n".join(SENTENCE * 3 for _ in range(words // 51))
    return f"# Cook\n\n## What you will do\n\n{body}\n\n## Requirements\n\n- 5+ years of experience\n- A degree\n"


def best(*command: str) -> float:
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "jdgen", *command], capture_output=True, check=False)
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    base = best("--version")
    print(f"{'words':>8}  {'seconds':>8}  {'x --version':>12}")
    with tempfile.TemporaryDirectory() as folder:
        for sort in ("md", "txt"):
            for words in (100, 1_000, 10_000, 50_000):
                path = Path(folder) / f"{words}.{sort}"
                text = posting(words)
                path.write_text(text if sort == "md" else f"Cook\n\n{' '.join(text.split())}\n", encoding="utf-8")
                seconds = best("lint", str(path))
                shape = "paragraphs" if sort == "md" else "in one line"
                print(f"{words:>8}  {seconds:>8.2f}  {seconds / base:>12.1f}  {shape}")


if __name__ == "__main__":
    main()
