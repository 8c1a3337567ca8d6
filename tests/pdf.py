"""What stands where in a PDF, by pdfium.

pdfium, since it reads our pages five times as fast as pure Python does, its licenses are permissive (BSD, Apache),
and it needs no other package.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pypdfium2
from pypdfium2 import raw

_HYPHEN = "\x02"
_ARTIFACT = "Artifact"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points from the page's left and top edge."""

    left: float
    top: float
    right: float
    bottom: float

    def __or__(self, other: Box) -> Box:
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def overlap(self, other: Box) -> tuple[float, float]:
        """How far they overlap, across and down; negative is a gap."""
        return (
            min(self.right, other.right) - max(self.left, other.left),
            min(self.bottom, other.bottom) - max(self.top, other.top),
        )


@dataclass(frozen=True, slots=True)
class Glyph:
    """What was printed for a letter, or for several that are one sign."""

    text: str
    box: Box
    """The ink."""
    baseline: float
    font: str
    is_artifact: bool
    """Whether it is no part of the text: a header, a footer, a header row once more."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page; its glyphs in the order of the text, without white space."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    drawings: tuple[Box, ...]
    """Borders and shades."""


@dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF."""

    title: str
    language: str
    is_tagged: bool
    """Whether it says that it is tagged, and has a tree of tags on each page."""
    fonts: Mapping[str, bool]
    """The fonts of all glyphs, without the mark of a subset, and whether each is embedded."""
    pages: tuple[Page, ...]


def read_pdf(data: bytes) -> Pdf:
    """What a PDF holds."""
    document = pypdfium2.PdfDocument(data)
    try:
        fonts: dict[str, bool] = {}
        pages = tuple(_page(document[index], index + 1, fonts) for index in range(len(document)))
        trees = [_tags(document[index]) for index in range(len(document))]
        return Pdf(
            title=document.get_metadata_dict()["Title"],
            language=_utf16(lambda buffer, size: raw.FPDFCatalog_GetLanguage(document, buffer, size)),
            is_tagged=bool(raw.FPDFCatalog_IsTagged(document)) and all(trees),
            fonts=fonts,
            pages=pages,
        )
    finally:
        document.close()


def _tags(page: Any) -> int:
    """How many tags stand at the top of a page's tree."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    try:
        return int(raw.FPDF_StructTree_CountChildren(tree))
    finally:
        raw.FPDF_StructTree_Close(tree)


def _page(page: Any, number: int, fonts: dict[str, bool]) -> Page:
    width, height = page.get_size()
    text = page.get_textpage()
    drawings = (item.get_bounds() for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]))
    try:
        return Page(
            number,
            width,
            height,
            tuple(_glyphs(text, height, fonts)),
            tuple(Box(left, height - top, right, height - bottom) for left, bottom, right, top in drawings),
        )
    finally:
        text.close()
        page.close()


def _glyphs(text: Any, height: float, fonts: dict[str, bool]) -> Iterator[Glyph]:
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))

    @lru_cache
    def look(item: int) -> tuple[str, bool]:
        """The font of an object of text, and whether the object is an artifact."""
        pointer = ctypes.cast(item, raw.FPDF_PAGEOBJECT)
        font = raw.FPDFTextObj_GetFont(pointer)
        name = _utf8(lambda buffer, size: raw.FPDFFont_GetBaseFontName(font, buffer, size)).rpartition("+")[2]
        fonts[name] = bool(raw.FPDFFont_GetIsEmbedded(font))
        return name, _ARTIFACT in _marks(pointer)

    for index in range(text.count_chars()):
        sign = chr(raw.FPDFText_GetUnicode(text, index)).replace(_HYPHEN, "-")
        if sign.isspace():
            continue
        raw.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        item = ctypes.cast(raw.FPDFText_GetTextObject(text, index), ctypes.c_void_p).value
        font, is_artifact = look(item or 0)
        box = Box(left.value, height - top.value, right.value, height - bottom.value)
        yield Glyph(unicodedata.normalize("NFKC", sign), box, height - y.value, font, is_artifact)


def _marks(item: Any) -> Iterator[str]:
    """The names of the marks on an object, such as `Artifact`."""
    for index in range(raw.FPDFPageObj_CountMarks(item)):
        mark = raw.FPDFPageObj_GetMark(item, index)
        length = ctypes.c_ulong()
        raw.FPDFPageObjMark_GetName(mark, None, 0, length)
        buffer = (ctypes.c_ushort * (length.value // 2))()
        raw.FPDFPageObjMark_GetName(mark, buffer, length.value, length)
        yield bytes(buffer).decode("utf-16-le").rstrip("\0")


def _utf8(call: Any) -> str:
    """The text of a function of pdfium that writes it into a buffer."""
    buffer = ctypes.create_string_buffer(call(None, 0))
    call(buffer, len(buffer))
    return buffer.value.decode()


def _utf16(call: Any) -> str:
    buffer = (ctypes.c_ushort * (call(None, 0) // 2))()
    call(buffer, len(buffer) * 2)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")
