"""The safe door to a zip package: a few parts of it, in memory, within limits that its headers can't lie about."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Mapping

from jdgen.problem import JdgenError
from jdgen.returned.reading import quoted, refusal

MAX_PARTS = 400
MAX_PART = 8 << 20
MAX_UNPACKED = 32 << 20
_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 1
_AGAIN = "ask for it to be sent again"


def unpacked(data: bytes, wanted: re.Pattern[str]) -> Mapping[str, bytes]:
    """The parts of a package whose names in lower case match `wanted`, by those names. Raises JdgenError."""
    package = _opened(data)
    parts = {_name(entry): entry for entry in _entries(package)}
    return {name: _part(package, entry, name) for name, entry in parts.items() if wanted.fullmatch(name)}


def _opened(data: bytes) -> zipfile.ZipFile:
    if not data:
        raise refusal("scorecard.damaged", "is empty", _AGAIN)
    if data.startswith(_OLE):
        hint = "save it as Word Document (.docx), without a password"
        raise refusal("scorecard.protected", "is protected by a password, or is an old .doc", hint)
    if not data.startswith(_ZIP):
        raise refusal("scorecard.not-word", "is not a Word file, whatever its name says")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except Exception:
        raise _damaged() from None


def _entries(package: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """What the package lists, if it can be a Word file. Raises JdgenError."""
    entries = package.infolist()
    if len(entries) > MAX_PARTS:
        raise refusal("scorecard.unsafe", f"has more than {MAX_PARTS} parts, which no scorecard has")
    name, times = Counter(map(_name, entries)).most_common(1)[0] if entries else ("", 0)
    if times > 1:
        raise refusal("scorecard.unsafe", f"has the part {quoted(name)} twice", _AGAIN)
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise refusal("scorecard.protected", "is protected by a password", "save it without one")
    if any(_name(entry).endswith("vbaproject.bin") for entry in entries):
        raise refusal("scorecard.macros", "has macros in it", "save it as Word Document (.docx), without macros")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        message = f"unpacks to more than {MAX_UNPACKED >> 20} MiB, which no scorecard does"
        raise refusal("scorecard.unsafe", message)
    return entries


def _name(entry: zipfile.ZipInfo) -> str:
    """A part's name; part names don't differ by case (ECMA-376 part 2, 6.2.2.3)."""
    return entry.filename.replace("\\", "/").lstrip("/").casefold()


def _part(package: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    """A part. No more of it is unpacked than a part may have, and than its header says: the data may hold more."""
    if entry.compress_type not in _PLAIN:
        raise refusal("scorecard.unsafe", "is packed in a way that Word does not use")
    try:
        with package.open(entry) as file:
            data = file.read(MAX_PART + 1)
    except Exception:
        raise _damaged() from None
    if len(data) > MAX_PART:
        raise refusal("scorecard.unsafe", f"has a part {quoted(name)} of more than {MAX_PART >> 20} MiB")
    return data


def _damaged() -> JdgenError:
    return refusal("scorecard.damaged", "is cut short or damaged", _AGAIN)
