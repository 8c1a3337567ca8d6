"""Filled scorecards -> one sheet for each candidate's debrief."""

from __future__ import annotations

import difflib
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from jdgen.document import DEBRIEF
from jdgen.kit import KitFile, document_files, kit_stem, with_pdf
from jdgen.load import Library
from jdgen.panel import Panel, panel_of
from jdgen.problem import JdgenError, Problem, in_order
from jdgen.render import Renderer
from jdgen.request import Request, Target, resolved
from jdgen.returned import Scorecard, read_scorecard
from jdgen.role import Role
from jdgen.sheet import panel_view
from jdgen.write.file import write_file

SUFFIXES = (".docx", ".md", ".markdown", ".docm", ".doc", ".odt", ".rtf", ".pdf", ".pages")
"""What people send back as scorecards; those that can't be read are named, not passed over."""
_ALIKE = 0.85
"""How alike two names are that may be one person's, by difflib's ratio."""

Kit = tuple[tuple[str, str], ...]
"""What scorecards of one kit have in common: role, level, posting, company."""


@dataclass(frozen=True)
class DebriefRequest:
    """What to read, from where, to where."""

    files: tuple[Path, ...]
    """Scorecards, and folders of them."""
    formats: tuple[str, ...] = ("md", "docx")
    output: Path = Path("debriefs")
    library: Library = field(default_factory=Library)
    templates: Path = Path("templates")


@dataclass(frozen=True)
class Debriefed:
    """What came of a request."""

    files: tuple[Path, ...]
    changed: tuple[Path, ...]
    candidates: int
    scorecards: int
    problems: tuple[Problem, ...]
    """Files that could not be read, and values that could not be told."""


def debrief(request: DebriefRequest) -> Debriefed:
    """Reads filled scorecards, and writes one sheet for each candidate and kit.

    A scorecard that can't be read does not stop the others. Raises JdgenError if none can.
    """
    cards, problems = _read(_expanded(request.files))
    kits, unplaced = _by_kit(cards)
    problems += unplaced
    renderer = Renderer(request.templates)
    files: list[KitFile] = []
    stems: set[str] = set()
    count = 0
    for kit, candidates in kits.items():
        try:
            role = _role(kit, request)
        except JdgenError as error:
            problems += _without_role(error, [card for cards in candidates.values() for card in cards])
            continue
        panels = _panels(role, candidates, problems)
        for panel, doubts in panels:
            stem = _stem(kit, role, panel.candidate, stems)
            seen = panel_view(panel, [other for other, _ in panels], doubts)
            document = renderer.render(role, DEBRIEF, stem, subject=panel.candidate, panel=seen)
            files += document_files(document, request.output, request.formats, request.templates)
        count += len(panels)
    if not files:
        hint = "jdgen debrief FILE..."
        raise JdgenError(problems or [Problem("debrief.nothing", "no scorecards are named", hint=hint)])
    files = with_pdf(files)
    changed = tuple(file.path for file in files if write_file(file.path, file.data, request.output))
    problems += [problem for file in files for problem in file.problems]
    return Debriefed(tuple(file.path for file in files), changed, count, len(cards), tuple(in_order(problems)))


def _panels(
    role: Role, candidates: Mapping[str, Sequence[Scorecard]], problems: list[Problem]
) -> list[tuple[Panel, list[Problem]]]:
    """The panel of each candidate, with what its sheet says could not be told; adds to `problems`."""
    panels = []
    for given in candidates.values():
        cards, twice = _once(given)
        problems += twice
        if cards:
            doubts = [*twice, *(problem for card in cards for problem in card.problems)]
            panels.append((panel_of(role, _name(cards), cards), doubts))
    problems += _alike([panel.candidate for panel, _ in panels])
    problems += [warning for panel, _ in panels for warning in _warnings(panel)]
    return panels


# --- which scorecards ------------------------------------------------------------------------------


def _expanded(paths: Iterable[Path]) -> Iterator[Path]:
    """The files, and the scorecards in folders; each once."""
    seen = set()
    for path in paths:
        for file in _inside(path):
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


def _inside(path: Path) -> list[Path]:
    """The scorecards in a folder; a file, or a folder that can't be read, as it is, for the reader to judge."""
    try:
        inside = [child for child in sorted(path.iterdir()) if _is_scorecard(child)] if path.is_dir() else [path]
    except OSError:
        return [path]
    return inside or [path]


