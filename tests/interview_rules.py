"""Rules that an interview kit keeps: small pure functions, each from one thing to its findings.

SI-... are ids of the structured-interview rules, JD-... of the job-description rules that jdgen was built on;
`own` marks rules of ours. Each list below holds the rules for one sort of thing; `subjects` finds those things
in a role.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import Any, NamedTuple

from jdgen.plan import default_stages, stage_minutes
from jdgen.role import AssessedCompetency, PlannedStage, Role
from jdgen.spec import CompetencyUse, Question, WorkSample
from jdgen.spec.walk import parts


class Finding(NamedTuple):
    """One breach: of which rule, where, and what is wrong."""

    rule: str
    where: str
    message: str


Findings = Iterator[Finding]

SCALE = (1, 2, 3, 4, 5)
MOST_COMPETENCIES, MOST_IN_A_STAGE = 8, 4
QUESTIONS, PROBES, SAMPLE_ANSWERS = range(3, 6), range(2, 5), 2
QUESTION_MINUTES = range(5, 11)
OPENING, CANDIDATE_QUESTIONS, CLOSING, SCORED_SHARE = 5, 10, 5, 0.75
RATERS = 2
LEAD_WORDS, ANCHOR_WORDS, ALIKE, RUN = 45, 6, 0.8, 6
UNPAID_MINUTES = 120
DESCRIPTION_WORDS = range(300, 701)

CLOSED = re.compile(
    r"(?:do|does|did|are|is|was|were|have|has|had|can|could|will|would|should)\s+(?:you|your)\b", re.IGNORECASE
)
OPEN = re.compile(
    r"(?:can|could|will|would)\s+you\s+(?:please\s+)?"
    r"(?:describe|tell|walk|explain|show|talk|give|share|take)\b",
    re.IGNORECASE,
)
BRAINTEASER = re.compile(
    r"\b(?:how many (?:golf balls|ping[- ]pong balls|gas stations|piano tuners|windows|tennis balls)|manhole covers?"
    r"|if you were an? (?:animal|tree|fruit|kitchen|superhero|car)|which (?:animal|superhero) (?:would|are) you)\b",
    re.IGNORECASE,
)
LEADING = re.compile(
    r"\b(?:don't you (?:think|agree)|wouldn't you (?:say|agree)|surely you|you (?:do|would) agree|isn't it true)\b",
    re.IGNORECASE,
)
VAGUE = re.compile(
    r"\s*(?:very\s+|extremely\s+|fairly\s+)?(?:poor|weak|bad|fair|ok(?:ay)?|average|adequate|acceptable|satisfactory"
    r"|good|strong|great|excellent|outstanding|exceptional|below average|above average|meets? expectations?"
    r"|exceeds? expectations?|needs improvement)\b[^a-z]*"
    r"(?:answer|response|performance|candidate|skills?|communication|knowledge|understanding)?[\s.]*",
    re.IGNORECASE,
)
FIT = re.compile(
    r"\b(?:cultur(?:e|al) fit|chemistry|likeab(?:le|ility)|gut (?:feel(?:ing)?|instinct)|beer test|airport test"
    r"|vibe(?:s| check)?)\b",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_UNCOUNTED = re.compile(r"^(?: {0,3}#{1,6}(?: .*)?|[ |:-]+)$|^ *\d+[.)] |\]\([^)\s]*\)", re.MULTILINE)


def words(text: object) -> list[str]:
    """The words of a text, in lower case."""
    return re.findall(r"[a-z0-9']+", plain(text).lower())


def plain(text: object) -> str:
    """A text with straight apostrophes, as the patterns have them."""
    return str(text).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def sentences(text: object) -> list[str]:
    return re.split(r"(?<=[.!?:])\s+", plain(text).strip())


# --- questions -------------------------------------------------------------------------------------


def question_takes_its_time(question: Question) -> Findings:
    """SI-005: 5 to 10 minutes for a question; work on material may take longer."""
    minutes = question.minutes.most
    if question.kind != "work_sample" and minutes not in QUESTION_MINUTES:
        yield Finding("SI-005", question.id, f"{minutes} minutes")


def question_is_open(question: Question) -> Findings:
    """SI-007: no lead question that yes or no answers."""
    for sentence in sentences(question.text):
        if CLOSED.match(sentence) and not OPEN.match(sentence):
            yield Finding("SI-007", question.id, f"closed: {sentence}")


def question_is_no_brainteaser(question: Question) -> Findings:
    """SI-008: no brainteasers."""
    for text in _spoken(question):
        if found := BRAINTEASER.search(text):
            yield Finding("SI-008", question.id, f"brainteaser: {found[0]}")


def question_does_not_lead(question: Question) -> Findings:
    """SI-009: nothing that an interviewer says carries the wanted answer; SI-011: nor does a probe."""
    for text in _spoken(question):
        if found := LEADING.search(text):
            yield Finding("SI-009", question.id, f"leading: {found[0]}")


def question_is_short(question: Question) -> Findings:
    """SI-010: at most 45 words; a situation belongs before the question."""
    if len(words(question.text)) > LEAD_WORDS:
        yield Finding("SI-010", question.id, f"{len(words(question.text))} words")


def question_is_one(question: Question) -> Findings:
    """SI-010: one question at a time."""
    if str(question.text).count("?") > 1:
        yield Finding("SI-010", question.id, f"{str(question.text).count('?')} question marks")


def question_has_probes(question: Question) -> Findings:
    """SI-011: 2 to 4 written probes."""
    if len(question.probes) not in PROBES:
        yield Finding("SI-011", question.id, f"{len(question.probes)} probes")


def question_has_signals(question: Question) -> Findings:
    """Own: strong and weak signals and red flags, so that answers are told apart by what was said."""
    for signals in ("strong", "weak", "red_flags"):
        if not getattr(question, signals):
            yield Finding("own", question.id, f"no {signals}")


def _spoken(question: Question) -> Iterator[str]:
    yield from (plain(text) for text in (question.setup, question.text, *question.probes) if text is not None)


# --- competencies ----------------------------------------------------------------------------------


def competency_has_questions(competency: AssessedCompetency) -> Findings:
    """Own: 3 to 5 questions, so that one can be replaced and none has to be made up."""
    if len(competency.questions) not in QUESTIONS:
        yield Finding("own", competency.id, f"{len(competency.questions)} questions")


def competency_has_sample_answers(competency: AssessedCompetency) -> Findings:
    """Own: a required competency has two rated sample answers to calibrate by."""
    count = sum(len(question.sample_answers) for question in competency.questions)
    if competency.is_required and count < SAMPLE_ANSWERS:
        yield Finding("own", competency.id, f"{count} sample answers")


def competency_has_anchors(competency: AssessedCompetency) -> Findings:
    """SI-012: a written anchor for each point from 1 to 5."""
    points = tuple(sorted(competency.competency.anchors))
    if points != SCALE:
        yield Finding("SI-012", competency.id, f"anchors for {points}")


def anchors_say_something(competency: AssessedCompetency) -> Findings:
    """SI-013: an anchor says what the person did or said, in six words or more."""
    for value, text in competency.competency.anchors.items():
        if len(words(text)) < ANCHOR_WORDS or VAGUE.fullmatch(plain(text)):
            yield Finding("SI-013", f"{competency.id} {value}", f"vague: {text}")


def anchors_differ(competency: AssessedCompetency) -> Findings:
    """SI-014: neighboring anchors differ in more than a fifth of their words."""
    for (low, below), (high, above) in pairwise(sorted(competency.competency.anchors.items())):
        one, other = set(words(below)), set(words(above))
        if len(one & other) > ALIKE * len(one | other):
            yield Finding("SI-014", f"{competency.id} {low}-{high}", "almost the same words")


def competency_is_no_fit(competency: AssessedCompetency) -> Findings:
    """SI-031: no culture fit, chemistry or gut feeling."""
    for text in (competency.competency.name, *competency.competency.aliases):
        if found := FIT.search(str(text)):
            yield Finding("SI-031", competency.id, found[0])


# --- stages ----------------------------------------------------------------------------------------


def stage_asks_what_it_scores(stage: PlannedStage) -> Findings:
    """SI-001: each question is for a competency that the stage scores, and each of these has a question."""
    scored = {competency.id for competency in stage.competencies}
    asked = {question.competency.id for question in stage.questions}
    for name in sorted(asked - scored):
        yield Finding("SI-001", stage.id, f"asks about '{name}' and does not score it")
    for name in sorted(scored - asked):
        yield Finding("SI-001", stage.id, f"scores '{name}' and does not ask about it")


def stage_scores_few(stage: PlannedStage) -> Findings:
    """SI-004: at most 4 competencies in one interview."""
    if len(stage.competencies) > MOST_IN_A_STAGE:
        yield Finding("SI-004", stage.id, f"{len(stage.competencies)} competencies")


def stage_adds_up(stage: PlannedStage) -> Findings:
    """SI-006: the parts of a scored stage take exactly its slot."""
    minutes = stage_minutes(stage)
    if stage.is_scored and minutes.planned != minutes.slot:
        yield Finding("SI-006", stage.id, f"{minutes.planned} of {minutes.slot} minutes are planned")


def stage_leaves_room(stage: PlannedStage) -> Findings:
    """SI-006: the questions take at most three quarters of the slot."""
    minutes = stage_minutes(stage)
    if stage.is_scored and minutes.questions > SCORED_SHARE * minutes.slot:
        yield Finding("SI-006", stage.id, f"questions take {minutes.questions} of {minutes.slot} minutes")


def stage_has_its_frame(stage: PlannedStage) -> Findings:
    """SI-006: 5 minutes to open, 10 for the candidate's questions, 5 to close."""
    minutes = stage_minutes(stage)
    for name, least in (("opening", OPENING), ("candidate_questions", CANDIDATE_QUESTIONS), ("closing", CLOSING)):
        if getattr(minutes, name) < least:
            yield Finding("SI-006", stage.id, f"{name}: {getattr(minutes, name)} of {least} minutes")


