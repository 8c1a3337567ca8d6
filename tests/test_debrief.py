"""Filled scorecards -> a debrief's sheet: splits, gaps, old versions, what could not be told."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from typer.testing import CliRunner

from jdgen.cli import app
from jdgen.debrief import Debriefed, DebriefRequest, debrief
from jdgen.load import Library
from jdgen.problem import JdgenError
from tests.filling import SPECS, blank_scorecards, filled
from tests.test_words import words_of_docx, words_of_markdown
from tests.word_rules import findings

blanks = cache(blank_scorecards)
CANDIDATE = "Ada Lovelace"
DESIGN = ("retrieval-and-agents", "experimentation", "fine-tuning", "security")
Write = Callable[..., Path]


def design(*ratings: object) -> dict[str, object]:
    """The ratings of the stage on system design, by competency."""
    return dict(zip(DESIGN, ratings, strict=True))


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a filled scorecard; ratings by competency, each with evidence unless `evidence` lacks it."""

    def written(
        name: str,
        stage: str,
        interviewer: str,
        ratings: dict[str, object],
        *,
        candidate: str = CANDIDATE,
        without: tuple[str, ...] = (),
        version: str = "",
        **more: object,
    ) -> Path:
        values: dict[str, object] = {"candidate": candidate, "interviewer": interviewer, "date": "2026-11-20"}
        values |= {f"{competency}.rating": rating for competency, rating in ratings.items()}
        values |= {
            f"{competency}.evidence": f"{interviewer} heard it of {competency}"
            for competency, rating in ratings.items()
            if competency not in without and rating != "Not assessed"
        }
        values |= {"recommendation": "Hire", "because": "The log."} | more
        text = filled(blanks()[stage], values)
        path = tmp_path / name
        path.write_text(re.sub(r'"kit": "\w+"', f'"kit": "{version}"', text) if version else text, encoding="utf-8")
        return path

    return written


def made(*files: Path, folder: Path) -> tuple[Debriefed, dict[str, str]]:
    done = debrief(DebriefRequest(files, output=folder, library=Library(SPECS)))
    return done, {path.stem: path.read_text(encoding="utf-8") for path in done.files if path.suffix == ".md"}


@pytest.fixture
def three(write: Write) -> list[Path]:
    """Three interviewers: a split, a gap, a rating without a note, an old version."""
    return [
        write("a.md", "system-design", "Ana", design(4, 2, "Not assessed", 3), without=("security",)),
        write("b.md", "system-design", "Ben", design(4, 4, 3, 3)),
        write("c.md", "partners", "Chi", {"collaboration": 4, "framing": 1}, version="01d01d00"),
    ]


def test_the_sheet(three: list[Path], tmp_path: Path, md_snapshot: SnapshotAssertion) -> None:
    done, sheets = made(*three, folder=tmp_path / "out")
    assert (done.candidates, done.scorecards) == (1, 3)
    assert [(problem.code, problem.severity) for problem in done.problems] == [("debrief.versions", "warning")]
    assert sheets["ai-engineer-debrief-ada-lovelace"] == md_snapshot


def test_a_split_a_gap_a_missing_note_and_an_old_version_are_named(three: list[Path], tmp_path: Path) -> None:
    _, sheets = made(*three, folder=tmp_path / "out")
    (text,) = sheets.values()
    rows = re.findall(r"^\| (\S.*?) \|.*`(.*)` \|$", text, re.MULTILINE)
    assert rows[0] == ("**Experiments and trade-offs**", "░▒░▒░")  # the split comes first
    assert rows[1][0] == "**Framing and forecasting**"  # then what is below its minimum
    assert "**Split** by 2 points" in text
    assert "Nobody assessed **Quality in production** (required)" in text
    assert "**Trace reading**: 0 of 2 scorecards" in text
    assert "Ana rated **Security and privacy of AI features** without evidence" in text
    assert "Not all of these scorecards are of the kit's present version" in text
    assert "Version 01d01d00: Chi" in text


def test_scorecards_that_agree_name_none_of_it(write: Write, tmp_path: Path) -> None:
    ratings = dict.fromkeys(DESIGN, 4)
    files = [write(f"{name}.md", "system-design", name, ratings) for name in ("Ana", "Ben")]
    _, sheets = made(*files, folder=tmp_path / "out")
    (text,) = sheets.values()
    assert "**Split**" not in text
    assert "present version" not in text
    assert "without evidence" not in text
    assert "**System design**:" not in text  # both of its scorecards are there
    assert "No rating is below its minimum" in text


