"""What holds for any input: texts escaped, YAML read, Markdown as Word, scorecards read back."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from jdgen.build import Request, kit_files
from jdgen.document import KINDS, Document
from jdgen.edit import lines_in
from jdgen.escape import escaped
from jdgen.form import Field, form_in
from jdgen.load import Library
from jdgen.problem import JdgenError, Problem
from jdgen.returned import Scorecard, read_scorecard
from jdgen.returned.reading import cleaned
from jdgen.scan import UNFIT
from jdgen.source import Source, read_source
from jdgen.write import document_bytes
from jdgen.write.docx import docx_bytes
from jdgen.write.nodes import BREAK, STRIKE, Block, Code, Heading, List, Paragraph, Quote, Run, Runs, Table, plain
from jdgen.write.tree import parsed
from tests.filling import SPECS, blank_scorecards, filled
from tests.test_escape import NASTY
from tests.test_words import words_of_docx, words_of_markdown


def checked(examples: int) -> settings:
    return settings(max_examples=examples, derandomize=True, database=None, deadline=None)


def problems_of(read: Callable[[], object]) -> list[Problem]:
    """The problems of what is read; none if it can be read. Any other exception is a failure."""
    try:
        read()
    except JdgenError as error:
        found = error.problems
    else:
        return []
    assert found
    for problem in found:
        assert re.fullmatch(r"[a-z-]+\.[a-z-]+", problem.code)
        assert problem.message.strip()
        assert str(problem)
    return found


# --- escaping ----------------------------------------------------------------------------------------

TEXT = NASTY.map(lambda text: " ".join(text.split())).filter(bool)
SIGNS = st.text(st.sampled_from(list("*_~$`!&<>[]()#-+=.|\\:1a ")), min_size=1, max_size=8)
SHORT = st.one_of(TEXT, SIGNS.map(lambda text: " ".join(text.split())).filter(bool))
TOGETHER = {
    "a list in a sentence": "{}, {}\n",
    "a label": "**{}:** {}\n",
    "brackets": "{} ({})\n",
    "a dash": "{} – {}\n",
    "two lines": "{}<br>{}\n",
    "two cells": "| {} | {} |\n| --- | --- |\n| a | b |\n",
    "two lines of a cell": "| {}<br>{} |\n| --- |\n| a |\n",
    "two items": "- {}\n- {}\n",
    "an item below": "- {}\n  - {}\n",
    "two paragraphs of an item": "1. {}\n\n   {}\n",
    "a callout": "<!-- style callout -->\n> {}\n>\n> {}\n",
    "an alert": "> [!NOTE]\n> {}\n>\n> - {}\n",
    "a heading and text": "### {}\n\n{}\n",
    "a link": "[{}](https://example.com) {}\n",
    "bold and italic": "**{}** and *{}*\n",
}


def text_of(blocks: tuple[Block, ...]) -> str:
    """All that is read in blocks, without white space."""
    return "".join("".join(map(plain, lines_of(blocks))).split())


def lines_of(blocks: tuple[Block, ...]) -> Iterator[Runs]:
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield block.runs
            case List():
                for item in block.items:
                    yield from lines_of(item.blocks)
            case Quote():
                yield from lines_of(block.blocks)
            case Table():
                for row in (block.head, *block.rows):
                    yield from row
            case Code():
                yield (Run(block.text),)


def looks_of(blocks: tuple[Block, ...]) -> set[int]:
    return {run.marks & ~BREAK for runs in lines_of(blocks) for run in runs if run.text.strip()}


@pytest.mark.parametrize("place", TOGETHER)
@checked(120)
@given(SHORT, SHORT)
@example("~a", "a~")
@example("$a", "a$")
@example("a!", "[a]")
@example("&", "amp;")
def test_two_texts_in_one_line_leave_each_other_alone(place: str, one: str, other: str) -> None:
    template = TOGETHER[place]
    found = parsed(template.format(escaped(one), escaped(other)))
    wanted = parsed(template.format("Aa", "Bb"))
    assert text_of(found) == text_of(wanted).replace("Aa", "\0").replace("Bb", "\1").replace(
        "\0", "".join(one.split())
    ).replace("\1", "".join(other.split()))
    assert [type(block) for block in found] == [type(block) for block in wanted]
    assert looks_of(found) == looks_of(wanted)


def test_the_control_two_texts_that_are_not_escaped_change_each_other() -> None:
    assert looks_of(parsed("~a, a~\n")) == {STRIKE}
    assert text_of(parsed("~a, a~\n")) != "~a,a~"


@checked(300)
@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_what_is_escaped_is_one_line_and_stays_so(text: str) -> None:
    markdown = escaped(text)
    assert not re.search(r"[\n\r\t\v\f\x85\u2028\u2029]", markdown)
    assert escaped(markdown) == markdown
    assert markdown == markdown.strip(" ")


# --- the YAML door -----------------------------------------------------------------------------------

GOOD = (SPECS / "software-engineer.yaml").read_text(encoding="utf-8")
PIECES = ("\n", "  ", ": ", "- ", "'", '"', "[", "}", "#", "&a ", "*a", "!!b ", "|\n", ">-\n", "? ", "\t", "---\n", "%")
ODD = ("\0", "\x1b", "\x85", "\u2028", "\u202e", "\ufeff", "\ufffe", "\U0001f600", "\r", "\\x07", "<<: ", "~", "\u05d0")
SCRAP = st.one_of(st.sampled_from((*PIECES, *ODD)), st.text(st.characters(codec="utf-8"), max_size=5))
SCRAPS = st.lists(SCRAP, max_size=30).map("".join)
LINE_ENDS = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


def has_place(problem: Problem, text: str) -> bool:
    """Whether a problem points at a character of the text, or behind the last of a line."""
    lines = LINE_ENDS.split(text)
    return 1 <= problem.line <= len(lines) and 1 <= problem.column <= len(lines[problem.line - 1]) + 1


def change_of(text: str) -> st.SearchStrategy[str]:
    """The text with some pieces put in, taken out or doubled."""

    def changed(changes: list[tuple[int, int, str]]) -> str:
        out = text
        for at, length, new in changes:
            at %= len(out) + 1
            out = out[:at] + new + out[at + length :]
        return out

    change = st.tuples(st.integers(0, len(text)), st.integers(0, 40), SCRAP)
    return st.lists(change, min_size=1, max_size=3).map(changed)


@checked(500)
@given(SCRAPS)
@example("a: 'b")
@example("a:\n  - b\n c")
@example("'")
@example('"\\')
@example("a: |\n")
@example("? ")
def test_any_text_is_data_or_problems_that_point_into_it(text: str) -> None:
    for problem in problems_of(lambda: Source(text, "x.yaml")):
        assert problem.file == "x.yaml"
        assert has_place(problem, text)
        assert not UNFIT.search(problem.excerpt)


@checked(60)
@given(change_of(GOOD))
def test_a_changed_spec_is_data_or_problems_that_point_into_it(text: str) -> None:
    assert all(has_place(problem, text) for problem in problems_of(lambda: Source(text, "x.yaml")))


@checked(200)
@given(st.binary(max_size=60))
def test_any_bytes_are_data_or_problems(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "cook.yaml"
        path.write_bytes(data)
        found = problems_of(lambda: read_source(path, "cook.yaml"))
    assert {problem.file for problem in found} <= {"cook.yaml"}
    assert all(problem.line > 0 and problem.column > 0 for problem in found)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=20).filter(
    lambda text: not UNFIT.search(text)
)
TREES = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4), max_leaves=15
)


def leaves(tree: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Each text with its path."""
    if isinstance(tree, str):
        yield path, tree
    parts = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in parts:
        yield from leaves(value, (*path, key))


