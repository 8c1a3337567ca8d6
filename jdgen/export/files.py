"""Which exports of a role go to which files, and what keeps one from being made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from jdgen.document import KINDS, Document
from jdgen.export.jobposting import as_jsonld, job_posting, posting_problems
from jdgen.export.lever import as_json, lever_posting
from jdgen.export.need import wished
from jdgen.export.questions import questions_csv
from jdgen.export.scorecard import scorecard_template
from jdgen.form import form_in
from jdgen.kit import kit_stem
from jdgen.load import Library, load_posting
from jdgen.phrases import Phrases
from jdgen.problem import JdgenError, Problem, in_order, nearest
from jdgen.render import Renderer
from jdgen.request import EXPORTS, Loaded, Request, Target, listed_names, loaded, targets_of
from jdgen.role import Role
from jdgen.scene import role_view
from jdgen.spec import Posting, RoleSpec
from jdgen.write import WRITERS
from jdgen.write.file import write_file
from jdgen.write.html import fragment
from jdgen.write.linear import LinearBlock, linear
from jdgen.write.nodes import Heading

OF_POSTING = ("jobposting", "lever")
"""The exports that say where and for how much, so that they need a posting."""


@dataclass(frozen=True)
class Exported:
    """What an export came to."""

    files: tuple[Path, ...]
    changed: tuple[Path, ...]
    problems: tuple[Problem, ...]
    """Warnings: what other systems would like to have, and what was left out."""


@dataclass(frozen=True)
class _Subject:
    """What is exported, in one language, and what of it several exports need."""

    role: Role
    stem: str
    """How the files begin."""
    renderer: Renderer

    @cached_property
    def blocks(self) -> tuple[LinearBlock, ...]:
        """The job description without its title. Raises JdgenError."""
        document = self.renderer.render(self.role, KINDS["job-description"], f"{self.stem}-job-description")
        return untitled(document)

    @cached_property
    def phrases(self) -> Phrases:
        company = self.role.company
        return self.renderer.phrases(self.role.language, company.voice if company else None)


def export_role(target: Target, formats: Sequence[str], request: Request) -> Exported:
    """Writes the exports of a role; nothing at all if anything keeps one from being made.

    Without `formats` those are made that can be. Raises JdgenError; if a file can't be written, those before it
    have been.
    """
    files = loaded(target, request)
    missing = [_no_posting(name, files, request) for name in formats or OF_POSTING if name in OF_POSTING]
    missing = [] if files.posting else missing
    if missing and formats:
        raise JdgenError(missing)
    subjects = _subjects(files, target, request)
    asked = [name for name in formats or EXPORTS if files.posting or name not in OF_POSTING]
    made = [_MAKERS[name](one) for name in asked for one in (subjects if name in OF_POSTING else subjects[:1])]
    notes = [replace(problem, severity="info") for problem in missing]
    found = in_order([*notes, *(problem for _, problems in made for problem in problems)])
    if any(problem.severity == "error" for problem in found):
        raise JdgenError(found)
    data = {request.output / name: text.encode() for texts, _ in made for name, text in texts.items()}
    changed = tuple(path for path, content in data.items() if write_file(path, content, request.output))
    return Exported(tuple(data), changed, tuple(found))


def _subjects(files: Loaded, target: Target, request: Request) -> list[_Subject]:
    """The role, and the role in each further language of its posting. Raises JdgenError."""
    renderer = Renderer(request.templates)
    role = files.resolved(target.level, request.language)
    tongues = files.posting.also_in if files.posting else ()
    others = [files.resolved(target.level, tongue) for tongue in tongues if tongue != role.language]
    named = [(role, kit_stem(role)), *((other, f"{kit_stem(other)}-{other.language}") for other in others)]
    return [_Subject(one, stem, renderer) for one, stem in named]


def untitled(document: Document) -> tuple[LinearBlock, ...]:
    """What a document says below its title. Raises JdgenError."""
    first, *rest = linear(document, "html")
    return tuple(rest) if isinstance(first, Heading) and first.level == 1 else (first, *rest)


def jsonld_of(role: Role, blocks: Sequence[LinearBlock], phrases: Phrases) -> tuple[str, list[Problem]]:
    """A posting's role as JSON-LD, with its job description below the title; empty if Google would not take it.

    The problems are what Google requires and would like to have.
    """
    posting = role.posting
    assert posting is not None
    description = fragment(blocks, role.language)
    problems = list(posting_problems(role, posting, description))
    if any(problem.severity == "error" for problem in problems) or role.company is None:
        return "", problems
    return as_jsonld(job_posting(role, posting, role.company, description, phrases)), problems


def target_of(request: Request) -> Target:
    """The role that a request names, or that of its posting. Raises JdgenError if it names neither."""
    if not (request.roles or request.posting):
        hint = nearest("", request.library.names(RoleSpec)) or "jdgen list shows what there is"
        raise JdgenError([Problem("export.no-role", "say which role, or which posting, is exported", hint=hint)])
    return targets_of(request)[0]


def exports_of(listed: str) -> tuple[str, ...]:
    """The exports of a list such as `jobposting,lever`. Raises JdgenError for one there is not."""
    names = listed_names(listed, EXPORTS, "export '{}'", "such as --to jobposting", _hint)
    return tuple(name for name in EXPORTS if name in names)


def _hint(name: str) -> str:
    return f"jdgen build --to {name} makes it" if name in WRITERS else ""


def postings_of(role: str, library: Library) -> list[str]:
    """The names of the postings there are of a role; a broken one is left out."""
    return [name for name in library.names(Posting) if _role_of(name, library) == role]


def _role_of(posting: str, library: Library) -> str | None:
    try:
        return load_posting(posting, library).role
    except JdgenError:
        return None


def _no_posting(name: str, files: Loaded, request: Request) -> Problem:
    known = " or ".join(f"--posting {posting}" for posting in postings_of(files.spec.id, request.library))
    hint = f"say {known}" if known else f"write one in {(request.library.own / 'postings').as_posix()}"
    return Problem("export.no-posting", f"'{name}' is of a posting, and none is named", hint=hint)


# --- each export: files by name, and problems ------------------------------------------------------

Made = tuple[Mapping[str, str], Sequence[Problem]]


def _jobposting(subject: _Subject) -> Made:
    text, problems = jsonld_of(subject.role, subject.blocks, subject.phrases)
    return {f"{subject.stem}.jobposting.jsonld": text} if text else {}, problems


def _lever(subject: _Subject) -> Made:
    role, posting = subject.role, subject.role.posting
    assert posting is not None
    return {f"{subject.stem}.lever.json": as_json(lever_posting(role, posting, subject.blocks, subject.phrases))}, ()


def _scorecard(subject: _Subject) -> Made:
    files = {name: as_json(data) for name, data in _templates(subject)}
    return files, () if files else _nothing(subject.role, "interview_plan", "no stage is scored", "scorecards")


def _templates(subject: _Subject) -> Iterator[tuple[str, dict[str, object]]]:
    role = subject.role
    recommendations = role_view(role, subject.phrases).recommendations
    for stage in role.stages:
        if stage.is_scored:
            name = f"{subject.stem}-scorecard-{stage.id}"
            document = subject.renderer.render(role, KINDS["scorecard"], name, stage=stage.id)
            form = form_in(document.text)
            if form is not None:
                yield f"{name}.json", scorecard_template(role, stage, form, recommendations)


def _questions(subject: _Subject) -> Made:
    role = subject.role
    if not any(competency.questions for competency in role.competencies):
        return {}, _nothing(role, "competencies", "the role has no questions", "questions")
    return {f"{subject.stem}-questions.csv": questions_csv(role)}, ()


def _nothing(role: Role, key: str, why: str, export: str) -> Sequence[Problem]:
    return [wished(role.spec, (key,), "export.nothing", f"{why}, so there are no {export} to export")]


_MAKERS: Mapping[str, Callable[[_Subject], Made]] = {
    "jobposting": _jobposting,
    "lever": _lever,
    "scorecard": _scorecard,
    "questions": _questions,
}
