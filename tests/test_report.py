"""Reports in four formats, and rules explained: shapes, escapes, and that each check can fail."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

import jdgen
from jdgen.lint import catalog
from jdgen.lint.explain import PAGE, explained, page
from jdgen.lint.rule import Citation, Guarantee, Rule, RuleFile
from jdgen.problem import JdgenError, Problem
from jdgen.report import FORMATS, reported

YEARS = Rule(
    code="JD-Y1",
    rule="Years are no skill.",
    why="Years say little {of} work.",
    instead="Name what the person has done.",
    severity="warning",
    evidence="strong",
    verified="seen",
    sources=("sackett2022",),
    bad=("[required] 5 years of Go", "10 years of Java"),
    good=("You have shipped services in Go",),
)
PROBES = Rule(
    code="SI-P1",
    of="question",
    rule="Each question | has probes.",
    why="Probes " + "keep answers comparable " * 12,
    instead="Add a probe.",
    severity="error",
    evidence="moderate",
    verified="secondary",
    places=("US-CO", "DE"),
    note="1. A note of <b>its</b> own.",
    bad=("id: a\ntext: |\n  ```\n  code\n  ```\nprobes: null",),
    good=("probes:\n  - What did you do?",),
)
SCALE = Guarantee(code="SI-K1", rule="One scale per kit.", kept="A company has one scale.")
WORDS = RuleFile(
    jdgen=1,
    title="Wording & words",
    as_of="2026-11-23",
    sources={"sackett2022": Citation(cite="Sackett et al. (2022).", url="https://example.org/" + "long-" * 30)},
    rules=(YEARS,),
)
QUESTIONS = RuleFile(jdgen=1, title="Interview", as_of="2026-11-20", rules=(PROBES,), guarantees=(SCALE,))
FILES = (WORDS, QUESTIONS)
RULES = {"JD-Y1": YEARS, "SI-P1": PROBES}

AT = Problem("JD-Y1", "'5 years' says little", "specs/köchin.yaml", 4, 5, "name the work", "warning", "  - 5 years", 7)
NOWHERE = Problem("SI-P1", "no probes")
UNPLACED = Problem("file.old", "is old", "a b/c,d:e%.yaml", severity="info")
ALL = (AT, NOWHERE, UNPLACED)


# --- text and JSON ----------------------------------------------------------------------------


def test_text_is_what_problems_say() -> None:
    assert reported(ALL, "text") == f"{AT}\n{NOWHERE}\n{UNPLACED}\n"


def test_nothing_found_is_an_empty_report_or_one_of_no_findings() -> None:
    assert reported((), "text") == reported((), "github") == ""
    assert json.loads(reported((), "json"))["findings"] == []
    assert json.loads(reported((), "sarif"))["runs"][0]["results"] == []


def test_json_has_every_finding_in_its_order() -> None:
    report = reported(ALL, "json")
    data = json.loads(report)
    assert data["version"] == 1
    assert data["summary"] == {"error": 1, "warning": 1, "info": 1}
    assert data["findings"][0] == {
        "code": "JD-Y1",
        "severity": "warning",
        "message": "'5 years' says little",
        "hint": "name the work",
        "file": "specs/köchin.yaml",
        "line": 4,
        "column": 5,
        "width": 7,
    }
    assert [finding["code"] for finding in data["findings"]] == ["JD-Y1", "SI-P1", "file.old"]
    assert "köchin" in report
    assert report.endswith("}\n")


@pytest.mark.parametrize("format", FORMATS)
def test_the_order_is_kept_and_the_same_input_gives_the_same_report(format: str) -> None:
    assert reported(ALL, format) == reported(list(ALL), format)
    assert reported(ALL, format) != reported(ALL[::-1], format)


def test_an_unknown_format_is_a_problem_with_the_nearest() -> None:
    with pytest.raises(JdgenError) as caught:
        reported((), "serif")
    assert [(p.code, p.hint) for p in caught.value.problems] == [("format.unknown", "did you mean 'sarif'?")]
    with pytest.raises(JdgenError, match="there is 'github', 'json', 'sarif', 'text'"):
        reported((), "xml-of-junit")


# --- GitHub's commands ------------------------------------------------------------------------

_COMMAND = re.compile(r"::(error|warning|notice) ([^\n]*?)::([^\n]*)")


def read_command(line: str) -> tuple[str, dict[str, str], str]:
    """A command as GitHub's runner reads it: properties end at the first `::`, a comma parts them."""
    match = _COMMAND.fullmatch(line)
    assert match, line
    pairs = [pair.split("=", 1) for pair in match[2].split(",")]
    return match[1], {key: unquote(value) for key, value in pairs}, unquote(match[3])


