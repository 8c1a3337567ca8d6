"""Attacks by a template of one's own: each is refused in plain words, or prints nothing of what runs it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest

from jdgen.load import load_role
from jdgen.problem import JdgenError
from jdgen.render import Renderer, render_document
from jdgen.resolve import resolve_role
from jdgen.scene import role_view
from jdgen.view import View, fields_of

ROLE = resolve_role(load_role("ai-engineer"))
SECRET = "hunter2-not-for-templates"
LEAK = re.compile(
    r"<\s*(?:class|function|bound|built-in|generator|module|frame|code|jinja2|method|\w+ object|\S+\.\w+ object)\b"
    r"|\bobject at\b|\b0x[0-9a-f]{6}|Traceback|\bdict_(?:items|keys|values)\b|mappingproxy\(|environ\(|Markup\("
    r"|jdgen\.\w|root:|__globals__'\]|site-packages|" + re.escape(SECRET),
    re.IGNORECASE,
)
"""What no document and no message holds: Python's own words for its objects, and what lies outside the folder."""


class Attack(NamedTuple):
    """A template and what must be so."""

    template: str
    must: str = ""
    """The code of the one problem; or `=` and the text of the document; or nothing if either will do."""
    files: Mapping[str, str] = MappingProxyType({})
    """Other files, by their paths from the folder of templates."""
    links: Mapping[str, str] = MappingProxyType({})
    """Links, by their paths, and where they lead: `/` begins the folder that holds that of the templates."""
    kind: str = "note"


BASE = "{% extends 'jdgen/job-description.md.j2' %}"
MACRO = "{% macro m() %}x{% endmacro %}"
BLOCK = "{% block a %}x{% endblock %}"
IMPORT = "{% import '_macros.md.j2' as m %}"
DENIED, MISSING, CIRCLE, UNKNOWN = "template.failed", "template.undefined", "template.circle", "template.unknown"
SYNTAX, CHARACTER, LOCALE = "template.syntax", "template.character", "locale.braces"


def in_card(phrase: str) -> Attack:
    """A phrase of a locale of one's own that a template prints."""
    said = f"card.subtitle: '{phrase}'\n"
    return Attack("{{ t('card.subtitle', role=role.title) }}", LOCALE, {"locales/en.yaml": said})


