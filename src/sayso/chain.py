"""What lies in what: the attribution inside whose content another stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sayso.types import Spans


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
    None. An attribution without a cue is placed by its content."""
    sizes = [sum(end - start for start, end in a.content) for a in attributions]
    by_start = sorted(range(len(attributions)), key=lambda i: attributions[i].content[0].start if attributions[i].content else 0)
    found: list[int | None] = []
    for index, inner in enumerate(attributions):
        held = inner.cue + inner.source or inner.content
        best: int | None = None
        for outer in by_start:
            content = attributions[outer].content
            if not content or content[0].start > held[0].start and content[0].start > held[-1].end:
                if content and content[0].start > max(s.end for s in held):
                    break
                continue
            if outer == index or not all(_inside(span, content) for span in held):
                continue
            if (sizes[outer], outer) <= (sizes[index], index) and _mutual(attributions[outer], inner):
                continue
            if best is None or sizes[outer] < sizes[best]:
                best = outer
        found.append(best)
    return found


def _inside(span: tuple[int, int], content: Spans) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in content)


def _mutual(outer: Placed, inner: Placed) -> bool:
    """Whether each lies in the other's content: then only the smaller may lie in the greater."""
    return all(_inside(span, inner.content) for span in outer.cue + outer.source or outer.content)
