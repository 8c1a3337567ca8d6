"""Filled scorecards: what an editor left is read right or said to be in doubt; hostile files are refused."""

from __future__ import annotations

import copy
import html
import io
import json
import os
import random
import re
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from jdgen.build import kit_files
from jdgen.escape import escaped
from jdgen.form import Field, Form, form_json
from jdgen.load import Library
from jdgen.problem import JdgenError
from jdgen.request import Request
from jdgen.returned import Scorecard, described, markdown, package, read_scorecard, story
from jdgen.returned.answer import MAX_LENGTH, answer, ticked
from jdgen.returned.reading import Reading, cleaned, folded
from tests import forms
from tests.forms import BLANK, FILLED, FORM, LOOKS, control, docx, end, kind, marked, run, sdt, start, zipped

ROOT = Path(__file__).parent.parent
FIELDS = {field.id: field for field in FORM.fields}
RATING, EVIDENCE, DATE, FLAG, NAME = "craft.rating", "craft.evidence", "date", "craft.flag.1", "candidate"
ANEW = "fill in a new copy of the scorecard"


CODES = {
    "is not one of its options": "scorecard.choice",
    "is not a date as": "scorecard.date",
    "its place in the document is gone": "scorecard.lost",
    "it has more than": "scorecard.long",
    "is neither a ticked box": "scorecard.check",
    "its line breaks were taken out": "scorecard.lines",
    "another field stands in it": "scorecard.mixed",
    "with different answers": "scorecard.twice",
    "beside it": "scorecard.beside",
    "the comment behind it is gone": "scorecard.mark",
    "parted its row of the table": "scorecard.row",
    "still has the prompt": "scorecard.prompt",
}
"""The code of a doubt, by what it says."""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def read(data: bytes | str, name: str = "card.docx") -> Scorecard:
    Path(name).write_bytes(data.encode() if isinstance(data, str) else data)
    return read_scorecard(Path(name))


def refused(data: bytes | str, name: str = "card.docx") -> tuple[str, str, str]:
    """The one problem of a file that can't be read."""
    with pytest.raises(JdgenError) as caught:
        read(data, name)
    (problem,) = caught.value.problems
    assert problem.file == name
    return problem.code, problem.message, problem.hint


def doubt(scorecard: Scorecard, id: str) -> str:
    """Why a field can't be told, without its name; nothing if it is told."""
    if id not in scorecard.untold:
        return ""
    assert id not in scorecard.values
    field = FIELDS[id]
    head = f"can't tell '{field.label}' ({id}): "
    (problem,) = [problem for problem in scorecard.problems if f"({id})" in problem.message]
    assert problem.code == next((code for said, code in CODES.items() if said in problem.message), problem.code)
    assert problem.message.startswith(head)
    return problem.message.removeprefix(head)


# --- what editors leave of a form -----------------------------------------------------------------


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("values", [{}, FILLED], ids=["blank", "filled"])
def test_a_word_form_is_read_as_editors_save_it(look: str, values: dict[str, str | bool]) -> None:
    scorecard = read(docx(values, LOOKS[look]))
    assert scorecard.values == (values or BLANK)
    assert (scorecard.problems, scorecard.untold) == ((), frozenset())
    assert (scorecard.file, scorecard.about, scorecard.fields) == ("card.docx", forms.ABOUT, FIELDS)
    assert list(scorecard.fields) == list(FIELDS)


def test_the_looks_differ() -> None:
    written = {name: docx(FILLED, look) for name, look in LOOKS.items()}
    assert len(set(written.values())) == len(LOOKS)
    assert "craft.rating" not in document_of(written["libreoffice"])
    assert "w:sdtPr><w:tag" not in document_of(written["flat"])
    assert 'w:val="craft.rating"' in document_of(written["word"])


