"""The application that commands belong to, what they print with, and how they end.

Exit codes: 0 fine, 1 a check found something, 2 the input can't be used. What a command imports, it
imports itself, so that help and completion stay quick.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from jdgen import __version__
from jdgen.problem import JdgenError
from jdgen.recall import is_help, remember

if TYPE_CHECKING:
    from jdgen.request import Request

UNUSABLE, FOUND = 2, 1
MOST_SHOWN = 40
"""The most problems that are printed."""
_BAR, _WORTH_A_BAR = 30, 8


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
            typer.echo(f"{counted(count, 'problem')}; {end}.", err=True)
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
    """Runs the command line; commands may keep what they said for the next time, by `keep`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a Windows pipe may know few characters
    arguments = tuple(sys.argv[1:])
    if not is_help(arguments):
        app(prog_name="jdgen", obj=arguments)
        return
    said = io.StringIO()
    try:
        with redirect_stdout(said):
            app(prog_name="jdgen")
    except SystemExit as end:
        sys.stdout.write(said.getvalue())
        if end.code == 0:
            remember(arguments, said.getvalue(), "", (), b"")
        raise


def _version(value: bool) -> None:
    if value:
        typer.echo(f"jdgen {__version__}")
        raise typer.Exit


@app.callback()
def _jdgen(
    _: Annotated[bool, typer.Option("--version", help="The version.", callback=_version, is_eager=True)] = False,
) -> None:
    """One reviewed role spec in, a complete hiring kit out."""


def say(lines: Iterable[object]) -> None:
    """Prints lines; a reader that stops reading, such as `head`, is no error."""
    try:
        for line in lines:
            typer.echo(line)
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stderr.close()
        raise typer.Exit from None


def keep(context: typer.Context, request: Request, folders: Sequence[Path], out: Iterable[str], err: str) -> None:
    """Keeps what a command said, to say it again as long as nothing has changed. The last lines come to `err`."""
    if isinstance(context.obj, tuple):
        from jdgen.watched import watched

        if found := watched(request, folders):
            remember(context.obj, "".join(f"{line}\n" for line in out), f"{err}\n" if err else "", *found)


def warn(message: str) -> None:
    """Prints a line beside the results."""
    typer.echo(message, err=True)


@contextmanager
def progress_bar(noun: str, *, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """What shows how much of long work is done, on a terminal; None where nobody sees it."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    shown = 0

    def show(number: int, total: int) -> None:
        nonlocal shown
        text = f"{number} of {total} {noun}" if total > _WORTH_A_BAR else ""
        if text:
            done = _BAR * number // total
            text = f"[{'#' * done}{'.' * (_BAR - done)}] {text}"
            sys.stderr.write(f"\r{text}")
            sys.stderr.flush()
            shown = max(shown, len(text))

    try:
        yield show
    finally:
        if shown:
            sys.stderr.write(f"\r{' ' * shown}\r")


def counted(number: int, noun: str) -> str:
    """A number with its noun in the right form: `1 file`, `2 files`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
