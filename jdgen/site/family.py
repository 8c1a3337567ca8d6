"""The page that sets the roles of a family side by side, for whoever decides which one to hire."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from jdgen.compare import compared, comparison_document
from jdgen.kit import document_files
from jdgen.render import Renderer
from jdgen.request import Request
from jdgen.site.card import Card
from jdgen.site.kit import HOME, OFFERED, SiteFile, with_acts
from jdgen.site.shell import Link, Page
from jdgen.write.page import page_html
from jdgen.write.xml import text

FOLDER = "compare"
MOST = 24
"""More roles than that are no choice any more, and no page that anybody reads."""


def families_of(cards: Sequence[Card]) -> Mapping[str, list[str]]:
    """By family, the roles of which there are kits; those with a family of their own are left out."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for card in cards:
        for family in card.filters.get("family", ()) if card.source else ():
            found[family].append(card.source)
    return {family: roles for family, roles in sorted(found.items()) if 1 < len(roles) <= MOST}


def family_link(family: str, number: int) -> Link:
    """The link to a family's page from the list of kits."""
    return Link(family, f"{FOLDER}/{_name(number)}.html")


def family_pages(families: Mapping[str, Sequence[str]], request: Request, renderer: Renderer) -> Iterator[SiteFile]:
    """A page and the files of each comparison. Raises JdgenError."""
    for number, roles in enumerate(families.values()):
        comparison = compared(replace(request, roles=tuple(roles), posting=None))
        document = comparison_document(comparison, renderer, _name(number))
        first = comparison.roles[0]
        phrases = renderer.phrases(first.language, first.company.voice if first.company else None)
        page = Page(
            title=document.title,
            language=document.language,
            main=page_html(document),
            up="../",
            where=[
                Link(phrases.text("site.kits"), f"../{HOME}").html(),
                f'<span class="internal">{text(phrases.text("document.internal"))}</span>',
            ],
            footer=document.footer,
            skip=phrases.text("site.skip"),
        )
        yield SiteFile(f"{FOLDER}/{document.name}.html", with_acts(page, document, phrases).data())
        for file in document_files(document, Path(FOLDER), OFFERED, request.templates):
            yield SiteFile(file.path.as_posix(), file.data)


def _name(number: int) -> str:
    """What a comparison's files are called: in whatever script the family's name is."""
    return f"role-comparison-{number + 1}"
