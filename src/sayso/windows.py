"""From text to what the encoder reads: windows of word pieces, with the units each piece belongs to.

A window holds whole paragraphs where they fit, and begins with the end of the paragraph before it as context. Every unit
of the text is *owned* by exactly one window; the context's units are seen again but owned by the window before.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from sayso.quotes import quotations
from sayso.text import Offsets, Unit, paragraphs, sentence_ends, units

Ints = NDArray[np.int64]

WINDOW_PIECES = 384
"""Longest window, in word pieces, the three kinds of separator included."""
CONTEXT_PIECES = 40
"""At most so many pieces of the paragraphs before are repeated in front of a window."""

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


class Windower:
    """Cuts texts into windows. Holds the tokenizer; safe to share between threads."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._cls: int = tokenizer.token_to_id("[CLS]")
        self._sep: int = tokenizer.token_to_id("[SEP]")

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
        spans = paragraphs(text)
        for number, (span, encoding) in enumerate(zip(spans, self._encode(text, spans), strict=True)):
            ids, offsets = encoding
            words = units(text, *span)
            for first, last in _cuts(text, words, offsets):
                block = _block(text, span, number, words[first:last], ids, offsets)
                if block is not None:
                    yield block

    def _encode(self, text: str, spans: list[Offsets]) -> Iterator[tuple[Ints, Ints]]:
        for batch in _batches(spans, 256):
            encodings = self._tokenizer.encode_batch([text[a:b] for a, b in batch], add_special_tokens=False)
            for (start, _), encoding in zip(batch, encodings, strict=True):
                offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2) + start
                yield np.array(encoding.ids, dtype=np.int64), offsets

    def _window(self, context: list[_Block], packed: list[_Block]) -> Window:
        blocks = context + packed
        pieces, features, firsts = [np.array([self._cls])], [np.zeros(1, np.int64)], []
        at = 1
        for block in blocks:
            pieces += [block.pieces, np.array([self._sep])]
            features += [block.features, np.zeros(1, np.int64)]
            firsts.append(block.firsts + at)
            at += len(block.pieces) + 1
        return Window(
            np.concatenate(pieces),
            np.concatenate(features),
            np.concatenate(firsts),
            np.concatenate([b.units for b in blocks]),
            np.concatenate([np.full(len(b.units), b.paragraph, np.int64) for b in blocks]),
            sum(len(b.units) for b in context),
        )


def _batches(items: list[Offsets], size: int) -> Iterable[list[Offsets]]:
    return (items[at : at + size] for at in range(0, len(items), size))


def _cuts(text: str, words: list[Unit], offsets: Ints) -> Iterator[tuple[int, int]]:
    """Unit ranges of one paragraph that each fit a window: the whole, or as many whole sentences as fit, or what fits."""
    room = WINDOW_PIECES - CONTEXT_PIECES - 3
    if len(offsets) <= room:
        if words:
            yield 0, len(words)
        return
    piece_of = np.searchsorted(offsets[:, 0], [w.start for w in words] + [words[-1].end])
    ends = list(sentence_ends(text, words))
    first = 0
    while first < len(words):
        last = bisect.bisect_right(piece_of, piece_of[first] + room) - 1
        last = max(first + 1, min(last, len(words)))
        whole = ends[bisect.bisect_right(ends, last) - 1] if ends[0] <= last else 0
        if first < whole < last:
            last = whole
        yield first, last
        first = last


def _block(text: str, span: Offsets, number: int, words: list[Unit], ids: Ints, offsets: Ints) -> _Block | None:
    bounds = np.array(words, dtype=np.int64)
    firsts = np.searchsorted(offsets[:, 1], bounds[:, 0], side="right")
    # A unit the tokenizer drops (a control character) has no piece of its own and cannot be scored.
    kept = firsts < len(ids)
    kept[kept] &= offsets[firsts[kept], 0] < bounds[kept, 1]
    # Nor has one that shares its first piece with the unit before it.
    kept[1:] &= firsts[1:] != firsts[:-1]
    if not kept.any():
        return None
    bounds, firsts = bounds[kept], firsts[kept]
    low = int(firsts[0])
    high = max(int(np.searchsorted(offsets[:, 0], bounds[-1, 1])), int(firsts[-1]) + 1)
    features = _features(text, span, bounds, firsts - low, high - low)
    # One unit of many pieces (a long address) may not fill a window by itself.
    high = min(high, low + WINDOW_PIECES - CONTEXT_PIECES - 3)
    inside = firsts < high
    return _Block(ids[low:high], features[: high - low], (firsts - low)[inside], bounds[inside], number)


def _features(text: str, span: Offsets, bounds: Ints, firsts: Ints, size: int) -> Ints:
    """The surface class of each of `size` pieces: that of the unit it belongs to."""
    state = np.zeros(len(bounds), np.int64)
    for quotation in quotations(text, span):
        first = int(np.searchsorted(bounds[:, 1], quotation.start, side="right"))
        last = int(np.searchsorted(bounds[:, 0], quotation.end))
        state[first:last] = 2
        if first < last and bounds[first, 0] == quotation.start:
            state[first] = 1
        if quotation.closed and first < last and bounds[last - 1, 1] == quotation.end:
            state[last - 1] = 3
    case = np.array([_case(text[a:b]) for a, b in bounds.tolist()], np.int64)
    unit_of_piece = np.searchsorted(firsts, np.arange(size), side="right") - 1
    return (case * QUOTE_STATES + state)[np.maximum(unit_of_piece, 0)]


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