def test_commands_say_the_place() -> None:
    lines = reported(ALL, "github").splitlines()
    assert lines[0] == (
        "::warning file=specs/köchin.yaml,line=4,col=5,endColumn=12,title=JD-Y1::'5 years' says little%0Aname the work"
    )
    assert lines[1] == "::error title=SI-P1::no probes"
    assert lines[2] == "::notice file=a b/c%2Cd%3Ae%25.yaml,title=file.old::is old"


@pytest.mark.parametrize("nasty", ["100%", "%0A", "a\nb\r\nc", "x::error file=y::z", "a,b=c:d", "::stop-commands::t"])
def test_no_text_leaves_its_place_in_a_command(nasty: str) -> None:
    problem = Problem("X-1", nasty, nasty, 1, 2, nasty)
    report = reported([problem], "github")
    assert len(report.splitlines()) == 1
    kind, properties, message = read_command(report.removesuffix("\n"))
    assert (kind, message) == ("error", f"{nasty}\n{nasty}")
    assert properties == {"file": nasty, "line": "1", "col": "2", "endColumn": "3", "title": "X-1"}


def test_a_command_that_is_not_escaped_is_found() -> None:
    with pytest.raises(AssertionError):
        read_command("::error title=X-1::a\nb")
    with pytest.raises(ValueError, match=r"unpack|length"):
        read_command("::error file=a,b,title=X-1::c")


# --- SARIF ------------------------------------------------------------------------------------

_SHAPES: dict[str, tuple[set[str], dict[str, Any]]] = {
    "log": ({"version", "runs"}, {"$schema": str, "version": {"2.1.0"}, "runs": ["run"]}),
    "run": (
        {"tool"},
        {"tool": "tool", "results": ["result"], "columnKind": {"utf16CodeUnits", "unicodeCodePoints"}},
    ),
    "tool": ({"driver"}, {"driver": "component"}),
    "component": ({"name"}, {"name": str, "version": str, "rules": ["descriptor"]}),
    "descriptor": (
        {"id"},
        {
            "id": str,
            "shortDescription": "multiformat",
            "fullDescription": "multiformat",
            "help": "multiformat",
            "defaultConfiguration": "configuration",
        },
    ),
    "multiformat": ({"text"}, {"text": str}),
    "configuration": (set(), {"level": {"none", "note", "warning", "error"}}),
    "result": (
        {"message", "ruleId"},
        {
            "ruleId": str,
            "ruleIndex": int,
            "level": {"none", "note", "warning", "error"},
            "message": "message",
            "locations": ["location"],
            "partialFingerprints": dict,
        },
    ),
    "message": ({"text"}, {"text": str}),
    "location": (set(), {"physicalLocation": "physical"}),
    "physical": ({"artifactLocation"}, {"artifactLocation": "artifact", "region": "region"}),
    "artifact": ({"uri"}, {"uri": str}),
    "region": ({"startLine"}, {"startLine": int, "startColumn": int, "endColumn": int}),
}
"""What is required, and the type of each property we use: SARIF 2.1.0, 3.13, 3.14, 3.18, 3.19, 3.27 to 3.30, 3.49.

A name is a shape of this table, a list holds such, a set holds the values there are.
"""


def misshapen(value: Any, shape: str = "log", path: str = "") -> list[str]:
    """What in a SARIF log, or a part of it, is not as the standard has it."""
    required, known = _SHAPES[shape]
    if not isinstance(value, dict):
        return [f"{path}: no object"]
    found = [f"{path}.{key}: missing" for key in sorted(required - value.keys())]
    for key, part in value.items():
        place, kind = f"{path}.{key}", known.get(key)
        if kind is None:
            found.append(f"{place}: unknown")
        elif isinstance(kind, str):
            found += misshapen(part, kind, place)
        elif isinstance(kind, list):
            found += [f"{place}: no array"] * (not isinstance(part, list))
            found += [one for n, entry in enumerate(part) for one in misshapen(entry, kind[0], f"{place}[{n}]")]
        elif isinstance(kind, set):
            found += [f"{place}: {part}"] * (part not in kind)
        elif type(part) is not kind:
            found.append(f"{place}: no {kind.__name__}")
        elif kind is int and part < (0 if key == "ruleIndex" else 1):
            found.append(f"{place}: {part}")
    return found


def sarif(*problems: Problem) -> dict[str, Any]:
    log = json.loads(reported(problems, "sarif", RULES))
    assert misshapen(log) == []
    run: dict[str, Any] = log["runs"][0]
    return run


