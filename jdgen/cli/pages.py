"""The command that makes pages to browse."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from jdgen.cli.app import FOUND, app, counted, progress_bar, say, warn
from jdgen.cli.options import (
    SPECS,
    TEMPLATES,
    CompanyName,
    Force,
    Jobs,
    Language,
    PostingName,
    Quiet,
    Roles,
    Specs,
    Templates,
    Untrusted,
)
from jdgen.cli.request import request_of

SITE = Path("site")


@app.command(epilog="Examples:  jdgen site   |   jdgen site --only careers --output public")
def site(
    roles: Roles = None,
    company: CompanyName = None,
    posting: PostingName = None,
    language: Language = None,
    only: Annotated[
        str | None,
        typer.Option("--only", metavar="PART", help="careers or internal; both if none.", show_default=False),
    ] = None,
    force: Force = False,
    jobs: Jobs = None,
    untrusted: Untrusted = False,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Where the two folders go.")] = SITE,
    specs: Specs = SPECS,
    templates: Templates = TEMPLATES,
    quiet: Quiet = False,
) -> None:
    """Make pages to browse: careers/ for the public, internal/ for the hiring team.

    careers/ has the job description of each vacancy, with JobPosting data for search engines, and nothing else; of each
    role if there is no vacancy. internal/ has every kit. Open index.html of either, from a disk or a server: nothing
    is loaded from elsewhere. A page that somebody edited is kept, exit code 1.
    """
    from jdgen.site import build_site, part_of
    from jdgen.site.record import PARTS

    request = request_of(roles, None, company, posting, None, "md", output, specs, templates, None, language)
    request = replace(request, force=force, jobs=jobs, trusts_templates=not untrusted)
    with progress_bar("kits", quiet=quiet) as bar:
        made = build_site(
            request, PARTS if only is None else [part_of(only)], bar, lambda: warn("waiting for another build")
        )
    for problem in made.problems:
        typer.echo(problem, err=True)
    if not quiet:
        say(path.as_posix() for path in made.homes)
        removed = f", {len(made.removed)} removed" if made.removed else ""
        warn(f"{counted(len(made.files), 'file')}, {len(made.changed)} changed{removed}")
    if any(problem.severity == "error" for problem in made.problems):
        raise typer.Exit(FOUND)
