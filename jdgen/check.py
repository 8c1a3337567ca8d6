"""Whether the files of kits are what the specs say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from jdgen.build import FORMATS, Request, Target, files_of, roles_of, targets_of
from jdgen.load import load_posting, load_role
from jdgen.spec import Posting
from jdgen.write import WRITERS


@dataclass(frozen=True)
class Difference:
    """A file that is not as the specs say."""

    path: Path
    state: str
    """`missing`, `stale` or `orphaned`."""


def check_kits(request: Request) -> list[Difference]:
    """Every file below the output folder that is missing, stale, or of no kit any more.

    Kits of levels and postings are checked where a folder of theirs is there. PDF files are not
    looked at, since they depend on the LibreOffice that made them. Raises JdgenError.
    """
    request = replace(request, formats=tuple(format for format in request.formats if format != "pdf"))
    targets = [*targets_of(request), *_found_variants(request)]
    files = files_of(dict.fromkeys(targets), request)
    differences = []
    for file in files:
        if not file.path.is_file():
            differences.append(Difference(file.path, "missing"))
        elif file.path.read_bytes() != file.data:
            differences.append(Difference(file.path, "stale"))
    if not request.kinds and request.formats == FORMATS:
        suffixes = [f".{format}" for format in WRITERS]
        expected = {file.path.with_suffix(suffix) for file in files for suffix in suffixes}
        kept = {Path(target.role).stem for target in targets}
        differences += [Difference(path, "orphaned") for path in _found(request, kept) if path not in expected]
    return sorted(differences, key=lambda difference: difference.path.as_posix())


def _found(request: Request, roles: set[str]) -> Iterator[Path]:
    """Every file in the folders of `roles`, and, if all roles are asked for, what is left of others."""
    for folder in sorted(request.output.iterdir()) if request.output.is_dir() else ():
        files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not _is_kept(path, request.output))
        if folder.name in roles:
            yield from files
        elif not request.roles and not request.posting:
            yield from (path for path in files if path.name.startswith((f"{folder.name}-", "README.md")))


def _is_kept(path: Path, output: Path) -> bool:
    """Whether a file below the output is none of ours to speak of: hidden, an editor's, or a filled scorecard."""
    is_filled = path.stem.endswith("-filled") or {"filled", "debriefs"} & set(path.relative_to(output).parts)
    return bool(is_filled) or path.name.startswith((".", "~$"))


def _found_variants(request: Request) -> Iterator[Target]:
    """The levels and postings of the roles for which there is a folder."""
    if request.posting or request.level:
        return
    for role in request.roles or roles_of(request.library):
        spec = load_role(role, request.library)
        for level in spec.levels:
            if (request.output / spec.id / level.id).is_dir():
                yield Target(role, level.id)
        for posting in request.library.names(Posting):
            folder = request.output / spec.id / posting
            if folder.is_dir() and load_posting(posting, request.library).role == spec.id:
                yield Target(role, None, posting)
