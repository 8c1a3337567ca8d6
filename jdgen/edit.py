"""What somebody did to a file since jdgen wrote it: in words, with the place in the specs where it can be told."""

from __future__ import annotations

import difflib
import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jdgen.escape import plain
from jdgen.problem import JdgenError
from jdgen.returned.docx import document_of, text_of_part
from jdgen.returned.package import unpacked
from jdgen.returned.reading import refusal
from jdgen.returned.story import text_in
from jdgen.spec import Rich, SpecFile
from jdgen.spec.walk import texts

_ANY = re.compile(".*", re.DOTALL)
_MOST = 1 << 25
_TAG = re.compile(r"<[^>]*>")
_SIGN = re.compile(r"[*_`\\\[\]<>|#]|\(https?:[^)]*\)")
_SHORT = 24
"""From how many characters on a text is looked for within a longer one."""


def is_same(path: Path, data: bytes) -> bool:
    """Whether a Word file has the parts of `data`, packed otherwise perhaps."""
    if path.suffix != ".docx":
        return False
    try:
        return path.stat().st_size < _MOST and unpacked(path.read_bytes(), _ANY) == unpacked(data, _ANY)
    except (OSError, JdgenError):
        return False


@dataclass(frozen=True)
class Edit:
    """Some lines of text in a row that somebody changed."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    place: str = ""
    """Where the text before is written, as `file:line`; empty if it can't be told."""

    def __str__(self) -> str:
        lines = [f"  {self.place}"] if self.place else []
        return "\n".join([*lines, *(f"  - {line}" for line in self.before), *(f"  + {line}" for line in self.after)])


def edits(path: Path, data: bytes, files: Iterable[SpecFile]) -> list[Edit]:
    """What differs in the words of a file from those of `data`; nothing if only its form does, or it can't be read.

    `files` are the specs in which the words may be written.
    """
    try:
        found, made = lines_in(path.suffix, path.read_bytes()), lines_in(path.suffix, data)
    except (OSError, JdgenError, ValueError):
        return []
    written = list(_written(files))
    matcher = difflib.SequenceMatcher(None, made, found, autojunk=False)
    return [
        Edit(tuple(made[a:b]), tuple(found[c:d]), _place(made[a:b], written))
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    ]


def lines_in(suffix: str, data: bytes) -> list[str]:
    """The lines of text of a kit's file that hold anything. Raises JdgenError and ValueError if it can't be read."""
    if suffix == ".docx":
        name = "word/document.xml"
        part = unpacked(data, re.compile(re.escape(name))).get(name)
        if part is None:
            raise refusal("scorecard.damaged", "has no text in it")
        text = text_in(document_of(text_of_part(part, name), name))
    elif suffix == ".pdf":
        return []
    else:
        text = data.decode()
        text = html.unescape(_TAG.sub("", text)) if suffix == ".html" else text
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


_Written = tuple[str, SpecFile, tuple[str | int, ...]]


def _written(files: Iterable[SpecFile]) -> Iterator[_Written]:
    for file in files:
        for where, _, text in texts(file):
            yield _bare(plain(Rich(text))), file, where


def _bare(text: str) -> str:
    """Words alone, as they are the same in every format."""
    return " ".join(_SIGN.sub("", text).split())


def _place(lines: Sequence[str], written: Sequence[_Written]) -> str:
    """The place of the first of `lines` that is a text of a spec, holds one, or is a part of one."""
    for line in map(_bare, lines):
        found = [entry for entry in written if _speaks_of(entry[0], line)]
        if found:
            _, file, where = max(found, key=lambda entry: (entry[0] == line, len(entry[0])))
            if file.origin is not None:
                problem = file.origin.problem(where, "", "", words=" ".join(line.split()[:3]))
                return f"{problem.file}:{problem.line}"
    return ""


def _speaks_of(text: str, line: str) -> bool:
    if text == line:
        return bool(text)
    return (len(text) >= _SHORT and text in line) or (len(line) >= _SHORT and line in text)