def document_of(data: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()


@pytest.mark.parametrize("values", [{}, FILLED], ids=["blank", "filled"])
@pytest.mark.parametrize(
    "saved",
    [
        lambda text: text,
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace(" | ", "    |  ").replace("--->", "   -->"),
        lambda text: re.sub(r"<!-- (/?field[^>]*?) -->", r"<!--\1-->", text),
        lambda text: text.replace("-->", "-->   ").replace("<!-- /", "  <!--   /"),
        lambda text: text.replace("<br>", "<BR />"),
    ],
    ids=["as it is", "BOM", "CRLF", "padded", "tight", "loose", "breaks"],
)
def test_a_markdown_form_is_read_as_editors_save_it(saved: Callable[[str], str], values: dict[str, str | bool]) -> None:
    scorecard = read(saved(forms.markdown(values)), "card.md")
    assert scorecard.values == (values or BLANK)
    assert (scorecard.problems, scorecard.untold, scorecard.about) == ((), frozenset(), forms.ABOUT)


def test_a_wrapped_line_is_one() -> None:
    filled = forms.markdown({EVIDENCE: "Asked who else uses it and showed counts"})
    assert read(filled.replace("else uses", "else\nuses"), "card.md").values[EVIDENCE] == FIELD_TEXT
    assert read(filled.replace("else uses", "else\r\n   uses"), "card.md").values[EVIDENCE] == FIELD_TEXT


FIELD_TEXT = "Asked who else uses it and showed counts"


def scorecards() -> list[tuple[str, bytes]]:
    """The scorecards that jdgen builds of the shipped specs."""
    files = kit_files(Request(library=Library(own=ROOT / "role_specs"), templates=ROOT / "templates"))
    return [(file.path.name, file.data) for file in files if "-scorecard-" in file.path.name]


def test_what_jdgen_writes_is_read_as_a_form_that_nobody_filled_in() -> None:
    built = scorecards()
    assert {Path(name).suffix for name, _ in built} == {".md", ".docx"}
    for name, data in built:
        scorecard = read(data, name)
        assert (name, scorecard.problems) == (name, ())
        assert len(scorecard.fields) > 5
        assert {False} >= set(scorecard.values.values())


def test_word_and_markdown_of_one_scorecard_have_one_form() -> None:
    found: dict[str, list[Scorecard]] = {}
    for name, data in scorecards():
        found.setdefault(Path(name).stem, []).append(read(data, name))
    assert all(one.fields == other.fields and one.about == other.about for one, other in found.values())


# --- single fields in Word ------------------------------------------------------------------------


def in_word(id: str, content: str, **options: str) -> tuple[str, str]:
    """A field and its control with other content."""
    return id, control(FIELDS[id], forms.NUMBERS[id], content, **options)


def deleted(text: str) -> str:
    return f'<w:del w:id="1" w:author="a">{run(text).replace("w:t", "w:delText")}{run(text)}</w:del>'


def inserted(text: str) -> str:
    return f'<w:ins w:id="2" w:author="a">{run(text)}</w:ins>'


FLAGGED = "<w:showingPlcHdr/>"
EDITORS = '<w:placeholder><w:docPart w:val="DefaultPlaceholder_-1854013440"/></w:placeholder><w:showingPlcHdr/>'
STORED = kind(FIELDS[DATE], "", "2026-11-24")
TICKED, UNTICKED = kind(FIELDS[FLAG], True), kind(FIELDS[FLAG], False)
N = forms.NUMBERS

WORD: Mapping[str, tuple[tuple[str, str], str | bool | None]] = {
    "a label": (in_word(RATING, run("3 · Solid")), "3"),
    "a value": (in_word(RATING, run("3")), "3"),
    "a label in other case and space": (in_word(RATING, run("  NOT\u00a0 assessed ")), "not-assessed"),
    "full-width digits": (in_word(RATING, run("４")), "4"),
    "a prompt behind the choice": (in_word(RATING, run("4 · Strong1–4, or Not assessed")), "4"),
    "a prompt behind the option it ends with": (
        in_word(RATING, run("Not assessed1–4, or Not assessed")),
        "not-assessed",
    ),
    "a prompt before the choice": (in_word(RATING, run("1–4, or Not assessed 2")), "2"),
    "the prompt without a flag": (in_word(RATING, run("1–4, or Not assessed")), None),
    "the prompt in other space": (in_word(RATING, run(" 1–4,  or Not assessed ")), None),
    "nothing": (in_word(RATING, ""), None),
    "white space": (in_word(RATING, run(" \u200b ")), None),
    "a flag that LibreOffice left": (in_word(RATING, run("2 · Partial"), flag=FLAGGED), "2"),
    "an editor's own prompt": (in_word(RATING, run("Wählen Sie ein Element aus."), flag=EDITORS), None),
    "an editor's own prompt for text": (in_word(NAME, run("Click or tap here to enter text."), flag=EDITORS), None),
    "an accepted change": (in_word(RATING, deleted("3 · Solid") + inserted("4 · Strong")), "4"),
    "an answer inserted for the prompt": (in_word(RATING, deleted("1–4, or Not assessed") + inserted("2")), "2"),
    "a deleted answer": (in_word(RATING, deleted("3")), None),
    "moved text": (
        in_word(RATING, f"<w:moveFrom>{run('2')}</w:moveFrom><w:moveTo>{run('3')}</w:moveTo>"),
        "3",
    ),
    "a date": (in_word(DATE, run("2026-11-24"), of=STORED), "2026-11-24"),
    "a date in pieces": (in_word(DATE, run("2026") + run("-11-") + run("24")), "2026-11-24"),
    "a date with its prompt": (in_word(DATE, run("2026-11-24YYYY-MM-DD")), "2026-11-24"),
    "a date with other dashes": (in_word(DATE, run("2026–11‑24")), "2026-11-24"),
    "a date with Word's hyphens": (
        in_word(DATE, "<w:r><w:t>2026</w:t><w:noBreakHyphen/><w:t>11</w:t><w:noBreakHyphen/><w:t>24</w:t></w:r>"),
        "2026-11-24",
    ),
    "a leap day": (in_word(DATE, run("2028-02-29")), "2028-02-29"),
    "a ticked box": (in_word(FLAG, run("☒"), of=TICKED), True),
    "a ticked box that says true": (in_word(FLAG, run("☒"), of=TICKED.replace('"1"', '"true"')), True),
    "a box with another tick": (in_word(FLAG, run("☑\ufe0f"), of=TICKED), True),
    "a box whose picture is gone": (in_word(FLAG, "", of=TICKED), True),
    "a box of a symbol font": (
        in_word(FLAG, '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', of=TICKED),
        True,
    ),
    "an empty box": (in_word(FLAG, run("☐"), of=UNTICKED), False),
    "a box in a control of text": (in_word(FLAG, run("☒"), of="<w:text/>"), True),
    "lines": (in_word(EVIDENCE, run("one\ntwo\n\nthree")), "one\ntwo\n\nthree"),
    "paragraphs": (
        (EVIDENCE, control(FIELDS[EVIDENCE], N[EVIDENCE], f"<w:p>{run('one')}</w:p><w:p>{run('two')}</w:p>")),
        "one\ntwo",
    ),
    "a tab": (in_word(EVIDENCE, "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>"), "a\tb"),
    "a line end in the XML": (in_word(EVIDENCE, "<w:r><w:t>a\nb</w:t></w:r>"), "a b"),
    "inner space": (in_word(EVIDENCE, run("  a   b  ")), "a   b"),
    "smart tags and links": (
        in_word(EVIDENCE, f"<w:smartTag>{run('a')}</w:smartTag><w:hyperlink>{run('b')}</w:hyperlink>"),
        "ab",
    ),
    "a nested control": (in_word(EVIDENCE, sdt("", run("inner"))), "inner"),
    "alternatives": (
        in_word(
            EVIDENCE,
            f'<mc:AlternateContent><mc:Choice Requires="w14">{run("new")}</mc:Choice>'
            f"<mc:Fallback>{run('old')}</mc:Fallback></mc:AlternateContent>",
        ),
        "new",
    ),
    "a formula": (in_word(EVIDENCE, "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"), "x=1"),
    "ruby": (
        in_word(
            EVIDENCE, f"<w:r><w:ruby><w:rt>{run('かん')}</w:rt><w:rubyBase>{run('漢')}</w:rubyBase></w:ruby></w:r>"
        ),
        "漢",
    ),
    "an arrow of a symbol font": (in_word(EVIDENCE, '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>'), "→"),
    "a symbol of no special font": (in_word(EVIDENCE, '<w:r><w:sym w:font="Arial" w:char="2192"/></w:r>'), "→"),
    "a symbol without a code": (in_word(EVIDENCE, "<w:r><w:sym/></w:r>"), "\ufffd"),
    "an unknown symbol": (in_word(EVIDENCE, '<w:r><w:sym w:font="Mine" w:char="F041"/></w:r>'), "\ufffd"),
    "a field code": (
        in_word(
            EVIDENCE,
            '<w:r><w:instrText>DATE</w:instrText></w:r><w:fldSimple w:instr="X">' + run("y") + "</w:fldSimple>",
        ),
        "y",
    ),
    "composed": (in_word(NAME, run("Zoe\u0301")), "Zoé"),
    "directions and joined emoji": (in_word(EVIDENCE, run("שלום 👩‍💻\u202etxet")), "שלום 👩‍💻txet"),
    "a note with its prompt before it": (in_word(EVIDENCE, run("What did they say or do?She asked")), "She asked"),
    "a note with its prompt behind it": (in_word(EVIDENCE, run("She asked. What did they say or do?")), "She asked."),
    "a sentence that begins as its prompt does": (
        in_word("because", run("The facts that decided it were two")),
        "The facts that decided it were two",
    ),
    "a name that begins as its prompt does": (in_word(NAME, run("Nameeta Rao")), "Nameeta Rao"),
    "the same in two places": ((RATING, forms.word(FIELDS[RATING], N[RATING], "3") * 2), "3"),
    "a tag with no bookmark": ((RATING, re.sub("<w:bookmark[^>]*>", "", in_word(RATING, run("3"))[1])), "3"),
    "a control around the bookmark": (
        (RATING, sdt(kind(FIELDS[RATING], "3"), start(N[RATING]) + run("3") + end(N[RATING]))),
        "3",
    ),
    "a box before its bookmark": ((FLAG, run("☒ ") + start(N[FLAG]) + end(N[FLAG])), True),
    "two texts in one run": (in_word(NAME, "<w:r><w:t>An</w:t><w:t>a</w:t></w:r>"), "Ana"),
    "a flag that says no": (
        in_word(NAME, run("Ana"), flag=EDITORS.replace("<w:showingPlcHdr/>", '<w:showingPlcHdr w:val="0"/>')),
        "Ana",
    ),
    "a control without properties in a bookmark": (
        (RATING, f"{start(3)}<w:sdt><w:sdtContent>{run('3')}</w:sdtContent></w:sdt>{end(3)}"),
        "3",
    ),
    "a break before a choice": ((RATING, start(3) + run("\n") + sdt(kind(FIELDS[RATING], ""), run("3")) + end(3)), "3"),
    "a box before a choice without its control": ((RATING, run("☒ ") + start(3) + run("3") + end(3)), "3"),
    "a box in a bookmark and one before it": ((FLAG, run("☐ ") + start(5) + run("☒") + end(5)), True),
    "a date with nonsense behind it": (
        in_word(DATE, run("2026-11-24"), of=kind(FIELDS[DATE], "", "soon")),
        "2026-11-24",
    ),
    "a box in a control of another sort": (
        (FLAG, sdt('<w:alias w:val="stray"/>', start(5) + run("☒") + end(5) + run(" label"))),
        True,
    ),
    "text that an unknown editor parted": (
        (NAME, start(N[NAME]) + "<w:r><w:t>An</w:t><w:t>a</w:t></w:r>" + end(N[NAME])),
        "Ana",
    ),
    "an answer with something beside it": ((RATING, run("Rating: ") + in_word(RATING, run("3"))[1]), "3"),
    "an entity": (in_word(EVIDENCE, run("<b> & &lt;")), "<b> & &lt;"),
    "the longest note": (in_word(EVIDENCE, run("x" * MAX_LENGTH)), "x" * MAX_LENGTH),
}

OPTIONS = "there is '1 · None', '2 · Partial', '3 · Solid', '4 · Strong', 'Not assessed'"
LOST = "its place in the document is gone"
KNOWN = "whoever sent it knows; or fill in the scorecard anew"
SUCH = "such as 2027-01-31"
BOX = "write ☒ if it applies, else ☐"
REPLACE = "write the answer in place of the prompt"
TWICE = "it stands 2 times, with different answers"
BESIDE = "nothing stands in its place, but '4' beside it"
DOUBTS: Mapping[str, tuple[tuple[str, str], str, str]] = {
    "an option that is not offered": (in_word(RATING, run("7")), "'7' is not one of its options", OPTIONS),
    "two options": (in_word(RATING, run("3 or 4")), "'3 or 4' is not one of its options", OPTIONS),
    "an insertion": (in_word(RATING, run("3") + inserted("4")), "'34' is not one of its options", OPTIONS),
    "a date of an office": (
        in_word(DATE, run("24 Nov 2026"), of=STORED),
        "'24 Nov 2026' is not a date as YYYY-MM-DD",
        SUCH,
    ),
    "a date with slashes": (in_word(DATE, run("24/11/2026")), "'24/11/2026' is not a date as YYYY-MM-DD", SUCH),
    "two dates": (
        in_word(DATE, run("2026-11-24 or 2026-11-25")),
        "'2026-11-24 or 2026-11-25' is not a date as YYYY-MM-DD",
        SUCH,
    ),
    "other digits": (in_word(DATE, run("٢٠٢٦-١١-٢٤")), "'٢٠٢٦-١١-٢٤' is not a date as YYYY-MM-DD", SUCH),
    "no such month": (in_word(DATE, run("2026-13-40")), "there is no day 2026-13-40", "write it as YYYY-MM-DD"),
    "no such day": (in_word(DATE, run("2026-02-29")), "there is no day 2026-02-29", "write it as YYYY-MM-DD"),
    "no such year": (in_word(DATE, run("0000-01-01")), "there is no day 0000-01-01", "write it as YYYY-MM-DD"),
    "another date behind the text": (
        in_word(DATE, run("2026-11-25"), of=STORED),
        "it shows 2026-11-25, but 2026-11-24 is stored behind it",
        "choose the date anew",
    ),
    "a date behind a prompt": (
        in_word(DATE, run("YYYY-MM-DD"), of=STORED),
        "it shows no date, but 2026-11-24 is stored behind it",
        "",
    ),
    "a box that shows no tick but has one": (
        in_word(FLAG, run("☐"), of=TICKED),
        "its box shows ☐ but is stored as ticked",
        "tick it anew",
    ),
    "a box that shows a tick but has none": (
        in_word(FLAG, run("☒"), of=UNTICKED),
        "its box shows ☒ but is stored as not ticked",
        "tick it anew",
    ),
    "a box that says yes": (
        in_word(FLAG, run("yes"), of=TICKED),
        "'yes' is neither a ticked box nor an empty one",
        BOX,
    ),
    "a bookmark without its box": ((FLAG, start(N[FLAG]) + end(N[FLAG])), "its box is gone", BOX),
    "a label before a bookmark without its box": (
        (FLAG, run("box") + start(N[FLAG]) + end(N[FLAG])),
        "its box is gone",
        BOX,
    ),
    "nothing left": ((RATING, ""), LOST, KNOWN),
    "a bookmark without its end": ((RATING, start(N[RATING]) + run("3")), LOST, KNOWN),
    "a last bookmark without its end": (("craft.flag.2", start(6) + run("☒")), LOST, KNOWN),
    "a deleted control": (
        (RATING, f"<w:del>{in_word(RATING, run('3'))[1]}</w:del>"),
        LOST,
        KNOWN,
    ),
    "two answers in two places": (
        (RATING, forms.word(FIELDS[RATING], N[RATING], "3") + forms.word(FIELDS[RATING], N[RATING], "4")),
        TWICE,
        "leave one of them",
    ),
    "a copy that was not filled in": (
        (RATING, forms.word(FIELDS[RATING], N[RATING], "3") + forms.word(FIELDS[RATING], N[RATING], None)),
        TWICE,
        "leave one of them",
    ),
    "an answer beside its control": (
        (RATING, forms.word(FIELDS[RATING], N[RATING], None) + run(" 4")),
        BESIDE,
        REPLACE,
    ),
    "a part of a name beside its control": (
        (NAME, forms.word(FIELDS[NAME], N[NAME], "Ana") + run(" Novak")),
        "'Ana' stands in its place, but 'Novak' beside it",
        "write all of it in place of the prompt",
    ),
    "a part of a note before its control": (
        (EVIDENCE, run("Asked ") + forms.libreoffice(FIELDS[EVIDENCE], N[EVIDENCE], "why")),
        "'why' stands in its place, but 'Asked' beside it",
        "write all of it in place of the prompt",
    ),
    "a part of a name behind its bookmark": (
        (NAME, start(1) + run("Ana") + end(1) + run(" Novak")),
        "'Ana' stands in its place, but 'Novak' beside it",
        "write all of it in place of the prompt",
    ),
    "two bookmarks of which one does not end": ((NAME, start(1) + start(1) + run("Ana") + end(1)), LOST, KNOWN),
    "an answer between bookmark and control": (
        (RATING, forms.word(FIELDS[RATING], N[RATING], None).replace("<w:sdt>", run("4") + "<w:sdt>", 1)),
        BESIDE,
        REPLACE,
    ),
    "an answer beside a bookmark": (
        (RATING, run("4") + start(N[RATING]) + run("1–4, or Not assessed") + end(N[RATING])),
        BESIDE,
        REPLACE,
    ),
    "a name with its prompt": (
        in_word(NAME, run("Name Withheld")),
        "'Name Withheld' still has the prompt 'Name' in it",
        REPLACE,
    ),
    "a note of too many characters": (
        in_word(EVIDENCE, run("x" * (MAX_LENGTH + 1))),
        "it has more than 20000 characters",
        "",
    ),
    "white space of too many characters": (
        in_word(EVIDENCE, run(" " * 30_000 + "3")),
        "it has more than 20000 characters",
        "",
    ),
    "line breaks that LibreOffice took out": (
        (EVIDENCE, start(4) + "<w:r><w:br/></w:r>" + sdt(kind(FIELDS[EVIDENCE], ""), run("onetwo")) + end(4)),
        "its line breaks were taken out of it",
        "LibreOffice 7 does that to what Word wrote; part its lines anew, or send what Word saved",
    ),
    "another box than is stored, without a tag": (
        (FLAG, sdt(TICKED, start(5) + run("☐")) + end(5)),
        "its box shows ☐ but is stored as ticked",
        "tick it anew",
    ),
    "two texts in a bookmark": (
        (EVIDENCE, start(4) + "".join(sdt(kind(FIELDS[EVIDENCE], ""), run(text)) for text in ("a", "b")) + end(4)),
        TWICE,
        "leave one of them",
    ),
    "texts that are not one text written anew": (
        (
            EVIDENCE,
            start(N[EVIDENCE])
            + "".join(sdt(kind(FIELDS[EVIDENCE], ""), run(text)) for text in ("a 東", "ca 東"))
            + end(N[EVIDENCE]),
        ),
        TWICE,
        "leave one of them",
    ),
    "a field in a field": (
        in_word(EVIDENCE, run("x") + start(99) + end(99)),
        "another field stands in it",
        "fill in the scorecard anew",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WORD)
def test_a_field_in_word_is_told(case: str) -> None:
    (id, xml), value = WORD[case]
    scorecard = read(docx({}, **{id.replace(".", "_"): xml}))
    assert (scorecard.values.get(id), doubt(scorecard, id)) == (value, "")
    assert {other: value for other, value in scorecard.values.items() if other != id} == {
        other: value for other, value in BLANK.items() if other != id
    }


@pytest.mark.parametrize("case", DOUBTS)
def test_a_field_in_word_is_in_doubt(case: str) -> None:
    (id, xml), message, hint = DOUBTS[case]
    scorecard = read(docx({}, **{id.replace(".", "_"): xml}))
    assert doubt(scorecard, id) == message
    assert [problem.hint for problem in scorecard.problems] == [hint]
    assert scorecard.untold == {id}


def test_a_field_in_doubt_leaves_the_others() -> None:
    scorecard = read(docx(FILLED, craft_rating="", date=in_word(DATE, run("soon"))[1]))
    assert scorecard.untold == {DATE, RATING}
    assert scorecard.values == {id: value for id, value in FILLED.items() if id not in (DATE, RATING)}
    assert [problem.code for problem in scorecard.problems] == ["scorecard.date", "scorecard.lost"]
    assert {problem.file for problem in scorecard.problems} == {"card.docx"}


def test_a_field_without_a_label_is_named_by_its_id() -> None:
    form = Form(forms.ABOUT, (Field("f", "date"),))
    scorecard = read(f"{marked('f', 'soon')}\n<!-- form {form_json(form)} -->", "card.md")
    assert [problem.message for problem in scorecard.problems] == ["can't tell 'f': 'soon' is not a date as YYYY-MM-DD"]


def test_bookmarks_that_cross_are_not_relied_on() -> None:
    both = start(N[RATING]) + run("3") + start(N["because"]) + end(N[RATING]) + run("x") + end(N["because"])
    scorecard = read(docx({}, craft_rating=both, because=""))
    assert (doubt(scorecard, RATING), scorecard.values["because"]) == (LOST, "x")


def test_two_fields_in_one_control_are_kept_apart() -> None:
    flat = start(3) + run("3") + end(3) + start(7) + run("Hire") + end(7)
    scorecard = read(docx({}, craft_rating=sdt(kind(FIELDS[RATING], ""), flat), recommendation=""))
    assert (scorecard.values[RATING], scorecard.values["recommendation"]) == ("3", "1")


def test_a_bookmark_that_does_not_end_hides_no_text_of_others() -> None:
    name = start(N[RATING]) + start(N[NAME]) + run("Ana") + end(N[NAME]) + run(" Novak")
    scorecard = read(docx({}, candidate=name, craft_rating=""))
    assert doubt(scorecard, NAME) == "'Ana' stands in its place, but 'Novak' beside it"
    assert doubt(scorecard, RATING) == LOST


def test_the_control_of_another_field_is_not_taken() -> None:
    other = start(N[RATING]) + in_word("recommendation", run("Hire"))[1] + end(N[RATING])
    scorecard = read(docx({}, craft_rating=other, recommendation=""))
    assert (doubt(scorecard, RATING), scorecard.values["recommendation"]) == (LOST, "1")


def test_a_text_beside_no_cell_is_no_answer() -> None:
    rating = forms.word(FIELDS[RATING], N[RATING], None)
    content = f"<w:body><w:p>{run('Rating, 1 to 4: ')}{rating}</w:p></w:body>"
    scorecard = read(zipped(forms.parts({}) | {"word/document.xml": forms.document(content)}))
    assert doubt(scorecard, RATING) == ""


def test_a_long_id_is_found_by_its_shortened_tag() -> None:
    field = Field("x" * 70, "note", "Long")
    xml = control(field, 1, run("yes")).replace("x" * 70, f"{'x' * 55}-{zlib.crc32(b'x' * 70):08x}")
    xml = re.sub("<w:bookmark[^>]*>", "", xml)
    scorecard = read(zipped(forms.parts({field.id: xml}, Form(forms.ABOUT, (field,)))))
    assert scorecard.values == {field.id: "yes"}


def test_the_document_may_have_the_name_that_word_online_gives_it() -> None:
    parts = forms.parts({NAME: in_word(NAME, run("Ana"))[1]})
    parts["word/document2.xml"] = parts.pop("word/document.xml")
    assert read(zipped(parts)).values[NAME] == "Ana"


def test_parts_in_utf_16_are_read() -> None:
    parts = forms.parts({NAME: in_word(NAME, run("Łódź"))[1]})
    encoded = {name: str(text).replace("UTF-8", "UTF-16").encode("utf-16") for name, text in parts.items()}
    assert read(zipped(encoded)).values[NAME] == "Łódź"


# --- single fields in Markdown --------------------------------------------------------------------

MARKDOWN: Mapping[str, tuple[str, str, str | bool | None]] = {
    "a value": (RATING, "4", "4"),
    "a label": (RATING, " 4 · Strong ", "4"),
    "an option in bold": (RATING, "**4 · Strong**", "4"),
    "an option in other case": (RATING, "NOT ASSESSED", "not-assessed"),
    "an option behind its prompt": (RATING, "1–4, or Not assessed 4", "4"),
    "nothing": (RATING, "", None),
    "a prompt with a hyphen": (RATING, "1-4, or Not assessed", None),
    "a date": (DATE, "`2026-11-24`", "2026-11-24"),
    "a pipe, escapes and breaks": (EVIDENCE, r"a \| b\*<br>c \_d<br/>\\", "a | b*\nc _d\n\\"),
    "entities": (EVIDENCE, "&lt;b&gt; &amp;amp; &quot;&#124;&quot; AT&T &nope;", '<b> &amp; "|" AT&T &nope;'),
    "a path": (EVIDENCE, r"C:\temp", r"C:\temp"),
    "a folder": (EVIDENCE, "C:\\temp\\", "C:\\temp\\"),
    "backslashes at ends of lines": (EVIDENCE, "a\\\\\nb\\\nc\\\n\nd", "a\\ b\nc\\\n\nd"),
    "a comment that is escaped": (EVIDENCE, r"\<!-- aside -->", "<!-- aside -->"),
    "emphasis": (EVIDENCE, "**all of it**", "**all of it**"),
    "paragraphs": (EVIDENCE, "one\n\ntwo\nwrapped", "one\n\ntwo wrapped"),
    "a list": (EVIDENCE, "saw:\n- one\n- two\n1. three", "saw:\n- one\n- two\n1. three"),
    "hard breaks": (EVIDENCE, "one  \ntwo\\\nthree<br>\nfour", "one\ntwo\nthree\nfour"),
    "a comment in it": (EVIDENCE, "one<!-- aside --> two", "one two"),
    "a pipe that was not escaped": (EVIDENCE, "a | b", "a | b"),
    "a tick": (FLAG, "☒", True),
    "a cross": (FLAG, "x", True),
    "a check mark in brackets": (FLAG, "[✓]", True),
    "a bold tick": (FLAG, "**X**", True),
    "an empty box": (FLAG, "[ ]", False),
    "directions and emoji": (EVIDENCE, "שלום 👩‍💻", "שלום 👩‍💻"),
    "control characters": (EVIDENCE, "a\x00\x1b[31mb\x7f", "a[31mb"),
}

MARKDOWN_DOUBTS: Mapping[str, tuple[str, str, str]] = {
    "an option that is not offered": (RATING, "5", "'5' is not one of its options"),
    "a table of its own": (RATING, "4 <br> 3", "'4 3' is not one of its options"),
    "a date of an office": (DATE, "11/24/2026", "'11/24/2026' is not a date as YYYY-MM-DD"),
    "a row that was parted": (EVIDENCE, "one  |  |\n|  | two", "a line break parted its row of the table"),
    "a row whose line goes on": (EVIDENCE, "one\n| two", "a line break parted its row of the table"),
    "a box with a question": (FLAG, "[?]", "'[?]' is neither a ticked box nor an empty one"),
    "a box and a tick": (FLAG, "☐ x", "'☐ x' is neither a ticked box nor an empty one"),
    "no box": (FLAG, "", "its box is gone"),
    "a note of too many characters": (EVIDENCE, "x" * 20_001, "it has more than 20000 characters"),
    "a note of far too many characters": (EVIDENCE, "&amp;" * 50_000, "it has more than 20000 characters"),
    "a comment in it that does not end": (EVIDENCE, "one <!-- aside", "a comment in it, or behind it, is damaged"),
    "an end in it": (EVIDENCE, "one <!-- /field --> two", "two comments end it"),
    "an end in it that is escaped": (EVIDENCE, r"one \<!-- /field --> two", "two comments end it"),
    "a name with its prompt": (NAME, "Name: Ana", "'Name: Ana' still has the prompt 'Name' in it"),
}


def with_content(id: str, content: str) -> str:
    """A form that nobody filled in but for one field, which has this content."""
    prompt = marked(id, FIELDS[id].prompt)
    text = forms.markdown({})
    assert text.count(prompt) == 1
    return text.replace(prompt, marked(id, content))


@pytest.mark.parametrize("case", MARKDOWN)
def test_a_field_in_markdown_is_told(case: str) -> None:
    id, content, value = MARKDOWN[case]
    scorecard = read(with_content(id, content), "card.md")
    assert (scorecard.values.get(id), scorecard.problems) == (value, ())


@pytest.mark.parametrize("case", MARKDOWN_DOUBTS)
def test_a_field_in_markdown_is_in_doubt(case: str) -> None:
    id, content, message = MARKDOWN_DOUBTS[case]
    scorecard = read(with_content(id, content), "card.md")
    assert doubt(scorecard, id) == message
    assert scorecard.untold == {id}
    assert {problem.place for problem in scorecard.problems} == {"card.md:6"}


SOLID = marked(RATING, "3 · Solid")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (SOLID, "3", LOST),
        (SOLID, f"<!-- field {RATING} -->3", "the comment behind it is gone"),
        (f"<!-- field {RATING} -->", f"<!-- field {RATING} 3", "the comment before it is damaged"),
        (f"<!-- field {RATING} -->3 · Solid", f"<!-- field {RATING} ", "the comment before it is damaged"),
        (f"<!-- field {RATING} -->", f"<!-- field {RATING} is -->", "the comment before it is damaged"),
        (f"<!-- field {RATING} -->", "<!-- field craft.ratin -->", LOST),
        (SOLID, SOLID + marked(RATING, "4"), TWICE),
        (SOLID, marked(RATING, "") + " 4", BESIDE),
        (SOLID, "4 " + marked(RATING, "1–4, or Not assessed"), BESIDE),
    ],
)
def test_damage_to_one_field_leaves_the_others(old: str, new: str, message: str) -> None:
    text = forms.markdown(FILLED)
    assert text.count(old) == 1
    scorecard = read(text.replace(old, new), "card.md")
    assert doubt(scorecard, RATING) == message
    assert scorecard.values == {id: value for id, value in FILLED.items() if id != RATING}


