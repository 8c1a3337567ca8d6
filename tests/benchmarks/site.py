"""How long `jdgen site` takes for very many roles, and how long its search waits: python -m tests.benchmarks.site

Whole processes. A role is the AI engineer's spec with other words, and all share competencies. Ratios are to the
command that only says its version. Search is measured in Chromium: from a key to the next frame that shows the result.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.benchmarks.speed import role_specs

KEYS = "engineer 0123"


def seconds(folder: Path, *command: str) -> float:
    """The wall time of one process."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "jdgen", *command], cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - start


def search(home: Path) -> list[float]:
    """For each key, the milliseconds until the list is drawn."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(home.as_uri())
        page.wait_for_timeout(1000)  # until the page itself is drawn
        times: list[float] = page.evaluate(
            """async (keys) => {
              const box = document.querySelector('input[type=search]'), times = [];
              for (const key of keys) {
                const start = performance.now();
                box.value += key;
                box.dispatchEvent(new InputEvent('input', {bubbles: true}));
                await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
                times.push(performance.now() - start);
              }
              return times;
            }""",
            list(KEYS),
        )
        browser.close()
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--roles", type=int, default=1000)
    roles = parser.parse_args().roles
    with tempfile.TemporaryDirectory() as work:
        folder = role_specs(Path(work) / "many", roles)
        base = min(seconds(folder, "--version") for _ in range(3))
        rows = [
            (f"{roles} roles, both parts", seconds(folder, "site")),
            ("again, nothing changed", seconds(folder, "site")),
        ]
        spec = folder / "role_specs" / "role-0001.yaml"
        spec.write_text(
            spec.read_text(encoding="utf-8").replace("AI Engineer 0001", "AI Engineer One"), encoding="utf-8"
        )
        rows.append(("again, one role changed", seconds(folder, "site")))
        rows.append(("careers alone, into a new folder", seconds(folder, "site", "--only", "careers", "-o", "public")))
        for what, took in rows:
            print(f"{what:36} {took:8.1f} s  {took / base:8.0f} x --version")
        site = folder / "site"
        files = [path for path in site.rglob("*") if path.is_file()]
        pages = sum(path.suffix == ".html" for path in files)
        size = sum(path.stat().st_size for path in files) / 1e6
        index = (site / "internal" / "index.html").stat().st_size / 1e6
        print(f"{pages} pages, {len(files)} files, {size:.0f} MB; the list has {index:.1f} MB")
        print(f"memory of the largest process: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MiB")
        times = search(site / "internal" / "index.html")
        print(f"search, from key to list: median {statistics.median(times):.0f} ms, longest {max(times):.0f} ms")


if __name__ == "__main__":
    main()
