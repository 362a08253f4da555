"""Whose words stand at a place: the innermost attribution whose content holds it."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.chain import Placed
from sayso.types import Span


def innermost(attributions: Sequence[Placed], places: Sequence[Span]) -> list[int | None]:
    """For each place the index of the attribution with the smallest content one of whose spans holds all of it; None
    where none does and the report speaks in its own voice. Takes time in proportion to the attributions and places, as
    long as few contents lie over one place."""
    sizes = [sum(end - start for start, end in a.content) for a in attributions]
    contents = sorted((span, index) for index, a in enumerate(attributions) for span in a.content)
    found: list[int | None] = [None] * len(places)
    around: list[tuple[Span, int]] = []
    at = 0
    for index in sorted(range(len(places)), key=lambda i: places[i]):
        start, end = places[index]
        while at < len(contents) and contents[at][0].start <= start:
            around.append(contents[at])
            at += 1
        around = [(span, holder) for span, holder in around if span.end > start]
        holders = [holder for span, holder in around if span.end >= end]
        found[index] = min(holders, key=lambda i: sizes[i], default=None)
    return found
