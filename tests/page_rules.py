"""What right pages are: rules on the PDF of a Word file, each a sentence with its page when it is broken.

A PDF has no paragraphs. So the words of the Word file, which has them with their styles, are laid along the glyphs
of the PDF, which come in the same order; then it is known on which page and line each paragraph stands. Words that
don't agree are a finding as well.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, combinations, groupby, pairwise
from typing import Any

from lxml import etree

from tests.pdf import Box, Glyph, Page, read_pdf

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
LEADING = ("Title", "Lead", "Meta", "Label")
"""Styles besides headings of what belongs to the block below."""
CALLOUTS = ("Callout", "Callout Warning")
STRAGGLERS = 3
"""With fewer lines a last page is not worth its paper."""
SHORT = 2
"""With more rows, its head among them, a table may go on on the next page."""
SLACK = 2.0
"""Points by which ink may leave its place: the overhang of a letter, half of a border."""
TOUCH = 1.0
"""Points by which the ink of two lines may overlap."""
TWIPS = 20
_UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200d\ufeff]")
_WORD = re.compile(r"[^\W\d_]+[.,;:]?", re.ASCII)
_MARKER = re.compile(r"[^\w\s]|\w+[.)]")


@dataclass(slots=True)
class Line:
    """A line of a paragraph, of a list's marker, or of a header or footer."""

    page: int
    box: Box
    baseline: float
    text: str
    """Without white space."""


@dataclass(slots=True)
class Table:
    """A table of the Word file."""

    style: str
    rows: list[list[Paragraph]] = field(default_factory=list)
    heads: int = 0
    """How many rows at its top are repeated on the next page."""


@dataclass(slots=True)
class Paragraph:
    """A paragraph of the Word file and the lines it got."""

    style: str
    level: int
    """1 to 9 for a heading, else 0."""
    text: str
    table: Table | None = None
    lines: list[Line] = field(default_factory=list)

    @property
    def pages(self) -> list[int]:
        return [line.page for line in self.lines]

    @property
    def is_item(self) -> bool:
        return self.style.startswith(("List Bullet", "List Number"))

    def __str__(self) -> str:
        return repr(self.text if len(self.text) < 50 else f"{self.text[:50]}…")


Block = Paragraph | Table


@dataclass
class Layout:
    """A document on its pages."""

    blocks: list[Block]
    pages: tuple[Page, ...]
    area: Box
    """Where the body may stand: the page within its margins."""
    furniture: dict[tuple[str, str], list[str]]
    """The paragraphs of headers and footers, by kind and use, with the codes of fields."""
    markers: list[Line] = field(default_factory=list)

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        return [paragraph for block in self.blocks for paragraph in _paragraphs(block)]

    @cached_property
    def printed(self) -> list[Paragraph]:
        """The paragraphs that have lines. To be asked for only when they have them."""
        return [paragraph for paragraph in self.paragraphs if paragraph.lines]

    @cached_property
    def body(self) -> dict[int, list[Line]]:
        """The lines of the body by page."""
        lines: dict[int, list[Line]] = {page.number: [] for page in self.pages}
        for paragraph in self.printed:
            for line in paragraph.lines:
                lines[line.page].append(line)
        return lines

    @cached_property
    def artifacts(self) -> dict[int, list[Line]]:
        """The lines that are no part of the text by page."""
        return {
            page.number: _lines([(page.number, glyph) for glyph in page.glyphs if glyph.is_artifact])
            for page in self.pages
        }


class _OtherWordsError(Exception):
    """The PDF has other words than the Word file."""


def page_findings(word: bytes, pdf: bytes) -> list[str]:
    """Every broken rule of the pages of a Word file's PDF, as a sentence with its page; empty if they are right."""
    layout = _read_word(word, read_pdf(pdf).pages)
    try:
        _place(layout)
    except _OtherWordsError as error:
        return [str(error)]
    return [finding for rule in RULES for finding in rule(layout)]


# --- the Word file ----------------------------------------------------------------------------


def _read_word(data: bytes, pages: tuple[Page, ...]) -> Layout:
    package = zipfile.ZipFile(io.BytesIO(data))

    def part(name: str) -> Any:
        return etree.fromstring(package.read(f"word/{name}"))

    styles = {
        style.get(W + "styleId"): (
            style.find(W + "name").get(W + "val"),
            0 if (level := style.find(f"{W}pPr/{W}outlineLvl")) is None else int(level.get(W + "val")) + 1,
        )
        for style in part("styles.xml").iter(W + "style")
    }
    document, relations = part("document.xml"), part("_rels/document.xml.rels")
    targets = {relation.get("Id"): relation.get("Target") for relation in relations}
    section = document.find(f"{W}body/{W}sectPr")
    return Layout(
        blocks=[_block(element, styles) for element in _block_elements(document[0])],
        pages=pages,
        area=_area(section),
        furniture={
            (etree.QName(reference).localname.removesuffix("Reference"), reference.get(W + "type")): _codes(
                part(targets[reference.get(R + "id")])
            )
            for reference in section.iter(W + "headerReference", W + "footerReference")
        },
    )