ATTACKS = {
    # --- attributes of Python's own
    "a class": Attack("{{ role.__class__ }}", DENIED),
    "a class by item": Attack("{{ role['__class__'] }}", DENIED),
    "a class by an escaped name": Attack(r"{{ ''['\x5f\x5fclass\x5f\x5f'] }}", DENIED),
    "a class by a joined name": Attack("{{ '' | attr('_' ~ '_class_' ~ '_') }}", DENIED),
    "a class of a number": Attack("{{ (1).real.__class__ }}", DENIED),
    "all classes": Attack("{{ ''.__class__.__mro__[1].__subclasses__() }}", DENIED),
    "all classes of a tuple": Attack("{{ ().__class__.__base__.__subclasses__() }}", DENIED),
    "the globals of a method": Attack("{{ role.__init__.__globals__ }}", DENIED),
    "the globals of a phrase": Attack("{{ t.__globals__ }}", MISSING),
    "who a phrase belongs to": Attack("{{ t.__self__._file }}", MISSING),
    "a function's own part": Attack("{{ t._called }}", DENIED),
    "a function's own call": Attack("{{ t.__call__.__self__ }}", DENIED),
    "private fields": Attack("{{ role._fields }}", DENIED),
    "private fields by item": Attack("{{ role['_fields'] }}", DENIED),
    "private fields by a method": Attack("{{ role.__getattr__('_fields') }}", DENIED),
    "a view's slots": Attack("{{ role.__slots__ }}", DENIED),
    "a view's dict": Attack("{{ role.__dict__ }}", MISSING),
    "a repr": Attack("{{ role.competencies.__repr__() }}", DENIED),
    "built-ins": Attack("{{ __builtins__ }}", MISSING),
    "an import of Python": Attack("{{ __import__('os').environ }}", MISSING),
    "a file opened": Attack("{{ open('/etc/passwd').read() }}", MISSING),
    # --- formats
    "a format": Attack("{{ '{0.__class__}'.format(role) }}", DENIED),
    "a format of private fields": Attack("{{ '{0._fields}'.format(role) }}", DENIED),
    "a format by item": Attack("{{ '{0[__class__]}'.format(role) }}", DENIED),
    "a format map": Attack("{{ '{a.__class__}'.format_map({'a': role}) }}", DENIED),
    "a format kept in a name": Attack("{% set f = '{0.__class__}'.format %}{{ f(role) }}", DENIED),
    "a format by attr": Attack("{{ ('{0.__class__}' | attr('format'))(role) }}", DENIED),
    "a format of Markdown": Attack("{{ ('{0.x.y}' | e).format(t) }}", MISSING),
    "a format of a function": Attack("{{ '{}'.format(t) }}", DENIED),
    "a format of a function by name": Attack("{{ '{a.__globals__}'.format(a=t) }}", MISSING),
    "a nested format": Attack("{{ '{0:{0.__class__}}'.format(role.title) }}", DENIED),
    "a percent sign": Attack("{{ '%s' % t }}", DENIED),
    "a percent sign with r": Attack("{{ '%r' % dict }}", "=a function\n"),
    "a percent sign with names": Attack("{{ '%(a)s' % {'a': namespace} }}", DENIED),
    "the format filter": Attack("{{ '%s' | format(range) }}", DENIED),
    "the format filter over a list": Attack("{{ ['%s'] | map('format', t) | join }}", DENIED),
    # --- filters that look into things
    "attr": Attack("{{ role | attr('__class__') }}", DENIED),
    "map of an attribute": Attack("{{ [role] | map(attribute='_fields') | first }}", DENIED),
    "map of attr": Attack("{{ [role] | map('attr', '__class__') | first }}", DENIED),
    "map of a method": Attack("{{ ['x'] | map(attribute='encode') | first }}", DENIED),
    "groupby": Attack("{{ ([role] | groupby('__class__'))[0][0] }}", DENIED),
    "groupby of private fields": Attack("{{ ([role] | groupby('_fields'))[0].grouper }}", DENIED),
    "sum": Attack("{{ [role] | sum(attribute='__class__') }}", DENIED),
    "sort": Attack("{{ role.competencies | sort(attribute='__class__') | first }}", DENIED),
    "unique": Attack("{{ [role] | unique(attribute='_fields') | list }}", DENIED),
    "min": Attack("{{ role.competencies | min(attribute='__class__') }}", DENIED),
    "selectattr": Attack("{{ [role] | selectattr('_fields') | list }}", DENIED),
    "join": Attack("{{ [role] | join(', ', '__class__') }}", DENIED),
    "the items of a view": Attack("{{ role | dictsort }}", DENIED),
    "a list for people who mend programs": Attack("{{ {'a': t} | pprint }}", "={'a': a function}\n"),
    # --- functions and other things printed
    "a function": Attack("{{ t }}", DENIED),
    "another function": Attack("{{ phrase }}", DENIED),
    "a class that is a function": Attack("{{ dict }}", DENIED),
    "range": Attack("{{ range }}", DENIED),
    "a range": Attack("{{ range(3) }}", DENIED),
    "namespace": Attack("{{ namespace }}", DENIED),
    "a namespace": Attack("{{ namespace(a=t) }}", DENIED),
    "a namespace's class": Attack("{% set n = namespace() %}{% set n.__class__ = t %}{{ n.__class__ }}", DENIED),
    "a namespace's inside": Attack("{{ namespace(a=1)._Namespace__attrs }}", DENIED),
    "a function joined": Attack("{{ t ~ '' }}", DENIED),
    "a function joined later": Attack("{% set x %}{{ dict ~ '' }}{% endset %}{{ x }}", DENIED),
    "a function joined where nothing runs": Attack("{{ 'x'.upper ~ '' }}", DENIED),
    "a function in capitals": Attack("{{ t | upper }}", DENIED),
    "a function letter by letter": Attack("{{ t | string | list | join('-') }}", DENIED),
    "a function for the web": Attack("{{ t | urlencode }}", DENIED),
    "a function in the middle": Attack("{{ t | center(200) }}", DENIED),
    "a function as a country": Attack("{{ t | country }}", DENIED),
    "a function as a number": Attack("{{ t | amount }}", DENIED),
    "a text as a number": Attack("{{ 'x' | amount }}", DENIED),
    "a function as a link": Attack("{{ t | link('https://example.com') }}", DENIED),
    "a function as a field": Attack("{{ t | field('a', 'text') }}", DENIED),
    "a function as a label": Attack("{{ 'x' | field('a', 'text', t) }}", DENIED),
    "a function as an option": Attack("{{ 'x' | field('a', 'choice', 'l', {'a': t}) }}", DENIED),
    "a function in a phrase": Attack("{{ t('document.paging', page=t, pages=1) }}", DENIED),
    "a function in a plain phrase": Attack("{{ phrase('document.paging', page=dict, pages=1) }}", DENIED),
    "a function as a key": Attack("{{ role[t] }}", DENIED),
    "a function as a place": Attack("{{ role.competencies[t] }}"),
    "a function in a list": Attack("{{ [t] ~ '' }}", "=\\[a function\\]\n"),
    "a list": Attack("{{ [t] }}", DENIED),
    "a list of functions joined": Attack("{{ [t, dict] | join }}", DENIED),
    "a method of a text": Attack("{{ 'x'.upper }}", DENIED),
    "a method of a list": Attack("{{ role.competencies.index }}", DENIED),
    "a method of a mapping": Attack("{{ role.headings.items }}", DENIED),
    "views of a mapping": Attack("{{ role.rating_options.values() }}", DENIED),
    "bytes": Attack("{{ 'é'.encode() }}", DENIED),
    "a class by bytes": Attack("{{ 'x'.encode().fromhex }}", DENIED),
    "a message of Python": Attack("{{ [].index(t) }}", DENIED),
    "a generator": Attack("{{ [1] | map('string') }}", DENIED),
    "a generator joined": Attack("{{ ([1] | map('string')) ~ '' }}", "=('1',)\n"),
    "a generator's frame": Attack("{{ ([1] | map('string')).gi_frame.f_back }}", MISSING),
    "a generator's method": Attack("{{ ([1] | select).send }}", MISSING),
    "a coroutine's frame": Attack("{{ t.cr_frame }}", MISSING),
    "batches": Attack("{{ ([1, 2] | batch(1)) ~ '' }}", "=([1], [2])\n"),
    "a reversed list": Attack("{{ ([1, 2] | reverse) ~ '' }}", "=(2, 1)\n"),
    "items": Attack("{{ (role.rating_options | items) | string }}"),
    # --- globals of Jinja
    "cycler": Attack("{{ cycler.__init__.__globals__ }}", DENIED),
    "joiner": Attack("{{ joiner }}", MISSING),
    "lipsum": Attack("{{ lipsum.__globals__ }}", MISSING),
    "lipsum itself": Attack("{{ lipsum() }}", MISSING),
    "the context": Attack("{{ context.environment }}", MISSING),
    "the configuration": Attack("{{ config }}{{ request }}", MISSING),
    "debug": Attack("{% debug %}", SYNTAX),
    "self": Attack("{{ self }}", DENIED),
    "the context of self": Attack("{{ self._TemplateReference__context }}", DENIED),
    "the context of self by attr": Attack("{{ self | attr('_TemplateReference__context') }}", DENIED),
    "the class of self": Attack("{{ self.__init__.__globals__ }}", DENIED),
    "a block": Attack(BLOCK + "{{ self.a }}", DENIED),
    "a block joined": Attack(BLOCK + "{{ self.a ~ '' }}", DENIED),
    "a block in a list": Attack(BLOCK + "{{ [self['a']] ~ '' }}", DENIED),
    "a block's inside": Attack(BLOCK + "{{ self.a._stack }}", DENIED),
    "a block's call": Attack(BLOCK + "{{ self.a.__call__ }}", DENIED),
    "super": Attack(BASE + "{% block title %}{{ super }}{% endblock %}", DENIED),
    "super joined": Attack(BASE + "{% block title %}{{ super ~ '' }}{% endblock %}", DENIED),
    "the call of super": Attack(BASE + "{% block title %}{{ super().__call__() }}{% endblock %}", MISSING),
    "the context of super": Attack(BASE + "{% block title %}{{ super._context }}{% endblock %}", DENIED),
    "what is above super": Attack(BASE + "{% block title %}{{ super.super() }}{% endblock %}", MISSING),
    "a macro": Attack(MACRO + "{{ m }}", DENIED),
    "a macro's function": Attack(MACRO + "{{ m._func.__globals__ }}", DENIED),
    "a macro's environment": Attack(MACRO + "{{ m._environment }}", DENIED),
    "a macro's call": Attack(MACRO + "{{ m.__call__ }}", DENIED),
    "a caller": Attack("{% macro m() %}{{ caller }}{% endmacro %}{% call m() %}x{% endcall %}", DENIED),
    "a caller's class": Attack(
        "{% macro m() %}{{ caller.__class__ }}{% endmacro %}{% call m() %}x{% endcall %}", DENIED
    ),
    "what a macro is given": Attack("{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(t, a=t) }}", DENIED),
    "a loop": Attack("{% for x in [1] %}{{ loop }}{% endfor %}", DENIED),
    "a loop's class": Attack("{% for x in [1] %}{{ loop.__class__ }}{% endfor %}", DENIED),
    "a loop's inside": Attack("{% for x in [1] %}{{ loop._iterator }}{% endfor %}", DENIED),
    "a loop's method": Attack("{% for x in [1] %}{{ loop.cycle ~ '' }}{% endfor %}", DENIED),
    "an imported file": Attack(IMPORT + "{{ m.__dict__ }}", DENIED),
    "an imported file's inside": Attack(IMPORT + "{{ m._body_stream }}", DENIED),
    "a function of an imported file": Attack(
        "{% import 'a.md.j2' as a %}{{ a.x }}", DENIED, {"a.md.j2": "{% set x = t %}"}
    ),
    "chance": Attack("{{ [1, 2] | random }}", SYNTAX),
    # --- what is not there
    "nothing": Attack("{{ nothing }}", MISSING),
    "a class of nothing": Attack("{{ nothing.__class__ }}", DENIED),
    "the inside of nothing": Attack("{{ nothing._undefined_obj }}", DENIED),
    "what had nothing": Attack("{{ role.nothing | attr('_undefined_obj') }}", DENIED),
    "a method of nothing": Attack("{{ role.nothing._fail_with_undefined_error }}", DENIED),
    "a default that is a function": Attack("{{ nothing | default(t) }}", DENIED),
    "a default that is a class": Attack("{{ nothing | default(role.__class__) }}", DENIED),
    "a list of nothing": Attack("{{ [role.__class__] | string }}", "=\\[Undefined\\]\n"),
    "the first of nothing": Attack("{{ [] | first }}", MISSING),
    # --- models
    "a dump": Attack("{{ role.model_dump() }}", MISSING),
    "a dump of a part": Attack("{{ role.competencies[0].model_dump_json() }}", MISSING),
    "a copy": Attack("{{ role.model_copy(update={'title': 'x'}) }}", MISSING),
    "the fields of a model": Attack("{{ role.model_fields }}", MISSING),
    "a model made": Attack("{{ role.model_construct() }}", MISSING),
    "the source of a spec": Attack("{{ role.origin }}", MISSING),
    # --- changes
    "a list longer": Attack("{{ role.competencies.append(1) }}", MISSING),
    "a list shorter": Attack("{{ role.competencies.pop() }}", MISSING),
    "a list sorted": Attack("{{ role.competencies.sort() }}", MISSING),
    "a mapping updated": Attack("{{ role.headings.update({'tools': 'x'}) }}", MISSING),
    "a mapping set": Attack("{{ role.headings.__setitem__('a', 1) }}", MISSING),
    "a mapping's entry out": Attack("{{ role.rating_options.pop('1') }}", MISSING),
    "a mapping's copy": Attack("{{ role.rating_options.copy().clear() }}", DENIED),
    "a title set": Attack("{% set role.title = 'x' %}{{ role.title }}", DENIED),
    "a do": Attack("{% do role.competencies.append(1) %}", SYNTAX),
    "a list of one's own": Attack("{% set x = [1] %}{{ x.append(2) }}", DENIED),
    "a dict of one's own": Attack("{% set x = {'a': 1} %}{{ x.update(b=2) }}", DENIED),
    "a dict by its class": Attack("{% set x = {'a': 1} %}{{ dict.update(x, b=2) }}{{ x.b }}", MISSING),
    "a dict's entry by its class": Attack("{% set x = dict(a=1) %}{{ dict.pop(x, 'a') }}", MISSING),
    "the class of dicts": Attack("{{ dict.__setattr__('a', 1) }}", DENIED),
    "a phrase for the next one": Attack("{% set t = 1 %}{{ t }}", "=1\n"),
    # --- files
    "an absolute path": Attack("{% include '/etc/passwd' %}", UNKNOWN),
    "an absolute path imported": Attack("{% import '/etc/passwd' as x %}{{ x }}", UNKNOWN),
    "an absolute path extended": Attack("{% extends '/etc/passwd' %}", UNKNOWN),
    "the folder above": Attack("{% include '../secret.md.j2' %}", UNKNOWN),
    "the folder above extended": Attack("{% extends '../secret.md.j2' %}", UNKNOWN),
    "the folder above imported": Attack("{% from '../secret.md.j2' import x %}", UNKNOWN),
    "the folder above what ships": Attack("{% include 'jdgen/../README.md' %}", UNKNOWN),
    "the root of what ships": Attack("{% include 'jdgen//etc/passwd' %}", UNKNOWN),
    "backslashes": Attack(r"{% include '..\\secret.md.j2' %}", UNKNOWN),
    "up and down": Attack("{% include 'locales/../../secret.md.j2' %}", UNKNOWN),
    "a path with a null": Attack(r"{% include 'a\0.md.j2' %}", UNKNOWN),
    "a path of half a character": Attack(r"{% include '\ud800' %}", UNKNOWN),
    "a path with an escape": Attack(r"{% include '\x1b[31m' %}", UNKNOWN),
    "several paths": Attack("{% include ['/etc/passwd', '../secret.md.j2'] %}", UNKNOWN),
    "a path that may be missing": Attack("{% include '../secret.md.j2' ignore missing %}", "=\n"),
    "a path made as it runs": Attack("{% set x = '../' ~ 'secret.md.j2' %}{% include x %}", UNKNOWN),
    "a function as a path": Attack("{% include t %}", DENIED),
    "a view as a path": Attack("{% extends role %}", DENIED),
    "a Word file": Attack("{% include 'house-style.docx' %}", "template.encoding"),
    "a link to a file": Attack("{% include 'x.md.j2' %}", UNKNOWN, links={"x.md.j2": "/secret.md.j2"}),
    "a link to a folder": Attack("{% include 'x/secret.md.j2' %}", UNKNOWN, links={"x": "/"}),
    "a link to a folder of a like name": Attack("{% include 'x/secret.md.j2' %}", UNKNOWN, links={"x": "/templates-2"}),
    "a link that is the template": Attack("", "kind.unknown", links={"linked.md.j2": "/secret.md.j2"}, kind="linked"),
    "a link to itself": Attack("", "kind.unknown", links={"turn.md.j2": "/templates/turn.md.j2"}, kind="turn"),
    "a link to nothing": Attack("", "kind.unknown", links={"gone.md.j2": "/nothing"}, kind="gone"),
    "a folder that is the template": Attack("", "kind.unknown", {"folder.md.j2/x": ""}, kind="folder"),
    # --- circles
    "itself extended": Attack("{% extends 'note.md.j2' %}", CIRCLE),
    "itself extended by a made name": Attack("{% extends 'note' ~ '.md.j2' %}", CIRCLE),
    "itself included": Attack("{% include 'note.md.j2' %}", CIRCLE),
    "itself imported": Attack("{% import 'note.md.j2' as n %}{{ n.x }}", CIRCLE),
    "a circle of parents": Attack(
        "{% extends 'a.md.j2' %}", CIRCLE, {"a.md.j2": "{% extends 'b.md.j2' %}", "b.md.j2": "{% extends 'a.md.j2' %}"}
    ),
    "a circle of includes": Attack(
        "{% include 'a.md.j2' %}", CIRCLE, {"a.md.j2": "{% include 'b.md.j2' %}", "b.md.j2": "{% include 'a.md.j2' %}"}
    ),
    "a circle of imports": Attack(
        "{% import 'a.md.j2' as a %}",
        CIRCLE,
        {"a.md.j2": "{% import 'b.md.j2' as b %}", "b.md.j2": "{% import 'a.md.j2' as a %}"},
    ),
    "a macro that calls itself": Attack("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", CIRCLE),
    "two macros that call each other": Attack(
        "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}", CIRCLE
    ),
    "a block that calls itself": Attack("{% block a %}{{ self.a() }}{% endblock %}", CIRCLE),
    "a loop without an end": Attack("{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}", CIRCLE),
    "brackets in brackets": Attack("{{ " + "(" * 300 + "1" + ")" * 300 + " }}", CIRCLE),
    "loops in loops": Attack("{% for x in [1] %}" * 25 + "{% endfor %}" * 25, SYNTAX),
    "blocks in blocks": Attack("{% if 1 %}" * 150 + "{% endif %}" * 150, SYNTAX),
    "one argument twice": Attack("{{ dict(a=1, a=2) }}", SYNTAX),
    "a list as a key where nothing runs": Attack("{% if {[]: 1} ~ '' %}{% endif %}", DENIED),
    # --- filters that are gone
    "safe": Attack("{{ '<b>' | safe }}", SYNTAX),
    "safe as a block": Attack("{% filter safe %}<b>{% endfilter %}", SYNTAX),
    "safe by a name": Attack("{{ ['<b>'] | map('safe') | first }}", DENIED),
    "urlize": Attack("{{ 'https://example.com' | urlize }}", SYNTAX),
    "tojson": Attack("{{ role | tojson }}", SYNTAX),
    "xmlattr": Attack("{{ {'a': 'b'} | xmlattr }}", SYNTAX),
    "forceescape": Attack("{{ '<b>' | forceescape }}", SYNTAX),
    "striptags": Attack("{{ '<b>' | striptags }}", SYNTAX),
    "no escaping": Attack("{% autoescape false %}{{ '<b>' }}{% endautoescape %}", "=\\<b>\n"),
    "a link to a script": Attack("{{ 'x' | link('javascript:alert(1)') }}", "=x\n"),
    "a link that ends early": Attack("{{ 'x' | link('https://a.b/)](javascript:x') }}"),
    # --- characters
    "a null": Attack(r"{{ '\0' }}", CHARACTER),
    "a bell": Attack(r"{{ '\x07' }}", CHARACTER),
    "an escape": Attack(r"{{ '\x1b[31m' }}", CHARACTER),
    "an override of direction": Attack(r"{{ '\u202e' }}", CHARACTER),
    "half a character": Attack(r"{{ '\ud800' }}", CHARACTER),
    "no character": Attack(r"{{ '\uffff' }}", CHARACTER),
    "a null by its number": Attack("{{ '%c' % 0 }}", CHARACTER),
    "an escape in a name": Attack(r"{{ role['\x1b[31m'] }}", MISSING),
    "an escape in a phrase's name": Attack(r"{{ t('\x1b[31m\n\n') }}", "locale.missing-phrase"),
    "lines in a message": Attack(r"{{ 'x'.encode('\n\n') }}", DENIED),
    "an escape in the kind line": Attack("{# kind: \x1b[31m=1 #}", "template.kind"),
    # --- phrases of one's own
    "an attribute in a phrase": in_card("{role.__class__}"),
    "an item in a phrase": in_card("{role[0]}"),
    "a repr in a phrase": in_card("{role!r}"),
    "an attribute in a phrase's form": in_card("{role:{role.__class__}}"),
    "the environment in a phrase's form": in_card(
        "{role:{role.escape.__func__.__globals__[t].sys.modules[os].environ[JDGEN_SECRET]}}"
    ),
    "a letter of the environment in a phrase": in_card(
        "{role:{role.escape.__func__.__globals__[t].sys.modules[os].environ[JDGEN_SECRET][0]}>60}"
    ),
    "a form that fails outside templates": Attack(
        "x", LOCALE, {"locales/en.yaml": "document.paging: '{page:d} of {pages}'\n"}
    ),
}  # fmt: skip

