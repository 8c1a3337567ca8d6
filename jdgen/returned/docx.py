"""A filled Word scorecard -> what stands in the places of its fields.

A field's place is its control, found by its tag; else by the bookmark that it stood in, since some editors drop
tags; else the text of that bookmark, since some drop controls.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from jdgen.form import Field
from jdgen.returned.answer import ticked
from jdgen.returned.described import described
from jdgen.returned.package import unpacked
from jdgen.returned.reading import Fault, Reading, Returned, refusal
from jdgen.returned.story import SEAM, Cell, Control, Mark, Story, W
from jdgen.write.control import FORM, W14, bookmark_name, tag

MAX_TAGS = 400_000
_WANTED = re.compile(r"word/document[0-9]*\.xml|customxml/item[0-9]*\.xml")
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}document"
_DECLARATION = re.compile(r"\A\s*<\?xml\s[^>]*\?>")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_KINDS = {
    "text": ("text",),
    "note": ("text",),
    "choice": ("dropDownList", "comboBox"),
    "date": ("date",),
}
_EDITORS_PROMPT = "DefaultPlaceholder"
"""How Word and OnlyOffice name the prompts that they put into a control that was emptied."""


def read_docx(data: bytes) -> Returned:
    """What a Word scorecard holds. Raises JdgenError if it is none, or can't be read in safety."""
    parts = {name: text_of_part(part, name) for name, part in unpacked(data, _WANTED).items()}
    documents = [name for name in parts if name.startswith("word/")]
    if len(documents) != 1:
        raise refusal("scorecard.not-word", "is not a Word file: it does not hold one document")
    items = [parsed_part(text, name) for name, text in parts.items() if FORM in text]
    form = described(["".join(item.itertext()) for item in items if item.tag == f"{{{FORM}}}form"])
    story = Story(document_of(parts[documents[0]], documents[0]), bookmark_name(0)[:-1])
    finder = _Finder(story)
    return Returned(form, {field.id: finder.places(field, number) for number, field in enumerate(form.fields, 1)})


def document_of(text: str, name: str) -> Any:
    """The root of the document. Raises JdgenError if it is none of Word's."""
    root = parsed_part(text, name)
    if root.tag == _STRICT:
        raise refusal("scorecard.strict", "is saved as Strict Open XML", "save it as Word Document (.docx)")
    if root.tag != f"{W}document":
        raise refusal("scorecard.not-word", "is not a Word file: its document is something else")
    return root


