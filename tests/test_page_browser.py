"""The page as a person uses it, in a real browser, out of a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso.documents import document
from sayso.engine import Engine
from sayso.reading import Reading
from sayso.render.page import page
from tests.browser import Browser, faults, started

EXAMPLE = Path(__file__).parent.parent / "examples" / "evening-klaxon-brigade-in-a-box.txt"


@pytest.fixture(scope="module")
def reading(engine: Engine) -> Reading:
    return engine.read(document(EXAMPLE.read_text("utf-8"), title="Brigade in a <box>", outlet="Evening Klaxon"))


@pytest.fixture(scope="module")
def address(reading: Reading, tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("page") / "page.html"
    file.write_text(page(reading), "utf-8")
    return file.as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as browser:
        yield browser


def lit(page: Any) -> str:
    return " ".join(page.locator(".text .lit:not(.place)").all_inner_texts())


def test_it_asks_for_nothing_and_nothing_goes_wrong(browser: Browser, address: str) -> None:
    with browser.open(address) as seen:
        seen.page.keyboard.press("j")
        assert seen.asked == []
        assert seen.wrong == []


@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_the_window_and_can_be_read_by_everybody(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    with browser.open(address, width=width, color_scheme=scheme) as seen:
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        for tab in seen.page.get_by_role("tab").all():
            tab.click()
            assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
            assert faults(seen.page) == []


def test_a_voice_alone_and_everything_again(browser: Browser, address: str, reading: Reading) -> None:
    with browser.open(address) as seen:
        pick = seen.page.get_by_role("button", name="Colm Vantry").first
        pick.click()
        assert pick.get_attribute("aria-pressed") == "true"
        (vantry,) = (voice.id for voice in reading.voices if voice.name == "Colm Vantry")
        concerned = [a for a in reading.attributions if vantry in (a.voice, *a.via)]
        assert seen.page.locator(".entry.picked").count() == len(concerned)
        seen.page.keyboard.press("Escape")
        assert seen.page.locator(".picked").count() == 0


def test_an_attribution_shows_the_way_to_the_reader(browser: Browser, address: str, reading: Reading) -> None:
    number, chained = next((n, a) for n, a in enumerate(reading.attributions, 1) if a.via)
    with browser.open(f"{address}#t{number}") as seen:
        seen.page.locator(".entry.current .chain").wait_for()  # which the script does once all is loaded
        chain = seen.page.locator(".entry.current .chain li").all_inner_texts()
        assert tuple(chain)[: len(reading.chain(chained)) + 1] == ("you", *reading.chain(chained))


def test_the_keyboard_alone(browser: Browser, address: str, reading: Reading) -> None:
    with browser.open(address) as seen:
        keyboard = seen.page.keyboard
        keyboard.press("j")
        keyboard.press("j")
        assert seen.page.evaluate("location.hash") == "#t2"
        assert seen.page.evaluate("document.activeElement.id") == "a2"
        keyboard.press("k")
        assert seen.page.evaluate("location.hash") == "#t1"
        for span in reading.attributions[0].content:
            assert reading.words((span,))[:20] in re.sub(r"\s+", " ", lit(seen.page)).replace("  ", " ")
        keyboard.press("v")
        assert seen.page.locator('.pick[aria-pressed="true"]').count() == 1
        keyboard.press("3")
        assert seen.page.get_by_role("tab", selected=True).inner_text() == "Names"
        keyboard.press("?")
        assert seen.page.locator("dialog.keys").is_visible()
        keyboard.press("Escape")
        assert not seen.page.locator("dialog.keys").is_visible()


def test_on_a_telephone_the_attribution_is_shown_at_the_foot(browser: Browser, address: str) -> None:
    with browser.open(address, width=360, height=740) as seen:
        seen.page.locator(".text .content").first.click()
        box = seen.page.locator(".entry.current").bounding_box()
        assert box["y"] + box["height"] <= 740
        assert box["y"] > 200


def test_search(browser: Browser, address: str, reading: Reading) -> None:
    times = len(re.findall("brigade", reading.document.text, re.IGNORECASE))
    with browser.open(address) as seen:
        seen.page.keyboard.press("/")
        seen.page.keyboard.type("Brigade")
        assert seen.page.locator(".tools output").inner_text() == f"{times} places"
        seen.page.keyboard.press("Enter")
        assert seen.page.locator(".tools output").inner_text() == f"1 of {times}"


def test_what_a_view_points_at_are_the_words_it_is_about(browser: Browser, address: str, reading: Reading) -> None:
    with browser.open(f"{address}#facts") as seen:
        row = seen.page.locator(".checks li").first
        row.click()
        pointed = seen.page.evaluate("[...CSS.highlights.get('pointed')].map(range => range.toString()).join('')")
        assert pointed == reading.words((reading.facts()[0].statement,))


def test_a_quotation_is_copied_with_its_source(browser: Browser, address: str, reading: Reading) -> None:
    with browser.open(f"{address}#t1", permissions=["clipboard-read", "clipboard-write"]) as seen:
        seen.page.get_by_role("button", name="Copy as quotation").click()
        seen.page.get_by_text("Copied.").wait_for()
        copied = seen.page.evaluate("navigator.clipboard.readText()")
        first = reading.attributions[0]
        assert copied.startswith(reading.words(first.content))
        assert copied.endswith("Brigade in a <box>, Evening Klaxon, en, " + copied.rsplit(", ", 1)[1])


def test_without_script_everything_is_there(browser: Browser, address: str, reading: Reading) -> None:
    with browser.open(address, java_script_enabled=False) as seen:
        for view in ("who", "facts", "names"):
            assert seen.page.locator(f"#{view}").is_visible()
        assert seen.page.locator(".entry").count() == len(reading.attributions)
        assert not seen.page.locator(".tools").is_visible()


def test_on_paper_nothing_is_hidden(browser: Browser, address: str) -> None:
    with browser.open(address) as seen:
        seen.page.emulate_media(media="print")
        for view in ("who", "facts", "names"):
            assert seen.page.locator(f"#{view}").is_visible()
        assert not seen.page.locator(".tools").is_visible()
        assert not seen.page.locator(".tabs").is_visible()
