"""How large and how fast the page of a report is, in Debian's Chromium: `python -m benchmarks.page`.

Reports are the invented ones, one after the other, cut at 1,500 and at 100,000 words. *Interactive*: milliseconds from
the last byte until the page's script has run. *Frames*: milliseconds between them while the page scrolls by half a
window each; 17 is all that a screen shows.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from sayso.engine import Engine
from sayso.render.page import page
from tests.browser import Browser, started

EXAMPLES = Path(__file__).parent.parent / "examples"
SIZES = (1_500, 100_000)

_SCROLL = """async () => {
  const passed = [];
  let last = performance.now();
  for (let frame = 0; frame < 60; frame++) {
    scrollBy({ top: innerHeight / 2, behavior: "instant" });
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    passed.push(now - last);
    last = now;
  }
  return passed.sort((a, b) => a - b);
}"""
_INTERACTIVE = """() => {
  const [page] = performance.getEntriesByType("navigation");
  return page.loadEventEnd - page.responseEnd;
}"""


def report(words: int) -> str:
    """A text of about so many words."""
    texts = itertools.cycle([path.read_text("utf-8") for path in sorted(EXAMPLES.glob("*.txt"))])
    return "\n\n".join(_until(texts, words))


def _until(texts: Iterator[str], words: int) -> Iterator[str]:
    for text in texts:
        paragraphs = text.split("\n\n")
        for paragraph in paragraphs:
            if words <= 0:
                return
            words -= len(paragraph.split())
            yield paragraph


def measure(browser: Browser, file: Path) -> tuple[float, float, list[float]]:
    """Milliseconds until the page is interactive, until a chosen attribution is shown, and between frames."""
    with browser.open(file.as_uri()) as seen:
        interactive = float(seen.page.evaluate(_INTERACTIVE))
        began = time.monotonic()
        seen.page.keyboard.press("j")
        seen.page.evaluate("document.querySelector('.entry.current').id")
        chosen = 1000 * (time.monotonic() - began)
        return interactive, chosen, list(seen.page.evaluate(_SCROLL))


def main() -> None:
    """Print the figures."""
    engine = Engine()
    with TemporaryDirectory() as folder, started() as browser:
        for words in SIZES:
            reading = engine.read(report(words))
            began = time.monotonic()
            html = page(reading)
            made = time.monotonic() - began
            file = Path(folder) / "page.html"
            file.write_text(html, "utf-8")
            interactive, chosen, frames = measure(browser, file)
            print(
                f"{words:,} words, {len(reading.attributions):,} attributions: {file.stat().st_size / 1000:,.0f} kB, "
                f"made in {made:.2f} s; interactive after {interactive:.0f} ms, next attribution {chosen:.0f} ms; "
                f"frames {frames[30]:.0f} ms at the median, {frames[57]:.0f} at the 95th percentile"
            )


if __name__ == "__main__":
    main()
