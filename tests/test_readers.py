"""Every word of a Word file is found by readers that know nothing of us: docx2python, pandoc, LibreOffice.

Mammoth reads every document in `test_words`; these read every kind of document, of one role and of the
fixtures. They find the words of the Markdown, each as often, and no others but those of headers, footers,
lists' marks and alternative texts. Order is mammoth's matter, since a reader may set headers first.
"""

from __future__ import annotations

import io
import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from docx2python import docx2python

from tests.faults import DOCUMENT, changed, packed, unpacked
from tests.programs import program
from tests.test_words import PAIRS, words_of_markdown
from tests.word_file import W, WordFile, value, without_words_of_pictures

DOCUMENTS = {
    name.replace("/", "-"): (markdown, word)
    for name, markdown, word in PAIRS
    if (name.startswith("ai-engineer/ai-engineer-") and "2027" not in name) or "/" not in name
}
FAULTY = "posting-charge-nurse-night-job-description.docx"
_MARK = re.compile(r"(?:\d+|[a-z]|[ivx]+)[.)]|[•·–◦▪*:|-]|\+?[-=:+]{2,}")
"""What readers set for a list's numbers and bullets, and for the rules of tables."""
_MARKUP = re.compile(r'<a href="[^"]*">|</a>|----Image alt text---->.*?<----.*?----')
"""What docx2python sets for links, and for a logo."""


def differences(markdown: bytes, word: bytes, read: str) -> list[str]:
    """What a reader did not find, or found beside the Markdown; empty if it read every word."""
    wanted, found = Counter(words_of_markdown(markdown.decode())), Counter(_words(read))
    missing, more = wanted - found, found - wanted - Counter(_around(word))
    return [
        *(f"{text!r} is missing" for text in missing.elements()),
        *(f"{text!r} is not in the Markdown" for text in more.elements() if not _MARK.fullmatch(text)),
    ]


def _words(text: str) -> list[str]:
    return re.sub("[\u00a0\ufeff☐☒]", " ", text).split()


def _around(data: bytes) -> list[str]:
    """The words of headers and footers, and of the alternative texts of tables."""
    word = WordFile(data)
    around = [story for name, story in word.stories.items() if name != DOCUMENT]
    said = [" ".join(node.text or "" for node in story.iter(f"{W}t")) for story in around]
    said += [value(described) for described in word.document.iter(f"{W}tblDescription")]
    return _words(" ".join(said))


# --- the readers ------------------------------------------------------------------------------


def by_docx2python(word: bytes) -> str:
    with docx2python(io.BytesIO(without_words_of_pictures(word))) as read:
        return _MARKUP.sub("", read.text)


def by_pandoc(pandoc: str, word: bytes, folder: Path) -> str:
    """With the template, since pandoc takes a title and subtitle out of the text."""
    template = folder / "template.txt"
    template.write_text("$title$\n\n$subtitle$\n\n$body$\n", encoding="utf-8")
    command = [pandoc, "--from=docx", "--to=plain", "--wrap=none", "--columns=999", f"--template={template}"]
    return subprocess.run(command, input=word, capture_output=True, check=True).stdout.decode()


@pytest.fixture(scope="session")
def by_libreoffice(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """All documents and a faulty one, read in one call: it is the start that takes time."""
    soffice, folder = program("soffice"), tmp_path_factory.mktemp("libreoffice")
    for name, data in {**{name: word for name, (_, word) in DOCUMENTS.items()}, "faulty.docx": faulty()}.items():
        (folder / name).write_bytes(data)
    subprocess.run(
        [
            soffice,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            *("--convert-to", "txt:Text (encoded):UTF8"),
            *("--outdir", str(folder)),
            *sorted(str(path) for path in folder.glob("*.docx")),
        ],
        capture_output=True,
        check=True,
        timeout=300,
    )
    return {path.with_suffix(".docx").name: path.read_text(encoding="utf-8-sig") for path in folder.glob("*.txt")}


# --- what they find ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", DOCUMENTS)
def test_docx2python_finds_every_word(name: str) -> None:
    markdown, word = DOCUMENTS[name]
    assert differences(markdown, word, by_docx2python(word)) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_pandoc_finds_every_word(name: str, tmp_path: Path) -> None:
    markdown, word = DOCUMENTS[name]
    assert differences(markdown, word, by_pandoc(program("pandoc"), word, tmp_path)) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_libreoffice_finds_every_word(name: str, by_libreoffice: dict[str, str]) -> None:
    assert differences(*DOCUMENTS[name], by_libreoffice[name]) == []


# --- negative controls ------------------------------------------------------------------------


def faulty() -> bytes:
    """A job description in which one word of the text is dropped and another is added."""
    parts = unpacked(DOCUMENTS[FAULTY][1])
    start = '(<w:pStyle w:val="Subtitle"/>.*?<w:t[^>]*>)'
    return packed({**parts, DOCUMENT: changed(parts[DOCUMENT], start + r"\S+", r"\1Intruder")})


def assert_found(read: str) -> None:
    found = differences(*DOCUMENTS[FAULTY], read)
    assert len(found) == 2, found
    assert found[0].endswith("is missing")
    assert found[1] == "'Intruder' is not in the Markdown"


def test_docx2python_shows_a_word_that_is_missing() -> None:
    assert_found(by_docx2python(faulty()))


def test_pandoc_shows_a_word_that_is_missing(tmp_path: Path) -> None:
    assert_found(by_pandoc(program("pandoc"), faulty(), tmp_path))


def test_libreoffice_shows_a_word_that_is_missing(by_libreoffice: dict[str, str]) -> None:
    assert_found(by_libreoffice["faulty.docx"])


def test_a_word_twice_is_not_a_word_once() -> None:
    markdown, word = DOCUMENTS[FAULTY]
    text = " ".join(words_of_markdown(markdown.decode()))
    assert differences(markdown, word, text) == []
    first = text.split()[0]
    assert f"{first!r} is missing" in differences(markdown + first.encode(), word, text)


def test_a_program_that_is_missing_skips_here_and_fails_on_ci(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt-get install pandoc"):
        program("pandoc")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="apt-get install pandoc"):
        program("pandoc")
