"""Whether a document is a copy of one before it, from what is kept of those: the bands of their MinHash signatures.

The signatures are the ledger's (`sayso.ledger.copies`): 20 bands of 6 hashes of runs of five words. Two texts that
share a part s of their runs meet in a band with probability s⁶; who meets in three or more is taken for a copy, which
should find 93 % of those with s = 0.8, 99.9 % with 0.9, 42 % with 0.7 and 0.4 % with 0.5. A ledger compares the texts
themselves then; an archive has not kept them. The index takes 320 bytes a document, in sorted arrays that are merged as
they grow (as in a log-structured merge tree, O'Neil et al. 1996).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sayso.ledger.copies import signature
from sayso.types import Document

SHARED = 3
"""Bands that a copy has in common with one document before it."""
_RECENT = 1 << 18
"""Bands held in a dictionary before they become a sorted array."""

_Bands = NDArray[np.int64]


def bands(document: Document) -> list[int]:
    """By what a document is compared with others. A text too short for a signature has bands of its hash: it is a copy
    only if the very same was there."""
    return signature(document.text).bands or _of_id(document.id)


class Seen:
    """The documents that were not copies, by their bands."""

    def __init__(self, recent: int = _RECENT) -> None:
        self._most = recent
        self._recent: defaultdict[int, list[int]] = defaultdict(list)
        self._entries = 0
        self._sorted: list[tuple[_Bands, _Bands]] = []
        self._count = 0

    def is_copy(self, bands: list[int]) -> bool:
        """Whether the document with these bands is a copy of one before it; if not, it is remembered."""
        met = Counter(number for band in bands for number in self._recent.get(band, ()))
        for known, whose in self._sorted:
            met.update(_found(known, whose, bands))
        if met and max(met.values()) >= SHARED:
            return True
        self._add(bands)
        return False

    def _add(self, bands: list[int]) -> None:
        for band in bands:
            self._recent[band].append(self._count)
        self._count += 1
        self._entries += len(bands)
        if self._entries >= self._most:
            self._settle()

    def _settle(self) -> None:
        """Sort what is recent; arrays of like size are merged, so that there are few."""
        pairs = [(band, number) for band, numbers in self._recent.items() for number in numbers]
        fresh = np.array(pairs, np.int64).reshape(-1, 2)
        self._recent.clear()
        self._entries = 0
        bands, whose = fresh[:, 0], fresh[:, 1]
        while self._sorted and len(self._sorted[-1][0]) <= 2 * len(bands):
            older = self._sorted.pop()
            bands, whose = np.concatenate([older[0], bands]), np.concatenate([older[1], whose])
        order = np.argsort(bands, kind="stable")
        self._sorted.append((bands[order], whose[order]))


def _found(known: _Bands, whose: _Bands, bands: list[int]) -> Iterator[int]:
    wanted = np.array(bands, np.int64)
    for low, high in zip(np.searchsorted(known, wanted), np.searchsorted(known, wanted, "right"), strict=True):
        yield from whose[low:high].tolist()


def _of_id(document_id: str) -> list[int]:
    """As many bands as make a copy, of the hash of a text."""
    digest = document_id.removeprefix("sha256:").ljust(16 * SHARED, "0")
    return [int(digest[at : at + 16], 16) - (1 << 63) for at in range(0, 16 * SHARED, 16)]