def test_a_field_in_a_field_puts_both_in_doubt() -> None:
    nested = f"<!-- field {RATING} -->3{marked(EVIDENCE, 'x')}y<!-- /field -->"
    text = forms.markdown({}).replace(marked(RATING, FIELDS[RATING].prompt), nested)
    scorecard = read(text.replace(marked(EVIDENCE, FIELDS[EVIDENCE].prompt), ""), "card.md")
    assert doubt(scorecard, RATING) == "the comment behind it is gone"
    assert doubt(scorecard, EVIDENCE) == "two comments end it"


def test_the_same_answer_twice_is_one() -> None:
    text = forms.markdown(FILLED) + SOLID
    assert read(text, "card.md").values == FILLED


def test_a_field_of_another_form_is_left_alone() -> None:
    assert read(forms.markdown(FILLED) + marked("other", "x"), "card.md").values == FILLED


@pytest.mark.parametrize(
    ("box", "value"), [("[x]", True), ("[X]", True), ("[ ]", False), (r"\[x\]", True), ("[✓]", True)]
)
def test_a_check_may_be_a_task(box: str, value: bool) -> None:
    text = forms.markdown({}).replace(marked(FLAG, "☐"), "")
    scorecard = read(f"{text}\n- {box} {marked(FLAG, 'Kept a limit')}\n- [ ] {marked('other', 'x')}\n", "card.md")
    assert (scorecard.values[FLAG], scorecard.problems) == (value, ())


