"""Existing job descriptions -> drafts: every word is kept, no number is guessed, junk is refused."""

from __future__ import annotations

import difflib
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from jdgen.build import files_of
from jdgen.importer import Imported, import_file
from jdgen.importer.emitter import as_yaml
from jdgen.importer.wording import languages, section_in
from jdgen.load import Library, load_posting, load_role
from jdgen.problem import JdgenError
from jdgen.request import Request, targets_of
from jdgen.source import Source
from tests.test_words import words_of_markdown

POSTINGS = Path(__file__).parent / "postings"
_WORD = re.compile(r"[^\W_]+")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_CODE = re.compile(r"#[A-Z]{2,3}-[A-Z0-9]+")


def county() -> bytes:
    """A county's posting in Word: headings in capitals, three routes, a table of pay, a nested list."""
    word = docx.Document()
    word.add_paragraph("DEPUTY RECORDS CLERK II").runs[0].bold = True
    word.add_paragraph("Exam No. 0301-14 · Bargaining unit 18/10")
    word.add_paragraph("DEFINITION")
    word.add_paragraph("Under direction, files, certifies & releases public records of Alder County.")
    word.add_paragraph("ESSENTIAL DUTIES")
    word.add_paragraph("Duties include, but are not limited to:")
    for text in ("Certifies copies of deeds and maps", "Answers requests within ten days"):
        word.add_paragraph(text, style="List Bullet")
    word.add_paragraph("by mail", style="List Bullet 2")
    word.add_paragraph("at the counter", style="List Bullet 2")
    word.add_paragraph("MINIMUM QUALIFICATIONS")
    for text in (
        "An associate degree; OR",
        "Two years in a records office; OR",
        "One year in this class AND a certificate",
    ):
        word.add_paragraph(text, style="List Number")
    word.add_paragraph("SALARY")
    table = word.add_table(rows=1, cols=3)
    for cell, text in zip(table.rows[0].cells, ("Step", "Hourly", "Monthly"), strict=True):
        cell.text = text
    for row in (("1", "$24.10", "$4,177"), ("2", "$25.31", "$4,387")):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    word.add_paragraph("HOW TO APPLY")
    last = word.add_paragraph("By 11:59 PM Pacific on February 12, to ")
    last.add_run("records@alder.example.gov").bold = True
    return saved(word)


def baker_ar() -> bytes:
    word = docx.Document()
    word.add_paragraph("خباز أول في مخبز الحي", style="Title")
    word.add_paragraph("نخبز كل ليلة لأربعين بيتًا، ونبحث عن زميل خامس.")
    for heading, items in (
        ("المهام والمسؤوليات", ("تحضير العجين عند منتصف الليل", "تدريب المتدرب", "تسجيل درجات الحرارة")),
        ("المؤهلات المطلوبة", ("خبرة ثلاث سنوات في مخبز", "شهادة صحية سارية")),
        ("المزايا", ("خبز مجاني", "إجازة 30 يومًا")),
    ):
        word.add_heading(heading, 1)
        for text in items:
            word.add_paragraph(text, style="List Bullet")
    return saved(word)


def long_one() -> bytes:
    """Eight thousand words in forty groups of duties."""
    lines = [
        "# Superintendent of Works",
        "",
        "You answer for every site of the district.",
        "",
        "## Responsibilities",
        "",
    ]
    for group in range(40):
        lines += [f"### Site {group}", ""]
        lines += [
            f"- Keeps record {group}x{n} of " + " ".join(f"item{group}n{n}m{m}" for m in range(16)) for n in range(10)
        ]
        lines.append("")
    return "\n".join([*lines, "## Requirements", "", "- A builder's card", ""]).encode()


