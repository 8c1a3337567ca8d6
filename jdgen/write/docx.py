"""Documents as Word files: the reference document's styles and page, a body of XML text.

The reference document is opened once, by python-docx; what does not change between documents is
prepared once. No style is ever set by name on a paragraph, since that is what makes python-docx slow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree

from jdgen import assets
from jdgen.document import Document
from jdgen.problem import JdgenError, Problem
from jdgen.write.house_style import REFERENCE
from jdgen.write.package import packed
from jdgen.write.tree import parsed
from jdgen.write.wordml import STYLES, Body
from jdgen.write.xml import HEAD, RELATIONSHIPS, R, W, attribute, text

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_KEPT = {
    RELATIONSHIP_TYPE.STYLES: "styles",
    RELATIONSHIP_TYPE.NUMBERING: "numbering",
    RELATIONSHIP_TYPE.SETTINGS: "settings",
    RELATIONSHIP_TYPE.FONT_TABLE: "fontTable",
    RELATIONSHIP_TYPE.THEME: "theme",
}
_FURNITURE = (
    ("header", "header1", "default"),
    ("footer", "footer1", "default"),
    ("header", "header2", "first"),
    ("footer", "footer2", "first"),
)
_PAGING = re.compile(r"(\{pages?\})")
_COUNTERS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
_TITLE_LENGTH = 70


@dataclass(frozen=True)
class Reference:
    """What is taken of a reference document."""

    ids: Mapping[str, str]
    """Style ids by lower-case name."""
    parts: Mapping[str, bytes]
    """The parts that are the same in every document, by kind."""
    styles: str
    numbering: str
    numbers: int
    """The abstract numbering of numbered lists."""
    first_number: int
    page: str
    """The page's size and margins as XML."""
    width: int


def docx_bytes(document: Document, templates: Path = assets.TEMPLATES) -> bytes:
    """The document as a Word file.

    `templates` may hold a reference document of its own, `house-style.docx`. Raises JdgenError for
    Markdown that has no form in Word, or a reference document that lacks styles.
    """
    own = templates / REFERENCE
    path = own if own.is_file() else assets.TEMPLATES / REFERENCE
    reference = _reference(path, path.stat().st_mtime_ns)
    body = Body(reference.ids, reference.width, reference.first_number)
    try:
        body.add(parsed(document.text))
    except JdgenError as error:
        problems = [Problem(p.code, p.message, f"{document.name}.docx", hint=p.hint) for p in error.problems]
        raise JdgenError(problems) from None
    section = "".join(f'<w:{kind}Reference w:type="{use}" r:id="rId{name}"/>' for kind, name, use in _FURNITURE)
    main = (
        f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{"".join(body.xml)}'
        f"<w:sectPr>{section}{reference.page}<w:titlePg/></w:sectPr></w:body></w:document>"
    )
    parts = {f"word/{name}.xml": data for name, data in reference.parts.items()}
    styled = reference.styles.replace(_LANGUAGE_MARK, attribute(document.language))
    texts = {
        "word/document.xml": main,
        "word/styles.xml": styled,
        "word/numbering.xml": _with_lists(reference, body),
        "word/_rels/document.xml.rels": _document_relationships(reference, body),
        "docProps/core.xml": _core(document),
        "_rels/.rels": _package_relationships(),
        "[Content_Types].xml": _content_types(reference),
        **_furniture(document, reference),
    }
    parts.update({name: (HEAD + xml).encode() for name, xml in texts.items()})
    return packed(parts)


_LANGUAGE_MARK = "x-language"


@lru_cache(maxsize=8)
def _reference(path: Path, _changed: int) -> Reference:
    """The reference document at `path`, opened once. Raises JdgenError if styles are missing."""
    try:
        reference = docx.Document(str(path))
    except Exception as error:  # whatever python-docx raises, the file is the user's
        problem = Problem("reference.unreadable", "can't be read as a Word file", str(path))
        raise JdgenError([problem]) from error
    try:
        return _taken(reference, path)
    except (AttributeError, KeyError, TypeError, ValueError, StopIteration, IndexError):
        message = "lacks what a reference document needs: named styles, numbered lists, a page's size and margins"
        hint = "start from the house-style.docx that ships with jdgen"
        raise JdgenError([Problem("reference.unreadable", message, str(path), hint=hint)]) from None


def _taken(reference: Any, path: Path) -> Reference:
    ids = {style.element.find(qn("w:name")).get(qn("w:val")).lower(): style.style_id for style in reference.styles}
    missing = [name for name in STYLES if name.lower() not in ids]
    if missing:
        listed = ", ".join(f"'{name}'" for name in missing)
        hint = "start from the house-style.docx that ships with jdgen, and change its styles"
        raise JdgenError(
            [Problem("reference.style", f"the reference document lacks the styles {listed}", str(path), hint=hint)]
        )
    found: dict[str, Any] = {}
    for relation in reference.part.rels.values():
        if relation.reltype in _KEPT and not relation.is_external:
            found[_KEPT[relation.reltype]] = relation.target_part
    parts = {name: _unbound(part.blob) for name, part in found.items() if name not in ("styles", "numbering")}
    numbering = found["numbering"].element
    last = max((int(num.get(qn("w:numId"))) for num in numbering.iter(qn("w:num"))), default=0)
    page = reference.sections[0]._sectPr
    size, margins = page.find(qn("w:pgSz")), page.find(qn("w:pgMar"))
    width = int(size.get(qn("w:w"))) - int(margins.get(qn("w:left"))) - int(margins.get(qn("w:right")))
    return Reference(
        ids=ids,
        parts=parts,
        styles=_with_language_mark(found["styles"].element),
        numbering=_xml(numbering),
        numbers=_numbers(reference, ids["list number"], numbering),
        first_number=last + 1,
        page=_bare(size) + _bare(margins) + '<w:cols w:space="708"/>',
        width=width,
    )


