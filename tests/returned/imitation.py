"""A scorecard filled in as Word would save it. An imitation: Word itself was not run.

It does by hand what is known of how Word saves a form: see README.md beside it.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from lxml import etree

from jdgen.form import Field
from jdgen.write.control import tag
from tests.faults import packed, unpacked
from tests.office import Value, form_of

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
W, W14, W15 = f"{{{_W}}}", f"{{{_W14}}}", f"{{{_W15}}}"
_NAMESPACES = {"w": _W, "w14": _W14, "w15": _W15, "mc": _MC, "r": f"{_OFFICE}/relationships"}
_WHEN = "2026-11-24T10:15:00Z"
_WHO = "Sam Sample"
_APP = (
    f'<Properties xmlns="{_OFFICE}/extended-properties"><Template>Normal.dotm</Template><TotalTime>38</TotalTime>'
    "<Pages>2</Pages><Words>612</Words><Application>Microsoft Office Word</Application><DocSecurity>0</DocSecurity>"
    "<Company></Company><AppVersion>16.0000</AppVersion></Properties>"
)
_SETTINGS_IDS = '<w:rsids><w:rsidRoot w:val="00A61C3B"/><w:rsid w:val="00A61C3B"/><w:rsid w:val="00C94E11"/></w:rsids>'


def word_like(data: bytes, values: Mapping[str, Value], tracked: str = "") -> bytes:
    """The scorecard `data` with values by field id; `tracked` is the id of a note changed with changes tracked."""
    parts = unpacked(data)
    root = _with_namespaces(etree.fromstring(parts["word/document.xml"]))
    controls = {control.find(f"{W}sdtPr/{W}tag").get(f"{W}val"): control for control in root.iter(f"{W}sdt")}
    for field in form_of(data).fields:
        _described(controls[tag(field.id)], field)
        if field.id in values:
            _fill(controls[tag(field.id)], field, values[field.id], is_tracked=field.id == tracked)
    _revised(root)
    parts["word/document.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    parts["word/settings.xml"] = parts["word/settings.xml"].replace(
        b"<w:themeFontLang", f"{_SETTINGS_IDS}<w:themeFontLang".encode()
    )
    _add_properties(parts)
    return packed(parts, zipfile.ZIP_DEFLATED)


def _with_namespaces(root: Any) -> Any:
    """The root with the names of Word 2013, which an editor of today says it may leave out."""
    new = etree.Element(root.tag, {f"{{{_MC}}}Ignorable": "w14 w15"}, nsmap=_NAMESPACES)
    new.extend(root)
    return new


def _described(control: Any, field: Field) -> None:
    """What Word adds to each control, filled in or not."""
    properties = control.find(f"{W}sdtPr")
    kind = properties[-1]
    placeholder = etree.Element(f"{W}placeholder")
    part = etree.SubElement(placeholder, f"{W}docPart")
    part.set(f"{W}val", f"{int(properties.find(f'{W}id').get(f'{W}val')):032X}")
    properties.find(f"{W}lock").addnext(placeholder)
    color = etree.Element(f"{W15}color")
    color.set(f"{W}val", "000000")
    kind.addprevious(color)
    if field.type == "check":
        properties.remove(placeholder)  # a box has none


def _fill(control: Any, field: Field, value: Value, *, is_tracked: bool) -> None:
    properties, content = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent")
    if field.type == "check":
        properties.find(f"{W14}checkbox/{W14}checked").set(f"{W14}val", str(int(bool(value))))
        content.find(f".//{W}t").text = "☒" if value else "☐"
        return
    text = str(value)
    if field.type == "choice":
        properties.find(f"{W}dropDownList").set(f"{W}lastValue", text)
        text = field.options[text]
    if field.type == "date":
        properties.find(f"{W}date").set(f"{W}fullDate", f"{text}T00:00:00Z")
    properties.remove(properties.find(f"{W}showingPlcHdr"))
    for run in list(content):
        content.remove(run)
    content.extend(_tracked(text) if is_tracked else _pieces(text))


def _pieces(text: str) -> Iterator[Any]:
    """Runs that begin and end anywhere, with the marks of the spelling checker between them."""
    cut = len(text) // 3
    yield _run(text[:cut])
    for sort in ("spellStart", "spellEnd"):
        yield etree.Element(f"{W}proofErr", {f"{W}type": sort})
        if sort == "spellStart":
            yield _run(text[cut : cut + 2], "00C94E11")
    yield _run(text[cut + 2 :])


def _tracked(text: str) -> Iterator[Any]:
    """A text whose second half was inserted where something else was deleted."""
    cut = len(text) // 2
    yield _run(text[:cut])
    for number, (name, part) in enumerate((("del", "never said that"), ("ins", text[cut:]))):
        change = etree.Element(f"{W}{name}")
        change.set(f"{W}id", str(900 + number))
        change.set(f"{W}author", _WHO)
        change.set(f"{W}date", _WHEN)
        run = _run(part, "00C94E11")
        if name == "del":
            for each in run.iter(f"{W}t"):
                each.tag = f"{W}delText"
        change.append(run)
        yield change


def _run(text: str, id: str = "00A61C3B") -> Any:
    """A run, its lines apart by breaks."""
    run = etree.Element(f"{W}r", {f"{W}rsidR": id})
    for number, line in enumerate(text.split("\n")):
        if number:
            etree.SubElement(run, f"{W}br")
        if line:
            etree.SubElement(run, f"{W}t", {_SPACE: "preserve"}).text = line
    return run


def _revised(root: Any) -> None:
    """The paragraphs with the ids that Word gives them."""
    numbers = count(0x1A2B3C4D)
    for paragraph in root.iter(f"{W}p"):
        paragraph.set(f"{W14}paraId", f"{next(numbers):08X}")
        paragraph.set(f"{W14}textId", "77777777")
        paragraph.set(f"{W}rsidR", "00A61C3B")
        paragraph.set(f"{W}rsidRDefault", "00C94E11")


def _add_properties(parts: dict[str, bytes]) -> None:
    """The properties of a document that Word adds; the names in them are made up."""
    parts["docProps/app.xml"] = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{_APP}'.encode()
    for name, end, added in (
        (
            "[Content_Types].xml",
            "</Types>",
            '<Override PartName="/docProps/app.xml"'
            ' ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>',
        ),
        (
            "_rels/.rels",
            "</Relationships>",
            f'<Relationship Id="rId3" Type="{_OFFICE}/relationships/extended-properties" Target="docProps/app.xml"/>',
        ),
        (
            "docProps/core.xml",
            "</cp:coreProperties>",
            f"<cp:lastModifiedBy>{_WHO}</cp:lastModifiedBy><cp:revision>2</cp:revision>",
        ),
    ):
        parts[name] = parts[name].replace(end.encode(), f"{added}{end}".encode())
