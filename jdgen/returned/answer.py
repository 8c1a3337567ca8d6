"""What stands in the places of a field -> its value, nothing, or why it can't be told. Nothing is guessed."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping, Sequence

from jdgen.form import Field, FieldType
from jdgen.returned.reading import Fault, Reading, cleaned, folded, quoted, straightened

MAX_LENGTH = 20_000
Answer = str | bool | Fault | None
"""A value; a fault if it can't be told; None if nothing was filled in."""

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_BRACKETS = re.compile(r"\[(.*)\]|\((.*)\)")
_TICKED = frozenset("☒☑✓✔🗸🗹⊠xX")
_UNTICKED = frozenset("☐□▢◻⬜")
_REPLACE = "write the answer in place of the prompt"


def answer(field: Field, places: Sequence[Reading | Fault]) -> Answer:
    """The one answer that all places of a field give."""
    answers = [place if isinstance(place, Fault) else _read(field, place) for place in places]
    if not answers:
        hint = "whoever sent it knows; or fill in the scorecard anew"
        return Fault("scorecard.lost", "its place in the document is gone", hint)
    fault = next((found for found in answers if isinstance(found, Fault)), None)
    if fault is None and len(set(answers)) > 1:
        hint = "leave one of them"
        return Fault("scorecard.twice", f"it stands {len(answers)} times, with different answers", hint)
    return fault or answers[0]


def ticked(text: str) -> bool | None:
    """Whether `text` is a ticked box (True) or an empty one (False); None if it is no box."""
    shown = text.replace("\ufe0f", "").strip()
    brackets = _BRACKETS.fullmatch(shown)
    if brackets:
        shown = (brackets[1] or brackets[2] or "").strip() or "☐"
    return True if shown in _TICKED else False if shown in _UNTICKED else None


def _read(field: Field, place: Reading) -> Answer:
    if len(place.text) > MAX_LENGTH:
        return Fault("scorecard.long", f"it has more than {MAX_LENGTH} characters", line=place.line)
    text = cleaned(place.text)
    if field.type == "check":
        return _check(place, text)
    if not text or place.is_prompt or straightened(text) == straightened(field.prompt):
        return _unfilled(place)
    if field.type in ("text", "note") and cleaned(place.beside):
        message = f"{quoted(text)} stands in its place, but {quoted(place.beside)} beside it"
        return Fault("scorecard.beside", message, "write all of it in place of the prompt", place.line)
    return _READERS[field.type](field, place, text)


def _unfilled(place: Reading) -> Fault | None:
    """Nothing; unless there is something nearby that may be meant for the field."""
    beside = cleaned(place.beside)
    if beside:
        message = f"nothing stands in its place, but {quoted(beside)} beside it"
        return Fault("scorecard.beside", message, _REPLACE, place.line)
    if place.date:
        return Fault("scorecard.date", f"it shows no date, but {place.date} is stored behind it", line=place.line)
    return None


def _check(place: Reading, text: str) -> bool | Fault:
    shows = ticked(text)
    if shows is None and (text or place.is_ticked is None):
        message = f"{quoted(text)} is neither a ticked box nor an empty one" if text else "its box is gone"
        return Fault("scorecard.check", message, "write ☒ if it applies, else ☐", place.line)
    if shows is not None and place.is_ticked not in (None, shows):
        message = f"its box shows {text} but is stored as {'ticked' if place.is_ticked else 'not ticked'}"
        return Fault("scorecard.check", message, "tick it anew", place.line)
    return bool(shows or place.is_ticked)


def _choice(field: Field, place: Reading, text: str) -> str | Fault:
    for shown in _without_glued_prompt(field, text):
        fitting = {value for value, label in field.options.items() if shown in (folded(value), folded(label))}
        if len(fitting) == 1:
            return fitting.pop()
        if fitting:
            return Fault("scorecard.choice", f"{quoted(text)} fits more than one of its options", line=place.line)
    hint = f"there is {', '.join(quoted(label) for label in field.options.values())}" if field.options else ""
    return Fault("scorecard.choice", f"{quoted(text)} is not one of its options", hint, place.line)


def _date(field: Field, place: Reading, text: str) -> str | Fault:
    match = next(filter(None, map(_DATE.fullmatch, _without_glued_prompt(field, text))), None)
    if match is None:
        return Fault("scorecard.date", f"{quoted(text)} is not a date as YYYY-MM-DD", "such as 2027-01-31", place.line)
    year, month, day = map(int, match.groups())
    if not (year and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return Fault("scorecard.date", f"there is no day {match[0]}", "write it as YYYY-MM-DD", place.line)
    if place.date and place.date != match[0]:
        message = f"it shows {match[0]}, but {place.date} is stored behind it"
        return Fault("scorecard.date", message, "choose the date anew", place.line)
    return match[0]


def _without_glued_prompt(field: Field, text: str) -> list[str]:
    """`text` to compare: as it is, then without a prompt that an editor left behind or before it."""
    shown, prompt = folded(text), folded(field.prompt)
    return [shown, *filter(None, (shown.removesuffix(prompt).strip(), shown.removeprefix(prompt).strip()))]


def _text(field: Field, place: Reading, text: str) -> str | Fault:
    """A line of text. A prompt left in it may be part of a name, so it is not for us to take out."""
    if _without_left_prompt(field, text) == text:
        return text
    message = f"{quoted(text)} still has the prompt {quoted(field.prompt)} in it"
    return Fault("scorecard.prompt", message, _REPLACE, place.line)


def _note(field: Field, _: Reading, text: str) -> str:
    return _without_left_prompt(field, text)


def _without_left_prompt(field: Field, text: str) -> str:
    """`text` without a prompt that was left before or behind it. Where the sentence goes on, it is no prompt."""
    prompt = cleaned(field.prompt)
    if text.startswith(prompt):
        rest = text.removeprefix(prompt)
        return text if rest.lstrip()[:1].islower() else rest.strip()
    rest = text.removesuffix(prompt)
    return text if rest[-1:].isalnum() and prompt[:1].islower() else rest.strip()


_READERS: Mapping[FieldType, Callable[[Field, Reading, str], str | Fault]] = {
    "text": _text,
    "note": _note,
    "choice": _choice,
    "date": _date,
}
