"""What the rules find in texts that their author had not seen: python -m tests.evaluation.measure

Prints the tables of README.md beside this file. The texts were written by someone who had not seen the rules, after
these were frozen. Don't tune a rule to them: then they measure nothing any more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from jdgen.lint import inquiry, wording
from jdgen.lint.catalog import rules
from jdgen.lint.page import described, read_page
from jdgen.lint.passage import Passage
from jdgen.lint.rule import Finding
from jdgen.places import Place
from jdgen.source import read_source
from tests.evaluation import mixture

HERE = Path(__file__).parent
_WORD = re.compile(r"[^\W_]+")
CATEGORIES = {
    "years": {"JD-004", "JD-005"},
    "experience-cap": {"JD-005", "JD-004"},
    "degree": {"JD-006"},
    "pay-vague": {"JD-009"},
    "title": {"JD-016"},
    "gendered": {"JD-017", "JD-019"},
    "age": {"JD-019", "JD-020"},
    "age-soft": {"JD-020", "JD-019"},
    "disability": {"JD-021"},
    "ableist-idiom": {"JD-022"},
    "citizenship": {"JD-023"},
    "native-speaker": {"JD-024"},
    "local-experience": {"JD-025"},
    "culture-fit": {"JD-026"},
    "pressure": {"JD-027", "JD-032"},
    "jargon": {"JD-028", "JD-032"},
    "driving-license": {"JD-031"},
    "trait": {"JD-032", "JD-027"},
    "swearing": {"JD-035"},
}
"""By what a reader calls it, the rules that find it."""


class Table(NamedTuple):
    """A table of figures."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __str__(self) -> str:
        lines = [self.head, tuple("---" if i == 0 else "--:" for i in range(len(self.head))), *self.rows]
        return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def loaded(path: Path) -> Any:
    return read_source(path, path.name).data


# --- questions --------------------------------------------------------------------------------


def tier(text: str) -> int:
    """1 or 2 for the tier that finds a question; 0 if none does."""
    codes = {finding.code for finding in inquiry.check(Passage(text, "question", Place(None)))}
    return 0 if not codes else 2 if codes == {inquiry.REVIEW} else 1


def questions() -> Table:
    """How many questions each tier finds, of the risky ones by manner, and of the ordinary ones."""
    risky, ordinary = loaded(HERE / "risky.yaml"), loaded(HERE / "ordinary.yaml")
    sets = {
        f"risky, {manner}": [q for q in risky if q["manner"] == manner] for manner in ("blunt", "indirect", "oblique")
    }
    sets |= {"risky, all": risky, "ordinary": ordinary}
    rows = []
    for name, asked in sets.items():
        tiers = Counter(tier(question["text"]) for question in asked)
        found = tiers[1] + tiers[2]
        rows.append(
            (name, str(len(asked)), str(tiers[1]), str(tiers[2]), f"{found} ({round(100 * found / len(asked))}%)")
        )
    return Table(("questions", "count", "tier 1", "tier 2 only", "either"), tuple(rows))


# --- postings ---------------------------------------------------------------------------------


class Hit(NamedTuple):
    """A finding of wording in a posting."""

    code: str
    severity: str
    words: str


def hits(path: Path) -> list[Hit]:
    """What the patterns of wording find in a posting."""
    whole = described(read_page(path))
    passages = [*([whole.title] if whole.title else []), *whole.passages]
    return [_hit(finding) for passage in passages for finding in wording.check(passage)]


def _hit(finding: Finding) -> Hit:
    words = " ".join(finding.words.split())
    return Hit(finding.code, finding.severity or rules()[finding.code].severity, words)


def _overlap(one: str, other: str) -> bool:
    """Whether one text holds the other, word by word."""
    one, other = (" ".join(["", *_WORD.findall(text.casefold()), ""]) for text in (one, other))
    return one in other or other in one


def postings() -> Table:
    """By category, how many labeled phrases are found, and how many findings have no label."""
    labeled: Counter[str] = Counter()
    found: Counter[str] = Counter()
    stray: Counter[str] = Counter()
    for path, labels in _labeled():
        there = hits(path)
        for label in labels:
            labeled[label["category"]] += 1
            codes = CATEGORIES[label["category"]]
            found[label["category"]] += any(h.code in codes and _overlap(h.words, label["text"]) for h in there)
        for hit in there:
            if not any(_overlap(hit.words, label["text"]) for label in labels):
                stray[hit.severity] += 1
    rows = [(name, str(labeled[name]), str(found[name])) for name in CATEGORIES if labeled[name]]
    total, all_found = sum(labeled.values()), sum(found.values())
    rows.append(("all", str(total), f"{all_found} ({round(100 * all_found / total)}%)"))
    rows += [
        (f"found without a label: {severity}", "", str(stray[severity])) for severity in ("error", "warning", "info")
    ]
    return Table(("in postings", "labeled", "found"), tuple(rows))


def legitimate() -> Table:
    """Of phrases that look like a fault and are none, how many are found, by severity."""
    entries = loaded(HERE / "postings" / "legit.yaml")
    count: Counter[str] = Counter()
    for entry in entries:
        path = next(iter((HERE / "postings").glob(f"{int(entry['file']):02}-*.md")))
        grave = [hit.severity for hit in hits(path) if _overlap(hit.words, entry["text"])]
        count[min(grave, key=["error", "warning", "info"].index, default="none")] += 1
    rows = tuple((severity, str(count[severity])) for severity in ("error", "warning", "info", "none"))
    return Table((f"of {len(entries)} phrases that are fine", "found"), rows)


def _labeled() -> Iterator[tuple[Path, list[dict[str, str]]]]:
    for path in sorted((HERE / "postings").glob("*.md")):
        yield path, loaded(path.with_name(f"{path.name[:2]}.yaml")) or []


def mixed() -> Table:
    """How many postings are found to ask for several roles, of those that do and of those that don't."""
    return Table(("mixed jobs", "count", "found"), tuple(row for half in mixture.HALVES for row in mixture.rows(half)))


def tables() -> str:
    """All tables, as Markdown."""
    return "\n".join(str(table) for table in (questions(), postings(), legitimate(), mixed()))


if __name__ == "__main__":
    print(tables())
