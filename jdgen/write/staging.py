"""Files of a build appear together at its end, each whole: first they are all written beside their places.

A build that is killed while it writes leaves nothing; one that is killed while its files move to their
places is completed by the next, since then all of them are there.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

from jdgen.manifest import NAME as MANIFEST
from jdgen.problem import JdgenError, Problem
from jdgen.write.file import refuse_link, refuse_links, unwritable, write_new_file

try:
    import fcntl
except ImportError:  # Windows has other locks; there two builds at once are not kept apart
    fcntl = None  # type: ignore[assignment]  # it is looked at before each use

_PREFIX = ".jdgen-"
_COMPLETE = ".complete"
_REMOVED = ".removed"


class Staging:
    """The files of one build on their way to an output folder."""

    def __init__(self, output: Path) -> None:
        """Makes a folder for them in `output`. Raises JdgenError if that can't be done."""
        self.output = output
        self._folder = output / f"{_PREFIX}{os.getpid()}"
        self._removed: list[str] = []
        with unwritable(output):
            self._folder.mkdir()

    def __enter__(self) -> Staging:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def add(self, path: Path, data: bytes) -> None:
        """Lays `data` ready for `path`, a file below the output folder. Raises JdgenError."""
        refuse_links(path, self.output)
        staged = self._folder / path.relative_to(self.output)
        with unwritable(path):
            if path.is_dir():
                raise IsADirectoryError(None, "is a folder")
            if path.parent.is_dir() and not os.access(path.parent, os.W_OK):
                raise PermissionError(None, "permission denied")
            staged.parent.mkdir(parents=True, exist_ok=True)
            write_new_file(staged, data)

    def take_back(self, path: Path) -> None:
        """Leaves `path` as it is after all."""
        (self._folder / path.relative_to(self.output)).unlink(missing_ok=True)

    def remove(self, path: Path) -> None:
        """Lets `path`, a file below the output folder, go when the others appear. Raises JdgenError."""
        refuse_links(path, self.output)
        self._removed.append(path.relative_to(self.output).as_posix())

    def commit(self) -> None:
        """Moves all files to their places and removes those that go. Raises JdgenError."""
        with unwritable(self._folder):
            (self._folder / _REMOVED).write_text("\n".join(self._removed), encoding="utf-8")
            (self._folder / _COMPLETE).touch()
        _completed(self._folder, self.output)


def recover(output: Path) -> None:
    """Completes or clears away what killed builds left in `output`. Only for who has locked it. Raises JdgenError."""
    for folder in sorted(output.glob(f"{_PREFIX}*")) if fcntl else ():
        if folder.is_symlink() or not folder.is_dir():
            continue
        if (folder / _COMPLETE).exists():
            _completed(folder, output)
        shutil.rmtree(folder, ignore_errors=True)


def is_interrupted(output: Path) -> bool:
    """Whether a build was killed while its files moved to their places."""
    return any(output.glob(f"{_PREFIX}*/{_COMPLETE}"))


@contextlib.contextmanager
def locked(output: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Keeps other builds out of `output`, which is made if it is not there.

    Calls `on_wait` if another build has it. A process that is killed loses its lock. Raises JdgenError.
    """
    made = [folder for folder in (output, *output.parents) if not folder.exists()]
    if output.exists() and not output.is_dir():
        raise JdgenError([Problem("file.unwritable", "can't be written: not a directory", output.as_posix())])
    descriptor = _opened(output, on_wait)
    try:
        recover(output)
        yield
    finally:
        with contextlib.suppress(OSError):  # a folder with something in it stays
            for folder in made:
                folder.rmdir()
        if descriptor is not None:
            os.close(descriptor)


def _opened(output: Path, on_wait: Callable[[], None]) -> int | None:
    """The folder, locked; None where there are no locks. Raises JdgenError."""
    while True:
        with unwritable(output):
            output.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(output, os.O_RDONLY) if fcntl else None
        if descriptor is None:
            return None
        _lock(descriptor, on_wait)
        with contextlib.suppress(OSError):
            if os.path.samestat(os.fstat(descriptor), output.stat()):
                return descriptor
        os.close(descriptor)  # whoever had it made nothing, and removed the folder


def _lock(descriptor: int, on_wait: Callable[[], None]) -> None:
    with contextlib.suppress(OSError):  # some network file systems have no locks
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            on_wait()
            fcntl.flock(descriptor, fcntl.LOCK_EX)


def _completed(staged: Path, output: Path) -> None:
    for name in (staged / _REMOVED).read_text(encoding="utf-8").splitlines():
        path = output / name
        with unwritable(path):
            path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            path.parent.rmdir()
            path.parent.parent.rmdir()
    for path in sorted(staged.iterdir(), key=lambda path: (path.is_file(), path.name)):
        if path.is_dir():
            _move(path, output / path.name)
        elif path.name not in (_REMOVED, _COMPLETE):
            with unwritable(output / path.name):
                path.replace(output / path.name)


def _move(source: Path, target: Path) -> None:
    """A staged folder to its place: in one step if there is none yet, else file by file, the manifest last."""
    refuse_link(target)
    with unwritable(target):
        if not target.exists():
            source.rename(target)
            return
    for path in sorted(source.iterdir(), key=lambda path: (path.name == MANIFEST, path.name)):
        if path.is_dir():
            _move(path, target / path.name)
        else:
            with unwritable(target / path.name):
                path.replace(target / path.name)
