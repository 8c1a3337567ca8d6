"""What each level adds to, and takes from, a page that stands for several levels of a role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jdgen.role import Grade, Role
from jdgen.spec import RoleSpec
from jdgen.spec.item import Group

_TEXTS = ("summary", "team", "reports_to")


@dataclass(frozen=True)
class Change:
    """How a level's list differs from the page's."""

    section: str
    added: tuple[Any, ...]
    dropped: tuple[Any, ...]


def changes(role: Role, grade: Grade) -> Iterator[Change]:
    """The lists in which the level differs from what the role's page says for all its levels."""
    before, after = _lists(role.page.spec), _lists(grade.spec)
    for section, entries in after.items():
        added, dropped = tuple(_only_in(entries, before[section])), tuple(_only_in(before[section], entries))
        if added or dropped:
            yield Change(section, added, dropped)


def texts(role: Role, grade: Grade) -> dict[str, Any]:
    """The texts that the level says otherwise than the page, by key; None for those it does not."""
    return {
        key: after if (after := getattr(grade.spec, key)) != getattr(role.page.spec, key) else None for key in _TEXTS
    }


def _lists(spec: RoleSpec) -> dict[str, tuple[Any, ...]]:
    """By section, the lists that a level can change."""
    qualifications, scope, success = spec.qualifications, spec.scope, spec.success
    return {
        "responsibilities": spec.responsibilities,
        "scope": scope.out if scope else (),
        "success": success.milestones if success else (),
        "offer": spec.motivators,
        "required": qualifications.required if qualifications else (),
        "preferred": qualifications.preferred if qualifications else (),
    }


def _only_in(entries: tuple[Any, ...], others: tuple[Any, ...]) -> Iterator[Any]:
    """The entries that `others` does not have; of a group that it has with other items, those items."""
    groups = {str(other.title): other for other in others if isinstance(other, Group)}
    for entry in entries:
        if entry in others:
            continue
        same = groups.get(str(entry.title)) if isinstance(entry, Group) else None
        if same is None:
            yield entry
        elif items := tuple(item for item in entry.items if item not in same.items):
            yield entry.model_copy(update={"items": items, "intro": None})
