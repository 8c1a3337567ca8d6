"""A posting in the shape of Lever's postings (github.com/lever/postings-api), so that scripts can take it there.

Lever's page of a job is an opening, a body, titled lists and a closing, in that order. So is this: every word of
the job description is in one of them, and they follow each other as its sections do.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from jdgen.escape import plain
from jdgen.export.place import countries_of, is_remote, place_name
from jdgen.export.salary import number, one_range
from jdgen.phrases import Phrases
from jdgen.role import Role
from jdgen.spec import Posting
from jdgen.spec.posting import PayRange
from jdgen.vacancy import arranged_sections, locations
from jdgen.write.html import fragment, items_html
from jdgen.write.linear import LinearBlock
from jdgen.write.nodes import STRONG, Code, Heading, Item, List, Paragraph, Run
from jdgen.write.nodes import plain as text_of
from jdgen.write.text import plain_text

Data = dict[str, Any]
_SECTION = 2
"""The level of headings that begin a section."""
_WORKPLACES = {"on_site": "on-site", "hybrid": "hybrid", "remote": "remote"}
_INTERVALS = {
    "hour": "per-hour-wage",
    "day": "per-day-wage",
    "week": "per-week-salary",
    "month": "per-month-salary",
    "year": "per-year-salary",
}


@dataclass(frozen=True)
class Section:
    """A part of the job description under a heading of its own."""

    heading: Heading
    blocks: tuple[LinearBlock, ...]

    @property
    def has_list(self) -> bool:
        return any(isinstance(block, List) for block in self.blocks)


def lever_posting(role: Role, posting: Posting, blocks: Sequence[LinearBlock], phrases: Phrases) -> Data:
    """The posting as data; `blocks` are those of its job description, without the title."""
    opening, sections = parted(blocks)
    body, lists, closing = arranged(sections)
    language = role.language
    places = [place_name(place, phrases.notation) for place in locations(posting, role.company)]
    countries = {code for place in locations(posting, role.company) for code in countries_of(place)}
    data = {
        "id": posting.id,
        "text": role.title,
        "categories": {
            "location": places[0] if places else None,
            "allLocations": list(dict.fromkeys(places)),
            "commitment": ", ".join(dict.fromkeys(phrases.text(f"employment.{c.type}") for c in posting.employment)),
            "department": posting.department,
            "team": role.spec.family,
        },
        "country": countries.pop() if len(countries) == 1 else None,
        "workplaceType": _workplace(role, posting),
        **_both("opening", opening, language),
        **_both("descriptionBody", body, language),
        **_both("description", [*opening, *body], language),
        "lists": [{"text": text_of(section.heading.runs), "content": items_html(_items(section))} for section in lists],
        **_both("additional", closing, language),
        **_salary(role, posting),
    }
    return {key: value for key, value in data.items() if value not in (None, "", [])}


def as_json(data: Data) -> str:
    """The data as JSON, in its own order."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def parted(blocks: Sequence[LinearBlock]) -> tuple[list[LinearBlock], list[Section]]:
    """What stands before the first section, and the sections."""
    starts = [n for n, block in enumerate(blocks) if isinstance(block, Heading) and block.level <= _SECTION]
    sections = []
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        heading = blocks[start]
        assert isinstance(heading, Heading)
        sections.append(Section(heading, tuple(blocks[start + 1 : end])))
    return list(blocks[: starts[0]] if starts else blocks), sections


def arranged(sections: Sequence[Section]) -> tuple[list[LinearBlock], list[Section], list[LinearBlock]]:
    """The blocks before the first section that has a list, the sections up to the last such, the blocks after it."""
    with_list = [n for n, section in enumerate(sections) if section.has_list]
    first, end = (with_list[0], with_list[-1] + 1) if with_list else (len(sections), len(sections))
    return _whole(sections[:first]), list(sections[first:end]), _whole(sections[end:])


def _whole(sections: Sequence[Section]) -> list[LinearBlock]:
    return [block for section in sections for block in (section.heading, *section.blocks)]


def _items(section: Section) -> Iterator[Item]:
    """A section's blocks as items of one list: the items of its lists, and one for each other block."""
    for block in section.blocks:
        match block:
            case List():
                yield from block.items
            case Heading():
                yield Item((Paragraph(tuple(run._replace(marks=run.marks | STRONG) for run in block.runs)),))
            case Paragraph() | Code():
                yield Item((block,))


def _both(key: str, blocks: Sequence[LinearBlock], language: str) -> Data:
    """A part as HTML, and as text under the same key with `Plain`."""
    return {key: fragment(blocks, language), f"{key}Plain": plain_text(blocks)}


def _workplace(role: Role, posting: Posting) -> str:
    """Where the work is done, if that is the same for every place."""
    found = {location.workplace for location in posting.locations}
    only = found.pop() if len(found) == 1 else None
    return "remote" if is_remote(role) else _WORKPLACES.get(only or "", "unspecified")


def _salary(role: Role, posting: Posting) -> Data:
    """The range of base pay if there is one, and the posting's sentence on pay."""
    pay = one_range(role)
    statement = posting.compensation.statement if posting.compensation and "pay" in arranged_sections(role) else None
    return {
        "salaryRange": _range(pay) if pay else None,
        **_both("salaryDescription", _paragraphs(plain(statement or "")), role.language),
    }


def _paragraphs(text: str) -> list[LinearBlock]:
    return [Paragraph((Run(part),)) for part in text.split("\n\n") if part.strip()]


def _range(pay: PayRange) -> Data:
    return {
        "currency": pay.currency,
        "interval": _INTERVALS[pay.period],
        "min": number(pay.min),
        "max": number(pay.max if pay.max is not None else pay.min),
    }