def text_of_part(data: bytes, name: str) -> str:
    """A part as text. The two encodings that a part may have are read here, so that no other hides anything.

    Raises JdgenError.
    """
    try:
        text = data.decode("utf-16" if data.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError:
        raise refusal("scorecard.damaged", f"has a part '{name}' that is neither UTF-8 nor UTF-16") from None
    if "<!DOCTYPE" in text:
        raise refusal("scorecard.unsafe", f"has a document type in its part '{name}', which no Word file has")
    if text.count("<") > MAX_TAGS:
        raise refusal("scorecard.unsafe", f"has more than {MAX_TAGS} tags in its part '{name}', which no scorecard has")
    return text


def parsed_part(text: str, name: str) -> Any:
    """The root element of a part's text. Raises JdgenError."""
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(_DECLARATION.sub("", text, count=1).encode(), parser)
    except etree.XMLSyntaxError:
        raise refusal("scorecard.damaged", f"has a part '{name}' that is not well-formed XML") from None


class _Finder:
    """Finds the places of fields in a story."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._tagged: dict[str, list[Control]] = {}
        for control in story.controls:
            self._tagged.setdefault(control.tag, []).append(control)
        self._marks: dict[str, list[Mark]] = {}
        for mark in story.marks:
            self._marks.setdefault(mark.name, []).append(mark)

    def places(self, field: Field, number: int) -> list[Reading | Fault]:
        """What stands in each place of the field, which is the form's field of that number; empty if it has none."""
        name = bookmark_name(number)
        controls = self._tagged.get(tag(field.id), [])
        if any(control.marks - {name} for control in controls):
            return [Fault("scorecard.mixed", "another field stands in it", "fill in the scorecard anew")]
        if controls:
            return [self._control(control, name) for control in controls]
        marks = self._marks.get(name, [])
        if any(mark.end < 0 or mark.is_crossed for mark in marks):
            return []
        return [place for mark in marks for place in self._marked(mark, field)]

    def _marked(self, mark: Mark, field: Field) -> list[Reading | Fault]:
        """What stands in a bookmark; nothing if that can't be kept apart from another field."""
        if any(control.tag for control in mark.controls):
            return []
        controls = [c for c in mark.controls if _is_for(c, field) and not c.marks - {mark.name}]
        if not controls:
            return [self._flat(mark, field)]
        if field.type == "note" and any("\n" in text for text, around in controls[0].cell if around is mark):
            hint = "LibreOffice 7 does that to what Word wrote; part its lines anew, or send what Word saved"
            return [Fault("scorecard.lines", "its line breaks were taken out of it", hint)]
        return [*_unrepeated([self._control(control, mark.name) for control in controls])]

    def _flat(self, mark: Mark, field: Field) -> Reading:
        """What stands in a bookmark that lost its control. A box may have got before it."""
        text = self._story.text(mark.start, mark.end).replace(SEAM, "")
        before = self._story.line_before(mark.start) if field.type == "check" and not text.strip() else ""
        return Reading(text if ticked(before) is None else before, beside=_beside(mark.cell))

    def _control(self, control: Control, name: str) -> Reading:
        text = self._story.text(control.start, control.end).replace(SEAM, "" if control.tag else "\n")
        date = _attribute(control, f"{W}date", f"{W}fullDate")[:10]
        return Reading(
            text,
            _shows_editors_prompt(control),
            _is_ticked(control),
            date if _DAY.fullmatch(date) else "",
            _beside(control.cell, name),
        )


def _beside(cell: Cell, own: str = "") -> str:
    """The text of a cell that is in no control and in no other field's bookmark; `own` is the bookmark that may hold
    it. A bookmark that does not end holds nothing.
    """
    return "".join(text for text, mark in cell if mark is None or mark.end < 0 or mark.name == own)


def _is_for(control: Control, field: Field) -> bool:
    """Whether the control is of the sort that we make for such a field."""
    if field.type == "check":
        return _is_ticked(control) is not None
    return any(_property(control, W + kind) is not None for kind in _KINDS[field.type])


def _unrepeated(readings: list[Reading]) -> list[Reading]:
    """One reading of those that LibreOffice 7.4 makes of one text that mixes scripts.

    It writes the text, then once more for each stretch of a script, behind that stretch.
    """
    text = readings[0].text
    stretches = [other.text.removesuffix(text) for other in readings if other.text.endswith(text)]
    is_repeated = len(stretches) == len(readings) and all(_line(each) in _line(text) for each in stretches)
    return readings[:1] if is_repeated else readings


def _line(text: str) -> str:
    return " ".join(text.split())


def _shows_editors_prompt(control: Control) -> bool:
    flag = _property(control, f"{W}showingPlcHdr")
    name = _attribute(control, f"{W}placeholder/{W}docPart", f"{W}val")
    return flag is not None and flag.get(f"{W}val", "1") in ("1", "true", "on") and name.startswith(_EDITORS_PROMPT)


def _is_ticked(control: Control) -> bool | None:
    """What a box to tick says of itself; None if the control is none."""
    if _property(control, f"{{{W14}}}checkbox") is None:
        return None
    checked = f"{{{W14}}}checkbox/{{{W14}}}checked"
    return _attribute(control, checked, f"{{{W14}}}val", "1") in ("1", "true", "on")


def _property(control: Control, path: str) -> Any:
    return None if control.properties is None else control.properties.find(path)


def _attribute(control: Control, path: str, name: str, default: str = "") -> str:
    """An attribute of a property; empty if there is no such property, `default` if it has no such attribute."""
    found = _property(control, path)
    return "" if found is None else found.get(name, default)
