"""The pages of each shipped Word file are right on A4, those of one kit on Letter, and their PDF is tagged."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

import pypdfium2
import pytest

from jdgen.write.pdf import pdf_files
from tests.page_rules import page_findings
from tests.pdf import Pdf, read_pdf
from tests.programs import program
from tests.test_words import PAIRS
from tests.word_file import without_words_of_pictures

SHIPPED = {name: without_words_of_pictures(word) for name, _, word in PAIRS if "/" in name}
"""The kits of the shipped roles and of their postings. The fixtures' company has fonts that are not everywhere."""
ONE_KIT = [name for name in SHIPPED if name.startswith("ai-engineer/ai-engineer-2027-01/")]
"""Each kind of document, for what would take too long for all of them."""
BASE = "ai-engineer/ai-engineer-question-bank.docx"
FONTS = ("Carlito", "Calibri")
"""The house style's font, and the one that is exactly as wide."""
DOCUMENT = "word/document.xml"


def edited(word: bytes, edits: Mapping[str, Callable[[str], str]]) -> bytes:
    """A Word file with some of its parts changed."""
    source, out = zipfile.ZipFile(io.BytesIO(word)), io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in source.namelist():
            data = source.read(name)
            if name in edits:
                data = edits[name](data.decode()).encode()
            package.writestr(name, data)
    return out.getvalue()


def in_letter(word: bytes) -> bytes:
    """The document on Letter paper, with the same margins."""

    def resized(xml: str) -> str:
        changed, count = re.subn(r"<w:pgSz [^>]*/>", '<w:pgSz w:w="12240" w:h="15840"/>', xml)
        assert count == 1
        return changed

    return edited(word, {DOCUMENT: resized})


WORDS = {f"A4/{name}": word for name, word in SHIPPED.items()}
WORDS |= {f"Letter/{name}": in_letter(SHIPPED[name]) for name in ONE_KIT}


def as_pdf(words: Mapping[str, bytes]) -> dict[str, bytes]:
    """The PDF of each Word file, as jdgen makes it."""
    program("soffice")
    return dict(zip(words, pdf_files(list(words.values())), strict=True))


@pytest.fixture(scope="session")
def printed() -> dict[str, bytes]:
    """The PDF of each document; two runs of LibreOffice at once take half the time."""
    names = list(WORDS)
    with ThreadPoolExecutor() as pool:
        one, two = pool.map(as_pdf, ({name: WORDS[name] for name in half} for half in (names[::2], names[1::2])))
    return one | two


@pytest.mark.parametrize("name", WORDS)
def test_pages_are_right(name: str, printed: dict[str, bytes]) -> None:
    assert page_findings(WORDS[name], printed[name]) == []


def other_fonts(pdf: Pdf) -> list[str]:
    """The fonts of letters that are not as wide as those of the house style, by which nothing can be said of pages."""
    fonts = {glyph.font for page in pdf.pages for glyph in page.glyphs if glyph.text.isalpha()}
    return sorted(font for font in fonts if not font.startswith(FONTS))


@pytest.mark.parametrize("name", ONE_KIT)
def test_letters_are_as_wide_as_the_house_styles(name: str, printed: dict[str, bytes]) -> None:
    pdf = read_pdf(printed[f"A4/{name}"])
    message = "page rules need the widths of Calibri, so install Carlito (Debian: fonts-crosextra-carlito)"
    assert not other_fonts(pdf), f"the text is set in {', '.join(other_fonts(pdf))}; {message}"
    assert all(pdf.fonts.values()), "a font is not embedded"


@pytest.mark.parametrize("name", ONE_KIT)
def test_the_pdf_is_tagged(name: str, printed: dict[str, bytes]) -> None:
    pdf = read_pdf(printed[f"A4/{name}"])
    core = zipfile.ZipFile(io.BytesIO(SHIPPED[name])).read("docProps/core.xml").decode()
    assert pdf.is_tagged
    assert pdf.language.startswith("en")
    assert f"<dc:title>{pdf.title}</dc:title>" in core


# --- negative controls ------------------------------------------------------------------------

NEXT_PAGE = "<w:pageBreakBefore/>"
UNKEPT = '<w:keepNext w:val="0"/><w:keepLines w:val="0"/>'
LINE = 14.7
"""The height of a line of text in points, near enough."""
ROOM = 730
"""The height of the body of an A4 page in points, less than a line more."""


def p(text: str, style: str = "", properties: str = "") -> str:
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{style}{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def down_to(rest: float) -> str:
    """A page with one line so high that points of `rest` are left below it."""
    height = round((ROOM - rest) * 20)
    return p("Above", "", f'{NEXT_PAGE}<w:spacing w:after="0" w:line="{height}" w:lineRule="exact"/>')


def table(style: str, rows: list[str], *, width: int = 9000, indent: int = 0, head: str = "<w:tblHeader/>") -> str:
    xml = [
        f"<w:tr><w:trPr>{head if number == 0 else ''}</w:trPr><w:tc>"
        f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{row}</w:tc></w:tr>'
        for number, row in enumerate(rows)
    ]
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{width}" w:type="dxa"/>'
        f'<w:tblInd w:w="{indent}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>{"".join(xml)}</w:tbl>'
    )


