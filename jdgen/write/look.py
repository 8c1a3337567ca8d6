"""The look of Word files: what is taken of a reference document, which is opened once.

Its styles, lists, fonts, theme and page are taken; its text, macros, comments, and what it points to
outside of itself are not. Styles are found by name; one that it lacks is made of jdgen's own.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from jdgen import assets
from jdgen.document import Document
from jdgen.problem import JdgenError, Problem, shown
from jdgen.style import HouseStyle
from jdgen.write.completion import (
    add_missing,
    added_lists,
    drop_pictures,
    drop_unused_tables,
    last_id,
    list_number,
    own_styles,
    qn,
    style_ids,
    with_our_prefix,
)
from jdgen.write.house_style import REFERENCE, numbering_part, reference_document
from jdgen.write.script import language_of
from jdgen.write.wordml import STYLES
from jdgen.write.xml import R, attribute

_KEPT = {
    RELATIONSHIP_TYPE.STYLES: "styles",
    RELATIONSHIP_TYPE.NUMBERING: "numbering",
    RELATIONSHIP_TYPE.SETTINGS: "settings",
    RELATIONSHIP_TYPE.FONT_TABLE: "fontTable",
    RELATIONSHIP_TYPE.THEME: "theme",
}
_FORM_MARGINS = {"top": 850, "right": 907, "bottom": 850, "left": 907, "header": 510, "footer": 425}
_FURNITURE_ROOM = {"header": 708, "footer": 708, "gutter": 0}
"""Where headers and footers begin if a reference document does not say."""
_SETTINGS = ("zoom", "defaultTabStop", "characterSpacingControl", "compat", "themeFontLang", "clrSchemeMapping")
"""What is taken of its settings; not that it is protected, tracks changes, or has other headers on even pages."""
_LARGEST = 16 << 20


@dataclass(frozen=True)
class Page:
    """A page's size and margins, in twentieths of a point."""

    size: Mapping[str, str | int]
    """The attributes of `w:pgSz`."""
    margins: Mapping[str, int]
    """The attributes of `w:pgMar`."""

    @property
    def width(self) -> int:
        """The width of the text."""
        return int(self.size["w"]) - self.margins["left"] - self.margins["right"]

    @property
    def xml(self) -> str:
        """What a section says of it."""
        sizes, margins = (
            "".join(f' w:{name}="{attribute(str(value))}"' for name, value in part.items())
            for part in (self.size, self.margins)
        )
        return f'<w:pgSz{sizes}/><w:pgMar{margins}/><w:cols w:space="708"/>'

    def for_form(self) -> Page:
        """The same page with narrower margins, since a form needs the room."""
        narrow = {side: min(self.margins[side], most) for side, most in _FORM_MARGINS.items()}
        return replace(self, margins={**self.margins, **narrow})


@dataclass(frozen=True)
class Look:
    """What documents take of a reference document."""

    ids: Mapping[str, str]
    """Style ids by lower-case name."""
    parts: Mapping[str, bytes]
    """The parts that are the same in every document, by kind."""
    styles: str
    numbering: str
    numbers: int
    """The abstract numbering of numbered lists."""
    first_number: int
    """The first numbering id that is free."""
    page: Page
    tabs: tuple[int, ...]
    """Where the styles of headers and footers have tabs."""
    problems: tuple[Problem, ...] = ()
    """What it lacks, as warnings."""


def look_of(document: Document, templates: Path) -> Look:
    """The look of a document: its company's, else that of the templates, else jdgen's own.

    Raises JdgenError if a reference document can't be used.
    """
    style, own = document.style, templates / REFERENCE
    if style is not None and style.reference is None:
        return _made(style)
    path = style.reference if style and style.reference else own if own.is_file() else assets.TEMPLATES / REFERENCE
    return _taken_from(path, path.stat().st_mtime_ns if path.is_file() else 0, style or HouseStyle())


@lru_cache(maxsize=256)
def localized(styles: str, tag: str) -> str:
    """The styles for documents of a language: its tag, its direction, the fonts of its script."""
    language = language_of(tag)
    root = etree.fromstring(styles)
    for element in root.iter(qn("lang")):
        # The first is that of Latin letters, which break elsewhere than Japanese.
        element.set(qn("val"), "en-US" if language.east_asian or language.complex else tag)
        element.set(qn("eastAsia"), language.east_asian[0] if language.east_asian else tag)
        element.set(qn("bidi"), language.complex[0] if language.complex else "ar-SA")
    fonts = root.find(f"{qn('docDefaults')}/{qn('rPrDefault')}/{qn('rPr')}/{qn('rFonts')}")
    if fonts is not None and language.east_asian:
        fonts.set(qn("eastAsia"), language.east_asian[1])
    if fonts is not None and language.complex:
        fonts.set(qn("cs"), language.complex[1])
    if language.is_rtl:
        for style in root.iter(qn("style")):
            if style.get(qn("type")) == "paragraph" and style.get(qn("default")) == "1":
                _mirror(style)
        for borders in root.iter(qn("pBdr")):
            _swap_sides(borders)
    return _xml(root)


