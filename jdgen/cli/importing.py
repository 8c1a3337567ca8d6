"""The command that makes a draft of an existing job description."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jdgen.cli.app import app, counted, say
from jdgen.cli.options import SPECS, Language, Quiet, Specs


@app.command("import", epilog="Examples:  jdgen import nurse.docx   |   jdgen import posting.jsonld --as nurse")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A job description: .docx, .md, .txt, .html, .jsonld.")],
    name: Annotated[
        str | None, typer.Option("--as", metavar="NAME", help="The role's name; made of the title if none.")
    ] = None,
    language: Language = None,
    specs: Specs = SPECS,
    quiet: Quiet = False,
) -> None:
    """Make a draft of a role's spec of an existing job description; it builds as it is.

    Every word is kept. What was not understood stands in sections of its own and is named. No number is guessed.
    """
    from jdgen.importer import import_file

    imported = import_file(file, name, specs, language)
    for note in imported.notes:
        typer.echo(note, err=True)
    say(path.as_posix() for path in imported.files)
    if not quiet:
        role = imported.files[0].stem
        typer.echo(f"{counted(len(imported.files), 'draft')}; read it, then run: jdgen build {role}", err=True)
