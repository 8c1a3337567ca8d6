"""Commands that make kits, check them, and read what came back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jdgen.cli.app import FOUND, app, counted, say
from jdgen.cli.options import (
    DEBRIEFS,
    FORMATS,
    OUTPUT,
    SPECS,
    TEMPLATES,
    CompanyName,
    Formats,
    Kinds,
    Language,
    Level,
    Levels,
    Output,
    PostingName,
    Quiet,
    Roles,
    Specs,
    Templates,
)
from jdgen.cli.request import again, existing, library_in, request_of


@app.command(epilog="Examples:  jdgen build ai-engineer   |   jdgen build --posting ai-engineer-2027-01 --to docx")
def build(
    roles: Roles = None,
    level: Level = None,
    levels: Levels = None,
    company: CompanyName = None,
    posting: PostingName = None,
    language: Language = None,
    kinds: Kinds = None,
    to: Formats = FORMATS,
    output: Output = OUTPUT,
    specs: Specs = SPECS,
    templates: Templates = TEMPLATES,
    quiet: Quiet = False,
) -> None:
    """Build hiring kits: job description, guides, questions, scorecards, plan.

    Prints the path of every file on standard output. Nothing is written if anything is wrong.
    """
    from jdgen.build import build_kits

    built = build_kits(
        request_of(roles, level, company, posting, kinds, to, output, specs, templates, levels, language)
    )
    for problem in built.problems:
        typer.echo(problem, err=True)
    if not quiet:
        say(path.as_posix() for path in built.files)
        typer.echo(f"{counted(len(built.files), 'file')}, {len(built.changed)} changed", err=True)


@app.command(epilog="Example:  jdgen check || jdgen build")
def check(
    roles: Roles = None,
    level: Level = None,
    levels: Levels = None,
    company: CompanyName = None,
    posting: PostingName = None,
    language: Language = None,
    kinds: Kinds = None,
    to: Formats = FORMATS,
    output: Output = OUTPUT,
    specs: Specs = SPECS,
    templates: Templates = TEMPLATES,
    quiet: Quiet = False,
) -> None:
    """Check that the kits are what the specs say; exit code 1 if not.

    Names each file that is missing, stale, or of no kit any more. Writes nothing.
    """
    from jdgen.check import check_kits

    request = request_of(roles, level, company, posting, kinds, to, output, specs, templates, levels, language)
    differences = check_kits(request)
    if not quiet:
        say(f"{difference.state}: {difference.path.as_posix()}" for difference in differences)
    if differences:
        orphaned = any(difference.state == "orphaned" for difference in differences)
        advice = f"run: {again(request)}" + ("; remove the orphaned files" if orphaned else "")
        if all(difference.state == "orphaned" for difference in differences):
            advice = "remove them"
        typer.echo(f"{counted(len(differences), 'file')} not as the specs say; {advice}", err=True)
        raise typer.Exit(FOUND)
    if not quiet:
        typer.echo("every file is what the specs say", err=True)


@app.command(epilog="Example:  jdgen debrief filled/*.docx   |   jdgen debrief filled")
def debrief(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Filled scorecards, .docx or .md, or folders of them.")
    ],
    to: Formats = FORMATS,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Where the sheets go.")] = DEBRIEFS,
    specs: Specs = SPECS,
    templates: Templates = TEMPLATES,
    quiet: Quiet = False,
) -> None:
    """Read filled scorecards and write one sheet for each candidate's debrief.

    A file that can't be read, or a value that can't be told, is named, never guessed; exit code 1 then.
    """
    from jdgen.build import formats_of
    from jdgen.debrief import DebriefRequest, debrief

    folder = existing(templates, TEMPLATES)
    done = debrief(DebriefRequest(tuple(files), formats_of(to), output, library_in(specs), folder))
    for problem in done.problems:
        typer.echo(problem, err=True)
    if not quiet:
        say(path.as_posix() for path in done.files)
        read = f"{counted(done.candidates, 'candidate')}, {counted(done.scorecards, 'scorecard')}"
        typer.echo(f"{read}; {counted(len(done.changed), 'file')} changed", err=True)
    if any(problem.severity == "error" for problem in done.problems):
        raise typer.Exit(FOUND)