FURTHER = (
    "{{ [].__class__.__base__ }}",
    "{{ (1).__class__ }}",
    "{{ ''['__class__'] }}",
    "{{ role._noun }}",
    "{{ role.__getattribute__('_fields') }}",
    "{{ role.title.__doc__ }}",
    "{{ role.title.__html__ }}",
    "{{ role.__reduce_ex__(2) }}",
    "{{ role.responsibilities.__hash__() }}",
    "{{ role.headings.__class__ }}",
    "{{ ''.join.__self__.__class__ }}",
    "{{ t.__func__.__globals__ }}",
    "{{ t.__func__.__code__ }}",
    "{{ t.__self__ }}",
    "{{ t.__self__._texts }}",
    "{{ range(3).__class__ }}",
    "{{ namespace().__class__ }}",
    "{{ dict.__subclasses__() }}",
    "{{ '{0.__class__}' | format(role) }}",
    "{{ '%s' | format(role) }}",
    "{{ t('kind.scorecard').format(role) }}",
    "{{ ['{0.__class__}'] | map('format', role) | list }}",
    "{% set a = '__cla' ~ 'ss__' %}{{ role | attr(a) }}",
    "{{ [role] | map(attribute='__class__') | list }}",
    "{{ [role] | map(attribute='title.__class__') | list }}",
    "{{ [role] | selectattr('__class__') | list }}",
    "{{ [role, role] | sort(attribute='__class__') }}",
    "{{ [role] | groupby('__class__') }}",
    "{{ [role] | unique(attribute='__class__') | list }}",
    "{{ [role] | min(attribute='__class__') }}",
    "{{ [role] | join(', ', attribute='__class__') }}",
    "{{ role | pprint }}",
    "{{ role | string }}",
    "{{ role | list }}",
    "{{ role | items | list }}",
    "{{ {'a': role} | xmlattr }}",
    "{{ 'http://x.example' | urlize }}",
    "{{ '<script>' | safe }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ config }}",
    "{{ environment }}",
    "{{ context.call }}",
    "{% for a in [1] %}{{ loop.__class__ }}{% endfor %}",
    "{% for a in [1] %}{{ loop._iterator }}{% endfor %}",
    "{% macro m() %}{% endmacro %}{{ m.__class__ }}{{ m._func }}",
    "{% macro m() %}{% endmacro %}{{ m }}",
    "{% macro m() %}{{ caller.__class__ }}{% endmacro %}{% call m() %}{% endcall %}",
    "{% block b %}{{ self.b.__class__ }}{% endblock %}",
    "{% extends 'jdgen/job-description.md.j2' %}{% block about %}{{ super.__class__ }}{% endblock %}",
    "{% import 'jdgen/_macros.md.j2' as m %}{{ m.__class__ }}{{ m._body_stream }}",
    "{{ ([1] | map('string')).gi_frame }}",
    "{{ (role.stages | select).gi_code }}",
    "{{ role.model_copy() }}",
    "{{ role.spec }}",
    "{{ t._texts }}",
    "{% set role.title = 'x' %}",
    "{{ [].append(1) }}",
    "{{ {}.update({'a': 1}) }}",
    "{{ role.headings.clear() }}",
    "{{ [2, 1].sort() }}",
    "{% include '~/.bashrc' %}",
    "{% include 'jdgen/../pyproject.toml' %}",
    "{% include 'a\\0b' %}",
    "{% import '../secret.md.j2' as s %}{{ s }}",
    "{% include 'link.md.j2' %}",
    "{% include 'folder/secret.md.j2' %}",
    "{{ import os }}",
    "{{ (lambda: 1)() }}",
    "{% do role.title %}",
    "{{ 9 ** 9 ** 9 ** 9 if false else 1 }}",
    "{% set None = 1 %}",
    "{% macro m(a, a) %}{% endmacro %}",
    "{{ '\\x00' }}",
)
"""Written apart from those above: each is refused or prints nothing of harm, and which of the two does not matter."""
ATTACKS |= {template: Attack(template) for template in FURTHER}