def _area(section: Any) -> Box:
    size, margins = section.find(W + "pgSz"), section.find(W + "pgMar")

    def points(element: Any, name: str) -> float:
        return int(element.get(W + name)) / TWIPS

    return Box(
        points(margins, "left"),
        points(margins, "top"),
        points(size, "w") - points(margins, "right"),
        points(size, "h") - points(margins, "bottom"),
    )


def _block_elements(body: Any) -> Iterator[Any]:
    """The paragraphs and tables, also within content controls."""
    for element in body:
        if element.tag == W + "sdt":
            yield from _block_elements(element.find(W + "sdtContent"))
        elif element.tag in (W + "p", W + "tbl"):
            yield element


def _block(element: Any, styles: dict[str, tuple[str, int]]) -> Block:
    if element.tag == W + "p":
        return _paragraph(element, styles)
    style = element.find(f"{W}tblPr/{W}tblStyle")
    table = Table("" if style is None else styles[style.get(W + "val")][0])
    for row in element.iter(W + "tr"):
        table.heads += row.find(f"{W}trPr/{W}tblHeader") is not None
        table.rows.append([_paragraph(paragraph, styles, table) for paragraph in row.iter(W + "p")])
    return table


def _paragraph(element: Any, styles: dict[str, tuple[str, int]], table: Table | None = None) -> Paragraph:
    style = element.find(f"{W}pPr/{W}pStyle")
    name, level = ("Normal", 0) if style is None else styles[style.get(W + "val")]
    parts = (node.text or "" if node.tag == W + "t" else " " for node in element.iter(W + "t", W + "br", W + "tab"))
    return Paragraph(name, level, "".join(parts), table)


def _codes(part: Any) -> list[str]:
    """The paragraphs of a header or footer, with a field's code in braces for its value."""
    texts, is_value = [], False
    for paragraph in part.iter(W + "p"):
        text = ""
        for node in paragraph.iter(W + "t", W + "instrText", W + "fldChar"):
            if node.tag == W + "fldChar":
                is_value = node.get(W + "fldCharType") == "separate"
            elif node.tag == W + "instrText":
                text += f"{{{(node.text or '').strip()}}}"
            elif not is_value:
                text += node.text or ""
        texts += [text] if text else []
    return texts


def _paragraphs(block: Block) -> list[Paragraph]:
    return [block] if isinstance(block, Paragraph) else [paragraph for row in block.rows for paragraph in row]


# --- its words along the glyphs ---------------------------------------------------------------


def _squeezed(text: str) -> str:
    """The text as its ink shows it: without white space, with plain letters for ligatures."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text))


def _place(layout: Layout) -> None:
    """Gives each paragraph its lines. Raises _OtherWordsError where the words don't agree."""
    glyphs = [(page.number, glyph) for page in layout.pages for glyph in page.glyphs if not glyph.is_artifact]
    at = 0
    for paragraph in layout.paragraphs:
        text = _squeezed(paragraph.text)
        if paragraph.is_item and text:
            start, at = at, _after_marker(glyphs, at)
            layout.markers += _lines(glyphs[start:at])
        start, had = at, ""
        while had != text:
            page, glyph = glyphs[at] if at < len(glyphs) else (len(layout.pages), None)
            if glyph is None or not text.startswith(had + glyph.text):
                found = "".join(glyph.text for _, glyph in glyphs[at : at + 20])
                raise _OtherWordsError(f"page {page}: {found!r} is printed where {text[len(had) :][:20]!r} is due")
            had, at = had + glyph.text, at + 1
        paragraph.lines = _lines(glyphs[start:at])
    if at < len(glyphs):
        page, _ = glyphs[at]
        found = "".join(glyph.text for _, glyph in glyphs[at : at + 20])
        raise _OtherWordsError(f"page {page}: {found!r} is printed and not in the document")


def _after_marker(glyphs: Sequence[tuple[int, Glyph]], at: int) -> int:
    """Where the glyphs go on after a list's bullet or number."""
    ahead = [glyph.text for _, glyph in glyphs[at : at + 8]]
    lengths = (n for n in range(1, len(ahead) + 1) if _MARKER.fullmatch("".join(ahead[:n])))
    return at + next(lengths, 0)


