"""A spec to start from."""

from __future__ import annotations

from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from jdgen.breach import breaches
from jdgen.problem import JdgenError, Problem
from jdgen.schema import write_schemas
from jdgen.spec import RoleSpec
from jdgen.spec.base import Id
from jdgen.write.file import write_file

STARTER = Path(__file__).resolve().parent / "starter"


def new_role(role: str, folder: Path) -> Path:
    """Writes `<role>.yaml` into `folder`, a small role that builds as it is; the file's path.

    The JSON Schemas that editors check it by are written beside it if they are not there.

    Raises JdgenError if `role` can't be an identifier or the file is there already.
    """
    try:
        TypeAdapter(Id).validate_python(role)
    except ValidationError as error:
        raise JdgenError(Problem(b.code, b.message, hint=b.hint) for b in breaches(RoleSpec, error)) from None
    path = folder / f"{role}.yaml"
    title = role.replace("-", " ").title()
    write_new(path, starter("role.yaml", title=title))
    if not (folder / "schema" / "role.schema.json").exists():
        write_schemas(folder / "schema")  # the file's first line tells editors to look there
    return path


def starter(name: str, **values: str) -> str:
    """A starter file's text with `values` in the places of their names."""
    text = (STARTER / name).read_text(encoding="utf-8")
    for key, value in values.items():
        text = text.replace(f"<<{key}>>", value)
    return text


def write_new(path: Path, text: str) -> None:
    """Writes a file that must not be there yet. Raises JdgenError if it is."""
    if path.exists() or path.is_symlink():
        hint = "choose another name, or take it away first"
        raise JdgenError([Problem("file.exists", "is there already, and is left as it is", path.as_posix(), hint=hint)])
    write_file(path, text.encode())
