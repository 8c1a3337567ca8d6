"""How spec, level, company and posting become one Role: typed overlays, never a merge of dicts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import reduce
from itertools import takewhile
from typing import TypedDict

from jdgen.consistency import bar_problems, posting_problems, scale_problems
from jdgen.language import in_language
from jdgen.overlay import applicable, patched
from jdgen.problem import JdgenError, Problem, nearest
from jdgen.reference import at_place
from jdgen.role import AskedQuestion, AssessedCompetency, Grade, PlannedStage, Role
from jdgen.spec import Company, Competency, CompetencyUse, Level, Posting, RoleSpec
from jdgen.spec.company import ScalePoint
from jdgen.spec.competency import RoleCompetency
from jdgen.spec.level import LevelTarget

_UNFILLED = re.compile(r"[\s,(–-]*\{specialty\}\)?")
_NONE_ALONE = ""
"""What holds for all levels of a page is said; what is for one of them is said of that one."""
DEFAULT_SCALE = (1, 2, 3, 4, 5)


class _Known(TypedDict):
    """What conditions are held against."""

    level: str | None
    places: set[str]
    contracts: set[str]


def resolve_role(
    spec: RoleSpec,
    *,
    level: str | None = None,
    company: Company | None = None,
    posting: Posting | None = None,
    language: str | None = None,
    together: bool | None = None,
) -> Role:
    """One role out of what the files say.

    `level` is the id of one of the role's levels; without it the posting's holds, if it has one.
    `language` is a tag such as `en` or `de-CH`; without it the posting's, the company's, or the
    role's own holds. `together` says whether all levels share a page where none is named; if it is
    None, the spec says so. Raises JdgenError with the problems found.
    """
    if posting is not None and (problems := list(posting_problems(spec, company, posting))):
        raise JdgenError(problems)
    shared_by = [] if level else levels_on_page(spec, posting, together)
    wanted = level or (posting.level if posting else None)
    chain = chain_of(spec, wanted)
    tongue = language or (posting and posting.language) or (company and company.language) or spec.language
    missing: list[Problem] = []
    shared = {name: in_language(file, tongue, missing) for name, file in spec.shared.items()}
    spec = in_language(spec, tongue, missing).with_shared(shared)
    company = company and in_language(company, tongue, missing)
    posting = posting and in_language(posting, tongue, missing)
    if missing:
        raise JdgenError(missing)
    scale = _scale(company)
    if problems := list(scale_problems(spec, (point.value for point in scale if point.value is not None))):
        raise JdgenError(problems)

    levels = {each.id: each for each in spec.levels}
    chosen = levels.get(wanted or "")
    known = _Known(
        level=chosen.id if chosen else None,
        places=_places(posting, company),
        contracts={employment.type for employment in posting.employment} if posting else set(),
    )
    company = company and applicable(company, **known)
    posting = posting and applicable(posting, **known)

    def at(chain: list[str], level: str | None) -> RoleSpec:
        links = [levels[name].patch for name in chain]
        changed = reduce(patched, filter(None, [*links, posting.patch if posting else None]), spec)
        return applicable(changed, level=level, places=known["places"], contracts=known["contracts"])

    grades = tuple(
        Grade(levels[name], at(chain_of(spec, name), name), title_of(spec, levels[name], posting)) for name in shared_by
    )
    barred = [levels[name] for name in chain_of(spec, chosen.id if chosen else spec.default_level)]
    common = at(_common_chain(spec, shared_by), _NONE_ALONE) if grades else None
    spec = at(chain, known["level"])
    competencies = _assessed(spec, _targets(barred))
    if barred and (problems := list(bar_problems(spec, barred[-1], competencies))):
        raise JdgenError(problems)
    return Role(
        spec=spec,
        title=title_of(spec, chosen, posting),
        language=tongue,
        level=chosen,
        company=company,
        posting=posting,
        scale=scale,
        competencies=competencies,
        stages=_stages(spec, competencies, known["level"]),
        grades=grades,
        common=common,
    )


def levels_on_page(spec: RoleSpec, posting: Posting | None, together: bool | None = None) -> list[str]:
    """The levels that share the page of a role, or of a posting that is open to several; none if it is for one."""
    if posting is not None and posting.also_levels:
        return list(dict.fromkeys(filter(None, [posting.level, *posting.also_levels])))
    if posting is not None and posting.level:
        return []
    is_asked = spec.level_pages == "together" if together is None else together
    return [level.id for level in spec.levels] if is_asked else []


def _common_chain(spec: RoleSpec, levels: list[str]) -> list[str]:
    """What all of `levels` build on, or are."""
    chains = [chain_of(spec, name) for name in levels]
    return [links[0] for links in takewhile(lambda links: len(set(links)) == 1, zip(*chains, strict=False))]


def chain_of(spec: RoleSpec, wanted: str | None) -> list[str]:
    """The levels whose changes apply, the one that is built on first. Raises JdgenError."""
    extends = {level.id: level.extends for level in spec.levels}
    if wanted is not None and wanted not in extends:
        hint = nearest(wanted, extends) or "the role has no levels"
        raise JdgenError([Problem("level.unknown", f"role '{spec.id}' has no level '{wanted}'", hint=hint)])
    chain: list[str] = []
    while wanted is not None and wanted not in chain:
        chain.insert(0, wanted)
        wanted = extends.get(wanted)
    return chain


def _places(posting: Posting | None, company: Company | None) -> set[str]:
    """The countries and regions of a posting, those of its offices included."""
    offices = {office.id: office for office in company.offices} if company else {}
    places: set[str] = set()
    for location in posting.locations if posting else ():
        office = offices.get(location.office or "")
        found = [location.country, location.region, *location.remote_from]
        found += [office.country, office.region] if office else []
        places.update(place for place in found if place)
        places.update(place[:2] for place in found if place)
    return places


def _targets(chain: list[Level]) -> Mapping[str, LevelTarget]:
    """By competency, what the levels ask, later levels over earlier ones."""
    targets: dict[str, LevelTarget] = {}
    for level in chain:
        for name, target in level.targets.items():
            before = targets.get(name, LevelTarget())
            given = {key: value for key, value in target if value is not None}
            targets[name] = before.model_copy(update=given)
    return targets


def _assessed(spec: RoleSpec, targets: Mapping[str, LevelTarget]) -> tuple[AssessedCompetency, ...]:
    uses = []
    for entry in spec.competencies:
        given = {key: value for key, value in targets.get(entry.key, LevelTarget()) if value is not None}
        uses.append(entry.model_copy(update=given))
    weights = [use.weight or 1 for use in uses]  # none or all are given; see consistency
    total = sum(weights) or 1
    return tuple(
        AssessedCompetency(
            id=use.key,
            competency=_competency(spec, use),
            use=use,
            questions=(
                (*spec.shared[use.use].questions, *use.questions) if isinstance(use, CompetencyUse) else use.questions
            ),
            share=round(100 * weight / total),
        )
        for use, weight in zip(uses, weights, strict=True)
    )


def _competency(spec: RoleSpec, use: RoleCompetency | CompetencyUse) -> Competency:
    return spec.shared[use.use] if isinstance(use, CompetencyUse) else use


def _scale(company: Company | None) -> tuple[ScalePoint, ...]:
    """The company's rating scale, else five points, which each language's phrases name."""
    if company and company.rating_scale:
        return company.rating_scale.points
    return tuple(ScalePoint(value=value, label=str(value)) for value in DEFAULT_SCALE)


def _stages(
    spec: RoleSpec, competencies: tuple[AssessedCompetency, ...], level: str | None
) -> tuple[PlannedStage, ...]:
    """The stages with what they score and ask; questions that are meant for other levels are not asked."""
    by_id = {competency.id: competency for competency in competencies}
    asked = {
        question.id: AskedQuestion(question, competency)
        for competency in competencies
        for question in competency.questions
    }
    return tuple(
        PlannedStage(
            stage,
            competencies=tuple(by_id[name] for name in stage.competencies),
            questions=tuple(
                asked[name]
                for name in stage.questions
                if level is None or not asked[name].question.levels or level in asked[name].question.levels
            ),
        )
        for stage in (spec.interview_plan.stages if spec.interview_plan else ())
    )


def without_specialty(title: str) -> str:
    """A title without the place that a posting's specialty would fill."""
    return _UNFILLED.sub("", title).strip()


def title_of(spec: RoleSpec, level: Level | None, posting: Posting | None) -> str:
    """The title by the level's pattern, with the posting's suffix. Raises JdgenError if nothing is left."""
    title = str(spec.title)
    if level is not None and level.title is not None:
        title = str(level.title).replace("{title}", title)
    if posting is not None and posting.specialty:
        title = title.replace("{specialty}", str(posting.specialty))
    title = without_specialty(title)
    if not title:
        message = "the title is empty without a posting's specialty"
        raise JdgenError([at_place(spec, ("title",), "title.empty", message)])
    return f"{title} {posting.title_suffix}" if posting is not None and posting.title_suffix else title
