"""A finished posting (Markdown, Word, plain text) -> its passages by section, with the lines they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from jdgen.lint.passage import Description, Part, Passage, words
from jdgen.lint.section import section_of
from jdgen.places import Place
from jdgen.problem import Comment, JdgenError, Problem, nearest, shown
from jdgen.scan import UNFIT
from jdgen.span import Span, found_words
from jdgen.write.located import located

MAX_BYTES = 1 << 20
SUFFIXES = (".md", ".markdown", ".docx", ".txt", ".text")
_TITLE_WORDS, _HEADING_WORDS, _QUESTION_WORDS, _LABEL_WORDS = 12, 8, 4, 3
_RUNS_ON = re.compile(r"\n|[.!?]\s")
_LABEL = re.compile(r"([^:\n]{2,30}):\s*\S")
_LONGEST = 40
"""In how many lines words of a passage are looked for."""
_BULLET = re.compile(r"\s*(?:[-*+•·‣▪◦●○–—✓✔➢➤►]|\(?\d{1,2}[.)]|[a-z][.)])\s+(?=\S)")
_COMMENT = re.compile(r"<!--\s*(.*?)\s*-->", re.DOTALL)


@dataclass(frozen=True, eq=False)
class Page:
    """A finished posting. It is the origin of its passages: the path of a place is the number of its line."""

    file: str
    parts: tuple[Part, ...]
    lines: tuple[str, ...] = ()

    def problem(
        self,
        where: Iterable[str | int],
        code: str,
        message: str,
        hint: str = "",
        *,
        key: bool = False,  # noqa: ARG002 - a line has none
        words: str = "",
        occurrence: int = 0,
    ) -> Problem:
        """A problem at a line, or at `words` in that line or one after it."""
        first = next((step for step in where if isinstance(step, int)), 1)
        found = self._found(first, words) if words else []
        if occurrence < len(found):
            line, column, width = found[occurrence]
            return self._at(line, column, code, message, hint, width)
        return self._at(first, 1, code, message, hint, 1)

    def _at(self, line: int, column: int, code: str, message: str, hint: str, width: int) -> Problem:  # noqa: PLR0917 - what a problem is made of
        excerpt = self._shown[line - 1] if line <= len(self._shown) else ""
        return Problem(code, message, self.file, line, column, hint, excerpt=excerpt, width=width)

    def _found(self, first: int, words: str) -> list[tuple[int, int, int]]:
        """Where words stand from a line on; looked up once for all that find them, since a line may be very long."""
        if (first, words) not in self._places:
            span = Span(first, 1, min(first + _LONGEST, len(self.lines)), 1)
            self._places[first, words] = list(found_words(self.lines, span, words))
        return self._places[first, words]

    @cached_property
    def _places(self) -> dict[tuple[int, str], list[tuple[int, int, int]]]:
        return {}

    @cached_property
    def _shown(self) -> list[str]:
        """The lines as problems show them."""
        return [UNFIT.sub("\ufffd", line.replace("\t", " ")) for line in self.lines]

    def comments(self) -> Iterator[Comment]:
        """Each comment; a Word file and a plain text have none."""
        for part in self.parts:
            if part.sort == "comment" and (match := _COMMENT.search(part.text)):
                is_alone = not _COMMENT.sub("", self.lines[part.line - 1]).strip()
                yield Comment(part.line, self._below(part.line) if is_alone else part.line, match[1])

    def _below(self, line: int) -> int:
        """The next line that holds more than a comment."""
        texts = enumerate(self.lines[line:], line + 1)
        return next((number for number, text in texts if _COMMENT.sub("", text).strip()), line)


def read_page(path: Path) -> Page:
    """The finished posting at `path`. Raises JdgenError if it can't be read."""
    name = shown(path)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        hint = nearest(suffix, SUFFIXES) if suffix else "name a role, a spec (.yaml), or a posting"
        raise JdgenError([Problem("posting-file.format", "is no posting that jdgen reads", name, hint=hint)])
    try:
        data = path.read_bytes() if path.stat().st_size <= MAX_BYTES * (8 if suffix == ".docx" else 1) else None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise JdgenError([Problem("file.unreadable", f"can't be read: {reason}", name)]) from None
    if data is None:
        raise JdgenError([Problem("posting-file.size", "is larger than a posting can be", name)])
    if suffix == ".docx":
        from jdgen.lint.word import word_parts  # noqa: PLC0415 - lxml, where there is no Word file

        try:
            parts = tuple(word_parts(data))
        except JdgenError as error:
            raise JdgenError(replace(problem, file=name) for problem in error.problems) from None
        texts = {part.line: part.text for part in parts}
        page = Page(name, parts, tuple(texts.get(number, "") for number in range(1, max(texts, default=0) + 1)))
    else:
        page = page_of(_decoded(data, name), name, is_plain=suffix in (".txt", ".text"))
    if len([word for part in page.parts for word in words(part.text)]) < 1:
        raise JdgenError([Problem("posting-file.empty", "holds no text", name)])
    return page


