"""Makes the fixtures in this folder; README.md says what each is, and how to call this."""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from jdgen.form import Form, form_in
from tests.office import Job, Office, Value, answers, form_of, python_with_uno
from tests.programs import program
from tests.returned.imitation import word_like

FOLDER = Path(__file__).parent
KIT = FOLDER.parent.parent / "output" / "ai-engineer"
SCORECARD = "ai-engineer-scorecard-partners"
WAYS = {"text": ("cell", "before"), "note": ("pasted", "behind", "cell"), "date": ("typed",)}
"""How the careless fill in the fields of a type, one after the other."""
TYPED: Mapping[str, tuple[tuple[str, Value], ...]] = {
    "text": (("Ana Ø’Brien", "Ana Ø’Brien"), ("O'Neil & Sons, مريم", "O'Neil & Sons, مريم")),
    "date": (("2026-11-24", "2026-11-24"),),
    "choice": (("4", "4"), ("NOT ASSESSED", "not-assessed"), ("No hire", "3")),
    "note": (
        ("Asked **who** uses it & why.<br>Then: Łódź, 東京 🎉", "Asked **who** uses it & why.\nThen: Łódź, 東京 🎉"),
        ('Went on when told to stop,\nand wrote "why" down.', 'Went on when told to stop, and wrote "why" down.'),
        ("Two facts: 3 < 4, and a \\| b.", "Two facts: 3 < 4, and a | b."),
    ),
    "check": (("☒", True), ("☐", False), ("[x]", True), ("[ ]", False), ("☑", True)),
}
"""What is typed into a Markdown scorecard, and the value that it is, for the fields of a type one after the other."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=Path("/"), help="a system with a LibreOffice of its own")
    parser.add_argument("--mdformat", help="the program, with mdformat-gfm")
    parser.add_argument("--prettier", help="the program")
    options = parser.parse_args()
    word = (KIT / f"{SCORECARD}.docx").read_bytes()
    make_libreoffice(word, options.root)
    make_imitation(word)
    make_markdown((KIT / f"{SCORECARD}.md").read_text(encoding="utf-8"), options.mdformat, options.prettier)


def make_libreoffice(word: bytes, root: Path) -> None:
    """What LibreOffice saves: filled in with care, filled in without, and not filled in at all."""
    here = root == Path("/")
    office = Office(program("soffice") if here else "soffice", python_with_uno() if here else "/usr/bin/python3", root)
    form = form_of(word)
    ways = dict(zip_by_type(form, WAYS))
    values = answers(form)
    jobs = {"filled": Job(word, values), "careless": Job(word, values, ways), "untouched": Job(word)}
    with tempfile.TemporaryDirectory(dir=root / "tmp") as folder:
        for name, saved in office.saved(jobs, Path(folder)).items():
            if saved.refused:
                raise SystemExit(f"LibreOffice did not let in {saved.refused}")
            reported = [id for id, way in ways.items() if way != "typed"] if name == "careless" else []
            keep(f"libreoffice-{office.version()}-{name}.docx", saved.path.read_bytes(), saved.typed, reported)


def make_imitation(word: bytes) -> None:
    form = form_of(word)
    notes = [field.id for field in form.fields if field.type == "note"]
    keep("word-imitation.docx", word_like(word, answers(form), tracked=notes[1]), answers(form))


def make_markdown(text: str, mdformat: str | None, prettier: str | None) -> None:
    """A scorecard filled in by a text editor; by one on Windows; the first as formatters leave it."""
    form = form_in(text)
    assert form is not None
    typed = dict(zip_by_type(form, TYPED))
    for id, (entry, _) in typed.items():
        text, count = re.subn(
            rf"(<!-- field {re.escape(id)} -->).*?(<!-- /field -->)", lambda m, entry=entry: m[1] + entry + m[2], text
        )
        assert count == 1, id
    values = {id: value for id, (_, value) in typed.items()}
    parted = [id for id, (entry, _) in typed.items() if "\n" in entry]
    keep("text-editor.md", text.encode(), values)
    keep("windows-editor.md", b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), values)
    for name, command in (
        ("mdformat", [mdformat, "--wrap", "80"]),
        ("prettier", [prettier, "--prose-wrap", "always", "--write"]),
    ):
        if command[0]:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder, "scorecard.md")
                path.write_text(text, encoding="utf-8")
                subprocess.run([*map(str, command), str(path)], check=True)
                keep(f"{name}.md", path.read_bytes(), values, parted)


def zip_by_type(form: Form, series: Mapping[str, tuple[object, ...]]) -> list[tuple[str, object]]:
    """The ids of a form's fields, each with the next of the series for its type, as long as there is one."""
    left = {type: iter(each) for type, each in series.items()}
    pairs = ((field.id, next(left.get(field.type, iter(())), None)) for field in form.fields)
    return [(id, each) for id, each in pairs if each is not None]


def keep(name: str, data: bytes, typed: Mapping[str, Value], may_be_reported: list[str] | None = None) -> None:
    """Writes a fixture, and beside it what was filled in and which fields a reader need not be able to tell."""
    path = FOLDER / name
    path.write_bytes(data)
    expected = {"typed": dict(typed), "may be reported": may_be_reported or []}
    text = json.dumps(expected, ensure_ascii=False, indent=2)
    path.with_name(f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
