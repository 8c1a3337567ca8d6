"""Every file and folder that the kits of a request depend on: what to look at to know whether anything changed."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from jdgen.inputs import TEMPLATES, Digests, files_below
from jdgen.load import FOLDERS
from jdgen.manifest import read_manifest
from jdgen.recall import marks_of
from jdgen.request import Request


def watched(request: Request, folders: Iterable[Path]) -> tuple[list[str], bytes] | None:
    """The paths of inputs and files of the kits in `folders`, with their marks.

    None if the kits are not all made of the inputs as they are now, or it can't be told what they are made of.
    """
    digests = Digests(request.library, request.templates)
    inputs = {request.library.own / room: None for room in FOLDERS.values()}
    inputs |= dict.fromkeys(_tree(request.templates))
    files = [str(request.output)]
    expected: dict[str, str] = {}
    for folder in folders:
        manifest = read_manifest(folder)
        if manifest is None or not manifest.inputs:
            return None
        if any(expected.setdefault(label, value) != value for label, value in manifest.inputs.items()):
            return None
        files += [str(folder), *(os.path.join(folder, name) for name in manifest.files)]  # noqa: PTH118 - no object each
    inputs |= dict.fromkeys(digests.path(label) for label in expected if label != f"{TEMPLATES}/")
    paths = [*map(str, inputs), *files]
    marks = marks_of(paths).tobytes()  # before the digests, so that a change in between is not missed
    if any(digests.of(label) != value for label, value in expected.items()):
        return None
    return paths, marks


def _tree(folder: Path) -> list[Path]:
    """A folder with all that is in it."""
    files = [folder / file for file in files_below(folder)]
    return [folder, *dict.fromkeys(parent for file in files for parent in file.parents if parent != folder), *files]
