"""The words of each Word file, read by mammoth and not by us, are the words of its Markdown, in order."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import mammoth
import pyromark
import pytest

from jdgen.build import kit_files
from jdgen.load import Library
from jdgen.request import Request
from tests.test_documents import KITS

ROOT = Path(__file__).parent.parent
_OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_TASKLISTS | pyromark.Options.ENABLE_STRIKETHROUGH


class _Text(HTMLParser):
    """The text of HTML, with a gap between blocks."""

    def __init__(self) -> None:
        super().__init__()
        self.out: list[str] = []

    def handle_data(self, data: str) -> None:
        self.out.append(data)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in ("strong", "em", "a", "del", "s", "code", "span"):
            self.out.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.handle_starttag(tag, ())


def words(markup: str) -> list[str]:
    reader = _Text()
    reader.feed(markup)
    return re.findall(r"\S+", "".join(reader.out).replace("\u00a0", " ").replace("☐", " ").replace("☒", " "))


def words_of_markdown(text: str) -> list[str]:
    return words(pyromark.html(text, options=_OPTIONS))


def words_of_docx(data: bytes) -> list[str]:
    return words(mammoth.convert_to_html(io.BytesIO(data)).value)


def pairs() -> Iterator[tuple[str, bytes, bytes]]:
    shipped = {
        file.path.relative_to("output").as_posix(): file.data
        for file in kit_files(Request(library=Library(own=ROOT / "role_specs"), templates=ROOT / "templates"))
    }
    for files in (KITS, shipped):
        for name, data in files.items():
            if name.endswith(".docx"):
                yield name, files[name.removesuffix("docx") + "md"], data


PAIRS = list(pairs())


@pytest.mark.parametrize(("name", "markdown", "word"), PAIRS, ids=[name for name, _, _ in PAIRS])
def test_words_are_the_same(name: str, markdown: bytes, word: bytes) -> None:
    assert words_of_docx(word) == words_of_markdown(markdown.decode())


def test_a_word_that_is_missing_or_moved_is_found() -> None:
    _, markdown, word = PAIRS[0]
    expected = words_of_markdown(markdown.decode())
    first = markdown.decode().split()[1]
    assert words_of_docx(word) != words_of_markdown(markdown.decode().replace(first, "", 1))
    assert words_of_docx(word) != [*expected[1:], expected[0]]


def test_entities_are_read_once() -> None:
    assert words("<p>" + html.escape("a < b & c") + "</p>") == ["a", "<", "b", "&", "c"]
