"""How far raters agree: the figures that mean something, and those that need many candidates.

What is shown when follows from simulation: with three raters, the intraclass correlation of fewer than ten
candidates may come out anywhere between nothing and nearly perfect.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean, variance

FEWEST_CANDIDATES = 10
"""Below so many candidates, an intraclass correlation says too little to be shown."""
FIRM_FROM = 30
"""Below so many, it is exploratory."""
SPLIT = 2
"""How many points apart ratings are a split."""
_CONFIDENCE = 0.95
_STEPS = 200


@dataclass(frozen=True)
class Correlation:
    """An intraclass correlation, two-way random, absolute agreement, with its 95% confidence interval."""

    single: float
    """ICC(A,1): how far one rater's ratings can be relied on."""
    average: float
    """ICC(A,k): how far the mean of all raters can be relied on."""
    low: float
    high: float
    """The interval of ICC(A,1)."""
    candidates: int
    raters: int

    @property
    def is_exploratory(self) -> bool:
        return self.candidates < FIRM_FROM


def within_one(ratings: Sequence[int]) -> float | None:
    """The share of pairs of ratings that differ by at most one point; None for fewer than two ratings."""
    pairs = list(combinations(ratings, 2))
    return sum(abs(one - other) <= 1 for one, other in pairs) / len(pairs) if pairs else None


def rwg(ratings: Sequence[int], points: int) -> float | None:
    """The agreement of raters on one thing, against ratings spread evenly over a scale of `points`.

    1 is full agreement; below 0, which is more spread than by chance, 0 stands by custom. None for fewer
    than two ratings. After James, Demaree and Wolf (1984).
    """
    if len(ratings) < 2:
        return None
    by_chance = (points**2 - 1) / 12
    return max(0.0, 1 - variance(ratings) / by_chance)


def correlation(rows: Sequence[Sequence[int]]) -> Correlation | None:
    """The intraclass correlation of ratings: a row for each candidate, a column for each rater, none missing.

    None where it is not defined: fewer than two rows or columns, or no variation. After McGraw and Wong
    (1996), cases 2 and 2A.
    """
    n, k = len(rows), len(rows[0]) if rows else 0
    if n < 2 or k < 2 or len({rating for row in rows for rating in row}) == 1:
        return None
    between, raters, error = _mean_squares(rows)
    denominator = between + (k - 1) * error + k * (raters - error) / n
    average = between + (raters - error) / n
    if denominator <= 0 or average <= 0:
        return None
    single = (between - error) / denominator
    low, high = _interval(single, n, k, (between, raters, error))
    return Correlation(single, (between - error) / average, low, high, n, k)


def _mean_squares(rows: Sequence[Sequence[int]]) -> tuple[float, float, float]:
    """The mean squares between candidates, between raters, and of what is left."""
    n, k = len(rows), len(rows[0])
    grand = fmean(rating for row in rows for rating in row)
    of_rows = k * sum((fmean(row) - grand) ** 2 for row in rows)
    of_columns = n * sum((fmean(column) - grand) ** 2 for column in zip(*rows, strict=True))
    total = sum((rating - grand) ** 2 for row in rows for rating in row)
    return of_rows / (n - 1), of_columns / (k - 1), max(0.0, total - of_rows - of_columns) / ((n - 1) * (k - 1))


def _interval(single: float, n: int, k: int, squares: tuple[float, float, float]) -> tuple[float, float]:
    between, raters, error = squares
    if error == raters == 0:
        return single, single
    if single >= 1:
        return 1.0, 1.0
    a = k * single / (n * (1 - single))
    b = 1 + k * single * (n - 1) / (n * (1 - single))
    freedom = (a * raters + b * error) ** 2 / ((a * raters) ** 2 / (k - 1) + (b * error) ** 2 / ((n - 1) * (k - 1)))
    upper = 1 - (1 - _CONFIDENCE) / 2
    below, above = _f_quantile(upper, n - 1, freedom), _f_quantile(upper, freedom, n - 1)
    rest = k * raters + (k * n - k - n) * error
    low = n * (between - below * error) / (below * rest + n * between)
    return low, n * (above * between - error) / (rest + n * above * between)


def _f_quantile(probability: float, one: float, other: float) -> float:
    """The quantile of Fisher's F with `one` and `other` degrees of freedom, by halving."""
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if _beta(middle, one / 2, other / 2) < probability else (low, middle)
    return other * low / (one * (1 - low)) if low < 1 else math.inf


def _beta(x: float, a: float, b: float) -> float:
    """The regularized incomplete beta function, by its continued fraction (DLMF 8.17.22)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta(1 - x, b, a)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)) / a

    def term(step: int) -> float:
        half = step // 2
        if step % 2:
            return -(a + half) * (a + b + half) * x / ((a + 2 * half) * (a + 2 * half + 1))
        return half * (b - half) * x / ((a + 2 * half - 1) * (a + 2 * half))

    return front / _fraction(term)


def _fraction(term: Callable[[int], float]) -> float:
    """1 + t1 / (1 + t2 / (1 + ...)), from the inside out."""
    value = 1.0
    for step in range(_STEPS, 0, -1):
        value = 1 + term(step) / (value or 1e-300)
    return value
