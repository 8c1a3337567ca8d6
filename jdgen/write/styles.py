"""The Word styles that are made of a house style."""

from __future__ import annotations

from jdgen.style import PAPER, HouseStyle
from jdgen.write.xml import W, attribute

INDENT = 340
"""How far each level of a list is set in, in twentieths of a point."""
BULLETS, NUMBERS = 1, 2
"""The numbering definitions of bulleted and numbered lists."""
BOLD = "<w:b/><w:bCs/>"


def _half_points(points: float) -> int:
    return round(points * 2)


def _size(points: float) -> str:
    return f'<w:sz w:val="{_half_points(points)}"/><w:szCs w:val="{_half_points(points)}"/>'


def color(value: str) -> str:
    """A run's color, given as RRGGBB."""
    return f'<w:color w:val="{value}"/>'


def _space(before: float = 0, after: float = 0, line: float | None = None) -> str:
    leading = f' w:line="{round(line * 240)}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"{leading}/>'


def _border(side: str, size: int, color: str, space: int = 0) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{color}"/>'


_KEEP = "<w:keepNext/><w:keepLines/>"


def _style(  # one line per style below reads better than one object per argument
    kind: str,
    name: str,
    paragraph: str = "",
    run: str = "",
    *,
    id: str = "",
    based: str = "Normal",
    following: str = "",
    more: str = "",
    is_default: bool = False,
    is_builtin: bool = True,
) -> str:
    flags = (' w:default="1"' if is_default else "") + ("" if is_builtin else ' w:customStyle="1"')
    base = f'<w:basedOn w:val="{based}"/>' if based and not is_default else ""
    then = f'<w:next w:val="{following}"/>' if following else ""
    paragraph = f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
    run = f"<w:rPr>{run}</w:rPr>" if run else ""
    return (
        f'<w:style w:type="{kind}"{flags} w:styleId="{id or name.title().replace(" ", "")}"><w:name w:val="{name}"/>'
        f"{base}{then}<w:qFormat/>{paragraph}{run}{more}</w:style>"
    )


def styles_part(s: HouseStyle) -> str:
    """The part `styles.xml` of a house style: every style that the writer uses, by its name."""
    font = attribute(s.font)
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}{color(s.ink)}{_size(s.size)}"
        '<w:lang w:val="en-US" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{_space(0, 5, s.leading)}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    styles = [
        *_paragraph_styles(s),
        *_list_styles(s),
        *_callouts(s),
        *_cell_styles(s),
        *_character_styles(s),
        *_table_styles(s),
    ]
    return f'<w:styles xmlns:w="{W}">{defaults}{"".join(styles)}</w:styles>'


def _paragraph_styles(s: HouseStyle) -> list[str]:
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{s.width}"/></w:tabs>'
    foot = f"<w:pBdr>{_border('top', 4, s.rule, 6)}</w:pBdr>"
    card = f"<w:pBdr>{_border('top', 6, s.accent, 10)}</w:pBdr>"
    headings = ((1, 1.5, 12, 3), (2, 1.16, 10, 3), (3, 1.04, 9, 2))
    return [
        _style("paragraph", "Normal", is_default=True),
        _style(
            "paragraph",
            "Title",
            _KEEP + _space(0, 8, 1.06),
            BOLD + '<w:spacing w:val="-14"/>' + _size(s.size * 2.4),
            following="Subtitle",
        ),
        _style(
            "paragraph",
            "Subtitle",
            "<w:keepLines/>" + _space(0, 11, 1.2),
            color(s.muted) + _size(s.size * 1.3),
            following="Normal",
        ),
        *(
            _style(
                "paragraph",
                f"heading {level}",
                f'{_KEEP}{_space(before, after, 1.15)}<w:outlineLvl w:val="{level - 1}"/>',
                BOLD + _size(s.size * scale),
                following="Normal",
            )
            for level, scale, before, after in headings
        ),
        *(
            _style(
                "paragraph",
                f"Question {level}",
                f'{_KEEP}{card}{_space(18, 4, 1.2)}<w:outlineLvl w:val="{level - 1}"/>',
                BOLD + _size(s.size * 1.2),
                following="Normal",
                is_builtin=False,
            )
            for level in (1, 2)
        ),
        _style("paragraph", "Lead", _KEEP + _space(0, 7), color(s.muted) + _size(s.size * 1.08), is_builtin=False),
        _style("paragraph", "Meta", _KEEP + _space(0, 5), color(s.muted) + _size(s.size * 0.9), is_builtin=False),
        _style("paragraph", "Label", "<w:keepNext/>" + _space(5, 2), BOLD, is_builtin=False),
        _style(
            "paragraph",
            "Quote",
            "<w:keepLines/>" + _space(3, 6) + '<w:ind w:left="340" w:right="340"/>',
            color(s.muted),
        ),
        _style(
            "paragraph",
            "Code",
            "<w:keepLines/>" + _space(3, 6),
            f'<w:rFonts w:ascii="{s.mono}" w:hAnsi="{s.mono}"/>' + _size(s.size * 0.9),
            is_builtin=False,
        ),
        _style("paragraph", "header", tab + _space(), color(s.muted) + _size(s.size * 0.84)),
        _style("paragraph", "footer", foot + tab + _space(), color(s.muted) + _size(s.size * 0.84)),
        _style("paragraph", "Eyebrow", _space(0, 0), BOLD + color(s.accent) + _size(s.size * 0.92), is_builtin=False),
        _style(
            "paragraph",
            "Spacer",
            '<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>',
            _size(2),
            is_builtin=False,
        ),
        _style(
            "paragraph", "Rule", f"<w:pBdr>{_border('bottom', 4, s.rule, 1)}</w:pBdr>" + _space(6, 6), is_builtin=False
        ),
    ]