def stage_has_an_ai_rule(stage: PlannedStage) -> Findings:
    """Own: each stage says what AI tools may be used for."""
    if stage.stage.ai_rule is None:
        yield Finding("own", stage.id, "no ai_rule")


# --- work sample -----------------------------------------------------------------------------------


def work_sample_is_whole(sample: WorkSample) -> Findings:
    """Own: what is seeded, how the review goes on, and that the work is not used, is written down."""
    for field in ("known_traps", "follow_up", "own_use"):
        if not getattr(sample, field):
            yield Finding("own", "work_sample", f"no {field}")


def work_sample_adds_up(sample: WorkSample) -> Findings:
    """SI-017: the weights of the criteria sum up to 100."""
    total = sum(criterion.weight for criterion in sample.criteria)
    if total != 100:
        yield Finding("SI-017", "work_sample", f"the criteria weigh {total}")


def work_sample_has_an_alternative(sample: WorkSample) -> Findings:
    """SI-036: there is another form for those who need one."""
    if sample.alternative is None:
        yield Finding("SI-036", "work_sample", "no alternative")


def work_sample_is_paid(sample: WorkSample) -> Findings:
    """Own: more than two hours are not asked for without pay."""
    if sample.limit_minutes > UNPAID_MINUTES and sample.pay is None:
        yield Finding("own", "work_sample", f"{sample.limit_minutes} minutes without pay")


