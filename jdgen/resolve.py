"""How spec, level, company and posting become one Role: typed overlays, never a merge of dicts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from jdgen.overlay import applicable, patched
from jdgen.problem import JdgenError, Origin, Problem, nearest
from jdgen.reference import patched_lists, removed_or_replaced
from jdgen.role import AskedQuestion, AssessedCompetency, PlannedStage, Role
from jdgen.spec import Company, Competency, CompetencyUse, Level, Posting, RoleSpec, Translations
from jdgen.spec.company import ScalePoint
from jdgen.spec.competency import RoleCompetency
from jdgen.spec.file import SpecFile
from jdgen.spec.level import LevelTarget
from jdgen.spec.walk import Path, mapped

File = TypeVar("File", bound=SpecFile)

_UNFILLED = re.compile(r"[\s,(–-]*\{specialty\}\)?")
DEFAULT_SCALE = (1, 2, 3, 4, 5)


def resolve_role(
    spec: RoleSpec,
    *,
    level: str | None = None,
    company: Company | None = None,
    posting: Posting | None = None,
    language: str | None = None,
) -> Role:
    """One role out of what the files say.

    `level` is the id of one of the role's levels; without it the posting's holds, if it has one.
    `language` is a tag such as `en` or `de-CH`; without it the posting's, the company's, or the
    role's own holds. Raises JdgenError with every problem found.
    """
    problems: list[Problem] = []
    wanted = level or (posting.level if posting else None)
    chain = _chain(spec, wanted, at_posting=None if level else posting)
    chosen = chain[-1] if chain else None
    if posting is not None:
        problems += _posting_problems(spec, company, posting)
        if problems:
            raise JdgenError(problems)
    tongue = language or (posting and posting.language) or (company and company.language) or spec.language

    for overlay in [*(link.patch for link in chain), posting.patch if posting else None]:
        if overlay is not None:
            spec = patched(spec, overlay)
    spec = applicable(spec, level=chosen.id if chosen else None, places=_places(posting, company), contracts=_contracts(posting))
    spec = _in_language(spec, tongue, problems)
    shared = {name: _in_language(file, tongue, problems) for name, file in spec.shared.items()}
    spec = spec.with_shared(shared)
    company = company and _in_language(company, tongue, problems)
    posting = posting and _in_language(posting, tongue, problems)
    targets = _targets([_in_language_of(spec, link, tongue) for link in chain])
    if problems:
        raise JdgenError(problems)

    chosen = _in_language_of(spec, chosen, tongue) if chosen else None
    competencies = _assessed(spec, targets)
    scale = _scale(company)
    problems += _scale_problems(spec, competencies, [point.value for point in scale if point.value is not None])
    if problems:
        raise JdgenError(problems)
    return Role(
        spec=spec,
        title=_title(spec, chosen, posting),
        language=tongue,
        level=chosen,
        company=company,
        posting=posting,
        scale=scale,
        competencies=competencies,
        stages=_stages(spec, competencies),
    )


def _chain(spec: RoleSpec, wanted: str | None, at_posting: Posting | None) -> list[Level]:
    """The levels whose changes apply, the one that is built on first. Raises JdgenError."""
    levels = {level.id: level for level in spec.levels}
    chain: list[Level] = []
    while wanted is not None:
        if wanted not in levels:
            hint = nearest(wanted, levels) or "the role has no levels"
            message = f"role '{spec.id}' has no level '{wanted}'"
            raise JdgenError([_at(at_posting, ("level",), "level.unknown", message, hint)])
        if levels[wanted] in chain:
            where = ("levels", spec.levels.index(levels[wanted]), "extends")
            raise JdgenError([_at(spec, where, "level.circle", f"level '{wanted}' extends itself", "")])
        chain.insert(0, levels[wanted])
        wanted = levels[wanted].extends
    return chain


def _at(file: SpecFile | None, where: Path, code: str, message: str, hint: str = "") -> Problem:
    origin: Origin | None = file.origin if file is not None else None
    return origin.problem(where, code, message, hint) if origin else Problem(code, message, hint=hint)


def _posting_problems(spec: RoleSpec, company: Company | None, posting: Posting) -> Iterable[Problem]:
    def unknown(where: Path, noun: str, name: str, known: Iterable[str]) -> Problem:
        return _at(posting, where, f"ref.{noun}", f"there is no {noun} '{name}'", nearest(name, known))

    if posting.role != spec.id:
        message = f"the posting is for the role '{posting.role}', not '{spec.id}'"
        yield _at(posting, ("role",), "posting.other-role", message)
    levels = [level.id for level in spec.levels]
    named: list[tuple[Path, str]] = [(("also_levels", i), name) for i, name in enumerate(posting.also_levels)]
    ranges = posting.compensation.ranges if posting.compensation else ()
    named += [(("compensation", "ranges", i, "level"), r.level) for i, r in enumerate(ranges) if r.level]
    if posting.level:
        named.append((("level",), posting.level))
    yield from (unknown(where, "level", name, levels) for where, name in named if name not in levels)
    offices = [office.id for office in company.offices] if company else []
    sets = list(company.benefits) if company else []
    for i, location in enumerate(posting.locations):
        if location.office and location.office not in offices:
            yield unknown(("locations", i, "office"), "office", location.office, offices)
    for i, name in enumerate(posting.benefits):
        if name not in sets:
            yield unknown(("benefits", i), "benefit set", name, sets)
    for i, employment in enumerate(posting.employment):
        if employment.benefits and employment.benefits not in sets:
            yield unknown(("employment", i, "benefits"), "benefit set", employment.benefits, sets)
    for i, pay in enumerate(ranges):
        if pay.currency is None and not (company and company.currency):
            message = "the pay range has no currency"
            yield _at(posting, ("compensation", "ranges", i), "pay.currency", message, "such as currency: EUR")
    lists = patched_lists(spec)
    for where, name, entry in removed_or_replaced(posting.patch, ("patch",)):
        if entry not in lists[name]:
            yield unknown(where, "item", entry, lists[name])


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


def _contracts(posting: Posting | None) -> set[str]:
    return {employment.type for employment in posting.employment} if posting else set()


# --- language ---------------------------------------------------------------------------------


def _translator(language: str, missing: Callable[[Path, Translations], None]) -> Callable[[Any, Path], Any]:
    def translate(value: Any, path: Path) -> Any:
        if not isinstance(value, Translations):
            return value
        text = value.text(language)
        if text is None:
            missing(path, value)
            return value.by_language[0][1]
        return text

    return translate


def _in_language(file: File, language: str, problems: list[Problem]) -> File:
    """The file with one language's text in every place; what lacks it becomes a problem."""

    def missing(path: Path, texts: Translations) -> None:
        hint = "there is " + ", ".join(f"'{tag}'" for tag in texts.languages)
        problems.append(_at(file, path, "text.language", f"no text in '{language}'", hint))

    result: File = mapped(file, _translator(language, missing))
    return result


