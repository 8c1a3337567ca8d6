"""Programs that tests run. Where one is not installed its tests are skipped; on CI, where it must be, they fail."""

from __future__ import annotations

import os
import shutil

import pytest

PACKAGES = {"chromium": "chromium", "pandoc": "pandoc", "soffice": "libreoffice-writer-nogui"}
"""The Debian package of each program."""


def program(name: str) -> str:
    """The path of a program; without it, the test that asks is skipped, or failed where CI is set."""
    path = shutil.which(name)
    if path is None:
        missing = f"{name} is not installed: apt-get install {PACKAGES[name]}"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    return path
