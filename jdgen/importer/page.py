"""HTML -> blocks. Word files and Markdown come this way, too, made into HTML by mammoth and pyromark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from jdgen.importer.block import Block, literal
from jdgen.problem import JdgenError, Problem
from jdgen.scan import UNFIT

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LEFT_OUT = frozenset(
    [
        *("script", "style", "noscript", "template", "nav", "footer", "aside", "form", "button", "input", "select"),
        *("textarea", "svg", "img", "iframe", "video", "audio", "dialog"),
    ]
)
_BESIDE = re.compile(
    r"\b(?:cookies?|consent|banner|breadcrumbs?|menu|navbar|sidebar|share|social|related|similar|newsletter|modal|popup)\b",
    re.IGNORECASE,
)
_ROLES = frozenset(["navigation", "banner", "contentinfo", "dialog", "alertdialog", "search", "complementary"])
_INLINE = frozenset(
    [
        *(
            "a",
            "abbr",
            "b",
            "bdi",
            "bdo",
            "cite",
            "code",
            "del",
            "em",
            "font",
            "i",
            "ins",
            "kbd",
            "label",
            "mark",
            "q",
            "s",
        ),
        *("samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "br"),
    ]
)
_STRONG, _EMPHASIS = ("b", "strong"), ("i", "em")
_SAFE = re.compile(r"(?:https?://|mailto:|tel:)[^\s()<>]+\Z", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_BULLET = re.compile(r"(?:[-–—*+•·‣▪◦●○✓✔➢➤►■□]|\d{1,2}[.)])[ \t\u00a0\u3000]+(?=\S)|[•‣▪●○✓✔➢➤►■□・](?=\S)")
_BREAK = "\n"


def root_of(text: str) -> Any:
    """The root of a page. Raises JdgenError for one that is nested too deep, or empty."""
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        return html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise JdgenError([Problem("import.empty", "holds no text")]) from None


def blocks_of(root: Any) -> list[Block]:
    """The blocks of a page's main part, without what stands around it."""
    body = root.find(".//main")
    body = body if body is not None and len("".join(body.itertext()).split()) > 30 else root.find("body")
    return list(_blocks(body if body is not None else root, 0))


def _blocks(element: Any, depth: int) -> Iterator[Block]:
    """The blocks of an element: its blocks as they are, and paragraphs of the text between them."""
    text = element.text or ""
    inline = literal_space(text)
    for child in element:
        if child.tag in _INLINE and not _holds_blocks(child):
            inline += _inline(child)
        elif not _is_beside(child):
            yield from _paragraphs(inline, depth)
            inline = ""
            yield from _block(child, depth)
        inline += literal_space(child.tail or "")
    yield from _paragraphs(inline, depth)


def _block(element: Any, depth: int) -> Iterator[Block]:
    tag = str(element.tag)
    if tag in _HEADINGS:
        if text := _one_line(_inline_children(element)):
            yield Block("heading", _unmarked(text), _HEADINGS[tag])
    elif tag in ("ul", "ol"):
        yield from _list(element, depth)
    elif tag == "table":
        yield from _table(element, depth)
    elif tag == "dt":
        yield from (Block("text", f"**{_unmarked(block.text)}**") for block in _blocks(element, depth) if block.text)
    elif tag == "li":  # outside of a list
        yield from _item(element, depth, is_numbered=False)
    else:
        yield from _blocks(element, depth)


def _list(element: Any, depth: int) -> Iterator[Block]:
    for child in element:
        if child.tag == "li":
            yield from _item(child, depth, is_numbered=element.tag == "ol")
        elif child.tag in ("ul", "ol"):  # a list in a list without an item around it
            yield from _list(child, depth + 1)
        elif not _is_beside(child):
            yield from _block(child, depth)


def _item(element: Any, depth: int, *, is_numbered: bool) -> Iterator[Block]:
    """An item, and what stands in it: further paragraphs are joined to it, lists are nested below it."""
    text: list[str] = []
    below: list[Block] = []
    for block in _blocks(element, depth + 1):
        if block.sort in ("text", "heading") and not below:
            text.append(block.text)
        elif block.sort == "item":
            below.append(block)
        else:
            below.append(Block("item", block.text, depth + 1) if block.sort != "table" else block)
    if text:
        yield Block("item", " ".join(text), depth, is_numbered)
    yield from below


