"""The shipped roles keep the interview rules, and every rule finds what breaks it."""

from __future__ import annotations

import copy
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jdgen import assets
from jdgen.load import Library, load_role
from jdgen.render import render_document
from jdgen.resolve import resolve_role
from jdgen.role import Role
from jdgen.spec import RoleSpec
from tests.interview_rules import (
    RULES,
    Finding,
    Rule,
    body_words,
    competency_has_anchors,
    description_has_a_good_length,
    subjects,
)

SPECS = {
    name: load_role(name, Library(own=assets.ROLE_SPECS))
    for name in ("software-engineer", "ai-engineer", "ml-engineer")
}
ROLES = {name: resolve_role(spec) for name, spec in SPECS.items()}
LEVELS = [(name, level.id) for name, spec in SPECS.items() for level in spec.levels]
IN_A_ROLE = [(sort, rule) for sort, rules in RULES.items() if sort not in ("roles", "description") for rule in rules]


def described(role: Role) -> str:
    return render_document(role, "job-description", templates=Path("no-templates")).text


# --- the shipped roles -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ROLES)
@pytest.mark.parametrize(("sort", "rule"), IN_A_ROLE, ids=lambda value: getattr(value, "__name__", ""))
def test_shipped_role(name: str, sort: str, rule: Rule) -> None:
    things = subjects(ROLES[name])[sort]
    assert things
    assert [finding for thing in things for finding in rule(thing)] == []


@pytest.mark.parametrize(("name", "level"), LEVELS)
def test_shipped_level(name: str, level: str) -> None:
    found = subjects(resolve_role(SPECS[name], level=level))
    assert [finding for sort, rule in IN_A_ROLE for thing in found[sort] for finding in rule(thing)] == []


@pytest.mark.parametrize("rule", RULES["roles"], ids=lambda rule: rule.__name__)
def test_shipped_roles_together(rule: Rule) -> None:
    assert list(rule(list(ROLES.values()))) == []


@pytest.mark.parametrize("name", ROLES)
@pytest.mark.parametrize("rule", RULES["description"], ids=lambda rule: rule.__name__)
def test_shipped_description(name: str, rule: Rule) -> None:
    assert list(rule(described(ROLES[name]))) == []


def test_there_is_something_to_check() -> None:
    assert {name: len(role.competencies) for name, role in ROLES.items()} == dict.fromkeys(ROLES, 8)
    assert all(len(subjects(role)["question"]) >= 3 * 8 for role in ROLES.values())
    assert len(LEVELS) == 9


# --- a role that keeps all rules -------------------------------------------------------------------

ANCHORS = {
    "baking": "bread",
    "serving": "guests",
    "cleaning": "kitchens",
    "planning": "menus",
}


def anchors(thing: str) -> dict[int, str]:
    return {
        1: f"Forgot {thing} twice, blamed others for it.",
        2: f"Did {thing} when told, late and half.",
        3: f"Finished {thing} alone before noon, steps noted.",
        4: f"Foresaw what goes wrong with {thing} next week, and acted.",
        5: f"Taught colleagues about {thing}, who own it all now.",
    }


def question(name: str, number: int, *, answers: int = 0) -> dict[str, Any]:
    return {
        "id": f"{name}-{number}",
        "kind": "behavioral",
        "minutes": 10,
        "text": f"Describe {name} on day {number}.",
        "probes": ["What did you do?", "What came of it?"],
        "strong": ["Names the day."],
        "weak": ["Names no day."],
        "red_flags": ["Made the day up."],
        "sample_answers": [
            {"rating": rating, "text": "It was a day.", "why": "A day."} for rating in range(2, 2 + answers)
        ],
    }


def tree() -> dict[str, Any]:
    """A cook: four competencies with three questions each, two stages, an alternative, a work sample."""
    frame = {
        "opening": {"minutes": 5},
        "candidate_questions": {"minutes": 10},
        "closing": {"minutes": 5},
        "interviewers": ["cook", "waiter"],
        "ai_rule": "None.",
    }
    return {
        "jdgen": 1,
        "title": "Cook",
        "summary": "Cooks.",
        "responsibilities": [{"text": f"You do the {name}.", "competency": name} for name in ANCHORS],
        "competencies": [
            {
                "id": name,
                "name": name.capitalize(),
                "definition": f"Does the {name}.",
                "importance": "preferred" if name == "planning" else "required",
                "weight": 25,
                "anchors": anchors(thing),
                "questions": [question(name, number, answers=2 if number == 0 else 0) for number in range(3)],
            }
            for name, thing in ANCHORS.items()
        ],
        "interview_plan": {
            "stages": [
                stage("kitchen", ["baking", "serving"], ["baking-0", "baking-1", "serving-0", "serving-1"], frame),
                stage(
                    "table", ["cleaning", "planning"], ["cleaning-0", "cleaning-1", "planning-0", "planning-1"], frame
                ),
                stage("oven", ["baking", "serving"], ["baking-2", "baking-1", "serving-2", "serving-0"], frame)
                | {"instead_of": "kitchen"},
            ],
            "work_sample": {
                "title": "Soup",
                "mode": "live",
                "brief": "Cook a soup.",
                "tasks": ["Cook."],
                "limit_minutes": 121,
                "ai_rule": "None.",
                "pay": "By the hour.",
                "criteria": [
                    {"name": "Hot", "weight": 60, "strong": "Hot."},
                    {"name": "Salt", "weight": 40, "strong": "Salty."},
                ],
                "known_traps": ["The salt is sugar."],
                "follow_up": "A guest wants it cold.",
                "alternative": "A salad.",
                "own_use": "Nobody eats it.",
            },
        },
    }