@pytest.mark.parametrize("width", [40, 1 << 20], ids=["folded", "long"])
@checked(150)
@given(tree=TREES)
def test_what_yaml_writes_is_read_as_it_was(width: int, tree: Any) -> None:
    text = yaml.safe_dump({"tree": tree}, default_style='"', allow_unicode=True, width=width)
    source = Source(text, "x.yaml")
    assert source.data == {"tree": tree}
    lines = LINE_ENDS.split(text)
    for path, value in leaves(tree, ("tree",)):
        problem = source.problem(path, "x.y", "z")
        assert lines[problem.line - 1][problem.column - 1] == '"'
        if width > 1 << 10:
            written = yaml.safe_dump(value, default_style='"', allow_unicode=True, width=width).strip()
            assert lines[problem.line - 1][problem.column - 1 :].startswith(written)
            assert problem.width == len(written)


SENTENCES = st.lists(st.from_regex(r"[a-z]{1,9}[.,]?", fullmatch=True), min_size=1, max_size=14)


@pytest.mark.parametrize("style", ["'", '"', "|", ">", None])
@checked(60)
@given(texts=st.lists(SENTENCES, min_size=1, max_size=4), data=st.data())
def test_words_in_a_value_are_pointed_at(style: str | None, texts: list[list[str]], data: st.DataObject) -> None:
    values = [" ".join(words) for words in texts]
    assume(not any(value in ("null", "n", "y") for value in values))
    text = yaml.safe_dump({"a": {"b": values}}, default_style=style, width=30)
    source = Source(text, "x.yaml")
    assert source.data == {"a": {"b": values}}
    number = data.draw(st.integers(0, len(values) - 1))
    word = data.draw(st.sampled_from(texts[number]))
    problem = source.problem(("a", "b", number), "x.y", "z", words=word)
    line = text.split("\n")[problem.line - 1]
    assert line[problem.column - 1 :].startswith(word)
    assert problem.width == len(word)
    assert problem.excerpt == line


