"""Findings -> problems: their severities, which rules are asked for, what is ignored with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from jdgen.lint.ignore import Ignore, Ignores, Setting, ignores_in, selects, unused
from jdgen.lint.rule import Finding, Rule
from jdgen.places import Place
from jdgen.problem import JdgenError, Origin, Problem, in_order, nearest
from jdgen.spec import Company


@dataclass(frozen=True)
class Choice:
    """Which rules count, and how grave their breaches are."""

    select: tuple[str, ...] = ()
    """Codes, or how they begin; all rules if none is given."""
    ignore: tuple[str, ...] = ()
    settings: tuple[Setting, ...] = ()
    """What the company ignores."""
    severity: Mapping[str, str] = field(default_factory=dict)
    """What the company finds more or less grave."""

    def counts(self, code: str) -> bool:
        """Whether a rule is asked for."""
        chosen = not self.select or any(selects(selector, code) for selector in self.select)
        return chosen and not any(selects(selector, code) for selector in self.ignore)


@dataclass(frozen=True)
class Linted:
    """What linting came to."""

    problems: tuple[Problem, ...]
    files: int
    """How many files were looked at."""
    ignored: int
    """How many findings were ignored with a reason."""


def choice_of(
    select: Iterable[str], ignore: Iterable[str], company: Company | None, rules: Mapping[str, Rule]
) -> Choice:
    """What counts, by the options of a run and the company's settings.

    Raises JdgenError for codes that no rule has.
    """
    chosen, refused = tuple(select), tuple(ignore)
    problems = [_unknown(code, rules, Place(None)) for code in (*chosen, *refused) if not _is_known(code, rules)]
    lint = company.lint if company else None
    settings: list[Setting] = []
    place = Place(company.origin if company else None, ("lint",))
    for position, entry in enumerate(lint.ignore if lint else ()):
        settings.append(Setting(entry.rule, str(entry.reason), entry.files))
        if not _is_known(entry.rule, rules):
            problems.append(_unknown(entry.rule, rules, place.below("ignore", position, "rule")))
    severities = lint.severity if lint else {}
    problems += (_unknown(code, rules, place.below("severity", code)) for code in severities if code not in rules)
    if problems:
        raise JdgenError(problems)
    return Choice(chosen, refused, tuple(settings), dict(severities))


def judged(
    findings: Iterable[tuple[Finding, Choice]], rules: Mapping[str, Rule], origins: Iterable[Origin], *, is_whole: bool
) -> Linted:
    """The problems that findings come to, each by its choice, and what is wrong with the files' comments, in order.

    `is_whole` says that all rules ran: with fewer, a comment may be for one that did not.
    """
    files = {origin.file: origin for origin in origins}
    ignores = {name: ignores_in(origin, rules) for name, origin in files.items()}
    used: dict[str, set[Ignore]] = {name: set() for name in files}
    problems: dict[Problem, None] = {}
    ignored: set[Problem] = set()
    for finding, choice in findings:
        rule = rules[finding.code]
        if not choice.counts(rule.code):
            continue
        problem = _problem(finding, rule, choice)
        held = ignores.get(problem.file, Ignores()).holding(rule.code, set(_lines(finding.place, problem)))
        if held:
            used[problem.file].add(held)
        if held or any(setting.holds(problem) for setting in choice.settings):
            ignored.add(problem)
        else:
            problems[problem] = None
    for name, origin in files.items():
        problems.update(dict.fromkeys(ignores[name].problems))
        if is_whole:
            idle = unused(origin, ignores[name], used[name])
            problems.update(dict.fromkeys(problem for one, problem in idle if _runs_alone(rules[one.code])))
    return Linted(tuple(in_order(problems)), len(files), len(ignored))


def _runs_alone(rule: Rule) -> bool:
    """Whether a file shows by itself whether it breaks the rule: others depend on a posting, its places and its day."""
    return rule.of not in ("posting", "description")


def _problem(finding: Finding, rule: Rule, choice: Choice) -> Problem:
    own = choice.severity.get(rule.code)
    pointing = {"words": finding.words, "occurrence": finding.occurrence} if finding.words else {}
    problem = finding.place.problem(rule.code, finding.message, finding.hint or rule.instead, **pointing)
    return replace(problem, severity=own or finding.severity or rule.severity)  # type: ignore[arg-type]  # as validated


def _lines(place: Place, problem: Problem) -> Iterator[int]:
    """The lines at which a comment speaks of a problem: its own, and where its value and its key begin."""
    yield problem.line
    yield place.problem("", "").line
    yield place.problem("", "", key=True).line


def _is_known(code: str, rules: Mapping[str, Rule]) -> bool:
    return bool(code) and any(selects(code, known) for known in rules)


def _unknown(code: str, rules: Mapping[str, Rule], place: Place) -> Problem:
    return place.problem("rule.unknown", f"there is no rule '{code}'", nearest(code, rules) or "see RULES.md")
