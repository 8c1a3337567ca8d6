"""Word files as tagged PDF, by LibreOffice, for those who have it. Nothing else depends on it.

LibreOffice writes the time into its files, which would make each build differ; the marks of time are
replaced by marks of the content. The rest of the bytes depends on its version and on the fonts there are.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from jdgen.problem import JdgenError, Problem

_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)
_OPTIONS = {name: {"type": "boolean", "value": "true"} for name in ("UseTaggedPDF", "PDFUACompliance")}
_STARTING, _EACH = 120, 20
"""How many seconds LibreOffice may take to start, and for each file."""
_TIMES = (
    (re.compile(rb"(/CreationDate\(D:)\d{14}"), b"19800101000000"),
    (re.compile(rb"(<xmp:(?:CreateDate|ModifyDate|MetadataDate)>)[^<]{20}"), b"1980-01-01T00:00:00Z"),
)
_MARKS = re.compile(rb"(?:/ID\s*\[\s*<\w{32}>\s*<\w{32}>\s*\]|/DocChecksum\s*/\w{32})")


def pdf_files(documents: Sequence[bytes]) -> list[bytes]:
    """Word files as PDF files, all by one run of LibreOffice.

    Raises JdgenError if it is not installed, or can't make them.
    """
    program = _program()
    with TemporaryDirectory(prefix="jdgen-") as folder:
        place = Path(folder)
        for number, data in enumerate(documents):
            (place / f"{number}.docx").write_bytes(data)
        _convert(program, place, len(documents))
        try:
            return [_timeless((place / f"{number}.pdf").read_bytes()) for number in range(len(documents))]
        except FileNotFoundError:
            raise _failed("it left files out") from None


def _program() -> str:
    found = [path for name in _NAMES if (path := shutil.which(name))]
    found += [path for path in _PLACES if Path(path).is_file()]
    if not found:
        hint = "install it (libreoffice.org), or build the Word files and save them as PDF"
        problem = Problem("pdf.no-libreoffice", "PDF files are made by LibreOffice, which is not found here", hint=hint)
        raise JdgenError([problem])
    return found[0]


def _convert(program: str, place: Path, count: int) -> None:
    """Runs LibreOffice in a profile of its own, so that one that is open does not take the files."""
    command = [program, f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", f"pdf:writer_pdf_Export:{json.dumps(_OPTIONS)}", "--outdir", str(place)]
    command += [str(place / f"{number}.docx") for number in range(count)]
    try:
        subprocess.run(  # noqa: S603 - the program is LibreOffice, its arguments are ours
            command, check=True, capture_output=True, timeout=_STARTING + _EACH * count
        )
    except subprocess.TimeoutExpired:
        raise _failed("it took too long") from None
    except (OSError, subprocess.CalledProcessError):
        raise _failed("it ended with an error") from None


def _failed(why: str) -> JdgenError:
    return JdgenError([Problem("pdf.failed", f"LibreOffice could not make the PDF files: {why}")])


def _timeless(pdf: bytes) -> bytes:
    """A PDF file whose marks of time, of the same length each, say nothing of when it was made."""
    for pattern, fixed in _TIMES:
        pdf = pattern.sub(lambda match, fixed=fixed: match[1] + fixed, pdf)  # type: ignore[misc]  # bound at once
    blank = _MARKS.sub(b"", pdf)
    mark = hashlib.sha256(blank).hexdigest()[:32].upper().encode()
    return _MARKS.sub(lambda match: re.sub(rb"\b[0-9A-F]{32}\b", mark, match[0]), pdf)
