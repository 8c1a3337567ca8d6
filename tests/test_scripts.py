"""Text that is not Latin: pieces with their marks, documents that run from right to left."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from jdgen.document import KINDS, Document
from jdgen.write import document_bytes
from jdgen.write.script import language_of, pieces
from tests.test_words import words_of_docx, words_of_markdown

MIXED = """# مهندس Python

نبني أنظمة موثوقة في Riyadh, وندفع 25% أكثر.

<!-- style callout -->
> **مهم:** اكتب `C++` أولًا.

| اليوم | Hours |
| --- | --: |
| الاثنين | 8 |

- שלום, world 🎉
- 日本語と中文, 한국어
- **मॉडल** और *React*, ไทย
"""


def marked(text: str, tag: str = "en") -> list[tuple[str, str]]:
    """The pieces of a text, each with the one word that tells it apart."""
    kinds = {
        "<w:rtl/>": "rtl",
        "<w:cs/>": "cs",
        "ja-JP": "ja",
        "ko-KR": "ko",
        "zh-CN": "zh",
        "zh-TW": "tw",
        "Emoji": "emoji",
    }
    return [
        (piece.text, next((kind for sign, kind in kinds.items() if sign in piece.fonts + piece.marks), ""))
        for piece in pieces(text, language_of(tag))
    ]


@pytest.mark.parametrize(
    ("text", "tag", "expected"),
    [
        ("Plain – “text”, ☐ and 25 €", "en", [("Plain – “text”, ☐ and 25 €", "")]),
        ("Σίσυφος и Łódź", "en", [("Σίσυφος и Łódź", "")]),
        ("say שלום, ok", "en", [("say ", ""), ("שלום", "rtl"), (", ok", "")]),
        ("שלום עולם", "en", [("שלום עולם", "rtl")]),
        ("عمل C++ و React.", "ar", [("عمل ", "rtl"), ("C++", ""), (" و ", "rtl"), ("React", ""), (".", "rtl")]),
        ("منذ 2026", "ar", [("منذ 2026", "rtl")]),
        ("٢٥٪ más", "en", [("٢٥", "rtl"), ("٪ más", "")]),
        ("日本語のテスト", "en", [("日本語のテスト", "ja")]),
        ("한국어 팀", "en", [("한국어 팀", "ko")]),
        ("你好", "en", [("你好", "zh")]),
        ("你好", "zh-Hant-TW", [("你好", "tw")]),
        ("漢字", "ja", [("漢字", "ja")]),
        ("मॉडल React", "en", [("मॉडल", "cs"), (" React", "")]),
        ("ทีมงาน", "en", [("ทีมงาน", "cs")]),
        ("go 👩‍💻! ✔️", "en", [("go ", ""), ("👩‍💻", "emoji"), ("! ", ""), ("✔️", "emoji")]),
        ("می‌خواهم", "en", [("می‌خواهم", "rtl")]),
        ("", "ar", []),
    ],
)
def test_pieces(text: str, tag: str, expected: list[tuple[str, str]]) -> None:
    assert marked(text, tag) == expected


def word(language: str) -> bytes:
    kind = KINDS["job-description"]
    return document_bytes(Document(kind, "x", "مهندس", "الوصف", language, MIXED, "شركة", footer="شركة"), "docx")


def part(data: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(f"word/{name}.xml").decode()


def test_a_document_from_right_to_left() -> None:
    body, styles = part(word("ar"), "document"), part(word("ar"), "styles")
    assert "<w:titlePg/><w:bidi/>" in body
    assert body.count("<w:bidiVisual/>") == body.count("<w:tbl>") == 1
    assert styles.count("<w:bidi/>") == 1  # in the style that all others build on
    assert 'w:bidi="ar"' in styles
    callout = styles.split('w:styleId="Callout"')[1].split("</w:style>")[0]
    assert 'w:right w:val="single" w:sz="24"' in callout


def test_a_document_from_left_to_right_has_no_such_marks() -> None:
    body, styles = part(word("en"), "document"), part(word("en"), "styles")
    assert "<w:bidi/>" not in body + styles
    assert "bidiVisual" not in body
    assert "<w:rtl/>" in body  # its Arabic words have them


@pytest.mark.parametrize(
    ("language", "slot", "font"),
    [
        ("ja", "eastAsia", "Yu Gothic"),
        ("ko", "eastAsia", "Malgun Gothic"),
        ("hi", "cs", "Nirmala UI"),
        ("he", "cs", "Arial"),
    ],
)
def test_a_language_has_its_font(language: str, slot: str, font: str) -> None:
    assert f'w:{slot}="{font}"' in part(word(language), "styles").split("</w:docDefaults>")[0]
    assert f'w:{slot}="{font}"' not in part(word("en"), "styles").split("</w:docDefaults>")[0]


@pytest.mark.parametrize("language", ["ar", "en", "ja", "hi"])
def test_mixed_text_is_whole_and_valid(language: str, tmp_path: Path) -> None:
    data = word(language)
    assert words_of_docx(data) == words_of_markdown(MIXED)
    path = tmp_path / "mixed.docx"
    path.write_bytes(data)
    result = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(path)
    assert [error.description for error in result.errors] == []
