"""The 26 things in real postings that break generators, one test each (numbered as in the study of 2,400 postings)."""

from __future__ import annotations

import io
import re
import time
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from lxml import etree

from jdgen.document import Document
from jdgen.importer import import_file
from jdgen.lint import description
from jdgen.lint.authored import description_of
from jdgen.lint.runner import LintRequest, lint_specs
from jdgen.load import Library, load_posting, load_role
from jdgen.problem import JdgenError
from jdgen.render import Renderer
from jdgen.resolve import resolve_role
from jdgen.spec import RoleSpec
from jdgen.write import document_bytes
from tests import cook
from tests.test_words import words_of_docx, words_of_markdown

RENDERER = Renderer()
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def role(**fields: Any) -> RoleSpec:
    return cook.role_spec({**cook.role_tree(), **fields})


def described(spec: RoleSpec, **more: Any) -> Document:
    return RENDERER.render(resolve_role(spec, **more), RENDERER.kinds["job-description"], "ad")


def outputs(document: Document) -> dict[str, str]:
    """The document's words as a reader of each format sees them, by format."""
    return {
        "md": " ".join(words_of_markdown(document.text)),
        "docx": " ".join(words_of_docx(document_bytes(document, "docx"))),
    }


def shown_once(text: str) -> bool:
    """Whether each format shows a text of a spec once and as it was typed: as an item, in a cell, in a paragraph."""
    wanted = " ".join(text.replace("\xa0", " ").split())
    spec = role(
        responsibilities=[{"text": text}, "Bake."],
        summary="You cook.",
        extra_sections=[
            {"title": "More", "body": f"| Day | What |\n| --- | --- |\n| One | {text.replace('|', chr(92) + '|')} |"}
        ],
    )
    seen = outputs(described(spec))
    return all(words.count(wanted) == 2 for words in seen.values())


def body(data: bytes) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))


def test_01_markup_signs() -> None:
    assert shown_once("R&D at <Acme> & Sons: x < y > z &amp; &lt;b&gt;")


def test_02_typographic_signs() -> None:
    assert shown_once("“Quotes”, ‘single’, an en – and an em — dash, an ellipsis…")


@pytest.mark.parametrize("text", ["C++, C# and .NET", "# of people: 4", "+ a bonus", "F# to A#"])
def test_03_languages_with_signs(text: str) -> None:
    assert shown_once(text)


def test_04_tracking_codes_stay_out_of_the_text() -> None:
    posting = cook.posting({**cook.posting_tree(), "tracking_codes": ["#LI-DNI", "#LI-XX1"]})
    document = described(role(), company=cook.company(), posting=posting)
    assert "#LI" not in document.text
    assert shown_once("#LI-DNI stays a hashtag")
    assert not re.search(r"^#+ ?LI", described(role(responsibilities=["#LI-DNI", "#OneTeam"])).text, re.MULTILINE)


@pytest.mark.parametrize(
    "text", ["a * b * c", "snake_case_name and __init__", "1 | 2 | 3", "~5 to ~6", "$5 or $6", "`x`"]
)
def test_05_signs_that_are_markdown(text: str) -> None:
    assert shown_once(text)


@pytest.mark.parametrize(
    "text", ["{{ salary }}", "{% if x %}y{% endif %}", "{{% shortcode %}}", "{Discriminator}", "{# x #}"]
)
def test_06_braces_are_text(text: str) -> None:
    assert shown_once(text)


def test_07_spaces_that_do_not_show(tmp_path: Path) -> None:
    assert shown_once("10\u00a0000 € and zero\u200bwidth")
    with pytest.raises(JdgenError) as caught:
        read(tmp_path, 'title: "Bell \\a"')
    assert "U+0007" in str(caught.value.problems[0])


def read(folder: Path, lines: str) -> RoleSpec:
    """A role read from a file of the lines given, and the least that it needs besides."""
    least = {"jdgen": "1", "title": "Cook", "summary": "You cook.", "responsibilities": "[Cook]"}
    rest = "".join(f"{key}: {value}\n" for key, value in least.items() if f"{key}:" not in lines)
    path = folder / "cook.yaml"
    path.write_text(f"{rest}{lines}\n", encoding="utf-8")
    return load_role("cook", Library(own=folder))


