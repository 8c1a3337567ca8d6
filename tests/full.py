"""The fixture that uses every field of every model, as trees of plain data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from jdgen.document import INDEX
from jdgen.kit import stages_of
from jdgen.problem import JdgenError
from jdgen.reference import broken_references
from jdgen.render import Renderer
from jdgen.resolve import resolve_role
from jdgen.role import Role
from jdgen.spec import Company, Posting, RoleSpec, SharedCompetency

FOLDER = Path(__file__).parent / "specs" / "full" / "role_specs"
FILES: dict[str, tuple[type, str]] = {
    "role": (RoleSpec, "charge-nurse.yaml"),
    "competency": (SharedCompetency, "competencies/handover.yaml"),
    "company": (Company, "companies/st-elsewhere.yaml"),
    "posting": (Posting, "postings/charge-nurse-night.yaml"),
}


def trees() -> dict[str, Any]:
    """The four files as plain data, every scalar as text, as jdgen's own door gives them."""
    return {
        noun: yaml.load((FOLDER / name).read_text(encoding="utf-8"), yaml.BaseLoader)  # text only, no objects
        for noun, (_, name) in FILES.items()
    }


def model(noun: str, tree: Any) -> Any:
    """One file as its model. Raises ValidationError."""
    kind, name = FILES[noun]
    return kind.model_validate(tree).read_from(Path(name).stem, None)  # type: ignore[attr-defined]  # each is a SpecFile


def roles(models: dict[str, Any]) -> Iterator[Role]:
    """The role for the posting, by itself, at each level, and in German. Raises JdgenError."""
    role = models["role"].with_shared({models["competency"].id: models["competency"]})
    problems = broken_references(role)
    if problems:
        raise JdgenError(problems)
    company, posting = models["company"], models["posting"]
    plain = tuple(contract.model_copy(update={"benefits": None}) for contract in posting.employment)
    postings = [
        posting,
        posting.model_copy(update={"benefits": ()}),
        posting.model_copy(update={"employment": plain}),
        posting.model_copy(update={"employment": plain, "benefits": ()}),
    ]
    variants: list[dict[str, Any]] = [{"company": company, "posting": one} for one in postings]
    variants += [{}, {"company": company}, {"language": "de"}]
    variants += [{"level": level.id} for level in role.levels]
    variants += [{"company": company, "posting": posting, "level": name} for name in posting.also_levels]
    for variant in variants:
        yield resolve_role(role, **variant)


def documents(renderer: Renderer, role: Role) -> Iterator[str]:
    """The text of each document of a kit, one by one, with the kit's index."""
    for kind in renderer.kinds.values():
        for stage in stages_of(role, kind):
            yield renderer.render(role, kind, kind.name, stage=stage).text
    yield renderer.render(role, INDEX, "README", kit=()).text
