"""Levels: one page for all, a kit for each, several in one posting, and the merged result with its places."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jdgen.build import files_of
from jdgen.ladder import changes
from jdgen.load import Library
from jdgen.render import Renderer
from jdgen.request import Request, Target, loaded, targets_of
from jdgen.resolve import resolve_role
from jdgen.show import shown_role
from jdgen.spec import RoleSpec
from tests import cook

RENDERER = Renderer()
LEVELS: list[dict[str, Any]] = [
    {"id": "junior", "name": "Junior", "title": "Junior {title}", "track": "ic", "code": "K1"},
    {
        "id": "senior",
        "name": "Senior",
        "title": "Senior {title}{specialty}",
        "extends": "junior",
        "equivalent_to": "head",
        "experience_guide": "Three menus of your own",
        "targets": {"baking": {"target": 4}},
        "patch": {
            "responsibilities": {"add": ["Teach."], "remove": ["clean"]},
            "required": {"replace": {"baked": {"id": "baked", "text": "You have baked for a thousand."}}},
        },
    },
    {
        "id": "head",
        "name": "Head",
        "track": "management",
        "extends": "senior",
        "patch": {"responsibilities": {"add": ["Lead."]}, "reports_to": {"set": "The owner"}},
    },
]


def spec(**fields: Any) -> RoleSpec:
    return cook.role_spec({**cook.role_tree(), "levels": LEVELS, "reports_to": "The head", **fields})


def page(role: RoleSpec, **more: Any) -> str:
    return RENDERER.render(resolve_role(role, **more), RENDERER.kinds["job-description"], "ad").text


def section(text: str, heading: str) -> str:
    return text.partition(f"## {heading}\n")[2].partition("\n## ")[0]


def test_a_page_for_one_level() -> None:
    text = page(spec(), level="senior")
    assert text.startswith("# Senior Cook\n")
    assert "- Teach." in text
    assert "Clean the kitchen" not in text
    assert "You have baked for a thousand." in text
    assert "## The levels" not in text


def test_one_page_for_all_levels() -> None:
    text = page(spec(level_pages="together"))
    assert page(spec(), together=True) == text
    assert text.startswith("# Cook\n")
    assert "Clean the kitchen" in section(text, "What you will do")
    levels = section(text, "The levels")
    assert [line for line in levels.splitlines() if line.startswith("### ")] == [
        "### Junior (K1)",
        "### Senior",
        "### Head",
    ]
    junior, senior, head = levels.split("### ")[1:]
    assert "**Junior Cook**" in junior
    assert "At this level" not in junior
    assert "At this level you also:\n\n- Teach.\n" in senior
    assert "At this level you also bring:\n\n- You have baked for a thousand.\n" in senior
    assert (
        "Does not apply at this level:\n\n- Clean the kitchen after noon.\n- You have baked bread for many.\n" in senior
    )
    assert "- Teach.\n- Lead.\n" in head
    assert "You report to: The owner." in head
    assert "Same grade as “Head”" in senior


def test_a_posting_for_two_levels() -> None:
    """What both levels build on is on the page; each has its own pay and what it asks beyond that."""
    ranges = [
        {"min": "50000", "max": "60000", "currency": "EUR", "level": "senior"},
        {"min": "61000", "max": "72000", "currency": "EUR", "level": "head"},
    ]
    posting = cook.posting(
        {**cook.posting_tree(), "level": "senior", "also_levels": ["head"], "compensation": {"ranges": ranges}}
    )
    text = page(spec(), company=cook.company(), posting=posting)
    assert text.startswith("# Senior Cook\n")
    assert "- Teach." in section(text, "What you will do")
    levels = section(text, "The levels")
    assert "Junior" not in levels
    assert levels.count("- Teach.") == 0
    assert "- Lead." in levels
    pay = section(text, "Pay")
    assert "**€50,000–€60,000 a year** (base pay) – level: Senior" in pay
    assert "**€61,000–€72,000 a year** (base pay) – level: Head" in pay
    assert "| Senior, Head |" in text
    assert "## The levels" not in page(spec(), company=cook.company(), posting=posting, level="head")


def test_items_for_some_levels_are_said_where_they_hold() -> None:
    duties = ["Bake.", {"text": "Sign for keys.", "when": {"levels": ["head"]}}]
    text = page(
        spec(responsibilities=duties, levels=[LEVELS[0], {"id": "head", "name": "Head"}], level_pages="together")
    )
    assert "Sign for keys." not in section(text, "What you will do")
    assert "- Sign for keys." in section(text, "The levels").partition("### Head")[2]


def test_groups_tell_what_is_new_in_them() -> None:
    group = {"title": "Mornings", "items": [{"text": "Bake.", "id": "bake"}, {"text": "Heat.", "id": "heat"}]}
    patch = {"responsibilities": {"remove": ["heat"]}}
    levels = [{"id": "junior", "name": "Junior"}, {"id": "head", "name": "Head", "patch": patch}]
    role = resolve_role(
        spec(responsibilities=[group], levels=levels, competencies=[], interview_plan=None, qualifications=None),
        together=True,
    )
    (change,) = changes(role, role.grades[1])
    assert change.added == ()
    assert [str(item.text) for item in change.dropped[0].items] == ["Heat."]


def folder(tmp_path: Path, **fields: Any) -> Library:
    (tmp_path / "cook.yaml").write_text(json.dumps({**cook.role_tree(), "levels": LEVELS, **fields}), encoding="utf-8")
    return Library(own=tmp_path)


@pytest.mark.parametrize(
    ("fields", "asked", "expected"),
    [
        ({}, {}, [None]),
        ({}, {"levels": "apart"}, [None, "junior", "senior", "head"]),
        ({"level_pages": "apart"}, {}, [None, "junior", "senior", "head"]),
        ({"level_pages": "apart"}, {"levels": "together"}, [None]),
        ({"level_pages": "apart"}, {"level": "senior"}, ["senior"]),
        ({"level_pages": "together"}, {}, [None]),
    ],
)
def test_which_kits_there_are(tmp_path: Path, fields: Any, asked: Any, expected: list[str | None]) -> None:
    library = folder(tmp_path, **fields)
    for roles in ((), ("cook",)):
        assert [target.level for target in targets_of(Request(roles=roles, library=library, **asked))] == expected


def test_a_kit_for_each_level_has_a_folder_of_its_own(tmp_path: Path) -> None:
    request = Request(library=folder(tmp_path), levels="apart", kinds=("job-description",), formats=("md",))
    paths = [file.path.as_posix() for file in files_of(targets_of(request), request)]
    assert paths == [
        "output/cook/cook-job-description.md",
        "output/cook/junior/cook-junior-job-description.md",
        "output/cook/senior/cook-senior-job-description.md",
        "output/cook/head/cook-head-job-description.md",
    ]


def test_the_merged_result_says_where_each_part_comes_from(tmp_path: Path) -> None:
    """Each line points at the line of the file in which its words stand."""
    path = tmp_path / "cook.yaml"
    path.write_text(
        """jdgen: 1
