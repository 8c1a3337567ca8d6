"""Each rule of interviews finds what breaks it, where it stands, and nothing else."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from jdgen.lint.catalog import rule_file
from jdgen.lint.day import is_date
from jdgen.lint.kit import shared_words
from jdgen.lint.rule import Finding, Rule
from jdgen.places import Place
from jdgen.spec import Posting
from tests.cook import (
    NUMBERS,
    THINGS,
    Tree,
    anchors,
    asked,
    company,
    company_tree,
    found,
    found_of_company,
    judged,
    merged,
    parsed,
    posting,
    role_tree,
)

RULES = rule_file("interview").rules


def changed(*changes: tuple[str, Any], base: Tree | None = None) -> Tree:
    """The cook, with the value at each path changed; None takes the value away."""
    whole = copy.deepcopy(base or role_tree())
    for path, value in changes:
        *way, last = [int(step) if step.isdecimal() else step for step in path.split(".")]
        place: Any = whole
        for step in way:
            place = place[step if isinstance(place, list) else str(step)]
        key: Any = last if isinstance(place, list) else str(last)
        if value is None:
            del place[key]
        else:
            place[key] = value
    return whole


def fired(*changes: tuple[str, Any], **how: Any) -> dict[str, list[Finding]]:
    """What is found in the changed cook, by code."""
    by_code: dict[str, list[Finding]] = {}
    for finding in found(judged(changed(*changes), **how)):
        by_code.setdefault(finding.code, []).append(finding)
    return by_code


def at(finding: Finding) -> str:
    """Where a finding stands, as a path."""
    return ".".join(map(str, finding.place.where))


def test_what_keeps_all_rules_has_no_findings() -> None:
    assert fired() == {}
    assert found_of_company(company_tree()) == []


# --- the examples of the rules ---------------------------------------------------------------------


def codes(rule: Rule, example: str) -> set[str]:
    fragment = parsed(example)
    if rule.of == "company":
        return {finding.code for finding in found_of_company(merged(company_tree(), fragment))}
    return {finding.code for finding in found(judged(merged(role_tree(), fragment)))}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_examples(rule: Rule) -> None:
    assert [example for example in rule.bad if rule.code not in codes(rule, example)] == []
    assert [example for example in rule.good if rule.code in codes(rule, example)] == []


def test_every_rule_of_the_literature_is_a_rule_or_a_guarantee() -> None:
    named = [rule.code for rule in (*RULES, *rule_file("interview").guarantees)]
    assert len(named) == len(set(named))
    elsewhere = {"SI-028", "SI-040"}  # prohibited questions, law
    assert {f"SI-{number:03}" for number in range(1, 41)} - set(named) == elsewhere


def test_every_citation_is_one_and_is_used() -> None:
    cited = {source for rule in RULES for source in rule.sources}
    assert cited == set(rule_file("interview").sources)


# --- each rule finds what breaks it ----------------------------------------------------------------

QUESTION = "competencies.0.questions.0"
KITCHEN, TABLE, OVEN = (f"interview_plan.stages.{number}" for number in range(3))
SAMPLE = "interview_plan.work_sample"
REQUIRED = "qualifications.required"
SAME_WORDS = "and then all of them went home"


def extra(count: int) -> list[Tree]:
    """The cook's competencies and `count` more that are as good, but that no stage scores."""
    more = [{**role_tree()["competencies"][3], "id": f"extra-{n}", "questions": []} for n in range(count)]
    return [*role_tree()["competencies"], *more]


def weights(*values: int, reasons: int = 0) -> tuple[tuple[str, Any], ...]:
    """Changes that weigh the competencies; the first `reasons` weights get a reason."""
    return (
        *((f"competencies.{n}.weight", value) for n, value in enumerate(values)),
        *((f"competencies.{n}.weight_reason", "It is most.") for n in range(reasons)),
    )