def test_the_total_is_computed_by_weight(write: Write, tmp_path: Path) -> None:
    _, sheets = made(write("a.md", "system-design", "Ana", design(5, 3, 1, 2)), folder=tmp_path / "out")
    (text,) = sheets.values()
    weights = dict(re.findall(r"^### (.+)\n\n.*\n.*weight (\d+)%", text, re.MULTILINE))
    shares = [int(weights[name]) for name in weights]
    names = list(weights)
    order = {"Retrieval and agent design": 5, "Experiments and trade-offs": 3, "Fine-tuning and data curation": 1}
    total = sum(int(weights[name]) * order.get(name, 2) for name in names) / sum(shares)
    assert f"**{total:.2f}** of 5, over the {sum(shares)}% of the weight" in text


def test_one_rating_below_the_minimum_is_named_though_the_mean_is_not(write: Write, tmp_path: Path) -> None:
    files = [
        write("a.md", "partners", "Ana", {"collaboration": 1}),
        write("b.md", "partners", "Ben", {"collaboration": 4}),
    ]
    _, sheets = made(*files, folder=tmp_path / "out")
    (text,) = sheets.values()
    assert "Ana rated it 1, below the minimum of 2; the mean, 2.50, is not" in text
    assert "**Below the minimum**" not in text


def test_recommendations_come_after_the_total_and_apart(three: list[Path], tmp_path: Path) -> None:
    _, sheets = made(*three, folder=tmp_path / "out")
    (text,) = sheets.values()
    assert text.index("## The weighted total") < text.index("## Overall recommendations")
    assert "Hire" not in text[: text.index("## Overall recommendations")].replace("Strong hire", "")


def test_the_word_file_says_the_same_and_is_right(three: list[Path], tmp_path: Path) -> None:
    done, sheets = made(*three, folder=tmp_path / "out")
    (word,) = (path.read_bytes() for path in done.files if path.suffix == ".docx")
    (text,) = sheets.values()
    assert words_of_docx(word) == words_of_markdown(text)
    assert findings(word) == []
    assert "░▒░▒░" in words_of_docx(word)


def test_the_same_files_in_another_order_give_the_same_sheet(three: list[Path], tmp_path: Path) -> None:
    first, second = made(*three, folder=tmp_path / "1"), made(*reversed(three), folder=tmp_path / "2")
    assert first[1] == second[1]


def test_evidence_of_any_sort_stays_text(write: Write, tmp_path: Path) -> None:
    evidence = "{{ 7*7 }} \\| <script> **bold** 東京 🎉<br>=cmd()"
    path = write("a.md", "partners", "Ana", {"collaboration": 3}, **{"collaboration.evidence": evidence})
    done, sheets = made(path, folder=tmp_path / "out")
    (text,) = sheets.values()
    (word,) = (file.read_bytes() for file in done.files if file.suffix == ".docx")
    words = words_of_docx(word)
    assert {"{{", "7*7", "}}", "|", "<script>", "**bold**", "東京", "🎉", "=cmd()"} <= set(words)
    assert words == words_of_markdown(text)


# --- who is who -----------------------------------------------------------------------------------


def test_one_sheet_for_each_candidate(write: Write, tmp_path: Path) -> None:
    files = [
        write("a.md", "partners", "Ana", {"collaboration": 3}, candidate="Ada  LOVELACE"),
        write("b.md", "partners", "Ben", {"collaboration": 4}, candidate="ada lovelace"),
        write("c.md", "partners", "Ana", {"collaboration": 5}, candidate="Grace Hopper"),
        write("d.md", "partners", "Ana", {"collaboration": 5}, candidate="山田 花子"),
    ]
    done, sheets = made(*files, folder=tmp_path / "out")
    assert done.candidates == 3
    assert {name.removeprefix("ai-engineer-debrief-") for name in sheets} >= {"ada-lovelace", "grace-hopper"}
    assert len(sheets) == 3


def test_names_that_are_alike_are_pointed_out(write: Write, tmp_path: Path) -> None:
    files = [
        write("a.md", "partners", "Ana", {"collaboration": 3}, candidate="Ada Lovelace"),
        write("b.md", "partners", "Ben", {"collaboration": 4}, candidate="Ada Lovelase"),
    ]
    done, _ = made(*files, folder=tmp_path / "out")
    assert [(problem.code, problem.severity) for problem in done.problems] == [("debrief.alike", "warning")]


