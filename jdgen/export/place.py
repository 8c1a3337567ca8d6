"""Where a vacancy is, as schema.org's JobPosting says it and Google reads it.

Google's page on JobPosting: `addressCountry` must be there; `TELECOMMUTE` is only for work that is remote
altogether, never for hybrid, and then needs a country at least from which people may work.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jdgen.export.need import needed, wished
from jdgen.notation import Notation
from jdgen.problem import Problem
from jdgen.role import Role
from jdgen.vacancy import locations
from jdgen.view import View

Data = dict[str, Any]
_ENGLISH = Notation("en")
"""Countries and regions are told to machines in English, whatever the posting's language is."""


def is_remote(role: Role) -> bool:
    """Whether every place of the posting is remote, and none hybrid or on site."""
    places = _places(role)
    return bool(places) and all(place.workplace == "remote" for place in places)


def job_locations(role: Role) -> list[Data]:
    """The places to which people come, or in which a remote job is based: `Place`s. Those that only name
    countries to work from are none if all is remote.
    """
    places = [place for place in _places(role) if place.office or place.city or not is_remote(role)]
    return [
        {"@type": "Place", "address": _address(place, country)} for place in places for country in countries_of(place)
    ]


def applicant_locations(role: Role) -> list[Data]:
    """The countries and regions from which people may work, if all is remote: `Country`s and the like."""
    codes = [code for place in _places(role) if is_remote(role) for code in _from(place)]
    return [_area(code) for code in dict.fromkeys(codes)]


def place_name(place: View, notation: Notation) -> str:
    """A place as people name it: its city, else its region, else the countries."""
    code = str(place.region or place.country or "")
    if place.city:
        return notation.town(str(place.city), code) if code else str(place.city)
    return notation.place(code) if code else notation.listed(notation.country(str(c)) for c in place.remote_from)


def place_problems(role: Role) -> Iterator[Problem]:
    """What Google lacks of the places."""
    posting = role.posting
    if not _places(role):
        message, hint = "Google needs the place of work", "write locations, such as [{city: Bonn, country: DE}]"
        yield needed(posting, ("locations",), "export.location", message, hint)
        return
    for position, place in enumerate(_places(role)):
        if place.workplace == "remote" and not is_remote(role):
            message = "a place that is remote is listed as an ordinary one, since Google takes remote for all or none"
            hint = "give the remote place a posting of its own"
            yield wished(posting, ("locations", position, "workplace"), "export.remote", message, hint)


def countries_of(place: View) -> list[str]:
    """The country of a place by its ISO code, or the countries from which people may work if it names no other."""
    own = place.country or (place.region or "")[:2]
    return [str(code) for code in ([own] if own else place.remote_from)]


def _places(role: Role) -> tuple[View, ...]:
    return tuple(locations(role.posting, role.company))


def _address(place: View, country: str) -> Data:
    return {
        "@type": "PostalAddress",
        **({"streetAddress": str(place.address)} if place.address else {}),
        **({"addressLocality": str(place.city)} if place.city else {}),
        **({"postalCode": str(place.postal_code)} if place.postal_code else {}),
        **({"addressRegion": _region(str(place.region))} if place.region else {}),
        "addressCountry": country,
    }


def _from(place: View) -> list[str]:
    """Codes of where people may work from: as listed, else the place's region or country."""
    return [str(code) for code in place.remote_from] or [str(place.region or place.country)]


def _region(code: str) -> str:
    """A region as addresses write it: by its letters where people do, else by its whole code."""
    is_by_letters = _ENGLISH.place(code) != code
    return code.partition("-")[2] if is_by_letters else code


def _area(code: str) -> Data:
    sort = "AdministrativeArea" if "-" in code else "Country"
    return {"@type": sort, "name": _ENGLISH.place(code)}