# --- a role ----------------------------------------------------------------------------------------


def competencies_have_a_duty(role: Role) -> Findings:
    """SI-001: each competency points back to a duty or an outcome."""
    roots: list[Any] = [role.spec.responsibilities, role.spec.success]
    named = {getattr(part, "competency", None) for root in roots for _, part in parts(root)}
    for competency in role.competencies:
        if competency.id not in named:
            yield Finding("SI-001", competency.id, "no duty or outcome refers to it")


def competencies_are_few(role: Role) -> Findings:
    """SI-004: at most 8 competencies."""
    if len(role.competencies) > MOST_COMPETENCIES:
        yield Finding("SI-004", role.id, f"{len(role.competencies)} competencies")


def weights_have_reasons(role: Role) -> Findings:
    """SI-017: weights are equal, or each has its reason."""
    if len({competency.use.weight for competency in role.competencies}) > 1:
        for competency in role.competencies:
            if competency.use.weight is None or competency.use.weight_reason is None:
                yield Finding("SI-017", competency.id, f"weight {competency.use.weight} without a reason")


def weights_add_up(role: Role) -> Findings:
    """SI-017: the weights, where there are any, sum up to 100."""
    weights = [competency.use.weight for competency in role.competencies if competency.use.weight is not None]
    if weights and sum(weights) != 100:
        yield Finding("SI-017", role.id, f"the weights sum up to {sum(weights)}")


