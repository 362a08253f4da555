"""Where a reading's spans fall in the paragraphs of its text: what the ledger and the page both need to show them."""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from sayso.text import paragraphs
from sayso.types import Attribution, Span, Spans

Role = Literal["source", "cue", "content"]
ROLES: tuple[Role, ...] = ("source", "cue", "content")

# No-break and ideographic spaces are the text's own and stay as they are.
_BREAKING_SPACE = re.compile(r"[ \t\n\r\v\f\x1c-\x1f\x85\u2028\u2029]+")


class Mark(NamedTuple):
    """One role in one attribution; attributions are numbered from 1 in reading order."""

    role: Role
    number: int


class Segment(NamedTuple):
    """`text[start:end]`, all of which plays the same parts: `marks`, outer before inner, empty for unmarked text;
    `unsourced` where the report says it on nobody's word."""

    start: int
    end: int
    marks: tuple[Mark, ...]
    unsourced: bool = False


class Paragraphs:
    """The paragraphs of one text, found once. `offsets` are theirs, in order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.offsets = paragraphs(text)
        self._ends = [end for _, end in self.offsets]

    def number(self, offset: int) -> int:
        """The number, from 1, of the paragraph at `offset`; between two paragraphs, that of the second."""
        return min(self._index(offset) + 1, max(1, len(self.offsets)))

    def right_to_left(self, number: int) -> bool:
        """Whether the first letter of this paragraph is of a script that runs so."""
        for start, end in self.offsets[number - 1 : number]:
            kinds = (unicodedata.bidirectional(self.text[index]) for index in range(start, end))
            return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"
        return False

    def words(self, spans: Spans, gap: str) -> str:
        """The words at `spans` on one line: " ¶ " where a paragraph ends, `gap` where the text has words between."""
        parts = (" ¶ ".join(filter(None, self._lines(span))) for span in self._joined(spans))
        return gap.join(filter(None, parts))

    def segments(self, attributions: Sequence[Attribution], unsourced: Spans = ()) -> list[list[Segment]]:
        """Each paragraph, cut wherever a span begins or ends; a paragraph's segments add up to the paragraph."""
        opening, closing = _by_offset(attributions)
        bare = {span.end: False for span in unsourced} | {span.start: True for span in unsourced}
        ends = (offset for paragraph in self.offsets for offset in paragraph)
        found: list[list[Segment]] = [[] for _ in self.offsets]
        active: dict[Mark, None] = {}  # a set that keeps its order
        is_bare = False
        for start, end in pairwise(sorted({*opening, *closing, *bare, *ends})):
            for mark in closing[start]:
                active.pop(mark, None)
            active.update(dict.fromkeys(opening[start]))
            is_bare = bare.get(start, is_bare)
            index = self._index(start)
            if index < len(found) and self.offsets[index][0] <= start:
                found[index].append(Segment(start, end, tuple(active), is_bare))
        return found

    def _index(self, offset: int) -> int:
        return bisect.bisect_right(self._ends, offset)

    def _joined(self, spans: Spans) -> list[Span]:
        """`spans`, with neighbours made one where only white space parts them: nothing was left out there."""
        joined: list[Span] = []
        for span in spans:
            if joined and not self.text[joined[-1].end : span.start].strip():
                joined[-1] = Span(joined[-1].start, span.end)
            else:
                joined.append(span)
        return joined

    def _lines(self, span: Span) -> Iterator[str]:
        """The words at `span`, paragraph by paragraph."""
        for index in range(self._index(span.start), len(self.offsets)):
            start, end = self.offsets[index]
            if start >= span.end:
                return
            yield one_line(self.text[max(start, span.start) : min(end, span.end)])


def one_line(text: str) -> str:
    """`text` with each run of line breaks, tabs and blanks as one blank, and no white space at its ends."""
    return _BREAKING_SPACE.sub(" ", text).strip()


def _by_offset(attributions: Sequence[Attribution]) -> tuple[dict[int, list[Mark]], dict[int, list[Mark]]]:
    """The marks that begin, and those that end, at each offset; of those that begin together the longest first."""
    opening: defaultdict[int, list[Mark]] = defaultdict(list)
    closing: defaultdict[int, list[Mark]] = defaultdict(list)
    marked = [
        (span, Mark(role, number))
        for number, attribution in enumerate(attributions, 1)
        for role in ROLES
        for span in spans_of(attribution, role)
    ]
    for span, mark in sorted(marked, key=lambda pair: (pair[0].start, -pair[0].end)):
        opening[span.start].append(mark)
        closing[span.end].append(mark)
    return opening, closing


def spans_of(attribution: Attribution, role: Role) -> Spans:
    """The attribution's spans in `role`."""
    return {"source": attribution.source, "cue": attribution.cue, "content": attribution.content}[role]