class Outcome(NamedTuple):
    """What came of an attack: a text, or problems."""

    text: str
    codes: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """All that a person gets to see, as it would be read."""
        said = "\n".join((self.text, *self.messages))
        return said.replace("\\", "").replace("&lt;", "<").replace("u003c", "<")


def outcome(attack: Attack, folder: Path) -> Outcome:
    """Renders the attack in a folder of its own, beside a file that it must not reach."""
    own = folder / "templates"
    (folder / "templates-2").mkdir(parents=True)
    own.mkdir()
    for secret in (folder, folder / "templates-2"):
        (secret / "secret.md.j2").write_text(SECRET, encoding="utf-8")
    if attack.template:
        (own / f"{attack.kind}.md.j2").write_text(attack.template, encoding="utf-8")
    for name, text in attack.files.items():
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        (own / name).write_text(text, encoding="utf-8")
    for name, target in attack.links.items():
        (own / name).symlink_to(folder / target.removeprefix("/"))
    try:
        text = render_document(ROLE, attack.kind, templates=own).text
    except JdgenError as error:
        said = [part for problem in error.problems for part in (problem.message, problem.hint)]
        plain = tuple(part.replace(str(folder), "") for part in said)
        return Outcome("", tuple(problem.code for problem in error.problems), plain)
    return Outcome(text)


