"""Options of the command line -> what the library is asked for."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from jdgen.cli.options import FORMATS, OUTPUT, SPECS, TEMPLATES
from jdgen.problem import JdgenError, Problem, nearest

if TYPE_CHECKING:
    from jdgen.check import Difference
    from jdgen.load import Library
    from jdgen.request import Request
    from jdgen.spec.role import LevelPages

LEVEL_PAGES = ("together", "apart")


def library_in(specs: Path) -> Library:
    """The specs in a folder, and the shipped ones. Raises JdgenError if a folder that was named is not there."""
    from jdgen.load import Library

    existing(specs, SPECS)
    return Library(own=specs)


def existing(path: Path, default: Path) -> Path:
    """The same path. Raises JdgenError if it was named and is no folder; the default one need not be there."""
    if path != default and not path.is_dir():
        raise JdgenError([Problem("file.unreadable", "is not a folder", path.as_posix())])
    return path


def request_of(
    roles: list[str] | None,
    level: str | None,
    company: str | None,
    posting: str | None,
    kinds: list[str] | None,
    to: str,
    output: Path,
    specs: Path,
    templates: Path,
    levels: str | None = None,
    language: str | None = None,
) -> Request:
    """What to build or check. Raises JdgenError for a folder, format or tag of a language there is not."""
    from jdgen.request import Request, formats_of
    from jdgen.spec.base import LANGUAGE_TAG

    if levels not in (None, *LEVEL_PAGES):
        problem = Problem("level.pages", f"--levels can't be '{levels}'", hint=nearest(levels, LEVEL_PAGES))
        raise JdgenError([problem])
    if language is not None and not LANGUAGE_TAG.match(language):
        problem = Problem("text.language", f"'{language}' is not a language tag", hint="such as de, fr or pt-BR")
        raise JdgenError([problem])

    return Request(
        roles=tuple(roles or ()),
        level=level,
        levels=cast("LevelPages | None", levels),
        company=company,
        posting=posting,
        language=language,
        kinds=tuple(kinds or ()),
        formats=formats_of(to),
        output=output,
        library=library_in(specs),
        templates=existing(templates, TEMPLATES),
    )


def advice(differences: Sequence[Difference], request: Request) -> str:
    """What to do about files that are not as the specs say."""
    states = {difference.state for difference in differences}
    parts = []
    if states & {"missing", "stale", "orphaned"}:
        parts.append(f"run: {again(request)}")
    if "edited" in states:
        parts.append("bring the edits into the specs, or write over them: " + again(request) + " --force")
    if "orphaned" in states:
        parts.append("remove orphaned files that it leaves, since jdgen did not write them")
    return "; ".join(parts)


def again(request: Request) -> str:
    """The build that makes what a check asked for."""
    from jdgen.request import formats_of

    options = [("level", request.level), ("levels", request.levels), ("company", request.company)]
    options += [("posting", request.posting), ("language", request.language)]
    options += [("kind", kind) for kind in request.kinds]
    if request.formats != formats_of(FORMATS):
        options.append(("to", ",".join(request.formats)))
    folders = (
        ("output", request.output, OUTPUT),
        ("specs", request.library.own, SPECS),
        ("templates", request.templates, TEMPLATES),
    )
    options += [(name, str(value)) for name, value, default in folders if value != default]
    words = ["jdgen", "build", *request.roles]
    words += [word for name, value in options if value for word in (f"--{name}", value)]
    return shlex.join(words)