SPANS = """<h1>Clinic Porter</h1><p>You bring people and samples to where they must be.</p>
<h2>Duties</h2><ul><li>Move patients</li><li>Move samples</li></ul>
<h2>Shifts</h2><table><tr><th>Week</th><th>Shift</th><th>Hours</th></tr>
<tr><td rowspan="2">One</td><td>Early<br>(06:00)</td><td>7.5</td></tr><tr><td>Late</td><td>7.5</td></tr>
<tr><td colspan="2">Two, free</td><td>0</td></tr></table>
<h2>Requirements</h2><dl><dt>Strength</dt><dd>You push a bed uphill.</dd></dl>"""
WINDOWS = "\r\n".join(
    [
        *("Chauffeur·se poids lourd", "", "Nous livrons l’eau à vélo et en camion – 7 tournées.", "", "Missions :", ""),
        *("• Livrer", "• Décharger", "", "Profil :", "", "• Permis C", ""),
    ]
)
MADE: dict[str, Callable[[], bytes]] = {
    "county.docx": county,
    "baker-ar.docx": baker_ar,
    "superintendent.md": long_one,
    "porter.html": SPANS.encode,
    "driver-fr.txt": lambda: WINDOWS.replace("·", "/").encode("cp1252"),
    "driver-utf16.txt": lambda: WINDOWS.encode("utf-16"),
}
NAMES = [*sorted(path.name for path in POSTINGS.iterdir()), *MADE]


def saved(word: Any) -> bytes:
    data = io.BytesIO()
    word.save(data)
    return data.getvalue()


def data_of(name: str) -> bytes:
    return MADE[name]() if name in MADE else (POSTINGS / name).read_bytes()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def imported(file: str, **more: Any) -> Imported:
    Path(file).write_bytes(data_of(file))
    return import_file(Path(file), **{"name": "draft", **more})


def built() -> str:
    """The job description of what was imported, of the posting if there is one."""
    library = Library(own=Path("role_specs"))
    posting = "draft-1" if Path("role_specs/postings/draft-1.yaml").exists() else None
    request = Request(roles=("draft",), posting=posting, kinds=("job-description",), formats=("md",), library=library)
    (file,) = files_of(targets_of(request), request)
    return file.data.decode()


def original(name: str) -> list[str]:
    """The words of a file as its reader sees them, without what stands around it; read by others than the importer."""
    data = data_of(name)
    if name.endswith(".md"):
        text = " ".join(words_of_markdown(data.decode()))
    elif name.endswith(".docx"):
        word = docx.Document(io.BytesIO(data))
        parts = []
        for element in word.element.body.iterchildren():
            rows = element.findall(".//{*}tr") or [element]
            parts += [" ".join("".join(p.itertext("{*}t")) for p in row.iter("{*}p")) for row in rows]
        text = "\n".join(parts)
    elif name.endswith(".txt"):
        text = data.decode("utf-16" if data[:2] == b"\xff\xfe" else "cp1252" if name == "driver-fr.txt" else "utf-8")
        text = re.sub(r"(?m)^\s*(?:[-•]|\d+\.)\s", " ", text)
    else:
        text = visible(name, data.decode())
    return words(_CODE.sub(" ", text))


def visible(name: str, text: str) -> str:
    if name.endswith(".jsonld") or "ld+json" in text:
        found = (
            json.loads(text)
            if name.endswith(".jsonld")
            else json.loads(re.search(r"<script[^>]*>(.*?)</script>", text, re.DOTALL)[1])
        )  # type: ignore[index]  # each of these pages has one
        posting = found["@graph"][1] if "@graph" in found else found
        benefits = posting.get("jobBenefits", [])
        return "\n".join([posting["title"], shown(posting["description"]), *benefits])
    return shown(text)


def shown(text: str) -> str:
    root = html.fromstring(f"<div>{text}</div>")
    for element in root.xpath("//script|//nav|//footer|//title|//*[contains(@class, 'cookie')]|//header"):
        element.drop_tree()
    for element in root.iter():
        element.tail = f" {element.tail or ''}"
    return str(root.text_content())


def words(text: str) -> list[str]:
    """Words, and single characters of scripts without spaces."""
    return [part for word in _WORD.findall(text) for part in (list(word) if _WIDE.search(word) else [word])]


def lost(before: list[str], after: list[str]) -> Counter[str]:
    return Counter(before) - Counter(after)


def in_order(before: list[str], after: list[str]) -> float:
    """The share of the words that stand in the same order."""
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(before)


@pytest.mark.parametrize("name", NAMES)
def test_every_word_is_kept_in_order(name: str, folder: Path) -> None:
    imported(name)
    before, after = original(name), words(" ".join(words_of_markdown(built())))
    assert lost(before, after) == Counter()
    if len(before) < 3000:  # the matcher is quadratic
        assert in_order(before, after) > 0.9


