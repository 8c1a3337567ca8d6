"""The site: two folders of pages, of which the public one has job descriptions and nothing else."""

from __future__ import annotations

import copy
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html
from pydantic import ValidationError

from jdgen.document import KINDS, Document
from jdgen.export.files import export_role
from jdgen.load import Library
from jdgen.problem import JdgenError
from jdgen.request import Request, Target
from jdgen.role import Role
from jdgen.site import build_site, part_of
from jdgen.site.careers import refuse_internal
from jdgen.site.kit import KitPages
from jdgen.site.shell import POLICY, style_sheet
from jdgen.style import READABLE, HouseStyle, contrast, readable
from tests import full
from tests.cook import role_tree
from tests.test_leaves import leaves

POSTING = "ai-engineer-2027-01"


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the shipped roles."""
    output = tmp_path_factory.mktemp("shipped") / "site"
    nowhere = tmp_path_factory.mktemp("empty")
    build_site(Request(output=output, library=Library(own=nowhere)))
    return output


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one role of one's own."""
    monkeypatch.chdir(tmp_path)
    write_role("cook")
    return tmp_path


def write_role(name: str, **changes: object) -> None:
    path = Path("role_specs", f"{name}.yaml")
    path.parent.mkdir(exist_ok=True)
    path.write_text(yaml.safe_dump({**role_tree(), **changes}), encoding="utf-8")


def pages(folder: Path) -> dict[str, Any]:
    """The pages of a folder by their paths, parsed."""
    found = sorted(folder.rglob("*.html"))
    assert found
    return {path.relative_to(folder).as_posix(): html.fromstring(path.read_bytes()) for path in found}


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


# --- what is there ---------------------------------------------------------------------------------


def test_the_public_folder_has_job_descriptions_and_nothing_else(shipped: Path) -> None:
    roles = ("ai-engineer", "ml-engineer", "software-engineer")
    files = {f"{role}-2027-01-job-description.{suffix}" for role in roles for suffix in ("html", "docx", "md")}
    assert names(shipped / "careers") == {*files, "index.html", "style.css", "page.js"}


def test_the_internal_folder_has_every_document_of_every_kit(shipped: Path) -> None:
    kit = {path.stem for path in Path(__file__).parent.parent.joinpath("output", "ai-engineer").glob("*.docx")}
    found = names(shipped / "internal" / "ai-engineer")
    assert {f"{stem}.{suffix}" for stem in kit for suffix in ("html", "docx", "md")} <= found
    assert f"{POSTING}/{POSTING}-scorecard-trace-reading.html" in found


def test_downloads_are_the_files_of_the_kit(shipped: Path) -> None:
    output = Path(__file__).parent.parent / "output" / "ai-engineer"
    for name in ("ai-engineer-question-bank.docx", "ai-engineer-question-bank.md"):
        assert (shipped / "internal" / "ai-engineer" / name).read_bytes() == (output / name).read_bytes()


def test_every_link_leads_somewhere(shipped: Path) -> None:
    assert list(broken_links(shipped)) == []


def test_the_control_a_broken_link_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text('<p id="x"><a href="b.html">b</a><a href="#y">y</a><a href="#x">x</a>')
    assert list(broken_links(tmp_path)) == [("a.html", "b.html"), ("a.html", "#y")]


def broken_links(folder: Path) -> Iterator[tuple[str, str]]:
    for name, page in pages(folder).items():
        here = folder / name
        for target in page.xpath("//a/@href | //link/@href | //script/@src"):
            path, _, anchor = target.partition("#")
            if re.match(r"(?:https?|mailto|tel):", target):
                continue
            file = (here.parent / path) if path else here
            if not file.is_file() or (
                anchor and not html.fromstring(file.read_bytes()).xpath("//*[@id=$id]", id=anchor)
            ):
                yield name, target


def test_every_page_is_strict_and_says_its_language(shipped: Path) -> None:
    for name, page in pages(shipped).items():
        (root,) = page.xpath("/html")
        assert (root.get("lang"), root.get("dir")) == ("en", "ltr"), name
        assert page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [POLICY]
        assert page.xpath("//*[@style] | //style | //*[@onclick] | //script[not(@src) and not(@type)]") == []
        assert len(page.xpath("//h1")) == 1
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), name
        assert bool(page.xpath("//meta[@name='robots']")) == (not name.startswith("careers/"))


def test_tables_say_what_their_cells_are(shipped: Path) -> None:
    page = pages(shipped / "internal")["ai-engineer/ai-engineer-interview-plan.html"]
    (table, *_) = page.xpath("//table[contains(@class, 'matrix') or contains(@class, 'heat')]")
    labels = [head.text_content() for head in table.xpath("./thead//th")]
    for row in table.xpath("./tbody/tr"):
        assert [cell.get("data-label") for cell in row] == labels
        assert row[0].tag == "th"


