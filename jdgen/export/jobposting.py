"""A posting as schema.org's JobPosting in JSON-LD, by Google's rules for job search.

Sources: schema.org/JobPosting; Google Search Central, "Job posting structured data", which requires datePosted,
description, hiringOrganization, jobLocation and title, and wants the page to show what the data says. So whatever
the job description hides is left out here, and nothing that only the hiring team reads is ever put in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from jdgen.escape import plain
from jdgen.export.moment import HINT, is_moment
from jdgen.export.need import needed, wished
from jdgen.export.place import applicant_locations, is_remote, job_locations, place_problems
from jdgen.export.salary import base_salary, salary_problems
from jdgen.export.statement import qualifications_of, statement, statements
from jdgen.phrases import Phrases
from jdgen.problem import Problem
from jdgen.resolve import title_of
from jdgen.role import Role
from jdgen.spec import Company, Posting
from jdgen.spec.company import BenefitSet
from jdgen.spec.posting import Employment
from jdgen.vacancy import arranged_sections, benefits

Data = dict[str, Any]
_TYPES = {
    "full_time": "FULL_TIME",
    "part_time": "PART_TIME",
    "contract": "CONTRACTOR",
    "temporary": "TEMPORARY",
    "intern": "INTERN",
    "apprentice": "OTHER",
    "per_diem": "PER_DIEM",
    "volunteer": "VOLUNTEER",
}
"""Google's words for employment types; it has none for apprentices."""
_GENDERS = re.compile(
    r"\(?\s*(?:[a-z](?:\s*[/|,*]\s*[a-z])+|gn|all genders|any gender|alle geschlechter|tous genres)\s*\)?",
    re.IGNORECASE,
)
"""A suffix of a title that says nothing but that any gender is welcome."""


def job_posting(role: Role, posting: Posting, company: Company, description: str, phrases: Phrases) -> Data:
    """The posting as data, in the order in which people look for it; what it lacks is left out.

    `description` is its job description as HTML, without the title. See `posting_problems` for what must be there.
    """
    dates, contact = posting.dates, posting.contact
    data = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": job_title(role, posting),
        "description": description,
        "identifier": [
            {"@type": "PropertyValue", "name": str(company.name), "propertyID": name, "value": value}
            for name, value in posting.identifiers.items()
        ],
        "datePosted": dates.opens if dates else None,
        "validThrough": dates.closes if dates and dates.closes and is_moment(str(dates.closes)) else None,
        "jobStartDate": dates.start if dates else None,
        "employmentType": employment_types(posting.employment),
        "workHours": _hours(posting.employment),
        "hiringOrganization": {
            "@type": "Organization",
            "name": str(company.name),
            "legalName": company.legal_name if company.legal_name != company.name else None,
            "sameAs": company.website,
        },
        "employmentUnit": {"@type": "Organization", "name": posting.department} if posting.department else None,
        "jobLocation": job_locations(role),
        "jobLocationType": "TELECOMMUTE" if is_remote(role) else None,
        "applicantLocationRequirements": applicant_locations(role),
        "baseSalary": base_salary(role),
        "totalJobOpenings": posting.openings,
        **_said(role, phrases),
        "eligibilityToWorkRequirement": posting.work_authorization.text if posting.work_authorization else None,
        "industry": company.industry,
        "occupationalCategory": [
            {
                "@type": "CategoryCode",
                "codeValue": code.code,
                "name": code.title,
                "inCodeSet": {"@type": "CategoryCodeSet", "name": code.scheme},
            }
            for code in role.spec.occupation_codes
        ],
        "applicationContact": contact
        and {"@type": "ContactPoint", "name": contact.name, "email": contact.email, "telephone": contact.phone},
    }
    given: Data = _given(data)
    return given


def as_jsonld(data: Data) -> str:
    """The data as JSON that can stand in a `script` element: no tag and no comment begins or ends in it."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return text.replace("</", "<\\/").replace("<!", "\\u003c!") + "\n"


def job_title(role: Role, posting: Posting) -> str:
    """The title of the job, as Google wants it: without a suffix that only says that any gender is welcome."""
    suffix = str(posting.title_suffix or "")
    if not _GENDERS.fullmatch(suffix):
        return role.title
    return title_of(role.spec, role.level, posting.model_copy(update={"title_suffix": None}))


def employment_types(contracts: Sequence[Employment]) -> list[str]:
    """Google's words for contracts, each once; one for a fixed term is temporary as well."""
    types = [_TYPES[contract.type] for contract in contracts]
    types += ["TEMPORARY" for contract in contracts if contract.term == "fixed"]
    return list(dict.fromkeys(types))


def posting_problems(role: Role, posting: Posting, description: str) -> Iterator[Problem]:
    """What Google needs and the posting lacks, as errors, and what it would like to have, as warnings."""
    yield from _missing(role, posting)
    yield from place_problems(role)
    yield from salary_problems(role)
    if re.sub(r"<[^>]*>|\s", "", description) in ("", re.sub(r"\s", "", job_title(role, posting))):
        message = "Google needs a description that is more than the title"
        yield Problem("export.description", message, hint="your template of the job description prints little")


