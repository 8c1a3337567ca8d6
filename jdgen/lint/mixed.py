"""JD-042: whether a description asks for two roles of a family at once, by the terms of the family's specs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from jdgen.lint.catalog import rules
from jdgen.lint.english import is_english
from jdgen.lint.family import Family
from jdgen.lint.passage import Description
from jdgen.lint.rule import Finding, compiled
from jdgen.lint.stem import stems, term
from jdgen.lint.subject import Judged
from jdgen.lint.vocabulary import Vocabulary, name_of, vocabulary_of
from jdgen.lint.wording import plain
from jdgen.places import Place
from jdgen.requirement import requirements

CODE = "JD-042"
ENOUGH = 0.75
"""The score from which a sentence is a role's: one term that its spec names, or two or three of its statements."""
MARGIN = 1.5
"""How many times more than for a role a sentence has to say for another so that it is not the first one's."""
SENTENCES = 2
"""How many sentences of a second role make a mixed job."""
_ASKED = ("responsibilities", "required", "success")
_MAYBE = ("role", "")
"""Sections in which only sentences about the person and items of lists ask for something."""
_PERSON = re.compile(r"\b(?:you|your|must|will|responsible|candidate|looking for)\b", re.IGNORECASE)
_LEFT_SHARE = 2 / 3
"""How much of an item that a role leaves to others a statement has to say."""
_SHOWN = 7
"""The most words of a sentence that a message shows."""


class Asked(NamedTuple):
    """A sentence that asks for something, with its words as they stand, and what it says for each role."""

    text: str
    place: Place
    finding: Finding
    scores: list[float]


class Mixture(NamedTuple):
    """Which roles of a family one posting asks for, its own first, each with the sentences that ask for it."""

    family: Family
    owned: Mapping[int, Sequence[Asked]]


def check(description: Description, families: Iterable[Family]) -> Iterator[Finding]:
    """What a finished posting asks of two roles or more, compared to the family whose words it has most of."""
    if is_english(description.language) and (mixture := mixture_of(description, families)):
        family, owned = mixture
        listed = "; ".join(f"{name_of(family.roles[role])}: {_listed(sentences)}" for role, sentences in owned.items())
        by = "the roles that ship with jdgen" if family.is_shipped else "your specs"
        message = f"asks for {len(owned)} roles of '{family.name}' at once, by {by}: {listed}"
        yield list(owned.values())[1][0].finding._replace(message=message)


def mixture_of(description: Description, families: Iterable[Family]) -> Mixture | None:
    """The roles that a posting asks for, if these are several of one family."""
    read = [(family, list(_asked(description, family))) for family in families]
    family, asked = max(read, key=lambda pair: sum(map(sum, (one.scores for one in pair[1]))), default=(None, []))
    if family is None:
        return None
    owned = [[one for one in asked if _owns(one.scores, role)] for role in range(len(family.roles))]
    own = _own(description, family, owned)
    several = [role for role, sentences in enumerate(owned) if len(sentences) >= SENTENCES]
    several.sort(key=lambda role: (role != own, -len(owned[role])))
    is_mixed = own in several and len(several) > 1
    return Mixture(family, {role: owned[role] for role in several}) if is_mixed else None


def role_check(judged: Judged, family: Family) -> Iterator[Finding]:
    """What a role's duties and requirements ask that is another role's of its family, or that it leaves to others."""
    number = family.number_of(judged.role.spec)
    if number is None or not is_english(judged.role.language):
        return
    vocabulary = vocabulary_of(family.profiles, judged=number)
    strays: list[tuple[str, Place, str]] = []
    for one in requirements(judged.role.spec, judged.places.spec, judged.role.posting):
        if one.sort not in ("responsibility", "required"):
            continue
        said = _own_words(one.text)
        scores = vocabulary.scores(said)
        best = max((role for role in range(vocabulary.size) if role != number), key=scores.__getitem__)
        if scores[best] >= ENOUGH and scores[best] > MARGIN * scores[number]:
            strays.append((name_of(family.roles[best]), one.place, one.text))
        elif item := _left(said, judged):
            strays.append((f"others, as its own scope says ('{item}')", one.place, one.text))
    if strays:
        listed = "; ".join(f"{owner}: '{_opening(text)}' ({_line(place)})" for owner, place, text in strays)
        several = len(strays) >= SENTENCES
        message = f"asks for work of another role of '{family.name}': {listed}"
        yield Finding(CODE, strays[0][1], message, severity=None if several else "info")


def _asked(description: Description, family: Family) -> Iterator[Asked]:
    """Each sentence that asks for something."""
    for passage in description.of(*_ASKED, *_MAYBE):
        for start, sentence in passage.sentences():
            if passage.section in _ASKED or passage.is_item or _PERSON.search(sentence):
                words = sentence.strip().split("\n")[0]
                found = passage.finding(CODE, "", words, at=start + sentence.index(words))
                yield Asked(sentence, passage.place, found, _scores(sentence, family.vocabulary))


def _scores(sentence: str, vocabulary: Vocabulary) -> list[float]:
    """What a sentence says for each role by its own words, which are looked for only where all words say enough."""
    scores = vocabulary.scores(sentence)
    return vocabulary.scores(_own_words(sentence)) if max(scores) >= ENOUGH else scores


def _own_words(sentence: str) -> str:
    """A sentence without what it denies, wishes for, or says is others' work."""
    return compiled(rules()[CODE].unless or "").sub(" ", plain(sentence))


def _owns(scores: Sequence[float], role: int) -> bool:
    """Whether a sentence is a role's: it says enough for it, and not much more for another."""
    return scores[role] >= ENOUGH and MARGIN * scores[role] > max(scores)


def _own(description: Description, family: Family, owned: Sequence[Sequence[Asked]]) -> int:
    """The role that the posting is for: that of its title, else the one that owns most of its sentences."""
    title = term(description.title.text) if description.title else ""
    titled = [any(name in title for name in profile.names) for profile in family.profiles]
    weight = [sum(one.scores[role] for one in sentences) for role, sentences in enumerate(owned)]
    return max(range(len(owned)), key=lambda role: (titled[role] and bool(owned[role]), weight[role]))


def _left(said: str, judged: Judged) -> str:
    """The item that the role's own scope leaves to others and that a statement has most of; empty if there is none."""
    scope, stated = judged.role.spec.scope, set(stems(said))
    for item in scope.out if scope else ():
        left = set(stems(re.split(r", (?:which|who)\b", str(item.text))[0]))
        if len(left & stated) >= max(2, _LEFT_SHARE * len(left)):
            return str(item.text)
    return ""


def _listed(sentences: Iterable[Asked]) -> str:
    return ", ".join(f"'{_opening(one.text)}' ({_spot(one)})" for one in sentences)


def _spot(one: Asked) -> str:
    found = one.finding
    problem = one.place.problem("", "", words=found.words, occurrence=found.occurrence)
    return f"{problem.line}:{problem.column}"


def _line(place: Place) -> str:
    return str(place) or "in no file"


def _opening(text: str) -> str:
    words = text.split()
    return " ".join(words[:_SHOWN]) + (" ..." if len(words) > _SHOWN else "")