def test_text_beside_a_field_in_no_table_is_no_answer() -> None:
    text = forms.markdown({}).replace(marked(NAME, "Name"), "")
    assert read(f"{text}\nCandidate | {marked(NAME, 'Name')} (as spelled)\n", "card.md").problems == ()


def test_a_box_before_another_field_is_not_its_answer() -> None:
    text = forms.markdown({}).replace(marked(NAME, "Name"), "")
    assert read(f"{text}\n- [x] {marked(NAME, 'Ana')}\n", "card.md").values[NAME] == "Ana"


def test_an_end_before_the_first_field_ends_nothing() -> None:
    assert read("<!-- /field -->" + forms.markdown(FILLED), "card.md").values == FILLED


def test_a_task_and_its_box_may_not_differ() -> None:
    text = forms.markdown({}).replace(marked(FLAG, "☐"), "")
    assert (
        doubt(read(f"{text}\n- [x] {marked(FLAG, '☐')}\n", "card.md"), FLAG)
        == "its box shows ☐ but is stored as ticked"
    )
    assert doubt(read(f"{text}\n- {marked(FLAG, 'Kept a limit')}\n", "card.md"), FLAG).startswith(
        "'Kept a limit' is neither"
    )


NASTY = st.text(
    alphabet=st.one_of(
        st.sampled_from(list("\\`*_{}[]()#+-.!|<>&~$:=\"'/@%1aZ é中א")),
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp", "Cf")),
    ),
    min_size=1,
    max_size=24,
).map(lambda text: cleaned(" ".join(text.split())))
END_COMMENT = re.compile(r"<!--\s*/\s*field\s*-->")
"""It ends a field even where it is escaped, so it is the one text that can't be told."""


