"""Builds that do only what is needed, keep what somebody edited, and harm nothing when they are cut off."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from struct import pack
from zlib import compress, crc32

import docx
import pytest
import yaml
from typer.testing import CliRunner

from jdgen import crew, recall
from jdgen.assets import ROLE_SPECS
from jdgen.build import Built, build_kits
from jdgen.check import check_kits
from jdgen.cli import app
from jdgen.edit import edits
from jdgen.manifest import NAME, read_manifest
from jdgen.problem import JdgenError
from jdgen.request import Request
from jdgen.write import file as write_file
from jdgen.write import staging
from tests.cook import role_tree

COMPETENCY = """\
jdgen: 1
name: Hygiene
definition: Keeps what people eat clean, and says when it is not.
anchors:
  1: Left meat in the sun, washed no hands.
  3: Washed hands and boards without being told.
  5: Taught others how, and found what nobody saw.
questions:
- id: clean
  kind: behavioral
  minutes: 10
  text: Tell me of a day when something was not clean.
"""


def folder_of_specs(root: Path) -> Path:
    """Three roles of a kitchen: two use a shared competency, one has levels, one a posting."""
    specs = root / "role_specs"
    (specs / "competencies").mkdir(parents=True)
    (specs / "companies").mkdir()
    (specs / "postings").mkdir()
    (specs / "competencies" / "hygiene.yaml").write_text(COMPETENCY, encoding="utf-8")
    for name, has_shared in (("cook", True), ("baker", True), ("waiter", False)):
        tree = role_tree() | {"title": name.capitalize()}
        if has_shared:
            tree["competencies"] = [*tree["competencies"], {"use": "hygiene"}]
        if name == "waiter":
            tree["levels"] = [{"id": "junior", "name": "Junior"}, {"id": "senior", "name": "Senior"}]
            tree["level_pages"] = "apart"
        (specs / f"{name}.yaml").write_text(yaml.safe_dump(tree, sort_keys=False, allow_unicode=True), encoding="utf-8")
    (specs / "postings" / "cook-1.yaml").write_text("jdgen: 1\nrole: cook\n", encoding="utf-8")
    return specs


@pytest.fixture
def kitchen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder_of_specs(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(recall, "is_checkout", lambda: False)  # as where jdgen is installed
    monkeypatch.setattr("jdgen.trust.is_checkout", lambda: False)
    return tmp_path


ALL = Request()
KITS = ["baker", "cook", "cook/cook-1", "waiter", "waiter/junior", "waiter/senior"]


def made(built: Built) -> list[str]:
    """The kits that had to be made."""
    return sorted(kit.folder.relative_to("output").as_posix() for kit in built.kits if kit.is_made)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def state(folder: Path) -> dict[str, bytes]:
    return {path.as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


# --- what is made ---------------------------------------------------------------------------------


def test_a_second_build_makes_nothing(kitchen: Path) -> None:
    first = build_kits(ALL)
    assert made(first) == KITS
    assert first.changed == first.files
    second = build_kits(ALL)
    assert made(second) == []
    assert (second.files, second.changed) == (first.files, ())


def test_one_line_of_a_competency_makes_the_kits_that_use_it(kitchen: Path) -> None:
    build_kits(ALL)
    edit(Path("role_specs/competencies/hygiene.yaml"), "washed no hands", "washed nothing")
    built = build_kits(ALL)
    assert made(built) == ["baker", "cook", "cook/cook-1"]
    told = {path.name.removesuffix(path.suffix) for path in built.changed}
    assert {"cook-question-bank", "cook-1-question-bank", "baker-question-bank"} <= told
    assert not {name for name in told if name.endswith(("job-description", "candidate-guide"))}


@pytest.mark.parametrize(
    ("change", "kits"),
    [
        (lambda: edit(Path("role_specs/waiter.yaml"), "You cook", "You wait"), KITS[3:]),
        (lambda: edit(Path("role_specs/cook.yaml"), "You cook", "You fry"), ["cook", "cook/cook-1"]),
        (lambda: edit(Path("role_specs/postings/cook-1.yaml"), "cook", "cook\nlevel: null"), ["cook/cook-1"]),
        (lambda: Path("role_specs/companies/inn.yaml").write_text("jdgen: 1\nname: The Inn\n"), KITS),
        (lambda: template("job-description.md.j2", '{% extends "jdgen/job-description.md.j2" %}'), KITS),
        (lambda: template("locales/en.yaml", "section.offer: What you get\n"), KITS),
        (lambda: shutil.rmtree("output/cook"), ["cook", "cook/cook-1"]),
        (lambda: Path("output/baker/README.md").unlink(), ["baker"]),
        (lambda: Path("output/baker/manifest.json").unlink(), ["baker"]),
        (lambda: Path("output/baker/manifest.json").write_text("[" * 100_000), ["baker"]),
        (lambda: version("0.0.1"), ["cook"]),
    ],
)  # fmt: skip
def test_a_change_makes_what_depends_on_it(kitchen: Path, change: Callable[[], object], kits: list[str]) -> None:
    build_kits(ALL)
    change()
    assert made(build_kits(ALL)) == kits
    assert made(build_kits(ALL)) == []
    assert check_kits(ALL).differences == ()


def template(name: str, text: str) -> None:
    path = Path("templates") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def version(number: str) -> None:
    edit(Path("output/cook/manifest.json"), f'"jdgen": "{read_version()}"', f'"jdgen": "{number}"')


def read_version() -> str:
    return str(json.loads(Path("output/cook/manifest.json").read_text())["jdgen"])


def test_a_file_that_goes_before_a_shipped_one_is_a_change(kitchen: Path) -> None:
    """What was looked for and not found is an input, too."""
    request = Request(("ai-engineer",))
    build_kits(request)
    assert made(build_kits(request)) == []
    shared = sorted((ROLE_SPECS / "competencies").glob("*.yaml"))
    used = [path for path in shared if f"role_specs/competencies/{path.name}" in read_inputs("ai-engineer")]
    assert used
    shutil.copy(used[0], "role_specs/competencies")
    assert made(build_kits(request)) == ["ai-engineer"]


def read_inputs(kit: str) -> dict[str, str]:
    manifest = read_manifest(Path("output") / kit)
    assert manifest is not None
    return dict(manifest.inputs)


def test_a_logo_is_an_input(kitchen: Path) -> None:
    logo = Path("role_specs/companies/logo.png")
    logo.write_bytes(png(b"\x10"))
    company = "jdgen: 1\nname: The Inn\nhouse_style: {logo: {file: logo.png}}\n"
    Path("role_specs/companies/inn.yaml").write_text(company)
    build_kits(ALL)
    assert "role_specs/companies/logo.png" in read_inputs("cook")
    logo.write_bytes(png(b"\x20"))
    assert made(build_kits(ALL)) == KITS


def png(gray: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", crc32(kind + data))

    head = chunk(b"IHDR", pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", compress(b"\0" + gray)) + chunk(b"IEND", b"")


def test_every_file_that_a_build_reads_is_an_input(kitchen: Path) -> None:
    """Asked of Python itself: what is opened below the folder, of the user's own, is in a manifest."""
    Path("role_specs/companies/logo.png").write_bytes(png(b"\x10"))
    company = "jdgen: 1\nname: The Inn\nhouse_style: {logo: {file: logo.png}}\n"
    Path("role_specs/companies/inn.yaml").write_text(company)
    template("job-description.md.j2", '{% extends "jdgen/job-description.md.j2" %}')
    template("locales/en.yaml", "section.offer: What you get\n")
    opened: set[str] = set()
    watching = True

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if watching and event == "open" and isinstance(arguments[0], str):
            opened.add(os.path.abspath(arguments[0]))

    sys.addaudithook(hook)
    build_kits(replace(ALL, jobs=1))
    watching = False
    rooms = (kitchen / "role_specs", kitchen / "templates")
    read = {Path(path).relative_to(kitchen).as_posix() for path in opened if path.startswith(tuple(map(str, rooms)))}
    known = set().union(*(read_inputs(kit) for kit in KITS))
    assert len(read) > 6
    assert {path for path in read if path.startswith("role_specs/")} <= known
    assert "templates/" in known


