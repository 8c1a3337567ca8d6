"""Word files with one fault each, put into a real one: what shows that the checks on Word files can fail.

The file they start from is a built one to which one of everything is added that a kit may hold but that no
one document holds all of: controls, links out and within, a field, a picture, a shade.
"""

from __future__ import annotations

import base64
import io
import re
import zipfile
from typing import NamedTuple

CORE = "docProps/core.xml"
DOCUMENT = "word/document.xml"
NUMBERING = "word/numbering.xml"
RELATIONS = "word/_rels/document.xml.rels"
STYLES = "word/styles.xml"
TYPES = "[Content_Types].xml"
PICTURE = "word/media/seed.png"

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def _control(number: int) -> str:
    return (
        f'<w:bookmarkStart w:id="90{number}" w:name="_jdf_seed{number}"/>'
        f'<w:sdt><w:sdtPr><w:alias w:val="Seed {number}"/>'
        f'<w:tag w:val="seed.{number}"/><w:id w:val="9000{number}"/><w:lock w:val="sdtLocked"/><w:text/></w:sdtPr>'
        f"<w:sdtContent><w:r><w:t>Filled in</w:t></w:r></w:sdtContent></w:sdt>"
        f'<w:bookmarkEnd w:id="90{number}"/>'
    )


_IMAGE = (
    f'<w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
    '<wp:extent cx="9525" cy="9525"/><wp:docPr id="900" name="Seed" descr="A seed"/>'
    f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
    f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr><pic:cNvPr id="900" name="Seed"/><pic:cNvPicPr/>'
    '</pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdseed1"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9525" cy="9525"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
    "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
)
_ADDED = (
    f"<w:p>{_control(1)}</w:p><w:p>{_control(2)}</w:p>"
    '<w:p><w:hyperlink w:anchor="_jdf_seed1"><w:r><w:t>Within</w:t></w:r></w:hyperlink></w:p>'
    '<w:p><w:hyperlink r:id="rIdseed2" w:tooltip="https://example.com"><w:r><w:t>Out</w:t></w:r></w:hyperlink></w:p>'
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    f"<w:p><w:r>{_IMAGE}</w:r></w:p>"
    '<w:p><w:pPr><w:shd w:val="clear" w:color="auto" w:fill="EEEEEE"/></w:pPr>'
    '<w:r><w:rPr><w:color w:val="222222"/></w:rPr><w:t>Shaded</w:t></w:r></w:p>'
)


class Fault(NamedTuple):
    """A fault, by the part it is in: what of the part, a pattern, becomes what, and what is then said."""

    part: str
    old: str
    """Empty where the whole part is made anew."""
    new: str | None
    """None where the whole part is taken out."""
    said: str
    by: str = "rules"
    """Who finds it, at least: our `rules`, or the `schema` by openxml-audit."""


