"""A picture as Word's own graphics: a group of shapes in the line of text (ECMA-376 part 1, 20.4.2.8; MS-ODRAWXML).

Word since 2010 and LibreOffice draw it; it can be edited there, and has an alternative text.
"""

from __future__ import annotations

from collections.abc import Mapping

from jdgen.style import PAPER, HouseStyle, blended
from jdgen.write.sketch import SERIES, Align, Shape, Sketch
from jdgen.write.xml import attribute, text

_EMU = 12_700
"""English Metric Units in a point."""
_NAMESPACES = {
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}
_FIRST = 100
"""The first number of a picture; a logo has one below."""
_SIDES: dict[Align, str] = {"start": "left", "middle": "center", "end": "right"}


def palette(style: HouseStyle) -> Mapping[str, str]:
    """The colors of a picture by their roles, RRGGBB: five tints of the accent, on all of which ink can be read."""
    tints = {f"s{n + 1}": blended(style.accent, PAPER, share) for n, share in enumerate(SHARES)}
    named = {name: getattr(style, name) for name in ("ink", "muted", "accent", "tint", "rule")}
    return {**named, "paper": PAPER, **tints}


SHARES = (0.10, 0.22, 0.34, 0.46, 0.04)
"""How much of the accent is in each tint of a series."""
assert len(SHARES) == SERIES


def vector(sketch: Sketch, number: int, colors: Mapping[str, str], *, is_rtl: bool = False) -> str:
    """A run that shows a picture, the `number`th of the document."""
    id = _FIRST + number * 100
    shapes = "".join(_shape(shape, id + place + 1, colors, is_rtl) for place, shape in enumerate(sketch.shapes))
    size = f'cx="{_emu(sketch.width)}" cy="{_emu(sketch.height)}"'
    spaces = "".join(f' xmlns:{name}="{uri}"' for name, uri in _NAMESPACES.items())
    return (
        f'<w:r><mc:AlternateContent{spaces}><mc:Choice Requires="wpg"><w:drawing>'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{id}" name="Picture {number + 1}" descr="{attribute(sketch.alt)}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_NAMESPACES["wpg"]}"><wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext {size}/><a:chOff x="0" y="0"/><a:chExt {size}/></a:xfrm></wpg:grpSpPr>{shapes}'
        "</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback/>"
        "</mc:AlternateContent></w:r>"
    )


def _shape(shape: Shape, id: int, colors: Mapping[str, str], is_rtl: bool) -> str:
    is_line = not shape.width or not shape.height
    form = "line" if is_line else "rect"
    kind = '<wps:cNvSpPr txBox="1"/>' if shape.lines else "<wps:cNvCnPr/>" if is_line else "<wps:cNvSpPr/>"
    fill = f'<a:solidFill><a:srgbClr val="{colors[shape.fill]}"/></a:solidFill>' if shape.fill else "<a:noFill/>"
    line = (
        f'<a:ln w="6350"><a:solidFill><a:srgbClr val="{colors[shape.stroke]}"/></a:solidFill></a:ln>'
        if shape.stroke
        else "<a:ln><a:noFill/></a:ln>"
    )
    return (
        f'<wps:wsp><wps:cNvPr id="{id}" name="Shape {id}"/>{kind}<wps:spPr><a:xfrm>'
        f'<a:off x="{_emu(shape.x)}" y="{_emu(shape.y)}"/>'
        f'<a:ext cx="{_emu(shape.width)}" cy="{_emu(shape.height)}"/></a:xfrm>'
        f'<a:prstGeom prst="{form}"><a:avLst/></a:prstGeom>{"" if is_line else fill}{line}</wps:spPr>'
        f"{_words(shape, colors, is_rtl) if shape.lines else ''}"
        '<wps:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"><a:noAutofit/></wps:bodyPr></wps:wsp>'
    )


def _words(shape: Shape, colors: Mapping[str, str], is_rtl: bool) -> str:
    bidi, rtl = ("<w:bidi/>", "<w:rtl/>") if is_rtl else ("", "")
    bold = "<w:b/><w:bCs/>" if shape.is_bold else ""
    size = f'<w:sz w:val="{round(2 * shape.size)}"/><w:szCs w:val="{round(2 * shape.size)}"/>'
    look = f'<w:rPr>{bold}<w:color w:val="{colors[shape.color]}"/>{size}{rtl}</w:rPr>'
    side = _SIDES[shape.align]
    if is_rtl:  # in a paragraph from right to left Word turns the sides around
        side = {"left": "right", "right": "left"}.get(side, side)
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{text(line)}</w:t>' for line in shape.lines)
    exact = f'<w:spacing w:before="0" w:after="0" w:line="{round(shape.size * 25)}" w:lineRule="exact"/>'
    return (
        f'<wps:txbx><w:txbxContent><w:p><w:pPr>{bidi}{exact}<w:ind w:left="0"/><w:jc w:val="{side}"/></w:pPr>'
        f"<w:r>{look}{lines}</w:r></w:p></w:txbxContent></wps:txbx>"
    )


def _emu(points: float) -> int:
    return round(points * _EMU)
