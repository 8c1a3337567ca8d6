"""The house style: a few tokens -> the reference document whose styles all Word files take.

`python -m jdgen.write.house_style` writes `templates/house-style.docx` anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jdgen import assets
from jdgen.write.package import packed
from jdgen.write.xml import HEAD, RELATIONSHIPS, R, W

REFERENCE = "house-style.docx"
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MARKS = ("•", "–", "·")
_FORMATS = ("decimal", "lowerLetter", "lowerRoman")
_INDENT = 340
BULLETS, NUMBERS = 1, 2
"""The numbering definitions of bulleted and numbered lists."""


@dataclass(frozen=True)
class HouseStyle:
    """Font, sizes in points, colors as RRGGBB, lengths in twentieths of a point."""

    font: str = "Calibri"
    fallback: str = "Carlito"
    panose: str = "020F0502020204030204"
    mono: str = "Consolas"
    size: float = 10.5
    leading: float = 1.18
    ink: str = "1B2420"
    muted: str = "56625C"
    accent: str = "0B6650"
    warning: str = "9A3B12"
    tint: str = "F1F6F3"
    rule: str = "D5DEDA"
    page: tuple[int, int] = (11906, 16838)
    margins: tuple[int, int, int, int] = (1247, 1304, 1247, 1304)

    @property
    def width(self) -> int:
        """The width of the text."""
        return self.page[0] - self.margins[1] - self.margins[3]


def reference_document(style: HouseStyle = HouseStyle()) -> bytes:  # noqa: B008 - it is frozen
    """An empty Word document that holds the styles, lists, fonts and page of a house style."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": _relationships(
            ("styles", "styles.xml"), ("numbering", "numbering.xml"), ("settings", "settings.xml"), ("fontTable", "fontTable.xml"), ("theme", "theme.xml")
        ),
        "word/document.xml": _document(style),
        "word/styles.xml": _styles(style),
        "word/numbering.xml": _numbering(style),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _fonts(style),
        "word/theme.xml": _theme(style),
    }
    return packed({name: (HEAD + xml).encode() for name, xml in parts.items()})


def _content_types() -> str:
    overrides = {"document": "document.main", "styles": "styles", "numbering": "numbering", "settings": "settings", "fontTable": "fontTable"}
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(
            f'<Override PartName="/word/{part}.xml" ContentType="{_OFFICE}.{kind}+xml"/>' for part, kind in overrides.items()
        )
        + '<Override PartName="/word/theme.xml" ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/></Types>'
    )


def _relationships(*targets: tuple[str, str]) -> str:
    return (
        f'<Relationships xmlns="{RELATIONSHIPS}">'
        + "".join(
            f'<Relationship Id="rId{n}" Type="{R}/{kind}" Target="{target}"/>'
            for n, (kind, target) in enumerate(targets, 1)
        )
        + "</Relationships>"
    )


def _document(style: HouseStyle) -> str:
    width, height = style.page
    top, right, bottom, left = style.margins
    return (
        f'<w:document xmlns:w="{W}"><w:body><w:p/><w:sectPr><w:pgSz w:w="{width}" w:h="{height}"/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="624" w:footer="567"'
        ' w:gutter="0"/><w:cols w:space="708"/></w:sectPr></w:body></w:document>'
    )


# --- styles -----------------------------------------------------------------------------------


def _half_points(points: float) -> int:
    return round(points * 2)


def _size(points: float) -> str:
    return f'<w:sz w:val="{_half_points(points)}"/><w:szCs w:val="{_half_points(points)}"/>'


def _color(value: str) -> str:
    return f'<w:color w:val="{value}"/>'


def _space(before: float = 0, after: float = 0, line: float | None = None) -> str:
    leading = f' w:line="{round(line * 240)}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"{leading}/>'


def _border(side: str, size: int, color: str, space: int = 0) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{color}"/>'


_BOLD = "<w:b/><w:bCs/>"
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


def _styles(s: HouseStyle) -> str:
    fonts = f'<w:rFonts w:ascii="{s.font}" w:hAnsi="{s.font}" w:eastAsia="{s.font}" w:cs="{s.font}"/>'
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}{_color(s.ink)}{_size(s.size)}"
        '<w:lang w:val="en-US" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{_space(0, 6, s.leading)}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    styles = [*_paragraph_styles(s), *_list_styles(s), *_callouts(s), *_cell_styles(s), *_character_styles(s), *_table_styles(s)]
    return f'<w:styles xmlns:w="{W}">{defaults}{"".join(styles)}</w:styles>'


