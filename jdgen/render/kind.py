"""The user's own kinds of documents: each template of a new name is one, and its first line may say what it is for."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jdgen.document import COMPARISON, DEBRIEF, INDEX, KINDS, TRACE, DocumentKind
from jdgen.problem import JdgenError, Problem, nearest, shown
from jdgen.scan import UNFIT
from jdgen.spec.base import is_identifier

SUFFIX = ".md.j2"
_UNFIT = re.compile(rf"{UNFIT.pattern}|[\x7f-\x9f]")
_HEADER = re.compile(r"\s*\{#-?\s*kind\s*:\s*(?P<settings>[^#]*?)\s*-?#\}", re.IGNORECASE)
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "audience": ("candidate", "internal"),
    "per": ("role", "stage", "scored-stage"),
}


def own_kinds(folder: Path, shipped: Path) -> Iterator[DocumentKind]:
    """The kinds that templates of `folder` add to the shipped ones, which lie in `shipped`, sorted by name.

    Raises JdgenError for a name that can't stand in file names and for a first line that can't be read.
    """
    known = {*KINDS, *(kind.name for kind in (INDEX, COMPARISON, DEBRIEF, TRACE))}
    for path in sorted(folder.glob(f"[!_.]*{SUFFIX}")) if folder.is_dir() else ():
        name = path.name.removesuffix(SUFFIX)
        if not is_identifier(name):
            hint = "it becomes part of file names: use lower-case letters, digits and single hyphens"
            raise JdgenError(
                [Problem("template.name", f"'{fit(name)}' can't name a kind", fit(shown(path)), hint=hint)]
            )
        is_held = path.is_file() and lies_in(path, folder) and path.resolve().parent != shipped.resolve()
        if name not in known and is_held:
            yield _declared(name, path)


def lies_in(path: Path | str, folder: Path | str) -> bool:
    """Whether a file is in `folder` and no link that leads out of it."""
    return os.path.realpath(path).startswith(os.path.realpath(folder) + os.sep)


def fit(message: str) -> str:
    """A message in one line, with nothing in it that would change a terminal: it may quote what a template says."""
    return " ".join(_UNFIT.sub("\ufffd", message).split())


def _declared(name: str, path: Path) -> DocumentKind:
    """The kind that a template of the user's declares in its first line, if it has such a line."""
    match = _HEADER.match(path.read_text(encoding="utf-8-sig", errors="replace"))
    settings: dict[str, Any] = {}
    problems: list[Problem] = []
    for setting in re.sub(r"\s*=\s*", "=", match["settings"]).replace(",", " ").split() if match else ():
        key, _, value = setting.partition("=")
        if value not in _CHOICES.get(key, ()):
            known = [f"{key}={value}" for key, values in _CHOICES.items() for value in values]
            message, hint = f"'{fit(setting)}' says nothing of a kind", nearest(setting, known)
            problems.append(Problem("template.kind", message, shown(path), 1, hint=hint))
        settings[key] = value
    if problems:
        raise JdgenError(problems)
    return DocumentKind(name, **settings)
