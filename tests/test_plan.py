"""What `jdgen plan` shows, finds and proposes."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jdgen import assets, plan
from jdgen.cover import Cover, Demand, cover_of
from jdgen.load import Library, load_role
from jdgen.loop import Loop, as_data, loop_of
from jdgen.places import Places
from jdgen.proposal import MOST_SCORED, Proposal, as_yaml, propose
from jdgen.proposal import as_data as proposal_data
from jdgen.resolve import resolve_role
from jdgen.role import Role
from jdgen.source import Source
from jdgen.spec import Question, RoleSpec
from jdgen.timetable import WIDTH, lines

SHIPPED = Library(own=assets.ROLE_SPECS).names(RoleSpec)
FULL = "tests/specs/full/role_specs/charge-nurse.yaml"


def question(name: str, minutes: int | str, **more: Any) -> dict[str, Any]:
    return {"id": name, "kind": "technical", "text": "How?", "minutes": str(minutes), **more}


def competency(name: str, *minutes: int) -> dict[str, Any]:
    """A competency with a question of each length, named after it: a1, a2, a3."""
    asked = [question(f"{name}{number}", length) for number, length in enumerate(minutes, 1)]
    return {"id": name, "name": name.upper(), "definition": "It.", "anchors": {"1": "x"}, "questions": asked}


def stage(name: str, minutes: int, scores: str = "", asks: str = "", **more: Any) -> dict[str, Any]:
    """A stage with two interviewers and ten minutes for the candidate's questions."""
    return {
        "id": name,
        "name": name.capitalize(),
        "purpose": "Why.",
        "minutes": str(minutes),
        "interviewers": [{"role": "Engineer", "count": "2"}],
        "competencies": scores.split(),
        "questions": asks.split(),
        "candidate_questions": {"minutes": "10"},
        **more,
    }


def spec_of(
    competencies: list[dict[str, Any]], stages: list[dict[str, Any]], plan: dict[str, Any] | None = None, **more: Any
) -> RoleSpec:
    tree = {"jdgen": "1", "title": "Cook", "summary": "Cooks.", "responsibilities": ["Cook"], **more}
    if stages:
        tree["interview_plan"] = {"stages": stages, **(plan or {})}
    return RoleSpec.model_validate({**tree, "competencies": competencies})


def role_of(*given: Any, level: str | None = None, **more: Any) -> Role:
    return resolve_role(spec_of(*given, **more), level=level)


def looped(*given: Any, level: str | None = None, **more: Any) -> Loop:
    spec = spec_of(*given, **more)
    return loop_of(resolve_role(spec, level=level), Places(spec))


def sorts(loop: Loop) -> list[str]:
    return [flaw.sort for flaw in (*loop.holes, *loop.overlaps)]


def asked(proposal: Proposal) -> dict[str, list[str]]:
    return {stage.planned.id: [one.question.id for one in stage.questions] for stage in proposal.stages}


def scored(proposal: Proposal) -> dict[str, list[str]]:
    return {stage.planned.id: [one.id for one in stage.competencies] for stage in proposal.stages}


A, B = competency("a", 10, 10, 10), competency("b", 10, 10)
CLEAN = [stage("one", 40, "a b", "a1 b1"), stage("two", 40, "a", "a2")]


# --- the loop ---


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_roles_have_no_flaws_and_need_no_proposal(name: str) -> None:
    spec = load_role(name)
    for level in (None, *(level.id for level in spec.levels)):
        role = resolve_role(spec, level=level)
        loop = loop_of(role, Places(spec))
        assert (loop.holes, loop.overlaps) == ((), ())
        assert propose(role).is_unchanged
        assert max(map(len, lines(loop))) <= WIDTH
        assert json.loads(json.dumps(as_data(loop)))["role"] == name


def test_a_clean_plan_has_no_flaws() -> None:
    assert sorts(looped([A, B], CLEAN)) == []


def test_the_matrix() -> None:
    loop = looped([A, B], CLEAN)
    first, second = loop.rows
    assert [cell.minutes for cell in first.cells] == [10, 10]
    assert (first.minutes, first.raters, first.asked, first.available, first.share) == (20, 4, 2, 3, 50)
    assert [(cell.minutes, cell.is_scored) for cell in second.cells] == [(10, True), (0, False)]
    assert [(column.slot, column.planned, column.left) for column in loop.columns] == [(40, 30, 10), (40, 20, 20)]


