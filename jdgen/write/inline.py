"""Runs of text -> XML: looks, links, fields to fill in, pieces of other scripts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from jdgen.document import anchors
from jdgen.form import Field
from jdgen.problem import JdgenError, Problem, nearest
from jdgen.write.control import control
from jdgen.write.nodes import BREAK, CODE, EMPHASIS, STRIKE, STRONG, Block, Heading, Run, Runs, plain
from jdgen.write.script import Language, Piece, is_latin, pieces
from jdgen.write.xml import attribute, text

_SAFE_LINK = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
_ANCHORS = 10_000
"""Where the ids of headings' bookmarks begin, above those of fields."""


@dataclass
class Inline:
    """The XML of runs, with what it needs of other parts of the package."""

    ids: Mapping[str, str]
    """Style ids by lower-case name."""
    language: Language
    direction: str = ""
    """What paragraphs say, as XML, that run the other way than the styles say."""
    links: dict[str, str] = field(default_factory=dict)
    """Relationship ids by target."""
    fields: list[Field] = field(default_factory=list)
    """The fields so far; their places in the list, counted from 1, are their numbers."""
    anchors: dict[str, int] = field(default_factory=dict)
    """By anchor, the number of each heading that links may lead to."""
    targets: dict[int, int] = field(default_factory=dict)
    """The same numbers by the identity of the heading."""

    def turn(self, language: Language) -> None:
        """Goes on in another language than that of the document's styles."""
        styles_are_rtl = self.language.is_rtl != bool(self.direction)
        self.language = replace(language, is_styled=False)
        self.direction = "" if language.is_rtl == styles_are_rtl else f'<w:bidi w:val="{int(language.is_rtl)}"/>'

    def index(self, blocks: Iterable[Block]) -> None:
        """Learns the headings of a document, so that links may lead to them."""
        headings = [block for block in blocks if isinstance(block, Heading)]
        names = anchors(plain(heading.runs) for heading in headings)
        self.anchors = {name: number for number, name in enumerate(names)}
        self.targets = {id(heading): number for number, heading in enumerate(headings)}

    def runs(self, runs: Runs) -> str:
        """The runs of a paragraph."""
        if len(runs) == 1 and runs[0].field is None:  # what most paragraphs and cells are
            return self._run(runs[0])
        if any(run.field is not None for run in runs):
            return "".join(self._parts(runs))
        return "".join([self._run(run) for run in runs])

    def heading(self, block: Heading, runs: Runs) -> str:
        """The runs of a heading, within a bookmark if links may lead to it."""
        xml = self.runs(runs)
        if id(block) not in self.targets:
            return xml
        number = self.targets[id(block)]
        mark = _ANCHORS + number
        return f'<w:bookmarkStart w:id="{mark}" w:name="{_anchor(number)}"/>{xml}<w:bookmarkEnd w:id="{mark}"/>'

    def _parts(self, runs: Runs) -> Iterator[str]:
        for filled, group in groupby(runs, lambda run: run.field):
            content = "".join([self._run(run) for run in group])
            if filled is None:
                yield content
            else:
                self.fields.append(filled)
                yield control(filled, len(self.fields), content)

    def _run(self, run: Run) -> str:
        if not (run.marks or run.link or run.field) and self._is_plain(run.text):
            return f'<w:r><w:t xml:space="preserve">{text(run.text)}</w:t></w:r>'  # what most runs are
        if run.marks & BREAK:
            return "<w:r><w:br/></w:r>"
        xml = "".join([self._piece(piece, run) for piece in pieces(run.text, self.language)])
        if not run.link:
            return xml
        if run.link.startswith("#"):
            return f'<w:hyperlink w:anchor="{self._inside(run.link)}" w:history="1">{xml}</w:hyperlink>'
        return f'<w:hyperlink r:id="{self._outside(run.link)}" w:tooltip="{attribute(run.link)}">{xml}</w:hyperlink>'

    def _is_plain(self, value: str) -> bool:
        """Whether a text needs no fonts and no marks of a script or language."""
        language = self.language
        return language.is_styled and not language.is_rtl and is_latin(value)

    def _piece(self, piece: Piece, run: Run) -> str:
        look = self._look(piece, run)
        return f'<w:r>{look}<w:t xml:space="preserve">{text(piece.text)}</w:t></w:r>'

    def _look(self, piece: Piece, run: Run) -> str:
        marks = run.marks
        if not (marks or run.link or run.field or piece.fonts or piece.marks or not self.language.is_styled):
            return ""
        language = "" if self.language.is_styled or "<w:lang" in piece.marks else self._own_language
        style = "Hyperlink" if run.link else "Placeholder Text" if run.field else "Inline Code" if marks & CODE else ""
        return (
            "<w:rPr>"
            + (f'<w:rStyle w:val="{self.ids[style.lower()]}"/>' if style else "")
            + piece.fonts
            + ("<w:b/><w:bCs/>" if marks & STRONG else "")
            + ("<w:i/><w:iCs/>" if marks & EMPHASIS else "")
            + ("<w:strike/>" if marks & STRIKE else "")
            + piece.marks
            + language
            + "</w:rPr>"
        )

    @property
    def _own_language(self) -> str:
        tag = attribute(self.language.tag)
        return f'<w:lang w:{"bidi" if self.language.complex else "val"}="{tag}"/>'

    def _inside(self, target: str) -> str:
        anchor = target.removeprefix("#")
        if anchor not in self.anchors:
            message = f"the link '{target[:60]}' leads to no heading of the document"
            raise JdgenError([Problem("link.anchor", message, hint=nearest(anchor, self.anchors))])
        return _anchor(self.anchors[anchor])

    def _outside(self, target: str) -> str:
        if not _SAFE_LINK.match(target):
            problem = Problem(
                "link.scheme", f"'{target[:60]}' can't be a link in a Word file", hint="use https:, mailto: or tel:"
            )
            raise JdgenError([problem])
        return self.links.setdefault(target, f"rIdL{len(self.links) + 1}")


def _anchor(number: int) -> str:
    return f"_jdh_{number}"
