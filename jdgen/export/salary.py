"""What a vacancy pays, as schema.org's JobPosting says it and Google reads it.

Google's page on JobPosting: `baseSalary` is the actual base salary that the employer offers, never an estimate.
So ranges are neither averaged nor merged, and what holds more than base pay is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from jdgen.export.need import wished
from jdgen.problem import Problem
from jdgen.role import Role
from jdgen.spec.posting import PayRange
from jdgen.vacancy import arranged_sections

Data = dict[str, Any]


def base_salary(role: Role) -> list[Data]:
    """The base pay as `MonetaryAmount`s: one if the same pay holds for everyone, else one for each range, named
    by what it holds for.
    """
    pay = one_range(role)
    if pay is not None:
        return [_amount(pay)]
    return [
        {**_amount(pay), **({"name": name} if (name := _held_for(pay)) else {})}
        for pay in _shown(role)
        if pay.basis == "base"
    ]


def one_range(role: Role) -> PayRange | None:
    """The range of base pay that holds for everyone; None if there are ranges that offer different pay."""
    ranges = _shown(role)
    offers = {(pay.min, pay.max, pay.currency, pay.period, pay.basis) for pay in ranges}
    if len(offers) != 1 or ranges[0].basis != "base":
        return None
    places = role.posting.locations if role.posting else ()
    is_of_one_place = len(ranges) == 1 and ranges[0].location and len(places) > 1
    return None if is_of_one_place else ranges[0]


def salary_problems(role: Role) -> Iterator[Problem]:
    """What Google lacks of the pay."""
    posting = role.posting
    for position, pay in enumerate(posting.compensation.ranges if posting and posting.compensation else ()):
        if pay.basis != "base":
            message = f"pay that is {pay.basis.replace('_', ' ')} is left out, since Google takes base pay only"
            where = ("compensation", "ranges", position, "basis")
            yield wished(posting, where, "export.pay-basis", message, "add the range of the base pay")
    salaries = base_salary(role)
    if not salaries:
        message, hint = "Google would show the base pay, and none is shown", "write compensation with ranges"
        yield wished(posting, ("compensation",), "export.pay", message, hint)
    if len(salaries) > 1:
        message = f"there are {len(salaries)} ranges of base pay, and Google reads one"
        hint = "give each place or level a posting of its own"
        yield wished(posting, ("compensation", "ranges"), "export.pay-several", message, hint)


def number(value: Decimal) -> int | float:
    """An amount as JSON writes numbers."""
    return int(value) if value == value.to_integral_value() else float(value)


def _shown(role: Role) -> tuple[PayRange, ...]:
    """The ranges that candidates read, each with its currency."""
    posting, currency = role.posting, role.company.currency if role.company else None
    if posting is None or posting.compensation is None or "pay" not in arranged_sections(role):
        return ()
    ranges = posting.compensation.ranges
    return tuple(pay.model_copy(update={"currency": pay.currency or currency}) for pay in ranges)


def _held_for(pay: PayRange) -> str:
    """For whom or where a range holds, in the posting's words."""
    contract = pay.employment.replace("_", " ") if pay.employment else None
    return " · ".join(str(part) for part in (pay.location, pay.level, contract, pay.note) if part)


def _amount(pay: PayRange) -> Data:
    if pay.max is None or pay.max == pay.min:
        bounds = {"value": number(pay.min)}
    else:
        bounds = {"minValue": number(pay.min), "maxValue": number(pay.max)}
    value = {"@type": "QuantitativeValue", **bounds, "unitText": pay.period.upper()}
    return {"@type": "MonetaryAmount", "currency": str(pay.currency), "value": value}
