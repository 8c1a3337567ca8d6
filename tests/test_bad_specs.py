"""Bad input: for each case the exact report, exit code 2, and nothing written.

A case is a file of `bad_specs/`, a role spec that is built, or a folder, which is copied as it is
and in which `command` says what is run (`build` if there is none). To add one, add the file or
folder, run `python -m pytest tests/test_bad_specs.py --snapshot-update`, and read the new report
in `__snapshots__/test_bad_specs/`. What git or an editor would not keep is made here.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
import shlex
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import chdir
from functools import cache
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import docx
import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from typer.testing import CliRunner

import jdgen
from jdgen import assets
from jdgen.cli import UNUSABLE, app
from jdgen.load import Library, load, load_role
from jdgen.problem import JdgenError
from jdgen.render import render_document
from jdgen.resolve import resolve_role
from jdgen.scan import MAX_PROBLEMS
from jdgen.source import Source
from jdgen.spec import SharedCompetency
from jdgen.write import write_document

CASES = Path(__file__).parent / "bad_specs"
GOOD = "jdgen: 1\ntitle: Cook\nsummary: You cook.\nresponsibilities: [Cook]\n"
STAGE = "interview_plan: {stages: [{id: call, name: Call, purpose: To talk, minutes: 30, interviewers: [Chef]}]}\n"
COOK = Path("role_specs/cook.yaml")
EARLIER = Path("output/cook/cook-job-description.md")


class Report(NamedTuple):
    """What a case came to."""

    text: str
    """The problems as a user sees them."""
    code: int
    out: str
    failure: str
    """The exception that was no report; empty as it should be."""
    changed: tuple[str, ...]
    """What was written, removed or replaced."""


# --- cases that are made ----------------------------------------------------------------------

Made = Callable[[], str | None]
"""Fills the working folder, which holds a good role. Returns the command, or raises JdgenError."""
MADE: dict[str, Made] = {}


def made(case: Made) -> Made:
    MADE[case.__name__.strip("_").replace("_", "-")] = case
    return case


def cook(data: str | bytes) -> str:
    COOK.write_bytes(data if isinstance(data, bytes) else data.encode())
    return "build cook"


@made
def nine_hundred_brackets() -> str:
    return cook(GOOD + "notes: " + "[" * 900)


@made
def two_hundred_thousand_braces() -> str:
    return cook(GOOD + "notes: " + "{a: " * 200_000)


@made
def two_hundred_thousand_dashes() -> str:
    return cook(GOOD + "notes:\n  " + "- " * 200_000)


@made
def too_large() -> str:
    return cook(GOOD + "notes: |\n" + "  hot food\n" * 200_000)


@made
def too_many_entries() -> str:
    return cook(GOOD + "aliases: [" + "a, " * 60_000 + "a]\n")


@made
def a_very_long_key() -> str:
    return cook(GOOD + "a" * 5_000 + ": 1\n")


@made
def carriage_returns_only() -> str:
    return cook((GOOD + "ower: me\nmanages: many\n").replace("\n", "\r"))


@made
def windows_line_ends() -> str:
    return cook((GOOD + "not_a_fit:\n  - {text: Hurry, nite: No}\n").replace("\n", "\r\n"))


@made
def byte_order_mark() -> str:
    return cook("\ufefftitel: Cook\n")


@made
def latin_1() -> str:
    return cook((GOOD + "tagline: Küche\n").encode("latin-1"))


@made
def utf_16() -> str:
    return cook(GOOD.encode("utf-16"))


@made
def surrogate_in_utf_8() -> str:
    return cook(GOOD.encode() + b"tagline: hot \xed\xa0\xbd food\n")


@made
def control_character() -> str:
    return cook(GOOD + "tagline: hot\x07food\n")


@made
def control_character_after_umlauts() -> str:
    return cook(GOOD + "tagline: Küchenmädchen für größere Öfen\nowner: hot\x07food\n")


@made
def nul_character() -> str:
    return cook(GOOD + "tagline: hot\0food\n")


@made
def noncharacter_raw() -> str:
    return cook(GOOD + "tagline: hot \ufffe food\n")


@made
def unicode_line_separators() -> str:
    return cook(GOOD + "owner: 'hot\u2028food'\nfamily: 'a\x85b'\nlaer: bottom\nmanages: {direct: x}\n")


@made
def a_word_file() -> str:
    return cook((assets.TEMPLATES / "house-style.docx").read_bytes())


@made
def spec_is_a_folder() -> str:
    COOK.with_name("waiter.yaml").mkdir()
    return "build role_specs/waiter.yaml"


@made
def house_style_without_styles() -> str:
    Path("templates").mkdir()
    docx.Document().save("templates/house-style.docx")
    return "build cook"


@made
def house_style_without_a_page() -> str:
    Path("templates").mkdir()
    shipped = zipfile.ZipFile(assets.TEMPLATES / "house-style.docx")
    with shipped, zipfile.ZipFile("templates/house-style.docx", "w") as changed:
        for name in shipped.namelist():
            changed.writestr(name, re.sub(r"<w:pgMar[^>]*/>", "", shipped.read(name).decode()))
    return "build cook"


def acme(lines: str, **files: bytes) -> str:
    """A company with a house style, and files beside its file."""
    folder = COOK.parent / "companies"
    folder.mkdir()
    (folder / "acme.yaml").write_text(f"jdgen: 1\nname: Acme\nhouse_style:\n{lines}")
    for name, data in files.items():
        (folder / f"{name}.png").write_bytes(data)
    return "build cook --company acme"


@made
def company_style_malformed() -> str:
    return acme(
        "  font: ''\n  size: 40\n  page: A3\n  colors: {accent: red}\n  logo: C:\\logo.png\n  reference: /x.docx\n"
    )


@made
def company_style_unreadable() -> str:
    return acme("  colors:\n    accent: '#FFCC00'\n    muted: 999999\n    tint: 555555\n  logo: logo.png\n")


@made
def company_logo_not_a_picture() -> str:
    return acme("  logo: logo.png\n", logo=b"<svg/>")


@made
def template_control_character() -> str:
    Path("templates").mkdir()
    Path("templates/job-description.md.j2").write_text("# {{ role.title }}\n\nhot\x07food\n")
    return "build cook"


@made
def template_not_utf_8() -> str:
    Path("templates").mkdir()
    Path("templates/job-description.md.j2").write_bytes("# Küche\n".encode("latin-1"))
    return "build cook"


@made
def template_kind_not_utf_8() -> str:
    Path("templates").mkdir()
    Path("templates/poster.md.j2").write_bytes("# Küche\n".encode("latin-1"))
    return "build cook"


@made
def output_is_a_file() -> str:
    Path("output").write_text("mine\n")
    return "build cook"


@made
def output_folder_is_a_link() -> str:
    Path("elsewhere").mkdir()
    Path("output").mkdir()
    Path("output/cook").symlink_to(Path("elsewhere").absolute(), target_is_directory=True)
    return "build cook"


@made
def python_unknown_competency() -> None:
    load(SharedCompetency, "colaboration", Library())


@made
def python_unknown_stage() -> None:
    cook(GOOD + STAGE)
    render_document(resolve_role(load_role("cook")), "interview-guide", stage="cal")


@made
def python_no_stage() -> None:
    render_document(resolve_role(load_role("cook")), "scorecard")


@made
def python_unknown_kind() -> None:
    render_document(resolve_role(load_role("cook")), "job-descripton")


@made
def python_unknown_suffix() -> None:
    write_document(render_document(resolve_role(load_role("cook"))), Path("cook.odt"))


# --- running them -----------------------------------------------------------------------------


def found(folder: Path) -> dict[str, Path]:
    """The cases of a folder by name."""
    cases = [path for path in sorted(folder.iterdir()) if path.is_dir() or path.suffix == ".yaml"]
    named = {path.stem: path for path in cases}
    assert len(named) == len(cases), "a file and a folder have one name"
    return named


FOUND = found(CASES)
NAMES = sorted([*FOUND, *MADE])
WARNED = ("house-style-without-styles",)
"""Cases that are built all the same."""


def laid_out(name: str) -> str | None:
    """Puts a case into the working folder; what is to be run."""
    if name in MADE:
        COOK.parent.mkdir()
        COOK.write_text(GOOD)
        return MADE[name]()
    source = FOUND[name]
    if source.is_file():
        COOK.parent.mkdir()
        shutil.copy(source, COOK.with_name(source.name))
        return f"build {name}"
    shutil.copytree(source, ".", dirs_exist_ok=True)
    command = Path("command")
    return command.read_text().strip() if command.exists() else "build"


def contents(folder: Path) -> dict[str, bytes | None]:
    """What lies below a folder, by path."""
    paths = sorted(folder.rglob("*"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in paths}


def run(command: str) -> Report:
    """What a command line in the working folder comes to."""
    if not Path("output").exists():
        EARLIER.parent.mkdir(parents=True)
        EARLIER.write_text("# Built earlier\n")
        written = {EARLIER.name: hashlib.sha256(EARLIER.read_bytes()).hexdigest()}
        EARLIER.with_name("manifest.json").write_text(json.dumps({"manifest": 0, "files": written}))
    before = contents(Path.cwd())
    result = CliRunner().invoke(app, shlex.split(command), prog_name="jdgen")
    after = contents(Path.cwd())
    changed = tuple(name for name in sorted({*before, *after}) if before.get(name, b"-") != after.get(name, b"-"))
    ended = result.exception is None or isinstance(result.exception, SystemExit)
    assert str(Path.cwd()) not in result.stderr
    return Report(result.stderr, result.exit_code, result.stdout, "" if ended else repr(result.exception), changed)


@cache
def report(name: str) -> Report:
    """What a case comes to, in a folder of its own."""
    with TemporaryDirectory() as folder, chdir(folder):
        try:
            command = laid_out(name)
        except JdgenError as error:
            return Report("".join(f"{problem}\n" for problem in error.problems), UNUSABLE, "", "", ())
        assert command is not None, f"{name} raised nothing"
        return run(command)


def codes_of(text: str) -> list[str]:
    """The codes of the problems in a report."""
    return re.findall(r"(?:error|warning): .*  \[([^]]+)\]$", text, re.MULTILINE)


class Readable(SingleFileSnapshotExtension):
    """One .txt for each case."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.fixture