def test_what_is_asked_for_otherwise_is_made_anew(kitchen: Path) -> None:
    request = Request(("cook",))
    build_kits(request)
    assert made(build_kits(replace(request, language="fr"))) == ["cook"]
    assert made(build_kits(replace(request, language="fr"))) == []
    assert made(build_kits(request)) == ["cook"]


def test_formats_that_are_there_are_kept_up_to_date(kitchen: Path) -> None:
    build_kits(Request(("cook",), formats=("md", "html")))
    edit(Path("role_specs/cook.yaml"), "You cook", "You fry")
    assert {d.path.suffix for d in check_kits(Request(("cook",), formats=("md",))).differences} == {".md", ".html"}
    changed = build_kits(Request(("cook",), formats=("md",))).changed
    assert "cook-job-description.html" in {path.name for path in changed}


def test_a_build_of_some_kinds_leaves_the_rest_for_later(kitchen: Path) -> None:
    build_kits(Request(("cook",)))
    edit(Path("role_specs/cook.yaml"), "You cook", "You fry")
    assert {p.name for p in build_kits(Request(("cook",), kinds=("job-description",))).changed} == {
        "cook-job-description.md",
        "cook-job-description.docx",
    }
    assert "cook-candidate-guide.md" not in {d.path.name for d in check_kits(Request(("cook",))).differences}
    assert made(build_kits(Request(("cook",)))) == ["cook"]
    assert made(build_kits(Request(("cook",)))) == []


