"""What changed in kits from one state to another: each change of a file once, with the kits it reaches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jdgen.history import State
from jdgen.inputs import SPECS, Digests, files_below, inputs_of
from jdgen.load import FOLDERS, NOUNS, Library, load, path_in_specs
from jdgen.manifest import digest_of
from jdgen.nouns import said, subject
from jdgen.problem import JdgenError
from jdgen.request import Request, Target, loaded, role_targets
from jdgen.revision import Change, Verb, changes
from jdgen.spec import Company, Posting, RoleSpec, SharedCompetency, SpecFile


@dataclass(frozen=True)
class Told:
    """One change in words."""

    verb: Verb
    what: str
    place: str
    """`file:line` in the later state, or in the earlier of what is gone."""
    old: str = ""
    new: str = ""


@dataclass(frozen=True)
class FileChanges:
    """What changed in one spec."""

    title: str
    verb: Verb
    """Whether the file itself is new, gone, or changed."""
    told: tuple[Told, ...]
    kits: tuple[str, ...]
    """The kits that it is an input of."""


@dataclass(frozen=True)
class KitChange:
    """A kit that changes reach, with its versions; empty where there is no such kit."""

    name: str
    old: str
    new: str


@dataclass(frozen=True)
class Changes:
    """All changes from one state to another."""

    before: str
    after: str
    kits: tuple[KitChange, ...]
    files: tuple[FileChanges, ...]
    looks: tuple[str, ...]
    """Templates and other files that decide how documents read and look."""


def changes_between(before: State, after: State, request: Request) -> Changes:
    """What changed in the specs and templates of two states, and in the versions of kits.

    `request` says which roles, none for all, and for which company. Raises JdgenError for specs that can't be read.
    """
    differing = {kind: set(_differing(kind, before.library, after.library)) for kind in FOLDERS}
    old, new = (_kits(state, request, differing) for state in (before, after))
    reached = {name: {*old.get(name, _NO_KIT).labels, *new.get(name, _NO_KIT).labels} for name in sorted({*old, *new})}
    files: list[FileChanges] = []
    for kind in FOLDERS:
        for name in sorted(differing[kind]):
            label = f"{SPECS}/{path_in_specs(kind, name)}"
            users = tuple(kit for kit, labels in reached.items() if label in labels)
            old_file, new_file = (_loaded(kind, name, state) for state in (before, after))
            if users or not request.roles:
                files += _file(f"{NOUNS[kind].capitalize()} '{name}'", users, (before, old_file), (after, new_file))
    looks = tuple(_looks(before, after))
    touched = {kit for file in files for kit in file.kits}
    kits = [KitChange(name, old.get(name, _NO_KIT).version, new.get(name, _NO_KIT).version) for name in reached]
    return Changes(before.name, after.name, tuple(kit for kit in kits if kit.name in touched), tuple(files), looks)


@dataclass(frozen=True)
class _Kit:
    version: str
    labels: frozenset[str]


_NO_KIT = _Kit("", frozenset())


def _differing(kind: type[SpecFile], old: Library, new: Library) -> Iterator[str]:
    """The names of the user's files of a kind that are not the same in both states."""
    for name in {*old.own_names(kind), *new.own_names(kind)}:
        path = path_in_specs(kind, name)
        if digest_of(old.own / path) != digest_of(new.own / path):
            yield name


def _kits(state: State, request: Request, differing: Mapping[type[SpecFile], set[str]]) -> dict[str, _Kit]:
    """The kits of a state that files which differ can reach. Raises JdgenError."""
    request = replace(request, library=state.library, templates=state.templates, posting=None)
    digests = Digests(state.library, state.templates)
    found: dict[str, _Kit] = {}
    try:
        for target in _targets(request, differing):
            files = loaded(target, request)
            role = files.resolved(target.level, request.language, target.together)
            name = f"{role.id}/{role.variant}" if role.variant else role.id
            found[name] = _Kit(role.version, frozenset(inputs_of(files, request, digests)))
    except JdgenError as error:
        raise state.told(error) from None
    return found


def _targets(request: Request, differing: Mapping[type[SpecFile], set[str]]) -> Iterator[Target]:
    """The kits that may be reached: of roles that differ, or in which a competency that differs is named."""
    library = request.library
    roles = [role for role in library.own_names(RoleSpec) if not request.roles or role in request.roles]
    reached = {role for role in roles if _may_reach(library.own / path_in_specs(RoleSpec, role), role, differing)}
    for role in roles:
        if role in reached:
            yield from role_targets(role, request)
    for name in library.own_names(Posting):
        posting = load(Posting, name, library)
        if request.roles and posting.role not in request.roles:
            continue
        if posting.role in reached or name in differing[Posting] or differing[Company]:
            yield Target(posting.role, None, name)


def _may_reach(path: Path, role: str, differing: Mapping[type[SpecFile], set[str]]) -> bool:
    if role in differing[RoleSpec] or differing[Company]:
        return True
    text = path.read_text(encoding="utf-8", errors="replace") if differing[SharedCompetency] else ""
    return any(name in text for name in differing[SharedCompetency])


_Seen = tuple[State, SpecFile | None]
"""A file in a state; None if the state has none."""


def _file(title: str, kits: tuple[str, ...], before: _Seen, after: _Seen) -> Iterator[FileChanges]:
    """What changed in one file; nothing if only its comments did."""
    (_, old), (_, new) = before, after
    if old is None or new is None:
        yield FileChanges(title, "added" if old is None else "removed", (), kits)
    elif told := tuple(_told(change, before, after) for change in changes(old, new)):
        yield FileChanges(title, "changed", told, kits)


def _loaded(kind: type[SpecFile], name: str, state: State) -> SpecFile | None:
    if not (state.library.own / path_in_specs(kind, name)).is_file():
        return None
    try:
        return load(kind, name, state.library)
    except JdgenError as error:
        raise state.told(error) from None


def _told(change: Change, before: _Seen, after: _Seen) -> Told:
    (state, file), path = (before, change.old_path) if change.verb == "removed" else (after, change.new_path)
    old_text, new_text = (_said(value) for value in (change.old, change.new))
    return Told(
        change.verb,
        subject(change.trail),
        _place(state, file, path),
        "" if change.verb == "moved" else old_text,
        new_text,
    )


def _said(value: Any) -> str:
    return "" if value is None else said(value)


def _place(state: State, file: SpecFile | None, path: tuple[str | int, ...]) -> str:
    if file is None or file.origin is None:
        return ""
    problem = file.origin.problem(path, "", "")
    return f"{state.named(problem.file)}:{problem.line}"


def _looks(before: State, after: State) -> Iterator[str]:
    """Templates, and files beside companies that are no specs, which are not the same in both states."""
    for old, new in (
        (before.templates, after.templates),
        (before.library.own / FOLDERS[Company], after.library.own / FOLDERS[Company]),
    ):
        for path in sorted({*files_below(old), *files_below(new)}):
            is_spec = old.name == FOLDERS[Company] and path.suffix == ".yaml"
            if not is_spec and digest_of(old / path) != digest_of(new / path):
                yield f"{new.name}/{path.as_posix()}"
