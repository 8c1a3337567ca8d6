"""The question bank as a table for spreadsheets and other systems, a row for each question."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from jdgen.escape import plain
from jdgen.record import harmless
from jdgen.role import AssessedCompetency, Role
from jdgen.spec import Question

COLUMNS = (
    *("id", "competency", "competency_name", "importance", "kind", "levels", "asked_in", "minutes", "send_in_advance"),
    *("setup", "text", "materials", "probes", "strong", "weak", "red_flags", "pilot", "source"),
)


def questions_csv(role: Role) -> str:
    """A row for each question, by competency, as RFC 4180 has it, with CRLF.

    A cell with several entries has one a line. A cell that a spreadsheet could take for a formula begins with an
    apostrophe.
    """
    text = io.StringIO(newline="")
    # A spreadsheet that parts cells at semicolons would split a cell that is not quoted.
    table = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for competency in role.competencies:
        for question in competency.questions:
            cells = _cells(question, competency, role)
            table.writerow([harmless(cells[column]) for column in COLUMNS])
    return text.getvalue()


def _cells(question: Question, competency: AssessedCompetency, role: Role) -> Mapping[str, str]:
    least, most = question.minutes.least, question.minutes.most
    asked_in = [stage.id for stage in role.stages if question.id in [asked.question.id for asked in stage.questions]]
    lists = {
        "levels": question.levels,
        "asked_in": asked_in,
        "materials": question.materials,
        "probes": question.probes,
        "strong": question.strong,
        "weak": question.weak,
        "red_flags": question.red_flags,
    }
    return {
        "id": question.id,
        "competency": competency.id,
        "competency_name": plain(competency.competency.name),
        "importance": competency.use.importance,
        "kind": question.kind,
        "minutes": str(most) if least == most else f"{least}-{most}",
        "send_in_advance": "yes" if question.send_in_advance else "",
        "setup": plain(question.setup or ""),
        "text": plain(question.text),
        "pilot": plain(question.pilot or ""),
        "source": question.source or "",
        **{name: "\n".join(map(plain, entries)) for name, entries in lists.items()},
    }
