"""The trace: requirement -> competency -> questions -> anchors -> scorecard row, its holes, its files."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from jdgen.document import TRACE
from jdgen.load import Library, load_company, load_posting, load_role
from jdgen.places import Places
from jdgen.record import as_csv, as_json, harmless, trace_view
from jdgen.render import Renderer, render_document
from jdgen.resolve import resolve_role
from jdgen.trace import Row, Trace, trace_of

CLEAN = """\
jdgen: 1
title: Baker
summary: You bake.
responsibilities:
  - text: Bake the night's bread.
    competency: baking
    children: [Light the oven]
  - title: With people
    items:
      - text: Teach apprentices.
        competency: teaching
qualifications:
  required:
    - text: A food hygiene certificate
      assessed_by: [check]
    - label: "A start in the trade:"
      any_of:
        - text: An apprenticeship
          competency: baking
        - text: Three seasons in a bakery
          assessed_by: [application]
  preferred:
    - text: Rye bread
      competency: baking
success:
  milestones:
    - when: After a month
      outcomes: [You know the shop.]
competencies:
  - id: baking
    name: Baking
    definition: Bakes bread that sells.
    anchors: {1: Burnt it., 2: Guessed., 3: Baked it., 4: Planned it., 5: Improved it.}
    questions:
      - {id: bake-last, kind: behavioral, text: Tell me of a failed batch., minutes: 10}
      - {id: bake-rye, kind: technical, text: How do you keep a sour?, minutes: 10}
  - id: teaching
    name: Teaching
    definition: Others learn from them.
    anchors: {1: Took over., 2: Told., 3: Showed., 4: Let try., 5: Let teach.}
    questions:
      - {id: teach-new, kind: situational, text: An apprentice is late again; what now?, minutes: 10}
levels:
  - id: master
    name: Master
    patch:
      responsibilities:
        add:
          - text: Plan the week.
            competency: baking
interview_plan:
  stages:
    - id: talk
      name: Talk
      purpose: We talk.
      minutes: 60
      interviewers: [Owner]
      competencies: [baking, teaching]
      questions: [bake-last, teach-new]
    - id: shop
      name: In the shop
      purpose: We bake.
      minutes: 60
      interviewers: [Baker]
      competencies: [baking]
      questions: [bake-rye]
