"""JSON Schemas of the spec files, for completion and checks in editors."""

from __future__ import annotations

import json
from pathlib import Path

from jdgen.spec import Company, Posting, RoleSpec, SharedCompetency, SpecFile
from jdgen.write.file import write_file

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
KINDS: dict[str, type[SpecFile]] = {
    "role": RoleSpec,
    "competency": SharedCompetency,
    "company": Company,
    "posting": Posting,
}


def json_schema(kind: str) -> str:
    """The JSON Schema of one kind of file: `role`, `competency`, `company` or `posting`."""
    schema = {"$schema": _DIALECT, **KINDS[kind].model_json_schema(by_alias=True)}
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def write_schemas(folder: Path) -> list[Path]:
    """Writes `<kind>.schema.json` for every kind; the files' paths. Raises JdgenError."""
    paths = []
    for kind in KINDS:
        path = folder / f"{kind}.schema.json"
        write_file(path, json_schema(kind).encode())
        paths.append(path)
    return paths
