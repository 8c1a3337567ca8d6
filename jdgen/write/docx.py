"""Documents as Word files: the look of a reference document, a body of XML text.

No style is ever set by name on a paragraph, since that is what makes python-docx slow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from jdgen import assets
from jdgen.document import Document
from jdgen.form import Form, form_in
from jdgen.problem import JdgenError, Problem
from jdgen.write.control import FORM, W14, form_part
from jdgen.write.furniture import add_furniture
from jdgen.write.house_style import THEME
from jdgen.write.inline import Inline
from jdgen.write.look import Look, localized, look_of
from jdgen.write.nodes import Block, Turn
from jdgen.write.package import WORD, Package
from jdgen.write.script import language_of
from jdgen.write.tree import parsed
from jdgen.write.vector import palette
from jdgen.write.wordml import Body
from jdgen.write.xml import R, W

_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_ITEM = "{6A64A0C1-0F2B-4B7E-9C55-6A6467656E31}"
"""The id of the part that holds a form's description; any id of its own will do."""


def docx_bytes(document: Document, templates: Path = assets.TEMPLATES) -> bytes:
    """The document as a Word file.

    `templates` may hold a reference document of its own, `house-style.docx`. Raises JdgenError for
    Markdown that has no form in Word, a reference document or a logo that can't be used.
    """
    look = look_of(document, templates)
    form = _form(document)
    if form:
        look = replace(look, page=look.page.for_form())
    body = _body(document, look, form)
    package = Package()
    section = add_furniture(package, document, look)
    package.add("word/document.xml", _main(document, body, look, section), f"{WORD}.document.main+xml")
    package.relate("", "rId1", f"{R}/officeDocument", "word/document.xml")
    _add_look(package, look, body, document.language)
    for target, id in body.inline.links.items():
        package.relate("word/document.xml", id, f"{R}/hyperlink", target, is_external=True)
    if form:
        # Controls are numbered as they stand in the document; the form's part lists them so.
        _add_form(package, Form(form.about, tuple(body.inline.fields)))
    return package.packed()


def _form(document: Document) -> Form | None:
    try:
        return form_in(document.text)
    except ValueError as error:
        problem = Problem("markdown.form", "the comment that describes the form is damaged", f"{document.name}.docx")
        raise JdgenError([problem]) from error


def _body(document: Document, look: Look, form: Form | None) -> Body:
    """The document's blocks as XML. Raises JdgenError, the problem at the document."""
    body = Body(Inline(look.ids, language_of(document.language)), look.page.width, look.first_number)
    if document.style is not None:
        body.colors = palette(document.style)
    try:
        blocks = parsed(document.text, form.fields if form else ())
        if "](#" in document.text:
            body.inline.index(blocks)
        for turn, part in _by_language(blocks):
            if turn:
                body.inline.turn(language_of(turn))
            body.add(part)
    except JdgenError as error:
        problems = [Problem(p.code, p.message, f"{document.name}.docx", hint=p.hint) for p in error.problems]
        raise JdgenError(problems) from None
    return body


def _by_language(blocks: Sequence[Block]) -> Iterator[tuple[str, list[Block]]]:
    """The blocks up to each turn to another language, with the tag that the turn before them names."""
    language, part = "", list[Block]()
    for block in blocks:
        if isinstance(block, Turn):
            yield language, part
            language, part = block.language, []
        else:
            part.append(block)
    yield language, part


def _main(document: Document, body: Body, look: Look, section: str) -> str:
    direction = "<w:bidi/>" if language_of(document.language).is_rtl else ""
    word_2010 = f' xmlns:mc="{_COMPATIBILITY}" xmlns:w14="{W14}" mc:Ignorable="w14"' if body.inline.fields else ""
    return (
        f'<w:document xmlns:w="{W}" xmlns:r="{R}"{word_2010}><w:body>{body.xml}'
        f"<w:sectPr>{section}{look.page.xml}<w:titlePg/>{direction}</w:sectPr></w:body></w:document>"
    )


def _add_look(package: Package, look: Look, body: Body, language: str) -> None:
    package.add("word/styles.xml", localized(look.styles, language), f"{WORD}.styles+xml")
    package.add("word/numbering.xml", _with_lists(look, body), f"{WORD}.numbering+xml")
    for name, data in look.parts.items():
        package.add(f"word/{name}.xml", data, THEME if name == "theme" else f"{WORD}.{name}+xml")
    for name in ("styles", "numbering", *look.parts):
        package.relate("word/document.xml", f"rId{name}", f"{R}/{name}", f"{name}.xml")


def _with_lists(look: Look, body: Body) -> str:
    """The numbering with one restarted instance for each numbered list."""
    instances = "".join(
        f'<w:num w:numId="{look.first_number + n}"><w:abstractNumId w:val="{look.numbers}"/>'
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        for n, (level, start) in enumerate(body.numbered)
    )
    head, tag, tail = look.numbering.rpartition("</w:numbering>")
    return f"{head}{instances}{tag}{tail}"


def _add_form(package: Package, form: Form) -> None:
    """Describes the form in a part of its own, which editors keep though they drop tags."""
    package.add("customXml/item1.xml", form_part(form))
    package.relate("word/document.xml", "rIdform", f"{R}/customXml", "../customXml/item1.xml")
    properties = (
        f'<ds:datastoreItem xmlns:ds="{_CUSTOM}" ds:itemID="{_ITEM}"><ds:schemaRefs><ds:schemaRef ds:uri="{FORM}"/>'
        "</ds:schemaRefs></ds:datastoreItem>"
    )
    kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    package.add("customXml/itemProps1.xml", properties, kind)
    package.relate("customXml/item1.xml", "rId1", f"{R}/customXmlProps", "itemProps1.xml")
