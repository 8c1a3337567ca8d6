"""A company's house style: every value of it changes Word files; its own document gives styles by name."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.shared import Mm
from openxml_audit import FileFormat, OpenXmlValidator

from jdgen.appearance import appearance_problems, house_style
from jdgen.document import KINDS, Document
from jdgen.problem import JdgenError, Problem
from jdgen.spec import Company
from jdgen.style import PAGES, HouseStyle, Logo, contrast, readable
from jdgen.write import document_bytes, look_problems
from tests.full import FOLDER
from tests.word_rules import findings

TEXT = """# Ward clerk

You keep the ward's papers.

<!-- style callout -->
> Bring a pen.

## What you will do

- File
- Find

1. First
2. Then

| Day | Hours |
| --- | --- |
| Monday | 8 |
"""
GIVEN = {
    "font": "Georgia",
    "size": "12",
    "page": "Letter",
    "colors": {"text": "101010"},
    "reference": "st-elsewhere.docx",
}
COLORS = ("text", "muted", "accent", "warning", "tint", "rule")


class File:
    """Where a company's file would be."""

    file = (FOLDER / "companies" / "acme.yaml").as_posix()

    def problem(self, where, code, message, hint=""):  # type: ignore[no-untyped-def]  # as Origin has it
        return Problem(code, message, self.file, hint=hint)


def company(**given: object) -> Company:
    data = {"jdgen": "1", "name": "Acme", "house_style": given}
    return Company.model_validate(data).read_from("acme", File())  # type: ignore[arg-type]  # all that is asked of it


def document(style: HouseStyle | None, text: str = TEXT) -> Document:
    return Document(KINDS["job-description"], "clerk", "Ward clerk", "Job description", "en", text, "Acme", style=style)


def made(style: HouseStyle | None, text: str = TEXT) -> bytes:
    return document_bytes(document(style, text), "docx")


