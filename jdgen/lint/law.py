"""What the law of a posting's places asks of it on a day. The law is data, in `data/jurisdictions.yaml`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jdgen.lint.case import Case, cited, finding, listed, rule_of, sources_of
from jdgen.lint.day import day_number
from jdgen.lint.jurisdiction import AiLaw, Duty, Jurisdiction, data, region_of_city
from jdgen.lint.offer import Pay, Spot
from jdgen.lint.rule import Finding, Rule
from jdgen.lint.subject import Vacancy
from jdgen.places import Place
from jdgen.problem import Severity
from jdgen.spec import Company, Posting
from jdgen.spec.walk import parts
from jdgen.vacancy import locations

STALE_AFTER = 180
"""Days."""
WIDE = Decimal("1.5")
"""A range whose high end is more than so many times its low end draws doubt; a convention."""
_DUTIES: dict[Duty, str] = {
    "pay_range": "PT-pay-range",
    "benefits_general": "PT-benefits",
    "other_compensation": "PT-other-compensation",
    "application_deadline": "PT-deadline",
    "how_to_apply": "PT-how-to-apply",
    "commission_statement": "PT-commission",
    "tipped_statement": "PT-tips",
    "vacancy_status": "PT-vacancy-status",
    "ai_use_statement": "PT-ai-use",
    "no_canadian_experience": "PT-country-experience",
    "gender_neutral_title": "PT-neutral-title",
}
_THINGS: dict[Duty, str] = {
    "pay_range": "the pay range",
    "benefits_general": "the benefits",
    "other_compensation": "other pay",
    "application_deadline": "the deadline",
    "how_to_apply": "how to apply",
    "commission_statement": "pay by commission",
    "tipped_statement": "pay by tips",
    "vacancy_status": "whether the vacancy exists",
    "ai_use_statement": "the use of AI",
}
_TIMES = {
    "before_interview": "before the interview",
    "after_interview": "after the interview",
    "on_request": "on request",
}


def check(vacancy: Vacancy) -> Iterator[Finding]:
    """What a posting's places ask for and it does not do, on its day."""
    case = Case(vacancy)
    yield from _limits(case)
    yield from _missing(case)
    yield from _unwanted(case)
    yield from _pay(case)
    yield from _later(case)
    yield from _of_ai(case)
    yield from _after(case)
    yield from _essential(case)


