"""HTML and plain text to paste: every word, in the order in which a document is read, and nothing that breaks out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import lxml.html
import pyromark
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from jdgen.build import kit_files
from jdgen.cli import app
from jdgen.document import KINDS, Document
from jdgen.escape import escaped
from jdgen.load import Library, load_role
from jdgen.problem import JdgenError
from jdgen.render import render_document
from jdgen.request import Request
from jdgen.resolve import resolve_role
from jdgen.write import document_bytes, look_problems
from jdgen.write.html import TAGS

ROOT = Path(__file__).parent.parent
SPECS = ROOT / "tests" / "specs"
FORMATS = ("md", "html", "txt")
_OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_TASKLISTS | pyromark.Options.ENABLE_STRIKETHROUGH
_BLOCKS = {"h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "table", "tr", "td", "th", "br", "blockquote"}


# --- how a document is read, told from what pyromark makes of its Markdown -------------------------


def read(element: Any, *, links: bool) -> str:
    """The text of HTML as a person reads it aloud: tables cell by cell behind their labels."""
    if element.tag == "table":
        return " ".join(_table(element, links=links)) + (element.tail or "")
    if not isinstance(element.tag, str):  # a comment
        return element.tail or ""
    inner = (element.text or "") + "".join(read(child, links=links) for child in element)
    if element.tag == "a" and links and element.get("href", "#")[0] != "#":
        address = re.sub("^(mailto|tel):", "", element.get("href"))
        inner += "" if inner.strip() == address else f" ({address})"
    gap = " " if element.tag in _BLOCKS else ""
    return f"{gap}{inner}{gap}{element.tail or ''}"


def _table(table: Any, *, links: bool) -> Iterator[str]:
    style = _style(table)
    head, *rows = [[read(cell, links=links).strip() for cell in row] for row in table.iter("tr")]
    columns = range(len(head))
    if style == "signals":
        yield from (part for n in columns for part in (head[n], *(row[n] for row in rows)))
        return
    unwritten = {n for n in columns if style not in ("facts", "matrix") and not any(row[n] for row in rows)}
    for row in rows:
        for n in columns:
            if row[n] or n in unwritten:
                yield f"{head[n]}{'' if not head[n] or head[n][-1] in ':?!' else ':'} {row[n]}"


def _style(table: Any) -> str:
    before = table.getprevious()
    match = re.match(r"\s*style ([a-z]+)", before.text or "") if before is not None and callable(before.tag) else None
    return match[1] if match else "table"


def words(text: str) -> list[str]:
    """Words without what stands for room to write, boxes to tick, and the signs of lists."""
    text = re.sub(r"_{8}|[☐☒•]|\u00a0", " ", text)
    return text.split()


def words_of_markdown(markdown: str, *, links: bool = False) -> list[str]:
    tree = lxml.html.fragment_fromstring(pyromark.html(markdown, options=_OPTIONS), create_parent="div")
    return words(read(tree, links=links))


def words_of_html(data: bytes) -> list[str]:
    return words(read(lxml.html.fragment_fromstring(data.decode("ascii"), create_parent="div"), links=False))


def words_of_text(data: bytes) -> list[str]:
    return words(re.sub(r"^ *\d+\. ", "", data.decode(), flags=re.MULTILINE))


def built(library: Path, *roles: str, posting: str | None = None) -> dict[str, bytes]:
    request = Request(roles, posting=posting, formats=FORMATS, library=Library(own=library), templates=Path("none"))
    return {file.path.relative_to("output").as_posix(): file.data for file in kit_files(request)}


FILES = {
    **built(ROOT / "role_specs"),
    **built(SPECS / "small" / "role_specs"),
    **built(SPECS / "full" / "role_specs", "charge-nurse", posting="charge-nurse-night"),
    **built(SPECS / "full" / "role_specs", "charge-nurse"),
}
NAMES = sorted(name.removesuffix(".html") for name in FILES if name.endswith(".html"))


def test_every_kind_is_there() -> None:
    assert len(NAMES) > 100
    assert all(any(kind in name for name in NAMES) for kind in KINDS)


@pytest.mark.parametrize("name", NAMES)
def test_words_of_html_are_those_of_the_markdown(name: str) -> None:
    assert words_of_html(FILES[f"{name}.html"]) == words_of_markdown(FILES[f"{name}.md"].decode())


@pytest.mark.parametrize("name", NAMES)
def test_words_of_text_are_those_of_the_markdown(name: str) -> None:
    assert words_of_text(FILES[f"{name}.txt"]) == words_of_markdown(FILES[f"{name}.md"].decode(), links=True)


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_the_markdown_is_missing(name: str) -> None:
    """Whatever the order, told without the rules by which tables are read."""
    tree = lxml.html.fragment_fromstring(
        pyromark.html(FILES[f"{name}.md"].decode(), options=_OPTIONS), create_parent="div"
    )
    said = {
        word for element in tree.iter() if isinstance(element.tag, str) for word in re.findall(r"\w+", _own(element))
    }
    missing = said - set(re.findall(r"\w+", FILES[f"{name}.txt"].decode()))
    assert missing == WITHOUT_VALUE.get(name, set())


WITHOUT_VALUE = {"gardener/gardener-interview-plan": {"Candidate", "s", "time"}}
"""Labels of facts that have no value there: these are left out."""


def _own(element: Any) -> str:
    return f"{element.text or ''} {element.tail or ''}"


def test_a_word_that_is_missing_or_moved_is_found() -> None:
    name = NAMES[0]
    markdown, html, text = (FILES[f"{name}.{format}"] for format in FORMATS)
    first = re.search(rb"<p>([A-Za-z]+) ", html)
    assert first is not None
    word = first[1]
    for changed in (html.replace(word, b"", 1), html.replace(b"<p>" + word, b"<p>and " + word, 1)):
        assert words_of_html(changed) != words_of_markdown(markdown.decode())
    assert words_of_text(text.replace(word, b"", 1)) != words_of_markdown(markdown.decode(), links=True)
    assert words_of_text(b"\n".join(reversed(text.split(b"\n")))) != words_of_markdown(markdown.decode(), links=True)


def test_a_table_read_in_another_order_is_found() -> None:
    table = "<!-- style facts -->\n| Place | Pay |\n| --- | --- |\n| Bonn | 10 |\n"
    assert words_of_markdown(table) == ["Place:", "Bonn", "Pay:", "10"]
    assert words_of_markdown(table) != ["Place", "Pay", "Bonn", "10"]


# --- what a fragment holds -------------------------------------------------------------------------


def faults(data: bytes) -> list[str]:
    """What must not be in a fragment."""
    tree = lxml.html.fragment_fromstring(data.decode("ascii"), create_parent="div")
    found = []
    for element in tree.iterdescendants():
        if element.tag not in TAGS:
            found.append(f"tag {element.tag}")
        for name, value in element.items():
            is_link = element.tag == "a" and name == "href" and re.match("https?://|mailto:|tel:", value)
            is_start = element.tag == "ol" and name == "start" and value.isdecimal()
            is_direction = element.getparent() is tree and (name, value) == ("dir", "rtl")
            if not (is_link or is_start or is_direction):
                found.append(f"{element.tag} {name}={value}")
        if element.tag in ("ul", "ol") and any(child.tag != "li" for child in element):
            found.append("a list with what is no item")
        if element.tag == "li" and element.getparent().tag not in ("ul", "ol"):
            found.append("an item outside of a list")
        if element.tag == "p" and any(child.tag in ("p", "ul", "ol") for child in element):
            found.append("a block in a paragraph")
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_fragment_holds_few_tags_and_no_style(name: str) -> None:
    assert faults(FILES[f"{name}.html"]) == []


@pytest.mark.parametrize(
    "bad",
    [
        "<p class='x'>a</p>",
        "<div>a</div>",
        "<p><a href='javascript:x'>a</a></p>",
        "<ul><ul><li>a</li></ul></ul>",
        "<script>a</script>",
        "<p dir='ltr'>a</p>",
        "<table><tr><td>a</td></tr></table>",
    ],
)
def test_what_must_not_be_in_a_fragment_is_found(bad: str) -> None:
    assert faults(bad.encode()) != []


@pytest.mark.parametrize("name", [name for name in NAMES if "street-cook" not in name])  # whose text is full of signs
def test_plain_text_is_plain(name: str) -> None:
    text = FILES[f"{name}.txt"].decode()
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert [line for line in text.split("\n") if line != line.rstrip()] == []
    assert re.findall(r"\r|\t|<!--|\*\*|^#|^ *[-*] |\n{4}|\\[_*]|&[a-z]+;|&#|\]\(", text, re.MULTILINE) == []


# --- small documents -------------------------------------------------------------------------------


def document(markdown: str, language: str = "en") -> Document:
    return Document(KINDS["job-description"], "cook", "Cook", "Job description", language, markdown)


def html(markdown: str, language: str = "en") -> str:
    return document_bytes(document(markdown, language), "html").decode("ascii")


def text(markdown: str) -> str:
    return document_bytes(document(markdown), "txt").decode()


FORM = """\
<!-- style form -->
| Rating | Flags |
| --- | --- |
| <!-- field a -->1-5<!-- /field --> | <!-- field b -->☐<!-- /field --> Rude<br><!-- field c -->☐<!-- /field --> Late |

