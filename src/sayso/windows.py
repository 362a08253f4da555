"""From text to what the encoder reads: windows of word pieces, with the units each piece belongs to.

A window holds whole paragraphs where they fit, and begins with the end of the paragraph before it as context. Every unit
of the text is *owned* by exactly one window; the context's units are seen again but owned by the window before.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from sayso.quotes import Quotation, quotations
from sayso.text import Offsets, Unit, paragraphs, sentence_ends, units

Ints = NDArray[np.int64]

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


@dataclass(frozen=True, slots=True, eq=False)
class _Block:
    """Some units of one paragraph with their pieces: what windows are packed from."""

    pieces: Ints
    features: Ints
    firsts: Ints
    units: Ints
    paragraph: int


class _Stretch(NamedTuple):
    """A paragraph or a section of one, with the whole paragraph's quotations."""

    number: int
    span: Offsets
    quotations: list[Quotation]


class Windower:
    """Cuts texts into windows. Holds the tokenizer; safe to share between threads."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._cls = _array([tokenizer.token_to_id("[CLS]")])
        self._sep = _array([tokenizer.token_to_id("[SEP]")])

    @classmethod
    def from_file(cls, path: Path) -> Windower:
        """The windower of a `tokenizer.json`."""
        return cls(Tokenizer.from_file(str(path)))

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
        for batch in _batches(enumerate(paragraphs(text))):
            stretches = [_Stretch(number, span, quotations(text, span)) for number, span in batch]
            if len(stretches) == 1:
                yield from self._section_by_section(text, stretches[0])
            else:
                yield from self._cut(text, stretches)

    def _section_by_section(self, text: str, paragraph: _Stretch) -> Iterator[_Block]:
        """The blocks of one paragraph, which may be as long as a book, in bounded memory."""
        start, end = paragraph.span
        while start < end:
            stop = _white_space(text, start + BATCH_CHARACTERS, end)
            blocks = list(self._cut(text, [paragraph._replace(span=(start, stop))]))
            start = stop
            if stop < end and len(blocks) > 1:
                # The last block ends where the section does; begin the next section with it.
                start = int(blocks.pop().units[0, 0])
            yield from blocks

    def _cut(self, text: str, stretches: list[_Stretch]) -> Iterator[_Block]:
        """The blocks of some stretches, none with units of two. What can be is worked out for all of them at once."""
        pieces, offsets = self._encode(text, [stretch.span for stretch in stretches])
        words = [units(text, *stretch.span) for stretch in stretches]
        bounds = _array([offset for unit in chain.from_iterable(words) for offset in unit]).reshape(-1, 2)
        kept, firsts = _first_pieces(bounds, offsets)
        seen = np.concatenate([np.zeros(1, np.int64), np.cumsum(kept)])  # of the units before each, how many are kept
        bounds = bounds[kept]
        features = _features(text, stretches, bounds, firsts, len(pieces))
        at = 0
        for stretch, its_words in zip(stretches, words, strict=True):
            for first, last in _cuts(text, stretch.span, its_words, offsets):
                low, high = int(seen[at + first]), int(seen[at + last])
                if low < high:
                    yield _block(pieces, features, firsts[low:high], bounds[low:high], offsets, stretch.number)
            at += len(its_words)

    def _encode(self, text: str, spans: list[Offsets]) -> tuple[Ints, Ints]:
        """The pieces of some stretches, one after another: their ids (P,) and their offsets in `text` (P, 2)."""
        encodings = self._tokenizer.encode_batch([text[a:b] for a, b in spans], add_special_tokens=False)
        ids = _array([i for encoding in encodings for i in encoding.ids])
        offsets = _array([offset for encoding in encodings for pair in encoding.offsets for offset in pair])
        starts = np.repeat(_array([start for start, _ in spans]), [len(encoding) for encoding in encodings])
        return ids, offsets.reshape(-1, 2) + starts[:, None]

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


def _batches(spans: Iterable[tuple[int, Offsets]]) -> Iterator[list[tuple[int, Offsets]]]:
    """The numbered paragraphs in batches; one that is longer than a batch should be is a batch by itself."""
    batch: list[tuple[int, Offsets]] = []
    size = 0
    for number, (start, end) in spans:
        if batch and size + end - start > BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
        batch.append((number, (start, end)))
        size += end - start
    if batch:
        yield batch


def _white_space(text: str, start: int, end: int) -> int:
    """Where the first white space at or after `start` is, no further than `end`."""
    found = _SPACE.search(text, start, end) if start < end else None
    return found.start() if found else end


def _array(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def _first_pieces(bounds: Ints, offsets: Ints) -> tuple[NDArray[np.bool_], Ints]:
    """Which units can be scored, and for each of those the index of its first piece."""
    firsts = np.searchsorted(offsets[:, 1], bounds[:, 0], side="right")
    # A unit the tokenizer drops (a control character) has no piece of its own.
    kept = firsts < len(offsets)
    kept[kept] = offsets[firsts[kept], 0] < bounds[kept, 1]
    # Nor has one that shares its first piece with the unit before it.
    held = np.flatnonzero(kept)
    kept[held[1:][firsts[held[1:]] == firsts[held[:-1]]]] = False
    return kept, firsts[kept]


def _cuts(text: str, span: Offsets, words: list[Unit], offsets: Ints) -> Iterator[tuple[int, int]]:
    """Unit ranges of one stretch that each fit a window: the whole, or as many whole sentences as fit, or what fits."""
    if not words:
        return
    low, high = np.searchsorted(offsets[:, 0], span)
    if high - low <= ROOM:
        yield 0, len(words)
        return
    piece_of = np.searchsorted(offsets[low:high, 0], _array([start for start, _ in words] + [words[-1][1]])).tolist()
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


def _block(pieces: Ints, features: Ints, firsts: Ints, bounds: Ints, offsets: Ints, paragraph: int) -> _Block:
    low = int(firsts[0])
    high = max(int(np.searchsorted(offsets[:, 0], bounds[-1, 1])), int(firsts[-1]) + 1)
    # One unit of many pieces (a long address) may not fill a window by itself.
    high = min(high, low + ROOM)
    firsts = firsts - low
    count = int(np.searchsorted(firsts, high - low))
    return _Block(pieces[low:high], features[low:high], firsts[:count], bounds[:count], paragraph)


def _features(text: str, stretches: list[_Stretch], bounds: Ints, firsts: Ints, size: int) -> Ints:
    """The surface class of each of `size` pieces: that of the unit it belongs to."""
    if not len(bounds):
        return np.zeros(size, np.int64)
    state = np.zeros(len(bounds), np.int64)
    quoted = [quotation for stretch in stretches for quotation in stretch.quotations]
    opening = np.searchsorted(bounds[:, 1], _array([q.start for q in quoted]), side="right").tolist()
    closing = np.searchsorted(bounds[:, 0], _array([q.end for q in quoted])).tolist()
    for quotation, first, last in zip(quoted, opening, closing, strict=True):
        if first >= last:
            continue
        state[first:last] = 2
        if bounds[first, 0] == quotation.start:
            state[first] = 1
        if quotation.closed and bounds[last - 1, 1] == quotation.end:
            state[last - 1] = 3
    case = _array([_case(text[a:b]) for a, b in bounds.tolist()])
    unit_of_piece = np.searchsorted(firsts, np.arange(size), side="right") - 1
    return (case * QUOTE_STATES + state)[np.maximum(unit_of_piece, 0)]


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
        block.pieces[low:high], block.features[low:high], block.firsts[first:] - low, block.units[first:], block.paragraph
    )
