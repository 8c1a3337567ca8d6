"""Which documents of which roles go to which files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jdgen.document import DocumentKind
from jdgen.kit import KitFile, Making, files_of_kit, with_pdf
from jdgen.load import Library, load_company, load_posting, load_role
from jdgen.problem import JdgenError, Problem, in_order, nearest
from jdgen.reference import at_place
from jdgen.render import Renderer
from jdgen.resolve import resolve_role
from jdgen.role import Role
from jdgen.spec import Company, Posting, RoleSpec
from jdgen.spec.role import LevelPages
from jdgen.write import WRITERS
from jdgen.write.file import write_file

FORMATS = ("md", "docx")
"""The formats of a kit unless others are asked for."""
EXPORTS = ("jobposting", "lever", "scorecard", "questions")
"""What `jdgen export` makes, so that whoever asks a build for one is told."""


@dataclass(frozen=True)
class Target:
    """One kit: a role, if need be at a level or for a posting."""

    role: str
    level: str | None = None
    posting: str | None = None
    together: bool | None = None
    """Whether all levels share the role's page; None as the spec says."""


@dataclass(frozen=True)
class Request:
    """What to build, from where, to where."""

    roles: tuple[str, ...] = ()
    level: str | None = None
    levels: LevelPages | None = None
    """All levels on the role's page, or a kit for each; None as each spec says."""
    company: str | None = None
    posting: str | None = None
    language: str | None = None
    """A language tag; None as posting, company or spec say."""
    kinds: tuple[str, ...] = ()
    """Names of kinds; all of them if none is given."""
    formats: tuple[str, ...] = FORMATS
    output: Path = Path("output")
    library: Library = field(default_factory=Library)
    templates: Path = Path("templates")


@dataclass(frozen=True)
class Built:
    """What a build came to."""

    files: tuple[Path, ...]
    changed: tuple[Path, ...]
    problems: tuple[Problem, ...] = ()
    """Warnings: what was done otherwise than asked for."""


def build_kits(request: Request) -> Built:
    """Writes the kits; nothing at all if anything is wrong with any spec or template.

    Returns every file of the kits and those that changed, in order. Raises JdgenError; if a file
    can't be written, those before it have been.
    """
    files = kit_files(request)
    changed = tuple(file.path for file in files if write_file(file.path, file.data, request.output))
    return Built(
        tuple(file.path for file in files), changed, tuple(in_order(p for file in files for p in file.problems))
    )


def kit_files(request: Request) -> list[KitFile]:
    """Every file that a build would write, with its bytes. Raises JdgenError with all problems."""
    return with_pdf(files_of(targets_of(request), request))


def formats_of(listed: str) -> tuple[str, ...]:
    """The formats of a list such as `md,docx`. Raises JdgenError for one there is not."""
    names = [name.strip() for name in listed.split(",") if name.strip()]
    problems = [
        Problem("format.unknown", f"there is no format '{name}'", hint=_maker(name) or nearest(name, WRITERS))
        for name in names
        if name not in WRITERS
    ]
    if problems or not names:
        raise JdgenError(problems or [Problem("format.unknown", "no format is named", hint="such as --to md,docx")])
    return tuple(format for format in WRITERS if format in names)


def _maker(format: str) -> str:
    """The command that makes what a build does not."""
    return f"jdgen export --to {format} makes it" if format in EXPORTS else ""


def roles_of(library: Library) -> list[str]:
    """The user's own roles; the shipped ones if there are none."""
    return library.own_names(RoleSpec) or library.names(RoleSpec)


# --- what is built ----------------------------------------------------------------------------


def _kit(target: Target, request: Request, kinds: Sequence[DocumentKind], renderer: Renderer) -> list[KitFile]:
    """The files of one target. Raises JdgenError."""
    files = loaded(target, request)
    role = files.resolved(target.level, request.language, target.together)
    tongues = files.posting.also_in if files.posting else ()
    others = [files.resolved(target.level, tongue, target.together) for tongue in tongues if tongue != role.language]
    making = Making(request.output, request.formats, request.templates, is_whole=not request.kinds)
    return files_of_kit(role, others, kinds, renderer, making)