def _in_language_of(spec: RoleSpec, level: Level, language: str) -> Level:
    """The level in one language; what lacks it was reported with the role."""
    result: Level = mapped(level, _translator(language, lambda path, texts: None))
    return result


# --- assessment -------------------------------------------------------------------------------


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
    default = 1 if not any(use.weight for use in uses) else 0
    weights = [use.weight or default for use in uses]
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


def _scale_problems(
    spec: RoleSpec, competencies: tuple[AssessedCompetency, ...], points: list[int]
) -> Iterable[Problem]:
    """Anchors, bars and sample ratings that the rating scale does not have."""
    scale = f"the scale has the points {', '.join(map(str, points))}"
    for position, assessed in enumerate(competencies):
        at: Path = ("competencies", position)
        shared = spec.shared.get(assessed.id) if isinstance(assessed.use, CompetencyUse) else None
        file, anchors = (shared, ()) if shared else (spec, at)
        given = list(assessed.competency.anchors)
        for value in given:
            if value not in points:
                yield _at(file, (*anchors, "anchors", value), "scale.point", f"an anchor for {value}", scale)
        missing = [str(value) for value in points if value not in given]
        if missing:
            message = f"'{assessed.id}' has no anchor for {', '.join(missing)}"
            yield _at(file, (*anchors, "anchors"), "scale.anchor", message, scale)
        for key in ("target", "minimum"):
            bar = getattr(assessed.use, key)
            if bar is not None and bar not in points:
                yield _at(spec, (*at, key), "scale.point", f"'{assessed.id}' has a {key} of {bar}", scale)
        for question in assessed.questions:
            for answer in question.sample_answers:
                if answer.rating not in points:
                    message = f"question '{question.id}' has a sample answer rated {answer.rating}"
                    yield _at(file, (*anchors, "questions"), "scale.point", message, scale)


def _stages(spec: RoleSpec, competencies: tuple[AssessedCompetency, ...]) -> tuple[PlannedStage, ...]:
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
            questions=tuple(asked[name] for name in stage.questions),
        )
        for stage in (spec.interview_plan.stages if spec.interview_plan else ())
    )


def _title(spec: RoleSpec, level: Level | None, posting: Posting | None) -> str:
    """The title by the level's pattern, with the posting's suffix."""
    title = str(spec.title)
    if level is not None and level.title is not None:
        title = str(level.title).replace("{title}", title)
    if posting is not None:
        if posting.specialty:
            title = title.replace("{specialty}", str(posting.specialty))
        if posting.title_suffix:
            title = f"{title} {posting.title_suffix}"
    return _UNFILLED.sub("", title).strip()
