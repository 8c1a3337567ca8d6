"""Word files as tagged PDF, by LibreOffice, for those who have it. Nothing else depends on it.

LibreOffice first breaks pages by a guess and then moves what was guessed wrong, which leaves a heading at a page's
foot here and there, in other places by one version than by another. So a macro lays the pages out anew before it
prints them. LibreOffice also writes the time into its files, which would make each build differ; the marks of time
are replaced by marks of the content. The rest of the bytes depends on its version and on the fonts there are.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from jdgen.problem import JdgenError, Problem
from jdgen.write.xml import text

_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)
_MACRO = """
Function Named(key As String, value)
  Dim pair As New com.sun.star.beans.PropertyValue
  pair.Name = key
  pair.Value = value
  Named = pair
End Function

Sub LayOutAnew(doc)
  styles = doc.StyleFamilies.getByName("PageStyles")
  For number = 0 To styles.Count - 1
    style = styles.getByIndex(number)
    If style.isInUse() Then
      height = style.Height
      style.Height = 3 * height
      count = doc.CurrentController.PageCount
      style.Height = height
      count = doc.CurrentController.PageCount
    End If
  Next
End Sub

Sub PrintAll
  folder = "<folder>"
  On Error Resume Next ' a message would wait for somebody to close it
  options = Array(Named("UseTaggedPDF", True), Named("PDFUACompliance", True), Named("ExportFormFields", False))
  file = Dir(folder & "/*.docx")
  Do While file <> ""
    source = ConvertToURL(folder & "/" & file)
    target = ConvertToURL(folder & "/" & Left(file, Len(file) - 5) & ".pdf")
    doc = StarDesktop.loadComponentFromURL(source, "_blank", 0, Array(Named("Hidden", True)))
    LayOutAnew(doc)
    doc.storeToURL(target, Array(Named("FilterName", "writer_pdf_Export"), Named("FilterData", options)))
    doc.close(True)
    file = Dir()
  Loop
End Sub
"""
"""In LibreOffice's Basic. Fields to fill in are printed as text."""
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
    with TemporaryDirectory(prefix="jdgen-", ignore_cleanup_errors=True) as folder:
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
    profile = place / "profile"

    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    seconds = _STARTING + _EACH * count
    try:
        _run([*command, "--terminate_after_init"], seconds)  # makes the profile, which would overwrite the macro
        _add_macro(profile / "user" / "basic" / "Standard", place)
        _run([*command, "macro:///Standard.Pages.PrintAll"], seconds)
    except subprocess.TimeoutExpired:
        raise _failed("it took too long") from None
    except (OSError, subprocess.CalledProcessError):
        raise _failed("it ended with an error") from None


def _run(command: list[str], seconds: int) -> None:
    """Runs a command; ends what it started as well if it takes too long, since LibreOffice starts another program."""
    with subprocess.Popen(  # noqa: S603 - the program is LibreOffice, its arguments are ours
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            code = process.wait(seconds)
        except BaseException:
            _end(process)
            raise
    if code:
        raise subprocess.CalledProcessError(code, command)


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _add_macro(library: Path, place: Path) -> None:
    """Puts the macro, which prints the files in a place, into a library of a profile."""
    index = library / "script.xlb"
    listed = '<library:element library:name="Pages"/></library:library>'
    known = index.read_text(encoding="utf-8")
    index.write_text(known.replace("</library:library>", listed), encoding="utf-8")
    macro = _MACRO.replace("<folder>", str(place).replace('"', '""'))
    (library / "Pages.xba").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">\n'
        '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Pages"'
        f' script:language="StarBasic">{text(macro)}</script:module>\n',
        encoding="utf-8",
    )


def _failed(why: str) -> JdgenError:
    return JdgenError([Problem("pdf.failed", f"LibreOffice could not make the PDF files: {why}")])


def _timeless(pdf: bytes) -> bytes:
    """A PDF file whose marks of time, of the same length each, say nothing of when it was made."""
    for pattern, fixed in _TIMES:
        pdf = pattern.sub(lambda match, fixed=fixed: match[1] + fixed, pdf)  # type: ignore[misc]  # bound at once
    blank = _MARKS.sub(b"", pdf)
    mark = hashlib.sha256(blank).hexdigest()[:32].upper().encode()
    return _MARKS.sub(lambda match: re.sub(rb"\b[0-9A-F]{32}\b", mark, match[0]), pdf)
