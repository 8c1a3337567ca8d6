"""What a right Word file is in its styles, lists, language and direction."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.word_file import Styles, W, WordFile, is_on, value

_USES = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_RIGHT_TO_LEFT = {"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}


def findings(word: WordFile) -> Iterator[str]:
    """The broken rules."""
    styles = word.styles
    yield from _sheet(styles)
    yield from _styles_used(word, styles)
    yield from _lists(word.part("word/numbering.xml"))
    yield from _lists_used(word, styles)
    yield from _language(styles.root)
    yield from _direction(word, styles)


# --- styles -----------------------------------------------------------------------------------


def _sheet(styles: Styles) -> Iterator[str]:
    """What is wrong with the styles, used or not."""
    every = list(styles.root.iter(f"{W}style"))
    ids = Counter(value(style, "styleId") for style in every)
    yield from (f"the style {id!r} is defined twice" for id, count in ids.items() if count > 1)
    names = Counter(value(style.find(f"{W}name")).lower() for style in every)
    yield from (f"two styles have the name {name!r}" for name, count in names.items() if count > 1)
    for id, style in styles.by_id.items():
        for tag in ("basedOn", "next", "link"):
            other = value(style.find(W + tag))
            if other and other not in styles.by_id:
                yield f"the style {id!r} refers to {other!r}, which is not defined"
        chain = styles.chain(id)
        if value(chain[-1].find(f"{W}basedOn")) in styles.by_id:
            yield f"the style {id!r} is based on itself"
        if len({value(link, "type") for link in chain}) > 1:
            yield f"the style {id!r} is based on one of another type"


def _styles_used(word: WordFile, styles: Styles) -> Iterator[str]:
    for root in (*word.stories.values(), word.part("word/numbering.xml")):
        for tag, sort in _USES.items():
            for id in {value(element) for element in root.iter(W + tag)}:
                if id not in styles.by_id:
                    yield f"the style {id!r} is not defined"
                elif value(styles.by_id[id], "type") != sort:
                    yield f"the style {id!r} is no style of a {sort}"


# --- lists ------------------------------------------------------------------------------------


def _lists(numbering: Any) -> Iterator[str]:
    for tag, key in (("num", "numId"), ("abstractNum", "abstractNumId")):
        ids = Counter(value(element, key) for element in numbering.iter(W + tag))
        yield from (f"the list {id} is defined twice" for id, count in ids.items() if count > 1)
    abstract = {value(number, "abstractNumId") for number in numbering.iter(f"{W}abstractNum")}
    for number in numbering.iter(f"{W}num"):
        if value(number.find(f"{W}abstractNumId")) not in abstract:
            yield f"the list {value(number, 'numId')} has no definition"


def _lists_used(word: WordFile, styles: Styles) -> Iterator[str]:
    numbers = {value(number, "numId") for number in word.part("word/numbering.xml").iter(f"{W}num")}
    used = {value(element) for root in (*word.stories.values(), styles.root) for element in root.iter(f"{W}numId")}
    # Zero takes a paragraph out of its style's list.
    yield from (f"the list {number} is not defined" for number in sorted(used - numbers - {"0"}))


# --- language and direction -------------------------------------------------------------------


def _language(root: Any) -> Iterator[str]:
    if not value(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")):
        yield "the document has no language"
    for name in {value(language) for language in root.iter(f"{W}lang")}:
        if name and not _LANGUAGE.fullmatch(name):
            yield f"{name!r} is no language"


def _direction(word: WordFile, styles: Styles) -> Iterator[str]:
    """What a document that is read from the right says: of each paragraph and table, which way it runs."""
    if not _is_from_the_right(word, styles):
        return
    for name, story in word.stories.items():
        if any(styles.of_paragraph(paragraph, f"{W}bidi") is None for paragraph in story.iter(f"{W}p")):
            yield f"a paragraph of {name!r} does not say that it is read from the right"
        for table in story.iter(f"{W}tbl"):
            own = table.find(f"{W}tblPr/{W}bidiVisual")
            id = value(table.find(f"{W}tblPr/{W}tblStyle"))
            if not is_on(own) and not is_on(styles.first(id, f"{W}tblPr/{W}bidiVisual")):
                yield "a table does not run from the right"


def _is_from_the_right(word: WordFile, styles: Styles) -> bool:
    language = word.part("docProps/core.xml").findtext("{http://purl.org/dc/elements/1.1/}language") or ""
    switches = (*styles.root.iter(f"{W}bidi"), *word.document.iterfind(f".//{W}sectPr/{W}bidi"))
    return language.partition("-")[0] in _RIGHT_TO_LEFT or any(is_on(switch) for switch in switches)
