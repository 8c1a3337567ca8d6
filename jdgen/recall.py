"""What a command said last time, if nothing that it looked at has changed since.

So a build or check with nothing to do costs little more than starting Python: this module imports
next to nothing. What it keeps lies in the user's own cache folder, never beside specs or kits, and
is only a shortcut: without it everything is worked out from the manifests.
"""

from __future__ import annotations

import os
import sys
from array import array
from binascii import crc32

TYPE_CHECKING = False  # as type checkers know it, without typing
if TYPE_CHECKING:
    from collections.abc import Sequence

_COMMANDS = ("build", "check")
_HELP = ("--help", "-h", "--version")
"""What says the same as long as jdgen and the terminal do."""
_PACKAGE = os.path.dirname(os.path.abspath(__file__))
_SEP = "\0"
_BLOCK = 256


def cache_folder() -> str:
    """The user's own folder for what can be made again; empty if there is none that only the user can write to."""
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or os.path.expanduser("~/.cache")
    folder = os.path.join(home, "jdgen")
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        found = os.lstat(folder)
    except OSError:
        return ""
    is_ours = not hasattr(os, "getuid") or (found.st_uid == os.getuid() and not found.st_mode & 0o022)
    return folder if is_ours and os.path.isabs(folder) and not os.path.islink(folder) else ""


def cache_room(name: str, *below: str) -> str:
    """A folder in the cache for what this very code made; what older code made is removed. Empty if there is none."""
    cache = cache_folder()
    if not cache:
        return ""
    room = os.path.join(cache, f"{name}-{crc32(code_mark().encode()):08x}")
    folder = os.path.join(room, *below)
    try:
        if not os.path.isdir(room):
            import shutil

            for older in os.listdir(cache):
                if older.startswith(f"{name}-"):
                    shutil.rmtree(os.path.join(cache, older), ignore_errors=True)
        os.makedirs(folder, mode=0o700, exist_ok=True)
    except OSError:
        return ""
    return folder


def marks_of(paths: Sequence[str]) -> array[int]:
    """For each path a number that changes when the file does; 0 if there is none."""
    marks = array("q")
    for start in range(0, len(paths), _BLOCK):
        block = paths[start : start + _BLOCK]
        try:
            marks.extend([found.st_mtime_ns + found.st_ctime_ns + found.st_size for found in map(os.stat, block)])
        except (OSError, ValueError):  # one of them is not there
            marks.extend([_mark_of(path) for path in block])
    return marks


def _mark_of(path: str) -> int:
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return 0
    return found.st_mtime_ns + found.st_ctime_ns + found.st_size


def code_mark() -> str:
    """What changes when jdgen does: its version, and in a checkout the times of its files."""
    from jdgen import __version__

    roots = [_PACKAGE, *(os.path.join(os.path.dirname(_PACKAGE), name) for name in ("templates", "role_specs"))]
    files: list[str] = []
    for root in roots if is_checkout() else roots[:1]:
        for folder, folders, names in os.walk(root):
            folders[:] = [name for name in folders if name != "__pycache__"]
            files += [os.path.join(folder, name) for name in names]
    return f"{__version__} {sys.hexversion} {crc32(marks_of(sorted(files)).tobytes()):08x}"


def is_checkout() -> bool:
    """Whether jdgen runs from its own repository, where a version does not say what the code is."""
    return not os.path.isdir(os.path.join(_PACKAGE, "templates"))


def recalled(arguments: Sequence[str]) -> tuple[str, str] | None:
    """What the same command printed to standard output and to standard error; None if anything may be otherwise now."""
    if not (is_help(arguments) or (arguments[:1] and arguments[0] in _COMMANDS)):
        return None
    path, key = _home(arguments)
    try:
        with open(path, "rb") as file:
            length, _, rest = file.read().partition(b"\n")
        head = rest[: int(length)].decode("utf-8", "surrogateescape")
        known, mark, out, err, *watched = head.split(_SEP)
    except (OSError, ValueError):
        return None
    if known != key or mark != code_mark():
        return None
    return (out, err) if rest[int(length) :] == marks_of(watched).tobytes() else None


def is_help(arguments: Sequence[str]) -> bool:
    """Whether a command only asks what there is."""
    return 0 < len(arguments) <= 2 and arguments[-1] in _HELP


def remember(arguments: Sequence[str], out: str, err: str, watched: Sequence[str], marks: bytes) -> None:
    """Keeps what a command printed, with the marks of all that it looked at, as they were before it did."""
    path, key = _home(arguments)
    texts = (key, code_mark(), out, err, *watched)
    if path and not any(_SEP in text for text in texts):
        head = _SEP.join(texts).encode("utf-8", "surrogateescape")
        store(path, b"%d\n" % len(head) + head + marks)


def store(path: str, data: bytes) -> None:
    """Writes a file of the cache whole, or not at all."""
    temporary = f"{path}.{os.getpid()}"
    try:
        with open(temporary, "wb") as file:
            file.write(data)
        os.replace(temporary, path)
    except OSError:
        return


def _width() -> str:
    """How wide the terminal is, as far as help asks."""
    try:
        return os.environ.get("COLUMNS") or str(os.get_terminal_size(sys.stdout.fileno()).columns)
    except (OSError, ValueError):
        return ""


def _home(arguments: Sequence[str]) -> tuple[str, str]:
    """Where a command's result is kept, and what tells it from others."""
    folder = cache_folder()
    # Help is as wide as the terminal; nothing else of the surroundings is looked at.
    about = _width() if is_help(arguments) else os.getcwd()
    key = "\x1f".join((about, *arguments))
    name = f"{arguments[0].strip('-')}-{crc32(key.encode('utf-8', 'surrogateescape')):08x}"
    return (os.path.join(folder, name) if folder else "", key)
