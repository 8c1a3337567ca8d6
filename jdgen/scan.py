"""YAML text -> plain data, with the parser's marks of every part. The one door to the YAML parser.

It reads the parser's events, never its objects, so nothing is built that was not asked for: no tags,
no aliases, no merge keys, a bound on size and depth, and no recursion. Every scalar stays the text
that was typed (`NO`, `010`, `12:30`, `1.10`), since only the models know what is a number; a plain empty
value, `~` or `null` is None.
"""

from __future__ import annotations

import re
from functools import cached_property
from hashlib import sha256
from typing import Any

import yaml

from jdgen.problem import JdgenError, Problem

MAX_BYTES = 1 << 20
MAX_DEPTH = 32
MAX_ENTRIES = 60_000
MAX_PROBLEMS = 100

Ends = tuple[Any, ...]
"""The parser's marks of where a value begins and, if it is text, ends, and how it is quoted."""
_SCALAR, _MAPPING, _SEQUENCE = yaml.events.ScalarEvent, yaml.events.MappingStartEvent, yaml.events.SequenceStartEvent
_MAPPING_END, _SEQUENCE_END = yaml.events.MappingEndEvent, yaml.events.SequenceEndEvent

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# What the parser takes for the end of a line (YAML 1.1, section 5.4).
_LINE_ENDS = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_NULL = frozenset(["", "~", "null", "Null", "NULL"])
# XML 1.0 forbids these (production 2, Char), so no Word file can hold them; the bidirectional
# overrides can be held but make text read otherwise than it is stored.
UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e]")
_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\r"})
_UNFIT_BYTES = (b"\xed", b"\xef\xbf\xbe", b"\xef\xbf\xbf", *(b"\xe2\x80%c" % each for each in range(0xAA, 0xAF)))
_OPENED = ("while scanning a quoted", "while parsing a flow", "while scanning a simple key")
_TOO_DEEP = "maximum nesting depth"
_DEPTH = f"nested more than {MAX_DEPTH} levels deep"
_PARSER_HINTS = (
    ("mapping values are not allowed", "put text that contains ': ' in quotes"),
    ("cannot start any token", "put text that starts with @, `, % or a tab in quotes; indent with spaces"),
    ("found a tab", "indent with spaces, not tabs"),
    ("unexpected end of stream", "a quote or bracket is opened and never closed"),
    ("while scanning a quoted scalar", "a quote is opened and never closed"),
    ("alphabetic or numeric", "put text that starts with * or & in quotes"),
    ("escape", "in double quotes, \\ begins an escape: use single quotes, or write \\\\"),
    (
        "block sequence entries are not allowed",
        "put text that starts with '- ' in quotes; a list begins in a line of its own",
    ),
    ("did not find expected", "look at the indentation, quotes and dashes of the lines above"),
    ("could not find expected ':'", "a key needs a colon after it"),
)


