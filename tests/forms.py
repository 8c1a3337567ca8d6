"""Scorecards as they come back: Markdown and Word files of one form, as different editors leave them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from html import escape

from jdgen.form import Field, Form, form_json

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
NAMESPACES = f'xmlns:w="{W}" xmlns:w14="{W14}" xmlns:mc="{MC}" xmlns:m="{MATH}"'

ABOUT = {"role": "ai-engineer", "stage": "partners", "kit": "051b11d7", "level": "senior"}
RATING = {"1": "1 · None", "2": "2 · Partial", "3": "3 · Solid", "4": "4 · Strong", "not-assessed": "Not assessed"}
FORM = Form(
    ABOUT,
    (
        Field("candidate", "text", "Candidate", "Name"),
        Field("date", "date", "Date", "YYYY-MM-DD"),
        Field("craft.rating", "choice", "Craft: Rating", "1–4, or Not assessed", RATING),
        Field("craft.evidence", "note", "Craft: Evidence", "What did they say or do?"),
        Field("craft.flag.1", "check", "Kept a limit from a partner.", "☐"),
        Field("craft.flag.2", "check", "Speaks with contempt.", "☐"),
        Field("recommendation", "choice", "Overall", "Choose one", {"1": "Hire", "2": "No hire"}),
        Field("because", "note", "Because", "The facts that decided it"),
    ),
)
NUMBERS = {field.id: number for number, field in enumerate(FORM.fields, 1)}
BLANK: dict[str, str | bool] = {"craft.flag.1": False, "craft.flag.2": False}
"""The values of a form that nobody filled in."""
FILLED: dict[str, str | bool] = {
    "candidate": "Ana Ø’Brien",
    "date": "2026-11-24",
    "craft.rating": "3",
    "craft.evidence": "Said: “I asked <b> & |”\nthen \\changed* her mind",
    "craft.flag.1": True,
    "craft.flag.2": False,
    "recommendation": "2",
    "because": "Łódź 東京 🎉 שלום",
}

Look = Callable[[Field, int, str | bool | None], str]
"""How an editor writes a field of a number that holds a value, or nothing."""


def shown(field: Field, value: str | bool | None) -> str:
    """What a reader of the document sees in the field's place."""
    if field.type == "check":
        return "☒" if value else "☐"
    return field.prompt if value is None else field.options.get(str(value), str(value))


# --- Word -----------------------------------------------------------------------------------------


def run(text: str, look: str = "") -> str:
    """A run; lines of the text are parted by breaks."""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{look}{lines}</w:r>"


PLACEHOLDER = '<w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>'


def kind(field: Field, value: str | bool | None, stored: str = "") -> str:
    """The property that says what sort of control it is; `stored` is the date behind a date."""
    if field.type == "check":
        return f'<w14:checkbox><w14:checked w14:val="{int(bool(value))}"/></w14:checkbox>'
    if field.type == "choice":
        options = {"": field.prompt, **field.options}.items()
        items = "".join(f'<w:listItem w:displayText="{escape(text)}" w:value="{escape(v)}"/>' for v, text in options)
        return f"<w:dropDownList>{items}</w:dropDownList>"
    if field.type == "date":
        date = f' w:fullDate="{stored}T00:00:00Z"' if stored else ""
        return f'<w:date{date}><w:lid w:val="en-US"/></w:date>'
    return '<w:text w:multiLine="1"/>' if field.type == "note" else "<w:text/>"


