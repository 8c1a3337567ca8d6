"""The public interface is what `__all__` says, sorted and complete."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import jdgen


def test_all_is_sorted_and_there() -> None:
    assert jdgen.__all__ == sorted(jdgen.__all__)
    for name in jdgen.__all__:
        assert getattr(jdgen, name) is not None


def test_every_home_is_in_all() -> None:
    assert sorted(name for names in jdgen._HOMES.values() for name in names) == jdgen.__all__


def test_a_name_that_is_not_public_is_refused() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        jdgen.nothing  # noqa: B018 - asking is the test


def test_importing_jdgen_imports_nothing_heavy() -> None:
    heavy = "pydantic jinja2 docx lxml yaml rich pyromark"
    code = f"import sys, jdgen, jdgen.cli; print([name for name in '{heavy}'.split() if name in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"


def test_a_kit_of_one_document_in_python(tmp_path: Path) -> None:
    role = jdgen.resolve_role(jdgen.load_role("ai-engineer"), level="senior")
    document = jdgen.render_document(role, "job-description")
    assert jdgen.write_document(document, tmp_path / "x.docx")
    assert not jdgen.write_document(document, tmp_path / "x.docx")
    assert document.title == "Senior AI Engineer"
