"""What templates see: plain, read-only values made of a Role; never the spec's own objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from jdgen import plan
from jdgen.escape import Plain
from jdgen.phrases import Phrases
from jdgen.reference import INFERRED
from jdgen.role import AskedQuestion, AssessedCompetency, PlannedStage, Role
from jdgen.spec import Company, CompetencyUse, Posting
from jdgen.spec.base import Item, Minutes, Spec
from jdgen.spec.company import BenefitSet, Office, ScalePoint, Statement
from jdgen.spec.section import SECTIONS, Arrangement
from jdgen.spec.walk import parts


class View:
    """Named values and nothing else: no methods, no way to change them."""

    __slots__ = ("_fields", "_noun")
    _fields: Mapping[str, Any]
    _noun: str

    def __init__(self, noun: str, fields: Mapping[str, Any]) -> None:
        object.__setattr__(self, "_noun", noun)
        object.__setattr__(self, "_fields", fields)

    def __getattr__(self, name: str) -> Any:
        try:
            value = self._fields[name]
        except KeyError:
            raise AttributeError(name) from None
        return Plain(value) if type(value) is str else value

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{self._noun} can't be changed")

    def __repr__(self) -> str:
        return f"<{self._noun}>"


def fields_of(view: View) -> Mapping[str, Any]:
    """The values of a view by name."""
    return view._fields


def noun_of(view: View) -> str:
    """What messages call the view."""
    return view._noun


def view(value: Any, **more: Any) -> Any:
    """`value` as templates may see it: parts of a spec as views, lists as tuples, dicts read-only."""
    if isinstance(value, Minutes):
        return View("a time", {"least": value.least, "most": value.most})
    if isinstance(value, Spec):
        names = type(value).model_fields
        return View(type(value).noun, {**{name: view(getattr(value, name)) for name in names}, **more})
    if isinstance(value, tuple):
        return tuple(view(entry) for entry in value)
    if isinstance(value, dict):
        return MappingProxyType({key: view(entry) for key, entry in value.items()})
    return Plain(value) if type(value) is str else value


def role_view(role: Role, phrases: Phrases) -> View:
    """The role as templates see it."""
    spec, company, posting = role.spec, role.company, role.posting
    competencies = {competency.id: _competency(competency) for competency in role.competencies}
    stages = tuple(_stage(stage, competencies, role) for stage in role.stages)
    by_stage = {stage.id: stage for stage in stages}
    default = tuple(stage for stage in stages if stage.is_default)
    fields = {
        **fields_of(view(spec)),
        "id": role.id,
        "title": role.title,
        "base_title": role.base_title,
        "language": role.language,
        "level": view(role.level),
        "company": view(company),
        "posting": _posting(posting, company),
        "scale": _scale(role, phrases),
        "not_assessed": _not_assessed(company, phrases),
        "recommendations": _recommendations(company, phrases),
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
                },
            )
            for row in plan.coverage(role)
        ),
        "candidate_minutes": plan.candidate_minutes(role),
        "requirements": tuple(_requirements(role, competencies, default)),
        "sections": arranged_sections(role),
        "headings": MappingProxyType(_headings(role)),
        "extra_sections": view((*spec.extra_sections, *(posting.extra_sections if posting else ()))),
        "locations": tuple(_locations(posting, company)),
        "benefits": tuple(_benefits(role)),
        "statements": tuple(_statements(role)),
        "provenance": tuple(_provenance(role)),
        "version": role.version,
    }
    for replaced in ("interview_plan", "jdgen"):
        del fields[replaced]
    return View("role", fields)


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
    return view(asked.question, competency=competencies[asked.competency.id])  # type: ignore[no-any-return]


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


# --- the job description ----------------------------------------------------------------------


def _arrangements(role: Role) -> list[Arrangement]:
    """The role's arrangement of sections before the company's."""
    company = role.company.sections if role.company else None
    return [arrangement for arrangement in (role.spec.sections, company) if arrangement]


def arranged_sections(role: Role) -> tuple[str, ...]:
    """The sections of a job description in order, without the hidden ones."""
    arrangements = _arrangements(role)
    first: tuple[str, ...] = next((a.order for a in arrangements if a.order), ())
    hidden = {section for arrangement in arrangements for section in arrangement.hide}
    ordered = [*first, *(section for section in SECTIONS if section not in first)]
    return tuple(section for section in ordered if section not in hidden)


def _headings(role: Role) -> dict[str, str]:
    headings: dict[str, str] = {}
    for arrangement in reversed(_arrangements(role)):
        headings.update({section: str(title) for section, title in arrangement.titles.items()})
    return headings


def _posting(posting: Posting | None, company: Company | None) -> Any:
    """The posting, its pay ranges with the company's currency where they name none."""
    if posting is None or posting.compensation is None:
        return view(posting)
    currency = company.currency if company else None
    ranges = tuple(pay.model_copy(update={"currency": pay.currency or currency}) for pay in posting.compensation.ranges)
    return view(posting.model_copy(update={"compensation": posting.compensation.model_copy(update={"ranges": ranges})}))


