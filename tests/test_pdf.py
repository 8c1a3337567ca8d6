"""PDF files, by LibreOffice: tagged, the same each time; a clear word where it is missing."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jdgen.assets import ROLE_SPECS
from jdgen.build import build_kits
from jdgen.check import check_kits
from jdgen.cli import app
from jdgen.load import Library
from jdgen.problem import JdgenError
from jdgen.request import Request
from jdgen.write import pdf
from jdgen.write.pdf import pdf_files
from tests.programs import program
from tests.test_documents import KITS


@pytest.fixture(scope="module")
def word() -> bytes:
    return next(data for name, data in sorted(KITS.items()) if name.endswith("job-description.docx"))


@pytest.fixture(scope="module")
def made(word: bytes) -> list[bytes]:
    program("soffice")
    return pdf_files([word, word])


def test_it_is_a_tagged_pdf(made: list[bytes]) -> None:
    assert made[0].startswith(b"%PDF-")
    assert re.search(rb"/MarkInfo\s*<<\s*/Marked true", made[0])
    assert b"/StructTreeRoot" in made[0]
    assert b"/Lang" in made[0]


def test_it_says_nothing_of_the_time(made: list[bytes], word: bytes) -> None:
    assert b"/CreationDate(D:19800101000000" in made[0]
    assert not re.search(rb"20\d\d-\d\d-\d\dT|D:20\d{12}", made[0])
    assert made[0] == made[1] == pdf_files([word])[0]


def test_another_document_has_another_mark(made: list[bytes]) -> None:
    marks = re.findall(rb"/ID \[ <(\w{32})>", pdf._timeless(made[0] + b"x"))
    assert marks
    assert marks != re.findall(rb"/ID \[ <(\w{32})>", made[0])


def test_a_kit_as_pdf(tmp_path: Path) -> None:
    program("soffice")
    request = Request(
        ("ai-engineer",),
        kinds=("job-description",),
        formats=("md", "pdf"),
        output=tmp_path,
        library=Library(ROLE_SPECS),
    )
    built = build_kits(request)
    assert sorted(path.suffix for path in built.files) == [".md", ".pdf"]
    assert check_kits(request).differences == ()
    assert check_kits(replace(request, formats=("md",))).differences == ()  # what lies beside a kit as PDF is no orphan


def test_a_pdf_file_of_an_earlier_word_file_is_stale(tmp_path: Path) -> None:
    program("soffice")
    specs = tmp_path / "specs"
    shutil.copytree(ROLE_SPECS, specs)
    request = Request(("ai-engineer",), formats=("docx", "pdf"), output=tmp_path / "kits", library=Library(own=specs))
    request = replace(request, kinds=("job-description",))
    build_kits(request)
    whole = replace(request, kinds=(), formats=("docx",))
    assert build_kits(whole).problems == ()
    spec = specs / "ai-engineer.yaml"
    spec.write_text(
        spec.read_text(encoding="utf-8").replace("title: AI Engineer", "title: AI Builder"), encoding="utf-8"
    )
    pdf_file = tmp_path / "kits/ai-engineer/ai-engineer-job-description.pdf"
    assert [problem.code for problem in build_kits(whole).problems] == ["pdf.stale"]
    assert [d.path for d in check_kits(whole).differences] == [pdf_file]
    assert build_kits(request).problems == ()
    assert check_kits(whole).differences == ()


def test_without_libreoffice_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pdf.shutil, "which", lambda name: None)
    monkeypatch.setattr(pdf, "_PLACES", ())
    result = CliRunner().invoke(app, ["build", "ai-engineer", "--to", "md,pdf"])
    assert result.exit_code == 2
    assert "PDF files are made by LibreOffice, which is not found here  [pdf.no-libreoffice]" in result.stderr
    assert "hint: install it" in result.stderr
    assert list(tmp_path.rglob("*")) == []


def test_a_program_that_takes_too_long_is_ended() -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        pdf._run([sys.executable, "-c", "import time; time.sleep(60)"], 1)
    with pytest.raises(subprocess.CalledProcessError):
        pdf._run([sys.executable, "-c", "raise SystemExit(3)"], 60)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (subprocess.TimeoutExpired("soffice", 1), "it took too long"),
        (subprocess.CalledProcessError(1, "soffice"), "it ended with an error"),
        (PermissionError(), "it ended with an error"),
        (None, "it left files out"),
    ],
)
def test_a_libreoffice_that_fails_is_no_traceback(
    error: Exception | None, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*args: object, **kwargs: object) -> None:
        if error:
            raise error

    monkeypatch.setattr(pdf.shutil, "which", lambda name: "soffice")
    monkeypatch.setattr(pdf, "_run", run)
    monkeypatch.setattr(pdf, "_add_macro", lambda library, place: None)
    with pytest.raises(JdgenError, match=said) as caught:
        pdf_files([b"x"])
    assert [problem.code for problem in caught.value.problems] == ["pdf.failed"]
