"""What to lint -> what the rules find in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from jdgen.lint import competency, description, inquiry, kit, law, mixed, question, stage, wording
from jdgen.lint.authored import description_of, passages
from jdgen.lint.catalog import rule_file, rules
from jdgen.lint.day import is_date
from jdgen.lint.english import is_english, reads_english
from jdgen.lint.family import families, family_of
from jdgen.lint.jurisdiction import Whereabouts
from jdgen.lint.page import described, read_page
from jdgen.lint.passage import Passage
from jdgen.lint.rule import Finding
from jdgen.lint.subject import Asked, Assessed, Judged, Vacancy
from jdgen.lint.target import Target, targets_of
from jdgen.lint.verdict import Choice, Linted, choice_of, judged
from jdgen.load import Library, load, load_company, load_posting, load_role
from jdgen.places import Place, Places
from jdgen.problem import JdgenError, Origin, Problem, in_order
from jdgen.request import company_of
from jdgen.resolve import resolve_role
from jdgen.role import AssessedCompetency
from jdgen.spec import Company, Posting, RoleSpec, SharedCompetency, SpecFile
from jdgen.spec.competency import RoleCompetency

_PLACE = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3}){0,2}")


@dataclass(frozen=True)
class LintRequest:
    """What to lint, and by which rules."""

    subjects: tuple[str, ...] = ()
    """Names of roles, postings, companies, competencies; paths to specs and to finished postings. All of the
    user's roles and postings if none; the shipped ones if the user has none."""
    library: Library = field(default_factory=Library)
    company: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    on: str = ""
    """The day whose law counts, as 2026-12-01; a posting's opening day if empty."""
    places: tuple[str, ...] = ()
    """Where a finished posting is for, such as US-CO."""


def lint_specs(request: LintRequest) -> Linted:
    """What the rules find in what is asked for, and every problem that keeps it from being looked at, in order.

    Raises JdgenError for what is asked wrongly: a rule, day, place or name that there is not.
    """
    if problems := list(_misasked(request)):
        raise JdgenError(problems)
    broken: list[Problem] = []
    findings: list[tuple[Finding, Choice]] = []
    run = _Run(request)
    plain = choice_of(request.select, request.ignore, None, rules())
    for target in targets_of(request.subjects, request.library):
        try:
            found = list(run.findings(target))
        except JdgenError as error:
            broken += error.problems
            continue
        choice = choice_of(request.select, request.ignore, run.company, rules()) if run.company else plain
        findings += [(finding, choice) for finding in found]
    is_whole = not request.select and not request.ignore
    linted = judged(findings, rules(), run.origins, is_whole=is_whole)
    return replace(linted, problems=tuple(in_order([*linted.problems, *run.notes, *broken])))


def _misasked(request: LintRequest) -> Iterator[Problem]:
    if request.on and not is_date(request.on):
        yield Problem("date.format", f"'{request.on}' is no day", hint="write it as 2026-12-01")
    for place in request.places:
        if not _PLACE.fullmatch(place):
            meant = place.upper().replace("_", "-")
            hint = f"did you mean '{meant}'?" if _PLACE.fullmatch(meant) else "write it such as DE or US-CO"
            yield Problem("place.format", f"'{place}' is no place", hint=hint)