def test_08_emoji() -> None:
    cook_sign = "\U0001f469\u200d\U0001f373"
    assert shown_once(f"{cook_sign} \U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1e9\U0001f1ea \u2764\ufe0f")
    document = described(role(responsibilities=[f"You cook {cook_sign} daily"]))
    runs = list(body(document_bytes(document, "docx")).iter(f"{W}r"))
    (sign,) = [r for r in runs if cook_sign in "".join(r.itertext())]  # not split between runs
    fonts = sign.find(f"{W}rPr/{W}rFonts")
    assert fonts is not None
    assert "Emoji" in fonts.get(f"{W}ascii", "")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "生産ラインの日々の計画を立て、遅れの原因を記録します。"),
        ("ko", "하루 계획을 세우고 기록합니다."),
        ("th", "วางแผนงานประจำวันและบันทึก"),
    ],
)
def test_09_scripts_without_spaces(language: str, text: str) -> None:
    assert shown_once(text)
    data = document_bytes(described(role(responsibilities=[text])), "docx")
    marks = {mark.tag.removeprefix(W) for mark in body(data).iter() if mark.tag in (f"{W}cs", f"{W}lang")}
    east = any(fonts.get(f"{W}eastAsia") for fonts in body(data).iter(f"{W}rFonts"))
    assert east if language in ("ja", "ko") else "cs" in marks
    assert described(role(language=language), language="ja").language == "ja"


def test_10_right_to_left() -> None:
    text = "نخبز الخبز كل صباح مع فريق من خمسة أشخاص"
    assert shown_once(text)
    document = described(role(responsibilities=[text], language="ar"))
    whole = body(document_bytes(document, "docx"))
    assert whole.find(f".//{W}sectPr/{W}bidi") is not None
    assert any(r.find(f"{W}rPr/{W}rtl") is not None for r in whole.iter(f"{W}r") if "نخبز" in "".join(r.itertext()))


NESTED = """Each year you set

1. the plan
   - by division
      - with its risks
      - and its budget
   - by month
2. the report

and then

1. the review"""


def test_11_nested_lists() -> None:
    tree = [{"text": "Lead", "children": [{"text": "plan", "children": ["by week"]}, "review"]}]
    document = described(role(responsibilities=tree, extra_sections=[{"title": "The year", "body": NESTED}]))
    assert "- Lead\n   - plan\n      - by week\n   - review" in document.text
    word = docx.Document(io.BytesIO(document_bytes(document, "docx")))
    levels = {p.text: p.style.name for p in word.paragraphs}
    assert [levels[t] for t in ("Lead", "plan", "by week")] == ["List Bullet", "List Bullet 2", "List Bullet 3"]
    assert [levels[t] for t in ("the plan", "by division", "with its risks")] == [
        "List Number",
        "List Bullet 2",
        "List Bullet 3",
    ]
    numbers = {p.text: p._p.pPr.numPr.numId.val for p in word.paragraphs if p.style.name == "List Number"}
    assert numbers["the plan"] == numbers["the report"] != numbers["the review"]  # numbering begins anew


def test_12_paragraphs_and_lists_in_one_field() -> None:
    duties = [
        {"intro": "In the morning you:\n\nand this **every** day", "items": ["bake", "serve"]},
        {"intro": "At night you:", "items": ["clean"]},
    ]
    document = described(
        role(responsibilities=duties, summary="First you:\n\n- bake\n- serve\n\nThen you clean.\n\nYou rest.")
    )
    assert "First you:\n\n- bake\n- serve\n\nThen you clean.\n\nYou rest." in document.text
    assert (
        "In the morning you:\n\nand this **every** day\n\n- bake\n- serve\n\nAt night you:\n\n- clean" in document.text
    )
    seen = outputs(document)
    assert seen["md"] == seen["docx"]


def test_13_links(tmp_path: Path) -> None:
    item = (
        "Read [our **menu**](https://example.org/menu?a=1&b=(2)) or [write](mailto:a@example.org);"
        " see [there](../about) and #team"
    )
    document = described(role(responsibilities=[item, {"text": "All of it", "link": "tel:+1555"}]))
    word = docx.Document(io.BytesIO(document_bytes(document, "docx")))
    targets = {rel.target_ref for rel in word.part.rels.values() if rel.is_external}
    assert {"https://example.org/menu?a=1&b=(2)", "mailto:a@example.org", "tel:+1555"} <= targets
    assert "[there](../about) and #team" in outputs(document)["md"]  # where it led is not known here: it stays text
    with pytest.raises(JdgenError):
        read(tmp_path, "motivators: [{text: x, link: 'javascript:alert(1)'}]")