def _locations(posting: Posting | None, company: Company | None) -> Iterator[View]:
    offices: dict[str, Office] = {office.id: office for office in company.offices} if company else {}
    for location in posting.locations if posting else ():
        office = offices.get(location.office or "")
        fields = dict(fields_of(view(location)))
        fields["office"] = view(office)
        for key in ("city", "region", "country"):
            fields[key] = fields[key] or (getattr(office, key) if office else None)
        yield View("a location", fields)


def posting_places(posting: Posting | None, company: Company | None) -> list[str]:
    """The ISO places of a posting, each region before its country, in the posting's order."""
    places: list[str] = []
    for location in _locations(posting, company):
        places += [place for place in (location.region, location.country, *location.remote_from) if place]
    return list(dict.fromkeys(places))


def _benefits(role: Role) -> Iterator[View]:
    """The benefit sets that the posting names, else those that apply to it."""
    if role.company is None:
        return
    posting = role.posting
    contracts = posting.employment if posting else ()
    named = [*(posting.benefits if posting else ()), *(c.benefits for c in contracts if c.benefits)]
    countries = {place[:2] for place in posting_places(posting, role.company)}
    for name, benefits in role.company.benefits.items():
        if name in named or (not named and _applies(benefits, countries, {c.type for c in contracts}, role)):
            yield view(benefits, id=name)


def _applies(benefits: BenefitSet, countries: set[str], contracts: set[str], role: Role) -> bool:
    to = benefits.applies_to
    if to is None:
        return True
    levels = {role.level.id} if role.level else set()
    asked = ((to.countries, countries), (to.employment, contracts), (to.levels, levels))
    return all(not wanted or bool(there.intersection(wanted)) for wanted, there in asked)


def _statements(role: Role) -> Iterator[View]:
    """Each of the company's statements in the wordings that the posting's places ask for."""
    places = posting_places(role.posting, role.company)
    for name, statement in role.company.statements.items() if role.company else ():
        yield View(
            "a statement",
            {"id": name, "title": statement.title, "wordings": tuple(_wordings(statement, places))},
        )


def _wordings(statement: Statement, places: list[str]) -> Iterator[View]:
    """The wordings that hold for `places`, each with its place where there is more than one."""
    own = {place: statement.by_place[place] for place in places if place in statement.by_place}
    covered = {place[:2] for place in own}
    others = [place for place in places if len(place) == 2 and place not in covered]
    if not own:
        yield View("a wording", {"place": "", "text": statement.text})
        return
    if others:
        yield View("a wording", {"place": ", ".join(others), "text": statement.text})
    for place, text in own.items():
        yield View("a wording", {"place": place if others or len(own) > 1 else "", "text": text})


# --- what is assessed, and where statements come from -----------------------------------------


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
            return str(text)
    return type(part).noun
