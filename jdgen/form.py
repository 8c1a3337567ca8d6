"""A form to fill in: what it is for, and its fields. Markdown and Word files hold it as the same JSON.

In Markdown the fields are comments that no reader shows, `<!-- field ID -->prompt<!-- /field -->`; one
more, `<!-- form {...} -->`, describes them all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast, get_args

FORM = re.compile(r"<!-- form (\{.*?\}) -->", re.DOTALL)
"""The comment that describes a form; its one group is JSON."""
FIELD_ID = re.compile(r"[^\s{}<>]{1,200}")
"""What a field's id may be, since it stands in a comment."""
FIELD = re.compile(rf"<!-- field (?P<id>{FIELD_ID.pattern}) -->")
"""The comment before what a field holds."""
FIELD_END = "<!-- /field -->"
_DESCRIBED = re.compile(r"<!-- field (\{.*?\}) -->")
FieldType = Literal["text", "date", "note", "choice", "check"]
NOT_ASSESSED = "not-assessed"
"""The value of a rating for a competency that the interviewer did not get to."""
TYPES: tuple[str, ...] = get_args(FieldType)
MARKUP = {"--": "-\\u002d", "<": "\\u003c", ">": "\\u003e", "|": "\\u007c", "&": "\\u0026"}
"""How JSON writes what would end a comment, a table's cell, or an element."""


@dataclass(frozen=True, slots=True)
class Field:
    """Something to fill in."""

    id: str
    type: FieldType
    label: str = ""
    """What it asks for; a control's title, and the text beside a box to tick."""
    prompt: str = ""
    """What stands in its place until it is filled in."""
    options: Mapping[str, str] = field(default_factory=dict)
    """What a choice may be: labels by value."""


@dataclass(frozen=True, slots=True)
class Form:
    """A scorecard as a form."""

    about: Mapping[str, str]
    """Which scorecard it is: `role`, `stage`, `kit`, and `level`, `posting`, `company` where there are."""
    fields: tuple[Field, ...]


def marked(field: Field, content: str) -> str:
    """`content` as the place of a field in Markdown, with all that is known of the field; see `gathered`."""
    return f"<!-- field {_dumped(_plain(field))} -->{content}{FIELD_END}"


def gathered(markdown: str, about: Mapping[str, str]) -> str:
    """Markdown whose fields are only named where they stand, and described in a comment at its end.

    So whoever fills it in has short lines before them. Raises ValueError, in words, if a description is
    damaged or two fields have one id.
    """
    fields: dict[str, Field] = {}

    def named(match: re.Match[str]) -> str:
        try:
            field = _field(json.loads(match[1]))
        except ValueError:
            raise ValueError(f"there is no field in '{match[0][:60]}'") from None
        if field.id in fields:
            raise ValueError(f"two fields have the id '{field.id}'")
        fields[field.id] = field
        return field_start(field.id)

    text = _DESCRIBED.sub(named, markdown)
    return f"{text.rstrip()}\n\n<!-- form {form_json(Form(about, tuple(fields.values())))} -->\n" if fields else text


def field_start(id: str) -> str:
    """The comment before what a field holds."""
    return f"<!-- field {id} -->"


def form_in(markdown: str) -> Form | None:
    """The form that Markdown holds, if it holds one. Raises ValueError if that is damaged."""
    match = FORM.search(markdown)
    return parsed_form(match[1]) if match else None


def form_json(form: Form) -> str:
    """The form as JSON that can stand in a comment or an XML element, a line for each field."""
    fields = ",\n".join(_dumped(_plain(field)) for field in form.fields)
    return f'{{"about": {_dumped(dict(form.about))}, "fields": [\n{fields}\n]}}'


def parsed_form(text: str) -> Form:
    """The form of a JSON text. Raises ValueError."""
    data = json.loads(text)
    if not isinstance(data, dict) or not isinstance(data.get("fields"), list):
        raise ValueError("not a form")
    return Form(_texts(data.get("about")), tuple(_field(part) for part in data["fields"]))


def _plain(field: Field) -> dict[str, Any]:
    values = {
        "id": field.id,
        "type": field.type,
        "label": field.label,
        "prompt": field.prompt,
        "options": dict(field.options),
    }
    return {key: value for key, value in values.items() if value}


def _field(data: Any) -> Field:
    if not isinstance(data, dict) or data.get("type") not in TYPES:
        raise ValueError("not a field")
    texts = _texts({key: data.get(key, "") for key in ("id", "label", "prompt")})
    if not FIELD_ID.fullmatch(texts["id"]) or "--" in texts["id"]:
        raise ValueError("not an id of a field")
    return Field(type=cast("FieldType", data["type"]), options=_texts(data.get("options", {})), **texts)


def _texts(data: Any) -> Mapping[str, str]:
    if not isinstance(data, dict) or not all(isinstance(part, str) for pair in data.items() for part in pair):
        raise ValueError("not texts by name")
    return data


def _dumped(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False)
    for mark, code in MARKUP.items():
        text = text.replace(mark, code)
    return text
