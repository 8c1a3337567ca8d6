"""A folder of one's own: a spec, a company, a template to override, and CI that keeps kits current."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from jdgen import __version__
from jdgen.new import starter, write_new
from jdgen.problem import JdgenError, Problem
from jdgen.schema import write_schemas
from jdgen.spec.base import is_identifier

_FILES = {
    "README.md": "README.md",
    "gitignore": ".gitignore",
    "gitattributes": ".gitattributes",
    "workflow.yml": ".github/workflows/kits.yml",
    "gitlab-ci.yml": ".gitlab-ci.yml",
    "pre-commit.yaml": ".pre-commit-config.yaml",
    "company.yaml": "role_specs/companies/<<id>>.yaml",
    "role.yaml": "role_specs/<<role>>.yaml",
    "template.md.j2": "templates/job-description.md.j2",
}


def init_folder(folder: Path, company: str = "Your Company", role: str = "office-manager") -> list[Path]:
    """Writes the files of a folder in which `jdgen build` works at once; their paths, in order.

    `company` is the name documents use. Raises JdgenError if any of the files is there already;
    then nothing is written.
    """
    plain = unicodedata.normalize("NFKD", company).encode("ascii", "ignore").decode().lower()
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    id = "-".join(words)[:60].strip("-")
    id = id if is_identifier(id) else "company"
    quoted = company.replace("\\", "\\\\").replace('"', '\\"')
    values = {"id": id, "role": role, "company": company, "quoted": quoted, "title": role.replace("-", " ").title()}
    values["version"] = __version__
    planned = {folder / _filled(target, values): starter(name, **values) for name, target in _FILES.items()}
    there = [path for path in planned if path.exists() or path.is_symlink()]
    if there:
        raise JdgenError(
            Problem("file.exists", "is there already, so nothing was written", path.as_posix()) for path in there
        )
    for path, text in planned.items():
        write_new(path, text)
    return [*planned, *write_schemas(folder / "role_specs" / "schema")]


def _filled(text: str, values: dict[str, str]) -> str:
    for key, value in values.items():
        text = text.replace(f"<<{key}>>", value)
    return text
