"""What a user's CI runs: the action's and the workflow's own steps, in a fresh clone of what `jdgen init` made."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from jdgen.cli import app
from tests.test_diff import git
from tests.test_incremental import edit

ROOT = Path(__file__).parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
WORKFLOW = ".github/workflows/kits.yml"
GH = """#!/bin/sh
# Stands for GitHub's program: notes what it is asked for, and knows one comment if there is one.
for argument in "$@"; do printf '%s\\n' "$argument" >> "$GH_LOG"; done
printf -- '----\\n' >> "$GH_LOG"
case "$*" in *--jq*) cat "$GH_COMMENT" 2>/dev/null ;; esac
exit 0
"""


class Runner:
    """A machine of a CI service, as far as these steps see one."""

    def __init__(self, clone: Path, temp: Path, base: str) -> None:
        self.clone, self.temp = clone, temp
        self.log = temp / "gh.log"
        self.summary = temp / "summary.md"
        bin = temp / "bin"
        bin.mkdir(parents=True)
        (bin / "gh").write_text(GH)
        (bin / "gh").chmod(0o755)
        (bin / "jdgen").write_text(f'#!/bin/sh\nexec {sys.executable} -m jdgen "$@"\n')
        (bin / "jdgen").chmod(0o755)
        self.environment = {
            **os.environ,
            "PATH": f"{bin}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "RUNNER_TEMP": str(temp),
            "GH_LOG": str(self.log),
            "GH_COMMENT": str(temp / "comment"),
        }
        self.values = {
            "inputs.install": "",
            "inputs.folder": ".",
            "inputs.roles": "",
            "inputs.comment": "true",
            "inputs.token": "secret",
            "github.token": "secret",
            "github.action_path": str(ROOT),
            "github.repository": "example/hiring",
            "github.event.pull_request.number": "7",
            "github.event.pull_request.base.sha": base,
            "runner.temp": str(temp),
        }

    def filled(self, text: str) -> str:
        return re.sub(r"\$\{\{ ([\w.]+) \}\}", lambda match: self.values[match[1]], text)

    def run(self, steps: list[dict[str, Any]]) -> dict[str, subprocess.CompletedProcess[str]]:
        """What each step with commands comes to, in a shell as GitHub starts it, installing left out."""
        results = {}
        for step in steps:
            if "run" not in step or step["name"] == "Install":
                continue
            environment = self.environment | {name: self.filled(text) for name, text in step.get("env", {}).items()}
            assert "${{" not in step["run"], "what others write must not become part of a script"
            command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
            folder = self.clone / self.filled(step.get("working-directory", "."))
            results[step["name"]] = subprocess.run(
                command, cwd=folder, env=environment, capture_output=True, text=True, check=False
            )
        return results


@pytest.fixture
def origin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of a folder that `jdgen init` made, its kits built and committed."""
    folder = tmp_path / "origin"
    assert CliRunner().invoke(app, ["init", str(folder), "--company", "Example Ltd"]).exit_code == 0
    monkeypatch.chdir(folder)
    git("init", "-q", "-b", "main")
    assert CliRunner().invoke(app, ["build"]).exit_code == 0
    git("add", "-A")
    git("commit", "-qm", "Kits")
    return folder


def fresh_clone(origin: Path, tmp_path: Path, name: str) -> Runner:
    """A fresh clone of the branch as it is, where the base is `main`."""
    base = git("rev-parse", "main").strip()
    subprocess.run(["git", "clone", "-q", "--no-local", str(origin), str(tmp_path / name)], check=True)
    return Runner(tmp_path / name, tmp_path / f"{name}-temp", base)


def steps_of(name: str, clone: Path) -> list[dict[str, Any]]:
    if name == "action":
        return list(ACTION["runs"]["steps"])
    return list(yaml.safe_load((clone / WORKFLOW).read_text(encoding="utf-8"))["jobs"]["kits"]["steps"])


@pytest.mark.parametrize("name", ["action", "workflow"])
def test_the_steps_pass_where_kits_are_up_to_date(origin: Path, tmp_path: Path, name: str) -> None:
    runner = fresh_clone(origin, tmp_path, "clone")
    results = runner.run(steps_of(name, runner.clone))
    assert list(results) == ["Lint", "Build for reviewers", "Check", "Tell what changed", "Comment"]
    assert {step: (done.returncode, done.stderr) for step, done in results.items() if done.returncode} == {}
    assert (runner.temp / "kits" / "office-manager" / "README.md").is_file()
    assert "Nothing changed" in runner.summary.read_text()