@pytest.fixture(autouse=True)
def _with_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "JDGEN_SECRET", SECRET)


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_gets_nothing(name: str, tmp_path: Path) -> None:
    attack = ATTACKS[name]
    found = outcome(attack, tmp_path / "here")
    assert not LEAK.search(found.told.replace("jdgen.md", ""))
    assert str(tmp_path) not in found.told
    for message in found.messages:
        assert "\n" not in message
        assert message.isprintable()
    if attack.must.startswith("="):
        assert (found.codes, found.text) == ((), attack.must[1:])
    elif attack.must:
        assert found.codes == (attack.must,)
        assert found.messages[0]
    else:
        assert not found.codes or found.codes[0].startswith("template.")


def test_there_are_attacks_of_all_sorts() -> None:
    assert len(ATTACKS) > 200
    assert {attack.must for attack in ATTACKS.values()} > {DENIED, MISSING, CIRCLE, UNKNOWN, SYNTAX, CHARACTER, LOCALE}
    assert all(re.fullmatch(r"|=.*\n|(?:template|locale|kind)\.[a-z-]+", each.must) for each in ATTACKS.values())
    assert len({(each.template, str(each.files), str(each.links)) for each in ATTACKS.values()}) == len(ATTACKS)


@pytest.mark.parametrize(
    "leak",
    [
        repr(dict),
        repr(len),
        repr("".upper),
        repr(ROLE.__class__.__init__),
        repr(iter([])),
        repr(object()),
        repr(os.environ.copy)[:30],
        str({"a": 1}.items()),
        f"<bound method X of <{ROLE.__module__}.Role object>>",
        SECRET,
    ],
    ids=["class", "function", "method", "slot", "iterator", "object", "environment", "view", "address", "secret"],
)
def test_the_control_a_leak_is_seen(leak: str) -> None:
    escaped = leak.replace("<", "\\<")
    assert all(LEAK.search(Outcome(text).told) for text in (leak, escaped, leak.replace("<", "&lt;")))


