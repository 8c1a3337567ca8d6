"""A trace as records: CSV and JSON for other programs, and what its template sees."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterator, Mapping

from jdgen.requirement import SORTS
from jdgen.role import AssessedCompetency, PlannedStage, Role
from jdgen.trace import CRITERION, Hole, Row, Trace
from jdgen.view import View

_COLUMNS = (
    "sort",
    "group",
    "route",
    "requirement",
    "place",
    "assessed_by",
    "competency",
    "competency_name",
    "question",
    "question_kind",
    "question_text",
    "asked_in",
    "anchors",
    "scorecards",
    "hole",
    "hole_message",
)
_ALSO_FORMULA = "\u2212"
"""A minus sign, which NFKC keeps apart from the hyphen."""


def as_csv(trace: Trace) -> str:
    """A row for each requirement and question, then one for each hole, as RFC 4180 has it, with CRLF.

    A cell that a spreadsheet could take for a formula begins with an apostrophe.
    """
    text = io.StringIO(newline="")
    # A spreadsheet that parts cells at semicolons would split a cell that is not quoted.
    table = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(_COLUMNS)
    for cells in (*_row_cells(trace), *_hole_cells(trace)):
        table.writerow([harmless(cells.get(column, "")) for column in _COLUMNS])
    return text.getvalue()


def harmless(cell: str) -> str:
    """The cell, with an apostrophe before it if a spreadsheet could take it for a formula."""
    rest = cell.lstrip("\ufeff\u200b\u2060 \u00a0\u3000\t\r\n\v\f")
    before = cell[: len(cell) - len(rest)]
    first = unicodedata.normalize("NFKC", rest[:1])
    is_formula = first[:1] in set("=+-@" + _ALSO_FORMULA) or any(sign in before for sign in "\t\r\n")
    return f"'{cell}" if is_formula else cell


def _row_cells(trace: Trace) -> Iterator[Mapping[str, str]]:
    for row in trace.rows:
        cells = {**_requirement_cells(row), **_competency_cells(row.competency)}
        cells |= {"anchors": anchors_text(row), "scorecards": _ids(row.scorecards)}
        for one in row.evidence:
            yield {**cells, **_question_cells(one.id, one.kind, one.text), "asked_in": _ids(one.stages)}
        if not row.evidence:
            yield cells


def _hole_cells(trace: Trace) -> Iterator[Mapping[str, str]]:
    for hole in trace.holes:
        question = hole.question
        yield {
            **(_requirement_cells(hole.row) if hole.row else {}),
            **_competency_cells(hole.competency),
            **(_question_cells(question.id, question.kind, str(question.text)) if question else {}),
            **({"scorecards": hole.stage.id} if hole.stage else {}),
            "place": str(hole.place),
            "hole": hole.sort,
            "hole_message": hole.message,
        }


def _requirement_cells(row: Row) -> dict[str, str]:
    requirement = row.requirement
    return {
        "sort": requirement.sort,
        "group": " > ".join(requirement.group),
        "route": "yes" if requirement.is_route else "",
        "requirement": requirement.text,
        "place": str(requirement.place),
        "assessed_by": ", ".join(requirement.assessed_by),
    }


def _question_cells(id: str, kind: str, text: str) -> dict[str, str]:
    return {"question": id, "question_kind": kind, "question_text": text}


def _competency_cells(competency: AssessedCompetency | None) -> dict[str, str]:
    return {"competency": competency.id, "competency_name": str(competency.competency.name)} if competency else {}


def _ids(stages: tuple[PlannedStage, ...]) -> str:
    return ", ".join(stage.id for stage in stages)


def anchors_text(row: Row) -> str:
    """Which points have an anchor, such as `1-5`, or `1, 3, 5; 2 and 4 missing`; nothing without a competency."""
    if not row.missing:
        return span(row.written)
    *most, last = map(str, row.missing)
    missing = f"{', '.join(most)} and {last}" if most else last
    return f"{', '.join(map(str, row.written)) or 'none'}; {missing} missing"


def span(values: tuple[int, ...], dash: str = "-") -> str:
    """Values without a gap by the first and the last, others one by one."""
    if len(values) > 1 and values == tuple(range(values[0], values[-1] + 1)):
        return f"{values[0]}{dash}{values[-1]}"
    return ", ".join(map(str, values))


def as_json(trace: Trace) -> str:
    """The trace as JSON: the role, its requirements, the holes; with sorted keys."""
    role = trace.role
    data = {
        "role": role.id,
        "title": role.title,
        "level": role.level.id if role.level else None,
        "posting": role.posting.id if role.posting else None,
        "company": role.company.id if role.company else None,
        "kit_version": role.version,
        "requirements": [_row_data(row) for row in trace.rows],
        "holes": [_hole_data(hole) for hole in trace.holes],
    }
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _row_data(row: Row) -> dict[str, object]:
    requirement, competency = row.requirement, row.competency
    return {
        "sort": requirement.sort,
        "group": list(requirement.group),
        "is_route": requirement.is_route,
        "text": requirement.text,
        "place": str(requirement.place),
        "assessed_by": list(requirement.assessed_by),
        "is_assessed": row.is_assessed,
        "competency": {"id": competency.id, "name": str(competency.competency.name)} if competency else None,
        "questions": [
            {"id": one.id or None, "kind": one.kind, "text": one.text, "stages": [stage.id for stage in one.stages]}
            for one in row.evidence
        ],
        "anchors": {"written": list(row.written), "missing": list(row.missing)},
        "scorecards": [stage.id for stage in row.scorecards],
    }


def _hole_data(hole: Hole) -> dict[str, object]:
    return {
        "sort": hole.sort,
        "message": hole.message,
        "place": str(hole.place),
        "requirement": hole.row.requirement.text if hole.row else None,
        "competency": hole.competency.id if hole.competency else None,
        "stage": hole.stage.id if hole.stage else None,
        "question": hole.question.id if hole.question else None,
        "missing": list(hole.missing),
    }


# --- what the template sees ------------------------------------------------------------------------


def trace_view(trace: Trace) -> View:
    """The trace as the template sees it: sections of rows by sort, the questions by stage, the holes."""
    sections = (
        View(
            "a section",
            {"sort": sort, "rows": tuple(_row_view(row, trace.role) for row in trace.rows if _sort(row) == sort)},
        )
        for sort in SORTS
    )
    return View(
        "a trace",
        {
            "sections": tuple(section for section in sections if section.rows),
            "requirements": len(trace.rows),
            "competencies": len(trace.role.competencies),
            "questions": tuple(_asked_views(trace.role)),
            "holes": tuple(_hole_view(hole) for hole in trace.holes),
        },
    )


def _sort(row: Row) -> str:
    return row.requirement.sort


def _row_view(row: Row, role: Role) -> View:
    requirement = row.requirement
    return View(
        "a row",
        {
            "text": requirement.text,
            "group": " › ".join(title.strip().rstrip(".:") for title in requirement.group),
            "is_route": requirement.is_route,
            "is_assessed": row.is_assessed,
            "assessed_by": requirement.assessed_by,
            "competency": str(row.competency.competency.name) if row.competency else None,
            "asked": tuple(_numbers(row, role)),
            "criteria": tuple(one.text for one in row.evidence if one.kind == CRITERION),
            "anchors": span(row.written, "–") if not row.missing else ", ".join(map(str, row.written)),
            "missing": ", ".join(map(str, row.missing)),
            "scorecards": tuple(str(stage.stage.name) for stage in row.scorecards),
        },
    )


def _numbers(row: Row, role: Role) -> Iterator[View]:
    """By stage, the numbers that the questions about the row's competency have in its interview guide."""
    for stage in role.stages if row.competency else ():
        numbers = [str(n) for n, asked in enumerate(stage.questions, 1) if asked.competency is row.competency]
        if numbers and stage.is_default:
            yield View("questions of a stage", {"stage": str(stage.stage.name), "numbers": ", ".join(numbers)})


def _asked_views(role: Role) -> Iterator[View]:
    for stage in role.stages:
        for number, asked in enumerate(stage.questions if stage.is_default else (), 1):
            yield View(
                "a question asked",
                {
                    "stage": str(stage.stage.name),
                    "number": number,
                    "text": str(asked.question.text),
                    "competency": str(asked.competency.competency.name),
                },
            )


def _hole_view(hole: Hole) -> View:
    """A hole's sort, and the values of its phrase."""
    values = {
        "requirement": hole.row.requirement.text if hole.row else "",
        "competency": str(hole.competency.competency.name) if hole.competency else "",
        "stage": str(hole.stage.stage.name) if hole.stage else "",
        "question": str(hole.question.text) if hole.question else "",
        "points": ", ".join(map(str, hole.missing)),
        "place": str(hole.place),
    }
    return View("a hole", {"sort": hole.sort, "values": values})
