"""`jdgen plan` and `jdgen trace` as their users meet them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jdgen.cli import app
from jdgen.source import Source

COOK = """\
jdgen: 1
title: Cook
summary: You cook lunch.
responsibilities:
  - {text: Cook lunch., competency: taste}
  - {text: Keep the books., competency: books}
  - Wash up.
competencies:
  - id: taste
    name: Taste
    definition: Tastes well.
    anchors: {1: Tasted nothing., 3: Tasted salt., 5: Tasted all.}
    questions:
      - {id: soup, kind: situational, text: What is in this soup?, minutes: 10}
      - {id: salt, kind: situational, text: How much salt is in it?, minutes: 10}
  - id: books
    name: Books
    definition: Counts.
    anchors: {1: a, 2: b, 3: c, 4: d, 5: e}
    questions: [{id: sums, kind: technical, text: What is the sum?, minutes: 10}]
  - id: charm
    name: Charm
    definition: Smiles.
    anchors: {1: a, 2: b, 3: c, 4: d, 5: e}
    questions: [{id: smile, kind: behavioral, text: When did you smile?, minutes: 10}]
interview_plan:
  stages:
    - {id: kitchen, name: Kitchen, purpose: To taste, minutes: 40, interviewers: [Chef, Cook],
       competencies: [taste, charm], questions: [soup]}
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("role_specs").mkdir()
    Path("role_specs/cook.yaml").write_text(COOK, encoding="utf-8")


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(arguments))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


# --- trace ------------------------------------------------------------------------------------


def test_a_trace_names_every_hole_with_its_place() -> None:
    code, out, err = run("trace", "cook")
    assert code == 1
    assert "Cook lunch." in out
    for place, sort in (
        ("7", "trace.unassessed"),
        ("6", "trace.unassessed"),
        ("16", "trace.unscored"),
        ("12", "trace.unanchored"),
        ("25", "trace.unused"),
        ("29", "trace.unasked"),
    ):
        assert any(f"cook.yaml:{place}:" in line and f"[{sort}]" in line for line in err.splitlines()), (place, sort)


def test_a_trace_without_holes_is_fine() -> None:
    code, out, err = run("trace", "ai-engineer", "--posting", "ai-engineer-2027-01")
    assert (code, out[:2]) == (0, "# ")
    assert err == "19 requirements, 0 holes\n"


def test_a_trace_is_printed_or_written() -> None:
    assert next(csv.reader(io.StringIO(run("trace", "cook", "--to", "csv")[1])))[0] == "sort"
    assert json.loads(run("trace", "cook", "--to", "json")[1])
    code, out, _ = run("trace", "cook", "--to", "md,docx,csv,json", "--output", "traces")
    assert code == 1
    assert out.split() == [f"traces/cook-trace.{suffix}" for suffix in ("md", "docx", "csv", "json")]
    assert all(Path(path).stat().st_size for path in out.split())


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("--to", "docx"), "[trace.output]"),
        (("--to", "md,csv"), "[trace.output]"),
        (("--to", "xlsx"), "there is no format 'xlsx' of a trace  [format.unknown]"),
        (("--level", "chef"), "[level.unknown]"),
    ],
)
def test_a_trace_asked_for_wrongly(arguments: tuple[str, ...], problem: str) -> None:
    code, _, err = run("trace", "cook", *arguments)
    assert (code, problem in err) == (2, True)
    assert not Path("traces").exists()


# --- plan -------------------------------------------------------------------------------------


def test_a_plan_shows_holes_with_their_places() -> None:
    code, out, _ = run("plan", "cook")
    assert code == 1
    assert "Kitchen" in out
    assert "role_specs/cook.yaml:16" in out
    assert "'charm'" in out or "Charm" in out


def test_a_plan_without_holes_is_fine() -> None:
    code, out, _ = run("plan", "ai-engineer")
    assert code == 0
    assert "Holes: none" in out


def test_a_plan_as_data() -> None:
    data = json.loads(run("plan", "ai-engineer", "--format", "json")[1])
    assert data["holes"] == []
    assert run("plan", "ai-engineer", "--format", "yaml")[0] == 2
    assert json.loads(run("plan", "ai-engineer", "--propose", "--format", "json")[1])["stages"]


def test_a_proposal_can_be_pasted_and_closes_the_holes() -> None:
    Path("role_specs/cook.yaml").write_text(COOK.replace(", questions: [soup]", ""), encoding="utf-8")
    _, proposed, _ = run("plan", "cook", "--propose")
    assert run("plan", "cook", "--propose")[1] == proposed
    stage = Source(proposed, "x").data[0]
    assert "soup" in stage["questions"]
    head, _, rest = COOK.partition("       competencies: [taste, charm], questions: [soup]}")
    names = ", ".join(stage.get("competencies", ["taste", "charm"]))
    pasted = f"{head}       competencies: [{names}], questions: [{', '.join(stage['questions'])}]}}{rest}"
    Path("role_specs/cook.yaml").write_text(pasted, encoding="utf-8")
    assert "asks nothing" not in run("plan", "cook")[1]


# --- both, and lint ---------------------------------------------------------------------------

SAMPLE = """\
  work_sample:
    {title: Soup, mode: live, stage: kitchen, brief: Cook., tasks: [Cook], limit_minutes: 20, ai_rule: None.,
     criteria: [{name: Smile, weight: 100, competency: charm, strong: Smiles at the guest.}]}
"""


def test_what_a_work_sample_shows_is_asked_for_all_commands() -> None:
    said = "asks nothing about it"
    assert said in run("plan", "cook")[1]
    assert said in run("trace", "cook")[2]
    assert said in run("lint", "cook")[1]
    Path("role_specs/cook.yaml").write_text(COOK + SAMPLE, encoding="utf-8")
    assert said not in run("plan", "cook")[1]
    assert "w is a competency" in run("plan", "cook")[1]
    assert said not in run("trace", "cook")[2]
    assert said not in run("lint", "cook")[1]
