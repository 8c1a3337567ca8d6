"""A filled scorecard, .docx or .md -> its values, or what can't be told. Nothing that comes back is trusted."""

from __future__ import annotations

import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from jdgen.form import Field
from jdgen.problem import JdgenError, Problem, shown
from jdgen.returned.answer import answer
from jdgen.returned.markdown import read_markdown
from jdgen.returned.reading import Fault, Returned, quoted, refusal

MAX_BYTES = 16 << 20
_LOCKS = ("~$", ".~lock.")
_ANEW = "it lost the form; fill in the Word or the Markdown scorecard"
_HINTS = {
    "": "name a .docx or .md file",
    ".doc": "save it as Word Document (.docx)",
    ".docm": "save it as Word Document (.docx), without macros",
    ".odt": "save it as Word Document (.docx)",
    ".rtf": _ANEW,
    ".pdf": _ANEW,
    ".pages": _ANEW,
    ".html": _ANEW,
    ".txt": "if it still has all its comments, name it .md",
}


@dataclass(frozen=True)
class Scorecard:
    """A filled scorecard, as it came back."""

    file: str
    """As problems name it."""
    about: Mapping[str, str]
    """Which scorecard it is: `role`, `stage`, `kit`, and `level`, `posting`, `company` where there are."""
    fields: Mapping[str, Field]
    """What there was to fill in, by id, in the order of the form."""
    values: Mapping[str, str | bool]
    """What was filled in, by the field's id: for a choice the option's value, for a check whether it is ticked."""
    problems: tuple[Problem, ...] = ()
    """Why each field in `untold` can't be told."""
    untold: frozenset[str] = frozenset()
    """The ids of fields that may have been filled in, nobody can tell with what."""


def read_scorecard(path: Path) -> Scorecard:
    """The scorecard at `path`, a .docx or .md file.

    Raises JdgenError with one problem if the file as a whole can't be read.
    """
    file = shown(path)
    try:
        return _scorecard(file, _read(path))
    except JdgenError as error:
        raise JdgenError(replace(problem, file=file) for problem in error.problems) from None


def _scorecard(file: str, returned: Returned) -> Scorecard:
    fields = {field.id: field for field in returned.form.fields}
    answers = {id: answer(field, returned.places.get(id, ())) for id, field in fields.items()}
    values = {id: value for id, value in answers.items() if isinstance(value, (str, bool))}
    faults = {id: fault for id, fault in answers.items() if isinstance(fault, Fault)}
    problems = tuple(_problem(file, fields[id], fault) for id, fault in faults.items())
    return Scorecard(file, returned.form.about, fields, values, problems, frozenset(faults))


def _problem(file: str, field: Field, fault: Fault) -> Problem:
    name = f"{quoted(field.label)} ({field.id})" if field.label else quoted(field.id)
    return Problem(fault.code, f"can't tell {name}: {fault.message}", file, fault.line, hint=fault.hint)


def _read(path: Path) -> Returned:
    if path.name.startswith(_LOCKS):
        hint = "close the editor, and name the document itself"
        raise refusal("scorecard.lock", "is what an editor leaves beside an open document, not the document", hint)
    size = _size(path)
    reader = _reader(path.suffix.lower())
    if size > MAX_BYTES:
        raise refusal("scorecard.size", f"is larger than {MAX_BYTES >> 20} MiB", "a scorecard is far smaller")
    try:
        return reader(path.read_bytes())
    except OSError as error:
        raise _unreadable(error) from None


def _size(path: Path) -> int:
    """The size of the file in bytes. Raises JdgenError if there is no file of any size."""
    try:
        found = path.stat()
    except FileNotFoundError:
        raise refusal("scorecard.missing", "is not there") from None
    except (OSError, ValueError) as error:
        raise _unreadable(error) from None
    if stat.S_ISDIR(found.st_mode):
        raise refusal("scorecard.folder", "is a folder without scorecards", "name the files, or the folder they are in")
    if not stat.S_ISREG(found.st_mode):
        raise refusal("scorecard.unreadable", "is not a file that holds anything")
    return found.st_size


def _reader(suffix: str) -> Callable[[bytes], Returned]:
    if suffix == ".docx":
        from jdgen.returned.docx import read_docx  # noqa: PLC0415 - lxml, where no Word file is read

        return read_docx
    if suffix in (".md", ".markdown"):
        return read_markdown
    message = f"is a {suffix} file, which can't be read as a scorecard" if suffix else "has no suffix"
    raise refusal("scorecard.suffix", message, _HINTS.get(suffix, _HINTS[""]))


def _unreadable(error: Exception) -> JdgenError:
    reason = (getattr(error, "strerror", None) or str(error)).lower()
    return refusal("scorecard.unreadable", f"can't be read: {reason}")
