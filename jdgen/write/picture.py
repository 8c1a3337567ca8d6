"""Pictures in Word files."""

from __future__ import annotations

from typing import NamedTuple

from docx.image.image import Image

from jdgen.problem import JdgenError, Problem, shown
from jdgen.style import Logo
from jdgen.write.xml import attribute

_EMU_PER_MM = 36_000
_PICTURES = {"image/png": "png", "image/jpeg": "jpeg"}
_WIDEST = 80
"""The most millimeters that a logo is wide."""


class Picture(NamedTuple):
    """A picture's bytes, suffix, and size in English Metric Units."""

    data: bytes
    suffix: str
    width: int
    height: int


def picture_of(logo: Logo) -> Picture:
    """The logo as a picture of the height that is asked for, but of no more than a sensible width.

    Raises JdgenError if it is no picture that Word shows.
    """
    try:
        data = logo.file.read_bytes()
        image = Image.from_blob(data)
        suffix = _PICTURES[image.content_type]
        wide, high = image.px_width, image.px_height
        millimeters = min(logo.height, _WIDEST * high / wide)
        height = round(millimeters * _EMU_PER_MM)
        return Picture(data, suffix, round(height * wide / high), height)
    except Exception as error:  # whatever python-docx raises, the file is the user's
        raise _unusable(logo) from error


def _unusable(logo: Logo) -> JdgenError:
    hint = "a logo is a PNG or JPEG file; its place counts from the company's file"
    return JdgenError([Problem("logo.unreadable", "can't be read as a picture", shown(logo.file), hint=hint)])


def drawing(picture: Picture, logo: Logo, relationship: str) -> str:
    """A run that shows a picture, with its alternative text (ECMA-376 part 1, 20.4.2.8)."""
    main = "http://schemas.openxmlformats.org/drawingml/2006/main"
    pictures = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    place = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    said = attribute(logo.text)
    size = f'cx="{picture.width}" cy="{picture.height}"'
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{place}" distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="1" name="Logo" descr="{said}"/><a:graphic xmlns:a="{main}"><a:graphicData uri="{pictures}">'
        f'<pic:pic xmlns:pic="{pictures}"><pic:nvPicPr><pic:cNvPr id="1" name="Logo" descr="{said}"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relationship}"/><a:stretch><a:fillRect/></a:stretch>'
        "</pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
