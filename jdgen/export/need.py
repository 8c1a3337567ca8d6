"""What another system needs of a posting, at the place where it would be written."""

from __future__ import annotations

from dataclasses import replace

from jdgen.problem import Problem
from jdgen.reference import at_place
from jdgen.spec.file import SpecFile
from jdgen.spec.walk import Path


def needed(file: SpecFile | None, where: Path, code: str, message: str, hint: str = "") -> Problem:
    """An error: without it nothing is written."""
    return at_place(file, where, code, message, hint)


def wished(file: SpecFile | None, where: Path, code: str, message: str, hint: str = "") -> Problem:
    """A warning: what is written has less in it."""
    return replace(at_place(file, where, code, message, hint), severity="warning")
