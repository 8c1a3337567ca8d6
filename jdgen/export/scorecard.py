"""A stage's scorecard as a neutral template: a name, and questions with an identifier, a text, a type and options.

The shape is that of Unified.to's scorecard templates. The identifiers are those of the scorecard's own fields, so
that a filled one can be matched with what came back through another system; its id holds the kit's version.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jdgen.form import NOT_ASSESSED, Field, Form
from jdgen.role import PlannedStage, Role
from jdgen.view import View

Data = dict[str, Any]
_ABOUT = ("candidate", "interviewer", "date")
"""The fields that say whose scorecard it is; other systems have them beside its questions."""
_TYPES = {"choice": "RATING", "check": "YES_NO"}
_RECOMMENDATION = "recommendation"


def scorecard_template(role: Role, stage: PlannedStage, form: Form, recommendations: Sequence[View]) -> Data:
    """The template of a stage's scorecard.

    `form` is that of the rendered scorecard; `recommendations` are the points of that scale as templates see them.
    """
    return {
        "id": f"{role.variant or role.id}-{stage.id}-{role.version}",
        "name": str(stage.stage.name),
        "description": str(stage.stage.purpose),
        "is_active": True,
        "questions": [
            {
                "question_identifier": field.id,
                "text": field.label,
                "type": _TYPES.get(field.type, "TEXT"),
                **({"options": _options(field, role, recommendations)} if field.options else {}),
            }
            for field in form.fields
            if field.id not in _ABOUT
        ],
    }


def _options(field: Field, role: Role, recommendations: Sequence[View]) -> list[Data]:
    """The points of a field's scale, each with its label, and its anchor or definition where it has one."""
    told = ((value, label, _description(field, value, role, recommendations)) for value, label in field.options.items())
    return [
        {"value": value, "label": label, **({"description": description} if description else {})}
        for value, label, description in told
    ]


def _description(field: Field, value: str, role: Role, recommendations: Sequence[View]) -> str:
    """What a point of a scale stands for; nothing where that is not written."""
    if value == NOT_ASSESSED:
        return ""
    if field.id == _RECOMMENDATION:
        return str(recommendations[int(value) - 1].definition or "")
    assessed = next((one for one in role.competencies if field.id == f"{one.id}.rating"), None)
    return str(assessed.competency.anchors.get(int(value), "")) if assessed else ""