def targets_of(request: Request) -> list[Target]:
    """The kits that are asked for: those named, else all, each posting's included. Raises JdgenError."""
    if request.posting is not None:
        roles = request.roles or (load_posting(request.posting, request.library).role,)
        return [Target(role, request.level, request.posting) for role in roles]
    if request.roles:
        return [target for role in dict.fromkeys(request.roles) for target in _role_targets(role, request)]
    targets = [target for role in roles_of(request.library) for target in _role_targets(role, request)]
    return [*targets, *_posting_targets(request.library)]


def _role_targets(role: str, request: Request) -> Iterator[Target]:
    """A role's own kit, and one for each level if they have pages of their own."""
    together = None if request.levels is None else request.levels == "together"
    yield Target(role, request.level, together=together)
    if request.level is not None or request.levels == "together":
        return
    try:
        spec = load_role(role, request.library)
    except JdgenError:
        return  # what is wrong with it is said when its own kit is made
    if request.levels == "apart" or spec.level_pages == "apart":
        yield from (Target(role, level.id) for level in spec.levels)


def _posting_targets(library: Library) -> Iterator[Target]:
    """The user's postings, or the shipped ones if the user has no specs. A broken one is a target, too."""
    own = bool(library.own_names(RoleSpec) or library.own_names(Posting))
    for name in library.own_names(Posting) if own else library.names(Posting):
        try:
            role = load_posting(name, library).role
        except JdgenError:
            role = next(iter(roles_of(library)))  # its own problems are said when its kit is made
        yield Target(role, None, name)


def files_of(targets: Iterable[Target], request: Request) -> list[KitFile]:
    """The files of kits; those to be PDF are Word files so far. Raises JdgenError with all problems."""
    renderer = Renderer(request.templates)
    kinds = renderer.named(request.kinds)
    files: list[KitFile] = []
    problems: list[Problem] = []
    for target in targets:
        try:
            files += _kit(target, request, kinds, renderer)
        except JdgenError as error:
            problems += error.problems
    if problems:
        raise JdgenError(problems)
    return files


def resolved(target: Target, request: Request) -> Role:
    """The role of one kit. Raises JdgenError with the problems of all its files."""
    return loaded(target, request).resolved(target.level, request.language, target.together)


@dataclass(frozen=True)
class Loaded:
    """The files of one kit as they were read."""

    spec: RoleSpec
    company: Company | None
    posting: Posting | None

    def resolved(self, level: str | None = None, language: str | None = None, together: bool | None = None) -> Role:
        """The role that they make, with arguments as `resolve_role` takes them. Raises JdgenError."""
        return resolve_role(
            self.spec, level=level, company=self.company, posting=self.posting, language=language, together=together
        )


def loaded(target: Target, request: Request) -> Loaded:
    """The files of one kit. Raises JdgenError with the problems of all of them."""
    library = request.library
    problems: list[Problem] = []
    posting: Posting | None = None
    company: Company | None = None
    spec: RoleSpec | None = None
    try:
        posting = load_posting(target.posting, library) if target.posting else None
    except JdgenError as error:
        problems += error.problems
    try:
        spec = load_role(target.role, library)
    except JdgenError as error:
        problems += _in_posting(error, posting, "role").problems
    try:
        company = company_of(request.company or (posting.company if posting else None), posting, library)
    except JdgenError as error:
        problems += error.problems
    if problems or spec is None:
        raise JdgenError(problems)
    return Loaded(spec, company, posting)


def _in_posting(error: JdgenError, posting: Posting | None, key: str) -> JdgenError:
    """The same error at the posting's key, if it is that nothing has the name that stands there."""
    problem = error.problems[0]
    if posting is None or problem.file or problem.line:
        return error
    return JdgenError([at_place(posting, (key,), problem.code, problem.message, problem.hint)])


def company_of(name: str | None, posting: Posting | None, library: Library) -> Company | None:
    """The company that is named, else the user's only one; a fictional one must be named. Raises JdgenError."""
    if name is not None:
        try:
            return load_company(name, library)
        except JdgenError as error:
            raise _in_posting(error, posting, "company") from None
    own = [load_company(name, library) for name in library.own_names(Company)]
    real = [company for company in own if not company.fictional]
    if len(real) > 1:
        hint = "say --company " + " or --company ".join(company.id for company in real)
        raise JdgenError([Problem("company.several", "there are several companies", hint=hint)])
    return real[0] if real else None
