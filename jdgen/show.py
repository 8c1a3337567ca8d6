"""What there is, in words: a resolved role with the place of each part, the library, what templates can print."""

from __future__ import annotations

from collections.abc import Iterator

from jdgen import plan
from jdgen.load import Library, load
from jdgen.merged import Statement, merged
from jdgen.problem import JdgenError, Problem, shown
from jdgen.resolve import chain_of, without_specialty
from jdgen.role import Role
from jdgen.spec import Company, CompetencyUse, Posting, RoleSpec, SharedCompetency
from jdgen.spec.file import SpecFile
from jdgen.view import View, fields_of


def shown_role(role: Role, spec: RoleSpec, posting: Posting | None) -> Iterator[str]:
    """The role as it is after all changes: statements, competencies with weights and bars, stages, one line each.

    `spec` and `posting` are the files as they were read, in which the places are looked up.
    """
    yield f"{role.title}  ({role.id}, kit version {role.version})"
    yield f"  language     {role.language}"
    for noun, value in (
        ("level", role.level and f"{role.level.id}: {role.level.name}"),
        ("company", role.company and str(role.company.name)),
        ("posting", role.posting and role.posting.id),
        ("levels", ", ".join(level.id for level in role.spec.levels)),
        ("builds on", ", ".join(chain_of(role.spec, role.level.id)[:-1]) if role.level else ""),
    ):
        if value:
            yield f"  {noun:<12} {value}"
    yield f"  from         {_place(role.spec, ())}"
    for part in merged(role, spec, posting):
        yield f"{part.name.replace('_', ' ').replace('.', ': ').capitalize()}:"
        yield from (_statement(statement) for statement in part.statements)
    links = chain_of(role.spec, role.level.id if role.level else role.spec.default_level)
    if role.competencies:
        yield "Competencies:"
    for position, assessed in enumerate(role.competencies):
        shared = role.spec.shared.get(assessed.id) if isinstance(assessed.use, CompetencyUse) else None
        place = _place(shared, ()) if shared else _place(role.spec, ("competencies", position))
        bar = f"target {assessed.use.target}" if assessed.use.target is not None else "no target"
        by = next((name for name in reversed(links) if _has_target(role.spec, name, assessed.id)), "")
        source = f", target by level '{by}'" if by else ""
        yield (
            f"  {assessed.id:<24} {assessed.share:>3} %  {assessed.use.importance:<9} {bar:<9}"
            f"  {len(assessed.questions):>2} questions  {place}{source}"
        )
    if role.stages:
        yield f"Stages ({plan.candidate_minutes(role)} minutes of the candidate's time):"
    for position, stage in enumerate(role.stages):
        sort = "" if stage.is_default else "  (not in the default plan)"
        scored = ", ".join(competency.id for competency in stage.competencies) or "not scored"
        place = _place(role.spec, ("interview_plan", "stages", position))
        yield f"  {stage.id:<24} {stage.stage.minutes.most:>3} min  {scored}{sort}  {place}"


def _has_target(spec: RoleSpec, level: str, competency: str) -> bool:
    """Whether a level sets the target of a competency."""
    target = next(each for each in spec.levels if each.id == level).targets.get(competency)
    return target is not None and target.target is not None


def _statement(statement: Statement) -> str:
    by = f", {statement.by}" if statement.by else ""
    text = " ".join(statement.text.split())
    return f"  {'  ' * statement.depth}- {text}  [{statement.place or 'made in Python'}{by}]"


def _place(file: SpecFile, where: tuple[str | int, ...]) -> str:
    """Where a part stands, as `file:line`."""
    if file.origin is None:
        return "made in Python"
    problem = file.origin.problem(where, "", "")
    return f"{problem.file}:{problem.line}" if where else problem.file


def shown_values(seen: View) -> Iterator[str]:
    """The names of the values that templates can print, for a role's scene and the parts in it."""
    stage = next(stage for stage in seen.stages if stage.questions)
    parts = (
        ("role", seen),
        ("stage, and each of role.stages", stage),
        ("each of role.competencies", seen.competencies[0]),
        ("each of stage.questions", stage.questions[0]),
        ("each of role.scale", seen.scale[0]),
    )
    for called, part in parts:
        yield called
        yield from (f"  {name}" for name in sorted(fields_of(part)))


def shown_library(library: Library) -> Iterator[str]:
    """What there is, by sort, and whose it is. Raises JdgenError at the end for files that can't be read."""
    problems: list[Problem] = []
    sorts: tuple[tuple[str, type[SpecFile]], ...] = (
        ("Roles", RoleSpec),
        ("Postings", Posting),
        ("Companies", Company),
        ("Competencies", SharedCompetency),
    )
    for heading, kind in sorts:
        names, own = library.names(kind), library.own_names(kind)
        if names:
            yield f"{heading}:"
        for name in names:
            try:
                file = load(kind, name, library)
            except JdgenError as error:
                problems += error.problems
                continue
            title = next(str(getattr(file, key)) for key in ("title", "name", "role") if hasattr(file, key))
            path = library.find(kind, name)
            whose = shown(path) if name in own and path else "shipped with jdgen"
            yield f"  {name:<28} {without_specialty(title):<44} {whose}"
    if problems:
        raise JdgenError(problems)