Changes = tuple[tuple[str, Any], ...]
CONTROLS: list[tuple[str, Changes, str, str]] = [
    ("SI-005", ((f"{QUESTION}.minutes", 4),), f"{QUESTION}.minutes", "4 minutes"),
    ("SI-005", ((f"{QUESTION}.minutes", 11),), f"{QUESTION}.minutes", "11 minutes"),
    ("SI-005", ((f"{KITCHEN}.minutes", 120),), f"{KITCHEN}.questions", "4 questions in 120 minutes"),
    ("SI-005", ((f"{KITCHEN}.minutes", 20),), f"{KITCHEN}.questions", "4 questions in 20 minutes"),
    ("SI-007", ((f"{QUESTION}.text", "Do you bake well?"),), f"{QUESTION}.text", "Do you bake well?"),
    ("SI-007", ((f"{QUESTION}.text", "Here is flour. Have you baked?"),), f"{QUESTION}.text", "Have you baked?"),
    ("SI-008", ((f"{QUESTION}.text", "How many golf balls fit in here?"),), f"{QUESTION}.text", "golf balls"),
    ("SI-008", ((f"{QUESTION}.setup", "Why are manhole covers round?"),), f"{QUESTION}.setup", "manhole covers"),
    ("SI-009", ((f"{QUESTION}.text", "Why is rye best, don’t you think?"),), f"{QUESTION}.text", "don’t you think"),
    ("SI-009", ((f"{QUESTION}.probes.0", "Surely you tasted it?"),), f"{QUESTION}.probes.0", "Surely you"),
    ("SI-010", ((f"{QUESTION}.text", "What " * 46),), f"{QUESTION}.text", "46 words"),
    ("SI-010", ((f"{QUESTION}.text", "What was it? And why?"),), f"{QUESTION}.text", "2 questions"),
    ("SI-011", ((f"{QUESTION}.probes", ["What did you do?"]),), f"{QUESTION}.probes", "1 probe,"),
    ("SI-011", ((f"{QUESTION}.probes", ["Who?", "What?", "When?", "Where?", "Why?"]),), f"{QUESTION}.probes", "5 pro"),
    *(
        ("SI-102", ((f"{QUESTION}.{field}", None),), QUESTION, f"no {noun}")
        for field, noun in (("strong", "strong signals"), ("weak", "weak signals"), ("red_flags", "red flags"))
    ),
    (
        "SI-101",
        (("competencies.0.questions.2", None), (f"{OVEN}.questions.0", "baking-first")),
        "competencies.0.questions",
        "2 of 3 to 5",
    ),
    (
        "SI-101",
        (("competencies.0.questions", [asked("baking", n, answers=1) for n in (*NUMBERS, "a", "b", "c")]),),
        "competencies.0.questions",
        "6 of 3 to 5",
    ),
    ("SI-103", ((f"{QUESTION}.sample_answers.1", None),), "competencies.0.questions", "1 of 2 sample answers"),
    ("SI-012", (("competencies.0.anchors.1", None),), "competencies.0.anchors", "no anchor for 1"),
    ("SI-012", (("competencies.0.anchors.3", None),), "competencies.0.anchors", "no anchor for 3"),
    ("SI-012", (("competencies.0.anchors.2", None),), "competencies.0.anchors", "no anchor for 2"),
    ("SI-013", (("competencies.0.anchors.1", "Could not bake any bread."),), "competencies.0.anchors.1", "5 words"),
    ("SI-013", (("competencies.0.anchors.5", "Exceptional performance."),), "competencies.0.anchors.5", "judges"),
    (
        "SI-014",
        (("competencies.0.anchors.3", "Did bread late and half when told."),),
        "competencies.0.anchors.3",
        "sam",
    ),
    ("SI-031", (("competencies.0.name", "Culture fit"),), "competencies.0.name", "Culture fit"),
    ("SI-031", (("competencies.0.aliases", ["Kitchen chemistry"]),), "competencies.0.aliases.0", "chemistry"),
    ("SI-032", (("competencies.0.name", "Seniority"),), "competencies.0.name", "Seniority"),
    ("SI-001", ((f"{KITCHEN}.competencies", ["baking"]),), f"{KITCHEN}.questions.2", "asks about 'serving'"),
    (
        "SI-001",
        ((f"{KITCHEN}.competencies", ["baking", "serving", "planning"]),),
        f"{KITCHEN}.competencies.2",
        "scores 'planning'",
    ),
    ("SI-001", (("responsibilities.0.competency", None),), "competencies.0", "no duty"),
    ("SI-004", (("competencies", extra(5)),), "competencies", "9 competencies"),
    (
        "SI-004",
        (("competencies", extra(1)), (f"{KITCHEN}.competencies", [*THINGS, "extra-0"])),
        f"{KITCHEN}.competencies",
        "5 competencies",
    ),
    ("SI-006", ((f"{KITCHEN}.minutes", 61),), f"{KITCHEN}.minutes", "60 of 61 minutes"),
    ("SI-006", ((f"{KITCHEN}.minutes", 59),), f"{KITCHEN}.minutes", "60 minutes in a slot of 59"),
    (
        "SI-006",
        ((f"{KITCHEN}.minutes", 100), (f"{QUESTION}.minutes", 50), (f"{QUESTION}.kind", "work_sample")),
        f"{KITCHEN}.minutes",
        "80 of 100 minutes",
    ),
    ("SI-006", ((f"{KITCHEN}.opening.minutes", 4),), f"{KITCHEN}.opening.minutes", "4 of 5 minutes"),
    (
        "SI-006",
        ((f"{KITCHEN}.candidate_questions.minutes", 9),),
        f"{KITCHEN}.candidate_questions.minutes",
        "9 of 10 minutes",
    ),
    ("SI-006", ((f"{KITCHEN}.closing", None),), f"{KITCHEN}.closing.minutes", "0 of 5 minutes"),
    ("SI-026", ((f"{KITCHEN}.candidate_questions", None),), f"{KITCHEN}.candidate_questions", "no time"),
    ("SI-104", ((f"{KITCHEN}.ai_rule", None),), KITCHEN, "what AI tools"),
    *(
        ("SI-105", ((f"{SAMPLE}.{field}", None),), SAMPLE, f"no {field}")
        for field in ("known_traps", "follow_up", "own_use", "stage")
    ),
    ("SI-105", ((f"{SAMPLE}.criteria", []),), SAMPLE, "no criteria"),
    ("SI-017", ((f"{SAMPLE}.criteria.0.weight", 50),), f"{SAMPLE}.criteria", "sum up to 90"),
    ("SI-033", ((f"{SAMPLE}.criteria.0.competency", None),), f"{SAMPLE}.criteria.0", "no competency"),
    ("SI-107", ((f"{SAMPLE}.alternative", None),), SAMPLE, "no alternative"),
    ("SI-106", ((f"{SAMPLE}.pay", None),), f"{SAMPLE}.limit_minutes", "121 minutes"),
    ("SI-017", weights(40, 20, 20, 20, reasons=1), "competencies.1.weight", "weighs 20"),
    ("SI-017", weights(20, 20, 20, 20), "competencies", "sum up to 80"),
    ("SI-033", (("interview_plan.stages.1", None),), "competencies.2", "no stage of the default plan"),
    ("SI-033", ((f"{KITCHEN}.optional", "true"),), "competencies.0", "no stage of the default plan"),
    ("SI-033", ((f"{OVEN}.competencies", ["baking"]),), f"{OVEN}.competencies", "no stage of the plan with 'oven'"),
    ("SI-034", ((f"{KITCHEN}.interviewers", ["cook"]),), "competencies.0", "one person in all stages of the default"),
    ("SI-034", ((f"{OVEN}.interviewers", ["cook"]),), f"{OVEN}.competencies", "of the plan with 'oven'"),
    ("SI-019", ((f"{KITCHEN}.interviewers", ["cook"] * 5),), f"{KITCHEN}.interviewers", "5 interviewers"),
    ("SI-020", ((f"{OVEN}.interviewers", ["cook"] * 3),), f"{OVEN}.interviewers", "has 3 and 'kitchen'"),
    (
        "SI-035",
        ((f"{TABLE}.questions.3", "planning-first"), (f"{TABLE}.questions.0", "baking-first")),
        f"{TABLE}.questions.0",
        "again, after 'kitchen'",
    ),
    ("SI-035", ((f"{TABLE}.questions.3", "baking-third"),), f"{OVEN}.questions.0", "again, after 'table'"),
    (
        "SI-035",
        tuple(
            (f"competencies.{n}.questions.0.text", f"{verb} how you bake for many at night {SAME_WORDS}.")
            for n, verb in ((0, "Say"), (1, "Tell"))
        ),
        "competencies.1.questions.0.text",
        "share the words 'how you bake for many at night and then all of them'",
    ),
    (
        "SI-108",
        tuple((f"competencies.{n}.anchors.1", f"{start} {SAME_WORDS}.") for n, start in ((0, "Waited"), (1, "Slept"))),
        "competencies.1.anchors",
        "share the words 'and then all of them went'",
    ),
    ("SI-029", ((f"{QUESTION}.pilot", None),), "competencies", "1 of 12 questions not tried yet: baking-first"),
    ("SI-030", (("owner", None),), "owner", "who answers"),
    ("SI-030", (("reviews", None),), "reviews", "who reviewed"),
    ("SI-030", (("sources", None),), "sources", "no source"),
    ("SI-030", (("reviews.0.on", None),), "reviews.0", "no date"),
    ("SI-110", (("reviews.0.on", "2026-13-01"),), "reviews.0.on", "'2026-13-01' is no date"),
    ("SI-033", ((f"{REQUIRED}.0.competency", None),), f"{REQUIRED}.0", "neither a competency"),
    (
        "SI-033",
        ((f"{REQUIRED}.1", {"text": "You lift sacks.", "assessed_by": ["work_sample"]}), (SAMPLE, None)),
        f"{REQUIRED}.1",
        "no work sample",
    ),
    (
        "SI-033",
        ((f"{REQUIRED}.1", {"label": "Either", "all_of": ["You read.", {"text": "Bake.", "competency": "baking"}]}),),
        f"{REQUIRED}.1.all_of.0",
        "neither",
    ),
    (
        "SI-033",
        ((f"{REQUIRED}.1", {"title": "Skills", "items": [{"text": "You read."}]}),),
        f"{REQUIRED}.1.items.0",
        "neither",
    ),
    ("SI-037", (("competencies.0.category", "technical"),), "competencies.0", "only talk about it"),
    (
        "SI-109",
        ((f"{SAMPLE}.mode", "take_home"), (f"{SAMPLE}.stage", "table"), (f"{SAMPLE}.limit_minutes", 241)),
        "interview_plan.stages",
        "361 minutes",
    ),
    ("JD-037", (("sections", {"hide": ["tools", "required"]}),), "sections.hide.1", "hidden"),
]
COMES_ALONG = {
    "SI-001": {"SI-005", "SI-006", "SI-033", "SI-034"},
    "SI-004": {"SI-001", "SI-033", "SI-101", "SI-108"},
    "SI-005": {"SI-006"},
    "SI-006": {"SI-005"},
    "SI-026": {"SI-006"},
    "SI-019": {"SI-020"},
    "SI-033": {"SI-001", "SI-034", "SI-037"},
    "SI-034": {"SI-020"},
    "SI-035": {"SI-001"},
    "SI-101": {"SI-029"},
    "SI-105": {"SI-037"},
}
"""What a change to the cook breaks besides, by the rule it is for."""