def test_14_tables_in_content() -> None:
    rows = "".join(f"| **Day {n}** | bake<br>serve \\| clean | {'word ' * 60}|\n" for n in range(40))
    table = f"Before\n\n| Day | Work | Notes |\n| --- | --- | --- |\n{rows}\n- after"
    document = described(role(extra_sections=[{"title": "Week", "body": table, "placement": "after:role"}]))
    seen = outputs(document)
    assert seen["md"] == seen["docx"]
    word = docx.Document(io.BytesIO(document_bytes(document, "docx")))
    wide = next(t for t in word.tables if len(t.columns) == 3 and t.cell(0, 0).text == "Day")
    assert len(wide.rows) == 41
    assert wide.cell(1, 1).text == "bake\nserve | clean"
    assert wide.rows[0]._tr.trPr.find(f"{W}tblHeader") is not None  # repeats on each page
    ragged = described(role(extra_sections=[{"title": "T", "body": "| A | B |\n|---|---|\n| 1 |\n| 2 | 3 | four |"}]))
    assert "| 1 |  |\n| 2 | 3 four |" in ragged.text  # no word is lost


def test_15_several_ranges() -> None:
    ranges = [
        {"min": "52000", "max": "64000", "currency": "EUR", "location": "Lyon"},
        {"min": "31.5", "max": "38", "currency": "USD", "period": "hour", "location": "Austin"},
        {"min": "420000", "currency": "JPY", "period": "month", "basis": "total_cash", "note": "from April"},
    ]
    posting = cook.posting({**cook.posting_tree(), "compensation": {"ranges": ranges}})
    text = described(role(), company=cook.company(), posting=posting).text.replace("\\", "")
    for pay in (
        "€52,000–€64,000 a year** (base pay) – Lyon",
        "$31.50–$38.00 an hour** (base pay) – Austin",
        "¥420,000 a month** (total cash) – from April",
    ):
        assert pay in text
    german = described(role(), company=cook.company(), posting=posting, language="de").text
    assert "52.000–64.000\xa0€" in german
    assert "31,50–38,00\xa0$" in german


IDENTIFIERS = [
    "0000032938",
    "0301-14",
    "18/10",
    "2025-00462",
    "37:30",
    "1e5",
    "010",
    "1_000",
    "0x1F",
    "2027-01-31",
    ".5",
    "12:30:45",
]


def test_16_identifiers_stay_text(tmp_path: Path) -> None:
    (tmp_path / "postings").mkdir()
    numbers = "".join(f"  No {n}: {value}\n" for n, value in enumerate(IDENTIFIERS))
    read(tmp_path, "")
    path = tmp_path / "postings" / "cook-1.yaml"
    path.write_text(
        f"jdgen: 1\nrole: cook\nidentifiers:\n{numbers}employment: [{{type: full_time, hours_per_week: 37:30}}]\n"
    )
    library = Library(own=tmp_path)
    posting = load_posting("cook-1", library)
    seen = outputs(described(load_role("cook", library), posting=posting))
    for n, value in enumerate(IDENTIFIERS):
        assert f"No {n}: {value}" in seen["md"]
        assert f"No {n}: {value}" in seen["docx"]
    assert "37:30 hours a week" in seen["docx"]


@pytest.mark.parametrize("word", ["NO", "on", "off", "yes", "No", "true", "y", "NaN", "1.10"])
def test_17_words_that_yaml_takes_for_values(word: str, tmp_path: Path) -> None:
    spec = read(tmp_path, f"responsibilities: [{word}]\nteam: {word}")
    text = outputs(described(spec))["docx"]
    assert text.count(f" {word} ") >= 2 or text.endswith(word)


def test_17_null_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(JdgenError) as caught:
        read(tmp_path, "responsibilities: [null]")
    assert caught.value.problems[0].code == "spec.empty"
    assert str(read(tmp_path, "team: 'null'").team) == "null"


@pytest.mark.parametrize(
    "value", ["- x", "@home", "*star", "&anchor", "!now", "%x", "[x] done", '"open', "`x`", "{a", "|x", ">x"]
)
def test_18_values_that_begin_with_signs(value: str, tmp_path: Path) -> None:
    """Each is the text that was typed, or an error with line and hint. Quoted, each is the text."""
    try:
        problems = []
        team = str(read(tmp_path, f"team: {value}").team)
    except JdgenError as error:
        problems, team = list(error.problems), ""
    assert team == value or (problems[0].line == 5 and problems[0].hint)
    assert str(read(tmp_path, f"team: '{value}'").team) == value


def test_18_a_hash_is_a_comment_where_a_space_is_before_it(tmp_path: Path) -> None:
    assert str(read(tmp_path, "team: We are #OneTeam").team) == "We are"
    assert str(read(tmp_path, "team: We are C# people").team) == "We are C# people"
    assert str(read(tmp_path, "team: '#OneTeam'").team) == "#OneTeam"