"""
BAKING = "  - text: Bake the night's bread.\n    competency: baking"
CHILD = "\n    children: [Light the oven]"


@pytest.fixture
def trace(tmp_path: Path) -> Trace:
    return traced(tmp_path, CLEAN)


def traced(folder: Path, text: str, level: str | None = None) -> Trace:
    (folder / "baker.yaml").write_text(text, encoding="utf-8")
    spec = load_role("baker", Library(folder))
    return trace_of(resolve_role(spec, level=level), Places(spec))


def rows(trace: Trace) -> dict[str, Row]:
    return {row.requirement.text: row for row in trace.rows}


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


# --- rows ------------------------------------------------------------------------------------------


def test_every_requirement_is_a_row_with_what_assesses_it(trace: Trace) -> None:
    assert [(row.requirement.sort, row.requirement.text) for row in trace.rows] == [
        ("responsibility", "Bake the night's bread."),
        ("responsibility", "Light the oven"),
        ("responsibility", "Teach apprentices."),
        ("required", "A food hygiene certificate"),
        ("required", "An apprenticeship"),
        ("required", "Three seasons in a bakery"),
        ("preferred", "Rye bread"),
        ("outcome", "You know the shop."),
    ]
    row = rows(trace)["Rye bread"]
    assert row.competency is not None
    assert row.competency.id == "baking"
    asked = [(one.id, [stage.id for stage in one.stages]) for one in row.evidence]
    assert asked == [("bake-last", ["talk"]), ("bake-rye", ["shop"])]
    assert (row.written, row.missing) == ((1, 2, 3, 4, 5), ())
    assert [stage.id for stage in row.scorecards] == ["talk", "shop"]


def test_a_role_that_is_whole_has_no_holes(trace: Trace) -> None:
    assert trace.holes == ()


def test_children_are_covered_by_their_parent(trace: Trace) -> None:
    child = rows(trace)["Light the oven"]
    assert child.competency is not None
    assert child.competency.id == "baking"
    assert child.requirement.group == ("Bake the night's bread.",)


def test_groups_choices_and_milestones_give_their_titles(trace: Trace) -> None:
    groups = {text: row.requirement.group for text, row in rows(trace).items() if row.requirement.group}
    assert groups["Teach apprentices."] == ("With people",)
    assert groups["An apprenticeship"] == ("A start in the trade:",)
    assert groups["You know the shop."] == ("After a month",)
    assert [text for text, row in rows(trace).items() if row.requirement.is_route] == [
        "An apprenticeship",
        "Three seasons in a bakery",
    ]


def test_an_item_that_nothing_assesses_is_the_title_of_its_children(tmp_path: Path) -> None:
    text = CLEAN.replace(
        BAKING + CHILD,
        """\
  - text: "You run the night:"
    children: [{text: Light the oven, competency: baking}]""",
    )
    found = rows(traced(tmp_path, text))
    assert "You run the night:" not in found
    assert found["Light the oven"].requirement.group == ("You run the night:",)


@pytest.mark.parametrize("words", ["Teach apprentices.", "An apprenticeship", "Rye bread", "You know the shop."])
def test_a_requirement_stands_in_its_line(trace: Trace, words: str) -> None:
    place = str(rows(trace)[words].requirement.place)
    assert place.endswith(f"baker.yaml:{line_of(CLEAN, words)}")


def test_what_a_level_adds_stands_in_its_patch(tmp_path: Path) -> None:
    found = rows(traced(tmp_path, CLEAN, "master"))
    assert str(found["Plan the week."].requirement.place).endswith(f":{line_of(CLEAN, 'Plan the week.')}")
    assert str(found["Teach apprentices."].requirement.place).endswith(f":{line_of(CLEAN, 'Teach apprentices.')}")


def test_what_a_patch_moves_stands_where_it_was_written(tmp_path: Path) -> None:
    patched = CLEAN.replace("        add:\n", "        remove: [bread]\n        add:\n")
    text = patched.replace(BAKING, BAKING + "\n    id: bread")
    found = rows(traced(tmp_path, text, "master"))
    assert "Bake the night's bread." not in found
    assert str(found["Teach apprentices."].requirement.place).endswith(f":{line_of(text, 'Teach apprentices.')}")


def test_a_text_of_several_languages_is_found(tmp_path: Path) -> None:
    text = CLEAN.replace("- text: Rye bread", "- text: {de: Roggenbrot, en: Rye bread}")
    place = str(rows(traced(tmp_path, text))["Rye bread"].requirement.place)
    assert place.endswith(f":{line_of(text, 'Roggenbrot')}")


# --- holes -----------------------------------------------------------------------------------------

SEEDED = [
    ("a duty without a competency", [(BAKING + CHILD, "  - text: Sweep the floor.")], ["unassessed:Sweep the floor."]),
    ("a qualification only said to be found out in an interview", [("[check]", "[interview]")], ["unassessed:hygiene"]),
    ("a route that nobody assesses", [("          assessed_by: [application]\n", "")], ["unassessed:Three seasons"]),
    (
        "a competency that no stage scores",
        [("[baking, teaching]", "[baking]")],
        ["unassessed:Teach apprentices.", "unscored:'teaching'"],
    ),
    (
        "a competency that only a stage on request scores",
        [
            ("[baking, teaching]", "[baking]"),
            ("[baking]\n      questions: [bake-rye]", "[teaching]\n      optional: true"),
        ],
        ["unassessed:Teach apprentices.", "unscored:'teaching'", "unasked:'shop' scores 'teaching'"],
    ),
    ("a scored competency without a question there", [("[bake-last, teach-new]", "[teach-new]")], ["unasked:'talk'"]),
    (
        "questions that serve no requirement",
        [("\n        competency: teaching", "\n        competency: baking")],
        ["unused:'teach-new'"],
    ),
    (
        "a question in the bank that serves no requirement",
        [
            ("\n        competency: teaching", "\n        competency: baking"),
            ("[bake-last, teach-new]", "[bake-last]"),
            ("[baking, teaching]", "[baking]"),
        ],
        ["unscored:'teaching'", "unused:'teach-new'"],
    ),
    ("an anchor missing", [("2: Guessed., ", ""), (" 4: Planned it.,", "")], ["unanchored:no anchor for 2, 4"]),
]


@pytest.mark.parametrize(("changes", "expected"), [case[1:] for case in SEEDED], ids=[case[0] for case in SEEDED])
def test_a_hole_is_found(tmp_path: Path, changes: list[tuple[str, str]], expected: list[str]) -> None:
    text = CLEAN
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    holes = traced(tmp_path, text).holes
    assert [hole.sort for hole in holes] == [each.partition(":")[0] for each in expected]
    for hole, each in zip(holes, expected, strict=True):
        assert each.partition(":")[2] in hole.message
        assert ":" in str(hole.place)
        assert hole.problem.code == f"trace.{hole.sort}"


def test_the_work_sample_is_evidence_in_the_stage_where_it_is_discussed(tmp_path: Path) -> None:
    task = """\
  work_sample:
    title: A loaf
    mode: live
    stage: shop
    brief: Bake a loaf.
    tasks: [Bake.]
    limit_minutes: 60
    ai_rule: None.
    criteria: [{name: Crust, weight: 1, competency: baking, strong: Dark.}]
