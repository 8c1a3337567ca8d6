"""Scorecards that editors saved are read right, or it is said what can't be told; nothing is read wrong.

LibreOffice fills them in and saves them here; files that other versions and other editors saved are in `returned/`.
"""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from jdgen.build import kit_files
from jdgen.load import Library
from jdgen.request import Request
from jdgen.returned import Scorecard, read_scorecard
from tests import office
from tests.office import Job, Office, Saved, Value, answers, form_of, reported, verdicts, wrong
from tests.returned.imitation import word_like

ROOT = Path(__file__).parent.parent
RETURNED = Path(__file__).parent / "returned"
FIXTURES = sorted(path.name for path in RETURNED.iterdir() if path.suffix in (".docx", ".md") and path.stem != "README")
"""The fixtures of which that is so; to be empty."""
LARGEST = 120_000
"""Bytes of a fixture."""


def scorecards() -> dict[str, bytes]:
    """Scorecards as Word files: the first and the last of a shipped role, and those of the fixture with everything."""
    shipped = built(ROOT / "role_specs", "ai-engineer")
    full = built(Path(__file__).parent / "specs" / "full" / "role_specs", "charge-nurse", "charge-nurse-night")
    return {**{name: shipped[name] for name in (min(shipped), max(shipped))}, **full}


def built(specs: Path, role: str, posting: str | None = None) -> dict[str, bytes]:
    """The scorecards of one kit of a role."""
    library, templates = Library(own=specs), ROOT / "templates"
    request = Request(
        (role,), posting=posting, kinds=("scorecard",), formats=("docx",), library=library, templates=templates
    )
    files = [file for file in kit_files(request) if file.path.suffix == ".docx"]
    folder = min((file.path.parent for file in files), key=lambda path: len(path.parts))
    return {file.path.stem: file.data for file in files if file.path.parent == folder}


CARDS = scorecards()
NAME, CARD = next(iter(CARDS.items()))
FORM = form_of(CARD)
ANSWERS = answers(FORM)


def jobs() -> dict[str, Job]:
    """What LibreOffice is asked to do."""
    found: dict[str, Job] = {}
    for name, data in CARDS.items():
        values = answers(form_of(data))
        half = dict(list(values.items())[::2])
        found |= {name: Job(data, values), f"{name}, half": Job(data, half), f"{name}, untouched": Job(data)}
    for way in ("before", "behind", "cell", "pasted", "deleted"):
        found[way] = Job(CARD, ANSWERS, {field.id: way for field in FORM.fields if field.type in ("text", "note")})
    found["typed"] = Job(
        CARD, ANSWERS, {field.id: "typed" for field in FORM.fields if field.type in ("date", "choice")}
    )
    return {**found, "saved by Word": Job(word_like(CARD, ANSWERS)), "saved twice": Job(NAME)}


JOBS = jobs()
PLAIN = [name for name in JOBS if name.partition(",")[0] in CARDS]
"""What is done with care: each value is put in place of its prompt."""


@pytest.fixture(scope="session")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Saved]:
    """What LibreOffice saved, all in one run: it is the start that takes time."""
    return office.office().saved(JOBS, tmp_path_factory.mktemp("office"))


def judged(saved: Saved, typed: Mapping[str, Value] | None = None) -> dict[str, str]:
    return verdicts(read_scorecard(saved.path), saved.typed if typed is None else typed)


# --- LibreOffice ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PLAIN)
def test_what_libreoffice_saves_is_read_right(name: str, saved: dict[str, Saved]) -> None:
    assert saved[name].refused == {}
    found = judged(saved[name])
    assert set(found.values()) == {"right"}, found
    assert len(found) == len(form_of(CARDS[name.partition(",")[0]]).fields)


@pytest.mark.parametrize("name", [name for name in PLAIN if name.endswith("untouched")])
def test_what_nobody_filled_in_is_read_as_nothing(name: str, saved: dict[str, Saved]) -> None:
    assert set(read_scorecard(saved[name].path).values.values()) <= {False}


@pytest.mark.parametrize("way", ["before", "behind", "cell", "pasted", "deleted", "typed"])
def test_what_was_filled_in_without_care_is_read_right_or_reported(way: str, saved: dict[str, Saved]) -> None:
    found = judged(saved[way])
    assert wrong(found) == {}
    assert set(reported(found)) <= JOBS[way].ways.keys()
    assert saved[way].refused.keys() <= (JOBS[way].ways.keys() if way == "typed" else set())


def test_what_word_saved_and_libreoffice_saved_again_is_read_right_or_reported(saved: dict[str, Saved]) -> None:
    assert wrong(judged(saved["saved by Word"], ANSWERS)) == {}


