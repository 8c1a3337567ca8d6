"""The look of Word files: what is taken of a reference document, which is opened once.

Its styles, lists, fonts, theme and page are taken; its text, macros, comments, and what it points to
outside of itself are not. Styles are found by name; one that it lacks is made of jdgen's own.
"""

from __future__ import annotations

import copy
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree

from jdgen import assets
from jdgen.document import Document
from jdgen.problem import JdgenError, Problem, shown
from jdgen.style import HouseStyle
from jdgen.write.house_style import REFERENCE, numbering_part, reference_document
from jdgen.write.script import language_of
from jdgen.write.styles import BULLETS, NUMBERS, styles_part
from jdgen.write.wordml import STYLES
from jdgen.write.xml import R, attribute

_KEPT = {
    RELATIONSHIP_TYPE.STYLES: "styles",
    RELATIONSHIP_TYPE.NUMBERING: "numbering",
    RELATIONSHIP_TYPE.SETTINGS: "settings",
    RELATIONSHIP_TYPE.FONT_TABLE: "fontTable",
    RELATIONSHIP_TYPE.THEME: "theme",
}
_FORM_MARGINS = {"top": 850, "right": 907, "bottom": 794, "left": 907, "header": 510, "footer": 454}
_LARGEST = 16 << 20


@dataclass(frozen=True)
class Page:
    """A page's size and margins, in twentieths of a point."""

    size: Mapping[str, str]
    """The attributes of `w:pgSz`."""
    margins: Mapping[str, str]
    """The attributes of `w:pgMar`."""

    @property
    def width(self) -> int:
        """The width of the text."""
        return int(self.size["w"]) - int(self.margins["left"]) - int(self.margins["right"])

    @property
    def xml(self) -> str:
        """What a section says of it."""
        sizes, margins = (
            "".join(f' w:{name}="{attribute(value)}"' for name, value in part.items())
            for part in (self.size, self.margins)
        )
        return f'<w:pgSz{sizes}/><w:pgMar{margins}/><w:cols w:space="708"/>'

    def for_form(self) -> Page:
        """The same page with narrower margins, since a form needs the room."""
        narrow = {side: str(min(int(self.margins[side]), most)) for side, most in _FORM_MARGINS.items()}
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
    for element in root.iter(qn("w:lang")):
        # The first is that of Latin letters, which break elsewhere than Japanese.
        element.set(qn("w:val"), "en-US" if language.east_asian or language.complex else tag)
        element.set(qn("w:eastAsia"), language.east_asian[0] if language.east_asian else tag)
        element.set(qn("w:bidi"), language.complex[0] if language.complex else "ar-SA")
    fonts = root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:rFonts')}")
    if fonts is not None and language.east_asian:
        fonts.set(qn("w:eastAsia"), language.east_asian[1])
    if fonts is not None and language.complex:
        fonts.set(qn("w:cs"), language.complex[1])
    if language.is_rtl:
        for style in root.iter(qn("w:style")):
            if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) == "1":
                _mirror(style)
        for borders in root.iter(qn("w:pBdr")):
            _swap_sides(borders)
    return _xml(root)


def _swap_sides(borders: Any) -> None:
    """Exchanges the left and right border of a paragraph: they are those of the page, and do not turn with it."""
    left, right = borders.find(qn("w:left")), borders.find(qn("w:right"))
    if left is not None and right is not None:
        one, other = dict(left.attrib), dict(right.attrib)
        left.attrib.update(other)
        right.attrib.update(one)


