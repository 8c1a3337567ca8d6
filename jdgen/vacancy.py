"""What a posting and its company say of a role, as templates see it: places, benefits, statements, headings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jdgen.role import Role
from jdgen.spec import Company, Posting
from jdgen.spec.company import BenefitSet, Office, Statement
from jdgen.spec.section import SECTIONS, Arrangement
from jdgen.view import View, fields_of, view


def _arrangements(role: Role) -> list[Arrangement]:
    """The posting's arrangement of sections before the role's, and that before the company's."""
    files = (role.posting, role.spec, role.company)
    return [file.sections for file in files if file is not None and file.sections]


def arranged_sections(role: Role) -> tuple[str, ...]:
    """The sections of a job description in order, without the hidden ones."""
    arrangements = _arrangements(role)
    first: tuple[str, ...] = next((a.order for a in arrangements if a.order), ())
    hidden = {section for arrangement in arrangements for section in arrangement.hide}
    ordered = [*first, *(section for section in SECTIONS if section not in first)]
    return tuple(section for section in ordered if section not in hidden)


def headings_of(role: Role) -> dict[str, str]:
    """Own headings by section, the posting's before the role's, those before the company's."""
    headings: dict[str, str] = {}
    for arrangement in reversed(_arrangements(role)):
        headings.update({section: str(title) for section, title in arrangement.titles.items()})
    return headings


def intros_of(role: Role) -> dict[str, Any]:
    """The texts under headings by section, the posting's before the role's, those before the company's."""
    intros: dict[str, Any] = {}
    for arrangement in reversed(_arrangements(role)):
        intros.update({str(section): text for section, text in arrangement.intros.items()})
    return intros


def posting_view(role: Role) -> Any:
    """The posting: pay ranges with the company's currency where they name none, levels by their names."""
    posting, names = role.posting, {level.id: str(level.name) for level in role.spec.levels}
    if posting is None:
        return None
    pay = posting.compensation
    if pay is not None:
        currency = role.company.currency if role.company else None
        ranges = tuple(
            each.model_copy(update={"currency": each.currency or currency, "level": names.get(each.level or "")})
            for each in pay.ranges
        )
        pay = pay.model_copy(update={"ranges": ranges})
    also = tuple(names[name] for name in posting.also_levels)
    return view(posting.model_copy(update={"compensation": pay, "also_levels": also}))


def locations(posting: Posting | None, company: Company | None) -> Iterator[View]:
    """The posting's places of work, each with what its office says of it."""
    offices: dict[str, Office] = {office.id: office for office in company.offices} if company else {}
    for location in posting.locations if posting else ():
        office = offices.get(location.office or "")
        fields = dict(fields_of(view(location)))
        fields["office"] = view(office)
        for key in ("city", "region", "country", "postal_code", "address"):
            fields[key] = fields[key] or (getattr(office, key) if office else None)
        yield View("a location", fields)


def posting_places(posting: Posting | None, company: Company | None) -> list[str]:
    """The ISO places of a posting, each region before its country, in the posting's order."""
    places: list[str] = []
    for location in locations(posting, company):
        places += [place for place in (location.region, location.country, *location.remote_from) if place]
    return list(dict.fromkeys(places))


def benefits(role: Role) -> Iterator[View]:
    """The benefit sets that the posting names, else those that apply to it."""
    if role.company is None:
        return
    posting = role.posting
    contracts = posting.employment if posting else ()
    named = [*(posting.benefits if posting else ()), *(c.benefits for c in contracts if c.benefits)]
    countries = {place[:2] for place in posting_places(posting, role.company)}
    for name, benefits in role.company.benefits.items():
        if name in named or (not named and _applies(benefits, countries, {c.type for c in contracts}, role)):
            yield view(benefits, id=name)


def _applies(benefits: BenefitSet, countries: set[str], contracts: set[str], role: Role) -> bool:
    to = benefits.applies_to
    if to is None:
        return True
    levels = {role.level.id} if role.level else set()
    asked = ((to.countries, countries), (to.employment, contracts), (to.levels, levels))
    return all(not wanted or bool(there.intersection(wanted)) for wanted, there in asked)


def statements(role: Role) -> Iterator[View]:
    """Each of the company's statements in the wordings that the posting's places ask for."""
    places = posting_places(role.posting, role.company)
    for name, statement in role.company.statements.items() if role.company else ():
        yield View(
            "a statement",
            {"id": name, "title": statement.title, "wordings": tuple(_wordings(statement, places))},
        )


def _wordings(statement: Statement, places: list[str]) -> Iterator[View]:
    """The wordings that hold for `places`, each with its places where there is more than one."""
    own = {place: statement.by_place[place] for place in places if place in statement.by_place}
    covered = {place[:2] for place in own}
    others = [place for place in places if len(place) == 2 and place not in covered]
    if not own:
        yield View("a wording", {"places": (), "text": statement.text})
        return
    if others:
        yield View("a wording", {"places": tuple(others), "text": statement.text})
    for place, text in own.items():
        yield View("a wording", {"places": (place,) if others or len(own) > 1 else (), "text": text})