def sdt(properties: str, content: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def start(number: int) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="_jdf_{number}"/>'


def end(number: int) -> str:
    return f'<w:bookmarkEnd w:id="{number}"/>'


def control(field: Field, number: int, content: str, *, flag: str = "", of: str = "") -> str:
    """A control as jdgen writes it, with what an editor put into it."""
    names = f'<w:alias w:val="{escape(field.label)}"/><w:tag w:val="{escape(field.id)}"/><w:id w:val="{number}"/>'
    properties = f'{names}<w:lock w:val="sdtLocked"/>{flag}{of or kind(field, None)}'
    return start(number) + sdt(properties, content) + end(number)


def word(field: Field, number: int, value: str | bool | None) -> str:
    """As Word saves it: text in runs that begin and end anywhere, no sign of a placeholder once it is filled in."""
    text = shown(field, value)
    if field.type == "check":
        return control(field, number, run(text), of=kind(field, value))
    if value is None:
        return control(field, number, run(text, PLACEHOLDER), flag="<w:showingPlcHdr/>")
    parts = run(text[:2]) + '<w:proofErr w:type="spellStart"/>' + run(text[2:])
    return control(field, number, parts, of=kind(field, value, str(value) if field.type == "date" else ""))


def libreoffice(field: Field, number: int, value: str | bool | None) -> str:
    """As LibreOffice 7.4 saves it: without tags, bookmarks half in controls, prompts glued to values, no line breaks
    between lines, and text that mixes scripts written anew for each stretch of a script. Taken from real files.
    """
    text = shown(field, value)
    if field.type not in ("text", "note"):
        glued = field.prompt if field.type in ("choice", "date") and value is not None else ""
        return sdt(kind(field, value), start(number) + "<w:r><w:rPr/></w:r>" + run(text + glued)) + end(number)
    whole = "".join(f"<w:t>{escape(line)}</w:t>" for line in text.split("\n"))
    stretches = [] if text.isascii() else [f"<w:br/><w:t>{escape(word)}</w:t>" for word in text.split()] + [""]
    runs = [f"{start(number)}<w:r>{whole}</w:r>", *(f"<w:r>{stretch}{whole}</w:r>" for stretch in stretches)]
    properties = f'<w:id w:val="7"/><w:alias w:val="{escape(field.label)}"/>{kind(field, value)}'
    return "".join(sdt(properties, each) for each in runs) + end(number)


def flat(field: Field, number: int, value: str | bool | None) -> str:
    """As an editor saves it that knows bookmarks and no controls."""
    return start(number) + run(shown(field, value)) + end(number)


LOOKS: Mapping[str, Look] = {"word": word, "libreoffice": libreoffice, "flat": flat}


def cell(content: str) -> str:
    return f"<w:tc><w:tcPr/><w:p><w:pPr><w:tabs><w:tab w:pos='9'/></w:tabs></w:pPr>{content}</w:p></w:tc>"


def body(fields: Mapping[str, str]) -> str:
    """The XML of a document, from that of its fields: a cell of a table for each, checks in a list of two."""
    boxes = [fields.get(id, "") + run(f" {id} label") for id in ("craft.flag.1", "craft.flag.2")]
    cells = [cell(run("Heading"))] + [cell(xml) for id, xml in fields.items() if "flag" not in id]
    table = f"<w:tbl><w:tr>{''.join(cells)}</w:tr></w:tbl>"
    stray = sdt('<w:alias w:val="stray"/>', "".join(f"<w:p>{box}</w:p>" for box in boxes))
    return f"<w:body><w:p>{run('Scorecard')}</w:p>{table}{stray}<w:p/></w:body>"


def document(content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document {NAMESPACES}>{content}</w:document>'


def parts(fields: Mapping[str, str], form: Form = FORM) -> dict[str, bytes | str]:
    """The parts of a Word file that count, and some that don't."""
    return {
        "[Content_Types].xml": "<Types/>",
        "customXml/item1.xml": "<not-even-xml",
        "customXml/item2.xml": f'<form xmlns="urn:jdgen:form">{escape(form_json(form))}</form>',
        "word/document.xml": document(body(fields)),
        "word/styles.xml": "<not-even-xml",
    }


def zipped(contents: Mapping[str, bytes | str], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as package:
        for name, content in contents.items():
            package.writestr(name, content)
    return buffer.getvalue()


def docx(values: Mapping[str, str | bool], look: Look = word, **changed: str) -> bytes:
    """A Word file of the form; `changed` has the XML of some fields instead, with `_` for `.` in their ids."""
    fields = {
        field.id: changed.get(field.id.replace(".", "_"), look(field, number, values.get(field.id)))
        for number, field in enumerate(FORM.fields, 1)
    }
    return zipped(parts(fields))


# --- Markdown -------------------------------------------------------------------------------------

_CODES = str.maketrans({mark: "\\" + mark for mark in "\\*|<"} | {"&": "&amp;", "\n": "<br>"})


def marked(id: str, content: str) -> str:
    return f"<!-- field {id} -->{content}<!-- /field -->"


def markdown(values: Mapping[str, str | bool], form: Form = FORM) -> str:
    """A Markdown file of the form, as someone fills it in with care."""
    fields = {field.id: shown(field, values.get(field.id)).translate(_CODES) for field in form.fields}
    checks = [field for field in form.fields if field.type == "check"]
    cells = [marked(field.id, fields[field.id]) for field in form.fields if field.type != "check"]
    boxes = "<br>".join(f"{marked(field.id, fields[field.id])} {field.label}" for field in checks)
    head = f"| {' | '.join('Heading' for _ in (*cells, boxes))} |\n| {' | '.join('---' for _ in (*cells, boxes))} |"
    row = f"| {' | '.join((*cells, boxes))} |"
    return f"# Partners\n\n<!-- style form -->\n{head}\n{row}\n\n<!-- form {form_json(form)} -->\n"
