"""New statements → their pairs with all that were there: candidates by an index of words and by what they mean, of
which the engine decides what they are to each other."""

from __future__ import annotations

import heapq
import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from sqlalchemy import Connection, func, insert, select

from sayso.compare.nearest import Nearest
from sayso.compare.pairs import Compared, Decision, pairs
from sayso.compare.types import Pair, Statement
from sayso.compare.words import Rarity, stems
from sayso.ledger import tables
from sayso.ledger.named import among
from sayso.ledger.stated import KEPT, MOST_HOLDING, holding, load, number_of, numbers_of

_IN_WORDS, _IN_MEANING, _ALIKE = 20, 30, 0.3
"""So many candidates of each sort at most, and how near in meaning they must be. On the development half of
`evals/incidents` twice as many and those less near, two and a half times the candidates, change no figure by more than
two points."""
_BLOBS = 500


class Matcher:
    """All statements of a ledger by what they mean: those that were matched first, then the others, in the order of
    `documents`, in which they are to be matched."""

    def __init__(self, connection: Connection, documents: Sequence[int]) -> None:
        self._keys, vectors, self._ends = _vectors(connection, documents)
        self._vectors = vectors
        self._nearest = Nearest(vectors)
        self._order = np.argsort(self._keys)
        self._matched = len(self._keys) - sum(number for _, number in self._ends.values())

    def match(self, connection: Connection, documents: Sequence[int]) -> None:
        """Find the pairs of the statements of the documents, which are next in the order, and keep them."""
        first = min((start for start, _ in map(self._ends.__getitem__, documents)), default=0)
        last = max((start + number for start, number in map(self._ends.__getitem__, documents)), default=0)
        if first == last:
            return
        near: defaultdict[int, set[int]] = defaultdict(set)
        for row, others in self._nearest(first, last, _IN_MEANING, _ALIKE):
            for other in others:
                near[max(row, other)].add(min(row, other))
        stated = load(connection, self._keys[first:last].tolist())
        for row, other in self._by_words(connection, first, last, stated):
            near[max(row, other)].add(min(row, other))
        found = _decided(connection, self._candidates(near), self._keys, self._vectors)
        if found:
            connection.execute(insert(tables.pairs), found)

    def _candidates(self, near: Mapping[int, set[int]]) -> list[tuple[int, int]]:
        return [(other, row) for row in sorted(near) for other in sorted(near[row])]

    def _by_words(
        self, connection: Connection, first: int, last: int, stated: Mapping[int, Statement]
    ) -> Iterable[tuple[int, int]]:
        """Pairs of rows that share words which few statements hold."""
        words = {row: numbers_of(stated[int(self._keys[row])].text) for row in range(first, last)}
        counts = holding(connection, {word for there in words.values() for word in there})
        telling = {word for word, count in counts.items() if 1 < count <= MOST_HOLDING}
        weigh = Rarity.counted(_number(connection), {str(word): counts[word] for word in telling})
        weight = {word: weigh(str(word)) for word in telling}
        places = self._places(connection, telling, last)
        for row, there in words.items():
            shared: defaultdict[int, float] = defaultdict(float)
            for word in sorted(there & telling):
                for other in places.get(word, ()):
                    shared[other] += weight[word]
            shared.pop(row, None)
            best = heapq.nsmallest(_IN_WORDS, shared, key=lambda other: (-shared[other], other))
            yield from ((other, row) for other in best)

    def _places(self, connection: Connection, words: Iterable[int], last: int) -> Mapping[int, Sequence[int]]:
        """The rows before `last` in which each word stands."""
        there = tables.statement_words.c
        query = select(there.word, there.statement).where(among(connection, there.word, words)).order_by(there.word)
        found = [(word, statement) for word, statement in connection.execute(query)]
        rows = np.fromiter(itertools.chain.from_iterable(found), np.int64, 2 * len(found)).reshape(-1, 2)
        at = np.searchsorted(self._keys, rows[:, 1], sorter=self._order)
        place = self._order[np.minimum(at, len(self._keys) - 1)]
        here = (self._keys[place] == rows[:, 1]) & (place < last)
        word, place = rows[here, 0], place[here]
        if not len(word):
            return {}
        starts = np.flatnonzero(np.diff(word, prepend=word[0] - 1))
        return {
            int(word[start]): part.tolist()
            for start, part in zip(starts, np.split(place, starts[1:]), strict=True)
        }  # fmt: skip


def _decided(
    connection: Connection, candidates: Sequence[tuple[int, int]], keys: np.ndarray, vectors: np.ndarray
) -> list[dict[str, object]]:
    """What the engine makes of candidates, given as rows, as rows of the table of pairs."""
    rows = sorted({row for pair in candidates for row in pair})
    stated = load(connection, keys[rows].tolist())
    there = [row for row in rows if int(keys[row]) in stated]
    at = {row: index for index, row in enumerate(there)}
    found = [stated[int(keys[row])] for row in there]
    words = {stem for statement in found for stem in stems(statement.text)}
    numbers = {stem: number_of(stem) for stem in words}
    counts = holding(connection, numbers.values())
    rarity = Rarity.counted(_number(connection), {stem: counts.get(number, 0) for stem, number in numbers.items()})
    compared = Compared(found, vectors[there].astype(np.float32), rarity)
    wanted = [
        (at[one], at[other])
        for one, other in candidates
        if one in at and other in at and found[at[one]].report != found[at[other]].report
    ]
    return [_row(pair, keys, there) for pair in pairs(compared, Decision.load(), wanted)]


def _row(pair: Pair, keys: np.ndarray, there: Sequence[int]) -> dict[str, object]:
    one, other = sorted((int(keys[there[pair.one]]), int(keys[there[pair.other]])))
    return {"one": one, "other": other, "relation": pair.relation, "score": pair.score, "reason": pair.reason}


def _number(connection: Connection) -> int:
    """How many statements there are."""
    return connection.execute(select(func.sum(tables.statement_vectors.c.number))).scalar() or 0


def _vectors(
    connection: Connection, documents: Sequence[int]
) -> tuple[np.ndarray, np.ndarray, dict[int, tuple[int, int]]]:
    """The keys (N,) and vectors (N, D) of all statements, and where those of each of the documents begin and how many
    they are."""
    v, compared = tables.statement_vectors.c, tables.compared.c
    query = select(v.document, v.first, v.number, v.vectors)
    matched = query.join(tables.compared, compared.document == v.document).where(compared.state != "prepared")
    keys: list[np.ndarray] = [np.zeros(0, np.int64)]
    parts: list[bytes] = []
    for _, first, number, vectors in connection.execute(
        matched.order_by(v.document).execution_options(yield_per=_BLOBS)
    ):
        keys.append(np.arange(first, first + number))
        parts.append(vectors)
    at = sum(map(len, keys))
    ends = {}
    new = query.where(among(connection, v.document, documents)).order_by(v.document)
    for document, first, number, vectors in connection.execute(new.execution_options(yield_per=_BLOBS)):
        ends[document] = (at, number)
        at += number
        keys.append(np.arange(first, first + number))
        parts.append(vectors)
    every = np.concatenate(keys)
    return every, np.frombuffer(b"".join(parts), KEPT).reshape(len(every), -1 if len(every) else 1), ends