def test_manifests_of_kits_that_were_built_apart_lie_together(kitchen: Path) -> None:
    for role in ("cook", "baker", "waiter"):
        build_kits(Request((role,), output=Path("jobs", role)))
    for role in ("cook", "baker", "waiter"):
        shutil.copytree(Path("jobs", role), "output", dirs_exist_ok=True)
    assert made(build_kits(ALL)) == ["cook/cook-1"]
    assert check_kits(ALL).differences == ()


def test_several_processes_make_the_same_bytes(kitchen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "_WORTH", 1)
    one = build_kits(replace(ALL, jobs=1, output=Path("one")))
    two = build_kits(replace(ALL, jobs=2, output=Path("two")))
    assert [path.relative_to("one") for path in one.files] == [path.relative_to("two") for path in two.files]
    there = {path.removeprefix("one/"): data for path, data in state(Path("one")).items()}
    assert there == {path.removeprefix("two/"): data for path, data in state(Path("two")).items()}


def test_a_process_that_is_killed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(JdgenError) as caught:
        list(crew.done(_die, ["a"] * 20, 2))
    assert caught.value.problems[0].code == "build.killed"


def _die(_: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_errors_of_all_jobs_are_said_and_nothing_is_written(kitchen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "_WORTH", 1)
    build_kits(ALL)
    before = state(Path("output"))
    for role in ("cook", "waiter"):
        edit(Path(f"role_specs/{role}.yaml"), "summary:", "summmary:")
    edit(Path("role_specs/baker.yaml"), "You cook", "You bake")
    with pytest.raises(JdgenError) as caught:
        build_kits(replace(ALL, jobs=2))
    assert {Path(problem.file).stem for problem in caught.value.problems} == {"cook", "waiter"}
    assert state(Path("output")) == before


# --- what goes, and what stays ---------------------------------------------------------------------


def test_a_role_that_is_gone_takes_its_files_along(kitchen: Path) -> None:
    build_kits(ALL)
    mine = Path("output/baker/notes.txt")
    mine.write_text("mine")
    edited = Path("output/baker/baker-job-description.md")
    edited.write_text("edited")
    Path("role_specs/baker.yaml").unlink()
    built = build_kits(ALL)
    assert [problem.code for problem in built.problems] == ["file.edited"]
    assert sorted(path.name for path in Path("output/baker").iterdir()) == [edited.name, NAME, mine.name]
    edited.unlink()
    assert build_kits(ALL).problems == ()
    assert [path.name for path in Path("output/baker").iterdir()] == [mine.name]


def test_a_level_and_a_posting_that_are_gone_take_their_files_along(kitchen: Path) -> None:
    build_kits(ALL)
    edit(Path("role_specs/waiter.yaml"), "- id: senior\n  name: Senior\n", "")
    Path("role_specs/postings/cook-1.yaml").unlink()
    removed = build_kits(ALL).removed
    assert {path.parent.as_posix() for path in removed} == {"output/waiter/senior", "output/cook/cook-1"}
    assert not Path("output/waiter/senior").exists()
    assert Path("output/waiter/junior").exists()


def test_a_posting_that_moves_to_another_role_moves_its_kit(kitchen: Path) -> None:
    build_kits(ALL)
    Path("role_specs/postings/cook-1.yaml").write_text("jdgen: 1\nrole: baker\n")
    assert {path.parent.as_posix() for path in build_kits(ALL).removed} == {"output/cook/cook-1"}
    assert Path("output/baker/cook-1").is_dir()


def test_a_stage_that_is_gone_takes_its_files_along(kitchen: Path) -> None:
    build_kits(ALL)
    text = Path("role_specs/cook.yaml").read_text()
    stage = yaml.safe_load(text)["interview_plan"]["stages"][-1]["id"]
    spec = Path("role_specs/cook.yaml")
    spec.write_text(re.sub(rf"\b(id|stage): {stage}\b", rf"\1: renamed-{stage}", text))
    names = {path.name for path in build_kits(ALL).removed}
    assert f"cook-scorecard-{stage}.docx" in names


def test_a_kit_of_a_shipped_role_stays_and_is_kept_up_to_date(kitchen: Path) -> None:
    build_kits(Request(("ai-engineer",)))
    assert build_kits(ALL).removed == ()
    Path("output/ai-engineer/README.md").unlink()
    assert "ai-engineer" in made(build_kits(ALL))


def test_a_kit_by_path_stays(kitchen: Path) -> None:
    Path("drafts").mkdir()
    shutil.copy("role_specs/waiter.yaml", "drafts/server.yaml")
    build_kits(Request(("drafts/server.yaml",)))
    assert build_kits(ALL).removed == ()
    assert check_kits(ALL).differences == ()
    assert made(build_kits(Request(("role_specs/waiter.yaml",)))) == []  # a path into the folder of specs is a name


# --- what somebody edited --------------------------------------------------------------------------


def test_an_edited_word_file_is_kept_and_shown_with_its_place(kitchen: Path) -> None:
    build_kits(ALL)
    path = Path("output/cook/cook-job-description.docx")
    document = docx.Document(str(path))
    paragraph = next(p for p in document.paragraphs if p.text == "Bake the bread for the day.")
    paragraph.runs[0].text = "Bake the bread and the cake for the day."
    document.save(str(path))
    data = path.read_bytes()

    (found,) = check_kits(ALL).differences
    assert (found.path, found.state) == (path, "edited")
    (change,) = found.edits
    lines = Path("role_specs/cook.yaml").read_text().splitlines()
    line = next(number for number, text in enumerate(lines, 1) if "Bake the bread for the day." in text)
    assert change.place == f"role_specs/cook.yaml:{line}"
    assert change.before == ("Bake the bread for the day.",)
    assert change.after == ("Bake the bread and the cake for the day.",)

    edit(Path("role_specs/cook.yaml"), "You cook", "You fry")
    built = build_kits(ALL)
    assert [(p.code, p.file) for p in built.problems] == [("file.edited", path.as_posix())]
    assert path.read_bytes() == data
    assert "You fry" in Path("output/cook/cook-job-description.md").read_text()
    assert build_kits(replace(ALL, force=True)).problems == ()
    assert check_kits(ALL).differences == ()


@pytest.mark.parametrize("format", ["md", "html", "txt"])
def test_edited_text_is_shown(kitchen: Path, format: str) -> None:
    build_kits(Request(("cook",), formats=("md", "html", "txt")))
    path = Path(f"output/cook/cook-job-description.{format}")
    path.write_text(path.read_text().replace("Serve the guests and hear", "Serve all guests and hear"))
    (found,) = check_kits(Request(("cook",), formats=(format,))).differences
    assert [change.place.partition(":")[0] for change in found.edits] == ["role_specs/cook.yaml"]


def test_a_word_file_that_was_only_saved_again_is_no_edit(kitchen: Path) -> None:
    build_kits(ALL)
    path = Path("output/cook/cook-job-description.docx")
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    assert check_kits(ALL).differences == ()
    assert build_kits(ALL).problems == ()
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"bread", b"brood")
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    assert [d.state for d in check_kits(ALL).differences] == ["edited"]