def test_the_control_a_good_template_prints_what_it_asks_for(tmp_path: Path) -> None:
    template = (
        "{# kind: audience=internal #}\n{% set ns = namespace(n=0) %}"
        "{% for c in role.competencies %}{% set ns.n = ns.n + 1 %}{{ loop.cycle('a', 'b') }}{% endfor %}\n\n"
        "{{ ns.n }} {{ 'x'.upper() }} {{ '%s' % role.title }} {{ '{}'.format(role.title) }} {{ 1000 | amount }}\n"
        "{{ range(3) | map('string') | join('-') }} {{ [2, 1] | sort | join('-') }} {{ dict(a=1).a }}\n"
        "{{ role.competencies | map(attribute='id') | select('equalto', 'x') | list | length }}"
        "{{ 'abc' | reverse }} {{ role.rating_options | items | map('first') | join('-') }}\n"
    )
    found = outcome(Attack(template), tmp_path)
    count = len(ROLE.competencies)
    assert found.text.splitlines() == [
        "ab" * (count // 2) + "a" * (count % 2),
        f"{count} X AI Engineer AI Engineer 1,000",
        "0-1-2 1-2 1",
        "0cba 1-2-3-4-5-not-assessed",
    ]


def test_the_control_blocks_and_macros_are_called(tmp_path: Path) -> None:
    parent = "{% block a %}A{% endblock %}{% block b %}B{% endblock %}"
    middle = "{% extends 'a.md.j2' %}{% block a %}M{{ super() }}{% endblock %}"
    text = "{% extends 'b.md.j2' %}{% block a %}{{ super() }}{{ super.super() }}{{ self.b() }}{% endblock %}"
    found = outcome(Attack(text, files={"a.md.j2": parent, "b.md.j2": middle}), tmp_path)
    assert found.text == "MAABB\n"


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    attack = Attack("{% include 'x.md.j2' %}", files={"y.md": "inside"}, links={"x.md.j2": "/templates/y.md"})
    assert outcome(attack, tmp_path).text == "inside\n"


@pytest.mark.parametrize("name", ["x.md.j2", "../x", "\x1b[31m.md.j2", "A B.md.j2"])
def test_what_else_lies_in_the_folder_breaks_no_other_document(name: str, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / name).symlink_to("nothing")
    (tmp_path / "templates" / "folder.md.j2").mkdir()
    try:
        document = render_document(ROLE, templates=tmp_path / "templates")
    except JdgenError as error:
        (problem,) = error.problems
        assert problem.code == "template.name"
        assert problem.message.isprintable()
    else:
        assert document.text.startswith("# AI Engineer")


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    template = "\ufeff{# kind: audience=candidate #}\n# {{ role.title }}\n"
    (tmp_path / "note.md.j2").write_text(template, encoding="utf-8")
    assert Renderer(tmp_path).kinds["note"].audience == "candidate"
    assert render_document(ROLE, "note", templates=tmp_path).text == "# AI Engineer\n"


# --- what templates hold --------------------------------------------------------------------------

FROZEN = (str, int, float, type(None), tuple, MappingProxyType, View)


def held(value: Any) -> Iterator[Any]:
    """A value and all that can be reached from it."""
    yield value
    if isinstance(value, View):
        value = fields_of(value)
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, tuple) else ()
    for part in inner:
        yield from held(part)


