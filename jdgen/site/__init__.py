"""Kits as pages to browse: a folder for the public, with job descriptions alone, and one for the hiring team.

A site is static: it works from a disk as from a server, and its documents, links and downloads without scripts.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from jdgen.agenda import Job, targets_in
from jdgen.document import Document
from jdgen.load import load_posting
from jdgen.manifest import ABSENT, digest, digest_of
from jdgen.phrases import Phrases
from jdgen.problem import JdgenError, Problem, in_order, nearest
from jdgen.request import Request, Target, by_name, loaded, postings_of, roles_of
from jdgen.settle import kept
from jdgen.site.card import Card, cards_html
from jdgen.site.careers import Careers
from jdgen.site.family import families_of, family_link, family_pages
from jdgen.site.kit import HOME, KitPages, SiteFile
from jdgen.site.shell import SCRIPT, STYLE, Link, Page, navigation, script, style_sheet
from jdgen.spec import Posting
from jdgen.style import HouseStyle
from jdgen.workshop import Workshop, each
from jdgen.write.staging import Staging, locked
from jdgen.write.xml import text

CAREERS, INTERNAL = "careers", "internal"
PARTS = (CAREERS, INTERNAL)
"""The folders of a site; the first may be published."""
RECORD = "site.json"
"""Which files jdgen wrote, above both folders so that it is published with neither."""


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
class _Staged:
    """A file in its place or ready for it, and what is there now."""

    path: str
    digest: str
    found: str


@dataclass(frozen=True)
class _Results:
    """What came of a job."""

    files: tuple[_Staged, ...] = ()
    kits: tuple[Card, ...] = ()
    vacancies: tuple[Card, ...] = ()
    style: HouseStyle | None = None
    problems: tuple[Problem, ...] = ()
    errors: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class _Work:
    """What each process is told of the site."""

    staging: Staging
    parts: tuple[str, ...]
    has_vacancies: bool

    def __call__(self, workshop: Workshop, job: Job) -> _Results:
        """The pages of a job's kits, laid ready."""
        made: list[_Results] = []
        errors: list[Problem] = []
        for target in targets_in(job):
            try:
                made.append(self._kit(workshop, target, job.request))
            except JdgenError as error:
                errors += error.problems
        return replace(_together(made), errors=tuple(errors))

    def _kit(self, workshop: Workshop, target: Target, request: Request) -> _Results:
        files = loaded(target, request)
        role = files.resolved(target.level, request.language, target.together)
        tongues = files.posting.also_in if files.posting else ()
        others = {
            tongue: files.resolved(target.level, tongue, target.together)
            for tongue in tongues
            if tongue != role.language
        }
        kit = KitPages(role, list(others.values()), workshop.renderer, request.templates)
        careers = Careers(kit, others)
        is_public = CAREERS in self.parts and bool(role.posting or not self.has_vacancies)
        staged = list(self._staged(INTERNAL, kit.files())) if INTERNAL in self.parts else []
        staged += self._staged(CAREERS, careers.files()) if is_public else []
        return _Results(
            files=tuple(staged),
            kits=(replace(kit.card(), source="" if role.variant else target.role),),
            vacancies=tuple(careers.cards()) if is_public else (),
            style=_style([document for document, _ in kit.made]),
            problems=tuple(dict.fromkeys([*kit.problems, *careers.problems])),
        )

    def _staged(self, part: str, files: Iterable[SiteFile]) -> Iterator[_Staged]:
        for file in files:
            yield staged(self.staging, f"{part}/{file.path}", file.data)


def staged(staging: Staging, name: str, data: bytes) -> _Staged:
    """Lays a file ready if it is not there as it should be. Raises JdgenError."""
    path, value = staging.output / name, digest(data)
    found = digest(path.read_bytes()) if path.is_file() and not path.is_symlink() else ABSENT
    if found != value:
        staging.add(path, data)
    return _Staged(name, value, found)


def build_site(
    request: Request,
    parts: Sequence[str] = PARTS,
    progress: Callable[[int, int], None] | None = None,
    on_wait: Callable[[], None] | None = None,
) -> Site:
    """Brings the parts of a site up to date in the request's output folder; it holds what is asked for, no more.

    The public part has the job description of each vacancy; of each role if there is no vacancy. Writes nothing at
    all if anything is wrong with a spec or template; a file that somebody edited is kept, and is a problem, unless the
    request says to force. `on_wait` is called if another build works in the same folder. Raises JdgenError.
    """
    jobs = jobs_of(request)
    output = request.output
    with locked(output, on_wait or (lambda: None)), Staging(output) as staging:
        work = _Work(staging, tuple(parts), any(job.posting for job in jobs))
        results = []
        for number, result in enumerate(each(work, jobs, request), 1):
            results.append(result)
            if progress is not None:
                progress(number, len(jobs))
        if errors := [problem for result in results for problem in result.errors]:
            raise JdgenError(in_order(errors))
        whole = _together(results)
        made = list(whole.files)
        made += [staged(staging, *file) for part in parts for file in _shared(part, whole, request)]
        site = _settled(made, whole.problems, parts, staging, force=request.force)
        staging.commit()
    return site


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


