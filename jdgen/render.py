"""A Role and a kind of document -> Markdown, by a template: yours first, then the shipped one."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import quote

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from jdgen import assets
from jdgen.document import INDEX, KINDS, Document, DocumentKind
from jdgen.escape import escaped, rich, rich_line
from jdgen.phrases import Phrases, load_phrases
from jdgen.problem import JdgenError, Problem, nearest
from jdgen.role import Role
from jdgen.spec import Rich
from jdgen.tidy import tidied
from jdgen.view import View, fields_of, noun_of, role_view

SUFFIX = ".md.j2"
_HEADER = re.compile(r"\{#-?\s*kind:\s*(?P<settings>[^#]*?)\s*-?#\}")
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "audience": ("candidate", "internal"),
    "per": ("role", "stage", "scored-stage"),
}
# These would take text for HTML, or let it pass unescaped.
_REMOVED_FILTERS = ("safe", "urlize", "xmlattr", "tojson", "forceescape", "striptags")


class Renderer:
    """Templates of one search path, compiled once, for any number of roles."""

    def __init__(self, own: Path = Path("templates"), shipped: Path = assets.TEMPLATES) -> None:
        """Looks for templates in `own` before `shipped`; `own` need not exist."""
        self._own, self._shipped = own, shipped
        self._phrases: dict[str, Phrases] = {}

    @cached_property
    def kinds(self) -> dict[str, DocumentKind]:
        """The shipped kinds, then one for each further template of the user's.

        Raises JdgenError for a template whose kind line can't be read.
        """
        kinds = dict(KINDS)
        for path in sorted(self._own.glob(f"[!_.]*{SUFFIX}")) if self._own.is_dir() else ():
            name = path.name.removesuffix(SUFFIX)
            if name not in kinds and name != INDEX.name and path.resolve().parent != self._shipped.resolve():
                kinds[name] = _declared(name, path)
        return kinds

    def phrases(self, language: str) -> Phrases:
        """The phrases of a language. Raises JdgenError if there are none."""
        if language not in self._phrases:
            self._phrases[language] = load_phrases(language, (self._own, self._shipped))
        return self._phrases[language]

    def render(self, role: Role, kind: DocumentKind, name: str, *, stage: str | None = None, **more: Any) -> Document:
        """The document of one kind for a role.

        `name` is the file's name without suffix; `stage` the id of the stage it is for, if the kind
        is made once per stage; `more` is what the kind's template sees besides `role`, `document`
        and `stage`. Raises JdgenError, with the template's file and line, if the template fails.
        """
        phrases = self.phrases(role.language)
        seen = self._view(role, phrases)
        label_key = f"kind.{kind.name}"
        label = phrases.text(label_key) if label_key in phrases else kind.name.replace("-", " ").capitalize()
        title = f"{label}: {role.title}" if kind.name != "job-description" else role.title
        scene = {
            "role": seen,
            "stage": next((s for s in seen.stages if s.id == stage), None),
            "document": View("document", {"kind": kind.name, "name": name, "label": label, "audience": kind.audience}),
            **more,
        }
        text = self._text(kind.template, scene, phrases)
        company = str(role.company.name) if role.company else ""
        version = role.version if kind.audience == "internal" else ""
        foot = [company, label]
        if version:
            foot += [f"{phrases.text('plan.version')} {version}", phrases.text("document.internal")]
        return Document(
            kind=kind,
            name=name,
            title=f"{title} – {scene['stage'].name}" if scene["stage"] else title,
            label=label,
            language=phrases.language,
            text=text,
            company=company,
            version=version,
            footer=" · ".join(filter(None, foot)),
            paging=phrases.text("document.paging", page="{page}", pages="{pages}"),
        )

    def blocks(self, kind: DocumentKind) -> list[str]:
        """The names of the blocks that a template of one's own can override."""
        environment = self._environment(self.phrases("en"))
        names: list[str] = []
        template = kind.template
        while template:
            source, _, _ = _loader_of(environment).get_source(environment, template)
            tree = environment.parse(source, template)
            names += [block.name for block in tree.find_all(jinja2.nodes.Block)]
            parent = next((node.template for node in tree.find_all(jinja2.nodes.Extends)), None)
            template = parent.value if isinstance(parent, jinja2.nodes.Const) else ""
        return list(dict.fromkeys(names))

    def _view(self, role: Role, phrases: Phrases) -> View:
        if getattr(self, "_seen", None) is None or self._seen[0] is not role:
            self._seen = (role, role_view(role, phrases))
        return self._seen[1]

    def _environment(self, phrases: Phrases) -> jinja2.Environment:
        if phrases.language not in self._environments:
            self._environments[phrases.language] = _environment((self._own, self._shipped), phrases)
        return self._environments[phrases.language]

    @cached_property
    def _environments(self) -> dict[str, jinja2.Environment]:
        return {}

    def _text(self, template: str, scene: Mapping[str, Any], phrases: Phrases) -> str:
        environment = self._environment(phrases)
        try:
            return tidied(environment.get_template(template).render(scene))
        except jinja2.TemplateSyntaxError as error:
            problem = Problem(
                "template.syntax", error.message or "can't be read", _shown(error.filename), error.lineno
            )
        except jinja2.TemplateNotFound as error:
            looked = " and ".join(_shown(str(folder)) for folder in (self._own, self._shipped))
            file, line = _place(error.__traceback__, (self._own, self._shipped))
            problem = Problem("template.unknown", f"there is no template '{error.name}'", file, line, hint=f"looked in {looked}")
        except JdgenError as error:
            file, line = _place(error.__traceback__, (self._own, self._shipped))
            inner = error.problems[0]
            problem = Problem(inner.code, inner.message, file, line, hint=inner.hint)
        except Exception as error:  # a template is the user's program: whatever it raises is its problem
            file, line = _place(error.__traceback__, (self._own, self._shipped))
            if not file:
                raise
            message, _, hint = str(error).partition(" - ")
            code = "template.undefined" if isinstance(error, jinja2.UndefinedError) else "template.failed"
            problem = Problem(code, message, file, line, hint=hint)
        raise JdgenError([problem])