HOLES: dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]]]] = {
    "no-plan": ([A], []),
    "not-scored": ([A, B], [stage("one", 40, "a", "a1")]),
    "few-raters": ([A], [stage("one", 40, "a", "a1", interviewers=["Engineer"])]),
    "scored-unasked": ([A, B], [stage("one", 40, "a b", "a1"), stage("two", 40, "b", "b1")]),
    "asked-unscored": ([A, B], [stage("one", 40, "a", "a1 b1"), stage("two", 40, "b", "b2")]),
    "over": ([A], [stage("one", 25, "a", "a1 a2")]),
    "no-candidate-time": ([A], [stage("one", 40, "a", "a1", candidate_questions=None)]),
    "alternative": ([A, B], [*CLEAN, stage("other", 40, "a", "a3", instead_of="one")]),
}


@pytest.mark.parametrize("sort", HOLES)
def test_holes(sort: str) -> None:
    assert sorts(looped(*HOLES[sort])) == [sort]


def test_a_competency_without_questions() -> None:
    found = sorts(looped([competency("a")], [stage("one", 40, "a")]))
    assert found == ["no-questions", "scored-unasked"]


def test_a_preferred_competency_needs_one_person() -> None:
    one = stage("one", 40, "a", "a1", interviewers=["Engineer"])
    assert sorts(looped([{**A, "importance": "preferred"}], [one])) == []


OVERLAPS: dict[str, list[dict[str, Any]]] = {
    "asked-twice": [stage("one", 40, "a", "a1"), stage("two", 40, "a", "a1 a2")],
    "same-stage": [stage("one", 40, "a", "a1"), stage("two", 40, "a", "a1")],
    "many-stages": [stage(f"s{n}", 40, "c", f"c{n}") for n in range(1, 5)],
}


@pytest.mark.parametrize("sort", OVERLAPS)
def test_overlaps(sort: str) -> None:
    entry = competency("c", 10, 10, 10, 10) if sort == "many-stages" else A
    assert sorts(looped([entry], OVERLAPS[sort])) == [sort]


def test_an_alternative_may_ask_what_it_replaces_and_nothing_else() -> None:
    same = stage("other", 40, "a b", "a1 b1", instead_of="one")
    assert sorts(looped([A, B], [*CLEAN, same])) == []
    again = stage("other", 40, "a b", "a2 b1", instead_of="one")
    assert sorts(looped([A, B], [*CLEAN, again])) == ["asked-twice"]


def test_a_chain_or_circle_of_alternatives_is_one_step() -> None:
    chain = [stage("x", 40), stage("y", 40, instead_of="x"), stage("z", 40, instead_of="y")]
    assert set(plan.steps(role_of([A], chain)).values()) == {"x"}
    circle = [stage("w", 40, instead_of="y"), stage("x", 40, instead_of="y"), stage("y", 40, instead_of="x")]
    assert set(plan.steps(role_of([A], circle)).values()) == {"x"}


def test_flaws_have_their_places() -> None:
    spec = load_role("tests/specs/small/role_specs/street-cook.yaml")
    (hole,) = loop_of(resolve_role(spec), Places(spec)).holes
    assert str(hole.place).endswith("street-cook.yaml:44")
    assert as_data(loop_of(resolve_role(spec), Places(spec)))["holes"][0]["line"] == 44


def test_the_time_of_a_candidate() -> None:
    def minutes(**sample: Any) -> list[tuple[str | None, int]]:
        task = {"title": "T", "brief": "B", "tasks": ["Do"], "limit_minutes": "90", "ai_rule": "No", "criteria": []}
        stages = [*CLEAN, stage("other", 50, "a b", "a1 b1", instead_of="one")]
        loop = looped([A, B], stages, plan={"work_sample": {**task, **sample}})
        return [(time.with_stage, time.total) for time in loop.times]

    assert minutes(mode="take_home", stage="other") == [(None, 80), ("other", 180)]
    assert minutes(mode="live", stage="other") == [(None, 80), ("other", 90)]
    assert minutes(mode="take_home") == [(None, 170), ("other", 180)]


