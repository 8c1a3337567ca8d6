"""What a level or a posting changes in a role: patches by explicit verbs, and items with conditions."""

from __future__ import annotations

from collections.abc import Set
from typing import Any, TypeVar

from jdgen.spec import Item, Patch, RoleSpec, Spec
from jdgen.spec.file import SpecFile
from jdgen.spec.item import Condition, Group
from jdgen.spec.level import ListPatch, TextPatch
from jdgen.spec.qualification import Qualifications
from jdgen.spec.role import Scope, Success

File = TypeVar("File", bound=SpecFile)


def patched(spec: RoleSpec, patch: Patch) -> RoleSpec:
    """The role with one patch applied, section by section."""

    def text(change: TextPatch | None, old: Any) -> Any:
        return old if change is None else change.set

    def entries(change: ListPatch[Any] | None, old: tuple[Any, ...]) -> tuple[Any, ...]:
        return old if change is None else _changed(old, change)

    qualifications = spec.qualifications or Qualifications()
    scope, success = spec.scope or Scope(), spec.success or Success()
    return spec.model_copy(
        update={
            "summary": text(patch.summary, spec.summary),
            "team": text(patch.team, spec.team),
            "reports_to": text(patch.reports_to, spec.reports_to),
            "responsibilities": entries(patch.responsibilities, spec.responsibilities),
            "motivators": entries(patch.motivators, spec.motivators),
            "qualifications": qualifications.model_copy(
                update={
                    "required": entries(patch.required, qualifications.required),
                    "preferred": entries(patch.preferred, qualifications.preferred),
                }
            ),
            "scope": scope.model_copy(
                update={"in_": entries(patch.scope_in, scope.in_), "out": entries(patch.scope_out, scope.out)}
            ),
            "success": success.model_copy(update={"milestones": entries(patch.milestones, success.milestones)}),
        }
    )


def _changed(entries: tuple[Any, ...], change: ListPatch[Any]) -> tuple[Any, ...]:
    """A list with entries removed, replaced and added; groups are changed inside."""
    start = entries if change.set is None else change.set
    kept = []
    for entry in start:
        if hasattr(entry, "items"):
            kept.append(
                entry.model_copy(
                    update={"items": _changed(entry.items, change.model_copy(update={"add": (), "set": None}))}
                )
            )
        elif getattr(entry, "id", None) in change.replace:
            kept.append(change.replace[entry.id])
        elif getattr(entry, "id", None) not in change.remove:
            kept.append(entry)
    return (*kept, *change.add)


def applicable(file: File, *, level: str | None, places: Set[str], contracts: Set[str]) -> File:
    """The file without the items whose conditions are not met, and without groups that are left empty.

    What is not known yet (no level, no places, no contracts) rules nothing out; an empty name of a level
    rules out what is for one.
    """

    def holds(condition: Condition) -> bool:
        known: tuple[tuple[tuple[str, ...], Set[str]], ...] = (
            (condition.levels, {level} if level is not None else set()),
            (condition.locations, places),
            (condition.employment, contracts),
        )
        return all(not wanted or not there or there & set(wanted) for wanted, there in known)

    def kept(value: Any) -> Any:
        if isinstance(value, tuple):
            entries = ((v, kept(v)) for v in value if not (isinstance(v, Item) and v.when and not holds(v.when)))
            return tuple(new for old, new in entries if not (isinstance(old, Group) and old.items and not new.items))
        if isinstance(value, dict):
            return {key: kept(entry) for key, entry in value.items()}
        if isinstance(value, Spec):
            update = {name: kept(getattr(value, name)) for name in type(value).model_fields}
            changed = {name: new for name, new in update.items() if new != getattr(value, name)}
            return value.model_copy(update=changed) if changed else value
        return value

    result: File = kept(file)
    return result
