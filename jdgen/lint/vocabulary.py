"""What words tell the roles of a family apart: terms of their specs, each with how much it speaks for which role.

A term is a word or phrase by its stems. Its weight for a role is how much of its use in the family's specs is that
role's: 0 if no more than by chance, near 1 if no other role uses it, less the rarer it is. This is tf-idf's idea, the
more in this text and the fewer others have it the better (Spärck Jones 1972, A statistical interpretation of term
specificity, Journal of Documentation 28), with shares for logarithms, which say little of a handful of texts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jdgen.lint.english import is_english
from jdgen.lint.stem import LONGEST, stems, term, terms
from jdgen.spec import RoleSpec
from jdgen.spec.walk import Path, texts

NAMED, PAIR, WORD = 1.0, 0.8, 0.6
"""What a term adds at most: one that a spec names as the role's own, two words of its statements, one word of them."""
_SHARED = 0.35
"""What is left of a named term that another role of the family states, too."""
_PRIOR = 0.3
"""Uses that every role is granted of each term, so that a single use proves little."""
_STATED = (("scope", "in"), ("strengths", "technical"), ("tools",))
_ASKED = (("responsibilities",), ("qualifications", "required"))
_OF_OTHERS = (
    ("works_with",), ("not_a_fit",), ("context",), ("qualifications", "not_required"), ("scope", "growth_path"),
    ("extra_sections",), ("sources",), ("notes",),
)  # fmt: skip
"""What a spec says of others than the role."""
_PLACEHOLDER = re.compile(r"[,\s]*\{[^}]*\}")


@dataclass(frozen=True)
class Profile:
    """The terms of one role, each with how often its spec uses it."""

    names: tuple[str, ...]
    """Its title and aliases, as terms."""
    named: frozenset[str]
    """What the spec says that it is recognized by."""
    stated: Counter[str]
    """Of its scope, strengths and tools."""
    asked: Counter[str]
    """Of its responsibilities and required qualifications."""
    used: Counter[str]
    """Of all else that the spec says of the role."""
    left: tuple[tuple[str, ...], ...]
    """The stems of each item that it leaves to others."""
    words: frozenset[str]
    """The terms that are a single word."""


@dataclass(frozen=True)
class Vocabulary:
    """The terms of a family, each with what it says for which roles, by their numbers."""

    weights: Mapping[str, Mapping[int, float]]
    size: int

    def scores(self, text: str) -> list[float]:
        """How much a text speaks for each role. Of overlapping terms the longest counts, and each term once."""
        found, scores, seen, start = stems(text), [0.0] * self.size, set[str](), 0
        while start < len(found):
            runs = list(terms(found[start : start + LONGEST], only_first=True))
            length = next((n for n in range(len(runs), 0, -1) if runs[n - 1] in self.weights), 0)
            if length and runs[length - 1] not in seen:
                seen.add(runs[length - 1])
                for role, weight in self.weights[runs[length - 1]].items():
                    scores[role] += weight
            start += length or 1
        return scores


def name_of(spec: RoleSpec) -> str:
    """The role's title without what postings fill in."""
    return _PLACEHOLDER.sub("", str(spec.title))


def profile_of(spec: RoleSpec) -> Profile:
    """The terms of a role's spec, as far as it is in English."""
    written: dict[str, list[str]] = {sort: [] for sort in ("named", "stated", "asked", "left", "used", "")}
    for where, tag, text in texts(spec):
        if is_english(tag or spec.language):
            written[_sort(where)].append(text)
    items = [stems(text) for sort in ("named", "stated", "asked", "left", "used") for text in written[sort]]
    titles = (name_of(spec), *map(str, spec.aliases))
    return Profile(
        names=tuple(term(title.partition(",")[0]) for title in titles),
        named=frozenset(filter(None, map(term, written["named"]))),
        stated=_counted(map(stems, written["stated"])),
        asked=_counted(map(stems, written["asked"])),
        used=_counted(map(stems, written["used"])),
        left=tuple(tuple(stems(text)) for text in written["left"]),
        words=frozenset(each for item in items for each in item),
    )


def vocabulary_of(profiles: Sequence[Profile], judged: int | None = None) -> Vocabulary:
    """The vocabulary of a family.

    The role of the number `judged` is known by all that its spec says besides responsibilities and requirements,
    since these are judged; the others by these, too, but not by what their interviews ask.
    """
    own = [one.used if number == judged else one.asked for number, one in enumerate(profiles)]
    stated = [one.stated + each + _given(one, profiles) for one, each in zip(profiles, own, strict=True)]
    totals = [s if n == judged else s + profiles[n].used for n, s in enumerate(stated)]
    words = frozenset().union(*(one.words for one in profiles))
    weights: dict[str, dict[int, float]] = {}
    for number, one in enumerate(profiles):
        for each in stated[number]:
            if (share := _distinction(each, number, totals)) > 0:
                weights.setdefault(each, {})[number] = share * (WORD if each in words else PAIR)
        for each in one.named:
            others = (profiles[k].named | stated[k].keys() for k in range(len(profiles)) if k != number)
            weights.setdefault(each, {})[number] = NAMED * (_SHARED if any(each in other for other in others) else 1)
    return Vocabulary(weights, len(profiles))


def _sort(where: Path) -> str:
    """What the text at a path of a spec says of the role; nothing for what it says of others."""
    begins = [where[:1], where[:2]]
    if ("scope", "recognized_by") in begins:
        return "named"
    if ("scope", "out") in begins:
        return "left"
    if any(path in begins for path in _OF_OTHERS):
        return ""
    return "stated" if any(p in begins for p in _STATED) else "asked" if any(p in begins for p in _ASKED) else "used"


def _counted(items: Iterable[Sequence[str]]) -> Counter[str]:
    return Counter(each for item in items for each in terms(item, longest=2))


def _given(profile: Profile, profiles: Sequence[Profile]) -> Counter[str]:
    """The terms of what other roles of the family leave to this one by its name."""
    return _counted(item for other in profiles if other is not profile for item in _without_name(profile, other.left))


def _without_name(profile: Profile, items: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    """Of items that name the role, what stands before its name."""
    for item in items:
        for end in range(len(item)):
            if any("".join(item[end:]).startswith(name) for name in profile.names):
                yield item[:end]
                break


def _distinction(each: str, number: int, totals: Sequence[Counter[str]]) -> float:
    """How far a term is one role's: 0 by chance or less, 1 for all of many uses."""
    share = (totals[number][each] + _PRIOR) / (sum(total[each] for total in totals) + _PRIOR * len(totals))
    return (share - 1 / len(totals)) / (1 - 1 / len(totals))
