"""What the source article states about the three roles stands in their specs, at a known place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from jdgen import assets
from jdgen.load import Library, load_role
from jdgen.spec import Item, RoleSpec, Spec
from jdgen.spec.qualification import Qualification
from jdgen.spec.walk import parts

TABLE = yaml.safe_load((Path(__file__).parent / "article.yaml").read_text(encoding="utf-8"))
STATEMENTS: list[dict[str, Any]] = TABLE["statements"]
LEFT_OUT: list[dict[str, Any]] = TABLE["left_out"]
PRODUCTS: list[str] = TABLE["products"]
ROLES = {
    name: load_role(name, Library(own=assets.ROLE_SPECS))
    for name in ("software-engineer", "ai-engineer", "ml-engineer")
}
NAMES = ("id", "use", "stage", "name", "who")


# --- places --------------------------------------------------------------------------------------


def steps(path: str) -> list[tuple[str, str | None]]:
    """`a.b[c].d` as the fields `a`, `b` and `d`, `b` with the entry `c`."""
    found = re.findall(r"(?:^|\.)(\w+)(?:\[([^\]]+)\])?", path)
    if not found or ".".join(field + (f"[{entry}]" if entry else "") for field, entry in found) != path:
        raise LookupError(f"'{path}' is not a path")
    return [(field, entry or None) for field, entry in found]


def walk(spec: RoleSpec, path: str) -> Iterator[Any]:
    """Every value on the way from the role to the path's end. Raises LookupError."""
    value: Any = spec
    yield value
    for field, entry in steps(path):
        value = member(value, field)
        if entry is not None:
            value = chosen(value, entry)
        if value is None or value == ():
            raise LookupError(f"there is nothing at '{field}' in '{path}'")
        yield value


def member(value: Any, field: str) -> Any:
    if isinstance(value, RoleSpec) and field == "shared":
        return value.shared
    if isinstance(value, Spec):
        for name, about in type(value).model_fields.items():
            if (about.alias or name) == field:
                return getattr(value, name)
    raise LookupError(f"{type(value).__name__} has no '{field}'")


def chosen(value: Any, entry: str) -> Any:
    """An entry of a list by its name, else by its position from 1; of a mapping by its key."""
    if isinstance(value, Mapping):
        for key in value:
            if str(key) == entry:
                return value[key]
    if isinstance(value, tuple):
        named = [v for v in value if any(str(getattr(v, name, None)) == entry for name in NAMES)]
        if len(named) > 1:
            raise LookupError(f"'{entry}' names {len(named)} entries")
        if named:
            return named[0]
        if entry.isdecimal() and 1 <= int(entry) <= len(value):
            return value[int(entry) - 1]
    raise LookupError(f"there is no entry '{entry}'")


def text_of(value: Any) -> str:
    """The text of a leaf, of a list of leaves, or of a part that has a short form. Raises LookupError."""
    if isinstance(value, Spec):
        if value.shorthand is None:
            raise LookupError(f"{type(value).__name__} has no text of its own")
        return text_of(getattr(value, value.shorthand))
    if isinstance(value, tuple):
        return " ".join(text_of(entry) for entry in value)
    if isinstance(value, Mapping):
        raise LookupError("a mapping has no text of its own")
    return str(value)


def says(text: str, word: object) -> bool:
    """Whether the words, whole, stand in the text, in any case and over any break of lines."""
    wanted = r"\s+".join(re.escape(part) for part in str(word).split())
    return re.search(rf"(?<![\w-]){wanted}(?![\w-])", text, re.IGNORECASE) is not None


def problems(spec: RoleSpec, statement: Mapping[str, Any]) -> list[str]:
    """What is wrong with one statement: no such place, a missing word, another source."""
    try:
        way = list(walk(spec, statement["path"]))
        text = text_of(way[-1])
    except LookupError as error:
        return [str(error)]
    found = [f"'{word}' is not in: {text}" for word in statement["says"] if not says(text, word)]
    marked = [part for part in way if "source" in getattr(type(part), "model_fields", ())]
    if marked and marked[-1].source != "article":
        found.append(f"the source is {marked[-1].source}")
    return found


