"""JD-042: a job that asks for two roles of a family is caught, and its sentences named."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from docx import Document
from typer.testing import CliRunner

from jdgen.assets import ROLE_SPECS
from jdgen.cli import app
from jdgen.lint.family import Family, families, family_of
from jdgen.lint.mixed import check
from jdgen.lint.page import described, page_of
from jdgen.lint.stem import stem, stems, term
from jdgen.lint.vocabulary import profile_of, vocabulary_of
from jdgen.load import Library, load_role
from tests.evaluation.mixture import MIXED

RESEARCH = ["Pre-train our foundation models", "Publish at NeurIPS and ICML"]
PRODUCT = ["Build the React front end of our product", "Design REST APIs and the database behind it"]
ASKED = "# Engineer\n\n## What you will do\n\n"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def shipped() -> list[Family]:
    return families(Library(Path("none")))


def found(*arguments: str) -> list[dict[str, str]]:
    """The findings of the rule on the command line."""
    result = CliRunner().invoke(app, ["lint", *arguments, "--select", "JD-042", "--format", "json"])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return [each for each in json.loads(result.stdout)["findings"] if each["code"] == "JD-042"]


def posting(*duties: str, head: str = ASKED, tail: str = "") -> str:
    return head + "".join(f"- {duty}\n" for duty in duties) + tail


def messages(text: str, known: list[Family]) -> list[str]:
    return [finding.message for finding in check(described(page_of(text, "ad.md")), known)]


# --- finished postings ------------------------------------------------------------------------


def test_both_roles_and_their_sentences_are_named_with_their_places() -> None:
    Path("ad.md").write_text(posting(*RESEARCH, *PRODUCT), encoding="utf-8")
    (finding,) = found("ad.md")
    assert finding["severity"] == "warning"
    for part in (
        "the roles that ship with jdgen",
        "Machine Learning Engineer: 'Pre-train our foundation models' (5:3), 'Publish at NeurIPS and ICML' (6:3)",
        "Software Engineer, AI Product: 'Build the React front end of our ...' (7:3)",
    ):
        assert part in finding["message"]


@pytest.mark.parametrize("duties", [RESEARCH, PRODUCT, [*RESEARCH, PRODUCT[0]], [RESEARCH[0], *PRODUCT]])
def test_one_role_with_one_sentence_of_another_is_clean(duties: list[str], shipped: list[Family]) -> None:
    assert messages(posting(*duties), shipped) == []


@pytest.mark.parametrize(
    "others",
    [
        ["You will work with ML engineers, who pre-train our models and publish at NeurIPS", "You don't need a PhD"],
        ["You will not pre-train foundation models", "No publications at NeurIPS are asked for"],
        ["Researchers own pre-training and the GPU cluster", "Partner with our lab on ablations and loss functions"],
        ["Familiarity with deep learning", "Papers at NeurIPS are a plus"],
    ],
)
def test_what_is_denied_or_others_work_is_not_asked(others: list[str], shipped: list[Family]) -> None:
    assert messages(posting(*PRODUCT, *others), shipped) == []
    assert len(messages(posting(*PRODUCT, *RESEARCH), shipped)) == 1


def test_not_only_denies_nothing(shipped: list[Family]) -> None:
    asked = [f"Not only {sentence[0].lower()}{sentence[1:]}" for sentence in RESEARCH]
    assert len(messages(posting(*PRODUCT, *asked), shipped)) == 1


@pytest.mark.parametrize("heading", ["Nice to have", "About us", "What we offer", "You don't need"])
def test_other_sections_ask_for_nothing(heading: str, shipped: list[Family]) -> None:
    tail = f"\n## {heading}\n\n- {RESEARCH[0]}\n- {RESEARCH[1]}\n"
    assert messages(posting(*PRODUCT, tail=tail), shipped) == []
    assert len(messages(posting(*PRODUCT, tail=tail.replace(heading, "Requirements")), shipped)) == 1


def test_plain_text_and_word_files_are_read_alike() -> None:
    text = "Engineer\n\nWhat you will do\n\n" + "".join(f"* {each}\n" for each in (*RESEARCH, *PRODUCT))
    Path("ad.txt").write_text(text, encoding="utf-8")
    word = Document()
    word.add_heading("Engineer", 1)
    word.add_heading("What you will do", 2)
    for each in (*RESEARCH, *PRODUCT):
        word.add_paragraph(each, style="List Bullet")
    word.save("ad.docx")
    assert "(5:3)" in found("ad.txt")[0]["message"]
    assert "(3:1)" in found("ad.docx")[0]["message"]


def test_a_comment_with_a_reason_ignores_it() -> None:
    comment = "<!-- jdgen: ignore-file[JD-042] We are two people and know what we ask. -->\n\n"
    Path("ad.md").write_text(comment + posting(*RESEARCH, *PRODUCT), encoding="utf-8")
    assert found("ad.md") == []


def test_another_family_works_by_its_own_words() -> None:
    shutil.copytree(MIXED / "restaurant", "role_specs")
    kitchen = ["Write the menu and its recipes", "Order produce and cook on the line"]
    books = ["Reconcile bank statements with the ledger", "Prepare VAT returns and run payroll"]
    Path("ad.md").write_text(posting(*kitchen, *books), encoding="utf-8")
    (finding,) = found("ad.md")
    for part in ("by your specs", "Head Chef: 'Write the menu and", "Bookkeeper: 'Reconcile bank statements"):
        assert part in finding["message"]
    Path("ad.md").write_text(posting(*kitchen), encoding="utf-8")
    assert found("ad.md") == []


# --- role specs -------------------------------------------------------------------------------


def with_duties(role: str, *duties: str) -> None:
    shutil.copytree(ROLE_SPECS, "role_specs", dirs_exist_ok=True)
    path = Path("role_specs") / f"{role}.yaml"
    text = (ROLE_SPECS / path.name).read_text(encoding="utf-8")
    added = "".join(f"  - {duty}\n" for duty in duties)
    path.write_text(text.replace("\nresponsibilities:\n", f"\nresponsibilities:\n{added}", 1), encoding="utf-8")


def test_a_stray_duty_is_a_hint_and_several_are_a_mixed_job() -> None:
    with_duties("software-engineer")
    assert found("software-engineer") == []
    with_duties("software-engineer", RESEARCH[1])
    assert [each["severity"] for each in found("software-engineer")] == ["info"]
    with_duties("software-engineer", *RESEARCH)
    (finding,) = found("software-engineer")
    assert finding["severity"] == "warning"
    assert finding["message"].count("Machine Learning Engineer: '") == 2


def test_what_the_roles_own_scope_leaves_out_is_found() -> None:
    spec = (MIXED / "restaurant" / "chef.yaml").read_text(encoding="utf-8")
    Path("role_specs").mkdir()
    kin = (MIXED / "restaurant" / "bookkeeper.yaml").read_text(encoding="utf-8")
    Path("role_specs/bookkeeper.yaml").write_text(kin, encoding="utf-8")
    added = spec.replace("responsibilities:\n", "responsibilities:\n  - Look after the dining room and its guests.\n")
    Path("role_specs/chef.yaml").write_text(added, encoding="utf-8")
    assert "as its own scope says" in found("chef")[0]["message"]
    Path("role_specs/chef.yaml").write_text(spec, encoding="utf-8")
    assert found("chef") == []


@pytest.mark.parametrize("role", ["software-engineer", "ai-engineer", "ml-engineer"])
def test_the_shipped_roles_are_one_role_each(role: str) -> None:
    assert found(role) == []


def test_a_postings_additions_are_judged() -> None:
    with_duties("software-engineer")
    path = Path("role_specs/postings/software-engineer-2027-01.yaml")
    text = path.read_text(encoding="utf-8")
    assert found("software-engineer-2027-01") == []
    added = "".join(f"      - {each}\n" for each in RESEARCH)
    patched = text.replace("\npatch:\n", f"\npatch:\n  responsibilities:\n    add:\n{added}", 1)
    path.write_text(patched, encoding="utf-8")
    (finding,) = found("software-engineer-2027-01")
    assert finding["file"].endswith("postings/software-engineer-2027-01.yaml")


# --- words ------------------------------------------------------------------------------------


def test_forms_of_a_word_are_one_term() -> None:
    assert len({term(each) for each in ("pre-train", "pretraining", "Pre-trained", "pre-trains")}) == 1
    assert len({term(each) for each in ("front end", "front-end", "frontends")}) == 1
    assert stem("running") == stem("runs") == "run"
    assert stem("class") == "class"
    assert stems("You will work with the menu") == ["menu"]


def test_a_term_weighs_by_how_much_it_is_one_roles() -> None:
    roles = [
        load_role(name, Library(MIXED / "restaurant")) for name in ("bookkeeper", "chef", "front-of-house-manager")
    ]
    words = vocabulary_of([profile_of(role) for role in roles])
    menu, ledger = words.scores("the menu"), words.scores("the ledger")
    assert max(menu) == menu[1] > 0 == menu[0]
    assert max(ledger) == ledger[0] > 0
    assert words.scores("nothing of the sort") == [0, 0, 0]


def test_a_family_needs_two_roles() -> None:
    library = Library(MIXED / "restaurant")
    chef = load_role("chef", library)
    family = family_of(chef, library)
    assert family is not None
    assert [role.id for role in family.roles] == ["bookkeeper", "chef", "front-of-house-manager"]
    assert family_of(chef.model_copy(update={"family": None}), library) is None
    assert family_of(chef, Library(Path("none"))) is None
