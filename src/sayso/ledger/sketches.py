"""A few bits of what each content means, which tell the contents that are worth a look from all others.

The bits are the signs of a vector's numbers: the fewer of them two vectors differ in, the smaller is the angle between
them (Charikar 2002). A document's lie together in one row, so that all of them are read at once; a row is there only
while each of the document's attributions has its vector.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from sqlalchemy import Connection, delete, except_, insert, select

from sayso.decode import Floats
from sayso.ledger import tables

KEPT = np.dtype("<f2")
"""Of vectors, as they are kept."""
_KEY = np.dtype("<i8")
Keys = np.ndarray[tuple[int], np.dtype[np.int64]]


class Sketched(NamedTuple):
    """A document, and how many contents of it are sketched now."""

    document: int
    contents: int


def sketch(connection: Connection, document: int, model: str) -> Sketched:
    """Make the row of a document whose attributions all have a vector by that model, in place of the one that was
    there."""
    a, v = tables.attributions.c, tables.vectors.c
    query = select(v.attribution, v.vector).join(tables.attributions, a.key == v.attribution)
    rows = connection.execute(query.where(a.document == document, v.model == model).order_by(v.attribution)).all()
    connection.execute(delete(tables.sketches).where(tables.sketches.c.document == document))
    row = {
        "document": document,
        "model": model,
        "attributions": np.array([key for key, _ in rows], _KEY).tobytes(),
        "bits": b"".join(_bits(np.frombuffer(vector, KEPT)) for _, vector in rows),
    }
    connection.execute(insert(tables.sketches).values(row))
    return Sketched(document, len(rows))


def unsketched(connection: Connection, model: str, limit: int) -> Sequence[int]:
    """The documents that were read and lack a sketch by that model, so many at most."""
    d, s = tables.documents.c, tables.sketches.c
    read = select(d.read_as).where(d.read_as.is_not(None))
    query = except_(read, select(s.document).where(s.model == model))  # both are in indexes, so no row is looked at
    return connection.execute(query.limit(limit)).scalars().all()


def nearest(connection: Connection, wanted: Floats, model: str, most: int) -> Keys:
    """The keys of the attributions whose bits differ least from those of a vector, so many at most."""
    s = tables.sketches.c
    rows = connection.execute(select(s.attributions, s.bits).where(s.model == model)).all()
    keys = np.frombuffer(b"".join(keys for keys, _ in rows), _KEY)
    if len(keys) <= most:
        return keys
    ours = np.frombuffer(_bits(wanted), np.uint8)
    bits = np.frombuffer(b"".join(bits for _, bits in rows), np.uint8).reshape(len(keys), len(ours))
    if bits.shape[1] % 8 == 0:  # eight bytes at once
        bits, ours = bits.view(np.uint64), ours.view(np.uint64)
    apart = np.bitwise_count(bits ^ ours).sum(axis=1, dtype=np.int32)
    return keys[np.argpartition(apart, most)[:most]]


def _bits(vector: np.ndarray[tuple[int], np.dtype[np.floating]]) -> bytes:
    return np.packbits(vector > 0).tobytes()
