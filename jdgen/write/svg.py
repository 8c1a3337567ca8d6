"""A picture as SVG within a page: shapes with classes, whose colors the page's style sheet gives."""

from __future__ import annotations

from jdgen.drawing import Drawing
from jdgen.write.sketch import Align, Shape, Sketch, sketched
from jdgen.write.xml import attribute, text

WIDE, NARROW = 470.0, 230.0
"""The widths, in points, of what desks and what phones show."""
_ANCHORS: dict[Align, tuple[str, float]] = {"start": ("start", 0.0), "middle": ("middle", 0.5), "end": ("end", 1.0)}


def svg(drawing: Drawing, *, is_rtl: bool = False) -> str:
    """The picture for wide windows and for narrow ones, of which the style sheet shows one."""
    sizes = (("wide", WIDE), ("narrow", NARROW))
    return "\n".join(_svg(sketched(drawing, width, is_rtl=is_rtl), name) for name, width in sizes)


def _svg(sketch: Sketch, name: str) -> str:
    inner = "\n".join(map(_shape, sketch.shapes))
    return (
        f'<svg class="draw draw-{name}" role="img" aria-label="{attribute(sketch.alt)}" direction="ltr" '
        f'viewBox="-1 -1 {sketch.width + 2:g} {round(sketch.height + 2, 2):g}" width="{sketch.width:g}" '
        f'xmlns="http://www.w3.org/2000/svg">\n{inner}\n</svg>'
    )


def _shape(shape: Shape) -> str:
    if shape.lines:
        return _lines(shape)
    fill = f"fill-{shape.fill}" if shape.fill else "fill-none"
    stroke = f" stroke-{shape.stroke}" if shape.stroke else ""
    if not shape.width or not shape.height:
        ends = (
            f'x1="{_n(shape.x)}" y1="{_n(shape.y)}" x2="{_n(shape.x + shape.width)}" y2="{_n(shape.y + shape.height)}"'
        )
        return f'<line class="{stroke.strip()}" {ends}/>'
    size = f'x="{_n(shape.x)}" y="{_n(shape.y)}" width="{_n(shape.width)}" height="{_n(shape.height)}"'
    return f'<rect class="{fill}{stroke}" {size} rx="2"/>'


def _lines(shape: Shape) -> str:
    anchor, share = _ANCHORS[shape.align]
    x = _n(shape.x + share * shape.width)
    high = shape.height / len(shape.lines)
    weight = ' font-weight="700"' if shape.is_bold else ""
    spans = "".join(
        f'<tspan x="{x}" y="{_n(shape.y + high * number + shape.size)}">{text(line)}</tspan>'
        for number, line in enumerate(shape.lines)
    )
    return f'<text class="text-{shape.color}" font-size="{shape.size:g}" text-anchor="{anchor}"{weight}>{spans}</text>'


def _n(value: float) -> str:
    return f"{round(value, 2):g}"
