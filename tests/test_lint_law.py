"""What the law asks of postings: each rule, each place, each boundary."""

from __future__ import annotations

import re
from typing import Any

import pytest

from jdgen.lint import law
from jdgen.lint.catalog import rule_file
from jdgen.lint.day import day_number
from jdgen.lint.jurisdiction import Jurisdiction, Whereabouts, data, region_of_city
from jdgen.lint.passage import Description, Passage
from jdgen.lint.pay import pay_figures
from jdgen.lint.rule import Finding, Rule
from jdgen.lint.subject import Vacancy
from jdgen.places import Place
from jdgen.resolve import resolve_role
from jdgen.spec import Company, Posting
from tests.cook import company, company_tree, merged, parsed, posting, posting_tree, role_spec, role_tree

RULES = rule_file("law").rules
ROWS = {row.code: row for row in data().jurisdictions}
TODAY = "2026-11-23"
HERE = Place(None)


def vacancy(posting: Posting, company: Company, on: str = TODAY) -> Vacancy:
    role = resolve_role(role_spec(role_tree()), company=company, posting=posting)
    places, cities = law.places_of(posting, company)
    title = Passage(role.title, "title", HERE)
    description = Description(HERE, title, (Passage(str(role.spec.summary), "role", HERE),))
    return Vacancy(description, Place(posting.origin), places, cities, on, role, posting, company)


def of_spec(fragment: str | dict[str, Any], on: str = TODAY, employer: dict[str, Any] | None = None) -> list[Finding]:
    laid = parsed(fragment) if isinstance(fragment, str) else fragment
    tree = merged(posting_tree(), laid)
    opens = (laid.get("dates") or {}).get("opens", on)
    return list(law.check(vacancy(posting(tree), company(merged(company_tree(), employer or {})), opens)))


def of_page(text: str, *places: str, cities: tuple[str, ...] = (), on: str = TODAY) -> list[Finding]:
    """A finished posting: lines such as `[benefits] Health insurance`."""
    passages = []
    for line in text.splitlines():
        section, said = re.fullmatch(r"(?:\[(\w+)\] )?(.*)", line).groups("")  # type: ignore[union-attr]  # it matches any line
        passages.append(Passage(said, section, HERE))
    return list(law.check(Vacancy(Description(HERE, None, tuple(passages)), HERE, places, cities, on)))


def codes(findings: list[Finding]) -> set[str]:
    return {finding.code for finding in findings}


def one(code: str, findings: list[Finding]) -> Finding:
    (found,) = [finding for finding in findings if finding.code == code]
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_examples_break_and_keep_their_rule(rule: Rule) -> None:
    for example in rule.bad:
        assert rule.code in codes(of_spec(example)), example
    for example in rule.good:
        assert rule.code not in codes(of_spec(example)), example


def test_a_posting_where_no_law_is_known_is_clean() -> None:
    assert of_spec({}) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_each_finding_says_its_day_and_source(rule: Rule) -> None:
    for example in rule.bad:
        for finding in of_spec(example):
            assert data().as_of in finding.hint
            assert "https://" in finding.hint or finding.code in ("PT-place", "PT-stale", "PT-F5")
            assert "lawful" not in finding.message + finding.hint


# --- jurisdictions --------------------------------------------------------------------------------


def where(row: Jurisdiction) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if row.cities:
        assert row.parent
        return (row.parent,), (row.cities[0],)
    return (("DE",) if row.code == "EU" else (row.code,)), ()


def bare(row: Jurisdiction, on: str) -> list[Finding]:
    """What is found in a finished posting in that place that says nothing."""
    places, cities = where(row)
    return of_page("[role] You bake.", *places, cities=cities, on=on)


def before(day: str) -> str:
    """One day before."""
    wanted = (day_number(day) or 0) - 1
    year, month, _ = (int(part) for part in day.split("-"))
    months = [(year, month), (year, month - 1) if month > 1 else (year - 1, 12)]
    days = [f"{y}-{m:02}-{d:02}" for y, m in months for d in range(1, 32)]
    return next(one for one in reversed(days) if day_number(one) == wanted and (int(one[8:]) < 31 or one[5:7] != "09"))


def mentions(row: Jurisdiction, findings: list[Finding], *found: str) -> bool:
    since = re.compile(rf"(?<![\w-]){row.code} since {row.effective}")
    return any(finding.code in found and since.search(finding.message) for finding in findings)


