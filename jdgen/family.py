"""Roles that belong together, by the `family` that their specs name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jdgen.load import Library, role_alone
from jdgen.problem import JdgenError, Problem, nearest
from jdgen.request import roles_of
from jdgen.spec import RoleSpec


def family_key(spec: RoleSpec) -> str:
    """What roles of one family have in common, however its name is spaced and capitalized; empty for none."""
    return " ".join(str(spec.family or "").casefold().split())


def families(library: Library, names: Sequence[str] | None = None) -> Mapping[str, Sequence[str]]:
    """The names of roles by family, both sorted: of those named, else the user's, else the shipped ones.

    Roles that name no family are of one without a name. Raises JdgenError with the problems of all specs.
    """
    found: dict[str, list[RoleSpec]] = {}
    problems: list[Problem] = []
    for name in roles_of(library) if names is None else names:
        try:
            spec = role_alone(name, library)
        except JdgenError as error:
            problems += error.problems
        else:
            found.setdefault(family_key(spec), []).append(spec)
    if problems:
        raise JdgenError(problems)
    return {str(kin[0].family or ""): [spec.id for spec in kin] for _, kin in sorted(found.items())}


def roles_in_family(library: Library, name: str | None = None) -> Sequence[str]:
    """The roles of the family of that name, a shipped one too; of the user's only one, if none is named.

    Raises JdgenError.
    """
    found = families(library)
    if name is not None:
        match = _called(name, found)
        if match is None:
            found = families(library, library.names(RoleSpec))
            match = _called(name, found)
        if match is None:
            known = [family for family in found if family]
            hint = nearest(name, known, len(known)) if known else "no spec names its family"
            raise JdgenError([Problem("family.unknown", f"there is no family '{name}'", hint=hint)])
        return found[match]
    named = [family for family in found if family] or list(found)
    if len(named) != 1:
        hint = "say " + " or ".join(f"--family '{family}'" for family in named)
        raise JdgenError([Problem("family.several", "there are several families of roles", hint=hint)])
    return found[named[0]]


def _called(name: str, found: Mapping[str, Sequence[str]]) -> str | None:
    """The family that a name means."""
    asked = " ".join(name.casefold().split())
    return next((family for family in found if family and " ".join(family.casefold().split()) == asked), None)
