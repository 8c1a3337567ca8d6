"""The shipped roles keep the rules of interviews, each by itself and all of them together."""

from __future__ import annotations

import pytest

from jdgen import assets
from jdgen.lint.catalog import rule_file
from jdgen.lint.kit import ANCHOR_RUN, company_check, shared_words
from jdgen.lint.rule import Finding
from jdgen.lint.subject import Judged
from jdgen.load import Library, load_company, load_role
from jdgen.places import Place, Places
from jdgen.resolve import resolve_role
from jdgen.spec import RoleSpec
from tests.cook import found, judged, role_tree

LIBRARY = Library(own=assets.ROLE_SPECS)
SPECS = {name: load_role(name, LIBRARY) for name in ("software-engineer", "ai-engineer", "ml-engineer")}
LEVELS = [(name, level) for name, spec in SPECS.items() for level in (None, *(one.id for one in spec.levels))]
KEPT = {
    "SI-019": {"ml-engineer": "mathematics and training systems each need an interview of their own"},
    "SI-029": dict.fromkeys(SPECS, "nobody has hired with the shipped roles yet, and their questions say so"),
    "SI-030": dict.fromkeys(SPECS, "owner and reviewers are those of whoever hires, and none are made up"),
    "SI-037": {
        "software-engineer": "how a person deals with uncertain output is told by cases",
        "ml-engineer": "which methods a person knows to choose from shows in what they tried",
    },
}
"""What is found in the shipped roles and stays, by rule and role, with the reason. None of it is an error."""


def seen(spec: RoleSpec, level: str | None = None) -> Judged:
    return Judged(resolve_role(spec, level=level), Places(spec))


def unexpected(spec: RoleSpec, level: str | None) -> list[Finding]:
    return [finding for finding in found(seen(spec, level)) if spec.id not in KEPT.get(finding.code, {})]


@pytest.mark.parametrize(("name", "level"), LEVELS)
def test_shipped_role(name: str, level: str | None) -> None:
    assert unexpected(SPECS[name], level) == []


def test_what_stays_is_there_and_is_no_error() -> None:
    stays = {(finding.code, spec.id) for spec in SPECS.values() for finding in found(seen(spec))}
    assert stays == {(code, name) for code, names in KEPT.items() for name in names}
    assert {rule.severity for rule in rule_file("interview").rules if rule.code in KEPT} == {"warning", "info"}


def test_shipped_company() -> None:
    company = load_company("northlight", LIBRARY)
    assert list(company_check(company, Place(company.origin))) == []


def test_there_is_something_to_check() -> None:
    roles = [resolve_role(spec) for spec in SPECS.values()]
    assert [len(role.competencies) for role in roles] == [8, 8, 8]
    assert all(sum(len(each.questions) for each in role.competencies) >= 3 * 8 for role in roles)
    assert len(LEVELS) == 3 + 9


# --- all roles together ----------------------------------------------------------------------------


def anchors_of(subjects: list[Judged]) -> dict[str, list[str]]:
    """By competency, its anchors; a shared competency is one, whichever roles use it."""
    return {
        str(each.place) if each.place != each.use else f"{subject.role.id}/{each.assessed.id}": [
            str(text) for text in each.assessed.competency.anchors.values()
        ]
        for subject in subjects
        for each in subject.competencies
    }


def questions_of(subjects: list[Judged]) -> dict[str, list[str]]:
    """By question and the file that it is written in, its text."""
    return {
        f"{asked.place}/{asked.question.id}": [str(asked.question.text)]
        for subject in subjects
        for asked in subject.questions
    }


@pytest.mark.parametrize("texts", [anchors_of, questions_of])
def test_shipped_roles_are_each_their_own(texts: object) -> None:
    written = texts([seen(spec) for spec in SPECS.values()])  # type: ignore[operator]  # one of the two above
    assert list(shared_words(written, ANCHOR_RUN)) == []


def test_what_two_roles_have_in_common_is_found() -> None:
    both = [judged(role_tree(), name=name) for name in ("cook", "pastry-cook")]
    pairs = {(one, other) for one, other, _ in shared_words(anchors_of(both), ANCHOR_RUN)}
    assert ("cook/baking", "pastry-cook/baking") in pairs
    tree = role_tree()
    tree["competencies"][0]["questions"][0]["text"] = "Say how you baked and then all of them went home."
    both = [judged(tree, name=name) for name in ("cook", "pastry-cook")]
    assert list(shared_words(questions_of(both), ANCHOR_RUN))


def test_what_roles_share_on_purpose_is_no_breach() -> None:
    """A shared competency is one competency, whichever roles use it; the shipped roles share two."""
    assert {name: sorted(spec.shared) for name, spec in SPECS.items()} == {
        "software-engineer": ["collaboration", "security"],
        "ai-engineer": ["collaboration", "security"],
        "ml-engineer": ["collaboration"],
    }
    twice = [seen(SPECS["ai-engineer"])] * 2
    assert list(shared_words(anchors_of(twice), ANCHOR_RUN)) == []
    assert list(shared_words(questions_of(twice), ANCHOR_RUN)) == []