REQUIRED = [row for row in ROWS.values() if row.trigger == "posting"]


@pytest.mark.parametrize("row", REQUIRED, ids=lambda row: row.code)
def test_pay_is_asked_for_from_the_first_day_on(row: Jurisdiction) -> None:
    assert mentions(row, bare(row, row.effective), "PT-pay-range")
    assert not mentions(row, bare(row, before(row.effective)), "PT-pay-range")
    assert f"{row.code} from {row.effective}" in one("PT-upcoming", bare(row, before(row.effective))).message


@pytest.mark.parametrize("row", REQUIRED, ids=lambda row: row.code)
def test_what_is_in_force_today(row: Jurisdiction) -> None:
    assert mentions(row, bare(row, TODAY), "PT-pay-range") == (row.code != "US-DE")


@pytest.mark.parametrize("row", [row for row in ROWS.values() if row.trigger != "posting"], ids=lambda row: row.code)
def test_pay_that_is_due_later_is_information(row: Jurisdiction) -> None:
    findings = bare(row, TODAY)
    assert "PT-pay-range" not in codes(findings)
    assert row.code in one("PT-before-interview", findings).message
    assert one("PT-before-interview", findings).severity == "info"


def test_what_the_data_say_was_copied_whole() -> None:
    assert len(ROWS) == 33
    assert len(data().ai_laws) == 7
    assert len(data().eu) == 27
    assert [row.code for row in ROWS.values() if row.status == "directive"] == ["EU"]


def test_an_own_row_wins_over_the_union() -> None:
    assert [row.code for row in Whereabouts(("DE",)).rows()] == ["EU"]
    assert [row.code for row in Whereabouts(("IT",)).rows()] == ["IT"]
    assert [row.code for row in Whereabouts(("IT-25", "FR")).rows()] == ["EU", "IT"]
    assert [row.code for row in Whereabouts(("EU",)).rows()] == ["EU", "IT", "LT", "MT", "SK", "PL", "NL", "AT"]


def test_a_region_is_not_its_country_and_a_country_is_all_its_regions() -> None:
    assert [row.code for row in Whereabouts(("US-CO",)).rows()] == ["US-CO"]
    assert len(Whereabouts(("US",)).rows()) == 22
    assert [row.code for row in Whereabouts(("CA",)).rows()] == ["CA-BC", "CA-ON", "CA-PE"]


@pytest.mark.parametrize("place", ["CH", "NO", "US-TX", "CA-QC", "GB", "ZZ", "us-co"])
def test_places_without_law_here(place: str) -> None:
    assert Whereabouts((place,)).rows() == []


@pytest.mark.parametrize("city", ["New York", "new york city", "NYC", "Brooklyn", "Queens, NY", "Staten Island"])
def test_a_city_adds_to_its_state(city: str) -> None:
    assert [row.code for row in Whereabouts(("US-NY",), (city,)).rows()] == ["US-NY", "US-NY-NYC"]
    assert region_of_city(city, "US") == "US-NY"


def test_a_city_of_the_same_name_elsewhere_is_another() -> None:
    assert Whereabouts(("US-GA",), ("Columbus",)).rows() == []
    assert region_of_city("Cleveland", "GB") is None
    assert [row.code for row in Whereabouts(("US-NY-NYC",)).rows()] == ["US-NY", "US-NY-NYC"]


def test_places_of_a_posting() -> None:
    tree = merged(
        posting_tree(),
        {
            "locations": [
                {"office": "bergen"},
                {"country": "US", "city": "New York"},
                {"country": "CA", "region": "CA-ON"},
                {"workplace": "remote", "remote_from": ["US", "DE"]},
            ]
        },
    )
    assert law.places_of(posting(tree), company()) == (("NO", "US-NY", "CA-ON", "US", "DE"), ("Bergen", "New York"))


def test_remote_from_a_country_is_the_union_and_five_are_named() -> None:
    findings = of_spec({"locations": [{"remote_from": ["US"]}], "compensation": None})
    message = one("PT-pay-range", findings).message
    assert "US-CO since 2021-01-01, US-CA since 2023-01-01 (for employers of 15 or more)" in message
    assert message.endswith("and 14 more")
    assert "PT-deadline" not in codes(findings)
    assert "US-DE from 2027-09-26" in one("PT-upcoming", findings).message


