"""Questions that should not be asked: what is found, what stays silent, where it points, and that it ends soon."""

from __future__ import annotations

import time

import pytest

from jdgen.lint import inquiry
from jdgen.lint.catalog import rule_file
from jdgen.lint.passage import Passage
from jdgen.lint.rule import Finding, Rule, compiled
from jdgen.places import Place

RULES = {rule.code: rule for rule in rule_file("inquiry").rules}
TOPICS = [rule for rule in RULES.values() if rule.patterns]
ASKED: dict[str, list[str]] = {
    "PQ-age": [
        "What age are you now?",
        "Your date of birth, please?",
        "Date of birth:",
        "Were you born before 1980?",
        "Were you even born when the Berlin Wall fell?",
        "When did you leave school?",
        "What's your graduation year?",
        "When are you planning on retiring?",
        "Are you thinking about retirement yet?",
        "How far off are you from retiring?",
        "How many years until you retire?",
        "And will you just coast to retirement here?",
        "What are your retirement plans?",
        "Are you drawing a pension?",
        "How many more years do you plan to work?",
        "Do you feel you're too old for this?",
        "Isn't that a bit old to be starting over in this role?",
        "You look about thirty, am I right?",
        "Are you over 50?",
        "Are you in your forties?",
        "What age bracket do you fall into?",
        "Are you a millennial?",
        "Would you mind a boss younger than you?",
        "How do you feel about reporting to a much younger manager?",
        "Most of the team are in their twenties, would you fit in?",
        "At your stage of life, why change?",
        "Do you still have the energy for nights?",
        "Can I ask how old you are?",
        "How would you keep up with the youngsters?",
        "When will you call it a day?",
        "Could you keep up with a bunch of twenty-year-olds?",
    ],
    "PQ-race-colour-ethnicity": [
        "What's your ethnic background?",
        "Race:",
        "Are you part Asian?",
        "How do you identify racially?",
        "Which caste do you belong to, what caste are you?",
        "You look a bit Mediterranean, are you?",
        "How would you feel being the only Black person in the office?",
    ],
    "PQ-national-origin": [
        "So where are you from originally?",
        "Where did you grow up?",
        "Where's that accent from?",
        "That's an unusual name, where's it from?",
        "What's the story behind your surname?",
        "Is that a Polish name?",
        "What kind of name is that?",
        "What country are your parents from?",
        "What's your native place?",
        "How long have you lived in the UK?",
        "When did you move here?",
        "Were you born here?",
        "Are you an immigrant?",
        "Do you still have family back home?",
        "Are you Irish?",
        "Where do your parents come from?",
        "I love your accent, where is it from?",
        "Are you of Indian descent?",
        "Your name is hard to pronounce, is it Eastern European?",
    ],
    "PQ-language-native": [
        "What's your mother tongue?",
        "What language do you speak at home?",
        "Where did you learn such good English?",
        "Are you a native speaker?",
        "Your English is very good, isn't it?",
    ],
    "PQ-citizenship-immigration": [
        "Have you got your papers in order?",
        "Do you need a visa?",
        "Are you here on a student visa?",
        "When does your visa run out?",
        "What kind of visa are you on?",
        "Are your parents citizens?",
        "How did you get your green card?",
        "Do you plan to become a citizen?",
        "Citizenship:",
        "Are you a U.S. Citizen?",
        "What passport do you hold?",
        "Were you born a US citizen or naturalized?",
    ],
    "PQ-religion": [
        "Do you celebrate Christmas?",
        "Would Saturday shifts clash with your church?",
        "What's your faith?",
        "Which church?",
        "Do you go to church?",
        "Are you religious?",
        "Are you a practising Catholic?",
        "Any religious holidays you need to observe?",
        "Does your religion let you work on Sundays?",
        "Will you need time off for Eid?",
        "Are you free to work Sundays, or is church a problem?",
        "Would working Sunday interfere with church?",
        "Is that a religious head covering, do you always wear a hijab?",
        "Which temple do you pray at?",
        "Would you need Fridays off for prayers?",
        "Do you wear that scarf for religious reasons?",
    ],
    "PQ-sex-gender-identity": [
        "Are you a man or a woman?",
        "What was your birth name?",
        "Were you born male?",
        "Have you had the surgery?",
        "As a woman, can you manage this crew?",
        "It's all male on site, would you cope?",
        "Sex:",
    ],
    "PQ-sexual-orientation": [
        "Are you gay or straight?",
        "What's your sexuality?",
        "Do you prefer men or women?",
        "Is your partner a man or a woman?",
        "Do you have a boyfriend or girlfriend?",
        "Are you out at work?",
    ],
    "PQ-marital-status": [
        "Are you planning to get married?",
        "What does your wife do?",
        "Are you single?",
        "You're married, right?",
        "Marital status:",
        "What does your partner make of that?",
        "How does your family feel about the nights?",
        "Do you have a partner?",
        "Do you live with your parents?",
        "Is it Miss or Mrs?",
        "How come you never married?",
        "Is that a wedding ring?",
    ],
    "PQ-children-family-plans": [
        "And kids?",
        "Any little ones at home?",
        "Do you want kids one day?",
        "What happens if your child gets sick?",
        "Have you got kids?",
        "Are you thinking of starting a family?",
        "How old are your kids?",
        "Who looks after your kids while you work?",
        "Who has the kids?",
        "How do you juggle work with young children?",
        "What are your childcare arrangements?",
        "Are you a mum?",
        "Do you have caring responsibilities at home?",
        "Will your kids be OK with it?",
        "Got a family?",
        "Are you finished having children?",
        "Is there anyone at home who depends on you?",
    ],
    "PQ-pregnancy": [
        "When are you due?",
        "Are you pregnant?",
        "Expecting? Are you expecting?",
        "Will you be taking maternity leave?",
        "Are you going to get pregnant in the next year?",
        "Are you on the pill?",
        "You're not going to go off and have a baby?",
        "How far along are you?",
    ],
    "PQ-disability-health": [
        "How's your health?",
        "Do you use a wheelchair?",
        "Do you suffer from migraines?",
        "Have you ever been hospitalised?",
        "Are you seeing a therapist?",
        "Do you have any medical conditions?",
        "Any health stuff we should know about?",
        "Are you disabled?",
        "Are you on any medication?",
        "What happened to your leg?",
        "Will you need any adjustments to do the job?",
        "What medication are you on?",
        "Have you ever been treated for depression?",
        "Got any allergies?",
        "Do you have any condition that would stop you from doing this job?",
        "You seem to be limping, what happened?",
    ],
    "PQ-sick-leave-absence": [
        "How often were you off sick last year?",
        "How many sick days did you take?",
        "How many days were you absent due to illness?",
        "What's your sickness record like?",
        "Do you get sick a lot?",
        "Have you ever been signed off with stress?",
    ],
    "PQ-workers-compensation": [
        "Have you ever claimed workers' comp?",
        "Have you ever been hurt at work?",
        "Did you file an injury claim?",
        "Have you made a claim for a workplace injury?",
    ],
    "PQ-genetic-family-medical": [
        "Is there a history of heart disease in your family?",
        "Does your mother have diabetes?",
        "Does anything run in the family?",
        "Have you had a genetic test?",
        "Did anyone in your family have cancer?",
        "How did your father die?",
    ],
    "PQ-drugs-alcohol": [
        "Have you ever had a drink problem?",
        "Are you in recovery?",
        "How much do you drink?",
        "Do you smoke?",
        "Have you ever used cannabis?",
        "Do you like a drink?",
    ],
    "PQ-height-weight": [
        "How tall are you?",
        "What's your weight?",
        "Are you overweight?",
        "How much do you weigh?",
    ],
    "PQ-arrest-record": [
        "Any run-ins with the police?",
        "Have you been arrested?",
        "Do you have an arrest record?",
        "Have the police ever stopped you?",
    ],
    "PQ-conviction-record": [
        "Have you ever been convicted?",
        "Do you have a criminal record?",
        "Have you ever been to prison?",
        "Are you on probation or parole?",
        "Will anything turn up on your background check?",
        "Any convictions?",
        "Got a record?",
    ],
    "PQ-military-discharge": [
        "What type of discharge did you get?",
        "Were you honorably discharged?",
        "Are you in the reserves?",
        "Are you likely to be called up?",
        "Why did you leave the army?",
    ],
    "PQ-salary-history": [
        "What are they paying you now?",
        "What salary are you on?",
        "What's your current salary?",
        "What is your salary at the moment?",
        "What were you on at your last place?",
        "How much do you make now?",
        "Share your salary history.",
        "Can you bring your last three payslips?",
        "How do you get by on that salary now?",
        "How much was your bonus last year?",
        "What did you earn at your last job?",
        "What's your current CTC?",
        "How much did your last job pay?",
        "What you earn now, roughly?",
        "What was your salary?",
    ],
    "PQ-union": [
        "Have you ever been in a union?",
        "What do you think of unions?",
        "Were you a shop steward, have you gone on strike?",
        "Are you a union member?",
        "Are you the type to join a union?",
    ],
    "PQ-politics": [
        "Who did you vote for?",
        "What are your politics?",
        "Which party do you support?",
        "Are you a Republican?",
        "What do you think of the prime minister?",
        "Are you left wing?",
    ],
    "PQ-finances-housing": [
        "Do you own your home?",
        "Do you rent or own?",
        "What's your credit score?",
        "Have you ever been bankrupt?",
        "Are you on benefits?",
        "Do you have a mortgage?",
        "Is money tight at the moment?",
    ],
    "PQ-memberships": [
        "What clubs do you belong to?",
        "Are you a Freemason, in a lodge?",
        "Do you belong to any clubs?",
        "Do you attend any social clubs?",
    ],
    "PQ-photo": [
        "Please send us a recent photo.",
        "Attach a head shot.",
        "Your CV with a photo.",
        "Applicants should send a CV with a photo.",
        "A photo of yourself is required with your application.",
    ],
    "PQ-social-media-access": [
        "What's your Facebook password?",
        "Can we see your Instagram?",
        "Are you on Facebook?",
        "Would you mind if we look at your Facebook?",
        "Log in to your Instagram for us?",
    ],
    "PQ-relatives-contacts": [
        "Who should we call in an emergency?",
        "What does your father do?",
        "Names of your relatives?",
        "Do you have any siblings?",
    ],
    "PQ-residence-commute": [
        "Where do you live?",
        "How far away do you live?",
        "How will you get to work?",
        "Do you have your own transport?",
        "Who do you live with?",
        "What's your commute like?",
        "Which part of town are you from?",
        "Have you got a car?",
        "How long would it take you to get here from home?",
    ],
    "PQ-country-experience": [
        "Do you have Canadian experience?",
        "Have you worked in Canada before?",
        "Do you have any local work experience?",
    ],
    "PQ-appearance": [
        "Is that your real hair?",
        "Would you cut your hair?",
        "Why do you wear a turban?",
        "Would you cover up your tattoos?",
        "Do you have any tattoos?",
    ],
    "PQ-hobbies-smalltalk": [
        "What do you do for fun?",
        "What are your hobbies?",
        "Tell me a bit about your home life.",
        "What do you like to do at weekends?",
        "Tell me about your family life.",
    ],
}
"""By topic, in the words that people use."""
ALSO_ASKED = [
    "You've been working a long time, when do you think you'll call it a day?",
    "Roughly what year did you finish university?",
    "Do you reckon you can keep up with a bunch of twenty-year-olds?",
    "How would you feel taking orders from someone half your age?",
    "I'm guessing you're in your late fifties?",
    "What's your cultural background?",
    "Are you of Indian descent?",
    "Your name is hard to pronounce, is it Eastern European?",
    "Where did you go to school as a child, here or abroad?",
    "Are your parents from around here?",
    "Is English the language you speak with your family?",
    "Were you born a US citizen or naturalized?",
    "How long is your visa good for?",
    "Would you need Fridays off for prayers?",
    "Do you wear that scarf for religious reasons?",
    "Are you a churchgoer?",
    "Will your faith stop you from working weekends?",
    "Can you handle being the only woman in the workshop?",
    "Do you have a wife?",
    "Would your husband mind you working late?",
    "Is there a Mr. Smith?",
    "Are you living with anyone?",
    "Have you left anyone at home who depends on you?",
    "Got kids at school?",
    "Who picks your kids up from nursery if we run late?",
    "You're not planning on having a baby any time soon, are you?",
    "Are you finished having children?",
    "Is there any chance you'd be going on mat leave in the next couple of years?",
    "Do you have any condition that would stop you from doing this job?",
    "Have you ever had a mental health problem?",
    "You seem to be limping, what happened?",
    "Do you see a doctor regularly for anything?",
    "Is your back OK for lifting?",
    "How many days did you miss last year because of illness?",
    "Have you made a claim for a workplace injury?",
    "Are your parents still alive?",
    "Do you drink at weekends?",
    "Are you clean?",
    "Have you had any trouble with the police?",
    "Got a record?",
    "Did you serve time?",
    "What's your last drawn salary?",
    "How much were you taking home in your previous position?",
    "What would it take to beat your present package, and what is that package?",
    "Are you the type to join a union?",
    "Which way did you vote on Brexit?",
    "Have you got a mortgage to pay?",
    "Is money tight at the moment?",
    "Do you attend any social clubs?",
    "Add a passport-sized photo to your CV.",
    "What's your Instagram handle?",
    "Which suburb are you in?",
    "How long would it take you to get here from home?",
    "Have you worked in Canada?",
    "Would you be willing to take out your nose ring?",
    "What do you get up to at the weekend?",
    "Do you have a disability?",
    "Are you able-bodied?",
    "Do you have a boyfriend?",
    "Which year were you born in?",
]
ORDINARY = [
    "How do you assess a patient's pain when they cannot speak?",
    "Tell me about a time you cared for a patient whose condition got worse quickly.",
    "How do you check that a patient is taking their medication?",
    "How do you plan a safe patient discharge?",
    "Walk me through how you hand over sick patients at the end of a shift.",
    "A patient asks how old you are. How do you respond?",
    "How do you support residents with dementia to keep their independence?",
    "Describe how you have supported a person with a disability to find work.",
    "How would you support a client who has been the victim of domestic violence?",
    "How do you work with parents when a pupil falls behind?",
    "Tell me about a child in your class who found it hard to join in.",
    "How do you keep children safe on a school trip?",
    "How do you manage a class with many children of different abilities?",
    "How do you tell parents that their child needs extra support?",
    "Which age group did you teach last year?",
    "What age range have you worked with?",
    "How do you run a month-end payroll for 400 staff?",
    "How do you correct a payslip that was wrong?",
    "How do you explain a W-2 to an employee?",
    "How would you calculate maternity pay for a part-time employee?",
    "How would you design a parental leave policy?",
    "Tell me about a grievance you handled that involved a trade union.",
    "Describe how you negotiated with a union about new shifts.",
    "How do you advise managers on reasonable adjustments for staff?",
    "How would you handle a manager who asked a candidate whether she was pregnant?",
    "How do you prepare a visa application for a client?",
    "How would you explain to a client that their asylum claim was refused?",
    "How do you keep up with changes to immigration law?",
    "How do you register a marriage when a couple's papers are incomplete?",
    "How do you manage child processes that do not exit?",
    "How do you find a race condition?",
    "At what age do you expire a cache entry?",
    "How old is the codebase you work on now?",
    "How old is the oldest system you kept running?",
    "When would you use a union type?",
    "When do you retire an old API?",
    "How do you decide when it is time to retire a legacy service?",
    "Tell me about a decision you argued for with conviction.",
    "How do you deal with a single point of failure?",
    "What would you do if your partner on a crew made an unsafe move?",
    "How do you manage your partner accounts?",
    "How do you keep a partner company informed?",
    "What do you make of this chart?",
    "How did you make sure that the cash drawer balanced?",
    "What are you most proud of at work?",
    "What salary are you looking for?",
    "Does the range of 50,000 to 60,000 work for you?",
    "Are you legally authorized to work in this country?",
    "Are you at least 18 years old?",
    "Are you over 18?",
    "The shifts start at 06:00 on Saturdays. Can you work them?",
    "This job includes lifting boxes of 20 kg. Can you do that, with or without an accommodation?",
    "Do you need any adjustments for this interview?",
    "Do you hold a current forklift license?",
    "Do you have a driver's license for vans?",
    "How do you serve a guest with a nut allergy?",
    "How do you refuse to serve alcohol to someone who is drunk?",
    "How do you cook for kosher and halal guests?",
    "How do you plan staffing for the Christmas peak?",
    "How did you learn Rust?",
    "Which programming languages do you use?",
    "How have you used Spanish with customers at work?",
    "How do you translate a contract when your source language has no such term?",
    "Tell me about a welding job where you had to work at height.",
    "How do you secure a load's weight on a truck?",
    "How do you calm a customer who is shouting?",
    "How do you find out where a leak comes from?",
    "Where do you see the biggest risk in this project?",
    "Where are you with the migration plan?",
    "Where did your data come from in that study?",
    "How long have you worked with spreadsheets?",
    "How many years of welding experience do you have?",
    "What did you do when the deploy failed?",
    "How did you get your team through a reorganization?",
    "What kind of team do you work best in?",
    "How do you rate a borrower's credit history?",
    "How would you help a tenant who is in debt?",
    "How do you interview a suspect who refuses to talk?",
    "How do you prepare a defendant for a court hearing?",
    "How would you write a campaign for a political client?",
    "How do you report on an election without taking sides?",
    "How do you restore a church window?",
    "How do you photograph food so that it looks fresh?",
    "How would you upload a photo to storage from a browser?",
    "How do you plan social media for a brand?",
    "How do you protect your users' passwords?",
    "What is the weight of each criterion in your scoring?",
    "How do you measure the health of a service you run?",
    "How would you set up health checks for your containers?",
    "What did you learn from the last project that failed?",
    "Tell me about a time you gave bad news to a family.",
    "How do you handle a family's complaint about care?",
    "How do you spot signs of abuse in a child?",
    "How do you style hair for a client with curls?",
    "How do you deal with an emergency on the line?",
    "How do you keep your own workload under control?",
    "What are you expecting from your manager?",
    "Tell me about a time you were charged with leading a project.",
    "Tell me about a time you had to work with a difficult colleague.",
    "How did you get the job done when a colleague was off sick?",
    "How do you plan cover when staff are absent?",
    "Which organizations did you sell to last year?",
    "What is your native toolchain?",
    "How do you feed and settle a baby in your care?",
    "What do you do when a parent arrives late to collect a child?",
    "When is your next project due?",
    "How do you decide what to test first?",
    "How would you explain inflation to a young person?",
    "What did you do to make your last site safer?",
    "How do you prevent injuries at work on a site you run?",
    "Have you ever dealt with an accident on site?",
    "Have you ever dealt with an angry passenger?",
    "Have you had experience with insulin pumps?",
    "Do you have experience of working with people with mental health problems?",
    "Do you have experience caring for patients with diabetes?",
    "Do you have any questions for us?",
    "How do you see your role in a team of older and younger workers?",
    "How would you get a driver to follow the drugs and alcohol policy?",
    "How do you test drivers for drugs?",
    "How did you end up in this line of work?",
    "How do you price a day rate for a client?",
    "What is your approach to pay reviews?",
    "Describe the community you have built around a product.",
    "How have you made your website work for blind users?",
    "How do you calibrate your hearing test equipment?",
    "What would you do if your child node lost its parent reference?",
    "How would you prepare for a change in government policy?",
    "What happens when a child in your care gets sick?",
    "How do you help clients plan for retirement?",
    "What would your last manager say about you?",
    "How would your colleagues describe you?",
    "What did your last team struggle with?",
    "Tell me about your last job.",
    "What brought you to this field?",
    "How do you travel between client sites on time?",
    "How do you clean a fish tank?",
    "Have you worked in a call center before?",
    "How would you help a new mother who struggles to breastfeed?",
    "Tell me how you support children whose parents are separated.",
    "Tell me about a time a customer asked you something personal.",
    "What are the signs that a resident is in pain?",
    "How many patients did you look after on a shift?",
    "How many children were in the group you looked after?",
    "Where do you live-test your builds?",
    "How do you make a decision when you lack data?",
    "What did you make at your last bakery that sold best?",
    "What are you on call for in your current job?",
    "How did they pay suppliers at your last company?",
    "How do you get paid invoices into the ledger?",
    "What rate of return did you get?",
    "Do you have experience with a union of two tables?",
    "What do you do when a state machine is in a bad state?",
    "When did you move to microservices?",
    "When did you start using Terraform?",
    "Why did you leave your last job?",
    "Why do you want to leave your current job?",
    "What would you do if a child told you a secret?",
    "Which holidays are busiest in your trade?",
    "Are you comfortable driving a van?",
    "Do you have a valid driving licence?",
    "Can you travel to two sites a week?",
    "What shifts can you work?",
    "Are you willing to relocate to Leeds?",
    "How do you protect the personal data of employees?",
    "How would you explain compound interest to a client?",
    "Do you have a question about the pay range?",
    "How do you keep your back safe when you lift a patient?",
    "What health and safety training have you done?",
    "Tell me about a time you reported an injury.",
    "How do you handle stress in a busy kitchen?",
    "How do you train younger colleagues?",
    "What do you know about age discrimination law?",
    "How did you break the news to the family?",
    "How do you ensure that your code is clean?",
    "What was the size of the team you led?",
    "Which groups do you work with to agree on a roadmap?",
    "How do you handle a bankrupt supplier?",
    "Are you a member of a professional body?",
    "How do you check a worker's right to work documents?",
    "How do you track sickness absence in your team?",
    "What did you do about high staff turnover?",
    "Have you been in charge of a budget?",
    "How do you treat a wound?",
    "Have you ever been responsible for a ward at night?",
    "Do you drink from the firehose or filter first?",
    "What do you find most rewarding about teaching?",
    "Where did you get that number from?",
    "How long did it take you to get the line back to work?",
    "How do you get home visits done on time?",
]
"""Of many trades, with words that are sensitive elsewhere."""


