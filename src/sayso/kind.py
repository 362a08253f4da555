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
        """`direct` if every part of the content with a letter in it lies in an outermost quotation, `indirect` if no
        quotation mark stands in any part, else `mixed`."""
        parts = [span for span in content if _INK.search(self._text, *span)] or list(content)
        if all(self._inside(start, end) for start, end in parts):
            return "direct"
        if any(self._touched(start, end) for start, end in parts):
            return "mixed"
        return "indirect"

    def _inside(self, start: int, end: int) -> bool:
        """Whether the letters of `text[start:end]` all lie in one outermost quotation."""
        first = _INK.search(self._text, start, end)
        start = first.start() if first else start
        index = bisect.bisect_right(self._outer, (start, len(self._text))) - 1
        if index < 0:
            return False
        opened, closed = self._outer[index]
        return opened <= start and not _INK.search(self._text, max(closed, start), end)

    def _touched(self, start: int, end: int) -> bool:
        """Whether a quotation begins or goes on in `text[start:end]`."""
        index = bisect.bisect_left(self._all_starts, start)
        if index < len(self._all) and self._all_starts[index] < end:
            return True
        outer = bisect.bisect_right(self._outer, (start, len(self._text))) - 1
        return outer >= 0 and self._outer[outer][1] > start
