"""Commands that make kits, check them, and read what came back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jdgen.cli.app import FOUND, app, counted, keep, progress_bar, say, warn
from jdgen.cli.options import (
    DEBRIEFS,
    FORMATS,
    OUTPUT,
    SPECS,
    TEMPLATES,
    CompanyName,
    Force,
    Formats,
    Jobs,
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
    Untrusted,
)
from jdgen.cli.request import advice, existing, library_in, request_of

if TYPE_CHECKING:
    from jdgen.build import Built

_AS_SAID = "every file is what the specs say"


@app.command(epilog="Examples:  jdgen build ai-engineer   |   jdgen build --posting ai-engineer-2027-01 --to docx")
def build(
    context: typer.Context,
    roles: Roles = None,
    level: Level = None,
    levels: Levels = None,
    company: CompanyName = None,
    posting: PostingName = None,
    language: Language = None,
    kinds: Kinds = None,
    to: Formats = FORMATS,
    force: Force = False,
    jobs: Jobs = None,
    untrusted: Untrusted = False,
    output: Output = OUTPUT,
    specs: Specs = SPECS,
    templates: Templates = TEMPLATES,
    quiet: Quiet = False,
) -> None:
    """Build hiring kits: job description, guides, questions, scorecards, plan.

    Makes only what changed, and keeps up to date what was made before of the same roles. Prints the path of every
    file on standard output. Nothing is written if anything is wrong; a file that somebody edited is kept, exit code 1.
    """
    from jdgen.build import build_kits

    request = request_of(roles, level, company, posting, kinds, to, output, specs, templates, levels, language)
    request = replace(request, force=force, jobs=jobs, trusts_templates=not untrusted)
    with progress_bar("kits", quiet=quiet) as bar:
        built = build_kits(request, bar, lambda: warn("waiting for another build"))
    for problem in built.problems:
        typer.echo(problem, err=True)
    if not quiet:
        say(built.paths())
        for path in built.removed:
            warn(f"removed: {path.as_posix()}")
        warn(_summary(built))
    if any(problem.severity == "error" for problem in built.problems):
        raise typer.Exit(FOUND)
    if not built.problems:
        again = "" if quiet else _summary(built, again=True)
        keep(context, request, built.kept, () if quiet else built.paths(), again)


def _summary(built: Built, *, again: bool = False) -> str:
    """What a build came to, in a line; or what the same build would come to `again`."""
    changed, removed = (0, 0) if again else (sum(len(kit.changed) for kit in built.kits), len(built.removed))
    parts = [f"{counted(sum(len(kit.files) for kit in built.kits), 'file')}, {changed} changed"]
    parts += [f", {removed} removed"] if removed else []
    kits = len(built.kept)
    parts += [f"; {0 if again else built.made} of {kits} kits made"] if kits > 1 else []
    return "".join(parts)


@app.command(epilog="Example:  jdgen check || jdgen build")
def check(
    context: typer.Context,
    roles: Roles = None,
    level: Level = None,
    levels: Levels = None,
    company: CompanyName = None,
    posting: PostingName = None,
    language: Language = None,
    kinds: Kinds = None,
    to: Formats = FORMATS,
    thorough: Annotated[
        bool, typer.Option("--thorough", help="Make every file anew to compare; believe no manifest.")
    ] = False,
    jobs: Jobs = None,
    untrusted: Untrusted = False,
    output: Output = OUTPUT,
    specs: Specs = SPECS,
    templates: Templates = TEMPLATES,
    quiet: Quiet = False,
) -> None:
    """Check that the kits are what the specs say; exit code 1 if not.

    Names each file that is missing, stale, of no kit any more, or edited by hand, and shows what was edited with its
    place in the specs. Writes nothing.
    """
    from jdgen.check import check_kits

    request = request_of(roles, level, company, posting, kinds, to, output, specs, templates, levels, language)
    checked = check_kits(replace(request, jobs=jobs, trusts_templates=not untrusted), thorough=thorough)
    if not quiet:
        say(checked.differences)
    if checked.differences:
        number = counted(len(checked.differences), "file")
        typer.echo(f"{number} not as the specs say; {advice(checked.differences, request)}", err=True)
        raise typer.Exit(FOUND)
    if not quiet:
        warn(_AS_SAID)
    keep(context, request, checked.folders, (), "" if quiet else _AS_SAID)


@app.command(epilog="Example:  jdgen watch ai-engineer")
def watch(
    roles: Roles = None,
    company: CompanyName = None,
    to: Formats = FORMATS,
    output: Output = OUTPUT,
    specs: Specs = SPECS,
    templates: Templates = TEMPLATES,
) -> None:
    """Build, and build again whenever a spec or a template changes, until Ctrl+C; shows errors as they come."""
    from jdgen.build import Built
    from jdgen.problem import JdgenError
    from jdgen.watch import watch_kits

    def told(result: Built | JdgenError) -> None:
        for problem in result.problems:
            warn(str(problem))
        if isinstance(result, Built):
            say(path.as_posix() for path in result.changed)
            warn(f"{_summary(result)}; watching")
        else:
            warn(f"{counted(len(result.problems), 'problem')}; nothing was written; watching")

    request = request_of(roles, None, company, None, None, to, output, specs, templates)
    with suppress(KeyboardInterrupt):
        watch_kits(request, told)


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
    from jdgen.debrief import DebriefRequest, debrief
    from jdgen.request import formats_of

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
