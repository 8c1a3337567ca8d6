"""Scorecards filled in and saved by LibreOffice itself, and what a reader made of them."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import signal
import subprocess
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from unicodedata import normalize

import pytest
from lxml import etree

from jdgen.form import Field, Form, parsed_form
from jdgen.returned import Scorecard
from tests.faults import unpacked
from tests.programs import program

Value = str | bool
FILL = Path(__file__).parent / "uno_fill.py"
PYTHONS = ("/usr/bin/python3", "/opt/libreoffice/program/python")
"""Where a Python that has `uno` may be; python3-uno installs it for the system's alone."""
SECONDS = 180
"""The most that one run of LibreOffice may take."""

TEXTS = (
    "Ana Ø’Brien",
    'Łucja "Lu" 東京 🎉',
    "مريم الاسم",
    "O'Neil & <Sons>",
)
NOTES = (
    'Said: “I asked ‘why’”, then "why not" & <b>|\nŁódź, a naïve café\nthird line',
    "東京 said 🎉 and went\nمرحبا بالعالم, then Latin",
    "One line. It has *stars*, _lines_, {{ braces }}, C:\\paths and <!-- /field --> in it.",
    "- a list\n- of two\n\nafter an empty line",
    "שלום 100 %\n한국어 ひらがな ไทย",
)


def answers(form: Form) -> dict[str, Value]:
    """A value for every field, no two texts alike, so that values in each other's places are wrong."""
    kinds = Counter[str]()
    found: dict[str, Value] = {}
    for each in form.fields:
        kinds[each.type] += 1
        found[each.id] = _answer(each, kinds[each.type])
    return found


def _answer(field: Field, number: int) -> Value:
    """A value for the field that is the form's of that number of its type, from 1."""
    if field.type == "check":
        return number % 2 == 0
    if field.type == "choice":
        return list(field.options)[-number % len(field.options)]
    if field.type == "date":
        return "2026-11-24"
    texts = TEXTS if field.type == "text" else NOTES
    return f"{texts[(number - 1) % len(texts)]} ({number})"


def form_of(data: bytes) -> Form:
    """The form of a Word file as jdgen made it."""
    text = etree.fromstring(unpacked(data)["customXml/item1.xml"]).text
    assert text is not None
    return parsed_form(text)


def verdicts(scorecard: Scorecard, typed: Mapping[str, Value]) -> dict[str, str]:
    """For each field `right`, `reported`, or how it is wrong, where `typed` is what was filled in."""
    return {id: _verdict(scorecard, field, typed.get(id)) for id, field in scorecard.fields.items()}


def _verdict(scorecard: Scorecard, field: Field, typed: Value | None) -> str:
    if field.id in scorecard.untold:
        return "reported"
    wanted = bool(typed) if field.type == "check" else typed
    found = scorecard.values.get(field.id)
    return "right" if _lines(found) == _lines(wanted) else f"read as {found!r}, but it is {wanted!r}"


def _lines(value: Value | None) -> list[str] | Value | None:
    """A value to compare: without empty lines, since LibreOffice 7.4 does not save them."""
    return [line for line in normalize("NFC", value).split("\n") if line] if isinstance(value, str) else value


def wrong(found: Mapping[str, str]) -> dict[str, str]:
    """Of verdicts those that are wrong."""
    return {id: verdict for id, verdict in found.items() if verdict not in ("right", "reported")}


def reported(found: Mapping[str, str]) -> list[str]:
    return [id for id, verdict in found.items() if verdict == "reported"]


# --- LibreOffice ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Job:
    """A document to open, to fill in and to save."""

    source: bytes | str
    """A Word file as jdgen made it, or the name of an earlier job."""
    values: Mapping[str, Value] = field(default_factory=dict)
    """What to fill in, by the field's id."""
    ways: Mapping[str, str] = field(default_factory=dict)
    """How, by the field's id, where not in the plain way; see `uno_fill.WAYS`."""


@dataclass(frozen=True)
class Saved:
    """What LibreOffice saved."""

    path: Path
    typed: Mapping[str, Value]
    """What was filled in and then seen in its place, by the field's id."""
    refused: Mapping[str, str]
    """What was seen in place of what LibreOffice did not let in."""