def _together(results: Sequence[_Results]) -> _Results:
    return _Results(
        files=tuple(file for result in results for file in result.files),
        kits=tuple(card for result in results for card in result.kits),
        vacancies=tuple(card for result in results for card in result.vacancies),
        style=next((result.style for result in results if result.style), None),
        problems=tuple(problem for result in results for problem in result.problems),
    )


def _style(documents: Sequence[Document]) -> HouseStyle | None:
    return next((document.style for document in documents if document.style), None)


# --- what all pages of a part share ----------------------------------------------------------------


def _shared(part: str, whole: _Results, request: Request) -> Iterator[tuple[str, bytes]]:
    """The list, the style sheet and the script of a part; families side by side for the hiring team."""
    families = families_of(whole.kits) if part == INTERNAL else {}
    yield f"{part}/{HOME}", _home(part, whole, request, list(families)).data()
    for file in family_pages(families, request, Workshop(request).renderer):
        yield f"{part}/{file.path}", file.data
    yield f"{part}/{STYLE}", style_sheet(whole.style or HouseStyle())
    yield f"{part}/{SCRIPT}", script()


def _home(part: str, whole: _Results, request: Request, families: Sequence[str]) -> Page:
    cards = sorted(whole.vacancies if part == CAREERS else whole.kits, key=lambda card: card.rank)
    phrases = _phrases(cards, request)
    title, lead = _TITLES[part]
    companies = Counter(card.company for card in cards if card.company)
    company = next(iter(companies)) if len(companies) == 1 else ""
    title, lead = phrases.text(title), phrases.text(lead if cards else "site.none")
    side_by_side = [family_link(family, number) for number, family in enumerate(families)]
    return Page(
        title=" – ".join(filter(None, [title, company])),
        language=phrases.language,
        main=f"<h1>{text(title)}</h1>\n<p>{text(lead)}</p>\n{cards_html(cards, phrases) if cards else ''}",
        where=[text(company)] if company else [],
        header=_families(side_by_side, phrases),
        skip=phrases.text("site.skip"),
        is_public=part == CAREERS,
    )


def _families(links: Sequence[Link], phrases: Phrases) -> str:
    label = phrases.text("site.compare")
    return navigation("kit", label, links, shown=f"{label}:") if links else ""


def _phrases(cards: Sequence[Card], request: Request) -> Phrases:
    """The phrases of the language that is asked for, else of most kits."""
    languages = Counter(card.language for card in cards)
    language = request.language or (languages.most_common(1)[0][0] if languages else "en")
    return Workshop(request).renderer.phrases(language)


_TITLES = {CAREERS: ("site.careers", "site.careers_text"), INTERNAL: ("site.kits", "site.kits_text")}


# --- files -----------------------------------------------------------------------------------------


def _settled(
    made: Sequence[_Staged], problems: Sequence[Problem], parts: Sequence[str], staging: Staging, *, force: bool
) -> Site:
    """Keeps what somebody edited, and lets go what is no page any more."""
    output, before = staging.output, _recorded(staging.output)
    changed, removed, found = [], [], list(problems)
    files = {name: value for name, value in before.items() if name.partition("/")[0] not in parts}
    for file in made:
        files[file.path] = file.digest
        if file.found == file.digest:
            continue
        if force or file.found in (ABSENT, before.get(file.path)):
            changed.append(output / file.path)
        else:
            staging.take_back(output / file.path)
            files[file.path] = before.get(file.path, ABSENT)
            found.append(kept(output / file.path, is_ours=file.path in before))
    for name in sorted(before.keys() - files.keys()):
        if digest_of(output / name) == before[name]:
            staging.remove(output / name)
            removed.append(output / name)
    staged(staging, RECORD, _record(files))
    homes = tuple(output / part / HOME for part in parts)
    paths = tuple(output / file.path for file in made)
    return Site(homes, paths, tuple(changed), tuple(removed), tuple(in_order(found)))


def _record(files: dict[str, str]) -> bytes:
    return (json.dumps({"site": 1, "files": dict(sorted(files.items()))}, indent=1) + "\n").encode()


def _recorded(output: Path) -> dict[str, str]:
    """By path below the site's folder, the digests of what jdgen wrote; nothing if that can't be read."""
    try:
        files = json.loads((output / RECORD).read_bytes())["files"]
        items = [(str(name), str(value)) for name, value in files.items()]
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}
    return {name: value for name, value in items if _is_below(name)}


def _is_below(name: str) -> bool:
    """Whether it is a path within one of the parts."""
    steps = name.split("/")
    return steps[0] in PARTS and not {"", ".", ".."} & set(steps) and not set(name) & {"\\", ":", "\0"}
