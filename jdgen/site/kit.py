"""The pages of one kit: each document to read, with its files to take away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from jdgen.document import Document, DocumentKind
from jdgen.kit import FORMAT_NAMES, document_files, documents_of_kit, index_of_kit
from jdgen.phrases import Phrases
from jdgen.problem import Problem
from jdgen.render import Renderer
from jdgen.role import Role
from jdgen.site.card import Card, kit_filters, words_of
from jdgen.site.shell import Link, Page, navigation
from jdgen.write.html import html_text
from jdgen.write.page import page_html
from jdgen.write.text import text_bytes
from jdgen.write.xml import attribute, text

HOME = "index.html"
OFFERED = ("docx", "md")
"""What each page offers to take away."""


@dataclass(frozen=True)
class SiteFile:
    """One file of a site: its path below the site's folder."""

    path: str
    data: bytes


class KitPages:
    """A kit as pages in a folder of its own below that of all kits."""

    def __init__(
        self,
        role: Role,
        others: Sequence[Role],
        renderer: Renderer,
        templates: Path,
        kinds: Sequence[DocumentKind] = (),
    ) -> None:
        """`others` is the role in its posting's further languages; all kinds if none is named. Raises JdgenError."""
        self.role = role
        self._renderer, self._templates = renderer, templates
        self.made = documents_of_kit(role, others, kinds or list(renderer.kinds.values()), renderer)
        self.problems: list[Problem] = []
        self._stages = {stage.id: str(stage.stage.name) for stage in role.stages}

    @cached_property
    def folder(self) -> str:
        return f"{self.role.id}/{self.role.variant}" if self.role.variant else self.role.id

    @cached_property
    def phrases(self) -> Phrases:
        return self.phrases_in(self.role.language)

    def phrases_in(self, language: str) -> Phrases:
        """The phrases of another language of the kit's documents. Raises JdgenError if there are none."""
        return self._renderer.phrases(language, self.role.company.voice if self.role.company else None)

    @property
    def _up(self) -> str:
        return "../" * (self.folder.count("/") + 1)

    def files(self) -> Iterator[SiteFile]:
        """The kit's overview, and a page and the files of each document. Raises JdgenError."""
        yield SiteFile(f"{self.folder}/{HOME}", self._overview())
        for document, _ in self.made:
            yield SiteFile(f"{self.folder}/{document.name}.html", self._page(document))
            yield from self.downloads(document, self.folder)

    def downloads(self, document: Document, folder: str) -> Iterator[SiteFile]:
        """The files of a document. Raises JdgenError."""
        for file in document_files(document, Path(folder), OFFERED, self._templates):
            self.problems += file.problems
            yield SiteFile(file.path.as_posix(), file.data)

    def card(self) -> Card:
        """The kit in the list of all kits."""
        role, posting, said = self.role, self.role.posting, self.phrases.text
        filters = kit_filters(role, self.phrases)
        facts = [value for name in ("sort", "level", "department", "place") for value in filters.get(name, ())]
        if posting and posting.dates and posting.dates.closes:
            facts.append(f"{said('fact.closes')}: {self.phrases.notation.day(str(posting.dates.closes))}")
        return Card(
            title=role.title,
            target=f"{self.folder}/{HOME}",
            language=role.language,
            tagline=str(role.spec.tagline or ""),
            facts=tuple(facts),
            text=words_of(role),
            filters=filters,
            links=tuple(self._by_kind(f"{self.folder}/")),
            company=str(role.company.name) if role.company else "",
        )

    def _overview(self) -> bytes:
        def listed(document: Document) -> list[tuple[str, str]]:
            read = (f"{document.name}.html", self.phrases.text("site.read"))
            return [read, *((f"{document.name}.{format}", FORMAT_NAMES[format]) for format in OFFERED)]

        index = index_of_kit(self.role, self.made, self._renderer, listed)
        return self._shell(index, page_html(index), self._nav(None)).data()

    def _page(self, document: Document) -> bytes:
        page = self._shell(document, page_html(document), self._nav(document) + self._within(document))
        return with_acts(page, document, self.phrases).data()

    def _shell(self, document: Document, main: str, header: str) -> Page:
        said = self.phrases.text
        home = Link(said("site.kits"), f"{self._up}{HOME}").html()
        company = self.role.company
        return Page(
            title=" – ".join(filter(None, [document.title, str(company.name) if company else ""])),
            language=document.language,
            main=main,
            up=self._up,
            where=[home, Link(self._name(), HOME).html(), self._audience(document)],
            header=header,
            footer=document.footer,
            skip=said("site.skip"),
        )

    def _name(self) -> str:
        return f"{self.role.title} ({self.role.variant})" if self.role.variant else self.role.title

    def _audience(self, document: Document) -> str:
        if document.kind.audience == "candidate":
            return text(self.phrases.text("readme.candidate"))
        return f'<span class="internal">{text(self.phrases.text("document.internal"))}</span>'

    def _nav(self, here: Document | None) -> str:
        overview = Link(self.phrases.text("site.overview"), HOME, here is None)
        kind = here.kind.name if here else ""
        return navigation("kit", self.phrases.text("site.documents"), [overview, *self._by_kind("", kind)])

    def _by_kind(self, folder: str, here: str = "") -> Iterator[Link]:
        """A link for each kind of document, to its first."""
        seen: set[str] = set()
        for document, _ in self.made:
            if document.kind.name not in seen:
                seen.add(document.kind.name)
                yield Link(document.label, f"{folder}{document.name}.html", document.kind.name == here)

    def _within(self, here: Document) -> str:
        """Links to the other documents of the kind: of other stages, in other languages."""
        alike = [(document, stage) for document, stage in self.made if document.kind == here.kind]
        if len(alike) < 2:
            return ""
        links = [Link(self._told(*each), f"{each[0].name}.html", each[0] is here) for each in alike]
        return navigation("within", here.label, links)

    def _told(self, document: Document, stage: str | None) -> str:
        """What tells a document from the others of its kind."""
        tongue = self.phrases.notation.language(document.language)
        is_alone = len({each.language for each, _ in self.made if each.kind == document.kind}) == 1
        return ", ".join(filter(None, [self._stages.get(stage or ""), "" if is_alone else tongue]))


def with_acts(page: Page, document: Document, phrases: Phrases, first: str = "") -> Page:
    """A page with what one can do with its document: take its files, copy what candidates may read, print it.

    `first` stands before the rest, as HTML.
    """
    said = phrases.text
    links = [f'<a href="{attribute(document.name)}.{format}" download>{FORMAT_NAMES[format]}</a>' for format in OFFERED]
    is_pasted = document.kind.audience == "candidate"
    buttons = [
        f'<button type="button" data-copy data-copied="{attribute(said("site.copied"))}" '
        f'data-failed="{attribute(said("site.copy_failed"))}">{text(said("site.copy"))}</button>'
    ] * is_pasted + [f'<button type="button" data-print>{text(said("site.print"))}</button>']
    acts = (
        f'<div class="acts">\n{first}<span>{text(said("site.files"))}</span>\n{chr(10).join(links)}\n'
        f'<span class="said" role="status"></span>\n<span class="buttons" hidden>{"".join(buttons)}</span>\n</div>\n'
    )
    return replace(page, header=page.header + acts, after=page.after + (_pasted(document) if is_pasted else ""))


def _pasted(document: Document) -> str:
    """What the button copies: as HTML of few tags, and as plain text."""
    plain = text(text_bytes(document).decode())
    return f'\n<template id="paste">{html_text(document)}</template>\n<template id="paste-text">{plain}</template>'
