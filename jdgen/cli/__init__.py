"""The command line: thin commands, and the only module that prints or exits.

Exit codes: 0 fine, 1 a check found something, 2 the input can't be used. What a command imports, it
imports itself, so that help and completion stay quick.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from jdgen import __version__
from jdgen.cli.options import (
    DEBRIEFS,
    FORMATS,
    OUTPUT,
    SPECS,
    TEMPLATES,
    CompanyName,
    Formats,
    Kinds,
    Level,
    Output,
    PostingName,
    Quiet,
    RoleName,
    Roles,
    Specs,
    Templates,
)
from jdgen.cli.request import again, existing, library_in, request_of
from jdgen.problem import JdgenError

UNUSABLE, FOUND = 2, 1
MOST_SHOWN = 40
"""The most problems that are printed."""


class _Reporting(TyperGroup):
    """Shows what a user can mend as problems; a bug of ours keeps its traceback."""

    def invoke(self, ctx: Any) -> object:
        try:
            return super().invoke(ctx)
        except JdgenError as error:
            count = len(error.problems)
            for problem in error.problems[:MOST_SHOWN]:
                typer.echo(problem, err=True)
            if count > MOST_SHOWN:
                typer.echo(f"... and {count - MOST_SHOWN} more.", err=True)
            partly = any(problem.code in ("file.unwritable", "file.link") for problem in error.problems)
            end = "other files may have been written" if partly else "nothing was written"
            typer.echo(f"{_count(count, 'problem')}; {end}.", err=True)
            raise typer.Exit(UNUSABLE) from None


app = typer.Typer(
    cls=_Reporting,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="One reviewed role spec in, a complete hiring kit out.",
    epilog="Start with:  jdgen build ai-engineer",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Runs the command line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a Windows pipe may know few characters
    app(prog_name="jdgen")


def _version(value: bool) -> None:
    if value:
        typer.echo(f"jdgen {__version__}")
        raise typer.Exit


@app.callback()
def _jdgen(
    _: Annotated[bool, typer.Option("--version", help="The version.", callback=_version, is_eager=True)] = False,
) -> None:
    """One reviewed role spec in, a complete hiring kit out."""


@app.command(epilog="Examples:  jdgen build ai-engineer   |   jdgen build --posting ai-engineer-2027-01 --to docx")
def build(
    roles: Roles = None,
    level: Level = None,
    company: CompanyName = None,
    posting: PostingName = None,
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

    built = build_kits(request_of(roles, level, company, posting, kinds, to, output, specs, templates))
    for problem in built.problems:
        typer.echo(problem, err=True)
    if not quiet:
        _say(path.as_posix() for path in built.files)
        typer.echo(f"{_count(len(built.files), 'file')}, {len(built.changed)} changed", err=True)


@app.command(epilog="Example:  jdgen check || jdgen build")
def check(
    roles: Roles = None,
    level: Level = None,
    company: CompanyName = None,
    posting: PostingName = None,
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

    request = request_of(roles, level, company, posting, kinds, to, output, specs, templates)
    differences = check_kits(request)
    if not quiet:
        _say(f"{difference.state}: {difference.path.as_posix()}" for difference in differences)
    if differences:
        orphaned = any(difference.state == "orphaned" for difference in differences)
        advice = f"run: {again(request)}" + ("; remove the orphaned files" if orphaned else "")
        if all(difference.state == "orphaned" for difference in differences):
            advice = "remove them"
        typer.echo(f"{_count(len(differences), 'file')} not as the specs say; {advice}", err=True)
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
        _say(path.as_posix() for path in done.files)
        counted = f"{_count(done.candidates, 'candidate')}, {_count(done.scorecards, 'scorecard')}"
        typer.echo(f"{counted}; {_count(len(done.changed), 'file')} changed", err=True)
    if any(problem.severity == "error" for problem in done.problems):
        raise typer.Exit(FOUND)


@app.command("list", epilog="Example:  jdgen list")
def list_(specs: Specs = SPECS) -> None:
    """List the roles, postings, companies and shared competencies there are."""
    from jdgen.show import shown_library

    _say(shown_library(library_in(specs)))


@app.command(epilog="Example:  jdgen show ai-engineer --level staff")
def show(
    role: RoleName,
    level: Level = None,
    company: CompanyName = None,
    posting: PostingName = None,
    specs: Specs = SPECS,
) -> None:
    """Show a role as it resolves, and where its parts come from."""
    from jdgen.build import Target, resolved
    from jdgen.show import shown_role

    request = request_of([role], level, company, posting, None, "md", OUTPUT, specs, TEMPLATES)
    _say(shown_role(resolved(Target(role, level, posting), request)))


@app.command(epilog="Example:  jdgen new data-analyst")
def new(
    role: Annotated[str, typer.Argument(metavar="ROLE", help="The new role's name.")], specs: Specs = SPECS
) -> None:
    """Write a small role spec to start from; it builds as it is."""
    from jdgen.new import new_role

    _say([new_role(role, specs).as_posix()])


@app.command(epilog='Example:  jdgen init hiring --company "Example Ltd"')
def init(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="The folder; this one if none.")] = Path(),
    company: Annotated[str, typer.Option(metavar="NAME", help="Your company's name.")] = "Your Company",
) -> None:
    """Make a folder of your own: a spec, a company, a template, CI; `jdgen build` works in it."""
    from jdgen.init import init_folder

    _say(path.as_posix() for path in init_folder(folder, company))


@app.command(epilog="Example:  jdgen schema")
def schema(
    folder: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Where they go.")] = SPECS / "schema",
) -> None:
    """Write the JSON Schemas by which editors complete and check specs."""
    from jdgen.schema import write_schemas

    _say(path.as_posix() for path in write_schemas(folder))


@app.command("templates", epilog="Example:  jdgen templates job-description")
def templates_(
    kind: Annotated[str | None, typer.Argument(metavar="[KIND]", help="Only this kind.", show_default=False)] = None,
    templates: Templates = TEMPLATES,
    values: Annotated[bool, typer.Option("--values", help="List what templates can print instead.")] = False,
) -> None:
    """List the kinds of documents, and the blocks of their templates that you can override."""
    from jdgen.render import Renderer

    renderer = Renderer(existing(templates, TEMPLATES))
    if values:
        from jdgen.assets import ROLE_SPECS
        from jdgen.load import Library, load_role
        from jdgen.resolve import resolve_role
        from jdgen.scene import role_view
        from jdgen.show import shown_values

        example = resolve_role(load_role("ai-engineer", Library(own=ROLE_SPECS)))
        _say(shown_values(role_view(example, renderer.phrases("en"))))
        return
    for chosen in renderer.named([kind] if kind else []):
        _say([f"{chosen.name}  (for: {chosen.audience}, one per {chosen.per.replace('-', ' ')})"])
        _say(f"  {block}" for block in renderer.blocks(chosen))


def _say(lines: Iterable[object]) -> None:
    """Prints lines; a reader that stops reading, such as `head`, is no error."""
    try:
        for line in lines:
            typer.echo(line)
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stderr.close()
        raise typer.Exit from None


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
