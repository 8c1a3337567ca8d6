"""A company's house style, as the Word writer takes it; what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from jdgen.problem import Problem
from jdgen.reference import at_place
from jdgen.spec import Company
from jdgen.style import PAGES, PAPER, READABLE, HouseStyle, Logo, contrast, readable

_TOKENS = {"text": "ink", "muted": "muted", "accent": "accent", "warning": "warning", "tint": "tint", "rule": "rule"}
_READ = ("text", "muted", "accent", "warning")
"""The colors that text is written in, or that have to be seen as well as text."""


def house_style(company: Company) -> HouseStyle | None:
    """How the company's documents look; None if it leaves that to the templates."""
    given = company.house_style
    if given is None:
        return None
    colors = given.colors
    values = {token: getattr(colors, name) for name, token in _TOKENS.items()} if colors else {}
    changed = {token: value.removeprefix("#").upper() for token, value in values.items() if value}
    style = replace(
        HouseStyle(**changed),
        size=float(given.size or HouseStyle.size),
        page=PAGES[given.page or "A4"],
        reference=_beside(company, given.reference) if given.reference else None,
    )
    if given.font:
        style = replace(style, font=str(given.font), fallback="")
    if given.logo:
        text, height = str(given.logo.text or company.name), float(given.logo.height or Logo.height)
        style = replace(style, logo=Logo(_beside(company, given.logo.file), text, height))
    return style


def appearance_files(company: Company) -> list[str]:
    """The files that a company's house style names, as paths from its own file."""
    given = company.house_style
    named = (given.logo.file if given.logo else None, given.reference) if given else ()
    return [str(name) for name in named if name]


def appearance_problems(company: Company) -> Iterator[Problem]:
    """Files that the house style names and nobody has, and colors that can't be read."""
    given, style = company.house_style, house_style(company)
    if given is None or style is None:
        return
    named = (
        (("logo", "file"), style.logo.file if style.logo else None),
        (("reference",), style.reference),
    )
    for where, path in named:
        if path is not None and not path.is_file():
            hint = "paths count from the company's file"
            yield at_place(company, ("house_style", *where), "file.unreadable", "there is no such file", hint)
    for name in _TOKENS if given.colors else ():
        if getattr(given.colors, name):
            yield from _unreadable(company, style, name)


def _unreadable(company: Company, style: HouseStyle, name: str) -> Iterator[Problem]:
    """What is wrong with one color: that of text on paper or tint, or a tint too dark to write on."""
    where = ("house_style", "colors", name)
    if name in _READ:
        color = getattr(style, _TOKENS[name])
        grounds = (PAPER, style.tint) if _is_light(style.tint) else (PAPER,)
        ground = min(grounds, key=lambda ground: contrast("000000", ground))  # the darker one
        if contrast(color, ground) < READABLE:
            message = f"text of this color has a contrast of {contrast(color, ground):.1f}, below {READABLE}"
            hint = f"such as {readable(color, ground)}, which is as near as can be read"
            yield at_place(company, where, "style.contrast", message, hint)
    elif name == "tint" and not _is_light(style.tint):
        message = f"text on this color has a contrast of {contrast(HouseStyle.muted, style.tint):.1f}, below {READABLE}"
        yield at_place(company, where, "style.contrast", message, "take a very light color")


def _is_light(tint: str) -> bool:
    return contrast(HouseStyle.muted, tint) >= READABLE


def _beside(company: Company, name: str) -> Path:
    """A file named in the company's file."""
    return Path(company.origin.file).parent / name if company.origin else Path(name)