def test_19_very_long_documents() -> None:
    """Eleven thousand words take time in line with their number: twice as many, less than four times as long."""

    def seconds(count: int) -> float:
        duties = [{"text": " ".join(f"word{n}x{m} & **bold**" for m in range(24))} for n in range(count)]
        start = time.perf_counter()
        document = described(role(responsibilities=duties))
        document_bytes(document, "docx")
        assert len(document.text.split()) > count * 48
        return time.perf_counter() - start

    seconds(20)
    assert min(seconds(460), seconds(460)) < 4 * max(seconds(230), seconds(230))


def test_20_what_is_missing_is_left_out() -> None:
    spec = cook.role_spec({"jdgen": 1, "title": "Cook", "summary": "You cook.", "responsibilities": ["Cook"]})
    for kind in RENDERER.kinds.values():
        if kind.per == "role":
            text = RENDERER.render(resolve_role(spec), kind, "x").text
            assert "None" not in text
            lines = [line for line in text.splitlines() if line]
            for line, after in zip(lines, [*lines[1:], "# end"], strict=True):
                assert not (line.startswith("#") and after.startswith("#") and after.count("#") <= line.count("#")), (
                    line
                )
                assert not (line.endswith(":") and after.startswith("#")), line


def test_21_the_same_text_in_two_languages() -> None:
    posting = cook.posting({**cook.posting_tree(), "language": "en"})
    both = {"en": "You bake bread.", "fr": "Vous faites le pain."}
    spec = role(summary=both)
    assert "You bake bread." in described(spec, posting=posting, company=cook.company()).text
    assert "Vous faites le pain." in described(spec, language="fr").text


@pytest.mark.parametrize("suffix", ["(m/w/d)", "(F/H)", "(H/F/X)", "(all genders)"])
def test_22_inclusive_forms_are_no_faults(suffix: str) -> None:
    posting = cook.posting({**cook.posting_tree(), "title_suffix": suffix})
    document = described(role(title="Koch"), company=cook.company(), posting=posting)
    assert document.text.startswith(f"# Koch {suffix}\n")
    assert document.title == f"Koch {suffix}"
    assert shown_once("Vendeur·se, Bäcker:in, Pfleger*in and étudiant(e)s")


def test_22_lint_lets_them_be(tmp_path: Path) -> None:
    page = tmp_path / "ad.md"
    page.write_text("# Technician (m/w/d)\n\nYou repair lifts, with an apprentice (F/H).\n", encoding="utf-8")
    linted = lint_specs(LintRequest((str(page),)))
    assert not [p for p in linted.problems if "m/w/d" in p.message or "F/H" in p.message]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("11:59 PM Pacific, 30 November", "11:59 PM Pacific, 30 November"),
        ("2027-02-12 23:59 Pacific", "February 12, 2027, 11:59\xa0PM Pacific"),
        ("2027-02-12T23:59-08:00", "February 12, 2027, 11:59\xa0PM UTC-08:00"),
        ("2027-02-12", "February 12, 2027"),
        ("18/10", "18/10"),
    ],
)
def test_23_dates_keep_their_zones(typed: str, shown: str) -> None:
    posting = cook.posting({**cook.posting_tree(), "dates": {"closes": typed}})
    assert f"**Closes:** {shown}" in described(role(), company=cook.company(), posting=posting).text


def test_24_ranges_of_time() -> None:
    tree = cook.role_tree()
    tree["interview_plan"]["stages"][0]["minutes"] = "45-60"
    spec = cook.role_spec(tree)
    assert "45–60 minutes" in described(spec).text
    assert resolve_role(spec).stages[0].stage.minutes.most == 60


def test_25_contradictions_are_found() -> None:
    """Parts of a stage that are longer than it is, with no time for questions; remote work with days on site."""
    tree = cook.role_tree()
    stage = tree["interview_plan"]["stages"][0]
    stage["minutes"] = "30"
    del stage["candidate_questions"]
    messages = " ".join(finding.message for finding in cook.found(cook.judged(tree)))
    assert "plans 30 minutes" not in messages
    assert re.search(r"plans \d+ minutes in a slot of 30", messages)
    spec = role(title="Cook (remote)", summary="You work three days a week in our kitchen office in Leeds.")
    assert "JD-036" in {finding.code for finding in description.check(description_of(resolve_role(spec)))}


def test_26_junk_is_refused(tmp_path: Path) -> None:
    """One of the sorts of junk in `test_import.py`."""
    page = tmp_path / "expired.html"
    page.write_text(
        "<html><title>Careers</title><body><h1>Oops</h1><p>This job is no longer available.</p></body></html>"
    )
    with pytest.raises(JdgenError):
        import_file(page)


def test_every_trap_has_a_test() -> None:
    numbered = {int(name[5:7]) for name in globals() if re.match(r"test_\d\d_", name)}
    assert numbered == set(range(1, 27))