def all_parts(spec: RoleSpec) -> Iterator[tuple[str, Spec]]:
    """Every part of a role and of the shared competencies it uses, with its path."""
    for root, whole in [((), spec), *((("shared", name), file) for name, file in spec.shared.items())]:
        yield from ((".".join(map(str, where)), part) for where, part in parts(whole, root))


def texts(spec: RoleSpec) -> Iterator[tuple[str, str]]:
    """Every text of a role and of the shared competencies it uses, with its path."""
    for where, part in all_parts(spec):
        for name in type(part).model_fields:
            yield from leaves(getattr(part, name), f"{where}.{name}".strip("."))


def leaves(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for position, entry in enumerate(value, start=1):
            yield from leaves(entry, f"{path}[{position}]")
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from leaves(entry, f"{path}[{key}]")


# --- the statements --------------------------------------------------------------------------------


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda s: f"{s['role']}:{s['path']}:{s['says'][0]}")
def test_the_spec_says_what_the_article_states(statement: dict[str, Any]) -> None:
    assert problems(ROLES[statement["role"]], statement) == []


def test_the_table_is_well_formed() -> None:
    for statement in STATEMENTS:
        assert set(statement) == {"role", "statement", "path", "says"}
        assert 1 <= len(statement["says"]) <= 3, statement
        assert all(type(word) in (str, int) for word in statement["says"]), statement
    for statement in LEFT_OUT:
        assert set(statement) - {"never"} == {"statement", "reason"}
    sentences = [(s.get("role"), s["statement"]) for s in (*STATEMENTS, *LEFT_OUT)]
    assert len(set(sentences)) == len(sentences)


@pytest.mark.parametrize("name", ROLES)
def test_each_part_marked_with_the_article_has_its_statement(name: str) -> None:
    """A mark without a statement would claim for the article what it does not say."""
    backed = {
        id(part)
        for statement in STATEMENTS
        if statement["role"] == name
        for part in walk(ROLES[name], statement["path"])
    }
    unbacked = [
        where
        for where, part in all_parts(ROLES[name])
        if getattr(part, "source", None) == "article" and id(part) not in backed
    ]
    assert unbacked == []


@pytest.mark.parametrize("name", ROLES)
def test_what_is_left_out_is_nowhere(name: str) -> None:
    words = [word for statement in LEFT_OUT for word in statement.get("never", ())]
    assert [(path, word) for path, text in texts(ROLES[name]) for word in words if says(text, word)] == []


# --- negative controls -----------------------------------------------------------------------------

GOOD = {"path": "work_profile.typical_timeline", "says": ["days", "two"]}
SOFTWARE = ROLES["software-engineer"]


def test_the_control_itself_is_fine() -> None:
    assert problems(SOFTWARE, GOOD) == []


@pytest.mark.parametrize(
    "path",
    [
        "work_profile.timeline",  # no such field
        "work_profile",  # a part, not a text
        "responsibilities[vanished]",  # no such id
        "context.found_in[0]",  # positions begin at 1
        "context.found_in[99]",
        "context.company_stage_fit[growth].summary",  # a stage that another role has
        "tools[Tracing, metrics and error reporting].examples",  # an empty list
        "working_conditions.travel",  # nothing is said
        "work_profile..typical_timeline",
        "",
    ],
)
def test_a_wrong_path_fails(path: str) -> None:
    assert problems(SOFTWARE, {**GOOD, "path": path}) != []


@pytest.mark.parametrize("word", ["months", "day", "two days", 2])
def test_a_wrong_word_fails(word: object) -> None:
    assert problems(SOFTWARE, {**GOOD, "says": ["days", word]}) == [f"'{word}' is not in: Days to about two weeks."]


def test_removed_content_fails() -> None:
    profile = SOFTWARE.work_profile
    assert profile is not None
    without = SOFTWARE.model_copy(update={"work_profile": profile.model_copy(update={"typical_timeline": None})})
    assert problems(without, GOOD) == ["there is nothing at 'typical_timeline' in 'work_profile.typical_timeline'"]
    assert problems(SOFTWARE.model_copy(update={"work_profile": None}), GOOD) != []


def test_another_source_fails() -> None:
    profile = SOFTWARE.work_profile
    assert profile is not None
    guessed = SOFTWARE.model_copy(update={"work_profile": profile.model_copy(update={"source": "inferred"})})
    assert problems(guessed, GOOD) == ["the source is inferred"]