def test_line_ends_of_windows_are_no_edit(kitchen: Path) -> None:
    build_kits(ALL)
    for path in (Path("output/cook/cook-job-description.md"), Path("role_specs/cook.yaml")):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert made(build_kits(ALL)) == []
    assert check_kits(ALL).differences == ()


def test_a_file_that_jdgen_did_not_write_is_kept(kitchen: Path) -> None:
    path = Path("output/cook/cook-job-description.md")
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    built = build_kits(ALL)
    assert [problem.code for problem in built.problems] == ["file.edited"]
    assert path.read_text() == "mine"
    assert [d.state for d in check_kits(ALL).differences] == ["edited"]


def test_an_empty_file_is_nobodys_work(kitchen: Path) -> None:
    build_kits(ALL)
    path = Path("output/cook/cook-job-description.docx")
    path.write_bytes(b"")
    assert build_kits(ALL).problems == ()
    assert path.stat().st_size > 1_000


def test_both_sides_of_a_merge_count_as_written(kitchen: Path) -> None:
    """A conflict in a manifest is no reason to take the files of either side for edited."""
    build_kits(ALL)
    manifest, word = Path("output/cook/manifest.json"), Path("output/cook/cook-question-bank.docx")
    ours, our_word = manifest.read_text(), word.read_bytes()
    edit(Path("role_specs/cook.yaml"), "Describe baking", "Recount baking")
    build_kits(ALL)
    theirs = manifest.read_text()
    manifest.write_text(f"<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> branch\n")
    word.write_bytes(our_word)
    assert {d.state for d in check_kits(ALL).differences} == {"stale"}
    assert build_kits(ALL).problems == ()
    assert check_kits(ALL).differences == ()


