"""Numbers, money, dates, lists and places as a language writes them: the one door to Babel, and so to CLDR."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal

from jdgen.spec.base import fallbacks

_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})(?:[T ](?P<time>\d{2}:\d{2})(?::\d{2})?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?(?P<rest>\D.*)?",
    re.DOTALL,
)
_DIRECTION = re.compile("[\u061c\u200e\u200f]")
"""Marks that CLDR puts beside numbers; Word says direction run by run."""
_COMMAS = {"ar": "، ", "fa": "، ", "ur": "، ", "ja": "、", "zh": "、"}
_NAMED_REGIONS = frozenset(["AU", "CA", "US"])
"""Countries whose regions people write by the letters of ISO 3166-2."""


class Notation:
    """How one language writes what is not words. Languages that CLDR does not know are written as English."""

    def __init__(self, language: str) -> None:
        self._locale = _locale(language)

    def plural(self, count: str) -> str:
        """The plural category of a count, such as `one` or `few`; of the last number in it, if it is a range."""
        numbers = re.findall(r"\d+", count)
        return self._locale.plural_form(int(numbers[-1])) if numbers else "other"

    def number(self, value: Decimal | int) -> str:
        """A number with its thousands apart; two decimals or more, if it has any."""
        return _spaced(format_decimal(value, _decimals("#,##0", value), self._locale))

    def money(self, least: Decimal, most: Decimal | None, currency: str, between: str = "–") -> str:
        """An amount, or a range of two with `between` between them, in a currency given by its ISO 4217 code."""
        high = least if most is None else most
        pattern = self._locale.currency_formats["standard"].pattern.split(";")[0]
        shape = pattern.replace("0.00", "0")
        low, full = (
            _spaced(format_currency(each, currency, _decimals(shape, least, high), self._locale, currency_digits=False))
            for each in (least, high)
        )
        if high == least:
            return full
        amount = re.search(r"\d.*\d|\d", low)
        is_prefixed = amount is not None and low.endswith(amount[0])
        return f"{low if is_prefixed or amount is None else amount[0]}{between}{full}"

    def day(self, text: str) -> str:
        """A day written `2027-01-31`, with a time and a zone if need be, in words; any other text as it is.

        Times keep their zone: nothing is converted.
        """
        match = _MOMENT.fullmatch(text.strip())
        try:
            day = date.fromisoformat(match["day"]) if match else None
            clock = time.fromisoformat(match["time"]) if match and match["time"] else None
        except ValueError:
            return text
        if match is None or day is None:
            return text
        said = format_date(day, "long", self._locale)
        if clock is not None:
            zone = {None: "", "Z": " UTC"}.get(match["zone"], f" UTC{match['zone']}")
            said = f"{said}, {format_time(clock, 'short', locale=self._locale)}{zone}"
        return _spaced(said) + (match["rest"] or "")

    @property
    def comma(self) -> str:
        """What stands between things that are set side by side."""
        return _COMMAS.get(self._locale.language, ", ")

    def listed(self, entries: Iterable[str]) -> str:
        """The entries as a sentence lists them: `a, b, and c`."""
        return format_list(list(entries), locale=self._locale)

    def country(self, code: str) -> str:
        """A country's name, by its ISO 3166-1 code; the code if CLDR has no name for it."""
        return str(self._locale.territories.get(code, code))

    def place(self, code: str) -> str:
        """A country's or region's name by its ISO code; a region by its letters where people write them."""
        country, _, region = code.partition("-")
        if not region:
            return self.country(country)
        return f"{region}{self.comma}{self.country(country)}" if country in _NAMED_REGIONS else code

    def town(self, city: str, code: str) -> str:
        """A city with the place it is in."""
        country = code.partition("-")[0]
        return f"{city}{self.comma}{self.place(code if country in _NAMED_REGIONS else country)}"

    def language(self, tag: str) -> str:
        """A language's name, by its tag; the tag if it has no name."""
        return _locale(tag).get_display_name(self._locale) or tag


def _locale(language: str) -> Locale:
    for tag in (*fallbacks(language), "en"):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    raise AssertionError("CLDR has English")


def _decimals(pattern: str, *values: Decimal | int) -> str:
    """A pattern with as many decimals as the values need, none or at least two."""
    needed = max(max(0, -int(Decimal(value).normalize().as_tuple().exponent)) for value in values)
    return pattern.replace("0", f"0.{'0' * max(2, needed)}", 1) if needed else pattern


def _spaced(text: str) -> str:
    """Without marks of direction, and with the wider no-break space, which every font has."""
    return _DIRECTION.sub("", text).replace("\u202f", "\xa0")