def page_of(text: str, file: str, *, is_plain: bool = False) -> Page:
    """The posting in a text, Markdown unless it is plain."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    parts = _plain_parts(lines) if is_plain else (Part(*part) for part in located("\n".join(lines)))
    return Page(file, tuple(parts), tuple(lines))


def described(page: Page, language: str = "en", *, is_posting: bool = True) -> Description:
    """The page as a job description: its first heading is its title, each heading begins a section."""
    title: Passage | None = None
    passages: list[Passage] = []
    headings: dict[str, Place] = {}
    section = "role"
    for part in _with_headings(page.parts):
        place = Place(page, (part.line,))
        if part.sort.startswith("heading"):
            if title is None and not passages:
                title = Passage(part.text, "title", place)
            elif (named := section_of(part.text)) or part.sort < "heading-4":
                section = named or ("" if part.sort < "heading-3" else section)  # a group's own heading goes on
                headings.setdefault(section, place)
        else:
            own = _labeled(part.text) or section
            headings.setdefault(own, place)
            passages.append(Passage(part.text, own, place, is_item=part.sort == "item"))
    return Description(Place(page, (1,)), title, tuple(passages), headings, language, is_posting)


def _labeled(text: str) -> str:
    """The section that a paragraph names itself, such as `Pay: ...`; empty for none."""
    label = _LABEL.match(text)
    section = section_of(label[1]) if label and len(label[1].split()) <= _LABEL_WORDS else ""
    return section if section in ("pay", "apply", "benefits", "conditions") else ""


def _with_headings(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts without comments and code; a short known wording on a line of its own is a heading."""
    read = [each for part in parts if part.sort not in ("comment", "code") for each in _by_label(part)]
    for number, part in enumerate(read):
        count = len(words(part.text))
        is_first = number == 0 and part.sort == "text" and count <= _TITLE_WORDS and part.text[-1] not in ".!?"
        if is_first or (part.sort == "text" and _looks_like_heading(part.text, count)):
            part = part._replace(sort="heading-1" if is_first else "heading-3")
        yield part


def _by_label(part: Part) -> Iterator[Part]:
    """A paragraph, or each of its lines if each begins with a label: `Salary: ...`, `Closing date: ...`."""
    lines = part.text.split("\n")
    if part.sort == "text" and len(lines) > 1 and all(_LABEL.match(line) for line in lines):
        yield from (part._replace(line=part.line + number, text=line) for number, line in enumerate(lines))
    else:
        yield part


def _looks_like_heading(text: str, count: int) -> bool:
    if not 0 < count <= (_QUESTION_WORDS if text.endswith("?") else _HEADING_WORDS) or _RUNS_ON.search(text):
        return False
    if text[-1] in ".!;," or text[0].islower() or _LABEL.match(text):
        return False
    return (
        text.endswith(":")
        or (text.isupper() and count > 1)
        or (bool(section_of(text)) and text[-1] not in ")0123456789")
    )


def _plain_parts(lines: list[str]) -> Iterator[Part]:
    """A plain text's paragraphs and items: an empty line or a bullet ends what is before it."""
    sort, first, text = "text", 0, ""
    for number, line in enumerate([*lines, ""], 1):
        bullet = _BULLET.match(line)
        is_own = not bullet and _looks_like_heading(line.strip(), len(words(line)))
        if text and (not line.strip() or bullet or is_own):
            yield Part(sort, first, text)
            text = ""
        if not line.strip():
            sort = "text"
            continue
        if not text:
            sort, first = "item" if bullet else "text", number
        text = f"{text}\n{line.strip()}" if text else line[bullet.end() if bullet else 0 :].strip()
        if is_own:
            yield Part("text", number, text)
            text = ""


def _decoded(data: bytes, name: str) -> str:
    """A text file's text, UTF-8 or UTF-16 with its mark. Raises JdgenError."""
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        raise JdgenError([Problem("posting-file.encoding", "is not UTF-8", name, hint="save it as UTF-8")]) from None
    if "\0" in text:
        raise JdgenError([Problem("posting-file.format", "is not a text file", name)])
    return text
