"""Kits in memory: whether one that is there is up to date, else its files as they should be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import count
from pathlib import Path
from typing import TypeVar

from jdgen import __version__, crew
from jdgen.agenda import Job, folders_of, recipe_of, targets_in
from jdgen.bounds import Bounds
from jdgen.document import DocumentKind
from jdgen.inputs import Digests, inputs_of
from jdgen.kit import KitFile, Making, files_of_kit
from jdgen.manifest import Manifest, Recipe, digest, digest_of, folder_of, read_manifest, word_of
from jdgen.problem import JdgenError, Problem
from jdgen.render import Renderer
from jdgen.request import Loaded, Request, Target, loaded
from jdgen.role import Role
from jdgen.spec import SpecFile
from jdgen.write import WRITERS

Result = TypeVar("Result")


@dataclass(frozen=True)
class Made:
    """One kit as it should be, and what is known of it as it was."""

    folder: Path
    recipe: Recipe
    files: tuple[KitFile, ...]
    inputs: Mapping[str, str]
    version: str
    levels: tuple[str, ...]
    """The levels that have kits of their own beside it."""
    sources: Mapping[str, str]
    """The digests of the Word files that PDF files are made of."""
    specs: tuple[SpecFile, ...]
    """The files that its words are written in."""
    before: Manifest | None
    is_whole: bool
    """Whether it has all kinds of documents."""

    def older_pdf(self) -> dict[str, bool]:
        """PDF files that were made before and not now, of documents that the kit still has: whether each is stale."""
        if self.before is None:
            return {}
        made = {file.path.name: file.data for file in self.files}
        stems = {Path(name).stem for name in made}
        kept = [name for name in self.before.sources if name not in made and Path(name).stem in stems]
        return {name: self._is_stale(name, made.get(word_of(name)), self.before) for name in kept}

    def _is_stale(self, name: str, word: bytes | None, before: Manifest) -> bool:
        if word is None:  # then only the inputs tell, if they are known
            return bool(before.inputs) and before.inputs != self.inputs
        return before.sources[name] != digest(word)


_TOKENS = count()


class Workshop:
    """What is set up once to make any number of kits."""

    def __init__(self, request: Request, believed: frozenset[str] | None = None) -> None:
        """`believed` are the folders whose manifests are believed; None if all are."""
        self.request = request
        self._believed = believed
        self.digests = Digests(request.library, request.templates)
        self._token = next(_TOKENS)

    def __reduce__(self) -> tuple[Callable[[int, Request], Workshop], tuple[int, Request]]:
        """Each process that is sent the workshop sets up one, however often it is sent."""
        return _set_up, (self._token, self.request)

    @cached_property
    def renderer(self) -> Renderer:
        return Renderer(self.request.templates)

    @cached_property
    def kinds(self) -> list[DocumentKind]:
        """The kinds that are made. Raises JdgenError for one there is not."""
        return self.renderer.named(self.request.kinds)

    def standing(self, job: Job) -> list[tuple[Path, Manifest]] | None:
        """The kits of a job if all of them are there and are what their inputs make; None if one is not."""
        own = folder_of(job.request.output, recipe_of(Target(job.role), job.request)) if job.role else None
        found = []
        for folder, recipe in folders_of(job, read_manifest(own) if own and job.posting is None else None):
            manifest = self._fresh(folder, recipe, job.request)
            if manifest is None:
                return None
            found.append((folder, manifest))
        return found or None

    def _fresh(self, folder: Path, recipe: Recipe, request: Request) -> Manifest | None:
        manifest = read_manifest(folder)
        is_believed = self._believed is None or folder.as_posix() in self._believed
        if manifest is None or request.kinds or not is_believed:
            return None
        as_asked = manifest.recipe == recipe and manifest.jdgen == __version__ and bool(manifest.inputs)
        if not as_asked or not set(request.formats) <= set(manifest.formats):
            return None
        if any(self.digests.of(label) != value for label, value in manifest.inputs.items()):
            return None
        if any(manifest.files.get(word_of(name), value) != value for name, value in manifest.sources.items()):
            return None  # a PDF file of an earlier Word file
        is_whole = all(value and digest_of(folder / name) == value for name, value in manifest.files.items())
        return manifest if is_whole else None

    def made(self, job: Job) -> Iterator[Made]:
        """The kits of a job. Files that are to be PDF are Word files so far. Raises JdgenError with all problems."""
        problems: list[Problem] = []
        for target in targets_in(job):
            try:
                yield self._made(target, job.request)
            except JdgenError as error:
                problems += error.problems
        if problems:
            raise JdgenError(problems)

    def files(self, target: Target) -> list[KitFile]:
        """The files of one kit as it was asked for. Raises JdgenError."""
        request = self.request
        files = loaded(target, request)
        return self._files(files, files.resolved(target.level, request.language, target.together), target, request)

    def _made(self, target: Target, request: Request) -> Made:
        recipe = recipe_of(target, request)
        folder = folder_of(request.output, recipe)
        before = read_manifest(folder)
        files = loaded(target, request)
        inputs = {} if recipe.by_path else inputs_of(files, request, self.digests)
        role = files.resolved(target.level, request.language, target.together)
        kept = [format for format in before.formats if format != "pdf"] if before and not request.kinds else []
        made = tuple(self._files(files, role, target, request, kept))
        return Made(
            folder=folder,
            recipe=recipe,
            files=made,
            inputs=inputs,
            version=role.version,
            levels=() if target.level or target.posting else _levels_apart(files, request),
            sources={file.path.name: digest(file.data) for file in made if file.path.suffix == ".pdf"},
            specs=tuple(filter(None, (files.spec, *files.spec.shared.values(), files.company, files.posting))),
            before=before,
            is_whole=not request.kinds,
        )

    def _files(
        self, files: Loaded, role: Role, target: Target, request: Request, kept: Sequence[str] = ()
    ) -> list[KitFile]:
        """The files of a kit, in the formats asked for and in those that are `kept` up to date besides."""
        tongues = files.posting.also_in if files.posting else ()
        others = [
            files.resolved(target.level, tongue, target.together) for tongue in tongues if tongue != role.language
        ]
        formats = tuple(format for format in WRITERS if format in (*request.formats, *kept))
        making = Making(request.output, formats, request.templates, is_whole=not request.kinds)
        return files_of_kit(role, others, self.kinds, self.renderer, making)


def each(work: Callable[[Workshop, Job], Result], jobs: Sequence[Job], request: Request) -> Iterator[Result]:
    """What `work` makes of each job in a workshop, by as many processes as pay off, within bounds if templates are not
    trusted. Raises what `work` raises, and JdgenError if a process was killed.
    """
    bounds = None if request.trusts_templates else Bounds()
    return crew.done(partial(work, Workshop(request)), jobs, crew.processes(request.jobs, len(jobs)), bounds)


@lru_cache(maxsize=1)
def _set_up(_token: int, request: Request) -> Workshop:
    return Workshop(request)


def _levels_apart(files: Loaded, request: Request) -> tuple[str, ...]:
    """The levels that have kits of their own beside the role's."""
    is_apart = (request.levels or files.spec.level_pages) == "apart"
    return tuple(level.id for level in files.spec.levels) if is_apart else ()