def test_a_lost_or_moved_word_is_found(folder: Path) -> None:
    imported("director.md")
    before, text = original("director.md"), built()
    assert lost(before, words(text.replace("forecasts", "", 1))) == Counter(["forecasts"])
    turned = "\n".join(reversed(text.splitlines()))
    assert in_order(before, words(turned)) < 0.9


def test_five_formats_and_more_than_four_languages(folder: Path) -> None:
    suffixes, tongues = set(), set()
    for name in NAMES:
        (folder / "role_specs").mkdir(exist_ok=True)
        stem = f"x{len(tongues)}-{len(suffixes)}-{NAMES.index(name)}"
        imported(name, name=stem)
        suffixes.add(Path(name).suffix)
        tongues.add(load_role(stem, Library(own=Path("role_specs"))).language)
    assert suffixes >= {".docx", ".md", ".txt", ".html", ".jsonld"}
    assert tongues >= {"en", "de", "fr", "ja", "ar", "es", "pt-BR"}


def test_a_draft_is_what_a_person_would_write(folder: Path) -> None:
    done = imported("freight-startup.md")
    text = Path("role_specs/draft.yaml").read_text(encoding="utf-8")
    assert "  - title: Every week you will\n    items:\n" in text
    assert "summary: |-\n  📍 Berlin" in text
    assert "# Belongs in the company's file, as `benefits`.\n  - title: Benefits\n" in text
    assert "    - '5+ years with C++ or C#, or a degree'\n    - SQL | NoSQL\n" in text
    assert [note.code for note in done.notes] == ["import.kept", "import.code"]
    assert "'Our quirks' is kept in a section of its own" in done.notes[0].message
    assert "#LI" not in built()
    assert load_posting("draft-1", Library(own=Path("role_specs"))).tracking_codes == ("#LI-DNI",)


def test_structure_survives(folder: Path) -> None:
    imported("director.md")
    text = built()
    assert (
        "- Keep every engagement within its plan\n   - by month\n      - forecasts\n      - risks\n   - by client\n"
        in text
    )
    assert "### 1. Delivery" in text.replace("\\", "")
    assert "[SFIA](https://sfia-online.org/)" in text
    assert "| Candour | You say so |" in text
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert headings == [
        "Summary",
        "Key responsibilities",
        "What success looks like",
        "Essential skills and experience",
        "Desirable",
        "Our values",
    ]


def test_rows_and_columns_that_span_keep_their_places(folder: Path) -> None:
    imported("porter.html")
    assert "| One | Early<br>(06:00) | 7.5 |\n|  | Late | 7.5 |\n| Two, free |  | 0 |" in built()


def test_fields_of_a_job_posting_become_a_posting(folder: Path) -> None:
    imported("nurse.jsonld")
    posting = load_posting("draft-1", Library(own=Path("role_specs")))
    assert posting.identifiers == {"Requisition ID": "0000032938"}
    assert posting.openings == 2
    (pay,) = posting.compensation.ranges if posting.compensation else ()
    assert (str(pay.min), str(pay.max), pay.currency, pay.period) == ("44.5", "61", "USD", "hour")
    assert [(p.city, p.region, p.country, p.postal_code) for p in posting.locations] == [
        ("Tacoma", "US-WA", "US", "98402"),
        ("Olympia", "US-WA", "US", None),
    ]
    assert [(e.type, e.schedule) for e in posting.employment] == [
        ("full_time", "Three 12-hour shifts a week"),
        ("per_diem", "Three 12-hour shifts a week"),
    ]
    assert posting.dates is not None
    assert posting.dates.closes == "2027-02-28T23:59:00-08:00"


@pytest.mark.parametrize("name", [name for name in NAMES if "jsonld" not in name and "page" not in name])
def test_no_number_is_guessed(name: str, folder: Path) -> None:
    imported(name)
    for path in Path("role_specs").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(
            r"^\s*(?:- )?(?:years|min|max|openings|hours_per_week|weight|share_of_time):", text, re.MULTILINE
        )