class Scan:
    """One YAML text as data, with the marks of every key and value."""

    def __init__(self, text: str, file: str) -> None:
        """Reads `text`; `file` is what problems call it.

        Raises JdgenError with every problem that the text itself has.
        """
        self.file = file
        data = text.encode("utf-8", "surrogatepass")
        self.digest = sha256(data).hexdigest()
        """The SHA-256 of the text in UTF-8."""
        self.data: Any = None
        self._text = text
        self._places: dict[int, tuple[dict[str | int, Ends], dict[str | int, Ends]]] = {}
        """By a container's identity, where its keys and its values stand."""
        self._root = (1, 1)
        self._problems: list[Problem] = []
        self._read(text, is_suspect=_is_suspect(data))
        if self._problems:
            raise JdgenError(self._problems)

    @cached_property
    def _lines(self) -> list[str]:
        return _LINE_ENDS.split(self._text)

    def _at(  # noqa: PLR0917 - a place, what is wrong there, and how to mend it
        self, line: int, column: int, code: str, message: str, hint: str = "", width: int = 1
    ) -> Problem:
        excerpt = self._lines[line - 1].rstrip("\r") if 0 < line <= len(self._lines) else ""
        shown = UNFIT.sub("\ufffd", excerpt.replace("\t", " "))
        return Problem(code, message, self.file, line, column, hint, excerpt=shown, width=width)

    def _complain(self, mark: Any, code: str, message: str, hint: str = "", *, width: int = 1) -> None:
        self._problems.append(self._at(mark.line + 1, mark.column + 1, code, message, hint, width))

    def _read(self, text: str, *, is_suspect: bool) -> None:
        loader = None
        try:
            loader = _Loader(text)
            self.data = self._build(loader, is_suspect=is_suspect)
        except yaml.reader.ReaderError as error:
            # The parser counts bytes in one of its builds and characters in the other, so look for it.
            character = error.character if isinstance(error.character, str) else chr(error.character)
            line, column = self._found(character[:1], 0)
            line, column = max(line, 1), max(column, 1)
            what = f"character U+{ord(character[:1]):04X} can't stand in a document"
            self._problems.append(self._at(line, column, "yaml.character", what, "take it out"))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            if error.context_mark and str(error.context).startswith(_OPENED):
                mark = error.context_mark  # where it was opened, rather than where the file ends
            message = str(error.problem or error.context)
            hint = next((h for sign, h in _PARSER_HINTS if sign in f"{error.context} {message}"), "")
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            if line > len(self._lines):  # behind a last line that does not end
                line, column = len(self._lines), len(self._lines[-1]) + 1
            if _TOO_DEEP in message:  # newer parsers have a bound of their own, and look ahead beyond ours
                self._problems.append(self._at(line, column, "yaml.depth", _DEPTH))
            else:
                self._problems.append(self._at(line, column, "yaml.syntax", message, hint))
        finally:
            if loader is not None:
                loader.dispose()

    def _build(self, loader: Any, *, is_suspect: bool) -> Any:  # noqa: C901, PLR0911, PLR0912, PLR0915 - one loop over events is what makes it fast
        """The document's data from the parser's events, by an explicit stack.

        Every value is looked at for unfit characters if the text `is_suspect`, else only those with escapes.
        """
        scalar, mapping, sequence = _SCALAR, _MAPPING, _SEQUENCE
        get_event = loader.get_event
        root: list[Any] = []
        stack: list[tuple[Any, Any, dict[str | int, Ends], dict[str | int, Ends]]] = []
        container: Any = root
        is_mapping = False
        key: Any = None
        values: dict[str | int, Ends] = {}
        keys: dict[str | int, Ends] = {}
        self._places[id(root)] = (keys, values)
        pending: Any = None  # the key's mark, while its value is awaited
        entries = documents = 0
        while True:
            event = get_event()
            kind = type(event)
            place: Ends
            if kind is scalar or kind is mapping or kind is sequence:
                entries += 1
                mark = event.start_mark
                if entries > MAX_ENTRIES:
                    self._complain(mark, "yaml.size", f"the file has more than {MAX_ENTRIES} entries")
                    return None
                if event.anchor is not None or (event.tag is not None and event.tag != "!"):
                    self._refuse(event, mark)
                    if len(self._problems) > MAX_PROBLEMS:
                        return None
                if kind is scalar:
                    value: Any = event.value
                    style = event.style
                    if not style and value in _NULL and event.implicit[0]:
                        value = None
                    elif (is_suspect or style == '"') and UNFIT.search(value):
                        self._unfit(value, mark)
                        if len(self._problems) > MAX_PROBLEMS:
                            return None
                    place = (mark, event.end_mark, style)
                else:
                    value = {} if kind is mapping else []
                    place = (mark,)
                if is_mapping:
                    if pending is None:
                        if kind is not scalar:
                            self._complain(mark, "yaml.key", "a key must be plain text", "quote { and [ in text")
                            return None
                        key, pending = event.value, place
                        if key in container:
                            first = keys[key][0].line + 1
                            self._complain(
                                mark,
                                "yaml.duplicate-key",
                                f"key '{key}' stands twice",
                                f"the first is on line {first}",
                                width=len(key),
                            )
                        continue
                    if key not in container:
                        container[key] = value
                        keys[key] = pending
                        values[key] = place
                    pending = None
                else:
                    if container is root:
                        self._root = (mark.line + 1, mark.column + 1)
                    values[len(container)] = place
                    container.append(value)
                if kind is not scalar:
                    if len(stack) >= MAX_DEPTH:
                        self._complain(mark, "yaml.depth", _DEPTH)
                        return None
                    stack.append((container, key, keys, values))
                    container, key, keys, values = value, None, {}, {}
                    is_mapping = kind is mapping
                    self._places[id(value)] = (keys, values)
            elif kind is _MAPPING_END or kind is _SEQUENCE_END:
                container, key, keys, values = stack.pop()
                is_mapping = type(container) is dict
            elif kind is yaml.events.AliasEvent:
                self._complain(
                    event.start_mark,
                    "yaml.alias",
                    f"'*{event.anchor}' refers to another part of the file, which specs don't do",
                    "write it out, or put text that starts with * in quotes",
                )
                if is_mapping:
                    key, pending = (event.anchor, (event.start_mark,)) if pending is None else (key, None)
                if len(self._problems) > MAX_PROBLEMS:
                    return None
            elif kind is yaml.events.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self._complain(event.start_mark, "yaml.documents", "a file holds one document", "remove '---'")
                    return None
            elif kind is yaml.events.StreamEndEvent:
                return root[0] if root else None

    def _refuse(self, event: Any, mark: Any) -> None:
        if event.anchor is not None:
            hint = "write it out, or put text that starts with & in quotes"
            self._complain(mark, "yaml.alias", f"'&{event.anchor}' names a part to repeat, which specs don't do", hint)
        else:
            hint = "put text that starts with ! in quotes"
            self._complain(mark, "yaml.tag", f"the tag '{event.tag}' is not used in specs", hint)

    def _unfit(self, value: str, mark: Any) -> None:
        for match in UNFIT.finditer(value):
            what = f"character U+{ord(match[0]):04X} can't stand in a document"
            if match[0] in "\u202a\u202b\u202c\u202d\u202e":
                what = f"the direction override U+{ord(match[0]):04X} would hide how the text reads"
            line, column = self._found(match[0], mark.line)
            hint = f"take out character {match.start() + 1} of the text"
            if line:
                self._problems.append(self._at(line, column, "yaml.character", what, hint))
            else:
                self._complain(mark, "yaml.character", what, hint)
            return

    def _found(self, character: str, start: int) -> tuple[int, int]:
        """The line and column of the first `character` from the line at `start` on, from 1; 0 if there is none."""
        for number, line in enumerate(self._lines[start:], start + 1):
            if character in line:
                return number, line.index(character) + 1
        return 0, 0


def _is_suspect(data: bytes) -> bool:
    """Whether UTF-8 may hold what `UNFIT` finds, told a hundred times faster than by looking at each character."""
    return len(data.translate(None, _CONTROLS)) < len(data) or any(each in data for each in _UNFIT_BYTES)
