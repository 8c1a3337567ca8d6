"""Commands that look at kits over time: what changed, and what is to stay as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jdgen.cli.app import app, counted, say, warn
from jdgen.cli.options import (
    OUTPUT,
    SPECS,
    TEMPLATES,
    CompanyName,
    Language,
    Quiet,
    Specs,
    Templates,
    postings_starting,
)
from jdgen.cli.request import library_in, request_of


@app.command(
    epilog="Examples:  jdgen diff   |   jdgen diff main...HEAD   |   jdgen diff v1..v2 --to md,docx --output ."
)
def diff(
    revisions: Annotated[
        str,
        typer.Argument(
            metavar="[A..B]",
            help="Revisions in git: A..B, A...B from where they parted, or A to now. The last commit to now if none.",
            show_default=False,
        ),
    ] = "",
    roles: Annotated[
        list[str] | None, typer.Option("--role", metavar="ROLE", help="Only this role; may stand twice.")
    ] = None,
    company: CompanyName = None,
    language: Language = None,
    to: Annotated[
        str, typer.Option("--to", metavar="FORMATS", help="md, docx, html, txt, pdf; commas between.")
    ] = "md",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help="Where the files go; printed if none.", show_default=False),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="Count changes beyond so many characters.", show_default=False),
    ] = None,
    specs: Specs = SPECS,
    templates: Templates = TEMPLATES,
    quiet: Quiet = False,
) -> None:
    """Say what changed in the kits between two revisions: requirements, questions, anchors, weights, stages, pay.

    Says which kits have another version, so that scorecards filled before and after don't compare.
    """
    from jdgen.changelog import changes_document
    from jdgen.changes import changes_between
    from jdgen.history import states
    from jdgen.kit import document_files, with_pdf
    from jdgen.problem import JdgenError, Problem
    from jdgen.write.file import write_file

    request = request_of(roles, None, company, None, None, to, OUTPUT, specs, templates, language=language)
    if output is None and request.formats not in {("md",), ("txt",), ("html",)}:
        hint = "say where the files go, such as --output ."
        raise JdgenError([Problem("diff.output", "only one of md, txt and html can be printed", hint=hint)])
    with states(revisions, request.library, request.templates) as (before, after):
        document = changes_document(changes_between(before, after, request), limit)
    files = with_pdf(list(document_files(document, output or Path(), request.formats, request.templates)))
    if output is None:
        say(files[0].data.decode().removesuffix("\n").split("\n"))
        return
    changed = [write_file(file.path, file.data, output) for file in files]
    if not quiet:
        say(file.path.as_posix() for file in files)
        warn(f"{counted(len(files), 'file')}, {sum(changed)} changed")


@app.command(epilog="Example:  jdgen pin nurse-2027-01")
def pin(
    posting: Annotated[str, typer.Argument(metavar="POSTING", help="The vacancy.", autocompletion=postings_starting)],
    company: CompanyName = None,
    specs: Specs = SPECS,
) -> None:
    """Freeze the kit of a posting: it keeps its questions, anchors and scale while the role's spec moves on.

    Copies what the kit is made of to role_specs/pinned, and notes the version in the posting. Commit both.
    """
    from jdgen.pin import pin as pinned

    request = request_of(None, None, company, None, None, "md", OUTPUT, specs, TEMPLATES)
    version, paths = pinned(posting, request)
    say(path.as_posix() for path in paths)
    warn(f"the kit of {posting} stays at version {version}")


@app.command(epilog="Example:  jdgen unpin nurse-2027-01")
def unpin(
    posting: Annotated[str, typer.Argument(metavar="POSTING", help="The vacancy.", autocompletion=postings_starting)],
    specs: Specs = SPECS,
) -> None:
    """Let the kit of a posting follow its role again."""
    from jdgen.pin import unpin as unpinned

    say([unpinned(posting, library_in(specs)).as_posix()])
