"""Every Word file is right: by the Open XML schemas, and by rules that schemas don't hold."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from tests.test_words import PAIRS
from tests.word_rules import findings

WORDS = {name: word for name, _, word in PAIRS}
STARTS = ("ai-engineer/ai-engineer-s", "ai-engineer/ai-engineer-q", "posting-", "street")
SOME = sorted(name for name in WORDS if name.startswith(STARTS))


@pytest.mark.parametrize("name", WORDS)
def test_no_rule_is_broken(name: str) -> None:
    assert findings(WORDS[name]) == []


@pytest.mark.parametrize("name", SOME)
@pytest.mark.parametrize("office", [FileFormat.OFFICE_2010, FileFormat.OFFICE_2019, FileFormat.MICROSOFT_365])
def test_the_schemas_of_office_are_met(name: str, office: FileFormat, tmp_path: Path) -> None:
    path = tmp_path / "document.docx"
    path.write_bytes(WORDS[name])
    result = OpenXmlValidator(file_format=office).validate(path)
    assert [error.description for error in result.errors] == []


def seeded(part: str, old: str, new: str) -> bytes:
    """A question bank with one fault put in."""
    source = zipfile.ZipFile(io.BytesIO(WORDS["ai-engineer/ai-engineer-question-bank.docx"]))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode(), 1)
            package.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        ("docProps/core.xml", "<dc:title>Question bank: AI Engineer</dc:title>", "", "no title"),
        ("word/styles.xml", 'w:val="en"', 'w:val=""', "no language"),
        ("word/document.xml", '<w:pStyle w:val="Title"/>', '<w:pStyle w:val="Subtitle"/>', "0 paragraphs"),
        (
            "word/document.xml",
            '<w:pStyle w:val="Heading1"/>',
            '<w:pStyle w:val="Heading3"/>',
            "from level 0 to 3",
        ),
        ("word/document.xml", "<w:tblHeader/>", "", "no header row"),
        ("word/document.xml", "<w:tblDescription", "<w:tblX", "no alternative text"),
        (
            "word/document.xml",
            '<w:pStyle w:val="CellText"/>',
            '<w:pStyle w:val="Nothing"/>',
            "is not defined",
        ),
        ("word/document.xml", '<w:numId w:val="3"/>', '<w:numId w:val="999"/>', "list 999 is not defined"),
        ("word/document.xml", 'r:id="rIdheader1"', 'r:id="rIdnone"', "leads nowhere"),
        ("word/numbering.xml", '<w:num w:numId="4">', '<w:num w:numId="3">', "defined twice"),
        ("word/document.xml", "<w:gridCol", "<w:gridX/><w:gridCol", "columns"),
        ("word/document.xml", "<w:sectPr>", "<w:p/><w:sectPr>", "stands for space"),
    ],
)
def test_a_fault_is_found(part: str, old: str, new: str, said: str) -> None:
    assert any(said in finding for finding in findings(seeded(part, old, new)))


def test_a_broken_schema_is_found(tmp_path: Path) -> None:
    path = tmp_path / "document.docx"
    path.write_bytes(seeded("word/document.xml", "<w:cantSplit/>", "<w:cantParts/>"))
    assert not OpenXmlValidator(file_format=FileFormat.OFFICE_2019).validate(path).is_valid
