"""What a right Word file is as a package: its parts, their types and relationships, its properties."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lxml import etree

from tests.word_file import PICTURE, A, R, W, WordFile, text_of

NEEDED = (
    "[Content_Types].xml",
    "_rels/.rels",
    "docProps/core.xml",
    "word/document.xml",
    "word/numbering.xml",
    "word/settings.xml",
    "word/styles.xml",
)
_EPOCH = (1980, 1, 1, 0, 0, 0)
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_DATES = ("created", "modified", "lastPrinted")
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
_PATH = re.compile(rb"file:/|\b[A-Za-z]:\\\\?\w|(?<![\w.])/(?:home|root|tmp|Users)/")
_SORTS = {
    f"{W}headerReference": "header",
    f"{W}footerReference": "footer",
    f"{W}hyperlink": "hyperlink",
    f"{A}blip": "image",
}
"""Which sort of relationship an element asks for."""


def unreadable(word: WordFile) -> Iterator[str]:
    """The parts that must be there and are not, and those that are not XML: no other rule can be asked then."""
    yield from (f"the part {name!r} is missing" for name in NEEDED if name not in word.names)
    for name in _xml_names(word):
        try:
            word.part(name)
        except etree.XMLSyntaxError as error:
            yield f"the part {name!r} is not XML: {error}"


def findings(word: WordFile) -> Iterator[str]:
    """The broken rules of the package."""
    yield from _entries(word)
    yield from _content_types(word)
    yield from _relationships(word)
    yield from _reach(word)
    yield from _references(word)
    yield from _properties(word)
    yield from _paths(word)


def _xml_names(word: WordFile) -> list[str]:
    return [name for name in word.names if name.endswith((".xml", ".rels"))]


def _entries(word: WordFile) -> Iterator[str]:
    yield from (f"the part {name!r} is there twice" for name, count in Counter(word.names).items() if count > 1)
    for entry in word.package.infolist():
        if entry.compress_type != zipfile.ZIP_STORED:
            yield f"the part {entry.filename!r} is compressed"
        if entry.date_time != _EPOCH:
            yield f"the part {entry.filename!r} has a date"


def _content_types(word: WordFile) -> Iterator[str]:
    root = word.part("[Content_Types].xml")
    by_suffix = {element.get("Extension"): element.get("ContentType") for element in root.iter(f"{_TYPES}Default")}
    by_name = [element.get("PartName").removeprefix("/") for element in root.iter(f"{_TYPES}Override")]
    for name, count in Counter(by_name).items():
        if count > 1:
            yield f"the part {name!r} has two content types"
        if name not in word.names:
            yield f"a content type is given for {name!r}, which is not there"
    for name in word.names:
        kind = by_suffix.get(name.rpartition(".")[2])
        # Any XML is of the type that says nothing; of ours only the data of a form are.
        is_vague = kind == "application/xml" and not name.startswith("customXml/")
        if name not in by_name and name != "[Content_Types].xml" and (kind is None or is_vague):
            yield f"the part {name!r} has no content type"


def _relationships(word: WordFile) -> Iterator[str]:
    for source in ("", *word.names):
        relations = word.relations(source)
        ids = Counter(relation.id for relation in relations)
        yield from (f"the relationship {id!r} of {source!r} is there twice" for id, n in ids.items() if n > 1)
        for relation in relations:
            if not relation.is_external and relation.target not in word.names:
                yield f"the relationship {relation.id!r} leads to {relation.target!r}, which is not there"
            if relation.is_external and relation.sort != "hyperlink":
                yield f"the {relation.sort} {relation.target!r} lies outside the file"
            elif relation.is_external and not _ADDRESS.match(relation.target):
                yield f"a link leads to {relation.target!r}, which is no address of the web, mail or telephone"


def _reach(word: WordFile) -> Iterator[str]:
    """Parts that no reader comes to."""
    reached, ahead = {""}, [""]
    while ahead:
        targets = {relation.target for relation in word.relations(ahead.pop()) if not relation.is_external}
        ahead += targets - reached
        reached |= targets
    for name in word.names:
        if name not in reached and name != "[Content_Types].xml" and not name.endswith(".rels"):
            yield f"no relationship leads to the part {name!r}"


def _references(word: WordFile) -> Iterator[str]:
    """What elements refer to by the id of a relationship."""
    for name in _xml_names(word):
        sorts = {relation.id: relation.sort for relation in word.relations(name)}
        for id in word.part(name).xpath("//@r:*", namespaces={"r": R[1:-1]}):
            element = id.getparent()
            if id not in sorts:
                yield f"the relationship {id!r} of {name!r} leads nowhere"
            elif _SORTS.get(element.tag, sorts[id]) != sorts[id]:
                yield f"the relationship {id!r} leads to a {sorts[id]}, not to a {_SORTS[element.tag]}"


def _properties(word: WordFile) -> Iterator[str]:
    values = {etree.QName(element).localname: element.text or "" for element in word.part("docProps/core.xml")}
    if not values.get("title", "").strip():
        yield "the document has no title"
    if not values.get("language", "").strip():
        yield "the properties have no language"
    if "lastModifiedBy" in values:
        yield "the properties name who saved the file"
    for name in _DATES:
        if name in values and not _DATE.fullmatch(values[name]):
            yield f"the date {values[name]!r} in the properties is no date"
    # A kit is its company's, which stands on its first page; any other author is whoever ran the program.
    author = values.get("creator", "")
    around = [story for name, story in word.stories.items() if name != "word/document.xml"]
    if author and not any(author in shown for story in around for shown in _shown(story)):
        yield f"the author {author!r} is not the company of the header"


def _shown(story: Any) -> list[str]:
    """The text of a story, and what it says of its pictures."""
    return [text_of(story), *(picture.get("descr", "") for picture in story.iter(PICTURE))]


def _paths(word: WordFile) -> Iterator[str]:
    for name in _xml_names(word):
        found = _PATH.search(word.package.read(name))
        if found:
            yield f"the part {name!r} holds a path of a machine: {found[0].decode()[:60]!r}"
