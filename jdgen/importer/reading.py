"""A file -> the text of an ad, by the file's sort. Nothing in it is trusted."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jdgen.importer import page, prose
from jdgen.importer.block import Block, literal
from jdgen.importer.structured import JobPosting, job_posting
from jdgen.problem import JdgenError, Problem, nearest, shown
from jdgen.scan import UNFIT

MAX_BYTES = 2 << 20
MAX_WORD = 8 << 20
_META = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)
_DEEP = re.compile("[\ue000-\ue003]")
_WORD_PARTS = re.compile(r"(?:word|customxml|docprops)/.*\.xml|word/_rels/.*|\[content_types\]\.xml|_rels/.*")
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='List Bullet'] => ul > li:fresh
p[style-name='List Bullet 2'] => ul|ol > li > ul > li:fresh
p[style-name='List Bullet 3'] => ul|ol > li > ul|ol > li > ul > li:fresh
p[style-name='List Number'] => ol > li:fresh
p[style-name='List Number 2'] => ul|ol > li > ol > li:fresh
p[style-name='List Number 3'] => ul|ol > li > ul|ol > li > ol > li:fresh
"""
"""What mammoth makes of Word's styles besides what it knows."""


@dataclass(frozen=True)
class Ad:
    """What a file holds: the blocks of its text, and what it says as fields."""

    blocks: tuple[Block, ...]
    title: str = ""
    language: str = ""
    posting: Mapping[str, Any] | None = None


def read_ad(path: Path) -> Ad:
    """What the file at `path` holds. Raises JdgenError if it can't be read."""
    name, suffix = shown(path), path.suffix.lower()
    if suffix not in _READERS:
        hint = nearest(suffix, _READERS) if suffix else f"there is {', '.join(_READERS)}"
        hint = "save it as Word Document (.docx)" if suffix in (".doc", ".rtf", ".odt", ".pages") else hint
        raise JdgenError([Problem("import.format", "is no file that jdgen imports", name, hint=hint)])
    try:
        limit = MAX_WORD if suffix == ".docx" else MAX_BYTES
        data = path.read_bytes() if path.stat().st_size <= limit else None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise JdgenError([Problem("file.unreadable", f"can't be read: {reason}", name)]) from None
    if data is None:
        raise JdgenError([Problem("import.size", "is larger than a job description can be", name)])
    try:
        ad = _READERS[suffix](data)
    except JdgenError as error:
        raise JdgenError(replace(problem, file=name) for problem in error.problems) from None
    if not any(block.words for block in ad.blocks):
        raise JdgenError([Problem("import.empty", "holds no text", name)])
    return ad


def _word(data: bytes) -> Ad:
    """A Word file, once its package has been looked through by the door that filled scorecards come through."""
    import mammoth  # noqa: PLC0415 - only here, and slow to import

    from jdgen.returned.docx import document_of, text_of_part  # noqa: PLC0415 - lxml, where there is no Word file
    from jdgen.returned.package import unpacked  # noqa: PLC0415 - lxml, where no Word file is read

    try:
        parts = {name: text_of_part(part, name) for name, part in unpacked(data, _WORD_PARTS).items()}
        document_of(parts.get("word/document.xml", "<none/>"), "word/document.xml")
    except JdgenError as error:
        raise JdgenError(
            replace(p, code=p.code.replace("scorecard.", "import."), message=p.message.replace("scorecard", "posting"))
            for p in error.problems
        ) from None
    try:
        made = mammoth.convert_to_html(
            io.BytesIO(data), style_map=_STYLES, convert_image=mammoth.images.img_element(lambda _: {"src": ""})
        )
    except Exception:  # whatever a library makes of a file that somebody broke
        raise JdgenError([Problem("import.damaged", "is damaged", hint="open it in Word, and save it anew")]) from None
    return _html(made.value)


def _markdown(data: bytes) -> Ad:
    from jdgen.write.located import as_html  # noqa: PLC0415 - the parser, where there is no Markdown

    text = re.sub(r"\A---\n.*?\n---\n", "", _decoded(data).replace("\r\n", "\n"), count=1, flags=re.DOTALL)
    return _html(as_html(text))


def _page(data: bytes) -> Ad:
    """A page: its JobPosting if it has one, else its main part."""
    root = page.root_of(_decoded(data))
    language = str(root.get("lang") or "")
    for script in root.iter("script"):
        if str(script.get("type")).startswith("application/ld+json") and "JobPosting" in (script.text or ""):
            try:
                return _of_posting(job_posting(str(script.text), ""), language)
            except JdgenError:
                continue  # the page says it, too
    title = next((" ".join(h.text_content().split()) for h in root.iter("h1") if h.text_content().strip()), "")
    return Ad(tuple(page.blocks_of(root)), title, _tag(language))


def _json(data: bytes) -> Ad:
    return _of_posting(job_posting(_decoded(data), ""), "")


def _text(data: bytes) -> Ad:
    return Ad(tuple(prose.blocks_of(_decoded(data))))


def _html(text: str) -> Ad:
    return Ad(tuple(page.blocks_of(page.root_of(f"<body>{text}</body>"))))


def _of_posting(found: JobPosting, language: str) -> Ad:
    is_html = "<" in found.description or "&lt;" in found.description
    text = (
        found.description.replace("&lt;", "<").replace("&gt;", ">")
        if "<" not in found.description
        else found.description
    )
    blocks = list(_html(text).blocks) if is_html else prose.blocks_of(found.description)
    for name, said in found.texts:
        blocks.append(Block("heading", _spaced(name), 2))
        blocks += [Block("text", literal(line)) for line in said.split("\n")]
    return Ad(tuple(blocks), found.title, _tag(found.language or language), found.posting)


def _spaced(name: str) -> str:
    """The name of a property as a heading: `jobBenefits` is `Job benefits`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).capitalize()


def _tag(language: str) -> str:
    """A language tag that a spec can have, as far as one is given."""
    match = re.match(r"([a-zA-Z]{2,3})(?:-[A-Za-z]{4})?(?:[-_]([A-Za-z]{2}))?", language)
    main, region = (match[1].lower(), (match[2] or "").upper()) if match else ("", "")
    return "pt-BR" if (main, region) == ("pt", "BR") else "en-GB" if (main, region) == ("en", "GB") else main


def _decoded(data: bytes) -> str:
    """The text of a file: as its mark or its page says, else UTF-8, else as Windows writes it. Raises JdgenError."""
    meta = _META.search(data[:4096])
    named = meta[1].decode("ascii", "replace") if meta else ""
    marked = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig" if data[:3] == b"\xef\xbb\xbf" else ""
    for encoding in filter(None, (marked, "" if marked else "utf-8", named, "cp1252")):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\0" in text or sum(map(len, UNFIT.findall(text))) > len(text) // 100:
            break
        return _DEEP.sub("", UNFIT.sub(" ", text))
    raise JdgenError([Problem("import.format", "is not text, whatever its name says")])


_READERS: Mapping[str, Callable[[bytes], Ad]] = {
    ".docx": _word,
    ".md": _markdown,
    ".markdown": _markdown,
    ".txt": _text,
    ".html": _page,
    ".htm": _page,
    ".json": _json,
    ".jsonld": _json,
}
