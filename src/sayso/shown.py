"""What the encoder is shown of a text: its own characters, or words that stand in the place of some.

Windows are cut from what is shown; every offset stays one of the text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from sayso.text import Offsets, Unit, units

Ints = NDArray[np.int64]


class StandIn(NamedTuple):
    """Units [first, last) of a paragraph, which become one, and the word that the encoder is shown in their place."""

    first: int
    last: int
    word: str


class Veil(Protocol):
    """Hides what the encoder must not know."""

    def stand_ins(self, text: str, words: Sequence[Unit]) -> Sequence[StandIn]:
        """What stands in the place of some of the units of a paragraph, in order."""


class Shown(NamedTuple):
    """A stretch of the text as the encoder is shown it: its units, the words that stand in the place of some (by where
    those begin), and the characters of all, with where each stretch of them begins and what it is in the text."""

    words: list[Unit]
    instead: Mapping[int, str]
    characters: str
    begins: list[int]
    starts: list[int]

    def in_text(self, offsets: Ints, end: int) -> Ints:
        """Offsets of pieces in `characters` → those in the text, (P, 2); `end` is where the stretch ends there. Pieces
        of a stand-in have those of the whole."""
        if len(self.begins) == 1:
            return offsets + self.starts[0]
        begins, starts = np.array(self.begins, np.int64), np.array(self.starts, np.int64)
        first = np.searchsorted(begins, offsets[:, 0], side="right") - 1
        last = np.searchsorted(begins, offsets[:, 1], side="left") - 1
        ends = np.append(starts[1:], end)
        veiled = np.arange(len(begins)) % 2 == 1  # what is kept and what stands in take turns
        back = np.empty_like(offsets)
        back[:, 0] = starts[first] + np.where(veiled[first], 0, offsets[:, 0] - begins[first])
        back[:, 1] = np.where(veiled[last], ends[last], starts[last] + offsets[:, 1] - begins[last])
        return back


def shown_as(text: str, span: Offsets, veil: Veil | None) -> Shown:
    """A stretch as it is shown: as it stands, or with words in the place of what is veiled."""
    words = units(text, *span)
    stand_ins = veil.stand_ins(text, words) if veil else ()
    if not stand_ins:
        return Shown(words, {}, text[slice(*span)], [0], [span[0]])
    return _veiled(text, span, words, stand_ins)


def _veiled(text: str, span: Offsets, words: list[Unit], stand_ins: Sequence[StandIn]) -> Shown:
    """A stretch with words in the place of some of its units."""
    kept: list[Unit] = []
    characters: list[str] = []
    begins, starts, instead = [], [], {}
    size, at, next_word = 0, span[0], 0
    for first, last, word in stand_ins:
        start, end = words[first][0], words[last - 1][1]
        kept += [*words[next_word:first], (start, end)]
        characters += [text[at:start], word]
        begins += [size, size + start - at]
        starts += [at, start]
        instead[start] = word
        size += start - at + len(word)
        at, next_word = end, last
    return Shown(
        kept + words[next_word:],
        instead,
        "".join([*characters, text[at : span[1]]]),
        [*begins, size],
        [*starts, at],
    )
