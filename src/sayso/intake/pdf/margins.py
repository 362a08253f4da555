"""What stands in the margins of a PDF's pages and is no part of the report: running heads and feet, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from sayso.intake.pdf.page import Page, Run

_OUTERMOST = 3
_SHARE = 0.5
_TOLERANCE = 4.0
_FIGURES = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?i)[-–—|]?\s*(?:page|p\.)?\s*\d{1,4}\s*(?:(?:/|of)\s*\d{1,4})?\s*[-–—|]?")
_ADDRESS = re.compile(r"https?://[^\s<>\"]{4,2000}")
_COUNTED = re.compile(r"\d{1,4}\s*/\s*\d{1,4}")


def without_margins(pages: Sequence[Page]) -> list[list[Run]]:
    """The runs of each page but for those that stand at the same height on at least half the pages, figures aside, in
    its outermost three lines at top or bottom; and for page numbers in the outermost."""
    edges = [_edges(page.runs) for page in pages]
    seen = Counter(key for page in edges for key in {_key(run) for run in page})
    often = max(2, _SHARE * sum(1 for page in pages if page.runs))
    kept = []
    for page, edge in zip(pages, edges, strict=True):
        numbers = _numbers(page.runs)
        dropped = {run for run in edge if _times(seen, run) >= often} | numbers
        kept.append([run for run in page.runs if run not in dropped])
    return kept


def printed_address(pages: Sequence[Page]) -> str | None:
    """The address that a browser prints at the foot of every page, beside "1/3" or by itself; None if there is none."""
    common: set[str] = set()
    for page in pages:
        edge = _edges(page.runs)
        addresses = [found for run in edge if (found := _ADDRESS.match(run.text))]
        if len(addresses) != 1 or not any(_COUNTED.search(run.text) for run in edge):
            return None
        common.add(addresses[0][0])
    return common.pop() if len(common) == 1 else None


def _edges(runs: Sequence[Run]) -> list[Run]:
    """The runs in the outermost lines."""
    rows = _rows(runs)
    outermost = rows if len(rows) <= 2 * _OUTERMOST else rows[:_OUTERMOST] + rows[-_OUTERMOST:]
    return [run for row in outermost for run in row]


def _numbers(runs: Sequence[Run]) -> set[Run]:
    """Page numbers, where one stands alone or at the end of the very first or last line."""
    rows = _rows(runs)
    if len(rows) < 3:
        return set()
    return {run for row in (rows[0], rows[-1]) for run in row if _PAGE_NUMBER.fullmatch(run.text)}


def _rows(runs: Sequence[Run]) -> list[list[Run]]:
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.middle):
        if rows and run.middle - rows[-1][0].middle <= _TOLERANCE:
            rows[-1].append(run)
        else:
            rows.append([run])
    return rows


def _key(run: Run) -> tuple[str, int]:
    return _FIGURES.sub("0", run.text), round(run.middle / _TOLERANCE)


def _times(seen: Counter[tuple[str, int]], run: Run) -> int:
    text, height = _key(run)
    return sum(seen[text, height + off] for off in (-1, 0, 1))
