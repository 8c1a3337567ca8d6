"""Links to the sections of a long document, at its top."""

from __future__ import annotations

import html
import re

from jdgen.document import anchors
from jdgen.phrases import Phrases

MARK = "<!-- contents -->"
"""Where a template wants the links."""
LONG = 2500
"""From how many words on a document has links: about six pages."""
_FEWEST = 4
_HEADING = re.compile(r"^(#{1,6}) (.+)$", re.MULTILINE)
_FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_BESIDE = re.compile(r"\\(.)|[*`]|\[([^\]]*)\]\([^)]*\)")


def with_contents(markdown: str, phrases: Phrases) -> str:
    """Markdown with links in the place of the mark if it is long, and without the mark in any case."""
    if MARK not in markdown:
        return markdown
    if len(markdown) < LONG or len(markdown.split()) < LONG:
        return _without_mark(markdown)
    headings = [(len(marks), text.strip()) for marks, text in _HEADING.findall(_FENCED.sub("", markdown))]
    names = anchors(_plain(text) for _, text in headings)
    links = [
        f"[{_without_links(text)}](#{name})" for (level, text), name in zip(headings, names, strict=True) if level == 2
    ]
    if len(links) < _FEWEST:
        return _without_mark(markdown)
    title = phrases.markdown("document.contents")
    return markdown.replace(MARK, f"<!-- style meta -->\n{title} {' · '.join(links)}")


def _without_mark(markdown: str) -> str:
    return markdown.replace(f"{MARK}\n\n", "").replace(MARK, "")


def _plain(heading: str) -> str:
    """The text of a heading's Markdown."""
    return html.unescape(_BESIDE.sub(lambda match: match[1] or match[2] or "", heading))


def _without_links(heading: str) -> str:
    return re.sub(r"(?<!\\)\[([^\]]*)\]\([^)]*\)", r"\1", heading)
