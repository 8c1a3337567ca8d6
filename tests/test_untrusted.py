"""Templates of strangers: whatever they do, they end, and the sandbox keeps them in; an attack for each row."""

from __future__ import annotations

import os
import re
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
_OBJECTS = "<class|<function|<bound|<module|object at 0x|<built-in|<generator|<Undefined"
LEAKS = re.compile(rf"{_OBJECTS}|__\w+__|root:|secret-text")
"""What no document may hold, and no message: Python's own objects, and what lies elsewhere on the machine."""


@pytest.fixture
def role(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Role:
    folder_of_specs(tmp_path)
    (tmp_path / "secret.md.j2").write_text("secret-text")
    (tmp_path / "templates").mkdir()
    monkeypatch.chdir(tmp_path)
    return resolve_role(load_role("cook", Library()))


ATTACKS = {
    # Attributes that lead to classes, and from there to all that Python has.
    "class": "{{ role.__class__ }}",
    "class-of-text": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "class-of-list": "{{ [].__class__.__base__ }}",
    "class-of-number": "{{ (1).__class__ }}",
    "item-class": "{{ ''['__class__'] }}",
    "item-of-role": "{{ role['__class__'] }}",
    "slots": "{{ role.__slots__ }}",
    "fields-inside": "{{ role._fields }}",
    "noun-inside": "{{ role._noun }}",
    "dict-inside": "{{ role.__dict__ }}",
    "init": "{{ role.__init__.__globals__ }}",
    "getattr": "{{ role.__getattr__('_fields') }}",
    "getattribute": "{{ role.__getattribute__('_fields') }}",
    "doc": "{{ role.title.__doc__ }}",
    "html": "{{ role.title.__html__ }}",
    "reduce": "{{ role.__reduce_ex__(2) }}",
    "hash-of-tuple": "{{ role.responsibilities.__hash__() }}",
    "mappingproxy": "{{ role.headings.__class__ }}",
    "method-self": "{{ ''.join.__self__.__class__ }}",
    "function-globals": "{{ t.__func__.__globals__ }}",
    "function-code": "{{ t.__func__.__code__ }}",
    "bound-self": "{{ t.__self__ }}",
    "bound-self-inside": "{{ t.__self__._texts }}",
    "range-class": "{{ range(3).__class__ }}",
    "namespace-class": "{{ namespace().__class__ }}",
    "dict-class": "{{ dict.__subclasses__() }}",
    # Formats, which reach attributes by text.
    "format": "{{ '{0.__class__}'.format(role) }}",
    "format-map": "{{ '{a.__class__}'.format_map({'a': role}) }}",
    "format-filter": "{{ '{0.__class__}' | format(role) }}",
    "format-percent": "{{ '%s' | format(role) }}",
    "format-of-markup": "{{ t('kind.scorecard').format(role) }}",
    "format-kept": "{% set f = '{0.__class__}'.format %}{{ f(role) }}",
    "format-by-map": "{{ ['{0.__class__}'] | map('format', role) | list }}",
    "attr-filter": "{{ role | attr('__class__') }}",
    "attr-format": "{{ ('{0.__class__}' | attr('format'))(role) }}",
    "attr-kept": "{% set a = '__cla' ~ 'ss__' %}{{ role | attr(a) }}",
    # Filters and tests that take attributes' names.
    "map-attribute": "{{ [role] | map(attribute='__class__') | list }}",
    "map-dotted": "{{ [role] | map(attribute='title.__class__') | list }}",
    "selectattr": "{{ [role] | selectattr('__class__') | list }}",
    "sum": "{{ [role] | sum(attribute='__class__') }}",
    "sort": "{{ [role, role] | sort(attribute='__class__') }}",
    "groupby": "{{ [role] | groupby('__class__') }}",
    "unique": "{{ [role] | unique(attribute='__class__') | list }}",
    "min": "{{ [role] | min(attribute='__class__') }}",
    "join-attribute": "{{ [role] | join(', ', attribute='__class__') }}",
    "pprint": "{{ role | pprint }}",
    "tojson": "{{ role | tojson }}",
    "string": "{{ role | string }}",
    "list-of-view": "{{ role | list }}",
    "dictsort": "{{ role | dictsort }}",
    "items": "{{ role | items | list }}",
    "xmlattr": "{{ {'a': role} | xmlattr }}",
    "urlize": "{{ 'http://x.example' | urlize }}",
    "safe": "{{ '<script>' | safe }}",
    # What Jinja itself hands to templates.
    "self": "{{ self }}",
    "self-context": "{{ self._TemplateReference__context }}",
    "self-init": "{{ self.__init__.__globals__ }}",
    "cycler": "{{ cycler.__init__.__globals__ }}",
    "joiner": "{{ joiner.__init__.__globals__ }}",
    "lipsum": "{{ lipsum.__globals__ }}",
    "config": "{{ config }}",
    "environment": "{{ environment }}",
    "context-call": "{{ context.call }}",
    "loop": "{% for a in [1] %}{{ loop.__class__ }}{% endfor %}",
    "loop-inside": "{% for a in [1] %}{{ loop._iterator }}{% endfor %}",
    "macro": "{% macro m() %}{% endmacro %}{{ m.__class__ }}{{ m._func }}",
    "macro-printed": "{% macro m() %}{% endmacro %}{{ m }}",
    "caller": "{% macro m() %}{{ caller.__class__ }}{% endmacro %}{% call m() %}{% endcall %}",
    "block-self": "{% block b %}{{ self.b.__class__ }}{% endblock %}",
    "super": "{% extends 'jdgen/job-description.md.j2' %}{% block about %}{{ super.__class__ }}{% endblock %}",
    "import-module": "{% import 'jdgen/_macros.md.j2' as m %}{{ m.__class__ }}{{ m._body_stream }}",
    "generator": "{{ ([1] | map('string')).gi_frame }}",
    "generator-code": "{{ (role.stages | select).gi_code }}",
    "undefined": "{{ nothing.__class__ }}",
    "undefined-inside": "{{ nothing._undefined_obj }}",
    # Methods of what specs are made of.
    "model-dump": "{{ role.model_dump() }}",
    "model-copy": "{{ role.model_copy() }}",
    "model-fields": "{{ role.model_fields }}",
    "spec": "{{ role.spec }}",
    "phrases-inside": "{{ t._texts }}",
    # Changing what others see.
    "set-attribute": "{% set role.title = 'x' %}",
    "append": "{{ [].append(1) }}",
    "update": "{{ {}.update({'a': 1}) }}",
    "clear": "{{ role.headings.clear() }}",
    "sort-in-place": "{{ [2, 1].sort() }}",
    # Files elsewhere.
    "include-up": "{% include '../secret.md.j2' %}",
    "include-absolute": "{% include '/etc/passwd' %}",
    "include-home": "{% include '~/.bashrc' %}",
    "include-jdgen-up": "{% include 'jdgen/../pyproject.toml' %}",
    "include-backslash": "{% include '..\\\\secret.md.j2' %}",
    "include-null": "{% include 'a\\0b' %}",
    "import-up": "{% import '../secret.md.j2' as s %}{{ s }}",
    "extends-up": "{% extends '../secret.md.j2' %}",
    "include-by-link": "{% include 'link.md.j2' %}",
    "include-by-linked-folder": "{% include 'folder/secret.md.j2' %}",
    # Circles.
    "extends-itself": "{% extends 'job-description.md.j2' %}",
    "includes-itself": "{% include 'job-description.md.j2' %}",
    "imports-itself": "{% from 'job-description.md.j2' import m with context %}{{ m() }}{% macro m() %}{% endmacro %}",
    "macro-circle": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    # Syntax that is none, statements that are not there.
    "python": "{{ import os }}",
    "lambda": "{{ (lambda: 1)() }}",
    "do": "{% do role.title %}",
    "power": "{{ 9 ** 9 ** 9 ** 9 if false else 1 }}",
    "assigned-constant": "{% set None = 1 %}",
    "assigned-argument": "{% macro m(a, a) %}{% endmacro %}",
    "control-character": "{{ '\\x00' }}",
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_ends_in_a_sentence_or_in_harmless_text(role: Role, name: str) -> None:
    Path("templates/link.md.j2").symlink_to(Path("secret.md.j2").absolute())
    Path("templates/folder").symlink_to(Path.cwd(), target_is_directory=True)
    Path("templates", NAME).write_text(ATTACKS[name], encoding="utf-8")
    before = repr(role)
    try:
        text = render_document(role).text
    except JdgenError as error:
        text = ""
        for problem in error.problems:
            assert problem.code.startswith(("template.", "kind.", "locale."))
            assert problem.message
            # A message may say the name that the template itself asked for, and no more.
            assert not re.search(f"{_OBJECTS}|root:|secret-text", f"{problem.message} {problem.hint}")
    assert not LEAKS.search(text)
    assert repr(role) == before


def test_there_are_attacks_enough() -> None:
    assert len(ATTACKS) >= 100


def test_an_attack_that_succeeds_would_be_seen(role: Role) -> None:
    """The control: what a template may print, it prints; and what leaks look like is known."""
    Path("templates", NAME).write_text("{{ role.title }}", encoding="utf-8")
    assert render_document(role).text == "Cook\n"
    assert LEAKS.search(str(role.__class__))
    assert LEAKS.search(repr(render_document))
    assert LEAKS.search("root:x:0:0")


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