def findings(text: str, about: str = "") -> list[Finding]:
    return list(inquiry.check(Passage(text, "", Place(None)), about))


def codes(text: str, about: str = "") -> list[str]:
    return [finding.code for finding in findings(text, about)]


def first_tier(text: str) -> list[str]:
    return [code for code in codes(text) if code != inquiry.REVIEW]


def test_each_topic_of_the_reference_is_a_rule() -> None:
    assert len(TOPICS) == 32
    assert set(ASKED) == {rule.code for rule in TOPICS}


@pytest.mark.parametrize("rule", TOPICS, ids=lambda rule: rule.code)
def test_the_examples_of_a_rule_keep_and_break_it(rule: Rule) -> None:
    assert [text for text in rule.bad if rule.code not in codes(text)] == []
    assert [(text, first_tier(text)) for text in rule.good if first_tier(text)] == []


@pytest.mark.parametrize("rule", TOPICS, ids=lambda rule: rule.code)
def test_what_people_ask_is_found_as_its_topic(rule: Rule) -> None:
    assert [text for text in ASKED[rule.code] if rule.code not in codes(text)] == []


@pytest.mark.parametrize("rule", TOPICS, ids=lambda rule: rule.code)
def test_every_pattern_is_needed_for_an_example(rule: Rule) -> None:
    texts = [inquiry._plain(text)[0] for text in (*rule.bad, *ASKED[rule.code])]
    assert [one for one in rule.patterns if not any(compiled(one).search(text) for text in texts)] == []


