"""Jinja's immutable sandbox, and what it leaves open: functions and blocks are called and never printed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from types import BuiltinMethodType, FunctionType, MethodType
from typing import Any, NoReturn

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import BlockReference, Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from jdgen.escape import Plain
from jdgen.view import View, fields_of

_METHODS = (BuiltinMethodType, FunctionType, MethodType)
_NOTHING = object()


class Function:
    """What a template may call and never print: Python's own text for it says where it lies in memory."""

    __slots__ = ("_called",)

    def __init__(self, called: Callable[..., Any]) -> None:
        self._called = called

    def __call__(self, *args: Any, **values: Any) -> Any:
        return self._called(*args, **values)

    def __str__(self) -> NoReturn:
        raise jinja2.TemplateRuntimeError("prints a function as a whole - call it, with ( and ) behind its name")

    def __repr__(self) -> str:
        return "a function"

    def __html__(self) -> NoReturn:
        str(self)
        raise AssertionError


class _Block(BlockReference):
    """A block, which a template may call and never print, as above."""

    def __repr__(self) -> NoReturn:
        raise jinja2.TemplateRuntimeError("prints a block as a whole - call it, with ( and ) behind its name")


def _guarded(value: Any) -> Any:
    """A value as templates may have it: of a function nothing but what it gives."""
    if type(value) is BlockReference:
        return _Block(value.name, value._context, value._stack, value._depth)
    return Function(value) if type(value) in _METHODS else value


class _Context(Context):
    """The names of a template while it runs."""

    def super(self, name: str, current: Callable[..., Any]) -> Any:
        return _guarded(super().super(name, current))


class _Generator(CodeGenerator):
    """Compiles templates. What `finalize` gives is Markdown already, so that nothing is left to escape."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:  # noqa: ARG002 - as the compiler calls it
        self.write("str(")
        if finalize.src is not None:
            self.write(finalize.src)


class Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox. The names of a view are values and nothing else, so they need not be looked at by its rules."""

    context_class = _Context
    code_generator_class = _Generator

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is View:
            value = fields_of(obj).get(attribute, _NOTHING)
            if value is not _NOTHING:
                return Plain(value) if type(value) is str else value
        return _guarded(super().getattr(obj, attribute))

    def getitem(self, obj: Any, argument: Any) -> Any:
        return _guarded(super().getitem(obj, argument))

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - as in the sandbox: arguments may have any names
        if type(__obj) is Macro:  # a template's own, which runs in the same sandbox
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            return __obj(__context.eval_ctx, *args, **kwargs)
        return super().call(__context, __obj, *args, **kwargs)


def at_once(filter: Callable[..., Any]) -> Callable[..., Any]:
    """The filter, which gives all its entries at once: what gives them one by one has a place in memory for a text."""

    @wraps(filter)
    def filtered(*args: Any, **values: Any) -> Any:
        found = filter(*args, **values)
        return found if isinstance(found, str) else tuple(found)

    return filtered
