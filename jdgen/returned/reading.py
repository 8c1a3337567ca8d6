"""What a file shows in the place of a field, as readers of files hand it on; text made fit to keep and to show."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jdgen.form import Form
from jdgen.problem import JdgenError, Problem

UNFIT = re.compile("[^\t\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e]")
"""Characters that no document can hold, or that would make text read otherwise than it is stored."""
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_UNSEEN = "\u200b\u2060\ufeff"
_LOOKALIKES = str.maketrans(
    {**dict.fromkeys("‘’‚′", "'"), **dict.fromkeys("“”„″", '"'), **dict.fromkeys("‐‑‒–—−", "-")}
)
_LONGEST = 60
"""The most characters of a text that a message shows."""


@dataclass(frozen=True)
class Reading:
    """What stands in one place of a field."""

    text: str
    """As it shows, lines apart by a line feed."""
    is_prompt: bool = False
    """Whether the editor says that the text is a prompt of its own, so that nothing was filled in."""
    is_ticked: bool | None = None
    """What a box to tick says of itself besides how it looks; None if it says nothing."""
    date: str = ""
    """The date that is stored behind the text, YYYY-MM-DD; empty if none is."""
    beside: str = ""
    """What else stands in the field's cell of a table."""
    line: int = 0
    """Where it stands, from 1; 0 if there are no lines."""


@dataclass(frozen=True)
class Fault:
    """Why a field can't be told, and how to mend it."""

    code: str
    message: str
    hint: str = ""
    line: int = 0


@dataclass(frozen=True)
class Returned:
    """A file that came back: its form, and by field id what stands in each place of the field."""

    form: Form
    places: Mapping[str, Sequence[Reading | Fault]]


def refusal(code: str, message: str, hint: str = "") -> JdgenError:
    """The error for a file that can't be read as a whole; whoever knows the file adds its name."""
    return JdgenError([Problem(code, message, hint=hint)])


def cleaned(text: str) -> str:
    """`text` as it is kept: composed (NFC), lines apart by a line feed, without what is unfit or stands around it."""
    lines = UNFIT.sub("", _LINE_ENDS.sub("\n", text))
    return unicodedata.normalize("NFC", lines).strip().strip(_UNSEEN).strip()


def folded(text: str) -> str:
    """`text` as it is compared with what it may be: without regard to case, white space, and how quotes, dashes
    and digits were typed.
    """
    return straightened(unicodedata.normalize("NFKC", text)).casefold()


def straightened(text: str) -> str:
    """`text` in one line, with the plain quotes and hyphens that editors replace as one types."""
    seen = text.translate(_LOOKALIKES).translate(dict.fromkeys(map(ord, _UNSEEN)))
    return " ".join(seen.split())


def quoted(text: str) -> str:
    """`text` in quotes as messages show it: one line, cut if it is long."""
    line = " ".join(UNFIT.sub(" ", text).split())
    return f"'{line if len(line) <= _LONGEST else line[: _LONGEST - 1] + '…'}'"
