"""A name or a path -> what the file says: yours first, then what ships with jdgen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TypeVar, cast

from jdgen import assets
from jdgen.appearance import appearance_problems
from jdgen.problem import JdgenError, Problem, nearest, shown
from jdgen.recall import marks_of
from jdgen.reference import at_place, broken_references
from jdgen.source import read_source
from jdgen.spec import Company, CompetencyUse, Posting, RoleSpec, SharedCompetency, SpecFile
from jdgen.spec.base import is_identifier

File = TypeVar("File", bound=SpecFile)

FOLDERS: dict[type[SpecFile], str] = {
    RoleSpec: "",
    SharedCompetency: "competencies",
    Posting: "postings",
    Company: "companies",
}
"""By kind of file, its folder in a folder of specs."""
NOUNS: dict[type[SpecFile], str] = {
    RoleSpec: "role",
    SharedCompetency: "competency",
    Company: "company",
    Posting: "posting",
}


def path_in_specs(kind: type[SpecFile], name: str) -> str:
    """Where a folder of specs has the file of a kind and name."""
    return f"{FOLDERS[kind]}/{name}.yaml".removeprefix("/")


def is_path(role: str | Path) -> bool:
    """Whether a role is named by the path of its file."""
    return Path(role).suffix in (".yaml", ".yml")


@dataclass(frozen=True)
class Library:
    """The folders that hold spec files, in the order in which they are searched.

    Each has roles at its top and the folders `competencies`, `companies` and `postings` in it.
    """

    own: Path = field(default=Path("role_specs"))
    shipped: Path = assets.ROLE_SPECS

    def pinned(self, posting: str) -> Library:
        """What is kept for a posting whose kit stays as it was; nothing else is looked at for it."""
        kept = self.own / "pinned" / posting
        return Library(kept, kept)

    @property
    def folders(self) -> tuple[Path, ...]:
        return (self.own, self.shipped)

    def own_names(self, kind: type[SpecFile]) -> list[str]:
        """The names of the files of a kind in the user's own folder, sorted.

        Raises JdgenError for files that nothing could refer to by their names.
        """
        folder = self.own / FOLDERS[kind]
        wrong = sorted(folder.glob("*.yml")) if folder.is_dir() else []
        problems = [
            Problem(
                "file.name",
                "is not read, since names of specs end in .yaml",
                shown(path),
                hint=f"name it {path.stem}.yaml",
            )
            for path in wrong
        ]
        problems += [_misnamed(folder / f"{name}.yaml") for name in _names(folder) if not is_identifier(name)]
        if problems:
            raise JdgenError(problems)
        return _names(folder)

    def names(self, kind: type[SpecFile]) -> list[str]:
        """The names of all files of a kind that can be found, sorted."""
        return sorted({name for folder in self.folders for name in _names(folder / FOLDERS[kind])})

    def find(self, kind: type[SpecFile], name: str) -> Path | None:
        """The first file of that kind and name; None if there is none."""
        if not is_identifier(name):
            return None  # a name never leads out of the folder
        for folder in self.folders:
            path = folder / path_in_specs(kind, name)
            if path.is_file():
                return path
        return None


def role_alone(role: str | Path, library: Library) -> RoleSpec:
    """The role spec of a name or a path, without what it refers to. Raises JdgenError."""
    if not is_path(role):
        return load(RoleSpec, str(role), library)
    path = Path(role)
    if not is_identifier(path.stem):
        raise JdgenError([_misnamed(path)])
    return _read(RoleSpec, path, path.stem)


def load_role(role: str | Path, library: Library | None = None) -> RoleSpec:
    """The role spec of a name, or of a path to a .yaml file, with the shared competencies it uses.

    Raises JdgenError with every problem of the files, among them references to what does not exist.
    """
    library = library or Library()
    spec = role_alone(role, library)
    if is_path(role):
        library = Library(Path(role).parent, library.shipped)
    shared: dict[str, SharedCompetency] = {}
    problems: list[Problem] = []
    for position, entry in enumerate(spec.competencies):
        if not isinstance(entry, CompetencyUse) or entry.use in shared:
            continue
        found = library.find(SharedCompetency, entry.use)
        if found is None:
            problems.append(_unknown_competency(spec, position, entry, library))
            continue
        try:
            shared[entry.use] = _read(SharedCompetency, found, entry.use)
        except JdgenError as error:
            problems.extend(error.problems)
    spec = spec.with_shared(shared)
    problems.extend(broken_references(spec))
    if problems:
        raise JdgenError(problems)
    return spec


def load_company(name: str, library: Library | None = None) -> Company:
    """The company of that name. Raises JdgenError."""
    company = load(Company, name, library or Library())
    problems = list(appearance_problems(company))
    if problems:
        raise JdgenError(problems)
    return company


def load_posting(name: str, library: Library | None = None) -> Posting:
    """The posting of that name. Raises JdgenError."""
    return load(Posting, name, library or Library())


def load(kind: type[File], name: str, library: Library) -> File:
    """The file of a kind by its name. Raises JdgenError, which names what there is if it is missing."""
    path = library.find(kind, name)
    if path is None:
        searched = shown(library.own / FOLDERS[kind])
        hint = nearest(name, library.names(kind)) or f"looked in {searched} and in what ships with jdgen"
        raise JdgenError([Problem(f"{NOUNS[kind]}.unknown", f"there is no {NOUNS[kind]} '{name}'", hint=hint)])
    return _read(kind, path, name)


def _misnamed(path: Path) -> Problem:
    hint = "use lower-case letters, digits and single hyphens"
    return Problem("file.name", f"'{path.stem}' can't name a spec", shown(path), hint=hint)


def _read(kind: type[File], path: Path, name: str) -> File:
    """The file; one that was read a moment ago and has not changed since is not read again. Raises JdgenError."""
    (mark,) = marks_of([str(path)])
    remembered = _remembered_role if kind is RoleSpec else _remembered
    return cast("File", remembered(kind, path, shown(path), name, mark))


@lru_cache(maxsize=64)
def _remembered(kind: type[SpecFile], path: Path, file: str, name: str, _mark: int) -> SpecFile:
    return read_source(path, file).model(kind, name)


_remembered_role = lru_cache(maxsize=1)(_remembered.__wrapped__)
"""Roles are large, and each is used for its own kits alone."""


def _names(folder: Path) -> list[str]:
    found: Iterable[Path] = folder.glob("*.yaml") if folder.is_dir() else ()
    return sorted(path.stem for path in found if not path.name.startswith("."))


def _unknown_competency(spec: RoleSpec, position: int, use: CompetencyUse, library: Library) -> Problem:
    message = f"there is no shared competency '{use.use}'"
    hint = nearest(use.use, library.names(SharedCompetency)) or "write it in role_specs/competencies/"
    return at_place(spec, ("competencies", position, "use"), "ref.competency", message, hint)
