"""Languages: complete files of phrases, voices, and what candidates get in two languages."""

from __future__ import annotations

import io
import json
import re
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from jdgen.assets import TEMPLATES
from jdgen.build import files_of
from jdgen.kit import stages_of
from jdgen.load import Library
from jdgen.notation import Notation
from jdgen.phrases import _found, _names, load_phrases
from jdgen.problem import JdgenError
from jdgen.render import Renderer
from jdgen.request import Request, targets_of
from jdgen.resolve import resolve_role
from jdgen.source import read_source
from jdgen.write import document_bytes
from jdgen.write.tree import parsed
from tests import cook
from tests.test_words import words_of_docx, words_of_markdown

LANGUAGES = ("ar", "de", "en", "en-GB", "es", "fr", "ja", "pt-BR")
COMPLETE = ("ar", "de", "es", "fr", "ja", "pt-BR")
VOICES = (("de", "informal"), ("en", "formal"), ("es", "informal"), ("fr", "informal"))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PLURAL = re.compile(r"\.(zero|one|two|few|many)\Z")


def texts(stem: str) -> dict[str, str]:
    source = read_source(TEMPLATES / "locales" / f"{stem}.yaml", stem)
    return {key: text for key, (_, text) in _found(source).items()}


ENGLISH = texts("en")


def missing(found: dict[str, str]) -> list[str]:
    return [key for key in ENGLISH if key not in found and not PLURAL.search(key)]


@pytest.mark.parametrize("language", COMPLETE)
def test_a_file_has_every_phrase_in_the_order_of_english(language: str) -> None:
    found = texts(language)
    assert missing(found) == []
    bases = [key for key in found if not PLURAL.search(key)]
    assert bases == [key for key in ENGLISH if not PLURAL.search(key)]


def test_a_phrase_that_is_missing_is_found() -> None:
    found = texts("fr")
    del found["section.pay"]
    assert missing(found) == ["section.pay"]


@pytest.mark.parametrize("language", COMPLETE)
def test_a_phrase_with_a_count_has_what_the_language_tells_apart(language: str) -> None:
    """Each plural form that English or the language's rule needs: 1 is said apart where English says it apart."""
    found, notation = texts(language), Notation(language)
    needed = {notation.plural(str(count)) for count in range(1, 120)} - {"other"}
    counted = [key.removesuffix(".one") for key in ENGLISH if key.endswith(".one")]
    lacking = [f"{key}.{form}" for key in counted for form in sorted(needed) if f"{key}.{form}" not in found]
    assert lacking == []
    useless = [key for key in found if (match := PLURAL.search(key)) and match[1] not in needed | {"zero"}]
    assert useless == []


@pytest.mark.parametrize("language", COMPLETE)
def test_names_in_braces_are_those_of_english(language: str) -> None:
    for key, text in texts(language).items():
        wanted = _names(ENGLISH[PLURAL.sub("", key)]) or set()
        assert _names(text) == wanted or (PLURAL.search(key) and (_names(text) or set()) <= wanted), key


@pytest.mark.parametrize("language", COMPLETE)
def test_phrases_are_translated(language: str) -> None:
    """No phrase of three words or more is still English."""
    found = texts(language)
    said = ((key, text, re.sub(r"\{\w+\}", "", text)) for key, text in found.items())
    same = [key for key, text, own in said if len(re.findall(r"[A-Za-z]{3,}", own)) > 2 and text == ENGLISH.get(key)]
    assert same == []


@pytest.mark.parametrize(("language", "voice"), VOICES)
def test_a_voice_says_otherwise_what_it_has(language: str, voice: str) -> None:
    base, found = texts(language), texts(f"{language}.{voice}")
    assert found
    assert [key for key in found if PLURAL.sub("", key) not in base] == []
    assert [key for key, text in found.items() if base.get(key) == text] == []
    plurals = [key for key in base if PLURAL.search(key) and PLURAL.sub("", key) in found and key not in found]
    assert plurals == []


def test_british_english_lies_over_american() -> None:
    british = load_phrases("en-GB", (Path("nowhere"), TEMPLATES))
    assert british.text("qualification.kind.license") == "licence"
    assert british.text("section.pay") == ENGLISH["section.pay"]
    assert load_phrases("en", (Path("nowhere"), TEMPLATES)).text("qualification.kind.license") == "license"
    assert {key for key, text in texts("en-GB").items() if text == ENGLISH[key]} == set()


def test_own_phrases_lie_over_shipped_ones(tmp_path: Path) -> None:
    folder = tmp_path / "locales"
    folder.mkdir()
    (folder / "en.yaml").write_text("section.pay: Money\nqualification.kind.license: permit\n", encoding="utf-8")
    (folder / "en.formal.yaml").write_text("section.pay: Remuneration\n", encoding="utf-8")
    plain = load_phrases("en-GB", (tmp_path, TEMPLATES))
    assert (plain.text("section.pay"), plain.text("qualification.kind.license")) == ("Money", "permit")
    assert load_phrases("en", (tmp_path, TEMPLATES), "formal").text("section.pay") == "Remuneration"


def test_a_voice_alone_is_no_language(tmp_path: Path) -> None:
    (tmp_path / "locales").mkdir()
    (tmp_path / "locales" / "cy.formal.yaml").write_text("section.pay: Cyflog\n", encoding="utf-8")
    with pytest.raises(JdgenError) as caught:
        load_phrases("cy", (tmp_path, TEMPLATES), "formal")
    assert caught.value.problems[0].code == "locale.unknown"