def _table(element: Any, depth: int) -> Iterator[Block]:
    """A table; one of a single column or row is no table but what stands in it."""
    rows = [row for row in element.iter("tr") if next(row.iterancestors("table")) is element]
    cells = _grid(rows)
    width = max((len(row) for row in cells), default=0)
    if width < 2 or len(cells) < 2 or element.find(".//table") is not None:
        for row in rows:
            for cell in row:
                yield from _blocks(cell, depth)
        return
    yield Block("table", rows=tuple((*row, *[""] * (width - len(row))) for row in cells))


def _grid(rows: list[Any]) -> list[tuple[str, ...]]:
    """The cells by rows. A cell over several rows or columns stands in the first, the others stay empty."""
    taken: set[tuple[int, int]] = set()
    grid: list[tuple[str, ...]] = []
    for number, row in enumerate(rows):
        line: list[str] = []
        for cell in (each for each in row if each.tag in ("td", "th")):
            while (number, len(line)) in taken:
                line.append("")
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            taken.update((number + n, len(line) + m) for n in range(down) for m in range(across))
            line += ["<br>".join(_lines_of(cell)).replace("|", "\\|"), *[""] * (across - 1)]
        grid.append(tuple(line))
    return [row for row in grid if any(row)]


def _span(cell: Any, name: str) -> int:
    value = str(cell.get(name) or "")
    return min(int(value), 50) if value.isdecimal() and int(value) else 1


def _lines_of(cell: Any) -> Iterator[str]:
    for block in _blocks(cell, 0):
        mark = "• " if block.sort == "item" else ""
        yield mark + block.text if block.sort != "table" else " ".join(" ".join(row) for row in block.rows)


# --- text -------------------------------------------------------------------------------------


def _paragraphs(inline: str, depth: int) -> Iterator[Block]:
    """The paragraphs of text, one for each of its lines; lines that begin with a bullet are items."""
    for line in inline.split(_BREAK):
        text = _one_line(line)
        bullet = _BULLET.match(text)
        if bullet and len(text) > bullet.end():
            yield Block("item", text[bullet.end() :].strip(), depth, bullet[0][0].isdigit())
        elif text:
            yield Block("text", text)


def _inline(element: Any) -> str:
    """An element within a line, as restricted Markdown."""
    if element.tag == "br":
        return _BREAK
    text = _inline_children(element)
    if not text.strip():
        return text
    target = str(element.get("href") or "").strip()
    if element.tag == "a" and _SAFE.match(target) and _BREAK not in text:
        return _around(text, "[", f"]({target})") if "](" not in text else text
    if element.tag in _STRONG and "**" not in text:
        return _BREAK.join(_around(line, "**", "**") for line in text.split(_BREAK))
    if element.tag in _EMPHASIS and "*" not in text and "](" not in text:
        return _BREAK.join(_around(line, "*", "*") for line in text.split(_BREAK))
    return text


def _inline_children(element: Any) -> str:
    text = literal_space(element.text or "")
    for child in element:
        if not _is_beside(child):
            text += _inline(child)
        text += literal_space(child.tail or "")
    return text


def literal_space(text: str) -> str:
    """Text of a page as restricted Markdown: signs are text, white space and what no document can hold one space."""
    return literal(_SPACE.sub(" ", UNFIT.sub(" ", text)))


def _around(text: str, before: str, after: str) -> str:
    """`text` between signs, its outer space outside of them."""
    inner = text.strip()
    if not inner:
        return text
    start = text.index(inner[0])
    return f"{text[:start]}{before}{inner}{after}{text[start + len(inner) :]}"


def _one_line(text: str) -> str:
    return _SPACE.sub(" ", text).strip().replace("****", "")


def _unmarked(text: str) -> str:
    """A heading's text without bold and italic."""
    return re.sub(r"(?<!\\)\*{1,2}", "", text).strip()


def _holds_blocks(element: Any) -> bool:
    return any(child.tag not in _INLINE and not _is_beside(child) for child in element.iterdescendants())


def _is_beside(element: Any) -> bool:
    """Whether an element stands around the page's text: navigation, banners, what is hidden."""
    if not isinstance(element.tag, str) or element.tag in _LEFT_OUT or element.get("role") in _ROLES:
        return True
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if element.tag == "header" and (element.find(".//nav") is not None or element.find(".//h1") is None):
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}".replace("-", " ").replace("_", " ")
    return element.tag in ("div", "section", "ul", "header") and bool(_BESIDE.search(names))