def test_one_interviewer_twice(write: Write, tmp_path: Path) -> None:
    same = [write(f"{n}.md", "partners", "Ana", {"collaboration": 3}) for n in "ab"]
    other = write("c.md", "partners", "Ben", {"collaboration": 4})
    done, sheets = made(*same, other, folder=tmp_path / "1")
    assert done.problems == ()
    assert "| 2 | 0 |" in next(iter(sheets.values()))  # two scorecards, no split
    differs = write("d.md", "partners", "Ana", {"collaboration": 5})
    done, sheets = made(same[0], differs, other, folder=tmp_path / "2")
    assert [problem.code for problem in done.problems] == ["debrief.twice"]
    text = next(iter(sheets.values()))
    assert "a.md: differs from" in text.split("## Could not be told")[1]
    assert "Ana" not in text


def test_three_scorecards_that_name_no_interviewer(write: Write, tmp_path: Path) -> None:
    files = []
    for folder, rating in (("a", 1), ("b", 4), ("c", 5)):
        (tmp_path / folder).mkdir()
        files.append(write(f"{folder}/card.md", "partners", "", {"collaboration": rating}))
    _, sheets = made(*files, folder=tmp_path / "out")
    row = next(line for line in next(iter(sheets.values())).splitlines() if "Working with partner teams" in line)
    assert row.split(" | ")[1:4] == ["1", "4", "5"]


def test_one_candidate_for_two_kits_has_two_sheets(write: Write, tmp_path: Path) -> None:
    files = [write("a.md", "partners", "Ana", {"collaboration": 3}), write("b.md", "partners", "Ana", {"framing": 4})]
    text = files[1].read_text(encoding="utf-8")
    files[1].write_text(text.replace('"stage": ', '"company": "northlight", "stage": '), encoding="utf-8")
    done, sheets = made(*files, folder=tmp_path / "out")
    assert (done.candidates, done.scorecards, len(sheets)) == (2, 2, 2)


def test_the_scorecards_of_all_candidates_are_counted(write: Write, tmp_path: Path) -> None:
    files = [write(f"{n}.md", "partners", f"Rater {n}", {"collaboration": 3}) for n in "ab"]
    files.append(write("c.md", "partners", "Ana", {"collaboration": 3}, candidate="Grace Hopper"))
    done, _ = made(*files, folder=tmp_path / "out")
    assert (done.candidates, done.scorecards) == (2, 3)


def test_names_that_differ_by_accents_are_pointed_out(write: Write, tmp_path: Path) -> None:
    files = [
        write("a.md", "partners", "Ana", {"collaboration": 3}, candidate="José Pérez"),
        write("b.md", "partners", "Ben", {"collaboration": 4}, candidate="Jose Perez"),
    ]
    done, sheets = made(*files, folder=tmp_path / "both")
    assert [problem.code for problem in done.problems] == ["debrief.alike"]
    for file in files:  # the name of a sheet's file is the same, whoever else there is
        assert set(made(file, folder=tmp_path / file.stem)[1]) < set(sheets)


def test_a_stage_that_the_role_does_not_have_is_named(write: Write, tmp_path: Path) -> None:
    path = write("a.md", "partners", "Ana", {"collaboration": 3})
    path.write_text(path.read_text(encoding="utf-8").replace('"partners"', '"gone"'), encoding="utf-8")
    done, _ = made(path, folder=tmp_path / "out")
    assert [(problem.code, problem.severity) for problem in done.problems] == [("debrief.stage", "warning")]


def test_red_flags_have_a_list_of_their_own(write: Write, tmp_path: Path) -> None:
    path = write("a.md", "partners", "Ana", {"collaboration": 3}, **{"collaboration.flag.1": "☒"})
    _, sheets = made(path, folder=tmp_path / "out")
    (text,) = sheets.values()
    assert "## Red flags\n\n- **Working with partner teams**, seen by Ana: " in text


def test_files_that_can_not_be_scorecards_are_not_passed_over(write: Write, tmp_path: Path) -> None:
    folder = tmp_path / "filled"
    folder.mkdir()
    write("filled/a.md", "partners", "Ana", {"collaboration": 3})
    (folder / "b.pdf").write_bytes(b"%PDF-1.7")
    (folder / "notes.txt").write_text("mine")
    done, _ = made(folder, folder=tmp_path / "out")
    assert [Path(problem.file).name for problem in done.problems] == ["b.pdf"]


# --- what can't be told ---------------------------------------------------------------------------


def test_a_broken_file_does_not_stop_the_others(three: list[Path], tmp_path: Path) -> None:
    (tmp_path / "bomb.docx").write_bytes(b"PK\x03\x04 not really")
    (tmp_path / "note.md").write_text("# Just a note\n")
    broken = [tmp_path / name for name in ("bomb.docx", "note.md", "none.docx")]
    done, sheets = made(*three, *broken, folder=tmp_path / "out")
    assert len(sheets) == 1
    refused = sorted(Path(problem.file).name for problem in done.problems if problem.severity == "error")
    assert refused == ["bomb.docx", "none.docx", "note.md"]


