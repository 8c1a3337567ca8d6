"""Pay as texts state it: `$60,000 - $70,000 a year`, `50-60k EUR`, `28,50 € pro Stunde`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

_SIGNS = {
    "US$": "USD",
    "CA$": "CAD",
    "C$": "CAD",
    "AU$": "AUD",
    "A$": "AUD",
    "NZ$": "NZD",
    "£": "GBP",
    "€": "EUR",
    "¥": "JPY",
    "ZŁ": "PLN",
    "₹": "INR",
}
_CODES = "USD|CAD|AUD|NZD|EUR|GBP|CHF|SEK|NOK|DKK|PLN|CZK|HUF|RON|BGN|JPY|INR|SGD|HKD|BRL|MXN|ZAR"
_CURRENCY = rf"(?:(?:US|CA|C|AU|A|NZ|S|HK)?\$|[£€¥₹]|zł|\bkr\b\.?|\b(?:{_CODES}|euros?|dollars?|francs?)\b)"
_AMOUNT = r"(?<![\d.,])(?:\d{1,3}(?:[ ,.'’\u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?)(?!\d)"
_TO = r"(?:-{1,2}|–|—|\bto\b|\band\b|\bbis\b|\bà\b|\bup to\b|\ba\b)"
_PER = r"(?:\bper\b|\ban?\b|\bpro\b|\bim\b|\bpar\b|\bje\b|\beach\b|/|\bby the\b)"
_UNITS = {
    "year": rf"{_PER}\s*(?:year|yr|annum|Jahr|an|année)\b|\b(?:annual|annually|yearly|p\.\s?a\.?|pa|jährlich)(?!\w)"
    r"|\bJahresgehalt\b",
    "month": rf"{_PER}\s*(?:month|mo|Monat|mois)\b|\bmonthly\b|\bmonatlich\b|\bmensuels?\b",
    "week": rf"{_PER}\s*(?:week|wk|Woche|semaine)\b|\bweekly\b",
    "day": rf"{_PER}\s*(?:day|diem|Tag|jour)\b|\bdaily\b",
    "hour": rf"{_PER}\s*(?:hour|hr|h|Stunde|heure)\b|\bhourly\b|\bp\.?h\.?(?!\w)|\bStundenlohn\b",
}
_END = rf"(?P<ENDbefore>{_CURRENCY})?\s*(?P<END>{_AMOUNT})\s*(?P<ENDk>[kK]\b)?\s*(?P<ENDafter>{_CURRENCY})?"
_BETWEEN = rf"\s*(?:{_PER}\s*\w+\s*)?{_TO}\s*"
_FIGURE = re.compile(f"{_END.replace('END', 'low')}(?:{_BETWEEN}{_END.replace('END', 'high')})?", re.IGNORECASE)
_NOT_MONEY = re.compile(r"\s*(?:\+\s*)?(?:%|percent\b|millions?\b|mn?\b|bn?\b|billions?\b|\(k\))", re.IGNORECASE)
_PAY = re.compile(
    r"\b(?:salar(?:y|ies)|pay|paid(?! (?:time|leave|parental|sick|vacation|holidays?|days?))|wages?|compensation|earn"
    r"|remuneration|hourly|earnings|rate|OTE|on-target|Gehalt\w*|Jahresgehalt|Stundenlohn|Lohn|Vergütung|Entgelt|salaire"
    r"|rémunération|brutto|brut)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:revenues?|budgets?|turnover|ARR|MRR|funding|quotas?|deals?|portfolios?|accounts?|sales of|raised?|stipends?|"
    r"bonus(?:es)?|contracts? worth|savings|grants?|investments?|loans?|purchases?|customers?|allowance|reimburse\w*|"
    r"fees?|assets|prices?|donations?|gifts?|costs?|tuition|profit)\b",
    re.IGNORECASE,
)
_OPEN_BEFORE = re.compile(
    r"(?:\bup to|\bfrom|\bstarting (?:at|from)|\bstarts at|\bas (?:high|much) as|\bat least|\b(?:a )?minimum of|\bab|"
    r"\bmaximum of|\bbis zu)\s*$",
    re.IGNORECASE,
)
_OPEN_AFTER = re.compile(
    rf"\s*(?:{_PER}\s*\w+\s*)?(?:\+|plus\b|and (?:up|above|over|more)\b|or more\b|upwards?\b)", re.IGNORECASE
)
_OPEN_WORDS = re.compile(
    r"\b(?:competitive|attractive|market[- ]rate|commensurate)\s+"
    r"(?:salary|pay|compensation|remuneration|package|wages?)\b"
    r"|\b(?:salary|pay|compensation|wages?)\s*(?:is\s+)?(?::|-)?\s*"
    r"(?:DOE|depend(?:s|ing|ent)\s+on\s+experience|negotiable|competitive|commensurate with experience)\b|\bDOE\b",
    re.IGNORECASE,
)
"""As rule JD-010 of what is written of postings has them: stand-ins for a figure."""


_ENDS = ("\n", ". ", "; ")
_REACH = 200
"""How many characters of a sentence are read on either side of an amount."""


class Figure(NamedTuple):
    """Pay in a text: one amount or two, as far as they can be read; `at` is where `words` begin."""

    low: Decimal
    high: Decimal
    currency: str
    """ISO 4217, or `$`; empty if there is none."""
    period: str
    """One of the posting's periods; empty if there is none."""
    words: str
    at: int
    is_open: bool
    """Whether one end is left open: `$60,000 and up`."""


