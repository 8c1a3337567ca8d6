"""A role's interviews as a page of text: who asks what, when and for how long. A recruiter reads it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from jdgen.loop import Cell, Column, Loop, Row
from jdgen.plan import Flaw

WIDTH = 100
_STAGE, _NAME, _LEAST = 44, 40, 24
_HEAD = ("slot", "open", "questions", "theirs", "close", "left", "people")
_SIGNS = {
    "!": "0! is a competency that the stage scores and asks nothing about.",
    "w": "w is a competency that the stage sees in the work sample alone.",
    "?": "? marks minutes for a competency that the stage does not score.",
}


def lines(loop: Loop) -> Iterator[str]:
    """The same as text for a terminal, at most 100 columns wide for up to six default stages."""
    about = (f"at level {loop.level}" if loop.level else "", f"for posting {loop.posting}" if loop.posting else "")
    yield " \N{MIDDLE DOT} ".join([loop.title, *filter(None, about), f"kit version {loop.version}"])
    if loop.columns or loop.others:
        for part in (_stage_lines, _matrix_lines, _other_lines, _time_lines, _load_lines):
            if made := list(part(loop)):
                yield ""
                yield from made
    yield ""
    yield from _flaw_lines("Holes", loop.holes)
    yield from _flaw_lines("Overlaps", loop.overlaps)


def _stage_lines(loop: Loop) -> Iterator[str]:
    every = (*loop.columns, *loop.others)
    yield f"{'Stages, in minutes':<{_STAGE + 4}}" + "".join(f"{word:>{len(word) + 2}}" for word in _HEAD)
    for column in every:
        asked, theirs = column.agenda or column.questions, column.candidate_questions
        times = (column.slot, column.opening, asked, theirs, column.closing, column.left, column.people)
        numbers = "".join(f"{value:>{len(word) + 2}}" for value, word in zip(times, _HEAD, strict=True))
        yield f" {column.sign:>2} {_cut(column.name + _remark(column, loop), _STAGE)}{numbers}"
    agenda = " Questions: where nothing is scored, the agenda." if any(column.agenda for column in every) else ""
    yield f"    Theirs: the candidate's own questions.{agenda}"


def _remark(column: Column, loop: Loop) -> str:
    signs = {each.id: each.sign for each in (*loop.columns, *loop.others)}
    remarks = [f"instead of {signs.get(column.instead_of, column.instead_of)}"] if column.instead_of else []
    remarks += ["on request"] if column.is_optional else []
    remarks += [] if column.is_scored else ["not scored"]
    return f" ({', '.join(remarks)})" if remarks else ""


def _matrix_lines(loop: Loop) -> Iterator[str]:
    room = WIDTH - 34 - 5 * len(loop.columns)
    width = max(_LEAST, min(room, max((len(row.name) for row in loop.rows), default=0)))
    signs = "".join(f"{column.sign:>5}" for column in loop.columns)
    yield f"{'Minutes by competency':<{width + 4}} weight{signs}{'sum':>6}{'raters':>8}{'asked':>9}"
    for importance in ("required", "preferred"):
        rows = [row for row in loop.rows if row.importance == importance]
        if rows:
            yield f"  {importance.capitalize()}"
        yield from (_row_line(row, width) for row in rows)
    asked = [column.questions for column in loop.columns]
    yield f"  {'All':<{width + 9}}" + "".join(f"{minutes or '':>5}" for minutes in asked) + f"{sum(asked):>6}"
    shown = {_shown(cell)[-1:] for row in loop.rows for cell in (*row.cells, *row.other_cells)}
    yield from (f"    {text}" for sign, text in _SIGNS.items() if sign in shown)


def _row_line(row: Row, width: int) -> str:
    cells = "".join(f"{_shown(cell):>5}" for cell in row.cells)
    asked = f"{row.asked} of {row.available}"
    return f"    {_cut(row.name, width)} {row.share:>4} %{cells}{row.minutes:>6}{row.raters:>8}{asked:>9}"


def _shown(cell: Cell) -> str:
    """A cell's minutes; nothing where a stage has nothing to do with a competency."""
    if cell.is_scored:
        return str(cell.minutes or ("w" if cell.in_sample else "0!"))
    return f"{cell.minutes}?" if cell.minutes else ""


def _other_lines(loop: Loop) -> Iterator[str]:
    """What the stages outside the default plan ask."""
    for position, column in enumerate(loop.others):
        cells = ((row, row.other_cells[position]) for row in loop.rows)
        asked = [f"{row.name} {_shown(cell)}" for row, cell in cells if _shown(cell)]
        if asked:
            yield from _wrapped(f"{column.sign:>2} asks: ", ", ".join(asked))


def _time_lines(loop: Loop) -> Iterator[str]:
    yield "Time of a candidate"
    columns = {column.id: column for column in loop.others}
    for time in loop.times:
        column = columns.get(time.with_stage or "")
        way = f"with {column.sign}, {column.name}" if column else "default plan"
        sample = f", {time.work_sample} of it for the work sample" if time.work_sample else ""
        yield f"    {_cut(way)}{time.total:>5} min = {_hours(time.total)}{sample}"


def _hours(minutes: int) -> str:
    hours, left = divmod(minutes, 60)
    return " ".join([*([f"{hours} h"] if hours else []), *([f"{left} min"] if left or not hours else [])])


def _load_lines(loop: Loop) -> Iterator[str]:
    signs = {column.id: column.sign for column in loop.columns}
    if loop.loads:
        heading = "Interviewers of the default plan"
        yield f"{heading:<{_NAME + 4}}{'people':>8}{'minutes':>9}{'competencies':>14}  stages"
    for load in loop.loads:
        stages = ", ".join(signs[stage] for stage in load.stages)
        numbers = f"{load.people:>8}{load.minutes:>9}{len(load.competencies):>14}"
        yield f"    {_cut(load.role)}{numbers}  {stages}"


def _flaw_lines(heading: str, flaws: tuple[Flaw, ...]) -> Iterator[str]:
    yield f"{heading}: {len(flaws) or 'none'}"
    for flaw in flaws:
        yield from _wrapped("  ", f"{flaw.place}: {flaw.message}")


def _wrapped(start: str, text: str) -> Iterable[str]:
    indent = " " * (len(start) if len(start) > 2 else 6)
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=start,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _cut(text: str, width: int = _NAME) -> str:
    """The text, filled up or cut to the width."""
    return f"{text if len(text) <= width else text[: width - 3].rstrip() + '...':<{width}}"