def _is_scorecard(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~$"))


def _read(paths: Iterable[Path]) -> tuple[list[Scorecard], list[Problem]]:
    cards: list[Scorecard] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            cards.append(read_scorecard(path))
        except JdgenError as error:
            problems += error.problems
    problems += [problem for card in cards for problem in card.problems]
    return cards, problems


def _by_kit(cards: Iterable[Scorecard]) -> tuple[dict[Kit, dict[str, list[Scorecard]]], list[Problem]]:
    """The scorecards by kit and candidate, and what is wrong with those that name no candidate."""
    kits: dict[Kit, dict[str, list[Scorecard]]] = {}
    problems: list[Problem] = []
    for card in cards:
        name = str(card.values.get("candidate", ""))
        if not _key(name):
            if "candidate" not in card.untold:
                hint = "fill in the candidate's name"
                problems.append(Problem("debrief.no-candidate", "does not say whom it is about", card.file, hint=hint))
            continue
        kit = tuple((key, card.about[key]) for key in ("role", "level", "posting", "company") if card.about.get(key))
        kits.setdefault(kit, {}).setdefault(_key(name), []).append(card)
    return kits, problems


def _once(cards: Sequence[Scorecard]) -> tuple[list[Scorecard], list[Problem]]:
    """Each interviewer's scorecard of a stage once. Two that differ are left out: nobody can tell which holds."""
    held: dict[tuple[str, str], list[Scorecard]] = {}
    for card in cards:
        interviewer = _key(str(card.values.get("interviewer", ""))) or card.file
        held.setdefault((interviewer, card.about.get("stage", "")), []).append(card)
    kept: list[Scorecard] = []
    problems: list[Problem] = []
    for group in held.values():
        if all(card.values == group[0].values for card in group):
            kept.append(group[0])
            continue
        others = ", ".join(card.file for card in group[1:])
        message = f"differs from {others}, by the same interviewer for the same stage; neither is counted"
        problems.append(Problem("debrief.twice", message, group[0].file, hint="name only the one that holds"))
    return kept, problems


def _key(name: str) -> str:
    """A name as it is compared: case, accents' encoding and white space do not tell people apart."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _plain(name: str) -> str:
    """A name without accents, which people leave out."""
    return "".join(c for c in unicodedata.normalize("NFKD", _key(name)) if not unicodedata.combining(c))


def _warnings(panel: Panel) -> Iterator[Problem]:
    """What does not fit together in a panel, beside what its sheet says of it."""
    if panel.is_mixed:
        kits = "; ".join(f"{version}: {', '.join(names)}" for version, names in panel.versions.items())
        message = f"the scorecards of {panel.candidate} are not all of the kit's present version ({kits})"
        yield Problem("debrief.versions", message, hint=f"it is {panel.role.version}", severity="warning")
    for name, stage in panel.strangers:
        message = f"the scorecard of {name} is of the stage '{stage}', which the role does not have"
        yield Problem("debrief.stage", message, severity="warning")


def _name(cards: Sequence[Scorecard]) -> str:
    """The candidate's name as it is written most often, the first of equals."""
    names = [" ".join(str(card.values["candidate"]).split()) for card in cards]
    return max(names, key=lambda name: (names.count(name), -names.index(name)))


def _alike(names: Sequence[str]) -> Iterator[Problem]:
    """Names so alike that they may be one person's."""
    for one, other in combinations(names, 2):
        if difflib.SequenceMatcher(None, _plain(one), _plain(other)).ratio() >= _ALIKE:
            message = f"'{one}' and '{other}' are taken for two candidates"
            hint = "if they are one, write the name alike in all scorecards"
            yield Problem("debrief.alike", message, hint=hint, severity="warning")


def _role(kit: Kit, request: DebriefRequest) -> Role:
    """The role as its specs say today. Raises JdgenError."""
    about = dict(kit)
    target = Target(about["role"], about.get("level"), about.get("posting"))
    return resolved(target, Request(company=about.get("company"), library=request.library))


def _without_role(error: JdgenError, cards: Sequence[Scorecard]) -> Iterator[Problem]:
    """Why no sheet can be made of some scorecards: each is named once."""
    first, *others = error.problems
    for card in cards:
        yield Problem("debrief.role", f"is of a kit that can't be built: {first.message}", card.file, hint=first.hint)
    if first.file:
        yield first
    yield from others


def _stem(kit: Kit, role: Role, candidate: str, taken: set[str]) -> str:
    """A sheet's file name without suffix, none of those that are `taken`, to which it is added."""
    ascii_name = unicodedata.normalize("NFKD", candidate).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_name.lower()).strip("-")[:40]
    mark = hashlib.sha256(f"{kit}{_key(candidate)}".encode()).hexdigest()[:6]
    stem = f"{kit_stem(role)}-debrief-{slug or 'candidate'}"
    # The name of a file says the same of one candidate each time, whoever else there is.
    stem = f"{stem}-{mark}" if slug != _key(candidate).replace(" ", "-") or stem in taken else stem
    taken.add(stem)
    return stem