def pay_figures(text: str, is_pay: bool = False) -> Iterator[Figure]:
    """The pay that a text states. `is_pay` is for a text that is known to be about pay."""
    for match in _FIGURE.finditer(text):
        if not _has_money(match):
            continue
        start, end = _sentence(text, match.start(), match.end())
        before, after = text[start : match.start()], text[match.end() : end]
        period = _period(text[match.start() : match.end() + 40], before)
        if _is_pay(match, before, after, period, is_pay):
            yield _figure(match, before, after, period)


def open_words(text: str) -> Iterator[re.Match[str]]:
    """Words that stand in for a figure, such as `competitive salary`."""
    return _OPEN_WORDS.finditer(text)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """From where to where the sentence around a part of `text` reaches."""
    from_, to = max(0, start - _REACH), min(len(text), end + _REACH)
    first = max(from_, *(text.rfind(mark, from_, start) + 1 for mark in _ENDS))
    return first, min((at for mark in _ENDS if (at := text.find(mark, end, to)) >= 0), default=to)


def _period(near: str, before: str) -> str:
    """What pay is for: the unit behind the amounts, else one in the words before."""
    behind = [(found.start(), unit) for unit, one in _PERIODS.items() if (found := one.search(near))]
    if behind:
        return min(behind)[1]
    named = next((unit for unit, one in _PERIODS.items() if one.search(before)), "")
    return named or ("year" if _SALARY.search(before) else "")


_SALARY = re.compile(r"\bsalar(?:y|ies)\b", re.IGNORECASE)
"""What is for a year unless something else is said."""
_PERIODS = {unit: re.compile(pattern, re.IGNORECASE) for unit, pattern in _UNITS.items()}


def _has_money(match: re.Match[str]) -> bool:
    """Whether the amounts have a currency or stand for thousands."""
    if match[0].lower().strip() in ("401k", "403b"):
        return False
    return any(match[f"{end}{part}"] for end in ("low", "high") for part in ("before", "after", "k"))


def _is_pay(match: re.Match[str], before: str, after: str, period: str, is_pay: bool) -> bool:
    """Whether an amount of money is pay: the sentence speaks of pay, or of nothing else that money is for."""
    if _NOT_MONEY.match(after) or _amount(match, "high" if match["high"] else "low") <= 0:
        return False
    if _PAY.search(before) or _PAY.search(after[:40]):
        return not _OTHER.search(before[-25:]) and not _OTHER.search(after[:15])
    other = _OTHER.search(before) or _OTHER.search(after[:20])
    is_large = _amount(match, "high" if match["high"] else "low") >= 1000
    has_ends = bool(match["high"] or _OPEN_AFTER.match(after))
    return not other and (is_pay or bool(period) or (has_ends and is_large))


def _figure(match: re.Match[str], before: str, after: str, period: str) -> Figure:
    high = _amount(match, "high") if match["high"] else _amount(match, "low")
    low = _amount(match, "low")
    if match["highk"] and not match["lowk"] and low < 1000:
        low *= 1000
    opens = bool(_OPEN_AFTER.match(after)) or (not match["high"] and bool(_OPEN_BEFORE.search(before)))
    return Figure(low, high, _currency(match), period, match[0].strip(), match.start() + _indent(match[0]), opens)


def _indent(words: str) -> int:
    return len(words) - len(words.lstrip())


def _amount(match: re.Match[str], end: str) -> Decimal:
    """The amount at an end of a range. `28,50` and `28.50` have a fraction; `28,500` and `28.500` have none."""
    typed = re.sub(r"[ '’\u00a0\u202f]", "", match[end])
    whole, mark, fraction = typed.replace(",", ".").rpartition(".")
    number = f"{whole.replace('.', '')}.{fraction}" if mark and len(fraction) < 3 else typed.translate(_NO_MARKS)
    return Decimal(number) * (1000 if match[f"{end}k"] else 1)


_NO_MARKS = str.maketrans("", "", ".,")


def _currency(match: re.Match[str]) -> str:
    for part in ("lowbefore", "highbefore", "lowafter", "highafter"):
        if sign := match[part]:
            return _SIGNS.get(sign.upper(), sign.upper())
    return ""
