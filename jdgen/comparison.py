"""What roles say of the same aspects: the data of a comparison."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jdgen.escape import plain
from jdgen.role import Role
from jdgen.spec import Item, RoleSpec
from jdgen.spec.role import CompanyStageFit

Text = object
"""A text of a spec, or an item or a tool with one."""
Cell = tuple[Text, ...]


@dataclass(frozen=True)
class Row:
    """What each role says of one thing."""

    key: str
    """The phrase that names it."""
    cells: tuple[Cell, ...]
    """A cell for each role, empty where it says nothing."""
    label: str = ""
    """What the specs call it, where no phrase does."""


@dataclass(frozen=True)
class Section:
    """Rows that belong together."""

    key: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Place:
    """Where a role stands on the stack; what is None its spec does not say."""

    role: Role
    horizon: str | None
    certainty: str | None

    @property
    def missing(self) -> tuple[str, ...]:
        """The keys of the spec that would place it."""
        said = {"work_profile.horizon": self.horizon, "work_profile.certainty": self.certainty}
        return tuple(key for key, value in said.items() if value is None)


@dataclass(frozen=True)
class Comparison:
    """Several roles, and what they say of the same."""

    roles: tuple[Role, ...]
    family: str
    places: tuple[Place, ...]
    sections: tuple[Section, ...]


def comparison_of(roles: Sequence[Role]) -> Comparison:
    """The roles side by side, as far as their specs say anything; what none of them says is left out."""
    specs = [role.spec for role in roles]
    sections = [Section(key, tuple(_rows(key, makers, specs))) for key, makers in _SECTIONS.items()]
    sections.append(Section("compare.success", tuple(_milestones(specs))))
    families = {str(spec.family) for spec in specs if spec.family}
    return Comparison(
        roles=tuple(roles),
        family=families.pop() if len(families) == 1 else "",
        places=tuple(_place(role) for role in roles),
        sections=tuple(section for section in sections if section.rows),
    )


_Maker = Callable[[RoleSpec], Iterable[Text | None]]


def _profile(key: str) -> _Maker:
    return lambda spec: [getattr(spec.work_profile, key)] if spec.work_profile else []


def _scope(key: str) -> _Maker:
    def made(spec: RoleSpec) -> Iterable[Text | None]:
        value = getattr(spec.scope, key) if spec.scope else ()
        return value if isinstance(value, tuple) else [value]

    return made


def _strengths(key: str) -> _Maker:
    return lambda spec: getattr(spec.strengths, key) if spec.strengths else ()


def _context(key: str) -> _Maker:
    def made(spec: RoleSpec) -> Iterable[Text | None]:
        value = getattr(spec.context, key) if spec.context else ()
        return value if isinstance(value, tuple) else [value]

    return made


def _fits(key: str) -> _Maker:
    return lambda spec: [each for fit in fits_of(spec) for each in getattr(fit, key)]


def _duties(spec: RoleSpec) -> Iterator[Text]:
    for entry in spec.responsibilities:
        yield from (entry,) if isinstance(entry, Item) else entry.items


def fits_of(spec: RoleSpec) -> tuple[CompanyStageFit, ...]:
    """What a spec says of companies' stages."""
    return spec.context.company_stage_fit if spec.context else ()


_SECTIONS: Mapping[str, Mapping[str, _Maker]] = {
    "compare.work": {
        "profile.timeline": _profile("typical_timeline"),
        "profile.risk": _profile("risk"),
        "profile.determinism": _profile("determinism"),
        "profile.failure_mode": _profile("failure_mode"),
        "compare.in_their_words": _profile("in_their_words"),
    },
    "compare.duties": {"compare.duties": _duties},
    "compare.scope": {"compare.owns": _scope("in_"), "compare.not_own": _scope("out")},
    "compare.people": {
        "compare.technical": _strengths("technical"),
        "compare.interpersonal": _strengths("interpersonal"),
        "plan.tools": lambda spec: spec.tools,
        "compare.depth": _scope("depth"),
        "compare.growth_path": _scope("growth_path"),
    },
    "compare.where": {
        "compare.found_in": _context("found_in"),
        "compare.accessibility": _context("accessibility"),
        "compare.positioning": _context("positioning"),
    },
    "compare.when": {
        "compare.stage": fits_of,
        "plan.signals": _fits("signals"),
        "plan.wrong_hire": _fits("wrong_hire"),
        "plan.do_not_expect": _fits("do_not_expect"),
    },
}
"""The sections, and in each by the phrase that names it what a spec says."""


def _rows(key: str, makers: Mapping[str, _Maker], specs: Sequence[RoleSpec]) -> Iterator[Row]:
    for name, maker in makers.items():
        cells = tuple(tuple(text for text in maker(spec) if text is not None) for spec in specs)
        if any(cells):
            yield Row("" if name == key else name, cells)


def _milestones(specs: Sequence[RoleSpec]) -> Iterator[Row]:
    """What is true after some time, a row for each time that a spec names."""
    said = [
        {plain(milestone.when): milestone.outcomes for milestone in (spec.success.milestones if spec.success else ())}
        for spec in specs
    ]
    for when in dict.fromkeys(when for each in said for when in each):
        yield Row("", tuple(tuple(each.get(when, ())) for each in said), when)


def _place(role: Role) -> Place:
    profile = role.spec.work_profile
    return Place(role, profile.horizon if profile else None, profile.certainty if profile else None)