@settings(max_examples=200, deadline=None)
@given(text=NASTY.filter(lambda text: not END_COMMENT.search(text)))
def test_what_the_templates_escape_is_read_as_it_was(text: str) -> None:
    field = Field("f", "note", "Label", "\ue123")
    data = f"{marked('f', escaped(text))}\n<!-- form {form_json(Form(forms.ABOUT, (field,)))} -->"
    found = markdown.read_markdown(data.encode())
    assert answer(field, found.places["f"]) == (text or None)


@settings(max_examples=200, deadline=None)
@given(
    prompt=NASTY.filter(lambda text: not END_COMMENT.search(text)),
    kind=st.sampled_from(["text", "note", "choice", "date"]),
)
def test_any_prompt_is_read_as_unfilled(prompt: str, kind: str) -> None:
    field = Field("f", kind, "", prompt, {"1": "One"})  # type: ignore[arg-type]  # a kind from a list of texts
    data = f"{marked('f', escaped(prompt))}\n<!-- form {form_json(Form(forms.ABOUT, (field,)))} -->"
    assert answer(field, markdown.read_markdown(data.encode()).places["f"]) is None


# --- values ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["☒", "☑", "✓", "✔", "X", "x", "☑\ufe0f", "[x]", "( X )"])
def test_a_tick_is_one(text: str) -> None:
    assert ticked(text) is True


@pytest.mark.parametrize("text", ["☐", "□", "[ ]", "[]", " ☐ "])
def test_an_empty_box_is_one(text: str) -> None:
    assert ticked(text) is False


@pytest.mark.parametrize("text", ["", "yes", "xx", "✗", "[?]", "☒☐"])
def test_what_is_no_box_is_none(text: str) -> None:
    assert ticked(text) is None


def test_a_label_that_is_the_value_of_another_option_fits_both() -> None:
    field = Field("f", "choice", "", "", {"1": "2", "2": "3"})
    fault = answer(field, [Reading("2")])
    assert getattr(fault, "message", "") == "'2' fits more than one of its options"
    assert answer(field, [Reading("3")]) == "2"


def test_a_place_in_doubt_puts_the_field_in_doubt() -> None:
    field = Field("f", "choice", "", "", {"1": "One"})
    for places in ([Reading("1"), Reading("2")], [Reading("2"), Reading("1")]):
        assert getattr(answer(field, places), "message", "") == "'2' is not one of its options"


def test_a_choice_of_nothing_has_no_hint() -> None:
    fault = answer(Field("f", "choice"), [Reading("1")])
    assert (getattr(fault, "message", ""), getattr(fault, "hint", None)) == ("'1' is not one of its options", "")


