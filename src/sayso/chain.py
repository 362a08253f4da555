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
    sharing = _sharing_cues(attributions)
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
        fitting = [i for i in fitting if not _holds(attributions[index].content, held[i]) or sizes[i] > sizes[index]]
        fitting = fitting or [i for i in sharing[index] if _quotes(attributions[i], attributions[index])]
        found[index] = min(fitting, key=lambda i: sizes[i], default=None)
    return _without_circles(found, sizes)


def _sharing_cues(attributions: Sequence[Placed]) -> list[list[int]]:
    """For each attribution the indices of the others whose cues overlap its own."""
    found: list[list[int]] = [[] for _ in attributions]
    open_spans: list[tuple[int, int]] = []
    for start, end, index in sorted((*span, i) for i, a in enumerate(attributions) for span in a.cue):
        open_spans = [(stop, other) for stop, other in open_spans if stop > start]
        for _, other in open_spans:
            if other != index:
                found[index].append(other)
                found[other].append(index)
        open_spans.append((end, index))
    return found


def _without_circles(outer: list[int | None], sizes: Sequence[int]) -> list[int | None]:
    """The same where three or more contents that cross do not each lie in the next: the largest lies in none."""
    for index in range(len(outer)):
        path: list[int] = []
        at: int | None = index
        while at is not None and at not in path:
            path.append(at)
            at = outer[at]
        if at is not None:
            outer[max(path[path.index(at) :], key=lambda i: sizes[i])] = None
    return outer


def _quotes(outer: Placed, inner: Placed) -> bool:
    """Whether one cue serves both, and the inner speaker is part of what the outer one hands over: "the paper quoted an
    official as saying"."""
    shared = any(a.start < b.end and b.start < a.end for a in outer.cue for b in inner.cue)
    return shared and bool(inner.source) and inner.source != outer.source and _holds(outer.content, inner.source)


def _holds(content: Spans, spans: Spans) -> bool:
    return all(any(start <= span.start and span.end <= end for start, end in content) for span in spans)
