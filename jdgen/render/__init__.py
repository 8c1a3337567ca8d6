"""A Role and a kind of document -> Markdown, by a template: yours first, then the shipped one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any

import jinja2
from jinja2 import nodes

from jdgen import assets
from jdgen.appearance import house_style
from jdgen.contents import with_contents
from jdgen.document import KINDS, Document, DocumentKind
from jdgen.form import gathered
from jdgen.phrases import Phrases, load_phrases
from jdgen.problem import JdgenError, Problem, nearest, shown
from jdgen.reference import at_place
from jdgen.render.environment import template_environment
from jdgen.render.kind import SUFFIX, fit, own_kinds
from jdgen.role import Role
from jdgen.scan import UNFIT
from jdgen.scene import role_view
from jdgen.tidy import tidied
from jdgen.view import View


class Renderer:
    """Templates of one search path, compiled once, for any number of roles."""

    def __init__(self, own: Path = Path("templates"), shipped: Path = assets.TEMPLATES) -> None:
        """Looks for templates in `own` before `shipped`; `own` need not exist."""
        self._own, self._shipped = own, shipped
        self._phrases: dict[tuple[str, str | None], Phrases] = {}
        self._environments: dict[Phrases, jinja2.Environment] = {}
        self._verified: set[str] = set()
        self._seen: tuple[Role, View] | None = None  # the last role, since its documents come in a row

    @cached_property
    def kinds(self) -> dict[str, DocumentKind]:
        """The shipped kinds, then one for each further template of the user's.

        Raises JdgenError for a template whose kind line can't be read.
        """
        return dict(KINDS) | {kind.name: kind for kind in own_kinds(self._own, self._shipped)}

    def named(self, names: Iterable[str]) -> list[DocumentKind]:
        """The kinds of those names, in the order of a kit; all of them if none is named.

        Raises JdgenError with every name that no kind has.
        """
        wanted = list(names)
        unknown = [name for name in wanted if name not in self.kinds]
        if unknown:
            raise JdgenError(
                Problem("kind.unknown", f"there is no kind of document '{name}'", hint=nearest(name, self.kinds))
                for name in unknown
            )
        return [kind for kind in self.kinds.values() if not wanted or kind.name in wanted]

    def phrases(self, language: str, voice: str | None = None) -> Phrases:
        """The phrases of a language, in a voice if it has one of that name. Raises JdgenError if there are none."""
        if (language, voice) not in self._phrases:
            self._phrases[language, voice] = load_phrases(language, (self._own, self._shipped), voice)
        return self._phrases[language, voice]

    def render(
        self,
        role: Role,
        kind: DocumentKind,
        name: str,
        *,
        stage: str | None = None,
        subject: str = "",
        title: str = "",
        **more: Any,
    ) -> Document:
        """The document of one kind for a role.

        `name` is the file's name without suffix; `stage` the id of the stage it is for, if the kind
        is made once per stage; `subject` whom it is about, if the role does not say it; `title` what it is about
        if that is not the role alone, which then gives its language and company, and no version; `more` is
        what the kind's template sees besides `role`, `document` and `stage`. Raises JdgenError, with
        the template's file and line, if the template fails.
        """
        phrases = self._phrases_of(role)
        seen = self._view(role.page if kind.audience == "candidate" else role, phrases)
        label_key = f"kind.{kind.name}"
        label = phrases.text(label_key) if label_key in phrases else kind.name.replace("-", " ").capitalize()
        version = role.version if kind.audience == "internal" and not title else ""
        if not title:
            title = f"{label}: {role.title}" if kind.name != "job-description" else role.title
        held = next((s for s in seen.stages if s.id == stage), None)
        scene = {
            "role": seen,
            **({"stage": held} if held else {}),
            "document": View("document", {"kind": kind.name, "name": name, "label": label, "audience": kind.audience}),
            **more,
        }
        text = self._text(kind.template, scene, phrases)
        text = with_contents(text, phrases)
        try:
            text = gathered(text, role.about_scorecard(stage or ""))
        except ValueError as error:
            raise JdgenError([Problem("template.field", str(error), kind.template)]) from None
        company = str(role.company.name) if role.company else ""
        foot = [company, label]
        if version:
            foot.append(f"{phrases.text('plan.version')} {version}")
        if kind.audience == "internal":
            foot.append(phrases.text("document.internal"))
        return Document(
            kind=kind,
            name=name,
            title=" – ".join(filter(None, (title, str(held.name) if held else "", subject))),
            label=label,
            language=phrases.language,
            text=text,
            company=company,
            version=version,
            footer=" · ".join(filter(None, foot)),
            paging=phrases.text("document.paging", page="{page}", pages="{pages}"),
            style=house_style(role.company) if role.company else None,
        )

    def blocks(self, kind: DocumentKind) -> list[str]:
        """The names of the blocks that a template of one's own can override. Raises JdgenError."""
        environment = self._environment(self.phrases("en"))
        trees = list(_ancestry(environment, kind.template))
        return list(dict.fromkeys(block.name for _, tree in trees for block in tree.find_all(nodes.Block)))

    def _refuse_lost_blocks(self, environment: jinja2.Environment, template: str) -> None:
        """Raises JdgenError for blocks that no ancestor of a template has: nothing would ever print them."""
        if template in self._verified or not (self._own / template).is_file():
            return  # a shipped one has none
        (file, tree), *ancestors = _ancestry(environment, template)
        if any(name.name == "self" for name in tree.find_all(nodes.Name)):
            ancestors = []  # it prints blocks itself, maybe those that it adds
        known = {block.name for _, above in ancestors for block in above.find_all(nodes.Block)}
        lost = [block for block in tree.body if isinstance(block, nodes.Block) and block.name not in known]
        if ancestors and lost:
            parent = f"the template that {shown(Path(file))} extends"
            raise JdgenError(
                Problem(
                    "template.block",
                    f"there is no block '{block.name}' to override in {parent}",
                    shown(Path(file)),
                    block.lineno,
                    hint=nearest(block.name, known),
                )
                for block in lost
            )
        self._verified.add(template)

    def _phrases_of(self, role: Role) -> Phrases:
        """The phrases of the role's language; if there are none, the problem is where it was asked for."""
        try:
            return self.phrases(role.language, role.company.voice if role.company else None)
        except JdgenError as error:
            problem = error.problems[0]
            asking = (
                f for f in (role.posting, role.company, role.spec) if f is not None and f.language == role.language
            )
            file = next(asking, None)
            if problem.code != "locale.unknown" or file is None:
                raise
            raise JdgenError([at_place(file, ("language",), problem.code, problem.message, problem.hint)]) from None

    def _view(self, role: Role, phrases: Phrases) -> View:
        if self._seen is None or self._seen[0] is not role:
            self._seen = (role, role_view(role, phrases))
        return self._seen[1]

    def _environment(self, phrases: Phrases) -> jinja2.Environment:
        if phrases not in self._environments:
            self._environments[phrases] = template_environment((self._own, self._shipped), phrases)
        return self._environments[phrases]

    def _text(self, template: str, scene: Mapping[str, Any], phrases: Phrases) -> str:
        environment = self._environment(phrases)
        compiled = None
        try:
            self._refuse_lost_blocks(environment, template)
            compiled = environment.get_template(template)
            text = tidied(compiled.render(scene))
            if unfit := UNFIT.search(text):
                message = f"prints the character U+{ord(unfit[0]):04X}, which can't stand in a document"
                raise JdgenError([Problem("template.character", message, template)])
            return text
        except jinja2.TemplateSyntaxError as error:
            problem = Problem(
                "template.syntax",
                error.message or "can't be read",
                shown(Path(error.filename or template)),
                error.lineno,
            )
        except jinja2.TemplateNotFound as error:
            file, line = _place(error.__traceback__, (self._own, self._shipped))
            there = [f"jdgen/{path.name}" for path in self._shipped.glob("*.j2")]
            there += [path.name for folder in (self._own, self._shipped) for path in folder.glob("*.j2")]
            hint = nearest(str(error.name), there) or f"looked in {shown(self._own)} and in what ships with jdgen"
            message = f"there is no template '{error.name}'"
            problem = Problem("template.unknown", message, file or template, line, hint=hint)
        except JdgenError as error:
            file, line = _place(error.__traceback__, (self._own, self._shipped))
            inner = error.problems[0]
            if inner.line or inner.file:
                raise JdgenError(replace(one, message=fit(one.message)) for one in error.problems) from None
            problem = Problem(inner.code, inner.message, file or inner.file, line, hint=inner.hint)
        except SyntaxError as error:  # of the Python that Jinja makes of it
            problem = Problem("template.syntax", error.msg, template)
        except RecursionError:
            hint = "to change the shipped template of that name, extend 'jdgen/...'"
            problem = Problem("template.circle", "the template extends or includes itself", template, hint=hint)
        except Exception as error:  # a template is the user's program: whatever it raises is its problem
            file, line = _place(error.__traceback__, (self._own, self._shipped))
            if not file and compiled:
                raise
            told = "takes more memory than there is" if isinstance(error, MemoryError) else str(error)
            message, _, hint = told.partition(" - ")
            code = "template.undefined" if isinstance(error, jinja2.UndefinedError) else "template.failed"
            problem = Problem(code, message, file or template, line, hint=hint)
        raise JdgenError([replace(problem, message=fit(problem.message))])