def test_a_missing_thing_is_one_finding_for_all_places() -> None:
    places = [{"country": "US", "region": region} for region in ("US-CO", "US-CA", "US-TX")]
    message = one("PT-pay-range", of_spec({"locations": places, "compensation": None})).message
    assert message == (
        "the posting states no pay: US-CO since 2021-01-01, US-CA since 2023-01-01 (for employers of 15 or more)"
    )


def test_a_city_that_is_not_yet_enforced_says_so() -> None:
    place = {"locations": [{"country": "US", "region": "US-OH", "city": "Columbus"}], "compensation": None}
    assert "enforced from 2027-01-01" in one("PT-pay-range", of_spec(place)).message
    assert "enforced" not in one("PT-pay-range", of_spec(place, "2027-01-01")).message


def test_what_nobody_verified_fails_no_run() -> None:
    island = one("PT-pay-range", of_spec({"locations": [{"country": "CA", "region": "CA-PE"}], "compensation": None}))
    assert island.severity == "warning"
    assert "not verified" in island.message


def test_a_directive_binds_no_employer() -> None:
    german = {"locations": [{"country": "DE", "city": "Ulm"}], "title_suffix": "und Kaufmann"}
    assert one("PT-neutral-title", of_spec(german)).severity == "info"
    assert one("PT-neutral-title", of_spec(german | {"locations": [{"country": "PL"}]})).severity is None


@pytest.mark.parametrize(("employees", "is_bound"), [(14, False), (15, True), (None, True)])
def test_size_of_the_employer(employees: int | None, is_bound: bool) -> None:
    made = posting(merged(posting_tree(), {"locations": [{"country": "US", "region": "US-CA"}], "compensation": None}))
    base = vacancy(made, company())
    sized = company().model_copy(update={"employees": employees})
    findings = list(law.check(Vacancy(**{**vars(base), "company": sized})))
    assert ("PT-pay-range" in codes(findings)) == is_bound
    assert any("for employers of 15" in finding.message for finding in findings) == (employees is None)


# --- pay ------------------------------------------------------------------------------------------


def paid(region: str, low: object, high: object, **more: Any) -> set[str]:
    pay = {"min": low, "max": high, "currency": "CAD"} | more
    place = {"country": region[:2], "region": region}
    return codes(of_spec({"locations": [place], "compensation": {"ranges": [pay]}}))


@pytest.mark.parametrize(
    ("low", "high", "period", "is_wide"),
    [
        (100000, 150000, "year", False),
        (100000, 150001, "year", True),
        (150000, 200000, "year", False),
        (149999, 200000, "year", True),
        (140000, 200001, "year", False),
        (8000, 12166, "month", False),
        (8000, 12167, "month", True),
        (30, 90, "hour", False),
    ],
)
def test_width_in_ontario(low: int, high: int, period: str, is_wide: bool) -> None:
    assert ("PT-F3" in paid("CA-ON", low, high, period=period)) == is_wide


def test_width_is_ontarios_alone() -> None:
    assert "PT-F3" not in paid("CA-BC", 100000, 150001)
    ranges = [{"min": 90000, "max": 99000, "currency": "CAD"}, {"min": 90000, "max": 180000, "currency": "USD"}]
    places = [{"country": "CA", "region": "CA-ON"}, {"country": "US", "region": "US-CO"}]
    assert "PT-F3" not in codes(of_spec({"locations": places, "compensation": {"ranges": ranges}}))


@pytest.mark.parametrize(
    ("low", "high", "is_wide"), [(60000, 90000, False), (60000, "90000.01", True), (20, 30, False)]
)
def test_ratio_of_ends(low: int, high: object, is_wide: bool) -> None:
    assert ("PT-F4" in paid("US-VA", low, high)) == is_wide


def test_a_fixed_pay_is_no_open_range() -> None:
    fixed = {
        "locations": [{"country": "US", "region": "US-NJ"}],
        "compensation": {"ranges": [{"min": 65000, "currency": "USD"}]},
    }
    assert codes(of_spec(fixed)) & {"PT-F1", "PT-pay-range"} == set()