def _mirror(style: Any) -> None:
    """Makes the paragraphs of a style, and of those based on it, run from right to left."""
    properties = style.find(qn("w:pPr"))
    if properties is None:
        properties = etree.Element(qn("w:pPr"))
        run = style.find(qn("w:rPr"))
        style.append(properties) if run is None else run.addprevious(properties)
    following = ("adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "jc")
    after = next((child for child in properties if etree.QName(child).localname in (*following, "outlineLvl")), None)
    mark = etree.Element(qn("w:bidi"))
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
    except (AttributeError, KeyError, TypeError, ValueError, StopIteration, IndexError):
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
    ids = {_name(element): str(element.get(qn("w:styleId"))) for element in styles.iter(qn("w:style"))}
    missing = [name for name in STYLES if name.lower() not in ids]
    if missing:
        _complete(styles, numbering, ids, missing, style)
    page = reference.sections[0]._sectPr
    numbers = _numbers(styles, ids["list number"], numbering, style)
    return Look(
        ids=ids,
        parts={name: _unbound(part.blob) for name, part in found.items() if name not in ("styles", "numbering")},
        styles=_xml(styles),
        numbering=_xml(numbering),
        numbers=numbers,
        first_number=_last(numbering, "num", "numId") + 1,
        page=Page(_attributes(page.find(qn("w:pgSz"))), _attributes(page.find(qn("w:pgMar")))),
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


def _name(style: Any) -> str:
    return str(style.find(qn("w:name")).get(qn("w:val"))).lower()


# --- what a reference document lacks ------------------------------------------------------------


def _complete(styles: Any, numbering: Any, ids: dict[str, str], missing: list[str], style: HouseStyle) -> None:
    """Adds the missing styles, and those they build on, with the lists that they number by."""
    made: Any = etree.fromstring(styles_part(style))
    own = {_name(element): element for element in made.iter(qn("w:style"))}
    names = {str(element.get(qn("w:styleId"))): name for name, element in own.items()}
    lists = _added_lists(numbering, style)
    wanted = [name.lower() for name in missing]
    for name in wanted:  # grows while it is read
        base = own[name].find(qn("w:basedOn"))
        if base is not None and names[base.get(qn("w:val"))] not in {*ids, *wanted}:
            wanted.append(names[base.get(qn("w:val"))])
    taken = set(ids.values())
    ids.update({name: _free(str(own[name].get(qn("w:styleId"))), taken) for name in wanted})
    for name in wanted:
        element = copy.deepcopy(own[name])
        element.set(qn("w:styleId"), ids[name])
        if element.get(qn("w:default")):
            del element.attrib[qn("w:default")]
        for link in element.iter(qn("w:basedOn"), qn("w:next")):
            link.set(qn("w:val"), ids.get(names[link.get(qn("w:val"))], ids[name]))
        for number in element.iter(qn("w:numId")):
            number.set(qn("w:val"), str(lists[int(number.get(qn("w:val")))]))
        styles.append(element)


def _free(id: str, taken: set[str]) -> str:
    return id if id not in taken else _free(f"{id}Jdgen", taken)


def _added_lists(numbering: Any, style: HouseStyle) -> dict[int, int]:
    """Adds jdgen's lists to a numbering; their ids in it by our own."""
    own = etree.fromstring(numbering_part(style))
    abstract, number = _last(numbering, "abstractNum", "abstractNumId") + 1, _last(numbering, "num", "numId") + 1
    ids = {}
    first = next(numbering.iter(qn("w:num")), None)
    for n, list_ in enumerate((BULLETS, NUMBERS)):
        definition = next(e for e in own.iter(qn("w:abstractNum")) if e.get(qn("w:abstractNumId")) == str(list_))
        definition.set(qn("w:abstractNumId"), str(abstract + n))
        numbering.append(definition) if first is None else first.addprevious(definition)
        ids[list_] = number + n
    for n in range(2):
        instance = etree.SubElement(numbering, qn("w:num"), {qn("w:numId"): str(number + n)})
        etree.SubElement(instance, qn("w:abstractNumId"), {qn("w:val"): str(abstract + n)})
    return ids


def _last(numbering: Any, tag: str, attribute: str) -> int:
    return max((int(element.get(qn(f"w:{attribute}"))) for element in numbering.iter(qn(f"w:{tag}"))), default=0)


# --- parts --------------------------------------------------------------------------------------


def _unbound(part: bytes) -> bytes:
    """A part without what points to other parts, such as a template or embedded fonts: none are taken along."""
    root = etree.fromstring(part)
    bound = [element for element in root.iter() if any(str(name).startswith(f"{{{R}}}") for name in element.attrib)]
    for element in [*bound, *root.iter(qn("w:footnotePr"), qn("w:endnotePr"))]:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return bytes(etree.tostring(root, encoding="UTF-8", standalone=True))


def _numbers(styles: Any, id: str, numbering: Any, style: HouseStyle) -> int:
    """The abstract numbering behind the style of numbered lists; jdgen's own if the style has none."""
    found = next(element for element in styles.iter(qn("w:style")) if element.get(qn("w:styleId")) == id)
    number = found.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
    instances = {str(num.get(qn("w:numId"))): num for num in numbering.iter(qn("w:num"))}
    wanted = "" if number is None else str(number.get(qn("w:val")))
    if wanted not in instances:
        wanted = str(_added_lists(numbering, style)[NUMBERS])
        instances = {str(num.get(qn("w:numId"))): num for num in numbering.iter(qn("w:num"))}
    return int(instances[wanted].find(qn("w:abstractNumId")).get(qn("w:val")))


def _xml(element: Any) -> str:
    return str(etree.tostring(element, encoding="unicode"))


def _attributes(element: Any) -> dict[str, str]:
    return {etree.QName(name).localname: str(value) for name, value in element.attrib.items()}


def _tabs(styles: Any, ids: set[str]) -> Iterator[int]:
    """The tabs of styles by id."""
    for style in styles.iter(qn("w:style")):
        if style.get(qn("w:styleId")) in ids:
            yield from (int(tab.get(qn("w:pos"))) for tab in style.iter(qn("w:tab")))