def test_a_manifest_cannot_name_files_elsewhere(kitchen: Path) -> None:
    """A name with a path in it would let a build remove files outside of the kit."""
    build_kits(ALL)
    victim = Path("victim.txt")
    victim.write_text("mine")
    manifest = Path("output/cook/manifest.json")
    data = json.loads(manifest.read_text())
    for name in ("../../victim.txt", "/etc/hostname", "..\\..\\victim.txt", ".hidden"):
        data["files"] |= {name: hashlib.sha256(b"mine").hexdigest()}
        manifest.write_text(json.dumps(data))
        assert read_manifest(manifest.parent) is None
        build_kits(ALL)
        assert victim.read_text() == "mine"
    data = json.loads(manifest.read_text()) | {"recipe": data["recipe"] | {"role": "../.."}}
    manifest.write_text(json.dumps(data))
    build_kits(ALL)
    assert victim.exists()


def test_edits_of_what_cannot_be_read_are_none(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(b"PK\x03\x04 nothing")
    assert edits(path, b"nothing", ()) == []


# --- cut off, at once, forbidden -------------------------------------------------------------------


def test_an_interrupted_move_is_completed(kitchen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_kits(ALL)
    whole = state(Path("output"))
    shutil.rmtree("output")
    build_kits(ALL)
    edit(Path("role_specs/cook.yaml"), "You cook", "You fry")
    moves = 0

    def move(self: Path, target: Path) -> Path:
        nonlocal moves
        moves += 1
        if moves > 3:
            raise KeyboardInterrupt
        return rename(self, target)

    rename = Path.replace
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", move)
        patched.setattr(staging.shutil, "rmtree", lambda *_, **__: None)  # as if it were killed
        with pytest.raises(KeyboardInterrupt):
            build_kits(ALL)
    with pytest.raises(JdgenError) as caught:
        check_kits(ALL)
    assert caught.value.problems[0].code == "build.interrupted"
    assert build_kits(ALL).problems == ()
    assert check_kits(ALL).differences == ()
    assert sorted(state(Path("output"))) == sorted(whole)
    assert not list(Path("output").glob(".jdgen-*"))


def test_what_a_killed_build_left_is_cleared_away(kitchen: Path) -> None:
    left = Path("output/.jdgen-1")
    (left / "cook").mkdir(parents=True)
    (left / "cook" / "half.md").write_text("half")
    build_kits(ALL)
    assert not left.exists()
    assert not Path("output/cook/half.md").exists()


def test_a_full_disk_leaves_what_was_there(kitchen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_kits(ALL)
    before = state(Path("output"))
    edit(Path("role_specs/competencies/hygiene.yaml"), "washed no hands", "washed nothing")
    written = 0

    def write(path: Path, data: bytes) -> None:
        nonlocal written
        written += 1
        if written > 5:
            path.write_bytes(data[: len(data) // 2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write_file.write_new_file(path, data)

    with monkeypatch.context() as patched:
        patched.setattr(staging, "write_new_file", write)
        with pytest.raises(JdgenError) as caught:
            build_kits(replace(ALL, jobs=1))
    assert "no space left" in caught.value.problems[0].message
    assert state(Path("output")) == before
    assert made(build_kits(ALL)) == ["baker", "cook", "cook/cook-1"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(kitchen: Path) -> None:
    build_kits(ALL)
    before = state(Path("output"))
    edit(Path("role_specs/cook.yaml"), "You cook", "You fry")
    Path("output/cook").chmod(0o555)
    with pytest.raises(JdgenError) as caught:
        build_kits(ALL)
    Path("output/cook").chmod(0o755)
    assert "permission denied" in caught.value.problems[0].message
    assert state(Path("output")) == before


def test_a_folder_that_may_not_be_written_is_found_before_anything_is(
    kitchen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same where the tests' user may write everywhere."""
    build_kits(ALL)
    before = state(Path("output"))
    edit(Path("role_specs/competencies/hygiene.yaml"), "washed no hands", "washed nothing")
    access = os.access
    with monkeypatch.context() as patched:
        patched.setattr(os, "access", lambda path, mode: Path(path).name != "cook" and access(path, mode))
        with pytest.raises(JdgenError) as caught:
            build_kits(ALL)
    assert [problem.code for problem in caught.value.problems] == ["file.unwritable"]
    assert state(Path("output")) == before


@pytest.mark.parametrize("kind", ["folder", "file", "manifest"])
def test_links_in_the_output_are_not_followed(kitchen: Path, kind: str) -> None:
    victim = kitchen / "victim"
    victim.mkdir()
    (victim / "mine.txt").write_text("mine")
    Path("output/cook").mkdir(parents=True)
    name = {"folder": "", "file": "cook-job-description.md", "manifest": NAME}[kind]
    link = Path("output/cook", name) if name else Path("output/cook")
    if not name:
        link.rmdir()
    link.symlink_to(victim / "mine.txt" if name else victim, target_is_directory=not name)
    with contextlib.suppress(JdgenError):
        build_kits(replace(ALL, force=True))
    assert state(victim) == {(victim / "mine.txt").as_posix(): b"mine"}


def test_two_builds_at_once_wait_for_each_other(kitchen: Path) -> None:
    waited: list[bool] = []
    results: list[Built] = []

    def build() -> None:
        results.append(build_kits(ALL, on_wait=lambda: waited.append(True)))

    with staging.locked(Path("output"), lambda: None):
        thread = threading.Thread(target=build)
        thread.start()
        thread.join(0.5)
        assert thread.is_alive()
        assert results == []
    thread.join(60)
    assert waited == [True]
    assert len(results) == 1


KILLS = int(os.environ.get("JDGEN_KILLS", "12"))
"""How often a build is killed; a hundred where there is time."""


def test_no_kill_leaves_a_torn_file(kitchen: Path) -> None:
    """Builds are killed at any moment while readers read: each file is whole, of before or of after."""
    texts = {True: "You cook", False: "You fry"}
    build_kits(ALL)
    whole = {path: {data} for path, data in state(Path("output")).items()}
    edit(Path("role_specs/cook.yaml"), texts[True], texts[False])
    build_kits(ALL)
    for path, data in state(Path("output")).items():
        whole[path].add(data)
    torn: list[str] = []
    reads = 0
    stop = threading.Event()

    def read() -> None:
        nonlocal reads
        while not stop.is_set():
            for path, wanted in whole.items():
                if path.endswith(".docx") and Path(path).read_bytes() not in wanted:
                    torn.append(path)
                reads += 1

    reader = threading.Thread(target=read)
    reader.start()
    is_first = False
    command = [sys.executable, "-m", "jdgen", "build", "--quiet", "--jobs", "1"]
    try:
        for number in range(KILLS):
            edit(Path("role_specs/cook.yaml"), texts[is_first], texts[not is_first])
            is_first = not is_first
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(0.5 + 0.13 * (number % 10))
            process.kill()
            process.wait()
    finally:
        stop.set()
        reader.join()
    assert torn == []
    assert reads > 100
    subprocess.run(command, check=True)
    assert check_kits(ALL).differences == ()
    assert not list(Path("output").rglob(".jdgen-*"))


# --- what was said last time -----------------------------------------------------------------------


def jdgen(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "jdgen", *arguments], capture_output=True, text=True, check=False)


def said(result: subprocess.CompletedProcess[str]) -> tuple[int, str, str]:
    return result.returncode, result.stdout, result.stderr


def loaded_modules(*arguments: str) -> set[str]:
    command = [sys.executable, "-X", "importtime", "-m", "jdgen", *arguments]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in printed.splitlines() if "|" in line}


HEAVY = {"pydantic", "jinja2", "docx", "lxml", "yaml", "pyromark", "rich", "babel", "typer"}


def test_a_build_with_nothing_to_do_says_the_same_at_once(kitchen: Path) -> None:
    first = jdgen("build")
    assert first.returncode == 0
    assert loaded_modules("build") & HEAVY == set()
    second = jdgen("build")
    assert second.stdout == first.stdout
    assert re.search(r"\d+ files, 0 changed; 0 of 6 kits made", second.stderr)
    assert jdgen("build", "--quiet").stdout == ""
    assert jdgen("check").stderr == "every file is what the specs say\n"
    assert loaded_modules("check") & HEAVY == set()
    assert loaded_modules("build", "--jobs", "1") & HEAVY > {"typer", "pydantic", "yaml"}  # the control


@pytest.mark.parametrize(
    "change",
    [
        lambda: edit(Path("role_specs/cook.yaml"), "You cook", "You fry!"),
        lambda: edit(Path("role_specs/competencies/hygiene.yaml"), "sun", "son"),
        lambda: Path("role_specs/guest.yaml").write_text(Path("role_specs/waiter.yaml").read_text()),
        lambda: Path("role_specs/companies/inn.yaml").write_text("jdgen: 1\nname: The Inn\n"),
        lambda: template("locales/en.yaml", "section.offer: What you get\n"),
        lambda: Path("output/cook/cook-question-bank.md").unlink(),
        lambda: Path("output/cook/cook-question-bank.md").write_text("edited"),
    ],
)
def test_a_change_is_never_passed_over(kitchen: Path, change: Callable[[], object]) -> None:
    jdgen("build")
    assert said(jdgen("check"))[0] == 0
    change()
    checked = jdgen("check")
    assert checked.returncode == 1
    built = jdgen("build")
    assert ", 0 changed" not in built.stderr or "kept" in built.stderr


def test_a_damaged_cache_is_no_harm(kitchen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(kitchen / "cache"))
    first = jdgen("build")
    for junk in (b"", b"\0", b"\n\n", b"x" * 100, b"\xff\n\n\xff"):
        files = [path for path in (kitchen / "cache" / "jdgen").rglob("*") if path.is_file()]
        assert len(files) > 10  # compiled templates, too
        for path in files:
            path.write_bytes(junk)
        assert jdgen("build").stdout == first.stdout
    shutil.rmtree(kitchen / "cache")
    (kitchen / "cache").write_text("a file")
    assert jdgen("build").stdout == first.stdout


def test_a_cache_that_others_can_write_to_is_not_used(kitchen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(kitchen / "cache"))
    (kitchen / "cache" / "jdgen").mkdir(parents=True)
    (kitchen / "cache" / "jdgen").chmod(0o777)
    jdgen("build")
    assert list((kitchen / "cache" / "jdgen").iterdir()) == []


def test_code_that_changed_is_not_trusted(kitchen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a checkout of jdgen itself: its version says nothing there."""
    monkeypatch.setattr("jdgen.trust.is_checkout", lambda: True)
    monkeypatch.setattr("jdgen.trust.code_mark", lambda: "one")
    assert made(build_kits(ALL)) == KITS
    assert made(build_kits(ALL)) == []
    monkeypatch.setattr("jdgen.trust.code_mark", lambda: "two")
    assert made(build_kits(ALL)) == KITS


def test_a_thorough_check_believes_no_manifest(kitchen: Path) -> None:
    build_kits(ALL)
    path, manifest = Path("output/cook/cook-question-bank.md"), Path("output/cook/manifest.json")
    old = hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_text("forged")
    edit(manifest, old, hashlib.sha256(b"forged").hexdigest())
    assert check_kits(ALL).differences == ()
    assert [d.state for d in check_kits(ALL, thorough=True).differences] == ["stale"]


def test_the_command_names_kept_and_removed_files(kitchen: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build_kits(ALL)
    Path("output/cook/cook-question-bank.md").write_text("edited")
    Path("role_specs/baker.yaml").unlink()
    result = CliRunner().invoke(app, ["build"])
    assert result.exit_code == 1
    assert "was edited since jdgen wrote it, so it was kept" in result.stderr
    assert "removed: output/baker/README.md" in result.stderr
    result = CliRunner().invoke(app, ["check"])
    assert "edited: output/cook/cook-question-bank.md" in result.stdout
    assert "jdgen build --force" in result.stderr
