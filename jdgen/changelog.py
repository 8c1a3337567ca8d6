"""Changes of kits as a document: Markdown for a pull request, Word for people who read no git."""

from __future__ import annotations

from collections.abc import Iterator

from jdgen.changes import Changes, FileChanges, KitChange, Told
from jdgen.document import Document, DocumentKind
from jdgen.escape import escaped

CHANGES = DocumentKind("changes")
NONE = "Nothing changed that kits are made of."


def changes_document(found: Changes, limit: int | None = None) -> Document:
    """The report, in English; beyond about `limit` characters changes are counted, not shown."""
    title = f"What changed: {found.before} to {found.after}"
    text = "\n".join(_lines(found, title, limit)) + "\n"
    return Document(CHANGES, "changes", title, "Changes", "en", text, footer=title)


def _lines(found: Changes, title: str, limit: int | None) -> Iterator[str]:
    yield f"# {escaped(title)}"
    yield ""
    if not found.files and not found.looks:
        yield NONE
        return
    yield from _kits(found.kits)
    length = 0
    for number, file in enumerate(found.files):
        section = list(_file(file))
        length += sum(len(line) + 1 for line in section)
        if limit is not None and length > limit:
            left = found.files[number:]
            changes = sum(max(1, len(each.told)) for each in left)
            yield f"*{changes} more changes in {len(left)} more files are not shown.*"
            yield ""
            break
        yield from section
    if found.looks:
        yield "## How documents read and look"
        yield ""
        yield "These reach all kits:"
        yield ""
        yield from (f"- {escaped(name)}" for name in found.looks)
        yield ""


def _kits(kits: tuple[KitChange, ...]) -> Iterator[str]:
    if not kits:
        return
    yield "| Kit | Version before | Version after | Filled scorecards |"
    yield "| --- | --- | --- | --- |"
    for kit in kits:
        yield f"| {escaped(kit.name)} | {kit.old or '–'} | {kit.new or '–'} | {_comparable(kit)} |"
    yield ""


def _comparable(kit: KitChange) -> str:
    if not kit.old:
        return "new kit"
    if not kit.new:
        return "no kit any more"
    if kit.old == kit.new:
        return "stay comparable"
    return f"of version {kit.old} are not comparable with new ones"


def _file(file: FileChanges) -> Iterator[str]:
    yield f"## {escaped(file.title)}{'' if file.verb == 'changed' else f': {file.verb}'}"
    yield ""
    if file.kits:
        yield f"Kits: {escaped(', '.join(file.kits))}."
    else:
        yield "No kit uses it."
    yield ""
    for told in file.told:
        yield from _told(told)
    if file.told:
        yield ""


def _told(told: Told) -> Iterator[str]:
    place = f" ({escaped(told.place)})" if told.place else ""
    head = f"- **{told.verb.capitalize()}**: {escaped(told.what)}{place}"
    if told.verb == "changed":
        yield head
        yield f"  - Before: {escaped(told.old)}"
        yield f"  - After: {escaped(told.new)}"
        return
    text = told.new or told.old
    yield f"{head}: {escaped(text)}" if text else head
