"""Commands about several roles of a family."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jdgen.cli.app import app, say, warn
from jdgen.cli.options import OUTPUT, SPECS, TEMPLATES, CompanyName, Language, Quiet, Roles, Specs, Templates
from jdgen.cli.request import request_of
from jdgen.problem import JdgenError, Problem

if TYPE_CHECKING:
    from jdgen.nexthire import Candidate

Family = Annotated[
    str | None, typer.Option("--family", metavar="NAME", help="The roles of this family.", show_default=False)
]


@app.command(epilog="Examples:  jdgen compare   |   jdgen compare ai-engineer ml-engineer --to docx -o .")
def compare(
    roles: Roles = None,
    family: Family = None,
    company: CompanyName = None,
    language: Language = None,
    to: Annotated[
        str, typer.Option("--to", metavar="FORMATS", help="md, docx, html, txt, pdf, json; commas between.")
    ] = "md",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help="Where the files go; printed if none.", show_default=False),
    ] = None,
    specs: Specs = SPECS,
    templates: Templates = TEMPLATES,
    quiet: Quiet = False,
) -> None:
    """Compare roles side by side: layer, work, horizon and certainty, strengths, tools, what they own, when to hire.

    With no role, all of the family. For whoever decides which role comes next; 'jdgen next-hire' asks the other way.
    """
    from jdgen.compare import FORMATS, compared, comparison_files
    from jdgen.render import Renderer
    from jdgen.request import listed_names
    from jdgen.write.file import write_file

    formats = listed_names(to, FORMATS, "format '{}' of a comparison", "such as --to md,docx")
    request = request_of(roles, None, company, None, None, "md", OUTPUT, specs, templates, None, language)
    files = comparison_files(compared(request, family), formats, Renderer(request.templates), request.templates)
    if output is None:
        if len(files) > 1 or not {"docx", "pdf"}.isdisjoint(formats):
            hint = "say where the files go, such as --output ."
            raise JdgenError(
                [Problem("comparison.output", "only one of md, html, txt and json can be printed", hint=hint)]
            )
        say(data.decode().removesuffix("\n") for data in files.values())
        return
    for name, data in files.items():
        write_file(output / name, data, output)
    say([] if quiet else [(output / name).as_posix() for name in files])


@app.command(
    "next-hire",
    epilog="Example:  jdgen next-hire --team software-engineer=12 --performance 70 --symptom 'our models are drifting'",
)
def next_hire(
    stage: Annotated[
        str | None, typer.Option("--stage", metavar="STAGE", help="The company's: early, growth or mature.")
    ] = None,
    performance: Annotated[
        str | None, typer.Option("--performance", metavar="PERCENT", help="The product's, at present: 0 to 100.")
    ] = None,
    symptoms: Annotated[
        list[str] | None,
        typer.Option("--symptom", metavar="TEXT", help="What you see, in your own words; may stand several times."),
    ] = None,
    team: Annotated[
        list[str] | None,
        typer.Option("--team", metavar="ROLE=N", help="Who is on board, such as software-engineer=12; several times."),
    ] = None,
    family: Family = None,
    company: CompanyName = None,
    language: Language = None,
    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="text or json.")] = "text",
    specs: Specs = SPECS,
) -> None:
    """Say which role of a family to hire next, why, what would change the answer, and what not to expect.

    Weighs the company's stage (3 points, -3 for another), the product's performance (3 within a role's range, -3
    outside) and symptoms (2 each) against context.company_stage_fit in the specs; a symptom of having hired a role that
    is on the team speaks against another one of it. Where roles lie less than 2 points apart it says so and names what
    would settle it. Asks on a terminal if nothing is told. A rough guide to start a discussion.
    """
    from jdgen.advice import as_json, as_text
    from jdgen.nexthire import advise, candidates_of
    from jdgen.situation import situation_of

    if format not in ("text", "json"):
        hint = "use text or json"
        raise JdgenError([Problem("format.unknown", f"there is no format '{format}' of advice", hint=hint)])
    request = request_of(None, None, company, None, None, "md", OUTPUT, specs, TEMPLATES, None, language)
    candidates = candidates_of(request, family)
    given = (stage, performance, symptoms or [], team or [])
    if not any(given):
        given = _asked(candidates)
    situation = situation_of(*given, candidates)
    advice = advise(situation, candidates)
    say([(as_json if format == "json" else as_text)(advice).removesuffix("\n")])


def is_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty()


def _asked(candidates: Sequence[Candidate]) -> tuple[str | None, str | None, list[str], list[str]]:
    """The same from whoever sits at the terminal; every question may be skipped."""
    if not is_terminal():
        hint = "such as --stage growth, --performance 70, --symptom 'our models are drifting'"
        raise JdgenError([Problem("nexthire.untold", "nothing is told of the company", hint=hint)])
    signals = [each.text for one in candidates for each in one.statements if each.sort == "signals"]
    warn("Every question may be skipped with Enter.")
    stage = typer.prompt("Company stage (early, growth, mature)", default="", show_default=False, err=True)
    performance = typer.prompt("Present product performance in percent", default="", show_default=False, err=True)
    for number, signal in enumerate(signals, 1):
        warn(f"  {number:2}. {signal}")
    seen = typer.prompt(
        "What do you see? Numbers with commas between, or your own words", default="", show_default=False, err=True
    )
    team = typer.prompt("Who is on board? Such as software-engineer=12", default="", show_default=False, err=True)
    parts = [part.strip() for part in seen.split(",") if part.strip()]
    is_numbers = all(part.isdecimal() for part in parts)
    symptoms = [signals[int(part) - 1] for part in parts if 0 < int(part) <= len(signals)] if is_numbers else [seen]
    return stage or None, performance or None, symptoms, [part for part in team.split(",") if part.strip()]
