"""`jdgen lint` as its users meet it: places, exceptions with reasons, settings, exit codes, finished postings."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from docx import Document
from typer.testing import CliRunner

from jdgen.cli import app
from jdgen.lint.catalog import rules
from jdgen.lint.page import described, page_of, read_page
from jdgen.lint.section import section_of

COOK = """\
jdgen: 1
title: Cook
summary: >-
  You cook lunch. We want a rock star who can hit
  the ground running.
responsibilities:
  - Cook lunch for 40 people.
qualifications:
  required:
    - At least 5 years of experience in a kitchen.
    - "A bachelor's degree."
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("role_specs").mkdir()


def lint(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["lint", *arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def findings(*arguments: str) -> list[tuple[str, int, int, str]]:
    """File, line, column and code of each finding."""
    out = json.loads(lint(*arguments, "--format", "json")[1])
    return [(each["file"], each["line"], each["column"], each["code"]) for each in out["findings"]]


def cook(text: str = COOK) -> Path:
    path = Path("role_specs/cook.yaml")
    path.write_text(text, encoding="utf-8")
    return path


# --- places and exit codes --------------------------------------------------------------------


def test_a_finding_points_at_its_words() -> None:
    cook()
    places = {code: (line, column) for _, line, column, code in findings("cook", "--select", "JD")}
    assert places["JD-004"] == (10, 7)
    assert places["JD-006"] == (11, 10)
    assert places["JD-027"] == (4, 47)  # its words are broken over two lines


def test_errors_fail_and_warnings_fail_if_asked() -> None:
    cook()
    assert lint("cook", "--select", "JD-004")[0] == 1
    assert lint("cook", "--select", "JD-006")[0] == 0
    assert lint("cook", "--select", "JD-006", "--strict")[0] == 1
    assert lint("cook", "--select", "JD-027", "--strict")[0] == 0


def test_a_finding_says_why_and_what_to_write_instead() -> None:
    cook()
    _, out, err = lint("cook", "--select", "JD-004")
    assert "role_specs/cook.yaml:10:7: error: " in out
    assert rules()["JD-004"].instead in out
    assert "1 error, 0 warnings, 0 infos in 1 file" in err
    assert "lawful" in err


def test_a_clean_run_never_says_that_all_is_lawful() -> None:
    cook(COOK.split("qualifications", maxsplit=1)[0])
    code, out, err = lint("cook", "--select", "PQ")
    assert (code, out) == (0, "")
    assert "not that a posting or a question is lawful" in err


def test_what_cannot_be_read_does_not_keep_the_rest_from_being_linted() -> None:
    cook()
    Path("role_specs/waiter.yaml").write_text("jdgen: 1\ntitel: Waiter\n", encoding="utf-8")
    code, out, _ = lint()
    assert code == 2
    assert "waiter.yaml:2:1: error: unknown key 'titel'" in out
    assert "[JD-004]" in out


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("nobody",), "there is no role, posting or file 'nobody'  [subject.unknown]"),
        (("cook", "--select", "JD-999"), "there is no rule 'JD-999'  [rule.unknown]"),
        (("cook", "--on", "1.12.2026"), "'1.12.2026' is no day  [date.format]"),
        (("cook", "--place", "Colorado"), "'Colorado' is no place  [place.format]"),
        (("cook", "--format", "xml"), "there is no format 'xml'"),
        (("posting.pdf",), "there is no role, posting or file 'posting.pdf'  [subject.unknown]"),
    ],
)
def test_what_is_asked_wrongly_is_said(arguments: tuple[str, ...], problem: str) -> None:
    cook()
    code, _, err = lint(*arguments)
    assert (code, problem in err) == (2, True), err


def test_explain() -> None:
    code, out, _ = lint("--explain", "jd-004")
    assert code == 0
    assert rules()["JD-004"].why.split()[0] in out
    assert rules()["JD-004"].bad[0] in out
    assert "\n" in out
    assert lint("--explain", "JD-4")[0] == 2


