"""A zip package whose bytes depend on its parts alone: sorted, stored, dated 1980-01-01.

Deflate differs between builds of zlib, so parts are stored; git packs and compares them better, too.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

CONTENT_TYPES = "[Content_Types].xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_MODE = 0o644 << 16


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The package of `parts` by name, the content types first, as the format's readers like it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        for name in sorted(parts, key=lambda name: (name != CONTENT_TYPES, not name.startswith("_rels/"), name)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system, entry.external_attr = _UNIX, _MODE
            package.writestr(entry, parts[name])
    return buffer.getvalue()