def test_the_load_of_interviewers() -> None:
    people = [{"role": "Engineer"}, {"role": "Engineer"}, {"role": "Manager"}]
    loop = looped([A, B], [stage("one", 40, "a b", "a1 b1", interviewers=people), stage("two", 30, "a", "a2")])
    assert [(load.role, load.people, load.minutes, len(load.competencies)) for load in loop.loads] == [
        ("Engineer", 2, 70, 2),
        ("Manager", 1, 40, 2),
    ]


def test_the_page_marks_what_is_wrong() -> None:
    text = "\n".join(lines(looped([A, B], [stage("one", 40, "a", "b1"), stage("two", 40, "b", "b2")])))
    assert "0!" in text
    assert "10?" in text
    assert "scores and asks nothing about" in text
    assert "Holes: 2" in text


def test_the_page_is_narrow_with_long_names() -> None:
    long = [{**competency(letter, 10), "name": "Long name of a competency " * 4} for letter in "abcdef"]
    stages = [{**stage(f"s{letter}", 100, letter, f"{letter}1"), "name": "Name " * 20} for letter in "abcdef"]
    assert max(map(len, lines(looped(long, stages)))) <= WIDTH


# --- the proposal ---


def bare(role: str) -> RoleSpec:
    """A role whose stages list no questions."""
    spec = load_role(role)
    assert spec.interview_plan
    stages = tuple(stage.model_copy(update={"questions": ()}) for stage in spec.interview_plan.stages)
    return spec.model_copy(update={"interview_plan": spec.interview_plan.model_copy(update={"stages": stages})})


@pytest.mark.parametrize("name", [*SHIPPED, FULL])
def test_questions_for_stages_that_list_none(name: str) -> None:
    role = resolve_role(bare(name))
    proposal = propose(role)
    assert proposal.unmet == ()
    assert proposal.is_best
    assert scored(proposal) == {s.planned.id: [c.id for c in s.planned.competencies] for s in proposal.stages}
    keeps_its_promises(role, proposal)
    assert as_yaml(proposal) == as_yaml(propose(resolve_role(bare(name))))


def test_what_is_listed_is_kept_where_it_is_valid() -> None:
    stages = [stage("one", 40, "a", "a3 a1"), stage("two", 40, "a", "a1 b1")]
    proposal = propose(role_of([A, {**B, "importance": "preferred"}], stages))
    assert asked(proposal)["one"][:2] == ["a3", "a1"]
    assert "a1" not in asked(proposal)["two"]


def test_too_few_minutes() -> None:
    stages = [stage("one", 25, "a b", "a1 b1")]
    proposal = propose(role_of([{**A, "importance": "preferred"}, B], stages))
    assert asked(proposal) == {"one": ["b1"]}
    assert [str(unmet) for unmet in proposal.unmet] == [
        "one: no minutes left for 'a': its shortest question that is left takes 10,"
        " and 5 of the 15 minutes for questions are free"
    ]


def test_too_few_questions() -> None:
    stages = [stage("one", 40, "a"), stage("two", 40, "a")]
    proposal = propose(role_of([competency("a", 10)], stages))
    assert [unmet.reason for unmet in proposal.unmet] == ["no question of 'a' is left; other stages ask all 1"]
    assert [str(unmet) for unmet in propose(role_of([competency("a")], stages)).unmet] == [
        "one: 'a' has no question",
        "two: 'a' has no question",
    ]


LEVELS = [{"id": "mid", "name": "Mid"}, {"id": "senior", "name": "Senior"}]


def test_questions_are_for_the_level() -> None:
    leveled = {**competency("a"), "questions": [question("a1", 10, levels=["mid"]), question("a2", 10)]}
    given = ([leveled], [stage("one", 60, "a", "a1")])
    assert asked(propose(role_of(*given, levels=LEVELS, level="mid")))["one"] == ["a1", "a2"]
    proposal = propose(role_of(*given, levels=LEVELS, level="senior"))
    assert asked(proposal)["one"] == ["a2"]
    assert proposal.stages[0].at_other_levels == ("a1",)
    (entry,) = Source(as_yaml(proposal), "x").data
    assert entry["questions"] == ["a2", "a1"]
    only_mid = {**leveled, "questions": leveled["questions"][:1]}
    (unmet,) = propose(role_of([only_mid], given[1], levels=LEVELS, level="senior")).unmet
    assert unmet.reason == "'a' has no question at this level"