def test_sarif_is_in_shape_and_says_who_made_it() -> None:
    driver = sarif(*ALL)["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("jdgen", jdgen.__version__)
    assert [rule["id"] for rule in driver["rules"]] == ["JD-Y1", "SI-P1", "file.old"]
    assert driver["rules"][0] == {
        "id": "JD-Y1",
        "shortDescription": {"text": "Years are no skill."},
        "fullDescription": {"text": "Years say little {{of}} work."},
        "help": {"text": "Name what the person has done."},
        "defaultConfiguration": {"level": "warning"},
    }
    assert driver["rules"][2] == {"id": "file.old"}


def test_sarif_results_point_at_their_rule_and_place() -> None:
    run = sarif(*ALL)
    at, nowhere, unplaced = run["results"]
    assert at["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "specs/k%C3%B6chin.yaml"},
                "region": {"startLine": 4, "startColumn": 5, "endColumn": 12},
            }
        }
    ]
    assert at["message"] == {"text": "'5 years' says little\nname the work"}
    assert "locations" not in nowhere
    assert unplaced["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "a%20b/c%2Cd%3Ae%25.yaml"}}}]
    assert [result["level"] for result in run["results"]] == ["warning", "error", "note"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("/home/a b/x.yaml", "file:///home/a%20b/x.yaml"),
        ("C:/a b/x.yaml", "file:///C:/a%20b/x.yaml"),
        ("C:\\a\\x.yaml", "file:///C:/a/x.yaml"),
        ("//server/share/x.md", "file://server/share/x.md"),
        ("../x#1?.md", "../x%231%3F.md"),
        ("c:x.md", "c%3Ax.md"),
        ("職務/x.md", "%E8%81%B7%E5%8B%99/x.md"),
        ("latin-\udce9.md", "latin-%E9.md"),
    ],
)
def test_paths_become_uris(file: str, uri: str) -> None:
    place = sarif(Problem("X-1", "m", file))["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == uri


def test_a_line_without_a_column_is_a_region_without_columns() -> None:
    place = sarif(Problem("X-1", "m", "a.md", 3))["results"][0]["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 3}


def test_braces_in_a_message_are_no_placeholders() -> None:
    assert sarif(Problem("X-1", "write {0}"))["results"][0]["message"]["text"] == "write {{0}}"


def fingerprints(*problems: Problem) -> list[str]:
    return [result["partialFingerprints"]["finding/v1"] for result in sarif(*problems)["results"]]


def test_a_finding_keeps_its_fingerprint_when_its_line_moves() -> None:
    here, there = Problem("X-1", "m", "a.md", 3, 1), Problem("X-1", "m", "a.md", 30, 7, "hint", "info")
    assert fingerprints(here) == fingerprints(there)
    assert all(re.fullmatch("[0-9a-f]{16}", mark) for mark in fingerprints(here, there))


def test_other_findings_and_equal_ones_elsewhere_have_other_fingerprints() -> None:
    problems = [
        Problem("X-1", "m", "a.md", 3),
        Problem("X-1", "m", "a.md", 4),
        Problem("X-2", "m", "a.md", 3),
        Problem("X-1", "n", "a.md", 3),
        Problem("X-1", "m", "b.md", 3),
    ]
    assert len(set(fingerprints(*problems))) == len(problems)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda log: log.pop("runs"), ".runs: missing"),
        (lambda log: log.update(version="2.0"), ".version: 2.0"),
        (lambda log: log["runs"][0].update(when="now"), ".runs[0].when: unknown"),
        (lambda log: log["runs"][0]["results"][0].update(level="info"), ".runs[0].results[0].level: info"),
        (lambda log: log["runs"][0]["results"][0].update(message="m"), ".runs[0].results[0].message: no object"),
        (lambda log: log["runs"][0]["results"][0].update(ruleIndex=-1), ".runs[0].results[0].ruleIndex: -1"),
        (lambda log: log["runs"][0]["tool"]["driver"].pop("name"), ".runs[0].tool.driver.name: missing"),
    ],
)
def test_a_log_out_of_shape_is_found(spoil: Callable[[dict[str, Any]], object], said: str) -> None:
    log = json.loads(reported(ALL, "sarif", RULES))
    spoil(log)
    assert misshapen(log) == [said]


def test_a_region_that_counts_from_zero_is_found() -> None:
    assert misshapen({"startLine": 0}, "region") == [".startLine: 0"]
    assert misshapen({"startColumn": 1}, "region") == [".startLine: missing"]


# --- one rule on the terminal -----------------------------------------------------------------


def test_a_rule_is_explained() -> None:
    text = explained("jd-y1", FILES)
    assert text.startswith("JD-Y1  warning\nYears are no skill.\n\nWhy\n  Years say little {of} work.\n")
    for part in (
        "Instead\n  Name what the person has done.",
        "Evidence\n  strong; verified: seen (read in a primary or official text)",
        "Sources\n  Sackett et al. (2022).\n  https://example.org/long-",
        "As of\n  2026-11-23",
        'Fails\n  "[required] 5 years of Go"',
        'Passes\n  "You have shipped services in Go"',
        "# jdgen: ignore[JD-Y1] reason",
        "<!-- jdgen: ignore[JD-Y1] reason -->",
        "# jdgen: ignore-file[JD-Y1] reason",
        "under 'lint:' in the company's file",
    ):
        assert part in text, part
    assert "10 years of Java" not in text
    assert "Where\n" not in text
    assert "Note\n" not in text


