"""Problems as a report: for people, programs, GitHub's annotations, or code scanning (SARIF 2.1.0)."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, Protocol
from urllib.parse import quote

from jdgen import __version__
from jdgen.problem import JdgenError, Problem, Severity, nearest

_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


class RuleLike(Protocol):
    """What a report says of a rule."""

    @property
    def code(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def why(self) -> str: ...
    @property
    def instead(self) -> str: ...
    @property
    def severity(self) -> Severity: ...


Rules = Mapping[str, RuleLike]


def reported(problems: Sequence[Problem], format: str, rules: Mapping[str, RuleLike] = {}) -> str:
    """`problems` in their order as a report in one of `FORMATS`; `rules`, by code, are described in SARIF.

    A report that is not empty ends with a line feed. Raises JdgenError for another format.
    """
    if format not in FORMATS:
        raise JdgenError([Problem("format.unknown", f"there is no format '{format}'", hint=nearest(format, FORMATS))])
    return FORMATS[format](problems, rules)


def _text(problems: Sequence[Problem], _: Rules) -> str:
    return "".join(f"{problem}\n" for problem in problems)


# --- JSON -------------------------------------------------------------------------------------


def _json(problems: Sequence[Problem], _: Rules) -> str:
    counts = Counter(problem.severity for problem in problems)
    summary = {severity: counts[severity] for severity in _SEVERITIES}
    return _dumped({"version": 1, "summary": summary, "findings": [_finding(problem) for problem in problems]})


def _finding(problem: Problem) -> dict[str, Any]:
    names = ("code", "severity", "message", "hint", "file", "line", "column", "width")
    return {name: getattr(problem, name) for name in names}


def _dumped(data: dict[str, Any]) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


# --- GitHub's workflow commands ---------------------------------------------------------------


def _github(problems: Sequence[Problem], _: Rules) -> str:
    return "".join(f"{_command(problem)}\n" for problem in problems)


def _command(problem: Problem) -> str:
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in _annotation(problem))
    return f"::{_COMMANDS[problem.severity]} {properties}::{_data(_message(problem))}"


def _annotation(problem: Problem) -> Iterator[tuple[str, str | int]]:
    """What a command says beside its message; a line without a file, or a column without a line, means nothing."""
    if problem.file:
        yield "file", problem.file
        if problem.line:
            yield "line", problem.line
            if problem.column:
                yield "col", problem.column
                yield "endColumn", _end(problem)
    yield "title", problem.code


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _message(problem: Problem) -> str:
    """What is wrong, and below it how to mend it."""
    return f"{problem.message}\n{problem.hint}" if problem.hint else problem.message


def _end(problem: Problem) -> int:
    """The column after the last character."""
    return problem.column + max(1, problem.width)


# --- SARIF 2.1.0; section numbers are those of the standard -----------------------------------


def _sarif(problems: Sequence[Problem], rules: Rules) -> str:
    codes = sorted({problem.code for problem in problems})
    driver = {"name": "jdgen", "version": __version__, "rules": [_descriptor(code, rules.get(code)) for code in codes]}
    prints = _fingerprints(problems)
    results = [
        _result(problem, codes.index(problem.code), mark) for problem, mark in zip(problems, prints, strict=True)
    ]
    # 3.14.17: Python counts code points, which is not every consumer's default.
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return _dumped({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _descriptor(code: str, rule: RuleLike | None) -> dict[str, Any]:
    """A reportingDescriptor (3.49); no more than its id if nothing is known of the rule."""
    if rule is None:
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": _escaped(rule.rule)},
        "fullDescription": {"text": _escaped(rule.why)},
        "help": {"text": _escaped(rule.instead)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(problem: Problem, index: int, fingerprint: str) -> dict[str, Any]:
    """A result (3.27)."""
    return {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": _LEVELS[problem.severity],
        "message": {"text": _escaped(_message(problem))},
        **({"locations": [{"physicalLocation": _location(problem)}]} if problem.file else {}),
        # A key of our own: GitHub's upload computes `primaryLocationLineHash` itself and warns of any other value.
        "partialFingerprints": {"finding/v1": fingerprint},
    }


def _location(problem: Problem) -> dict[str, Any]:
    """A physicalLocation (3.29); its region (3.30) has as much as is known."""
    region = {"startLine": problem.line} if problem.line else {}
    if problem.line and problem.column:
        region |= {"startColumn": problem.column, "endColumn": _end(problem)}
    return {"artifactLocation": {"uri": _uri(problem.file)}, **({"region": region} if region else {})}


def _uri(file: str) -> str:
    """A path as a URI: a relative one stays relative. Bytes of a name that are no UTF-8 keep their values."""
    if _DRIVE.match(file):
        drive, path = file[:2], file[2:].replace("\\", "/")
        return f"file:///{drive}{quote(path, errors='surrogateescape')}"
    path = quote(file, errors="surrogateescape")
    if path.startswith("//"):
        return f"file:{path}"
    return f"file://{path}" if path.startswith("/") else path


def _escaped(text: str) -> str:
    """Text as a message holds it: single braces are placeholders (3.11.5)."""
    return text.replace("{", "{{").replace("}", "}}")


def _fingerprints(problems: Sequence[Problem]) -> Iterator[str]:
    """What tells each finding from others though its line moves; equal ones at several places are numbered."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for problem in problems:
        identity = (problem.code, problem.file, problem.message)
        seen[identity] += 1
        text = "\0".join((*identity, str(seen[identity])))
        yield sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:16]


FORMATS: Mapping[str, Callable[[Sequence[Problem], Rules], str]] = {
    "text": _text,
    "json": _json,
    "github": _github,
    "sarif": _sarif,
}
"""By name, what makes a report of problems and rules."""
