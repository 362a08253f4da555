"""Make the pictures of the reading page in `docs/pictures`, out of the invented reports: `python -m docs.screenshots`.

It needs Chromium, and what `pip install '.[test]'` brings.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from sayso.engine import Engine
from sayso.intake.loaded import Loaded, Metadata
from sayso.intake.opened import loaded
from sayso.render.page import page
from tests.browser import started

ROOT = Path(__file__).parent
REPORT = ROOT.parent / "examples" / "evening-klaxon-brigade-in-a-box.txt"
PICTURES = {
    "reading-page": ("jjj", 1280, 960, "light"),
    "reading-page-names": ("3", 1280, 860, "dark"),
    "reading-page-narrow": ("jjjjj", 360, 740, "light"),
}
"""By name: the keys that are pressed, the size of the window, the colour scheme."""


def main() -> None:
    """Write the pictures."""
    with TemporaryDirectory() as folder, started() as browser:
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


if __name__ == "__main__":
    main()