def stage(name: str, competencies: list[str], questions: list[str], frame: dict[str, Any]) -> dict[str, Any]:
    named = {"id": name, "name": name, "purpose": name, "minutes": 60}
    return {**named, "competencies": competencies, "questions": questions, **copy.deepcopy(frame)}


def role(*changes: tuple[str, Any], name: str = "cook") -> Role:
    """The cook, with the value at each path changed; None takes the value away."""
    whole = tree()
    for path, value in changes:
        *way, last = [int(step) if step.isdecimal() else step for step in path.split(".")]
        place: Any = whole
        for step in way:
            place = place[step]
        if value is None:
            del place[last]
        else:
            place[last] = value
    return resolve_role(RoleSpec.model_validate(whole).read_from(name, None))  # type: ignore[arg-type]  # no file


def fired(cook: Role, *others: Role) -> dict[str, list[Finding]]:
    """The names of the rules that found something, with what they found."""
    things = {**subjects(cook), "roles": [[cook, *others]]}
    found = {
        rule.__name__: [finding for thing in things[sort] for finding in rule(thing)]
        for sort, rules in RULES.items()
        if sort != "description"
        for rule in rules
    }
    return {name: findings for name, findings in found.items() if findings}


def test_a_role_that_keeps_all_rules_has_no_findings() -> None:
    assert fired(role()) == {}


# --- each rule finds what breaks it ----------------------------------------------------------------

QUESTION = "competencies.0.questions.0"
KITCHEN, OVEN, SAMPLE = "interview_plan.stages.0", "interview_plan.stages.2", "interview_plan.work_sample"
SAME_WORDS = "and then all of them went home"


def extra(count: int) -> list[dict[str, Any]]:
    """The cook's competencies and `count` more that are as good, but that no stage scores."""
    more = [{**tree()["competencies"][3], "id": f"extra-{n}", "questions": []} for n in range(count)]
    return [*tree()["competencies"], *more]