@pytest.mark.parametrize("name", ["action", "workflow"])
def test_the_steps_fail_where_kits_are_stale_and_tell_what_changed(origin: Path, tmp_path: Path, name: str) -> None:
    git("checkout", "-qb", "change")
    edit(Path("role_specs/office-manager.yaml"), "minutes: 10", "minutes: 15")
    git("commit", "-qam", "More time")
    runner = fresh_clone(origin, tmp_path, "clone")
    results = runner.run(steps_of(name, runner.clone))
    assert results["Check"].returncode == 1
    assert "stale: output/office-manager/" in results["Check"].stdout
    assert "run: jdgen build" in results["Check"].stderr
    assert "**Changed**: minutes of question" in runner.summary.read_text()
    asked = runner.log.read_text()
    assert "repos/example/hiring/issues/7/comments" in asked
    assert "body=<!-- jdgen -->\n# What changed" in asked
    assert "PATCH" not in asked

    (runner.temp / "comment").write_text("4711\n")
    runner.log.unlink()
    runner.run(steps_of(name, runner.clone))
    assert "PATCH" in runner.log.read_text()
    assert "repos/example/hiring/issues/comments/4711" in runner.log.read_text()


def test_the_action_takes_some_roles(origin: Path, tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["new", "cook"]).exit_code == 0
    git("add", "-A")
    git("commit", "-qm", "Cook")
    runner = fresh_clone(origin, tmp_path, "clone")
    runner.values["inputs.roles"] = "office-manager"
    assert runner.run(steps_of("action", runner.clone))["Check"].returncode == 0
    runner.values["inputs.roles"] = "office-manager cook; touch harm"
    assert runner.run(steps_of("action", runner.clone))["Check"].returncode == 2
    assert not (runner.clone / "harm").exists()


def test_the_gitlab_job_runs(origin: Path, tmp_path: Path) -> None:
    runner = fresh_clone(origin, tmp_path, "clone")
    job = yaml.safe_load((runner.clone / ".gitlab-ci.yml").read_text(encoding="utf-8"))["kits"]
    runner.environment["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = runner.values["github.event.pull_request.base.sha"]
    for script in job["script"]:
        command = ["bash", "-eo", "pipefail", "-c", script]
        subprocess.run(command, cwd=runner.clone, env=runner.environment, check=True, capture_output=True)
    assert "Nothing changed" in (runner.clone / "changes.md").read_text()
    assert sorted(job["artifacts"]["paths"]) == ["changes.md", "kits"]


def test_hooks_run_what_they_name(origin: Path) -> None:
    own = yaml.safe_load(Path(".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["hooks"]
    assert {hook["id"] for hook in own} <= {hook["id"] for hook in HOOKS}
    specs = ["role_specs/office-manager.yaml", "role_specs/companies/example-ltd.yaml"]
    for hook in (*HOOKS, *own):
        assert all(re.search(hook["files"], spec) for spec in specs)
        files = [] if hook.get("pass_filenames") is False else specs
        result = CliRunner().invoke(app, [*hook["entry"].split()[1:], *files])
        assert (hook["entry"], result.exit_code) == (hook["entry"], 0)
    assert not re.search(HOOKS[0]["files"], "role_specs/pinned/cook-1/cook.yaml")


def test_a_matrix_of_jobs_splits_a_library(origin: Path) -> None:
    assert CliRunner().invoke(app, ["new", "cook"]).exit_code == 0
    names = CliRunner().invoke(app, ["list", "--roles"]).stdout.split()
    assert names == ["cook", "office-manager"]
    for name in names:
        assert CliRunner().invoke(app, ["build", name, "--output", "parts"]).exit_code == 0
    manifests = [json.loads(path.read_text()) for path in sorted(Path("parts").rglob("manifest.json"))]
    assert [manifest["recipe"]["role"] for manifest in manifests] == names
    assert CliRunner().invoke(app, ["check", "--output", "parts"]).exit_code == 0
