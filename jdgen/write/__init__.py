"""A Document -> a file, by the file's suffix."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from jdgen import assets
from jdgen.document import Document
from jdgen.problem import JdgenError, Problem, nearest
from jdgen.write.file import write_file
from jdgen.write.pdf import pdf_files


def _markdown(document: Document, _: Path) -> bytes:
    return document.text.encode()


def _docx(document: Document, templates: Path) -> bytes:
    from jdgen.write.docx import docx_bytes  # noqa: PLC0415 - lxml and python-docx, where no Word file is made

    return docx_bytes(document, templates)


def _pdf(document: Document, templates: Path) -> bytes:
    return pdf_files([_docx(document, templates)])[0]


def _html(document: Document, _: Path) -> bytes:
    from jdgen.write.html import html_bytes  # noqa: PLC0415 - the Markdown parser, where none of it is made

    return html_bytes(document)


def _txt(document: Document, _: Path) -> bytes:
    from jdgen.write.text import text_bytes  # noqa: PLC0415 - as above

    return text_bytes(document)


WRITERS: Mapping[str, Callable[[Document, Path], bytes]] = {
    "md": _markdown,
    "docx": _docx,
    "html": _html,
    "txt": _txt,
    "pdf": _pdf,
}
"""By format: what makes a file's bytes of a document and the folder of templates."""
_WITH_LOOK = ("docx", "pdf")


def document_bytes(document: Document, format: str, templates: Path = assets.TEMPLATES) -> bytes:
    """The document as a file of a format: `md`, `docx`, `html`, `txt`, or `pdf` where LibreOffice is installed.

    Raises JdgenError for a format there is not, and for Markdown that has no form in it.
    """
    if format not in WRITERS:
        message = f"there is no format '{format}'"
        raise JdgenError([Problem("format.unknown", message, hint=nearest(format, WRITERS))])
    return WRITERS[format](document, templates)


def look_problems(document: Document, format: str, templates: Path = assets.TEMPLATES) -> tuple[Problem, ...]:
    """What a file of the document can't look like, as warnings: styles that its reference document lacks.

    Raises JdgenError if the reference document can't be used.
    """
    if format not in _WITH_LOOK:
        return ()
    from jdgen.write.look import look_of  # noqa: PLC0415 - as above

    return look_of(document, templates).problems


def write_document(document: Document, path: Path, templates: Path = assets.TEMPLATES) -> bool:
    """Writes the document in the format of the path's suffix; whether the file changed.

    Raises JdgenError for a suffix that no writer has, and if the file can't be written.
    """
    return write_file(path, document_bytes(document, path.suffix.removeprefix("."), templates))