def test_open_ends_are_errors_only_where_the_law_says() -> None:
    open_end = {"compensation": {"ranges": None, "statement": "Up to $30 an hour"}}
    illinois = of_spec(open_end | {"locations": [{"country": "US", "region": "US-IL"}]})
    virginia = of_spec(open_end | {"locations": [{"country": "US", "region": "US-VA"}]})
    assert one("PT-F1", illinois).severity is None
    assert one("PT-F1", virginia).severity == "warning"
    assert one("PT-F1", illinois).words == "$30"


def test_pay_in_words_without_unit_or_currency() -> None:
    assert "currency" in one("PT-F5", of_page("[pay] Salary: 60k to 70k a year", "CH")).message
    assert "unit" in one("PT-F5", of_page("[pay] Pay: $60,000 to $70,000", "CH")).message


PAID = """\
Pay: $60,000 - $70,000 a year. = 60000 70000 $ year
50-60k EUR = 50000 60000 EUR
£40,000 to £45,000 per annum = 40000 45000 GBP year
28,50 € bis 31,00 € pro Stunde = 28.50 31.00 EUR hour
The salary range is $120,000–$150,000. = 120000 150000 $ year
Salary: USD 90,000 to 110,000 annually = 90000 110000 USD year
$25.50 - $31.00 per hour = 25.50 31.00 $ hour
$25/hr to $31/hr = 25 31 $ hour
Between $60,000 and $70,000 per year = 60000 70000 $ year
CHF 95'000 – 110'000 pro Jahr = 95000 110000 CHF year
Gehalt: 55.000 - 65.000 EUR brutto im Jahr = 55000 65000 EUR year
45 000 € à 52 000 € par an = 45000 52000 EUR year
$80K-$95K = 80000 95000 $
€3,200-€3,800 per month = 3200 3800 EUR month
The hourly rate is CA$30.00 to CA$36.00. = 30.00 36.00 CAD hour
PLN 12,000 – 15,000 monthly = 12000 15000 PLN month
Base pay: 95k to 115k USD = 95000 115000 USD
£350 - £400 per day = 350 400 GBP day
520 000 – 600 000 SEK per year = 520000 600000 SEK year
You will earn between €42k and €48k a year = 42000 48000 EUR year
28,50 € pro Stunde = 28.50 28.50 EUR hour
Salary: $65,000 = 65000 65000 $ year""".splitlines()
UNPAID = """\
5-7 years of experience
Manage a budget of $50,000 - $70,000 per year
Accounts of €100k–€500k in revenue
$5-10 million in ARR
40 to 45 hours per week
From 9:00 - 17:00
A quota of $500k to $700k
A bonus of 10-15% of salary
401(k) with a match of 3-5%
Founded in 2015-2019
Teams of 10 to 15 people
Call +1 617 555 0119
A learning stipend of $1,000-$2,000 a year
Raised $20,000,000 to $30,000,000 in funding
A sign-on bonus of $5,000 to $10,000
Portfolios of £1,000,000 - £2,000,000
25-30 days of paid leave per year
401k with salary deferral, paid monthly
Paid time off and an allowance of $500 a month
Grew sales from $2B to $3B a year""".splitlines()


@pytest.mark.parametrize("line", PAID)
def test_pay_in_a_text(line: str) -> None:
    text, _, wanted = line.partition(" = ")
    (figure,) = pay_figures(text)
    assert " ".join(map(str, figure[:4])).strip() == wanted
    assert text[figure.at :].startswith(figure.words)
    assert not figure.is_open


@pytest.mark.parametrize("text", UNPAID)
def test_what_is_no_pay(text: str) -> None:
    assert list(pay_figures(text)) == []


@pytest.mark.parametrize(
    "text",
    ["$60,000 and up", "up to $30 per hour", "Pay from £30,000 a year", "Starting at $25 an hour", "$70,000+ a year"],
)
def test_open_pay_in_a_text(text: str) -> None:
    (figure,) = pay_figures(text)
    assert figure.is_open


def test_pay_is_read_in_linear_time() -> None:
    assert list(pay_figures("1 " * 50_000)) == []
    assert list(pay_figures("9,999" * 20_000)) == []


# --- finished postings ----------------------------------------------------------------------------

WHOLE = """\
[role] You bake bread for the valley.
[pay] $60,000 to $70,000 a year, and a yearly bonus.
[benefits] Health insurance and a retirement plan.
[apply] Apply by 15 January at https://jobs.example.org/7.
[statements] We do not use AI to assess candidates."""


