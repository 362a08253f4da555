"""The reading room as a person uses it, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from sayso.engine import Engine
from sayso.ledger import Ledger
from tests.browser import Browser, faults, started
from tests.needed import needed

needed("fastapi", "test")

from tests.room import filled, served  # noqa: E402

PAGES = ("/?words=rocket", "/documents", "/documents/2", "/voice?name=Salim+Dravek", "/outlet?name=Harbour+Wire",
         "/naming?of=Highland+Defense+Council", "/timeline", "/network", "/sourcing", "/add",
         "/corrections")  # fmt: skip


@pytest.fixture(scope="module")
def desk(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with filled(tmp_path_factory.mktemp("web") / "desk.sayso", engine) as ledger:
        yield ledger


@pytest.fixture(scope="module")
def address(desk: Ledger) -> Iterator[str]:
    with served(desk) as (address, _):
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1920, "light")])
def test_every_page_fits_asks_nobody_else_and_is_there_for_everybody(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    with browser.open(f"{address}/", width=width, color_scheme=scheme) as seen:
        for path in PAGES:
            seen.page.goto(address + path, wait_until="networkidle")
            assert seen.page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert faults(seen.page) == [], path
        assert [url for url in seen.asked if not url.startswith(address)] == []
        assert seen.wrong == []


def test_from_a_search_to_the_place_in_the_report_and_the_chain(browser: Browser, address: str) -> None:
    with browser.open(f"{address}/") as seen:
        page = seen.page
        page.fill("input[name=words]", "rocket")
        page.wait_for_function("/^\\d+ statements?$/.test(document.querySelector('.total output').textContent)")
        page.keyboard.press("Enter")
        page.wait_for_url("**words=rocket**")
        first = page.locator(".findings li").first
        words = first.locator("mark").first.inner_text()
        first.locator(".where a").last.click()
        page.wait_for_selector(".entry.current")
        assert words in page.locator(".entry.current .what").inner_text()
        assert page.locator(".entry.current .chain li").count() >= 2 or page.locator(".entry.current .who").count() == 1
        assert re.search(r"/documents/\d+#t\d+$", page.url)


def test_a_filter_narrows_and_its_count_was_true(browser: Browser, address: str) -> None:
    with browser.open(f"{address}/") as seen:
        item = seen.page.locator(".facet li").filter(has=seen.page.get_by_role("link", name="unnamed", exact=True))
        number = int(item.locator(".number").inner_text().replace(",", ""))
        item.get_by_role("link").click()
        assert seen.page.locator(".total output").inner_text() == f"{number} statements"


def test_by_keyboard_alone(browser: Browser, address: str) -> None:
    with browser.open(f"{address}/documents") as seen:
        seen.page.keyboard.press("Tab")
        assert seen.page.evaluate("document.activeElement.textContent") == "Skip to the page"
        seen.page.keyboard.press("Enter")
        link = seen.page.locator("td a[href^='/documents/']").first
        link.focus()
        seen.page.keyboard.press("Enter")
        seen.page.wait_for_selector("html.ready")
        seen.page.keyboard.press("j")
        seen.page.keyboard.press("j")
        assert seen.page.locator(".entry.current").get_attribute("data-n") == "2"


def test_a_correction_and_its_undo(browser: Browser, address: str) -> None:
    with browser.open(f"{address}/documents/1") as seen:
        page = seen.page
        page.wait_for_selector("html.ready")
        page.keyboard.press("j")
        before = page.locator(".entry.current .meta").last.inner_text()
        page.get_by_role("button", name="Correct", exact=True).click()
        page.select_option(".correct-one select[name=stance]", "questions")
        with page.expect_navigation():
            page.get_by_role("button", name="Save").click()
        page.wait_for_selector(".entry.current")
        assert "questions" in page.locator(".entry.current .meta").last.inner_text()
        with page.expect_navigation():
            page.get_by_role("button", name="Undo").click()
        page.wait_for_selector(".entry.current")
        assert page.locator(".entry.current .meta").last.inner_text() == before


def test_words_that_are_selected_become_a_content(browser: Browser, address: str, desk: Ledger) -> None:
    with browser.open(f"{address}/documents/1") as seen:
        page = seen.page
        page.wait_for_selector("html.ready")
        page.keyboard.press("j")
        paragraph = page.locator(".text p").nth(2)
        paragraph.evaluate(
            "p => { const r = document.createRange(); r.selectNodeContents(p);"
            " getSelection().removeAllRanges(); getSelection().addRange(r); }"
        )
        words = paragraph.evaluate("p => p.textContent")
        with page.expect_navigation():
            page.get_by_role("button", name="content", exact=True).click()
        reading = desk.reading(1)
        assert words.strip() in [reading.words(a.content) for a in reading.attributions]
        desk.undo(1)


def test_a_report_is_pasted_and_uploaded(browser: Browser, address: str, desk: Ledger) -> None:
    before = len(list(desk.documents()))
    with browser.open(f"{address}/add") as seen:
        page = seen.page
        page.fill("textarea[name=text]", "Mara Oduya, the harbour master, said on Friday that no ship had left.")
        page.locator("form[aria-label='Paste a text'] input[name=title]").fill("No ship left")
        page.get_by_role("button", name="Add the text").click()
        page.get_by_role("heading", name="Done").wait_for()
        page.get_by_role("link", name="No ship left").click()
        assert "harbour master" in page.locator(".text").inner_text()
        page.goto(f"{address}/add")
        file = {
            "name": "ferry.md",
            "mimeType": "text/markdown",
            "buffer": b"# Ferry\n\nOle Rask said the ferry was late.",
        }
        page.set_input_files("input[type=file]", file)
        page.get_by_role("button", name="Add the files").click()
        page.get_by_role("heading", name="Done").wait_for()
    assert len(list(desk.documents())) == before + 2


def test_without_javascript_everything_can_be_read(browser: Browser, address: str) -> None:
    with browser.open(f"{address}/?words=rocket", java_script_enabled=False) as seen:
        assert seen.page.locator(".findings li").count() > 0
        seen.page.goto(f"{address}/documents/1")
        assert seen.page.locator(".entry").count() > 5
        assert seen.page.locator("#facts, #names, #map").count() == 3
