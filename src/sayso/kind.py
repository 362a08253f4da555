"""Direct, mixed or indirect: what the quotation marks say of a content."""

from __future__ import annotations

import bisect

import regex

from sayso.quotes import Quotation
from sayso.types import Kind, Spans

_INK = regex.compile(r"[\p{L}\p{N}]")


class Quoted:
    """The outermost quotations of a document, to be asked about spans in logarithmic time."""

    def __init__(self, text: str, quotations: list[Quotation]) -> None:
        self._text = text
        self._outer = [(q.start, q.end) for q in quotations if q.depth == 0]
        self._all_starts = [q.start for q in quotations]
        self._all = quotations

    def kind(self, content: Spans) -> Kind:
        """`direct` if every letter of the content lies in a quotation, `indirect` if no quotation begins or goes on in
        any part of it, else `mixed`."""
        parts = [span for span in content if _INK.search(self._text, *span)] or list(content)
        if all(self._inside(start, end) for start, end in parts):
            return "direct"
        if any(self._touched(start, end) for start, end in parts):
            return "mixed"
        return "indirect"

    def _inside(self, start: int, end: int) -> bool:
        """Whether the letters of `text[start:end]` all lie in quotations: one, or one a paragraph."""
        letter = _INK.search(self._text, start, end)
        at = letter.start() if letter else start
        while at < end:
            index = bisect.bisect_right(self._outer, (at, len(self._text))) - 1
            if index < 0 or self._outer[index][1] <= at:
                return False
            letter = _INK.search(self._text, self._outer[index][1], end) if self._outer[index][1] < end else None
            at = letter.start() if letter else end
        return True

    def _touched(self, start: int, end: int) -> bool:
        """Whether a quotation begins or goes on in `text[start:end]`."""
        index = bisect.bisect_left(self._all_starts, start)
        if index < len(self._all) and self._all_starts[index] < end:
            return True
        outer = bisect.bisect_right(self._outer, (start, len(self._text))) - 1
        return outer >= 0 and self._outer[outer][1] > start
