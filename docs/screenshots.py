"""Make the pictures of the reading page and the reading room in `docs/pictures`, out of the invented reports:
`python -m docs.screenshots`.

It needs Chromium, and what `pip install '.[test]'` brings.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from sayso.engine import Engine
from sayso.intake.loaded import Loaded, Metadata
from sayso.intake.opened import loaded
from sayso.ledger import Ledger
from sayso.render.page import page
from tests.browser import Browser, started
from tests.room import served

ROOT = Path(__file__).parent
REPORT = ROOT.parent / "examples" / "evening-klaxon-brigade-in-a-box.txt"
PICTURES = {
    "reading-page": ("jjj", 1280, 960, "light"),
    "reading-page-names": ("3", 1280, 860, "dark"),
    "reading-page-narrow": ("jjjjj", 360, 740, "light"),
}
"""By name: the keys that are pressed, the size of the window, the colour scheme."""
ROOM = {
    "room-search": ("/?words=explosive", "", 1280, 960, "light"),
    "room-claims": ("/claims", "", 1280, 960, "light"),
    "room-sourcing": ("/sourcing", "", 1280, 860, "light"),
    "room-correcting": ("/documents/1", "jjj", 1280, 900, "dark"),
    "room-narrow": ("/voice?name=Helmi+Sarkany", "", 360, 740, "light"),
}
"""Of the reading room, with the page first."""


def main() -> None:
    """Write the pictures."""
    with TemporaryDirectory() as folder, started() as browser:
        room(Path(folder), browser)
        file = Path(folder) / "page.html"
        (report,) = loaded(str(REPORT), Metadata())
        assert isinstance(report, Loaded)
        file.write_text(page(Engine().read(report.document)), "utf-8")
        for name, (keys, width, height, scheme) in PICTURES.items():
            with browser.open(file.as_uri(), width=width, height=height, color_scheme=scheme) as seen:
                for key in keys:
                    seen.page.keyboard.press(key)
                seen.page.wait_for_timeout(1000)  # it scrolls
                seen.page.screenshot(path=ROOT / "pictures" / f"{name}.png")


def room(folder: Path, browser: Browser) -> None:
    """Write those of the reading room, open on the reports of one incident."""
    with Ledger(folder / "strait.sayso") as ledger:
        ledger.add([REPORT.parent / "incident"])
        ledger.compare()
        with served(ledger, called="strait.sayso") as (address, _):
            for name, (path, keys, width, height, scheme) in ROOM.items():
                with browser.open(address + path, width=width, height=height, color_scheme=scheme) as seen:
                    seen.page.wait_for_load_state("networkidle")
                    for key in keys:
                        seen.page.keyboard.press(key)
                    seen.page.wait_for_timeout(600)
                    seen.page.screenshot(path=ROOT / "pictures" / f"{name}.png")


if __name__ == "__main__":
    main()