def readable(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(Readable)


def shown(name: str) -> str:
    """A case's report without what differs between machines, or whenever a shipped template is edited."""
    text = report(name).text.replace(assets.TEMPLATES.parent.as_posix(), "JDGEN")
    return re.sub(r"^(JDGEN/\S+?):\d+", r"\1:N", text, flags=re.MULTILINE)


@pytest.mark.parametrize("name", NAMES)
def test_report(name: str, readable: SnapshotAssertion) -> None:
    assert not re.search(r"^/", shown(name), re.MULTILINE)
    assert shown(name) == readable


@pytest.mark.parametrize("name", WARNED)
def test_warned(name: str) -> None:
    result = report(name)
    assert (result.failure, result.code) == ("", 0)
    assert "warning: " in result.text
    assert "error: " not in result.text


@pytest.mark.parametrize("name", [name for name in NAMES if name not in WARNED])
def test_refused(name: str) -> None:
    result = report(name)
    assert result.failure == ""
    assert "Traceback" not in result.text
    assert result.code == UNUSABLE
    assert codes_of(result.text)
    assert "output/" not in result.out
    assert result.changed == ()


def test_a_good_spec_is_not_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    COOK.parent.mkdir()
    result = run(cook(GOOD))
    assert (result.code, result.failure, codes_of(result.text)) == (0, "", [])
    assert EARLIER.as_posix() in result.changed


def test_an_override_of_only_comments_is_not_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    COOK.parent.mkdir()
    locale = Path("templates/locales/en.yaml")
    locale.parent.mkdir(parents=True)
    locale.write_text("# mine\n")
    result = run(cook(GOOD))
    assert (result.code, result.failure, codes_of(result.text)) == (0, "", [])


@pytest.mark.parametrize(
    "template",
    [
        "#\n\n{{ role.title }}\n",
        "# {{ role.title }}\n\n<!-- style matrix -->\n\n| a |\n|---|\n| b |\n",
        "# {{ role.title }}\n\n<!-- style table widths=wide,narrow -->\n\n| a | b |\n|---|---|\n| c | d |\n",
        "# {{ role.title }}\n\n<!-- style table widths=0,0 -->\n\n| a | b |\n|---|---|\n| c | d |\n",
        "# {{ role.title }}\n\n<!-- style table widths=1,2,3 -->\n\n| a | b |\n|---|---|\n| c | d |\n",
    ],
    ids=["empty-title", "matrix-of-one-column", "widths-not-numbers", "widths-zero", "widths-too-many"],
)
def test_a_template_with_odd_looks_is_not_refused(
    template: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    COOK.parent.mkdir()
    Path("templates").mkdir()
    Path("templates/job-description.md.j2").write_text(template)
    result = run(f"{cook(GOOD)} --kind job-description")
    assert (result.code, result.failure, codes_of(result.text)) == (0, "", [])
    assert EARLIER.read_text().split() == template.replace("{{ role.title }}", "Cook").split()
    word = docx.Document(str(EARLIER.with_suffix(".docx")))
    assert "Cook" in [paragraph.text for paragraph in word.paragraphs]
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert cells == re.findall(r"(?<=\| )\w(?= \|)", template)


def test_what_was_built_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    COOK.parent.mkdir()
    COOK.with_name("waiter.yaml").write_text(GOOD)
    cook(GOOD)
    assert run("build").code == 0
    cook(GOOD + "ower: me\n")
    COOK.with_name("waiter.yaml").write_text(GOOD.replace("You cook.", "You serve."))
    again = run("build")
    assert again.code == UNUSABLE
    assert codes_of(again.text) == ["spec.unknown-key"]
    assert again.changed == ()


def test_null_is_nothing() -> None:
    assert Source("a: null\nb:\nc: ~\nd: ''\n", "cook.yaml").data == {"a": None, "b": None, "c": None, "d": ""}


def test_a_qualification_may_be_plain_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    COOK.parent.mkdir()
    assert run(cook(GOOD + "qualifications: {required: [Knives], preferred: [{any_of: [Salt, Pepper]}]}\n")).code == 0


@pytest.mark.parametrize("count", [33, 900, 1_100, 200_000])
def test_no_depth_of_brackets_is_anything_but_too_deep(count: int) -> None:
    """Newer parsers refuse a thousand by themselves, and look ahead beyond our own bound, so places differ."""
    with pytest.raises(JdgenError) as caught:
        Source("notes: " + "[" * count, "cook.yaml")
    assert [(problem.code, problem.line) for problem in caught.value.problems] == [("yaml.depth", 1)]


def test_a_thousand_aliases_give_a_hundred_problems() -> None:
    with pytest.raises(JdgenError) as caught:
        Source("notes: &a hot\naliases: [" + "*a, " * 1_000 + "*a]\n", "cook.yaml")
    assert len(caught.value.problems) == MAX_PROBLEMS + 1


@pytest.mark.parametrize("name", ["windows-line-ends", "byte-order-mark"])
def test_how_a_good_spec_is_stored_does_not_matter(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    COOK.parent.mkdir()
    cook(GOOD)
    plain = run("build cook --to md --output plain")
    cook(GOOD.replace("\n", "\r\n") if name == "windows-line-ends" else "\ufeff" + GOOD)
    other = run("build cook --to md --output other")
    assert (plain.code, other.code) == (0, 0)
    assert contents(Path("plain")) == contents(Path("other"))


def test_order() -> None:
    places = re.findall(r"^role_specs/\S+?:(\d+):(\d+): ", report("many-problems-in-order").text, re.MULTILINE)
    assert len(places) > 5
    numbers = [(int(line), int(column)) for line, column in places]
    assert numbers == sorted(numbers)


# --- every code has a case --------------------------------------------------------------------

FAMILIES = re.compile(
    r"(yaml|spec|ref|scale|text|level|posting|pay|role|company|competency|file|template|kind|stage|format|locale|"
    r"markdown|link|reference|title|item|kit|logo|style|scorecard|debrief|pdf|date|place|rule|subject|ignore|posting-file|trace|export|import|build|git|diff|pin|watch|family|comparison|nexthire)\.([a-z][a-z-]*|\{\})|\{\}\.unknown"
)
REPORTERS = {"Problem", "problem", "_at", "Breach", "_complain", "at_place", "needed", "wished"}
"""What is called with the code of a problem."""
NOT_CODES = {"role.yaml", "company.yaml", "style.css"}
FORMATTED = {
    "ref.{}": ("competency", "question", "stage", "level", "source", "section", "item", "office", "benefits"),
    "{}.unknown": ("role", "competency", "company", "posting"),
    "kind.{}": (),
    "trace.{}": ("unassessed", "unscored", "unasked", "unused", "unanchored"),
}
"""What the code's braces can hold; `kind.{}` is the key of a phrase."""


def literals(source: str) -> Iterator[str]:
    """The string literals of a module, with `{}` for what is formatted."""
    tree = ast.parse(source)
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield node.value


def codes_in(source: str) -> set[str]:
    """The codes of problems that a module names."""
    found = {text for text in literals(source) if FAMILIES.fullmatch(text)}
    plain = {text for text in found if "{}" not in text} - NOT_CODES
    return plain.union(*({form.format(part) for part in FORMATTED[form]} for form in found if "{}" in form))


ELSEWHERE = {
    "pdf": "test_pdf.py",
    "kind.part": "test_site.py",
    "markdown.picture": "test_drawing.py",
    **dict.fromkeys(("family", "comparison", "nexthire"), "test_families.py"),
    "build": "test_incremental.py",
    "file.edited": "test_incremental.py",
    **dict.fromkeys(("template.bounds", "template.unbound", "format.trust"), "test_untrusted.py"),
    "git": "test_diff.py",
    "diff": "test_diff.py",
    "pin": "test_pin.py",
    "watch": "test_watch.py",
    "scorecard": "test_returned.py",
    "debrief": "test_debrief.py",
    "trace": "test_proof.py",
    "export": "test_export.py",
    "import": "test_import.py",
    **dict.fromkeys(("date", "place", "rule", "subject", "ignore", "posting-file"), "test_lint.py"),
}
"""Families and codes whose cases are no specs, and the tests that have them, each code by its name."""


def without_case(codes: Iterable[str]) -> list[str]:
    """The codes that no case produces."""
    produced = set(chain.from_iterable(codes_of(report(name).text) for name in NAMES))
    tests = {family: (CASES.parent / file).read_text(encoding="utf-8") for family, file in ELSEWHERE.items()}
    return sorted(
        code for code in set(codes) - produced if code not in tests.get(code, tests.get(code.partition(".")[0], ""))
    )


def test_every_code_has_a_case() -> None:
    modules = sorted(Path(jdgen.__file__).parent.rglob("*.py"))
    codes = set(chain.from_iterable(codes_in(path.read_text(encoding="utf-8")) for path in modules))
    assert len(codes) > 50
    assert without_case(codes) == []


def test_a_code_without_a_case_is_found() -> None:
    codes = codes_in('raise JdgenError([Problem("yaml.made-up", "no"), Problem(f"ref.{noun}", "no")])')
    assert codes > {"yaml.made-up", "ref.stage"}
    assert without_case(codes) == ["yaml.made-up"]


def families_in(source: str) -> set[str]:
    """What the codes begin with that a module hands to a problem."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    reports = [call for call in calls if REPORTERS & {getattr(call.func, "id", ""), getattr(call.func, "attr", "")}]
    given = [arg.value for call in reports for arg in call.args if isinstance(arg, ast.Constant)]
    return {str(text).partition(".")[0] for text in given if re.fullmatch(r"[a-z]+\.[a-z-]+", str(text))}


def test_every_family_of_codes_is_known() -> None:
    modules = sorted(Path(jdgen.__file__).parent.rglob("*.py"))
    families = set(chain.from_iterable(families_in(path.read_text(encoding="utf-8")) for path in modules))
    assert len(families) > 10
    assert [family for family in sorted(families) if not FAMILIES.fullmatch(f"{family}.x")] == []
    assert families_in('raise JdgenError([Problem("lint.made-up", "no")])') == {"lint"}
    assert not FAMILIES.fullmatch("lint.x")


def test_every_produced_code_is_found_in_the_source() -> None:
    modules = sorted(Path(jdgen.__file__).parent.rglob("*.py"))
    codes = set(chain.from_iterable(codes_in(path.read_text(encoding="utf-8")) for path in modules))
    produced = set(chain.from_iterable(codes_of(report(name).text) for name in NAMES))
    assert sorted(produced - codes) == []
