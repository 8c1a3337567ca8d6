"""Days and times as ISO 8601 writes them, which is how job boards want them. Nothing is converted."""

from __future__ import annotations

import re

from jdgen.lint.day import is_date

HINT = "write 2027-01-31, or 2027-01-31T23:59+01:00"
_TIME = re.compile(r"T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:Z|[+-]\d\d:[0-5]\d)?")


def is_moment(text: str) -> bool:
    """Whether a text is a day such as 2027-01-31, if need be with a time and its zone."""
    day, time = text[:10], text[10:]
    return is_date(day) and (not time or bool(_TIME.fullmatch(time)))