def _paragraph_styles(s: HouseStyle) -> list[str]:
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{s.width}"/></w:tabs>'
    foot = f"<w:pBdr>{_border('top', 4, s.rule, 6)}</w:pBdr>"
    card = f"<w:pBdr>{_border('top', 6, s.accent, 10)}</w:pBdr>"
    headings = ((1, 1.58, 20, 6), (2, 1.18, 13, 4), (3, 1.04, 10, 3))
    return [
        _style("paragraph", "Normal", is_default=True),
        _style(
            "paragraph", "Title", _KEEP + _space(0, 8, 1.06), _BOLD + '<w:spacing w:val="-14"/>' + _size(s.size * 2.5), following="Subtitle"
        ),
        _style("paragraph", "Subtitle", "<w:keepLines/>" + _space(0, 14, 1.25), _color(s.muted) + _size(s.size * 1.3), following="Normal"),
        *(
            _style(
                "paragraph",
                f"heading {level}",
                f'{_KEEP}{_space(before, after, 1.15)}<w:outlineLvl w:val="{level - 1}"/>',
                _BOLD + _size(s.size * scale),
                following="Normal",
            )
            for level, scale, before, after in headings
        ),
        *(
            _style(
                "paragraph",
                f"Question {level}",
                f'{_KEEP}{card}{_space(18, 4, 1.2)}<w:outlineLvl w:val="{level - 1}"/>',
                _BOLD + _size(s.size * 1.2),
                following="Normal",
                is_builtin=False,
            )
            for level in (1, 2)
        ),
        _style("paragraph", "Lead", _KEEP + _space(0, 7), _color(s.muted) + _size(s.size * 1.08), is_builtin=False),
        _style("paragraph", "Meta", _KEEP + _space(0, 6), _color(s.muted) + _size(s.size * 0.9), is_builtin=False),
        _style("paragraph", "Label", "<w:keepNext/>" + _space(5, 2), _BOLD, is_builtin=False),
        _style("paragraph", "Quote", "<w:keepLines/>" + _space(3, 6) + '<w:ind w:left="340" w:right="340"/>', _color(s.muted)),
        _style("paragraph", "Code", "<w:keepLines/>" + _space(3, 6), f'<w:rFonts w:ascii="{s.mono}" w:hAnsi="{s.mono}"/>' + _size(s.size * 0.9), is_builtin=False),
        _style("paragraph", "header", tab + _space(), _color(s.muted) + _size(s.size * 0.84)),
        _style("paragraph", "footer", foot + tab + _space(), _color(s.muted) + _size(s.size * 0.84)),
        _style("paragraph", "Eyebrow", _space(0, 0), _BOLD + _color(s.accent) + _size(s.size * 0.92), is_builtin=False),
        _style("paragraph", "Spacer", '<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>', _size(2), is_builtin=False),
        _style("paragraph", "Rule", f"<w:pBdr>{_border('bottom', 4, s.rule, 1)}</w:pBdr>" + _space(6, 6), is_builtin=False),
    ]


def _list_styles(s: HouseStyle) -> list[str]:
    styles = []
    for level in range(3):
        suffix = "" if level == 0 else f" {level + 1}"
        for name, number in (("List Bullet", BULLETS), ("List Number", NUMBERS)):
            numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
            styles.append(_style("paragraph", name + suffix, numbering + _space(0, 3)))
    task = '<w:tabs><w:tab w:val="left" w:pos="397"/></w:tabs>' + _space(0, 3) + '<w:ind w:left="397" w:hanging="397"/>'
    styles.append(_style("paragraph", "List Paragraph", _space(0, 3) + f'<w:ind w:left="{_INDENT}"/>'))
    styles.append(_style("paragraph", "Task", task, _size(s.size * 0.95), is_builtin=False))
    return styles


def _callouts(s: HouseStyle) -> list[str]:
    def callout(name: str, color: str) -> str:
        sides = _border("top", 2, s.tint, 6) + _border("left", 24, color, 10) + _border("bottom", 2, s.tint, 6) + _border("right", 2, s.tint, 8)
        look = f'<w:keepLines/><w:pBdr>{sides}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{s.tint}"/>'
        return _style("paragraph", name, look + _space(10, 12) + '<w:ind w:left="255" w:right="198"/>', is_builtin=False)

    return [callout("Callout", s.accent), callout("Callout Warning", s.warning)]


def _cell_styles(s: HouseStyle) -> list[str]:
    def cell(name: str, run: str, based: str = "CellText", paragraph: str = "") -> str:
        return _style("paragraph", name, paragraph, run, based=based, is_builtin=False)

    return [
        cell("Cell Text", _size(s.size * 0.94), "Normal", _space(0, 0, 1.12)),
        cell("Cell Head", _BOLD + _color(s.muted) + _size(s.size * 0.86), paragraph="<w:keepNext/>"),
        cell("Cell Fact", _BOLD + _size(s.size)),
        cell("Cell Point", _BOLD + _color(s.accent) + _size(s.size * 0.94), paragraph="<w:keepNext/>"),
        cell("Cell Anchor", _size(s.size * 0.84), paragraph=_space(0, 0, 1.08)),
    ]


