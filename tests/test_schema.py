"""The JSON Schemas are current, and take what jdgen takes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from jdgen.schema import KINDS, json_schema

ROOT = Path(__file__).parent.parent
FOLDERS = {"role": "", "competency": "competencies", "company": "companies", "posting": "postings"}
FILES = [
    (kind, path)
    for base in (
        ROOT / "role_specs",
        ROOT / "tests" / "specs" / "full" / "role_specs",
        ROOT / "tests" / "specs" / "small" / "role_specs",
    )
    for kind, folder in FOLDERS.items()
    for path in sorted((base / folder).glob("*.yaml"))
]


class _Loader(yaml.SafeLoader):
    """YAML 1.2, as editors read it: only true and false are flags, and dates are text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if tag.rsplit(":", 1)[1] in ("int", "float", "null", "merge")]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", __import__("re").compile("^(true|false)$"), list("tf"))


def loaded(path: Path) -> Any:
    def keys_as_text(value: Any) -> Any:
        if isinstance(value, dict):
            return {str(key): keys_as_text(inner) for key, inner in value.items()}
        return [keys_as_text(inner) for inner in value] if isinstance(value, list) else value

    return keys_as_text(yaml.load(path.read_text(encoding="utf-8"), _Loader))


@pytest.mark.parametrize("kind", KINDS)
def test_the_committed_schema_is_current(kind: str) -> None:
    path = ROOT / "role_specs" / "schema" / f"{kind}.schema.json"
    assert path.read_text(encoding="utf-8") == json_schema(kind)


@pytest.mark.parametrize(("kind", "path"), FILES, ids=[str(path.name) for _, path in FILES])
def test_files_fit_their_schema(kind: str, path: Path) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(json_schema(kind)))
    assert [
        f"{list(error.absolute_path)}: {error.message[:200]}" for error in validator.iter_errors(loaded(path))
    ] == []


def test_a_file_that_does_not_fit_is_found() -> None:
    validator = jsonschema.Draft202012Validator(json.loads(json_schema("role")))
    assert list(validator.iter_errors({"jdgen": 1, "title": "x", "wieght": 1}))


@pytest.mark.parametrize("path", sorted((ROOT / "role_specs").rglob("*.yaml")), ids=lambda path: path.name)
def test_each_shipped_file_opens_with_its_schema(path: Path) -> None:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    assert first.startswith("# yaml-language-server: $schema=")
    assert (path.parent / first.rsplit("=", 1)[1]).is_file()