def test_the_company_sets_the_voice() -> None:
    renderer, kind = Renderer(), Renderer().kinds["job-description"]

    def text(**fields: Any) -> str:
        company = cook.company({**cook.company_tree(), **fields})
        role = resolve_role(cook.role_spec(cook.role_tree()), company=company, language="de")
        return renderer.render(role, kind, "ad").text

    formal, informal = text(), text(voice="informal")
    assert formal != informal
    assert "Ihre Aufgaben" in formal or "Sie " in formal
    assert re.search(r"\b(?:du|dich|dir|deine?)\b", informal, re.IGNORECASE)
    assert text(voice="formal") == formal


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_document_in_every_language(language: str) -> None:
    """Nothing is missing, and the Word file has the words of the Markdown."""
    renderer = Renderer()
    role = resolve_role(
        cook.role_spec(cook.role_tree()), company=cook.company(), posting=cook.posting(), language=language
    )
    for kind in renderer.kinds.values():
        for stage in stages_of(role, kind)[:1]:
            document = renderer.render(role, kind, "x", stage=stage)
            assert document.language == language
            assert words_of_docx(document_bytes(document, "docx")) == words_of_markdown(document.text)
            assert not [word for word in words_of_markdown(document.text) if "**" in word]  # bold beside any sign


def test_the_index_says_which_phrases_nobody_read() -> None:
    files = kit_of({}, language="fr")
    assert "fran\u00e7ais" in files["output/cook/README.md"].decode()
    assert "native" not in kit_of({}, language="en")["output/cook/README.md"].decode()


def kit_of(posting: dict[str, Any], folder: Path | None = None, **asked: Any) -> dict[str, bytes]:
    own = folder or Path(tempfile.mkdtemp())
    (own / "postings").mkdir(exist_ok=True)
    both = {"en": "You cook at noon.", "fr": "Vous cuisinez le midi.", "ar": "تطبخ عند الظهر."}
    (own / "cook.yaml").write_text(json.dumps({**cook.role_tree(), "summary": both}), encoding="utf-8")
    if posting:
        tree = {**cook.posting_tree(), "role": "cook", "language": "fr", **posting}
        tree.pop("company", None)
        tree["locations"] = [{"city": "Bruxelles", "country": "BE"}]
        (own / "postings" / "cook-1.yaml").write_text(json.dumps(tree), encoding="utf-8")
    request = Request(library=Library(own=own), roles=("cook",), posting="cook-1" if posting else None, **asked)
    return {file.path.as_posix(): file.data for file in files_of(targets_of(request), request)}


def test_two_languages_as_two_documents() -> None:
    files = kit_of({"also_in": ["en"]})
    stem = "output/cook/cook-1/cook-1"
    assert "Vous cuisinez le midi." in files[f"{stem}-job-description.md"].decode()
    assert "You cook at noon." in files[f"{stem}-job-description-en.md"].decode()
    assert f"{stem}-candidate-guide-en.docx" in files
    assert f"{stem}-interview-plan-en.md" not in files  # internal documents are in the posting's language
    index = files["output/cook/cook-1/README.md"].decode()
    assert "(anglais)" in index
    assert "cook-1-job-description-en.md" in index


def test_two_languages_in_one_document() -> None:
    files = kit_of({"also_in": ["en", "ar"], "languages_as": "together"})
    assert not [name for name in files if name.endswith("-en.md")]
    data = files["output/cook/cook-1/cook-1-job-description.docx"]
    markdown = files["output/cook/cook-1/cook-1-job-description.md"].decode()
    assert (
        markdown.index("Vous cuisinez") < markdown.index("<!-- language en -->") < markdown.index("You cook at noon.")
    )
    assert words_of_docx(data) == words_of_markdown(markdown)
    body = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))

    def paragraph(words: str) -> etree._Element:
        return next(p for p in body.iter(f"{W}p") if words in "".join(p.itertext()))

    def tongue(words: str) -> str | None:
        run = next(r for r in paragraph(words).iter(f"{W}r") if words in "".join(r.itertext()))
        marks = run.find(f"{W}rPr/{W}lang")
        return None if marks is None else marks.get(f"{W}val") or marks.get(f"{W}bidi")

    assert tongue("Vous cuisinez le midi.") is None  # the styles say it
    assert tongue("You cook at noon.") == "en"
    assert tongue("تطبخ عند الظهر") == "ar"
    arabic = paragraph("تطبخ عند الظهر")
    assert arabic.find(f"{W}pPr/{W}bidi") is not None
    assert paragraph("You cook at noon.").find(f"{W}pPr/{W}bidi") is None
    titles = [p for p in body.iter(f"{W}p") if p.find(f"{W}pPr/{W}pageBreakBefore") is not None]
    assert len(titles) == 2  # each language begins a page


def test_a_text_that_the_other_language_lacks_is_named() -> None:
    with pytest.raises(JdgenError) as caught:
        kit_of({"also_in": ["de"]})
    (problem,) = caught.value.problems
    assert (problem.code, problem.message) == ("text.language", "no text in 'de'")
    assert problem.line


def test_a_turn_to_another_language_stands_by_itself() -> None:
    with pytest.raises(JdgenError, match="markdown"):
        parsed("- a\n\n  <!-- language fr -->\n\n  b\n")
