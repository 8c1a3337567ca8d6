"""Markdown of others as it is read: its texts with their lines, or as HTML. Nothing in it is refused."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

import pyromark

from jdgen.write.tree import OPTIONS, name_of


def as_html(markdown: str) -> str:
    """`markdown` as HTML, whatever stands in it; for what is read, not for what is made."""
    return str(pyromark.html(markdown, options=OPTIONS))


def located(markdown: str) -> Iterator[tuple[str, int, str]]:
    """The texts of `markdown` as they are read: sort (`heading-1`, `item`, `text`, `cell`, `comment`), line, text.

    Lenient: what has no form in a document of ours is left out. Lines count from 1.
    """
    starts = [0, *(end.end() for end in re.finditer(b"\n", markdown.encode()))]
    sorts: list[str] = []
    text, line = "", 0
    for event, span in pyromark.events_with_range(markdown, options=OPTIONS):
        kind, value = _opened(event)
        name = name_of(value)
        if kind == "Start" and (sort := _sort(name, value)):
            if text.strip():
                yield sorts[-1] if sorts else "text", line, text.strip()
            sorts.append("item" if sort == "text" and "item" in sorts else sort)
            text, line = "", bisect_right(starts, span["start"])
        elif kind == "End" and _sort(name, value):
            if text.strip():
                yield sorts[-1], line, text.strip()
            sorts.pop()
            text = ""
        elif kind in ("Html", "InlineHtml") and str(value).startswith("<!--"):
            yield "comment", bisect_right(starts, span["start"]), str(value)
        elif kind in ("Text", "Code"):
            line = line if text else bisect_right(starts, span["start"])
            text += str(value)
        elif kind in ("SoftBreak", "HardBreak"):
            text += "\n"


def _sort(name: str, value: Any) -> str:
    """What `located` calls a block; empty for one that is none of its own."""
    if name == "Heading":
        level = value["Heading"]["level"] if isinstance(value["Heading"], dict) else value["Heading"]
        return f"heading-{level[1]}"
    return {"Item": "item", "TableCell": "cell", "Paragraph": "text", "CodeBlock": "code"}.get(name, "")


def _opened(event: Any) -> tuple[str, Any]:
    """An event's kind and value."""
    return (event, None) if isinstance(event, str) else event.popitem()
