"""Direct, mixed or indirect: what the quotation marks say of a content."""

from __future__ import annotations

import bisect

import regex

from sayso.quotes import Quotation
from sayso.types import Kind, Spans

_INK = regex.compile(r"[\p{L}\p{N}]")


class Quoted:
    """The quotations of a document, to be asked about spans in logarithmic time."""

    def __init__(self, text: str, quotations: list[Quotation]) -> None:
        self._text = text
        self._all = quotations
        self._starts = [q.start for q in quotations]
        self._around = _parents(quotations)

    def kind(self, content: Spans, cue: Spans = ()) -> Kind:
        """`direct` if every letter of the content lies in a quotation, `indirect` if no quotation begins or goes on in
        any part of it, else `mixed`. A quotation that holds the cue as well is somebody else's and does not count."""
        parts = [span for span in content if _INK.search(self._text, *span)] or list(content)
        cue_start = cue[0].start if cue else -1
        if all(self._inside(start, end, cue_start) for start, end in parts):
            return "direct"
        if any(self._touched(start, end, cue_start) for start, end in parts):
            return "mixed"
        return "indirect"

    def depth(self, at: int) -> int:
        """How many quotations the character at `at` lies in."""
        return len(self._holding(at))

    def _inside(self, start: int, end: int, cue: int) -> bool:
        """Whether the letters of `text[start:end]` all lie in quotations: one, or one a paragraph."""
        letter = _INK.search(self._text, start, end)
        at = letter.start() if letter else start
        while at < end:
            held = [q for q in self._holding(at) if not q.start <= cue < q.end]
            if not held:
                return False
            beyond = max(q.end for q in held)
            letter = _INK.search(self._text, beyond, end) if beyond < end else None
            at = letter.start() if letter else end
        return True

    def _touched(self, start: int, end: int, cue: int) -> bool:
        """Whether a quotation begins or goes on in `text[start:end]`."""
        index = bisect.bisect_left(self._starts, start)
        if index < len(self._all) and self._starts[index] < end:
            return True
        return any(not q.start <= cue < q.end for q in self._holding(start))

    def _holding(self, at: int) -> list[Quotation]:
        """The quotations that the character at `at` lies in, innermost first."""
        index: int | None = bisect.bisect_right(self._starts, at) - 1
        held = []
        while index is not None and index >= 0:
            if self._all[index].end > at:
                held.append(self._all[index])
            index = self._around[index]
        return held


def _parents(quotations: list[Quotation]) -> list[int | None]:
    """For each quotation the index of the one that it, or (for an outermost one) nothing, lies in."""
    around: list[int] = []
    parents: list[int | None] = []
    for index, quotation in enumerate(quotations):
        del around[quotation.depth :]
        parents.append(around[-1] if around else None)
        around.append(index)
    return parents
