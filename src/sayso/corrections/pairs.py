"""Which attribution that came back is which that went out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sayso.corrections.values import NEAR, Marked, common
from sayso.types import Spans


@dataclass(frozen=True, slots=True)
class Candidate:
    """An attribution that came back, with the id it came under, if the tool kept one."""

    id: str | None
    marked: Marked


def pairs(sent: Mapping[str, Marked], back: Sequence[Candidate]) -> dict[int, str]:
    """The id of what went out, for each index of what came back that is the same attribution.

    An id holds where the two touch; where a tool gave new ids, or none, the same spans do, and at last the largest
    overlap. Each is paired once.
    """
    pairing = _Pairing(sent, back)
    pairing.same_id_and_spans()
    pairing.same_id()
    pairing.same_spans()
    pairing.overlapping()
    return pairing.found


class _Pairing:
    def __init__(self, sent: Mapping[str, Marked], back: Sequence[Candidate]) -> None:
        self._back = back
        self._open = dict(sent)
        self._by_spans: dict[object, list[str]] = {}
        for name, marked in sent.items():
            self._by_spans.setdefault(_spans(marked), []).append(name)
        self.found: dict[int, str] = {}

    def same_id_and_spans(self) -> None:
        for index, name, marked in self._under_known_ids():
            if _spans(self._open[name]) == _spans(marked):
                self._pair(index, name)

    def same_id(self) -> None:
        """Unless it stands exactly where another went out: then the tool has counted anew."""
        for index, name, marked in self._under_known_ids():
            elsewhere = any(other in self._open for other in self._by_spans.get(_spans(marked), ()))
            if not elsewhere and _shared(self._open[name], marked):
                self._pair(index, name)

    def same_spans(self) -> None:
        for index, candidate in self._unpaired():
            names = self._by_spans.get(_spans(candidate.marked), ())
            name = next((name for name in names if name in self._open), None)
            if name is not None:
                self._pair(index, name)

    def overlapping(self) -> None:
        """The largest share of words in common first; at least half of the words of both together."""
        near = _Near(self._open)
        shares = [
            (-share, index, name)
            for index, candidate in self._unpaired()
            for name in near.names(candidate.marked)
            if (share := _share(self._open[name], candidate.marked)) >= NEAR
        ]
        for _, index, name in sorted(shares):
            if index not in self.found and name in self._open:
                self._pair(index, name)

    def _under_known_ids(self) -> list[tuple[int, str, Marked]]:
        return [(index, c.id, c.marked) for index, c in self._unpaired() if c.id is not None and c.id in self._open]

    def _unpaired(self) -> list[tuple[int, Candidate]]:
        return [(index, candidate) for index, candidate in enumerate(self._back) if index not in self.found]

    def _pair(self, index: int, name: str) -> None:
        if self._open.pop(name, None) is not None:
            self.found[index] = name


class _Near:
    """Attributions by where their spans begin, end and have their middle, in cells of some hundred code points."""

    _CELL = 256

    def __init__(self, marked: Mapping[str, Marked]) -> None:
        self._cells: dict[int, list[str]] = {}
        for name, each in marked.items():
            for cell in self._of(each):
                self._cells.setdefault(cell, []).append(name)

    def names(self, marked: Marked) -> list[str]:
        """Those that may touch it."""
        return list(dict.fromkeys(name for cell in self._of(marked) for name in self._cells.get(cell, ())))

    def _of(self, marked: Marked) -> set[int]:
        ends = ((start, (start + end) // 2, end - 1) for start, end in marked.extent)
        return {place // self._CELL for places in ends for place in places}


def _spans(marked: Marked) -> tuple[Spans, Spans, Spans]:
    return marked.source, marked.cue, marked.content


def _shared(a: Marked, b: Marked) -> int:
    """How many code points have one role in both."""
    return sum(common(ours, theirs) for ours, theirs in zip(_spans(a), _spans(b), strict=True))


def _share(a: Marked, b: Marked) -> float:
    """Of the code points that have a role in either, the share that has it in both."""
    shared = _shared(a, b)
    both = sum(end - start for spans in (a.extent, b.extent) for start, end in spans)
    return shared / (both - shared) if both > shared else 1.0
