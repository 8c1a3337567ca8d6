"""schema.org's JobPosting as JSON-LD -> what it says as fields, and the HTML of its description. Nothing is guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jdgen.problem import JdgenError, Problem

_TYPES = {
    "FULL_TIME": "full_time",
    "PART_TIME": "part_time",
    "CONTRACTOR": "contract",
    "TEMPORARY": "temporary",
    "INTERN": "intern",
    "VOLUNTEER": "volunteer",
    "PER_DIEM": "per_diem",
}
_PERIODS = {unit: unit.lower() for unit in ("HOUR", "DAY", "WEEK", "MONTH", "YEAR")}
_AMOUNT = re.compile(r"\d+(?:\.\d{1,6})?")
_COUNTRY = re.compile(r"[A-Z]{2}")
_TEXTS = (
    *("responsibilities", "qualifications", "skills", "experienceRequirements", "educationRequirements"),
    *("jobBenefits", "incentiveCompensation", "workHours", "eligibilityToWorkRequirement", "physicalRequirement"),
    *("securityClearanceRequirement", "specialCommitments", "sensoryRequirement", "industry", "employerOverview"),
)
"""Properties whose text is kept if the description does not have it."""


@dataclass(frozen=True)
class JobPosting:
    """What a JobPosting says."""

    title: str
    description: str
    """HTML."""
    language: str
    posting: Mapping[str, Any]
    """A posting's file as data, without its role; empty if nothing is said as a field."""
    texts: tuple[tuple[str, str], ...]
    """What has no field in a posting, by what it is called."""


def job_posting(text: str, file: str) -> JobPosting:
    """The JobPosting in a JSON text. Raises JdgenError if there is none, or one without title or description."""
    try:
        data = json.loads(text, parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        raise JdgenError([Problem("import.json", "is not JSON that can be read", file)]) from None
    found = next(_postings(data, 0), None)
    if found is None:
        hint = "look for an object whose @type is JobPosting"
        raise JdgenError([Problem("import.no-posting", "holds no JobPosting of schema.org", file, hint=hint)])
    title, description = _text(found.get("title")), _text(found.get("description"))
    if not title or not description:
        lacking = "title" if not title else "description"
        raise JdgenError([Problem("import.no-posting", f"holds a JobPosting without {lacking}", file)])
    whole = re.sub(r"<[^>]*>", " ", description)
    said = ((name, _joined(found.get(name))) for name in _TEXTS)
    texts = tuple((name, value) for name, value in said if value and value not in whole)
    return JobPosting(title, description, _text(found.get("inLanguage")), dict(_fields(found)), texts)


def _postings(data: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > 8:
        return
    if isinstance(data, list):
        for entry in data:
            yield from _postings(entry, depth + 1)
    elif isinstance(data, dict):
        types = data.get("@type")
        if "JobPosting" in (types if isinstance(types, list) else [types]):
            yield data
        else:
            for value in data.values():
                yield from _postings(value, depth + 1)


def _fields(found: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The posting's keys, in the order of its file."""
    identifier = found.get("identifier")
    if isinstance(identifier, dict) and _text(identifier.get("value")):
        yield "identifiers", {_text(identifier.get("name")) or "reference": _text(identifier["value"])}
    elif _text(identifier):
        yield "identifiers", {"reference": _text(identifier)}
    openings = _text(found.get("totalJobOpenings"))
    if openings.isdecimal() and openings != "0":
        yield "openings", openings
    hours = _text(found.get("workHours"))
    kinds = [_TYPES[kind] for kind in map(str, _list(found.get("employmentType"))) if kind in _TYPES]
    if kinds:
        yield "employment", [{"type": kind, "schedule": hours} if hours else kind for kind in kinds]
    if places := [place for each in _list(found.get("jobLocation")) if (place := _place(each))]:
        remote = found.get("jobLocationType") == "TELECOMMUTE"
        yield "locations", [{**place, "workplace": "remote"} if remote else place for place in places]
    if ranges := [pay for each in _list(found.get("baseSalary")) if (pay := _pay(each))]:
        yield "compensation", {"ranges": ranges}
    days = {
        "opens": _text(found.get("datePosted")),
        "closes": _text(found.get("validThrough")),
        "start": _text(found.get("jobStartDate")),
    }
    if any(days.values()):
        yield "dates", {key: day for key, day in days.items() if day}


def _place(data: Any) -> dict[str, str]:
    """A location, if its country is said by its code, without which no posting can say it."""
    address = data.get("address") if isinstance(data, dict) else None
    if not isinstance(address, dict):
        return {}
    country = address.get("addressCountry")
    code = _text(country.get("name") if isinstance(country, dict) else country)
    if not _COUNTRY.fullmatch(code):
        return {}
    keys = (("city", "addressLocality"), ("postal_code", "postalCode"), ("address", "streetAddress"))
    place = {key: _text(address.get(name)) for key, name in keys}
    region = _text(address.get("addressRegion"))
    if re.fullmatch(r"[A-Z0-9]{1,3}", region):
        place["region"] = f"{code}-{region}"
    elif region:
        place["note"] = region
    return {key: value for key, value in place.items() if value} | {"country": code}


def _pay(data: Any) -> dict[str, str]:
    """A pay range exactly as it is given; none if a part of it is not what a posting can say."""
    if not isinstance(data, dict):
        return {}
    value, currency = data.get("value"), _text(data.get("currency"))
    amounts = value if isinstance(value, dict) else {"value": value}
    least = _text(amounts.get("minValue")) or _text(amounts.get("value"))
    most = _text(amounts.get("maxValue"))
    period = _PERIODS.get(_text(amounts.get("unitText")) or _text(data.get("unitText")), "")
    if not (_AMOUNT.fullmatch(least) and period and re.fullmatch(r"[A-Z]{3}", currency)):
        return {}
    pay = {"min": least, "currency": currency, "period": period}
    return pay | ({"max": most} if _AMOUNT.fullmatch(most) and most != least else {})


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _joined(value: Any) -> str:
    """A property's text, or the texts of its list, or the description of what it refers to."""
    texts = [
        _text(each.get("description") or each.get("name")) if isinstance(each, dict) else _text(each)
        for each in _list(value)
    ]
    return "\n".join(filter(None, texts))