FAULTS = {
    "no title": Fault(CORE, "<dc:title>.*?</dc:title>", "", "the document has no title"),
    "no language in the properties": Fault(CORE, "<dc:language>.*?</dc:language>", "", "properties have no language"),
    "a date that is none": Fault(
        CORE,
        "</cp:core",
        '<dcterms:created xmlns:dcterms="http://purl.org/dc/terms/">yesterday</dcterms:created></cp:core',
        "the date 'yesterday'",
    ),
    "an author": Fault(CORE, "</cp:core", "<dc:creator>root</dc:creator></cp:core", "the author 'root'"),
    "who saved it": Fault(CORE, "</cp:core", "<cp:lastModifiedBy>r</cp:lastModifiedBy></cp:core", "who saved the file"),
    "no language": Fault(STYLES, '(<w:lang w:val=)"[^"]*"', r'\1""', "the document has no language"),
    "a language that is none": Fault(STYLES, '(<w:lang w:val=)"[^"]*"', r'\1"x-language"', "is no language"),
    "no Title": Fault(DOCUMENT, '"Title"/>', '"Subtitle"/>', "0 paragraphs have the style of the title"),
    "a skipped level": Fault(DOCUMENT, '"Heading1"/>', '"Heading3"/>', "skips from level 0 to 3"),
    "an empty heading": Fault(
        DOCUMENT, "<w:sectPr", '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr></w:p><w:sectPr', "a heading is empty"
    ),
    "an empty paragraph": Fault(DOCUMENT, "<w:sectPr", "<w:p/><w:sectPr", "stands for space"),
    "a typed bullet": Fault(DOCUMENT, "<w:t>Within", '<w:t xml:space="preserve">• Within', "a list is typed"),
    "a typed number": Fault(DOCUMENT, "<w:t>Within", '<w:t xml:space="preserve">2. Within', "a list is typed"),
    "no header row": Fault(DOCUMENT, "<w:tblHeader/>", "", "no header row"),
    "a table without alternative text": Fault(
        DOCUMENT, "<w:tblDescription [^>]*/>", "", "table 1 has no alternative text"
    ),
    "a picture without alternative text": Fault(DOCUMENT, ' descr="A seed"', "", "a picture of 'word/document.xml'"),
    "a column too few": Fault(DOCUMENT, "<w:gridCol [^>]*/>", "", "columns in a grid of"),
    "a cell over too many columns": Fault(
        DOCUMENT, '(<w:tcPr><w:tcW w:w="\\d+" w:type="dxa"/>)', r'\1<w:gridSpan w:val="9"/>', "columns in a grid of"
    ),
    "a table of another width": Fault(DOCUMENT, '(<w:tblW w:w=)"\\d+"', r'\1"77"', "is 77 wide, and its columns"),
    "a cell of another width": Fault(DOCUMENT, '(<w:tcW w:w=)"\\d+"', r'\1"77"', "has a cell 77 wide"),
    "a table at the end": Fault(
        DOCUMENT, "(<w:tbl>.*?</w:tbl>)(.*)<w:sectPr", r"\2\1<w:sectPr", "the document ends with a table"
    ),
    "two tables in a row": Fault(DOCUMENT, "(<w:tbl>.*?</w:tbl>)", r"\1\1", "two tables stand next to each other"),
    "one id for two controls": Fault(DOCUMENT, '"90002"', '"90001"', "2 content controls have the id '90001'"),
    "one tag for two controls": Fault(DOCUMENT, '"seed.2"', '"seed.1"', "2 content controls have the tag 'seed.1'"),
    "a control without title": Fault(DOCUMENT, '<w:alias w:val="Seed 1"/>', "", "'seed.1' has no title"),
    "a control without tag": Fault(DOCUMENT, '<w:tag w:val="seed.1"/>', "", "a content control has no tag"),
    "a long tag": Fault(DOCUMENT, '"seed.1"', f'"{"s" * 65}"', "is longer than 64"),
    "a bookmark without end": Fault(DOCUMENT, '<w:bookmarkEnd w:id="901"/>', "", "the bookmark 901 does not end"),
    "a bookmark without start": Fault(
        DOCUMENT,
        '<w:bookmarkEnd w:id="901"/>',
        '<w:bookmarkEnd w:id="999"/>',
        "the bookmark 999 ends and has not begun",
    ),
    "one name for two bookmarks": Fault(DOCUMENT, '"_jdf_seed2"', '"_jdf_seed1"', "2 bookmarks have the name"),
    "one id for two bookmarks": Fault(DOCUMENT, 'w:id="902"', 'w:id="901"', "2 bookmarks have the id '901'"),
    "a long name of a bookmark": Fault(DOCUMENT, '"_jdf_seed2"', f'"{"s" * 41}"', "is longer than 40"),
    "a link to no bookmark": Fault(DOCUMENT, 'anchor="_jdf_seed1"', 'anchor="_jdf_none"', "which is no bookmark"),
    "a link without tooltip": Fault(DOCUMENT, ' w:tooltip="https://example.com"', "", "does not say where it leads"),
    "a link without text": Fault(DOCUMENT, "<w:t>Within</w:t>", "<w:t></w:t>", "a link has no text"),
    "a link of another scheme": Fault(
        RELATIONS, "https://example.com", "ftp://example.com", "a link leads to 'ftp://example.com'"
    ),
    "a link to a file of a machine": Fault(
        RELATIONS, "https://example.com", "file:///C:/kit.docx", "holds a path of a machine"
    ),
    "a field that does not end": Fault(DOCUMENT, '<w:fldChar w:fldCharType="end"/>', "", "a field does not end"),
    "a field that does not begin": Fault(DOCUMENT, '<w:fldChar w:fldCharType="begin"/>', "", "does not begin"),
    "a control character": Fault(DOCUMENT, "<w:t>Shaded", "<w:t>\x85Shaded", "there is a control character"),
    "a lost space": Fault(DOCUMENT, "<w:t>Shaded", "<w:t> Shaded", "the space around ' Shaded' is lost"),
    "a footnote": Fault(DOCUMENT, "<w:t>Shaded</w:t>", '<w:footnoteReference w:id="1"/>', "there is a footnote"),
    "a page set-up that is not last": Fault(
        DOCUMENT, "(<w:sectPr>.*?</w:sectPr>)", r"\1<w:p><w:r><w:t>x</w:t></w:r></w:p>", "end with its page set-up"
    ),
    "faint text of its own": Fault(DOCUMENT, '"222222"', '"999999"', "a contrast of 2.46: 999999 on EEEEEE"),
    "text on a dark shade": Fault(DOCUMENT, '"EEEEEE"', '"444444"', "222222 on 444444"),
    "a faint style": Fault(
        STYLES, '(w:styleId="Subtitle">.*?<w:color w:val=)"\\w+"', r'\1"AAAAAA"', "the style 'Subtitle' has a contrast"
    ),
    "a style in a circle": Fault(
        STYLES, '(w:styleId="CellText">.*?<w:basedOn w:val=)"\\w+"', r'\1"CellHead"', "is based on itself"
    ),
    "a style based on none": Fault(STYLES, '(<w:basedOn w:val=)"\\w+"', r'\1"None"', "'None', which is not defined"),
    "a style based on another type": Fault(
        STYLES, '(w:styleId="Title">.*?<w:basedOn w:val=)"\\w+"', r'\1"Hyperlink"', "is based on one of another type"
    ),
    "a style of another type": Fault(
        DOCUMENT, '<w:pStyle w:val="\\w+"/>', '<w:pStyle w:val="Hyperlink"/>', "is no style"
    ),
    "a list twice": Fault(NUMBERING, "(<w:num .*?</w:num>)", r"\1\1", "is defined twice"),
    "a list of no definition": Fault(
        NUMBERING, '(<w:num .*?<w:abstractNumId w:val=)"\\d+"', r'\1"77"', "has no definition"
    ),
    "a list that is not defined": Fault(DOCUMENT, '(<w:numId w:val=)"\\d+"', r'\1"999"', "list 999 is not defined"),
    "a part of no relationship": Fault("word/loose.xml", "", "<loose/>", "no relationship leads to the part"),
    "a content type of no part": Fault(
        TYPES, "</Types>", '<Override PartName="/word/gone.xml" ContentType="a/b"/></Types>', "'word/gone.xml'"
    ),
    "a part that must be there": Fault(STYLES, "", None, "the part 'word/styles.xml' is missing"),
    "two content types": Fault(TYPES, "(<Override [^>]*/>)", r"\1\1", "has two content types"),
    "a relationship twice": Fault(RELATIONS, "(<Relationship [^>]*/>)", r"\1\1", "is there twice"),
    "a style twice": Fault(STYLES, "(<w:style .*?</w:style>)", r"\1\1", "is defined twice"),
    "one name for two styles": Fault(
        STYLES, '<w:name w:val="Title"/>', '<w:name w:val="Subtitle"/>', "two styles have the name 'subtitle'"
    ),
    "a link to nowhere": Fault(DOCUMENT, ' w:anchor="_jdf_seed1"', "", "the link 'Within' leads nowhere"),
    "text on a dark cell": Fault(
        DOCUMENT,
        "(<w:tcPr><w:tcW [^>]*/>)",
        r'\1<w:shd w:val="clear" w:color="auto" w:fill="333333"/>',
        "the text in style 'CellHead' has a contrast",
    ),
    "text on a dark row of a table's style": Fault(
        STYLES,
        '(w:styleId="Plain">.*?<w:tblStylePr w:type="firstRow"><w:tcPr>)',
        r'\1<w:shd w:val="clear" w:color="auto" w:fill="333333"/>',
        "the text in style 'CellHead' has a contrast",
    ),
    "a header that is a footer": Fault(
        RELATIONS, "relationships/header", "relationships/footer", "leads to a footer, not to a header"
    ),
    "a picture outside the file": Fault(
        RELATIONS, 'Target="media/seed.png"', 'Target="https://x.org/y.png" TargetMode="External"', "outside the file"
    ),
    "text read from the right": Fault(
        STYLES, "(<w:pPrDefault><w:pPr>)", r"\1<w:bidi/>", "a table does not run from the right"
    ),
    "a language read from the right": Fault(
        CORE, "(<dc:language>).*?(</dc:language>)", r"\1ar\2", "does not say that it is read from the right"
    ),
    "a style that is not defined": Fault(DOCUMENT, '"CellText"', '"Nothing"', "'Nothing'"),
    "a relationship that is not there": Fault(DOCUMENT, "rIdseed1", "rIdnone", "'rIdnone'"),
    "a part that is not XML": Fault(DOCUMENT, "</w:body>", "", "word/document.xml"),
    "a part that is not there": Fault(PICTURE, "", None, "word/media/seed.png"),
    "a part of no content type": Fault(TYPES, '<Override PartName="/word/numbering.xml"[^>]*/>', "", "numbering.xml"),
    "a cell without paragraph": Fault(
        DOCUMENT, "(</w:tcPr>)<w:p>.*?</w:p>(</w:tc>)", r"\1\2", "does not end with a paragraph"
    ),
    "a word that is none of the list": Fault(DOCUMENT, '(<w:shd w:val=)"clear"', r'\1"klar"', "klar", "schema"),
    "an element that is none": Fault(DOCUMENT, "<w:cantSplit/>", "<w:cantParts/>", "cantParts", "schema"),
    "elements out of order": Fault(DOCUMENT, '(<w:pStyle w:val="\\w+"/>)(<w:keepNext/>)', r"\2\1", "pStyle", "schema"),
    "a number that is none": Fault(DOCUMENT, '(<w:gridCol w:w=)"\\d+"', r'\1"wide"', "wide", "schema"),
    "an attribute that is none": Fault(DOCUMENT, "<w:cantSplit/>", '<w:cantSplit w:how="well"/>', "how", "schema"),
    "an element twice": Fault(DOCUMENT, "(<w:tblLayout [^>]*/>)", r"\1\1", "tblLayout", "schema"),
}