Changes = tuple[tuple[str, Any], ...]
CONTROLS: list[tuple[str, Changes, str]] = [
    ("question_takes_its_time", ((f"{QUESTION}.minutes", 4),), "4 minutes"),
    ("question_takes_its_time", ((f"{QUESTION}.minutes", 11),), "11 minutes"),
    ("question_is_open", ((f"{QUESTION}.text", "Do you bake well?"),), "Do you bake well?"),
    ("question_is_open", ((f"{QUESTION}.text", "Here is flour. Have you baked?"),), "Have you baked?"),
    ("question_is_no_brainteaser", ((f"{QUESTION}.text", "How many golf balls fit in here?"),), "golf balls"),
    ("question_is_no_brainteaser", ((f"{QUESTION}.setup", "Why are manhole covers round?"),), "manhole covers"),
    ("question_does_not_lead", ((f"{QUESTION}.text", "Why is rye best, don’t you think?"),), "don't you think"),
    ("question_does_not_lead", ((f"{QUESTION}.probes.0", "Surely you tasted it?"),), "Surely you"),
    ("question_is_short", ((f"{QUESTION}.text", "What " * 46),), "46 words"),
    ("question_is_one", ((f"{QUESTION}.text", "What was it? And why?"),), "2 question marks"),
    ("question_has_probes", ((f"{QUESTION}.probes", ["What did you do?"]),), "1 probes"),
    ("question_has_probes", ((f"{QUESTION}.probes", ["Who?", "What?", "When?", "Where?", "Why?"]),), "5 probes"),
    *(
        ("question_has_signals", ((f"{QUESTION}.{signals}", None),), f"no {signals}")
        for signals in ("strong", "weak", "red_flags")
    ),
    (
        "competency_has_questions",
        (("competencies.0.questions.2", None), (f"{OVEN}.questions.0", "baking-0")),
        "2 questions",
    ),
    (
        "competency_has_questions",
        (("competencies.0.questions", [question("baking", n, answers=1) for n in range(6)]),),
        "6 questions",
    ),
    ("competency_has_sample_answers", ((f"{QUESTION}.sample_answers.1", None),), "1 sample answers"),
    ("anchors_say_something", (("competencies.0.anchors.1", "Could not bake any bread."),), "vague: Could"),
    ("anchors_say_something", (("competencies.0.anchors.5", "Exceptional performance."),), "vague: Exceptional"),
    ("anchors_differ", (("competencies.0.anchors.3", "Did bread late and half when told."),), "same words"),
    ("competency_is_no_fit", (("competencies.0.name", "Culture fit"),), "Culture fit"),
    ("competency_is_no_fit", (("competencies.0.aliases", ["Kitchen chemistry"]),), "chemistry"),
    ("stage_asks_what_it_scores", ((f"{KITCHEN}.competencies", ["baking"]),), "asks about 'serving'"),
    (
        "stage_asks_what_it_scores",
        ((f"{KITCHEN}.competencies", ["baking", "serving", "planning"]),),
        "scores 'planning'",
    ),
    ("stage_scores_few", ((f"{KITCHEN}.competencies", [*ANCHORS, "baking"]),), "5 competencies"),
    ("stage_adds_up", ((f"{KITCHEN}.minutes", 61),), "60 of 61 minutes"),
    (
        "stage_leaves_room",
        ((f"{KITCHEN}.minutes", 100), (f"{QUESTION}.minutes", 50), (f"{QUESTION}.kind", "work_sample")),
        "80 of 100 minutes",
    ),
    ("stage_has_its_frame", ((f"{KITCHEN}.opening.minutes", 4),), "opening: 4 of 5"),
    ("stage_has_its_frame", ((f"{KITCHEN}.candidate_questions.minutes", 9),), "candidate_questions: 9 of 10"),
    ("stage_has_its_frame", ((f"{KITCHEN}.closing", None),), "closing: 0 of 5"),
    ("stage_has_an_ai_rule", ((f"{KITCHEN}.ai_rule", None),), "no ai_rule"),
    *(
        ("work_sample_is_whole", ((f"{SAMPLE}.{field}", None),), f"no {field}")
        for field in ("known_traps", "follow_up", "own_use")
    ),
    ("work_sample_adds_up", ((f"{SAMPLE}.criteria.0.weight", 50),), "weigh 90"),
    ("work_sample_has_an_alternative", ((f"{SAMPLE}.alternative", None),), "no alternative"),
    ("work_sample_is_paid", ((f"{SAMPLE}.pay", None),), "121 minutes without pay"),
    ("competencies_have_a_duty", (("responsibilities.0.competency", None),), "no duty"),
    ("competencies_are_few", (("competencies", extra(5)),), "9 competencies"),
    (
        "weights_have_reasons",
        (("competencies.0.weight", 30), ("competencies.0.weight_reason", "It is most."), ("competencies.1.weight", 20)),
        "weight 20 without a reason",
    ),
    ("weights_add_up", tuple((f"competencies.{n}.weight", 20) for n in range(4)), "sum up to 80"),
    ("competencies_are_covered", (("interview_plan.stages.1", None),), "in no stage of the default plan"),
    ("competencies_are_covered", ((f"{KITCHEN}.optional", "true"),), "in no stage of the default plan"),
    ("competencies_are_covered", ((f"{OVEN}.competencies", ["baking"]),), "in no stage of the plan with oven"),
    ("requirements_have_raters", ((f"{KITCHEN}.interviewers", ["cook"]),), "1 raters in the default plan"),
    ("requirements_have_raters", ((f"{OVEN}.interviewers", ["cook"]),), "1 raters in the plan with oven"),
    (
        "questions_are_asked_once",
        (("interview_plan.stages.1.questions.3", "planning-0"), (f"{KITCHEN}.questions.1", "baking-0")),
        "asked again in kitchen",
    ),
    ("questions_are_asked_once", (("interview_plan.stages.1.questions.3", "baking-2"),), "in the plan with oven"),
    (
        "anchors_are_their_own",
        tuple((f"competencies.{n}.anchors.1", f"{start} {SAME_WORDS}.") for n, start in ((0, "Waited"), (1, "Slept"))),
        "share: and then all of them went",
    ),
    (
        "questions_are_their_own",
        tuple(
            (f"competencies.{n}.questions.0.text", f"{start} {SAME_WORDS}.") for n, start in ((0, "Say"), (1, "Tell"))
        ),
        "share: and then all of them went",
    ),
]