def _character_styles(s: HouseStyle) -> list[str]:
    def character(name: str, run: str, *, is_builtin: bool = True) -> str:
        return _style("character", name, "", run, based="", is_builtin=is_builtin)

    return [
        _style("character", "Default Paragraph Font", is_default=True),
        character("Strong", _BOLD),
        character("Emphasis", "<w:i/><w:iCs/>"),
        character("Hyperlink", _color(s.accent) + '<w:u w:val="single"/>'),
        character("Inline Code", f'<w:rFonts w:ascii="{s.mono}" w:hAnsi="{s.mono}"/>' + _size(s.size * 0.92), is_builtin=False),
        character("Placeholder Text", _color("5F6B65")),
    ]


def _table_styles(s: HouseStyle) -> list[str]:
    def table(name: str, borders: str, margins: tuple[int, int, int, int], head: str = "") -> str:
        sides = "".join(f'<w:{side} w:w="{w}" w:type="dxa"/>' for side, w in zip(("top", "left", "bottom", "right"), margins, strict=True))
        first = f'<w:tblStylePr w:type="firstRow"><w:tcPr>{head}</w:tcPr></w:tblStylePr>' if head else ""
        more = f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>{sides}</w:tblCellMar></w:tblPr>{first}"
        return _style("table", name, based="TableNormal", more=more, is_builtin=False)

    none = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    normal = f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>{none}</w:tblCellMar></w:tblPr>'
    rows = _border("bottom", 4, s.rule) + _border("insideH", 4, s.rule)
    head = f"<w:tcBorders>{_border('bottom', 8, s.ink)}</w:tcBorders>"
    tinted = f'<w:shd w:val="clear" w:color="auto" w:fill="{s.tint}"/>'
    return [
        _style("table", "Normal Table", id="TableNormal", is_default=True, more=normal),
        _style("numbering", "No List", is_default=True),
        table("Plain", rows, (60, 0, 60, 170), head),
        table("Facts", _border("top", 12, s.accent) + _border("bottom", 4, s.rule), (60, 0, 60, 170)),
        table("Form", _border("top", 4, s.rule) + rows, (70, 113, 70, 113), tinted),
        table("Rating", _border("top", 12, s.accent) + _border("insideV", 24, "FFFFFF"), (60, 100, 60, 100)),
    ]


# --- lists, settings, fonts -------------------------------------------------------------------


def _numbering(s: HouseStyle) -> str:
    def level(depth: int, kind: str, mark: str) -> str:
        return (
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{mark}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{_INDENT * (depth + 1)}" w:hanging="{_INDENT}"/></w:pPr>'
            f"<w:rPr>{_BOLD}{_color(s.accent)}</w:rPr></w:lvl>"
        )

    bullets = "".join(level(depth, "bullet", _MARKS[depth % 3]) for depth in range(9))
    numbers = "".join(level(depth, _FORMATS[depth % 3], f"%{depth + 1}.") for depth in range(9))
    kinds = ((BULLETS, bullets), (NUMBERS, numbers))
    return (
        f'<w:numbering xmlns:w="{W}">'
        + "".join(
            f'<w:abstractNum w:abstractNumId="{n}"><w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
            for n, levels in kinds
        )
        + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n, _ in kinds)
        + "</w:numbering>"
    )


def _settings() -> str:
    uri = "http://schemas.microsoft.com/office/word"
    # Mode 15 is Word 2013 and later; below it, tables hang into the margin.
    compat = (("compatibilityMode", "15"), ("overrideTableStyleFontSizeAndJustification", "1"), ("doNotFlipMirrorIndents", "1"))
    return (
        f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        + "".join(f'<w:compatSetting w:name="{name}" w:uri="{uri}" w:val="{value}"/>' for name, value in compat)
        + '</w:compat><w:themeFontLang w:val="en-US"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def _fonts(s: HouseStyle) -> str:
    return (
        f'<w:fonts xmlns:w="{W}"><w:font w:name="{s.font}"><w:altName w:val="{s.fallback}"/><w:panose1 w:val="{s.panose}"/>'
        '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
        f'<w:font w:name="{s.mono}"><w:charset w:val="00"/><w:family w:val="modern"/><w:pitch w:val="fixed"/></w:font></w:fonts>'
    )


def _theme(s: HouseStyle) -> str:
    """The least theme that the schema takes: Word asks for one, the styles don't use it."""

    def color(name: str, value: str) -> str:
        return f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>'

    fixed = {"dk1": s.ink, "lt1": "FFFFFF", "dk2": s.muted, "lt2": s.tint, "hlink": s.accent, "folHlink": s.muted}
    accents = {f"accent{n}": value for n, value in enumerate((s.accent, s.warning, s.muted, s.rule, s.ink, s.accent), 1)}
    order = ("dk1", "lt1", "dk2", "lt2", *accents, "hlink", "folHlink")
    colors = "".join(color(name, (fixed | accents)[name]) for name in order)
    font = f'<a:latin typeface="{s.font}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="jdgen"><a:themeElements>'
        f'<a:clrScheme name="jdgen">{colors}</a:clrScheme>'
        f'<a:fontScheme name="jdgen"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme>'
        f'<a:fmtScheme name="jdgen"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )


if __name__ == "__main__":
    Path(assets.TEMPLATES, REFERENCE).write_bytes(reference_document())
