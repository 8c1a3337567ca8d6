"""What parts of a spec are called in a sentence: of keys and ids it makes `anchor 3 of competency 'hygiene'`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jdgen.escape import plain
from jdgen.spec.base import Minutes, Spec
from jdgen.spec.walk import keys_of

Trail = Sequence[tuple[str, Any]]
_SINGULAR = {
    "add": "addition",
    "all_of": "part",
    "also_in": "further language",
    "any_of": "alternative",
    "in": "responsibility in scope",
    "motivators": "reason to take the job",
    "out": "what is out of scope",
    "preferred": "preferred qualification",
    "ranges": "pay range",
    "remove": "removal",
    "replace": "replacement",
    "required": "required qualification",
    "strong": "sign of strength",
    "weak": "sign of weakness",
}
_UNSAID = frozenset(["qualifications", "interview_plan", "success", "patch", "compensation", "set"])
"""Keys that only hold others together."""
_ITSELF = frozenset(["text"])
"""Keys whose value is what the part says."""
_NAMES = ("id", "use", "competency", "name", "title", "when", "label")
_MAIN = ("text", "title", "name", "label", "use", "when")


def subject(trail: Trail) -> str:
    """What a value is, the last part first: `anchor 3 of competency 'hygiene'`."""
    return " of ".join(reversed(list(_segments(trail)))) or "the file"


def said(value: Any) -> str:
    """A value as text; of a part with a text of its own that text, of another its values by key."""
    if isinstance(value, Spec):
        return _part(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{str(key).replace('_', ' ')}: {said(each)}" for key, each in value.items())
    if isinstance(value, (tuple, list)):
        return "; ".join(map(said, value))
    return ("no", "yes")[value] if isinstance(value, bool) else plain(value)


def _part(part: Spec) -> str:
    if isinstance(part, Minutes):
        return str(part.least) if part.least == part.most else f"{part.least}-{part.most}"
    main = next((getattr(part, name) for name in _MAIN if getattr(part, name, None)), None)
    found = {key: getattr(part, field) for field, key in keys_of(type(part))}
    return said({key: each for key, each in found.items() if each not in (None, ())} if main is None else main)


def _segments(trail: Trail) -> Iterator[str]:
    steps = list(trail)
    while steps:
        key, _ = steps.pop(0)
        if steps and steps[0][0] == "":  # an entry of a list
            _, part = steps.pop(0)
            yield f"{_singular(key)}{_named(part)}"
        elif key == "anchors" and steps:
            yield f"anchor {steps.pop(0)[0]}"
        elif key not in _UNSAID and (key not in _ITSELF or (not steps and len(trail) == 1)):
            yield key.replace("_", " ")


def _singular(key: str) -> str:
    known = _SINGULAR.get(key)
    if known:
        return known
    words = key.replace("_", " ")
    return f"{words[:-3]}y" if words.endswith("ies") else words.removesuffix("s")


def _named(part: Any) -> str:
    if not isinstance(part, Spec):
        return ""
    name = next((value for key in _NAMES if isinstance(value := getattr(part, key, None), str) and value), "")
    return f" '{name}'" if name else ""