def render_document(
    role: Role, kind: str = "job-description", *, stage: str | None = None, templates: Path = Path("templates")
) -> Document:
    """One document of a role, by the name of its kind.

    `stage` names the interview stage for kinds that are made once per stage; `templates` is a
    folder of templates that go before the shipped ones. Raises JdgenError if the kind or stage is
    unknown or the template fails.
    """
    renderer = Renderer(templates)
    if kind not in renderer.kinds:
        hint = nearest(kind, renderer.kinds)
        raise JdgenError([Problem("kind.unknown", f"there is no kind of document '{kind}'", hint=hint)])
    chosen = renderer.kinds[kind]
    stages = [s.id for s in role.stages if s.is_scored or chosen.per != "scored-stage"]
    if chosen.per != "role" and stage not in stages:
        message = f"'{kind}' is made for one stage: say which" if stage is None else f"there is no stage '{stage}'"
        raise JdgenError([Problem("stage.unknown", message, hint=nearest(stage or "", stages))])
    name = f"{role.id}-{kind}" if chosen.per == "role" else f"{role.id}-{kind}-{stage}"
    return renderer.render(role, chosen, name, stage=stage)


class _Missing(jinja2.StrictUndefined):
    """What a template asks for and no one has; says what there is instead."""

    @property
    def _undefined_message(self) -> str:
        view, name = self._undefined_obj, str(self._undefined_name)
        if isinstance(view, View):
            hint = nearest(name, fields_of(view))
            return f"{noun_of(view)} has no '{name}'" + (f" - {hint}" if hint else "")
        return str(super()._undefined_message)


class _Loader(jinja2.FileSystemLoader):
    """Templates of one folder; a link that leads out of it is not followed."""

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        found = super().get_source(environment, template)
        folder = os.path.realpath(self.searchpath[0])
        if not os.path.realpath(found[1]).startswith(folder + os.sep):
            raise jinja2.TemplateNotFound(template)
        return found


