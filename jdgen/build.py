"""Kits to files: only what is needed, all together or not at all, and nothing that somebody edited."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from jdgen.agenda import Agenda, Job, agenda_of
from jdgen.kit import KitFile, with_pdf
from jdgen.manifest import Manifest, read_manifest
from jdgen.problem import JdgenError, Problem, in_order
from jdgen.request import Request, Target, targets_of
from jdgen.settle import Settled, let_go, settled
from jdgen.trust import trust, trusted
from jdgen.workshop import Made, Workshop, each
from jdgen.write.staging import Staging, locked

Progress = Callable[[int, int], None]
"""Is told how many of how many kits are done."""


@dataclass(frozen=True)
class Built:
    """What a build came to, kit by kit."""

    kits: tuple[Settled, ...]

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file of the kits, in order."""
        return tuple(kit.folder / name for kit in self.kits for name in kit.files)

    @property
    def changed(self) -> tuple[Path, ...]:
        """The files that were written."""
        return tuple(kit.folder / name for kit in self.kits for name in kit.changed)

    @property
    def removed(self) -> tuple[Path, ...]:
        """The files that went, since no kit has them any more."""
        return tuple(kit.folder / name for kit in self.kits for name in kit.removed)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was done otherwise than asked for: warnings, and an error for each file that was kept as it was."""
        return tuple(in_order(problem for kit in self.kits for problem in kit.problems))

    def paths(self) -> Iterator[str]:
        """The path of every file, in order, one at a time."""
        for kit in self.kits:
            folder = kit.folder.as_posix()
            yield from (f"{folder}/{name}" for name in kit.files)

    @property
    def kept(self) -> tuple[Path, ...]:
        """The folders of the kits that there are now."""
        return tuple(kit.folder for kit in self.kits if kit.files)

    @property
    def made(self) -> int:
        """How many kits had to be made."""
        return sum(kit.is_made for kit in self.kits)


def build_kits(request: Request, progress: Progress | None = None, on_wait: Callable[[], None] | None = None) -> Built:
    """Brings kits up to date; writes nothing at all if anything is wrong with any spec or template.

    Kits whose inputs are those of their manifest are left as they are. Files of theirs that no kit has any more
    go. A file that somebody edited is kept, and is a problem, unless the request says to force. `on_wait` is called
    if another build works in the same folder. Raises JdgenError.
    """
    with locked(request.output, on_wait or (lambda: None)):
        agenda = agenda_of(request)
        believed = trusted(request.output)
        done, left = _standing(agenda.jobs, Workshop(request, believed))
        with Staging(request.output) as staging:
            for number, results in enumerate(_results(left, request, staging), len(done) + 1):
                done[results.job] = results.kits
                if progress is not None:
                    progress(number, len(agenda.jobs))
            kits = [kit for job in agenda.jobs for kit in done[job]]
            kits += _obsolete(agenda, kits, staging)
            staging.commit()
        trust(request.output, (kit.folder for kit in kits))
    return Built(tuple(kits))


@dataclass(frozen=True)
class _Results:
    job: Job
    kits: tuple[Settled, ...] = ()
    problems: tuple[Problem, ...] = ()


_Done = dict[Job, tuple[Settled, ...]]


def _standing(jobs: Sequence[Job], workshop: Workshop) -> tuple[_Done, list[Job]]:
    """The kits that are up to date, and the jobs that are left."""
    done: _Done = {}
    left: list[Job] = []
    for job in dict.fromkeys(jobs):
        found = workshop.standing(job)
        if found is None:
            left.append(job)
        else:
            done[job] = tuple(Settled(folder, tuple(manifest.files), is_made=False) for folder, manifest in found)
    return done, left


def _results(jobs: list[Job], request: Request, staging: Staging) -> Iterator[_Results]:
    """What came of each job. Raises JdgenError with the problems of all of them."""
    problems: list[Problem] = []
    if "pdf" in request.formats:
        found: Iterable[_Results] = _with_pdf(jobs, request, staging)
    else:
        found = each(partial(_work, staging), jobs, request)
    try:
        for results in found:
            problems += results.problems
            yield results
    except JdgenError as error:
        problems += error.problems
    if problems:
        raise JdgenError(problems)


def _work(staging: Staging, workshop: Workshop, job: Job) -> _Results:
    """One job, in whichever process."""
    try:
        kits = tuple(settled(made, staging, force=workshop.request.force) for made in workshop.made(job))
    except JdgenError as error:
        return _Results(job, problems=tuple(error.problems))
    return _Results(job, kits)


def _with_pdf(jobs: list[Job], request: Request, staging: Staging) -> Iterator[_Results]:
    """The same with PDF files, which one run of LibreOffice makes for all jobs. Raises JdgenError."""
    if not request.trusts_templates:
        hint = "build the Word files and look at them, then trust the templates"
        raise JdgenError([Problem("format.trust", "PDF files are made of trusted templates only", hint=hint)])
    workshop = Workshop(request)
    made: dict[Job, list[Made]] = {}
    problems: list[Problem] = []
    for job in jobs:
        try:
            made[job] = list(workshop.made(job))
        except JdgenError as error:
            problems += error.problems
    if problems:
        raise JdgenError(problems)
    files = iter(with_pdf([file for kits in made.values() for kit in kits for file in kit.files]))
    for job, kits in made.items():
        whole = [replace(kit, files=tuple(next(files) for _ in kit.files)) for kit in kits]
        yield _Results(job, tuple(settled(kit, staging, force=request.force) for kit in whole))


def _obsolete(agenda: Agenda, kits: Sequence[Settled], staging: Staging) -> list[Settled]:
    """The kits that are there and that nothing makes any more, with what becomes of them. Raises JdgenError."""
    made = {kit.folder for kit in kits}
    gone: list[tuple[Path, Manifest | None]] = [
        (folder, read_manifest(folder)) for folder in agenda.recorded if folder not in made
    ]
    return [let_go(folder, manifest, staging) for folder, manifest in gone if manifest is not None]


def kit_files(request: Request) -> list[KitFile]:
    """Every file that is asked for, with its bytes, whatever is there. Raises JdgenError with all problems."""
    return with_pdf(files_of(targets_of(request), request))


def files_of(targets: Iterable[Target], request: Request) -> list[KitFile]:
    """The files of kits; those to be PDF are Word files so far. Raises JdgenError with all problems."""
    workshop = Workshop(request)
    files: list[KitFile] = []
    problems: list[Problem] = []
    for target in targets:
        try:
            files += workshop.files(target)
        except JdgenError as error:
            problems += error.problems
    if problems:
        raise JdgenError(problems)
    return files