@pytest.mark.parametrize(("code", "changes", "where", "words"), CONTROLS, ids=[f"{c[0]}: {c[3]}" for c in CONTROLS])
def test_a_breach_is_found(code: str, changes: Changes, where: str, words: str) -> None:
    by_code = fired(*changes)
    places = [at(one) for one in by_code.get(code, ()) if words in f"{one.message} {one.words}"]
    assert where in places, by_code
    assert set(by_code) - {code} <= COMES_ALONG.get(code, set())


def test_every_rule_has_its_breach() -> None:
    of_roles = {rule.code for rule in RULES if rule.of != "company"}
    assert {code for code, *_ in CONTROLS} == of_roles


# --- how grave it is -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "change", "severity"),
    [
        ("SI-011", (f"{QUESTION}.probes", []), "warning"),
        ("SI-011", (f"{QUESTION}.probes", ["Who?"]), "info"),
        ("SI-012", ("competencies.0.anchors.3", None), "error"),
        ("SI-012", ("competencies.0.anchors.4", None), "info"),
        ("SI-006", (f"{KITCHEN}.minutes", 61), "info"),
        ("SI-006", (f"{KITCHEN}.opening.minutes", 4), "warning"),
        ("SI-105", (f"{SAMPLE}.own_use", None), "info"),
    ],
)
def test_severity_that_depends(code: str, change: tuple[str, Any], severity: str) -> None:
    assert severity in [finding.severity for finding in fired(change)[code]]