def test_a_page_has_the_words_of_its_document(shipped: Path) -> None:
    folder = shipped / "internal" / "ai-engineer"
    for path in sorted(folder.glob("*.md")):
        markdown = re.sub(r"<!--.*?-->", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        markdown = re.sub(r"\]\([^)]*\)|\\(?=[^\w\s])|<br>", " ", markdown)
        (main,) = html.fromstring(path.with_suffix(".html").read_bytes()).xpath("//main")
        assert words(markdown) <= words(" ".join(main.itertext())), path.name


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d]\w*", text))


# --- nothing internal is public --------------------------------------------------------------------


def seeded(folder: Path) -> set[str]:
    """Writes the fixture that has every field with a word of its own in every text; the words."""
    words: set[str] = set()
    trees = full.trees()
    trees["posting"]["dates"]["opens"] = "2027-01-31"  # without which there is no data for search engines
    for noun, tree in trees.items():
        for path, steps, value in list(leaves(tree)):
            word = f"zq{len(words)}zq"
            changed = copy.deepcopy(tree)
            place = changed
            for step in steps[:-1]:
                place = place[step]
            place[steps[-1]] = f"{value} {word}"
            if not re.search(r"\s|^[A-Z]\w+$", value) or path.endswith((".id", "role", "company", ".opens")):
                continue
            try:
                full.model(noun, changed)
            except ValidationError:
                continue
            tree = trees[noun] = changed
            words.add(word)
        target = folder / full.FILES[noun][1]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8")
    return words


def words_in(folder: Path) -> set[str]:
    """The seeded words in all files of a folder, and in what Word files pack."""
    found: set[str] = set()
    for path in folder.rglob("*"):
        if path.is_file():
            found.update(re.findall("zq[0-9]+zq", text_of(path.read_bytes())))
    return found


def text_of(data: bytes) -> str:
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
    return data.decode("utf-8", "replace")


