"""What a kit is made of and what was made: `manifest.json` beside its files.

It holds no clock and no machine's path, so that it is committed with the kit. One stands in the folder
of each kit, so that kits which were built apart lie together without more.
"""

from __future__ import annotations

import codecs
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path

NAME = "manifest.json"
FORMAT = 1
ABSENT = ""
"""The digest of a file that is not there."""
_TEXTS = (".yaml", ".j2", ".md", ".html", ".txt")
_ENTRY = re.compile(r'"([^"\n]+)": "([0-9a-f]{64})"')


@dataclass(frozen=True)
class Recipe:
    """What was asked for. One recipe and the same inputs make the same files."""

    role: str
    level: str | None = None
    posting: str | None = None
    together: bool | None = None
    company: str | None = None
    language: str | None = None
    by_path: bool = False
    """Whether the role was named by a path, so that the folder of specs need not have it."""


@dataclass(frozen=True)
class Manifest:
    """A kit's inputs and files, each with its SHA-256."""

    recipe: Recipe
    jdgen: str
    """The version of jdgen."""
    version: str
    """The kit's version."""
    inputs: Mapping[str, str]
    """By label, see `inputs`; `ABSENT` for what was looked for and is not there. Empty if the kit is in part
    of an earlier state."""
    files: Mapping[str, str]
    """By name; `ABSENT` for one that was there, is not jdgen's, and was kept."""
    levels: tuple[str, ...] = ()
    """The levels with kits of their own that belong to this one."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """What PDF files were made of: the digests of the Word files."""

    @property
    def formats(self) -> tuple[str, ...]:
        """The suffixes of its documents' files."""
        return tuple(dict.fromkeys(name.rpartition(".")[2] for name in self.files if name != "README.md"))

    def data(self) -> bytes:
        """The manifest as its file has it."""
        return (json.dumps({"manifest": FORMAT, **asdict(self)}, indent=1, ensure_ascii=False) + "\n").encode()


def word_of(name: str) -> str:
    """The Word file that a PDF file is made of."""
    return f"{name.removesuffix('.pdf')}.docx"


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(data).hexdigest()


def digest_of(path: Path) -> str:
    """The SHA-256 of a file; `ABSENT` if there is none.

    Of text it is that with line ends of Unix, since git may change these: the same as a spec's source has.
    """
    try:
        data = path.read_bytes()
    except OSError:
        return ABSENT
    if path.suffix in _TEXTS:
        data = data.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n")
    return digest(data)


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest in a kit's folder; None if there is none that can be read."""
    try:
        data = json.loads((folder / NAME).read_bytes())
        if data.pop("manifest") != FORMAT:
            return None
        data |= {"recipe": Recipe(**data["recipe"]), "levels": tuple(data["levels"])}
        found = Manifest(**data)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    fits = all(isinstance(table, dict) for table in (found.inputs, found.files, found.sources))
    names = [*found.files, *found.sources] if fits else []
    return found if fits and all(_is_name(name) for name in names) else None


def _is_name(name: str) -> bool:
    """Whether it is a file's name and no path that leads elsewhere."""
    return bool(name) and not name.startswith(".") and not set(name) & {"/", "\\", ":", "\0"}


def known_digests(folder: Path) -> dict[str, set[str]]:
    """By name, the digests of what jdgen wrote into a kit's folder.

    It is read line by line, so that of a manifest with the marks of a merge's conflict both sides count.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    try:
        text = (folder / NAME).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return found
    for name, value in _ENTRY.findall(text):
        found[name].add(value)
    return found


def manifests_in(output: Path, roles: frozenset[str] | None = None) -> Iterator[tuple[Path, Manifest]]:
    """The folder and manifest of each kit below `output`, of all roles or of some; links are not followed."""
    for role in _folders(output):
        if roles is not None and role.name not in roles:
            continue
        for folder in (role, *_folders(role)):
            manifest = read_manifest(folder)
            if manifest is not None and folder == folder_of(output, manifest.recipe):
                yield folder, manifest


def folder_of(output: Path, recipe: Recipe) -> Path:
    """The folder of a kit."""
    variant = recipe.posting or recipe.level
    return output / recipe.role / variant if variant else output / recipe.role


def _folders(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_dir() and not path.is_symlink() and path.name[0] != ".")
