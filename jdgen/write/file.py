"""Files appear whole or not at all, and only where their content changes."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from jdgen.problem import JdgenError, Problem


def write_file(path: Path, data: bytes, root: Path | None = None) -> bool:
    """Writes `data` to `path` unless it is there already; whether it was written.

    A killed process leaves the old file or the new. No link below `root` is followed: a link in the
    place of the file is replaced, one in the place of a folder is refused. Raises JdgenError if the
    file can't be written.
    """
    try:
        _refuse_links(path, root or path.parent)
        if not path.is_symlink() and path.is_file() and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise JdgenError([Problem("file.unwritable", f"can't be written: {reason}", path.as_posix())]) from None
    return True


def _refuse_links(path: Path, root: Path) -> None:
    for folder in path.parents:
        if folder == root or not folder.is_relative_to(root):
            return
        if folder.is_symlink():
            raise JdgenError([Problem("file.link", "is a link, which is not followed", folder.as_posix())])


def _replace(path: Path, data: bytes) -> None:
    temporary = path.with_name(f".jdgen-{os.getpid()}-{secrets.token_hex(4)}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, 0o644)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
