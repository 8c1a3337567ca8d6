"""What scorecards say of one competency, or of one criterion of a work sample. Values in, values out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

from jdgen.agreement import SPLIT, rwg, within_one
from jdgen.role import AssessedCompetency

State = Literal["rated", "not-assessed", "blank", "untold"]


@dataclass(frozen=True)
class Judgment:
    """What one scorecard says of one competency or criterion."""

    by: str
    stage: str
    state: State
    rating: int | None
    evidence: str
    red_flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """What all scorecards say of one competency or criterion."""

    id: str
    name: str
    weight: int
    judgments: tuple[Judgment, ...]
    scale: tuple[int, ...]
    competency: AssessedCompetency | None = None
    """None for a criterion of the work sample."""

    @property
    def ratings(self) -> tuple[int, ...]:
        return tuple(judgment.rating for judgment in self.judgments if judgment.rating is not None)

    @property
    def mean(self) -> float | None:
        return fmean(self.ratings) if self.ratings else None

    @property
    def range(self) -> int | None:
        """How far apart the ratings are; None for fewer than two."""
        return max(self.ratings) - min(self.ratings) if len(self.ratings) > 1 else None

    @property
    def is_split(self) -> bool:
        return (self.range or 0) >= SPLIT

    @property
    def minimum(self) -> int | None:
        return self.competency.use.minimum if self.competency else None

    @property
    def is_below_minimum(self) -> bool:
        return self.mean is not None and self.minimum is not None and self.mean < self.minimum

    @property
    def below_minimum(self) -> tuple[Judgment, ...]:
        """Those whose rating is below the minimum, whatever the mean is."""
        low = self.minimum or 0
        return tuple(judgment for judgment in self.judgments if judgment.rating is not None and judgment.rating < low)

    @property
    def counts(self) -> tuple[int, ...]:
        """How many ratings fell on each point of the scale."""
        given = Counter(self.ratings)
        return tuple(given[point] for point in self.scale)

    @property
    def within_one(self) -> float | None:
        return within_one(self.ratings)

    @property
    def rwg(self) -> float | None:
        return rwg(self.ratings, max(self.scale) - min(self.scale) + 1)
