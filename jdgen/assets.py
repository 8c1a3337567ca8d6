"""What ships with jdgen, in a wheel or in a checkout: specs and templates."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    inside = _PACKAGE / name  # as in a wheel; a checkout has them beside the package
    return inside if inside.is_dir() else _PACKAGE.parent / name


ROLE_SPECS = _shipped("role_specs")
TEMPLATES = _shipped("templates")
