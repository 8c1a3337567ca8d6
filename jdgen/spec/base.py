"""The types that every spec file is built from: text, numbers, identifiers, items and groups.

Plain YAML scalars arrive here as the text that was typed (see `jdgen.source`), so a field says
by its type whether `010` is a number or an identifier; nothing is guessed from how it looks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError

FORMAT_VERSION = 1

LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?\Z")
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\Z")
_RESERVED = frozenset(["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))])
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\Z")
_DECIMAL = re.compile(r"(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,6})?\Z")


class Rich(str):
    """Text in restricted Markdown: paragraphs, bold, italic, links, nested lists, tables."""

    __slots__ = ()


class Line(Rich):
    """One line of it: bold, italic, links."""

    __slots__ = ()


def fallbacks(tag: str) -> list[str]:
    """A language tag and its shorter forms, longest first (RFC 4647, section 3.4, lookup)."""
    parts = tag.split("-")
    return ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]


EmploymentType = Literal[
    "full_time", "part_time", "contract", "temporary", "intern", "apprentice", "per_diem", "volunteer"
]


@dataclass(frozen=True)
class Translations:
    """One text in several languages; `resolve` picks one."""

    by_language: tuple[tuple[str, str], ...]

    @property
    def languages(self) -> list[str]:
        return [language for language, _ in self.by_language]

    def text(self, language: str) -> str | None:
        """The text in `language`, else in its main language (`en` for `en-GB`), else None."""
        texts = dict(self.by_language)
        return next((texts[tag] for tag in fallbacks(language) if tag in texts), None)


def _text(kind: type[str]) -> Callable[[object], object]:
    def validate(value: object) -> object:
        if isinstance(value, Translations):
            return value
        if isinstance(value, str):
            return kind(_filled(value))
        if isinstance(value, dict) and value and all(isinstance(v, str) for v in value.values()):
            for tag in value:
                if not LANGUAGE_TAG.match(str(tag)):
                    raise PydanticCustomError(
                        "text_language",
                        "'{tag}' is not a language tag",
                        {"tag": str(tag), "hint": "text by language is written as 'en: ...', 'de: ...'"},
                    )
            return Translations(tuple((str(tag), kind(_filled(v))) for tag, v in value.items()))
        raise PydanticCustomError("text_type", "expected text")

    return validate


def _filled(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("text_empty", "the text is empty")
    return value.strip()


def _text_schema(description: str) -> WithJsonSchema:
    language = {"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 1}
    return WithJsonSchema({"anyOf": [{"type": "string"}, language], "description": description})


Text = Annotated[str | Translations, PlainValidator(_text(str)), _text_schema("One text, or one per language.")]
RichText = Annotated[
    Rich | Translations,
    PlainValidator(_text(Rich)),
    _text_schema("Restricted Markdown, or one text per language."),
]
LineText = Annotated[
    Line | Translations,
    PlainValidator(_text(Line)),
    _text_schema("One line; may hold **bold**, *italic* and [links](https://...), or one text per language."),
]


def _word(value: object) -> object:
    """Text that is never translated: an identifier, a name, a code, a date as typed."""
    if not isinstance(value, str):
        raise PydanticCustomError("text_type", "expected text")
    return _filled(value)


Word = Annotated[str, BeforeValidator(_word)]


def is_identifier(value: str) -> bool:
    """Whether `value` can name a part, a file and a folder, on any system."""
    return bool(_SLUG.match(value)) and "--" not in value and value not in _RESERVED


def _identifier(value: str) -> str:
    if not is_identifier(value):
        hint = "use 1 to 64 lower-case letters, digits and single hyphens"
        if value in _RESERVED:
            hint = "Windows keeps that name for itself"
        raise PydanticCustomError("identifier", "'{value}' can't be an identifier", {"value": value, "hint": hint})
    return value


Id = Annotated[Word, AfterValidator(_identifier)]


def _number(pattern: re.Pattern[str], kind: type[int] | type[Decimal], noun: str) -> Any:
    def parse(value: object) -> object:
        if isinstance(value, str) and pattern.match(value):
            return kind(value)
        if isinstance(value, kind) and not isinstance(value, bool):
            return value
        raise PydanticCustomError("number_type", "expected {noun}", {"noun": noun})

    return BeforeValidator(parse)


Int = Annotated[int, _number(_INTEGER, int, "a whole number")]
Positive = Annotated[Int, Field(gt=0)]
NotNegative = Annotated[Int, Field(ge=0)]
Amount = Annotated[
    Decimal,
    _number(_DECIMAL, Decimal, "an amount such as 52000 or 23.50"),
    WithJsonSchema({"type": "number"}),
]


def _flag(value: object) -> object:
    if isinstance(value, bool):
        return value
    if value in ("true", "false"):
        return value == "true"
    hint = "in lower case" if str(value).lower() in ("true", "false") else ""
    raise PydanticCustomError("flag_type", "expected true or false", {"hint": hint})


Flag = Annotated[bool, BeforeValidator(_flag)]
Country = Annotated[Word, Field(pattern=r"^[A-Z]{2}$")]
Region = Annotated[Word, Field(pattern=r"^[A-Z]{2}-[A-Z0-9]{1,3}$")]
Place = Annotated[Word, Field(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")]
Currency = Annotated[Word, Field(pattern=r"^[A-Z]{3}$")]
Language = Annotated[Word, Field(pattern="^" + LANGUAGE_TAG.pattern.replace(r"\Z", "$"))]


def _version(value: int) -> int:
    if value != FORMAT_VERSION:
        raise PydanticCustomError(
            "format_version", "this jdgen reads the format's version {known}", {"known": FORMAT_VERSION}
        )
    return value


Version = Annotated[
    Int, AfterValidator(_version), WithJsonSchema({"const": FORMAT_VERSION, "description": "The format's version."})
]


class Spec(BaseModel):
    """What every part of a spec is: frozen, and closed to keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    noun: ClassVar[str] = "this part"
    shorthand: ClassVar[str | None] = None
    """The field that a plain text or number stands for, if the part has a short form."""

    @model_validator(mode="before")
    @classmethod
    def _expand(cls, value: object) -> object:
        if cls.shorthand is not None and (isinstance(value, (str, Translations)) or cls._is_by_language(value)):
            return {cls.shorthand: value}
        return value

    @classmethod
    def _is_by_language(cls, value: object) -> bool:
        """Whether a value is a text by language, where the part has keys of other names."""
        return (
            isinstance(value, dict)
            and bool(value)
            and all(LANGUAGE_TAG.match(str(key)) for key in value)
            and not value.keys() & cls.model_fields.keys()
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        schema = handler(core_schema)
        if cls.shorthand is None:
            return schema
        full = handler.resolve_ref_schema(schema)
        short = {k: v for k, v in full["properties"][cls.shorthand].items() if k not in ("title", "default")}
        parts = {k: full.pop(k) for k in list(full) if k not in ("title", "description")}
        full["anyOf"] = [short, parts]
        return schema


class Minutes(Spec):
    """A time: 45, or a range written 45-60."""

    noun = "a time in minutes"

    least: Annotated[Int, Field(gt=0, le=1440)]
    most: Annotated[Int, Field(gt=0, le=1440)]

    @model_validator(mode="before")
    @classmethod
    def _parse(cls, value: object) -> object:
        if isinstance(value, int):
            value = str(value)
        if isinstance(value, str):
            least, dash, most = value.partition("-")
            value = {"least": least.strip(), "most": (most if dash else least).strip()}
        if isinstance(value, dict) and not all(isinstance(v, int) or _INTEGER.match(str(v)) for v in value.values()):
            raise PydanticCustomError("number_type", "expected minutes such as 45 or 45-60")
        return value

    @model_validator(mode="after")
    def _ordered(self) -> Minutes:
        if self.least > self.most:
            raise PydanticCustomError("range_order", "the range ends before it begins")
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        text = {"type": "string", "pattern": "^[0-9]+(-[0-9]+)?$"}
        return {"anyOf": [{"type": "integer", "minimum": 1}, text], "description": cls.__doc__}


class Source(Spec):
    """Where statements of a spec come from."""

    noun = "a source"

    id: Id = Field(description="What `source:` keys refer to.")
    title: Text = Field(description="The work's title.")
    kind: Literal["article", "document", "research", "interview", "expert"] = Field(
        description="What sort of source it is."
    )
    url: Word | None = Field(None, pattern=r"^https?://\S+$", description="Where it can be read.")
    published: Word | None = Field(None, description="When, as far as it is known.")
    caution: Text | None = Field(None, description="Why a reader should be careful with it.")
