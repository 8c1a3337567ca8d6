"""The command that makes what other systems read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jdgen.cli.app import app, counted, say
from jdgen.cli.options import SPECS, TEMPLATES, CompanyName, Level, OneRole, PostingName, Quiet, Specs, Templates
from jdgen.cli.request import request_of

EXPORTED = Path("exports")


@app.command(
    epilog="Examples:  jdgen export --posting ai-engineer-2027-01   |   jdgen export ai-engineer --to questions"
)
def export(
    role: OneRole = None,
    level: Level = None,
    company: CompanyName = None,
    posting: PostingName = None,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="EXPORTS",
            help="jobposting, lever, scorecard, questions; commas between. All that can be made if none.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Where the files go.")] = EXPORTED,
    specs: Specs = SPECS,
    templates: Templates = TEMPLATES,
    quiet: Quiet = False,
) -> None:
    """Export for job boards and hiring systems: JobPosting JSON-LD, Lever, scorecards, questions.

    Names what Google's job search lacks of a posting. Nothing is written if it lacks what it requires.
    """
    from jdgen.export.files import export_role, exports_of, target_of

    formats = exports_of(to) if to is not None else ()
    request = request_of([role] if role else None, level, company, posting, None, "md", output, specs, templates)
    exported = export_role(target_of(request), formats, request)
    for problem in exported.problems:
        if not quiet or problem.severity != "info":
            typer.echo(problem, err=True)
    if not quiet:
        say(path.as_posix() for path in exported.files)
        typer.echo(f"{counted(len(exported.files), 'file')}, {len(exported.changed)} changed", err=True)