def test_formats_hold_the_same_findings() -> None:
    cook()
    count = len(findings("cook"))
    assert count == len(json.loads(lint("cook", "--format", "sarif")[1])["runs"][0]["results"])
    assert count == len(lint("cook", "--format", "github")[1].splitlines())


# --- exceptions -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('    - "A bach', '    # jdgen: ignore[JD-006] The law asks for it.\n    - "A bach'),
        ('    - "A bach', '    # jdgen: ignore[JD-006] The law asks for it.\n    # It is the food act.\n    - "A bach'),
        ('degree."', 'degree."  # jdgen: ignore[JD-006] The law asks for it.'),
        ("jdgen: 1", "# jdgen: ignore-file[JD-006, JD-005] The law asks for it.\njdgen: 1"),
    ],
)
def test_a_finding_is_ignored_with_a_reason(old: str, new: str) -> None:
    cook(COOK.replace(old, new))
    out, err = lint("cook", "--select", "JD-006")[1:]
    assert (out, "1 ignored with a reason" in err) == ("", True)


def test_a_comment_at_a_block_is_for_its_text() -> None:
    cook(COOK.replace("summary: >-", "summary: >-  # jdgen: ignore[JD-027] We mean it."))
    assert "JD-027" not in {code for *_, code in findings("cook")}


def test_what_stands_in_a_text_is_no_comment() -> None:
    cook(COOK.replace("running.", "running.\n  # jdgen: ignore[JD-027] Not a comment."))
    assert "JD-027" in {code for *_, code in findings("cook", "--select", "JD-027")}


def test_an_exception_needs_a_reason_a_rule_and_something_to_ignore() -> None:
    cook(
        COOK.replace("jdgen: 1\n", "# jdgen: ignore-file[JD-035] Nobody swears here.\njdgen: 1\n")
        .replace("    - At", "    # jdgen: ignore[JD-004]\n    - At")
        .replace("title: Cook", "title: Cook  # jdgen: ignore[JD-4] Why not.")
        .replace("responsibilities:", "responsibilities:  # jdgen: ignore all")
    )
    found = {(line, code) for _, line, _, code in findings("cook") if not code.startswith(("JD", "SI"))}
    assert found == {
        (1, "ignore.unused"),
        (3, "ignore.unknown-rule"),
        (7, "ignore.no-rule"),
        (11, "ignore.no-reason"),
    }
    assert (12, "JD-004") in {(line, code) for _, line, _, code in findings("cook")}


def test_no_exception_is_unused_where_not_all_rules_ran() -> None:
    cook(COOK.replace("jdgen: 1\n", "# jdgen: ignore-file[SI-031] Nobody is judged by fit.\njdgen: 1\n"))
    assert findings("cook", "--select", "JD-035") == []
    assert "ignore.unused" in {code for *_, code in findings("cook")}


COMPANY = """\
jdgen: 1
name: Inn
lint:
  ignore:
    - rule: JD-004
      reason: The guild counts years.
      files: [cook.yaml]
    - rule: JD-027
      reason: We mean it.
      files: [postings/*.yaml]
  severity: {JD-006: error}
"""


def test_a_company_sets_rules() -> None:
    cook()
    Path("role_specs/companies").mkdir()
    Path("role_specs/companies/inn.yaml").write_text(COMPANY, encoding="utf-8")
    code, out, _ = lint("cook", "--select", "JD")
    assert "[JD-004]" not in out
    assert "[JD-027]" in out
    assert "error: " in next(line for line in out.splitlines() if "[JD-006]" in line)
    assert code == 1


def test_a_broken_company_does_not_keep_roles_from_being_linted() -> None:
    cook()
    Path("role_specs/companies").mkdir()
    Path("role_specs/companies/inn.yaml").write_text("jdgen: 1\nnaem: Inn\n", encoding="utf-8")
    code, out, _ = lint("cook")
    assert code == 2
    assert "inn.yaml:2:1: error: unknown key 'naem'" in out
    assert "[JD-004]" in out


