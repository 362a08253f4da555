"""Names exchanged in a text, all at once, and where each place of the text has moved to."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_WORD = re.compile(r"\w+")
_WORDS = re.compile(r"\w(?:.*\w)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the text that was replaced, and the stretch that stands there now."""

    start: int
    end: int
    new_start: int
    new_end: int


@dataclass(frozen=True, slots=True)
class Exchange:
    """A text in which the strings of each pair have taken each other's places.

    `text` is the new text. What is exchanged are whole words, as the pair writes them or in capitals throughout; of two
    strings that begin at one place the longer.
    """

    text: str
    _pieces: tuple[_Piece, ...] = field(repr=False)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `[start, end)` of the old text lies in the new one.

        A place inside a replaced string is kept word by word where the strings have the same number of words ("North |
        Korea"); where they have not, or within a word, the span is widened to the whole string.
        """
        return self._moved(start, end=False), self._moved(end, end=True)

    def _moved(self, at: int, end: bool) -> int:
        index = bisect.bisect_right(self._pieces, at, key=lambda piece: piece.start) - 1
        if index < 0:
            return at
        piece = self._pieces[index]
        if at == piece.start:
            return piece.new_start
        if at >= piece.end:
            return at - piece.end + piece.new_end
        return piece.new_end if end else piece.new_start


class Pairs:
    """Pairs of strings to exchange."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Raises ValueError for a string that does not begin and end in a word, is paired with itself, or stands in two
        pairs."""
        self._partner: dict[str, str] = {}
        for one, other in pairs:
            for old, new in {(one, other), (other, one), (one.upper(), other.upper()), (other.upper(), one.upper())}:
                if not _WORDS.fullmatch(old) or old == new or self._partner.setdefault(old, new) != new:
                    raise ValueError(f"{old!r} cannot be exchanged for {new!r}")
        longest_first = sorted(self._partner, key=len, reverse=True)
        self._any = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")

    def found(self, text: str) -> Iterator[str]:
        """The strings in the text that would be exchanged, in text order."""
        return (match.group() for match in self._any.finditer(text)) if self._partner else iter(())

    def exchange(self, text: str) -> Exchange:
        """The text with every string replaced by its partner.

        Raises ValueError for a text that exchanging again would not give back: new neighbours make another string.
        """
        exchange = self._exchange(text)
        if self._exchange(exchange.text).text != text:
            raise ValueError("exchanging the names again would not give the text back")
        return exchange

    def _exchange(self, text: str) -> Exchange:
        parts: list[str] = []
        pieces: list[_Piece] = []
        done = size = 0
        for match in self._any.finditer(text) if self._partner else ():
            old, new = match.group(), self._partner[match.group()]
            parts += text[done : match.start()], new
            size += match.start() - done
            pieces += _pieces(match.start(), old, size, new)
            size += len(new)
            done = match.end()
        return Exchange("".join([*parts, text[done:]]), tuple(pieces))


def _pieces(at: int, old: str, new_at: int, new: str) -> Iterator[_Piece]:
    """Word by word, if the two have the same number of words; else as a whole. What stands between words is a piece of
    its own, so that nothing moves within it."""
    edges, new_edges = ([edge for w in _WORD.finditer(s) for edge in w.span()] for s in (old, new))
    if len(edges) != len(new_edges):
        edges = new_edges = []
    cuts = [0, *edges, len(old)]
    new_cuts = [0, *new_edges, len(new)]
    for start, end, new_start, new_end in zip(cuts, cuts[1:], new_cuts, new_cuts[1:], strict=False):
        if start < end:
            yield _Piece(at + start, at + end, new_at + new_start, new_at + new_end)
