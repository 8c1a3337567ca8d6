"""Every fixed phrase of the documents, one file per language in `templates/locales/`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

from markupsafe import Markup

from jdgen.escape import escaped
from jdgen.notation import Notation
from jdgen.problem import JdgenError, Problem, nearest, shown
from jdgen.source import Source, read_source
from jdgen.spec.base import fallbacks


class Phrases:
    """The phrases of one language, by dotted key."""

    def __init__(self, language: str, texts: Mapping[str, str], file: str = "") -> None:
        self.language = language
        self.notation = Notation(language)
        self._texts = dict(texts)
        self._file = file

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def text(self, key: str, **values: object) -> str:
        """The phrase with `values` in the places of their names, as plain text.

        A value `count` picks `key.one`, `key.few` and so on by the language's plural rule, if there is
        such a phrase (CLDR, Language Plural Rules). Raises JdgenError if the language
        lacks the phrase or the phrase asks for a value that was not given.
        """
        return self._filled(key, values, {name: str(value) for name, value in values.items()})

    def markdown(self, key: str, **values: object) -> Markup:
        """The same as Markdown: the phrase may hold Markdown, `values` are escaped."""
        return Markup(self._filled(key, values, {name: escaped(v) for name, v in values.items()}))

    def pattern(self, key: str) -> str:
        """The phrase as it is written, with names in braces. Raises JdgenError if the language lacks it."""
        return self._pattern(key, {})

    def _filled(self, key: str, values: Mapping[str, object], texts: Mapping[str, str]) -> str:
        try:
            return self._pattern(key, values).format_map(texts)
        except KeyError as error:
            name = error.args[0]
            problem = Problem("locale.value", f"the phrase '{key}' needs '{name}'", hint=f"t('{key}', {name}=...)")
            raise JdgenError([problem]) from None

    def _pattern(self, key: str, values: Mapping[str, object]) -> str:
        if "count" in values:
            counted = f"{key}.{self.notation.plural(str(values['count']))}"
            key = counted if counted in self._texts else key
        if key not in self._texts:
            raise JdgenError(
                [
                    Problem(
                        "locale.missing-phrase",
                        f"the language '{self.language}' has no phrase '{key}'",
                        self._file,
                        hint=nearest(key, self._texts),
                    )
                ]
            )
        return self._texts[key]


def load_phrases(language: str, folders: tuple[Path, ...], voice: str | None = None) -> Phrases:
    """The phrases of a language, in a voice if it has one of that name.

    They are put together from files `locales/<tag>.yaml` and `locales/<tag>.<voice>.yaml`, the later
    over the earlier: those of the main language (`en`) before those of the tag (`en-GB`), and all of the
    last folder, the shipped one, before those of the first. Raises JdgenError if there is no such
    language, and with every phrase that English does not have or whose names in braces are others than in English.
    """
    stems = [stem for tag in reversed(fallbacks(language)) for stem in (tag, f"{tag}.{voice}")]
    paths = [folder / "locales" / f"{stem}.yaml" for folder in reversed(folders) for stem in stems]
    files = [path for path in paths if path.is_file()]
    if any("." not in path.stem for path in files):
        return _together(language, files, folders[-1])
    there = sorted({path.stem for folder in folders for path in (folder / "locales").glob("*.yaml")})
    message = f"there are no phrases in the language '{language}'"
    hint = nearest(language, [stem for stem in there if "." not in stem])
    raise JdgenError([Problem("locale.unknown", message, hint=hint)])


_Place = tuple[str, ...]
_PLURAL = re.compile(r"\.(?:zero|one|two|few|many)\Z")
_HTML = re.compile(r"<[A-Za-z/!]")


def _together(language: str, files: list[Path], shipped: Path) -> Phrases:
    """The phrases of all `files`, those of the last over the others'."""
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    english = _found(read_source(shipped / "locales" / "en.yaml", "locales/en.yaml"))
    for path in files:
        source = read_source(path, shown(path))
        found = _found(source)
        if path.parent.parent != shipped:
            problems += _unfitting(source, found, english)
        texts.update({key: text for key, (_, text) in found.items()})
    if problems:
        raise JdgenError(problems)
    return Phrases(language, texts, shown(files[-1]))


def _found(source: Source) -> dict[str, tuple[_Place, str]]:
    """Each phrase by its dotted key, with its place in the file."""
    return dict(_flat(source, source.data, ()))


def _flat(source: Source, data: Any, path: _Place) -> Iterator[tuple[str, tuple[_Place, str]]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _flat(source, value, (*path, key))
    elif isinstance(data, str):
        yield ".".join(path), (path, data)
    elif path:
        raise JdgenError([source.problem(path, "locale.wrong-type", "expected a phrase")])


def _unfitting(
    source: Source, found: Mapping[str, tuple[_Place, str]], english: Mapping[str, tuple[_Place, str]]
) -> Iterator[Problem]:
    for key, (place, text) in found.items():
        base = key if key in english else _PLURAL.sub("", key)
        if base not in english:
            hint = nearest(key, english)
            yield source.problem(place, "locale.unknown-phrase", f"there is no phrase '{key}'", hint, key=True)
            continue
        if _HTML.search(text):
            yield source.problem(place, "locale.html", f"the phrase '{key}' holds HTML", "use Markdown, or &lt; for <")
            continue
        general = _PLURAL.sub("", key)
        names, wanted = _names(text), _names(english[general if general in english else base][1]) or set()
        if names is None:
            hint = "write {{ and }} for braces that are text"
            yield source.problem(place, "locale.braces", "a brace is opened and not closed, or the reverse", hint)
        elif not names <= wanted or (key == "document.paging" and names != wanted):
            named = ", ".join(f"{{{name}}}" for name in sorted(wanted))
            hint = f"English has {named}" if wanted else "English has none"
            yield source.problem(
                place, "locale.braces", f"the names in braces of '{key}' are others than in English", hint
            )


def _names(text: str) -> set[str] | None:
    """The names in braces of a phrase, with what stands behind them; None if its braces don't match.

    Behind a name Python reads how to write the value, which no phrase needs, and in that names once more.
    """
    try:
        return {
            f"{name}{f'!{how}' if how else ''}{f':{form}' if form else ''}"
            for _, name, form, how in Formatter().parse(text)
            if name is not None
        }
    except ValueError:
        return None
