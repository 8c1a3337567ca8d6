"""Every fixed phrase of the documents, one file per language in `templates/locales/`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from jdgen.escape import escaped
from jdgen.problem import JdgenError, Problem, nearest
from jdgen.source import Source, read_source


class Phrases:
    """The phrases of one language, by dotted key."""

    def __init__(self, language: str, texts: Mapping[str, str], file: str = "") -> None:
        self.language = language
        self._texts = dict(texts)
        self._file = file

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def text(self, key: str, **values: object) -> str:
        """The phrase with `values` in the places of their names, as plain text.

        A value `count` of 1 picks `key.one` if there is one. Raises JdgenError if the language
        lacks the phrase or the phrase asks for a value that was not given.
        """
        return self._pattern(key, values).format_map({name: str(value) for name, value in values.items()})

    def markdown(self, key: str, **values: object) -> Markup:
        """The same as Markdown: the phrase may hold Markdown, `values` are escaped."""
        return Markup(self._pattern(key, values).format_map({name: escaped(v) for name, v in values.items()}))

    def _pattern(self, key: str, values: Mapping[str, object]) -> str:
        if values.get("count") == 1 and f"{key}.one" in self._texts:
            key = f"{key}.one"
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


def load_phrases(language: str, folders: tuple[Path, ...]) -> Phrases:
    """The phrases of a language, or of its main language (`en` for `en-GB`).

    The files `locales/<language>.yaml` of all `folders` are taken together, the first folder's
    phrase before the others'. Raises JdgenError if there is no such language.
    """
    for tag in dict.fromkeys((language, language.partition("-")[0])):
        files = [path for folder in folders if (path := folder / "locales" / f"{tag}.yaml").is_file()]
        if files:
            texts: dict[str, str] = {}
            for path in reversed(files):
                source = read_source(path, path.as_posix())
                texts.update(_flat(source, source.data, ()))
            return Phrases(language, texts, files[0].as_posix())
    there = sorted({path.stem for folder in folders for path in (folder / "locales").glob("*.yaml")})
    hint = nearest(language, there)
    message = f"there are no phrases in the language '{language}'"
    raise JdgenError([Problem("locale.unknown", message, hint=hint)])


def _flat(source: Source, data: Any, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _flat(source, value, (*path, key))
    elif isinstance(data, str):
        yield ".".join(path), data
    else:
        raise JdgenError([source.problem(path, "locale.wrong-type", "expected a phrase")])