def part(data: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


@pytest.mark.parametrize("key", GIVEN)
def test_each_value_changes_the_file(key: str) -> None:
    assert made(house_style(company(**{key: GIVEN[key]}))) != made(HouseStyle())


@pytest.mark.parametrize("name", COLORS)
def test_each_color_reaches_the_styles(name: str) -> None:
    styles = part(made(house_style(company(colors={name: "#aBcDe0"}))), "word/styles.xml")
    assert "ABCDE0" in styles


def test_a_company_without_a_style_leaves_it_to_the_templates() -> None:
    assert house_style(Company.model_validate({"jdgen": "1", "name": "Acme"})) is None
    assert made(None) == made(HouseStyle())


def test_letter_is_letter() -> None:
    body = part(made(house_style(company(page="Letter"))), "word/document.xml")
    assert f'w:pgSz w:w="{PAGES["Letter"][0]}" w:h="{PAGES["Letter"][1]}"' in body


def test_the_logo_stands_on_the_first_page_with_its_text() -> None:
    style = house_style(company(logo={"file": "st-elsewhere.png", "text": "A lighthouse", "height": "20"}))
    data = made(style)
    header = part(data, "word/header2.xml")
    assert 'descr="A lighthouse"' in header
    assert f'cy="{20 * 36_000}"' in header
    assert "drawing" not in part(data, "word/header1.xml")
    assert findings(data) == []


def test_a_very_wide_logo_is_no_wider_than_the_page(tmp_path: Path) -> None:
    png = (FOLDER / "companies" / "st-elsewhere.png").read_bytes()
    wide = png[:16] + (16_000).to_bytes(4) + png[20:]  # the width in the header of a PNG (RFC 2083, 11.2.2)
    (tmp_path / "wide.png").write_bytes(wide)
    style = house_style(company(logo="st-elsewhere.png"))
    assert style
    assert style.logo
    header = part(made(replace(style, logo=replace(style.logo, file=tmp_path / "wide.png"))), "word/header2.xml")
    width = re.search(r'cx="(\d+)"', header)
    assert width
    assert int(width[1]) <= 80 * 36_000


# --- a reference document -----------------------------------------------------------------------


@pytest.fixture
def borrowed() -> bytes:
    return made(house_style(company(reference="st-elsewhere.docx")))


def test_what_a_reference_document_lacks_is_said() -> None:
    (problem,) = look_problems(document(house_style(company(reference="st-elsewhere.docx"))), "docx")
    assert problem.severity == "warning"
    assert "'Cell Anchor'" in problem.message
    assert "'Title'" not in problem.message
    assert "'Callout'" not in problem.message  # it has one of its own
    assert look_problems(document(HouseStyle()), "docx") == ()


def test_its_styles_are_used_by_name(borrowed: bytes) -> None:
    file = docx.Document(io.BytesIO(borrowed))
    assert [paragraph.style.name for paragraph in file.paragraphs[:3]] == ["Title", "Subtitle", "Callout"]
    assert file.styles["Title"].font.name == "Cambria"
    assert file.sections[0].page_width == Mm(215.9)


def test_its_text_and_author_stay_behind(borrowed: bytes) -> None:
    package = zipfile.ZipFile(io.BytesIO(borrowed))
    everything = b"".join(package.read(name) for name in package.namelist())
    assert b"This text is dropped" not in everything
    assert b"Office of" not in everything


def test_a_file_with_borrowed_styles_is_right(borrowed: bytes, tmp_path: Path) -> None:
    assert findings(borrowed) == []
    path = tmp_path / "borrowed.docx"
    path.write_bytes(borrowed)
    result = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(path)
    assert [error.description for error in result.errors] == []


@pytest.mark.parametrize("missing", ["word/numbering.xml", "word/theme/theme1.xml", "word/fontTable.xml"])
def test_a_reference_document_may_lack_parts(missing: str, tmp_path: Path) -> None:
    source = zipfile.ZipFile(FOLDER / "companies" / "st-elsewhere.docx")
    path = tmp_path / "bare.docx"
    name = missing.rpartition("/")[2]
    with zipfile.ZipFile(path, "w") as package:
        for entry in source.namelist():
            data = source.read(entry)
            if entry != missing:
                package.writestr(entry, re.sub(rb"<(Relationship|Override) [^>]*%s[^>]*/>" % name.encode(), b"", data))
    assert findings(made(HouseStyle(reference=path))) == []


def changed(path: Path, name: str, pattern: str, new: str) -> HouseStyle:
    """A house style whose reference document is the hospital's with one change."""
    source = zipfile.ZipFile(FOLDER / "companies" / "st-elsewhere.docx")
    with zipfile.ZipFile(path, "w") as package:
        for entry in source.namelist():
            data = source.read(entry)
            if entry == name:
                assert re.search(pattern.encode(), data)
                data = re.sub(pattern.encode(), new.encode(), data, count=1)
            package.writestr(entry, data)
    return HouseStyle(reference=path)


ABOUT = '<!-- form {"about": {}, "fields": [{"id": "a", "type": "text"}]} -->'
FORM = f"{TEXT}\nName: <!-- field a -->yours<!-- /field -->\n\n{ABOUT}\n"


STRANGER = '<w:style w:type="character" w:styleId="Code"><w:name w:val="Code"/></w:style>'


@pytest.mark.parametrize(
    ("name", "pattern", "new"),
    [
        ("word/document.xml", r'w:left="\d+"', 'w:left="1133.8582677165355"'),
        ("word/document.xml", r'w:header="\d+" w:footer="\d+"', ""),
        ("word/numbering.xml", "</w:numbering>", '<w:numIdMacAtCleanup w:val="3"/></w:numbering>'),
        ("word/settings.xml", "<w:zoom ", '<w:trackRevisions/><w:documentProtection w:edit="forms"/><w:zoom '),
        ("word/styles.xml", "</w:styles>", f"{STRANGER}</w:styles>"),
    ],
    ids=["fractions", "no room said", "upkeep", "protection", "style of another sort"],
)
def test_a_reference_document_of_another_editor(name: str, pattern: str, new: str, tmp_path: Path) -> None:
    style = changed(tmp_path / "other.docx", name, pattern, new)
    data = made(style, FORM + "\n    code\n")
    assert findings(data) == []
    path = tmp_path / "made.docx"
    path.write_bytes(data)
    result = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(path)
    assert [error.description for error in result.errors] == []
    assert "documentProtection" not in part(data, "word/settings.xml")


@pytest.mark.parametrize("name", ["word/document.xml", "word/theme/theme1.xml"])
def test_a_damaged_reference_document_is_a_problem(name: str, tmp_path: Path) -> None:
    pattern, new = (r'w:left="\d+"', 'w:left="2cm"') if "document" in name else (r"(?s).+", "")
    style = changed(tmp_path / "bad.docx", name, pattern, new)
    with pytest.raises(JdgenError, match=r"reference\.unreadable"):
        made(style)


@pytest.mark.parametrize("length", [0, 10, 30, 60, 200])
def test_a_logo_that_is_cut_short_is_a_problem(length: int, tmp_path: Path) -> None:
    png = (FOLDER / "companies" / "st-elsewhere.png").read_bytes()
    (tmp_path / "logo.png").write_bytes(png[:length])
    with contextlib.suppress(JdgenError):
        made(HouseStyle(logo=Logo(tmp_path / "logo.png", "A logo")))


def test_a_form_has_narrow_margins_and_headers_as_wide_as_its_text() -> None:
    plain, narrow = made(HouseStyle()), made(HouseStyle(), FORM)
    for data in (plain, narrow):
        margin = re.search(r'<w:pgMar [^>]*w:left="(\d+)"', part(data, "word/document.xml"))
        assert margin
        width = PAGES["A4"][0] - 2 * int(margin[1])
        assert f'<w:tab w:val="right" w:pos="{width}"/>' in part(data, "word/header1.xml")
    assert part(plain, "word/header1.xml") != part(narrow, "word/header1.xml")


# --- colors --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("000000", "FFFFFF", 21), ("FFFFFF", "FFFFFF", 1), ("777777", "FFFFFF", 4.48)]
)
def test_contrast_is_that_of_the_guidelines(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize("color", ["FFCC00", "FF0000", "00FFFF", "999999", "FFFFFF"])
def test_the_color_that_is_offered_is_taken(color: str) -> None:
    (problem,) = appearance_problems(company(colors={"accent": color}))
    offered = re.search(r"such as (\w{6})", problem.hint)
    assert offered
    assert list(appearance_problems(company(colors={"accent": offered[1]}))) == []
    assert readable(offered[1], "FFFFFF") == offered[1]