def competencies_are_covered(role: Role) -> Findings:
    """SI-033: each competency is scored in the default plan, and in each alternative to it."""
    for plan, stages in plans(role):
        for competency in role.competencies:
            if _raters(stages, competency) == 0:
                yield Finding("SI-033", competency.id, f"in no stage of {plan}")


def requirements_have_raters(role: Role) -> Findings:
    """SI-034: at least two people rate each required competency, in each alternative too."""
    for plan, stages in plans(role):
        for competency in role.competencies:
            if competency.is_required and _raters(stages, competency) < RATERS:
                yield Finding("SI-034", competency.id, f"{_raters(stages, competency)} raters in {plan}")


def questions_are_asked_once(role: Role) -> Findings:
    """SI-035: no two stages that one candidate has ask the same question."""
    for plan, stages in plans(role):
        seen: set[str] = set()
        for stage in stages:
            for asked in stage.questions:
                if asked.question.id in seen:
                    yield Finding("SI-035", asked.question.id, f"asked again in {stage.id}, in {plan}")
                seen.add(asked.question.id)


def plans(role: Role) -> Iterator[tuple[str, tuple[PlannedStage, ...]]]:
    """What one candidate goes through: the default plan, and that with each alternative put in."""
    default = default_stages(role)
    if default:
        yield "the default plan", default
    for stage in role.stages:
        if stage.stage.instead_of is not None:
            yield f"the plan with {stage.id}", tuple(stage if s.id == stage.stage.instead_of else s for s in default)


def _raters(stages: Iterable[PlannedStage], competency: AssessedCompetency) -> int:
    return sum(stage.interviewers for stage in stages if competency in stage.competencies)


# --- all roles together ----------------------------------------------------------------------------


def anchors_are_their_own(roles: Sequence[Role]) -> Findings:
    """Own: no two competencies have six words in a row of their anchors in common."""
    texts: dict[str, list[str]] = {}
    for role in roles:
        for competency in role.competencies:
            shared = isinstance(competency.use, CompetencyUse)
            owner = competency.id if shared else f"{role.id}/{competency.id}"
            texts[owner] = [str(text) for text in competency.competency.anchors.values()]
    for one, other, run in _common(texts):
        yield Finding("own", f"{one} and {other}", f"share: {run}")


def questions_are_their_own(roles: Sequence[Role]) -> Findings:
    """SI-035: no two questions have six words in a row in common."""
    texts: dict[str, list[str]] = {}
    for role in roles:
        for competency in role.competencies:
            for question in competency.questions:
                shared = question not in competency.use.questions
                texts[question.id if shared else f"{role.id}/{question.id}"] = [str(question.text)]
    for one, other, run in _common(texts):
        yield Finding("SI-035", f"{one} and {other}", f"share: {run}")


