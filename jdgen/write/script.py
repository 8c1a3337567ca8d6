"""Languages and scripts: which fonts and marks Word needs for what is not written in Latin letters.

Word picks one of a run's fonts by each character's range, but not its direction, nor the fonts of
complex scripts, nor which East Asian forms a Chinese character takes (ECMA-376 part 1, 17.3.2.26 and
17.3.2.30): these are said run by run.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

_RTL = ("ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi")
_EAST_ASIAN = {  # by language: the tag that Word knows, and a font that comes with it
    "ja": ("ja-JP", "Yu Gothic"),
    "ko": ("ko-KR", "Malgun Gothic"),
    "zh": ("zh-CN", "Microsoft YaHei"),
    "zh-hant": ("zh-TW", "Microsoft JhengHei"),
}
_COMPLEX_FONTS = {"rtl": "Arial", "indic": "Nirmala UI", "southeast": "Leelawadee UI"}
_COMPLEX_LANGUAGES = {
    **dict.fromkeys(_RTL, "rtl"),
    **dict.fromkeys(("bn", "gu", "hi", "kn", "kok", "ml", "mr", "ne", "or", "pa", "sa", "si", "ta", "te"), "indic"),
    **dict.fromkeys(("km", "lo", "th"), "southeast"),
}
_EMOJI_FONT = "Segoe UI Emoji"
_EMOJI = "\U0001f000-\U0001faff"
_SCRIPTS = {
    "emoji": re.compile(f"[{_EMOJI}\u20e3\U000e0020-\U000e007f]|.(?=\ufe0f)"),
    "rtl": re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff]"),
    "indic": re.compile("[\u0900-\u0dff\ua8e0-\ua8ff]"),
    "southeast": re.compile("[\u0e00-\u0eff\u1780-\u17ff\u19e0-\u19ff]"),
    "east": re.compile(
        "[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
    ),
}
_KANA = re.compile("[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f]")
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")
_LATIN = re.compile("[\u0000-\u058f\u1c80-\u200c\u200e-\u2bff]*\\Z")
_JOINING = ("\u200c", "\u200d", "\ufe0e", "\ufe0f")
_STICKY = re.compile(r"[+#%/&@$€£§°=_*-]")


@dataclass(frozen=True)
class Language:
    """What a Word file says of its language."""

    tag: str
    is_rtl: bool
    east_asian: tuple[str, str] | None
    """The tag and font of East Asian text, if it is its language."""
    complex: tuple[str, str] | None
    """The tag and font of complex scripts, if its language is written in one."""
    is_styled: bool = True
    """Whether the document's styles are for it, so that runs need not say so."""


class Piece(NamedTuple):
    """A part of a text in one script."""

    text: str
    fonts: str = ""
    """What the run says of its fonts, as XML."""
    marks: str = ""
    """What it says of direction and language, as XML."""


def language_of(tag: str) -> Language:
    """What to say of a language, by its BCP 47 tag."""
    main, *rest = tag.lower().split("-")
    is_traditional = main == "zh" and bool({"hant", "tw", "hk", "mo"} & set(rest))
    script = _COMPLEX_LANGUAGES.get(main)
    return Language(
        tag,
        main in _RTL,
        _EAST_ASIAN.get("zh-hant" if is_traditional else main),
        (tag, _COMPLEX_FONTS[script]) if script else None,
    )


def is_latin(text: str) -> bool:
    """Whether a text has no character of another script, nor one that needs a font of its own."""
    return text.isascii() or _LATIN.match(text) is not None


def pieces(text: str, language: Language) -> Iterator[Piece]:
    """`text` in the parts that need marks of their own; all of it as it is, if it is Latin."""
    if is_latin(text) and not language.is_rtl:
        yield Piece(text)
        return
    scripts = _resolved(text, "rtl" if language.is_rtl else "")
    start = 0
    for script, run in groupby(scripts):
        length = len(list(run))
        yield _piece(text, slice(start, start + length), script, language)
        start += length


def _resolved(text: str, base: str) -> list[str]:
    """The script of each character. What has none of its own takes that of its neighbors if they agree,
    and otherwise the document's; a sign that touches a Latin word, as in C++, belongs to it.
    """
    scripts: list[str | None] = [_script(character, text[n + 1 : n + 2]) for n, character in enumerate(text)]
    for n, script in enumerate(scripts):
        if script is None and n and (text[n] in _JOINING or unicodedata.combining(text[n])):
            scripts[n] = scripts[n - 1]
        elif script is None and n and scripts[n - 1] == "" and _STICKY.match(text[n]):
            scripts[n] = ""
    done: list[str] = []
    start = 0
    for script, run in groupby(scripts):
        length = len(list(run))
        end = start + length
        before, after = done[-1] if done else base, scripts[end] if end < len(scripts) else base
        chosen = script if script is not None else before if before == after != "emoji" else base
        done += [chosen] * length
        start = end
    return done


def _script(character: str, following: str) -> str | None:
    """A character's script: empty for Latin and the like, None where it belongs to none."""
    for name, pattern in _SCRIPTS.items():
        if pattern.match(character + following):
            return (
                None if name == "rtl" and unicodedata.bidirectional(character) not in ("R", "AL", "AN", "NSM") else name
            )
    return "" if unicodedata.bidirectional(character) == "L" else None


def _piece(whole: str, part: slice, script: str, language: Language) -> Piece:
    text = whole[part]
    if not script:
        return Piece(text)
    if script == "emoji":
        return Piece(text, _fonts(_EMOJI_FONT, "ascii", "hAnsi", "eastAsia", "cs"))
    if script == "rtl":
        return Piece(
            text, "" if language.is_rtl and language.is_styled else _fonts(_COMPLEX_FONTS[script], "cs"), "<w:rtl/>"
        )
    if script in _COMPLEX_FONTS:
        return Piece(text, _fonts(_COMPLEX_FONTS[script], "cs"), "<w:cs/>")
    tag, font = language.east_asian or _EAST_ASIAN[_guessed(whole)]
    return Piece(text, f'<w:rFonts w:eastAsia="{font}" w:hint="eastAsia"/>', f'<w:lang w:eastAsia="{tag}"/>')


def _guessed(text: str) -> str:
    """The East Asian language of a text that stands in a document of another language."""
    return "ja" if _KANA.search(text) else "ko" if _HANGUL.search(text) else "zh"


def _fonts(font: str, *slots: str) -> str:
    return "<w:rFonts " + " ".join(f'w:{slot}="{font}"' for slot in slots) + "/>"
