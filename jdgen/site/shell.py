"""What stands around the main part of each page: head, policy, where one is, what one can do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files

from jdgen.style import PAPER, HouseStyle, blended, readable
from jdgen.write.page import language_attributes
from jdgen.write.vector import SHARES
from jdgen.write.xml import attribute, text

POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'"
"""Nothing but the site's own style sheet and script: no inline code, no network."""
STYLE, SCRIPT = "style.css", "page.js"
_DARK = {"paper": "111714", "ink": "E8EFEB", "muted": "A9B6AF", "tint": "1A2420", "rule": "33403A"}


@dataclass(frozen=True)
class Link:
    """A link, or the page one is on."""

    label: str
    target: str
    is_here: bool = False
    language: str = ""
    """The language of the label, if it is another one than the page's."""

    def html(self) -> str:
        here = ' aria-current="page"' if self.is_here else ""
        tongue = f' lang="{attribute(self.language)}" hreflang="{attribute(self.language)}"' if self.language else ""
        return f'<a href="{attribute(self.target)}"{here}{tongue}>{text(self.label)}</a>'


@dataclass(frozen=True)
class Page:
    """A page: what it is, and its parts as HTML."""

    title: str
    language: str
    main: str
    up: str = ""
    """The way to the folder that has the style sheet."""
    description: str = ""
    where: Sequence[str] = ()
    """What is above it, as HTML."""
    header: str = ""
    footer: str = ""
    skip: str = ""
    head: str = ""
    """What else the head has."""
    after: str = ""
    """What follows the footer."""
    is_public: bool = False

    def data(self) -> bytes:
        """The page's file."""
        about = f'\n<meta name="description" content="{attribute(self.description)}">' if self.description else ""
        robots = "" if self.is_public else '\n<meta name="robots" content="noindex, nofollow">'
        where = "".join(f"<li>{each}</li>" for each in self.where)
        trail = f'<ul class="where">{where}</ul>\n' if where else ""
        foot = f"<footer>{text(self.footer)}</footer>\n" if self.footer else ""
        up = attribute(self.up)
        return f"""<!doctype html>
<html{language_attributes(self.language)}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{attribute(POLICY)}">{robots}
<title>{text(self.title)}</title>{about}
<link rel="stylesheet" href="{up}{STYLE}">
<script src="{up}{SCRIPT}" defer></script>{self.head}
</head>
<body>
<a class="skip" href="#main">{text(self.skip)}</a>
<div class="wrap">
<header>
{trail}{self.header}</header>
<main id="main">
{self.main}</main>
{foot}</div>{self.after}
</body>
</html>
""".encode()


def navigation(name: str, label: str, links: Iterable[Link], shown: str = "") -> str:
    """Links in a line, under a label that readers of screens hear; `shown` stands before them."""
    inner = "\n".join([f"<span>{text(shown)}</span>"] * bool(shown) + [link.html() for link in links])
    return f'<nav class="{attribute(name)}" aria-label="{attribute(label)}">\n{inner}\n</nav>\n'


def style_sheet(style: HouseStyle) -> bytes:
    """The style sheet, in a company's font and colors; each color is made as dark, or as light, as it takes to read."""
    light = {
        "ink": readable(style.ink, style.tint),
        "muted": readable(style.muted, style.tint),
        "accent": readable(style.accent, style.tint),
        "warning": readable(style.warning, style.tint),
        "tint": style.tint,
        "rule": style.rule,
    }
    dark = _DARK | {name: readable(getattr(style, name), _DARK["tint"]) for name in ("accent", "warning")}
    for colors, ground in ((light, PAPER), (dark, _DARK["paper"])):
        colors |= {f"s{n + 1}": blended(colors["accent"], ground, share) for n, share in enumerate(SHARES)}
    fonts = ", ".join(f'"{_font(name)}"' for name in (style.font, style.fallback) if _font(name))
    font = f'  --font: {fonts}, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;\n'
    in_dark = f"@media (prefers-color-scheme: dark) {{\n:root:root {{\n{_variables(dark)}}}\n}}\n"
    head = f":root {{\n{font}{_variables(light)}}}\n{in_dark}"
    return head.encode() + files(__package__).joinpath(STYLE).read_bytes()


def script() -> bytes:
    """The script of all pages."""
    return files(__package__).joinpath(SCRIPT).read_bytes()


def _variables(colors: dict[str, str]) -> str:
    return "".join(f"  --{name}: #{color};\n" for name, color in colors.items())


def _font(name: str) -> str:
    return "".join(letter for letter in name if letter.isalnum() or letter in " -_")