def with_everything(data: bytes) -> bytes:
    """A built file with one of everything added, and no fault."""
    parts = unpacked(data)
    relation = f'<Relationship Id="rIdseed{{}}" Type="{_R}/{{}}" Target="{{}}"{{}}/>'
    added = relation.format(1, "image", "media/seed.png", "")
    added += relation.format(2, "hyperlink", "https://example.com", ' TargetMode="External"')
    for part, end, text in (
        (DOCUMENT, "<w:sectPr", _ADDED),
        (RELATIONS, "</Relationships>", added),
        (TYPES, "</Types>", f'<Override PartName="/{PICTURE}" ContentType="image/png"/>'),
    ):
        parts[part] = changed(parts[part], end, text + end)
    return packed({**parts, PICTURE: _PIXEL})


def with_fault(data: bytes, fault: Fault) -> bytes:
    """The file with the fault."""
    parts = unpacked(data)
    if fault.new is None:
        del parts[fault.part]
    elif not fault.old:
        parts[fault.part] = fault.new.encode()
    else:
        parts[fault.part] = changed(parts[fault.part], fault.old, fault.new)
    return packed(parts)


def changed(part: bytes, old: str, new: str) -> bytes:
    """The part with the first of a pattern replaced; the pattern must be there."""
    text, count = re.subn(old, new, part.decode(), count=1, flags=re.DOTALL)
    assert count == 1, f"{old!r} is not there"
    assert text.encode() != part, f"{old!r} is that already"
    return text.encode()


def unpacked(data: bytes) -> dict[str, bytes]:
    source = zipfile.ZipFile(io.BytesIO(data))
    return {name: source.read(name) for name in source.namelist()}


def packed(
    parts: dict[str, bytes],
    method: int = zipfile.ZIP_STORED,
    date: tuple[int, int, int, int, int, int] = (1980, 1, 1, 0, 0, 0),
) -> bytes:
    """The parts as a file, stored and dated as ours are unless told otherwise."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name, date)
            entry.compress_type = method
            package.writestr(entry, part)
    return out.getvalue()