def test_more_minutes_than_there_are_have_the_severity_of_the_rule() -> None:
    assert None in [finding.severity for finding in fired((f"{KITCHEN}.minutes", 59))["SI-006"]]


def test_a_scale_of_four_points_has_two_in_the_middle() -> None:
    scale = {"points": [{"value": value, "label": str(value)} for value in range(1, 5)]}
    tree = changed(*((f"competencies.{n}.anchors.5", None) for n in range(4)))
    one, both = (
        [
            f
            for f in found(
                judged(changed(*changes, base=tree), company=company(company_tree() | {"rating_scale": scale}))
            )
            if f.code == "SI-012"
        ]
        for changes in (
            (("competencies.0.anchors.2", None),),
            (("competencies.0.anchors.2", None), ("competencies.0.anchors.3", None)),
        )
    )
    assert [finding.severity for finding in one] == ["info"]
    assert [finding.severity for finding in both] == ["error"]


# --- what is no breach -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["Would you describe your day?", "Could you walk us through it?", "What can you tell us?", "Say what you did."],
)
def test_an_open_question_is_open(text: str) -> None:
    assert fired((f"{QUESTION}.text", text)) == {}


def test_equal_weights_need_no_reason() -> None:
    assert fired(*weights(25, 25, 25, 25)) == {}