@pytest.mark.parametrize(
    "salary",
    [
        {"currency": "USD", "value": {"minValue": "about 40", "unitText": "HOUR"}},
        {"currency": "$", "value": {"value": 40, "unitText": "HOUR"}},
        {"currency": "USD", "value": {"value": 40, "unitText": "FORTNIGHT"}},
        {"currency": "USD", "value": {"value": 40}},
        "40 an hour",
    ],
)
def test_pay_that_is_not_told_exactly_is_left_out(salary: Any, folder: Path) -> None:
    ad = {
        "@type": "JobPosting",
        "title": "Cook",
        "description": "<p>You cook for the people of a whole house.</p><h2>Duties</h2><ul><li>Cook</li></ul>",
    }
    Path("ad.json").write_text(json.dumps({**ad, "baseSalary": salary}))
    import_file(Path("ad.json"), "draft")
    assert not Path("role_specs/postings").exists()


# --- junk -------------------------------------------------------------------------------------

JUNK: dict[str, tuple[bytes, str]] = {
    "gone.html": (
        b"<title>Careers</title><h1>Oops</h1><p>This job is no longer available. See our other jobs.</p>",
        "import.no-posting",
    ),
    "filled.txt": (b"Staff Nurse\n\nThis position has been filled. Thank you for your interest.", "import.no-posting"),
    "missing.html": (
        b"<h1>404 error</h1><p>The page could not be found, sorry about that one.</p>",
        "import.no-posting",
    ),
    "script.html": (
        b"<h1>Jobs</h1><p>Please enable JavaScript to view this page, then try it again.</p>",
        "import.no-posting",
    ),
    "wall.html": (
        b"<h1>Welcome back</h1><p>Sign in to continue to the job that you wanted to see.</p>",
        "import.no-posting",
    ),
    "weg.html": (
        "<h1>Hoppla</h1><p>Diese Stelle ist leider nicht mehr verfügbar, bitte suchen Sie weiter.</p>".encode(),
        "import.no-posting",
    ),
    "cv.txt": (
        b"Jane Roe\n\nWORK EXPERIENCE\n\n- Cook, 2019-2024\n- Baker\n\nHOBBIES\n\n- Chess\n- Boats and birds",
        "import.no-posting",
    ),
    "resume.md": (
        b"# Curriculum Vitae\n\n## Skills\n\n- Python\n- SQL and all that goes with it, since 2011",
        "import.no-posting",
    ),
    "invoice.txt": (
        b"Invoice 2027-14\n\nTo: Acme\n\n- 3 crates of apples, 40.00\n- delivery, 5.00\n\nTotal due in 14 days: 45.00",
        "import.no-posting",
    ),
    "article.md": (
        b"# On Rain\n\nRain falls when air rises and cools. Clouds are drops that are too small to fall yet.",
        "import.no-posting",
    ),
    "few.txt": (b"Cook\n\nhere", "import.no-posting"),
    "empty.md": (b"", "import.empty"),
    "blank.html": (b"<html><body> </body></html>", "import.empty"),
    "binary.txt": (bytes(range(256)) * 8, "import.format"),
    "picture.png": (b"\x89PNG\r\n", "import.format"),
    "old.doc": (b"\xd0\xcf\x11\xe0", "import.format"),
    "not-word.docx": (b"hello", "import.not-word"),
    "cut.docx": (county()[:3000], "import.damaged"),
    "none.json": (b'{"@type": "Event", "name": "Fair"}', "import.no-posting"),
    "broken.json": (b'{"@type": "JobPosting", ', "import.json"),
    "deep.json": (b"[" * 100_000, "import.json"),
    "bare.json": (b'{"@type": "JobPosting", "title": "Cook"}', "import.no-posting"),
    "huge.html": (b"<p>" + b"x " * (2 << 20), "import.size"),
    "deep.html": (b"<div>" * 30_000 + b"You cook. Duties", "import.no-posting"),
    "untitled.md": (("You are going to cook for many people every day of the week, " * 3).encode(), "import.no-title"),
}


@pytest.mark.parametrize("name", JUNK)
def test_junk_is_refused(name: str, folder: Path) -> None:
    data, code = JUNK[name]
    Path(name).write_bytes(data)
    with pytest.raises(JdgenError) as caught:
        import_file(Path(name), "draft")
    (problem,) = caught.value.problems
    assert problem.code in (code, "import.empty")
    assert problem.file == name
    assert not Path("role_specs").exists()


