"""Advice on the next hire, as people read it and as programs do."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from jdgen.escape import plain
from jdgen.nexthire import Advice, Candidate, Weighed, percent
from jdgen.spec import Item

_WIDTH = 88
_FEW = 3
"""How many signals of another role are shown."""


def as_text(advice: Advice) -> str:
    """The answer, why, what would change it, what not to expect, and how far it reaches."""
    lines = [*_wrapped(_answer(advice)), ""]
    for one in advice.running:
        lines += _section(f"Why {_named(one.candidate)}" if len(advice.running) > 1 else "Why", _reasons(one))
        lines += _section(f"What speaks against {one.candidate.role.title}", _reasons(one, against=True))
    for one in () if advice.running else advice.weighed:
        lines += _section(f"For {_named(one.candidate)}", _reasons(one))
        lines += _section(f"Against {_named(one.candidate)}", _reasons(one, against=True))
    lines += _section("Noted", _notes(advice))
    lines += _section("What would change the answer", _changes(advice))
    for one in advice.running:
        of_whom = f" of {one.candidate.role.title}" if len(advice.running) > 1 else ""
        lines += _section(f"What not to expect{of_whom}", _texts(one.candidate.fit.do_not_expect))
        lines += _section(f"What you would see if it was the wrong hire{of_whom}", _texts(one.candidate.fit.wrong_hire))
    for caution in dict.fromkeys(_cautions(advice)):
        lines += [*_wrapped(caution), ""]
    return "\n".join(lines).rstrip() + "\n"


def as_json(advice: Advice) -> str:
    """The same as JSON."""
    following = advice.next
    data = {
        "next": following.id if following else None,
        "title": following.role.title if following else None,
        "answer": _answer(advice),
        "is_open": following is None,
        "situation": {**asdict(advice.situation), "team": dict(advice.situation.team)},
        "candidates": [_data(one) for one in advice.weighed],
        "unmatched_symptoms": list(advice.unmatched),
        "without_spec": list(advice.strangers),
        "on_board": dict(advice.on_board),
        "what_would_change_it": list(_changes(advice)),
        "cautions": list(dict.fromkeys(_cautions(advice))),
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _data(one: Weighed) -> dict[str, object]:
    candidate = one.candidate
    return {
        "role": candidate.id,
        "title": candidate.role.title,
        "stage": candidate.fit.stage,
        "performance": candidate.span,
        "points": one.points,
        "reasons": [asdict(reason) for reason in one.reasons],
        "what_not_to_expect": list(_texts(candidate.fit.do_not_expect)),
        "wrong_hire": list(_texts(candidate.fit.wrong_hire)),
    }


def _answer(advice: Advice) -> str:
    following = advice.next
    if following is not None:
        count = advice.on_board.get(following.id, 0)
        more = f" ({count} on board already)" if count else ""
        return f"Hire next: {_named(following)}{more}."
    if not advice.running:
        has_reasons = any(one.reasons for one in advice.weighed)
        known = "What is known does not fit together." if has_reasons else "Nothing of what is known speaks for a role."
        return f"{known} {_missing(advice)}"
    names = " and ".join(_named(one.candidate) for one in advice.running)
    return f"The evidence does not part {names}. {_missing(advice)}"


def _missing(advice: Advice) -> str:
    """What would settle an open answer."""
    situation = advice.situation
    open_ones = [
        *(["the company's stage"] if situation.stage is None else []),
        *(["the product's present performance"] if situation.performance is None else []),
        "more symptoms" if situation.symptoms else "symptoms",
    ]
    return f"What would settle it: {' or '.join(open_ones)}."


def _named(candidate: Candidate) -> str:
    return f"{candidate.role.title} ({candidate.fit.stage} stage)"


def _reasons(one: Weighed, *, against: bool = False) -> Iterator[str]:
    for reason in one.reasons:
        if (reason.points < 0) == against:
            yield f"{reason.text} [{reason.place}]"


def _notes(advice: Advice) -> Iterator[str]:
    for symptom in advice.unmatched:
        yield f"no spec names “{symptom}”"
    titles = {one.candidate.id: one.candidate.role.title for one in advice.weighed}
    for role, count in advice.on_board.items():
        yield f"on board: {count} × {titles[role]}"
    following = advice.next
    if advice.situation.team and following is not None and not advice.on_board.get(following.id):
        yield f"not yet on board: {following.role.title}"
    for name in advice.strangers:
        yield f"on board, and no role of this family: {name}"


def _changes(advice: Advice) -> Iterator[str]:
    """For each other role, what would have to be so that it were next."""
    running = {one.candidate.id for one in advice.running[:1]}
    for one in sorted(advice.weighed, key=lambda one: one.candidate.place):
        candidate = one.candidate
        if candidate.id in running:
            continue
        when = [f"at the {candidate.fit.stage} stage"]
        if candidate.span is not None:
            least, most = map(percent, candidate.span)
            when.append(f"with performance of {least} to {most}")
        signals = [each.text.rstrip(".") for each in candidate.statements if each.sort == "signals"][:_FEW]
        seen = f", or if you see: {'; '.join(signals)}" if signals else ""
        yield f"{candidate.role.title} {', '.join(when)}{seen}."


def _texts(items: Sequence[Item]) -> Iterator[str]:
    yield from (plain(item.text) for item in items)


def _cautions(advice: Advice) -> Iterator[str]:
    for one in advice.running or advice.weighed:
        context = one.candidate.role.spec.context
        if context and context.caution:
            yield plain(context.caution)


def _section(title: str, entries: Iterator[str]) -> list[str]:
    lines = [line for entry in entries for line in _wrapped(entry, "  - ")]
    return [f"{title}:", *lines, ""] if lines else []


def _wrapped(text: str, first: str = "") -> list[str]:
    wrapper = textwrap.TextWrapper(_WIDTH, first, " " * len(first), break_long_words=False, break_on_hyphens=False)
    return wrapper.wrap(" ".join(text.split()))
