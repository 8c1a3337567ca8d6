"""How a company's Word files look."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from jdgen.spec.base import Int, Positive, Spec, Text, Word

Color = Annotated[Word, Field(pattern=r"^#?[0-9A-Fa-f]{6}$")]
RelativePath = Annotated[Word, Field(pattern=r"^[^/\\~:][^\\:]*$")]


class Colors(Spec):
    """The colors of documents."""

    noun = "the colors"

    text: Color | None = Field(None, description="Text.")
    muted: Color | None = Field(None, description="Text of less weight: subtitles, headers, notes.")
    accent: Color | None = Field(None, description="The company's own color: lines, links, points of a scale.")
    warning: Color | None = Field(None, description="The line beside a warning.")
    tint: Color | None = Field(None, description="The ground of callouts and rating scales; a very light color.")
    rule: Color | None = Field(None, description="Thin lines in tables.")


class LogoFile(Spec):
    """The picture on the first page."""

    noun = "a logo"
    shorthand = "file"

    file: RelativePath = Field(description="A PNG or JPEG file; its path counts from this file.")
    text: Text | None = Field(
        None, description="What it shows, for those who don't see it; the company's name if absent."
    )
    height: Positive | None = Field(None, le=40, description="Its height in millimeters; 12 if absent.")


class Appearance(Spec):
    """How Word files look."""

    noun = "the house style"

    font: Text | None = Field(None, description="The font's name; one that every reader has. Calibri if absent.")
    size: Annotated[Int, Field(ge=8, le=14)] | None = Field(
        None, description="The size of text in points; 10.5 if absent."
    )
    colors: Colors | None = Field(None, description="Colors, as RRGGBB.")
    page: Literal["A4", "Letter"] | None = Field(None, description="The size of paper; A4 if absent.")
    logo: LogoFile | None = Field(None, description="A picture on the first page.")
    reference: RelativePath | None = Field(
        None, description="A Word file (.docx) whose styles, fonts and page are taken; its path counts from this file."
    )