def numbered(count: int) -> list[str]:
    return [p(f"Row {number}", "CellText") for number in range(count)]


TITLE = p("A title", "Title")
TEXT = p("Some text.")
LINES = TEXT * 3
LONG = "Words that fill a line and the next one. " * 6
TALL = "Words that fill a page and more. " * 30
NO_CONTROL = '<w:widowControl w:val="0"/>'
NARROW = '<w:spacing w:line="60" w:lineRule="exact"/>'
ANOTHER = '<w:rFonts w:ascii="DejaVu Sans" w:hAnsi="DejaVu Sans"/>'
ABOVE = '<w:framePr w:w="2000" w:hSpace="0" w:wrap="around" w:vAnchor="page" w:hAnchor="page" w:x="4000" w:y="{}"/>'

SEEDS: dict[str, tuple[str, str]] = {
    "an empty page": (TITLE + LINES + p("", "", NEXT_PAGE), "page 2: nothing but header and footer"),
    "an empty page within": (
        TITLE + p("", "", NEXT_PAGE) + p("Below", "", NEXT_PAGE) + LINES,
        "page 2: nothing but header and footer",
    ),
    "a straggler": (TITLE + p("The end.", "", NEXT_PAGE) + TEXT, "page 2: a last page of 2 line(s)"),
    "a heading at the foot": (
        TITLE + p("Last words", "Heading1", UNKEPT) + p("Below", "", NEXT_PAGE) + LINES,
        "page 1: what leads to the next page is last, heading 1 'Last words'",
    ),
    "a lead at the foot": (
        TITLE + p("Last words", "Meta", UNKEPT) + p("Below", "", NEXT_PAGE) + LINES,
        "page 1: what leads to the next page is last, Meta 'Last words'",
    ),
    "an introduction at the foot": (
        TITLE + p("These are:", "", UNKEPT) + p("First", "ListBullet", NEXT_PAGE) + LINES,
        "page 1: what leads to the next page is last, Normal 'These are:'",
    ),
    "a line alone at the foot": (
        TITLE + down_to(1.5 * LINE) + p(LONG, "", NO_CONTROL) + LINES,
        "page 2: the first line of a paragraph stands alone",
    ),
    "a line alone at the top": (
        TITLE + down_to(2.5 * LINE) + p(LONG, "", NO_CONTROL) + LINES,
        "page 3: the last line of a paragraph stands alone",
    ),
    "a split row": (
        TITLE + down_to(8 * LINE) + table("Plain", [p("Head", "CellText"), p(TALL, "CellText")]) + LINES,
        "page 2: the table row 'Words that fill",
    ),
    "a split question": (
        TITLE
        + p("Why?", "Question1", UNKEPT)
        + TEXT
        + p("Probes", "", NEXT_PAGE)
        + table("Plain", numbered(2))
        + LINES,
        "page 1: the question 'Why?' goes on on page 2",
    ),
    "signals on the next page": (
        TITLE + down_to(4 * LINE) + p("Why?", "Question1", UNKEPT) + table("Plain", numbered(9)) + LINES,
        "page 2: the question 'Why?' goes on on page 3",
    ),
    "a split scale": (
        TITLE
        + p("Patience", "Heading1")
        + table("Rating", numbered(2))
        + p("", "Spacer", NEXT_PAGE)
        + table("Form", numbered(2))
        + LINES,
        "page 1: the rating scale of 'Patience' goes on on page 2",
    ),
    "a split form": (
        TITLE + down_to(2 * LINE) + table("Form", numbered(2), head="") + LINES,
        "page 2: the table of 'Row 0' goes on on page 3",
    ),
    "a split callout": (
        TITLE + p("Take", "Callout", UNKEPT) + p("care", "Callout", NEXT_PAGE) + LINES,
        "page 1: the callout 'Take' goes on on page 2",
    ),
    "one item to tick alone": (
        TITLE + p("Flags", "Meta") + p("One", "Task") + p("Two", "Task") + p("Three", "Task", NEXT_PAGE) + LINES,
        "page 2: of a list to tick one item stands alone, 'Three'",
    ),
    "items to tick parted from their card": (
        TITLE + table("Form", numbered(2)) + p("Flags", "Meta", NEXT_PAGE) + p("One", "Task") + LINES,
        "page 2: Meta 'Flags' is parted from 'Row 1'",
    ),
    "a long table without its header row": (
        TITLE + table("Plain", numbered(60), head="") + LINES,
        "page 2: the table of 'Row 0' goes on without its header row",
    ),
    "text in the right margin": (
        TITLE + table("Plain", [p("Far", "CellText", '<w:jc w:val="right"/>')], width=10400) + LINES,
        "page 1: text, 'Far', stands in the left or right margin",
    ),
    "text in the left margin": (
        TITLE + p("Far", "", '<w:ind w:left="-400"/>') + LINES,
        "page 1: text, 'Far', stands in the left or right margin",
    ),
    "text in the bottom margin": (
        TITLE + LINES + p("Far", "", ABOVE.format(16000)) + "<w:p/>",
        "page 1: text stands above or below the margins, 'Far'",
    ),
    "a border in the margin": (
        TITLE + table("Facts", numbered(2), indent=-200) + LINES,
        "page 1: a border stands in the left or right margin",
    ),
    "text over text": (TITLE + p(LONG, "", NARROW) + LINES, " overlap"),
    "a word alone": (
        p(f"A title with {'m' * 20}", "Title") + LINES,
        "page 1: the title's last word stands alone on a line",
    ),
    "a broken word": (
        TITLE + table("Plain", [p("Weight", "CellHead")], width=500) + LINES,
        "page 1: the word 'Weight' is broken over two lines",
    ),
    "a word that is not printed": (
        TITLE + "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Unseen</w:t></w:r></w:p>" + LINES,
        "page 1: 'Sometext.Sometext.So' is printed where 'Unseen' is due",
    ),
}
PAGED = TITLE + p("Below", "", NEXT_PAGE) + LINES
FURNITURE: dict[str, tuple[str, str, str, str]] = {
    "a fixed number of pages": ("word/footer1.xml", r"PAGE\b", "SECTIONPAGES", "page 2: the footer says"),
    "no number of pages": (
        "word/footer1.xml",
        r"<w:fldChar .*</w:fldChar>|<w:r><w:fldChar .*</w:r>",
        "",
        "page 2: the footer does not say that it is page 2 of 2",
    ),
    "a long header": ("word/header1.xml", "AI Engineer", "AI Engineer " * 15, "page 2: the header says"),
}
CLEAN = (
    TITLE
    + LINES
    + down_to(40 * LINE)
    + p("A heading", "Heading1")
    + p(LONG)
    + p("These are:", "", "<w:keepNext/>")
    + p("First", "ListBullet")
    + p("Why?", "Question1")
    + table("Plain", numbered(9))
    + TEXT
    + table("Plain", numbered(60))
    + LINES
)


