"""Exports for job boards and hiring systems: what they hold, what keeps them from being made, and nothing internal."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from jdgen.cli import app
from jdgen.export.files import Exported, export_role
from jdgen.export.jobposting import as_jsonld, employment_types
from jdgen.export.moment import is_moment
from jdgen.export.questions import COLUMNS
from jdgen.form import form_in
from jdgen.load import Library, load_role
from jdgen.problem import JdgenError
from jdgen.render import render_document
from jdgen.request import EXPORTS, Request, Target
from jdgen.resolve import resolve_role
from jdgen.spec.posting import Employment
from tests.schema_types import TABLE, faults, google_faults

ROOT = Path(__file__).parent.parent
KNOWN = json.loads(TABLE.read_text(encoding="utf-8"))
SHIPPED = ("ai-engineer", "ml-engineer", "software-engineer")
ROLE = """\
jdgen: 1
title: Baker
tagline: Bread for the quarter.
family: Kitchen
occupation_codes: [{scheme: ISCO-08, code: "7512", title: Bakers}]
summary: You bake.
responsibilities:
  - Bake **bread** </script><!-- x
  - title: Mornings
    items: ["Light the [oven](https://oven.example.com)."]
qualifications:
  required:
    - {text: A baker's diploma., kind: education, or_equivalent: true}
    - {text: Work in a bakery, kind: experience, years: 2, note: of any size}
    - {text: Sourdough, kind: skill, competency: baking}
    - {text: Lifting sacks of 25 kg, kind: physical}
    - {text: Police record, kind: clearance}
    - {label: Language, any_of: [German, French]}
tools: [{name: Deck oven, requirement: required}, {name: Mixer, requirement: example}]
competencies:
  - id: baking
    name: Baking
    definition: Bakes.
    anchors: {1: Burns it., 3: Bakes it., 5: "=Perfects it."}
    red_flags: [Blames the oven.]
    questions:
      - id: last-loaf
        kind: behavioral
        text: "=Tell me of a loaf."
        minutes: 5-10
        probes: [Why?, How?]
        strong: [Names the flour.]
        red_flags: ["@oven"]
interview_plan:
  stages:
    - id: call
      name: Call
      purpose: To talk.
      minutes: 10
      interviewers: [Owner]
    - id: talk
      name: Talk
      purpose: To hear of loaves.
      minutes: 30
      interviewers: [Master baker]
      competencies: [baking]
      questions: [last-loaf]
notes: Secret of the house.
"""
COMPANY = """\
jdgen: 1
name: Good Bread
legal_name: Good Bread GmbH
website: https://bread.example.com
currency: EUR
industry: Bakeries
about: We bake **at night**.
offices:
  - {id: mill, name: The mill, city: Basel, region: CH-BS, country: CH, address: Mill Lane 1}
  - {id: shop, city: Austin, region: US-TX, country: US}
benefits:
  all: {items: [Free bread.], footnote: From day one.}
"""
POSTING = """\
jdgen: 1
role: baker
company: bread
title_suffix: (m/w/d)
identifiers: {requisition: "0042"}
tracking_codes: ["#SECRET-1"]
department: Nights
openings: 2
employment:
  - {type: full_time, term: fixed, shift: Nights}
locations:
  - {office: mill, workplace: on_site}
compensation:
  ranges:
    - {min: 20.50, max: 24, period: hour}
  variable: [{text: Night bonus., note: a fifth}]
  equity: None.
  statement: By the table.
work_authorization: {text: You may work in Switzerland.}
dates: {opens: 2027-01-04, closes: "2027-02-01T23:59+01:00", start: In spring}
screening_questions: [{text: Do you like nights?, knockout: true}]
contact: {name: Ann Roll, email: ann@bread.example.com, phone: "+41 1"}
hiring_team: {manager: Secret Boss, recruiter: Secret Rae, panel: [Secret Pan]}
extra_sections: [{title: Hidden, body: Secret text., audience: internal}]
"""
FILES = {"baker.yaml": ROLE, "companies/bread.yaml": COMPANY, "postings/nights.yaml": POSTING}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(changes: Mapping[str, str] | None = None) -> None:
    """The specs, each change made in the one file that has it."""
    changes = changes or {}
    texts = "".join(FILES.values())
    assert [old for old in changes if texts.count(old) != 1] == []
    for name, text in FILES.items():
        path = Path("role_specs") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        for old, new in changes.items():
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")


def exported(*formats: str, posting: str | None = "nights") -> Exported:
    request = Request(("baker",), posting=posting, output=Path("exports"))
    return export_role(Target("baker", None, posting), formats, request)


def jobposting(changes: Mapping[str, str] | None = None) -> dict[str, Any]:
    written(changes)
    exported("jobposting")
    data: dict[str, Any] = json.loads(Path("exports/baker-nights.jobposting.jsonld").read_text(encoding="utf-8"))
    assert (list(faults(data, KNOWN)), list(google_faults(data))) == ([], [])
    return data


def lever(changes: Mapping[str, str] | None = None) -> dict[str, Any]:
    written(changes)
    exported("lever")
    data: dict[str, Any] = json.loads(Path("exports/baker-nights.lever.json").read_text(encoding="utf-8"))
    return data


def told(changes: Mapping[str, str], *formats: str) -> list[tuple[str, str, str]]:
    """The severity, code and place of each problem of an export."""
    written(changes)
    try:
        problems = exported(*formats or ("jobposting",)).problems
    except JdgenError as error:
        problems = tuple(error.problems)
        assert not Path("exports").exists()
    assert [problem for problem in problems if not (problem.hint or problem.code == "export.fictional")] == []
    return [(p.severity, p.code, p.place.removeprefix("role_specs/")) for p in problems]


# --- JobPosting ------------------------------------------------------------------------------------


def test_a_posting_is_a_job_posting(folder: Path) -> None:
    data = jobposting()
    assert list(data)[:3] == ["@context", "@type", "title"]
    description = data.pop("description")
    assert description.startswith("<p>Bread for the quarter.</p>\n")
    assert data == {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": "Baker",
        "identifier": {
            "@type": "PropertyValue",
            "name": "Good Bread",
            "propertyID": "requisition",
            "value": "0042",
        },
        "datePosted": "2027-01-04",
        "validThrough": "2027-02-01T23:59+01:00",
        "jobStartDate": "In spring",
        "employmentType": ["FULL_TIME", "TEMPORARY"],
        "workHours": "Nights",
        "hiringOrganization": {
            "@type": "Organization",
            "name": "Good Bread",
            "legalName": "Good Bread GmbH",
            "sameAs": "https://bread.example.com",
        },
        "employmentUnit": {"@type": "Organization", "name": "Nights"},
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": "Mill Lane 1",
                "addressLocality": "Basel",
                "addressRegion": "CH-BS",
                "addressCountry": "CH",
            },
        },
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "EUR",
            "value": {"@type": "QuantitativeValue", "minValue": 20.5, "maxValue": 24, "unitText": "HOUR"},
        },
        "totalJobOpenings": 2,
        "responsibilities": ["Bake bread </script><!-- x", "Light the oven."],
        "qualifications": [
            "A baker's diploma; or equivalent evidence.",
            "Work in a bakery; at least 2 years (of any size)",
            "Sourdough",
            "Lifting sacks of 25 kg",
            "Police record",
            "Language: one of these: German; French",
        ],
        "skills": ["Sourdough", "Deck oven"],
        "educationRequirements": "A baker's diploma; or equivalent evidence.",
        "experienceRequirements": {
            "@type": "OccupationalExperienceRequirements",
            "monthsOfExperience": 24,
            "description": "Work in a bakery; at least 2 years (of any size)",
        },
        "physicalRequirement": "Lifting sacks of 25 kg",
        "securityClearanceRequirement": "Police record",
        "jobBenefits": ["Free bread.", "From day one."],
        "incentiveCompensation": ["Night bonus (a fifth).", "None."],
        "employerOverview": "We bake at night.",
        "eligibilityToWorkRequirement": "You may work in Switzerland.",
        "industry": "Bakeries",
        "occupationalCategory": {
            "@type": "CategoryCode",
            "codeValue": "7512",
            "name": "Bakers",
            "inCodeSet": {"@type": "CategoryCodeSet", "name": "ISCO-08"},
        },
        "applicationContact": {
            "@type": "ContactPoint",
            "name": "Ann Roll",
            "email": "ann@bread.example.com",
            "telephone": "+41 1",
        },
    }


@pytest.mark.parametrize("role", SHIPPED)
def test_shipped_postings_are_as_schema_org_and_google_have_them(role: str, folder: Path) -> None:
    posting = f"{role}-2027-01"
    request = Request((role,), posting=posting, output=Path("exports"))
    done = export_role(Target(role, None, posting), ("jobposting",), request)
    data = json.loads(done.files[0].read_text(encoding="utf-8"))
    assert (list(faults(data, KNOWN)), list(google_faults(data))) == ([], [])
    assert {problem.code for problem in done.problems} <= {
        "export.fictional",
        "export.pay-several",
        "export.remote",
    }


Change = Callable[[dict[str, Any]], Any]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda d: d.update(inLanguage="en"), "$.inLanguage: no property of JobPosting"),
        (lambda d: d.update(tracking="#x"), "$.tracking: no property of JobPosting"),
        (lambda d: d.update(totalJobOpenings="2"), "$.totalJobOpenings: '2' is none of Integer"),
        (lambda d: d.update(jobLocation="Basel"), "$.jobLocation: 'Basel' is none of Place"),
        (lambda d: d["jobLocation"].update({"@type": "Spot"}), "$.jobLocation: no type 'Spot'"),
        (
            lambda d: d["jobLocation"]["address"].update(zip="1"),
            "$.jobLocation.address.zip: no property of PostalAddress",
        ),
        (
            lambda d: d.update(hiringOrganization={"@type": "Place"}),
            "$.hiringOrganization: Place is none of Organization, Person",
        ),
        (
            lambda d: d["baseSalary"]["value"].update(minValue="20"),
            "$.baseSalary.value.minValue: '20' is none of Number",
        ),
    ],
)
def test_what_schema_org_does_not_know_is_found(change: Change, fault: str, folder: Path) -> None:
    data = jobposting()
    change(data)
    assert fault in list(faults(data, KNOWN))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda d: d.pop("datePosted"), "datePosted is required"),
        (lambda d: d.pop("jobLocation"), "jobLocation is required"),
        (lambda d: d.update(jobLocationType="TELECOMMUTE"), "TELECOMMUTE needs applicantLocationRequirements"),
        (lambda d: d["jobLocation"]["address"].pop("addressCountry"), "addressCountry is required"),
        (lambda d: d.update(description="<p>Baker</p>"), "description must be one, and not the title"),
        (lambda d: d.update(datePosted="4 January"), "datePosted must be as ISO 8601 has it"),
        (lambda d: d.update(employmentType="full_time"), "no employment type full_time"),
        (lambda d: d["baseSalary"].pop("currency"), "baseSalary needs a currency, and a value or both bounds"),
        (lambda d: d["baseSalary"]["value"].pop("unitText"), "baseSalary needs a unit"),
    ],
)
def test_what_google_does_not_take_is_found(change: Change, fault: str, folder: Path) -> None:
    data = jobposting()
    change(data)
    assert fault in list(google_faults(data))


def test_the_table_says_of_which_version_it_is() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", KNOWN["schema-dts"])
    assert "inLanguage" not in KNOWN["types"]["JobPosting"]["properties"]


def test_nothing_internal_is_exported(folder: Path) -> None:
    written()
    exported()
    for name in ("baker-nights.jobposting.jsonld", "baker-nights.lever.json"):
        text = Path("exports", name).read_text(encoding="utf-8")
        assert re.findall("(?i)secret|knockout|hidden|Boss|Names the flour", text) == []


@pytest.mark.parametrize(
    ("suffix", "title"),
    [
        ("(m/w/d)", "Baker"),
        ("(all genders)", "Baker"),
        ("w|m|d", "Baker"),
        ("(gn)", "Baker"),
        ("H/F", "Baker"),
        ("(Nights)", "Baker (Nights)"),
        ("II", "Baker II"),
    ],
)
def test_a_title_is_of_the_job(suffix: str, title: str, folder: Path) -> None:
    assert jobposting({"title_suffix: (m/w/d)": f"title_suffix: {suffix}"})["title"] == title


def test_what_the_job_description_hides_is_not_told_elsewhere(folder: Path) -> None:
    hide = "sections: {hide: [about, pay, benefits, required, tools, responsibilities, conditions]}\n"
    changes = {"industry: Bakeries\n": f"industry: Bakeries\n{hide}"}
    data = jobposting(changes)
    gone = {"employerOverview", "baseSalary", "jobBenefits", "qualifications", "skills", "responsibilities"}
    gone |= {"educationRequirements", "experienceRequirements", "physicalRequirement", "incentiveCompensation"}
    assert gone & data.keys() == set()
    assert {"salaryRange", "salaryDescription"} & lever(changes).keys() == set()


def test_each_language_of_a_posting_has_files_of_its_own(folder: Path) -> None:
    written(
        {
            "summary: You bake.": "summary: {en: You bake., de: Sie backen.}",
            "company: bread\n": "company: bread\nalso_in: [de]\n",
        }
    )
    names = [path.name for path in exported("jobposting", "lever").files]
    assert names == [
        f"baker-nights{part}"
        for part in (".jobposting.jsonld", "-de.jobposting.jsonld", ".lever.json", "-de.lever.json")
    ]
    data = json.loads(Path("exports/baker-nights-de.jobposting.jsonld").read_text(encoding="utf-8"))
    assert "Sie backen." in data["description"]
    assert (list(faults(data, KNOWN)), list(google_faults(data))) == ([], [])
    german = json.loads(Path("exports/baker-nights-de.lever.json").read_text(encoding="utf-8"))
    assert german["categories"]["location"] == "Basel, Schweiz"


def test_benefits_of_several_sets_stay_apart(folder: Path) -> None:
    sets = """\
  all: {items: [Free bread.], footnote: From day one.}
  swiss: {title: In Switzerland, items: [{text: A pension., note: half}, Cheese], footnote: Mild.}
"""
    data = jobposting({"  all: {items: [Free bread.], footnote: From day one.}\n": sets})
    assert data["jobBenefits"] == ["Free bread. From day one.", "In Switzerland: A pension (half); Cheese. Mild."]


# --- places ----------------------------------------------------------------------------------------

MILL = "{office: mill, workplace: on_site}"


@pytest.mark.parametrize(
    ("places", "remote", "towns", "areas"),
    [
        (["{office: mill, workplace: hybrid}"], False, ["Basel"], []),
        (["{office: mill}"], False, ["Basel"], []),
        (["{office: mill, workplace: remote}", "{office: shop, workplace: hybrid}"], False, ["Basel", "Austin"], []),
        (["{workplace: remote, remote_from: [DE, CH]}"], True, [], ["Germany", "Switzerland"]),
        (["{office: shop, workplace: remote}"], True, ["Austin"], ["TX, United States"]),
        (["{country: FR, workplace: remote}", "{workplace: remote, remote_from: [FR]}"], True, [], ["France"]),
        (["{remote_from: [FR, DE]}", MILL], False, [None, None, "Basel"], []),
    ],
)
def test_only_what_is_remote_altogether_is_telecommuting(
    places: list[str], remote: bool, towns: list[str | None], areas: list[str], folder: Path
) -> None:
    data = jobposting({f"- {MILL}": "\n  - ".join(["", *places]).lstrip("\n ")})
    found = data.get("jobLocation", [])
    assert [
        place["address"].get("addressLocality") for place in ([found] if isinstance(found, dict) else found)
    ] == towns
    assert (data.get("jobLocationType") == "TELECOMMUTE") is remote
    asked = data.get("applicantLocationRequirements", [])
    assert [area["name"] for area in ([asked] if isinstance(asked, dict) else asked)] == areas


def test_a_region_is_written_as_addresses_have_it(folder: Path) -> None:
    assert jobposting({"office: mill, w": "office: shop, w"})["jobLocation"]["address"]["addressRegion"] == "TX"


# --- pay, contracts, days --------------------------------------------------------------------------

RANGE = "    - {min: 20.50, max: 24, period: hour}\n"


def pay(*ranges: str) -> dict[str, str]:
    return {RANGE: "".join(f"    - {{{each}}}\n" for each in ranges)}


def test_ranges_that_differ_only_by_a_note_are_one(folder: Path) -> None:
    data = jobposting(pay("min: 50000, max: 60000, note: Basel", "min: 50000, max: 60000, note: Bern"))
    assert data["baseSalary"]["value"] == {
        "@type": "QuantitativeValue",
        "minValue": 50000,
        "maxValue": 60000,
        "unitText": "YEAR",
    }
    assert lever()["salaryRange"] == {"currency": "EUR", "interval": "per-hour-wage", "min": 20.5, "max": 24}


def test_a_fixed_pay_is_a_value(folder: Path) -> None:
    assert jobposting(pay("min: 5000, period: month"))["baseSalary"]["value"]["value"] == 5000
    assert jobposting(pay("min: 5000, max: 5000, period: week"))["baseSalary"]["value"]["unitText"] == "WEEK"


def test_several_ranges_are_neither_averaged_nor_merged(folder: Path) -> None:
    data = jobposting(
        pay("min: 50000, max: 60000, location: Basel", "min: 40000, max: 45000, currency: USD, note: Bern")
    )
    assert [(each["name"], each["currency"], each["value"]["minValue"]) for each in data["baseSalary"]] == [
        ("Basel", "EUR", 50000),
        ("Bern", "USD", 40000),
    ]
    assert "salaryRange" not in lever(pay("min: 50000, max: 60000", "min: 40000, max: 45000"))


def test_a_range_of_one_place_of_several_is_named(folder: Path) -> None:
    changes = {**pay("min: 50000, max: 60000, location: Basel"), f"- {MILL}": f"- {MILL}\n  - {{office: shop}}"}
    assert jobposting(changes)["baseSalary"]["name"] == "Basel"
    assert "salaryRange" not in lever(changes)
    assert "name" not in jobposting(pay("min: 50000, max: 60000, location: Basel"))["baseSalary"]


def test_pay_that_is_more_than_base_pay_is_left_out(folder: Path) -> None:
    data = jobposting(pay("min: 50000, max: 60000, basis: on_target", "min: 40000, max: 45000"))
    assert data["baseSalary"]["value"]["minValue"] == 40000
    assert "name" not in data["baseSalary"]
    ranges = pay("min: 50000, max: 60000, basis: on_target, location: Bern", "min: 40000, max: 45000, location: Basel")
    assert jobposting(ranges)["baseSalary"]["name"] == "Basel"
    assert "salaryRange" not in lever(ranges)
    assert "baseSalary" not in jobposting(pay("min: 50000, max: 60000, basis: total_cash"))


@pytest.mark.parametrize(
    ("contracts", "types"),
    [
        ([{"type": "full_time"}, {"type": "part_time"}], ["FULL_TIME", "PART_TIME"]),
        ([{"type": "contract"}], ["CONTRACTOR"]),
        ([{"type": "temporary", "term": "fixed"}], ["TEMPORARY"]),
        ([{"type": "intern", "term": "fixed"}], ["INTERN", "TEMPORARY"]),
        ([{"type": "apprentice"}, {"type": "volunteer"}, {"type": "per_diem"}], ["OTHER", "VOLUNTEER", "PER_DIEM"]),
        ([], []),
    ],
)
def test_employment_types_are_those_of_google(contracts: list[dict[str, str]], types: list[str]) -> None:
    assert employment_types([Employment.model_validate(contract) for contract in contracts]) == types


@pytest.mark.parametrize("text", ["2027-01-31", "2028-02-29", "2027-01-31T23:59", "2027-01-31T00:00:00Z"])
def test_moments(text: str) -> None:
    assert is_moment(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "31 January 2027", "2027-1-31", "2027-02-29", "2027-13-01", "2027-01-31 23:59", "2027-01-31T24:00"),
        *("2027-01-31T23:59 CET", "2027-01-31T23", "from 2027-01-31", "2027-01-31\n", "20270131"),
    ],
)
def test_what_is_no_moment(text: str) -> None:
    assert not is_moment(text)


# --- what Google lacks -----------------------------------------------------------------------------

PROBLEMS: list[tuple[str, dict[str, str], list[tuple[str, str, str]]]] = [
    ("nothing is lacking", {}, []),
    (
        "no opening day",
        {"opens: 2027-01-04, ": ""},
        [("error", "export.date-posted", "postings/nights.yaml:20:8")],
    ),
    (
        "an opening day in words",
        {"opens: 2027-01-04": "opens: 4 January"},
        [("error", "export.date", "postings/nights.yaml:20:16")],
    ),
    (
        "a closing day in words",
        {'closes: "2027-02-01T23:59+01:00"': "closes: soon"},
        [("warning", "export.date", "postings/nights.yaml:20:36")],
    ),
    (
        "no closing day",
        {', closes: "2027-02-01T23:59+01:00"': ""},
        [("warning", "export.valid-through", "postings/nights.yaml:20:8")],
    ),
    (
        "open until filled",
        {'closes: "2027-02-01T23:59+01:00"': "open_until_filled: true"},
        [],
    ),
    ("no place", {f"locations:\n  - {MILL}\n": ""}, [("error", "export.location", "postings/nights.yaml:1:1")]),
    (
        "one place remote, one not",
        {f"- {MILL}": f"- {MILL}\n  - {{office: shop, workplace: remote}}"},
        [("warning", "export.remote", "postings/nights.yaml:13:31")],
    ),
    ("no company", {"company: bread\n": ""}, []),
    (
        "a fictional company",
        {"name: Good Bread\n": "name: Good Bread\nfictional: true\n"},
        [("warning", "export.fictional", "companies/bread.yaml:3:12")],
    ),
    (
        "no pay",
        pay(),
        [("warning", "export.pay", "postings/nights.yaml:14:3")],
    ),
    (
        "pay with a bonus in it",
        pay("min: 50000, max: 60000, basis: on_target"),
        [
            ("warning", "export.pay", "postings/nights.yaml:14:3"),
            ("warning", "export.pay-basis", "postings/nights.yaml:15:39"),
        ],
    ),
    (
        "several ranges",
        pay("min: 50000, max: 60000", "min: 40000, max: 45000"),
        [("warning", "export.pay-several", "postings/nights.yaml:15:5")],
    ),
    (
        "no contract",
        {"employment:\n  - {type: full_time, term: fixed, shift: Nights}\n": ""},
        [("warning", "export.employment", "postings/nights.yaml:1:1")],
    ),
    (
        "no number",
        {'identifiers: {requisition: "0042"}\n': ""},
        [("warning", "export.identifier", "postings/nights.yaml:1:1")],
    ),
    (
        "several at once",
        {
            "opens: 2027-01-04": "opens: 4 January",
            f"locations:\n  - {MILL}\n": "",
            'identifiers: {requisition: "0042"}\n': "",
        },
        [
            ("warning", "export.identifier", "postings/nights.yaml:1:1"),
            ("error", "export.location", "postings/nights.yaml:1:1"),
            ("error", "export.date", "postings/nights.yaml:17:16"),
        ],
    ),
]


@pytest.mark.parametrize(("changes", "expected"), [case[1:] for case in PROBLEMS], ids=[case[0] for case in PROBLEMS])
def test_each_lack_is_told_at_its_place(
    changes: dict[str, str], expected: list[tuple[str, str, str]], folder: Path
) -> None:
    if RANGE in changes and not changes[RANGE]:
        changes = {f"  ranges:\n{RANGE}": "  overtime: Paid.\n"}
    assert told(changes) == expected


def test_a_posting_of_nobody_is_an_error(folder: Path) -> None:
    other = COMPANY.replace("name: Good Bread\n", "name: Other\nfictional: true\n")
    written(
        {
            "company: bread\n": "",
            "office: mill, ": "country: CH, ",
            "    - {min: 20.50, max: 24,": "    - {min: 20.50, max: 24, currency: EUR,",
        }
    )
    Path("role_specs/companies/bread.yaml").write_text(other, encoding="utf-8")
    with pytest.raises(JdgenError) as caught:
        exported("jobposting")
    assert [(p.code, p.place) for p in caught.value.problems] == [
        ("export.company", "role_specs/postings/nights.yaml:1:1")
    ]


def test_a_description_that_is_only_the_title_is_an_error(folder: Path) -> None:
    Path("templates").mkdir()
    Path("templates/job-description.md.j2").write_text("# {{ role.title }}\n\nBaker\n")
    written()
    with pytest.raises(JdgenError) as caught:
        exported("jobposting")
    assert [problem.code for problem in caught.value.problems] == ["export.description"]


# --- a script element ------------------------------------------------------------------------------


@given(
    st.lists(st.sampled_from(["<", "/", "script", ">", "!--", "--", "!", "]]>", "\\", '"', "ü", "\u2028", "x"])).map(
        "".join
    )
)
def test_no_text_ends_the_script_that_holds_it(text: str) -> None:
    made = as_jsonld({"title": text, "skills": [text]})
    assert json.loads(made) == {"title": text, "skills": [text]}
    assert re.findall(r"</|<!", made) == []
    page = lxml.html.document_fromstring(f'<script type="application/ld+json">{made}</script><p>after</p>')
    assert json.loads(page.findtext(".//script")) == {"title": text, "skills": [text]}
    assert page.findtext(".//p") == "after"


# --- Lever -----------------------------------------------------------------------------------------


def words(html: str) -> list[str]:
    spaced = re.sub(r"(</?(?:p|li|ul|ol|h\d|br)\b[^>]*>)", r" \1 ", html)
    return lxml.html.fragment_fromstring(spaced, create_parent="div").text_content().split()


def in_order(data: Mapping[str, Any]) -> list[str]:
    lists = [word for each in data["lists"] for word in (*each["text"].split(), *words(each["content"]))]
    return [*words(data.get("descriptionBody", "")), *lists, *words(data.get("additional", ""))]


def test_every_word_of_the_job_description_is_in_lever_in_order(folder: Path) -> None:
    description = jobposting()["description"]
    data = lever()
    assert [*words(data.get("opening", "")), *in_order(data)] == words(description)
    assert words(data["description"]) == [*words(data["opening"]), *words(data.get("descriptionBody", ""))]


@pytest.mark.parametrize("role", SHIPPED)
def test_lists_hold_items_and_nothing_else(role: str, folder: Path) -> None:
    posting = f"{role}-2027-01"
    request = Request((role,), posting=posting, output=Path("exports"))
    done = export_role(Target(role, None, posting), ("jobposting", "lever"), request)
    board, data = (json.loads(path.read_text(encoding="utf-8")) for path in done.files)
    assert [*words(data["opening"]), *in_order(data)] == words(board["description"])
    for each in data["lists"]:
        root = lxml.html.fragment_fromstring(each["content"], create_parent="ul")
        assert {child.tag for child in root} == {"li"}
        assert not (root.text or "").strip()
    for key in ("opening", "descriptionBody", "description", "additional", "salaryDescription"):
        assert words(data[key])[0] == data[f"{key}Plain"].split()[0]
        assert "<" not in data[f"{key}Plain"]
    assert len(data["lists"]) > 5


def test_lever_has_the_facts(folder: Path) -> None:
    data = lever()
    assert data["id"] == "nights"
    assert data["text"] == "Baker (m/w/d)"
    assert data["categories"] == {
        "location": "Basel, Switzerland",
        "allLocations": ["Basel, Switzerland"],
        "commitment": "Full time",
        "department": "Nights",
        "team": "Kitchen",
    }
    assert (data["country"], data["workplaceType"]) == ("CH", "on-site")
    assert data["salaryRange"] == {"currency": "EUR", "interval": "per-hour-wage", "min": 20.5, "max": 24}
    assert (data["salaryDescription"], data["salaryDescriptionPlain"]) == ("<p>By the table.</p>\n", "By the table.\n")
    mixed = lever({f"- {MILL}": f"- {MILL}\n  - {{remote_from: [DE, FR], workplace: remote}}"})
    assert mixed["workplaceType"] == "unspecified"
    assert mixed["categories"]["allLocations"] == ["Basel, Switzerland", "Germany and France"]
    assert "country" not in mixed


# --- scorecards ------------------------------------------------------------------------------------


def test_a_scorecard_is_a_template_with_the_fields_of_the_form(folder: Path) -> None:
    written()
    done = exported("scorecard", posting=None)
    assert [path.name for path in done.files] == ["baker-scorecard-talk.json"]
    data = json.loads(done.files[0].read_text(encoding="utf-8"))
    role = resolve_role(load_role("baker", Library(Path("role_specs"))))
    assert (data["id"], data["name"]) == (f"baker-talk-{role.version}", "Talk")
    assert (data["description"], data["is_active"]) == ("To hear of loaves.", True)
    form = form_in(render_document(role, "scorecard", stage="talk").text)
    assert form is not None
    asked = {field.id for field in form.fields} - {"candidate", "interviewer", "date"}
    questions = {each["question_identifier"]: each for each in data["questions"]}
    assert questions.keys() == asked
    assert {name: each["type"] for name, each in questions.items()} == {
        "baking.rating": "RATING",
        "baking.evidence": "TEXT",
        "baking.flag.1": "YES_NO",
        "recommendation": "RATING",
        "because": "TEXT",
    }
    options = questions["baking.rating"]["options"]
    assert [each["value"] for each in options] == ["1", "2", "3", "4", "5", "not-assessed"]
    assert [each.get("description") for each in options] == [
        "Burns it.",
        None,
        "Bakes it.",
        None,
        "=Perfects it.",
        None,
    ]
    assert questions["baking.flag.1"]["text"] == "Blames the oven."
    assert all(each["description"] for each in questions["recommendation"]["options"])


# --- questions -------------------------------------------------------------------------------------


def test_questions_are_a_table_without_formulas(folder: Path) -> None:
    written()
    data = exported("questions", posting=None).files[0].read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(data.decode(), newline=""))
    assert tuple(row) == COLUMNS
    given = {key: value for key, value in row.items() if value}
    assert given == {
        "id": "last-loaf",
        "competency": "baking",
        "competency_name": "Baking",
        "importance": "required",
        "kind": "behavioral",
        "asked_in": "talk",
        "minutes": "5-10",
        "text": "'=Tell me of a loaf.",
        "probes": "Why?\nHow?",
        "strong": "Names the flour.",
        "red_flags": "'@oven",
    }


@pytest.mark.parametrize("name", SHIPPED)
def test_every_question_is_a_row(name: str, folder: Path) -> None:
    done = export_role(Target(name), ("questions",), Request((name,), output=Path("exports")))
    with done.files[0].open(encoding="utf-8", newline="") as file:
        ids = [row["id"] for row in csv.DictReader(file)]
    assert ids == [question.id for one in resolve_role(load_role(name)).competencies for question in one.questions]


# --- the command -----------------------------------------------------------------------------------


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(arguments))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def test_all_exports_of_a_posting(folder: Path) -> None:
    written()
    code, out, err = run("export", "--posting", "nights")
    assert (code, err) == (0, "4 files, 4 changed\n")
    names = ("nights.jobposting.jsonld", "nights.lever.json", "nights-scorecard-talk.json", "nights-questions.csv")
    assert out.splitlines() == [f"exports/baker-{name}" for name in names]
    before = {path: path.read_bytes() for path in Path("exports").iterdir()}
    assert run("export", "baker", "--posting", "nights")[2] == "4 files, 0 changed\n"
    assert {path: path.read_bytes() for path in Path("exports").iterdir()} == before
    assert run("export", "--posting", "nights", "--quiet", "-o", "other") == (0, "", "")
    assert len(list(Path("other").iterdir())) == 4


def test_without_a_posting_what_needs_none_is_made(folder: Path) -> None:
    written()
    code, out, err = run("export", "baker")
    assert (code, out) == (0, "exports/baker-scorecard-talk.json\nexports/baker-questions.csv\n")
    assert err.count("info: ") == 2
    assert "[export.no-posting]" in err
    assert "hint: say --posting nights" in err
    assert run("export", "baker", "--quiet") == (0, "", "")


def test_an_export_that_needs_a_posting_says_which_there_are(folder: Path) -> None:
    written()
    code, out, err = run("export", "baker", "--to", "lever,questions")
    assert (code, out) == (2, "")
    assert "error: 'lever' is of a posting, and none is named  [export.no-posting]" in err
    assert "say --posting nights" in err
    assert "nothing was written" in err
    assert not Path("exports").exists()
    Path("role_specs/postings/nights.yaml").unlink()
    assert "write one in role_specs/postings" in run("export", "baker", "--to", "jobposting")[2]


def test_a_warning_is_written_all_the_same_and_an_error_is_not(folder: Path) -> None:
    written({'identifiers: {requisition: "0042"}\n': ""})
    code, out, err = run("export", "--posting", "nights", "--to", "jobposting", "--quiet")
    assert (code, out) == (0, "")
    assert "[export.identifier]" in err
    assert Path("exports/baker-nights.jobposting.jsonld").is_file()
    written({"opens: 2027-01-04": "opens: soon"})
    code, out, err = run("export", "--posting", "nights", "-o", "other")
    assert (code, out) == (2, "")
    assert "role_specs/postings/nights.yaml:20:16: error: " in err
    assert "write 2027-01-31" in err
    assert not Path("other").exists()


def test_a_role_without_questions_or_stages_has_nothing_to_export(folder: Path) -> None:
    Path("role_specs").mkdir()
    Path("role_specs/cook.yaml").write_text("jdgen: 1\ntitle: Cook\nsummary: You cook.\nresponsibilities: [Cook]\n")
    code, out, err = run("export", "cook")
    assert (code, out) == (0, "")
    assert err.count("[export.nothing]") == 2
    assert err.endswith("0 files, 0 changed\n")


def test_formats_are_told_apart(folder: Path) -> None:
    code, _, err = run("export", "ai-engineer", "--to", "levers")
    assert (code, "did you mean 'lever'?" in err) == (2, True)
    assert "jdgen build --to html makes it" in run("export", "ai-engineer", "--to", "html")[2]
    assert "no export is named" in run("export", "ai-engineer", "--to", ",")[2]
    for name in EXPORTS:
        assert f"jdgen export --to {name} makes it" in run("build", "ai-engineer", "--to", name)[2]


def test_a_role_or_a_posting_must_be_named(folder: Path) -> None:
    code, _, err = run("export")
    assert (code, "[export.no-role]" in err) == (2, True)
    assert "'ai-engineer'" in err
    code, _, err = run("export", "ai-enginer")
    assert (code, "did you mean 'ai-engineer'?" in err) == (2, True)
