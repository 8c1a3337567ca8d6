"""Rules of wording and of descriptions: what they find, and what they leave alone."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from jdgen.lint import mixed, wording
from jdgen.lint.catalog import rule_file
from jdgen.lint.coded import balance, coded_words
from jdgen.lint.description import check
from jdgen.lint.family import Family, families
from jdgen.lint.page import described, page_of
from jdgen.lint.passage import Description, Passage
from jdgen.lint.readability import (
    Counts,
    automated_readability,
    counts,
    flesch_kincaid,
    sentences,
    syllables,
)
from jdgen.lint.rule import Finding, Rule, compiled
from jdgen.load import Library
from jdgen.places import Place

WORDING = {rule.code: rule for rule in rule_file("wording").rules}
DESCRIPTION = {rule.code: rule for rule in rule_file("description").rules}
SECTIONED = re.compile(r"\[(\w+)\] ")


def passage(text: str, *, is_item: bool = False) -> Passage:
    """A passage of a text, whose section may stand before it in brackets."""
    section = SECTIONED.match(text)
    return Passage(text[section.end() :] if section else text, section[1] if section else "", Place(None), is_item)


def found(text: str) -> list[Finding]:
    return list(wording.check(passage(text)))


def severity(finding: Finding) -> str:
    return finding.severity or (WORDING | DESCRIPTION)[finding.code].severity


def description(markdown: str, *, is_posting: bool = True) -> Description:
    return described(page_of(markdown, "posting.md"), is_posting=is_posting)


def of(code: str, markdown: str, *, is_posting: bool = True) -> list[Finding]:
    whole = description(markdown, is_posting=is_posting)
    return [one for one in (*check(whole), *mixed.check(whole, shipped_families())) if one.code == code]


@cache
def shipped_families() -> list[Family]:
    """Whose words a posting is compared to where a user has no roles."""
    return families(Library(Path("none")))


# --- wording ----------------------------------------------------------------------------------

QUIET = """
You answer calls from patients and book them in with the nurse or the doctor.
Registered Nurse, Band 5, on a surgical ward at St. Mary's.
A graduate nurse is welcome; you work beside a mentor for the first six months.
Ms Okafor leads the ward, and Mr. Brandt runs the night shift.
You report to Dr. Anna Berg; she leads the clinic.
You weigh each baby and tell the mother how her child is doing.
You keep the notes of patients aged 16 to 25 in the mental health service.
Holistic care is planned with each resident and his or her family: you write the plan with the residents.
You give medicines as the chart says and sign for each.
The trust has served the county for over 70 years.
You wire panels and motors, and you test each circuit before it goes live.
You are a qualified electrician with a current Gold Card.
Our firm has been in business for 40 years.
A master electrician checks the work.
You measure voltage to a tenth of a degree of accuracy and record it.
The lead time for switchgear is twelve weeks, so you order early.
You drive a van to customers, so you need a full driving licence.
You inspect vessels that hold steam under pressure.
You teach mathematics to pupils aged 11 to 18.
You teach young people and their families to read together.
The youth worker runs a group for young adults aged 18-25.
Qualified Teacher Status is required by law for this post.
You lead a class of 4-year-olds in the mornings.
The boys' boarding house and the girls' school share a sports hall.
You support students whose mother tongue is not English in class.
You teach English to non-native speakers.
It is a three-year contract, paid on the state scale.
You draft contracts for clients and explain them in plain words.
The firm pays the fee for your practising certificate.
You appear in the High Court and before His Majesty's Revenue and Customs tribunals.
You advise European citizens who live in Britain on their rights.
You keep the file of each case in order, and you close it within 30 days.
An LLB or equivalent experience as a paralegal.
A degree is not required; we look at what you can draft.
You sell pumps to dairies, and you keep the accounts that you win.
You are a salesperson for the north of the country, and you plan your own week.
You look after deals of up to $50,000 and hand over larger ones.
The pay is $60,000 to $70,000 a year, plus commission.
Base pay: £38,000–£44,000, paid monthly.
We add up to $1,500 a year for training.
You manage a budget of at least €250,000.
You help citizens with passports, permits and registers.
You process applications for a driving licence at the counter.
Security clearance is needed; US citizenship is required by federal law for it.
You must be authorized to work in the country; we do not sponsor visas.
You serve on the night desk one week in four, which is paid on top.
You must be at least 18 years old to serve alcohol.
With over 30 years of experience, Acme helps firms of all sizes.
The BA in the team writes the user stories.
Applicants must be 21 or over, as the license of the casino asks.
You move boxes of up to 20 kg, with or without reasonable accommodation.
You stand in for the head chef on two days a week.
You see how each project earns its money and say where it does not.
You walk customers through the first week with the product.
You hear both sides before you decide.
You build native apps for two platforms.
You administer Active Directory and cloud-native services.
You write Python that colleagues can rerun and change.
We raised $12m, enough for 5 years of funding.
After two years of service you get five more days of leave.
We've kept the same four bakers for more than 20 years.
We are a family-owned bakery with three shops.
Paid family leave from the first day.
You check the blind spots of the truck before you turn.
You grow cell cultures and record each passage.
You run the drama club with two other teachers.
You store energy from the panels in batteries.
You run experiments in high-energy physics.
The digital-native brand sells to shops in six states.
You calibrate to within one degree, in each of the four seasons.
The committee chair and the treasurer sign each payment.
You manage the customer experience in our UK shops.
We serve 300 firms in Germany, and you speak to them in fluent German.
Wir zahlen nach Tarif: EUR 48,000–52,000 a year.
You may work from home on two days a week.
The unmanned ticket office closes at eight.
You fly with a crew of four and share the cabin duties.
You clean rooms, change linen and report what is broken.
You weld and grind steel, and a colleague checks the seams.
You hold a forklift license, or we pay for the course.
You pick orders by list and pack them so that nothing breaks.
You plan the route of each truck a day ahead.
""".strip().splitlines()

CAUGHT = """
JD-004 | 5+ years of experience with Kubernetes
JD-004 | Minimum of three (3) years' experience in nursing
JD-004 | five years of experience as an electrician
JD-004 | 2-4 yrs of relevant exp.
JD-004 | 2–4 years’ experience in sales
JD-004 | At least ten years of progressively responsible experience in public service
JD-004 | [required] 3+ years in a customer-facing role
JD-004 | [required] Minimum 5 years
JD-004 | [required] two to four years of teaching
JD-004 | Experience: 3 years
JD-004 | 3-5 years PQE in commercial property
JD-004 | You have 8 or more years of hands-on software engineering background
JD-004 | a track record: 6 years of sales experience
JD-005 | no more than 5 years of experience
JD-005 | up to three (3) years' experience
JD-005 | Maximum of 4 years’ relevant work experience
JD-006 | Bachelor’s degree required
JD-006 | A bachelor's degree in nursing
JD-006 | BSc in Computer Science
JD-006 | BA/BS in a related field
JD-006 | Master's degree in social work
JD-006 | MBA preferred
JD-006 | Educated to degree level
JD-006 | You have a university degree
JD-006 | PhD in physics
JD-006 | B.Tech. from a recognized institute
JD-009 | Competitive salary and benefits
JD-009 | We offer an attractive package
JD-009 | Salary: negotiable
JD-009 | Pay depends on experience
JD-009 | $60,000 and up
JD-009 | up to £40k
JD-009 | Starting at $25 an hour
JD-009 | Up to €60,000 per year
JD-009 | Up to ₹12 LPA
JD-009 | Earnings of $80,000+
JD-016 | [title] Sales Ninja
JD-016 | [title] Nurse Hero
JD-016 | [title] Senior Electrician REF12345
JD-016 | [title] Chefs wanted!!!
JD-016 | We are looking for a marketing guru
JD-017 | The salesman visits shops
JD-017 | He or she reports to the head teacher
JD-017 | The candidate manages his own time
JD-017 | a handyman for the site
JD-017 | Female candidates only
JD-017 | Barmaid for weekends
JD-017 | You plan manpower for the site
JD-019 | recent college graduates
JD-019 | A young, friendly team
JD-019 | Ideal for students: a good job for college students
JD-019 | Candidates must be aged 25-35
JD-019 | not older than 40
JD-019 | Age limit: 35
JD-019 | fresh graduates
JD-020 | digital natives
JD-020 | an energetic colleague
JD-021 | must be physically fit
JD-021 | Must be able to lift 50 pounds
JD-021 | Ability to stand and walk for eight hours
JD-021 | lifting up to 25 kg
JD-023 | Must be a U.S. citizen
JD-023 | British citizens only
JD-023 | must hold a UK passport
JD-023 | No H1B, no OPT
JD-024 | Native German speaker
JD-024 | native-level English speaker
JD-024 | mother-tongue French
JD-025 | local experience required
JD-025 | Canadian work experience
JD-026 | a good cultural fit
JD-026 | we’re like a family
JD-026 | We are one big happy family.
JD-027 | wear many hats
JD-028 | world-class synergies
JD-031 | valid driver’s licence required
JD-032 | excellent written and verbal communication skills
JD-035 | no bullshit
""".strip().splitlines()


@pytest.mark.parametrize(("code", "example"), [(rule.code, bad) for rule in WORDING.values() for bad in rule.bad])
def test_what_breaks_a_rule_of_wording_breaks_that_rule_alone(code: str, example: str) -> None:
    assert {finding.code for finding in found(example)} == {code}


@pytest.mark.parametrize("example", [good for rule in WORDING.values() for good in rule.good])
def test_what_keeps_a_rule_of_wording_breaks_none(example: str) -> None:
    assert found(example) == []


@pytest.mark.parametrize("sentence", QUIET)
def test_ordinary_sentences_of_all_trades_are_left_alone(sentence: str) -> None:
    sections = ["", "role", "responsibilities"] + (["required"] if sentence.startswith("You ") else [])
    findings = [
        finding for section in sections for finding in found(f"[{section}] {sentence}" if section else sentence)
    ]
    assert [finding for finding in findings if severity(finding) != "info"] == []


@pytest.mark.parametrize("line", CAUGHT)
def test_what_should_be_found_is_found_and_nothing_else(line: str) -> None:
    code, _, text = line.partition(" | ")
    assert {finding.code for finding in found(text)} == {code}


def test_a_finding_points_at_the_words_as_they_were_typed() -> None:
    text = "Years: no.\nWe want “3–5 years’\nexperience” and 3–5 years’\nexperience again."
    first, second = found(text)
    assert first.words == "3–5 years’\nexperience" == second.words
    assert (first.occurrence, second.occurrence) == (0, 1)
    assert first.message.startswith("'3–5 years’ experience' asks for time")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4 years of experience", "warning"),
        ("4-6 years of experience", "warning"),
        ("five years of experience", "error"),
        ("twelve years' experience", "error"),
    ],
)
def test_five_years_are_an_error(text: str, expected: str) -> None:
    assert [severity(finding) for finding in found(text)] == [expected]


def test_an_excuse_counts_in_its_sentence_and_in_the_whole_of_an_item() -> None:
    text = "You lift 20 kg. All tasks are done with or without reasonable accommodation."
    assert [finding.code for finding in wording.check(passage(text.replace("You l", "L")))] == ["JD-021"]
    assert list(wording.check(passage(text, is_item=True))) == []


def test_a_title_is_looked_at_more_strictly_than_a_text() -> None:
    assert [finding.code for finding in found("[title] Growth hero")] == ["JD-016"]
    assert found("[role] The hero of our story is the customer") == []


@pytest.mark.parametrize("rule", [rule for rule in [*WORDING.values(), *DESCRIPTION.values()] if rule.pattern])
def test_no_pattern_runs_away_on_near_matches(rule: Rule) -> None:
    stems = [
        *rule.bad,
        "at least three (3) ",
        "5 - 6 years of ",
        "valid full clean ",
        "up to $1,000,000.00 ",
        "a young, ",
    ]
    for stem in [
        part for text in stems for part in (text[:-1], " ".join(text.split()[:2]) + " ", text[: len(text) // 2])
    ]:
        text = (stem * (20_000 // max(1, len(stem)) + 1))[:20_000]
        for pattern in filter(None, (rule.pattern, rule.unless)):
            list(compiled(pattern).finditer(text))


# --- descriptions -----------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "example"), [(rule.code, bad) for rule in DESCRIPTION.values() for bad in rule.bad])
def test_what_breaks_a_rule_of_descriptions_is_found(code: str, example: str) -> None:
    assert of(code, example)


@pytest.mark.parametrize(
    ("code", "example"), [(rule.code, good) for rule in DESCRIPTION.values() for good in rule.good]
)
def test_what_keeps_a_rule_of_descriptions_is_left_alone(code: str, example: str) -> None:
    assert of(code, example) == []


def test_a_whole_good_posting_breaks_no_rule() -> None:
    whole = description(DESCRIPTION["JD-001"].good[0])
    texts = [finding for one in whole.passages for finding in wording.check(one)]
    assert [*check(whole), *texts] == []


def listed(heading: str, items: list[str]) -> str:
    return f"# Baker\n\n## {heading}\n\n" + "".join(f"- {item}\n" for item in items)


@pytest.mark.parametrize(("count", "expected"), [(7, []), (8, [None]), (12, [None]), (13, ["error"])])
def test_the_number_of_required_items(count: int, expected: list[str | None]) -> None:
    findings = of("JD-003", listed("Requirements", [f"You bake bread number {n}" for n in range(count)]))
    assert [finding.severity for finding in findings] == expected


@pytest.mark.parametrize(("count", "expected"), [(199, [None]), (200, []), (800, []), (801, [None]), (1201, ["error"])])
def test_the_length_of_the_text(count: int, expected: list[str | None]) -> None:
    markdown = "# Baker\n\n" + "bread " * count + "\n\n## Benefits\n\n" + "cake " * 900
    assert [finding.severity for finding in of("JD-001", markdown)] == expected


def test_pay_may_stand_anywhere_in_the_first_half() -> None:
    early = "# Baker\n\nWe pay $20 to $24 an hour.\n\n" + "bread " * 50
    late = "# Baker\n\n" + "bread " * 50 + "\n\nWe pay $20 to $24 an hour."
    assert of("JD-008", early) == []
    assert [finding.severity for finding in of("JD-008", late)] == ["warning"]
    assert [finding.severity for finding in of("JD-008", "# Baker\n\nOur oven cost $4,000.")] == [None]
    assert of("JD-008", "# Baker\n\nYou bake.", is_posting=False) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The job is fully remote.", "You are 3 days a week in our office."),
        ("Work from anywhere!", "You must be on site."),
        ("This is a permanent role.", "A 12-month contract."),
        ("No travel.", "About 40% travel to clients."),
        ("Monday to Friday.", "You work alternate weekends."),
        ("No experience needed.", "## Requirements\n\n- 4 years of experience in kitchens"),
        ("No degree is required.", "## Requirements\n\n- A bachelor's degree in law"),
    ],
)
def test_contradictions(one: str, other: str) -> None:
    (finding,) = of("JD-036", f"# Baker\n\n{one}\n\n{other}\n")
    assert "contradicts" in finding.message
    assert of("JD-036", f"# Baker\n\n{one}\n") == of("JD-036", f"# Baker\n\n{other}\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "The job is not fully remote.\n\nYou are 3 days a week in our office.",
        "The job is fully remote, or in the office if you like.\n\nWe meet 3 days a week in our office.",
        "A fixed-term contract that can become a permanent position.",
        "Monday to Friday. We are closed at weekends.",
    ],
)
def test_what_only_looks_like_a_contradiction(text: str) -> None:
    assert of("JD-036", f"# Baker\n\n{text}\n") == []


# --- readability ------------------------------------------------------------------------------

SYLLABLES = {
    1: "nurse team work worked lead year years codes plays schools whole files judge charged placed freed based",
    2: "teacher managed wanted tested changes table tables able people patient patients statement safely "
    "useful business client create union required boxes building doing science language knowledge software machines "
    "little needed added workplace sometimes therefore homework timeline careful website carries region",
    3: "hospital manager manages customer engineer salary idea library annual services various actual national "
    "decision related evidence carrier easier earliest serious curious medicine creation video radio quality",
    4: "electrician responsible engineering experience environment education usually developer professional "
    "immediate associate situation material society",
    5: "communication evaluation negotiation individual qualification",
    6: "responsibility",
}


@pytest.mark.parametrize(
    ("count", "word"), [(count, word) for count, line in SYLLABLES.items() for word in line.split()]
)
def test_syllables(count: int, word: str) -> None:
    assert syllables(word) == count


def test_formulas_on_worked_values() -> None:
    """10 words, 2 sentences, 15 syllables, 45 letters: .39 x 5 + 11.8 x 1.5 - 15.59; 4.71 x 4.5 + .5 x 5 - 21.43."""
    count = Counts(sentences=2, words=10, syllables=15, characters=45)
    assert flesch_kincaid(count) == pytest.approx(4.06)
    assert automated_readability(count) == pytest.approx(2.265)
    assert flesch_kincaid(Counts(0, 0, 0, 0)) == automated_readability(Counts(0, 0, 0, 0)) == 0


def test_five_items_without_full_stops_are_five_sentences() -> None:
    items = ["Answer calls", "Book patients in", "Write letters", "Keep the files in order", "Order paper and ink"]
    assert counts(passage(item, is_item=True) for item in items) == Counts(5, 16, 22, 72)
    assert counts([passage(" ".join(items))]).sentences == 1


def test_an_abbreviation_ends_no_sentence() -> None:
    assert [text for _, text in sentences(passage("You meet Dr. Berg. She leads the clinic."))] == [
        "You meet Dr. Berg.",
        "She leads the clinic.",
    ]


# --- coded words ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "masculine", "feminine", "leaning"),
    [
        ("We analyze a case and lead a small group.", "analyze lead", "", ""),
        ("You support and connect; you listen.", "", "support connect", ""),
        ("Support. Trust. Kind. Warm.", "", "support trust kind warm", "feminine"),
        ("Ambition:competition/courage & leadership", "ambition competition courage leadership", "", "masculine"),
        ("A dominant brand.", "dominant", "", ""),
        ("Sharepoint admin", "", "", ""),
        ("co-operative, servant-leader", "leader", "", ""),
        ("kindergarten, Nagios, objectives, logical", "", "", ""),
        ("Team lead, data analyst, customer support, responsible for dependencies, NHS trust", "", "", ""),
        ("self-confident and interpersonal", "self-confident", "interpersonal", ""),
    ],
)
def test_coded_words(text: str, masculine: str, feminine: str, leaning: str) -> None:
    result = balance([text])
    assert (" ".join(result.masculine), " ".join(result.feminine)) == (masculine, feminine)
    assert result.leaning == leaning


def test_a_long_text_does_not_lean_by_its_length() -> None:
    assert balance(["Ambition, competition, courage and leadership.", "bread " * 400]).leaning == ""


def test_the_lists_are_those_of_the_paper() -> None:
    assert (len(coded_words().masculine), len(coded_words().feminine)) == (42, 40)