<!-- form {"about": {}, "fields": [{"id": "a", "type": "choice", "prompt": "1-5"}, {"id": "b", "type": "check"},
{"id": "c", "type": "check"}]} -->
"""
CASES = [
    ("# Cook\n\n## Pay\n\n#### Low\n", "<h2>Cook</h2>\n<h3>Pay</h3>\n<h4>Low</h4>\n", "Cook\n\n\nPay\n\nLow\n"),
    (
        "- a\n   - b\n   - c\n- d\n",
        "<ul>\n<li>a\n<ul>\n<li>b</li>\n<li>c</li>\n</ul>\n</li>\n<li>d</li>\n</ul>\n",
        "• a\n  • b\n  • c\n• d\n",
    ),
    (
        "3. a\n4. b\n\n   c\n",
        '<ol start="3">\n<li>a</li>\n<li><p>b</p>\n<p>c</p>\n</li>\n</ol>\n',
        "3. a\n\n4. b\n\n   c\n",
    ),
    ("1. a\n", "<ol>\n<li>a</li>\n</ol>\n", "1. a\n"),
    ("- [ ] a\n- [x] **b**\n", "<ul>\n<li>&#9744; a</li>\n<li>&#9746; <strong>b</strong></li>\n</ul>\n", "☐ a\n☒ b\n"),
    ("**a *b*** `c` ~~d~~\n", "<p><strong>a </strong><strong><em>b</em></strong> c d</p>\n", "a b c d\n"),
    (
        "[**A** b](https://a.example/?x=1&y=2) c\n",
        '<p><a href="https://a.example/?x=1&amp;y=2"><strong>A</strong> b</a> c</p>\n',
        "A b (https://a.example/?x=1&y=2) c\n",
    ),
    (
        "[a@b.example](mailto:a@b.example), [us](mailto:a@b.example), [+1 2](tel:+12), [down](#here)\n\n## here\n",
        None,
        "a@b.example, us (a@b.example), +1 2 (+12), down\n\n\nhere\n",
    ),
    ("[https://a.example](https://a.example/)\n", None, "https://a.example\n"),
    ("> a\n>\n> - b\n", "<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n", "a\n\n• b\n"),
    ("> [!NOTE]\n> a\n", "<p><strong>Note</strong></p>\n<p>a</p>\n", "Note\n\na\n"),
    ("a\\\nb\n\n---\n\nc\n", "<p>a<br>\nb</p>\n<p>c</p>\n", "a\nb\n\nc\n"),
    ("```\na <b>\n  c\n```\n", "<p>a &lt;b&gt;<br>  c</p>\n", "a <b>\n  c\n"),
    (
        "<!-- style signals -->\n| Strong | Weak |\n| --- | --- |\n| a | b |\n| c |  |\n",
        "<p><strong>Strong</strong></p>\n<ul>\n<li>a</li>\n<li>c</li>\n</ul>\n"
        "<p><strong>Weak</strong></p>\n<ul>\n<li>b</li>\n</ul>\n",
        "Strong\n\n• a\n• c\n\nWeak\n\n• b\n",
    ),
    (
        "<!-- style rating -->\n| 1 · No | 2 · Yes |\n| --- | --- |\n| a | b |\n",
        "<ul>\n<li><strong>1 &#183; No:</strong> a</li>\n<li><strong>2 &#183; Yes:</strong> b</li>\n</ul>\n",
        "• 1 · No: a\n• 2 · Yes: b\n",
    ),
    (
        "| Stage | With | By hand |\n| --- | --- | --- |\n| Call | Ann |  |\n|  | Bob |  |\n",
        "<ul>\n<li><strong>Stage: Call</strong><br>\nWith: Ann<br>\nBy hand: ________</li>\n"
        "<li><strong>With: Bob</strong><br>\nBy hand: ________</li>\n</ul>\n",
        "• Stage: Call\n  With: Ann\n  By hand: ________\n\n• With: Bob\n  By hand: ________\n",
    ),
    (
        "<!-- style signals -->\n| Strong | Weak |\n| --- | --- |\n| a |  |\n",
        "<p><strong>Strong</strong></p>\n<ul>\n<li>a</li>\n</ul>\n<p><strong>Weak</strong></p>\n",
        "Strong\n\n• a\n\nWeak\n",
    ),
    ("a\n\n| b |\n| --- |\n", "<p>a</p>\n", "a\n"),
    ("<!-- style matrix -->\n| a | b | c |\n| --- | --- | --- |\n| d |  | ● |\n", None, "• a: d\n  c: ●\n"),
    (
        FORM,
        "<p><strong>Rating:</strong> 1-5 ________<br>\n<strong>Flags:</strong><br>\n"
        "&#9744; Rude<br>\n&#9744; Late</p>\n",
        "Rating: 1-5 ________\nFlags:\n☐ Rude\n☐ Late\n",
    ),
]


@pytest.mark.parametrize(("markdown", "as_html", "as_text"), CASES)
def test_small_documents(markdown: str, as_html: str | None, as_text: str) -> None:
    assert text(markdown) == as_text
    if as_html is not None:
        assert html(markdown) == as_html
    assert faults(html(markdown).encode()) == []


def test_only_a_language_written_from_right_to_left_says_its_direction() -> None:
    assert html("# a\n\nb\n\n- c\n   1. d\n", "ar") == (
        '<h2 dir="rtl">a</h2>\n<p dir="rtl">b</p>\n<ul dir="rtl">\n<li>c\n<ol>\n<li>d</li>\n</ol>\n</li>\n</ul>\n'
    )
    assert "dir" not in html("# שלום\n", "de")


def test_each_language_of_a_document_has_its_direction() -> None:
    both = "# a\n\n<!-- language he -->\n\n# b\n\n<!-- language de-CH -->\n\nc\n"
    assert html(both) == '<h2>a</h2>\n<h2 dir="rtl">b</h2>\n<p>c</p>\n'
    assert html(both, "ar").startswith('<h2 dir="rtl">a</h2>\n')
    assert text(both) == "a\n\n\nb\n\nc\n"


def test_html_is_the_same_under_any_encoding() -> None:
    data = document_bytes(document("# Kühe – 黒パン 🍞 \u0085\n"), "html")
    for encoding in ("utf-8", "windows-1252", "ascii", "shift_jis"):
        tree = lxml.html.fragment_fromstring(data.decode(encoding))
        assert tree.text_content().strip() == "Kühe – 黒パン 🍞"


@pytest.mark.parametrize("format", ["html", "txt"])
@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "//evil.example", "a.md"])
def test_a_link_that_leads_elsewhere_is_a_problem(format: str, link: str) -> None:
    with pytest.raises(JdgenError) as caught:
        document_bytes(document(f"[a]({link})\n"), format)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file) == ("link.scheme", f"cook.{format}")
    assert problem.hint


@pytest.mark.parametrize("format", ["html", "txt"])
@pytest.mark.parametrize(
    ("markdown", "code"), [("<div>a</div>\n", "markdown.unknown"), ("a\n\n<!-- form {} -->\n", "markdown.form")]
)
def test_what_has_no_form_is_a_problem_at_the_document(format: str, markdown: str, code: str) -> None:
    with pytest.raises(JdgenError) as caught:
        document_bytes(document(markdown), format)
    assert [(problem.code, problem.file) for problem in caught.value.problems] == [(code, f"cook.{format}")]


def test_text_needs_no_look() -> None:
    broken = replace(document("a\n"), name="b")
    assert look_problems(broken, "html", Path("none")) == look_problems(broken, "txt", Path("none")) == ()


# --- arbitrary text --------------------------------------------------------------------------------

NASTY = st.sampled_from(
    ["<script>alert(1)</script>", "&amp;", "&#60;b&#62;", '"', "'", "]]>", "-->", "<!--", "</li>", "<a", "`", "*", "_"]
) | st.sampled_from(
    ["[x](javascript:y)", "**", "|", "\\", "<br>", "![a](b)", "#", "1.", "-", "~", "$", "<!-- field a -->"]
)
CHARACTERS = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs", "Cn", "Co"))
TEXT = st.lists(NASTY | st.text(CHARACTERS, min_size=1, max_size=8) | st.just(" "), min_size=1, max_size=8).map("".join)


@given(TEXT.filter(str.strip))
def test_no_text_of_a_spec_breaks_out(value: str) -> None:
    one = escaped(value)
    made = html(f"# {one}\n\n{one}\n\n- {one}\n\n| a | b |\n| --- | --- |\n| c | {one} |\n")
    assert faults(made.encode()) == []
    assert "javascript:" not in re.findall(r'href="([^"]*)', made)
    read_back = [element.text_content() for element in lxml.html.fragment_fromstring(made, create_parent="div")]
    expected = " ".join(value.split())
    assert [" ".join(part.split()) for part in read_back[:3]] == [expected] * 3
    assert text(f"{one}\n") == f"{expected}\n"


@given(TEXT.filter(str.strip))
def test_no_link_of_a_template_breaks_out_of_its_attribute(value: str) -> None:
    address = "https://a.example/" + re.sub(r"[\s<>()\\]", "", value)
    made = html(f"[a](<{address}>)\n")
    assert faults(made.encode()) == []


# --- a spec, and the command line ------------------------------------------------------------------

NASTY_SPEC = """\
jdgen: 1
title: "<script>alert(1)</script> & ]]>"
summary: 'See [this](javascript:alert(1)) and [that](https://a.example/"onclick="x).'
responsibilities: ["</li><b>Cook</b>", "**salt** & [pepper](data:text/html,x)"]
"""


def test_a_nasty_spec_is_only_text(tmp_path: Path) -> None:
    (tmp_path / "cook.yaml").write_text(NASTY_SPEC)
    made = document_bytes(render_document(resolve_role(load_role("cook", Library(tmp_path)))), "html")
    assert faults(made) == []
    tree = lxml.html.fragment_fromstring(made.decode("ascii"), create_parent="div")
    assert "<script>alert(1)</script> & ]]>" in tree.text_content()
    assert [link.get("href") for link in tree.iter("a")] == ['https://a.example/"onclick="x']


def test_build_makes_both_and_the_index_lists_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["build", "ai-engineer", "--to", "txt,html,md"])
    assert (result.exit_code, result.stderr) == (0, "49 files, 49 changed\n")
    assert "output/ai-engineer/ai-engineer-job-description.txt\n" in result.stdout
    index = Path("output/ai-engineer/README.md").read_text(encoding="utf-8")
    assert "[HTML](ai-engineer-job-description.html)" in index
    assert "[text](ai-engineer-job-description.txt)" in index
    assert CliRunner().invoke(app, ["check", "ai-engineer", "--to", "md,html,txt"]).exit_code == 0


def test_files_to_paste_are_not_called_orphaned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(app, ["build", "ai-engineer", "--to", "html,txt"])
    CliRunner().invoke(app, ["build", "ai-engineer"])
    assert CliRunner().invoke(app, ["check", "ai-engineer"]).exit_code == 0