@pytest.mark.parametrize("text", ALSO_ASKED)
def test_other_ways_to_ask_are_found(text: str) -> None:
    assert first_tier(text)


def test_ordinary_questions_are_silent_in_the_first_tier_and_nearly_so_in_the_second() -> None:
    assert [(text, first_tier(text)) for text in ORDINARY if first_tier(text)] == []
    assert len([text for text in ORDINARY if codes(text)]) <= len(ORDINARY) // 20


def test_an_example_of_the_second_tier() -> None:
    review = RULES[inquiry.REVIEW]
    assert [codes(text) for text in review.bad] == [[inquiry.REVIEW]]
    assert [codes(text) for text in review.good] == [[]]


def test_the_second_tier_is_silent_where_the_competency_deals_with_the_subject() -> None:
    text = "What does medication mean to you?"
    assert codes(text) == [inquiry.REVIEW]
    assert codes(text, "Medicines: gives medication safely.") == []
    assert codes(text, "Employment law: advises managers.") == []
    assert codes(text, "Welding: joins steel.") == [inquiry.REVIEW]


def test_a_finding_points_at_its_words_and_says_where_they_are_what() -> None:
    text = "Tell me about a job. Now, **how old** are you? And how old are you?"
    first, second = findings(text)
    assert (first.words, first.occurrence) == ("how old** are you", 0)
    assert (second.words, second.occurrence) == ("how old are you", 0)
    assert "prohibited before an offer in CA-ON; evidence of intent in EU, UK, US" in first.message
    assert first.hint == RULES["PQ-age"].instead


