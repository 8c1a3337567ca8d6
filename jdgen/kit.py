"""One kit: the documents of a role, in the languages that are asked for, as files with their index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from jdgen.document import INDEX, Document, DocumentKind, together
from jdgen.problem import JdgenError, Problem
from jdgen.render import Renderer
from jdgen.role import Role
from jdgen.view import View
from jdgen.write import document_bytes, look_problems
from jdgen.write.pdf import pdf_files


@dataclass(frozen=True)
class KitFile:
    """One file of a kit, as it should be."""

    path: Path
    data: bytes
    problems: tuple[Problem, ...] = ()
    """Warnings."""


@dataclass(frozen=True)
class Making:
    """How kits are made: into which folder, in which formats, with which templates."""

    output: Path
    formats: tuple[str, ...]
    templates: Path
    is_whole: bool = True
    """Whether it is all kinds of documents, so that there is an index."""


Made = tuple[Document, str | None]
"""A document, and the id of the stage that it is for."""


def documents_of_kit(
    role: Role, others: Sequence[Role], kinds: Sequence[DocumentKind], renderer: Renderer
) -> list[Made]:
    """The documents of one kit; what candidates get also in the languages of `others`. Raises JdgenError."""
    return [
        (document, stage)
        for kind in kinds
        for stage in stages_of(role, kind)
        for document in _documents(role, others if kind.audience == "candidate" else (), kind, stage, renderer)
    ]


def index_of_kit(
    role: Role, made: Iterable[Made], renderer: Renderer, files: Callable[[Document], Sequence[tuple[str, str]]]
) -> Document:
    """The document that lists the others: `files` gives the names of each one's files, with what sorts they are.

    Raises JdgenError.
    """
    names = {stage.id: str(stage.stage.name) for stage in role.stages}
    notation = renderer.phrases(role.language).notation
    entries = tuple(
        View(
            "a file",
            {
                "label": document.label
                if document.language == role.language
                else f"{document.label} ({notation.language(document.language)})",
                "audience": document.kind.audience,
                "stage": names.get(stage or ""),
                "files": tuple(files(document)),
            },
        )
        for document, stage in made
    )
    return renderer.render(role, INDEX, "README", kit=entries)


def files_of_kit(
    role: Role, others: Sequence[Role], kinds: Sequence[DocumentKind], renderer: Renderer, making: Making
) -> list[KitFile]:
    """The files of one kit, its index last; what candidates get also in the languages of `others`.

    Raises JdgenError.
    """
    folder = making.output / role.id / role.variant if role.variant else making.output / role.id
    made = documents_of_kit(role, others, kinds, renderer)
    files = [
        file for document, _ in made for file in document_files(document, folder, making.formats, making.templates)
    ]
    _refuse_same_names(files)
    if not making.is_whole:
        return files  # an index of a part of the kit would hide the rest

    def listed(document: Document) -> list[tuple[str, str]]:
        return [(f"{document.name}.{each}", FORMAT_NAMES[each]) for each in making.formats if each != "pdf"]

    index = index_of_kit(role, made, renderer, listed)
    return [*files, KitFile(folder / "README.md", document_bytes(index, "md", making.templates))]


def _documents(
    role: Role, others: Sequence[Role], kind: DocumentKind, stage: str | None, renderer: Renderer
) -> Iterator[Document]:
    """The document of a kind, and those in other languages beside it or, if the posting wants that, in it."""
    name = f"{kit_stem(role)}-{kind.name}" + (f"-{stage}" if stage else "")
    first = renderer.render(role, kind, name, stage=stage)
    rest = [renderer.render(other, kind, f"{name}-{other.language}", stage=stage) for other in others]
    if rest and role.posting is not None and role.posting.languages_as == "together":
        yield together([first, *rest])
    else:
        yield from (first, *rest)


def _refuse_same_names(files: Sequence[KitFile]) -> None:
    """Raises JdgenError if two files would have one name; case does not tell names apart everywhere."""
    lower = [file.path.name.lower() for file in files]
    twice = next((file.path.name for file in files if lower.count(file.path.name.lower()) > 1), None)
    if twice is not None:
        message = f"two documents would be '{twice}'"
        raise JdgenError([Problem("kit.same-name", message, hint="give the stage or your template another name")])


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


FORMAT_NAMES = {"md": "Markdown", "docx": "Word", "html": "HTML", "txt": "text"}
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