def places_of(posting: Posting, company: Company | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ISO places of a posting and its cities. A region stands for itself, not for its whole country."""
    places: list[str] = []
    cities: list[str] = []
    for location in locations(posting, company):
        city, country = str(location.city or ""), str(location.country or "")
        region = str(location.region or "") or region_of_city(city, country)
        places += [str(place) for place in (region or country, *location.remote_from) if place]
        cities += [city] if city else []
    return tuple(dict.fromkeys(places)), tuple(dict.fromkeys(cities))


def _limits(case: Case) -> Iterator[Finding]:
    """What keeps the check from saying more."""
    here = case.offer.spot("conditions", "locations")
    if not case.vacancy.places:
        yield finding("PT-place", here, rule_of("PT-place").message or "")
    on, as_of = day_number(case.vacancy.on), day_number(data().as_of)
    if on is not None and as_of is not None and on - as_of > STALE_AFTER:
        message = f"the data are from {data().as_of}, {on - as_of} days before {case.vacancy.on}"
        yield finding("PT-stale", Spot(case.vacancy.place), message)


def _missing(case: Case) -> Iterator[Finding]:
    """What the posting has to say and does not."""
    for duty, spot in case.offer.lacks.items():
        if rows := case.asking(duty):
            yield case.of_rows(_DUTIES[duty], spot, rows)


def _unwanted(case: Case) -> Iterator[Finding]:
    """What the posting says or asks and must not."""
    offer = case.offer
    for duty in ("no_canadian_experience", "gender_neutral_title"):
        rule = rule_of(_DUTIES[duty])
        seek = offer.matches if duty == "no_canadian_experience" else offer.title_matches
        if rows := case.asking(duty):
            yield from (case.of_rows(rule.code, spot, rows) for spot in seek(rule.pattern or "", rule.unless))
    rule = rule_of("PT-salary-history")
    banning = [row for row in case.all_rows if row.salary_history_ban]
    if rows := case.in_force(banning) or banning:
        severity: Severity | None = None if case.in_force(banning) else "warning"
        for spot in offer.matches(rule.pattern or "", rule.unless):
            yield case.of_rows(rule.code, spot, rows, severity)


def _pay(case: Case) -> Iterator[Finding]:
    """Whether the pay that is stated can be understood and is narrow enough."""
    rows = case.asking("pay_range")
    yield from _open_ended(case, rows)
    for pay in case.offer.pay:
        if not pay.currency or not pay.period:
            lacking = " and ".join(
                name for name, value in (("currency", pay.currency), ("unit", pay.period)) if not value
            )
            yield finding("PT-F5", pay.spot, f"the pay has no {lacking}")
        wide = [row for row in rows if _is_too_wide(pay, row, case.offer.pay)]
        if wide:
            yield case.of_rows("PT-F3", pay.spot, wide)
        if rows and pay.low > 0 and pay.high > pay.low * WIDE:
            yield finding("PT-F4", pay.spot, rule_of("PT-F4").message or "", cited("PT-F4"))
    rule = rule_of("PT-F6")
    asking = case.asking("benefits_general")
    if asking and (spot := case.offer.vague_benefits(rule.pattern or "")):
        yield _where(case, rule, spot, asking)


def _open_ended(case: Case, rows: list[Jurisdiction]) -> Iterator[Finding]:
    """Each open end, unless a range or a fixed pay is stated as well."""
    if rows and not any(not pay.is_open for pay in case.offer.pay):
        for spot in case.offer.open_ends():
            yield _where(case, rule_of("PT-F1"), spot, rows)


def _where(case: Case, rule: Rule, spot: Spot, asking: list[Jurisdiction]) -> Finding:
    """A finding that is as grave as its rule says in the places that the rule names, else a warning."""
    named = [row for row in asking if row.code in rule.places]
    return case.of_rows(rule.code, spot, named or asking, None if named else "warning")


def _is_too_wide(pay: Pay, row: Jurisdiction, every: tuple[Pay, ...]) -> bool:
    """Whether a yearly range is wider than its place allows; beside one in Canadian money, others are for elsewhere."""
    ends = pay.yearly
    if row.max_range_width is None or ends is None:
        return False
    own = {"CAD", "$", ""}
    is_other = pay.currency not in own and any(one.currency in own for one in every)
    is_exempt = row.range_exempt_above is not None and ends[1] > row.range_exempt_above
    return not is_other and not is_exempt and ends[1] - ends[0] > row.max_range_width


def _later(case: Case) -> Iterator[Finding]:
    """What will be asked for from a later day, and when pay is due if not in the posting."""
    lacks, on = case.offer.lacks, case.vacancy.on
    coming = [
        row for row in case.rows if row.is_upcoming(on) and any(row.asks(duty) for duty in _THINGS if duty in lacks)
    ]
    if coming:
        things = [name for duty, name in _THINGS.items() if duty in lacks and any(row.asks(duty) for row in coming)]
        text = f"the posting will have to state {', '.join(things)}"
        yield case.of_rows("PT-upcoming", Spot(case.vacancy.place), coming, "info", text)
    for trigger, time in _TIMES.items():
        due = [row for row in case.rows if row.trigger == trigger and row.status != "repealed"]
        if due and "pay_range" in lacks:
            text = f"pay is due {time}, if not in the posting"
            yield case.of_rows("PT-before-interview", lacks["pay_range"], due, "info", text)


def _of_ai(case: Case) -> Iterator[Finding]:
    """Laws on AI in hiring, for a posting that says nothing of it. Those on the posting itself have their own rule."""
    laws = [law for law in case.whereabouts.ai_laws() if not law.in_posting and law.status != "repealed"]
    laws = [law for law in laws if law.binds(case.offer.employees)]
    if laws and (spot := case.offer.lacks.get("ai_use_statement")):
        message = f"{rule_of('AI-notice').message}: {listed([_ai_label(law, case.vacancy.on) for law in laws])}"
        yield finding("AI-notice", spot, message, sources_of(laws))


def _ai_label(law: AiLaw, on: str) -> str:
    """A law with its days, and what it says of notices, else what it asks first."""
    since = "since" if law.effective <= on else "from"
    duty = next((duty for duty in law.duties if "notice" in duty), law.duties[0])
    notices = f", notices from {law.notices_from}" if (law.notices_from or "") > on else ""
    return f"{law.name} {since} {law.effective}{notices} ({duty})"


def _after(case: Case) -> Iterator[Finding]:
    """Ontario's notice after interviews, unless the posting says when applicants hear."""
    rule, dates = rule_of("SI-040"), case.offer.posting.dates if case.offer.posting else None
    rows = [row for row in case.in_force(case.rows) if row.code in rule.places]
    if rows and not (dates and dates.decision_by) and not case.offer.says(rule.unless or "(?!)"):
        yield case.of_rows(rule.code, case.offer.spot("hiring", "dates"), rows, "info")


def _essential(case: Case) -> Iterator[Finding]:
    """In the United States, that no duty is marked as essential; only a spec can be asked."""
    role = case.vacancy.role
    if role is None or not any(place.startswith("US") for place in case.vacancy.places):
        return
    if not any(getattr(part, "essential", False) for _, part in parts(role.spec.responsibilities)):
        place = Place(role.spec.origin, ("responsibilities",))
        message = "no duty is marked essential, and the posting is for the United States"
        yield finding("JD-029", Spot(place), message, cited("JD-029"))