def _missing(role: Role, posting: Posting) -> Iterator[Problem]:
    dates, company = posting.dates, role.company
    opens, closes = (dates.opens, dates.closes) if dates else (None, None)
    if company is None:
        message, hint = "Google needs to know who hires", "write company: ID, or say --company"
        yield needed(posting, ("company",), "export.company", message, hint)
    elif company.fictional:
        message = f"{company.name} is fictional, so this is for trying out and not for the web"
        yield wished(company, ("fictional",), "export.fictional", message)
    if opens is None:
        message, hint = "Google needs the day on which the posting opens", "write dates: {opens: 2027-01-31}"
        yield needed(posting, ("dates",), "export.date-posted", message, hint)
    elif not is_moment(str(opens)):
        message = "Google needs the opening day as ISO 8601 writes it"
        yield needed(posting, ("dates", "opens"), "export.date", message, HINT)
    if closes is not None and not is_moment(str(closes)):
        message = "the closing day is left out, since it is not as ISO 8601 writes it"
        yield wished(posting, ("dates", "closes"), "export.date", message, HINT)
    elif closes is None and not (dates and dates.open_until_filled):
        message, hint = "Google would take the posting down by its closing day", "write dates: {closes: 2027-01-31}"
        yield wished(posting, ("dates",), "export.valid-through", message, hint)
    if not posting.employment:
        message, hint = "Google would show the employment type", "write employment: [full_time]"
        yield wished(posting, ("employment",), "export.employment", message, hint)
    if not posting.identifiers:
        message, hint = "Google would know the posting by its number", 'write identifiers: {requisition: "0412"}'
        yield wished(posting, ("identifiers",), "export.identifier", message, hint)


def _said(role: Role, phrases: Phrases) -> Data:
    """What the job description says of the work and of people, as far as it does not hide it."""
    spec, posting, shown = role.spec, role.posting, set(arranged_sections(role))
    required = spec.qualifications.required if spec.qualifications and "required" in shown else ()
    preferred = spec.qualifications.preferred if spec.qualifications and "preferred" in shown else ()
    asked = list(qualifications_of(required))
    able = [one for one in (*asked, *qualifications_of(preferred)) if one.kind in ("knowledge", "skill", "ability")]
    tools = [tool for tool in spec.tools if tool.requirement in ("required", "preferred")] if "tools" in shown else []
    pay = posting.compensation if posting and "pay" in shown else None
    physical = spec.working_conditions.physical if spec.working_conditions and "conditions" in shown else ()

    def of_kind(kind: str) -> list[str]:
        return [statement(one, phrases) for one in asked if one.kind == kind]

    return {
        "responsibilities": statements(spec.responsibilities if "responsibilities" in shown else (), phrases),
        "qualifications": statements(required, phrases),
        "skills": [*(statement(one, phrases) for one in able), *(str(tool.name) for tool in tools)],
        "educationRequirements": of_kind("education"),
        "experienceRequirements": [
            {
                "@type": "OccupationalExperienceRequirements",
                "monthsOfExperience": 12 * one.years,
                "description": statement(one, phrases),
            }
            for one in asked
            if one.years
        ],
        "physicalRequirement": [*statements(physical, phrases), *of_kind("physical")],
        "securityClearanceRequirement": of_kind("clearance"),
        "jobBenefits": _benefits(role, phrases) if "benefits" in shown else [],
        "incentiveCompensation": [
            *statements(pay.variable if pay else (), phrases),
            *([str(pay.equity)] if pay and pay.equity else []),
        ],
        "employerOverview": plain(role.company.about)
        if role.company and role.company.about and "about" in shown
        else None,
    }


def _benefits(role: Role, phrases: Phrases) -> list[str]:
    """The benefits one by one; those of several sets by set, since each is for some people only."""
    all_sets = role.company.benefits if role.company else {}
    sets = [all_sets[one.id] for one in benefits(role)]
    if len(sets) == 1:
        return [*statements(sets[0].items, phrases), *([str(sets[0].footnote)] if sets[0].footnote else [])]
    return [_together(one, phrases) for one in sets]


def _together(one: BenefitSet, phrases: Phrases) -> str:
    """A set of benefits as one text."""
    items = "; ".join(text.removesuffix(".") for text in statements(one.items, phrases))
    title = f"{one.title}: " if one.title else ""
    footnote = f" {one.footnote}" if one.footnote else ""
    return f"{title}{items}.{footnote}"


def _hours(contracts: Sequence[Employment]) -> list[str]:
    return [str(text) for contract in contracts for text in (contract.shift, contract.schedule) if text]


def _given(value: Any) -> Any:
    """The data without what is not there; a list of one is the one, as job boards expect it."""
    if isinstance(value, dict):
        parts = {key: _given(entry) for key, entry in value.items()}
        return {key: entry for key, entry in parts.items() if entry not in (None, "", [])}
    if isinstance(value, list):
        return _given(value[0]) if len(value) == 1 else [_given(entry) for entry in value]
    return str(value) if isinstance(value, str) else value