def _swap_sides(borders: Any) -> None:
    """Exchanges the left and right border of a paragraph: they are those of the page, and do not turn with it."""
    left, right = borders.find(qn("left")), borders.find(qn("right"))
    if left is not None and right is not None:
        one, other = dict(left.attrib), dict(right.attrib)
        left.attrib.update(other)
        right.attrib.update(one)


def _mirror(style: Any) -> None:
    """Makes the paragraphs of a style, and of those based on it, run from right to left."""
    properties = style.find(qn("pPr"))
    if properties is None:
        properties = etree.Element(qn("pPr"))
        run = style.find(qn("rPr"))
        style.append(properties) if run is None else run.addprevious(properties)
    following = ("adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "jc")
    after = next((child for child in properties if etree.QName(child).localname in (*following, "outlineLvl")), None)
    mark = etree.Element(qn("bidi"))
    properties.append(mark) if after is None else after.addprevious(mark)


@lru_cache(maxsize=8)
def _made(style: HouseStyle) -> Look:
    return _taken(docx.Document(io.BytesIO(reference_document(style))), "", style)


@lru_cache(maxsize=8)
def _taken_from(path: Path, _changed: int, style: HouseStyle) -> Look:
    file = shown(path)
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError("too large")
        reference = docx.Document(str(path))
    except Exception as error:  # whatever python-docx raises, the file is the user's
        hint = "save it in Word as Word Document (.docx)"
        raise JdgenError([Problem("reference.unreadable", "can't be read as a Word file", file, hint=hint)]) from error
    try:
        return _taken(reference, file, style)
    except (AttributeError, KeyError, TypeError, ValueError, StopIteration, IndexError, etree.XMLSyntaxError):
        message = "lacks what a reference document needs: named styles, a page's size and margins"
        hint = "start from the house-style.docx that ships with jdgen"
        raise JdgenError([Problem("reference.unreadable", message, file, hint=hint)]) from None


def _taken(reference: Any, file: str, style: HouseStyle) -> Look:
    found = {
        _KEPT[relation.reltype]: relation.target_part
        for relation in reference.part.rels.values()
        if relation.reltype in _KEPT and not relation.is_external
    }
    styles = found["styles"].element
    numbering = found["numbering"].element if "numbering" in found else etree.fromstring(numbering_part(style))
    numbering = with_our_prefix(numbering)
    drop_pictures(numbering)
    own = own_styles(style)
    ids = style_ids(styles, own)
    missing = [name for name in STYLES if name.lower() not in ids]
    if missing:
        add_missing(styles, ids, missing, own, added_lists(numbering, style))
    drop_unused_tables(styles, {ids[name.lower()] for name in STYLES})
    page = reference.sections[0]._sectPr
    numbers = list_number(styles, ids["list number"], numbering, style)
    return Look(
        ids=ids,
        parts={name: _unbound(name, part.blob) for name, part in found.items() if name not in ("styles", "numbering")},
        styles=_xml(styles),
        numbering=_xml(numbering),
        numbers=numbers,
        first_number=last_id(numbering, "num", "numId") + 1,
        page=_page(page.find(qn("pgSz")), page.find(qn("pgMar"))),
        tabs=tuple(sorted(_tabs(styles, {ids["header"], ids["footer"]}))),
        problems=_lacking(missing, file),
    )


def _lacking(missing: list[str], file: str) -> tuple[Problem, ...]:
    if not missing:
        return ()
    listed = ", ".join(f"'{name}'" for name in missing)
    return (
        Problem(
            "reference.style",
            f"the reference document lacks the styles {listed}; jdgen's own are taken",
            file,
            hint="add styles of those names to it in Word to decide how they look",
            severity="warning",
        ),
    )


# --- parts --------------------------------------------------------------------------------------


def _unbound(name: str, part: bytes) -> bytes:
    """A part without what points to other parts, such as a template or embedded fonts: none are taken along."""
    root = etree.fromstring(part)
    if name == "settings":
        for element in [child for child in root if child.tag not in map(qn, _SETTINGS)]:
            root.remove(element)
    bound = [element for element in root.iter() if any(str(name).startswith(f"{{{R}}}") for name in element.attrib)]
    for element in bound:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return bytes(etree.tostring(root, encoding="UTF-8", standalone=True))


def _xml(element: Any) -> str:
    return str(etree.tostring(element, encoding="unicode"))


def _attributes(element: Any) -> dict[str, str]:
    return {etree.QName(name).localname: str(value) for name, value in element.attrib.items()}


def _page(size: Any, margins: Any) -> Page:
    """The page of a section. Raises ValueError for lengths that are no numbers."""
    paper = _attributes(size)
    turned = {"orient": paper["orient"]} if "orient" in paper else {}
    sides = _FURNITURE_ROOM | {name: _length(value) for name, value in _attributes(margins).items()}
    return Page({"w": _length(paper["w"]), "h": _length(paper["h"]), **turned}, sides)


def _length(value: str) -> int:
    """A length in twentieths of a point, of which some editors write fractions."""
    return round(float(value))


def _tabs(styles: Any, ids: set[str]) -> Iterator[int]:
    """The tabs of styles by id."""
    for style in styles.iter(qn("style")):
        if style.get(qn("styleId")) in ids:
            yield from (int(tab.get(qn("pos"))) for tab in style.iter(qn("tab")))