def _common(texts: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str, str]]:
    """The first run of six words that the texts of two owners have in common, by pair of owners."""
    owners: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for owner, written in texts.items():
        for text in written:
            spoken = words(text)
            for start in range(len(spoken) - RUN + 1):
                owners[" ".join(spoken[start : start + RUN])][owner] = None
    pairs: dict[tuple[str, str], str] = {}
    for run, found in owners.items():
        for pair in combinations(found, 2):
            pairs.setdefault(pair, run)
    yield from ((one, other, run) for (one, other), run in pairs.items())


# --- the job description ---------------------------------------------------------------------------


def description_has_a_good_length(markdown: str) -> Findings:
    """JD-001: between 300 and 700 words."""
    count = body_words(markdown)
    if count not in DESCRIPTION_WORDS:
        yield Finding("JD-001", "job-description", f"{count} words")


def body_words(markdown: str) -> int:
    """The words of a document without its headings, list numbers, link targets, comments and table syntax."""
    text = _UNCOUNTED.sub(" ", _COMMENT.sub(" ", markdown))
    return len(re.findall(r"[^\W_]+(?:['’.,/-][^\W_]+)*", text))


# --- what there is ---------------------------------------------------------------------------------

Rule = Callable[[Any], Findings]

RULES: dict[str, tuple[Rule, ...]] = {
    "question": (
        question_takes_its_time,
        question_is_open,
        question_is_no_brainteaser,
        question_does_not_lead,
        question_is_short,
        question_is_one,
        question_has_probes,
        question_has_signals,
    ),
    "competency": (
        competency_has_questions,
        competency_has_sample_answers,
        competency_has_anchors,
        anchors_say_something,
        anchors_differ,
        competency_is_no_fit,
    ),
    "stage": (
        stage_asks_what_it_scores,
        stage_scores_few,
        stage_adds_up,
        stage_leaves_room,
        stage_has_its_frame,
        stage_has_an_ai_rule,
    ),
    "work sample": (
        work_sample_is_whole,
        work_sample_adds_up,
        work_sample_has_an_alternative,
        work_sample_is_paid,
    ),
    "role": (
        competencies_have_a_duty,
        competencies_are_few,
        weights_have_reasons,
        weights_add_up,
        competencies_are_covered,
        requirements_have_raters,
        questions_are_asked_once,
    ),
    "roles": (anchors_are_their_own, questions_are_their_own),
    "description": (description_has_a_good_length,),
}


def subjects(role: Role) -> dict[str, list[Any]]:
    """The things in a role, by the sort of rule that is for them; not what it takes rendering to see."""
    sample = role.plan.work_sample if role.plan else None
    return {
        "question": [question for competency in role.competencies for question in competency.questions],
        "competency": list(role.competencies),
        "stage": list(role.stages),
        "work sample": [sample] if sample else [],
        "role": [role],
        "roles": [[role]],
    }


def report(roles: Sequence[Role], descriptions: Mapping[str, str]) -> Iterator[str]:
    """A line for each rule: on how many things it was tried, and what it found."""
    for sort, rules in RULES.items():
        if sort == "roles":
            things: list[tuple[str, Any]] = [("all", roles)]
        elif sort == "description":
            things = list(descriptions.items())
        else:
            things = [(role.id, thing) for role in roles for thing in subjects(role)[sort]]
        for rule in rules:
            found = [(name, finding) for name, thing in things for finding in rule(thing)]
            yield f"{rule.__name__:<36} {len(things):>4} tried  {len(found):>3} found"
            yield from (f"    {name}: {finding.where}: {finding.message}" for name, finding in found)


if __name__ == "__main__":
    from jdgen.load import Library, load_role
    from jdgen.render import render_document
    from jdgen.resolve import resolve_role
    from jdgen.spec import RoleSpec

    ALL = [resolve_role(load_role(name)) for name in Library().names(RoleSpec)]
    for line in report(ALL, {role.id: render_document(role).text for role in ALL}):
        print(line)
