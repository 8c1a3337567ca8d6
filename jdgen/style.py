"""The house style as data: what a company sets of how its documents look."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

READABLE = 4.5
"""The least contrast of text of normal size (WCAG 2.2, success criterion 1.4.3)."""
PAPER = "FFFFFF"
_MIDDLE = 0.18
"""The luminance at which black and white stand out as much (WCAG 2.2, contrast ratio)."""
PAGES = {"A4": (11906, 16838), "Letter": (12240, 15840)}
"""Page sizes by name: width and height in twentieths of a point."""


@dataclass(frozen=True)
class Logo:
    """The picture on the first page."""

    file: Path
    text: str
    """What it shows, for those who don't see it."""
    height: float = 12
    """In millimeters."""


@dataclass(frozen=True)
class HouseStyle:
    """Font, sizes in points, colors as RRGGBB, lengths in twentieths of a point."""

    font: str = "Calibri"
    fallback: str = "Carlito"
    mono: str = "Consolas"
    size: float = 10.5
    leading: float = 1.15
    ink: str = "1B2420"
    muted: str = "56625C"
    accent: str = "0B6650"
    warning: str = "9A3B12"
    tint: str = "F1F6F3"
    rule: str = "D5DEDA"
    page: tuple[int, int] = PAGES["A4"]
    margins: tuple[int, int, int, int] = (1077, 1247, 1077, 1247)
    logo: Logo | None = None
    reference: Path | None = None
    """A Word file whose styles, lists, fonts and page are taken instead."""

    @property
    def width(self) -> int:
        """The width of the text."""
        return self.page[0] - self.margins[1] - self.margins[3]


def contrast(one: str, other: str) -> float:
    """How much two colors, RRGGBB, stand apart: 1 to 21 (WCAG 2.2, contrast ratio)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable(color: str, ground: str) -> str:
    """The color nearest to `color`, darker or on a dark ground lighter step by step, that can be read on `ground`."""
    end = 0 if _luminance(ground) > _MIDDLE else 255
    channels = _channels(color)
    for step in range(100, -1, -1):
        nearer = "".join(f"{round(end + (channel - end) * step / 100):02X}" for channel in channels)
        if contrast(nearer, ground) >= READABLE:
            return nearer
    return f"{end:02X}" * 3


def blended(color: str, ground: str, share: float) -> str:
    """`color` over `ground`, as if only a share of it, 0 to 1, were opaque."""
    pairs = zip(_channels(color), _channels(ground), strict=True)
    return "".join(f"{round(one * share + other * (1 - share)):02X}" for one, other in pairs)


def _channels(color: str) -> tuple[int, ...]:
    return tuple(int(color[at : at + 2], 16) for at in (0, 2, 4))


def _luminance(color: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    parts = (channel / 255 for channel in _channels(color))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
