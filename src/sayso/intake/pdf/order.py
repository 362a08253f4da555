"""Runs of characters on a page → lines in the order in which a person reads them: column by column.

A gutter is a strip that few runs cross and beside which columns of lines stand; what crosses it (a headline, a wide
picture's caption) cuts the columns into bands, which are read one after another. Tables, whose cells are narrow, are
read line by line. The idea is that of recursive cuts (Nagy and Seth, 1984), with cuts that may be interrupted.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from sayso.intake.pdf.page import Run

_STRIPS = 400
_MOST_CROSSING = 0.25
_FEWEST_LINES = 4
_NARROWEST_COLUMN, _NARROWEST_GUTTER = 7.0, 0.4
_DEEPEST = 4
_SAME_LINE = 0.5
_NO_BLANK = 0.08
_DROP_CAP = 1.8


Line = Run
"""A run that is a whole line of a column."""

Block = list[Line]
"""Lines that stand under each other."""


def blocks(runs: Sequence[Run]) -> list[Block]:
    """The blocks of lines of one page, in reading order."""
    if not runs:
        return []
    return [lines for block in _cut(_with_drop_caps(runs), 0) if (lines := _lines(block))]


def _cut(runs: list[Run], depth: int) -> list[list[Run]]:
    gutter = _gutter(runs) if depth < _DEEPEST and len(runs) >= 2 * _FEWEST_LINES else None
    if gutter is None:
        return [runs]
    crossing = sorted((run for run in runs if run.left < gutter < run.right), key=lambda run: run.middle)
    heights = [run.middle for run in crossing]
    bands: list[tuple[list[Run], list[Run]]] = [([], []) for _ in range(len(crossing) + 1)]
    for run in runs:
        if not run.left < gutter < run.right:
            bands[bisect_left(heights, run.middle)][run.left >= gutter].append(run)
    found: list[list[Run]] = []
    across: list[Run] = []
    for index, sides in enumerate(bands):
        if across and any(sides):
            found.append(across)
            across = []
        for side in filter(None, sides):
            found += _cut(side, depth + 1)
        across += crossing[index : index + 1]
    return [*found, across] if across else found


def _gutter(runs: list[Run]) -> float | None:
    """Where columns are parted, or None if they are not."""
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    height = median(run.height for run in runs)
    strip = max((right - left) / _STRIPS, 0.5)
    crossed = _crossed(runs, left, strip, int((right - left) / strip) + 1)
    most = _MOST_CROSSING * max(crossed)
    best: tuple[int, float, float] | None = None
    start = None
    for index, count in enumerate([*crossed, len(runs)]):
        if count <= most and start is None:
            start = index
        elif count > most and start is not None:
            lowest = min(crossed[start:index])
            at = [i for i in range(start, index) if crossed[i] == lowest]
            width = len(at) * strip
            middle = left + (at[len(at) // 2] + 0.5) * strip
            better = width >= _NARROWEST_GUTTER * height and (best is None or (lowest, -width) < best[:2])
            if better and _parts_columns(runs, middle, height):
                best = (lowest, -width, middle)
            start = None
    return None if best is None else best[2]


def _crossed(runs: list[Run], left: float, strip: float, count: int) -> list[int]:
    """How many runs lie over each strip of the page."""
    changes = [0] * (count + 1)
    for run in runs:
        first = min(max(int((run.left - left) / strip), 0), count - 1)
        changes[first] += 1
        changes[min(max(int((run.right - left) / strip), first), count - 1) + 1] -= 1
    total, crossed = 0, []
    for change in changes[:count]:
        total += change
        crossed.append(total)
    return crossed


def _parts_columns(runs: list[Run], gutter: float, height: float) -> bool:
    """Whether wide enough lines, and enough of them, stand beside each other on both sides."""
    sides = [run for run in runs if run.right <= gutter], [run for run in runs if run.left >= gutter]
    for side in sides:
        widths = sorted(run.right - run.left for run in side)
        if len(side) < _FEWEST_LINES or widths[len(widths) * 3 // 4] < _NARROWEST_COLUMN * height:
            return False
    top = max(min(run.top for run in side) for side in sides)
    bottom = min(max(run.bottom for run in side) for side in sides)
    return bottom - top >= (_FEWEST_LINES - 1) * height


def _with_drop_caps(runs: Sequence[Run]) -> list[Run]:
    """The runs, a large initial put before the rest of its word."""
    usual = median(run.height for run in runs)
    caps = [run for run in runs if run.text.isalpha() and len(run.text) == 1 and run.height >= _DROP_CAP * usual]
    if not caps or len(caps) > len(runs) ** 0.5:
        return list(runs)
    rest = [run for run in runs if run not in caps]
    for cap in caps:
        beside = [
            index
            for index, run in enumerate(rest)
            if cap.top - usual / 2 <= run.top <= cap.middle and 0 <= run.left - cap.right + usual < 2 * usual
        ]
        if not beside:
            rest.append(cap)
            continue
        index = min(beside, key=lambda i: rest[i].top)
        first = rest[index]
        rest[index] = first._replace(text=cap.text + first.text, left=cap.left)
    return rest


def _lines(runs: list[Run]) -> Block:
    """The runs of a block put together to lines, from top to bottom and from left to right."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.middle):
        last = rows[-1][0] if rows else None
        if last is not None and _shared(last, run) > _SAME_LINE * min(last.height, run.height):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [_line(sorted(row, key=lambda run: run.left)) for row in rows]


def _shared(one: Run, other: Run) -> float:
    return min(one.bottom, other.bottom) - max(one.top, other.top)


def _line(row: list[Run]) -> Line:
    text = row[0].text
    for before, run in pairwise(row):
        text += run.text if run.left - before.right < _NO_BLANK * run.height else " " + run.text
    largest = max(row, key=lambda run: len(run.text))
    return Line(text, row[0].left, largest.top, max(run.right for run in row), largest.bottom)
