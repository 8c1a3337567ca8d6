"""What the public may read: job descriptions, and nothing else.

A vacancy is made of one document and of what the posting says to the public; whatever is not a job description for
candidates is refused here, so that no other document has a way to the public folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jdgen.document import KINDS, Document
from jdgen.export.files import jsonld_of, untitled
from jdgen.phrases import Phrases
from jdgen.problem import Problem
from jdgen.role import Role
from jdgen.site.card import Card, vacancy_filters
from jdgen.site.kit import HOME, KitPages, SiteFile, with_acts
from jdgen.site.shell import Link, Page, navigation
from jdgen.spec.posting import Apply
from jdgen.write.page import page_html
from jdgen.write.xml import attribute, text

PUBLIC = KINDS["job-description"]
"""The one kind of document that is published."""


class Careers:
    """The job description of one kit, in each of its languages, as pages of the public folder."""

    def __init__(self, kit: KitPages, others: dict[str, Role]) -> None:
        """`others` is the kit's role by further languages."""
        self._kit = kit
        self._roles = {**others, kit.role.language: kit.role}
        self._documents = [document for document, _ in kit.made if document.kind == PUBLIC]
        self.problems: list[Problem] = []

    def files(self) -> Iterator[SiteFile]:
        """A page and the files of each job description. Raises JdgenError."""
        for document in self._documents:
            refuse_internal(document)
            yield SiteFile(f"{document.name}.html", self._page(document).data())
            yield from self._kit.downloads(document, "")

    def cards(self) -> Iterator[Card]:
        """The vacancy in the list of all, once for each language."""
        for document in self._documents:
            role = self._roles.get(document.language, self._kit.role).page
            phrases = self._phrases(document)
            filters = vacancy_filters(role, phrases)
            facts = [value for name in ("department", "place", "workplace") for value in filters.get(name, ())]
            closes = role.posting.dates.closes if role.posting and role.posting.dates else None
            if closes:
                facts.append(f"{phrases.text('fact.closes')}: {phrases.notation.day(str(closes))}")
            yield Card(
                title=role.title,
                target=f"{document.name}.html",
                language=document.language,
                tagline=str(role.spec.tagline or ""),
                facts=tuple(facts),
                filters=filters,
                company=document.company,
            )

    def _phrases(self, document: Document) -> Phrases:
        return self._kit.phrases_in(document.language)

    def _page(self, document: Document) -> Page:
        role = self._roles.get(document.language, self._kit.role)
        phrases = self._phrases(document)
        page = Page(
            title=" – ".join(filter(None, [document.title, document.company])),
            language=document.language,
            main=page_html(document),
            description=str(role.page.spec.tagline or ""),
            where=[Link(phrases.text("site.careers"), HOME).html()],
            header=self._languages(document),
            skip=phrases.text("site.skip"),
            head=self._head(document, role, phrases),
            is_public=True,
        )
        return with_acts(page, document, phrases, _apply(role, phrases))

    def _languages(self, here: Document) -> str:
        if len(self._documents) < 2:
            return ""
        links = [
            Link(self._phrases(each).notation.language(each.language), f"{each.name}.html", each is here, each.language)
            for each in self._documents
        ]
        return navigation("within", here.label, links)

    def _head(self, document: Document, role: Role, phrases: Phrases) -> str:
        """The posting as JSON-LD, if it has what search engines ask for."""
        if role.posting is None:
            return ""
        data, problems = jsonld_of(role, untitled(document), phrases)
        self.problems += [replace(problem, severity="warning") for problem in problems if problem.severity == "error"]
        return f'\n<script type="application/ld+json">\n{data}</script>' if data else ""


def refuse_internal(document: Document) -> None:
    """Raises ValueError for a document that is not for the public; that one gets here is a bug."""
    if document.kind != PUBLIC or document.kind.audience != "candidate" or document.version:
        raise ValueError(f"'{document.name}' is not for the public")


def _apply(role: Role, phrases: Phrases) -> str:
    """The way to apply, first of what one can do."""
    apply: Apply | None = role.posting.apply if role.posting else None
    target = (apply.url or (f"mailto:{apply.email}" if apply.email else "")) if apply else ""
    if not target:
        return ""
    return f'<a class="button main" href="{attribute(target)}">{text(phrases.text("site.apply"))}</a>\n'