def _environment(folders: tuple[Path, Path], phrases: Phrases) -> jinja2.Environment:
    own, shipped = (_Loader(str(folder)) for folder in folders)
    environment = ImmutableSandboxedEnvironment(
        loader=jinja2.ChoiceLoader([own, shipped, jinja2.PrefixLoader({"jdgen": shipped})]),
        undefined=_Missing,
        autoescape=True,
        finalize=_finalized,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=-1,
    )
    for name in _REMOVED_FILTERS:
        del environment.filters[name]
    environment.filters.update(
        cell=_cell,
        join=_joined,
        replace=lambda text, old, new: str(text).replace(old, new),
        e=escaped,
        escape=escaped,
        amount=lambda value: _amount(value, phrases),
        field=_field,
        link=_link,
        unstopped=lambda text: type(text)(str(text).removesuffix(".")),
    )
    environment.tests["stopped"] = lambda text: str(text).endswith(".")
    environment.globals.clear()
    environment.globals.update(t=phrases.markdown, phrase=phrases.text, range=range, dict=dict, namespace=jinja2.utils.Namespace)
    return environment


def _finalized(value: object) -> object:
    """What `{{ ... }}` prints: every value becomes Markdown here, by what it is."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, Rich):
        return rich(value)
    if isinstance(value, jinja2.Undefined):
        return str(value)  # raises, saying what is missing
    if value is None:
        raise jinja2.TemplateRuntimeError("prints a value that is absent - put it in {% if ... %}")
    if isinstance(value, (View, tuple, Mapping)):
        raise jinja2.TemplateRuntimeError("prints a list or a part - print its texts one by one")
    return escaped(value)


def _cell(value: object) -> Markup:
    """Text in one line, as table cells and list items need it."""
    return rich_line(value) if isinstance(value, Rich) else Markup(_finalized(value))


def _joined(values: Iterable[object], between: str = ", ", attribute: str | None = None) -> Markup:
    chosen = (getattr(value, attribute) if attribute else value for value in values)
    return Markup(between).join(_cell(value) for value in chosen)


def _amount(value: Decimal, phrases: Phrases) -> Markup:
    """An amount with its thousands apart, as the language writes it."""
    places = 0 if value == value.to_integral() else 2
    text = f"{value:,.{places}f}".translate(
        {ord(","): phrases.text("number.group"), ord("."): phrases.text("number.decimal")}
    )
    return escaped(text)


def _link(text: object, target: str | None) -> Markup:
    """`text` as a link to `target`, or as it is if there is no target."""
    if not target:
        return _cell(text)
    safe = quote(target, safe=":/?#[]@!$&'*+,;=%-._~")
    return Markup(f"[{_cell(text)}]({safe})")


def _field(prompt: object, id: str, type: str, options: str = "") -> Markup:
    """A place to fill in: its prompt between comments that no reader shows."""
    settings = f'{{"id": "{id}", "type": "{type}"' + (f', "options": "{options}"' if options else "") + "}"
    safe = settings.replace("--", "-\\u002d").replace("<", "\\u003c").replace(">", "\\u003e").replace("|", "\\u007c")
    return Markup(f"<!-- field {safe} -->{_cell(prompt)}<!-- /field -->")


def _declared(name: str, path: Path) -> DocumentKind:
    """The kind that a template of the user's declares in its first line, if it has such a line."""
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    match = _HEADER.match(first)
    settings: dict[str, Any] = {}
    for setting in match["settings"].replace(",", " ").split() if match else ():
        key, _, value = setting.partition("=")
        if value not in _CHOICES.get(key, ()):
            known = [f"{key}={value}" for key, values in _CHOICES.items() for value in values]
            problem = Problem(
                "template.kind", f"'{setting}' says nothing of a kind", _shown(str(path)), 1, hint=nearest(setting, known)
            )
            raise JdgenError([problem])
        settings[key] = value
    return DocumentKind(name, **settings)


def _loader_of(environment: jinja2.Environment) -> jinja2.BaseLoader:
    assert environment.loader is not None
    return environment.loader


def _shown(file: str | None) -> str:
    if not file:
        return ""
    path, here = Path(file).absolute(), Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def _place(traceback: TracebackType | None, folders: tuple[Path, ...]) -> tuple[str, int]:
    """The last line of a template that the traceback goes through."""
    roots = tuple(str(folder.absolute()) for folder in folders)
    file, line = "", 0
    while traceback is not None:
        name = traceback.tb_frame.f_code.co_filename
        if name.endswith(SUFFIX) and str(Path(name).absolute()).startswith(roots):
            file, line = _shown(name), traceback.tb_lineno
        traceback = traceback.tb_next
    return file, line
