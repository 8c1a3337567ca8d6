"""What a build does about each file of a kit: leave it, write it, let it go, or keep what somebody edited."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from jdgen import __version__
from jdgen.edit import is_same
from jdgen.manifest import ABSENT, NAME, Manifest, digest, digest_of, known_digests
from jdgen.problem import Problem
from jdgen.workshop import Made
from jdgen.write.staging import Staging


@dataclass(frozen=True)
class Settled:
    """A kit after a build: the names of its files, of those that changed and of those that went."""

    folder: Path
    files: tuple[str, ...]
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_made: bool = True
    """Whether it had to be made, for all that is known of it."""


@dataclass
class _Doing:
    """What is found out about a kit, file by file."""

    files: dict[str, str] = field(default_factory=dict)
    """The digests that the new manifest has."""
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def settled(made: Made, staging: Staging, *, force: bool) -> Settled:
    """Stages what has to change of a kit. Raises JdgenError."""
    doing = _Doing()
    known = known_digests(made.folder)
    for file in made.files:
        name, value = file.path.name, digest(file.data)
        doing.problems += file.problems
        found = digest_of(file.path)
        if found == value or _is_still_good(made, name, found) or is_same(file.path, file.data):
            doing.files[name] = found
        elif force or found in {ABSENT, *known[name]} or file.path.stat().st_size == 0:
            staging.add(file.path, file.data)
            doing.changed.append(name)
            doing.files[name] = value
        else:
            doing.problems.append(kept(file.path, is_ours=bool(known[name])))
            doing.files[name] = made.before.files.get(name, ABSENT) if made.before else ABSENT
    if made.is_whole and made.before is not None:
        _let_go(made, made.before, doing, staging)
    manifest = _manifest(made, doing)
    if made.before != manifest:
        staging.add(made.folder / NAME, manifest.data())
    names = tuple(file.path.name for file in made.files)
    return Settled(made.folder, names, tuple(doing.changed), tuple(doing.removed), tuple(doing.problems))


def let_go(folder: Path, before: Manifest, staging: Staging) -> Settled:
    """Stages that the files of a kit of no role any more go, but those that somebody edited. Raises JdgenError."""
    doing = _Doing()
    for name in before.files:
        _remove(folder / name, before, doing, staging)
    if not doing.files:
        staging.remove(folder / NAME)
    return Settled(folder, (), (), tuple(doing.removed), tuple(doing.problems), is_made=False)


def kept(path: Path, *, is_ours: bool) -> Problem:
    """That a file was not written over."""
    if is_ours:
        message, hint = "was edited since jdgen wrote it, so it was kept", "'jdgen check' shows what was edited; "
    else:
        message, hint = "is there, and no manifest says that jdgen wrote it, so it was kept", ""
    return Problem("file.edited", message, path.as_posix(), hint=f"{hint}--force writes over it")


def _is_still_good(made: Made, name: str, found: str) -> bool:
    """Whether a PDF file was made of the same Word file, by another LibreOffice perhaps."""
    before = made.before
    if before is None or name not in made.sources:
        return False
    return before.sources.get(name) == made.sources[name] and before.files.get(name) == found != ABSENT


def _let_go(made: Made, before: Manifest, doing: _Doing, staging: Staging) -> None:
    """Files of the kit as it was that it does not have any more; PDF files are made only when they are asked for."""
    names, older = {file.path.name for file in made.files}, made.older_pdf()
    for name in before.files:
        if name in older:
            doing.files[name] = before.files[name]
            if older[name]:
                message, hint = "was made of an earlier Word file", "'jdgen build --to pdf' makes it anew"
                path = (made.folder / name).as_posix()
                doing.problems.append(Problem("pdf.stale", message, path, hint=hint, severity="warning"))
        elif name not in names:
            _remove(made.folder / name, before, doing, staging)


def _remove(path: Path, before: Manifest, doing: _Doing, staging: Staging) -> None:
    found = digest_of(path)
    if found == before.files[path.name] != ABSENT:
        staging.remove(path)
        doing.removed.append(path.name)
    elif found != ABSENT:
        doing.files[path.name] = before.files[path.name]
        message = "belongs to no kit any more, and was edited since jdgen wrote it, so it was kept"
        hint = "remove it, or move it elsewhere"
        doing.problems.append(Problem("file.edited", message, path.as_posix(), hint=hint))


def _manifest(made: Made, doing: _Doing) -> Manifest:
    """The kit's manifest. A build of some kinds leaves the others as they are, so that their inputs are not known."""
    before = made.before
    files, inputs, sources = doing.files, made.inputs, made.sources
    if not made.is_whole:
        same = before is not None and (before.recipe, before.inputs, before.jdgen) == (made.recipe, inputs, __version__)
        inputs = inputs if same else {}
        files = {**before.files, **files} if before else files
    if before is not None:
        sources = {name: value for name, value in {**before.sources, **sources}.items() if name in files}
    return Manifest(made.recipe, __version__, made.version, inputs, files, made.levels, sources)
