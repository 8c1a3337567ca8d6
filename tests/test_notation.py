"""Numbers, money, days, lists and places as languages write them (CLDR, by Babel)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jdgen.notation import Notation


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "€52,000–€64,000"),
        ("en-GB", "€52,000–€64,000"),
        ("fr", "52\xa0000–64\xa0000\xa0€"),
        ("de", "52.000–64.000\xa0€"),
        ("es", "52.000–64.000\xa0€"),
        ("pt-BR", "€\xa052.000–€\xa064.000"),
        ("ja", "€52,000–€64,000"),
        ("ar", "52,000–64,000\xa0€"),
        ("xx", "€52,000–€64,000"),
    ],
)
def test_a_range_of_pay(language: str, expected: str) -> None:
    assert Notation(language).money(Decimal(52000), Decimal(64000), "EUR") == expected


def test_amounts_keep_their_decimals() -> None:
    english = Notation("en")
    assert english.money(Decimal("23.5"), Decimal(30), "USD") == "$23.50–$30.00"
    assert english.money(Decimal(6000000), None, "JPY") == "¥6,000,000"
    assert english.money(Decimal("1.125"), None, "USD") == "$1.125"
    assert english.money(Decimal(40), Decimal(40), "USD") == "$40"
    assert Notation("en-IN").money(Decimal(1234567), None, "INR") == "₹12,34,567"
    assert Notation("de").number(Decimal("1234567.5")) == "1.234.567,50"


def test_what_stands_between_two_amounts() -> None:
    assert Notation("ja").money(Decimal(300000), Decimal(420000), "JPY", "～") == "￥300,000～￥420,000"


@pytest.mark.parametrize(
    ("language", "typed", "expected"),
    [
        ("en", "2027-01-31", "January 31, 2027"),
        ("en-GB", "2027-01-31", "31 January 2027"),
        ("fr", "2027-01-31", "31 janvier 2027"),
        ("ja", "2027-01-31", "2027年1月31日"),
        ("ar", "2027-01-31", "31 يناير 2027"),
        ("de", "2027-01-31T23:59+01:00", "31. Januar 2027, 23:59 UTC+01:00"),
        ("en", "2027-01-31T23:59:00Z", "January 31, 2027, 11:59\xa0PM UTC"),
        ("en", "2027-01-31 23:59 Pacific", "January 31, 2027, 11:59\xa0PM Pacific"),
        ("en", "2027-01-31, or when it is filled", "January 31, 2027, or when it is filled"),
        ("en", "2027-02-30", "2027-02-30"),
        ("en", "2027-01-311", "2027-01-311"),
        ("en", "2027-01-31 25:00", "2027-01-31 25:00"),
        ("en", "by 2027-01-31", "by 2027-01-31"),
        ("en", "18/10", "18/10"),
    ],
)
def test_a_day(language: str, typed: str, expected: str) -> None:
    assert Notation(language).day(typed) == expected


def test_lists() -> None:
    assert Notation("en").listed(["a", "b", "c"]) == "a, b, and c"
    assert Notation("en-GB").listed(["a", "b", "c"]) == "a, b and c"
    assert Notation("fr").listed(["a", "b"]) == "a et b"
    assert Notation("ja").listed(["a", "b", "c"]) == "a、b、c"
    assert Notation("en").listed(["a"]) == "a"
    assert [Notation(tag).comma for tag in ("en", "ja", "ar")] == [", ", "、", "، "]


def test_places() -> None:
    english = Notation("en")
    assert english.place("DE") == "Germany"
    assert english.place("US-CO") == "CO, United States"
    assert english.place("DE-BE") == "DE-BE"
    assert english.place("XX") == "XX"
    assert english.town("Denver", "US-CO") == "Denver, CO, United States"
    assert english.town("Berlin", "DE-BE") == "Berlin, Germany"
    assert Notation("fr").town("Berlin", "DE") == "Berlin, Allemagne"
    assert Notation("de").language("fr") == "Französisch"


@pytest.mark.parametrize(
    ("language", "count", "category"),
    [
        ("en", "1", "one"),
        ("en", "0", "other"),
        ("fr", "0", "one"),
        ("ar", "0", "zero"),
        ("ar", "2", "two"),
        ("ar", "3", "few"),
        ("ar", "11", "many"),
        ("ar", "100", "other"),
        ("ja", "1", "other"),
        ("en", "45–60", "other"),
        ("en", "0–1", "one"),
        ("en", "some", "other"),
    ],
)
def test_plurals(language: str, count: str, category: str) -> None:
    assert Notation(language).plural(count) == category