def test_a_finished_posting_that_says_all() -> None:
    assert of_page(WHOLE, "US-CO") == []


@pytest.mark.parametrize(
    ("line", "code"),
    [(1, "PT-pay-range"), (2, "PT-benefits"), (3, "PT-deadline"), (3, "PT-how-to-apply")],
)
def test_a_finished_posting_that_lacks_something(line: int, code: str) -> None:
    lines = WHOLE.splitlines()
    assert code in codes(of_page("\n".join([*lines[:line], *lines[line + 1 :]]), "US-CO"))


def test_a_finished_posting_without_headings() -> None:
    text = re.sub(r"^\[\w+\] ", "", WHOLE, flags=re.MULTILINE)
    assert of_page(text, "US-CO") == []


def test_a_finished_posting_that_asks_for_past_pay() -> None:
    asked = one("PT-salary-history", of_page(WHOLE + "\n[apply] State your current salary.", "US-CO"))
    assert asked.words == "State your current salary"
    assert "PT-salary-history" not in codes(of_page(WHOLE + "\n[apply] State your current salary.", "US-TX"))


@pytest.mark.parametrize(
    "text",
    ["Review the current compensation of engineers.", "We never ask for your salary history.", "What pay do you seek?"],
)
def test_talk_of_pay_that_asks_for_no_past_pay(text: str) -> None:
    assert "PT-salary-history" not in codes(of_page(f"{WHOLE}\n{text}", "US-CO"))


@pytest.mark.parametrize(
    "text",
    [
        "Salary history",
        "How much do you earn?",
        "Attach your last three payslips.",
        "What did you make at your last job?",
    ],
)
def test_asking_for_past_pay(text: str) -> None:
    assert "PT-salary-history" in codes(of_page(f"{WHOLE}\n{text}", "US-CO"))


@pytest.mark.parametrize(
    ("text", "is_vague"),
    [
        ("Great benefits", True),
        ("Health insurance and more", True),
        ("Competitive benefits package", True),
        ("Great benefits: health insurance, 401(k), paid vacation", False),
        ("Health insurance, pension and more", False),
    ],
)
def test_vague_benefits(text: str, is_vague: bool) -> None:
    page = f"[pay] $60,000 to $70,000 a year and a bonus\n[benefits] {text}"
    assert ("PT-F6" in codes(of_page(page, "US-NJ"))) == is_vague


def test_pay_by_commission_alone_needs_no_range_where_a_statement_does() -> None:
    page = "[pay] Pay is commission-only."
    assert "PT-pay-range" not in codes(of_page(page, "US-NY"))
    assert "PT-pay-range" not in codes(of_page(page, "US-ME"))
    assert "PT-pay-range" in codes(of_page(page, "US-CO"))


def test_ai_that_one_builds_is_not_ai_in_hiring() -> None:
    assert "AI-notice" in codes(of_page("[role] You select AI models and build machine learning.", "US-IL"))
    assert "AI-notice" not in codes(of_page("[hiring] Automated tools never rank candidates.", "US-IL"))


def test_laws_on_ai_say_their_days() -> None:
    message = one("AI-notice", of_page("[role] You bake.", "US-CO", "US-CT", "DE")).message
    assert "Colorado SB 26-189 (replaces SB 24-205) from 2027-01-01" in message
    assert "since 2026-10-01, notices from 2027-10-01" in message
    assert "EU AI Act, Annex III employment systems from 2027-12-02" in message


# --- limits ---------------------------------------------------------------------------------------


def test_without_a_place_nothing_is_known() -> None:
    (finding,) = of_page(WHOLE)
    assert finding.code == "PT-place"


@pytest.mark.parametrize(
    ("on", "is_stale"), [("2027-05-22", False), ("2027-05-23", True), ("2020-01-01", False), ("soon", False)]
)
def test_old_data_say_so(on: str, is_stale: bool) -> None:
    assert ("PT-stale" in codes(of_page(WHOLE, "US-CO", on=on))) == is_stale


@pytest.mark.parametrize(
    ("earlier", "later", "days"), [("2026-11-23", "2027-11-23", 365), ("2024-02-28", "2024-03-01", 2)]
)
def test_days_are_counted(earlier: str, later: str, days: int) -> None:
    first, second = day_number(earlier), day_number(later)
    assert first is not None
    assert second is not None
    assert second - first == days
    assert day_number("1 May 2027") is None
