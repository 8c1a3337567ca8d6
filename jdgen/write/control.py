"""A field of a form -> a content control of Word (ECMA-376 part 1, 17.5.2).

Each control stands in a bookmark as well, since some editors drop a control's tag and keep bookmarks.
"""

from __future__ import annotations

import zlib

from jdgen.form import Field, Form, form_json
from jdgen.write.xml import attribute, text

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
FORM = "urn:jdgen:form"
"""The namespace of the part of a Word file that describes its form."""
_UNTICKED = "☐"
_LONGEST = 64
"""The most characters of a control's tag or title."""
_BOX_FONT = '<w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic" w:hint="eastAsia"/>'


def bookmark_name(number: int) -> str:
    """The bookmark around the control of a form's field, which are counted from 1. Word hides it."""
    return f"_jdf_{number}"


def control(field: Field, number: int, content: str) -> str:
    """The control of a form's field; `content` is the runs of its prompt."""
    inner = _box() if field.type == "check" else content
    unfilled = "" if field.type == "check" else "<w:showingPlcHdr/>"
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="{bookmark_name(number)}"/>'
        f'<w:sdt><w:sdtPr><w:alias w:val="{attribute(_cut(field.label or field.id))}"/>'
        f'<w:tag w:val="{attribute(tag(field.id))}"/><w:id w:val="{_id(field, number)}"/>'
        f'<w:lock w:val="sdtLocked"/>{unfilled}{_kind(field)}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'
        f'<w:bookmarkEnd w:id="{number}"/>'
    )


def tag(id: str) -> str:
    """What a control of a field is called: the field's id, told from others by a checksum if it is too long."""
    return id if len(id) <= _LONGEST else f"{id[:55]}-{zlib.crc32(id.encode()):08x}"


def form_part(form: Form) -> str:
    """The part of a package that describes its form, so that it can be read when it comes back."""
    return f'<form xmlns="{FORM}">{text(form_json(form))}</form>'


def _cut(value: str) -> str:
    return value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"


def _id(field: Field, number: int) -> int:
    """A positive number of 31 bits, the same each time; the low bits keep two fields of a form apart."""
    return zlib.crc32(field.id.encode()) & 0x7FFFFC00 | number & 0x3FF or 1


def _kind(field: Field) -> str:
    if field.type == "check":
        return (
            f'<w14:checkbox xmlns:w14="{W14}"><w14:checked w14:val="0"/>'
            '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
            '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
        )
    if field.type == "choice":
        options = {"": field.prompt, **field.options}
        return f"<w:dropDownList>{''.join(_option(value, label) for value, label in options.items())}</w:dropDownList>"
    if field.type == "date":
        return (
            '<w:date><w:dateFormat w:val="yyyy-MM-dd"/><w:lid w:val="en-US"/>'
            '<w:storeMappedDataAs w:val="date"/><w:calendar w:val="gregorian"/></w:date>'
        )
    return '<w:text w:multiLine="1"/>' if field.type == "note" else "<w:text/>"


def _option(value: str, label: str) -> str:
    return f'<w:listItem w:displayText="{attribute(label)}" w:value="{attribute(value)}"/>'


def _box() -> str:
    return f"<w:r><w:rPr>{_BOX_FONT}</w:rPr><w:t>{_UNTICKED}</w:t></w:r>"
