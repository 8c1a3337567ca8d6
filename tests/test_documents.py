"""Every kind of document of two small roles and one full one, as a reviewer reads them in a diff."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from jdgen.build import kit_files
from jdgen.load import Library
from jdgen.request import Request

SPECS = Path(__file__).parent / "specs"


def kit(fixture: str, role: str, posting: str | None = None) -> dict[str, bytes]:
    library = Library(own=SPECS / fixture / "role_specs")
    request = Request((role,), posting=posting, library=library, templates=Path("no-templates"))
    return {file.path.name.replace("README", f"{role}-README"): file.data for file in kit_files(request)}


KITS = {
    **kit("small", "gardener"),
    **kit("small", "street-cook"),
    **{f"posting-{name}": data for name, data in kit("full", "charge-nurse", "charge-nurse-night").items()},
}


def names(suffix: str) -> list[str]:
    return [name.removesuffix(suffix) for name in sorted(KITS) if name.endswith(suffix)]


@pytest.mark.parametrize("name", names(".md"))
def test_markdown(name: str, md_snapshot: SnapshotAssertion) -> None:
    assert KITS[f"{name}.md"].decode() == md_snapshot


@pytest.mark.parametrize("name", names(".docx"))
def test_word(name: str, docx_snapshot: SnapshotAssertion) -> None:
    assert KITS[f"{name}.docx"] == docx_snapshot