def render_document(
    role: Role, kind: str = "job-description", *, stage: str | None = None, templates: Path = Path("templates")
) -> Document:
    """One document of a role, by the name of its kind.

    `stage` names the interview stage for kinds that are made once per stage; `templates` is a
    folder of templates that go before the shipped ones. Raises JdgenError if the kind or stage is
    unknown or the template fails.
    """
    renderer = Renderer(templates)
    (chosen,) = renderer.named([kind])
    stages = [s.id for s in role.stages if s.is_scored or chosen.per != "scored-stage"]
    if chosen.per != "role" and stage not in stages:
        message = f"'{kind}' is made for one stage: say which" if stage is None else f"there is no stage '{stage}'"
        raise JdgenError([Problem("stage.unknown", message, hint=nearest(stage or "", stages))])
    name = f"{role.id}-{kind}" if chosen.per == "role" else f"{role.id}-{kind}-{stage}"
    return renderer.render(role, chosen, name, stage=stage)


def _ancestry(environment: jinja2.Environment, template: str) -> Iterator[tuple[str, nodes.Template]]:
    """The file and tree of a template and of each that it extends, the template itself first."""
    loader = environment.loader
    assert loader is not None
    seen: list[str | None] = []
    while template:
        source, file, _ = loader.get_source(environment, template)
        if file in seen:
            raise RecursionError
        seen.append(file)
        tree = environment.parse(source, template, file)
        yield file or template, tree
        parent = next((node.template for node in tree.find_all(nodes.Extends)), None)
        template = str(parent.value) if isinstance(parent, nodes.Const) else ""


def _place(traceback: TracebackType | None, folders: tuple[Path, ...]) -> tuple[str, int]:
    """The last line of a template that the traceback goes through."""
    roots = tuple(str(folder.absolute()) for folder in folders)
    file, line = "", 0
    while traceback is not None:
        name = traceback.tb_frame.f_code.co_filename
        if name.endswith(SUFFIX) and str(Path(name).absolute()).startswith(roots):
            file, line = shown(Path(name)), traceback.tb_lineno
        traceback = traceback.tb_next
    return file, line
