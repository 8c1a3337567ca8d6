"""White space is not the template's job: one pass over what it rendered."""

from __future__ import annotations

import re

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ITEM = re.compile(r" *(?:[-*+]|\d{1,9}[.)]) ")


def tidied(markdown: str) -> str:
    """`markdown` with one empty line between blocks, none in lists, no trailing space, LF, one at the end.

    A block is set apart from what follows it even where the template forgot, since Markdown would
    take a line after a list item for part of the item.
    """
    lines: list[str] = []
    fence = ""
    before = "style"  # what the last line was; nothing is set apart from the top or from a style hint
    is_apart = False
    for line in markdown.replace("\r\n", "\n").split("\n"):
        opening = _FENCE.match(line)
        if fence:
            lines.append(line)
            fence = "" if line.strip().startswith(fence) else fence
            before = "text"
            continue
        line = line.rstrip()
        if not line:
            is_apart = True
            continue
        sort = _sort(line, before)
        is_same = sort == before and sort not in ("heading", "style") and (not is_apart or _continues(line, lines[-1]))
        if before != "style" and not is_same:
            lines.append("")
        is_apart = False
        lines.append(line)
        before = sort
        if opening:
            fence = opening[1]
    return "\n".join(lines).strip("\n") + "\n"


def _continues(line: str, before: str) -> bool:
    """Whether a line of a list goes on with the list of the line before: items stand tight."""
    return bool(_ITEM.match(line)) and (line[0] == " " or before[0] == " " or line[0].isdigit() == before[0].isdigit())


def _sort(line: str, before: str) -> str:
    """What kind of line it is, as far as the space around it goes."""
    if line.startswith("#"):
        return "heading"
    if line.startswith("<!-- style"):
        return "style"
    if line.lstrip().startswith("|"):
        return "table"
    if line.startswith(">"):
        return "quote"
    if _ITEM.match(line) or (before == "list" and line.startswith("  ")):
        return "list"
    return "text"