@dataclass(frozen=True)
class Office:
    """A LibreOffice on this machine, or in a system of its own below `root`."""

    soffice: str
    python: str
    root: Path = Path("/")

    def saved(self, jobs: Mapping[str, Job], folder: Path) -> dict[str, Saved]:
        """What LibreOffice saves for the jobs, in one run; they and its profile are in `folder`."""
        tasks = []
        for name, job in jobs.items():
            if isinstance(job.source, bytes):
                source = folder / f"{name}.source.docx"
                source.write_bytes(job.source)
            else:
                source = folder / f"{job.source}.docx"
            target = folder / f"{name}.docx"
            tasks.append({"source": self._url(source), "target": self._url(target), "fills": _fills(job)})
        shown = self._run(tasks, folder)
        return {name: _saved(folder / f"{name}.docx", job, shown[n]) for n, (name, job) in enumerate(jobs.items())}

    def version(self) -> str:
        """Its major and minor version, such as 7.4."""
        run = subprocess.run(self._command(self.soffice, "--version"), capture_output=True, text=True, check=True)
        match = re.search(r"LibreOffice (\d+\.\d+)", run.stdout)
        assert match, run.stdout
        return match[1]

    def _run(self, tasks: list[dict[str, object]], folder: Path) -> list[dict[str, str]]:
        pipe = f"jdgen-{secrets.token_hex(8)}"
        shutil.copy(FILL, folder)
        office = subprocess.Popen(
            self._command(
                *(self.soffice, "--headless", "--norestore", "--nologo", "--nodefault"),
                *(f"-env:UserInstallation={self._url(folder / 'profile')}", f"--accept=pipe,name={pipe};urp;"),
            ),
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"},
        )
        try:
            filled = subprocess.run(
                self._command(self.python, self._inside(folder / FILL.name), pipe),
                input=json.dumps(tasks),
                capture_output=True,
                text=True,
                timeout=SECONDS,
                check=False,
            )
            assert filled.returncode == 0, f"LibreOffice could not be filled in:\n{filled.stderr[-2000:]}"
            office.wait(timeout=30)
        finally:
            if office.poll() is None:
                os.killpg(office.pid, signal.SIGKILL)
                office.wait()
        shown: list[dict[str, str]] = json.loads(filled.stdout)
        return shown

    def _command(self, *parts: str) -> list[str]:
        return [*parts] if self.root == Path("/") else ["chroot", str(self.root), *parts]

    def _inside(self, path: Path) -> str:
        return f"/{path.relative_to(self.root)}"

    def _url(self, path: Path) -> str:
        return Path(self._inside(path)).as_uri()


def office() -> Office:
    """The LibreOffice of this machine; without it, the test that asks is skipped, or failed where CI is set."""
    return Office(program("soffice"), python_with_uno())


def python_with_uno() -> str:
    """A Python that can talk to LibreOffice; without one, as for `program`."""
    for path in PYTHONS:
        if shutil.which(path):
            run = subprocess.run([path, "-c", "import uno"], capture_output=True, check=False)
            if run.returncode == 0:
                return path
    missing = "no Python has uno: apt-get install python3-uno"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)


def _fills(job: Job) -> list[dict[str, Value]]:
    """The fills of a job, as `uno_fill` takes them, in the order of the form."""
    return [
        {
            "name": name,
            "type": field.type,
            "value": _seen(field, job.values[field.id]),
            "way": job.ways.get(field.id, ""),
        }
        for name, field in _fields(job).items()
    ]


def _fields(job: Job) -> dict[str, Field]:
    """The fields that a job fills in, by their bookmarks."""
    if not isinstance(job.source, bytes) or not job.values:
        return {}
    fields = enumerate(form_of(job.source).fields, 1)
    return {f"_jdf_{number}": field for number, field in fields if field.id in job.values}


def _seen(field: Field, value: Value) -> Value:
    """A value as it is seen: the label of a choice."""
    return field.options[str(value)] if field.type == "choice" else value


def _saved(path: Path, job: Job, shown: Mapping[str, str]) -> Saved:
    fields = _fields(job)
    refused = {
        field.id: shown[name]
        for name, field in fields.items()
        if not _is_seen(field, _seen(field, job.values[field.id]), shown[name])
    }
    typed = {field.id: job.values[field.id] for field in fields.values() if field.id not in refused}
    return Saved(path, typed, refused)


def _is_seen(field: Field, value: Value, shown: str) -> bool:
    """Whether a value is seen in what is shown; a prompt may be left around a text."""
    if field.type == "check":
        return ("☒" in shown) == value
    return shown == value if field.type in ("choice", "date") else str(value) in shown
