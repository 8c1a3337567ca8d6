"""The committed kits are what the specs say; the same input gives the same bytes anywhere."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

from jdgen.build import build_kits, kit_files
from jdgen.check import check_kits
from jdgen.load import Library
from jdgen.request import Request

ROOT = Path(__file__).parent.parent
REQUEST = Request(output=ROOT / "output", library=Library(own=ROOT / "role_specs"), templates=ROOT / "templates")

DIGESTS = """
import hashlib, json, sys
from pathlib import Path
from jdgen.build import kit_files
from jdgen.request import Request
files = kit_files(Request(("ai-engineer",), output=Path("out")))
print(json.dumps({file.path.as_posix(): hashlib.sha256(file.data).hexdigest() for file in files}))
"""


def digests(folder: Path, **environment: str) -> dict[str, str]:
    """The digests of a kit that is made in another process and folder."""
    run = subprocess.run(
        [sys.executable, "-c", DIGESTS], cwd=folder, env={**os.environ, **environment}, capture_output=True, check=True
    )
    return dict(json.loads(run.stdout))


def test_the_committed_kits_are_what_the_specs_say() -> None:
    assert check_kits(REQUEST).differences == ()


def test_a_kit_that_is_stale_or_incomplete_is_found(tmp_path: Path) -> None:
    request = Request(("ai-engineer",), output=tmp_path, library=REQUEST.library, templates=REQUEST.templates)
    built = build_kits(request)
    built.files[0].write_text("edited", encoding="utf-8")
    built.files[1].unlink()
    (tmp_path / "ai-engineer" / "ai-engineer-old.md").write_text("left behind", encoding="utf-8")
    found = {difference.path.name: difference.state for difference in check_kits(request).differences}
    assert found == {
        built.files[0].name: "edited",
        built.files[1].name: "missing",
        "ai-engineer-old.md": "orphaned",
    }


def test_the_same_bytes_under_another_hash_seed_time_zone_and_folder(tmp_path: Path) -> None:
    here = {
        f"out/{file.path.relative_to('out').as_posix()}": hashlib.sha256(file.data).hexdigest()
        for file in kit_files(
            Request(("ai-engineer",), output=Path("out"), library=Library(own=Path("none")), templates=Path("none"))
        )
    }
    (tmp_path / "a b").mkdir()
    assert digests(tmp_path, PYTHONHASHSEED="1", TZ="Asia/Tokyo") == here
    assert digests(tmp_path / "a b", PYTHONHASHSEED="2", TZ="America/Denver", LC_ALL="C") == here


def test_no_path_of_a_machine_is_in_any_file() -> None:
    needles = [str(ROOT).encode(), str(Path.home()).encode() + b"/"]
    for path in (ROOT / "output").rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not any(needle in data for needle in needles), path


def test_a_second_build_changes_nothing(tmp_path: Path) -> None:
    request = Request(("software-engineer",), output=tmp_path, library=REQUEST.library, templates=REQUEST.templates)
    first = build_kits(request)
    times = {path: path.stat().st_mtime_ns for path in first.files}
    second = build_kits(request)
    assert second.changed == ()
    assert {path: path.stat().st_mtime_ns for path in second.files} == times