@cache
def roles() -> tuple[View, ...]:
    renderer = Renderer(Path("none"))
    found = []
    for name in ("ai-engineer", "ml-engineer", "software-engineer"):
        role = resolve_role(load_role(name))
        found.append(role_view(role, renderer.phrases(role.language)))
    return tuple(found)


def changeable(values: tuple[Any, ...]) -> set[str]:
    """The types of what a template could reach and change."""
    return {type(part).__name__ for value in values for part in held(value) if not isinstance(part, FROZEN)}


def test_nothing_that_templates_hold_can_be_changed() -> None:
    assert sum(1 for _ in held(roles()[0])) > 1_000
    assert changeable(roles()) <= {"Decimal", "date"}


def test_the_control_what_can_be_changed_is_seen() -> None:
    assert changeable((View("a thing", {"list": [1], "dict": ({},)}),)) == {"list", "dict"}


def test_attacks_leave_the_next_document_as_it_was(tmp_path: Path) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    before = {
        name: render_document(ROLE, name, templates=tmp_path).text for name in ("job-description", "question-bank")
    }
    (own / "note.md.j2").write_text("x", encoding="utf-8")
    renderer = Renderer(own)
    for attack in ATTACKS.values():
        if not attack.files and not attack.links:
            (own / "note.md.j2").write_text(attack.template, encoding="utf-8")
            render: Callable[[], object] = lambda: renderer.render(ROLE, renderer.kinds["note"], "note")  # noqa: E731
            try:
                render()
            except JdgenError:
                continue
    after = {name: renderer.render(ROLE, renderer.kinds[name], name).text for name in before}
    assert after == before
