"""An Open Packaging package: parts, their content types and relationships, as a zip file.

Its bytes depend on its parts alone: sorted, stored, dated 1980-01-01. Deflate differs between builds
of zlib, so parts are stored; git packs and compares them better, too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from struct import Struct
from zlib import crc32

from jdgen.write.xml import HEAD, RELATIONSHIPS, attribute

CONTENT_TYPES = "[Content_Types].xml"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
"""How the content types of Word's parts begin."""
_EPOCH = (0, 1 << 5 | 1)
"""The time and day of all parts, as MS-DOS has them: 1980-01-01."""
_VERSION, _UNIX = 20, 3
_HEADER, _ENTRY, _END = Struct("<4s5H3I2H"), Struct("<4s2B5H3I5H2I"), Struct("<4s4H2IH")
_MODE = 0o644 << 16


@dataclass
class Package:
    """Parts by name, with what leads from one to another."""

    parts: dict[str, bytes] = field(default_factory=dict)
    _types: dict[str, str] = field(default_factory=dict)
    _relations: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, data: str | bytes, content_type: str = "") -> None:
        """A part: XML as text, without its declaration, or anything as bytes.

        Its content type may be left out where the suffix says it: `xml` and pictures.
        """
        self.parts[name] = (HEAD + data).encode() if isinstance(data, str) else data
        if content_type:
            self._types[name] = content_type

    def relate(self, source: str, id: str, type: str, target: str, *, is_external: bool = False) -> None:
        """A relationship from a part, or from the package if `source` is empty, to another."""
        mode = ' TargetMode="External"' if is_external else ""
        self._relations.setdefault(source, []).append(
            f'<Relationship Id="{id}" Type="{type}" Target="{attribute(target)}"{mode}/>'
        )

    def packed(self) -> bytes:
        """The package as bytes, the content types first, as the format's readers like it."""
        parts = dict(self.parts)
        for source, relations in self._relations.items():
            xml = f'<Relationships xmlns="{RELATIONSHIPS}">{"".join(relations)}</Relationships>'
            parts[_relations_of(source)] = (HEAD + xml).encode()
        parts[CONTENT_TYPES] = (HEAD + self._content_types()).encode()
        return _zipped(parts)

    def _content_types(self) -> str:
        defaults = {
            "rels": "application/vnd.openxmlformats-package.relationships+xml",
            "xml": "application/xml",
            "png": "image/png",
            "jpeg": "image/jpeg",
        }
        there = {"rels", "xml", *(PurePosixPath(name).suffix.removeprefix(".") for name in self.parts)}
        return (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            + "".join(
                f'<Default Extension="{suffix}" ContentType="{type}"/>'
                for suffix, type in defaults.items()
                if suffix in there
            )
            + "".join(
                f'<Override PartName="/{name}" ContentType="{type}"/>' for name, type in sorted(self._types.items())
            )
            + "</Types>"
        )


def _relations_of(source: str) -> str:
    path = PurePosixPath(source)
    return (path.parent / "_rels" / f"{path.name}.rels").as_posix() if source else "_rels/.rels"


def _zipped(parts: dict[str, bytes]) -> bytes:
    """The parts as a zip file: for each a header and its data, then the directory (APPNOTE 6.3.10, 4.3.6).

    zipfile makes the same bytes in three times the time, since it keeps a file open while parts may come.
    """
    pieces: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for part in sorted(parts, key=lambda name: (name != CONTENT_TYPES, not name.startswith("_rels/"), name)):
        data, name = parts[part], part.encode()
        about = (_VERSION, 0, 0, *_EPOCH, crc32(data), len(data), len(data), len(name), 0)
        directory.append(_ENTRY.pack(b"PK\1\2", _VERSION, _UNIX, *about, 0, 0, 0, _MODE, offset) + name)
        header = _HEADER.pack(b"PK\3\4", *about) + name
        pieces += (header, data)
        offset += len(header) + len(data)
    size = sum(map(len, directory))
    end = _END.pack(b"PK\5\6", 0, 0, len(parts), len(parts), size, offset, 0)
    return b"".join((*pieces, *directory, end))
