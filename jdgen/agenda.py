"""Which kits a build or a check is about: those that are asked for, and those that are there already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from jdgen.load import is_path, role_alone
from jdgen.manifest import Manifest, Recipe, folder_of, manifests_in
from jdgen.request import Request, Target, by_name, postings_of, role_of_posting, role_targets, roles_of
from jdgen.spec import Posting, RoleSpec


@dataclass(frozen=True)
class Job:
    """Kits of one role that are made together, so that its files are read once."""

    request: Request
    role: str = ""
    posting: str | None = None
    """For which posting; then the role may be left to it."""
    levels: tuple[str, ...] = ()
    """Levels whose kits are there already."""

    def __str__(self) -> str:
        return f"the kit of posting '{self.posting}'" if self.posting else f"the kit of '{self.role}'"


@dataclass(frozen=True)
class Agenda:
    """The jobs of a build, and the kits in the output that it answers for."""

    jobs: tuple[Job, ...]
    recorded: tuple[Path, ...]
    """The folders of kits that are there; one that no job makes any more has had its day."""


def agenda_of(request: Request) -> Agenda:
    """The jobs for what is asked for.

    Besides, every kit that is there of a role that is asked for is kept up to date, with what it was made
    with; all kits that are there, if nothing is named. Raises JdgenError.
    """
    if request.posting is not None:
        return Agenda(tuple(Job(request, role, request.posting) for role in request.roles or ("",)), ())
    named = tuple(dict.fromkeys(by_name(role, request.library) for role in request.roles))
    roles = named or tuple(roles_of(request.library))
    postings = () if named else tuple(postings_of(request.library))
    if request.level is not None or request.kinds:
        jobs = [Job(request, role) for role in roles] + [Job(request, posting=posting) for posting in postings]
        return Agenda(tuple(jobs), ())
    scope = frozenset(map(_id, named)) if named else None
    recorded = list(manifests_in(request.output, scope))
    jobs = [Job(request, role, levels=_levels(role, recorded)) for role in roles]
    homes = {manifest.recipe.posting: manifest.recipe.role for _, manifest in recorded}
    jobs += [Job(request, homes.get(posting, ""), posting) for posting in postings]
    jobs += _others(request, roles, postings, recorded)
    # What was made by a path is not looked for by name, so nobody can tell that it is of no use any more.
    answered = [folder for folder, manifest in recorded if not manifest.recipe.by_path]
    return Agenda(tuple(jobs), tuple(answered))


_Recorded = list[tuple[Path, Manifest]]


def _levels(role: str, recorded: _Recorded) -> tuple[str, ...]:
    found = (manifest.recipe for _, manifest in recorded if manifest.recipe.role == _id(role))
    return tuple(recipe.level for recipe in found if recipe.level and not recipe.posting)


def _id(role: str) -> str:
    """The id of a role that is named, or given by a path."""
    return Path(role).stem if is_path(role) else role


def _others(request: Request, roles: tuple[str, ...], postings: tuple[str, ...], recorded: _Recorded) -> Iterator[Job]:
    """Jobs for kits that are there and not named: of postings, and of roles that ship with jdgen."""
    seen: set[str] = set()
    for _, manifest in recorded:
        recipe = manifest.recipe
        if recipe.by_path:
            continue
        asked = replace(request, company=recipe.company, language=recipe.language)
        if recipe.posting:
            if recipe.posting not in postings and request.library.find(Posting, recipe.posting):
                yield Job(replace(asked, level=recipe.level), recipe.role, recipe.posting)
        elif recipe.role not in (*roles, *seen) and request.library.find(RoleSpec, recipe.role):
            seen.add(recipe.role)
            yield Job(asked, recipe.role, levels=_levels(recipe.role, recorded))


def targets_in(job: Job) -> list[Target]:
    """The kits of a job. One of a posting that is not the role's any more is none. Raises JdgenError."""
    if job.posting is not None:
        return [Target(_role_of(job), job.request.level, job.posting)]
    targets = list(role_targets(job.role, job.request))
    if any(level not in {target.level for target in targets} for level in job.levels):
        there = {level.id for level in role_alone(job.role, job.request.library).levels}
        targets += [Target(job.role, level) for level in job.levels if level in there]
    return list(dict.fromkeys(targets))


def _role_of(job: Job) -> str:
    """The role of a posting's kit. Raises JdgenError."""
    if job.request.posting is not None and job.role:
        return job.role
    return role_of_posting(str(job.posting), job.request.library, job.role)


def recipe_of(target: Target, request: Request) -> Recipe:
    """What a kit's manifest says was asked for."""
    role = by_name(target.role, request.library)
    return Recipe(
        role=_id(role),
        level=target.level,
        posting=target.posting,
        together=target.together,
        company=request.company,
        language=request.language,
        by_path=is_path(role),
    )


def folders_of(job: Job, recorded: Manifest | None) -> list[tuple[Path, Recipe]]:
    """The folders and recipes of a job's kits as far as they can be told without reading a spec.

    `recorded` is the manifest of the role's own kit, which knows its levels.
    """
    request = job.request
    if job.posting is not None:
        recipes = [recipe_of(Target(job.role, request.level, job.posting), request)] if job.role else []
    else:
        levels = dict.fromkeys([*(recorded.levels if recorded else ()), *job.levels])
        recipes = [recipe_of(Target(job.role, request.level, together=request.together), request)]
        recipes += [recipe_of(Target(job.role, level), request) for level in levels if level != request.level]
    return [(folder_of(request.output, recipe), recipe) for recipe in recipes]
