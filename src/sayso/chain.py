"""What lies in what: the attribution in whose content another stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sayso.types import Span, Spans


class Placed(Protocol):
    """Whatever has the spans of an attribution."""

    @property
    def source(self) -> Spans: ...
    @property
    def cue(self) -> Spans: ...
    @property
    def content(self) -> Spans: ...


def parents(attributions: Sequence[Placed]) -> list[int | None]:
    """For each attribution the index of the smallest other one whose content holds its cue and all of its source, or
    None. An attribution without a cue is placed by its content; of two that each lie in the other the smaller is the
    inner one. Takes time in proportion to how many there are, as long as few contents lie over one place.
    """
    sizes = [sum(end - start for start, end in a.content) for a in attributions]
    held = [a.cue + a.source or a.content for a in attributions]
    outers = sorted((a.content[0].start, i) for i, a in enumerate(attributions) if a.content)
    found: list[int | None] = [None] * len(attributions)
    around: list[int] = []  # those whose content has begun and not ended
    at = 0
    for index in sorted(range(len(attributions)), key=lambda i: min(held[i]) if held[i] else Span(0, 0)):
        if not held[index]:
            continue
        start = min(held[index]).start
        while at < len(outers) and outers[at][0] <= start:
            around.append(outers[at][1])
            at += 1
        around = [i for i in around if attributions[i].content[-1].end > start]
        fitting = [i for i in around if i != index and _holds(attributions[i].content, held[index])]
        fitting = fitting or [i for i in around if i != index and _quotes(attributions[i], attributions[index])]
        fitting = [i for i in fitting if not _holds(attributions[index].content, held[i]) or sizes[i] > sizes[index]]
        found[index] = min(fitting, key=lambda i: sizes[i], default=None)
    return found


def _quotes(outer: Placed, inner: Placed) -> bool:
    """Whether one cue serves both, and the inner speaker is part of what the outer one hands over: "the paper quoted an
    official as saying"."""
    shared = any(a.start < b.end and b.start < a.end for a in outer.cue for b in inner.cue)
    return shared and bool(inner.source) and inner.source != outer.source and _holds(outer.content, inner.source)


def _holds(content: Spans, spans: Spans) -> bool:
    return all(any(start <= span.start and span.end <= end for start, end in content) for span in spans)
