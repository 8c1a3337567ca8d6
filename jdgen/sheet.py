"""What the debrief's template sees of a panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jdgen.agreement import FEWEST_CANDIDATES, Correlation, correlation
from jdgen.finding import Finding, Judgment
from jdgen.panel import Opinion, Panel
from jdgen.problem import Problem
from jdgen.view import View

_SHADES = "░▒▓█"
"""How a point of the scale looks by the number of ratings that fell on it: none, one, two, more."""


def panel_view(panel: Panel, panels: Sequence[Panel], told: Sequence[Problem]) -> View:
    """The panel as the template sees it.

    `panels` are those of all candidates of the kit, this one among them; `told` is what could not be told.
    """
    return View(
        "a panel",
        {
            "candidate": panel.candidate,
            "raters": panel.raters,
            "findings": tuple(_finding_view(finding, panel, panels) for finding in panel.findings),
            "criteria": tuple(_finding_view(finding, panel, ()) for finding in panel.criteria),
            "opinions": tuple(_opinion_view(opinion) for opinion in panel.opinions),
            "gaps": tuple(View("a gap", {"sort": gap.sort, "values": gap.values}) for gap in panel.gaps),
            "untold": tuple(f"{problem.file.rpartition('/')[2]}: {problem.message}" for problem in told),
            "versions": tuple(
                View("a version", {"version": version, "raters": ", ".join(names)})
                for version, names in panel.versions.items()
            ),
            "is_mixed": panel.is_mixed,
            "strays": tuple(
                View("a stray", dict(zip(("label", "rater", "rating"), stray, strict=True))) for stray in panel.strays
            ),
            "red_flags": tuple(
                View("a red flag", dict(zip(("competency", "rater", "flag"), flag, strict=True)))
                for flag in panel.red_flags
            ),
            "splits": sum(finding.is_split for finding in panel.findings),
            "total": _rounded(panel.total),
            "criteria_total": _rounded(panel.criteria_total),
            "share": panel.share,
            "candidates": len(panels),
            "fewest_candidates": FEWEST_CANDIDATES,
        },
    )


def _finding_view(finding: Finding, panel: Panel, panels: Sequence[Panel]) -> View:
    by_rater = {judgment.by: judgment for judgment in finding.judgments}
    use = finding.competency.use if finding.competency else None
    return View(
        "a finding",
        {
            "name": finding.name,
            "weight": finding.weight,
            "share": finding.competency.share if finding.competency else None,
            "importance": use.importance if use else None,
            "target": use.target if use else None,
            "minimum": finding.minimum,
            "judgments": tuple(_judgment_view(judgment) for judgment in finding.judgments),
            "side_by_side": tuple(
                _judgment_view(by_rater[name]) if name in by_rater else None for name in panel.raters
            ),
            "mean": _rounded(finding.mean),
            "range": finding.range,
            "marks": "".join(_SHADES[min(count, len(_SHADES) - 1)] for count in finding.counts),
            "is_split": finding.is_split,
            "is_below_minimum": finding.is_below_minimum,
            "below_minimum": tuple(_judgment_view(judgment) for judgment in finding.below_minimum),
            "raters": len(finding.ratings),
            "within_one": None if finding.within_one is None else round(100 * finding.within_one),
            "rwg": _rounded(finding.rwg),
            "correlation": _correlation_view(_over_candidates(finding, panels)),
        },
    )


def _judgment_view(judgment: Judgment) -> View:
    names = ("by", "stage", "state", "rating", "evidence", "red_flags")
    return View("a judgment", {name: getattr(judgment, name) for name in names})


def _opinion_view(opinion: Opinion) -> View:
    return View("an opinion", {name: getattr(opinion, name) for name in ("by", "stage", "label", "because")})


def _over_candidates(finding: Finding, panels: Sequence[Panel]) -> Correlation | None:
    """The intraclass correlation of one competency over the candidates that the same people rated.

    None if there are fewer than ten of them: each stage has its own people, and candidates differ.
    """
    rows: dict[tuple[str, ...], list[list[int]]] = {}
    for panel in panels:
        given = next(other for other in panel.findings if other.id == finding.id)
        rated = {judgment.by.casefold(): judgment.rating for judgment in given.judgments if judgment.rating is not None}
        names = tuple(sorted(rated))
        rows.setdefault(names, []).append([rated[name] for name in names])
    most = max(rows.values(), key=len, default=[])
    return correlation(most) if len(most) >= FEWEST_CANDIDATES else None


def _correlation_view(found: Correlation | None) -> View | None:
    if found is None:
        return None
    values: Mapping[str, Any] = {
        **{name: _rounded(getattr(found, name)) for name in ("single", "average", "low", "high")},
        "candidates": found.candidates,
        "raters": found.raters,
        "is_exploratory": found.is_exploratory,
    }
    return View("a correlation", values)


def _rounded(value: float | None) -> str | None:
    """A figure with two decimals, as text; halves away from zero, as people round."""
    return None if value is None else f"{value + (1e-9 if value >= 0 else -1e-9):.2f}"