def test_a_company_can_only_set_rules_that_there_are() -> None:
    cook()
    Path("role_specs/companies").mkdir()
    text = COMPANY.replace("rule: JD-004", "rule: JD-444").replace("{JD-006", "{JD-66")
    Path("role_specs/companies/inn.yaml").write_text(text, encoding="utf-8")
    code, _, err = lint("cook")
    assert code == 2
    assert "inn.yaml:5:13: error: there is no rule 'JD-444'" in err
    assert "inn.yaml:11:" in err


# --- finished postings ------------------------------------------------------------------------

POSTING = """\
# Cook

## What you will do

- Cook lunch.
- He keeps the kitchen clean.

## Requirements

- 5+ years of experience
- A bachelor's degree <!-- jdgen: ignore[JD-006] The law asks for it. -->
"""


def test_a_markdown_posting() -> None:
    Path("cook.md").write_text(POSTING, encoding="utf-8")
    found = findings("cook.md")
    assert {("cook.md", 6, 3, "JD-017"), ("cook.md", 10, 3, "JD-004")} <= set(found)
    assert "JD-006" not in {code for *_, code in found}


def test_a_folder_of_postings_and_specs() -> None:
    cook()
    Path("ads/old").mkdir(parents=True)
    Path("ads/cook.md").write_text(POSTING, encoding="utf-8")
    Path("ads/old/cook.txt").write_text("Cook\n\nRequirements:\n- 5+ years of experience\n", encoding="utf-8")
    Path("ads/~$cook.docx").write_bytes(b"a lock file")
    assert {file for file, *_ in findings("ads", "role_specs")} == {
        "ads/cook.md",
        "ads/old/cook.txt",
        "role_specs/cook.yaml",
    }
    Path("empty").mkdir()
    assert lint("empty")[0] == 2


def test_a_plain_posting() -> None:
    text = "Cook\n\nYour duties\n• Cook lunch.\n• He keeps the\n  kitchen clean.\n\n"
    text += "Requirements:\n- 5+ years of\n  experience\n"
    Path("cook.txt").write_text(text, encoding="utf-16")
    assert {("cook.txt", 5, 3, "JD-017"), ("cook.txt", 9, 3, "JD-004")} <= set(findings("cook.txt"))


def test_a_word_posting() -> None:
    document = Document()
    document.add_heading("Cook", 0)
    document.add_paragraph("Requirements").runs[0].bold = True
    document.add_paragraph("5+ years of experience", style="List Bullet")
    document.add_table(1, 1).cell(0, 0).text = "He keeps the kitchen clean."
    document.save("cook.docx")
    assert {("cook.docx", 3, 1, "JD-004"), ("cook.docx", 4, 1, "JD-017")} <= set(findings("cook.docx"))


def test_a_kit_document_reads_the_same_in_word() -> None:
    found = []
    for suffix in ("md", "docx"):
        name = f"ai-engineer-job-description.{suffix}"
        shutil.copy(Path(__file__).parent.parent / "output" / "ai-engineer" / name, name)
        found.append([(each.section, each.text.split()) for each in described(read_page(Path(name))).passages])
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.docx", b"PK\x03\x04", "posting-file.damaged"),
        ("a.docx", b"not zip", "posting-file.not-word"),
        ("a.md", b"\xff\x00\xd8", "posting-file.encoding"),
        ("a.md", b"", "posting-file.empty"),
        ("a.txt", b"a\x00b", "posting-file.format"),
        ("a.md", b"x" * (1 << 21), "posting-file.size"),
        ("a.pdf", b"%PDF", "posting-file.format"),
    ],
)
def test_a_posting_that_cannot_be_read(name: str, data: bytes, message: str) -> None:
    Path(name).write_bytes(data)
    code, out, _ = lint(name)
    assert code == 2
    assert message in out
    assert "scorecard" not in out