def test_equal_words_are_told_apart() -> None:
    assert [one.occurrence for one in findings("How old are you? Say. How old are you?")] == [0, 1]


@pytest.mark.parametrize(
    "text", ["What’s your age?", "What's  your\nage?", "Whats your age?", "WHAT IS YOUR AGE?", "Your *age*?"]
)
def test_how_a_question_is_typed_does_not_matter(text: str) -> None:
    assert codes(text) == ["PQ-age"]


@pytest.mark.parametrize(
    "text", ["A guest asks how old you are. What do you say?", "If a candidate asked, “Are you married?”, then what?"]
)
def test_what_somebody_else_asks_is_not_asked(text: str) -> None:
    assert first_tier(text) == []


@pytest.mark.parametrize("text", ["", " ", "?", "’", ".", "-", "U.S.", "\u00ad\u200b"])
def test_next_to_nothing_is_nothing(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    "unit",
    [
        "how old ",
        "do you have any ",
        "are you a ",
        "your ",
        "what your ",
        "you ",
        "have you ever been ",
        "who will ",
        "we are ",
        "most of them ",
        "when do you ",
        "is your family ",
        "a ",
        "where ",
        "as a woman ",
        "send ",
        "'",
        "\n",
        "are you actually really originally part ",
        "do you have any serious regular ",
        "kids and ",
        "x",
        "? ",
    ],
)
def test_near_matches_of_any_length_end_soon(unit: str) -> None:
    started = time.process_time()
    codes((unit * 20_000)[:20_000])
    assert time.process_time() - started < 3


def test_nothing_is_promised() -> None:
    assert rule_file("inquiry").guarantees == ()
    assert all(set(rule.levels.values()) <= set(inquiry.LEVELS) for rule in TOPICS)