def test_a_bomb_is_refused(folder: Path) -> None:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    document = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a0 "ha">{laughs}]><w:document xmlns:w="x">&a9;</w:document>'
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("word/document.xml", document)
    Path("bomb.docx").write_bytes(data.getvalue())
    with pytest.raises(JdgenError):
        import_file(Path("bomb.docx"), "draft")


def test_a_folder_and_a_missing_file_are_refused(folder: Path) -> None:
    Path("ads.md").mkdir()
    for name in ("ads.md", "nowhere.md"):
        with pytest.raises(JdgenError) as caught:
            import_file(Path(name), "draft")
        assert caught.value.problems[0].code == "file.unreadable"


def test_texts_of_a_job_posting_may_have_empty_lines(folder: Path) -> None:
    ad = {
        "@type": "JobPosting",
        "title": "Cook",
        "description": "You cook for a house.\n\nDuties:\n\n- Cook\n- Clean all",
    }
    Path("ad.json").write_text(json.dumps({**ad, "jobBenefits": "Soup\n\nBread", "skills": [{"name": "Salt"}]}))
    import_file(Path("ad.json"), "draft")
    assert "Soup\n\nBread" in built()
    assert "Salt" in built()


def test_characters_that_no_document_holds_become_spaces(folder: Path) -> None:
    text = "<h1>Cooker</h1><p>You cook for the people of a house.</p><h2>Your&#127; work</h2><ul><li>A&#1;B</li></ul>"
    Path("ad.html").write_text(text)
    import_file(Path("ad.html"), "draft")
    assert "- A B\n" in built() or "- AB\n" in built()


def test_a_heading_of_signs_is_text(folder: Path) -> None:
    Path("ad.txt").write_text("Cook\n\nYou cook for many people of the house.\n\n:\n\nDuties:\n\n- Cook\n- Clean\n")
    import_file(Path("ad.txt"), "draft")
    assert "- Clean" in built()


def test_nothing_is_overwritten(folder: Path) -> None:
    imported("terse.txt")
    before = Path("role_specs/draft.yaml").read_bytes()
    with pytest.raises(JdgenError) as caught:
        imported("director.md")
    assert caught.value.problems[0].code == "file.exists"
    assert "--as" in caught.value.problems[0].hint
    assert Path("role_specs/draft.yaml").read_bytes() == before


def test_names(folder: Path) -> None:
    assert imported("gardener-de.html", name=None).files[0].name == "gartnerin-gartner-m-w-d-friedhofspflege.yaml"
    assert imported("line-cook-ja.html", name=None).files[0].name == "line-cook-ja.yaml"
    Path("料理.html").write_bytes(data_of("line-cook-ja.html"))
    with pytest.raises(JdgenError) as caught:
        import_file(Path("料理.html"))
    assert caught.value.problems[0].code == "import.no-name"
    for name in ("Draft", "con", "a--b"):
        with pytest.raises(JdgenError):
            imported("terse.txt", name=name)


def test_a_language_that_is_none_is_refused(folder: Path) -> None:
    with pytest.raises(JdgenError) as caught:
        imported("terse.txt", language="English")
    assert caught.value.problems[0].code == "text.language"
    imported("terse.txt", language="en-GB")
    assert load_role("draft", Library(own=Path("role_specs"))).language == "en-GB"


@pytest.mark.parametrize(
    ("tag", "language"), [("nl", "en"), ("xx-YY", "en"), ("de-AT", "de"), ("pt-br", "pt-BR"), ("en_GB", "en-GB")]
)
def test_a_page_may_declare_any_language(tag: str, language: str, folder: Path) -> None:
    """One whose headings nobody knows is read as English, for which there are phrases."""
    text = "<h1>Cook</h1><p>You cook for the people of a house.</p><h2>Duties</h2><ul><li>Cook</li></ul>"
    Path("ad.html").write_text(f'<html lang="{tag}"><body>{text}</body></html>')
    import_file(Path("ad.html"), "draft")
    assert load_role("draft", Library(own=Path("role_specs"))).language == language
    assert "Cook" in built()
    imported("terse.txt", name="other", language="nl")  # who says it has phrases for it
    assert load_role("other", Library(own=Path("role_specs"))).language == "nl"


