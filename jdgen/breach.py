"""Broken rules of the models, in plain words: pydantic's errors by their type, never their English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, Tag, ValidationError

from jdgen.problem import nearest
from jdgen.spec.base import Spec

_WRONG_TYPE = {
    "tuple_type": ("expected a list", "begin each entry on a line of its own with '- '"),
    "dict_type": ("expected keys and values", ""),
    "model_type": ("expected keys and values", ""),
    "model_attributes_type": ("expected keys and values", ""),
    "string_type": ("expected text", ""),
    "text_type": ("expected text", "a list or nested keys can't stand here"),
    "flag_type": ("expected true or false", ""),
    "bool_type": ("expected true or false", ""),
    "number_type": ("expected {noun}", ""),
}
_PATTERNS = {
    "^[A-Z]{2}$": ("a country", "ISO 3166-1, two capitals, such as DE or US"),
    "^[A-Z]{2}-[A-Z0-9]{1,3}$": ("a region", "ISO 3166-2, such as US-CA or DE-BE"),
    "^[A-Z]{2}(-[A-Z0-9]{1,3})?$": ("a country or region", "ISO 3166, such as DE or US-CA"),
    "^[A-Z]{3}$": ("a currency", "ISO 4217, three capitals, such as EUR"),
    r"^[^@\s]+@[^@\s]+$": ("an e-mail address", "such as jobs@example.com"),
    r"^https?://\S+$": ("a web address", "such as https://example.com/jobs"),
    r"^(https?://|mailto:|tel:)\S+$": ("a link", "it begins with https://, mailto: or tel:"),
    r"^#?[0-9A-Fa-f]{6}$": ("a color", "six hexadecimal digits, such as 0B6650; in quotes if it begins with #"),
    r"^[^/\\~:][^\\:]*$": ("a path that holds on every machine", "from this file's folder, with /, such as logo.png"),
    r"^(before|after):[a-z_]+$": ("a place", "such as after:responsibilities or before:apply"),
}
_IN_POSTING = "that belongs in a posting: role_specs/postings/"
_ELSEWHERE = {
    **dict.fromkeys(("pay", "salary", "compensation", "location", "locations", "employment", "apply"), _IN_POSTING),
    **dict.fromkeys(("company", "about", "benefits", "values"), "that belongs in a company: role_specs/companies/"),
}
_LANGUAGE = ("a language tag", "such as en, en-GB or zh-Hant-TW")


@dataclass(frozen=True)
class Breach:
    """One broken rule: the path to it, its code, what it says, how to mend it."""

    where: tuple[str | int, ...]
    code: str
    message: str
    hint: str = ""
    at_key: bool = False


def breaches(kind: type[BaseModel], error: ValidationError) -> Iterator[Breach]:
    """What `error` says of data that should have been a `kind`."""
    for detail in error.errors(include_url=False):
        if detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]:
            continue  # its entries are broken, which is said of each, not missing
        yield _breach(kind, detail)


def _breach(kind: type[BaseModel], detail: Any) -> Breach:  # noqa: C901, PLR0911, PLR0912 - a case for each type of error
    where, rule, ctx = tuple(detail["loc"]), detail["type"], detail.get("ctx", {})
    at_key = bool(where) and where[-1] == "[key]"  # so pydantic marks a key of a mapping
    where = where[:-1] if at_key else where
    last = str(where[-1]) if where else ""
    if rule == "extra_forbidden":
        owners = list(_models_at(kind, where[:-1]))
        noun = owners[0].noun if owners and issubclass(owners[0], Spec) else "this part"
        hint = _ELSEWHERE.get(last, "") if any(owner.__name__ == "RoleSpec" for owner in owners) else ""
        hint = hint or nearest(last, (name for owner in owners for name in _keys(owner)))
        if " " in last or (not hint.startswith("did") and any(getattr(o, "shorthand", None) for o in owners)):
            hint = "put text that contains ': ' in quotes, and in braces text with a comma, too"
        return Breach(where, "spec.unknown-key", f"unknown key '{last}' in {noun}", hint, at_key=True)
    if rule == "missing":
        owners = list(_models_at(kind, where[:-1]))
        noun = owners[0].noun if owners and issubclass(owners[0], Spec) else "this part"
        return Breach(where[:-1], "spec.missing-key", f"{noun} needs the key '{last}'")
    if rule in _WRONG_TYPE:
        message, hint = _WRONG_TYPE[rule]
        if detail["input"] is None:
            return Breach(where, "spec.empty", "nothing stands here", "leave the key out, or say something")
        hint = str(ctx.get("hint", hint))
        if at_key:
            message = f"the key '{last}' is not what it should be: {message}"
        if "noun" in ctx:
            message = message.format(noun=ctx["noun"])
        elif rule == "number_type":
            message = str(detail["msg"])
        return Breach(where, "spec.wrong-type", message, hint, at_key)
    if rule in ("literal_error", "enum"):
        choices = [choice.strip("'") for choice in str(ctx["expected"]).replace(" or ", ", ").split(", ")]
        given = detail["input"]
        if not isinstance(given, str) or not given:
            return Breach(where, "spec.wrong-type", "expected one of " + ", ".join(choices), at_key=at_key)
        hint = nearest(given, choices, listed=20)
        return Breach(where, "spec.unknown-value", f"'{given}' is not one of the values it can have", hint, at_key)
    if rule == "string_pattern_mismatch":
        noun, form = _PATTERNS.get(ctx["pattern"], _LANGUAGE)
        return Breach(where, "spec.malformed", f"'{detail['input']}' is not {noun}", form, at_key)
    if rule in ("greater_than", "greater_than_equal", "less_than", "less_than_equal"):
        bound = {"gt": "more than", "ge": "at least", "lt": "less than", "le": "at most"}
        sign, limit = next(iter(ctx.items()))
        return Breach(where, "spec.out-of-range", f"must be {bound[sign]} {limit}")
    if rule in ("too_short", "too_long"):
        limit = ctx.get("min_length", ctx.get("max_length"))
        side = "at least" if rule == "too_short" else "at most"
        return Breach(where, "spec.length", f"needs {side} {limit} {'entry' if limit == 1 else 'entries'}")
    codes = {"identifier": "spec.malformed", "text_language": "spec.malformed", "text_empty": "spec.empty"}
    codes["format_version"] = "spec.version"
    return Breach(where, codes.get(rule, "spec.rule"), str(detail["msg"]), str(ctx.get("hint", "")), at_key)


def _keys(model: type[BaseModel]) -> Iterable[str]:
    return (field.alias or name for name, field in model.model_fields.items())


def _models_at(kind: Any, where: Iterable[str | int]) -> Iterator[type[BaseModel]]:
    """The models that data at the path `where` below a `kind` may be.

    The path is pydantic's: where a union tells its members by tags, the tag is a part of its own.
    """
    kinds = list(_alternatives(kind))
    for part in where:
        chosen = [kind for kind in kinds if _tag(kind) == part]
        kinds = chosen or [inner for kind in kinds for inner in _below(_bare(kind), part)]
    named = [bare for bare in map(_bare, kinds) if isinstance(bare, type) and issubclass(bare, BaseModel)]
    yield from dict.fromkeys(named)


def _tag(kind: Any) -> str | None:
    marks = get_args(kind)[1:] if get_origin(kind) is Annotated else ()
    return next((mark.tag for mark in marks if isinstance(mark, Tag)), None)


def _bare(kind: Any) -> Any:
    return get_args(kind)[0] if get_origin(kind) is Annotated else kind


def _below(kind: Any, part: str | int) -> Iterator[Any]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, field in kind.model_fields.items():
            if part in (name, field.alias):
                yield from _alternatives(field.annotation)
    elif get_origin(kind) is tuple and isinstance(part, int):
        yield from _alternatives(get_args(kind)[0])
    elif get_origin(kind) is dict:
        yield from _alternatives(get_args(kind)[1])


def _alternatives(kind: Any) -> Iterator[Any]:
    if get_origin(kind) is Annotated and _tag(kind) is None:
        yield from _alternatives(get_args(kind)[0])
    elif get_origin(kind) in (Union, UnionType):
        for choice in get_args(kind):
            yield from _alternatives(choice)
    else:
        yield kind
