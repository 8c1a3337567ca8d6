"""What templates see of a Role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from jdgen import ladder, plan
from jdgen.escape import plain
from jdgen.form import NOT_ASSESSED
from jdgen.phrases import Phrases
from jdgen.reference import INFERRED
from jdgen.resolve import title_of
from jdgen.role import AskedQuestion, AssessedCompetency, Grade, PlannedStage, Role
from jdgen.spec import Company, CompetencyUse, Item, Level, Posting, Spec
from jdgen.spec.base import is_identifier
from jdgen.spec.company import ScalePoint
from jdgen.spec.walk import parts
from jdgen.vacancy import arranged_sections, benefits, headings_of, intros_of, locations, posting_view, statements
from jdgen.view import View, fields_of, view


def role_view(role: Role, phrases: Phrases) -> View:
    """The role as templates see it."""
    spec, company, posting = role.spec, role.company, role.posting
    competencies = {competency.id: _competency(competency) for competency in role.competencies}
    stages = tuple(_stage(stage, competencies, role) for stage in role.stages)
    by_stage = {stage.id: stage for stage in stages}
    default = tuple(stage for stage in stages if stage.is_default)
    scale, not_assessed = _scale(role, phrases), _not_assessed(company, phrases)
    recommendations = _recommendations(company, phrases)
    fields = {
        **fields_of(view(spec)),
        "id": role.id,
        "title": role.title,
        "language": role.language,
        "level": view(role.level),
        "levels": tuple(_level(level, role) for level in spec.levels),
        "company": view(company),
        "posting": posting_view(role),
        "identifiers": tuple(_identifiers(posting, phrases)),
        "scale": scale,
        "rating_options": _rating_options(scale, not_assessed),
        "not_assessed": not_assessed,
        "recommendations": recommendations,
        "recommendation_options": _recommendation_options(recommendations),
        "competencies": tuple(competencies.values()),
        "plan": view(role.plan),
        "stages": stages,
        "default_stages": default,
        "coverage": tuple(
            View(
                "a competency's coverage",
                {
                    "competency": competencies[row.competency.id],
                    "stages": tuple(by_stage[stage.id] for stage in row.stages),
                    "raters": row.raters,
                    "minutes": _minutes(row.competency, row.stages),
                    "asked": MappingProxyType({stage.id: _minutes(row.competency, (stage,)) for stage in row.stages}),
                },
            )
            for row in plan.coverage(role)
        ),
        "questions": tuple(_questions(role, competencies, default)),
        "candidate_minutes": plan.candidate_minutes(role),
        "requirements": tuple(_requirements(role, competencies, default)),
        "sections": arranged_sections(role),
        "headings": MappingProxyType(headings_of(role)),
        "intros": MappingProxyType(intros_of(role)),
        "grades": tuple(_grade(grade, role) for grade in role.grades),
        "extra_sections": view((*spec.extra_sections, *(posting.extra_sections if posting else ()))),
        "locations": tuple(locations(posting, company)),
        "benefits": tuple(benefits(role)),
        "statements": tuple(statements(role)),
        "provenance": tuple(_provenance(role)),
        "version": role.version,
    }
    for replaced in ("interview_plan", "jdgen"):
        del fields[replaced]
    return View("role", fields)


def _level(level: Level, role: Role) -> View:
    """A level, its title filled in, and other levels by their names."""
    title = title_of(role.spec, level, role.posting) if level.title is not None else None
    names = {other.id: other.name for other in role.spec.levels}
    others = {key: names.get(getattr(level, key) or "") for key in ("extends", "equivalent_to")}
    seen: View = view(level, title=title, **others)
    return seen


def _grade(grade: Grade, role: Role) -> View:
    """A level that shares the page with others: what it is, and what it says otherwise than the page."""
    differences = tuple(
        View(
            "a level's change",
            {"section": change.section, "added": view(change.added), "dropped": view(change.dropped)},
        )
        for change in ladder.changes(role, grade)
    )
    own = {**fields_of(_level(grade.level, role)), "title": grade.title, "changes": differences}
    return View("a level", {**own, **{f"own_{key}": text for key, text in ladder.texts(role, grade).items()}})


def _identifiers(posting: Posting | None, phrases: Phrases) -> Iterator[tuple[str, str]]:
    """What each number of the vacancy is called, and the number."""
    for name, number in posting.identifiers.items() if posting else ():
        known = f"identifier.{name}"
        is_handle = is_identifier(name)
        called = name.replace("-", " ").capitalize() if is_handle else name
        yield phrases.text(known) if known in phrases else called, number


def _competency(assessed: AssessedCompetency) -> View:
    use = fields_of(view(assessed.use))
    return View(
        "a competency",
        {
            **fields_of(view(assessed.competency)),
            **{key: use[key] for key in ("importance", "weight", "weight_reason", "target", "minimum", "focus")},
            "id": assessed.id,
            "questions": view(assessed.questions),
            "share": assessed.share,
            "is_required": assessed.is_required,
            "is_shared": isinstance(assessed.use, CompetencyUse),
        },
    )


def _stage(planned: PlannedStage, competencies: Mapping[str, View], role: Role) -> View:
    minutes = plan.stage_minutes(planned)
    replaced = next((s for s in role.stages if s.id == planned.stage.instead_of), None)
    return View(
        "a stage",
        {
            **fields_of(view(planned.stage)),
            "competencies": tuple(competencies[competency.id] for competency in planned.competencies),
            "questions": tuple(_asked(asked, competencies) for asked in planned.questions),
            "is_scored": planned.is_scored,
            "is_default": planned.is_default,
            "replaces": view(replaced.stage) if replaced else None,
            "asks": tuple(asked.question.id for asked in planned.questions),
            "people": planned.interviewers,
            "question_minutes": minutes.questions,
            "planned_minutes": minutes.planned,
        },
    )


def _asked(asked: AskedQuestion, competencies: Mapping[str, View]) -> View:
    seen: View = view(asked.question, competency=competencies[asked.competency.id])
    return seen


def _minutes(competency: AssessedCompetency, stages: Iterable[PlannedStage]) -> int:
    """The minutes that stages ask about a competency, each range at its most."""
    asked = (asked for stage in stages for asked in stage.questions if asked.competency is competency)
    return sum(one.question.minutes.most for one in asked)


def _questions(role: Role, competencies: Mapping[str, View], default: tuple[View, ...]) -> Iterator[View]:
    """Every question by competency, with the stages of the default plan that ask it."""
    for assessed in role.competencies:
        for position, question in enumerate(assessed.questions):
            yield view(
                question,
                competency=competencies[assessed.id],
                stages=tuple(stage for stage in default if question.id in stage.asks),
                is_first=position == 0,
                is_untried=question.pilot is None or str(question.pilot).casefold().startswith("untried"),
            )


def _scale(role: Role, phrases: Phrases) -> tuple[View, ...]:
    if role.company and role.company.rating_scale:
        return tuple(view(point) for point in role.scale)
    return tuple(_default_point(point.value, phrases, "rating") for point in role.scale)


def _default_point(value: int | None, phrases: Phrases, scale: str) -> View:
    """A point of a scale of jdgen's own, in the words of the language's phrases."""
    words = {key: phrases.text(f"scale.{scale}.{value}.{key}") for key in ("label", "definition")}
    return View(ScalePoint.noun, {"value": value, **words})


def _not_assessed(company: Company | None, phrases: Phrases) -> str:
    given = company.rating_scale.not_assessed if company and company.rating_scale else None
    return str(given or phrases.text("scale.not_assessed"))


def _recommendations(company: Company | None, phrases: Phrases) -> tuple[View, ...]:
    if company and company.recommendation_scale:
        return tuple(view(point) for point in company.recommendation_scale.points)
    return tuple(_default_point(value, phrases, "recommendation") for value in (4, 3, 2, 1))


def _rating_options(scale: tuple[View, ...], not_assessed: str) -> Mapping[str, str]:
    """What a rating may be on a scorecard: labels by value."""
    points = {str(point.value): f"{point.value} · {point.label}" for point in scale}
    return MappingProxyType(points | {NOT_ASSESSED: not_assessed})


def _recommendation_options(points: tuple[View, ...]) -> Mapping[str, str]:
    """What a recommendation may be: labels by the point's place on its scale, first is 1."""
    return MappingProxyType({str(place): str(point.label) for place, point in enumerate(points, 1)})