title: Cook
summary: You cook.
responsibilities:
  - id: bake
    text: Bake bread.
  - title: Nights
    items:
      - Clean up.
levels:
  - id: junior
    name: Junior
    patch:
      summary: {set: You help to cook.}
      responsibilities:
        add: [Wash.]
  - id: senior
    name: Senior
    extends: junior
    patch:
      responsibilities:
        replace:
          bake: {id: bake, text: Bake cakes., children: [On Fridays.]}
        add:
          - Teach.
""",
        encoding="utf-8",
    )
    files = loaded(Target("cook", "senior"), Request(library=Library(own=tmp_path)))
    lines = list(shown_role(files.resolved("senior"), files.spec, None))
    written = path.read_text(encoding="utf-8").splitlines()
    found = [line for line in lines if line.strip().startswith("- ")]
    assert len(found) == 7
    for line in found:
        text, _, place = line.strip().removeprefix("- ").removesuffix("]").partition("  [")
        number = int(place.split(",")[0].rpartition(":")[2])
        assert text.removesuffix(":") in written[number - 1], line
    by = {line.strip().removeprefix("- ").partition("  [")[0]: line.partition(", ")[2] for line in found}
    assert by["You help to cook."] == "set by level 'junior']"
    assert by["Bake cakes."] == "put in its place by level 'senior']"
    assert by["Teach."] == "added by level 'senior']"
    assert by["Clean up."] == ""


def test_what_a_level_takes_away_is_shown() -> None:
    role = resolve_role(spec(), level="senior")
    lines = "\n".join(shown_role(role, spec(), None))
    assert "- Clean the kitchen after noon.  [" in lines
    assert "removed by level 'senior'" in lines
    assert "target 4" in lines
    assert "target by level 'senior'" in lines
