"""The site in the browser: search, filters, copying, downloads, print, no script, phones, and readers of screens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from jdgen.load import Library
from jdgen.request import Request
from jdgen.site import build_site
from tests.cook import role_tree
from tests.programs import program

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
JOB = "careers/ai-engineer-2027-01-job-description.html"
KINDS = [
    "careers/index.html",
    JOB,
    "internal/index.html",
    "internal/ai-engineer/index.html",
    "internal/compare/role-comparison-1.html",
    *(
        f"internal/ai-engineer/ai-engineer-{name}.html"
        for name in (
            *("job-description", "candidate-guide", "interview-plan", "question-bank", "development-record"),
            *("interview-guide-trace-reading", "scorecard-trace-reading"),
        )
    ),
    "internal/ai-engineer/ai-engineer-2027-01/ai-engineer-2027-01-interview-plan.html",
]
"""A page of each kind."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("pages") / "site"
    build_site(Request(output=output, library=Library(own=tmp_path_factory.mktemp("empty"))))
    return output


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of one role in Arabic."""
    folder = tmp_path_factory.mktemp("arabic")
    (folder / "role_specs").mkdir()
    tree = role_tree() | {"language": "ar", "title": "طاهٍ أول"}
    (folder / "role_specs" / "cook.yaml").write_text(yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8")
    build_site(Request(output=folder / "site", library=Library(own=folder / "role_specs")))
    return folder / "site"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program("chromium"), args=["--no-sandbox"])
        yield found
        found.close()


class Visit:
    """A page in the browser, and whatever it said or asked for."""

    def __init__(self, context: BrowserContext, file: Path) -> None:
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(file.as_uri())


@pytest.fixture
def visit(browser: Browser, site: Path) -> Iterator[Any]:
    """Opens a page; its console must stay empty, and nothing may come from elsewhere than the site."""
    contexts: list[BrowserContext] = []
    visits: list[Visit] = []

    def opened(name: str, folder: Path = site, **settings: Any) -> Page:
        contexts.append(browser.new_context(**{"viewport": DESK, **settings}))
        visits.append(Visit(contexts[-1], folder / name))
        return visits[-1].page

    yield opened
    said = [text for each in visits for text in each.said]
    asked = [url for each in visits for url in each.asked]
    for context in contexts:
        context.close()
    assert said == []
    assert all(url.startswith("file://") for url in asked)


def shown(page: Page) -> list[str]:
    return [title.strip() for title in page.locator(".cards > li:visible h2").all_text_contents()]


# --- the list --------------------------------------------------------------------------------------


def test_search_narrows_the_list_and_says_how_many_are_left(visit: Any) -> None:
    page = visit("internal/index.html")
    assert page.locator("#count").text_content() == "6 entries"
    page.get_by_role("searchbox").fill("VISIÓN engineer")
    assert shown(page) == ["Senior Machine Learning Engineer, Vision (all genders)"]
    assert page.locator("#count").text_content() == "1 entry"
    page.get_by_role("searchbox").fill("plumber")
    assert shown(page) == []
    assert page.locator("#count").text_content() == "Nothing fits."
    page.get_by_role("button", name="Clear").click()
    assert len(shown(page)) == 6


def test_search_finds_what_the_hiring_team_knows_a_role_by(visit: Any) -> None:
    page = visit("internal/index.html")
    for words in ("LLM Engineer", "drift", "ai-engineer-2027-01"):  # another title, a tool, a posting
        page.get_by_role("searchbox").fill(words)
        assert shown(page), words
    page = visit("careers/index.html")
    page.get_by_role("searchbox").fill("LLM Engineer")
    assert shown(page) == []


def test_filters_narrow_the_list_and_stay_in_the_address(visit: Any) -> None:
    page = visit("internal/index.html")
    page.get_by_label("Kind").select_option("Vacancy")
    assert len(shown(page)) == 3
    page.get_by_label("Department").select_option("Document Intelligence")
    assert len(shown(page)) == 1
    address = page.url
    page.get_by_role("link", name="Senior AI Engineer").click()
    page.go_back()
    assert page.url == address
    assert len(shown(page)) == 1
    assert page.get_by_label("Kind").input_value() == "Vacancy"


def test_the_list_by_keyboard(visit: Any) -> None:
    page = visit("internal/index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.type("vision")
    assert len(shown(page)) == 1
    page.keyboard.press("Escape")
    assert len(shown(page)) == 6
    for _ in range(6):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ai-engineer/index.html")
    assert page.locator("h1").count() == 1


def test_values_of_other_lists_in_an_address_do_no_harm(visit: Any, site: Path) -> None:
    page = visit("internal/index.html")
    page.goto((site / "internal/index.html").as_uri() + "#q=%3Cimg%20src=x%3E&department=Nowhere&x=1")
    page.reload()
    assert shown(page) == []
    assert page.locator("img").count() == 0


# --- one document ----------------------------------------------------------------------------------


def test_the_text_is_copied_ready_to_paste(visit: Any, site: Path) -> None:
    page = visit(JOB)
    page.evaluate(
        """document.addEventListener('paste', (event) => {
          window.got = ['text/html', 'text/plain'].map((type) => event.clipboardData.getData(type));
        })"""
    )
    page.get_by_role("button", name="Copy the text").click()
    assert page.get_by_role("status").text_content() == "Copied, ready to paste."
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<textarea id=box></textarea>')")
    page.locator("#box").focus()
    page.keyboard.press("Control+V")
    marked, plain = page.evaluate("window.got")
    assert plain == page.locator("#box").input_value()
    assert plain.lower().startswith("senior ai engineer")
    assert "what you will do" in plain.lower()
    assert "<h3>What you will do</h3>" in marked
    assert "<table" not in marked


def test_internal_documents_have_no_button_to_copy(visit: Any) -> None:
    page = visit("internal/ai-engineer/ai-engineer-question-bank.html")
    assert page.locator("[data-copy]").count() == 0
    assert page.get_by_role("button", name="Print").is_visible()


def test_downloads(visit: Any, site: Path) -> None:
    page = visit(JOB)
    with page.expect_download() as caught:
        page.get_by_role("link", name="Word", exact=True).click()
    name = Path(JOB).with_suffix(".docx")
    assert caught.value.suggested_filename == name.name
    assert Path(str(caught.value.path())).read_bytes() == (site / name).read_bytes()


def test_markdown_opens_from_a_disk_and_is_downloaded_from_a_server(visit: Any, site: Path) -> None:
    page = visit(JOB)
    link = page.get_by_role("link", name="Markdown", exact=True)
    assert link.get_attribute("download") is not None
    link.click()
    page.wait_for_url("**/*.md")
    assert page.locator("pre").text_content() == (site / JOB).with_suffix(".md").read_text(encoding="utf-8")


def test_print(visit: Any) -> None:
    page = visit(JOB)
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    for part in (".acts", ".where", "footer"):
        assert page.locator(f"{part}:visible").count() == 0
    page.evaluate("window.print = () => { window.printed = true; }")
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed")
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_everything_but_help_is_there_without_scripts(visit: Any, site: Path) -> None:
    page = visit("internal/index.html", java_script_enabled=False)
    assert page.locator(".cards > li:visible").count() == 6
    assert page.locator("form.find").is_hidden()
    page.get_by_role("link", name="Senior AI Engineer").click()
    page.get_by_role("navigation").get_by_role("link", name="Question bank").click()
    assert page.locator("[aria-current]").all_text_contents() == ["Question bank"]
    assert page.locator(".buttons").is_hidden()
    assert page.get_by_role("link", name="Word", exact=True).is_visible()


# --- how it looks ----------------------------------------------------------------------------------


def too_wide(page: Page) -> list[str]:
    """What sticks out of the window, or is cut off."""
    found: list[str] = page.evaluate(
        """() => {
          const wide = document.documentElement.clientWidth;
          const out = document.documentElement.scrollWidth > wide ? ['the page'] : [];
          for (const each of document.querySelectorAll('body *')) {
            const box = each.getBoundingClientRect();
            const hidden = getComputedStyle(each).clipPath !== 'none' || each.closest('.skip, thead, template');
            if (!hidden && box.width && (box.right > wide + 1 || box.left < -1)) out.push(each.outerHTML.slice(0, 90));
          }
          return out;
        }"""
    )
    return found


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_sticks_out(visit: Any, name: str, size: dict[str, int]) -> None:
    assert too_wide(visit(name, viewport=size)) == []


def test_the_control_what_sticks_out_is_seen(visit: Any) -> None:
    page = visit(JOB, viewport=PHONE)
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img width=900 height=9>')")
    assert too_wide(page)


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(visit: Any, name: str, scheme: str) -> None:
    page = visit(name, color_scheme=scheme, bypass_csp=True)  # axe itself is a script that the policy would refuse
    assert violations(page) == []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_on_phones_and_from_right_to_left(visit: Any, arabic: Path, size: dict[str, int]) -> None:
    for name in (
        "careers/index.html",
        "internal/cook/cook-interview-plan.html",
        "internal/cook/cook-question-bank.html",
    ):
        page = visit(name, arabic, viewport=size, bypass_csp=True)
        assert violations(page) == []
        assert too_wide(page) == []


def test_the_control_axe_sees_what_is_wrong(visit: Any) -> None:
    page = visit(JOB, bypass_csp=True)
    page.evaluate("document.querySelector('h1').style.color = '#eee'; document.documentElement.lang = ''")
    assert {"color-contrast", "html-has-lang"} <= {each.partition(":")[0] for each in violations(page)}


def violations(page: Page) -> list[str]:
    """What axe-core objects to; `preload` would have it load the style sheet again, which a file may not."""
    found = Axe().run(page, options={"preload": False}).response["violations"]
    return [f"{each['id']}: {node['html'][:90]}" for each in found for node in each["nodes"]]
