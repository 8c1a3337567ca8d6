"""The wheel holds all that a build needs: installed alone, used from an empty folder, it makes the committed bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(out.glob("*.whl"))


def test_the_wheel_holds_code_templates_specs_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"jdgen"}
    for name in ("py.typed", "templates/house-style.docx", "templates/locales/en.yaml", "role_specs/ai-engineer.yaml"):
        assert f"jdgen/{name}" in names
    assert "jdgen/starter/role.yaml" in names


def test_it_makes_the_committed_kit_from_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    site, work = tmp_path / "site", tmp_path / "work"
    work.mkdir()
    with zipfile.ZipFile(wheel) as package:
        package.extractall(site)
    environment = {**os.environ, "PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1"}
    where = subprocess.run(
        [sys.executable, "-c", "import jdgen; print(jdgen.__file__)"],
        cwd=work, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert Path(where.stdout.strip()).is_relative_to(site)
    command = [sys.executable, "-m", "jdgen", "build", "ai-engineer", "-o", "kits", "--quiet"]
    subprocess.run(command, cwd=work, env=environment, check=True)
    made = {path.name: path.read_bytes() for path in (work / "kits" / "ai-engineer").iterdir()}
    committed = {path.name: path.read_bytes() for path in (ROOT / "output" / "ai-engineer").iterdir() if path.is_file()}
    # What it was made of is not the same: there the specs are the repository's, here those that ship with jdgen.
    own, other = (json.loads(kit.pop("manifest.json")) for kit in (made, committed))
    assert made == committed
    assert own["files"] == other["files"]
