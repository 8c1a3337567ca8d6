"""Whether the files of kits are what the specs say, and what somebody edited in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from jdgen.agenda import Job, agenda_of
from jdgen.edit import Edit, edits, is_same
from jdgen.manifest import ABSENT, NAME, digest, digest_of, known_digests, read_manifest
from jdgen.problem import JdgenError, Problem
from jdgen.request import Request
from jdgen.trust import trust, trusted
from jdgen.workshop import Made, Workshop, each
from jdgen.write import WRITERS
from jdgen.write.staging import is_interrupted


@dataclass(frozen=True)
class Difference:
    """A file that is not as the specs say."""

    path: Path
    state: str
    """`missing`, `stale`, `edited` or `orphaned`."""
    edits: tuple[Edit, ...] = field(default=(), compare=False)
    """What was edited, as far as it is words."""

    def __str__(self) -> str:
        return "\n".join([f"{self.state}: {self.path.as_posix()}", *map(str, self.edits)])


@dataclass(frozen=True)
class Checked:
    """What a check found."""

    differences: tuple[Difference, ...]
    folders: tuple[Path, ...]
    """Of every kit that was looked at."""


def check_kits(request: Request, *, thorough: bool = False) -> Checked:
    """Every file below the output folder that is missing, stale, edited by hand, or of no kit any more.

    Kits of levels and postings are checked where they are there. What manifests say is believed where inputs and
    files are the same as when it was written, unless the check is `thorough`: then every file is made anew to
    compare. PDF files are judged by what they were made of. Raises JdgenError.
    """
    if is_interrupted(request.output):
        hint = "'jdgen build' completes it"
        raise JdgenError(
            [Problem("build.interrupted", "a build was interrupted", request.output.as_posix(), hint=hint)]
        )
    request = replace(request, formats=tuple(format for format in request.formats if format != "pdf"))
    agenda = agenda_of(request)
    workshop = Workshop(request, frozenset() if thorough else trusted(request.output))
    standing = {job: workshop.standing(job) for job in agenda.jobs}
    left = [job for job, kits in standing.items() if kits is None]
    results = dict(zip(left, each(_work, left, request), strict=True))
    if problems := [problem for result in results.values() for problem in result.problems]:
        raise JdgenError(problems)
    differences = [difference for result in results.values() for difference in result.differences]
    expected = {path for result in results.values() for path in result.expected}
    folders = [folder for result in results.values() for folder in result.folders]
    for folder, manifest in (kit for kits in standing.values() for kit in kits or ()):
        folders.append(folder)
        expected.update(folder / name for name in manifest.files)
    if not request.kinds:
        gone = [folder for folder in agenda.recorded if folder not in folders]
        differences += [Difference(path, "orphaned") for path in _orphans(request, folders, gone, expected)]
    trust(request.output, (folder for folder in folders if all(d.path.parent != folder for d in differences)))
    return Checked(tuple(sorted(set(differences), key=lambda d: d.path.as_posix())), tuple(folders))


@dataclass(frozen=True)
class _Results:
    folders: tuple[Path, ...] = ()
    expected: tuple[Path, ...] = ()
    differences: tuple[Difference, ...] = ()
    problems: tuple[Problem, ...] = ()


def _work(workshop: Workshop, job: Job) -> _Results:
    """One job, in whichever process."""
    folders: list[Path] = []
    expected: list[Path] = []
    differences: list[Difference] = []
    try:
        for made in workshop.made(job):
            folders.append(made.folder)
            expected += [file.path for file in made.files]
            differences += _differences(made)
            expected += [made.folder / name for name in made.older_pdf()]
    except JdgenError as error:
        return _Results(problems=tuple(error.problems))
    return _Results(tuple(folders), tuple(expected), tuple(differences))


def _differences(made: Made) -> Iterator[Difference]:
    known = known_digests(made.folder)
    for file in made.files:
        found = digest_of(file.path)
        if found == ABSENT:
            yield Difference(file.path, "missing")
        elif found != digest(file.data) and not is_same(file.path, file.data):
            if found in known[file.path.name]:
                yield Difference(file.path, "stale")
            else:
                yield Difference(file.path, "edited", tuple(edits(file.path, file.data, made.specs)))
    for name, is_stale in made.older_pdf().items():
        found = digest_of(made.folder / name)
        if found != ABSENT and (is_stale or (made.before is not None and found != made.before.files[name])):
            yield Difference(made.folder / name, "stale" if is_stale else "edited")


def _orphans(request: Request, folders: Sequence[Path], gone: Sequence[Path], expected: set[Path]) -> Iterator[Path]:
    """Every file in folders of kits that no kit has, and, if all roles are asked for, what is left of other kits."""
    stems = {path.with_suffix("") for path in expected}  # other formats may lie beside those that are made
    suffixes = {f".{format}" for format in WRITERS}
    for folder in gone:
        manifest = read_manifest(folder)
        yield from (folder / name for name in (*manifest.files, NAME) if (folder / name).exists()) if manifest else ()
    roles = {folder.relative_to(request.output).parts[0] for folder in folders}
    kits = set(folders)
    for role in sorted(request.output.iterdir()) if request.output.is_dir() else ():
        is_role = role.name in roles
        if not is_role and (request.roles or request.posting or _is_by_path(role)):
            continue
        for path in sorted(role.rglob("*")):
            if path in expected or not path.is_file() or _is_kept(path, request.output):
                continue
            if path.suffix in suffixes and path.with_suffix("") in stems:
                continue
            if path.name == NAME and path.parent in kits:
                continue
            if is_role or path.name.startswith((f"{role.name}-", "README.md")):
                yield path


def _is_by_path(folder: Path) -> bool:
    """Whether a kit was made of a file elsewhere, which a check does not look for."""
    manifest = read_manifest(folder)
    return manifest is not None and manifest.recipe.by_path


def _is_kept(path: Path, output: Path) -> bool:
    """Whether a file below the output is none of ours to speak of: hidden, an editor's, or a filled scorecard."""
    is_filled = path.stem.endswith("-filled") or {"filled", "debriefs"} & set(path.relative_to(output).parts)
    return bool(is_filled) or path.name.startswith((".", "~$"))
