"""Search by meaning: each content's vector is kept beside it, and all are compared with that of what is looked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

import numpy as np
from sqlalchemy import Connection, and_, insert, or_, select

from sayso.decode import Floats
from sayso.errors import InvalidSearch, UnusableLedger
from sayso.ledger import tables
from sayso.ledger.answers import Asked, Found, answers, suggestion
from sayso.ledger.database import Database
from sayso.ledger.filters import EVERYTHING, Filters, of_attributions
from sayso.ledger.named import among
from sayso.ledger.sketches import KEPT, nearest, sketch, unsketched
from sayso.ledger.table import Table
from sayso.meaning import Meanings

BLOCK = 8192
"""So many vectors are compared at once."""
LOOKED_AT = 2048
"""Where nothing is filtered, so many contents are compared: those whose sketches are nearest."""
LONGEST = 10_000
"""Code points of a text that is compared."""
_AT_ONCE = 200  # contents read in one transaction
_MOST = 1_000_000  # contents of one document


def keep(connection: Connection, document: int, vectors: Floats, model: str) -> None:
    """Keep the vectors (A, D) of a document's attributions, in their order, in place of those that were there."""
    a, kept = tables.attributions.c, tables.vectors
    keys = connection.execute(select(a.key).where(a.document == document).order_by(a.position)).scalars().all()
    connection.execute(kept.delete().where(among(connection, kept.c.attribution, keys)))
    _put(connection, keys, vectors, model)
    sketch(connection, document, model)


def of_contents(connection: Connection, document: int, model: str) -> dict[str, Floats]:
    """What the contents of a document's attributions mean, by their ids, as far as that model made it."""
    a, kept = tables.attributions.c, tables.vectors.c
    query = select(a.id, kept.vector).join(tables.vectors, kept.attribution == a.key)
    rows = connection.execute(query.where(a.document == document, kept.model == model))
    return {id_: np.frombuffer(vector, KEPT).astype(np.float32) for id_, vector in rows}


def lacking(
    connection: Connection, model: str, limit: int, documents: Sequence[int] | None = None
) -> list[tuple[int, str]]:
    """The keys and contents of attributions that have no vector by that model, so many at most; of those documents, or
    of all."""
    a, kept = tables.attributions.c, tables.vectors.c
    query = (
        select(a.key, a.content)
        .outerjoin(tables.vectors, kept.attribution == a.key)
        .where(or_(kept.attribution.is_(None), kept.model != model))
        .order_by(a.key)
        .limit(limit)
    )
    if documents is not None:
        query = query.where(among(connection, a.document, documents))
    return [(key, content) for key, content in connection.execute(query)]


def complete(connection: Connection, meanings: Meanings, limit: int = 1000) -> int:
    """Make the vectors and sketches of documents that lack any by this model, until there are so many contents or all
    are there; of how many contents that was. It takes as long as to read them; an add makes them on the way."""
    model, made = meanings.meaning.model, 0
    while made < limit and (documents := unsketched(connection, model, 1)):
        found = lacking(connection, model, _MOST, documents)
        if found:
            keys = [key for key, _ in found]
            connection.execute(tables.vectors.delete().where(among(connection, tables.vectors.c.attribution, keys)))
            _put(connection, keys, meanings.vectors([content for _, content in found]), model)
        made += sketch(connection, documents[0], model).contents
    return made


def complete_all(database: Database, meanings: Meanings, told: Callable[[], None]) -> None:
    """Make all that are missing, some in each transaction; a ledger that may not be written to stays as it is."""
    with database.reads() as connection:
        missing = bool(unsketched(connection, meanings.meaning.model, 1))
    if missing:
        told()
    with suppress(UnusableLedger):
        while missing:
            with database.writes() as connection:
                missing = complete(connection, meanings, _AT_ONCE) > 0


def alike(
    connection: Connection, text: str, meanings: Meanings, filters: Filters = EVERYTHING, limit: int = 20
) -> Table:
    """The attributions that pass the filters whose content means most nearly what `text` says, the nearest first, with
    the cosine as their score; those without a vector are not found. Raises InvalidSearch."""
    if not any(map(str.isalnum, text)):
        raise InvalidSearch("there is no word in what is looked for")
    if len(text) > LONGEST:
        raise InvalidSearch(f"what is looked for may be {LONGEST:,} letters long, not longer")
    asked = Asked((), filters, limit)
    keys, scores = _compared(connection, meanings.vectors([text])[0], meanings.meaning.model, filters)
    order = np.lexsort((keys, -scores))

    def best(most: int) -> Sequence[Found]:
        return [Found(int(keys[at]), float(scores[at])) for at in order[:most]]

    table = answers(connection, asked, best)
    return table if table.rows else Table(table.columns, (), suggestion(filters, words=False))


def _compared(
    connection: Connection, wanted: Floats, model: str, filters: Filters
) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], Floats]:
    """The keys of the attributions that pass the filters and have a vector, and how near each is: of all, or, where
    nothing is filtered, of those whose sketches are nearest."""
    a, kept = tables.attributions.c, tables.vectors.c
    query = select(kept.attribution, kept.vector).where(kept.model == model)
    condition = of_attributions(connection, filters)
    if filters == EVERYTHING:
        near = nearest(connection, wanted, model, LOOKED_AT)
        query = query.where(among(connection, kept.attribution, near.tolist()))
    else:
        query = query.join(tables.attributions, and_(a.key == kept.attribution, condition))
    rows = connection.execute(query.execution_options(yield_per=BLOCK))
    keys, scores = [np.zeros(0, np.int64)], [np.zeros(0, np.float32)]
    for block in rows.partitions():
        keys.append(np.fromiter((key for key, _ in block), np.int64, len(block)))
        vectors = np.frombuffer(b"".join(vector for _, vector in block), KEPT).reshape(len(block), -1)
        scores.append(vectors.astype(np.float32) @ wanted)
    return np.concatenate(keys), np.concatenate(scores)


def _put(connection: Connection, keys: Sequence[int], vectors: Floats, model: str) -> None:
    rows = [
        {"attribution": key, "model": model, "vector": vector.tobytes()}
        for key, vector in zip(keys, vectors.astype(KEPT), strict=True)
    ]
    if rows:
        connection.execute(insert(tables.vectors), rows)
