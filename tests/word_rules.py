"""What a right Word file is, beyond the schema: rules on its XML, each a sentence when it is broken.

Here those of its text. Those of styles and language are in `style_rules`, of tables, controls and links in
`block_rules`, of parts and properties in `package_rules`, of colors in `contrast`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests import block_rules, contrast, package_rules, style_rules
from tests.word_file import PICTURE, Styles, W, WordFile, text_of, value

SPACERS = ("Spacer", "Rule")
_TYPED = re.compile(r"\s*(?:[•‣◦▪·–—*-]|\d{1,2}[.)]|[a-zA-Z][.)])\s")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ufffe\uffff]")
_UNFINISHED = {
    "footnoteReference": "a footnote",
    "endnoteReference": "an endnote",
    "commentReference": "a comment",
    "ins": "a tracked change",
    "del": "a tracked change",
    "altChunk": "a file inside",
    "object": "an object inside",
}
"""What no kit has, by its element."""
_KEEP = "{http://www.w3.org/XML/1998/namespace}space"


def findings(data: bytes) -> list[str]:
    """Every broken rule of a Word file; empty if it is right."""
    word = WordFile(data)
    unreadable = list(package_rules.unreadable(word))
    if unreadable:
        return unreadable
    parts = (package_rules, style_rules, block_rules, contrast)
    found = [finding for rules in parts for finding in rules.findings(word)]
    found += [*_document(word), *(finding for story in word.stories.values() for finding in _story(story))]
    return list(dict.fromkeys(found))


def _document(word: WordFile) -> Iterator[str]:
    body, styles = word.document[0], word.styles
    yield from _headings(body, styles)
    yield from _space(body, styles)
    yield from _typed_lists(body, styles)
    if len(body) == 0 or body[-1].tag != f"{W}sectPr":
        yield "the document does not end with its page set-up"


def _story(story: Any) -> Iterator[str]:
    yield from _fields(story)
    yield from _text(story)
    for tag, what in _UNFINISHED.items():
        if story.find(f".//{W}{tag}") is not None:
            yield f"there is {what}"


# --- paragraphs -------------------------------------------------------------------------------


def _headings(body: Any, styles: Styles) -> Iterator[str]:
    before, titles = 0, 0
    for paragraph in body.iter(f"{W}p"):
        begins_page = paragraph.find(f"{W}pPr/{W}pageBreakBefore") is not None  # another language's part
        titles += styles.id_of(paragraph) == "Title" and not (titles and begins_page)
        outline = value(styles.of_paragraph(paragraph, f"{W}outlineLvl"))
        if outline in ("", "9"):  # nine is text
            continue
        level, text = int(outline) + 1, text_of(paragraph)
        if level > before + 1:
            yield f"a heading skips from level {before} to {level}: {text[:40]!r}"
        if not text.strip():
            yield "a heading is empty"
        before = level
    if titles != 1:
        yield f"{titles} paragraphs have the style of the title"


def _space(body: Any, styles: Styles) -> Iterator[str]:
    for paragraph in body.iter(f"{W}p"):
        is_in_cell = next(paragraph.iterancestors(f"{W}tc"), None) is not None
        is_empty = not text_of(paragraph).strip() and paragraph.find(f".//{PICTURE}") is None
        if is_empty and not is_in_cell and styles.id_of(paragraph) not in SPACERS:
            yield "an empty paragraph stands for space"


def _typed_lists(body: Any, styles: Styles) -> Iterator[str]:
    for paragraph in body.iter(f"{W}p"):
        text = text_of(paragraph)
        if _TYPED.match(text) and styles.of_paragraph(paragraph, f"{W}numPr") is None:
            yield f"a list is typed, not made: {text[:40]!r}"


# --- runs -------------------------------------------------------------------------------------


def _fields(story: Any) -> Iterator[str]:
    """Fields that do not run begin, instruction, separate, text, end (ECMA-376 part 1, 17.16.18)."""
    opened: list[str] = []
    for mark in story.iter(f"{W}fldChar", f"{W}instrText"):
        step = value(mark, "fldCharType") or "instruction"
        is_first_half = bool(opened) and opened[-1] == "begin"
        if step == "begin":
            opened.append(step)
        elif step == "instruction" and not is_first_half:
            yield f"the field {mark.text!r} does not begin"
        elif step == "separate":
            if not is_first_half:
                yield "a field has a result and does not begin"
            opened[-1:] = [step]
        elif step == "end":
            if not opened:
                yield "a field ends and does not begin"
            opened[-1:] = []
    yield from ("a field does not end" for _ in opened)


def _text(story: Any) -> Iterator[str]:
    for text in story.iter(f"{W}t", f"{W}instrText"):
        said = text.text or ""
        if _CONTROL.search(said):
            yield f"there is a control character in {said[:40]!r}"
        if said != said.strip(" ") and text.get(_KEEP) != "preserve":
            yield f"the space around {said[:40]!r} is lost"
