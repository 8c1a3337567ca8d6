"""Templates of one's own: blocks, whole files, new kinds, phrases, and what they can't do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from jdgen.assets import TEMPLATES
from jdgen.load import load_role
from jdgen.problem import JdgenError
from jdgen.render import Renderer, render_document
from jdgen.resolve import resolve_role

ROLE = resolve_role(load_role("ai-engineer"))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "templates"
    folder.mkdir()
    return folder


def rendered(own: Path, kind: str, text: str, stage: str | None = None) -> str:
    (own / f"{kind}.md.j2").write_text(text, encoding="utf-8")
    return render_document(ROLE, kind, templates=own, stage=stage).text


def refused(own: Path, text: str) -> str:
    with pytest.raises(JdgenError) as error:
        rendered(own, "note", text)
    return str(error.value)


def test_one_block_is_overridden_and_the_others_stay(own: Path) -> None:
    text = rendered(
        own, "job-description", '{% extends "jdgen/job-description.md.j2" %}{% block tools %}\n## Kit\n{% endblock %}'
    )
    assert "## Kit" in text
    assert "Tools you will meet" not in text
    assert "## What you will do" in text


def test_a_block_can_hold_what_it_replaces(own: Path) -> None:
    text = rendered(
        own,
        "job-description",
        '{% extends "jdgen/job-description.md.j2" %}{% block tools %}{{ super() }}\n\nAnd tea.\n{% endblock %}',
    )
    assert "Tools you will meet" in text
    assert "And tea." in text


def test_a_whole_template_is_replaced(own: Path) -> None:
    assert rendered(own, "job-description", "# {{ role.title }}\n") == "# AI Engineer\n"


def test_a_template_of_a_new_name_is_a_new_kind(own: Path) -> None:
    (own / "welcome.md.j2").write_text(
        "{# kind: audience=candidate per=stage #}\n# {{ stage.name }}\n", encoding="utf-8"
    )
    kind = Renderer(own).kinds["welcome"]
    assert (kind.audience, kind.per) == ("candidate", "stage")
    document = render_document(ROLE, "welcome", templates=own, stage="partners")
    assert document.text == "# Product and engineering partners\n"
    assert document.label == "Welcome"
    assert document.version == ""


def test_a_phrase_is_replaced(own: Path) -> None:
    (own / "locales").mkdir()
    (own / "locales" / "en.yaml").write_text("section.tools: Our tools\n", encoding="utf-8")
    assert "## Our tools" in render_document(ROLE, templates=own).text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "a\n{{ role.titel }}\n",
            "note.md.j2:2: error: role has no 'titel'  [template.undefined]\n      hint: did you mean 'title'?",
        ),
        ("{{ rol.title }}", "there is nothing called 'rol'"),
        ("{{ stage.name }}", "begin the template with {# kind: per=stage #}"),
        ("{% if %}", "note.md.j2:1: error: Expected an expression"),
        ("a\n\n{% include 'nothing.md.j2' %}", "note.md.j2:3: error: there is no template 'nothing.md.j2'"),
        ("{{ role.team }}", "prints a value that is absent"),
        ("{{ role.responsibilities }}", "prints a list  [template.failed]"),
        ("{{ 1 / 0 }}", "note.md.j2:1: error: division by zero"),
        ("{{ t('nothing.here') }}", "has no phrase 'nothing.here'"),
    ],
)
def test_errors_name_file_line_and_what_to_write(own: Path, text: str, said: str) -> None:
    assert said in refused(own, text)


@pytest.mark.parametrize(
    "attack",
    [
        "{{ role.__class__ }}",
        "{{ role._fields }}",
        "{{ role.__init__.__globals__ }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ t.__globals__ }}",
        "{{ role | attr('__class__') }}",
        "{{ role.competencies.append(1) }}",
        "{{ role.headings.update({}) }}",
        "{% set role.title = 'x' %}{{ role.title.x }}",
        "{{ role.model_copy() }}",
        "{{ cycler }}",
        "{{ lipsum() }}",
        "{{ '{0.__class__}'.format(role) }}",
    ],
)
def test_what_templates_can_not_do(own: Path, attack: str) -> None:
    with pytest.raises(JdgenError):
        rendered(own, "note", attack)


def test_a_link_out_of_the_folder_is_not_followed(own: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md.j2"
    secret.write_text("secret", encoding="utf-8")
    (own / "linked.md.j2").symlink_to(secret)
    assert "there is no template 'linked.md.j2'" in refused(own, "{% include 'linked.md.j2' %}")


def test_every_section_of_a_shipped_template_is_a_block() -> None:
    renderer = Renderer(Path("none"))
    for kind in renderer.kinds.values():
        assert len(renderer.blocks(kind)) >= 5, kind.name


def test_values_that_look_like_templates_stay_text(own: Path) -> None:
    spec = load_role("ai-engineer").model_copy(update={"tagline": "{{ 7 * 7 }} {% if %}"})
    assert "{{ 7 \\* 7 }} {% if %}" in render_document(resolve_role(spec), templates=own).text


def test_the_shipped_templates_work_as_ones_own(tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(TEMPLATES, own)
    for kind in ("job-description", "interview-plan"):
        assert render_document(ROLE, kind, templates=own).text == render_document(ROLE, kind, templates=tmp_path).text


def test_text_that_is_joined_to_a_phrase_is_escaped(own: Path) -> None:
    spec = load_role("ai-engineer").model_copy(update={"title": "R&D *x* <b>"})
    (own / "note.md.j2").write_text("{{ t('plan.version') ~ ': ' ~ role.title }}", encoding="utf-8")
    text = render_document(resolve_role(spec), "note", templates=own).text
    assert text == "Kit version: R&D \\*x\\* \\<b>\n"