def test_the_control_a_place_outside_is_seen() -> None:
    assert not has_place(Problem("x.y", "z", "x.yaml", 3, 1), "a\nb")
    assert not has_place(Problem("x.y", "z", "x.yaml", 1, 3), "a\nb")
    assert has_place(Problem("x.y", "z", "x.yaml", 1, 2), "a\nb")


@pytest.mark.parametrize("text", ["a: [", "a: {b", "- &a 1\n- *a", "!!python/object:x {}", "a: 1\na: 2", '"\\x00"'])
def test_the_control_what_is_no_spec_is_refused(text: str) -> None:
    with pytest.raises(JdgenError):
        Source(text, "x.yaml")


@pytest.mark.parametrize("size", [1 << 10, 1 << 14, 1 << 17])
@pytest.mark.parametrize("unit", ["[", "{a: ", "- ", "&a ", "*a ", "a", "? ", "'", '"', "| \n", "%", "!a "])
def test_no_length_of_anything_breaks_the_door(unit: str, size: int) -> None:
    assert len(problems_of(lambda: Source(unit * (size // len(unit)), "x.yaml"))) <= 102


# --- the Word writer ---------------------------------------------------------------------------------

LINE = SHORT.map(lambda text: str(escaped(text)))
WORD = st.from_regex(r"[A-Za-zéא中]{1,8}", fullmatch=True)
INLINE = st.one_of(
    LINE,
    st.tuples(LINE, LINE).map(" ".join),
    WORD.map(lambda text: f"**{text}**"),
    WORD.map(lambda text: f"*{text}* ***{text}***"),
    WORD.map(lambda text: f"~~{text}~~"),
    WORD.map(lambda text: f"`{text}`"),
    LINE.map(lambda text: f"[{text}](https://example.com/a?b=c&d)"),
    st.tuples(LINE, LINE).map("<br>".join),
)


def indented(text: str, by: str) -> str:
    return "".join(f"{by}{line}\n" if line else f"{by.rstrip()}\n" for line in text.rstrip("\n").split("\n"))


def in_list(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Lists of one sort, whose items may hold blocks."""
    item = st.tuples(INLINE, st.none() | inner)
    items = st.lists(item, min_size=1, max_size=3)

    def written(mark: str, entries: list[tuple[str, str | None]]) -> str:
        by = " " * len(mark.partition("[")[0])
        return "".join(f"{mark}{text}\n" + (f"\n{indented(block, by)}\n" if block else "") for text, block in entries)

    return st.builds(written, st.sampled_from(["- ", "1. ", "7. ", "- [ ] ", "- [x] "]), items)


STYLES = ("table", "facts", "form", "rubric", "signals", "rating", "matrix")
ROWS = st.integers(1, 3).flatmap(lambda n: st.lists(st.tuples(*[INLINE] * n), min_size=1, max_size=4))


def table(style: str, rows: list[tuple[str, ...]]) -> str:
    head, *others = [f"| {' | '.join(row)} |\n" for row in rows]
    return f"<!-- style {style} -->\n{head}|{' --- |' * len(rows[0])}\n{''.join(others)}"


LEAVES = st.one_of(
    INLINE.map(lambda text: f"{text}\n"),
    st.tuples(st.integers(1, 6), LINE).map(lambda pair: f"{'#' * pair[0]} {pair[1]}\n"),
    st.builds(table, st.sampled_from(STYLES), ROWS),
    st.just("---\n"),
    st.lists(WORD, min_size=1, max_size=3).map(lambda lines: "```\n" + "\n".join(lines) + "\n```\n"),
)
BLOCKS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(in_list(inner), inner.map(lambda text: indented(text, "> "))),
    max_leaves=4,
)
DOCUMENTS = st.lists(BLOCKS, min_size=1, max_size=5).map(lambda blocks: "\n".join(["# Title\n", *blocks]))


def document(text: str, language: str = "en") -> Document:
    return Document(KINDS["job-description"], "x", "Title", "Job description", language, text)


def well_formed(data: bytes) -> list[str]:
    """The names of the parts of a package that are XML; fails for one that is not well-formed."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [name for name in package.namelist() if name.endswith((".xml", ".rels"))]
        for name in names:
            etree.fromstring(package.read(name))
    return names


@checked(150)
@given(DOCUMENTS, st.sampled_from(["en", "fr", "ar", "ja"]))
def test_a_word_file_has_the_words_of_its_markdown_in_order(text: str, language: str) -> None:
    made: list[bytes] = []
    problems = problems_of(lambda: made.append(docx_bytes(document(text, language))))
    if problems:
        assert problems_of(lambda: parsed(text)), problems
        return
    assert len(well_formed(made[0])) > 8
    assert "".join(words_of_docx(made[0])) == "".join(words_of_markdown(text))
    assert docx_bytes(document(text, language)) == made[0]


@checked(100)
@given(DOCUMENTS)
def test_lines_of_files_that_came_back_are_those_of_the_document(text: str) -> None:
    """What `check` compares: a file as it was made differs in no line from itself, in any format."""
    for suffix in ("md", "docx", "html", "txt"):
        made: list[bytes] = []
        if not problems_of(lambda made=made, suffix=suffix: made.append(document_bytes(document(text), suffix))):
            assert lines_in(f".{suffix}", made[0]) == lines_in(f".{suffix}", bytes(made[0]))


def test_the_control_a_changed_line_is_seen() -> None:
    one, other = (document_bytes(document(f"# Title\n\nOne {word}.\n"), "docx") for word in ("two", "three"))
    assert lines_in(".docx", one) != lines_in(".docx", other)


@checked(250)
@given(st.text(st.sampled_from(list("ab1*_~`[]()<>!#-+|:.\\&\"'= \n\n{}/@é א")), max_size=60))
def test_any_markdown_is_a_word_file_or_a_problem(text: str) -> None:
    made: list[bytes] = []
    if not problems_of(lambda: made.append(docx_bytes(document(text)))):
        assert well_formed(made[0])
        assert "".join(words_of_docx(made[0])) == "".join(words_of_markdown(text))


def test_the_control_a_word_that_is_lost_or_moved_is_seen() -> None:
    data = docx_bytes(document("# Title\n\nOne two.\n"))
    assert "".join(words_of_docx(data)) == "".join(words_of_markdown("# Title\n\nOne two.\n"))
    assert "".join(words_of_docx(data)) != "".join(words_of_markdown("# Title\n\nTwo one.\n"))
    broken = rezipped({"a.xml": b"<a><b></a>"})
    with pytest.raises(etree.XMLSyntaxError):
        well_formed(broken)


# --- what comes back ---------------------------------------------------------------------------------


@cache
def cards() -> dict[str, str]:
    return blank_scorecards()


@cache
def fields_of(stage: str) -> dict[str, Field]:
    form = form_in(cards()[stage])
    assert form is not None
    return {field.id: field for field in form.fields}


STAGES = sorted(cards())
END_COMMENT = re.compile(r"<!--\s*/\s*field\s*-->")
NOTES = NASTY.map(cleaned).filter(lambda text: text and not END_COMMENT.search(text))


def read_back(data: bytes | str, name: str) -> Scorecard:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return read_scorecard(path)


def answers(stage: str) -> st.SearchStrategy[dict[str, str | bool]]:
    """Some fields of a scorecard and what is filled in."""
    kinds: dict[str, Callable[[Field], st.SearchStrategy[str | bool]]] = {
        "text": lambda _: NOTES,
        "note": lambda _: NOTES,
        "choice": lambda field: st.sampled_from(list(field.options)),
        "date": lambda _: st.dates().map(str),
        "check": lambda _: st.booleans(),
    }
    choices = {id: kinds[field.type](field) for id, field in fields_of(stage).items()}
    some = st.lists(st.sampled_from(sorted(choices)), min_size=1, max_size=6, unique=True)
    return some.flatmap(lambda ids: st.fixed_dictionaries({id: choices[id] for id in ids}))


CARDS = st.sampled_from(STAGES).flatmap(lambda stage: st.tuples(st.just(stage), answers(stage)))


def typed(field: Field, value: str | bool, *, by_label: bool) -> str:
    """What stands in the Markdown for a value."""
    if field.type == "check":
        return "☒" if value else "☐"
    return str(escaped(field.options.get(str(value), str(value)) if by_label else value))


@checked(120)
@given(CARDS, st.booleans())
def test_a_scorecard_is_read_as_it_was_filled_in(card: tuple[str, dict[str, str | bool]], by_label: bool) -> None:
    stage, values = card
    fields = fields_of(stage)
    text = filled(cards()[stage], {id: typed(fields[id], value, by_label=by_label) for id, value in values.items()})
    found = read_back(text, "card.md")
    told = {id: value for id, value in found.values.items() if value is not False}
    wanted = {id: " ".join(value.split()) if isinstance(value, str) else value for id, value in values.items()}
    assert {id: " ".join(value.split()) if isinstance(value, str) else value for id, value in told.items()} == {
        id: value for id, value in wanted.items() if value is not False and id not in found.untold
    }
    for id in found.untold:
        assert fields[id].type == "text"
        assert fields[id].prompt in str(values[id])


@checked(120)
@given(st.sampled_from(STAGES), st.text(st.characters(codec="utf-8"), max_size=40))
@example(STAGES[0], "<!--")
@example(STAGES[0], "<!-- field candidate -->")
@example(STAGES[0], "|\n| a |")
@example(STAGES[0], "\\")
@example(STAGES[0], "-->")
def test_what_is_typed_into_one_field_changes_no_other(stage: str, text: str) -> None:
    notes = [id for id, field in fields_of(stage).items() if field.type == "note"]
    assume("<!-- form" not in text)
    others = {"candidate": "Ana Novak", notes[1]: "Said why", "date": "2027-01-31"}
    found = read_back(filled(cards()[stage], {notes[0]: text, **others}), "card.md")
    assert {id: value for id, value in found.values.items() if id in others and id not in found.untold} == {
        id: value for id, value in others.items() if id not in found.untold
    }
    assert "<!-- field" in text or not {"candidate", "date"} & found.untold
    assert all("\n" not in problem.message for problem in found.problems)


@cache
def word_cards() -> tuple[bytes, ...]:
    library = Library(SPECS)
    request = Request(("ai-engineer",), kinds=("scorecard",), formats=("docx",), library=library)
    return tuple(file.data for file in kit_files(request))


def answered(data: bytes) -> bytes:
    """A Word scorecard with words in the places of its prompts."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    root = etree.fromstring(parts["word/document.xml"])
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    for control in root.iter(f"{w}sdt"):
        if control.find(f"{w}sdtPr/{w}text") is not None:
            texts = list(control.iter(f"{w}t"))
            texts[0].text = "Said why"
            for text in texts[1:]:
                text.text = ""
    parts["word/document.xml"] = etree.tostring(root)
    return rezipped(parts)


def rezipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return buffer.getvalue()


CHANGES = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True),
        st.integers(0, 30),
        st.one_of(
            st.binary(max_size=4), st.sampled_from([b"<w:sdt>", b"</w:p>", b"PK\x03\x04", b"<!--", b'"', b"&x;", b"\0"])
        ),
    ),
    min_size=1,
    max_size=6,
)


def damaged(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    for place, length, new in changes:
        at = int(place * len(data))
        data = data[:at] + new + data[at + length :]
    return data


def survives(data: bytes) -> None:
    """Fails for an exception that is not ours, and for a scorecard that is half read."""
    found: list[Scorecard] = []
    problems = problems_of(lambda: found.append(read_back(data, "card.docx")))
    assert all(problem.code.startswith("scorecard.") for problem in problems)
    for card in found:
        assert card.untold.isdisjoint(card.values)
        assert len(card.problems) == len(card.untold)


@checked(200)
@given(CHANGES, st.sampled_from(["", "word/document.xml", "customXml/item1.xml", "[Content_Types].xml"]))
def test_a_damaged_word_scorecard_is_read_or_refused(changes: list[tuple[float, int, bytes]], name: str) -> None:
    data = answered(word_cards()[0])
    if name:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {part: package.read(part) for part in package.namelist()}
        parts[name] = damaged(parts.get(name, b"<a/>"), changes)
        survives(rezipped(parts))
    else:
        survives(damaged(data, changes))


def test_the_control_a_whole_word_scorecard_is_read() -> None:
    for data in word_cards():
        found = read_back(answered(data), "card.docx")
        notes = [id for id, field in found.fields.items() if field.type in ("text", "note")]
        assert found.problems == ()
        assert {found.values[id] for id in notes} == {"Said why"}


def test_the_control_a_rating_that_is_not_offered_is_reported() -> None:
    stage = STAGES[0]
    rating = next(id for id, field in fields_of(stage).items() if field.type == "choice")
    assert read_back(filled(cards()[stage], {rating: "seven"}), "card.md").untold == {rating}
