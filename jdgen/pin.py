"""Pinned kits: a vacancy keeps the kit that it began with, while the role's spec moves on.

What the kit is made of is copied to `role_specs/pinned/<posting>/`, a folder of specs like any other, and the
posting says at which version its kit stays. The posting's own file stays in use: dates and pay may change.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from jdgen.appearance import appearance_files
from jdgen.load import FOLDERS, Library, load_posting, path_in_specs
from jdgen.problem import JdgenError, Problem, shown
from jdgen.reference import at_place
from jdgen.request import Loaded, Request, Target, loaded
from jdgen.source import Source
from jdgen.spec import Company, Posting
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
    path = library.own / path_in_specs(Posting, name)
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
    """Each file that the kit is made of, besides the posting, and what it is called in the folder that keeps it.

    Raises JdgenError for a logo or reference document that does not lie beside its company's file.
    """
    company = files.company
    for file in (files.spec, *files.spec.shared.values(), *([company] if company else [])):
        path = library.find(type(file), file.id)
        assert path is not None
        yield path, path_in_specs(type(file), file.id)
        for name in appearance_files(company) if file is company and company else ():
            beside = posixpath.normpath(name)
            if beside.startswith("..") or posixpath.isabs(beside):
                message, hint = "lies outside of the folder of companies", "move it there, so that it can be kept"
                raise JdgenError([Problem("pin.outside", message, shown(path.parent / name), hint=hint)])
            yield path.parent / name, f"{FOLDERS[Company]}/{beside}"
