"""Scorecards filled in, for tests: Markdown as a person types it into an editor."""

from __future__ import annotations

import re
from pathlib import Path

from jdgen.build import kit_files
from jdgen.form import form_in
from jdgen.load import Library
from jdgen.request import Request

ROOT = Path(__file__).parent.parent
SPECS = ROOT / "role_specs"


def blank_scorecards(role: str = "ai-engineer") -> dict[str, str]:
    """The Markdown of a shipped role's scorecards, by stage."""
    library, templates = Library(SPECS), ROOT / "templates"
    request = Request((role,), kinds=("scorecard",), formats=("md",), library=library, templates=templates)
    start = f"{role}-scorecard-"
    return {file.path.stem.removeprefix(start): file.data.decode() for file in kit_files(request)}


def filled(markdown: str, values: dict[str, object]) -> str:
    """The scorecard with values in the places of its fields; each must be one of them."""
    form = form_in(markdown)
    assert form is not None
    assert set(values) <= {field.id for field in form.fields}
    for id, value in values.items():
        place = re.compile(rf"(?<=<!-- field {re.escape(id)} -->).*?(?=<!-- /field -->)")
        markdown = place.sub(lambda _, value=value: str(value), markdown)  # type: ignore[misc]  # bound at once
    return markdown