def test_a_preferred_competency_needs_one_rater_and_no_sample_answers() -> None:
    bare = ("competencies.3.questions.0.sample_answers", None)
    alone = ("competencies.2.importance", "preferred"), (f"{TABLE}.interviewers", ["cook"])
    assert fired(bare, *alone) == {}


def test_what_is_nested_is_covered_by_its_parent() -> None:
    nested = {"text": "You bake.", "competency": "baking", "children": ["Rye", "Wheat"]}
    assert fired((f"{REQUIRED}.0", nested)) == {}


@pytest.mark.parametrize("way", ["application", "test", "portfolio", "reference", "check", "work_sample"])
def test_a_requirement_may_be_found_out_elsewhere(way: str) -> None:
    assert fired((f"{REQUIRED}.0", {"text": "You may drive.", "assessed_by": [way]})) == {}


@pytest.mark.parametrize("kind", ["technical", "work_sample"])
def test_a_technical_competency_is_tested_by_one_question(kind: str) -> None:
    assert fired(("competencies.0.category", "technical"), (f"{QUESTION}.kind", kind)) == {}


def test_a_technical_competency_is_tested_by_a_work_sample_that_everyone_does() -> None:
    technical = ("competencies.0.category", "technical")
    assert fired(technical, (f"{SAMPLE}.stage", "table")) == {}
    assert set(fired(technical, (f"{SAMPLE}.stage", "oven"))) == {"SI-037"}


def test_a_role_that_only_describes_a_job_has_no_interviews_to_judge() -> None:
    bare = {key: value for key, value in role_tree().items() if key in ("jdgen", "title", "summary", "qualifications")}
    assert found(judged({**bare, "responsibilities": ["Cook."]} | _no_competencies(bare))) == []


def _no_competencies(tree: Tree) -> Tree:
    required = [{key: value for key, value in entry.items() if key != "competency"} for entry in _entries(tree)]
    return {"qualifications": {"required": required}}


def _entries(tree: Tree) -> list[Tree]:
    entries: list[Tree] = tree["qualifications"]["required"]
    return entries


def test_patterns_of_words_are_for_english() -> None:
    closed = (f"{QUESTION}.text", "Do you bake well? Would you say so?")
    named = ("competencies.0.name", "Culture fit")
    vague = ("competencies.0.anchors.5", "Exceptional performance.")
    assert set(fired(closed, named, vague, ("language", "en-GB"))) == {"SI-007", "SI-010", "SI-013", "SI-031"}
    assert set(fired(closed, named, vague, ("language", "nb"))) == {"SI-013"}
    assert fired(closed, named, vague, ("language", "ja")) == {}


# --- levels ----------------------------------------------------------------------------------------

