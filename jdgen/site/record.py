"""What a site is made of and what was made: `site.json`, above both folders so that it is published with neither."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from jdgen import __version__
from jdgen.agenda import Job
from jdgen.inputs import Digests
from jdgen.site.card import Card
from jdgen.site.shell import Link
from jdgen.style import HouseStyle

NAME = "site.json"
CAREERS, INTERNAL = "careers", "internal"
PARTS = (CAREERS, INTERNAL)
"""The folders of a site; the first may be published."""
Made = Mapping[str, Any]
"""What came of a job as JSON has it."""


@dataclass(frozen=True)
class Results:
    """What came of a job: its files with their digests, its entries in the lists."""

    files: Mapping[str, str] = field(default_factory=dict)
    kits: tuple[Card, ...] = ()
    vacancies: tuple[Card, ...] = ()
    style: HouseStyle | None = None
    inputs: Mapping[str, str] | None = None
    """The digests of all that it depends on, by label; None if that can't be told."""


@dataclass(frozen=True)
class Record:
    """What is known of a site from the last time."""

    files: Mapping[str, str] = field(default_factory=dict)
    """By path below the site's folder, the digests of what jdgen wrote."""
    jobs: Mapping[str, Made] = field(default_factory=dict)

    def standing(self, key: str, digests: Digests) -> Results | None:
        """What came of a job if all of its inputs are what they were; None if one is not, or it was not made."""
        try:
            results = _results(self.jobs[key])
        except (KeyError, TypeError, AttributeError, ValueError):
            return None
        inputs = results.inputs
        if not inputs or any(digests.of(label) != value for label, value in inputs.items()):
            return None
        return results if results.files.items() <= self.files.items() else None


def key_of(job: Job, parts: Sequence[str], *, has_vacancies: bool) -> str:
    """What a job was asked for: the same key and inputs make the same files."""
    request = job.request
    asked = [job.role, job.posting, request.company, request.language, *parts, has_vacancies, __version__]
    return json.dumps(asked, ensure_ascii=False)


def read_record(output: Path) -> Record:
    """The record of a site; an empty one if there is none that can be read."""
    try:
        data = json.loads((output / NAME).read_bytes())
        files = {str(name): str(value) for name, value in data["files"].items() if _is_below(str(name))}
        return Record(files, dict(data["jobs"]))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Record()


def record_bytes(files: Mapping[str, str], jobs: Mapping[str, Results]) -> bytes:
    """The record's file."""
    data = {
        "site": 1,
        "files": dict(sorted(files.items())),
        "jobs": {key: _data(results) for key, results in jobs.items() if results.inputs},
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _data(results: Results) -> Made:
    """Of a house style its colors and fonts, which are all that pages have of it."""
    style = asdict(results.style) if results.style else {}
    return {
        "inputs": dict(results.inputs or {}),
        "files": dict(results.files),
        "kits": [asdict(card) for card in results.kits],
        "vacancies": [asdict(card) for card in results.vacancies],
        "style": {name: value for name, value in style.items() if type(value) is str},
    }


def _results(data: Made) -> Results:
    """Raises TypeError, KeyError, AttributeError or ValueError for data of none."""
    return Results(
        files=dict(data["files"]),
        kits=tuple(map(_card, data["kits"])),
        vacancies=tuple(map(_card, data["vacancies"])),
        style=HouseStyle(**data["style"]) if data["style"] else None,
        inputs=dict(data["inputs"]),
    )


def _card(data: Made) -> Card:
    filters = {str(name): tuple(values) for name, values in data["filters"].items()}
    links = tuple(Link(**link) for link in data["links"])
    return Card(**{**data, "filters": filters, "links": links, "facts": tuple(data["facts"])})


def _is_below(name: str) -> bool:
    """Whether it is a path within one of the parts."""
    steps = name.split("/")
    return steps[0] in PARTS and not {"", ".", ".."} & set(steps) and not set(name) & {"\\", ":", "\0"}
