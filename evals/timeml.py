"""TimeML as TempEval-3 distributed TimeBank and AQUAINT: texts, their dates, their time expressions."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple


class Timex(NamedTuple):
    """One annotated time expression: code points `[start, end)` of the text, and its TIMEX3 attributes."""

    start: int
    end: int
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class TimedArticle:
    """The words of a TEXT element with its TIMEX3 elements in text order; `created` is the value of the DCT."""

    name: str
    text: str
    created: str
    times: tuple[Timex, ...]


def read_timeml(folder: Path) -> list[TimedArticle]:
    """The `.tml` files of a folder by name."""
    return [_article(path) for path in sorted(folder.glob("*.tml"))]


def _article(path: Path) -> TimedArticle:
    root = ElementTree.parse(path).getroot()
    created, body = root.find("DCT/TIMEX3"), root.find("TEXT")
    if created is None or body is None:
        raise ValueError(f"{path} has no DCT or no TEXT")
    text = "".join(body.itertext())
    times = sorted(timex for timex in _timexes(body, 0) if text[timex.start : timex.end].strip())
    return TimedArticle(path.stem, text, created.get("value", ""), tuple(times))


def _timexes(element: ElementTree.Element, start: int) -> Iterator[Timex]:
    if element.tag == "TIMEX3":
        end = start + len("".join(element.itertext()))
        yield Timex(start, end, element.get("type", ""), element.get("value", ""))
    at = start + len(element.text or "")
    for child in element:
        yield from _timexes(child, at)
        at += len("".join(child.itertext())) + len(child.tail or "")
