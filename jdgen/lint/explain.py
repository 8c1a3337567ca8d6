"""Rules explained: one on the terminal, all as a page; both from the same data.

`python -m jdgen.lint.explain` writes `RULES.md` anew.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from jdgen.document import anchors
from jdgen.escape import escaped
from jdgen.lint.catalog import FILES, rule_file
from jdgen.lint.rule import Citation, Guarantee, Rule, RuleFile
from jdgen.problem import JdgenError, Problem, nearest
from jdgen.write.file import write_file

PAGE = Path(__file__).parents[2] / "RULES.md"
WIDTH = 120
_WRAP = 100  # the rest is for signs that Markdown needs and for the indentation
_VERIFIED = {
    "seen": "read in a primary or official text",
    "secondary": "read in a summary of the source, not in the source itself",
    "partial": "read in part",
    "own": "from the author's own knowledge, not verified",
    "convention": "a choice of jdgen's; no study fixes the number",
    "measured": "computed or simulated",
}
_SEVERITIES = {
    "error": "mend it: the exit code is 1",
    "warning": "read it; with `--strict` the exit code is 1",
    "info": "for information; it never fails",
}
_IGNORING = (
    ("YAML, on the line or above it", "# jdgen: ignore[{code}] reason"),
    ("YAML, for the whole file", "# jdgen: ignore-file[{code}] reason"),
    ("Markdown, on the line or above it", "<!-- jdgen: ignore[{code}] reason -->"),
)
_COMPANY = "For all of a company: {} in the company's file."


def explained(code: str, files: Sequence[RuleFile] | None = None) -> str:
    """What there is to know of a rule or a guarantee, by its code in any case; of a prefix, the codes that it begins.

    `files` are the shipped ones if not given. Raises JdgenError if no code is or begins like that.
    """
    files = _shipped() if files is None else files
    wanted = code.strip().casefold()
    known = _by_code(files)
    if wanted in known:
        return _explained(*known[wanted])
    begun = [entry for key, (entry, _) in sorted(known.items()) if wanted and key.startswith(wanted)]
    if begun:
        return "".join(f"{line}\n" for line in _listed(begun))
    hint = nearest(code.strip(), [entry.code for entry, _ in known.values()])
    raise JdgenError([Problem("rule.unknown", f"there is no rule '{code}'", hint=hint)])


def page(files: Sequence[RuleFile] | None = None) -> str:
    """The page of all rules, as Markdown; `files` are the shipped ones if not given."""
    files = _shipped() if files is None else files
    titles = dict(zip([file.title for file in files], anchors(file.title for file in files), strict=True))
    links = [f"- [{escaped(title)}](#{anchor})" for title, anchor in titles.items()]
    blocks = [*_intro(), "\n".join(links)]
    for file in files:
        blocks += _chapter(file)
    return "\n\n".join(blocks) + "\n"


def _shipped() -> list[RuleFile]:
    return [rule_file(name) for name in FILES]


def _by_code(files: Sequence[RuleFile]) -> dict[str, tuple[Rule | Guarantee, RuleFile]]:
    """Each rule and guarantee, by its code without case, with its file. A rule goes before a guarantee."""
    known: dict[str, tuple[Rule | Guarantee, RuleFile]] = {}
    for file in files:
        known |= {kept.code.casefold(): (kept, file) for kept in file.guarantees}
    for file in files:
        known |= {rule.code.casefold(): (rule, file) for rule in file.rules}
    return known


# --- on the terminal --------------------------------------------------------------------------


def _explained(entry: Rule | Guarantee, file: RuleFile) -> str:
    blocks = _rule(entry, file) if isinstance(entry, Rule) else _guarantee(entry)
    return "\n\n".join(blocks) + "\n"


def _guarantee(kept: Guarantee) -> Iterator[str]:
    yield _wrapped(f"{kept.code}: every kit keeps this: {kept.rule}")
    yield _part("How", kept.kept)


def _rule(rule: Rule, file: RuleFile) -> Iterator[str]:
    yield f"{rule.code}  {rule.severity}\n{_wrapped(rule.rule)}"
    yield _part("Why", rule.why)
    yield _part("Instead", rule.instead)
    yield _part("Evidence", _evidence(rule))
    if rule.sources:
        yield _part("Sources", *(_cited(citation) for citation in _citations(rule, file)))
    yield _part("As of", file.as_of)
    if rule.places:
        yield _part("Where", ", ".join(rule.places))
    if rule.note:
        yield _part("Note", rule.note)
    yield f"Fails\n{_example(rule, rule.bad[0])}"
    yield f"Passes\n{_example(rule, rule.good[0])}"
    yield "Ignore it, with a reason\n" + "\n".join(_ways(rule.code))


def _listed(entries: Iterable[Rule | Guarantee]) -> Iterator[str]:
    """A line for each entry, in columns."""
    rows = [(one.code, one.severity if isinstance(one, Rule) else "kept", one.rule) for one in entries]
    width = max(len(code) for code, _, _ in rows)
    return (f"{code:<{width}}  {severity:<7}  {rule}" for code, severity, rule in rows)


def _part(title: str, *texts: str) -> str:
    return "\n".join([title, *(_wrapped(text, "  ") for text in texts)])


def _wrapped(text: str, indent: str = "") -> str:
    return "\n".join(indent + line for line in _lines(text))


def _lines(text: str) -> list[str]:
    """Text in lines that fit; a link is never broken."""
    return textwrap.wrap(" ".join(text.split()), _WRAP, break_long_words=False, break_on_hyphens=False)


def _evidence(rule: Rule) -> str:
    meaning = _VERIFIED.get(rule.verified)
    return f"{rule.evidence}; verified: {rule.verified}{f' ({meaning})' if meaning else ''}"


def _citations(rule: Rule, file: RuleFile) -> list[Citation]:
    return [file.sources.get(id) or Citation(cite=id, url=None) for id in rule.sources]


def _cited(citation: Citation) -> str:
    return f"{citation.cite} {citation.url}" if citation.url else citation.cite


def _example(rule: Rule, text: str) -> str:
    """A text in quotes; a part of a file as it is, indented."""
    return _wrapped(f'"{text}"', "  ") if rule.of == "text" else textwrap.indent(text.strip("\n"), "  ")


def _ways(code: str) -> Iterator[str]:
    for where, comment in _IGNORING:
        yield f"  {where + ':':<35} {comment.format(code=code)}"
    yield "  " + _COMPANY.format("'ignore:' under 'lint:'")


# --- as a page --------------------------------------------------------------------------------


def _intro() -> Iterator[str]:
    yield "# Rules"
    yield "<!-- Made from jdgen/lint/data by `python -m jdgen.lint.explain`; don't edit. -->"
    yield _filled(
        "What `jdgen lint` looks at, and why. `jdgen lint --explain CODE` says the same of one rule on the terminal."
        " A code is stable: its letters say what it is about, and it is what `--select` and `--ignore` take."
    )
    yield _filled(
        "**A clean run is no legal clearance.** The rules find some of what is risky or hard to read; they can't find"
        " all of it, and they don't say that a posting or a question is lawful. Laws change: each file of rules says on"
        " which day its facts were read."
    )
    yield _table(("Severity", "Means"), _SEVERITIES.items())
    yield _filled("A rule says how strong the evidence for it is, and how its source was verified:")
    yield _table(("Verified", "Means"), ((name, meaning) for name, meaning in _VERIFIED.items()))
    yield _filled("A finding is ignored with its reason beside it; without a reason it stays:")
    comments = [(where, f"`{comment.format(code='CODE')}`") for where, comment in _IGNORING]
    yield _table(("Where", "Comment"), comments)
    yield _COMPANY.format("`ignore:` under `lint:`")


def _chapter(file: RuleFile) -> Iterator[str]:
    yield f"## {escaped(file.title)}"
    yield f"Facts as of {escaped(file.as_of)}."
    if file.rules:
        yield _table(
            ("Code", "Severity", "Rule"),
            ((f"[{one.code}](#{one.code.lower()})", one.severity, escaped(one.rule)) for one in file.rules),
        )
    if file.guarantees:
        yield "What every kit keeps by how it is made, so that no rule has to look:"
        yield _table(
            ("Code", "Asked", "Kept"),
            ((escaped(one.code), escaped(one.rule), escaped(one.kept)) for one in file.guarantees),
        )
    for rule in file.rules:
        yield from _section(rule, file)


def _section(rule: Rule, file: RuleFile) -> Iterator[str]:
    yield f"### {rule.code}"
    yield _prose("", rule.rule)
    points = [
        _prose("- Severity: ", rule.severity),
        _prose("- Why: ", rule.why),
        _prose("- Instead: ", rule.instead),
        _prose("- Evidence: ", _evidence(rule)),
        *(_source(citation) for citation in _citations(rule, file)),
        *([_prose("- Where: ", ", ".join(rule.places))] if rule.places else []),
        *([_prose("- Note: ", rule.note)] if rule.note else []),
    ]
    if rule.of == "text":
        points += [_prose("- Fails: ", f'"{rule.bad[0]}"'), _prose("- Passes: ", f'"{rule.good[0]}"')]
    yield "\n".join(points)
    if rule.of != "text":
        yield f"Fails:\n\n{_fenced(rule, rule.bad[0])}"
        yield f"Passes:\n\n{_fenced(rule, rule.good[0])}"


def _prose(label: str, text: str) -> str:
    """Plain text as Markdown in lines that fit; those after a list item's first are indented."""
    indent = "  " if label.startswith("- ") else ""
    return label + f"\n{indent}".join(escaped(line) for line in _lines(text))


def _source(citation: Citation) -> str:
    text = _prose("- Source: ", citation.cite)
    return f"{text}\n  <{citation.url}>" if citation.url else text


def _fenced(rule: Rule, example: str) -> str:
    """An example as code, between more backticks than it has in a row."""
    longest = max((len(ticks) for ticks in re.findall("`+", example)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{'markdown' if rule.of == 'description' else 'yaml'}\n{example.strip(chr(10))}\n{fence}"


def _filled(markdown: str) -> str:
    """Markdown of ours in lines that fit."""
    return textwrap.fill(markdown, WIDTH, break_long_words=False, break_on_hyphens=False)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown already."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


if __name__ == "__main__":
    write_file(PAGE, page().encode())
