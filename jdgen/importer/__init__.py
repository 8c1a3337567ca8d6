"""An existing job description -> the draft of a role's spec, and of a posting where it says things as fields."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jdgen.importer.draft import drafted
from jdgen.importer.emitter import as_yaml, comment
from jdgen.importer.junk import faults
from jdgen.importer.outline import outlined
from jdgen.importer.reading import read_ad
from jdgen.importer.wording import languages
from jdgen.new import write_new
from jdgen.problem import JdgenError, Problem, shown
from jdgen.source import Source
from jdgen.spec import Posting, RoleSpec
from jdgen.spec.base import LANGUAGE_TAG, is_identifier
from jdgen.spec.file import SpecFile

_SCHEMA = "# yaml-language-server: $schema={path}schema/{sort}.schema.json\n"
_GENDER = re.compile(r"\s*[(\[](?:[a-z*/|\s]{1,12}|all genders|alle)[)\]]\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Imported:
    """The files that were made, and what a person should know of them."""

    files: tuple[Path, ...]
    notes: tuple[Problem, ...]


def import_file(
    path: Path, name: str | None = None, folder: Path = Path("role_specs"), language: str | None = None
) -> Imported:
    """Makes a draft of a role's spec in `folder` out of the job description at `path`, and of a posting if it
    says place, pay or dates as fields (JobPosting JSON-LD).

    `name` is the role's id, else the title or the file's name makes one. Raises JdgenError for a file that can't
    be read or is no job description, and if a file is there already; then nothing is written.
    """
    file = shown(path)
    if language is not None and not LANGUAGE_TAG.match(language):
        hint = "such as de, fr or pt-BR"
        raise JdgenError([Problem("text.language", f"'{language}' is not a language tag", hint=hint)])
    ad = read_ad(path)
    declared = ad.language if ad.language.partition("-")[0] in languages() else ""
    outline = outlined(ad.blocks, ad.title, language or declared)
    if not outline.title:
        hint = "begin it with a line that names the job"
        raise JdgenError([Problem("import.no-title", "has no title", file, hint=hint)])
    for fault in faults(outline):
        raise JdgenError([Problem("import.no-posting", fault, file, hint="give the text of one posting")])
    id = _name(name, outline.title, path)
    draft = drafted(outline, file)
    notes = list(draft.notes)
    if outline.codes:
        message = f"{', '.join(outline.codes)}: codes for job boards are kept out of the text"
        notes.append(Problem("import.code", message, file, severity="info"))
    head = [f"A draft, made of {path.name}. Read it, and take out these lines.", *(f"- {n.message}" for n in notes)]
    texts = {folder / f"{id}.yaml": _written(draft.data, head, RoleSpec, "")}
    if ad.posting or outline.codes:
        posting = {"role": id, **(ad.posting or {})}
        posting |= {"tracking_codes": list(outline.codes)} if outline.codes else {}
        posting |= {"language": outline.language} if outline.language != "en" else {}
        texts[folder / "postings" / f"{id}-1.yaml"] = _written(posting, head[:1], Posting, "../")
    problems = [problem for path, text in texts.items() for problem in _refusals(path, text)]
    if problems:
        raise JdgenError(problems)
    for target, text in texts.items():
        write_new(target, text)
    return Imported(tuple(texts), tuple(notes))


def _written(data: Mapping[str, Any], head: list[str], kind: type[SpecFile], up: str) -> str:
    sort = "role" if kind is RoleSpec else "posting"
    comments = "".join(f"{line}\n" for each in head for line in comment(" ".join(each.split())))
    return f"{_SCHEMA.format(path=up, sort=sort)}{comments}jdgen: 1\n{as_yaml(data)}"


def _refusals(path: Path, text: str) -> list[Problem]:
    """What keeps a draft from being written: a file in its place, or a value that no spec can have."""
    if path.exists() or path.is_symlink():
        hint = "give the role another name, with --as NAME"
        return [Problem("file.exists", "is there already, and is left as it is", path.as_posix(), hint=hint)]
    try:
        Source(text, path.as_posix()).model(Posting if path.parent.name == "postings" else RoleSpec, path.stem)
    except JdgenError as error:
        return [replace(problem, code="import.unfit") for problem in error.problems]
    return []


def _name(given: str | None, title: str, path: Path) -> str:
    """The role's id. Raises JdgenError if none can be made."""
    if given is not None:
        if not is_identifier(given):
            hint = "use lower-case letters, digits and single hyphens"
            raise JdgenError([Problem("identifier", f"'{given}' can't name a role", hint=hint)])
        return given
    for text in (_GENDER.sub("", title), path.stem):
        if is_identifier(slug := _slug(text)):
            return slug
    hint = "say --as NAME, in lower-case letters, digits and hyphens"
    raise JdgenError([Problem("import.no-name", "has a title that makes no name for a file", shown(path), hint=hint)])


def _slug(text: str) -> str:
    latin = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", latin).strip("-")[:60].strip("-")
