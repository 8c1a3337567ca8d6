"""What holds whatever comes in: at the YAML door, in the Word writer, and where filled files are read back."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from jdgen.document import KINDS, Document
from jdgen.edit import lines_in
from jdgen.escape import escaped
from jdgen.form import Field, Form, form_json
from jdgen.problem import JdgenError, Problem
from jdgen.returned.docx import read_docx
from jdgen.scan import UNFIT
from jdgen.source import Source
from jdgen.write import document_bytes
from tests import forms
from tests.test_escape import NASTY
from tests.test_words import words_of_docx, words_of_markdown

EXAMPLES = settings(max_examples=300, deadline=None, derandomize=True, database=None)

# --- the YAML door ---------------------------------------------------------------------------------

SCRAPS = st.lists(
    st.sampled_from(
        (
            *(*"-?:,[]{}#&*!|>'\"%@` \t\n\r\\~=<", "a", "é", "中", "\u05d0", "\u2028", "\x85", "\ufeff", "\uffff"),
            *("- ", ": ", "\n  ", "---\n", "...\n", "!!str ", "&a ", "*a", "<<: ", "null", '"\\x00"', '"\\ud800"'),
        )
    ),
    max_size=40,
).map("".join)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20).filter(
    lambda text: not UNFIT.search(text)
)
TREES = st.recursive(
    TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


@EXAMPLES
@given(SCRAPS)
def test_any_text_is_data_or_problems_with_places_in_it(text: str) -> None:
    lines = 1 + sum(map(text.count, "\n\r\x85\u2028\u2029"))
    for problem in problems_of(lambda: Source(text, "x.yaml")):
        assert 0 < problem.line <= lines
        assert problem.column > 0
        assert problem.message


def problems_of(read: Callable[[], object]) -> list[Problem]:
    """What is wrong with what is read; nothing if it can be read. Any other error is a bug."""
    try:
        read()
    except JdgenError as error:
        assert error.problems  # noqa: PT017 - it is no test of one error, but that there is none without a word
        return error.problems
    return []


@EXAMPLES
@given(TREES)
def test_what_yaml_writes_is_read_as_it_was_with_its_places(tree: Any) -> None:
    text = yaml.safe_dump({"tree": tree}, default_style='"', allow_unicode=True, width=1 << 20)
    source = Source(text, "x.yaml")
    assert source.data == {"tree": tree}
    lines = re.split("[\n\x85\u2028\u2029]", text)
    for path, value in leaves(tree, ("tree",)):
        problem = source.problem(path, "x", "x")
        written = yaml.safe_dump(value, default_style='"', allow_unicode=True, width=1 << 20).strip()
        assert lines[problem.line - 1][problem.column - 1 :].startswith(written)


def leaves(tree: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(tree, str):
        yield path, tree
    for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ():
        yield from leaves(value, (*path, key))


@pytest.mark.parametrize("text", ["a: [", "a: {b", "- &a 1\n- *a", "!!python/object:x {}", "a: 1\na: 2", '"\\x00"'])
def test_the_control_what_is_no_spec_is_refused(text: str) -> None:
    with pytest.raises(JdgenError):
        Source(text, "x.yaml")


@pytest.mark.parametrize("size", [1 << 10, 1 << 14, 1 << 17])
@pytest.mark.parametrize("unit", ["[", "{a: ", "- ", "&a ", "*a ", "a", "? ", "'", '"', "| \n", "%", "!a "])
def test_no_length_of_anything_breaks_the_door(unit: str, size: int) -> None:
    assert len(problems_of(lambda: Source(unit * (size // len(unit)), "x.yaml"))) <= 102


# --- the Word writer -------------------------------------------------------------------------------

LINE = NASTY.map(lambda text: str(escaped(text))).filter(str.strip)
INLINE = st.one_of(
    LINE,
    LINE.map(lambda text: f"**{text.strip()}**"),
    LINE.map(lambda text: f"[{text}](https://example.com/a?b=c&d)"),
    st.tuples(LINE, LINE).map(" ".join),
)
BLOCKS = st.one_of(
    INLINE.map(lambda text: f"{text}\n"),
    st.tuples(st.integers(2, 4), LINE).map(lambda pair: f"{'#' * pair[0]} {pair[1]}\n"),
    st.lists(INLINE, min_size=1, max_size=4).map(lambda items: "".join(f"- {item}\n" for item in items)),
    st.lists(INLINE, min_size=1, max_size=3).map(lambda items: "".join(f"1. {item}\n" for item in items)),
    INLINE.map(lambda text: f"> {text}\n"),
    st.lists(st.tuples(LINE, LINE), min_size=1, max_size=3).map(
        lambda rows: "| a | b |\n| --- | --- |\n" + "".join(f"| {one} | {other} |\n" for one, other in rows)
    ),
)
DOCUMENTS = st.lists(BLOCKS, max_size=8).map(lambda blocks: "\n".join(["# Title\n", *blocks]))


def document(text: str, language: str = "en") -> Document:
    return Document(KINDS["job-description"], "x", "Title", "Job description", language, text)


@settings(EXAMPLES, max_examples=150)
@given(DOCUMENTS, st.sampled_from(["en", "ar", "ja"]))
def test_a_word_file_has_the_words_of_its_markdown(text: str, language: str) -> None:
    data = document_bytes(document(text, language), "docx")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))
    assert "".join(words_of_docx(data)) == "".join(words_of_markdown(text))


def test_the_control_a_lost_word_is_seen() -> None:
    data = document_bytes(document("# Title\n\nOne two.\n"), "docx")
    assert words_of_docx(data) != words_of_markdown("# Title\n\nOne two three.\n")


@settings(EXAMPLES, max_examples=150)
@given(DOCUMENTS)
def test_lines_of_files_that_came_back_are_those_of_the_document(text: str) -> None:
    """What `check` compares: a file as it was made differs in no line from itself, in any format."""
    for format in ("md", "docx", "html", "txt"):
        data = document_bytes(document(text), format)
        assert lines_in(f".{format}", data) == lines_in(f".{format}", bytes(data))
    words = " ".join(lines_in(".docx", document_bytes(document(text), "docx"))).split()
    assert set("".join(words)) <= set("".join(words_of_markdown(text))) | set("•☐☒0123456789.")


# --- what comes back -------------------------------------------------------------------------------


def blank() -> bytes:
    field = Field("note", "note", "Note", "Write here")
    table = f"| a | b |\n| --- | --- |\n| Note | {forms.marked('note', 'Write here')} |"
    form = form_json(Form(forms.ABOUT, (field,)))
    return document_bytes(document(f"# Card\n\n{table}\n\n<!-- form {form} -->\n"), "docx")


BLANK = blank()
CHANGES = st.lists(
    st.tuples(st.integers(0, len(BLANK) - 1), st.sampled_from([b"\0", b"\xff", b"<", b"&", b"PK\x03\x04", b"<w:p>"])),
    min_size=1,
    max_size=12,
)


@settings(EXAMPLES, max_examples=400)
@given(CHANGES, st.integers(0, len(BLANK)))
def test_a_damaged_word_file_is_read_or_refused(changes: list[tuple[int, bytes]], cut: int) -> None:
    data = bytearray(BLANK)
    for place, new in changes:
        data[place : place + len(new)] = new
    for each in (bytes(data), bytes(data[:cut])):
        for read in (read_docx, lambda data: lines_in(".docx", data)):
            assert all(problem.message for problem in problems_of(lambda read=read, each=each: read(each)))


def test_the_control_the_whole_file_is_read() -> None:
    assert read_docx(BLANK)
    assert "Write here" in " ".join(lines_in(".docx", BLANK))
