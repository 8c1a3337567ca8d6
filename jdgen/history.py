"""Specs and templates as they were: a revision in git, as folders to read from."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from jdgen.load import Library
from jdgen.problem import JdgenError, Problem
from jdgen.write.file import write_file

NOW = "now"
"""What the files that are there are called."""
_GIT = "git"
_LARGEST = 512 << 20


@dataclass(frozen=True)
class State:
    """Specs and templates at one time."""

    name: str
    library: Library
    templates: Path
    root: Path | None = None
    """The temporary folder that they are in; None for what is there."""

    def named(self, file: str) -> str:
        """A file as people know it: `main:role_specs/nurse.yaml` for one of a revision."""
        root = self.root and self.root.as_posix()
        return f"{self.name}:{file.removeprefix(f'{root}/')}" if root and file.startswith(f"{root}/") else file

    def told(self, error: JdgenError) -> JdgenError:
        """An error with its files as people know them."""
        return JdgenError(replace(problem, file=self.named(problem.file)) for problem in error.problems)


@contextmanager
def states(revisions: str, library: Library, templates: Path) -> Iterator[tuple[State, State]]:
    """The two states that `revisions` names, the earlier first.

    `A..B` are two revisions, `A...B` is where both had a common state and B, `A` alone is A and what is there now,
    nothing is the last commit and what is there. A part that is left out is `HEAD`. Raises JdgenError for what is no
    revision, and where there is no git.
    """
    first, dots, second = revisions.partition("...")
    if dots:
        first = _git("merge-base", first or "HEAD", second or "HEAD").decode().strip()
    else:
        first, dots, second = revisions.partition("..")
    with tempfile.TemporaryDirectory(prefix="jdgen-") as folder:
        yield (
            _at(first or "HEAD", Path(folder, "before"), library, templates),
            _at(second or "HEAD", Path(folder, "after"), library, templates)
            if dots
            else State(NOW, library, templates),
        )


def _at(revision: str, root: Path, library: Library, templates: Path) -> State:
    """The state of a revision, written to `root`. Raises JdgenError."""
    commit = _commit(revision)
    root = root.resolve()
    top = Path(_git("rev-parse", "--show-toplevel").decode().rstrip("\n")).resolve()
    names = {path: _from_top(path, top) for path in (library.own, templates)}
    for path in names.values():
        _extract(commit, path, root, top)
    name = commit[:10] if revision == commit else revision
    return State(name, Library(root / names[library.own], library.shipped), root / names[templates], root)


def _commit(revision: str) -> str:
    try:
        return _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    except JdgenError as error:
        if error.problems[0].code != "git.failed" or error.problems[0].hint:
            raise
        hint = "name a commit, a branch or a tag; a shallow clone has only the last (in CI: fetch-depth: 0)"
        raise JdgenError([Problem("git.revision", f"there is no revision '{revision}' here", hint=hint)]) from None


def _from_top(path: Path, top: Path) -> str:
    """A folder's path from the repository's top. Raises JdgenError if it lies elsewhere."""
    whole = path.resolve()
    if whole == top or not whole.is_relative_to(top):
        hint = "only what lies in a folder of the repository has revisions"
        raise JdgenError([Problem("git.outside", "is no folder in this git repository", path.as_posix(), hint=hint)])
    return whole.relative_to(top).as_posix()


def _extract(commit: str, path: str, root: Path, top: Path) -> None:
    """Writes a folder of a commit to `root`; nothing if the commit has none."""
    if not _git("ls-tree", "--full-tree", commit, "--", path):
        return
    data = _git("-C", str(top), "archive", commit, "--", path)
    if len(data) > _LARGEST:
        raise JdgenError([Problem("git.size", "the revision's folder is too large", path)])
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() else None  # links are not followed, so not made
            if file is not None and (root / member.name).resolve().is_relative_to(root):
                write_file(root / member.name, file.read(), root)


def _git(*arguments: str) -> bytes:
    """What git prints. Raises JdgenError."""
    try:
        done = subprocess.run([_GIT, *arguments], capture_output=True, check=False)  # noqa: S603 - no shell, and git is where the user has it
    except OSError:
        hint = "install git; revisions are read from it"
        raise JdgenError([Problem("git.missing", "git can't be run", hint=hint)]) from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        hint = "run it in a folder that git keeps" if any("not a git repository" in line for line in said) else ""
        raise JdgenError([Problem("git.failed", said[0].removeprefix("fatal: ") if said else "git failed", hint=hint)])
    return done.stdout