def test_a_posting_in_another_language_is_not_judged_by_english_rules() -> None:
    text = "# Koch\n\n## Aufgaben\n\n- Sie kochen mittags für vierzig Personen und halten die Küche sauber.\n"
    Path("koch.md").write_text(text, encoding="utf-8")
    assert [code for *_, code in findings("koch.md")] == ["posting-file.language"]
    assert lint("koch.md")[0] == 0


def test_a_spec_in_another_language_is_judged_by_the_rules_of_structure() -> None:
    items = "".join(
        f"    - {{text: Sie kennen Gericht {n} mit 5 years experience., competency: k}}\n" for n in range(9)
    )
    text = "jdgen: 1\ntitle: Koch\nlanguage: de\nsummary: Sie kochen mittags.\nresponsibilities: [Kochen]\n"
    cook(f"{text}qualifications:\n  required:\n{items}competencies:\n  - id: k\n    name: Kochen\n"
         "    definition: Kocht.\n    anchors: {1: a, 3: b, 5: c}\n")  # fmt: skip
    codes = {code for *_, code in findings("cook")}
    assert {"JD-003", "SI-013"} <= codes
    assert not codes & {"JD-001", "JD-004", "JD-012"}


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("What you'll do", "responsibilities"),
        ("Essential functions of the job", "responsibilities"),
        ("Minimum qualifications", "required"),
        ("Preferred qualifications", "preferred"),
        ("Nice to have", "preferred"),
        ("Salary and benefits", "pay"),
        ("Equal Opportunity Employer", "statements"),
        ("Reasonable adjustments", "statements"),
        ("How to apply", "apply"),
        ("Interview process", "hiring"),
        ("About the role", "role"),
        ("About us", "about"),
        ("Perks", "benefits"),
        ("Working conditions", "conditions"),
        ("Who we are looking for", "required"),
        ("Zyx", ""),
    ],
)
def test_headings(heading: str, section: str) -> None:
    assert section_of(heading) == section


def test_questions_in_a_posting_are_no_headings() -> None:
    Path("cook.md").write_text(f"{POSTING}\nHow old are you? Are you married?\n", encoding="utf-8")
    assert {(13, 1, "PQ-age"), (13, 18, "PQ-marital-status")} <= {found[1:] for found in findings("cook.md")}


def test_a_page_is_read_in_order() -> None:
    page = page_of(
        "# Cook\n\nPay: 20 an hour\n\n## Duties\n\n- Cook\n\n### Lunch\n\n- Serve\n\n## Zyx\n\nText\n", "cook.md"
    )
    whole = described(page)
    assert whole.title
    assert whole.title.text == "Cook"
    assert [(passage.section, passage.text) for passage in whole.passages] == [
        ("pay", "Pay: 20 an hour"),
        ("responsibilities", "Cook"),
        ("responsibilities", "Serve"),
        ("", "Text"),
    ]


# --- levels, postings, companies, languages ----------------------------------------------------

LEVELS = """\
levels:
  - id: junior
    name: Junior
    title: {en: "Rockstar {title}"}
    patch: {summary: {set: You are a ninja.}, required: {set: [One a, Two b, Three c, Four d]}}
  - id: senior
    name: Senior
    patch: {required: {set: [Five e, Six f, Seven g, Eight h]}}
"""
PLAN = """\
interview_plan:
  stages:
    - {id: call, name: Call, purpose: To talk, minutes: 30, interviewers: [Chef], closing:
       {minutes: 5, script: How old are you?}}
"""


def company(name: str, more: str = "") -> None:
    Path("role_specs/companies").mkdir(exist_ok=True)
    Path(f"role_specs/companies/{name}.yaml").write_text(f"jdgen: 1\nname: {name}\n{more}", encoding="utf-8")