class _Run:
    """One run: each file is read once, and each of its texts judged once."""

    def __init__(self, request: LintRequest) -> None:
        self._request = request
        self._seen: dict[str, Origin] = {}
        self.notes: list[Problem] = []
        """What was not looked at, and why."""
        self._asked: set[tuple[str | int, ...]] = set()
        self._load_role = cache(load_role)  # several postings are for one role
        self._families = cache(families)
        self._plain = choice_of(request.select, request.ignore, None, rules())
        self.company: Company | None = None
        """Whose settings hold for what was looked at last."""

    @property
    def origins(self) -> Iterable[Origin]:
        """The files that were looked at."""
        return self._seen.values()

    def findings(self, subject: Target) -> Iterator[Finding]:
        """What the rules find in one thing. Raises JdgenError if it can't be read."""
        self.company = None
        if subject.kind is None:
            return self._page(Path(subject.name))
        if subject.kind is RoleSpec:
            return self._role(subject.name, subject.library)
        if subject.kind is Posting:
            return self._posting(subject.name, subject.library)
        if subject.kind is Company:
            self.company = load_company(subject.name, subject.library)
            return self._company(self.company)
        return self._shared(load(SharedCompetency, subject.name, subject.library))

    # --- spec files ---------------------------------------------------------------------------

    def _role(self, name: str, library: Library) -> Iterator[Finding]:
        spec = self._load_role(name, library)
        company = self._users_company(library)
        yield from self._files(spec, company)
        places, said = Places(spec), set[tuple[str, str]]()
        for level in (None, *(level.id for level in spec.levels)):
            subject = Judged(resolve_role(spec, level=level, company=company), places)
            found = [
                finding for finding in self._of_role(subject, library) if (finding.code, finding.message) not in said
            ]
            yield from (f if subject.label in f.message else _labeled(f, subject.label) for f in found)
            said.update((finding.code, finding.message) for finding in found)

    def _users_company(self, library: Library) -> Company | None:
        """The company that is named, or the user's only one; what keeps it from being read is noted."""
        try:
            self.company = company_of(self._request.company, None, library)
        except JdgenError as error:
            self.notes += error.problems
        return self.company

    def _posting(self, name: str, library: Library) -> Iterator[Finding]:
        posting = load_posting(name, library)
        spec = self._load_role(posting.role, library)
        company = company_of(self._request.company or posting.company, posting, library)
        self.company = company
        yield from self._files(spec, company)
        role = resolve_role(spec, company=company, posting=posting)
        yield from self._of_role(Judged(role, Places(spec)), library)
        yield from self._texts(posting, posting.language or spec.language)
        places, cities = law.places_of(role.posting or posting, role.company)
        yield from law.check(
            Vacancy(
                description=description_of(role),
                place=Place(posting.origin),
                places=places,
                cities=cities,
                on=self._day(posting),
                role=role,
                posting=posting,
                company=company,
            )
        )

    def _files(self, spec: RoleSpec, company: Company | None) -> Iterator[Finding]:
        """What is found in what candidates read of a role's and its company's files."""
        yield from self._texts(spec, spec.language)
        yield from self._company(company)
        for file in spec.shared.values():
            self._look(file)

    def _of_role(self, subject: Judged, library: Library) -> Iterator[Finding]:
        role = subject.role
        for asked in subject.questions:
            yield from self._of_question(asked, role.language)
        for assessed in subject.competencies:
            yield from competency.check(assessed)
        yield from stage.check(subject)
        yield from kit.check(subject)
        yield from description.check(description_of(role))
        if self._plain.counts(mixed.CODE) and (family := family_of(role.spec, library)):
            yield from mixed.role_check(subject, family)
        if is_english(role.language) and (role.level is None or role.posting is not None):
            yield from self._of_stages(subject)

    def _of_question(self, asked: Asked, language: str) -> Iterator[Finding]:
        where = (asked.place.origin.file if asked.place.origin else "", *asked.place.where)
        if where in self._asked:
            return  # each level has the same questions
        self._asked.add(where)
        yield from question.check(asked)
        if is_english(language):
            spoken: list[tuple[Place, object]] = [
                (asked.place.below("setup"), asked.question.setup),
                (asked.place.below("text"), asked.question.text),
                *((asked.place.below("probes", i), probe) for i, probe in enumerate(asked.question.probes)),
            ]
            for place, text in spoken:
                if text is not None:
                    yield from inquiry.check(Passage(str(text), "question", place), asked.about)

    @staticmethod
    def _of_stages(subject: Judged) -> Iterator[Finding]:
        """What interviewers say in stages besides questions, and what referees are asked; no level changes that."""
        for planned in subject.role.stages:
            place = subject.places.stages[planned.id]
            for key in ("opening", "candidate_questions", "closing"):
                segment = getattr(planned.stage, key)
                if segment and segment.script:
                    yield from inquiry.check(Passage(str(segment.script), "question", place.below(key, "script")))
            for position, item in enumerate(planned.stage.agenda):
                yield from inquiry.check(Passage(str(item.text), "question", place.below("agenda", position, "text")))
        plan = subject.role.plan
        for position, item in enumerate(plan.reference_checks if plan else ()):
            place = subject.places.plan.below("reference_checks", position, "text")
            yield from inquiry.check(Passage(str(item.text), "question", place))

    def _company(self, company: Company | None) -> Iterator[Finding]:
        if company is None or (company.origin and company.origin.file in self._seen):
            return
        yield from self._texts(company, company.language or "en")
        yield from kit.company_check(company, Place(company.origin))

    def _shared(self, file: SharedCompetency) -> Iterator[Finding]:
        """A shared competency by itself, if no role that was looked at uses it."""
        if not self._look(file):
            return
        use = RoleCompetency.model_construct(id=file.id, **{name: getattr(file, name) for name in _COMPETENCY_FIELDS})
        assessed = AssessedCompetency(file.id, file, use, file.questions, 100)
        place = Place(file.origin)
        yield from competency.check(Assessed(assessed, place, place))
        for position, each in enumerate(file.questions):
            yield from self._of_question(Asked(each, place.below("questions", position), str(file.definition)), "en")

    def _texts(self, file: SpecFile, language: str) -> Iterator[Finding]:
        """What is found in what candidates read of a file. English only."""
        if not self._look(file):
            return
        for passage in passages(file, language) if is_english(language) else ():
            if passage.section == "application":
                yield from inquiry.check(passage)
            else:
                yield from wording.check(passage)

    def _look(self, file: SpecFile) -> bool:
        """Whether a file is looked at for the first time."""
        if file.origin is None or file.origin.file in self._seen:
            return False
        self._seen[file.origin.file] = file.origin
        return True

    # --- finished postings --------------------------------------------------------------------

    def _page(self, path: Path) -> Iterator[Finding]:
        page = read_page(path)
        self._seen[page.file] = page
        whole = described(page)
        if not reads_english(whole):
            message, hint = "is not in English, so no rule looked at it", "look yourself, at what the law asks, too"
            self.notes.append(Problem("posting-file.language", message, page.file, hint=hint, severity="warning"))
            return
        for passage in (*([whole.title] if whole.title else []), *whole.passages):
            yield from wording.check(passage)
            for start, sentence in passage.sentences():
                if "?" in sentence or passage.section == "apply":
                    asked = Passage(sentence, "application", passage.place)
                    yield from (_moved(finding, passage, start) for finding in inquiry.check(asked))
        yield from description.check(whole)
        if self._plain.counts(mixed.CODE):
            yield from mixed.check(whole, self._families(self._request.library))
        places, company = self._request.places, self._users_company(self._request.library)
        for place in places:
            if not Whereabouts((place,), ()).rows():
                message, hint = f"no law on pay is on record for '{place}'", "look yourself, if it is no slip"
                self.notes.append(Problem("place.no-law", message, page.file, hint=hint, severity="info"))
        yield from law.check(Vacancy(whole, whole.place, places, (), self._day(None), company=company))

    def _day(self, posting: Posting | None) -> str:
        opens = str(posting.dates.opens) if posting and posting.dates and posting.dates.opens else ""
        return self._request.on or (opens if is_date(opens) else rule_file("law").as_of)


_COMPETENCY_FIELDS = tuple(name for name in SharedCompetency.model_fields if name != "jdgen")


def _labeled(finding: Finding, label: str) -> Finding:
    return finding._replace(message=f"{finding.message}{label}")


def _moved(finding: Finding, passage: Passage, start: int) -> Finding:
    """A finding in a sentence as one in its passage."""
    return finding._replace(
        occurrence=finding.occurrence + passage.text.count(finding.words, 0, start) if finding.words else 0
    )
