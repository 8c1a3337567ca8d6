"""Days as texts: whether one is a day, and how far two are apart. Nothing here asks what day it is."""

from __future__ import annotations

import re

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_date(text: str) -> bool:
    """Whether a text is a day as 2026-01-31."""
    match = _DATE.fullmatch(text)
    if not match:
        return False
    year, month, day = (int(part) for part in match.groups())
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1] and (is_leap or (month, day) != (2, 29))


def day_number(day: str) -> int | None:
    """The days since 0000-03-01 of the Gregorian calendar, so that days can be told apart; None if it is no day."""
    parts = day.split("-")
    if len(day) != 10 or len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return None
    year, month, date = (int(part) for part in parts)
    years, months = (year, month - 3) if month > 2 else (year - 1, month + 9)
    return 365 * years + years // 4 - years // 100 + years // 400 + (153 * months + 2) // 5 + date - 1