def test_what_had_to_be_assumed_is_said(folder: Path) -> None:
    (note,) = imported("terse.txt").notes
    assert (note.code, note.severity) == ("import.assumed", "warning")
    assert "taken from the text about the role" in note.message


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("import.no-duties", "# Head Cook\n\n- We are hiring one for our kitchen in Leeds\n"),
        ("import.no-summary", "# Head Cook of our kitchen\n\n## Duties\n\n- Cooks for the people of the whole house\n"),
    ],
)
def test_what_lacks_a_part_is_refused(code: str, text: str, folder: Path) -> None:
    Path("ad.md").write_text(text)
    with pytest.raises(JdgenError) as caught:
        import_file(Path("ad.md"), "draft")
    assert caught.value.problems[0].code == code


def test_items_that_are_nested_too_deep_are_said(folder: Path) -> None:
    deep = "- a b\n  - c d\n    - e f\n      - g h\n        - i j\n"
    Path("ad.md").write_text(f"# Cook\n\nYou cook for many.\n\n## Duties\n\n{deep}")
    (note,) = import_file(Path("ad.md"), "draft").notes
    assert note.code == "import.depth"
    assert "g h" in built()


def test_a_value_that_no_spec_can_have_is_refused(folder: Path) -> None:
    ad = {
        "@type": "JobPosting",
        "title": "Cook",
        "description": "<p>You cook for a whole house of people.</p><ul><li>Cook</li></ul>",
    }
    Path("ad.json").write_text(json.dumps({**ad, "totalJobOpenings": "9" * 30}))
    with pytest.raises(JdgenError) as caught:
        import_file(Path("ad.json"), "draft")
    assert {problem.code for problem in caught.value.problems} == {"import.unfit"}
    assert not Path("role_specs").exists()


# --- YAML and headings ------------------------------------------------------------------------

TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"), min_size=1
).filter(lambda text: text.strip() == text and text)
SIGNS = st.sampled_from(
    [
        "NO",
        "yes",
        "null",
        "~",
        "010",
        "12:30",
        "1.10",
        "- x",
        "# x",
        "a #b",
        "a: b",
        "a:",
        ":a",
        "@x",
        "*x",
        "&x",
        "!x",
        "%x",
        "[x]",
        "{x}",
        "'",
        '"',
        "`x`",
        "|",
        ">",
        "? x",
        "a\nb",
        "a\n\n- b\n  c",
        "\\",
        'it\'s "so"',
        "2027-01-31",
        "x\ty",
    ]
)


@given(
    st.recursive(
        TEXTS | SIGNS,
        lambda inner: (
            st.lists(inner, min_size=1, max_size=4)
            | st.dictionaries(st.sampled_from("abcde"), inner, min_size=1, max_size=4)
        ),
        max_leaves=12,
    )
)
def test_yaml_reads_back_as_it_was(value: Any) -> None:
    assert Source(as_yaml({"key": value}), "x").data == {"key": value}


@pytest.mark.parametrize(
    ("language", "headings"),
    [
        (
            "en",
            {
                "🚀 What you'll do": "responsibilities",
                "2. MINIMUM QUALIFICATIONS:": "required",
                "Nice to have": "preferred",
            },
        ),
        (
            "fr",
            {
                "Vos missions :": "responsibilities",
                "Profil recherché": "required",
                "Les petits plus": "preferred",
                "Rémunération": "pay",
            },
        ),
        (
            "de",
            {
                "Ihre Aufgaben": "responsibilities",
                "Das bringst du mit": "required",
                "Wir bieten": "benefits",
                "Über uns": "about",
            },
        ),
        (
            "es",
            {
                "Funciones": "responsibilities",
                "Requisitos:": "required",
                "Se valora": "preferred",
                "Ofrecemos": "benefits",
            },
        ),
        (
            "pt",
            {
                "Atribuições": "responsibilities",
                "Requisitos": "required",
                "Diferenciais": "preferred",
                "Sobre nós": "about",
            },
        ),
        (
            "ja",
            {"■仕事内容": "responsibilities", "【必須】応募資格": "required", "歓迎スキル": "preferred", "給与": "pay"},
        ),
        (
            "ar",
            {
                "المهام": "responsibilities",
                "المؤهلات المطلوبة": "required",
                "المزايا": "benefits",
                "كيفية التقديم": "apply",
            },
        ),
    ],
)
def test_headings(language: str, headings: dict[str, str]) -> None:
    assert language in languages()
    assert {heading: section_in(heading, language) for heading in headings} == headings
