"""A kit, or a vacancy, in the list that people search."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from jdgen.export.place import place_name
from jdgen.phrases import Phrases
from jdgen.role import Role
from jdgen.site.shell import Link
from jdgen.vacancy import locations
from jdgen.write.page import language_attributes
from jdgen.write.xml import attribute, text

FILTERS = {
    "sort": "site.sort",
    "family": "readme.family",
    "department": "fact.department",
    "place": "fact.location",
    "workplace": "site.workplace",
    "level": "fact.level",
}
"""By what a list can be narrowed, each with its label."""


@dataclass(frozen=True)
class Card:
    """One entry of a list."""

    title: str
    target: str
    """Where its title leads, from the list's page."""
    language: str
    tagline: str = ""
    facts: tuple[str, ...] = ()
    text: str = ""
    """What a search looks through besides."""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    company: str = ""
    source: str = ""
    """The role, as it was asked for, if it is the role's own kit."""

    @property
    def rank(self) -> tuple[str, str]:
        """Where it stands in the list."""
        return self.title.casefold(), self.target

    def html(self) -> str:
        """The entry as an item of a list."""
        words = " ".join([self.title, self.tagline, *self.facts, self.text])
        filters = attribute(json.dumps(self.filters, ensure_ascii=False))
        lines = [self.tagline, " · ".join(self.facts)]
        return (
            f'<li data-text="{attribute(words)}" data-filters="{filters}"{language_attributes(self.language)}>\n'
            f"<h2>{Link(self.title, self.target).html()}</h2>\n"
            + "".join(f"<p>{text(line)}</p>\n" for line in lines if line)
            + _listed(self.links)
            + "</li>\n"
        )


def _listed(links: Sequence[Link]) -> str:
    return f"<ul>{''.join(f'<li>{link.html()}</li>' for link in links)}</ul>\n" if links else ""


def vacancy_filters(role: Role, phrases: Phrases) -> dict[str, tuple[str, ...]]:
    """What candidates and recruiters narrow a list of vacancies by."""
    posting = role.posting
    places = list(locations(posting, role.company))
    found: dict[str, Iterable[str]] = {
        "department": [str(posting.department)] if posting and posting.department else [],
        "place": [place_name(place, phrases.notation) for place in places],
        "workplace": [phrases.text(f"workplace.{place.workplace}") for place in places if place.workplace],
        "level": [str(role.level.name)] if role.level else [],
    }
    return {name: tuple(dict.fromkeys(values)) for name, values in found.items() if values}


def kit_filters(role: Role, phrases: Phrases) -> dict[str, tuple[str, ...]]:
    """What recruiters narrow the list of kits by."""
    sort = phrases.text("site.sort.posting" if role.posting else "site.sort.role")
    family = {"family": (str(role.spec.family),)} if role.spec.family else {}
    return {"sort": (sort,), **family, **vacancy_filters(role, phrases)}


def words_of(role: Role) -> str:
    """What the hiring team knows a role by: other titles, competencies, tools, numbers."""
    posting = role.posting
    parts = [
        *map(str, role.spec.aliases),
        str(role.spec.layer or ""),
        *(str(assessed.competency.name) for assessed in role.competencies),
        *(str(tool.name) for tool in role.spec.tools),
        *(posting.identifiers.values() if posting else ()),
        role.id,
        role.variant,
    ]
    return " ".join(filter(None, parts))


def cards_html(cards: Sequence[Card], phrases: Phrases) -> str:
    """The list with what searches and narrows it; without scripts it is the list alone."""
    return "".join([_form(cards, phrases), _found(phrases), _list(cards)])


def _list(cards: Sequence[Card]) -> str:
    return f'<ul class="cards">\n{"".join(card.html() for card in cards)}</ul>\n'


def _form(cards: Sequence[Card], phrases: Phrases) -> str:
    search = text(phrases.text("site.search"))
    selects = "".join(_selects(cards, phrases.text))
    return (
        f'<form class="find" role="search" hidden>\n<label class="search">{search} '
        f'<input type="search" autocomplete="off" spellcheck="false" aria-keyshortcuts="/"></label>\n{selects}</form>\n'
    )


def _selects(cards: Sequence[Card], told: Callable[[str], str]) -> Iterator[str]:
    """A choice for each filter by which the list falls into parts."""
    for name, label in FILTERS.items():
        values = sorted({value for card in cards for value in card.filters.get(name, ())}, key=str.casefold)
        if len({card.filters.get(name, ()) for card in cards}) > 1 and values:
            options = "".join(f'<option value="{attribute(value)}">{text(value)}</option>' for value in values)
            every = f'<option value="">{text(told("site.all"))}</option>'
            yield f'<label>{text(told(label))} <select name="{name}">{every}{options}</select></label>\n'


def _found(phrases: Phrases) -> str:
    """How many there are, in the forms that the language has for numbers."""
    forms = {"other": "site.count", **{key.rpartition(".")[2]: key for key in phrases if key.startswith("site.count.")}}
    data = "".join(f' data-{form}="{attribute(phrases.pattern(key))}"' for form, key in forms.items())
    none = attribute(phrases.text("site.none"))
    clear = text(phrases.text("site.clear"))
    return (
        f'<div class="found"><p id="count" role="status"{data} data-none="{none}"></p>'
        f'<button type="button" id="clear" hidden>{clear}</button></div>\n'
    )
