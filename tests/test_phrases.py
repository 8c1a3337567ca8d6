"""The locale file: every phrase that a template asks for is there, and none is left over."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from jdgen.assets import TEMPLATES

TEXTS = yaml.safe_load((TEMPLATES / "locales" / "en.yaml").read_text(encoding="utf-8"))
SOURCES = [path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.glob("*.j2"))]
SOURCES += [path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.parent.glob("jdgen/**/*.py"))]
ALL = "\n".join(SOURCES)
EXACT = set(re.findall(r"""\bt\(\s*f?["']([a-z_.-]+)["']\s*[,)]""", ALL))
EXACT |= set(re.findall(r"""(?:phrases\.(?:text|markdown)|phrase)\(["']([a-z_.-]+)["']""", ALL))
EXACT |= set(re.findall(r"""["'](qualification\.[a-z_]+)["'] (?:if|else)""", ALL)) | {"qualification.all_of"}
EXACT |= set(re.findall(r"""\bsaid\(["']([a-z_.]+)["']\)""", ALL)) | set(
    re.findall(r'"((?:site|compare)\.[a-z_.]*[a-z])"', ALL)
)
EXACT -= {key for key in EXACT if key.endswith(".")}
EXACT -= {"site.json"}  # a file
PREFIXES = (
    *sorted(set(re.findall(r"""\b(?:t|phrase)\(["']([a-z_.]+\.)["'] ~""", ALL))),
    "kind.",
    "scale.",
    "identifier.",
)


def test_every_phrase_that_is_asked_for_is_there() -> None:
    assert sorted(EXACT - TEXTS.keys()) == []


def test_every_phrase_is_asked_for() -> None:
    left = [
        key
        for key in TEXTS
        if key.removesuffix(".one") not in EXACT | {"locale.read_by_native"} and not key.startswith(PREFIXES)
    ]
    assert left == []


def test_a_phrase_that_is_missing_is_found() -> None:
    assert "guide.welcome" in EXACT
    assert EXACT - (TEXTS.keys() - {"guide.welcome"}) == {"guide.welcome"}
