"""What every sort of file is read into: the blocks of a text in the order in which they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from jdgen.escape import plain
from jdgen.spec import Rich

Sort = Literal["heading", "text", "item", "table"]
_SIGNS = re.compile(r"[*\[\]]|(?<![^\W_])_|_(?![^\W_])")
_WORD = re.compile(r"\w+")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph, an item of a list, or a table; its text is restricted Markdown in one line."""

    sort: Sort
    text: str = ""
    level: int = 0
    """Of a heading, 1 to 6, and 7 for what only looks like one; of an item, how deep it is nested, from 0."""
    is_numbered: bool = False
    rows: tuple[tuple[str, ...], ...] = ()
    """Of a table, the head first; cells are restricted Markdown, with `<br>` between lines."""

    @property
    def words(self) -> int:
        """About how many words it has; in scripts without spaces, two characters count as one."""
        text = " ".join((self.text, *(cell for row in self.rows for cell in row)))
        return max(len(_WORD.findall(text)), len(_WIDE.findall(text)) // 2)

    @property
    def plain(self) -> str:
        """Its text as it is read."""
        return plain(Rich(self.text))


def literal(text: str) -> str:
    """Plain text as restricted Markdown that reads as exactly that text."""
    return text if plain(Rich(text)) == text else _SIGNS.sub(r"\\\g<0>", text)