def test_a_part_of_a_file_is_shown_as_it_is() -> None:
    text = explained(" SI-P1 ", FILES)
    assert "Fails\n  id: a\n  text: |\n    ```\n    code\n    ```\n  probes: null\n" in text
    assert "Where\n  US-CO, DE\n\nNote\n  1. A note of <b>its</b> own.\n" in text
    assert max(len(line) for line in text.splitlines()) <= 120


def test_a_guarantee_is_explained_as_what_every_kit_keeps() -> None:
    text = explained("si-k1", FILES)
    assert text == "SI-K1: every kit keeps this: One scale per kit.\n\nHow\n  A company has one scale.\n"


def test_a_prefix_lists_its_codes() -> None:
    assert explained("si", FILES) == (
        "SI-K1  kept     One scale per kit.\nSI-P1  error    Each question | has probes.\n"
    )


@pytest.mark.parametrize(("code", "hint"), [("JD-Z1", "did you mean 'JD-Y1'?"), ("SI-P9", "did you mean 'SI-P1'?")])
def test_an_unknown_code_is_a_problem_with_the_nearest(code: str, hint: str) -> None:
    with pytest.raises(JdgenError) as caught:
        explained(code, FILES)
    assert [(p.code, p.hint) for p in caught.value.problems] == [("rule.unknown", hint)]


@pytest.mark.parametrize("code", ["", " ", "XY-1"])
def test_nothing_is_no_code(code: str) -> None:
    with pytest.raises(JdgenError, match="there is no rule"):
        explained(code, FILES)


# --- the page ---------------------------------------------------------------------------------


def test_the_page_has_a_table_and_a_section_for_every_rule() -> None:
    text = page(FILES)
    assert "- [Wording & words](#wording--words)\n- [Interview](#interview)" in text
    assert "## Wording & words\n\nFacts as of 2026-11-23." in text
    assert "| [JD-Y1](#jd-y1) | warning | Years are no skill. |" in text
    assert "| [SI-P1](#si-p1) | error | Each question \\| has probes. |" in text
    assert "| SI-K1 | One scale per kit. | A company has one scale. |" in text
    assert "\n### JD-Y1\n" in text
    assert "no legal clearance" in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_the_page_shows_values_as_they_are() -> None:
    text = page(FILES)
    assert "- Note: 1\\. A note of \\<b>its\\</b> own." in text
    assert '- Fails: "\\[required\\] 5 years of Go"' in text
    assert "````yaml\nid: a\ntext: |\n  ```\n  code\n  ```\nprobes: null\n````" in text


def test_lines_of_the_page_fit_but_for_tables_and_links() -> None:
    long = [line for line in page(FILES).splitlines() if len(line) > 120 and not line.startswith("|")]
    assert long == [f"  <https://example.org/{'long-' * 30}>"]


def test_every_link_of_the_page_has_its_heading() -> None:
    text = page(FILES)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    names = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    links = set(re.findall(r"\]\(#([^)]+)\)", text))
    assert links <= names
    assert links == {"wording--words", "interview", "jd-y1", "si-p1"}


def shipped() -> bool:
    return all((catalog.DATA / f"{name}.yaml").is_file() for name in catalog.FILES)


def is_stale(path: Path, text: str) -> bool:
    return not path.is_file() or path.read_text(encoding="utf-8") != text


@pytest.mark.skipif(not shipped(), reason="not all files of rules are there yet")
def test_the_page_is_not_stale() -> None:
    assert not is_stale(PAGE, page()), "run `python -m jdgen.lint.explain`"


@pytest.mark.skipif(not shipped(), reason="not all files of rules are there yet")
def test_every_rule_and_guarantee_is_explained_with_sources_that_there_are() -> None:
    for code in (*catalog.rules(), *catalog.guarantees()):
        assert explained(code).startswith(code)
    for name in catalog.FILES:
        file = catalog.rule_file(name)
        assert {id for rule in file.rules for id in rule.sources} <= file.sources.keys()


def test_a_stale_page_is_found(tmp_path: Path) -> None:
    path = tmp_path / "RULES.md"
    assert is_stale(path, page(FILES))
    path.write_text(page(FILES), encoding="utf-8")
    assert not is_stale(path, page(FILES))
    assert is_stale(path, page(FILES[:1]))
