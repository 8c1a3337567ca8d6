"""Kits as pages to browse: a folder for the public, with job descriptions alone, and one for the hiring team.

A site is static: it works from a disk as from a server, and its documents, links and downloads without scripts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from jdgen.agenda import Job, targets_in
from jdgen.inputs import inputs_of
from jdgen.load import is_path, load_posting
from jdgen.manifest import ABSENT, digest, digest_of
from jdgen.problem import JdgenError, Problem, in_order, nearest
from jdgen.request import Request, Target, by_name, loaded, postings_of, roles_of
from jdgen.settle import kept
from jdgen.site.careers import PUBLIC, Careers
from jdgen.site.home import shared_files
from jdgen.site.kit import HOME, KitPages, SiteFile
from jdgen.site.record import (
    CAREERS,
    INTERNAL,
    NAME,
    PARTS,
    Record,
    Results,
    key_of,
    read_record,
    record_bytes,
)
from jdgen.spec import Posting
from jdgen.trust import trust, trusted
from jdgen.workshop import Workshop, each
from jdgen.write.staging import Staging, locked


@dataclass(frozen=True)
class Site:
    """What a site came to."""

    homes: tuple[Path, ...]
    """The pages to begin with."""
    files: tuple[Path, ...]
    changed: tuple[Path, ...]
    removed: tuple[Path, ...]
    problems: tuple[Problem, ...]
    """Warnings, and an error for each file that was kept since somebody edited it."""


@dataclass(frozen=True)
class _Done:
    """What came of a job, and what was wrong with it."""

    results: Results
    problems: tuple[Problem, ...] = ()
    errors: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class _Work:
    """What each process is told of the site."""

    staging: Staging
    parts: tuple[str, ...]
    has_vacancies: bool

    def __call__(self, workshop: Workshop, job: Job) -> _Done:
        """The pages of a job's kits, laid ready."""
        made: list[_Done] = []
        errors: list[Problem] = []
        for target in targets_in(job):
            try:
                made.append(self._kit(workshop, target, job.request))
            except JdgenError as error:
                errors += error.problems
        problems = tuple(problem for done in made for problem in done.problems)
        results = _together([done.results for done in made])
        return _Done(replace(results, inputs=None) if problems else results, problems, tuple(errors))

    def _kit(self, workshop: Workshop, target: Target, request: Request) -> _Done:
        files = loaded(target, request)
        role = files.resolved(target.level, request.language, target.together)
        tongues = files.posting.also_in if files.posting else ()
        others = {
            tongue: files.resolved(target.level, tongue, target.together)
            for tongue in tongues
            if tongue != role.language
        }
        kinds = () if INTERNAL in self.parts else (PUBLIC,)
        kit = KitPages(role, list(others.values()), workshop.renderer, request.templates, kinds)
        careers = Careers(kit, others)
        is_public = CAREERS in self.parts and bool(role.posting or not self.has_vacancies)
        made = dict(self._staged(INTERNAL, kit.files())) if INTERNAL in self.parts else {}
        made |= self._staged(CAREERS, careers.files()) if is_public else {}
        results = Results(
            files=made,
            kits=(replace(kit.card(), source="" if role.variant else target.role),),
            vacancies=tuple(careers.cards()) if is_public else (),
            style=next((document.style for document, _ in kit.made if document.style), None),
            inputs=None if is_path(target.role) else inputs_of(files, request, workshop.digests),
        )
        return _Done(results, tuple(dict.fromkeys([*kit.problems, *careers.problems])))

    def _staged(self, part: str, files: Iterable[SiteFile]) -> Mapping[str, str]:
        return {f"{part}/{file.path}": staged(self.staging, f"{part}/{file.path}", file.data) for file in files}


def staged(staging: Staging, name: str, data: bytes) -> str:
    """Lays a file ready if it is not there as it should be; its digest. Raises JdgenError."""
    path, value = staging.output / name, digest(data)
    if _found(path) != value:
        staging.add(path, data)
    return value


def _found(path: Path) -> str:
    """The digest of a file byte by byte; `ABSENT` if there is none."""
    return digest(path.read_bytes()) if path.is_file() and not path.is_symlink() else ABSENT