def _lines(glyphs: Iterable[tuple[int, Glyph]]) -> list[Line]:
    """The lines that glyphs in their order stand on."""
    lines: list[Line] = []
    for page, glyph in glyphs:
        last = lines[-1] if lines else None
        if last and last.page == page and abs(last.baseline - glyph.baseline) < SLACK:
            last.box, last.text = last.box | glyph.box, last.text + glyph.text
        else:
            lines.append(Line(page, glyph.box, glyph.baseline, glyph.text))
    return lines


# --- pages ------------------------------------------------------------------------------------


def _empty_pages(layout: Layout) -> Iterator[str]:
    for page in layout.pages:
        count = len({round(line.baseline) for line in layout.body[page.number]})
        if count == 0:
            yield f"page {page.number}: nothing but header and footer"
        elif count < STRAGGLERS and page.number == len(layout.pages) > 1:
            yield f"page {page.number}: a last page of {count} line(s)"


def _furniture(layout: Layout) -> Iterator[str]:
    """Header and footer have their words, a line for each paragraph, and the right numbers of pages."""
    for page in layout.pages:
        lines = sorted(layout.artifacts[page.number], key=lambda line: line.baseline)
        for kind, ends in (("header", lines), ("footer", lines[::-1])):
            use = "first" if page.number == 1 and (kind, "first") in layout.furniture else "default"
            due = layout.furniture.get((kind, use), [])
            found = [line.text for line in ends[: len(due)]]
            if found != [_squeezed(_filled(text, page, layout)) for text in (due if kind == "header" else due[::-1])]:
                yield f"page {page.number}: the {kind} says {found} and not {due}"
        numbers = re.search(r"(\d+)\D+(\d+)$", lines[-1].text if lines else "")
        if numbers is None or numbers.groups() != (str(page.number), str(len(layout.pages))):
            yield f"page {page.number}: the footer does not say that it is page {page.number} of {len(layout.pages)}"


def _filled(text: str, page: Page, layout: Layout) -> str:
    return text.replace("{PAGE}", str(page.number)).replace("{NUMPAGES}", str(len(layout.pages)))


# --- breaks -----------------------------------------------------------------------------------


def _ends(layout: Layout) -> Iterator[str]:
    """What leads to the next block is not the last thing on a page."""
    following = {id(one): two for one, two in pairwise(layout.printed)}
    for page in layout.pages[:-1]:
        last = next((one for one in reversed(layout.printed) if page.number in one.pages), None)
        if last is None or id(last) not in following:
            continue
        after = following[id(last)]
        leads = last.text.endswith(":") and (after.is_item or after.style == "Task" or after.table)
        if not last.table and (last.level or last.style in LEADING or leads):
            yield f"page {page.number}: what leads to the next page is last, {last.style} {last}"


def _lone_lines(layout: Layout) -> Iterator[str]:
    for paragraph in layout.printed:
        counts = Counter(paragraph.pages)
        for page in (min(counts), max(counts)) if len(counts) > 1 else ():
            if counts[page] == 1:
                which = "first" if page == min(counts) else "last"
                yield f"page {page}: the {which} line of a paragraph stands alone, {paragraph}"


def _split_units(layout: Layout) -> Iterator[str]:
    for name, paragraphs in _units(layout):
        pages = sorted({page for paragraph in paragraphs for page in paragraph.pages})
        if len(pages) > 1:
            yield f"page {pages[0]}: {name} goes on on page {pages[-1]}"


def _units(layout: Layout) -> Iterator[tuple[str, list[Paragraph]]]:
    """What stays on one page, with its name."""
    blocks = [block for block in layout.blocks if not (isinstance(block, Paragraph) and not block.text.strip())]
    for at, block in enumerate(blocks):
        if isinstance(block, Table):
            yield from ((f"the table row {row[0]}", row) for row in block.rows)
            if len(block.rows) <= SHORT:
                yield f"the table of {block.rows[0][0]}", _paragraphs(block)
            if block.style == "Rating":
                yield _scale(blocks, at)
        elif block.style.startswith("Question"):
            yield f"the question {block}", _question(blocks[at:])
    for style, callout in groupby(blocks, lambda block: block.style):
        if style in CALLOUTS:
            paragraphs = [paragraph for block in callout for paragraph in _paragraphs(block)]
            yield f"the callout {paragraphs[0]}", paragraphs


def _question(blocks: Sequence[Block]) -> list[Paragraph]:
    """A question's heading and what follows, up to its table of signals or the next heading."""
    card = _paragraphs(blocks[0])
    for block in blocks[1:]:
        if isinstance(block, Paragraph) and block.level:
            break
        card += _paragraphs(block)
        if isinstance(block, Table) and block.style != "Rating":
            break
    return card


