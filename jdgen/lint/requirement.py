"""Whether a kit finds out what the role requires."""

from __future__ import annotations

from collections.abc import Iterator

from jdgen.lint.rule import Finding
from jdgen.lint.subject import Judged
from jdgen.plan import default_stages
from jdgen.requirement import Requirement, otherwise_assessed, requirements
from jdgen.role import Role

_SHOWN = 8
"""The most words of a requirement that a message shows."""


def unassessed(judged: Judged) -> Iterator[Finding]:
    """SI-033: required qualifications that no stage rates and that nothing else is said to find out."""
    role = judged.role
    if not role.stages:
        return
    scored = {competency.id for stage in default_stages(role) for competency in stage.competencies}
    for requirement in requirements(role.spec, judged.places.spec, role.posting):
        if requirement.sort == "required" and (fault := _fault(requirement, scored, role)):
            words = requirement.text.split()
            shown = " ".join(words[:_SHOWN]) + (" ..." if len(words) > _SHOWN else "")
            yield Finding("SI-033", requirement.place, f"nobody assesses '{shown}': {fault}")


def _fault(requirement: Requirement, scored: set[str], role: Role) -> str:
    """Why nobody finds out whether a person meets a requirement; empty if somebody does."""
    ways = set(requirement.assessed_by)
    if requirement.competency in scored or otherwise_assessed(requirement, role):
        return ""
    if requirement.competency is not None:
        return f"no stage of the default plan rates '{requirement.competency}'"
    if "work_sample" in ways:
        return "the plan has no work sample"
    if "interview" in ways:
        return "it names no competency, so no interview rates it"
    return "it names neither a competency nor another way to find out"
