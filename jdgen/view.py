"""Plain, read-only values: all that templates ever hold; never the spec's own objects."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from jdgen.escape import Plain
from jdgen.spec.base import Line, Minutes, Rich, Spec

_PLAIN = frozenset([str, bool, int, float, type(None), Plain, Rich, Line])
"""Types whose values have no parts."""


class View:
    """Named values and nothing else: no methods, no way to change them."""

    __slots__ = ("_fields", "_noun")
    _fields: Mapping[str, Any]
    _noun: str

    def __init__(self, noun: str, fields: Mapping[str, Any]) -> None:
        object.__setattr__(self, "_noun", noun)
        object.__setattr__(self, "_fields", fields)

    def __getattr__(self, name: str) -> Any:
        try:
            value = self._fields[name]
        except KeyError:
            raise AttributeError(name) from None
        return Plain(value) if type(value) is str else value

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{self._noun} can't be changed")

    def __repr__(self) -> str:
        return f"<{self._noun}>"


def fields_of(view: View) -> Mapping[str, Any]:
    """The values of a view by name."""
    return view._fields


def noun_of(view: View) -> str:
    """What messages call the view."""
    return view._noun


def view(value: Any, **more: Any) -> Any:
    """`value` as templates may see it: parts of a spec as views, lists as tuples, dicts read-only."""
    kind = type(value)
    if kind in _PLAIN:
        return Plain(value) if kind is str else value
    if isinstance(value, Minutes):
        return View("a time", {"least": value.least, "most": value.most})
    if isinstance(value, Spec):
        return View(kind.noun, {**{name: view(getattr(value, name)) for name in kind.model_fields}, **more})
    if kind is tuple:
        return tuple([view(entry) for entry in value])
    if isinstance(value, dict):
        return MappingProxyType({key: view(entry) for key, entry in value.items()})
    return value
