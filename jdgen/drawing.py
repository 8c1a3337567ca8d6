"""Pictures as data: what a template wants to be drawn, in a comment that no reader of Markdown shows.

`<!-- draw {...} -->` stands by itself, beside a table or list that says the same. Whoever writes a page draws it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from jdgen.form import MARKUP

DRAW = re.compile(r"<!-- draw (\{.*?\}) -->\s*\Z", re.DOTALL)
"""The comment that describes a picture; its one group is JSON."""
_Label = Annotated[str, Field(max_length=200)]
_Number = Annotated[float, Field(ge=0, le=100_000)]


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Drawing(_Data):
    title: Annotated[str, Field(min_length=1, max_length=200)]
    """What the picture is of."""

    @property
    def alt(self) -> str:
        """What the picture shows, for those who don't see it: its title and all its data."""
        return f"{self.title}: {'; '.join(self._said())}"

    def _said(self) -> Iterator[str]:
        raise NotImplementedError


class Axis(_Data):
    """One side of a field: what is measured, and its steps."""

    label: _Label
    values: Annotated[tuple[_Label, ...], Field(min_length=1, max_length=6)]


class Spot(_Data):
    """Something that stands in a field, at a step of each side, counted from 0."""

    name: _Label
    note: _Label = ""
    x: Annotated[int, Field(ge=0)]
    y: Annotated[int, Field(ge=0)]


class Stack(_Drawing):
    """Roles on two axes: the steps of `x` from the left, of `y` from the top."""

    kind: Literal["stack"]
    x: Axis
    y: Axis
    items: Annotated[tuple[Spot, ...], Field(min_length=1, max_length=40)]

    @model_validator(mode="after")
    def _within(self) -> Self:
        if any(spot.x >= len(self.x.values) or spot.y >= len(self.y.values) for spot in self.items):
            raise ValueError("an item stands beyond its axis")
        return self

    def _said(self) -> Iterator[str]:
        for spot in self.items:
            name = f"{spot.name} ({spot.note})" if spot.note else spot.name
            yield f"{name}: {self.x.label} {self.x.values[spot.x]}, {self.y.label} {self.y.values[spot.y]}"


class Bar(_Data):
    """One bar: how long each of its parts is."""

    name: _Label
    values: tuple[_Number, ...]


class Bars(_Drawing):
    """Bars of the same parts, one below the other."""

    kind: Literal["bars"]
    parts: Annotated[tuple[_Label, ...], Field(min_length=1, max_length=6)]
    unit: _Label = ""
    rows: Annotated[tuple[Bar, ...], Field(min_length=1, max_length=40)]

    @model_validator(mode="after")
    def _same_parts(self) -> Self:
        if any(len(row.values) != len(self.parts) for row in self.rows):
            raise ValueError("a bar has other parts than the rest")
        return self

    def _said(self) -> Iterator[str]:
        for row in self.rows:
            parts = zip(self.parts, row.values, strict=True)
            yield f"{row.name}: {', '.join(f'{part} {value:g}' for part, value in parts if value)}"


class Step(_Data):
    """One step of a ladder."""

    name: _Label
    note: _Label = ""
    track: Annotated[int, Field(ge=0)] | None = None
    """Which of the tracks it is on; None if it comes before they part."""


class Ladder(_Drawing):
    """Steps that lead up, the lowest first, on one track or several."""

    kind: Literal["ladder"]
    tracks: Annotated[tuple[_Label, ...], Field(max_length=3)] = ()
    steps: Annotated[tuple[Step, ...], Field(min_length=1, max_length=24)]

    @model_validator(mode="after")
    def _on_track(self) -> Self:
        if any(step.track is not None and step.track >= len(self.tracks) for step in self.steps):
            raise ValueError("a step is on a track that there is not")
        return self

    def _said(self) -> Iterator[str]:
        for step in self.steps:
            track = f"{self.tracks[step.track]}: " if step.track is not None and len(self.tracks) > 1 else ""
            yield f"{track}{step.name}{f' ({step.note})' if step.note else ''}"


Drawing = Stack | Bars | Ladder
KINDS = ("stack", "bars", "ladder")
_READ: TypeAdapter[Drawing] = TypeAdapter(Annotated[Drawing, Field(discriminator="kind")])


def drawing_of(data: Mapping[str, Any] | str) -> Drawing:
    """The picture that data, or its JSON, describes. Raises ValueError in words."""
    try:
        return _READ.validate_json(data) if isinstance(data, str) else _READ.validate_python(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        where = ".".join(str(step) for step in first["loc"] if step not in KINDS)
        raise ValueError(f"{f'{where}: ' if where else ''}{first['msg']}") from None


def drawn(data: Mapping[str, Any]) -> str:
    """The comment that has a picture drawn. Raises ValueError for data of no picture."""
    text = json.dumps(drawing_of(data).model_dump(exclude_defaults=True), ensure_ascii=False)
    for mark, written in MARKUP.items():
        text = text.replace(mark, written)
    return f"<!-- draw {text} -->"
