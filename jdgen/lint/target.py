"""Names and paths on the command line -> what there is to lint."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jdgen.lint.page import SUFFIXES
from jdgen.load import Library, is_path
from jdgen.problem import JdgenError, Problem, nearest
from jdgen.request import roles_of
from jdgen.spec import Company, Posting, RoleSpec, SharedCompetency, SpecFile

_KINDS: dict[str, type[SpecFile]] = {"postings": Posting, "companies": Company, "competencies": SharedCompetency}


@dataclass(frozen=True)
class Target:
    """One thing to lint."""

    kind: type[SpecFile] | None
    """None for a finished posting."""
    name: str
    library: Library


def targets_of(names: Sequence[str], library: Library) -> Iterator[Target]:
    """What names and paths mean; all that the user has if none is given, what ships if the user has nothing.

    Raises JdgenError for what means nothing.
    """
    if names:
        for name in dict.fromkeys(names):
            yield from (_named(each, library) for each in _files_in(name))
        return
    yield from (Target(RoleSpec, name, library) for name in roles_of(library))
    own = bool(library.own_names(RoleSpec) or library.own_names(Posting))
    for kind in (Posting, Company, SharedCompetency):
        names = library.own_names(kind) if own else library.names(kind)
        yield from (Target(kind, name, library) for name in names)


def _files_in(name: str) -> list[str]:
    """The specs and postings in a folder and below, sorted; the name itself if it is no folder. Raises JdgenError."""
    folder = Path(name)
    if not folder.is_dir():
        return [name]
    known = (*SUFFIXES, ".yaml", ".yml")
    found = (path for path in sorted(folder.rglob("*")) if path.suffix.lower() in known and path.name[0] not in ".~")
    files = [
        path for path in found if "pinned" not in path.relative_to(folder).parts
    ]  # what is kept is not judged anew
    if not files:
        raise JdgenError(
            [Problem("subject.unknown", "there is no spec and no posting in the folder", folder.as_posix())]
        )
    return [path.as_posix() for path in files]


def _named(name: str, library: Library) -> Target:
    """What a name or path means. Raises JdgenError if it means nothing."""
    path = Path(name)
    if is_path(path):
        kind = _KINDS.get(path.parent.name)
        if kind is None:
            return Target(RoleSpec, name, library)
        return Target(kind, path.stem, Library(path.parent.parent, library.shipped))
    if path.suffix.lower() in SUFFIXES or path.is_file():
        return Target(None, name, library)
    kinds = (RoleSpec, Posting, Company, SharedCompetency)
    for kind in kinds:
        if library.find(kind, name):
            return Target(kind, name, library)
    known = [known for kind in kinds for known in library.names(kind)]
    hint = nearest(name, known) or "name a role, or a file: .yaml, .md, .docx, .txt"
    raise JdgenError([Problem("subject.unknown", f"there is no role, posting or file '{name}'", hint=hint)])
