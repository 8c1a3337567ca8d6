"""The Jinja environment: where templates are found, what they may do, how values become Markdown."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast
from urllib.parse import quote

import jinja2
from jinja2.bccache import Bucket
from jinja2.runtime import BlockReference
from jinja2.sandbox import safe_range
from markupsafe import Markup

from jdgen.drawing import drawn
from jdgen.escape import Plain, escaped, plain, rich, rich_line
from jdgen.form import FIELD_ID, TYPES, Field, FieldType, marked
from jdgen.phrases import Phrases
from jdgen.problem import JdgenError, Problem, nearest
from jdgen.recall import cache_room
from jdgen.render.kind import lies_in
from jdgen.render.sandbox import Function, Sandbox, at_once
from jdgen.spec import Line, Rich
from jdgen.view import View, fields_of, noun_of

# These would take text for HTML, or let it pass unescaped.
_SAFE = re.compile(r"(?:https?://|mailto:|tel:|[a-z0-9][\w.-]*\Z)", re.IGNORECASE)  # or a file beside this one
_TEXTS = frozenset([str, Plain])
_LISTED = 12
_REMOVED_FILTERS = ("safe", "urlize", "xmlattr", "tojson", "forceescape", "striptags", "random")
_LAZY_FILTERS = ("batch", "items", "map", "reject", "rejectattr", "reverse", "select", "selectattr", "slice", "unique")


class _Missing(jinja2.StrictUndefined):
    """What a template asks for and no one has; says what there is instead."""

    @property
    def _undefined_message(self) -> str:
        view, name = self._undefined_obj, str(self._undefined_name)
        if isinstance(view, Function):
            return f"a function has no '{name}' - call it, with ( and ) behind its name"
        if isinstance(view, View):
            hint = nearest(name, fields_of(view))
            return f"{noun_of(view)} has no '{name}'" + (f" - {hint}" if hint else "")
        if view is not jinja2.utils.missing:
            return str(super()._undefined_message)
        if self._undefined_hint:
            return self._undefined_hint
        if name == "stage":
            return "there is no stage here - for one document a stage, begin the template with {# kind: per=stage #}"
        hint = nearest(name, ("role", "document", "stage"))
        return f"there is nothing called '{name}'" + (f" - {hint}" if hint else "")


class _Loader(jinja2.FileSystemLoader):
    """Templates of one folder; a link that leads out of it is not followed."""

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        try:
            found = super().get_source(environment, template)
        except UnicodeDecodeError:
            file = (Path(self.searchpath[0]) / template).as_posix()
            problem = Problem("template.encoding", "the file is not UTF-8", file, hint="save it as UTF-8")
            raise JdgenError([problem]) from None
        if not lies_in(found[1], self.searchpath[0]):
            raise jinja2.TemplateNotFound(template)
        return found


def template_environment(folders: tuple[Path, Path], phrases: Phrases) -> jinja2.Environment:
    """The environment in which templates of two folders run, the first folder's before the second's.

    The second is reachable under `jdgen/` as well, so that a template can extend the one it replaces.
    """
    own, shipped = (_Loader(str(folder), "utf-8-sig") for folder in folders)
    environment = Sandbox(
        loader=jinja2.ChoiceLoader([own, shipped, jinja2.PrefixLoader({"jdgen": shipped})]),
        undefined=_Missing,
        autoescape=True,
        finalize=_finalized,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=-1,
        bytecode_cache=_compiled(phrases.language),
    )
    for name in _REMOVED_FILTERS:
        del environment.filters[name]
    for name in _LAZY_FILTERS:
        environment.filters[name] = at_once(environment.filters[name])
    environment.filters.update(
        cell=_cell,
        replace=lambda text, old, new: str(text).replace(old, new),
        e=escaped,
        escape=escaped,
        field=_field,
        lines=_lines,
        link=_link,
        unstopped=lambda text: type(text)(str(text).removesuffix(".")),
    )
    environment.filters.update(_notation_filters(phrases))
    environment.tests["stopped"] = lambda text: str(text).endswith(".")
    environment.globals.clear()
    functions: dict[str, Callable[..., Any]] = {
        "t": phrases.markdown,
        "draw": _draw,
        "phrase": phrases.text,
        "range": safe_range,
        "dict": dict,
        "namespace": jinja2.utils.Namespace,
    }
    environment.globals.update({name: Function(function) for name, function in functions.items()})
    return environment


def _compiled(language: str) -> jinja2.BytecodeCache | None:
    """Where compiled templates are kept: in the user's own cache, by language and by the code of jdgen itself.

    The compiler works out what is constant, and filters write numbers and days as the language does.
    """
    folder = cache_room("templates", language)
    return _Bytecode(folder) if folder else None


class _Bytecode(jinja2.FileSystemBytecodeCache):
    """Compiled templates in files; a full disk or a folder that is gone costs time and nothing else."""

    def load_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


def _finalized(value: object) -> object:
    """What `{{ ... }}` prints: every value becomes Markdown here, by what it is."""
    if isinstance(value, Markup):
        return value
    if type(value) in _TEXTS:  # what most values are
        return escaped(value)
    if isinstance(value, Line):
        return rich_line(value)
    if isinstance(value, Rich):
        return rich(value)
    if isinstance(value, (str, int, float, Decimal)):
        return escaped(value)
    if isinstance(value, (jinja2.Undefined, Function, BlockReference)):
        return str(value)  # raises, saying what is missing or what to do with it
    raise jinja2.TemplateRuntimeError(_unprinted(value))


def _unprinted(value: object) -> str:
    """Why a value can't be printed, and what can be instead."""
    if value is None:
        return "prints a value that is absent - put it in {% if ... %}"
    if isinstance(value, View):
        names = list(fields_of(value))
        listed = ", ".join(names) if len(names) <= _LISTED else "'jdgen templates --values' lists them"
        return f"prints {noun_of(value)} as a whole - print one of its values: {listed}"
    if isinstance(value, Iterable):
        return "prints a list - print its entries one by one, in {% for ... %}"
    return "prints what is no text and no number - print one of its values"