LEVELS = (
    "levels",
    [
        {"id": "junior", "name": "Junior"},
        {
            "id": "senior",
            "name": "Senior",
            "targets": {"baking": {"weight": 40}},
            "patch": {
                "required": {"add": ["You have led a kitchen."]},
                "responsibilities": {"remove": ["clean"]},
            },
        },
    ],
)


def test_a_level_adds_what_it_changes_itself() -> None:
    assert fired(LEVELS) == {}
    assert fired(LEVELS, level="junior") == {}
    by_code = fired(LEVELS, *weights(25, 25, 25, 25), level="senior")
    assert [at(finding) for finding in by_code["SI-033"]] == ["levels.1.patch.required.add.0"]
    assert [finding.message for finding in by_code["SI-001"]] == [
        "no duty or outcome names 'cleaning' (at level senior)"
    ]
    assert at(by_code["SI-017"][0]) == "levels.1.targets.baking.weight"
    assert set(by_code) == {"SI-001", "SI-017", "SI-033"}


def test_questions_of_several_levels_are_judged_at_each() -> None:
    own = tuple((f"competencies.0.questions.{n}.levels", [level]) for n, level in ((0, "junior"), (1, "senior")))
    slot = ("interview_plan", role_tree()["interview_plan"] | {"stages": role_tree()["interview_plan"]["stages"][:2]})
    slot[1]["stages"][0]["minutes"] = 50
    slot[1]["work_sample"]["stage"] = "kitchen"
    assert fired(LEVELS, slot, *own) == {}
    assert fired(LEVELS, slot, *own, level="junior") == {}
    assert "SI-006" in fired(LEVELS, slot)
    longer = (f"{KITCHEN}.minutes", 45)
    messages = [finding.message for finding in fired(LEVELS, longer, *own, level="junior")["SI-006"]]
    assert messages[0] == "'kitchen' plans 50 minutes in a slot of 45 (at level junior)"


def test_a_posting_adds_what_it_requires_itself() -> None:
    vacancy: Posting = posting(
        {"jdgen": 1, "role": "cook", "patch": {"required": {"add": [{"text": "You may drive."}]}}}
    )
    (finding,) = fired(posting=vacancy)["SI-033"]
    assert finding.place == Place(vacancy.origin, ("patch", "required", "add", 0))


# --- places in files -------------------------------------------------------------------------------


def test_a_finding_points_at_its_words() -> None:
    (finding,) = fired((f"{QUESTION}.text", "Here is flour. Have you baked?"))["SI-007"]
    problem = finding.place.problem(finding.code, finding.message, words=finding.words, occurrence=finding.occurrence)
    assert problem.excerpt[problem.column - 1 :].startswith("Have you baked?")


# --- companies -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "changes", "where"),
    [
        (
            "SI-021",
            (("hiring_rules.independent_before_debrief", "false"),),
            "hiring_rules.independent_before_debrief",
        ),
        ("SI-025", (("hiring_rules.forbidden_topics", None),), "hiring_rules"),
        ("SI-036", (("accommodation_contact", None),), ""),
        ("SI-039", (("hiring_rules.submit_within_hours", 25),), "hiring_rules.submit_within_hours"),
        ("JD-037", (("sections", {"hide": ["required"]}),), "sections.hide.0"),
    ],
)
def test_a_company_breaks_a_rule(code: str, changes: Changes, where: str) -> None:
    (finding,) = found_of_company(changed(*changes, base=company_tree()))
    assert (finding.code, at(finding)) == (code, where)


# --- small parts -----------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["2026-01-31", "2024-02-29", "2000-02-29", "2026-12-01"])
def test_a_date(day: str) -> None:
    assert is_date(day)


@pytest.mark.parametrize("day", ["2026-02-29", "1900-02-29", "2026-04-31", "2026-00-10", "2026-1-1", "x2026-01-01", ""])
def test_no_date(day: str) -> None:
    assert not is_date(day)


def test_words_that_texts_share() -> None:
    texts = {"a": [f"Say {SAME_WORDS}."], "b": [f"Tell {SAME_WORDS.upper()}"], "c": anchors("bread").values()}
    assert list(shared_words(texts, 6)) == [("a", "b", "and then all of them went")]
    assert list(shared_words(texts, 8)) == []
