"""What is asked for: which kits of which roles, from which files, to where."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from jdgen.load import Library, is_path, load_company, load_posting, load_role, role_alone
from jdgen.problem import JdgenError, Problem, nearest
from jdgen.reference import at_place
from jdgen.resolve import resolve_role
from jdgen.role import Role
from jdgen.spec import Company, Posting, RoleSpec
from jdgen.spec.role import LevelPages
from jdgen.write import WRITERS

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
    force: bool = False
    """Whether files that somebody edited are written over."""
    trusts_templates: bool = True
    """Whether templates run without bounds of time and memory."""
    jobs: int | None = None
    """How many processes may work at it; as many as there are cores if it is None."""

    @property
    def together(self) -> bool | None:
        """Whether all levels share the role's page; None as each spec says."""
        return None if self.levels is None else self.levels == "together"


def formats_of(listed: str) -> tuple[str, ...]:
    """The formats of a list such as `md,docx`. Raises JdgenError for one there is not."""
    names = listed_names(listed, WRITERS, "format '{}'", "such as --to md,docx", _maker)
    return tuple(format for format in WRITERS if format in names)


def listed_names(
    listed: str, known: Collection[str], what: str, example: str, hint: Callable[[str], str] = lambda _: ""
) -> list[str]:
    """The names of a list with commas between, each once.

    `what` says what is not there, `{}` for the name; `hint` may know better than the nearest name. Raises JdgenError
    for every name that is not known, and for an empty list.
    """
    names = list(dict.fromkeys(name.strip() for name in listed.split(",") if name.strip()))
    problems = [
        Problem("format.unknown", f"there is no {what.format(name)}", hint=hint(name) or nearest(name, known))
        for name in names
        if name not in known
    ]
    if problems or not names:
        nothing = what.partition(" ")[0]
        raise JdgenError(problems or [Problem("format.unknown", f"no {nothing} is named", hint=example)])
    return names


def _maker(format: str) -> str:
    """The command that makes what a build does not."""
    return f"jdgen export --to {format} makes it" if format in EXPORTS else ""


def roles_of(library: Library) -> list[str]:
    """The user's own roles; the shipped ones if there are none."""
    return library.own_names(RoleSpec) or library.names(RoleSpec)


def postings_of(library: Library) -> list[str]:
    """The user's own postings; the shipped ones if the user has no specs."""
    own = bool(library.own_names(RoleSpec) or library.own_names(Posting))
    return library.own_names(Posting) if own else library.names(Posting)


def by_name(role: str, library: Library) -> str:
    """A role's name in place of the path of a file that the name would find; any other path as it is."""
    path = Path(role)
    return (
        path.stem
        if is_path(role)
        and library.find(RoleSpec, path.stem) == library.own / path.name
        and (path.parent.absolute() == library.own.absolute())
        else role
    )


def targets_of(request: Request) -> list[Target]:
    """The kits that are asked for: those named, else all, each posting's included. Raises JdgenError."""
    if request.posting is not None:
        roles = request.roles or (load_posting(request.posting, request.library).role,)
        return [Target(role, request.level, request.posting) for role in roles]
    if request.roles:
        return [target for role in dict.fromkeys(request.roles) for target in role_targets(role, request)]
    targets = [target for role in roles_of(request.library) for target in role_targets(role, request)]
    return [*targets, *_posting_targets(request.library)]


def role_targets(role: str, request: Request) -> Iterator[Target]:
    """A role's own kit, and one for each level if they have pages of their own."""
    yield Target(role, request.level, together=request.together)
    if request.level is not None or request.together:
        return
    try:
        spec = role_alone(role, request.library)
    except JdgenError:
        return  # what is wrong with it is said when its own kit is made
    if request.levels == "apart" or spec.level_pages == "apart":
        yield from (Target(role, level.id) for level in spec.levels)


def _posting_targets(library: Library) -> Iterator[Target]:
    """The user's postings, or the shipped ones if the user has no specs. A broken one is a target, too."""
    yield from (Target(role_of_posting(name, library), None, name) for name in postings_of(library))


def role_of_posting(name: str, library: Library, known: str = "") -> str:
    """The role that a posting is for; of a broken one, whose kit says its problems, what is `known` of it, or any."""
    try:
        return load_posting(name, library).role
    except JdgenError:
        return known or next(iter(roles_of(library)))


def resolved(target: Target, request: Request) -> Role:
    """The role of one kit. Raises JdgenError with the problems of all its files."""
    return loaded(target, request).resolved(target.level, request.language, target.together)


@dataclass(frozen=True)
class Loaded:
    """The files of one kit as they were read."""

    spec: RoleSpec
    company: Company | None
    posting: Posting | None
    library: Library
    """Where role and company were looked up."""

    def resolved(self, level: str | None = None, language: str | None = None, together: bool | None = None) -> Role:
        """The role that they make, with arguments as `resolve_role` takes them.

        Raises JdgenError, also if a kit that is pinned is not of its version any more.
        """
        role = resolve_role(
            self.spec, level=level, company=self.company, posting=self.posting, language=language, together=together
        )
        pinned = self.posting.pinned if self.posting else None
        if pinned and role.version != pinned:
            message = f"the kit is pinned at version {pinned}, and is now {role.version}"
            hint = "the posting's own changes make it another; or 'jdgen unpin' it"
            raise JdgenError([at_place(self.posting, ("pinned",), "pin.version", message, hint)])
        return role


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
    if posting is not None and posting.pinned:
        library = library.pinned(posting.id)
        if not library.own.is_dir():
            message, hint = "what was kept for it is not there", "restore its folder in role_specs/pinned, or unpin it"
            raise JdgenError([at_place(posting, ("pinned",), "pin.missing", message, hint)])
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
    return Loaded(spec, company, posting, library)


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
