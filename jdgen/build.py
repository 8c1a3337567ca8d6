"""Which documents of which roles go to which files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from jdgen.document import INDEX, Document, DocumentKind
from jdgen.load import Library, load_company, load_posting, load_role
from jdgen.problem import JdgenError, Problem, in_order, nearest
from jdgen.reference import at_place
from jdgen.render import Renderer
from jdgen.resolve import resolve_role
from jdgen.role import Role
from jdgen.spec import Company, Posting, RoleSpec
from jdgen.view import View
from jdgen.write import WRITERS, document_bytes, look_problems
from jdgen.write.file import write_file
from jdgen.write.pdf import pdf_files

FORMATS = ("md", "docx")
"""The formats of a kit unless others are asked for."""


@dataclass(frozen=True)
class Target:
    """One kit: a role, if need be at a level or for a posting."""

    role: str
    level: str | None = None
    posting: str | None = None


@dataclass(frozen=True)
class Request:
    """What to build, from where, to where."""

    roles: tuple[str, ...] = ()
    level: str | None = None
    company: str | None = None
    posting: str | None = None
    kinds: tuple[str, ...] = ()
    """Names of kinds; all of them if none is given."""
    formats: tuple[str, ...] = FORMATS
    output: Path = Path("output")
    library: Library = field(default_factory=Library)
    templates: Path = Path("templates")


@dataclass(frozen=True)
class KitFile:
    """One file of a kit, as it should be."""

    path: Path
    data: bytes
    problems: tuple[Problem, ...] = ()
    """Warnings."""


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
        Problem("format.unknown", f"there is no format '{name}'", hint=nearest(name, WRITERS))
        for name in names
        if name not in WRITERS
    ]
    if problems or not names:
        raise JdgenError(problems or [Problem("format.unknown", "no format is named", hint="such as --to md,docx")])
    return tuple(format for format in WRITERS if format in names)


def roles_of(library: Library) -> list[str]:
    """The user's own roles; the shipped ones if there are none."""
    return library.own_names(RoleSpec) or library.names(RoleSpec)


# --- what is built ----------------------------------------------------------------------------


def targets_of(request: Request) -> list[Target]:
    """The kits that are asked for: those named, else all, each posting's included. Raises JdgenError."""
    if request.posting is not None:
        roles = request.roles or (load_posting(request.posting, request.library).role,)
        return [Target(role, request.level, request.posting) for role in roles]
    if request.roles:
        return [Target(role, request.level) for role in dict.fromkeys(request.roles)]
    targets = [Target(role, request.level) for role in roles_of(request.library)]
    return [*targets, *_posting_targets(request.library)]


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
            files += _kit(resolved(target, request), kinds, request, renderer)
        except JdgenError as error:
            problems += error.problems
    if problems:
        raise JdgenError(problems)
    return files


def document_files(document: Document, folder: Path, formats: Iterable[str], templates: Path) -> Iterator[KitFile]:
    """The files of a document; one to be PDF is a Word file so far, see `with_pdf`. Raises JdgenError."""
    for format in formats:
        data = document_bytes(document, "docx" if format == "pdf" else format, templates)
        yield KitFile(folder / f"{document.name}.{format}", data, look_problems(document, format, templates))


def with_pdf(files: list[KitFile]) -> list[KitFile]:
    """The files with those to be PDF converted, all together. Raises JdgenError."""
    words = [file.data for file in files if file.path.suffix == ".pdf"]
    made = iter(pdf_files(words) if words else ())
    return [replace(file, data=next(made)) if file.path.suffix == ".pdf" else file for file in files]


def resolved(target: Target, request: Request) -> Role:
    """The role of one kit. Raises JdgenError with the problems of all its files."""
    return loaded(target, request).resolved(target.level)


@dataclass(frozen=True)
class Loaded:
    """The files of one kit as they were read."""

    spec: RoleSpec
    company: Company | None
    posting: Posting | None

    def resolved(self, level: str | None = None) -> Role:
        """The role that they make. Raises JdgenError."""
        return resolve_role(self.spec, level=level, company=self.company, posting=self.posting)


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


# --- one kit ----------------------------------------------------------------------------------


def _kit(role: Role, kinds: Sequence[DocumentKind], request: Request, renderer: Renderer) -> list[KitFile]:
    """The files of one kit, its index last."""
    folder = request.output / role.id / role.variant if role.variant else request.output / role.id
    stem = kit_stem(role)
    made = [(kind, stage) for kind in kinds for stage in stages_of(role, kind)]
    documents = [
        renderer.render(role, kind, f"{stem}-{kind.name}" + (f"-{stage}" if stage else ""), stage=stage)
        for kind, stage in made
    ]
    files = [
        file for document in documents for file in document_files(document, folder, request.formats, request.templates)
    ]
    if len({file.path.name.lower() for file in files}) < len(files):
        lower = [file.path.name.lower() for file in files]
        twice = next(file.path.name for file in files if lower.count(file.path.name.lower()) > 1)
        message = f"two documents would be '{twice}'"
        raise JdgenError([Problem("kit.same-name", message, hint="give the stage or your template another name")])
    if request.kinds:
        return files  # an index of a part of the kit would hide the rest
    names = {stage.id: str(stage.stage.name) for stage in role.stages}
    entries = tuple(
        View(
            "a file",
            {
                "label": document.label,
                "audience": document.kind.audience,
                "stage": names.get(stage or ""),
                "files": tuple(
                    (f"{document.name}.{format}", _FORMAT_NAMES[format])
                    for format in request.formats
                    if format != "pdf"
                ),
            },
        )
        for document, (_, stage) in zip(documents, made, strict=True)
    )
    index = renderer.render(role, INDEX, "README", kit=entries)
    return [*files, KitFile(folder / "README.md", document_bytes(index, "md", request.templates))]


_FORMAT_NAMES = {"md": "Markdown", "docx": "Word"}
"""The formats that an index lists; PDF files may be made beside them at any time."""


def stages_of(role: Role, kind: DocumentKind) -> list[str | None]:
    """For which stages a kind is made: None where it is made once for the role."""
    if kind.per == "role":
        return [None]
    return [stage.id for stage in role.stages if stage.is_scored or kind.per == "stage"]


def kit_stem(role: Role) -> str:
    """How the kit's files begin: the role's id, and the level's or posting's where they differ."""
    if not role.variant or role.variant == role.id:
        return role.id
    return role.variant if role.variant.startswith(f"{role.id}-") else f"{role.id}-{role.variant}"
