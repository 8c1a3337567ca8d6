"""Roles side by side: what each says of the same aspects, for whoever decides which one to hire."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from jdgen.comparison import Comparison, Place, Row, Text, comparison_of, fits_of
from jdgen.document import COMPARISON, Document
from jdgen.escape import plain
from jdgen.family import roles_in_family
from jdgen.kit import document_files, with_pdf
from jdgen.problem import JdgenError, Problem, nearest
from jdgen.render import Renderer
from jdgen.request import Request, Target, by_name, loaded
from jdgen.role import Role
from jdgen.spec import Item, RoleSpec
from jdgen.spec.role import CompanyStageFit, Tool
from jdgen.view import View, view

FORMATS = ("md", "docx", "html", "txt", "pdf", "json")
_BESIDE = 4
"""The most roles that stand side by side on a page; more stand below one another."""


def compared(request: Request, family: str | None = None) -> Comparison:
    """The roles that are asked for, else those of a family, in one language. Raises JdgenError with all problems."""
    names = list(dict.fromkeys(by_name(name, request.library) for name in request.roles))
    names = names or list(roles_in_family(request.library, family))
    if len(names) < 2:
        hint = nearest("", [*roles_in_other(names, request)]) or "write specs of its neighbors"
        raise JdgenError([Problem("comparison.alone", "a comparison takes two roles or more", hint=hint)])
    found: list[Role] = []
    problems: list[Problem] = []
    for name in names:
        try:
            files = loaded(Target(name), request)
            language = request.language or (found[0].language if found else None)
            found.append(files.resolved(None, language))
        except JdgenError as error:
            problems += error.problems
    if problems:
        raise JdgenError(list(dict.fromkeys(problems)))
    return comparison_of(_by_horizon(found))


def roles_in_other(names: Sequence[str], request: Request) -> list[str]:
    """Roles that there are besides."""
    return [name for name in request.library.names(RoleSpec) if name not in names]


def _by_horizon(roles: Sequence[Role]) -> list[Role]:
    """The roles as they lie on the stack: those of short horizons first, else in the order given."""
    order = ("short", "medium", "long")
    horizons = [role.spec.work_profile.horizon if role.spec.work_profile else None for role in roles]
    ranked = sorted(zip(roles, horizons, strict=True), key=lambda pair: order.index(pair[1]) if pair[1] else len(order))
    return [role for role, _ in ranked]


def comparison_document(comparison: Comparison, renderer: Renderer, name: str = "role-comparison") -> Document:
    """The document. Raises JdgenError."""
    first = comparison.roles[0]
    phrases = renderer.phrases(first.language, first.company.voice if first.company else None)
    title = phrases.text("compare.title", family=comparison.family) if comparison.family else ""
    title = title or " · ".join(role.title for role in comparison.roles)
    return renderer.render(first, COMPARISON, name, title=title, comparison=_view(comparison, title))


def comparison_files(
    comparison: Comparison, formats: Sequence[str], renderer: Renderer, templates: Path
) -> Mapping[str, bytes]:
    """The files of a comparison by name. Raises JdgenError."""
    name = "-".join([_slug(comparison.family), "role-comparison"]) if comparison.family else "role-comparison"
    files = {f"{name}.json": as_json(comparison).encode()} if "json" in formats else {}
    documents = [format for format in formats if format != "json"]
    if documents:
        document = comparison_document(comparison, renderer, name)
        made = with_pdf(list(document_files(document, Path(), documents, templates)))
        files |= {file.path.name: file.data for file in made}
    return files


def as_json(comparison: Comparison) -> str:
    """The comparison as JSON: for each role, what it says under each key."""
    data = {
        "family": comparison.family,
        "roles": [
            {
                "id": place.role.id,
                "title": place.role.title,
                "layer": _plain_or_none(place.role.spec.layer),
                "horizon": place.horizon,
                "certainty": place.certainty,
                **{
                    section.key.removeprefix("compare."): {
                        row.label or row.key.rpartition(".")[2]: [_said(text) for text in row.cells[number]]
                        for row in section.rows
                        if row.cells[number]
                    }
                    for section in comparison.sections
                },
            }
            for number, place in enumerate(comparison.places)
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


# --- as a template sees it -------------------------------------------------------------------------


def _view(comparison: Comparison, title: str) -> View:
    return View(
        "a comparison",
        {
            "title": title,
            "family": comparison.family,
            "beside": len(comparison.roles) <= _BESIDE,
            "widths": ",".join(["16", *[str(84 // len(comparison.roles))] * len(comparison.roles)]),
            "roles": tuple(_place_view(place) for place in comparison.places),
            "sections": tuple(
                View("a section", {"key": section.key, "rows": tuple(map(_row_view, section.rows))})
                for section in comparison.sections
            ),
            "cautions": tuple(_cautions(comparison.roles)),
        },
    )


def _place_view(place: Place) -> View:
    spec = place.role.spec
    fields = {
        "title": place.role.title,
        "layer": view(spec.layer),
        "horizon": place.horizon,
        "certainty": place.certainty,
        "missing": place.missing,
        "stages": tuple(fit.stage for fit in fits_of(spec)),
    }
    return View("a compared role", fields)


def _row_view(row: Row) -> View:
    cells = tuple(tuple(map(_text_view, cell)) for cell in row.cells)
    return View("a row", {"key": row.key, "label": row.label, "cells": cells})


def _text_view(text: Text) -> View:
    """Each text in one shape: what it is, and what templates need to print it."""
    sorts = ((Tool, "tool"), (CompanyStageFit, "fit"), (Item, "item"))
    sort = next((name for kind, name in sorts if isinstance(text, kind)), "text")
    return View("a statement", {"sort": sort, "said": view(text)})


def _cautions(roles: Iterable[Role]) -> Iterator[object]:
    for role in roles:
        if role.spec.context and role.spec.context.caution:
            yield View("a caution", {"title": role.title, "text": view(role.spec.context.caution)})


def _said(text: Text) -> str | dict[str, object]:
    """A statement as JSON has it."""
    if isinstance(text, Tool):
        return str(text.name)
    if isinstance(text, CompanyStageFit):
        performance = text.performance
        span = [float(performance.least), float(performance.most)] if performance else None
        return {"stage": text.stage, "summary": plain(text.summary), "performance": span}
    return plain(text.text if isinstance(text, Item) else str(text))


def _plain_or_none(text: object) -> str | None:
    return None if text is None else str(text)


def _slug(text: str) -> str:
    """A name for a file."""
    return "-".join("".join(letter if letter.isalnum() else " " for letter in text.lower()).split())
