"""Roles of other trades and places than software: each builds, lints without an error, and traces without a hole."""

from __future__ import annotations

from pathlib import Path

import pytest

from jdgen.build import files_of
from jdgen.lint.runner import LintRequest, lint_specs
from jdgen.load import Library, load_posting, load_role
from jdgen.merged import merged
from jdgen.places import Places
from jdgen.request import Request, Target, loaded, targets_of
from jdgen.spec import Posting, RoleSpec
from jdgen.trace import trace_of
from tests.test_words import words_of_docx, words_of_markdown

FOLDER = Path(__file__).parent / "specs" / "trades" / "role_specs"
LIBRARY = Library(own=FOLDER)
POSTINGS = LIBRARY.own_names(Posting)
ROLES = LIBRARY.own_names(RoleSpec)


def test_there_are_eight() -> None:
    assert len(ROLES) >= 8
    assert {load_posting(name, LIBRARY).role for name in POSTINGS} == set(ROLES)


@pytest.mark.parametrize("name", POSTINGS)
def test_a_posting_builds_and_word_says_what_markdown_says(name: str) -> None:
    request = Request(posting=name, library=LIBRARY)
    files = {file.path.as_posix(): file.data for file in files_of(targets_of(request), request)}
    words = [path for path in files if path.endswith(".docx")]
    assert len(words) >= 6
    for path in words:
        assert words_of_docx(files[path]) == words_of_markdown(files[path.removesuffix("docx") + "md"].decode()), path


@pytest.mark.parametrize("name", POSTINGS)
def test_lint_finds_no_error(name: str) -> None:
    linted = lint_specs(LintRequest((str(FOLDER / "postings" / f"{name}.yaml"),), library=LIBRARY))
    assert [str(problem) for problem in linted.problems if problem.severity == "error"] == []


@pytest.mark.parametrize("name", POSTINGS)
def test_every_requirement_is_assessed(name: str) -> None:
    files = loaded(Target(load_posting(name, LIBRARY).role, None, name), Request(library=LIBRARY))
    assert [hole.message for hole in trace_of(files.resolved(), Places(files.spec), files.posting).holes] == []


@pytest.mark.parametrize("name", POSTINGS)
def test_every_statement_has_its_place(name: str) -> None:
    files = loaded(Target(load_posting(name, LIBRARY).role, None, name), Request(library=LIBRARY))
    for level in (None, *(level.id for level in files.spec.levels)):
        for part in merged(files.resolved(level), files.spec, files.posting):
            assert all(":" in str(statement.place) for statement in part.statements), (level, part.name)


def test_each_level_has_a_kit_of_its_own() -> None:
    request = Request(roles=("account-executive",), company="clinicclock", library=LIBRARY, formats=("md",))
    levels = [level.id for level in load_role("account-executive", LIBRARY).levels]
    assert [target.level for target in targets_of(request)] == [None, *levels]
    texts = {file.path.name: file.data.decode() for file in files_of(targets_of(request), request)}
    assert texts["account-executive-senior-job-description.md"].startswith("# Senior Account Executive\n")
    assert "Sales Team Lead" in texts["account-executive-lead-job-description.md"]


def test_an_executive_posting_has_ten_pages_of_words() -> None:
    request = Request(
        posting="chief-operating-officer-2027", library=LIBRARY, kinds=("job-description",), formats=("md",)
    )
    (file,) = files_of(targets_of(request), request)
    assert len(file.data.split()) > 3000
