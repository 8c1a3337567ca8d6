"""A spec file with one language's text in every place."""

from __future__ import annotations

from typing import Any, TypeVar

from jdgen.problem import Problem
from jdgen.reference import at_place
from jdgen.spec import Translations
from jdgen.spec.file import SpecFile
from jdgen.spec.walk import Path, mapped

File = TypeVar("File", bound=SpecFile)


def in_language(file: File, language: str, missing: list[Problem]) -> File:
    """`file` with each text in `language`, or in its main language (`en` for `en-GB`).

    A text that is not given by language stands as it is. A problem for every text that is given in
    other languages only is added to `missing`, and the first of them stands in its place.
    """

    def text(value: Any, where: Path) -> Any:
        if not isinstance(value, Translations):
            return value
        found = value.text(language)
        if found is None:
            hint = "there is " + ", ".join(f"'{tag}'" for tag in value.languages)
            missing.append(at_place(file, where, "text.language", f"no text in '{language}'", hint))
            return value.by_language[0][1]
        return found

    result: File = mapped(file, text)
    return result
