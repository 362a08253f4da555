"""From text to what the encoder reads: windows of word pieces, with the units each piece belongs to.

A window holds whole paragraphs where they fit, and begins with the end of the paragraph before it as context. Every
unit of the text is *owned* by exactly one window; the context's units are seen again but owned by the window before.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from sayso.quotes import Quotation, quotations
from sayso.shown import Ints, Shown, Veil, shown_as
from sayso.text import Offsets, Unit, paragraphs, sentence_ends

WINDOW_PIECES = 384
"""Longest window, in word pieces, the three kinds of separator included."""
CONTEXT_PIECES = 40
"""At most so many pieces of the paragraphs before are repeated in front of a window."""
ROOM = WINDOW_PIECES - CONTEXT_PIECES - 3
"""Most pieces that may come from one stretch of a paragraph: it must fit a window with context and separators."""
BATCH_CHARACTERS = 1 << 15
"""So much of a text is worked on at once; what it takes in memory does not grow with the text."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACE = re.compile(r"\s")

CASES = 5  # lower, Title, UPPER, digit, other
QUOTE_STATES = 4  # outside, opening mark, inside, closing mark
FEATURES = CASES * QUOTE_STATES
"""Number of surface classes a piece may have: the encoder is uncased and would not see them otherwise."""


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """What the encoder sees at once.

    `pieces` (T,) word-piece ids from [CLS] to the last [SEP]; `features` (T,) surface classes below `FEATURES`;
    `firsts` (N,) the index in `pieces` of each unit's first piece; `units` (N, 2) the units' code-point offsets;
    `paragraph` (N,) the paragraph's number in the document; `owned` the index of the first unit that is not context.
    """

    pieces: Ints
    features: Ints
    firsts: Ints
    units: Ints
    paragraph: Ints
    owned: int

    def run(self, spans: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
        """The units [first, last) from where the spans begin to where they end; None if they begin in another
        window."""
        if self.owned >= len(self.units) or not self.units[self.owned, 0] <= spans[0][0] < self.units[-1, 1]:
            return None
        return self.overlap(spans)

    def overlap(self, spans: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
        """The units [first, last) from the first to the last that overlaps the spans, context included; None if none
        does."""
        first = int(np.searchsorted(self.units[:, 1], spans[0][0], side="right"))
        last = int(np.searchsorted(self.units[:, 0], spans[-1][1]))
        return (first, last) if first < last else None


@dataclass(frozen=True, slots=True, eq=False)
class _Block:
    """Some units of one paragraph with their pieces: what windows are packed from."""

    pieces: Ints
    features: Ints
    firsts: Ints
    units: Ints
    paragraph: int


class _Quoted(NamedTuple):
    """Where quotations are: the outermost ones (Q, 2), and where one opens and where one closes, all in text order."""

    outer: Ints
    opening: Ints
    closing: Ints


class _Units(NamedTuple):
    """The units that can be scored: their offsets (N, 2), their first pieces and the pieces behind their last (N,)."""

    bounds: Ints
    firsts: Ints
    nexts: Ints


class Windower:
    """Cuts texts into windows. Holds the tokenizer and, where the encoder has learnt with one, a veil; safe to share
    between threads."""

    def __init__(self, tokenizer: Tokenizer, veil: Veil | None = None) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._veil = veil
        self._cls: Ints = np.array([tokenizer.token_to_id("[CLS]")], np.int64)
        self._sep: Ints = np.array([tokenizer.token_to_id("[SEP]")], np.int64)

    @classmethod
    def from_file(cls, path: Path, veil: Veil | None = None) -> Windower:
        """The windower of a `tokenizer.json`."""
        return cls(Tokenizer.from_file(str(path)), veil)

    def windows(self, text: str) -> Iterator[Window]:
        """The windows of `text`, in order; none for a text without units."""
        packed: list[_Block] = []
        context: list[_Block] = []
        size = 1
        for block in self._blocks(text):
            if packed and size + len(block.pieces) + 1 > WINDOW_PIECES:
                yield self._window(context, packed)
                context, packed = [_tail(packed[-1])], []
                size = 1 + sum(len(b.pieces) + 1 for b in context)
            packed.append(block)
            size += len(block.pieces) + 1
        if packed:
            yield self._window(context, packed)

    def _blocks(self, text: str) -> Iterator[_Block]:
        # The tokenizer raises on half a surrogate pair; replacing one by one leaves every offset as it is.
        text = _SURROGATE.sub("\ufffd", text)
        for numbers, spans in _batches(paragraphs(text)):
            quoted = _quoted([quotation for span in spans for quotation in quotations(text, span)])
            if len(spans) > 1:
                yield from self._cut(text, numbers, spans, quoted)
            else:
                yield from self._cut_in_sections(text, numbers[0], spans[0], quoted)

    def _cut_in_sections(self, text: str, number: int, paragraph: Offsets, quoted: _Quoted) -> Iterator[_Block]:
        """The blocks of one paragraph, which may be as long as a book, in bounded memory."""
        start, end = paragraph
        while start < end:
            stop = _white_space(text, start + BATCH_CHARACTERS, end)
            blocks = list(self._cut(text, range(number, number + 1), [(start, stop)], quoted))
            start = stop
            if stop < end and len(blocks) > 1:
                # The last block ends where the section does; begin the next section with it.
                start = int(blocks.pop().units[0, 0])
            yield from blocks

    def _cut(self, text: str, numbers: range, spans: list[Offsets], quoted: _Quoted) -> Iterator[_Block]:
        """The blocks of some paragraphs (or of a section of one). What can be is worked out for all of them at once."""
        shown = [shown_as(text, span, self._veil) for span in spans]
        pieces, offsets = self._encode(spans, shown)
        words = [stretch.words for stretch in shown]
        instead = {start: word for stretch in shown for start, word in stretch.instead.items()}
        bounds = _array([offset for unit in chain.from_iterable(words) for offset in unit]).reshape(-1, 2)
        kept, scored = _scored(bounds, offsets)
        features = _features(text, scored, instead, quoted, len(pieces))
        kept_before = np.concatenate([np.zeros(1, np.int64), np.cumsum(kept)]).tolist()
        piece_bounds = np.searchsorted(offsets[:, 0], _array([a for a, _ in spans] + [spans[-1][1]])).tolist()
        at = 0
        for number, (low, high), its_words in zip(numbers, pairwise(piece_bounds), words, strict=True):
            for first, last in _cuts(text, its_words, offsets[low:high, 0]):
                chosen = slice(kept_before[at + first], kept_before[at + last])
                if chosen.start < chosen.stop:
                    yield _block(pieces, features, scored, chosen, number)
            at += len(its_words)

    def _encode(self, spans: list[Offsets], shown: list[Shown]) -> tuple[Ints, Ints]:
        """The pieces of some stretches, one after another: their ids (P,) and their offsets in the text (P, 2)."""
        encodings = self._tokenizer.encode_batch([stretch.characters for stretch in shown], add_special_tokens=False)
        ids = _array([i for encoding in encodings for i in encoding.ids])
        offsets = [
            stretch.in_text(_array([offset for pair in encoding.offsets for offset in pair]).reshape(-1, 2), end)
            for encoding, stretch, (_, end) in zip(encodings, shown, spans, strict=True)
        ]
        return ids, np.concatenate(offsets) if offsets else _array([]).reshape(-1, 2)

    def _window(self, context: list[_Block], packed: list[_Block]) -> Window:
        blocks = context + packed
        nothing = np.zeros(1, np.int64)
        pieces, features, firsts = [self._cls], [nothing], []
        at = 1
        for block in blocks:
            pieces += [block.pieces, self._sep]
            features += [block.features, nothing]
            firsts.append(block.firsts + at)
            at += len(block.pieces) + 1
        return Window(
            np.concatenate(pieces),
            np.concatenate(features),
            np.concatenate(firsts),
            np.concatenate([b.units for b in blocks]),
            np.repeat(_array([b.paragraph for b in blocks]), [len(b.units) for b in blocks]),
            sum(len(b.units) for b in context),
        )


def _batches(spans: list[Offsets]) -> Iterator[tuple[range, list[Offsets]]]:
    """Paragraphs and their numbers in batches; one that is longer than a batch should be is a batch by itself."""
    first = size = 0
    for number, (start, end) in enumerate(spans):
        if number > first and size + end - start > BATCH_CHARACTERS:
            yield range(first, number), spans[first:number]
            first, size = number, 0
        size += end - start
    if spans:
        yield range(first, len(spans)), spans[first:]


def _white_space(text: str, start: int, end: int) -> int:
    """Where the first white space at or after `start` is, no further than `end`."""
    found = _SPACE.search(text, start, end) if start < end else None
    return found.start() if found else end


def _array(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def _quoted(quotations: list[Quotation]) -> _Quoted:
    outer = [offset for q in quotations if q.depth == 0 for offset in (q.start, q.end)]
    opening, closing = _array([q.start for q in quotations]), _array([q.end for q in quotations if q.closed])
    return _Quoted(_array(outer).reshape(-1, 2), opening, np.sort(closing))


def _scored(bounds: Ints, offsets: Ints) -> tuple[NDArray[np.bool_], _Units]:
    """Which of all units can be scored, and those."""
    firsts = np.searchsorted(offsets[:, 1], bounds[:, 0], side="right")
    # A unit the tokenizer drops (a control character) has no piece of its own.
    kept = firsts < len(offsets)
    kept[kept] = offsets[firsts[kept], 0] < bounds[kept, 1]
    # Nor has one that shares its first piece with the unit before it.
    held = np.flatnonzero(kept)
    kept[held[1:][firsts[held[1:]] == firsts[held[:-1]]]] = False
    bounds, firsts = bounds[kept], firsts[kept]
    return kept, _Units(bounds, firsts, np.maximum(np.searchsorted(offsets[:, 0], bounds[:, 1]), firsts + 1))


def _cuts(text: str, words: list[Unit], piece_starts: Ints) -> Iterator[tuple[int, int]]:
    """Unit ranges that each fit a window: all units, or as many whole sentences as fit, or what fits."""
    if len(piece_starts) <= ROOM:
        yield 0, len(words)
        return
    if not words:
        return
    piece_of = np.searchsorted(piece_starts, _array([start for start, _ in words] + [words[-1][1]])).tolist()
    ends = list(sentence_ends(text, words))
    first = 0
    while first < len(words):
        last = bisect.bisect_right(piece_of, piece_of[first] + ROOM) - 1
        last = max(first + 1, min(last, len(words)))
        whole = ends[bisect.bisect_right(ends, last) - 1] if ends[0] <= last else 0
        if first < whole < last:
            last = whole
        yield first, last
        first = last


def _block(pieces: Ints, features: Ints, scored: _Units, chosen: slice, paragraph: int) -> _Block:
    firsts, bounds = scored.firsts[chosen], scored.bounds[chosen]
    low, high = int(firsts[0]), int(scored.nexts[chosen.stop - 1])
    if high - low > ROOM:
        # One unit of many pieces (a long address) may not fill a window by itself.
        high = low + ROOM
        inside = firsts < high
        firsts, bounds = firsts[inside], bounds[inside]
    return _Block(pieces[low:high], features[low:high], firsts - low, bounds, paragraph)


def _features(text: str, scored: _Units, instead: Mapping[int, str], quoted: _Quoted, size: int) -> Ints:
    """The surface class of each of `size` pieces: that of the unit it belongs to, or of the word that stands in its
    place."""
    if not len(scored.bounds):
        return np.zeros(size, np.int64)
    case = _array([_case(instead.get(a) or text[a:b]) for a, b in scored.bounds.tolist()])
    unit_of_piece = np.searchsorted(scored.firsts, np.arange(size), side="right") - 1
    return (case * QUOTE_STATES + _quote_states(scored.bounds, quoted))[np.maximum(unit_of_piece, 0)]


def _quote_states(bounds: Ints, quoted: _Quoted) -> Ints:
    """For each unit whether it is outside quotations (0), opens one (1), is inside (2), or closes one (3)."""
    if not len(quoted.outer):
        return np.zeros(len(bounds), np.int64)
    # The only outermost quotation that a unit may lie in is the first to end behind its start.
    index = np.searchsorted(quoted.outer[:, 1], bounds[:, 0], side="right")
    starts = np.append(quoted.outer[:, 0], np.iinfo(np.int64).max)
    state = np.where(starts[index] < bounds[:, 1], 2, 0)
    state[_among(bounds[:, 0], quoted.opening)] = 1
    state[_among(bounds[:, 1], quoted.closing)] = 3
    return state


def _among(offsets: Ints, marks: Ints) -> NDArray[np.bool_]:
    """Which of the offsets are among the marks, which are sorted."""
    if not len(marks):
        return np.zeros(len(offsets), np.bool_)
    return np.equal(marks[np.minimum(np.searchsorted(marks, offsets), len(marks) - 1)], offsets)


@functools.lru_cache(maxsize=1 << 14)  # a few words make up most of a text
def _case(word: str) -> int:
    if word.islower():
        return 0
    if len(word) > 1 and word.isupper():
        return 2
    if word[0].isupper():
        return 1
    return 3 if word[0].isdigit() else 4


def _tail(block: _Block) -> _Block:
    """The last units of a block, `CONTEXT_PIECES` pieces at most (none, if its last unit alone is longer)."""
    first = int(np.searchsorted(block.firsts, len(block.pieces) - CONTEXT_PIECES))
    if first == len(block.firsts):
        first = len(block.firsts) - 1
    low = int(block.firsts[first])
    high = min(len(block.pieces), low + CONTEXT_PIECES)
    return _Block(
        block.pieces[low:high],
        block.features[low:high],
        block.firsts[first:] - low,
        block.units[first:],
        block.paragraph,
    )
