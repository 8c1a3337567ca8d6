"""From where to where the values of a YAML file reach; words in them, and comments beside them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from jdgen.problem import Comment

_COMMENT = re.compile(r"(?:(?<=\s)|^)#")


class Span(NamedTuple):
    """From where to where a value reaches, as far as it is text. Lines and columns count from 1, ends are behind it."""

    line: int
    column: int
    end_line: int
    end_column: int
    is_block: bool = False

    @property
    def width(self) -> int:
        """How many characters it has if it is text in one line, else 0."""
        return self.end_column - self.column if self.end_line == self.line else 0

    def holds(self, line: int, column: int) -> bool:
        """Whether the character at a column is the text's own."""
        if self.is_block and line == self.line:
            return False  # behind the sign of a block, a comment may stand
        return (self.line, self.column) <= (line, column) < (self.end_line, self.end_column)


def found_words(lines: Sequence[str], span: Span, words: str) -> Iterator[tuple[int, int, int]]:
    """Where words stand in a text: each time the line, the column, and how many characters of that line they take.

    Any white space may stand between them, since long texts are broken over lines.
    """
    text = "\n".join(lines[span.line - 1 : span.end_line])
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words.split()))
    line, start = span.line, 0
    for match in pattern.finditer(text, span.column - 1):
        while (end := text.find("\n", start, match.start())) >= 0:
            line, start = line + 1, end + 1
        yield line, match.start() - start + 1, len(match[0].split("\n")[0].rstrip())


def comments(lines: Sequence[str], spans: Iterable[Span]) -> Iterator[Comment]:
    """Each comment in a file of those lines. What stands in one of the texts is none."""
    texts: defaultdict[int, list[Span]] = defaultdict(list)
    for span in spans:
        for number in range(span.line, span.end_line + 1):
            texts[number].append(span)
    for number, line in enumerate(lines, 1):
        for sign in _COMMENT.finditer(line):
            if not any(span.holds(number, sign.start() + 1) for span in texts[number]):
                of = number if line[: sign.start()].strip() else _below(lines, number)
                yield Comment(number, of, line[sign.end() :].strip())
                break


def _below(lines: Sequence[str], line: int) -> int:
    """The next line that holds more than a comment."""
    rest = enumerate(lines[line:], line + 1)
    return next((number for number, text in rest if text.strip() and not text.lstrip().startswith("#")), line)
