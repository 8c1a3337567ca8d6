"""Pinned kits: a vacancy keeps the kit that it began with, while the role's spec moves on.

What the kit is made of is copied to `role_specs/pinned/<posting>/`, a folder of specs like any other, and the
posting says at which version its kit stays. The posting's own file stays in use: dates and pay may change.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from jdgen.appearance import house_style
from jdgen.load import Library, load_posting
from jdgen.problem import JdgenError, Problem, shown
from jdgen.reference import at_place
from jdgen.request import Loaded, Request, Target, loaded
from jdgen.source import Source
from jdgen.spec import Company, Posting, RoleSpec, SharedCompetency
from jdgen.write.file import remove_tree, write_file

_LINE = re.compile(r"^pinned[ \t]*:[^\n]*\n?", re.MULTILINE)


def pin(name: str, request: Request) -> tuple[str, list[Path]]:
    """Freezes the kit of a posting; its version and the files that were written.

    Raises JdgenError if the posting is pinned already, or can't be built.
    """
    library = request.library
    posting = load_posting(name, library)
    if posting.pinned:
        hint = "'jdgen unpin' it first"
        raise JdgenError([at_place(posting, ("pinned",), "pin.already", "its kit is pinned already", hint)])
    files = loaded(Target(posting.role, None, name), request)
    version = files.resolved().version
    path = _own_file(name, library)
    text = _edited(path, f"pinned: {version}\n", posting, version)
    kept = library.pinned(name).own
    written = []
    for source, target in _kept(files, library):
        write_file(kept / target, source.read_bytes(), library.own)
        written.append(kept / target)
    write_file(path, text.encode(), library.own)
    return version, [*written, path]


def unpin(name: str, library: Library) -> Path:
    """Lets the kit of a posting follow its role again; the posting's path. Raises JdgenError."""
    posting = load_posting(name, library)
    if not posting.pinned:
        raise JdgenError([Problem("pin.not", f"the kit of '{name}' is not pinned")])
    path = _own_file(name, library)
    text = _edited(path, "", posting, None)
    write_file(path, text.encode(), library.own)
    remove_tree(library.pinned(name).own, library.own)
    return path


def _own_file(name: str, library: Library) -> Path:
    """The posting's file, which must be the user's own. Raises JdgenError."""
    path = library.own / "postings" / f"{name}.yaml"
    if not path.is_file():
        message, hint = f"'{name}' ships with jdgen", "copy it into your own folder of specs first"
        raise JdgenError([Problem("pin.shipped", message, hint=hint)])
    return path


def _edited(path: Path, line: str, posting: Posting, version: str | None) -> str:
    """The posting's text with its line of the version, and all else as it was. Raises JdgenError."""
    text = path.read_bytes().decode()
    rest = _LINE.sub("", text)
    rest = rest if not line or rest.endswith("\n") or not rest else f"{rest}\n"
    edited = f"{rest}{line}"
    try:
        now = Source(edited, path.as_posix()).model(Posting, posting.id)
    except JdgenError:
        now = None
    if now is None or now.model_dump() != posting.model_dump() | {"pinned": version}:
        hint = f"write it yourself: {line.strip()}" if line else "take out the line 'pinned:' yourself"
        raise JdgenError([Problem("pin.edit", "the line can't be set in this file", path.as_posix(), hint=hint)])
    return edited


def _kept(files: Loaded, library: Library) -> Iterator[tuple[Path, str]]:
    """Each file that the kit is made of, besides the posting, and what it is called in the folder that keeps it."""
    names: list[tuple[type[RoleSpec | SharedCompetency | Company], str, str]] = [
        (RoleSpec, files.spec.id, ""),
        *((SharedCompetency, name, "competencies/") for name in files.spec.shared),
        *([(Company, files.company.id, "companies/")] if files.company else []),
    ]
    for kind, name, room in names:
        path = library.find(kind, name)
        assert path is not None
        yield path, f"{room}{name}.yaml"
    if files.company is not None:
        yield from _appearance(files.company, library)


def _appearance(company: Company, library: Library) -> Iterator[tuple[Path, str]]:
    """A company's logo and reference document. Raises JdgenError for one that does not lie beside its file."""
    style, home = house_style(company), library.find(Company, company.id)
    if style is None or home is None:
        return
    for path in (style.logo.file if style.logo else None, style.reference):
        if path is None:
            continue
        beside = Path(os.path.relpath(path, home.parent)).as_posix()
        if beside.startswith(".."):
            message, hint = "lies outside of the folder of companies", "move it there, so that it can be kept"
            raise JdgenError([Problem("pin.outside", message, shown(path), hint=hint)])
        yield path, f"companies/{beside}"
