"""A finished posting in Word -> its parts, by the same safe door as filled scorecards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from jdgen.lint.passage import Part
from jdgen.problem import JdgenError
from jdgen.returned.docx import document_of, parsed_part, text_of_part
from jdgen.returned.package import unpacked
from jdgen.returned.story import W, text_in

_WANTED = re.compile(r"word/(?:document|styles)\.xml")
_HEADING = re.compile(r"(?:heading|überschrift|titre|título|rubrik|kop)\s*([1-6])", re.IGNORECASE)


def word_parts(data: bytes) -> Iterator[Part]:
    """The paragraphs of a Word file, numbered from 1. Raises JdgenError, without the file's name."""
    try:
        parts = {name: text_of_part(part, name) for name, part in unpacked(data, _WANTED).items()}
        root = document_of(parts.get("word/document.xml", "<none/>"), "word/document.xml")
        styles = dict(_styles(parsed_part(parts["word/styles.xml"], "word/styles.xml"))) if len(parts) > 1 else {}
    except JdgenError as error:
        raise JdgenError(
            replace(
                p, code=p.code.replace("scorecard.", "posting-file."), message=p.message.replace("scorecard", "posting")
            )
            for p in error.problems
        ) from None
    for number, paragraph in enumerate(root.iter(f"{W}p"), 1):
        text = " ".join(text_in(paragraph).split())
        if text:
            yield Part(_sort(paragraph, text, styles), number, text)


def _styles(root: Any) -> Iterator[tuple[str, str]]:
    """Of each paragraph style that is a heading or a list, which of these it is."""
    for style in root.iter(f"{W}style"):
        name = style.find(f"{W}name")
        named = name.get(f"{W}val", "") if name is not None else ""
        id = style.get(f"{W}styleId", "")
        if match := _HEADING.match(named):
            yield id, f"heading-{match[1]}"
        elif named.casefold() == "title":
            yield id, "heading-1"
        elif style.find(f"{W}pPr/{W}numPr") is not None or named.casefold().startswith("list "):
            yield id, "item"


def _sort(paragraph: Any, text: str, styles: dict[str, str]) -> str:
    properties = paragraph.find(f"{W}pPr")
    if properties is not None:
        style = properties.find(f"{W}pStyle")
        sort = styles.get(style.get(f"{W}val", ""), "") if style is not None else ""
        if sort.startswith("heading"):
            return sort
        if sort or properties.find(f"{W}numPr") is not None:
            return "item"
    if any(parent.tag == f"{W}tc" for parent in paragraph.iterancestors()):
        return "cell"
    return "heading-3" if _is_bold(paragraph) and len(text) < 60 and text[-1] not in ".,;" else "text"


def _is_bold(paragraph: Any) -> bool:
    """Whether all text of a paragraph is bold: how headings look where nobody used styles."""
    runs = [run for run in paragraph.iter(f"{W}r") if any((t.text or "").strip() for t in run.iter(f"{W}t"))]
    marks = [run.find(f"{W}rPr/{W}b") for run in runs]
    return bool(runs) and all(mark is not None and mark.get(f"{W}val") not in ("0", "false") for mark in marks)