def test_a_value_that_can_not_be_told_is_reported_and_not_counted(write: Write, tmp_path: Path) -> None:
    path = write("a.md", "partners", "Ana", {"collaboration": "between 3 and 4", "framing": 3})
    done, sheets = made(path, folder=tmp_path / "out")
    (text,) = sheets.values()
    assert [problem.file for problem in done.problems] == [path.as_posix()]
    assert "between 3 and 4" in text
    assert "## Could not be told" in text
    assert "**Working with partner teams** (required) was rated, but what the rating is can't be told" in text
    row = next(line for line in text.splitlines() if line.startswith("| Working with partner teams"))
    assert row.split(" | ")[1] == "?"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ((f">{CANDIDATE}<", "><"), "debrief.no-candidate"),
        (('"role": "ai-engineer"', '"role": "astronaut"'), "debrief.role"),
        (('"role": "ai-engineer"', '"role": "../../etc/passwd"'), "scorecard.form"),
    ],
)
def test_nothing_is_made_of_a_scorecard_without_a_place(
    change: tuple[str, str], code: str, write: Write, tmp_path: Path
) -> None:
    path = write("a.md", "partners", "Ana", {"collaboration": 3})
    text = path.read_text(encoding="utf-8")
    assert change[0] in text
    path.write_text(text.replace(*change), encoding="utf-8")
    with pytest.raises(JdgenError) as caught:
        made(path, folder=tmp_path / "out")
    assert [problem.code for problem in caught.value.problems] == [code]
    assert not (tmp_path / "out").exists()


def test_a_competency_that_the_role_no_longer_has(write: Write, tmp_path: Path) -> None:
    path = write("a.md", "partners", "Ana", {"collaboration": 3, "framing": 4}, version="00000000")
    text = path.read_text(encoding="utf-8")
    text = text.replace("framing.", "juggling.").replace('"Framing and forecasting: Rating"', '"Juggling: Rating"')
    path.write_text(text, encoding="utf-8")
    _, sheets = made(path, folder=tmp_path / "out")
    assert "Juggling: Rating, by Ana: 4 · Strong" in next(iter(sheets.values()))


# --- many candidates ------------------------------------------------------------------------------


def test_a_correlation_needs_ten_candidates(write: Write, tmp_path: Path) -> None:
    ratings = [(1, 2), (2, 2), (3, 3), (4, 5), (5, 5), (2, 3), (3, 4), (4, 4), (1, 1), (5, 4)]
    files = [
        write(f"{n}-{who}.md", "partners", who, {"collaboration": rating}, candidate=f"{chr(65 + n) * 9} {n}")
        for n, pair in enumerate(ratings)
        for who, rating in zip(("Ana", "Ben"), pair, strict=True)
    ]
    _, ten = made(*files, folder=tmp_path / "ten")
    _, nine = made(*files[:-2], folder=tmp_path / "nine")
    assert all("10 candidates, exploratory" in text for text in ten.values())
    assert not any("ICC(A,1)" in text for text in nine.values())
    assert all("at least 10 candidates rated by the same people, and here are 9" in text for text in nine.values())


# --- the command ----------------------------------------------------------------------------------


def test_the_command(three: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "filled"
    folder.mkdir()
    for path in three:
        path.rename(folder / path.name)
    (folder / "~$a.docx").write_bytes(b"lock")
    result = CliRunner().invoke(app, ["debrief", "filled", "--specs", str(SPECS)])
    assert result.exit_code == 0
    assert result.stdout.split() == [f"debriefs/ai-engineer-debrief-ada-lovelace.{suffix}" for suffix in ("md", "docx")]
    assert result.stderr.endswith("1 candidate, 3 scorecards; 2 files changed\n")
    assert "not all of the kit's present version" in result.stderr
    (folder / "x.md").write_text("nothing")
    again = CliRunner().invoke(app, ["debrief", "filled", "--specs", str(SPECS)])
    assert again.exit_code == 1
    assert "filled/x.md: error: " in again.stderr
    assert "0 files changed" in again.stderr


def test_nothing_to_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    result = CliRunner().invoke(app, ["debrief", "empty"])
    assert result.exit_code == 2
    assert "empty: error: is a folder without scorecards  [scorecard.folder]" in result.stderr
    with pytest.raises(JdgenError, match="no scorecards are named") as caught:
        debrief(DebriefRequest(()))
    assert [problem.code for problem in caught.value.problems] == ["debrief.nothing"]
    assert list(tmp_path.iterdir()) == [tmp_path / "empty"]
