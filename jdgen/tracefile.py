"""A trace -> its files: a table in Markdown, Word, CSV, JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from jdgen.document import TRACE
from jdgen.kit import document_files, kit_stem
from jdgen.record import as_csv, as_json, trace_view
from jdgen.render import Renderer
from jdgen.request import listed_names
from jdgen.trace import Trace
from jdgen.write.file import write_file

_TEXTS: Mapping[str, Callable[[Trace], str]] = {"csv": as_csv, "json": as_json}
FORMATS = ("md", "docx", *_TEXTS)


def trace_files(trace: Trace, formats: str, templates: Path) -> Mapping[str, bytes]:
    """The files of a list of formats such as `md,csv`, by name. Raises JdgenError for a format there is not."""
    names = listed_names(formats, FORMATS, "format '{}' of a trace", "such as --to md,csv")
    name = f"{kit_stem(trace.role)}-trace"
    files = {f"{name}.{format}": _TEXTS[format](trace).encode() for format in names if format in _TEXTS}
    documents = [format for format in names if format not in _TEXTS]
    if documents:
        document = Renderer(templates).render(trace.role, TRACE, name, trace=trace_view(trace))
        made = document_files(document, Path(), documents, templates)
        files |= {file.path.name: file.data for file in made}
    return {f"{name}.{format}": files[f"{name}.{format}"] for format in names}


def write_trace(files: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Writes the files into a folder; their paths. Raises JdgenError if one can't be written."""
    for name, data in files.items():
        write_file(folder / name, data, folder)
    return [folder / name for name in files]
