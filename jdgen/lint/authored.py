"""Spec files -> the passages that candidates read of them, and job descriptions as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from jdgen.lint.passage import Description, Passage
from jdgen.lint.spelling import SPELLINGS
from jdgen.places import Place
from jdgen.role import Role
from jdgen.spec import Company, Posting, RoleSpec
from jdgen.spec.file import SpecFile
from jdgen.spec.qualification import Qualification
from jdgen.spec.walk import Path, parts, texts
from jdgen.vacancy import arranged_sections, benefits

_PATCHED = {"required": "required", "preferred": "preferred", "milestones": "success", "motivators": "offer"} | {
    "responsibilities": "responsibilities",
    "scope_out": "scope",
    "summary": "role",
    "team": "role",
    "reports_to": "role",
}
_SECTIONS: Mapping[type[SpecFile], Mapping[str, str]] = {
    RoleSpec: {
        "title": "title",
        "tagline": "role",
        "summary": "role",
        "team": "role",
        "works_with": "role",
        "motivators": "offer",
        "responsibilities": "responsibilities",
        "success": "success",
        "work_profile": "work_profile",
        "scope.out": "scope",
        "tools": "tools",
        "qualifications.required": "required",
        "strengths.interpersonal": "required",
        "qualifications.preferred": "preferred",
        "qualifications.not_required": "not_required",
        "working_conditions": "conditions",
        "interview_plan.summary": "hiring",
        "extra_sections": "",
    },
    Company: {
        "about": "about",
        "mission": "about",
        "values": "values",
        "benefits": "benefits",
        "statements": "statements",
    },
    Posting: {
        "title_suffix": "title",
        "specialty": "title",
        "compensation": "pay",
        "employment": "conditions",
        "locations": "conditions",
        "work_authorization": "conditions",
        "checks": "conditions",
        "travel": "conditions",
        "relocation": "conditions",
        "dates": "apply",
        "apply": "apply",
        "screening_questions": "application",
        "extra_sections": "",
    },
}
"""By file, the section of a job description that the texts under a key stand in."""
_INTERNAL = ("look_for", "audience")
_ITEMS = frozenset(["text", "options", "name"])


def passages(file: SpecFile, language: str) -> Iterator[Passage]:
    """What candidates read of one file in one language, each text once, with its place.

    `language` is what texts are written in that are not given by language.
    """
    internal = _internal_sections(file)
    added = dict(_said_by_fields(file))
    for where, tag, text in texts(file):
        section = _section(type(file), where)
        is_language = (tag or language).partition("-")[0] == language.partition("-")[0]
        if section is not None and is_language and where[:2] not in internal and not set(where) & set(_INTERNAL):
            whole = text + added.get(where, "")
            place = Place(file.origin, (*where, tag) if tag else where)
            yield Passage(whole, section, place, is_item=_is_item(where))


def _said_by_fields(file: SpecFile) -> Iterator[tuple[Path, str]]:
    """What documents say after a qualification's text because a field of it says so."""
    for where, part in parts(file):
        if isinstance(part, Qualification):
            said = [f"{part.years} years of experience"] if part.years else []
            said += ["or equivalent evidence"] if part.or_equivalent else []
            yield (*where, "text"), "".join(f", {each}" for each in said)


def _section(kind: type[SpecFile], where: Path) -> str | None:
    """The section of the text at a path; None for a text that candidates don't read."""
    if "patch" in where:
        return _PATCHED.get(str(where[where.index("patch") + 1]))
    if where[0] == "levels":
        return "title" if where[-1] == "title" else "role" if where[-1] == "summary" else None
    table = _SECTIONS.get(kind, {})
    return table.get(".".join(map(str, where[:2])), table.get(str(where[0])))


def _is_item(where: Path) -> bool:
    return len(where) > 1 and isinstance(where[-2], int) and where[-1] in _ITEMS


def _internal_sections(file: SpecFile) -> set[Path]:
    """The paths of extra sections that candidates don't see."""
    extra = getattr(file, "extra_sections", ())
    return {("extra_sections", i) for i, section in enumerate(extra) if section.audience == "internal"}


def description_of(role: Role) -> Description:
    """The role's job description as a whole, as far as the files say it; headings in the order in which it is read."""
    own = [passage for passage in passages(role.spec, role.language) if passage.place.where[0] != "levels"]
    found = [*own, *_of_posting(role), *_of_company(role)]
    order = ["title", *arranged_sections(role)]
    seen = [passage for passage in found if passage.section in order or not passage.section]
    last = order.index("statements") if "statements" in order else len(order)  # where sections of one's own stand
    seen.sort(key=lambda passage: order.index(passage.section) if passage.section else last)
    title = Passage(role.title, "title", Place(role.spec.origin, ("title",)))
    body = tuple(passage for passage in seen if passage.section != "title")
    headings: dict[str, Place] = {}
    for passage in body:
        headings.setdefault(passage.section, Place(passage.place.origin, passage.place.where[:2]))
    spelling = (role.company and role.company.spelling) or (role.language if role.language in SPELLINGS else "")
    return Description(
        title.place, title, body, headings, role.language, is_posting=role.posting is not None, spelling=spelling
    )


def _of_posting(role: Role) -> Iterable[Passage]:
    if role.posting is None:
        return ()
    found = [p for p in passages(role.posting, role.language) if p.place.where[0] != "patch"]
    said = [passage for passage in found if passage.section not in ("title", "application")]
    return [*_ranges(role.posting), *said]


def _ranges(posting: Posting) -> Iterator[Passage]:
    """The pay ranges as text."""
    for position, pay in enumerate(posting.compensation.ranges if posting.compensation else ()):
        amounts = f"{pay.min:,} to {pay.max:,}" if pay.max is not None else f"{pay.min:,}"
        place = Place(posting.origin, ("compensation", "ranges", position))
        yield Passage(f"Pay: {pay.currency or ''} {amounts} a {pay.period}", "pay", place, is_item=True)


def _of_company(role: Role) -> Iterable[Passage]:
    """What the company says, of its benefits those that apply."""
    if role.company is None:
        return ()
    applying = {benefit.id for benefit in benefits(role)}
    found = passages(role.company, role.language)
    return [p for p in found if p.section != "benefits" or str(p.place.where[1]) in applying]
