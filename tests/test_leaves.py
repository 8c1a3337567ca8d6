"""Every value of a spec, changed, changes a document, or stands on a short list with the reason."""

from __future__ import annotations

import copy
import re
import shutil
from collections.abc import Iterator
from itertools import zip_longest
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
from pydantic import BaseModel, ValidationError

from jdgen.assets import TEMPLATES
from jdgen.problem import JdgenError
from jdgen.render import Renderer
from tests import full

UNRENDERED = {
    r".*jdgen": "the format's version, which says how to read the file",
    r".*(\.id|\.use)|posting\.(role|company)": "a handle: another one is refused, or is renamed wherever it stands",
    r"posting\.tracking_codes\[\d+\]": "codes for job boards, kept out of documents on purpose",
    r"company\.rating_scale\.points\[\d\]\.value": "anchors are written by it, so another value is refused",
    r"company\.offices\[\d\]\.country": "where there is a region, that says it",
    r"company\.house_style\..*": "how Word files look, which Markdown does not: tests/test_house_style.py",
    r"posting\.(also_in\[\d\]|languages_as)": "which documents there are, in which languages: test_languages.py",
    r"company\.(lint\..*|employees|spelling)": "how specs are judged, not what documents say: tests/test_lint.py",
    r"role\.scope\.recognized_by\[\d\]": "words by which lint tells mixed jobs, read by nobody: test_lint_mixed.py",
    r"company\.recommendation_scale\.points\[\d\]\.value": "it only orders the points: a recommendation is no number",
    r"posting\.extra_sections\[1\]\.placement": "an internal section stands at the end of the plan",
}


@pytest.fixture(scope="module")
def renderer(tmp_path_factory: pytest.TempPathFactory) -> Renderer:
    """A renderer that has phrases for German, though they are English ones."""
    folder = tmp_path_factory.mktemp("templates")
    (folder / "locales").mkdir()
    shutil.copy(TEMPLATES / "locales" / "en.yaml", folder / "locales" / "de.yaml")
    return Renderer(folder)


@pytest.fixture(scope="module")
def base(renderer: Renderer) -> list[list[str]]:
    return [list(full.documents(renderer, role)) for role in full.roles(MODELS)]


def leaves(tree: Any, path: str = "", steps: tuple[Any, ...] = ()) -> Iterator[tuple[str, tuple[Any, ...], str]]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from leaves(value, f"{path}.{key}" if path else key, (*steps, key))
    elif isinstance(tree, list):
        for position, value in enumerate(tree):
            yield from leaves(value, f"{path}[{position}]", (*steps, position))
    else:
        yield path, steps, tree


def choices() -> dict[str, set[str]]:
    """For each value of a choice anywhere in the models, the values it could have instead."""
    found: dict[str, set[str]] = {}

    def look(kind: Any) -> None:
        if get_origin(kind) is Literal:
            for value in get_args(kind):
                found.setdefault(str(value), set()).update(str(other) for other in get_args(kind) if other != value)
        elif get_origin(kind) in (Annotated, Union, UnionType, tuple, dict):
            for inner in get_args(kind):
                look(inner)
        elif isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in seen:
            seen.add(kind)
            for field in kind.model_fields.values():
                look(field.annotation)

    seen: set[Any] = set()
    for model, _ in full.FILES.values():
        look(model)
    return found


CHOICES = choices()
TREES = full.trees()
MODELS = {noun: full.model(noun, tree) for noun, tree in TREES.items()}
WORDS = sorted({leaf for tree in TREES.values() for _, _, leaf in leaves(tree) if re.fullmatch(r"[a-z0-9-]+", leaf)})


def replacements(value: str) -> Iterator[str]:
    """Other values that could stand in the place of `value`, the likeliest first."""
    yield from {"true": ["false"], "false": ["true"], "en": ["de"]}.get(value, [])
    yield from sorted(CHOICES.get(value, ()))
    if re.fullmatch(r"\d+(\.\d+)?", value):
        yield from (str(int(float(value)) + step) for step in (1, -1, 2))
    if re.fullmatch(r"\d+-\d+", value):
        yield value[:-1] + str((int(value[-1]) + 1) % 10)
    if re.fullmatch(r"[A-Z]{2}(-[A-Z0-9]+)?", value):
        yield from ("FR", "FR-75", "DE", "DE-BE", "US", "US-CA")
    if re.fullmatch(r"[A-Z]{3}", value):
        yield "CHF"
    if re.fullmatch(r"(before|after):\w+", value):
        yield from ("after:hiring", "before:role")
    yield f"{value} Zyx"
    yield f"{value}x"
    if re.fullmatch(r"[a-z0-9-]+", value):
        yield from (word for word in WORDS if word != value)


def changed(noun: str, steps: tuple[Any, ...], value: str) -> dict[str, Any]:
    """The models, one of them with another value in one place. Raises ValidationError."""
    tree = copy.deepcopy(TREES[noun])
    place = tree
    for step in steps[:-1]:
        place = place[step]
    place[steps[-1]] = value
    return {**MODELS, noun: full.model(noun, tree)}


MOST_TRIES = 5


def has_effect(noun: str, steps: tuple[Any, ...], value: str, renderer: Renderer, base: list[list[str]]) -> bool:
    """Whether some other value that is valid in its place makes some document other."""
    tries = 0
    for replacement in replacements(value):
        try:
            for texts, role in zip(base, full.roles(changed(noun, steps, replacement)), strict=False):
                if any(a != b for a, b in zip_longest(texts, full.documents(renderer, role))):
                    return True
        except (ValidationError, JdgenError):
            continue
        tries += 1
        if tries == MOST_TRIES:
            return False
    return False


@pytest.mark.parametrize("noun", full.FILES)
def test_each_value_shows_in_a_document(noun: str, renderer: Renderer, base: list[list[str]]) -> None:
    silent = [
        f"{noun}.{path}"
        for path, steps, value in leaves(TREES[noun])
        if not any(re.fullmatch(pattern, f"{noun}.{path}") for pattern in UNRENDERED)
        and not has_effect(noun, steps, value, renderer, base)
    ]
    assert silent == []


def test_a_value_that_shows_nowhere_is_found(renderer: Renderer, base: list[list[str]]) -> None:
    assert not has_effect("posting", ("tracking_codes", 0), TREES["posting"]["tracking_codes"][0], renderer, base)


@pytest.mark.parametrize("pattern", UNRENDERED)
def test_the_list_of_unrendered_fields_has_no_dead_entry(pattern: str) -> None:
    assert any(re.fullmatch(pattern, f"{noun}.{path}") for noun, tree in TREES.items() for path, _, _ in leaves(tree))


def test_the_fixture_uses_every_field_of_every_model() -> None:
    used: dict[type[BaseModel], set[str]] = {}

    def note(value: Any) -> None:
        if isinstance(value, BaseModel):
            used.setdefault(type(value), set()).update(value.model_fields_set)
            for name in type(value).model_fields:
                note(getattr(value, name))
        elif isinstance(value, (tuple, list)):
            for entry in value:
                note(entry)
        elif isinstance(value, dict):
            for entry in value.values():
                note(entry)

    for noun, (model, _) in full.FILES.items():
        note(model.model_validate(TREES[noun]))
    unused = sorted(
        f"{model.__name__}.{name}"
        for model, names in used.items()
        for name in model.model_fields
        if name not in names and not (model.__name__.startswith("ListPatch") and len(names) > 0)
    )
    assert unused == ["Posting.pinned"]  # it is of use with a folder that keeps the kit: tests/test_pin.py
