"""What a kit depends on: every file of the user's that can change it, and files that could come in between.

Inputs are named by labels, such as `role_specs/ai-engineer.yaml`, which are the same wherever the
folders are. What ships with jdgen is no input, since jdgen's version stands for it.
"""

from __future__ import annotations

import os
from pathlib import Path

from jdgen.appearance import appearance_files
from jdgen.load import FOLDERS, Library, path_in_specs
from jdgen.manifest import ABSENT, digest, digest_of
from jdgen.problem import shown
from jdgen.request import Loaded, Request
from jdgen.source import Source
from jdgen.spec import Company, SpecFile

SPECS, TEMPLATES = "role_specs", "templates"
"""How labels begin: the folders' usual names."""
_HIDDEN = (".", "~$")


class Digests:
    """The digests of inputs by label; each file is read once."""

    def __init__(self, library: Library, templates: Path) -> None:
        self._own, self._templates = library.own, templates
        self._known: dict[str, str] = {}

    def of(self, label: str) -> str:
        """The SHA-256 of a file, of a folder's names, or of all templates; `ABSENT` if it is not there."""
        if label not in self._known:
            self._known[label] = self._made(label)
        return self._known[label]

    def path(self, label: str) -> Path:
        """Where the file or folder of a label is."""
        room, _, rest = label.partition("/")
        return (self._own if room == SPECS else self._templates) / rest

    def _made(self, label: str) -> str:
        path = self.path(label)
        if label == f"{TEMPLATES}/":
            return digest(
                "\n".join(f"{file.as_posix()} {digest_of(path / file)}" for file in files_below(path)).encode()
            )
        if label.endswith("/"):
            return digest("\n".join(sorted(each.name for each in path.iterdir())).encode()) if path.is_dir() else ABSENT
        return digest_of(path)


def inputs_of(files: Loaded, request: Request, digests: Digests) -> dict[str, str]:
    """The digests of all that a kit's files depend on, by label: of specs as they were read."""
    spec, company, posting = files.spec, files.company, files.posting
    library = files.library
    room = SPECS  # or that of what is pinned
    if library != request.library:
        room = f"{SPECS}/{library.own.relative_to(request.library.own).as_posix()}"
    found = {f"{TEMPLATES}/": digests.of(f"{TEMPLATES}/"), **_read(room, spec, digests)}
    for competency in spec.shared.values():
        found |= _read(room, competency, digests)
    if posting is not None:
        found |= _read(SPECS, posting, digests)
    if request.company or (posting is not None and posting.company):
        found |= _read(room, company, digests) if company else {}
    else:
        # Whose kit it is depends on which companies there are.
        listed = [f"{room}/{path_in_specs(Company, name)}" for name in library.own_names(Company)]
        found |= {label: digests.of(label) for label in (f"{room}/{FOLDERS[Company]}/", *listed)}
    beside = appearance_files(company) if company else []
    found |= {label: digests.of(label) for label in (f"{room}/{FOLDERS[Company]}/{name}" for name in beside)}
    return dict(sorted(found.items()))


def _read(room: str, file: SpecFile, digests: Digests) -> dict[str, str]:
    """The digest of a spec as it was read; `ABSENT` if it is the shipped one, since there is none of the user's."""
    label = f"{room}/{path_in_specs(type(file), file.id)}"
    origin = file.origin
    is_own = isinstance(origin, Source) and origin.file == shown(digests.path(label))
    return {label: origin.digest if isinstance(origin, Source) and is_own else ABSENT}


def files_below(folder: Path) -> list[Path]:
    """The files in a folder and below, relative to it and sorted, without those that editors hide."""
    found = []
    for where, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(_HIDDEN)]
        found += [Path(where, name).relative_to(folder) for name in names if not name.startswith(_HIDDEN)]
    return sorted(found)
