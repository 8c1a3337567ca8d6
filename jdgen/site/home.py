"""What all pages of a part share: the list that one begins with, style sheet, script, families side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from jdgen.phrases import Phrases
from jdgen.request import Request
from jdgen.site.card import Card, cards_html
from jdgen.site.family import families_of, family_link, family_pages
from jdgen.site.kit import HOME
from jdgen.site.record import CAREERS, INTERNAL, Results
from jdgen.site.shell import SCRIPT, STYLE, Link, Page, navigation, script, style_sheet
from jdgen.style import HouseStyle
from jdgen.workshop import Workshop
from jdgen.write.xml import text

_TITLES = {CAREERS: ("site.careers", "site.careers_text"), INTERNAL: ("site.kits", "site.kits_text")}


def shared_files(part: str, whole: Results, request: Request) -> Iterator[tuple[str, bytes]]:
    """The list, the style sheet and the script of a part; families side by side for the hiring team."""
    families = families_of(whole.kits) if part == INTERNAL else {}
    yield f"{part}/{HOME}", _home(part, whole, request, list(families)).data()
    for file in family_pages(families, request, Workshop(request).renderer):
        yield f"{part}/{file.path}", file.data
    yield f"{part}/{STYLE}", style_sheet(whole.style or HouseStyle())
    yield f"{part}/{SCRIPT}", script()


def _home(part: str, whole: Results, request: Request, families: Sequence[str]) -> Page:
    cards = sorted(whole.vacancies if part == CAREERS else whole.kits, key=lambda card: card.rank)
    phrases = _phrases(cards, request)
    companies = Counter(card.company for card in cards if card.company)
    company = next(iter(companies)) if len(companies) == 1 else ""
    title, lead = _TITLES[part]
    title, lead = phrases.text(title), phrases.text(lead if cards else "site.none")
    side_by_side = [family_link(family, number) for number, family in enumerate(families)]
    return Page(
        title=" – ".join(filter(None, [title, company])),
        language=phrases.language,
        main=f"<h1>{text(title)}</h1>\n<p>{text(lead)}</p>\n{cards_html(cards, phrases) if cards else ''}",
        where=[text(company)] if company else [],
        header=_families(side_by_side, phrases),
        skip=phrases.text("site.skip"),
        is_public=part == CAREERS,
    )


def _families(links: Sequence[Link], phrases: Phrases) -> str:
    label = phrases.text("site.compare")
    return navigation("kit", label, links, shown=f"{label}:") if links else ""


def _phrases(cards: Sequence[Card], request: Request) -> Phrases:
    """The phrases of the language that is asked for, else of most kits."""
    languages = Counter(card.language for card in cards)
    language = request.language or (languages.most_common(1)[0][0] if languages else "en")
    return Workshop(request).renderer.phrases(language)