@pytest.mark.parametrize(
    ("prompt", "text", "value"),
    [
        ("name", "Surname", "Surname"),
        ("name", "Ana name", "Ana"),
        ("Name", "AnaName", "Ana"),
        ("Name", "Nameeta", "Nameeta"),
        ("Name", "Name of it", "Name of it"),
        ("Name", "NameAna", "Ana"),
        ("", "ana", "ana"),
        ("", "Ana", "Ana"),
    ],
)
def test_a_prompt_is_told_from_a_word_that_holds_it(prompt: str, text: str, value: str) -> None:
    assert answer(Field("f", "note", "", prompt), [Reading(text)]) == value
    found = answer(Field("f", "text", "", prompt), [Reading(text)])
    assert found == value if text == value else getattr(found, "code", "") == "scorecard.prompt"


def test_text_is_compared_as_it_is_meant() -> None:
    assert folded("  “Ｎo\u00a0 Hire”—x ") == folded('"no hire"-X')
    assert folded("Hire") != folded("No hire")


# --- whole files ----------------------------------------------------------------------------------

PARTS = forms.parts({field.id: forms.word(field, N[field.id], None) for field in FORM.fields})
GOOD = zipped(PARTS)
DOCUMENT = str(PARTS["word/document.xml"])
NO_FORM = (
    "scorecard.no-form",
    "is not a scorecard made by jdgen, or lost what makes it one",
    "some editors do that, such as Google Docs; fill in the Word or Markdown scorecard anew",
)
DAMAGED = ("scorecard.damaged", "is cut short or damaged", "ask for it to be sent again")
DOCTYPE = ("scorecard.unsafe", "has a document type in its part 'word/document.xml', which no Word file has", "")
NO_TEXT = ("scorecard.damaged", "has a part 'word/document.xml' that is neither UTF-8 nor UTF-16", "")
NOT_XML = ("scorecard.damaged", "has a part 'word/document.xml' that is not well-formed XML", "")
MADE_SO = ("scorecard.form", "has a form in it that jdgen did not make so", ANEW)
FORM_DAMAGED = ("scorecard.form", "has a form in it that is damaged", ANEW)


def with_document(text: str | bytes) -> bytes:
    return zipped(PARTS | {"word/document.xml": text})


def with_flag(data: bytes, flag: int) -> bytes:
    """The package with a flag set on the first part that it lists."""
    at = data.index(b"PK\x01\x02") + 8
    return data[:at] + bytes([data[at] | flag]) + data[at + 1 :]


def with_size(data: bytes, size: int, told: int) -> bytes:
    """The package whose headers tell another size of the part that has `size` bytes."""
    return data.replace(size.to_bytes(4, "little"), told.to_bytes(4, "little"))


LAUGHS = (
    "<!DOCTYPE d [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(12))
    + "]>"
)
SECRET = "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
DEEP = "<w:ins>" * 190_000 + "</w:ins>" * 190_000

