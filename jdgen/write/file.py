"""Files appear whole or not at all, and only where their content changes."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from jdgen.problem import JdgenError, Problem


def write_file(path: Path, data: bytes, root: Path | None = None) -> bool:
    """Writes `data` to `path` unless it is there already; whether it was written.

    A killed process leaves the old file or the new. No link below `root` is followed: a link in the
    place of the file is replaced, one in the place of a folder is refused. Raises JdgenError if the
    file can't be written.
    """
    refuse_links(path, root or path.parent)
    with unwritable(path):
        if not path.is_symlink() and path.is_file() and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
    return True


@contextlib.contextmanager
def unwritable(path: Path) -> Iterator[None]:
    """Turns what the system says of a file into a problem. Raises JdgenError."""
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise JdgenError([Problem("file.unwritable", f"can't be written: {reason}", path.as_posix())]) from None


def refuse_links(path: Path, root: Path) -> None:
    """Raises JdgenError if a folder between `root` and `path` is a link."""
    for folder in path.parents:
        if folder == root or not folder.is_relative_to(root):
            return
        refuse_link(folder)


def refuse_link(folder: Path) -> None:
    """Raises JdgenError if a folder is a link."""
    if folder.is_symlink():
        raise JdgenError([Problem("file.link", "is a link, which is not followed", folder.as_posix())])


def _replace(path: Path, data: bytes) -> None:
    temporary = path.with_name(f".jdgen-{os.getpid()}-{secrets.token_hex(4)}.tmp")
    try:
        write_new_file(temporary, data)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def write_new_file(path: Path, data: bytes) -> None:
    """Writes a file that must not be there yet. Raises OSError."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o644), "wb") as file:
        file.write(data)


def remove_tree(folder: Path, root: Path) -> None:
    """Removes a folder below `root` and all in it. Raises JdgenError."""
    refuse_links(folder / "x", root)
    with unwritable(folder):
        if folder.is_dir():
            shutil.rmtree(folder)
    with contextlib.suppress(OSError):  # the folder of all such folders goes with the last
        folder.parent.rmdir()
