"""The command line: thin commands, and the only package that prints or exits.

Exit codes: 0 fine, 1 a check found something, 2 the input can't be used. What a command imports, it
imports itself, so that help and completion stay quick.
"""

from __future__ import annotations

# isort: off
# Each adds its commands, in the order in which help lists them.
from jdgen.cli import kits, revisions, pages, export, judge, families, importing, library  # noqa: F401 - to be imported is all they need

# isort: on
from jdgen.cli.app import FOUND, UNUSABLE, app, main

__all__ = ["FOUND", "UNUSABLE", "app", "main"]
