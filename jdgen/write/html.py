"""Documents as HTML to paste: into the source view of an applicant tracking system, or copied from a browser.

A fragment of few tags, which every such system keeps (Greenhouse names p, ul, li, b, i and a, Google's job search
p, ul and li): no classes, no styles, no tables. A fragment can't say how it is encoded, and a browser that opens it
from disk would guess wrong. So a file of it is ASCII, with references for all other characters; they are the same
under any encoding, and stay what they are when the source is pasted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from jdgen.document import Document
from jdgen.write.linear import BOXES, LinearBlock, linear
from jdgen.write.nodes import BREAK, EMPHASIS, STRONG, Block, Code, Heading, Item, List, Paragraph, Run, Runs, Turn
from jdgen.write.script import language_of
from jdgen.write.xml import attribute, text

TAGS = ("h2", "h3", "h4", "p", "ul", "ol", "li", "strong", "em", "a", "br")
"""All that a fragment may hold. Its first heading is h2, since h1 is the page's it is pasted into."""
_LOWEST = 4
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Characters that no reference can stand for: HTML reads those of C1 as characters of Windows."""


def html_bytes(document: Document) -> bytes:
    """The document as a file of HTML, in ASCII. Raises JdgenError for Markdown that has no form in it."""
    return html_text(document).encode("ascii", "xmlcharrefreplace")


def html_text(document: Document) -> str:
    """The document as a fragment of HTML. Raises JdgenError for Markdown that has no form in it."""
    return fragment(linear(document, "html"), document.language)


def fragment(blocks: Iterable[LinearBlock], language: str) -> str:
    """Blocks as HTML, a line or more for each, with its direction where its language runs from right to left."""
    return "".join(f"{html}\n" for html in _blocks(blocks, language))


def items_html(items: Iterable[Item]) -> str:
    """The items of a list without the list."""
    return "".join(f"<li>{_item(item)}</li>\n" for item in items)


def _blocks(blocks: Iterable[LinearBlock], language: str) -> Iterator[str]:
    direction = _direction(language)
    for block in blocks:
        if isinstance(block, Turn):
            direction = _direction(block.language)
        else:
            yield _block(block, direction)


def _direction(language: str) -> str:
    return ' dir="rtl"' if language_of(language).is_rtl else ""


def _block(block: Block, direction: str = "") -> str:
    match block:
        case Heading():
            tag = f"h{min(block.level + 1, _LOWEST)}"
            return f"<{tag}{direction}>{_inline(block.runs)}</{tag}>"
        case Paragraph():
            return f"<p{direction}>{_inline(block.runs)}</p>"
        case List():
            return _list(block, direction)
        case Code():
            lines = "<br>".join(map(clean, block.text.split("\n")))
            return f"<p{direction}>{lines}</p>"
        case _:
            raise TypeError(f"{type(block).__name__} is not linear")


def _list(block: List, direction: str) -> str:
    tag = "ol" if block.is_numbered else "ul"
    start = f' start="{block.start}"' if block.is_numbered and block.start != 1 else ""
    return f"<{tag}{start}{direction}>\n{items_html(block.items)}</{tag}>"


def _item(item: Item) -> str:
    parts = [
        _inline(block.runs) if isinstance(block, Paragraph) and not item.is_loose else _block(block)
        for block in item.blocks
    ]
    return BOXES[item.checked] + "\n".join(parts) + ("\n" if len(parts) > 1 else "")


def _inline(runs: Runs) -> str:
    return "".join(_linked(runs))


def _linked(runs: Runs) -> Iterator[str]:
    for link, group in groupby(runs, lambda run: run.link):
        inner = "".join(map(_run, group))
        yield f'<a href="{attribute(link)}">{inner}</a>' if link else inner


def _run(run: Run) -> str:
    if run.marks & BREAK:
        return "<br>\n"
    out = clean(run.text)
    for mark, tag in ((EMPHASIS, "em"), (STRONG, "strong")):
        if run.marks & mark and out:
            out = f"<{tag}>{out}</{tag}>"
    return out


def clean(value: str) -> str:
    """`value` between tags, without what HTML has no form for."""
    return text(_CONTROL.sub("", value))
