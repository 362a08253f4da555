"""Which documents are copies of each other: exact ones by the hash of their text, near ones by what they share.

Two texts are compared by their runs of five words, whatever the case and the marks between them: how many of all their
runs both have (Jaccard's measure). Candidates are found by MinHash signatures cut into bands (Broder 1997; Leskovec,
Rajaraman, Ullman, Mining of Massive Datasets, chapter 3) that are kept in an indexed table, so memory does not grow
with the ledger; then the texts themselves are compared. The hashes are this file's own and no library's, since those in
a ledger must mean the same in ten years.
"""

from __future__ import annotations

import zlib
from typing import NamedTuple

import numpy as np
import regex
from numpy.typing import NDArray
from sqlalchemy import Connection, func, select

from sayso.ledger import tables
from sayso.narration import sentences

NEAR = 0.8
"""From this share of common runs on, one text is a near copy of another."""

_RUN = 5  # words
_BANDS, _ROWS = 20, 6  # texts that share 0.8 of their runs meet in a band with probability 0.998, 0.5 with 0.27
_FEWEST = 30  # runs: shorter texts are alike by chance ("The office declined to comment.")
_CANDIDATES = 8  # that share most bands are compared
_CHUNK = 4096  # runs hashed at once

_WORD = regex.compile(r"[\p{L}\p{N}]+")

Hashes = NDArray[np.uint64]


class Copy(NamedTuple):
    """What a document is a copy of. `exact`: they have the very same text; `alike`: the share of their runs that both
    have; `says_nothing_new`: each of its sentences stands in the original too, so the original's reading will do."""

    of: int
    exact: bool
    alike: float
    says_nothing_new: bool


class Signature(NamedTuple):
    """By what a text is compared with others: the hashes of its `runs` of words, each once, in order, and the `bands`
    of their MinHash, whole numbers of 64 bits with sign; none for a text too short to tell."""

    runs: Hashes
    bands: list[int]


def signature(text: str) -> Signature:
    """The signature of a text, in time that grows with its length alone."""
    runs = _runs(text)
    return Signature(runs, _bands(runs))


def exact_copy(connection: Connection, document_id: str) -> Copy | None:
    """The document in the ledger that has this very text of its own, if there is one."""
    documents = tables.documents
    found = select(func.min(documents.c.key)).where(documents.c.id == document_id, documents.c.text.is_not(None))
    key = connection.execute(found).scalar()
    return None if key is None else Copy(key, exact=True, alike=1.0, says_nothing_new=True)


def near_copy(connection: Connection, text: str, shared: Signature) -> Copy | None:
    """The document in the ledger with a reading of its own that `text`, whose signature is `shared`, is most alike, if
    it is a near copy of it."""
    found = tables.bands
    candidates = (
        select(found.c.document)
        .where(found.c.band.in_(shared.bands))
        .group_by(found.c.document)
        .order_by(func.count().desc(), found.c.document)
        .limit(_CANDIDATES)
    )
    best: tuple[float, int, str] | None = None
    documents = tables.documents
    for (key,) in connection.execute(candidates).all():
        original = connection.execute(select(documents.c.text).where(documents.c.key == key)).scalar_one()
        alike = _alike(shared.runs, _runs(original))
        if alike >= NEAR and (best is None or alike > best[0]):
            best = alike, key, original
    if best is None:
        return None
    alike, key, original = best
    same_words = _words(text) == _words(original)  # as where only lines are broken elsewhere
    says_nothing_new = same_words or _sentences(text) <= _sentences(original)
    return Copy(key, exact=False, alike=round(alike, 3), says_nothing_new=says_nothing_new)


def alike(one: str, other: str) -> float:
    """The share of all runs of words of two texts that both have."""
    return _alike(_runs(one), _runs(other))


def _runs(text: str) -> Hashes:
    hashes = np.array([zlib.crc32(word.encode()) for word in _words(text)], np.uint64)
    if len(hashes) < _RUN:
        return np.zeros(0, np.uint64)
    windows = np.lib.stride_tricks.sliding_window_view(hashes, _RUN)
    mixed = np.zeros(len(windows), np.uint64)
    for column in windows.T:
        mixed = _mixed(mixed ^ column)
    return np.unique(mixed)


def _bands(runs: Hashes) -> list[int]:
    if len(runs) < _FEWEST:
        return []
    least = np.full(len(_FACTORS), np.iinfo(np.uint64).max, np.uint64)
    for at in range(0, len(runs), _CHUNK):
        # Multiplying by an odd number and adding another, modulo 2^64, shuffles all hashes, each time anew.
        shuffled = _mixed(runs[at : at + _CHUNK, None] * _FACTORS + _TERMS)
        least = np.minimum(least, shuffled.min(axis=0))
    rows = least.reshape(_BANDS, _ROWS)
    mixed = np.arange(_BANDS, dtype=np.uint64)
    for column in rows.T:
        mixed = _mixed(mixed ^ column)
    return [int(band) for band in mixed.view(np.int64)]


def _mixed(hashes: Hashes) -> Hashes:
    """Each hash with its bits spread (the finaliser of SplitMix64, Steele et al. 2014)."""
    hashes = hashes + np.uint64(0x9E3779B97F4A7C15)
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))


_FACTORS = _mixed(np.arange(_BANDS * _ROWS, dtype=np.uint64)) | np.uint64(1)
_TERMS = _mixed(np.arange(_BANDS * _ROWS, 2 * _BANDS * _ROWS, dtype=np.uint64))


def _alike(one: Hashes, other: Hashes) -> float:
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both / max(1, len(one) + len(other) - both)


def _sentences(text: str) -> set[tuple[str, ...]]:
    """The words of each sentence of the text."""
    return {tuple(_words(text[start:end])) for start, end in sentences(text)}


def _words(text: str) -> list[str]:
    found: list[str] = _WORD.findall(text.casefold())
    return found