"""
    text = CLEAN.replace("      questions: [bake-rye]\n", "") + task
    trace = traced(tmp_path, text)
    assert trace.holes == ()
    evidence = rows(trace)["Rye bread"].evidence
    assert [(one.id, one.kind, one.text) for one in evidence][-1] == ("", "criterion", "Crust")


def test_an_outcome_that_names_a_competency_is_assessed(tmp_path: Path) -> None:
    text = CLEAN.replace("[You know the shop.]", "[{text: You know the shop., competency: teaching}]")
    text = text.replace("\n        competency: teaching", "\n        competency: baking")
    sorts = [
        (hole.sort, hole.row and hole.row.requirement.sort)
        for hole in traced(tmp_path, text.replace("[baking, teaching]", "[baking]")).holes
    ]
    assert sorts == [("unassessed", "outcome"), ("unscored", None)]


@pytest.mark.parametrize("name", ["ai-engineer", "ml-engineer", "software-engineer"])
def test_the_shipped_roles_have_no_holes(name: str) -> None:
    spec, posting, company = load_role(name), load_posting(f"{name}-2027-01"), load_company("northlight")
    plain = [resolve_role(spec), *(resolve_role(spec, level=level.id) for level in spec.levels)]
    for role in (*plain, resolve_role(spec, posting=posting, company=company)):
        trace = trace_of(role, Places(spec), posting if role.posting else None)
        assert [str(hole.problem) for hole in trace.holes] == []
        assert [row for row in trace.rows if str(row.requirement.place).count(":") != 1] == []


# --- files -----------------------------------------------------------------------------------------

INJECTIONS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\ttext",
    "\rtext",
    " =1+1",
    "   -2+3",
    " \t text",
    "\u00a0=1",
    "\u3000=1",
    "\ufeff=1",
    "\u200b=1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20A1",
    "\u22121",
    '=HYPERLINK("https://example.com","x")',
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("cell", INJECTIONS)
def test_a_cell_that_could_be_a_formula_is_made_harmless(tmp_path: Path, cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    text = CLEAN.replace("- text: Rye bread", f"- text: {json.dumps('Rye bread')}\n      note: x")
    read = read_csv(traced(tmp_path, text.replace('"Rye bread"', json.dumps(cell))))
    told = [line["requirement"] for line in read if line["sort"] == "preferred"]
    assert told
    assert all(each == harmless(cell.strip()) for each in told)


@pytest.mark.parametrize("cell", ["", "text", "5 = five", "a-b", "1-5", "– dash", "'quoted'", "«=»", "(=1)", "mail@x"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell


def read_csv(trace: Trace) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(trace), newline="")))


def test_csv_has_a_row_for_each_requirement_and_question(trace: Trace) -> None:
    read = read_csv(trace)
    assert [line["question"] for line in read if line["requirement"] == "Rye bread"] == ["bake-last", "bake-rye"]
    assert [line["question"] for line in read if line["requirement"] == "A food hygiene certificate"] == [""]
    rye = next(line for line in read if line["requirement"] == "Rye bread")
    assert (rye["anchors"], rye["scorecards"], rye["asked_in"], rye["hole"]) == ("1-5", "talk, shop", "talk", "")


def test_csv_ends_lines_as_the_standard_says(trace: Trace) -> None:
    text = as_csv(trace)
    assert text.endswith("\r\n")
    assert text.count("\n") == text.count("\r\n") == len(read_csv(trace)) + 1


def test_csv_keeps_quotes_commas_and_letters_of_other_scripts(tmp_path: Path) -> None:
    odd = 'Rye, "dark"; 黒パン 🍞'
    read = read_csv(traced(tmp_path, CLEAN.replace("Rye bread", json.dumps(odd, ensure_ascii=False))))
    assert [line["requirement"] for line in read if line["sort"] == "preferred"] == [odd, odd]


def test_holes_are_rows_of_their_own(tmp_path: Path) -> None:
    trace = traced(tmp_path, CLEAN.replace("2: Guessed., ", "").replace(" 4: Planned it.,", ""))
    read = read_csv(trace)
    holes = [line for line in read if line["hole"]]
    assert [(line["hole"], line["competency"]) for line in holes] == [("unanchored", "baking")]
    assert next(line for line in read if line["competency"] == "baking")["anchors"] == "1, 3, 5; 2 and 4 missing"


def test_json_says_the_same(tmp_path: Path) -> None:
    trace = traced(tmp_path, CLEAN.replace("Rye bread", "Rye 黒パン").replace("[bake-last, teach-new]", "[teach-new]"))
    text = as_json(trace)
    data = json.loads(text)
    assert text.endswith("}\n")
    assert "黒パン" in text
    assert list(data) == sorted(data)
    assert [each["text"] for each in data["requirements"]] == list(rows(trace))
    assert [(hole["sort"], hole["stage"], hole["competency"]) for hole in data["holes"]] == [
        ("unasked", "talk", "baking")
    ]


def test_the_same_role_gives_the_same_files(tmp_path: Path) -> None:
    one, other = traced(tmp_path, CLEAN, "master"), traced(tmp_path, CLEAN, "master")
    assert (as_csv(one), as_json(one)) == (as_csv(other), as_json(other))


def document(trace: Trace) -> str:
    return Renderer().render(trace.role, TRACE, "baker-trace", trace=trace_view(trace)).text


def test_the_document_has_every_requirement_and_says_that_there_is_no_hole(trace: Trace) -> None:
    text = document(trace)
    assert all(row.requirement.text in text for row in trace.rows)
    assert "| Talk: 1<br>In the shop: 1 | 1–5 | Talk<br>In the shop |" in text
    assert "None was found" in text


@pytest.mark.parametrize(("changes", "expected"), [case[1:] for case in SEEDED], ids=[case[0] for case in SEEDED])
def test_the_document_lists_every_hole(tmp_path: Path, changes: list[tuple[str, str]], expected: list[str]) -> None:
    text = CLEAN
    for old, new in changes:
        text = text.replace(old, new, 1)
    written = document(traced(tmp_path, text))
    listed = written.partition("## Holes")[2].partition("## Resp")[0]
    assert listed.count("\n- ") == len(expected)
    assert "None was found" not in written


# --- the development record ------------------------------------------------------------------------


def record(name: str) -> str:
    company = load_company("northlight")
    return render_document(resolve_role(load_role(name), company=company), "development-record").text


@pytest.mark.parametrize("name", ["ai-engineer", "ml-engineer", "software-engineer"])
def test_a_record_names_every_competency_and_question_with_its_reason(name: str) -> None:
    text, role = record(name), resolve_role(load_role(name))
    for competency in role.competencies:
        assert str(competency.competency.name) in text
        assert str(competency.use.weight_reason or "") in text
        assert all(str(question.text) in text for question in competency.questions)
    assert role.version not in text  # the company's scale makes another kit of it
    assert text.count("No trial of these questions is recorded.") == 1


def test_a_record_claims_no_compliance() -> None:
    text = record("ai-engineer").lower()
    assert re.findall(r"compl(?:y|ies|iant|iance)|lawful|validated|certified", text) == []
    assert "does not show that the kit meets any law or guideline" in text


def test_a_record_is_filled_in_by_hand() -> None:
    text = record("ai-engineer")
    assert "<!-- field" not in text
    assert text.splitlines().count("|  |  |  |  |  |") == 5
    assert "| to screen applications |  |  |  |  |" in text


def test_a_record_leaves_out_what_it_has_nothing_for(tmp_path: Path) -> None:
    bare = "jdgen: 1\ntitle: Baker\nsummary: You bake.\nresponsibilities: [Bake.]\n"
    (tmp_path / "baker.yaml").write_text(bare, encoding="utf-8")
    text = render_document(resolve_role(load_role("baker", Library(tmp_path))), "development-record").text
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["When something changes", "Use of AI"]