FILES: Mapping[str, tuple[Callable[[], bytes], tuple[str, str, str]]] = {
    "empty": (lambda: b"", ("scorecard.damaged", "is empty", "ask for it to be sent again")),
    "not a zip": (lambda: b"hello", ("scorecard.not-word", "is not a Word file, whatever its name says", "")),
    "a PDF": (lambda: b"%PDF-1.7", ("scorecard.not-word", "is not a Word file, whatever its name says", "")),
    "protected": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        (
            "scorecard.protected",
            "is protected by a password, or is an old .doc",
            "save it as Word Document (.docx), without a password",
        ),
    ),
    "encrypted": (
        lambda: with_flag(GOOD, 1),
        ("scorecard.protected", "is protected by a password", "save it without one"),
    ),
    "cut short": (lambda: GOOD[: len(GOOD) // 2], DAMAGED),
    "of no parts": (
        lambda: b"PK\x03\x04" + zipped({}),
        ("scorecard.not-word", "is not a Word file: it does not hold one document", ""),
    ),
    "without its end": (lambda: GOOD[:-30], DAMAGED),
    "with a part that was changed": (
        lambda: zipped(PARTS, zipfile.ZIP_STORED).replace(b"Heading", b"heading", 1),
        DAMAGED,
    ),
    "of too many parts": (
        lambda: zipped(PARTS | {f"word/{n}.xml": "" for n in range(400)}),
        ("scorecard.unsafe", "has more than 400 parts, which no scorecard has", ""),
    ),
    "with a part twice": (
        lambda: zipped(PARTS | {"Word/Document.xml": DOCUMENT}),
        ("scorecard.unsafe", "has the part 'word/document.xml' twice", "ask for it to be sent again"),
    ),
    "with a part twice by a backslash": (
        lambda: zipped(PARTS | {"/word\\document.xml": DOCUMENT}),
        ("scorecard.unsafe", "has the part 'word/document.xml' twice", "ask for it to be sent again"),
    ),
    "a bomb": (
        lambda: with_document(" " * (9 << 20)),
        ("scorecard.unsafe", "has a part 'word/document.xml' of more than 8 MiB", ""),
    ),
    "a bomb in a part that is not needed": (
        lambda: zipped(PARTS | {"word/media/a.png": bytes(33 << 20)}),
        ("scorecard.unsafe", "unpacks to more than 32 MiB, which no scorecard does", ""),
    ),
    "a bomb in many parts": (
        lambda: with_size(zipped(PARTS | {f"customXml/item{n}.xml": bytes(7 << 20) for n in range(3, 9)}), 7 << 20, 9),
        DAMAGED,
    ),
    "a bomb whose header lies": (lambda: with_size(with_document(" " * (9 << 20)), 9 << 20, 100), DAMAGED),
    "packed otherwise": (
        lambda: zipped(PARTS, zipfile.ZIP_BZIP2),
        ("scorecard.unsafe", "is packed in a way that Word does not use", ""),
    ),
    "with macros": (
        lambda: zipped(PARTS | {"word/vbaProject.bin": b"x"}),
        ("scorecard.macros", "has macros in it", "save it as Word Document (.docx), without macros"),
    ),
    "with no document": (
        lambda: zipped({name: part for name, part in PARTS.items() if name != "word/document.xml"}),
        ("scorecard.not-word", "is not a Word file: it does not hold one document", ""),
    ),
    "with two documents": (
        lambda: zipped(PARTS | {"word/document2.xml": DOCUMENT}),
        ("scorecard.not-word", "is not a Word file: it does not hold one document", ""),
    ),
    "with another document": (
        lambda: with_document("<html/>"),
        ("scorecard.not-word", "is not a Word file: its document is something else", ""),
    ),
    "strict": (
        lambda: with_document('<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'),
        ("scorecard.strict", "is saved as Strict Open XML", "save it as Word Document (.docx)"),
    ),
    "with no form": (
        lambda: zipped({name: part for name, part in PARTS.items() if name != "customXml/item2.xml"}),
        NO_FORM,
    ),
    "with a form of something else": (
        lambda: zipped(PARTS | {"customXml/item2.xml": "<x xmlns:f='urn:jdgen:form'/>"}),
        NO_FORM,
    ),
    "with two forms": (
        lambda: zipped(PARTS | {"customXml/item3.xml": "<form xmlns='urn:jdgen:form'>{}</form>"}),
        ("scorecard.two-forms", "holds two scorecards in one", "send each as a file of its own"),
    ),
    "laughs": (lambda: with_document(LAUGHS + "<d>&m;</d>"), DOCTYPE),
    "laughs in UTF-16": (lambda: with_document((LAUGHS + "<d>&m;</d>").encode("utf-16")), DOCTYPE),
    "a secret": (lambda: with_document(SECRET + DOCUMENT.partition("\n")[2]), DOCTYPE),
    "a secret in UTF-16": (lambda: with_document((SECRET + DOCUMENT.partition("\n")[2]).encode("utf-16-be")), NO_TEXT),
    "a secret in UTF-16 with its mark": (
        lambda: with_document(b"\xfe\xff" + (SECRET + DOCUMENT.partition("\n")[2]).encode("utf-16-be")),
        DOCTYPE,
    ),
    "a secret in UTF-7": (
        lambda: with_document(b"<?xml version='1.0' encoding='UTF-7'?>+ADwAIQ-DOCTYPE d SYSTEM 'file:///a'><d/>"),
        NOT_XML,
    ),
    "a secret in the form": (
        lambda: zipped(PARTS | {"customXml/item1.xml": SECRET + "<a/>"}),
        ("scorecard.unsafe", "has a document type in its part 'customxml/item1.xml', which no Word file has", ""),
    ),
    "not XML": (lambda: with_document(DOCUMENT[:-9]), NOT_XML),
    "an entity of nothing": (lambda: with_document(DOCUMENT.replace("Heading", "&nbsp;", 1)), NOT_XML),
    "deep": (lambda: with_document(DOCUMENT.replace("<w:p/>", DEEP)), NOT_XML),
    "in Latin-1": (
        lambda: with_document("<?xml version='1.0' encoding='latin-1'?><é/>".encode("latin-1")),
        NO_TEXT,
    ),
    "of too many tags": (
        lambda: with_document(DOCUMENT.replace("<w:p/>", "<w:p/>" * 400_000)),
        ("scorecard.unsafe", "has more than 400000 tags in its part 'word/document.xml', which no scorecard has", ""),
    ),
    "of too many controls": (
        lambda: with_document(DOCUMENT.replace("<w:p/>", "<w:sdt/>" * story.MAX_PLACES)),
        ("scorecard.unsafe", "has more than 5000 controls, which no scorecard has", ""),
    ),
    "of too many bookmarks": (
        lambda: with_document(DOCUMENT.replace("<w:p/>", start(1) * story.MAX_PLACES)),
        ("scorecard.unsafe", "has more than 5000 bookmarks, which no scorecard has", ""),
    ),
}  # fmt: skip


def test_the_good_file_is_read() -> None:
    assert read(GOOD).values == BLANK
    assert read(zipped(PARTS, zipfile.ZIP_STORED)).values == BLANK


def test_a_file_at_the_limits_is_read() -> None:
    room = (8 << 20) - len(DOCUMENT.encode())
    many = {f"word/{n}.xml": "" for n in range(400 - len(PARTS) - 3)}
    large = {f"word/media/{n}.png": bytes(8 << 20) for n in range(2)} | {"word/media/2.png": bytes(7 << 20)}
    assert read(zipped(PARTS | many | large | {"word/document.xml": DOCUMENT + " " * room})).values == BLANK
    assert read(forms.markdown({}) + "<!-- -->" * 9_000, "card.md").values == BLANK


@pytest.mark.parametrize("case", FILES)
def test_a_word_file_is_refused(case: str) -> None:
    make, problem = FILES[case]
    assert refused(make()) == problem


def test_a_part_twice_by_one_name_is_refused() -> None:
    buffer = io.BytesIO(GOOD)
    with zipfile.ZipFile(buffer, "a") as zip_file, pytest.warns(UserWarning, match="Duplicate name"):
        zip_file.writestr("word/document.xml", DOCUMENT)
    assert refused(buffer.getvalue())[1] == "has the part 'word/document.xml' twice"


@pytest.mark.parametrize("told", [100 << 20, 100])
def test_a_bomb_takes_no_memory(told: int) -> None:
    size = 100 << 20
    bomb = with_size(with_document(bytes(size)), size, told)
    Path("card.docx").write_bytes(bomb)
    tracemalloc.start()
    with pytest.raises(JdgenError):
        read_scorecard(Path("card.docx"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 48 << 20


FORM_JSON = json.loads(form_json(FORM))


def with_form(**changed: object) -> str:
    return json.dumps(FORM_JSON | changed)


FORMS: Mapping[str, tuple[str, tuple[str, str, str]]] = {
    "not JSON": ("{", FORM_DAMAGED),
    "a list": ("[]", FORM_DAMAGED),
    "nested": ("{" + '"a":[' * 100_000, FORM_DAMAGED),
    "no fields": (with_form(fields=[]), MADE_SO),
    "fields of no type": (with_form(fields=[{"id": "a", "type": "button"}]), FORM_DAMAGED),
    "an id twice": (with_form(fields=[{"id": "a", "type": "text"}] * 2), MADE_SO),
    "an id with a space": (with_form(fields=[{"id": "a b", "type": "text"}]), FORM_DAMAGED),
    "an escape in a label": (with_form(fields=[{"id": "a", "type": "text", "label": "\x1b[31m"}]), MADE_SO),
    "half a character": (with_form(fields=[{"id": "a", "type": "text", "label": "\ud800"}]), MADE_SO),
    "an empty option": (with_form(fields=[{"id": "a", "type": "choice", "options": {"": "x"}}]), MADE_SO),
    "no stage": (with_form(about={"role": "a", "kit": "051b11d7"}), MADE_SO),
    "a role that is a path": (with_form(about=forms.ABOUT | {"role": "../../etc"}), MADE_SO),
    "a role that Windows keeps": (with_form(about=forms.ABOUT | {"role": "con"}), MADE_SO),
    "a key that is a path": (with_form(about=forms.ABOUT | {"../x": "a"}), MADE_SO),
    "a kit that is no hash": (with_form(about=forms.ABOUT | {"kit": "..%2F..%2F"}), MADE_SO),
    "a number": (with_form(about=forms.ABOUT | {"stage": 1}), FORM_DAMAGED),
    "too many fields": (
        with_form(fields=[{"id": f"f{n}", "type": "text"} for n in range(501)]),
        ("scorecard.form", "has a form of more than 500 fields, or 50 options of one, which none of ours has", ""),
    ),
    "too many options": (
        with_form(fields=[{"id": "a", "type": "choice", "options": {str(n): str(n) for n in range(51)}}]),
        ("scorecard.form", "has a form of more than 500 fields, or 50 options of one, which none of ours has", ""),
    ),
    "curly quotes": (
        form_json(FORM).replace('"', "”"),
        (
            "scorecard.form",
            "has curly quotes where the form needs straight ones, which an editor put there as one typed",
            f"switch off smart quotes, and {ANEW}",
        ),
    ),
}


@pytest.mark.parametrize("case", FORMS)
def test_a_form_that_was_changed_is_refused(case: str) -> None:
    text, problem = FORMS[case]
    item = f"<form xmlns='urn:jdgen:form'>{html.escape(text)}</form>"
    assert refused(zipped(PARTS | {"customXml/item2.xml": item})) == problem
    if "--" not in text and text.startswith("{"):
        assert refused(forms.markdown({}).replace(form_json(FORM), text), "card.md") == problem


def test_a_form_at_the_limits_is_read() -> None:
    fields = [{"id": f"f{n}", "type": "text"} for n in range(described.MAX_FIELDS)]
    item = f"<form xmlns='urn:jdgen:form'>{html.escape(with_form(fields=fields))}</form>"
    assert len(read(zipped(PARTS | {"customXml/item2.xml": item})).untold) == described.MAX_FIELDS


MARKS_GONE = (
    "scorecard.no-form",
    "has lost the comments that mark its fields",
    "some editors take out comments; fill in a new copy",
)
MARKDOWN_FILES: Mapping[str, tuple[bytes, tuple[str, str, str]]] = {
    "empty": (b"", NO_FORM),
    "plain": (b"# Scorecard\n\n| Rating |\n| --- |\n| 3 |\n", NO_FORM),
    "without comments": (re.sub("<!--.*?-->", "", forms.markdown(FILLED), flags=re.DOTALL).encode(), NO_FORM),
    "without its form": (forms.markdown(FILLED).partition("<!-- form {")[0].encode(), NO_FORM),
    "with its form alone": (f"<!-- form {form_json(FORM)} -->".encode(), MARKS_GONE),
    "with two forms": (
        (forms.markdown(FILLED) + forms.markdown({}).replace("partners", "system-design")).encode(),
        ("scorecard.two-forms", "holds two scorecards in one", "send each as a file of its own"),
    ),
    "in UTF-16": (forms.markdown({}).encode("utf-16"), ("scorecard.encoding", "is not UTF-8", "save it as UTF-8")),
    "in Latin-1": (
        forms.markdown({NAME: "Zoë"}).encode("latin-1", "replace"),
        ("scorecard.encoding", "is not UTF-8", "save it as UTF-8"),
    ),
    "of too many comments": (
        b"<!--" * (markdown.MAX_COMMENTS + 1),
        ("scorecard.unsafe", "has more than 10000 comments, which no scorecard has", ""),
    ),
}


@pytest.mark.parametrize("case", MARKDOWN_FILES)
def test_a_markdown_file_is_refused(case: str) -> None:
    data, problem = MARKDOWN_FILES[case]
    assert refused(data, "card.md") == problem


SUFFIXES = {
    "card.pdf": "it lost the form; fill in the Word or the Markdown scorecard",
    "card.pages": "it lost the form; fill in the Word or the Markdown scorecard",
    "card.doc": "save it as Word Document (.docx)",
    "card.odt": "save it as Word Document (.docx)",
    "card.DOCM": "save it as Word Document (.docx), without macros",
    "card.txt": "if it still has all its comments, name it .md",
    "card.exe": "name a .docx or .md file",
}


@pytest.mark.parametrize("name", SUFFIXES)
def test_other_files_are_refused(name: str) -> None:
    message = f"is a {Path(name).suffix.lower()} file, which can't be read as a scorecard"
    assert refused(GOOD, name) == ("scorecard.suffix", message, SUFFIXES[name])


def test_a_file_without_a_suffix_is_refused() -> None:
    assert refused(GOOD, "card") == ("scorecard.suffix", "has no suffix", "name a .docx or .md file")


@pytest.mark.parametrize("name", ["~$card.docx", ".~lock.card.docx#"])
def test_a_lock_is_refused(name: str) -> None:
    message = "is what an editor leaves beside an open document, not the document"
    assert refused(GOOD, name) == ("scorecard.lock", message, "close the editor, and name the document itself")


def no_file() -> Path:
    return Path("none.docx")


def folder() -> Path:
    Path("folder.docx").mkdir()
    return Path("folder.docx")


def pipe() -> Path:
    os.mkfifo("pipe.docx")
    return Path("pipe.docx")


def large() -> Path:
    with Path("large.md").open("wb") as file:
        file.truncate((16 << 20) + 1)
    return Path("large.md")


def below_a_file() -> Path:
    Path("card.md").write_text("x")
    return Path("card.md/card.md")


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (no_file, ("scorecard.missing", "is not there", "")),
        (folder, ("scorecard.folder", "is a folder without scorecards", "name the files, or the folder they are in")),
        (pipe, ("scorecard.unreadable", "is not a file that holds anything", "")),
        (large, ("scorecard.size", "is larger than 16 MiB", "a scorecard is far smaller")),
        (below_a_file, ("scorecard.unreadable", "can't be read: not a directory", "")),
    ],
)
def test_a_path_is_refused(make: Callable[[], Path], problem: tuple[str, str, str]) -> None:
    path = make()
    with pytest.raises(JdgenError) as caught:
        read_scorecard(path)
    assert [(p.code, p.message, p.hint) for p in caught.value.problems] == [problem]
    assert caught.value.problems[0].file == path.as_posix()


# --- any file at all ------------------------------------------------------------------------------


def survives(data: bytes, name: str) -> Scorecard | None:
    """The scorecard if there is one; fails for an error other than ours, and for a file that is half read."""
    try:
        scorecard = read(data, name)
    except JdgenError as error:
        (problem,) = error.problems
        assert problem.code.startswith("scorecard.")
        assert "\n" not in problem.message
        return None
    assert scorecard.untold.isdisjoint(scorecard.values)
    assert len(scorecard.problems) == len(scorecard.untold)
    return scorecard


def flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(data: bytes, chance: random.Random) -> bytes:
    at, length = chance.randrange(len(data)), chance.randint(1, 200)
    return data[:at] + data[at + length :]


def moved(data: bytes, chance: random.Random) -> bytes:
    """Some pieces of XML or Markdown in other places, or twice."""
    pieces = re.split(rb"(?=<)", data)
    for _ in range(chance.randint(1, 6)):
        one, other = chance.randrange(len(pieces)), chance.randrange(len(pieces))
        pieces[one:one] = [pieces[other]] if chance.random() < 0.5 else [pieces.pop(other)]
    return b"".join(pieces)


def rebuilt(data: bytes, chance: random.Random) -> bytes:
    """XML whose elements were taken out, doubled, moved or stripped of attributes, well-formed as it was."""
    root = etree.fromstring(data)
    for _ in range(chance.randint(1, 8)):
        element, other = chance.choice(list(root.iter())[1:]), chance.choice(list(root.iter()))
        inside = other is element or element in other.iterancestors()
        change = chance.choice(("out", "twice", "move", "strip"))
        if change == "twice":
            element.addnext(copy.deepcopy(element))
        elif change == "strip":
            element.attrib.clear()
        elif change == "move" and not inside:
            other.insert(chance.randint(0, len(other)), element)
        elif len(root) > 1 or element.getparent() is not root:
            element.getparent().remove(element)
    return bytes(etree.tostring(root))


MUTATIONS = (flipped, cut, moved)


@pytest.mark.parametrize("seed", range(3))
def test_no_word_file_is_a_traceback(seed: int) -> None:
    chance = random.Random(seed)
    stored = zipped(forms.parts({f.id: forms.word(f, N[f.id], FILLED[f.id]) for f in FORM.fields}), zipfile.ZIP_STORED)
    for _ in range(100):
        survives(chance.choice((flipped, cut))(stored, chance), "card.docx")
    for look in LOOKS.values():
        good = forms.parts({f.id: look(f, N[f.id], FILLED[f.id]) for f in FORM.fields})
        for _ in range(60):
            part = chance.choice(("word/document.xml", "customXml/item2.xml"))
            data = chance.choice(MUTATIONS)(str(good[part]).encode(), chance)
            survives(zipped(good | {part: data}), "card.docx")


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("seed", range(3))
def test_no_well_formed_document_is_a_traceback(look: str, seed: int) -> None:
    chance = random.Random(seed)
    good = forms.parts({f.id: LOOKS[look](f, N[f.id], FILLED[f.id]) for f in FORM.fields})
    document = str(good["word/document.xml"]).encode()
    found = [survives(zipped(good | {"word/document.xml": rebuilt(document, chance)}), "card.docx") for _ in range(60)]
    assert None not in found  # else it would be the parser that is tested, and not the reader
    assert any(scorecard.untold for scorecard in found if scorecard)
    assert any(scorecard.values == FILLED for scorecard in found if scorecard)


@pytest.mark.parametrize("seed", range(3))
def test_no_markdown_file_is_a_traceback(seed: int) -> None:
    chance = random.Random(seed)
    good = forms.markdown(FILLED).encode()
    found = [survives(chance.choice(MUTATIONS)(good, chance), "card.md") for _ in range(300)]
    assert sum(scorecard is not None for scorecard in found) > 60


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=300))
def test_no_bytes_are_a_traceback(data: bytes) -> None:
    for reader in (markdown.read_markdown, package_reader):
        for start_of_file in (b"", b"PK\x03\x04", b"<!-- form {"):
            with pytest.raises(JdgenError):
                reader(start_of_file + data)


def package_reader(data: bytes) -> object:
    return package.unpacked(data, re.compile(".*"))


def elements_swapped(xml: str, chance: random.Random) -> str:
    """The document with two of its fields' controls in each other's place, tags and all but bookmarks gone."""
    bookmarks = re.findall(r"<w:bookmarkStart[^>]*/>", xml)
    one, other = chance.sample(bookmarks, 2)
    return xml.replace(one, "\0").replace(other, one).replace("\0", other)


@pytest.mark.parametrize("look", LOOKS)
def test_a_crossed_bookmark_never_gives_the_value_of_another_choice(look: str) -> None:
    chance = random.Random(look)
    good = forms.parts({f.id: LOOKS[look](f, N[f.id], FILLED[f.id]) for f in FORM.fields})
    for _ in range(30):
        xml = elements_swapped(str(good["word/document.xml"]), chance)
        scorecard = survives(zipped(good | {"word/document.xml": xml}), "card.docx")
        assert scorecard is not None
        for id in (RATING, "recommendation", DATE):
            assert scorecard.values.get(id) in (None, FILLED[id])
