"""Vectors → those nearest to each: all are looked at where they are few, the likeliest cells where they are many.

An inverted file (Jégou, Douze and Schmid 2011): every vector lies in the cell of that one of √N sample vectors which it
is nearest to, and is sought in the few cells nearest to it. So time grows a little faster than the number of vectors,
not with its square; what lies just beyond the cells looked at is missed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

import numpy as np

from sayso.decode import Floats

_FEW = 400_000_000
"""So many inner products are made without cells."""
_CELLS = 12
"""Looked at for each vector."""
_BLOCK = 1024


class Nearest:
    """The vectors (N, D) of length 1, among which neighbours are sought; half floats are enough."""

    def __init__(self, vectors: np.ndarray[tuple[int, int], np.dtype[np.float16]]) -> None:
        self._vectors = vectors

    def __call__(self, first: int, last: int, most: int, least: float) -> Iterator[tuple[int, list[int]]]:
        """For each of the vectors `first` to `last` (not included) its nearest among all before `last`, `most` at most,
        which have an inner product of `least` with it; itself is none of them."""
        search = self._in_all if (last - first) * last <= _FEW else self._in_cells
        for row, (others, likeness) in search(first, last):
            good = (likeness >= least) & (others != row)
            others, likeness = others[good], likeness[good]
            if len(others) > most:
                others = others[np.argpartition(-likeness, most)[:most]]
            yield row, np.sort(others).tolist()

    def _in_all(self, first: int, last: int) -> Iterator[tuple[int, tuple[np.ndarray, Floats]]]:
        there = self._vectors[:last].astype(np.float32)
        everybody = np.arange(last)
        for start in range(first, last, _BLOCK):
            rows = there[start : min(start + _BLOCK, last)]
            for row, likeness in enumerate(rows @ there.T, start):
                yield row, (everybody, likeness)

    def _in_cells(self, first: int, last: int) -> Iterator[tuple[int, tuple[np.ndarray, Floats]]]:
        cells = self._cells
        members = {int(cell): np.flatnonzero(cells[:last] == cell) for cell in np.unique(cells[:last])}
        for start in range(first, last, _BLOCK):
            stop = min(start + _BLOCK, last)
            rows = self._vectors[start:stop].astype(np.float32)
            likely = np.argpartition(-(rows @ self._samples.T), _CELLS, axis=1)[:, :_CELLS]
            asked: defaultdict[int, list[int]] = defaultdict(list)
            for row, near in enumerate(likely.tolist()):
                for cell in near:
                    asked[cell].append(row)
            found: list[list[np.ndarray]] = [[] for _ in range(stop - start)]
            likeness: list[list[Floats]] = [[] for _ in range(stop - start)]
            for cell, wanting in asked.items():
                if cell not in members:
                    continue
                inside = members[cell]
                for row, values in zip(
                    wanting, rows[wanting] @ self._vectors[inside].astype(np.float32).T, strict=True
                ):
                    found[row].append(inside)
                    likeness[row].append(values)
            for row in range(stop - start):
                if found[row]:
                    yield start + row, (np.concatenate(found[row]), np.concatenate(likeness[row]))

    @cached_property
    def _samples(self) -> Floats:
        """The vectors that the cells lie around: √N of them, spread evenly."""
        number = max(_CELLS + 1, int(len(self._vectors) ** 0.5))
        return self._vectors[:: max(1, len(self._vectors) // number)].astype(np.float32)

    @cached_property
    def _cells(self) -> np.ndarray:
        """The cell of each vector."""
        cells = [
            np.argmax(self._vectors[at : at + _BLOCK].astype(np.float32) @ self._samples.T, axis=1)
            for at in range(0, len(self._vectors), _BLOCK)
        ]
        return np.concatenate(cells) if cells else np.zeros(0, np.int64)
