"""Plain data -> YAML as a person would write it, which jdgen's own door reads back as the same texts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_PLAIN = re.compile(r"[^\W\d_](?:[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff:#]|:(?=[^\s,\[\]{}])|(?<=\S)#)*\Z")
"""Text that begins with a letter, and in which no colon or hash is taken for YAML's."""
_VALUES = re.compile(r"(?:null|true|false|yes|no|on|off|y|n)\Z", re.IGNORECASE)
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


@dataclass(frozen=True)
class Commented:
    """A value with a comment above it."""

    value: Any
    comment: str


def as_yaml(data: Mapping[str, Any]) -> str:
    """A mapping of texts, lists and mappings as YAML."""
    return "\n".join(_mapping(data, 0)) + "\n"


def _mapping(data: Mapping[str, Any], indent: int) -> Iterator[str]:
    for key, value in data.items():
        if isinstance(value, Commented):
            yield from comment(value.comment, indent)
            value = value.value
        lines = list(_value(value, indent))
        yield f"{' ' * indent}{_scalar(str(key))}:{lines[0]}"
        yield from lines[1:]


def _value(value: Any, indent: int) -> Iterator[str]:
    """A value as the rest of its key's line, and the lines below it."""
    if isinstance(value, Mapping):
        yield ""
        yield from _mapping(value, indent + 2)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        yield ""
        for entry in value:
            yield from _entry(entry, indent + 2)
    else:
        text = str(value)
        if _is_block(text):
            yield " |-"
            yield from (f"{' ' * (indent + 2)}{line}".rstrip() for line in text.split("\n"))
        else:
            yield f" {_scalar(text)}"


def _entry(entry: Any, indent: int) -> Iterator[str]:
    if isinstance(entry, Commented):
        yield from comment(entry.comment, indent)
        entry = entry.value
    if isinstance(entry, Mapping):
        lines = list(_mapping(entry, indent + 2))
        while lines[0].lstrip().startswith("# "):  # a comment stands above the entry, not behind its dash
            yield f"{' ' * indent}{lines.pop(0).lstrip()}"
        yield f"{' ' * indent}- {lines[0].lstrip()}"
        yield from lines[1:]
    else:
        lines = list(_value(entry, indent))
        yield f"{' ' * indent}-{lines[0]}"
        yield from lines[1:]


def comment(text: str, indent: int = 0) -> Iterator[str]:
    """A text as the lines of a comment."""
    for line in text.split("\n"):
        yield f"{' ' * indent}# {_UNFIT.sub(' ', line)}".rstrip()


def _is_block(text: str) -> bool:
    """Whether a text stands in a block of lines of its own, where nothing needs quotes."""
    if "\n" not in text or _UNFIT.search(text) or "\t" in text:
        return False
    lines = text.split("\n")
    return bool(lines[0].strip()) and lines[0][0] != " " and bool(lines[-1].strip()) and text == text.strip()


def _scalar(text: str) -> str:
    is_plain = _PLAIN.match(text) and not _VALUES.match(text) and text == text.strip()
    if is_plain and not text.endswith(":"):
        return text
    if _UNFIT.search(text) or "\n" in text or "\t" in text:
        return _quoted(text)
    return (
        _quoted(text) if "'" in text and '"' not in text and "\\" not in text else "'" + text.replace("'", "''") + "'"
    )


def _quoted(text: str) -> str:
    """Double quotes, in which JSON's escapes are YAML's; what YAML does not print stands escaped."""
    return re.sub(
        "[\x7f-\x9f\u2028\u2029\ufeff]", lambda m: f"\\u{ord(m[0]):04x}", json.dumps(text, ensure_ascii=False)
    )