def test_what_libreoffice_saved_twice_loses_line_breaks_at_most(saved: dict[str, Saved]) -> None:
    """LibreOffice 7.4 does not read the line breaks that it wrote, and nothing in the file says where they were."""
    scorecard = read_scorecard(saved["saved twice"].path)
    values = {id: in_one_line(value) for id, value in scorecard.values.items()}
    typed = {id: in_one_line(value) for id, value in ANSWERS.items()}
    assert wrong(verdicts(replace(scorecard, values=values), typed)) == {}


def in_one_line(value: Value) -> Value:
    return value.replace("\n", "") if isinstance(value, str) else value


# --- what other editors saved -----------------------------------------------------------------


def expected(name: str) -> tuple[dict[str, Value], set[str]]:
    """What was filled into a fixture, and what of it need not be told."""
    data = json.loads((RETURNED / f"{name}.json").read_text(encoding="utf-8"))
    return data["typed"], set(data["may be reported"])


@pytest.mark.parametrize("name", FIXTURES)
def test_a_fixture_is_read_right_or_reported(name: str) -> None:
    typed, may_be_reported = expected(name)
    scorecard = read_scorecard(RETURNED / name)
    found = verdicts(scorecard, typed)
    assert wrong(found) == {}
    assert set(reported(found)) <= may_be_reported
    if not may_be_reported:
        boxes = {id: False for id, field in scorecard.fields.items() if field.type == "check"}
        assert scorecard.values == {**boxes, **typed}
        assert scorecard.problems == ()


@pytest.mark.parametrize("name", FIXTURES)
def test_a_fixture_is_small_and_names_no_machine(name: str) -> None:
    path = RETURNED / name
    assert path.stat().st_size <= LARGEST
    assert not [part for part, data in parts(path).items() if _OF_A_MACHINE.search(data)]


_OF_A_MACHINE = re.compile(
    rb"file:|/(?:root|home|tmp|work|opt|Users)/|[A-Z]:\\(?:Users|Documents)|<dc:creator>[^<]", re.IGNORECASE
)


def parts(path: Path) -> dict[str, bytes]:
    if path.suffix == ".md":
        return {path.name: path.read_bytes()}
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a_name_of_a_machine_is_found() -> None:
    assert _OF_A_MACHINE.search(b'Target="file:///x"')
    assert _OF_A_MACHINE.search(b"<dc:creator>root</dc:creator>")
    assert not _OF_A_MACHINE.search(b"<dc:creator></dc:creator> either/or/both")


def test_the_imitation_is_a_right_word_file(tmp_path: Path, assert_valid_docx: Callable[[Path], None]) -> None:
    assert_valid_docx(RETURNED / "word-imitation.docx")
    path = tmp_path / "empty.docx"
    path.write_bytes(word_like(CARD, {}))
    assert_valid_docx(path)
    assert set(verdicts(read_scorecard(path), {}).values()) == {"right"}


# --- the judge --------------------------------------------------------------------------------


def test_no_two_answers_are_alike() -> None:
    texts = [value for value in ANSWERS.values() if isinstance(value, str) and len(value) > 2]
    assert len(texts) == len(set(texts)) > 5


def test_the_judge_finds_what_is_wrong() -> None:
    fields = {field.id: field for field in FORM.fields}
    card = Scorecard("card.docx", {}, fields, {**ANSWERS}, untold=frozenset())
    assert set(verdicts(card, ANSWERS).values()) == {"right"}
    notes = [field.id for field in FORM.fields if field.type == "note"][:2]
    swapped = {**ANSWERS, notes[0]: ANSWERS[notes[1]], notes[1]: ANSWERS[notes[0]]}
    assert wrong(verdicts(card, swapped)).keys() == set(notes)
    for id, value in ANSWERS.items():
        if value is not False:
            without = {other: value for other, value in ANSWERS.items() if other != id}
            assert wrong(verdicts(card, without)).keys() == {id}
            assert wrong(verdicts(replace(card, values=without), ANSWERS)).keys() == {id}
            found = verdicts(replace(card, values=without, untold=frozenset({id})), ANSWERS)
            assert (wrong(found), reported(found)) == ({}, [id])
    shorter = {**ANSWERS, notes[0]: str(ANSWERS[notes[0]])[:-1]}
    assert wrong(verdicts(replace(card, values=shorter), ANSWERS)).keys() == {notes[0]}


def test_a_python_without_uno_skips_here_and_fails_on_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "PYTHONS", ("/none/python3", shutil.which("false") or "false"))
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt-get install python3-uno"):
        office.python_with_uno()
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="apt-get install python3-uno"):
        office.python_with_uno()


def test_a_libreoffice_that_does_not_start_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    false = shutil.which("false") or "false"
    with pytest.raises(AssertionError, match="could not be filled in"):
        Office(false, false).saved({"a": Job(CARD)}, tmp_path)
