"""Pinned kits: a vacancy keeps the questions it began with while its role's spec moves on."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from jdgen.build import build_kits
from jdgen.check import check_kits
from jdgen.cli import app
from jdgen.load import Library, load_posting
from jdgen.pin import pin, unpin
from jdgen.problem import JdgenError
from jdgen.request import Request, Target, resolved
from tests.test_incremental import ALL, edit, kitchen, made, png  # noqa: F401 - a fixture

POSTING = Path("role_specs/postings/cook-1.yaml")
BANK = Path("output/cook/cook-1/cook-1-question-bank.md")


def version() -> str:
    return resolved(Target("cook", None, "cook-1"), Request()).version


@pytest.mark.usefixtures("kitchen")
def test_a_pinned_kit_stays_while_its_role_moves_on() -> None:
    before = POSTING.read_text()
    build_kits(ALL)
    bank, first = BANK.read_bytes(), version()
    assert pin("cook-1", ALL)[0] == first
    edit(Path("role_specs/cook.yaml"), "Describe baking", "Recount baking")
    edit(Path("role_specs/competencies/hygiene.yaml"), "washed no hands", "washed nothing")
    built = build_kits(ALL)
    assert BANK.read_bytes() == bank
    assert b"Recount baking" in Path("output/cook/cook-question-bank.md").read_bytes()
    assert version() == first
    assert check_kits(ALL).differences == ()
    assert made(built) == ["baker", "cook", "cook/cook-1"]  # the posting's file changed
    edit(Path("role_specs/cook.yaml"), "Recount baking", "Relate baking")
    assert made(build_kits(ALL)) == ["cook"]

    unpin("cook-1", ALL.library)
    assert POSTING.read_text() == before
    assert not Path("role_specs/pinned").exists()
    build_kits(ALL)
    assert b"Relate baking" in BANK.read_bytes()
    assert version() != first


@pytest.mark.usefixtures("kitchen")
def test_what_is_not_judged_may_still_change() -> None:
    pin("cook-1", ALL)
    first = version()
    POSTING.write_text(f"{POSTING.read_text()}title_suffix: (part time)\n")
    assert version() == first
    build_kits(ALL)
    assert "(part time)" in Path("output/cook/cook-1/cook-1-job-description.md").read_text()


@pytest.mark.usefixtures("kitchen")
def test_a_change_of_what_is_kept_is_an_error() -> None:
    pin("cook-1", ALL)
    edit(Path("role_specs/pinned/cook-1/cook.yaml"), "Describe baking", "Recount baking")
    with pytest.raises(JdgenError) as caught:
        build_kits(ALL)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file, problem.line) == ("pin.version", POSTING.as_posix(), 3)


@pytest.mark.usefixtures("kitchen")
def test_a_folder_that_is_gone_is_an_error() -> None:
    pin("cook-1", ALL)
    Path("role_specs/pinned").rename("elsewhere")
    with pytest.raises(JdgenError) as caught:
        build_kits(ALL)
    assert [problem.code for problem in caught.value.problems] == ["pin.missing"]


@pytest.mark.usefixtures("kitchen")
def test_a_company_is_kept_with_its_logo() -> None:
    Path("role_specs/companies/logo.png").write_bytes(png(b"\x10"))
    company = Path("role_specs/companies/inn.yaml")
    company.write_text("jdgen: 1\nname: The Inn\nhouse_style: {logo: {file: logo.png}}\n")
    _, paths = pin("cook-1", ALL)
    assert {path.name for path in paths} == {"cook.yaml", "hygiene.yaml", "inn.yaml", "logo.png", "cook-1.yaml"}
    edit(company, "The Inn", "The Tavern")
    build_kits(ALL)
    assert "The Inn" in Path("output/cook/cook-1/cook-1-candidate-guide.docx").read_bytes().decode(errors="replace")
    company.write_text("jdgen: 1\nname: The Inn\nhouse_style: {logo: {file: ../logo.png}}\n")
    Path("role_specs/companies/logo.png").rename("role_specs/logo.png")
    unpin("cook-1", ALL.library)
    with pytest.raises(JdgenError) as caught:
        pin("cook-1", ALL)
    assert [problem.code for problem in caught.value.problems] == ["pin.outside"]
    assert load_posting("cook-1", ALL.library).pinned is None


@pytest.mark.usefixtures("kitchen")
@pytest.mark.parametrize(
    "text", ["jdgen: 1\nrole: cook", "# Note\njdgen: 1\r\nrole: cook\r\n", "jdgen: 1\nrole: cook\n\n"]
)
def test_the_posting_keeps_its_text(text: str) -> None:
    POSTING.write_bytes(text.encode())
    pin("cook-1", ALL)
    assert POSTING.read_bytes().decode().startswith(text)
    assert load_posting("cook-1", ALL.library).pinned == version()
    unpin("cook-1", ALL.library)
    assert POSTING.read_bytes().decode().rstrip("\n") == text.rstrip("\n")


@pytest.mark.usefixtures("kitchen")
def test_what_cannot_be_pinned() -> None:
    for command, code in (
        (["unpin", "cook-1"], "pin.not"),
        (["pin", "ai-engineer-2027-01"], "pin.shipped"),
        (["pin", "nobody"], "posting.unknown"),
    ):
        result = CliRunner().invoke(app, command)
        assert (result.exit_code, f"[{code}]" in result.stderr) == (2, True), result.stderr
    assert CliRunner().invoke(app, ["pin", "cook-1"]).exit_code == 0
    assert "[pin.already]" in CliRunner().invoke(app, ["pin", "cook-1"]).stderr
    POSTING.write_text("{jdgen: 1, role: cook}\n")
    result = CliRunner().invoke(app, ["pin", "cook-1"])
    assert "[pin.edit]" in result.stderr
    assert "write it yourself: pinned:" in result.stderr
    assert POSTING.read_text() == "{jdgen: 1, role: cook}\n"


def test_a_library_of_what_is_pinned_looks_nowhere_else() -> None:
    library = Library(Path("specs")).pinned("x")
    assert library.folders == (Path("specs/pinned/x"),) * 2
