"""Roles that share a `family`, as they stand beside each other: yours, else those that ship."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from jdgen.family import family_key
from jdgen.lint.vocabulary import Profile, Vocabulary, profile_of, vocabulary_of
from jdgen.load import Library, role_alone
from jdgen.problem import JdgenError
from jdgen.spec import RoleSpec


@dataclass(frozen=True)
class Family:
    """Two or more roles, with what tells them apart."""

    name: str
    roles: tuple[RoleSpec, ...]
    is_shipped: bool = False
    """Whether the user has no family, so that those that ship stand in."""

    @cached_property
    def profiles(self) -> list[Profile]:
        return [profile_of(spec) for spec in self.roles]

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return vocabulary_of(self.profiles)

    def number_of(self, spec: RoleSpec) -> int | None:
        """Which of the roles a spec is; None if it is none of them."""
        return next((number for number, role in enumerate(self.roles) if role.id == spec.id), None)


def families(library: Library) -> list[Family]:
    """The families of the user's roles; of the shipped ones if the user's roles make none."""
    own = list(_families(library, library.own_names(RoleSpec)))
    return own or [Family(f.name, f.roles, is_shipped=True) for f in _families(library, library.names(RoleSpec))]


def family_of(spec: RoleSpec, library: Library) -> Family | None:
    """A role's family among the roles that its library finds, itself as it is given; None if it has none."""
    if not spec.family:
        return None
    others = (role for role in _readable(library, library.names(RoleSpec)) if role.id != spec.id)
    kin = sorted([spec, *(role for role in others if family_key(role) == family_key(spec))], key=lambda role: role.id)
    return Family(str(spec.family), tuple(kin)) if len(kin) > 1 else None


def _families(library: Library, names: list[str]) -> Iterator[Family]:
    by_key: dict[str, list[RoleSpec]] = {}
    for role in _readable(library, names):
        by_key.setdefault(family_key(role), []).append(role)
    return (Family(str(kin[0].family), tuple(kin)) for key, kin in by_key.items() if key and len(kin) > 1)


def _readable(library: Library, names: list[str]) -> Iterator[RoleSpec]:
    """The roles that can be read; what is wrong with another is said when that one is linted."""
    for name in names:
        try:
            yield role_alone(name, library)
        except JdgenError:
            continue
