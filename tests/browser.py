"""A real browser: Debian's Chromium, driven by Playwright; what it asked the network for and complained of is kept."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.needed import missing

# Chromium looks for its makers' hosts otherwise, and as root it has no sandbox.
_ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


@dataclass
class Seen:
    """A page in the browser, with what it asked for besides itself and what went wrong in it."""

    page: Any
    asked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


class Browser:
    """A browser that opens pages; one is started for all tests of a run."""

    def __init__(self, chromium: Any) -> None:
        self._chromium = chromium

    @contextmanager
    def open(self, address: str, *, width: int = 1280, height: int = 900, **options: Any) -> Iterator[Seen]:
        """The page at `address` in a window of that size; `options` are those of Playwright's contexts."""
        context = self._chromium.new_context(viewport={"width": width, "height": height}, **options)
        seen = Seen(context.new_page())
        seen.page.on("request", lambda request: seen.asked.append(request.url))
        seen.page.on("console", lambda said: said.type == "error" and seen.wrong.append(said.text))
        seen.page.on("pageerror", lambda error: seen.wrong.append(str(error)))
        seen.page.goto(address, wait_until="load")
        seen.asked.remove(address.partition("#")[0])
        try:
            yield seen
        finally:
            context.close()


@contextmanager
def started() -> Iterator[Browser]:
    """A browser, for as long as the context lasts; skips the test where there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        path = None
    if path is None:
        missing("there is no Chromium, or no Playwright to drive it")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        try:
            yield Browser(chromium)
        finally:
            chromium.close()


def faults(page: Any) -> list[str]:
    """What axe-core finds wrong with a page for those who do not see or point, if it is serious."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:120]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]
