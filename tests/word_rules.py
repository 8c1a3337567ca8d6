"""What a right Word file is, beyond the schema: rules on its XML, each a sentence when it is broken."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SPACERS = ("Spacer", "Rule")


def findings(data: bytes) -> list[str]:
    """Every broken rule of a Word file; empty if it is right."""
    package = zipfile.ZipFile(io.BytesIO(data))

    def part(name: str) -> Any:
        return etree.fromstring(package.read(name))

    document, styles = part("word/document.xml"), part("word/styles.xml")
    numbering, core = part("word/numbering.xml"), part("docProps/core.xml")
    relations = {relation.get("Id") for relation in part("word/_rels/document.xml.rels")}
    return [
        *_properties(core, styles),
        *_paragraphs(document, styles),
        *_tables(document),
        *_references(document, styles, numbering, relations),
    ]


def _value(element: Any, name: str = "val") -> str:
    return "" if element is None else element.get(W + name, "")


def _properties(core: Any, styles: Any) -> Iterator[str]:
    title = core.find("{http://purl.org/dc/elements/1.1/}title")
    if title is None or not (title.text or "").strip():
        yield "the document has no title"
    if not all(_value(lang) for lang in styles.iter(W + "lang")) or styles.find(f".//{W}lang") is None:
        yield "the document has no language"


def _paragraphs(document: Any, styles: Any) -> Iterator[str]:
    levels = {
        _value(style, "styleId"): int(_value(level)) + 1
        for style in styles.iter(W + "style")
        if (level := style.find(f"{W}pPr/{W}outlineLvl")) is not None
    }
    before, titles = 0, 0
    for paragraph in document.iter(W + "p"):
        style = _value(paragraph.find(f"{W}pPr/{W}pStyle"))
        text = "".join(node.text or "" for node in paragraph.iter(W + "t"))
        titles += style == "Title"
        level = levels.get(style)
        if level is not None:
            if level > before + 1:
                yield f"a heading skips from level {before} to {level}: {text[:40]!r}"
            if not text.strip():
                yield "a heading is empty"
            before = level
        if not text.strip() and paragraph.getparent().tag == W + "body" and style not in SPACERS:
            yield "an empty paragraph stands for space"
        if text.lstrip()[:2] in ("• ", "- ", "* ") and not style.startswith("List"):
            yield f"a list is typed, not made: {text[:40]!r}"
    if titles != 1:
        yield f"{titles} paragraphs have the style of the title"


def _tables(document: Any) -> Iterator[str]:
    for number, table in enumerate(document.iter(W + "tbl"), 1):
        if table.find(f"{W}tr/{W}trPr/{W}tblHeader") is None:
            yield f"table {number} has no header row"
        if not _value(table.find(f"{W}tblPr/{W}tblDescription")):
            yield f"table {number} has no alternative text"
        columns = len(table.find(W + "tblGrid"))
        for row in table.iter(W + "tr"):
            cells = row.findall(W + "tc")
            if len(cells) != columns:
                yield f"table {number} has a row of {len(cells)} cells in {columns} columns"
            if any(cell[-1].tag != W + "p" for cell in cells):
                yield f"table {number} has a cell without a paragraph"
    blocks = [block for block in document[0] if block.tag != W + "sectPr"]
    if blocks and blocks[-1].tag == W + "tbl":
        yield "the document ends with a table"
    if any(a.tag == b.tag == W + "tbl" for a, b in pairwise(blocks)):
        yield "two tables stand next to each other and become one"


def _references(document: Any, styles: Any, numbering: Any, relations: set[str]) -> Iterator[str]:
    known = {_value(style, "styleId") for style in styles.iter(W + "style")}
    for tag in ("pStyle", "rStyle", "tblStyle"):
        for element in document.iter(W + tag):
            if _value(element) not in known:
                yield f"the style {_value(element)!r} is not defined"
    numbers = [_value(number, "numId") for number in numbering.iter(W + "num")]
    yield from (f"the list {number} is defined twice" for number, count in Counter(numbers).items() if count > 1)
    abstract = {_value(number, "abstractNumId") for number in numbering.iter(W + "abstractNum")}
    for number in numbering.iter(W + "num"):
        if _value(number.find(W + "abstractNumId")) not in abstract:
            yield f"the list {_value(number, 'numId')} has no definition"
    for element in document.iter(W + "numId"):
        if _value(element) not in numbers:
            yield f"the list {_value(element)} is not defined"
    for element in document.iter():
        target = element.get(R + "id")
        if target is not None and target not in relations:
            yield f"the relationship {target!r} leads nowhere"
