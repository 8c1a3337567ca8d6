"""Commands that show what there is, and make what one starts from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jdgen.cli.app import app, say
from jdgen.cli.options import (
    OUTPUT,
    SPECS,
    TEMPLATES,
    CompanyName,
    Language,
    Level,
    PostingName,
    RoleName,
    Specs,
    Templates,
)
from jdgen.cli.request import existing, library_in, request_of


@app.command("list", epilog="Example:  jdgen list")
def list_(
    specs: Specs = SPECS,
    roles: Annotated[
        bool, typer.Option("--roles", help="Only the names of the roles that a build makes, one a line, for scripts.")
    ] = False,
) -> None:
    """List the roles, postings, companies and shared competencies there are."""
    from jdgen.request import roles_of
    from jdgen.show import shown_library

    library = library_in(specs)
    say(roles_of(library) if roles else shown_library(library))


@app.command(epilog="Example:  jdgen show ai-engineer --level staff")
def show(
    role: RoleName,
    level: Level = None,
    company: CompanyName = None,
    posting: PostingName = None,
    language: Language = None,
    specs: Specs = SPECS,
) -> None:
    """Show a role as level and posting leave it, and where each part comes from: file, line, and who changed it."""
    from jdgen.request import Target, loaded
    from jdgen.show import shown_role

    request = request_of([role], level, company, posting, None, "md", OUTPUT, specs, TEMPLATES, language=language)
    files = loaded(Target(role, level, posting), request)
    say(shown_role(files.resolved(level, language), files.spec, files.posting))


@app.command(epilog="Example:  jdgen new data-analyst")
def new(
    role: Annotated[str, typer.Argument(metavar="ROLE", help="The new role's name.")], specs: Specs = SPECS
) -> None:
    """Write a small role spec to start from; it builds as it is."""
    from jdgen.new import new_role

    say([new_role(role, specs).as_posix()])


@app.command(epilog='Example:  jdgen init hiring --company "Example Ltd"')
def init(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="The folder; this one if none.")] = Path(),
    company: Annotated[str, typer.Option(metavar="NAME", help="Your company's name.")] = "Your Company",
) -> None:
    """Make a folder of your own: a spec, a company, a template, CI; `jdgen build` works in it."""
    from jdgen.init import init_folder

    say(path.as_posix() for path in init_folder(folder, company))


@app.command(epilog="Example:  jdgen schema")
def schema(
    folder: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Where they go.")] = SPECS / "schema",
) -> None:
    """Write the JSON Schemas by which editors complete and check specs."""
    from jdgen.schema import write_schemas

    say(path.as_posix() for path in write_schemas(folder))


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
        say(shown_values(role_view(example, renderer.phrases("en"))))
        return
    for chosen in renderer.named([kind] if kind else []):
        say([f"{chosen.name}  (for: {chosen.audience}, one per {chosen.per.replace('-', ' ')})"])
        say(f"  {block}" for block in renderer.blocks(chosen))