COMES_ALONG = {
    "question_takes_its_time": {"stage_adds_up"},
    "stage_asks_what_it_scores": {"competencies_are_covered", "requirements_have_raters"},
    "stage_scores_few": {"stage_asks_what_it_scores"},
    "stage_has_its_frame": {"stage_adds_up"},
    "competencies_are_few": {
        "anchors_are_their_own",
        "competencies_are_covered",
        "competencies_have_a_duty",
        "competency_has_questions",
        "weights_add_up",
    },
    "weights_have_reasons": {"weights_add_up"},
    "competencies_are_covered": {"requirements_have_raters", "stage_asks_what_it_scores"},
    "questions_are_asked_once": {"stage_asks_what_it_scores"},
}
"""What a change to the cook breaks besides, by the rule it is for."""


@pytest.mark.parametrize(("name", "changes", "message"), CONTROLS, ids=[f"{c[0]}: {c[2]}" for c in CONTROLS])
def test_a_breach_is_found(name: str, changes: Changes, message: str) -> None:
    found = fired(role(*changes))
    assert any(message in finding.message for finding in found.get(name, ())), found
    assert set(found) - {name} <= COMES_ALONG.get(name, set())


def test_a_missing_anchor_is_found() -> None:
    """Resolving refuses such a role before a rule sees it, unless a company's scale has other points."""
    whole = role().competencies[0]
    fewer = {value: text for value, text in whole.competency.anchors.items() if value != 2}
    partial = replace(whole, competency=whole.competency.model_copy(update={"anchors": fewer}))
    assert list(competency_has_anchors(whole)) == []
    assert list(competency_has_anchors(partial)) == [Finding("SI-012", "baking", "anchors for (1, 3, 4, 5)")]


def test_what_two_roles_have_in_common_is_found() -> None:
    found = fired(role(), role(name="pastry-cook"))
    assert set(found) == {"anchors_are_their_own"}
    assert "cook/baking and pastry-cook/baking" in {finding.where for finding in found["anchors_are_their_own"]}
    asked = ("competencies.0.questions.0.text", f"Say {SAME_WORDS}.")
    assert set(fired(role(asked), role(asked, name="pastry-cook"))) == {
        "anchors_are_their_own",
        "questions_are_their_own",
    }


def test_what_roles_share_on_purpose_is_no_breach() -> None:
    """A shared competency is one competency, whichever roles use it; the shipped roles share two."""
    assert {name: sorted(spec.shared) for name, spec in SPECS.items()} == {
        "software-engineer": ["collaboration", "security"],
        "ai-engineer": ["collaboration", "security"],
        "ml-engineer": ["collaboration"],
    }
    assert [finding for rule in RULES["roles"] for finding in rule([ROLES["ai-engineer"], ROLES["ai-engineer"]])] == []


@pytest.mark.parametrize(
    "text",
    ["Would you describe your day?", "Could you walk us through it?", "What can you tell us?", "Say what you did."],
)
def test_an_open_question_is_open(text: str) -> None:
    assert fired(role((f"{QUESTION}.text", text))) == {}


def test_equal_weights_need_no_reason_and_no_weights_no_sum() -> None:
    assert fired(role(*((f"competencies.{n}.weight", None) for n in range(4)))) == {}


def test_a_preferred_competency_needs_one_rater_and_no_sample_answers() -> None:
    bare = ("competencies.3.questions.0.sample_answers", None)
    alone = ("competencies.2.importance", "preferred"), ("interview_plan.stages.1.interviewers", ["cook"])
    assert fired(role(bare, *alone)) == {}


@pytest.mark.parametrize(("count", "is_fine"), [(299, False), (300, True), (700, True), (701, False)])
def test_the_length_of_a_description(count: int, is_fine: bool) -> None:
    found = list(description_has_a_good_length("word " * count))
    assert found == ([] if is_fine else [Finding("JD-001", "job-description", f"{count} words")])


def test_only_words_that_are_read_count() -> None:
    markdown = (
        "# Not this\n\n<!-- nor\nthis -->One **two** three-four don’t.\n\n## Nor this\n\n1. Five\n- 6 per cent\n\n"
        "| Nine | [ten](https://example.com/nothing) |\n| --- | :-: |\n| eleven | 12 |\n"
    )
    assert body_words(markdown) == 12


def test_every_rule_has_its_breach() -> None:
    tested = {name for name, _, _ in CONTROLS} | {"competency_has_anchors", "description_has_a_good_length"}
    assert tested == {rule.__name__ for rules in RULES.values() for rule in rules}


@pytest.mark.parametrize("rule", [r for rules in RULES.values() for r in rules], ids=lambda rule: rule.__name__)
def test_every_rule_says_which_it_is(rule: Rule) -> None:
    assert re.match(r"(SI-0\d\d|JD-0\d\d|Own): ", rule.__doc__ or "")
