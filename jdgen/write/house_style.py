"""The house style: a few tokens -> the reference document whose styles all Word files take.

`python -m jdgen.write.house_style` writes `templates/house-style.docx` anew.
"""

from __future__ import annotations

from pathlib import Path

from jdgen import assets
from jdgen.style import HouseStyle
from jdgen.write.package import WORD, Package
from jdgen.write.styles import BOLD, BULLETS, INDENT, NUMBERS, color, styles_part
from jdgen.write.xml import R, W, attribute

REFERENCE = "house-style.docx"
THEME = "application/vnd.openxmlformats-officedocument.theme+xml"
_MARKS = ("•", "–", "·")
_FORMATS = ("decimal", "lowerLetter", "lowerRoman")


def reference_document(style: HouseStyle) -> bytes:
    """An empty Word document that holds the styles, lists, fonts and page of a house style."""
    package = Package()
    package.add("word/document.xml", _document(style), f"{WORD}.document.main+xml")
    package.relate("", "rId1", f"{R}/officeDocument", "word/document.xml")
    parts = {
        "styles": styles_part(style),
        "numbering": numbering_part(style),
        "settings": _settings(),
        "fontTable": _fonts(style),
        "theme": _theme(style),
    }
    for number, (name, xml) in enumerate(parts.items(), 1):
        package.add(f"word/{name}.xml", xml, THEME if name == "theme" else f"{WORD}.{name}+xml")
        package.relate("word/document.xml", f"rId{number}", f"{R}/{name}", f"{name}.xml")
    return package.packed()


def _document(style: HouseStyle) -> str:
    width, height = style.page
    top, right, bottom, left = style.margins
    return (
        f'<w:document xmlns:w="{W}"><w:body><w:p/><w:sectPr><w:pgSz w:w="{width}" w:h="{height}"/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="624" w:footer="567"'
        ' w:gutter="0"/><w:cols w:space="708"/></w:sectPr></w:body></w:document>'
    )


# --- lists, settings, fonts -------------------------------------------------------------------


def numbering_part(s: HouseStyle) -> str:
    """The part `numbering.xml` of a house style: bulleted and numbered lists."""

    def level(depth: int, kind: str, mark: str) -> str:
        return (
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{mark}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{INDENT * (depth + 1)}" w:hanging="{INDENT}"/></w:pPr>'
            f"<w:rPr>{BOLD}{color(s.accent)}</w:rPr></w:lvl>"
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
    compat = (
        ("compatibilityMode", "15"),
        ("overrideTableStyleFontSizeAndJustification", "1"),
        ("doNotFlipMirrorIndents", "1"),
    )
    return (
        f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        + "".join(f'<w:compatSetting w:name="{name}" w:uri="{uri}" w:val="{value}"/>' for name, value in compat)
        + '</w:compat><w:themeFontLang w:val="en-US"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
        "</w:settings>"
    )


def _fonts(s: HouseStyle) -> str:
    other = f'<w:altName w:val="{attribute(s.fallback)}"/>' if s.fallback else ""
    return (
        f'<w:fonts xmlns:w="{W}"><w:font w:name="{attribute(s.font)}">{other}'
        '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
        f'<w:font w:name="{s.mono}"><w:charset w:val="00"/><w:family w:val="modern"/><w:pitch w:val="fixed"/></w:font>'
        "</w:fonts>"
    )


def _theme(s: HouseStyle) -> str:
    """The least theme that the schema takes: Word asks for one, the styles don't use it."""

    def color(name: str, value: str) -> str:
        return f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>'

    fixed = {"dk1": s.ink, "lt1": "FFFFFF", "dk2": s.muted, "lt2": s.tint, "hlink": s.accent, "folHlink": s.muted}
    accents = {
        f"accent{n}": value for n, value in enumerate((s.accent, s.warning, s.muted, s.rule, s.ink, s.accent), 1)
    }
    order = ("dk1", "lt1", "dk2", "lt2", *accents, "hlink", "folHlink")
    colors = "".join(color(name, (fixed | accents)[name]) for name in order)
    font = f'<a:latin typeface="{attribute(s.font)}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="jdgen"><a:themeElements>'
        f'<a:clrScheme name="jdgen">{colors}</a:clrScheme>'
        f'<a:fontScheme name="jdgen"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme>'
        f'<a:fmtScheme name="jdgen"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )


if __name__ == "__main__":
    Path(assets.TEMPLATES, REFERENCE).write_bytes(reference_document(HouseStyle()))