def posting(name: str, more: str = "", country: str = "CH", city: str = "Bern") -> None:
    Path("role_specs/postings").mkdir(exist_ok=True)
    text = f"jdgen: 1\nrole: cook\nlocations: [{{country: {country}, city: {city}}}]\n{more}"
    Path(f"role_specs/postings/{name}.yaml").write_text(text, encoding="utf-8")


def test_a_level_counts_its_own_items_alone() -> None:
    cook(COOK + LEVELS)
    assert "items are required" not in lint("cook", "--select", "JD-003")[1]


def test_texts_of_levels_are_read_whatever_their_keys_are() -> None:
    cook(COOK + LEVELS + "works_with: [{who: Cooks, how: You are their rockstar.}]\n")
    codes = [(line, code) for _, line, _, code in findings("cook", "--select", "JD-016")]
    assert {line for line, _ in codes} >= {15, 16}  # the title by language, the summary that is set


def test_what_is_said_in_stages_is_read_for_a_posting_at_a_level() -> None:
    cook(COOK + LEVELS + PLAN)
    posting("p", "level: senior\n")
    assert "PQ-age" in {code for *_, code in findings("p")}


def test_each_posting_is_judged_by_its_own_company() -> None:
    cook()
    company("one", "lint: {ignore: [{rule: JD, reason: We know.}]}\n")
    company("two")
    posting("a", "company: one\n")
    posting("b", "company: two\n")
    assert "JD-009" not in {code for *_, code in findings("a")}
    for order in (("a", "b"), ("b", "a")):
        grave = findings(*order, "--select", "JD-008")
        assert [file for file, *_ in grave] == ["role_specs/cook.yaml"]
    Path("ad.md").write_text(POSTING, encoding="utf-8")
    assert lint("b")[0] == 1  # no company need be named where none is asked for


def test_a_city_by_language_is_that_city() -> None:
    cook()
    posting("p", country="US", city="{en: New York}")
    assert "US-NY" in lint("p", "--select", "PT-pay-range")[1]
    assert "US-CO" not in lint("p", "--select", "PT-pay-range")[1]


def test_a_terse_posting_is_english() -> None:
    Path("t.md").write_text(
        "# Cook\n\n- Competitive salary\n- Native English speaker\n- Recent graduate\n", encoding="utf-8"
    )
    assert {"JD-009", "JD-024", "JD-019"} <= {code for *_, code in findings("t.md", "--select", "JD")}


def test_bullets_of_a_plain_text_are_items() -> None:
    text = "Cook\n\nRequirements\n- 5+ years of experience\n- Maximum 10 years of experience\n"
    Path("t.txt").write_text(text, encoding="utf-8")
    assert {(4, "JD-004"), (5, "JD-005")} <= {(line, code) for _, line, _, code in findings("t.txt")}


def test_a_place_without_law_on_record_is_said() -> None:
    Path("cook.md").write_text(POSTING, encoding="utf-8")
    out = lint("cook.md", "--place", "XX")[1]
    assert "no law on pay is on record for 'XX'  [place.no-law]" in out
    assert "did you mean 'US-MA'?" in lint("cook.md", "--place", "us-ma")[2]


def test_quiet_prints_the_findings_alone() -> None:
    cook()
    code, out, err = lint("cook", "--select", "JD-004", "--quiet")
    assert (code, "[JD-004]" in out, err) == (1, True, "")


# --- what ships -------------------------------------------------------------------------------


def test_what_ships_is_clean() -> None:
    shutil.rmtree("role_specs")
    code, out, err = lint("--strict")
    assert (code, out) == (0, "")
    assert "0 errors, 0 warnings, 0 infos" in err


@pytest.mark.parametrize(
    "name", ["ai-engineer", "ml-engineer", "software-engineer", "ai-engineer-2027-01", "northlight"]
)
def test_what_ships_is_clean_one_by_one(name: str) -> None:
    """A comment for a rule that looks at postings is not called unused where no posting is looked at."""
    shutil.rmtree("role_specs")
    assert lint("--strict", name)[:2] == (0, "")