def test_an_entry_is_found_by_each_sort_of_name() -> None:
    assert text_of(list(walk(SOFTWARE, "works_with[Designers].how"))[-1]).startswith("On the states")
    assert text_of(list(walk(SOFTWARE, "competencies[security].use"))[-1]) == "security"
    assert "untrusted" in text_of(list(walk(SOFTWARE, "shared[security].definition"))[-1])
    assert text_of(list(walk(SOFTWARE, "competencies[full-stack].anchors[3]"))[-1])


# --- what must not come of the article -------------------------------------------------------------


def test_the_mature_stage_has_no_range_of_performance() -> None:
    fits = {fit.stage: fit for spec in ROLES.values() if spec.context for fit in spec.context.company_stage_fit}
    assert {stage: fit.performance is not None for stage, fit in fits.items()} == {
        "early": True,
        "growth": True,
        "mature": False,
    }
    assert not re.search(r"\d|percent|%", text_of(fits["mature"].summary))


def demanded(spec: RoleSpec) -> list[str]:
    """The article's products that a role asks for."""
    tools = [f"{tool.name} {text_of(tool.examples)}" for tool in spec.tools if tool.requirement == "required"]
    asked = [part for _, part in parts(spec.qualifications.required)] if spec.qualifications else []
    wanted = [*tools, *(str(part.text) for part in asked if isinstance(part, Item))]
    return [product for product in PRODUCTS if any(says(text, product) for text in wanted)]


@pytest.mark.parametrize("name", ROLES)
def test_no_product_of_the_article_is_required(name: str) -> None:
    assert demanded(ROLES[name]) == []


def test_a_required_product_is_found() -> None:
    harder = [tool.model_copy(update={"requirement": "required"}) for tool in SOFTWARE.tools]
    assert demanded(SOFTWARE.model_copy(update={"tools": tuple(harder)})) == [
        "OpenAI",
        "Anthropic",
        "Hugging Face",
        "LangChain",
        "LlamaIndex",
        "Vercel AI SDK",
    ]


def test_each_product_of_the_article_is_an_example() -> None:
    examples = " ".join(text_of(tool.examples) for spec in ROLES.values() for tool in spec.tools)
    assert [product for product in PRODUCTS if not says(examples, product)] == []


def outside_examples(spec: RoleSpec, word: str) -> list[str]:
    found = [path for path, text in texts(spec) if word in text.lower()]
    return [path for path in found if not re.fullmatch(r"tools\.\d+\.examples\[\d+\]", path)]


@pytest.mark.parametrize("name", ROLES)
def test_the_publishers_product_is_an_example_and_nothing_else(name: str) -> None:
    assert outside_examples(ROLES[name], "emissary") == []


def test_the_publishers_product_elsewhere_is_found() -> None:
    assert outside_examples(SOFTWARE.model_copy(update={"tagline": "Tunes with Emissary."}), "emissary") == ["tagline"]
    competency = SOFTWARE.shared["security"].model_copy(update={"aliases": ("Emissary skills",)})
    assert outside_examples(SOFTWARE.with_shared({"security": competency}), "emissary") == [
        "shared.security.aliases[1]"
    ]


@pytest.mark.parametrize("name", ROLES)
def test_motives_are_never_scored(name: str) -> None:
    """The article's remarks on motivation are for readers of the description; no competency refers to them."""
    spec = ROLES[name]
    assert [item.text for item in (*spec.motivators, *spec.not_a_fit) if item.competency] == []


def test_the_lost_list_is_filled_with_marked_guesses() -> None:
    """The article's list of an AI engineer's work is missing, so at most one duty may claim to be from it."""
    duties = ROLES["ai-engineer"].responsibilities
    assert [duty.id for duty in duties if isinstance(duty, Item) and duty.source == "article"] == ["keep-good"]


@pytest.mark.parametrize("name", ROLES)
def test_degrees_are_an_observation(name: str) -> None:
    qualifications = ROLES[name].qualifications
    assert qualifications is not None
    degrees = [
        (part.id, part.or_equivalent)
        for _, part in parts(qualifications)
        if isinstance(part, Qualification) and part.kind == "education"
    ]
    assert degrees == ([("advanced-degree", True)] if name == "ml-engineer" else [])
