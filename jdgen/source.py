"""A spec's text with the place of every part; broken rules of the models -> problems at their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from jdgen.breach import breaches
from jdgen.problem import Comment, JdgenError, Problem
from jdgen.scan import MAX_BYTES, Ends, Scan
from jdgen.span import Span, comments, found_words
from jdgen.spec.file import SpecFile

Where = Sequence[str | int]
File = TypeVar("File", bound=SpecFile)


class Source(Scan):
    """One YAML file as data, with the place of every key and value. Made of its text and of what problems call it."""

    def problem(
        self,
        where: Where,
        code: str,
        message: str,
        hint: str = "",
        *,
        key: bool = False,
        words: str = "",
        occurrence: int = 0,
    ) -> Problem:
        """A problem at the longest part of the path `where` that the file has.

        It points at the value, or at its key if `key` is true; or at `words` in the value, of several equal
        ones at that of the number `occurrence`, if they are found there.
        """
        container: Any = self.data
        parent: Any = None
        step: str | int = ""
        for part in where:
            name = self._step(container, part)
            if name is not None:
                parent, step, container = container, name, container[name]
        if parent is None:
            return self._at(*self._root, code, message, hint)
        keys, values = self._places[id(parent)]
        if key and step in keys:
            mark = keys[step][0]
            return self._at(mark.line + 1, mark.column + 1, code, message, hint, len(str(step)))
        span = _span(values[step])
        if words and (found := next(islice(found_words(self._lines, span, words), occurrence, None), None)):
            return self._at(*found[:2], code, message, hint, found[2])
        return self._at(span.line, span.column, code, message, hint, span.width or self._width(span.line, span.column))

    def comments(self) -> Iterator[Comment]:
        """Each comment. What stands in a text is none."""
        return comments(self._lines, [_span(ends) for _, values in self._places.values() for ends in values.values()])

    def model(self, kind: type[File], id: str) -> File:
        """The data as a `kind`, which knows its `id` and this source. Raises JdgenError."""
        if not isinstance(self.data, dict):
            raise JdgenError(
                [
                    self._at(
                        *self._root, "spec.wrong-type", "the file must hold keys and values", "begin with 'jdgen: 1'"
                    )
                ]
            )
        try:
            return kind.model_validate(self.data).read_from(id, self)
        except ValidationError as error:
            raise JdgenError(
                self.problem(b.where, b.code, b.message, b.hint, key=b.at_key) for b in breaches(kind, error)
            ) from None

    @staticmethod
    def _step(container: Any, part: str | int) -> str | int | None:
        """The key or position in `container` that `part` of a path means; None for none.

        Keys are compared as text, since a number in a path may be a key of the file.
        """
        if isinstance(container, dict):
            return str(part) if str(part) in container else None
        if isinstance(container, list) and isinstance(part, int) and part < len(container):
            return part
        return None

    def _width(self, line: int, column: int) -> int:
        rest = re.split(r"\s#", self._lines[line - 1][column - 1 :])[0].rstrip()
        return max(1, len(rest))


def _span(ends: Ends) -> Span:
    """From where to where a value reaches, of its marks in the parser's count from 0."""
    start, *rest = ends
    end, style = rest or (start, None)
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1, style in ("|", ">"))


def read_source(path: Path, file: str) -> Source:
    """The YAML file at `path`, which problems call `file`.

    Raises JdgenError for a file that is missing, too large, not UTF-8, or not YAML as specs use it.
    """
    try:
        data = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise JdgenError([Problem("file.unreadable", f"can't be read: {reason}", file)]) from None
    if data is None:
        limit = f"the file is larger than {MAX_BYTES >> 20} MiB"
        raise JdgenError([Problem("yaml.size", limit, file, hint="a role spec is text; what is in it?")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        hint = "save it as UTF-8"
        raise JdgenError([Problem("yaml.encoding", "the file is not UTF-8", file, line, column, hint)]) from None
    return Source(text.replace("\r\n", "\n"), file)
