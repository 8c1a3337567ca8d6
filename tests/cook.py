"""A role, a company and a posting that keep all rules of interviews, and what one changes in them to break one."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from jdgen.lint import competency, kit, question, stage
from jdgen.lint.rule import Finding
from jdgen.lint.subject import Judged
from jdgen.places import Place, Places
from jdgen.resolve import resolve_role
from jdgen.source import Source
from jdgen.spec import Company, Posting, RoleSpec

Tree = dict[str, Any]
THINGS = {"baking": "bread", "serving": "guests", "cleaning": "kitchens", "planning": "menus"}
NUMBERS = ("first", "second", "third")


def anchors(thing: str) -> Tree:
    return {
        "1": f"Forgot {thing} twice, blamed others for it.",
        "2": f"Did {thing} when told, late and half.",
        "3": f"Finished {thing} alone before noon, steps noted.",
        "4": f"Foresaw what goes wrong with {thing} next week, and acted.",
        "5": f"Taught colleagues about {thing}, who own it all now.",
    }


def asked(name: str, number: str, *, answers: int = 0) -> Tree:
    return {
        "id": f"{name}-{number}",
        "kind": "behavioral",
        "minutes": 10,
        "text": f"Describe {name} on the {number} day.",
        "probes": ["What did you do?", "What came of it?"],
        "strong": ["Names the day."],
        "weak": ["Names no day."],
        "red_flags": ["Made the day up."],
        "pilot": "With two cooks, October 2026",
        "sample_answers": [
            {"rating": rating, "text": "It was a day.", "why": "A day."} for rating in range(2, 2 + answers)
        ],
    }


def planned(name: str, competencies: list[str], questions: list[str]) -> Tree:
    return {
        "id": name,
        "name": name.capitalize(),
        "purpose": f"We talk about your work in the {name}.",
        "minutes": 60,
        "interviewers": ["cook", "waiter"],
        "competencies": competencies,
        "questions": questions,
        "opening": {"minutes": 5},
        "candidate_questions": {"minutes": 10},
        "closing": {"minutes": 5},
        "ai_rule": "No assistants, since we ask about your own experience.",
    }


def role_tree() -> Tree:
    """A cook: four competencies with three questions each, two stages, an alternative, a work sample."""
    return {
        "jdgen": 1,
        "title": "Cook",
        "owner": "Head of kitchen",
        "summary": "You cook what our guests eat at noon, and plan what they eat next week.",
        "motivators": ["You decide what is on the table."],
        "responsibilities": [
            {"id": id, "text": text, "competency": name}
            for id, text, name in (
                ("bake", "Bake the bread for the day.", "baking"),
                ("serve", "Serve the guests and hear what they say.", "serving"),
                ("clean", "Clean the kitchen after noon.", "cleaning"),
                ("plan", "Plan the menus of the next week.", "planning"),
            )
        ],
        "qualifications": {
            "required": [
                {"id": "baked", "text": "You have baked bread for many.", "kind": "experience", "competency": "baking"},
                {"id": "served", "text": "You have served guests.", "kind": "experience", "competency": "serving"},
            ],
            "preferred": [{"id": "planned", "text": "You have planned menus.", "competency": "planning"}],
        },
        "competencies": [
            {
                "id": name,
                "name": name.capitalize(),
                "definition": f"Does the {name} so that others can rely on it.",
                "importance": "preferred" if name == "planning" else "required",
                "anchors": anchors(thing),
                "questions": [asked(name, number, answers=2 if number == "first" else 0) for number in NUMBERS],
            }
            for name, thing in THINGS.items()
        ],
        "interview_plan": {
            "summary": "Two interviews, or one of them in the kitchen.",
            "stages": [
                planned("kitchen", ["baking", "serving"], _questions("baking serving", "first second")),
                planned("table", ["cleaning", "planning"], _questions("cleaning planning", "first second")),
                planned("oven", ["baking", "serving"], _questions("baking serving", "third second"))
                | {"instead_of": "kitchen"},
            ],
            "work_sample": {
                "title": "Soup",
                "mode": "live",
                "stage": "oven",
                "brief": "Cook a soup.",
                "tasks": ["Cook."],
                "limit_minutes": 121,
                "ai_rule": "None.",
                "pay": "By the hour.",
                "criteria": [
                    {"name": "Hot", "weight": 60, "competency": "baking", "strong": "It steams."},
                    {"name": "Salt", "weight": 40, "competency": "serving", "strong": "It is salted."},
                ],
                "known_traps": ["The salt is sugar."],
                "follow_up": "A guest wants it cold.",
                "alternative": "You tell us how you would cook it.",
                "own_use": "Nobody eats it.",
            },
        },
        "sources": [{"id": "kitchen-days", "title": "Three days in the kitchen", "kind": "interview"}],
        "reviews": [{"by": "Head of kitchen", "on": "2026-10-01", "note": "All anchors."}],
    }


def _questions(names: str, numbers: str) -> list[str]:
    return [f"{name}-{number}" for name in names.split() for number in numbers.split()]


def company_tree() -> Tree:
    return {
        "jdgen": 1,
        "name": "Fjord Kitchen",
        "about": "We cook for two hundred guests a day.",
        "offices": [{"id": "bergen", "city": "Bergen", "country": "NO"}],
        "statements": {"equal-opportunity": "Everyone is asked the same and rated by the same scale."},
        "hiring_rules": {"submit_within_hours": 24, "forbidden_topics": ["Age", "Family", "Health"]},
        "accommodation_contact": "adjustments@example.com",
    }


def posting_tree() -> Tree:
    return {
        "jdgen": 1,
        "role": "cook",
        "company": "fjord-kitchen",
        "employment": [{"type": "full_time", "term": "permanent", "hours_per_week": "37.5"}],
        "locations": [{"office": "bergen", "workplace": "on_site"}],
        "compensation": {"ranges": [{"min": 480000, "max": 540000, "currency": "NOK", "period": "year"}]},
        "dates": {"opens": "2026-12-01", "closes": "2027-01-15", "start": "2027-03-01"},
        "apply": {"email": "kitchen@example.com"},
        "contact": {"name": "Kari Nes", "role": "Head of kitchen", "email": "kari@example.com"},
    }


def merged(base: Any, fragment: Any) -> Any:
    """`base` with `fragment` laid over it: keys merge, lists of objects by `id` or `use`; None takes a key away."""
    if isinstance(base, dict) and isinstance(fragment, dict):
        whole = dict(base)
        for key, value in fragment.items():
            if value is None:
                whole.pop(key, None)
            else:
                whole[key] = merged(base.get(key), value)
        return whole
    if isinstance(base, list) and isinstance(fragment, list) and fragment and all(_key(entry) for entry in fragment):
        entries = {_key(entry): entry for entry in base if _key(entry)}
        laid = {_key(entry): merged(entries.get(_key(entry)), entry) for entry in fragment}
        return [*(laid.pop(_key(entry), entry) for entry in base), *laid.values()]
    return copy.deepcopy(fragment)


def _key(entry: Any) -> str | None:
    return (entry.get("id") or entry.get("use")) if isinstance(entry, dict) else None


def parsed(fragment: str) -> Any:
    """The data of a YAML fragment."""
    return Source(fragment, "example").data


def _source(tree: Tree, file: str) -> Source:
    return Source(json.dumps(tree, indent=1, ensure_ascii=False), file)  # what is JSON is YAML


def role_spec(tree: Tree, name: str = "cook") -> RoleSpec:
    return _source(tree, f"{name}.yaml").model(RoleSpec, name)


def company(tree: Tree | None = None) -> Company:
    return _source(tree or company_tree(), "fjord-kitchen.yaml").model(Company, "fjord-kitchen")


def posting(tree: Tree | None = None) -> Posting:
    return _source(tree or posting_tree(), "cook-2027.yaml").model(Posting, "cook-2027")


def judged(tree: Tree, level: str | None = None, name: str = "cook", **others: Any) -> Judged:
    """A role made of a tree, as rules see it; `others` are what `resolve_role` takes besides."""
    spec = role_spec(tree, name)
    return Judged(resolve_role(spec, level=level, **others), Places(spec))


def found(subject: Judged) -> list[Finding]:
    """All findings about the interviews of a role."""
    return list(_found(subject))


def found_of_company(tree: Tree) -> list[Finding]:
    """All findings about a company's rules for interviews."""
    made = company(tree)
    return list(kit.company_check(made, Place(made.origin)))


def _found(subject: Judged) -> Iterator[Finding]:
    for one in subject.questions:
        yield from question.check(one)
    for each in subject.competencies:
        yield from competency.check(each)
    yield from stage.check(subject)
    yield from kit.check(subject)