def _requirements(role: Role, competencies: Mapping[str, View], stages: tuple[View, ...]) -> Iterator[View]:
    """Responsibilities and qualifications with the competency that assesses each."""
    spec = role.spec
    lists: tuple[tuple[str, Any], ...] = (
        ("responsibility", spec.responsibilities),
        ("required", spec.qualifications.required if spec.qualifications else ()),
        ("preferred", spec.qualifications.preferred if spec.qualifications else ()),
        ("outcome", spec.success.milestones if spec.success else ()),
    )
    for sort, entries in lists:
        for item in _items(entries):
            competency = competencies.get(item.competency or "")
            asked_in = tuple(stage for stage in stages if competency in stage.competencies)
            yield View(
                "a requirement",
                {
                    "sort": sort,
                    "text": item.text,
                    "kind": getattr(item, "kind", None),
                    "assessed_by": getattr(item, "assessed_by", ()),
                    "competency": competency,
                    "stages": asked_in,
                },
            )


def _items(entries: Iterable[Any]) -> Iterator[Item]:
    for _, part in parts(tuple(entries)):
        if isinstance(part, Item):
            yield part


def _provenance(role: Role) -> Iterator[View]:
    """Each source with the statements drawn from it, what was inferred last."""
    drawn: dict[str, list[str]] = {}
    files: list[Any] = [role.spec, *(role.spec.shared[name] for name in sorted(role.spec.shared))]
    for file in files:
        for _, part in parts(file):
            source = getattr(part, "source", None)
            if source:
                drawn.setdefault(source, []).append(_statement(part))
    known = {source.id: view(source) for source in role.spec.sources}
    for name in (*known, INFERRED):
        if name in known or drawn.get(name):
            yield View(
                "a source's statements",
                {
                    "source": known.get(name),
                    "is_inferred": name == INFERRED,
                    "statements": tuple(drawn.get(name, ())),
                },
            )


def _statement(part: Spec) -> str:
    for key in ("text", "name", "title", "summary", "typical_timeline"):
        text = getattr(part, key, None)
        if text:
            return plain(text)
    return type(part).noun
