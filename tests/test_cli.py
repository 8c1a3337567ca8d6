"""The command line as its users meet it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from jdgen import __version__
from jdgen.cli import app

ROOT = Path(__file__).parent.parent
COMMANDS = sorted(get_command(app).commands)  # type: ignore[attr-defined]  # a group has commands


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(arguments))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def test_commands() -> None:
    kits = ["build", "check", "debrief", "export", "import", "site", "watch"]
    judging = ["compare", "lint", "next-hire", "plan", "trace"]
    states, starting = ["diff", "pin", "unpin"], ["init", "list", "new", "schema", "show", "templates"]
    assert sorted([*kits, *judging, *states, *starting]) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    code, out, _ = run(command, "--help")
    assert code == 0
    assert f"jdgen {command}" in out.split("Example", 1)[1]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"jdgen {command}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_version() -> None:
    assert run("--version") == (0, f"jdgen {__version__}\n", "")


def test_build_in_an_empty_folder_prints_every_file() -> None:
    code, out, err = run("build", "ai-engineer")
    paths = out.splitlines()
    assert code == 0
    assert len(paths) == 33
    assert all(Path(path).is_file() for path in paths)
    assert "output/ai-engineer/ai-engineer-job-description.docx" in paths
    assert err == "33 files, 33 changed\n"
    assert run("build", "ai-engineer")[2] == "33 files, 0 changed\n"


def test_build_is_silent_if_asked() -> None:
    assert run("build", "ai-engineer", "--quiet") == (0, "", "")


def test_one_kind_in_one_format() -> None:
    _, out, _ = run("build", "ai-engineer", "--kind", "job-description", "--to", "md")
    assert out == "output/ai-engineer/ai-engineer-job-description.md\n"


def test_a_level_and_a_posting_have_folders_of_their_own() -> None:
    _, out, _ = run("build", "ai-engineer", "--level", "staff", "--kind", "job-description", "--to", "md")
    assert out == "output/ai-engineer/staff/ai-engineer-staff-job-description.md\n"
    _, out, _ = run("build", "--posting", "ai-engineer-2027-01", "--kind", "job-description", "--to", "md")
    assert out == "output/ai-engineer/ai-engineer-2027-01/ai-engineer-2027-01-job-description.md\n"


def test_a_path_to_a_spec_builds_it() -> None:
    shutil.copy(ROOT / "role_specs" / "ai-engineer.yaml", "my-role.yaml")
    code, out, _ = run("build", "my-role.yaml", "--to", "md")
    assert code == 0
    assert "output/my-role/my-role-job-description.md" in out


def test_check_says_what_differs_and_what_to_run() -> None:
    run("build", "ai-engineer")
    assert run("check", "ai-engineer")[0] == 0
    Path("output/ai-engineer/README.md").unlink()
    code, out, err = run("check", "ai-engineer")
    assert (code, out) == (1, "missing: output/ai-engineer/README.md\n")
    assert "run: jdgen build ai-engineer" in err


def test_an_unknown_role_names_the_nearest() -> None:
    code, out, err = run("build", "ai-enginer")
    assert (code, out) == (2, "")
    assert "did you mean 'ai-engineer'?" in err
    assert not Path("output").exists()


def test_a_broken_spec_leaves_what_was_there() -> None:
    run("new", "cook")
    run("build", "cook")
    before = {path: path.read_bytes() for path in Path("output").rglob("*") if path.is_file()}
    spec = Path("role_specs/cook.yaml")
    spec.write_text(spec.read_text(encoding="utf-8").replace("tagline:", "tagine:"), encoding="utf-8")
    code, _, err = run("build", "cook")
    assert code == 2
    assert "did you mean 'tagline'?" in err
    assert "nothing was written" in err
    assert {path: path.read_bytes() for path in Path("output").rglob("*") if path.is_file()} == before


def test_new_role_builds_as_it_is_and_is_never_overwritten() -> None:
    assert run("new", "data-analyst")[1] == "role_specs/data-analyst.yaml\n"
    assert run("build")[0] == 0
    assert sorted(path.name for path in Path("output").iterdir()) == ["data-analyst"]
    code, _, err = run("new", "data-analyst")
    assert code == 2
    assert "is there already" in err
    assert run("new", "Data Analyst")[0] == 2


def test_init_makes_a_folder_in_which_everything_works(monkeypatch: pytest.MonkeyPatch) -> None:
    code, out, _ = run("init", "hiring", "--company", "Example Ltd")
    assert code == 0
    assert all(Path(path).is_file() for path in out.splitlines())
    monkeypatch.chdir("hiring")
    assert run("build")[0] == 0
    assert [path.name for path in Path("output").iterdir()] == ["office-manager"]
    text = Path("output/office-manager/office-manager-job-description.md").read_text(encoding="utf-8")
    assert text.endswith("Example Ltd\n")
    assert run("check")[0] == 0
    assert "filled/" in Path(".gitignore").read_text(encoding="utf-8")
    assert "jdgen check" in Path(".github/workflows/kits.yml").read_text(encoding="utf-8")
    code, _, err = run("init")
    assert code == 2
    assert "nothing was written" in err


def test_list_and_show() -> None:
    _, out, _ = run("list")
    assert all(name in out for name in ("software-engineer", "ai-engineer", "ml-engineer", "northlight"))
    _, out, _ = run("show", "ai-engineer", "--level", "staff")
    assert "Staff AI Engineer" in out
    assert re.search(r"evaluation +20 % +required +target 5 .*ai-engineer\.yaml:\d+", out)


def test_schema_writes_one_file_for_each_kind() -> None:
    _, out, _ = run("schema")
    assert [Path(path).name for path in out.split()] == [
        f"{kind}.schema.json" for kind in ("role", "competency", "company", "posting")
    ]


def test_templates_lists_kinds_and_blocks() -> None:
    _, out, _ = run("templates")
    assert "job-description  (for: candidate, one per role)" in out
    _, out, _ = run("templates", "scorecard")
    assert "scorecard  (for: internal, one per scored stage)" in out
    assert "  ratings" in out
    code, _, err = run("templates", "score-card")
    assert code == 2
    assert "did you mean 'scorecard'?" in err


def test_templates_lists_what_can_be_printed() -> None:
    _, out, _ = run("templates", "--values")
    assert out.startswith("role\n  aliases\n")
    assert "  candidate_minutes\n" in out
    assert "stage, and each of role.stages\n" in out


def test_a_reader_that_stops_is_no_error() -> None:
    command = f'"{sys.executable}" -m jdgen build ai-engineer | head -n 1'
    if os.name == "nt":
        pytest.skip("there is no head on Windows")
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("output/ai-engineer/")
    assert "Traceback" not in done.stderr


def test_completion_offers_roles() -> None:
    environment = {**os.environ, "_JDGEN_COMPLETE": "complete_bash", "COMP_WORDS": "jdgen build ai", "COMP_CWORD": "2"}
    code = "from jdgen.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert "ai-engineer" in done.stdout.split()
