"""The form that a returned file describes, checked: whoever sent the file may have changed it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from jdgen.form import Form, parsed_form
from jdgen.returned.reading import UNFIT, refusal
from jdgen.spec.base import is_identifier

MAX_FIELDS = 500
MAX_OPTIONS = 50
NO_FORM = (
    "scorecard.no-form",
    "is not a scorecard made by jdgen, or lost what makes it one",
    "some editors do that, such as Google Docs; fill in the Word or Markdown scorecard anew",
)
_NEEDED = {"role", "stage", "kit"}
_KIT = re.compile(r"[0-9a-f]{8}")
_CURLY = re.compile(r"\s*\{\s*[“”„‟«»]")
_ANEW = "fill in a new copy of the scorecard"


def described(texts: list[str]) -> Form:
    """The form of a file from each JSON text of it that the file has.

    Raises JdgenError if there is none, if they differ, and for one that is damaged or was tampered with.
    """
    if not texts:
        raise refusal(*NO_FORM)
    if len(set(texts)) > 1:
        raise refusal("scorecard.two-forms", "holds two scorecards in one", "send each as a file of its own")
    if _CURLY.match(texts[0]):
        message = "has curly quotes where the form needs straight ones, which an editor put there as one typed"
        raise refusal("scorecard.form", message, f"switch off smart quotes, and {_ANEW}")
    try:
        form = parsed_form(texts[0])
    except (ValueError, RecursionError):
        raise refusal("scorecard.form", "has a form in it that is damaged", _ANEW) from None
    return _checked(form)


def _checked(form: Form) -> Form:
    ids = [field.id for field in form.fields]
    if len(ids) > MAX_FIELDS or any(len(field.options) > MAX_OPTIONS for field in form.fields):
        message = (
            f"has a form of more than {MAX_FIELDS} fields, or {MAX_OPTIONS} options of one, which none of ours has"
        )
        raise refusal("scorecard.form", message)
    is_sound = (
        0 < len(ids) == len(set(ids))
        and all(text.strip() for field in form.fields for option in field.options.items() for text in option)
        and _is_known(form.about)
        and not any(UNFIT.search(text) for text in _texts(form))
    )
    if not is_sound:
        raise refusal("scorecard.form", "has a form in it that jdgen did not make so", _ANEW)
    return form


def _is_known(about: Mapping[str, str]) -> bool:
    """Whether it can be used to look for files: identifiers, and the kit's hash."""
    names = [name for key, value in about.items() if key != "kit" for name in (key, value)]
    return about.keys() >= _NEEDED and all(map(is_identifier, names)) and bool(_KIT.fullmatch(about["kit"]))


def _texts(form: Form) -> Iterator[str]:
    for field in form.fields:
        yield from (field.id, field.label, field.prompt, *field.options, *field.options.values())
