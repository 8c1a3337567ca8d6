"""Roles of a family side by side, and which of them to hire next."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from jdgen.advice import as_json, as_text
from jdgen.cli import app
from jdgen.compare import compared, comparison_document
from jdgen.family import families, roles_in_family
from jdgen.likeness import Statements
from jdgen.load import Library
from jdgen.nexthire import CLEAR, RANGE, SIGNAL, STAGE, Advice, Situation, advise, candidates_of, is_called
from jdgen.problem import JdgenError
from jdgen.render import Renderer
from jdgen.request import Request
from jdgen.situation import situation_of
from tests.cook import role_tree
from tests.programs import program

DRIFT = ("models are drifting", "stuck at 70% accuracy", "every competitor demo looks better than ours")


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def role(name: str, **more: Any) -> None:
    path = Path("role_specs", f"{name}.yaml")
    path.parent.mkdir(exist_ok=True)
    path.write_text(yaml.safe_dump({**role_tree(), **more}, allow_unicode=True), encoding="utf-8")


def stage(name: str, signals: list[str], wrong: list[str] = [], **more: Any) -> dict[str, Any]:  # noqa: B006 - only read
    fit = {"stage": name, "summary": f"Fits {name}.", "signals": signals, "wrong_hire": wrong, **more}
    return {"company_stage_fit": [fit], "caution": "A rough guide."}


@pytest.fixture
def kitchen() -> None:
    """A family of a restaurant: who is next depends on its own files."""
    role(
        "cook",
        title="Cook",
        family="Kitchen",
        context=stage(
            "early",
            ["Guests wait, since one person does all the cooking."],
            ["Invoices pile up unpaid although the food is good. Then a bookkeeper is missing."],
            performance={"least": 0, "most": 50},
        ),
        work_profile={"horizon": "short", "certainty": "high"},
    )
    role(
        "bookkeeper",
        title="Bookkeeper",
        family="Kitchen",
        context=stage(
            "growth", ["Invoices are paid late, and nobody knows the margin."], performance={"least": 50, "most": 80}
        ),
        work_profile={"horizon": "medium", "certainty": "medium"},
    )
    role("gardener", title="Gardener", family="Garden", context=stage("mature", ["The herbs die in winter."]))


def ask(situation: Situation, family: str | None = None) -> Advice:
    return advise(situation, candidates_of(Request(), family))


def found(advice: Advice) -> str | None:
    return advice.next.id if advice.next else None


# --- families --------------------------------------------------------------------------------------


def test_a_shipped_family_is_there_for_whoever_names_it(kitchen: None) -> None:
    shipped = ["ai-engineer", "ml-engineer", "software-engineer"]
    assert roles_in_family(Library(), "ai  builders") == shipped
    assert found(ask(Situation(symptoms=("models are drifting",)), "AI builders")) == "ai-engineer"
    assert compared(Request(), "AI builders").family == "AI builders"


def test_roles_are_sorted_by_family(kitchen: None) -> None:
    assert families(Library()) == {"Garden": ["gardener"], "Kitchen": ["bookkeeper", "cook"]}
    assert roles_in_family(Library(), " kitchen") == ["bookkeeper", "cook"]


@pytest.mark.parametrize(("name", "code"), [(None, "family.several"), ("Kitchn", "family.unknown")])
def test_a_family_must_be_told_where_there_are_several(kitchen: None, name: str | None, code: str) -> None:
    with pytest.raises(JdgenError) as caught:
        roles_in_family(Library(), name)
    assert [problem.code for problem in caught.value.problems] == [code]
    assert "Kitchen" in caught.value.problems[0].hint


# --- side by side ----------------------------------------------------------------------------------

ASPECTS = (
    *("layer", "horizon", "certainty", "Company stage", "Timelines", "Risk", "How certain outcomes are"),
    *("How it usually fails", "In their words", "Type of work", "Owns", "Does not own", "Core strengths"),
    *("With other people", "Tools", "Depth", "Growth", "Found in", "wrong hire", "What not to expect"),
    *("After 30 days", "After 90 days", "After 180 days", "70% and 90%"),
)


def test_the_shipped_roles_side_by_side() -> None:
    comparison = compared(Request())
    text = comparison_document(comparison, Renderer()).text
    assert [role.id for role in comparison.roles] == ["software-engineer", "ai-engineer", "ml-engineer"]
    assert [aspect for aspect in ASPECTS if aspect.lower() not in text.lower()] == []
    assert "| **Machine Learning Engineer** | model | long horizon | low certainty | Mature stage |" in text


def test_what_no_role_says_is_left_out_and_what_one_does_not_is_a_dash(kitchen: None) -> None:
    text = comparison_document(compared(Request(("cook", "bookkeeper", "gardener"))), Renderer()).text
    assert "Depth" not in text
    assert "| **Gardener** | – | – | – | Mature stage |" in text
    assert "Gardener has no place in the picture" in text
    assert "work_profile.horizon" in text
    assert "| – |" in text


def test_many_roles_stand_below_one_another(kitchen: None) -> None:
    for number in range(3):
        role(f"waiter-{number}", title=f"Waiter {number}", family="Kitchen")
    text = comparison_document(compared(Request(), "Kitchen"), Renderer()).text
    assert text.startswith("# Kitchen: the roles side by side")
    assert "**Waiter 2**" in text
    assert "<br>" not in text


def test_values_stay_text(kitchen: None) -> None:
    role("cook", title="Cook | <b>", family="Kitchen", layer="a | b", tools=["x | y"])
    document = comparison_document(compared(Request(), "Kitchen"), Renderer())
    assert "Cook \\| \\<b>" in document.text
    assert "• " not in document.text or "x \\| y" in document.text


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["cook"], "comparison.alone"),
        (["cook", "nobody"], "role.unknown"),
        (["--to", "xlsx", "cook", "bookkeeper"], "format.unknown"),
        (["--to", "docx", "cook", "bookkeeper"], "comparison.output"),
        (["--family", "Garten"], "family.unknown"),
    ],
)
def test_what_can_not_be_compared(kitchen: None, arguments: list[str], code: str) -> None:
    result = CliRunner().invoke(app, ["compare", *arguments])
    assert result.exit_code == 2
    assert f"[{code}]" in result.stderr


def test_a_comparison_as_files_and_for_programs(kitchen: None) -> None:
    result = CliRunner().invoke(app, ["compare", "--family", "kitchen", "--to", "md,docx,json", "-o", "out"])
    assert result.exit_code == 0
    assert result.stdout.split() == [f"out/kitchen-role-comparison.{suffix}" for suffix in ("json", "md", "docx")]
    data = json.loads(Path("out/kitchen-role-comparison.json").read_text(encoding="utf-8"))
    assert [(one["id"], one["horizon"]) for one in data["roles"]] == [("cook", "short"), ("bookkeeper", "medium")]
    assert data["roles"][1]["when"]["signals"] == ["Invoices are paid late, and nobody knows the margin."]
    assert json.loads(CliRunner().invoke(app, ["compare", "--family", "kitchen", "--to", "json"]).stdout) == data
    assert "[format.unknown]" in CliRunner().invoke(app, ["compare", "--family", "kitchen", "--to", ","]).stderr


def test_a_comparison_as_pdf(kitchen: None) -> None:
    program("soffice")
    assert CliRunner().invoke(app, ["compare", "--family", "kitchen", "--to", "pdf", "-o", "out"]).exit_code == 0
    assert Path("out/kitchen-role-comparison.pdf").read_bytes().startswith(b"%PDF")


# --- the next hire ---------------------------------------------------------------------------------


def test_the_opening_case_of_the_article() -> None:
    """Twelve software engineers, stuck at 70%, models that drift."""
    advice = ask(Situation(performance=70, symptoms=DRIFT, team=(("software-engineer", 12),)))
    assert found(advice) == "ai-engineer"
    text = as_text(advice)
    for said in ("at its edge", "Models drift", "stuck on a plateau", "Competitors' demos", "12 × Software Engineer"):
        assert said in " ".join(text.split())
    assert "What not to expect" in text
    assert "rough guide" in text
    data = json.loads(as_json(advice))
    assert data["next"] == "ai-engineer"
    assert {entry["role"] for entry in data["candidates"]} == {"ai-engineer", "ml-engineer", "software-engineer"}


@pytest.mark.parametrize(
    "symptom", [*DRIFT, "model drift", "accuracy has plateaued", "quality dropped without a deploy"]
)
def test_each_symptom_of_it_alone(symptom: str) -> None:
    assert found(ask(Situation(symptoms=(symptom,)))) == "ai-engineer"


@pytest.mark.parametrize(
    ("situation", "expected"),
    [
        (Situation(stage="early"), "software-engineer"),
        (Situation(stage="growth"), "ai-engineer"),
        (Situation(stage="mature"), "ml-engineer"),
        (Situation(performance=0), "software-engineer"),
        (Situation(performance=69.9), "software-engineer"),
        (Situation(performance=70), None),
        (Situation(performance=70.1), "ai-engineer"),
        (Situation(performance=90), "ai-engineer"),
        (Situation(performance=90.1), None),
        (Situation(stage="early", performance=95), None),
        (Situation(stage="growth", performance=50), None),
        (Situation(symptoms=("nobody knows whether users want it",)), "software-engineer"),
        (Situation(symptoms=("fine-tuning no longer moves anything",)), "ml-engineer"),
        (Situation(symptoms=("the coffee is cold",)), None),
        (Situation(), None),
    ],
)
def test_situations(situation: Situation, expected: str | None) -> None:
    advice = ask(situation)
    assert found(advice) == expected
    if expected is None:
        assert "What would settle it" in as_text(advice)
        assert json.loads(as_json(advice))["is_open"]


def test_what_contradicts_itself_is_said() -> None:
    text = " ".join(as_text(ask(Situation(stage="early", performance=95))).split())
    assert "does not fit together" in text
    assert "95% is outside 0% to 70%" in text
    assert "no spec names “the coffee is cold”" in as_text(ask(Situation(symptoms=("the coffee is cold",))))


def test_another_family_works_by_its_own_files(kitchen: None) -> None:
    late = Situation(symptoms=("our invoices are paid too late",))
    assert found(ask(late, "Kitchen")) == "bookkeeper"
    assert found(ask(Situation(performance=30), "Kitchen")) == "cook"
    assert found(ask(Situation(symptoms=("all herbs died last winter",)), "Garden")) == "gardener"
    advice = ask(Situation(symptoms=("unpaid invoices pile up",), team=(("Cooks", 3), ("dishwasher", 1))), "Kitchen")
    assert found(advice) == "bookkeeper"
    assert advice.on_board == {"cook": 3}
    assert advice.strangers == ("dishwasher",)
    assert any("names this role" in reason.text for reason in advice.weighed[0].reasons)
    assert any(reason.points < 0 for one in advice.weighed for reason in one.reasons)


def test_the_answer_follows_the_files(kitchen: None) -> None:
    """The control: with other ranges in the specs the same situation has another answer."""
    assert found(ask(Situation(performance=30), "Kitchen")) == "cook"
    role("cook", title="Cook", family="Kitchen", context=stage("early", ["x"], performance={"least": 80, "most": 90}))
    role(
        "bookkeeper", title="B", family="Kitchen", context=stage("growth", ["y"], performance={"least": 0, "most": 50})
    )
    assert found(ask(Situation(performance=30), "Kitchen")) == "bookkeeper"


def test_reasons_stand_at_their_place(kitchen: None) -> None:
    advice = ask(Situation(symptoms=("our invoices are paid too late",)), "Kitchen")
    (reason,) = advice.weighed[0].reasons
    file, _, line = reason.place.rpartition(":")
    assert "Invoices are paid late" in Path(file).read_text(encoding="utf-8").splitlines()[int(line) - 1]


def test_a_role_without_a_file_has_its_name_for_a_place() -> None:
    """Otherwise a place would be asked of a problem, 'nexthire.place'."""
    assert all(".yaml:" in one.place for one in candidates_of(Request()))


def test_points() -> None:
    assert (STAGE, RANGE, SIGNAL, CLEAR) == (3, 3, 2, 2)
    help_text = " ".join(CliRunner().invoke(app, ["next-hire", "--help"]).stdout.split())
    assert "stage (3 points, -3 for another)" in help_text
    assert "(2 each)" in help_text


def test_a_family_without_stages_says_what_to_write(kitchen: None) -> None:
    role("cook", title="Cook", family="Pantry")
    role("baker", title="Baker", family="Pantry")
    with pytest.raises(JdgenError) as caught:
        candidates_of(Request(), "Pantry")
    assert [problem.code for problem in caught.value.problems] == ["nexthire.nothing"]


# --- what people tell ------------------------------------------------------------------------------


def told(**more: Any) -> Situation:
    given = {"stage": None, "performance": None, "symptoms": [], "team": [], **more}
    return situation_of(**given, candidates=candidates_of(Request()))


def test_people_write_as_they_like() -> None:
    assert told(stage="Growth-stage").stage == "growth"
    assert told(stage="product consolidation").stage == "growth"
    assert [told(performance=each).performance for each in ("70", "70%", " 70,5 % ")] == [70, 70, 70.5]
    assert told(team=["software engineers=12, AI Engineer"]).team == (("software engineers", 12), ("AI Engineer", 1))


@pytest.mark.parametrize("name", ["software-engineer", "Software Engineers", "SOFTWARE_ENGINEER"])
def test_a_role_is_found_by_what_people_call_it(name: str) -> None:
    advice = ask(Situation(stage="early", team=((name, 2),)))
    assert advice.on_board == {"software-engineer": 2}
    assert not is_called("engineer", advice.weighed[0].candidate.role)


def test_everything_that_can_not_be_used_is_said_at_once() -> None:
    with pytest.raises(JdgenError) as caught:
        told(stage="grwoth", performance="many", symptoms=[" "], team=["cook=x", "=3", "cook=0", "a=b=c"])
    codes = sorted(problem.code for problem in caught.value.problems)
    assert codes == ["nexthire.performance", "nexthire.stage", "nexthire.symptom", *["nexthire.team"] * 4]
    assert any("growth" in problem.hint for problem in caught.value.problems)


def test_nothing_told_without_a_terminal() -> None:
    result = CliRunner().invoke(app, ["next-hire"])
    assert result.exit_code == 2
    assert "[nexthire.untold]" in result.stderr
    assert "--symptom" in result.stderr
    result = CliRunner().invoke(app, ["next-hire", "--stage", "early", "--format", "xml"])
    assert "[format.unknown]" in result.stderr


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ("growth\n\n\n\n", "ai-engineer"),
        ("\n30\n\nsoftware-engineer=2\n", "software-engineer"),
        ("\n\nour models are drifting\n\n", "ai-engineer"),
        ("\n\n1\n\n", "software-engineer"),
        ("\n\n\n\n", None),
    ],
)
def test_asked_on_a_terminal(monkeypatch: pytest.MonkeyPatch, answers: str, expected: str | None) -> None:
    monkeypatch.setattr("jdgen.cli.families.is_terminal", lambda: True)
    result = CliRunner().invoke(app, ["next-hire", "--format", "json"], input=answers)
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout[result.stdout.index("{") :])["next"] == expected


# --- likeness --------------------------------------------------------------------------------------


def test_words_are_likened_by_their_stems_in_several_languages() -> None:
    for language, one, other in (
        ("en", "Customers are leaving", "A customer left the shop; customers leave."),
        ("de", "Die Rechnungen wurden bezahlt", "Eine Rechnung wird nicht bezahlt."),
        ("ja", "精度が頭打ちになった", "精度が頭打ちで上がらない。"),
        ("ar", "تنحرف النماذج", "النماذج تنحرف دون نشر."),
        ("xx", "blorp fnord", "fnord blorp zork"),
    ):
        known = Statements([other, "Something else entirely, мимо."], language)
        near, far = known.likeness(one)
        assert near > 0.4, language
        assert far == 0, language
    assert Statements(["a"], "en").likeness("") == [0.0]
