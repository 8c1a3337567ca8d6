"""The arguments and options that commands share, and what shells complete them with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from jdgen.spec import SpecFile


def _names(kind: str) -> list[str]:
    """The names of roles, companies or postings, for completion."""
    from jdgen.load import Library
    from jdgen.spec import Company, Posting, RoleSpec

    kinds: dict[str, type[SpecFile]] = {"role": RoleSpec, "company": Company, "posting": Posting}
    return Library().names(kinds[kind])


def _starting(kind: str, incomplete: str) -> list[str]:
    return [name for name in _names(kind) if name.startswith(incomplete)]


def _roles_starting(incomplete: str) -> list[str]:
    return _starting("role", incomplete)


def _companies_starting(incomplete: str) -> list[str]:
    return _starting("company", incomplete)


def postings_starting(incomplete: str) -> list[str]:
    """The names of postings, for completion."""
    return _starting("posting", incomplete)


Roles = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[ROLE]...",
        help="Names of roles, or paths to specs. All of yours if none; the shipped ones if you have none.",
        autocompletion=_roles_starting,
        show_default=False,
    ),
]
RoleName = Annotated[
    str, typer.Argument(metavar="ROLE", help="A role's name, or a path to its spec.", autocompletion=_roles_starting)
]
OneRole = Annotated[
    str | None,
    typer.Argument(
        metavar="[ROLE]",
        help="A role's name, or a path to its spec. The posting's if none.",
        autocompletion=_roles_starting,
        show_default=False,
    ),
]
Level = Annotated[str | None, typer.Option(metavar="ID", help="One of the role's levels.")]
Levels = Annotated[
    str | None,
    typer.Option(
        "--levels",
        metavar="HOW",
        help="All levels: together on the role's page, or apart, a kit for each.",
        show_default=False,
    ),
]
Language = Annotated[str | None, typer.Option(metavar="TAG", help="The documents' language, such as de or pt-BR.")]
CompanyName = Annotated[
    str | None,
    typer.Option(metavar="ID", help="Who hires. Your only company if none.", autocompletion=_companies_starting),
]
PostingName = Annotated[
    str | None, typer.Option(metavar="ID", help="The vacancy it is for.", autocompletion=postings_starting)
]
Kinds = Annotated[list[str] | None, typer.Option("--kind", metavar="KIND", help="Only this kind; may stand twice.")]
Formats = Annotated[
    str,
    typer.Option(
        "--to",
        metavar="FORMATS",
        help="Formats, with commas between: md, docx; html, txt to paste; pdf by LibreOffice.",
    ),
]
Output = Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Where the kits are.")]
Specs = Annotated[Path, typer.Option("--specs", metavar="DIR", help="Your folder of specs.")]
Templates = Annotated[Path, typer.Option("--templates", metavar="DIR", help="Your folder of templates.")]
Force = Annotated[bool, typer.Option("--force", help="Write over files that somebody edited.")]
Untrusted = Annotated[
    bool, typer.Option("--untrusted-templates", help="Bound the time and memory of templates, in a process of its own.")
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs", "-j", metavar="N", min=1, help="Processes to work with; one a core if none.", show_default=False
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but problems.")]

SPECS, TEMPLATES, OUTPUT, DEBRIEFS = Path("role_specs"), Path("templates"), Path("output"), Path("debriefs")
FORMATS = "md,docx"
