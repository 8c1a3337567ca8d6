"""Commands that judge: lint, plan, trace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jdgen.cli.app import FOUND, UNUSABLE, app, counted, say
from jdgen.cli.options import (
    OUTPUT,
    SPECS,
    TEMPLATES,
    CompanyName,
    Level,
    PostingName,
    Quiet,
    RoleName,
    Specs,
    Templates,
)
from jdgen.cli.request import library_in, request_of
from jdgen.problem import JdgenError, Problem

ReportFormat = Annotated[str, typer.Option("--format", metavar="FORMAT", help="text, json, github or sarif.")]
Selected = Annotated[
    list[str] | None, typer.Option(metavar="CODE", help="Only this rule, or those that begin so (JD); may stand twice.")
]
Ignored = Annotated[list[str] | None, typer.Option(metavar="CODE", help="Without this rule; may stand twice.")]


@app.command(epilog="Examples:  jdgen lint   |   jdgen lint ad.docx --place US-CO   |   jdgen lint --explain JD-004")
def lint(
    subjects: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ROLE|FILE]...",
            help="Roles, postings, specs, finished postings (.md, .docx, .txt), folders of them. All of yours if none.",
            show_default=False,
        ),
    ] = None,
    company: CompanyName = None,
    select: Selected = None,
    ignore: Ignored = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DAY", help="Whose law counts; a posting's opening day if none."),
    ] = None,
    places: Annotated[
        list[str] | None,
        typer.Option("--place", metavar="CODE", help="Where a finished posting is for, such as US-CO."),
    ] = None,
    format: ReportFormat = "text",
    strict: Annotated[bool, typer.Option("--strict", help="Exit code 1 for warnings, too.")] = False,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="CODE", help="Say what a rule asks, why, and show examples.")
    ] = None,
    specs: Specs = SPECS,
    quiet: Quiet = False,
) -> None:
    """Judge specs and postings: wording, interviews, questions not to ask, pay and AI law.

    Findings go to standard output, with file, line and column. Exit code 1 if there is an error, 2 if something
    can't be read. A clean run does not say that a posting or a question is lawful.
    """
    if explain is not None:
        from jdgen.lint.explain import explained

        say(explained(explain).splitlines())
        return
    from jdgen.lint.catalog import rules
    from jdgen.lint.runner import LintRequest, lint_specs
    from jdgen.report import reported

    request = LintRequest(
        subjects=tuple(subjects or ()),
        library=library_in(specs),
        company=company,
        select=tuple(select or ()),
        ignore=tuple(ignore or ()),
        on=on or "",
        places=tuple(places or ()),
    )
    reported([], format)  # so that an unknown format is said before the work is done
    linted = lint_specs(request)
    if report := reported(linted.problems, format, rules()):
        say([report.removesuffix("\n")])
    counts = dict.fromkeys(("error", "warning", "info"), 0)
    for problem in linted.problems:
        counts[problem.severity] += 1
    if not quiet:
        listed = ", ".join(counted(number, severity) for severity, number in counts.items())
        ignored = f"; {linted.ignored} ignored with a reason" if linted.ignored else ""
        typer.echo(f"{listed} in {counted(linted.files, 'file')}{ignored}", err=True)
        typer.echo("No finding means that no rule matched, not that a posting or a question is lawful.", err=True)
    grave = [problem.code for problem in linted.problems if problem.severity == "error"]
    if any(code not in rules() and not code.startswith("ignore.") for code in grave):
        raise typer.Exit(UNUSABLE)
    if counts["error"] or (strict and counts["warning"]):
        raise typer.Exit(FOUND)


@app.command(epilog="Examples:  jdgen plan ai-engineer   |   jdgen plan ai-engineer --propose")
def plan(
    role: RoleName,
    level: Level = None,
    company: CompanyName = None,
    posting: PostingName = None,
    propose: Annotated[
        bool, typer.Option("--propose", help="Pick the questions of each stage, and print them as YAML to paste.")
    ] = False,
    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="text or json.")] = "text",
    specs: Specs = SPECS,
) -> None:
    """Show stages by competencies: minutes, coverage, load of interviewers, holes and overlaps.

    Exit code 1 if there are holes.
    """
    import json

    from jdgen.loop import as_data, loop_of
    from jdgen.places import Places
    from jdgen.proposal import as_data as proposal_data
    from jdgen.proposal import as_yaml
    from jdgen.proposal import propose as proposed
    from jdgen.request import Target, loaded
    from jdgen.timetable import lines

    if format not in ("text", "json"):
        raise JdgenError([Problem("format.unknown", f"there is no format '{format}'", hint="there is 'text', 'json'")])
    request = request_of([role], level, company, posting, None, "md", OUTPUT, specs, TEMPLATES)
    files = loaded(Target(role, level, posting), request)
    resolved = files.resolved(level)
    if propose:
        proposal = proposed(resolved)
        as_json = json.dumps(proposal_data(proposal), indent=2, ensure_ascii=False)
        say(as_json.splitlines() if format == "json" else as_yaml(proposal).splitlines())
        if proposal.unmet:
            raise typer.Exit(FOUND)
        return
    loop = loop_of(resolved, Places(files.spec))
    say([json.dumps(as_data(loop), indent=2, ensure_ascii=False)] if format == "json" else lines(loop))
    if loop.holes:
        raise typer.Exit(FOUND)


@app.command(epilog="Examples:  jdgen trace ai-engineer   |   jdgen trace ai-engineer --to docx,csv --output .")
def trace(
    role: RoleName,
    level: Level = None,
    company: CompanyName = None,
    posting: PostingName = None,
    to: Annotated[str, typer.Option("--to", metavar="FORMATS", help="md, docx, csv, json; commas between.")] = "md",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help="Where the files go; printed if none.", show_default=False),
    ] = None,
    specs: Specs = SPECS,
    templates: Templates = TEMPLATES,
    quiet: Quiet = False,
) -> None:
    """Trace each requirement to its competency, questions, anchors and scorecards, and name the holes.

    Exit code 1 if there are holes.
    """
    from jdgen.places import Places
    from jdgen.request import Target, loaded
    from jdgen.trace import trace_of
    from jdgen.tracefile import trace_files, write_trace

    request = request_of([role], level, company, posting, None, "md", OUTPUT, specs, templates)
    files = loaded(Target(role, level, posting), request)
    traced = trace_of(files.resolved(level), Places(files.spec), files.posting)
    made = trace_files(traced, to, request.templates)
    if output is None:
        if len(made) > 1 or any(name.endswith(".docx") for name in made):
            hint = "say where the files go, such as --output ."
            raise JdgenError([Problem("trace.output", "only one of md, csv and json can be printed", hint=hint)])
        say(data.decode().removesuffix("\n") for data in made.values())
    else:
        paths = write_trace(made, output)
        say([] if quiet else [path.as_posix() for path in paths])
    for hole in traced.holes:
        typer.echo(hole.problem, err=True)
    if not quiet:
        rows = counted(len(traced.rows), "requirement")
        typer.echo(f"{rows}, {counted(len(traced.holes), 'hole')}", err=True)
    if traced.holes:
        raise typer.Exit(FOUND)
