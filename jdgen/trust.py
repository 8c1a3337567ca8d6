"""Which manifests are believed: those that this very jdgen wrote.

In a checkout of jdgen the version does not say what the code is, so there it is kept in the user's
cache which kits this code made.
"""

from __future__ import annotations

from binascii import crc32
from collections.abc import Iterable
from pathlib import Path

from jdgen.recall import cache_folder, code_mark, is_checkout, store


def trusted(output: Path) -> frozenset[str] | None:
    """The folders whose manifests are believed; None if all are."""
    if not is_checkout():
        return None
    path = _home(output)
    try:
        mark, *folders = path.read_text(encoding="utf-8").splitlines() if path else [""]
    except (OSError, ValueError):
        return frozenset()
    return frozenset(folders) if mark == code_mark() else frozenset()


def trust(output: Path, folders: Iterable[Path]) -> None:
    """Keeps that this code made, or looked at, the kits in some folders."""
    path = _home(output)
    if is_checkout() and path is not None:
        known = (trusted(output) or frozenset()) | {folder.as_posix() for folder in folders}
        store(str(path), "\n".join([code_mark(), *sorted(known)]).encode())


def _home(output: Path) -> Path | None:
    folder = cache_folder()
    return Path(folder) / f"kits-{crc32(str(output.absolute()).encode()):08x}" if folder else None
