"""Templates of strangers: whatever they do, they end. What they may not reach, `test_template_attacks` says."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from jdgen import bounds, workshop
from jdgen.bounds import Bounds
from jdgen.build import build_kits
from jdgen.check import check_kits
from jdgen.load import Library, load_role
from jdgen.problem import JdgenError
from jdgen.render import render_document
from jdgen.request import Request
from jdgen.resolve import resolve_role
from jdgen.role import Role
from tests.test_incremental import folder_of_specs

NAME = "job-description.md.j2"


@pytest.fixture
def role(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Role:
    folder_of_specs(tmp_path)
    (tmp_path / "templates").mkdir()
    monkeypatch.chdir(tmp_path)
    return resolve_role(load_role("cook", Library()))


ENDLESS = {
    "loops": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "recursion": "{% macro m(n) %}{% for i in range(999) %}{{ m(n + 1) if n < 9 }}{% endfor %}{% endmacro %}{{ m(0) }}",
    "text": "{{ '%0999999999d' | format(1) }}",
    "doubling": "{% set ns = namespace(s='x' * 99) %}{% for i in range(60) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
    "lists": "{% set ns = namespace(l=[1]) %}{% for i in range(60) %}{% set ns.l = ns.l + ns.l %}{% endfor %}",
    "center": "{{ 'x' | center(9999999999) }}",
    "indent": "{{ ('a\n' * 100000) | indent(99999) }}",
    "power": "{{ (9 ** 99999) ** 999 }}",
    "multiplied": "{{ 'x' * 99999999999 }}",
    "batch": "{{ [1] | batch(999999999, 0) | list | length }}",
    "regex": "{{ ('a' * 100000) | replace('a', 'b' * 100000) }}",
    "wordwrap": "{{ ('a ' * 3000000) | wordwrap(1) }}",
}


@pytest.mark.parametrize("name", ENDLESS)
def test_what_would_not_end_is_ended(role: Role, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("templates", NAME).write_text(ENDLESS[name], encoding="utf-8")
    monkeypatch.setattr(workshop, "Bounds", lambda: Bounds(seconds=3, memory=128 << 20))
    started = time.monotonic()
    with pytest.raises(JdgenError) as caught:
        build_kits(Request(("cook",), trusts_templates=False))
    assert time.monotonic() - started < 60
    assert {problem.code.partition(".")[0] for problem in caught.value.problems} == {"template"}
    assert all(problem.message for problem in caught.value.problems)
    assert not list(Path("output").rglob("*.md"))


def test_what_ends_is_built_as_ever_within_bounds(role: Role) -> None:
    trusted = Request(output=Path("one"))
    untrusted = replace(trusted, output=Path("two"), trusts_templates=False)
    build_kits(trusted)
    build_kits(untrusted)
    files = {path.relative_to("one"): path.read_bytes() for path in Path("one").rglob("*") if path.is_file()}
    assert files == {path.relative_to("two"): path.read_bytes() for path in Path("two").rglob("*") if path.is_file()}
    assert check_kits(untrusted, thorough=True).differences == ()


def test_one_endless_kit_does_not_hide_the_problems_of_others(role: Role, monkeypatch: pytest.MonkeyPatch) -> None:
    template = (
        "{% if role.id == 'baker' %}" + ENDLESS["loops"] + "{% elif role.id == 'waiter' %}{{ nothing }}{% endif %}"
    )
    Path("templates", NAME).write_text(template, encoding="utf-8")
    monkeypatch.setattr(workshop, "Bounds", lambda: Bounds(seconds=1))
    with pytest.raises(JdgenError) as caught:
        build_kits(Request(("baker", "cook", "waiter"), trusts_templates=False))
    assert {problem.code for problem in caught.value.problems} == {"template.bounds", "template.undefined"}
    assert any("the kit of 'baker' took more than 1 seconds" in problem.message for problem in caught.value.problems)


def test_pdf_files_need_trust(role: Role) -> None:
    with pytest.raises(JdgenError) as caught:
        build_kits(Request(("cook",), formats=("pdf",), trusts_templates=False))
    assert [problem.code for problem in caught.value.problems] == ["format.trust"]


def test_a_system_without_bounds_says_so(role: Role, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "resource", None)
    with pytest.raises(JdgenError) as caught:
        build_kits(Request(("cook",), trusts_templates=False))
    assert [problem.code for problem in caught.value.problems] == ["template.unbound"]


@pytest.mark.skipif(os.name == "nt", reason="no bounds there")
def test_the_control_a_process_without_bounds_goes_on(role: Role) -> None:
    """A loop that takes longer than the bounds above is what they end, and not something else."""
    Path("templates", NAME).write_text("{% for a in range(3000) %}{% for b in range(300) %}{% endfor %}{% endfor %}x")
    assert build_kits(Request(("cook",), kinds=("job-description",))).problems == ()


@pytest.mark.parametrize(
    "phrase", ["{count:{count.__class__}}", "{count:d}", "{count!r}", "{count:>9999999999}", "{count.__class__}"]
)
def test_a_phrase_cannot_format(role: Role, phrase: str) -> None:
    Path("templates/locales").mkdir()
    Path("templates/locales/en.yaml").write_text(f"guide.welcome: '{phrase} {{time}}'\n", encoding="utf-8")
    with pytest.raises(JdgenError) as caught:
        render_document(role, "candidate-guide")
    assert [problem.code for problem in caught.value.problems] == ["locale.braces"]