def _draw(kind: str, **data: object) -> Markup:
    """The comment that has a picture drawn; its texts are plain, so phrases are those of `phrase`."""
    try:
        return Markup(drawn({"kind": str(kind), **{name: _told(value) for name, value in data.items()}}))
    except ValueError as error:
        raise jinja2.TemplateRuntimeError(f"a picture can't be drawn: {error}") from None


def _told(value: object) -> object:
    """A value as JSON has it, texts as they are read. Raises ValueError for Markdown."""
    if isinstance(value, Markup):
        raise ValueError("its texts are plain - use phrase(...) in the place of t(...)")
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Mapping):
        return {str(key): _told(entry) for key, entry in value.items()}
    if isinstance(value, (tuple, list)):
        return [_told(entry) for entry in value]
    return value


def _cell(value: object) -> Markup:
    """Text in one line, as table cells and list items need it."""
    return rich_line(value) if isinstance(value, Rich) else Markup(_finalized(value))


def _lines(value: object) -> Markup:
    """Text with its line breaks kept, in a table cell."""
    return Markup("<br>").join(escaped(line) for line in str(value).split("\n") if line.strip())


def _joining(comma: str) -> Callable[..., Markup]:
    """The filter that joins values, with the language's comma unless the template says what stands between."""

    @jinja2.pass_environment
    def joined(
        environment: jinja2.Environment, values: Iterable[object], between: str = comma, attribute: str | None = None
    ) -> Markup:
        chosen = (environment.getattr(value, attribute) if attribute else value for value in values)
        return Markup(between).join(_cell(value) for value in chosen)

    return joined


def _notation_filters(phrases: Phrases) -> Mapping[str, Callable[..., Markup]]:
    """What writes numbers, money, days and places as the language does."""
    notation = phrases.notation

    def money(least: Decimal, most: Decimal | None, currency: str) -> Markup:
        high = None if most is None else _number(most)
        return escaped(notation.money(_number(least), high, currency, phrases.text("money.between")))

    return {
        "amount": lambda value: escaped(notation.number(_number(value))),
        "country": lambda code: escaped(notation.country(code)),
        "day": lambda text: escaped(notation.day(str(text))),
        "join": _joining(notation.comma),
        "language": lambda tag: escaped(notation.language(tag)),
        "listed": lambda texts: Markup(notation.listed(map(_cell, texts))),
        "money": money,
        "place": lambda code: escaped(notation.place(code)),
        "town": lambda city, code: escaped(notation.town(str(city), code)),
    }


def _number(value: Any) -> Decimal:
    try:
        number = Decimal(value)
    except (ArithmeticError, TypeError, ValueError):
        number = Decimal("NaN")
    if not number.is_finite():
        raise jinja2.TemplateRuntimeError(f"'{plain(value)[:60]}' is no number")
    return number


def _link(text: object, target: str | None) -> Markup:
    """`text` as a link to `target`, or as it is if there is no target."""
    if not target or not _SAFE.match(target):
        return _cell(text)
    safe = quote(target, safe=":/?#[]@!$&'*+,;=%-._~")
    return Markup(f"[{escaped(plain(text)) if isinstance(text, Rich) else _cell(text)}]({safe})")


def _field(
    prompt: object, id: str, type: str, label: object = "", options: Mapping[str, object] = MappingProxyType({})
) -> Markup:
    """A place to fill in: its prompt between comments that no reader shows. `label` says what it asks for."""
    if type not in TYPES:
        raise jinja2.TemplateRuntimeError(f"there is no field of type '{type}' - {nearest(type, TYPES, len(TYPES))}")
    if not FIELD_ID.fullmatch(id) or "--" in id:
        raise jinja2.TemplateRuntimeError(f"'{id[:60]}' can't be a field's id - leave out spaces, braces, < and >")
    if not str(prompt).strip():
        raise jinja2.TemplateRuntimeError(
            f"the field '{id}' has no prompt - say what stands there until it is filled in"
        )
    texts = {value: str(text) for value, text in options.items()}
    settings = Field(id, cast("FieldType", type), str(label), str(prompt), texts)
    return Markup(marked(settings, _cell(prompt)))
