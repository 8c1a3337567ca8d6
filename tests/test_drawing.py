"""Pictures: data in a comment, shapes on a canvas, SVG on pages, graphics in Word, nothing where none can be shown."""

from __future__ import annotations

import io
import itertools
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from jdgen.document import KINDS, Document
from jdgen.drawing import drawing_of, drawn
from jdgen.load import load_role
from jdgen.problem import JdgenError
from jdgen.render import render_document
from jdgen.resolve import resolve_role
from jdgen.style import READABLE, HouseStyle, contrast
from jdgen.write import document_bytes
from jdgen.write.nodes import Picture, Run, Table
from jdgen.write.page import page_html
from jdgen.write.sketch import SERIES, Shape, sketched
from jdgen.write.svg import NARROW, WIDE, svg
from jdgen.write.table import WARMEST, heat_steps
from jdgen.write.tree import parsed
from jdgen.write.vector import palette
from tests.test_words import words_of_docx, words_of_markdown

AXES = {
    "x": {"label": "Time horizon", "values": ["Short", "Medium", "Long"]},
    "y": {"label": "Certainty", "values": ["High", "Medium", "Low"]},
}
STACK: dict[str, Any] = {
    "kind": "stack",
    "title": "The stack",
    **AXES,
    "items": [
        {"name": "Software Engineer", "note": "application", "x": 0, "y": 0},
        {"name": "AI Engineer", "note": "middle", "x": 1, "y": 1},
    ],
}
BARS: dict[str, Any] = {
    "kind": "bars",
    "title": "Minutes",
    "unit": "min",
    "parts": ["Opening", "Questions", "Close"],
    "rows": [{"name": "Call", "values": [5, 20, 5]}, {"name": "Design", "values": [5, 50.5, 0]}],
}
LADDER: dict[str, Any] = {
    "kind": "ladder",
    "title": "Levels",
    "tracks": ["IC", "Management"],
    "steps": [
        {"name": "Junior", "note": "L1"},
        {"name": "Senior", "note": "L2", "track": 0},
        {"name": "Lead", "note": "M1", "track": 1},
        {"name": "Staff", "track": 0},
    ],
}
MANY = {**STACK, "items": [{"name": f"Role {n}", "note": f"layer {n % 7}", "x": n % 3, "y": n // 5} for n in range(14)]}
LONG = {
    **STACK,
    "items": [
        {"name": "Oberarztassistenzkoordinationsbeauftragte " * 2, "note": "x" * 90, "x": 0, "y": 0},
        {"name": "機械学習エンジニア（画像認識・基盤モデル担当）", "note": "モデル層", "x": 2, "y": 2},
        {"name": "مهندس تعلّم الآلة الأول في فريق النماذج", "note": "طبقة النماذج", "x": 1, "y": 1},
    ],
}
LONG_BARS = {**BARS, "rows": [{"name": "A very long name of an interview stage " * 3, "values": [1, 1000, 0]}]}
ALL = {"stack": STACK, "many": MANY, "long": LONG, "bars": BARS, "long-bars": LONG_BARS, "ladder": LADDER}


def document(text: str, language: str = "en", **more: Any) -> Document:
    return Document(KINDS["interview-plan"], "x", "Title", "Plan", language, text, **more)


def texts(shapes: tuple[Shape, ...]) -> list[Shape]:
    return [shape for shape in shapes if shape.lines]


# --- data ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ALL)
def test_a_comment_holds_any_data_and_nothing_ends_it(name: str) -> None:
    data = {**ALL[name], "title": 'End --> <!-- | & " of it'}
    comment = drawn(data)
    assert comment.count("-->") == 1
    assert "|" not in comment
    (block,) = parsed(f"{comment}\n")
    assert isinstance(block, Picture)
    assert block.drawing == drawing_of(data)
    assert block.drawing.alt.startswith('End --> <!-- | & " of it: ')


def test_alternative_texts_say_all_that_is_shown() -> None:
    assert drawing_of(STACK).alt == (
        "The stack: Software Engineer (application): Time horizon Short, Certainty High; "
        "AI Engineer (middle): Time horizon Medium, Certainty Medium"
    )
    assert drawing_of(BARS).alt == "Minutes: Call: Opening 5, Questions 20, Close 5; Design: Opening 5, Questions 50.5"
    assert drawing_of(LADDER).alt == "Levels: Junior (L1); IC: Senior (L2); Management: Lead (M1); IC: Staff"


@pytest.mark.parametrize(
    "data",
    [
        {**STACK, "kind": "pie"},
        {**STACK, "title": ""},
        {**STACK, "color": "red"},
        {**STACK, "items": []},
        {**STACK, "items": [{"name": "A", "x": 3, "y": 0}]},
        {**STACK, "items": [{"name": "A", "x": -1, "y": 0}]},
        {**BARS, "rows": [{"name": "A", "values": [1]}]},
        {**BARS, "rows": [{"name": "A", "values": [1, -2, 3]}]},
        {**BARS, "rows": [{"name": "A", "values": [1, 1e99, 3]}]},
        {**LADDER, "steps": [{"name": "A", "track": 2}]},
        {"kind": "stack"},
        [],
    ],
    ids=str,
)
def test_what_is_no_picture_is_refused(data: Any) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        drawing_of(data)
    with pytest.raises(JdgenError) as caught:
        document_bytes(document(f"# T\n\n<!-- draw {json.dumps(data)} -->\n"), "docx")
    codes = {problem.code for problem in caught.value.problems}
    assert codes <= {"markdown.picture", "markdown.unknown"}
    assert "stack, bars, ladder" in caught.value.problems[0].hint or isinstance(data, list)


def test_a_damaged_picture_is_never_dropped() -> None:
    for broken in ('<!-- draw {"kind": "stack" -->', "<!-- draw {} -->", '<!-- draw {"kind": 1} -->'):
        for format in ("docx", "html", "txt"):
            with pytest.raises(JdgenError):
                document_bytes(document(f"# T\n\n{broken}\n"), format)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("draw('pie', title='x')", "can't be drawn"),
        ("draw('stack', title=t('kind.scorecard'))", "use phrase(...)"),
        ("draw('ladder', title='x', steps=[dict(nam='x')])", "steps.0"),
        ("draw()", "draw"),
    ],
)
def test_templates_that_draw_nothing_are_told_where(tmp_path: Path, call: str, said: str) -> None:
    (tmp_path / "note.md.j2").write_text("# x\n\n{{ " + call + " }}\n", encoding="utf-8")
    with pytest.raises(JdgenError) as caught:
        render_document(resolve_role(load_role("ai-engineer")), "note", templates=tmp_path)
    (problem,) = caught.value.problems
    assert said in f"{problem.message} {problem.hint}"
    assert problem.line == 3


def test_a_template_of_ones_own_draws(tmp_path: Path) -> None:
    call = "draw('ladder', title=phrase('plan.levels'), steps=[dict(name=role.title, note='a | b --> c')])"
    (tmp_path / "note.md.j2").write_text("# x\n\n{{ " + call + " }}\n", encoding="utf-8")
    made = render_document(resolve_role(load_role("ai-engineer")), "note", templates=tmp_path)
    assert 'aria-label="Levels: AI Engineer (a | b --&gt; c)"' in page_html(made)


# --- shapes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_rtl", [False, True], ids=["ltr", "rtl"])
@pytest.mark.parametrize("width", [WIDE, NARROW, 470.0])
@pytest.mark.parametrize("name", ALL)
def test_nothing_sticks_out_and_no_texts_overlap(name: str, width: float, is_rtl: bool) -> None:
    sketch = sketched(drawing_of(ALL[name]), width, is_rtl=is_rtl)
    assert outside(sketch.shapes, sketch.width, sketch.height) == []
    assert overlapping(texts(sketch.shapes)) == []


def outside(shapes: tuple[Shape, ...], width: float, height: float) -> list[Shape]:
    return [
        each
        for each in shapes
        if each.x < -0.01
        or each.y < -0.01
        or each.x + each.width > width + 0.01
        or each.y + each.height > height + 0.01
    ]


def overlapping(shapes: list[Shape]) -> list[tuple[Shape, Shape]]:
    def apart(one: Shape, other: Shape) -> bool:
        beside = one.x + one.width <= other.x + 0.01 or other.x + other.width <= one.x + 0.01
        return beside or one.y + one.height <= other.y + 0.01 or other.y + other.height <= one.y + 0.01

    return [(one, other) for one, other in itertools.combinations(shapes, 2) if not apart(one, other)]


def test_the_control_what_sticks_out_or_overlaps_is_seen() -> None:
    one = Shape(0, 0, 10, 10, lines=("x",))
    assert outside((one,), 9, 10) == [one]
    assert overlapping([one, Shape(5, 5, 10, 10, lines=("y",))])


def test_from_right_to_left_it_is_mirrored() -> None:
    plain, turned = (sketched(drawing_of(STACK), WIDE, is_rtl=is_rtl) for is_rtl in (False, True))
    for one, other in zip(plain.shapes, turned.shapes, strict=True):
        assert one.x + other.x + one.width == pytest.approx(WIDE)
    assert {shape.align for shape in texts(turned.shapes)} >= {"end", "middle"}


def test_every_word_is_there() -> None:
    for data in (LONG, LONG_BARS):
        said = "".join(line for shape in sketched(drawing_of(data), NARROW).shapes for line in shape.lines)
        for each in data.get("items", []) + data.get("rows", []):
            assert re.sub(r"\s", "", each["name"]) in re.sub(r"\s", "", said)


def test_bars_are_as_long_as_their_minutes() -> None:
    shapes = [shape for shape in sketched(drawing_of(BARS), WIDE).shapes if shape.stroke == "paper"]
    lengths = [shape.width for shape in shapes]
    assert lengths[1] == pytest.approx(4 * lengths[0])
    assert lengths[4] / lengths[1] == pytest.approx(50.5 / 20)
    assert len(shapes) == 5


@pytest.mark.parametrize("color", ["0B6650", "1F4E9E", "000000", "B00020", "7A4E00"])
def test_text_can_be_read_on_every_tint(color: str) -> None:
    colors = palette(HouseStyle(accent=color))
    for number in range(1, SERIES + 1):
        assert contrast(colors["ink"], colors[f"s{number}"]) >= READABLE


# --- pages -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ALL)
def test_svg_is_sound_and_keeps_the_policy(name: str) -> None:
    text = svg(drawing_of({**ALL[name], "title": 'a "quoted" <b> & c'}))
    for part in text.split("\n<svg"):
        root = etree.fromstring(part if part.startswith("<svg") else f"<svg{part}")
        assert root.get("role") == "img"
        assert root.get("aria-label", "").startswith('a "quoted" <b> & c: ')
        assert not root.xpath("//@style | //*[local-name()='style'] | //*[local-name()='script']")
    assert len(re.findall("<svg", text)) == 2


def test_where_no_picture_can_be_shown_there_is_none() -> None:
    text = f"# T\n\nBefore.\n\n{drawn(STACK)}\n\nAfter.\n"
    assert document_bytes(document(text), "txt").decode().split() == ["T", "Before.", "After."]
    assert "svg" not in document_bytes(document(text), "html").decode()
    assert document_bytes(document(text), "md").decode() == text


# --- Word ------------------------------------------------------------------------------------------


def test_word_has_graphics_with_alternative_text_and_no_words_of_them() -> None:
    text = f"# T\n\nBefore.\n\n{drawn(STACK)}\n\n{drawn(BARS)}\n\nAfter.\n"
    data = document_bytes(document(text), "docx")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
        assert not [name for name in package.namelist() if "media" in name]
    described = root.xpath("//*[local-name()='docPr']/@descr")
    assert described == [drawing_of(STACK).alt, drawing_of(BARS).alt]
    ids = root.xpath("//*[local-name()='docPr' or local-name()='cNvPr']/@id")
    assert len(ids) == len(set(ids))
    assert words_of_docx(data) == words_of_markdown(text) == ["T", "Before.", "After."]
    drawn_words = root.xpath("//*[local-name()='txbxContent']//*[local-name()='t']/text()")
    assert "AI Engineer" in drawn_words


def test_the_control_words_beside_a_picture_are_counted() -> None:
    text = f"# T\n\n{drawn(STACK)}\n\nAI Engineer\n"
    assert words_of_docx(document_bytes(document(text), "docx")) == ["T", "AI", "Engineer"]


def test_the_same_bytes_twice() -> None:
    text = f"# T\n\n{drawn(LADDER)}\n"
    assert document_bytes(document(text), "docx") == document_bytes(document(text), "docx")


# --- heat maps -------------------------------------------------------------------------------------


def heat(*rows: tuple[str, ...]) -> Table:
    cells = [tuple((Run(cell),) if cell else () for cell in row) for row in rows]
    return Table(("none",) * len(rows[0]), cells[0], tuple(cells[1:]), "heat")


def test_warmth_follows_the_numbers() -> None:
    table = heat(("C", "A", "B", "R"), ("x", "10", "40", "2"), ("y", "", "●", "1"), ("z", "25", "0", "9"))
    assert heat_steps(table) == [[0, 2, WARMEST, 0], [0, 0, 1, 0], [0, 3, 1, 0]]
    assert heat_steps(heat(("C", "A", "R"), ("x", "●", "2"))) == [[0, 1, 0]]


def test_cells_are_shaded_in_word_and_on_pages() -> None:
    text = "# T\n\n<!-- style heat -->\n| C | A | B | R |\n| --- | :-: | :-: | --: |\n| x | 10 | 40 | 2 |\n"
    with zipfile.ZipFile(io.BytesIO(document_bytes(document(text, style=HouseStyle()), "docx"))) as package:
        fills = re.findall(r'<w:shd [^>]*w:fill="(\w+)"', package.read("word/document.xml").decode())
    colors = palette(HouseStyle())
    assert fills == [colors["s2"], colors["s4"]]
    page = page_html(document(text))
    assert re.findall(r'class="center (heat-\d)"', page) == ["heat-2", "heat-4"]


def test_the_plan_shows_minutes_levels_and_coverage() -> None:
    role = resolve_role(load_role("ai-engineer"))
    made = render_document(role, "interview-plan")
    kinds = [block.drawing.kind for block in parsed(made.text) if isinstance(block, Picture)]
    assert kinds == ["bars", "ladder"]
    (coverage,) = [block for block in parsed(made.text) if isinstance(block, Table) and block.style == "heat"]
    assert max(step for row in heat_steps(coverage) for step in row) == WARMEST