def build_site(
    request: Request,
    parts: Sequence[str] = PARTS,
    progress: Callable[[int, int], None] | None = None,
    on_wait: Callable[[], None] | None = None,
) -> Site:
    """Brings the parts of a site up to date in the request's output folder; it holds what is asked for, no more.

    The public part has the job description of each vacancy; of each role if there is no vacancy. Pages whose inputs
    are what they were are left as they are. Writes nothing at all if anything is wrong with a spec or template; a file
    that somebody edited is kept, and is a problem, unless the request says to force. `on_wait` is called if another
    build works in the same folder. Raises JdgenError.
    """
    jobs = dict.fromkeys(jobs_of(request), "")
    has_vacancies = any(job.posting for job in jobs)
    jobs = {job: key_of(job, parts, has_vacancies=has_vacancies) for job in jobs}
    output = request.output
    with locked(output, on_wait or (lambda: None)), Staging(output) as staging:
        before = read_record(output)
        done = _standing(jobs, before, request)
        left = [job for job in jobs if job not in done]
        work = _Work(staging, tuple(parts), has_vacancies)
        for number, (job, result) in enumerate(zip(left, each(work, left, request), strict=True), len(done) + 1):
            done[job] = result
            if progress is not None:
                progress(number, len(jobs))
        if errors := [problem for result in done.values() for problem in result.errors]:
            raise JdgenError(in_order(errors))
        made = {key: done[job].results for job, key in jobs.items()}
        whole = _together(list(made.values()))
        files = dict(whole.files)
        for part in parts:
            files |= {name: staged(staging, name, data) for name, data in shared_files(part, whole, request)}
        problems = [problem for job in jobs for problem in done[job].problems]
        site = _settled(files, made, before, _Settling(parts, staging, problems, force=request.force))
        staging.commit()
    trust(output, [output])
    return site


def _standing(jobs: Mapping[Job, str], before: Record, request: Request) -> dict[Job, _Done]:
    """The jobs whose pages are what their inputs make."""
    believed = trusted(request.output)
    if believed is not None and request.output.as_posix() not in believed:
        return {}
    digests = Workshop(request).digests
    found = {job: before.standing(key, digests) for job, key in jobs.items()}
    return {
        job: _Done(results)
        for job, results in found.items()
        if results is not None and all(_found(request.output / name) == value for name, value in results.files.items())
    }


def part_of(name: str) -> str:
    """The part of a name. Raises JdgenError if there is none."""
    if name not in PARTS:
        raise JdgenError([Problem("kind.part", f"there is no part '{name}'", hint=nearest(name, PARTS, len(PARTS)))])
    return name


def jobs_of(request: Request) -> list[Job]:
    """The kits of a site: of the roles that are named and of their postings, else all. Raises JdgenError."""
    if request.posting is not None:
        return [Job(request, role, request.posting) for role in request.roles or ("",)]
    named = list(dict.fromkeys(by_name(role, request.library) for role in request.roles))
    jobs = [Job(request, role) for role in named or roles_of(request.library)]
    postings = request.library.names(Posting) if named else postings_of(request.library)
    chosen = [posting for posting in postings if not named or _role_of(posting, request) in named]
    return jobs + [Job(request, posting=posting) for posting in chosen]


def _role_of(posting: str, request: Request) -> str | None:
    try:
        return load_posting(posting, request.library).role
    except JdgenError:
        return None  # of which role, nobody can say


def _together(results: Sequence[Results]) -> Results:
    inputs = [result.inputs for result in results]
    known = [each for each in inputs if each is not None]
    return Results(
        files={name: value for result in results for name, value in result.files.items()},
        kits=tuple(card for result in results for card in result.kits),
        vacancies=tuple(card for result in results for card in result.vacancies),
        style=next((result.style for result in results if result.style), None),
        inputs={label: value for each in known for label, value in each.items()} if len(known) == len(inputs) else None,
    )


# --- files -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Settling:
    """How files are brought to their places."""

    parts: Sequence[str]
    staging: Staging
    problems: Sequence[Problem]
    force: bool


def _settled(files: Mapping[str, str], made: Mapping[str, Results], before: Record, how: _Settling) -> Site:
    """Keeps what somebody edited, and lets go what is no page any more."""
    staging, output = how.staging, how.staging.output
    changed, removed, problems = [], [], list(how.problems)
    known = {name: value for name, value in before.files.items() if name.partition("/")[0] not in how.parts}
    for name, value in files.items():
        found = _found(output / name)
        known[name] = value
        if found == value:
            continue
        if how.force or found in (ABSENT, before.files.get(name)):
            changed.append(output / name)
        else:
            staging.take_back(output / name)
            known[name] = before.files.get(name, ABSENT)
            problems.append(kept(output / name, is_ours=name in before.files))
    for name in sorted(before.files.keys() - known.keys()):
        if digest_of(output / name) == before.files[name]:
            staging.remove(output / name)
            removed.append(output / name)
    staged(staging, NAME, record_bytes(known, made))
    homes = tuple(output / part / HOME for part in how.parts)
    paths = tuple(output / name for name in files)
    return Site(homes, paths, tuple(changed), tuple(removed), tuple(in_order(problems)))