def _scale(blocks: Sequence[Block], at: int) -> tuple[str, list[Paragraph]]:
    """A rating scale with what leads to it from the heading on, and the form below that takes the rating."""
    start = next((n for n in range(at, -1, -1) if isinstance(block := blocks[n], Paragraph) and block.level), at)
    below = blocks[at + 1] if at + 1 < len(blocks) else None
    end = at + 2 if isinstance(below, Table) and below.style == "Form" else at + 1
    card = [paragraph for block in blocks[start:end] for paragraph in _paragraphs(block)]
    return f"the rating scale of {card[0]}", card


def _ticks(layout: Layout) -> Iterator[str]:
    """A list to tick stays with what it belongs to, or leaves at least two items on each page."""
    before: list[Paragraph] = []
    for is_ticks, group in groupby(layout.printed, lambda paragraph: paragraph.style == "Task"):
        items = list(group)
        if not is_ticks:
            before = items[-1:] if items[-1].level else items[-2:]
            continue
        for above, below in pairwise([*before, items[0]]):
            if below.pages[0] > above.pages[-1]:
                yield f"page {below.pages[0]}: {below.style} {below} is parted from {above}"
        counts = Counter(item.pages[0] for item in items)
        for page in counts if len(counts) > 1 else ():
            if counts[page] == 1:
                alone = next(item for item in items if item.pages[0] == page)
                yield f"page {page}: of a list to tick one item stands alone, {alone}"


def _header_rows(layout: Layout) -> Iterator[str]:
    """A table that goes on on a page has its header row there once more."""
    for table in (block for block in layout.blocks if isinstance(block, Table)):
        pages = sorted({page for paragraph in _paragraphs(table) for page in paragraph.pages})
        head = "".join(_squeezed(cell.text) for row in table.rows[: table.heads] for cell in row)
        for number in pages[1:]:
            again = "".join(line.text for line in layout.artifacts[number])
            if not head or head not in again:
                yield f"page {number}: the table of {table.rows[0][0]} goes on without its header row"


# --- lines ------------------------------------------------------------------------------------


def _margins(layout: Layout) -> Iterator[str]:
    area = layout.area
    body = [*layout.markers, *(line for paragraph in layout.printed for line in paragraph.lines)]
    for line in body:
        if line.box.bottom > area.bottom + SLACK or line.box.top < area.top - SLACK:
            yield f"page {line.page}: text stands above or below the margins, {line.text[:40]!r}"
    lines = [*body, *(line for page in layout.pages for line in layout.artifacts[page.number])]
    boxes = [(line.page, f"text, {line.text[:40]!r},", line.box) for line in lines]
    boxes += [(page.number, "a border", box) for page in layout.pages for box in page.drawings]
    for page, what, box in boxes:
        if box.left < area.left - SLACK or box.right > area.right + SLACK:
            yield f"page {page}: {what} stands in the left or right margin"


def _overlaps(layout: Layout) -> Iterator[str]:
    markers = {page.number: [line for line in layout.markers if line.page == page.number] for page in layout.pages}
    for page in layout.pages:
        lines = [*layout.body[page.number], *markers[page.number], *layout.artifacts[page.number]]
        for one, two in combinations(lines, 2):
            if min(one.box.overlap(two.box)) > TOUCH:
                yield f"page {page.number}: {one.text[:40]!r} and {two.text[:40]!r} overlap"


def _title(layout: Layout) -> Iterator[str]:
    for title in (paragraph for paragraph in layout.printed if paragraph.style == "Title"):
        last = title.lines[-1]
        if len(title.lines) > 1 and last.text == _squeezed(title.text.split()[-1]):
            yield f"page {last.page}: the title's last word stands alone on a line, {last.text!r}"


def _broken_words(layout: Layout) -> Iterator[str]:
    """A column too narrow for a word breaks it without a hyphen."""
    for paragraph in layout.printed:
        ends = set(accumulate(len(line.text) for line in paragraph.lines))
        words = [_squeezed(word) for word in paragraph.text.split()]
        for start, word in zip(accumulate(map(len, words), initial=0), words, strict=False):
            if _WORD.fullmatch(word) and any(start < end < start + len(word) for end in ends):
                yield f"page {paragraph.pages[0]}: the word {word!r} is broken over two lines"


RULES: Sequence[Callable[[Layout], Iterator[str]]] = (
    _empty_pages,
    _furniture,
    _ends,
    _lone_lines,
    _split_units,
    _ticks,
    _header_rows,
    _margins,
    _overlaps,
    _title,
    _broken_words,
)