def test_stages_for_what_too_few_people_rate() -> None:
    talk = stage("talk", 60, agenda=["Pay"])
    screen = stage("screen", 30, kind="screen")
    proposal = propose(role_of([A, B], [screen, talk, stage("one", 40, "a", "a1"), stage("two", 60)]))
    assert scored(proposal) == {"screen": [], "talk": [], "one": ["a"], "two": ["b"]}
    assert proposal.unmet == ()
    assert "competencies: [b]" in as_yaml(proposal)


def test_no_stage_scores_more_than_four() -> None:
    entries = [competency(letter, 5) for letter in "abcde"]
    proposal = propose(role_of(entries, [stage("one", 90, "a b c d")]))
    assert len(proposal.stages[0].competencies) == MOST_SCORED
    assert [str(unmet) for unmet in proposal.unmet] == [
        "nobody rates 'e' in the default plan, 2 should; no stage has room and a question for it"
    ]


def test_an_alternative_is_mended_too() -> None:
    proposal = propose(role_of([A, B], [*CLEAN, stage("other", 60, "a", "a1", instead_of="one")]))
    assert scored(proposal)["other"] == ["a", "b"]
    assert proposal.unmet == ()


def test_minutes_left_go_to_what_has_fewest_for_its_weight() -> None:
    heavy, light = {**competency("a", 10, 10, 10), "weight": "3"}, {**competency("b", 10, 10, 10), "weight": "1"}
    assert asked(propose(role_of([heavy, light], [stage("one", 60, "a b")])))["one"] == ["a1", "a2", "a3", "b1"]


def test_yaml_can_be_pasted() -> None:
    proposal = propose(resolve_role(load_role("ai-engineer")))
    text = as_yaml(proposal)
    entries = Source("interview_plan:\n  stages:\n" + text, "x").data["interview_plan"]["stages"]
    assert {entry["id"]: entry.get("questions", []) for entry in entries} == asked(proposal)
    assert "# 60 of 60 minutes: 5 opening, 40 questions, 10 theirs, 5 closing" in text
    assert Source(as_yaml(propose(role_of([A], []))), "x").data == []
    assert json.dumps(proposal_data(proposal))


def keeps_its_promises(role: Role, proposal: Proposal) -> None:
    """Never over the minutes, never twice, never for what is not scored or for another level."""
    step, owner = plan.steps(role), dict[str, str]()
    for one in proposal.stages:
        minutes = sum(each.question.minutes.most for each in one.questions)
        assert minutes <= plan.stage_minutes(one.planned).room
        names = [each.question.id for each in one.questions]
        assert len(names) == len(set(names))
        for each in one.questions:
            assert each.competency in one.competencies
            assert each.question in plan.available(role, each.competency)
            assert owner.setdefault(each.question.id, step[one.planned.id]) == step[one.planned.id]


@st.composite
def roles(draw: Any) -> Role:
    names = "abcd"[: draw(st.integers(1, 4))]
    entries, ids = [], []
    for name in names:
        entry = competency(name, *draw(st.lists(st.sampled_from([5, 8, 10, 20]), max_size=4)))
        entry["importance"] = draw(st.sampled_from(["required", "preferred"]))
        for each in entry["questions"]:
            each["levels"] = draw(st.sampled_from([[], ["mid"], ["senior"]]))
            ids.append(each["id"])
        entries.append(entry)
    stages: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 4))):
        lists = {
            "competencies": draw(st.lists(st.sampled_from(names), unique=True)),
            "questions": draw(st.lists(st.sampled_from(ids), unique=True)) if ids else [],
            "instead_of": draw(st.sampled_from([None, *(entry["id"] for entry in stages)])),
            "optional": draw(st.sampled_from(["false", "false", "true"])),
        }
        stages.append(stage(f"s{number}", draw(st.sampled_from([20, 30, 45, 60])), **lists))
    return role_of(entries, stages, levels=LEVELS, level=draw(st.sampled_from([None, "mid", "senior"])))


@settings(max_examples=150, deadline=None)
@given(roles())
def test_a_proposal_keeps_its_promises(role: Role) -> None:
    proposal = propose(role)
    keeps_its_promises(role, proposal)
    assert propose(role) == proposal
    unmet = {(one.stage, one.competency) for one in proposal.unmet}
    for one in proposal.stages:
        covered = {each.competency.id for each in one.questions}
        assert {c.id for c in one.competencies} - covered == {name for at, name in unmet if at == one.planned.id}
    Source(as_yaml(proposal), "x")