def seeded(body: str) -> bytes:
    """A question bank with another body."""

    def replaced(xml: str) -> str:
        start, end = xml.index("<w:body>") + len("<w:body>"), xml.rindex("<w:sectPr")
        return xml[:start] + body + xml[end:]

    return edited(SHIPPED[BASE], {DOCUMENT: replaced})


def refurnished(part: str, old: str, new: str) -> bytes:
    """Two pages with another header or footer."""

    def replaced(xml: str) -> str:
        changed, count = re.subn(old, new, xml)
        assert count
        return changed

    return edited(seeded(PAGED), {part: replaced})


SEEDED = {
    "clean": seeded(CLEAN),
    "another font": seeded(TITLE + f"<w:p><w:r><w:rPr>{ANOTHER}</w:rPr><w:t>Wider</w:t></w:r></w:p>"),
    **{name: seeded(body) for name, (body, _) in SEEDS.items()},
    **{name: refurnished(part, old, new) for name, (part, old, new, _) in FURNITURE.items()},
}
SAID = {name: seed[-1] for name, seed in {**SEEDS, **FURNITURE}.items()}


@pytest.fixture(scope="session")
def printed_seeds() -> dict[str, bytes]:
    return as_pdf(SEEDED)


@pytest.mark.parametrize("name", SAID)
def test_a_fault_is_found(name: str, printed_seeds: dict[str, bytes]) -> None:
    findings = page_findings(SEEDED[name], printed_seeds[name])
    assert any(SAID[name] in finding for finding in findings), findings


def test_right_pages_have_no_finding(printed_seeds: dict[str, bytes]) -> None:
    assert page_findings(SEEDED["clean"], printed_seeds["clean"]) == []


def test_words_that_the_document_has_not_are_found(printed_seeds: dict[str, bytes]) -> None:
    less = seeded(CLEAN.removesuffix(TEXT))
    assert page_findings(less, printed_seeds["clean"]) == ["page 4: 'Sometext.' is printed and not in the document"]


def test_another_font_is_found(printed_seeds: dict[str, bytes]) -> None:
    assert other_fonts(read_pdf(printed_seeds["another font"])) == ["DejaVuSans"]


def test_a_pdf_without_tags_is_found() -> None:
    out, document = io.BytesIO(), pypdfium2.PdfDocument.new()
    document.new_page(100, 100)
    document.save(out)
    assert not read_pdf(out.getvalue()).is_tagged