def _list_styles(s: HouseStyle) -> list[str]:
    styles = []
    for level in range(3):
        suffix = "" if level == 0 else f" {level + 1}"
        for name, number in (("List Bullet", BULLETS), ("List Number", NUMBERS)):
            numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
            styles.append(_style("paragraph", name + suffix, numbering + _space(0, 2)))
    task = '<w:tabs><w:tab w:val="left" w:pos="397"/></w:tabs>' + _space(0, 3) + '<w:ind w:left="397" w:hanging="397"/>'
    styles.append(_style("paragraph", "List Paragraph", _space(0, 3) + f'<w:ind w:left="{INDENT}"/>'))
    styles.append(_style("paragraph", "Task", task, _size(s.size * 0.95), is_builtin=False))
    return styles


def _callouts(s: HouseStyle) -> list[str]:
    def callout(name: str, color: str) -> str:
        sides = (
            _border("top", 2, s.tint, 6)
            + _border("left", 24, color, 10)
            + _border("bottom", 2, s.tint, 6)
            + _border("right", 2, s.tint, 8)
        )
        look = f'<w:keepLines/><w:pBdr>{sides}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{s.tint}"/>'
        return _style("paragraph", name, look + _space(9, 10) + '<w:ind w:left="255" w:right="198"/>', is_builtin=False)

    return [callout("Callout", s.accent), callout("Callout Warning", s.warning)]


def _cell_styles(s: HouseStyle) -> list[str]:
    def cell(name: str, run: str, based: str = "CellText", paragraph: str = "") -> str:
        return _style("paragraph", name, paragraph, run, based=based, is_builtin=False)

    return [
        cell("Cell Text", _size(s.size * 0.94), "Normal", _space(0, 0, 1.12)),
        cell("Cell Head", BOLD + color(s.muted) + _size(s.size * 0.86), paragraph="<w:keepNext/>"),
        cell("Cell Fact", BOLD + _size(s.size)),
        cell("Cell Point", BOLD + color(s.accent) + _size(s.size * 0.94), paragraph="<w:keepNext/>"),
        cell("Cell Anchor", _size(s.size * 0.82), paragraph=_space(0, 0, 1.02)),
    ]


def _character_styles(s: HouseStyle) -> list[str]:
    def character(name: str, run: str, *, is_builtin: bool = True) -> str:
        return _style("character", name, "", run, based="", is_builtin=is_builtin)

    return [
        _style("character", "Default Paragraph Font", is_default=True),
        character("Strong", BOLD),
        character("Emphasis", "<w:i/><w:iCs/>"),
        character("Hyperlink", color(s.accent) + '<w:u w:val="single"/>'),
        character(
            "Inline Code", f'<w:rFonts w:ascii="{s.mono}" w:hAnsi="{s.mono}"/>' + _size(s.size * 0.92), is_builtin=False
        ),
        character("Placeholder Text", color("5F6B65")),
    ]


def _table_styles(s: HouseStyle) -> list[str]:
    def table(name: str, borders: str, margins: tuple[int, int, int, int], head: str = "", cells: str = "") -> str:
        sides = "".join(
            f'<w:{side} w:w="{w}" w:type="dxa"/>'
            for side, w in zip(("top", "left", "bottom", "right"), margins, strict=True)
        )
        first = f'<w:tblStylePr w:type="firstRow"><w:tcPr>{head}</w:tcPr></w:tblStylePr>' if head else ""
        more = f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>{sides}</w:tblCellMar></w:tblPr>"
        return _style("table", name, based="TableNormal", more=more + cells + first, is_builtin=False)

    none = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    normal = f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>{none}</w:tblCellMar></w:tblPr>'
    rows = _border("bottom", 4, s.rule) + _border("insideH", 4, s.rule)
    head = f"<w:tcBorders>{_border('bottom', 8, s.ink)}</w:tcBorders>"
    tinted = f'<w:shd w:val="clear" w:color="auto" w:fill="{s.tint}"/>'
    rating = _border("top", 12, s.accent) + _border("insideV", 24, PAPER)
    return [
        _style("table", "Normal Table", id="TableNormal", is_default=True, more=normal),
        _style("numbering", "No List", is_default=True),
        table("Plain", rows, (60, 0, 60, 170), head),
        table("Facts", _border("top", 12, s.accent) + _border("bottom", 4, s.rule), (60, 0, 60, 170)),
        table("Form", _border("top", 4, s.rule) + rows, (50, 113, 50, 113), tinted),
        table("Rating", rating, (45, 100, 45, 100), cells=f"<w:tcPr>{tinted}</w:tcPr>"),
    ]