def test_words_of_the_hiring_team_do_not_reach_the_public(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each text of each file has a word of its own; the public folder has those of the job description."""
    specs = tmp_path / "role_specs"
    for name in ("companies",):
        shutil.copytree(full.FOLDER / name, specs / name)
    words = seeded(specs)
    assert len(words) > 300
    monkeypatch.chdir(tmp_path)
    request = Request(output=tmp_path / "site")
    build_site(request)
    described = set()
    for path in (tmp_path / "site" / "internal").rglob("*-job-description*.md"):
        described |= set(re.findall("zq[0-9]+zq", path.read_text(encoding="utf-8")))
    exported = export_role(
        Target("charge-nurse", None, "charge-nurse-night"), ("jobposting",), replace(request, output=tmp_path / "x")
    )
    data = {word for path in exported.files for word in re.findall("zq[0-9]+zq", path.read_text(encoding="utf-8"))}
    style = yaml.safe_load((specs / full.FILES["company"][1]).read_text(encoding="utf-8"))["house_style"]
    data |= set(re.findall("zq[0-9]+zq", str(style)))  # the font, and what the logo shows
    public = words_in(tmp_path / "site" / "careers")
    assert public
    assert public <= described | data
    assert words_in(tmp_path / "site" / "internal") - public
    assert len(words_in(tmp_path / "site" / "internal")) > 250
    hidden = {
        word for noun in ("competency",) for word in re.findall("zq[0-9]+zq", (specs / full.FILES[noun][1]).read_text())
    }
    assert hidden
    assert not hidden & public


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "job-description"])
def test_no_other_document_can_be_published(kind: str) -> None:
    document = Document(KINDS[kind], "x", "X", "X", "en", "# X\n")
    with pytest.raises(ValueError, match="not for the public"):
        refuse_internal(document)
    with pytest.raises(ValueError, match="not for the public"):
        refuse_internal(replace(document, kind=KINDS["job-description"], version="12345678"))
    refuse_internal(replace(document, kind=KINDS["job-description"]))


def test_the_public_folder_says_nothing_of_how_it_was_made(shipped: Path) -> None:
    for path in (shipped / "careers").iterdir():
        text = text_of(path.read_bytes())
        assert not re.search(r"role_specs|interview[-_]plan|scorecard|question[-_]bank|internal/", text), path.name


# --- JobPosting ------------------------------------------------------------------------------------


def test_vacancies_have_the_data_of_the_export(shipped: Path, tmp_path: Path) -> None:
    page = pages(shipped / "careers")[f"{POSTING}-job-description.html"]
    (script,) = page.xpath("//script[@type='application/ld+json']")
    request = Request(output=tmp_path, library=Library(own=tmp_path))
    (file,) = export_role(Target("ai-engineer", None, POSTING), ("jobposting",), request).files
    assert json.loads(script.text) == json.loads(file.read_text(encoding="utf-8"))
    assert json.loads(script.text)["@type"] == "JobPosting"


def test_what_search_engines_need_and_a_posting_lacks_is_told(home: Path) -> None:
    Path("role_specs/postings").mkdir()
    Path("role_specs/postings/soon.yaml").write_text("jdgen: 1\nrole: cook\n", encoding="utf-8")
    made = build_site(Request(output=Path("site")))
    assert {problem.code for problem in made.problems} >= {"export.company", "export.date-posted"}
    assert {problem.severity for problem in made.problems} == {"warning"}
    assert "ld+json" not in Path("site/careers/cook-soon-job-description.html").read_text(encoding="utf-8")


def test_values_stay_text_in_pages(home: Path) -> None:
    evil = "</script></template><img src=x onerror=alert(1)> \"'&amp; {{ 1 }} <!--"
    write_role("cook", title=evil, tagline=evil, family=evil, aliases=[evil])
    build_site(Request(output=Path("site")))
    for name, page in pages(Path("site")).items():
        assert page.xpath("//img | //*[@onerror]") == [], name
        assert len(page.xpath("//script[@src]")) == len(page.xpath("//script")) == 1
    listed = pages(Path("site"))["internal/index.html"]
    assert " ".join(listed.xpath("//h2")[0].text_content().split()) == " ".join(evil.split())


# --- what is written, and what is kept -------------------------------------------------------------


def test_roles_without_vacancies_show_their_own_job_descriptions(home: Path) -> None:
    made = build_site(Request(output=Path("site")))
    assert "cook-job-description.html" in names(Path("site/careers"))
    assert made.homes == (Path("site/careers/index.html"), Path("site/internal/index.html"))


def test_a_second_time_nothing_changes(home: Path) -> None:
    first = build_site(Request(output=Path("site")))
    assert first.changed
    marks = {path: path.stat().st_mtime_ns for path in first.files}
    again = build_site(Request(output=Path("site")))
    assert again.changed == again.removed == again.problems == ()
    assert marks == {path: path.stat().st_mtime_ns for path in again.files}


def test_what_is_no_page_any_more_goes(home: Path) -> None:
    write_role("waiter", title="Waiter")
    build_site(Request(output=Path("site")))
    Path("role_specs/waiter.yaml").unlink()
    Path("site/internal/waiter/own.txt").write_text("mine")
    made = build_site(Request(output=Path("site")))
    assert Path("site/internal/waiter/index.html") in made.removed
    assert names(Path("site/internal/waiter")) == {"own.txt"}


def test_what_somebody_edited_is_kept_until_forced(home: Path) -> None:
    build_site(Request(output=Path("site")))
    page = Path("site/careers/cook-job-description.html")
    page.write_text("mine", encoding="utf-8")
    made = build_site(Request(output=Path("site")))
    assert [problem.code for problem in made.problems] == ["file.edited"]
    assert page.read_text(encoding="utf-8") == "mine"
    assert build_site(Request(output=Path("site"))).problems == made.problems
    forced = build_site(Request(output=Path("site"), force=True))
    assert forced.changed == (page,)
    assert "mine" not in page.read_text(encoding="utf-8").split()


def test_a_file_of_somebody_else_is_kept(home: Path) -> None:
    Path("site/careers").mkdir(parents=True)
    Path("site/careers/index.html").write_text("mine")
    made = build_site(Request(output=Path("site")))
    assert [problem.severity for problem in made.problems] == ["error"]
    assert Path("site/careers/index.html").read_text() == "mine"


def test_a_broken_spec_leaves_everything_as_it_was(home: Path) -> None:
    build_site(Request(output=Path("site")))
    before = {path: path.read_bytes() for path in Path("site").rglob("*") if path.is_file()}
    write_role("waiter", responsibilities=[])
    write_role("baker", responsibilities=[])
    write_role("cook", title="Chef")
    with pytest.raises(JdgenError) as caught:
        build_site(Request(output=Path("site")))
    assert {problem.file for problem in caught.value.problems} == {"role_specs/baker.yaml", "role_specs/waiter.yaml"}
    assert {path: path.read_bytes() for path in Path("site").rglob("*") if path.is_file()} == before


def test_one_part_leaves_the_other_alone(home: Path) -> None:
    build_site(Request(output=Path("site")), ["internal"])
    assert not Path("site/careers").exists()
    before = names(Path("site/internal"))
    build_site(Request(output=Path("site")), ["careers"])
    assert names(Path("site/internal")) == before
    assert build_site(Request(output=Path("site"))).changed == ()


def test_a_part_that_there_is_not() -> None:
    with pytest.raises(JdgenError) as caught:
        part_of("carers")
    assert [problem.code for problem in caught.value.problems] == ["kind.part"]
    assert "careers" in caught.value.problems[0].hint


def test_roles_that_are_named_bring_their_vacancies(tmp_path: Path, shipped: Path) -> None:
    build_site(Request(("ml-engineer",), output=tmp_path / "site", library=Library(own=tmp_path)))
    assert {path.name for path in (tmp_path / "site" / "internal").iterdir() if path.is_dir()} == {"ml-engineer"}
    assert "ml-engineer-2027-01-job-description.html" in names(tmp_path / "site" / "careers")


def test_the_same_bytes_by_one_process_and_by_two(home: Path) -> None:
    for number in range(14):
        write_role(f"cook-{number:02}")
    build_site(Request(output=Path("one"), jobs=1))
    build_site(Request(output=Path("two"), jobs=2))
    assert names(Path("one")) == names(Path("two"))
    for name in names(Path("one")):
        assert Path("one", name).read_bytes() == Path("two", name).read_bytes()


# --- languages, colors -----------------------------------------------------------------------------


def test_pages_speak_the_language_of_their_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_role("cook")
    Path("role_specs/postings").mkdir()
    posting = "jdgen: 1\nrole: cook\nlanguage: en\nalso_in: [ar]\n"
    Path("role_specs/postings/soon.yaml").write_text(posting, encoding="utf-8")
    build_site(Request(output=Path("site")))
    found = pages(Path("site/careers"))
    page = found["cook-soon-job-description-ar.html"]
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")
    assert page.xpath("//nav//a/@href") == ["cook-soon-job-description.html", "cook-soon-job-description-ar.html"]
    assert len(found["index.html"].xpath("//ul[@class='cards']/li[@lang='ar']")) == 1


@pytest.mark.parametrize("color", ["0B6650", "FFEE00", "F1F6F3", "000000", "123456", "FF00FF"])
def test_colors_of_a_house_style_can_be_read_by_day_and_by_night(color: str) -> None:
    for ground in ("FFFFFF", "F1F6F3", "111714", "1A2420"):
        assert contrast(readable(color, ground), ground) >= READABLE
    sheet = style_sheet(HouseStyle(accent=color, font='Evil"; } * { color: red')).decode()
    light, dark = re.findall(r"--accent: #(\w{6})", sheet)
    assert contrast(light, "FFFFFF") >= READABLE
    assert contrast(dark, "111714") >= READABLE
    assert '"Evil  color red"' in sheet or "color: red" not in sheet.partition("@media")[0]


def test_the_index_of_a_company_names_it(shipped: Path) -> None:
    page = pages(shipped / "careers")["index.html"]
    assert page.xpath("//title/text()") == ["Open roles – Northlight"]


# --- only what is needed ---------------------------------------------------------------------------


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The roles whose pages are made, as they are."""
    made: list[str] = []
    begin = KitPages.__init__

    def noted(self: KitPages, role: Role, *more: Any) -> None:
        made.append(role.id)
        begin(self, role, *more)

    monkeypatch.setattr(KitPages, "__init__", noted)
    monkeypatch.setattr("jdgen.trust.is_checkout", lambda: False)  # as where jdgen is installed
    return made


def test_only_pages_of_roles_that_changed_are_made(home: Path, rendered: list[str]) -> None:
    write_role("waiter", title="Waiter", family="Service")
    first = build_site(Request(output=Path("site")))
    assert rendered == ["cook", "waiter"]
    rendered.clear()
    again = build_site(Request(output=Path("site")))
    assert (rendered, again.changed, again.files) == ([], (), first.files)
    write_role("waiter", title="Waiter", family="Service", tagline="You know each guest.")
    build_site(Request(output=Path("site")))
    assert rendered == ["waiter"]
    assert "You know each guest." in Path("site/internal/index.html").read_text(encoding="utf-8")
    fresh = build_site(Request(output=Path("fresh")))
    for path in fresh.files:
        assert path.read_bytes() == Path("site", path.relative_to("fresh")).read_bytes()


@pytest.mark.parametrize("damage", ["", "[]", '{"files": {}}', '{"files": {"../x": "1"}, "jobs": {"a": 1}}', "{"])
def test_a_damaged_record_makes_all_anew_and_loses_nothing(home: Path, rendered: list[str], damage: str) -> None:
    first = build_site(Request(output=Path("site")))
    Path("site/site.json").write_text(damage, encoding="utf-8")
    assert build_site(Request(output=Path("site"))).changed == ()
    assert rendered == ["cook", "cook"]
    assert all(path.is_file() for path in first.files)


def test_a_file_that_is_gone_is_made_again(home: Path, rendered: list[str]) -> None:
    build_site(Request(output=Path("site")))
    page = Path("site/internal/cook/cook-question-bank.html")
    page.unlink()
    assert build_site(Request(output=Path("site"))).changed == (page,)
