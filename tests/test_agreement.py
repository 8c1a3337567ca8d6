"""Figures of agreement, against published and independently computed ones."""

from __future__ import annotations

import pytest

from jdgen.agreement import correlation, rwg, within_one

# Shrout and Fleiss (1979), table 2: six targets, four judges.
SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
THREE_RATERS = [[3, 4, 3], [4, 4, 5], [2, 2, 1], [5, 4, 4], [3, 3, 2], [4, 5, 4]]


def test_shrout_and_fleiss() -> None:
    found = correlation(SHROUT_FLEISS)
    assert found
    assert (round(found.single, 2), round(found.average, 2)) == (0.29, 0.62)
    assert (round(found.low, 2), round(found.high, 2)) == (0.02, 0.76)
    assert (found.candidates, found.raters) == (6, 4)


def test_three_raters() -> None:
    found = correlation(THREE_RATERS)
    assert found
    assert found.single == pytest.approx(0.770992, abs=1e-6)
    assert found.average == pytest.approx(0.909910, abs=1e-6)
    assert found.low < found.single < found.high


@pytest.mark.parametrize("rows", [[], [[3, 4]], [[3], [4]], [[3, 3], [3, 3], [3, 3]]])
def test_what_is_not_defined_is_none(rows: list[list[int]]) -> None:
    assert correlation(rows) is None


def test_raters_who_always_agree() -> None:
    found = correlation([[1, 1], [3, 3], [5, 5]])
    assert found
    assert (found.single, found.low, found.high) == (1, 1, 1)


def test_exploratory_below_thirty() -> None:
    few, many = correlation(THREE_RATERS * 4), correlation(THREE_RATERS * 5)
    assert few
    assert many
    assert (few.is_exploratory, many.is_exploratory) == (True, False)


RWG = {(4, 4, 4): 1.0, (3, 4, 4): 0.83, (3, 4, 5): 0.5, (2, 4, 4): 0.33, (1, 3, 5): 0.0, (3, 4): 0.75, (2, 4): 0.0}


@pytest.mark.parametrize(("ratings", "expected"), RWG.items())
def test_rwg_on_five_points(ratings: tuple[int, ...], expected: float) -> None:
    found = rwg(ratings, 5)
    assert found is not None
    assert round(found, 2) == expected


def test_within_one() -> None:
    assert within_one((3, 4, 5)) == pytest.approx(2 / 3)
    assert within_one((1, 5)) == 0
    assert within_one((4,)) is None
    assert rwg((4,), 5) is None