def _unbound(part: bytes) -> bytes:
    """A part without what points to other parts, such as a template or embedded fonts: none are taken along."""
    root = etree.fromstring(part)
    bound = [element for element in root.iter() if any(str(name).startswith(f"{{{R}}}") for name in element.attrib)]
    for element in [*bound, *root.iter(qn("w:footnotePr"), qn("w:endnotePr"))]:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return bytes(etree.tostring(root, encoding="UTF-8", standalone=True))


def _numbers(reference: Any, style_id: str, numbering: Any) -> int:
    """The abstract numbering behind the style of numbered lists."""
    style = next(style.element for style in reference.styles if style.style_id == style_id)
    number = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}").get(qn("w:val"))
    num = next(num for num in numbering.iter(qn("w:num")) if num.get(qn("w:numId")) == number)
    return int(num.find(qn("w:abstractNumId")).get(qn("w:val")))


def _with_language_mark(styles: Any) -> str:
    for element in styles.iter(qn("w:lang")):
        element.set(qn("w:val"), _LANGUAGE_MARK)
        element.set(qn("w:eastAsia"), _LANGUAGE_MARK)
    return _xml(styles)


def _xml(element: Any) -> str:
    return str(etree.tostring(element, encoding="unicode"))


def _bare(element: Any) -> str:
    """An element without the namespace declarations that stand at the root."""
    attributes = "".join(f' w:{etree.QName(name).localname}="{value}"' for name, value in element.attrib.items())
    return f"<w:{etree.QName(element).localname}{attributes}/>"


# --- parts ------------------------------------------------------------------------------------


def _with_lists(reference: Reference, body: Body) -> str:
    """The numbering with one restarted instance for each numbered list."""
    instances = "".join(
        f'<w:num w:numId="{reference.first_number + n}"><w:abstractNumId w:val="{reference.numbers}"/>'
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        for n, (level, start) in enumerate(body.numbered)
    )
    head, tag, tail = reference.numbering.rpartition("</w:numbering>")
    return f"{head}{instances}{tag}{tail}"


def _document_relationships(reference: Reference, body: Body) -> str:
    kept = ["styles", "numbering", *reference.parts]
    types = {name: kind for kind, name in _KEPT.items()}
    return (
        f'<Relationships xmlns="{RELATIONSHIPS}">'
        + "".join(f'<Relationship Id="rId{name}" Type="{types[name]}" Target="{name}.xml"/>' for name in kept)
        + "".join(
            f'<Relationship Id="rId{name}" Type="{R}/{kind}" Target="{name}.xml"/>' for kind, name, _ in _FURNITURE
        )
        + "".join(
            f'<Relationship Id="{id}" Type="{R}/hyperlink" Target="{attribute(target)}" TargetMode="External"/>'
            for target, id in body.links.items()
        )
        + "</Relationships>"
    )


def _package_relationships() -> str:
    return (
        f'<Relationships xmlns="{RELATIONSHIPS}">'
        f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_CORE}" Target="docProps/core.xml"/></Relationships>'
    )


def _content_types(reference: Reference) -> str:
    kinds = {"document": f"{_MAIN}.document.main+xml"}
    kinds |= {name: f"{_MAIN}.{name}+xml" for name in ("styles", "numbering", *reference.parts)}
    kinds |= {name: f"{_MAIN}.{kind}+xml" for kind, name, _ in _FURNITURE}
    if "theme" in kinds:
        kinds["theme"] = "application/vnd.openxmlformats-officedocument.theme+xml"
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/>' for name, kind in kinds.items())
        + '<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


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


def _furniture(document: Document, reference: Reference) -> dict[str, str]:
    """Headers and footers: on the first page whose document it is, on the others which."""
    title = document.title.removeprefix(f"{document.label}: ")
    short = title if len(title) <= _TITLE_LENGTH else title[: _TITLE_LENGTH - 1].rstrip() + "…"
    eyebrow = " · ".join(filter(None, (document.company, document.label)))
    page = "".join(
        _page_field(_COUNTERS[part]) if part in _COUNTERS else _run(part) for part in _PAGING.split(document.paging)
    )
    tab = "<w:r><w:tab/></w:r>"
    footer = _part("ftr", reference.ids["footer"], _run(document.footer) + tab + page)
    return {
        "word/header1.xml": _part("hdr", reference.ids["header"], _run(short) + tab + _run(document.label)),
        "word/header2.xml": _part("hdr", reference.ids["eyebrow"], _run(eyebrow)),
        "word/footer1.xml": footer,
        "word/footer2.xml": footer,
    }


def _part(root: str, style: str, runs: str) -> str:
    paragraph = f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'
    return f'<w:{root} xmlns:w="{W}" xmlns:r="{R}">{paragraph}</w:{root}>'


def _run(value: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text(value)}</w:t></w:r>' if value else ""


def _page_field(instruction: str) -> str:
    """A field that Word fills in: five runs (ECMA-376 part 1, 17.16.18)."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
