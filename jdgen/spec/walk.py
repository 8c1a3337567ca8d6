"""Walking a spec: every part with its path, and the same spec with parts changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from jdgen.spec.base import Spec, Translations

Path = tuple[str | int, ...]


@cache
def keys_of(model: type[Spec]) -> tuple[tuple[str, str], ...]:
    """The fields of a model, each with the key by which files write it."""
    return tuple((name, field.alias or name) for name, field in model.model_fields.items())


@cache
def _holders(model: type[Spec]) -> tuple[tuple[str, str], ...]:
    """The fields of a model that can hold other parts."""
    return tuple((field, key) for field, key in keys_of(model) if _holds(model.model_fields[field].annotation))


def _holds(annotation: Any) -> bool:
    """Whether values of a type can be or hold parts; of one that is only named it is not known, so they may."""
    origin = get_origin(annotation)
    if origin is Literal:
        return False
    if origin is Annotated:
        return _holds(get_args(annotation)[0])
    if origin is not None:
        return any(_holds(argument) for argument in get_args(annotation) if argument is not ...)
    return not isinstance(annotation, type) or issubclass(annotation, Spec)


def parts(value: Any, path: Path = ()) -> Iterator[tuple[Path, Spec]]:
    """Every part of `value` that is a Spec, itself included, with its path from the root."""
    waiting: list[tuple[Path, Any]] = [(path, value)]
    while waiting:
        where, each = waiting.pop()
        if isinstance(each, Spec):
            yield where, each
            below = [((*where, key), part) for field, key in _holders(type(each)) if (part := getattr(each, field))]
        elif isinstance(each, tuple):
            below = [((*where, position), part) for position, part in enumerate(each)]
        elif isinstance(each, dict):
            below = [((*where, key), part) for key, part in each.items()]
        else:
            continue
        waiting += reversed(below)


def mapped(value: Any, change: Callable[[Any, Path], Any], path: Path = ()) -> Any:
    """`value` with `change` applied to every leaf that is not a Spec, tuple or dict; parts keep identity
    where nothing below them changed.
    """
    if isinstance(value, Spec):
        update = {}
        for field, key in keys_of(type(value)):
            old = getattr(value, field)
            new = mapped(old, change, (*path, key))
            if new is not old:
                update[field] = new
        return value.model_copy(update=update) if update else value
    if isinstance(value, tuple):
        entries = tuple(mapped(entry, change, (*path, i)) for i, entry in enumerate(value))
        return entries if any(a is not b for a, b in zip(entries, value, strict=True)) else value
    if isinstance(value, dict):
        pairs = {key: mapped(entry, change, (*path, key)) for key, entry in value.items()}
        return pairs if any(pairs[key] is not value[key] for key in pairs) else value
    return change(value, path)


@cache
def _is_prose(model: type[Spec], field: str) -> bool:
    """Whether a field holds text that people read, rather than an id, a code or a choice."""
    kinds: list[Any] = [model.model_fields[field].annotation]
    while kinds:
        kind = kinds.pop()
        if kind is Translations:
            return True
        kinds += get_args(kind)
    return False


def texts(value: Any) -> Iterator[tuple[Path, str, str]]:
    """Every text that people read below `value`: its path, its language if it is given by language, the text."""
    for where, part in parts(value):
        for field, key in keys_of(type(part)):
            if _is_prose(type(part), field):
                yield from _leaves(getattr(part, field), (*where, key))


def _leaves(value: Any, path: Path) -> Iterator[tuple[Path, str, str]]:
    if isinstance(value, Translations):
        yield from ((path, tag, text) for tag, text in value.by_language)
    elif isinstance(value, str):
        yield path, "", str(value)
    elif isinstance(value, tuple):
        for position, entry in enumerate(value):
            yield from _leaves(entry, (*path, position))
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from _leaves(entry, (*path, key))
