"""Escaping: whatever a spec says, a reader sees that and nothing else."""

from __future__ import annotations

import pyromark
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jdgen.escape import escaped, rich
from jdgen.spec import Rich
from jdgen.write import tree
from jdgen.write.nodes import plain
from jdgen.write.tree import parsed

PLACES = {
    "paragraph": ("{}\n", lambda blocks: blocks[0].runs),
    "heading": ("## {}\n", lambda blocks: blocks[0].runs),
    "item": ("- {}\n", lambda blocks: blocks[0].items[0].blocks[0].runs),
    "numbered": ("1. {}\n", lambda blocks: blocks[0].items[0].blocks[0].runs),
    "task": ("- [ ] {}\n", lambda blocks: blocks[0].items[0].blocks[0].runs),
    "cell": ("| a | b |\n| --- | --- |\n| {} | x |\n", lambda blocks: blocks[0].rows[0][0]),
    "head": ("| {} | b |\n| --- | --- |\n| y | x |\n", lambda blocks: blocks[0].head[0]),
    "quote": ("> {}\n", lambda blocks: blocks[0].blocks[0].runs),
    "link": ("[{}](https://example.com)\n", lambda blocks: blocks[0].runs),
    "after text": ("Text: {}\n", lambda blocks: blocks[0].runs[0:] and blocks[0].runs),
}
NASTY = st.text(
    alphabet=st.one_of(
        st.sampled_from(list("\\`*_{}[]()#+-.!|<>&~$:=\"'^/@%1aZ é中\u05d0\t")),
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp")),
    ),
    max_size=24,
)


@pytest.mark.parametrize("place", PLACES)
@settings(max_examples=300, deadline=None)
@given(text=NASTY)
def test_text_reads_as_it_was_typed(place: str, text: str) -> None:
    wanted = " ".join(text.split())
    if not wanted:
        return
    template, runs_of = PLACES[place]
    blocks = parsed(template.format(escaped(text)))
    assert len(blocks) == 1
    read = plain(runs_of(blocks)).removeprefix("Text: ") if place == "after text" else plain(runs_of(blocks))
    assert " ".join(read.split()) == wanted


TRAPS = (
    *("C#", "C++ & .NET", "a | b", "[x] task", "#LI-DNI", "1. one", "- dash", "> quote", "<b>", "&amp;", "**no**"),
    *("snake_case", "___", "---", "===", "~~~", "`x`", "\\n", "$1 and $2", "http://a_b.c/_d_", "!", "a!", "{{ x }}"),
    *("* * *", "+1", "12) x"),
)


@pytest.mark.parametrize("text", TRAPS)
def test_known_traps(text: str) -> None:
    for template, runs_of in PLACES.values():
        assert plain(runs_of(parsed(template.format(escaped(text))))).removeprefix("Text: ") == text


def test_without_escaping_the_traps_catch() -> None:
    assert plain(PLACES["paragraph"][1](parsed("**no**\n"))) != "**no**"


def test_rich_text_keeps_its_structure_and_nothing_else() -> None:
    text = Rich(
        "A **b** and *c* [d](https://e.f/g_(h)) <i>\n\n- one\n  - two\n- three | x\n\n"
        "1. first\n2. second\n\n# no heading"
    )
    blocks = parsed(str(rich(text)) + "\n")
    assert [type(block) for block in blocks] == [tree.Paragraph, tree.List, tree.List, tree.Paragraph]
    assert plain(blocks[0].runs) == "A b and c d <i>"  # type: ignore[union-attr]  # see the line above
    assert blocks[0].runs[5].link == "https://e.f/g_(h)"  # type: ignore[union-attr]  # see the line above
    assert plain(blocks[3].runs) == "# no heading"  # type: ignore[union-attr]  # see the line above


@settings(max_examples=300, deadline=None)
@given(text=st.text(alphabet=st.sampled_from(list("ab*_[]() \n-1.#>|<`\\")), max_size=40))
def test_rich_text_never_makes_html_headings_tables_or_code(text: str) -> None:
    html = pyromark.html(str(rich(Rich(text))), options=pyromark.Options.ENABLE_TABLES)
    assert not any(
        f"<{tag}" in html for tag in ("h1", "h2", "table", "pre", "code", "blockquote", "hr", "script", "img")
    )


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_rich_text_links_only_to_safe_places(link: str) -> None:
    assert "<a" not in pyromark.html(str(rich(Rich(f"[x]({link})"))))
