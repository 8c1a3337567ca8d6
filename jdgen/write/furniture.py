"""What stands around the body of a Word file: headers, footers, the logo, the document's properties."""

from __future__ import annotations

import re

from jdgen.document import Document
from jdgen.write.inline import Inline
from jdgen.write.look import Look
from jdgen.write.nodes import Run
from jdgen.write.package import WORD, Package
from jdgen.write.picture import drawing, picture_of
from jdgen.write.script import language_of
from jdgen.write.xml import R, W, text

_PARTS = (
    ("header", "header1", "default"),
    ("footer", "footer1", "default"),
    ("header", "header2", "first"),
    ("footer", "footer2", "first"),
)
_PAGING = re.compile(r"(\{pages?\})")
_COUNTERS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
_TITLE_LENGTH = 70
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


def add_furniture(package: Package, document: Document, look: Look) -> str:
    """Adds headers, footers and properties to a package; returns what refers to them in a section.

    Raises JdgenError if the logo can't be used.
    """
    logo = document.style.logo if document.style else None
    picture = picture_of(logo) if logo else None
    texts = _texts(document, look, drawing(picture, logo, "rIdlogo") if picture and logo else "")
    for kind, name, _ in _PARTS:
        package.add(f"word/{name}.xml", texts[name], f"{WORD}.{kind}+xml")
        package.relate("word/document.xml", f"rId{name}", f"{R}/{kind}", f"{name}.xml")
    if picture:
        package.add(f"word/media/logo.{picture.suffix}", picture.data)
        package.relate("word/header2.xml", "rIdlogo", f"{R}/image", f"media/logo.{picture.suffix}")
    package.add("docProps/core.xml", _core(document), "application/vnd.openxmlformats-package.core-properties+xml")
    package.relate("", "rId2", _CORE, "docProps/core.xml")
    return "".join(f'<w:{kind}Reference w:type="{use}" r:id="rId{name}"/>' for kind, name, use in _PARTS)


def _core(document: Document) -> str:
    """The document's properties, without dates: the same input gives the same bytes."""
    values = (
        ("dc:title", document.title),
        ("dc:subject", document.label),
        ("dc:creator", document.company),
        ("dc:language", document.language),
        ("cp:version", document.version),
    )
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        + "".join(f"<{name}>{text(value)}</{name}>" for name, value in values if value)
        + "</cp:coreProperties>"
    )


def _texts(document: Document, look: Look, logo: str) -> dict[str, str]:
    """The parts by name: on the first page whose document it is, on the others which."""
    title = document.title.removeprefix(f"{document.label}: ")
    short = title if len(title) <= _TITLE_LENGTH else title[: _TITLE_LENGTH - 1].rstrip() + "…"
    eyebrow = " · ".join(filter(None, (document.company, document.label)))

    inline, width = Inline(look.ids, language_of(document.language)), look.page.width

    def runs(value: str) -> str:
        return inline.runs((Run(value),)) if value else ""

    cleared = "".join(f'<w:tab w:val="clear" w:pos="{position}"/>' for position in look.tabs if position != width)
    tabs = f'<w:tabs>{cleared}<w:tab w:val="right" w:pos="{width}"/></w:tabs>'

    def part(root: str, style: str, *paragraphs: str) -> str:
        styled = f'<w:pPr><w:pStyle w:val="{look.ids[style]}"/>{tabs if style != "eyebrow" else ""}</w:pPr>'
        inner = "".join(f"<w:p>{styled}{runs}</w:p>" for runs in paragraphs)
        return f'<w:{root} xmlns:w="{W}" xmlns:r="{R}">{inner}</w:{root}>'

    page = "".join(
        _page_field(_COUNTERS[part]) if part in _COUNTERS else runs(part) for part in _PAGING.split(document.paging)
    )
    tab = "<w:r><w:tab/></w:r>"
    footer = part("ftr", "footer", runs(document.footer) + tab + page)
    return {
        "header1": part("hdr", "header", runs(short) + tab + runs(document.label)),
        "header2": part("hdr", "eyebrow", *((logo, "") if logo else ()), runs(eyebrow)),
        "footer1": footer,
        "footer2": footer,
    }


def _page_field(instruction: str) -> str:
    """A field that Word fills in: five runs (ECMA-376 part 1, 17.16.18)."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
