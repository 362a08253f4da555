"""Spans of the text that are something else already."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from sayso.types import Span


class Taken:
    """Spans that nothing may touch, in any order, found by bisection."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def touches(self, start: int, end: int) -> bool:
        """Whether [start, end) shares a character with one of them."""
        at = bisect_left(self._starts, end) - 1
        return at >= 0 and self._ends[at] > start
