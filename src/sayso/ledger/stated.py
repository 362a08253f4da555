"""The statements of documents in and out of the ledger, with what they mean and an index of their words."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Connection, delete, func, select, text

from sayso.compare.statements import statements
from sayso.compare.types import Statement
from sayso.compare.words import stems
from sayso.decode import Floats
from sayso.ledger import tables
from sayso.ledger.named import among
from sayso.ledger.rows import Row, kept, storable
from sayso.reading import Reading
from sayso.types import Quantity, Span

MOST_HOLDING = 60
"""A word that more statements hold leads to none of them."""
KEPT = np.dtype("<f2")

_COUNT = text(
    "INSERT INTO word_counts (word, statements) VALUES (:word, :statements) "
    "ON CONFLICT (word) DO UPDATE SET statements = word_counts.statements + excluded.statements"
)


class Stated(NamedTuple):
    """A document's statements, with what they mean (N, D)."""

    document: int
    statements: Sequence[Statement]
    vectors: Floats


def of_reading(reading: Reading, document: int) -> list[Statement]:
    """The statements of a document's reading; their `report` is its key."""
    return [*statements(reading, document)]


def put(connection: Connection, stated: Stated, model: str) -> None:
    """Keep a document's statements in place of those that were there. `model` made the vectors."""
    forget(connection, [stated.document])
    s = tables.statements
    first = (connection.execute(select(func.max(s.c.key))).scalar() or 0) + 1
    if stated.statements:
        rows = [{"key": key, **_row(statement)} for key, statement in enumerate(stated.statements, first)]
        connection.execute(s.insert(), rows)
    connection.execute(
        tables.statement_vectors.insert().values(
            document=stated.document, model=model, first=first, number=len(stated.statements),
            vectors=np.asarray(stated.vectors).astype(KEPT).tobytes(),
        )
    )  # fmt: skip
    _index(connection, {key: numbers_of(statement.text) for key, statement in enumerate(stated.statements, first)})


def forget(connection: Connection, documents: Sequence[int]) -> None:
    """Take out the statements of documents, with what hangs on them."""
    s, vectors, places = tables.statements, tables.statement_vectors, tables.statement_words
    there = select(s.c.key, s.c.text).where(among(connection, s.c.document, documents))
    gone = {key: numbers_of(words) for key, words in connection.execute(there)}
    if gone:
        counted = Counter(word for words in gone.values() for word in words)
        connection.execute(_COUNT, [{"word": word, "statements": -count} for word, count in sorted(counted.items())])
        mine = among(connection, places.c.word, counted) & among(connection, places.c.statement, gone)
        connection.execute(delete(places).where(mine))
        connection.execute(delete(s).where(among(connection, s.c.key, gone)))
    connection.execute(delete(vectors).where(among(connection, vectors.c.document, documents)))


def numbers_of(words: str) -> frozenset[int]:
    """The numbers by which the words of a text are known to the index."""
    return frozenset(map(number_of, stems(words)))


def number_of(stem: str) -> int:
    """The number by which a stem is known to the index."""
    return zlib.crc32(stem.encode("utf-8", "surrogatepass"))


def holding(connection: Connection, words: Iterable[int]) -> dict[int, int]:
    """In how many statements each of these words stands."""
    counts = tables.word_counts.c
    return dict(
        connection.execute(select(counts.word, counts.statements).where(among(connection, counts.word, words))).all()
    )


def load(connection: Connection, keys: Iterable[int]) -> dict[int, Statement]:
    """Statements by their keys. Whoever says them has the name by which the ledger knows him; `report` is the key of
    the document."""
    s, a, voices, speakers = tables.statements, tables.attributions, tables.voices, tables.speakers
    query = (
        select(
            s, func.coalesce(speakers.c.name, voices.c.name).label("voice"),
            func.coalesce(speakers.c.type, voices.c.type).label("voice_type"),
        )
        .outerjoin(a, (a.c.document == s.c.document) & (a.c.id == s.c.attribution))
        .outerjoin(voices, (voices.c.document == s.c.document) & (voices.c.id == a.c.voice))
        .outerjoin(speakers, speakers.c.key == voices.c.speaker)
        .where(among(connection, s.c.key, keys))
        .order_by(s.c.key)
    )  # fmt: skip
    rows = connection.execute(query).all()
    via = _via(connection, {row.document for row in rows})
    return {row.key: _statement(row, via) for row in rows}


def _via(connection: Connection, documents: Iterable[int]) -> Mapping[tuple[int, str | None], Sequence[str]]:
    """Through whom each attribution of the documents came, outermost first."""
    via, voices, speakers = tables.via.c, tables.voices, tables.speakers
    query = (
        select(via.document, via.attribution, func.coalesce(speakers.c.name, voices.c.name))
        .join(voices, (voices.c.document == via.document) & (voices.c.id == via.voice))
        .outerjoin(speakers, speakers.c.key == voices.c.speaker)
        .where(among(connection, via.document, documents))
        .order_by(via.document, via.attribution, via.position)
    )
    found: defaultdict[tuple[int, str | None], list[str]] = defaultdict(list)
    for document, attribution, name in connection.execute(query):
        found[document, attribution].append(name)
    return found


def _row(statement: Statement) -> Row:
    return {
        "document": statement.report,
        "start": statement.spans[0].start,
        "stop": statement.spans[-1].end,
        "spans": statement.spans,
        "text": storable(statement.text),
        "attribution": kept(statement.attribution),
        "stance": statement.stance,
        "denies": statement.denies,
        "hedged": statement.hedged,
        "names": sorted(map(storable, statement.names)),
        "quantities": [asdict(quantity) for quantity in statement.quantities],
        "times": sorted(map(storable, statement.times)),
    }


def _statement(row: Any, via: Mapping[tuple[int, str | None], Sequence[str]]) -> Statement:
    return Statement(
        report=row.document,
        spans=tuple(Span(*span) for span in row.spans),
        text=row.text,
        attribution=row.attribution,
        voice=row.voice,
        voice_type=row.voice_type,
        via=tuple(via.get((row.document, row.attribution), ())),
        stance=row.stance,
        denies=row.denies,
        hedged=row.hedged,
        names=frozenset(row.names),
        quantities=tuple(Quantity(**{**quantity, "span": Span(*quantity["span"])}) for quantity in row.quantities),
        times=frozenset(row.times),
    )


def _index(connection: Connection, words: Mapping[int, frozenset[int]]) -> None:
    counted = Counter(word for there in words.values() for word in there)
    if not counted:
        return
    before = holding(connection, counted)
    connection.execute(_COUNT, [{"word": word, "statements": count} for word, count in sorted(counted.items())])
    places = [
        {"word": word, "statement": key}
        for key, there in words.items()
        for word in sorted(there)
        if before.get(word, 0) < MOST_HOLDING
    ]
    if places:
        connection.execute(tables.statement_words.insert(), places)
