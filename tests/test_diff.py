"""`jdgen diff`: what changed in kits between revisions, each change once, in words, with its place."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from jdgen import history
from jdgen.changelog import NONE, changes_document
from jdgen.changes import Changes, changes_between
from jdgen.cli import app
from jdgen.history import states
from jdgen.load import Library
from jdgen.nouns import said
from jdgen.problem import JdgenError
from jdgen.request import Request
from jdgen.revision import Change, changes
from jdgen.source import Source
from jdgen.spec import RoleSpec
from jdgen.spec.walk import mapped
from tests.cook import role_tree
from tests.full import model, trees
from tests.test_incremental import edit, folder_of_specs


def git(*arguments: str) -> str:
    command = ["git", "-c", "user.name=Test", "-c", "user.email=test@example.com", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder_of_specs(tmp_path)
    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-q", "-m", "One")
    return tmp_path


def between(revisions: str = "", **more: Any) -> Changes:
    with states(revisions, Library(), Path("templates")) as (before, after):
        return changes_between(before, after, Request(**more))


def lines(found: Changes) -> list[str]:
    return [f"{told.verb} {told.what}: {told.old} > {told.new}" for file in found.files for told in file.told]


HYGIENE = Path("role_specs/competencies/hygiene.yaml")


def test_one_line_of_a_competency_is_named_and_nothing_else(repository: Path) -> None:
    edit(HYGIENE, "washed no hands", "washed nothing")
    found = between()
    (file,) = found.files
    (told,) = file.told
    assert (told.verb, told.what) == ("changed", "anchor 1")
    assert (told.old, told.new) == ("Left meat in the sun, washed no hands.", "Left meat in the sun, washed nothing.")
    line = next(n for n, text in enumerate(HYGIENE.read_text().splitlines(), 1) if "washed nothing" in text)
    assert told.place == f"{HYGIENE.as_posix()}:{line}"
    assert file.kits == ("baker", "cook", "cook/cook-1")
    assert {kit.name: kit.old != kit.new for kit in found.kits} == dict.fromkeys(file.kits, True)
    assert found.looks == ()


def test_nothing_and_comments_are_no_change(repository: Path) -> None:
    assert between() == Changes("HEAD", "now", (), (), ())
    HYGIENE.write_text(f"# A remark.\n{HYGIENE.read_text()}", encoding="utf-8")
    assert between().files == ()
    assert NONE in changes_document(between()).text


def test_revisions_are_compared_with_each_other_and_with_now(repository: Path) -> None:
    edit(HYGIENE, "minutes: 10", "minutes: 12")
    git("commit", "-qam", "Two")
    git("tag", "v2")
    edit(HYGIENE, "minutes: 12", "minutes: 15")
    change = "changed minutes of question 'clean'"
    assert lines(between("HEAD~1..v2")) == [f"{change}: 10 > 12"]
    assert lines(between("v2")) == [f"{change}: 12 > 15"]
    assert lines(between("HEAD~1")) == [f"{change}: 10 > 15"]
    assert lines(between("HEAD~1..")) == [f"{change}: 10 > 12"]
    assert lines(between("v2..HEAD~1")) == [f"{change}: 12 > 10"]


def test_three_dots_start_where_both_parted(repository: Path) -> None:
    git("checkout", "-qb", "branch")
    edit(HYGIENE, "minutes: 10", "minutes: 12")
    git("commit", "-qam", "Branch")
    git("checkout", "-q", "main")
    edit(Path("role_specs/waiter.yaml"), "You cook", "You wait")
    git("commit", "-qam", "Main")
    assert lines(between("main...branch")) == ["changed minutes of question 'clean': 10 > 12"]
    assert len(lines(between("main..branch"))) == 2


def test_what_a_kit_is_judged_by_changes_its_version_and_other_words_do_not(repository: Path) -> None:
    edit(Path("role_specs/waiter.yaml"), "You cook", "You wait")
    (kit, *_) = between().kits
    assert kit.old == kit.new != ""
    assert "stay comparable" in changes_document(between()).text
    edit(Path("role_specs/waiter.yaml"), "minutes: 60", "minutes: 50")
    (kit, *_) = between().kits
    assert kit.old != kit.new
    assert f"of version {kit.old} are not comparable with new ones" in changes_document(between()).text


def test_new_and_removed_files(repository: Path) -> None:
    Path("role_specs/baker.yaml").rename("role_specs/pastry.yaml")
    found = between()
    assert {(file.title, file.verb) for file in found.files} == {
        ("Role 'baker'", "removed"),
        ("Role 'pastry'", "added"),
    }
    assert {(kit.name, bool(kit.old), bool(kit.new)) for kit in found.kits} == {
        ("baker", True, False),
        ("pastry", False, True),
    }


def test_templates_are_named(repository: Path) -> None:
    Path("templates/locales").mkdir(parents=True)
    Path("templates/locales/en.yaml").write_text("section.offer: What you get\n")
    assert between().looks == ("templates/locales/en.yaml",)


def test_pay_is_named(repository: Path) -> None:
    posting = Path("role_specs/postings/cook-1.yaml")
    posting.write_text(
        "jdgen: 1\nrole: cook\ncompensation: {ranges: [{min: 10, max: 20, currency: EUR, period: hour}]}\n"
    )
    git("commit", "-qam", "Pay")
    edit(posting, "max: 20", "max: 22")
    assert lines(between()) == ["changed max of pay range: 20 > 22"]
    assert [kit.name for kit in between().kits] == ["cook/cook-1"]
    assert lines(between(roles=("baker",))) == []


def test_the_places_of_what_is_gone_are_in_the_earlier_revision(repository: Path) -> None:
    edit(Path("role_specs/waiter.yaml"), "- id: senior\n  name: Senior\n", "")
    (told,) = between().files[0].told
    assert (told.verb, told.what) == ("removed", "level 'senior'")
    assert told.place.startswith("HEAD:role_specs/waiter.yaml:")


def test_errors_name_the_revision_and_no_folder_of_ours(repository: Path) -> None:
    edit(HYGIENE, "definition:", "definitoin:")
    git("commit", "-qam", "Broken")
    edit(HYGIENE, "definitoin:", "definition:")
    with pytest.raises(JdgenError) as caught:
        between()
    assert {problem.file for problem in caught.value.problems} == {f"HEAD:{HYGIENE.as_posix()}"}


@pytest.mark.parametrize(
    ("revisions", "code"),
    [("nothing", "git.revision"), ("HEAD..nothing", "git.revision"), ("--output=x", "git.revision")],
)
def test_what_is_no_revision(repository: Path, revisions: str, code: str) -> None:
    with pytest.raises(JdgenError) as caught:
        between(revisions)
    assert caught.value.problems[0].code == code


def test_where_there_is_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder_of_specs(tmp_path)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(JdgenError) as caught:
        between()
    assert caught.value.problems[0].code == "git.failed"
    assert "not a git repository" in caught.value.problems[0].message
    monkeypatch.setattr(history, "_GIT", "no-such-program")
    with pytest.raises(JdgenError) as caught:
        between()
    assert caught.value.problems[0].code == "git.missing"


def test_a_revision_that_is_too_large(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "_LARGEST", 100)
    with pytest.raises(JdgenError) as caught:
        between()
    assert caught.value.problems[0].code == "git.size"


def test_specs_outside_of_the_repository(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    with pytest.raises(JdgenError) as caught, states("", Library(elsewhere), Path("templates")):
        pass
    assert caught.value.problems[0].code == "git.outside"


def test_the_command_prints_and_writes(repository: Path) -> None:
    edit(HYGIENE, "washed no hands", "washed nothing | `x` <b>")
    printed = CliRunner().invoke(app, ["diff"])
    assert printed.exit_code == 0
    assert "- **Changed**: anchor 1" in printed.stdout
    assert "<b>" not in printed.stdout.replace("\\<b>", "")
    refused = CliRunner().invoke(app, ["diff", "--to", "docx"])
    assert (refused.exit_code, "diff.output" in refused.stderr) == (2, True)
    written = CliRunner().invoke(app, ["diff", "HEAD", "--to", "md,docx", "--output", "out"])
    assert written.stdout.split() == ["out/changes.md", "out/changes.docx"]
    assert Path("out/changes.docx").read_bytes()[:2] == b"PK"


def test_a_long_report_counts_what_it_leaves_out(repository: Path) -> None:
    for name in ("cook", "baker", "waiter"):
        edit(Path(f"role_specs/{name}.yaml"), "You cook", "You do")
    text = changes_document(between(), limit=300).text
    assert "changes in 2 more files are not shown" in text
    assert len(text) < 1_500


# --- of specs --------------------------------------------------------------------------------------


def spec(tree: dict[str, Any]) -> RoleSpec:
    return Source(yaml.safe_dump(tree, sort_keys=False), "cook.yaml").model(RoleSpec, "cook")


def trails(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (change.verb, ".".join(map(str, change.new_path or change.old_path)))
        for change in changes(spec(old), spec(new))
    ]


def test_an_entry_that_moved_is_said_to_have_moved() -> None:
    old, new = role_tree(), role_tree()
    new["interview_plan"]["stages"].append(new["interview_plan"]["stages"].pop(0))
    ((verb, path),) = trails(old, new)
    assert verb == "moved"
    assert path.startswith("interview_plan.stages.")


def test_an_entry_without_id_is_found_again_by_its_words() -> None:
    old, new = role_tree(), role_tree()
    old["motivators"] = ["You decide what is on the table.", "You eat for nothing."]
    new["motivators"] = ["You get a free meal each day.", "You decide what is on the table at noon."]
    assert sorted(trails(old, new)) == [
        ("added", "motivators.0"),
        ("changed", "motivators.1.text"),
        ("removed", "motivators.1"),
    ]


def test_every_value_that_changes_is_named() -> None:
    """No leaf of the fixture that has every field can change without a word."""
    whole = model("role", trees()["role"])
    paths: list[Any] = []
    mapped(whole, lambda value, path: paths.append(path) or value)
    assert len(paths) > 200
    missed = []
    for wanted in paths:
        changed = mapped(whole, lambda value, path, wanted=wanted: _other(value) if path == wanted else value)
        found: list[Change] = list(changes(whole, changed))
        if changed != whole and not found:
            missed.append(wanted)
    assert missed == []
    assert list(changes(whole, whole)) == []


def _other(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return type(value)(f"{value} other") if isinstance(value, str) else value


def test_values_in_words() -> None:
    role = spec(role_tree())
    assert role.interview_plan is not None
    assert said(role.interview_plan.stages[0].minutes) == "60"
    assert said(role.competencies[0]) == "Baking"
    assert said({"1": "no", "5": "yes"}) == "1: no, 5: yes"
    assert said(True) == "yes"
