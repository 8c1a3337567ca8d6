"""A Word file as text, one line a block: style, numbering, words, table cells. Read with lxml alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def outline(data: bytes) -> str:
    """The blocks of the body, then headers, footers and properties."""
    package = zipfile.ZipFile(io.BytesIO(data))

    def part(name: str) -> Any:
        return etree.fromstring(package.read(name))

    links = {r.get("Id"): r.get("Target") for r in part("word/_rels/document.xml.rels")}
    names = {
        s.get(f"{_W}styleId"): s.find(f"{_W}name").get(f"{_W}val") for s in part("word/styles.xml").iter(f"{_W}style")
    }
    lines = list(_blocks(part("word/document.xml")[0], names, links))
    for name in sorted(n for n in package.namelist() if n.startswith(("word/header", "word/footer"))):
        lines.append(f"[{name.removeprefix('word/').removesuffix('.xml')}] {_text(part(name), links)}")
    lines += [f"[{etree.QName(e).localname}] {e.text}" for e in part("docProps/core.xml")]
    language = part("word/styles.xml").find(f".//{_W}lang")
    lines.append(f"[lang] {language.get(f'{_W}val')}")
    return "\n".join(lines) + "\n"


def _blocks(parent: Any, names: dict[str, str], links: dict[str, str]) -> Iterator[str]:
    for block in parent:
        if block.tag == f"{_W}p":
            yield _paragraph(block, names, links)
        elif block.tag == f"{_W}tbl":
            style = block.find(f"{_W}tblPr/{_W}tblStyle").get(f"{_W}val")
            widths = ",".join(c.get(f"{_W}w") for c in block.iter(f"{_W}gridCol"))
            yield f"table {names[style]} [{widths}]"
            for row in block.iter(f"{_W}tr"):
                head = "=" if row.find(f"{_W}trPr/{_W}tblHeader") is not None else "-"
                yield f"  {head} " + " | ".join(
                    " / ".join(_text(p, links) for p in c.iter(f"{_W}p")) for c in row.iter(f"{_W}tc")
                )


def _paragraph(paragraph: Any, names: dict[str, str], links: dict[str, str]) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = names[style.get(f"{_W}val")] if style is not None else "Normal"
    number = paragraph.find(f"{_W}pPr/{_W}numPr")
    list_ = ""
    if number is not None:
        list_ = f" #{number.find(f'{_W}numId').get(f'{_W}val')}.{number.find(f'{_W}ilvl').get(f'{_W}val')}"
    return f"{name}{list_}: {_text(paragraph, links)}"


def _text(element: Any, links: dict[str, str]) -> str:
    out = ""
    for node in element.iter():
        if node.tag == f"{_W}t":
            run = node.getparent()
            looks = [mark for mark in ("b", "i", "strike") if run.find(f"{_W}rPr/{_W}{mark}") is not None]
            style = run.find(f"{_W}rPr/{_W}rStyle")
            shown = f"<{''.join(looks)}>{node.text}</>" if looks else node.text or ""
            if style is not None and style.get(f"{_W}val") == "PlaceholderText":
                shown = f"[{shown}]"
            out += shown
        elif node.tag == f"{_W}tab":
            out += "\t" if node.getparent().tag == f"{_W}r" else ""
        elif node.tag == f"{_W}br":
            out += "\\n"
        elif node.tag == f"{_W}instrText":
            out += f"{{{node.text.strip()}}}"
        elif node.tag == f"{_W}hyperlink":
            inside = node.get(f"{_W}anchor")
            out += f"(#{inside})" if inside else f"({links[node.get(f'{_R}id')]})"
        elif node.tag == f"{_W}tag":
            out += f"{{{node.get(f'{_W}val')}}}"
    return out