@settings(max_examples=200, deadline=None)
@given(roles())
def test_a_full_cover_is_found_if_there_is_one(role: Role) -> None:
    proposal, step = propose(role), plan.steps(role)
    wanted = [
        Demand(one.id, step[one.id], each.id, 0, False, plan.available(role, each))
        for one in role.stages
        for each in one.competencies
    ]
    if len(wanted) > 6 or any(not one.scores_as_before for one in proposal.stages):
        return
    room = {one.id: plan.stage_minutes(one).room for one in role.stages}
    covers = map(list, itertools.product(*(demand.questions for demand in wanted)))
    is_possible = any(fits(wanted, room, chosen) for chosen in covers)
    assert is_possible == all(one.stage is None for one in proposal.unmet)


# --- the search, against all covers there are ---


@st.composite
def demands(draw: Any) -> tuple[list[Demand], dict[str, int]]:
    questions = {
        name: tuple(
            Question.model_validate(question(f"{name}{n}", minutes))
            for n, minutes in enumerate(draw(st.lists(st.sampled_from([5, 10, 15]), max_size=3)))
        )
        for name in "abc"
    }
    room = {f"s{n}": draw(st.sampled_from([5, 10, 15, 20, 25, 30])) for n in range(3)}
    step = {"s0": "s0", "s1": "s1", "s2": draw(st.sampled_from(["s0", "s2"]))}
    pairs = draw(st.lists(st.sampled_from(list(itertools.product(room, "abc"))), unique=True, max_size=6))
    wanted = [
        Demand(at, step[at], name, draw(st.integers(0, 3)), draw(st.booleans()), questions[name]) for at, name in pairs
    ]
    return wanted, room


def fits(wanted: list[Demand], room: dict[str, int], chosen: list[Question | None]) -> bool:
    owner: dict[str, str] = {}
    left = dict(room)
    for demand, one in zip(wanted, chosen, strict=True):
        if one is not None:
            left[demand.stage] -= one.minutes.most
            if owner.setdefault(one.id, demand.step) != demand.step or left[demand.stage] < 0:
                return False
    return True


def worth(wanted: list[Demand], met: list[int]) -> tuple[int, ...]:
    first = {wanted[position].competency for position in met if wanted[position].is_first}
    return (len(first), *(sum(wanted[position].tier == tier for position in met) for tier in range(4)))


@settings(max_examples=300, deadline=None)
@given(demands())
def test_no_cover_meets_more(given: tuple[list[Demand], dict[str, int]]) -> None:
    wanted, room = given
    found = cover_of(wanted, room)
    covers = itertools.product(*((*demand.questions, None) for demand in wanted))
    best = max(
        worth(wanted, [position for position, one in enumerate(chosen) if one is not None])
        for chosen in map(list, covers)
        if fits(wanted, room, chosen)
    )
    assert fits(wanted, room, [found.chosen.get(position) for position in range(len(wanted))])
    assert worth(wanted, list(found.chosen)) == best
    assert found.is_best


def test_a_cover_that_the_greedy_choice_misses() -> None:
    """The first stage must leave the short question to the second."""
    short, long = (Question.model_validate(question(name, minutes)) for name, minutes in (("short", 5), ("long", 20)))
    wanted = [Demand(at, at, "a", 0, True, (short, long)) for at in ("wide", "narrow")]
    room = {"wide": 20, "narrow": 10}
    assert cover_of(wanted, room) == Cover({0: long, 1: short}, True)
    assert cover_of(wanted, room, budget=0) == Cover({0: short}, False)


def test_a_spent_budget_is_said() -> None:
    role = role_of([competency("a", 5, 20)], [stage("one", 40, "a"), stage("two", 20, "a")])
    assert propose(role).unmet == ()
    cut = propose(role, budget=0)
    assert not cut.is_best
    assert "cut short" in as_yaml(cut)


def test_work_is_bounded() -> None:
    """Forty stages that score four competencies each, with too few minutes and questions for all."""
    entries = [competency(name, *[10, 11, 13, 17] * 3) for name in "abcdefgh"]
    stages = [stage(f"s{n}", 45, "a b c d" if n % 2 else "e f g h") for n in range(40)]
    role = role_of(entries, stages)
    proposal = propose(role)
    keeps_its_promises(role, proposal)
    assert not proposal.is_best
    assert len(proposal.unmet) > 0
