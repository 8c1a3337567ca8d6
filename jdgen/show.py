"""A resolved role in words, with the file and line that each part came from."""

from __future__ import annotations

from collections.abc import Iterator

from jdgen import plan
from jdgen.role import Role
from jdgen.spec import CompetencyUse
from jdgen.spec.file import SpecFile


def shown_role(role: Role) -> Iterator[str]:
    """The role, its competencies with weights and bars, and its stages, one line each."""
    yield f"{role.title}  ({role.id}, kit version {role.version})"
    yield f"  language     {role.language}"
    for noun, value in (
        ("level", role.level and f"{role.level.id}: {role.level.name}"),
        ("company", role.company and str(role.company.name)),
        ("posting", role.posting and role.posting.id),
        ("levels", ", ".join(level.id for level in role.spec.levels)),
    ):
        if value:
            yield f"  {noun:<12} {value}"
    yield f"  from         {_place(role.spec, ())}"
    if role.competencies:
        yield "Competencies:"
    for position, assessed in enumerate(role.competencies):
        shared = role.spec.shared.get(assessed.id) if isinstance(assessed.use, CompetencyUse) else None
        place = _place(shared, ()) if shared else _place(role.spec, ("competencies", position))
        bar = f"target {assessed.use.target}" if assessed.use.target is not None else "no target"
        yield (
            f"  {assessed.id:<24} {assessed.share:>3} %  {assessed.use.importance:<9} {bar:<9}"
            f"  {len(assessed.questions):>2} questions  {place}"
        )
    if role.stages:
        yield f"Stages ({plan.candidate_minutes(role)} minutes of the candidate's time):"
    for position, stage in enumerate(role.stages):
        sort = "" if stage.is_default else "  (not in the default plan)"
        scored = ", ".join(competency.id for competency in stage.competencies) or "not scored"
        place = _place(role.spec, ("interview_plan", "stages", position))
        yield f"  {stage.id:<24} {stage.stage.minutes.most:>3} min  {scored}{sort}  {place}"


def _place(file: SpecFile, where: tuple[str | int, ...]) -> str:
    """Where a part stands, as `file:line`."""
    if file.origin is None:
        return "made in Python"
    problem = file.origin.problem(where, "", "")
    return f"{problem.file}:{problem.line}" if where else problem.file
