"""What a search by meaning looks through first: it holds what is nearest, and never what is not there any more."""

from __future__ import annotations

import numpy as np

from sayso.ledger import Ledger, tables
from sayso.ledger.meaning import keep
from sayso.ledger.sketches import nearest, sketch, unsketched
from tests.ready import read


def spoken(number: int) -> str:
    return " ".join(f"Ilse Tamarind said the ferry {number} had passed buoy {n}." for n in range(number % 4))


def test_the_nearest_are_among_those_looked_at(ledger: Ledger) -> None:
    rng = np.random.default_rng(1)
    keys = [ledger.keep(read(spoken(number))) for number in range(1, 60)]
    with ledger.writes() as connection:
        kept = 0
        for key in keys:
            a = tables.attributions.c
            said = connection.execute(a.key.table.select().where(a.document == key)).all()
            vectors = rng.normal(size=(len(said), 64)).astype(np.float32)
            keep(connection, key, vectors, "random")
            kept += len(said)
        assert list(unsketched(connection, "random", 99)) == []
        assert len(unsketched(connection, "another", 999)) == len(set(keys))
        rows = connection.execute(tables.vectors.select()).all()
        assert len(nearest(connection, np.ones(64, np.float32), "random", 1000)) == len(rows) == kept
        for row in rows[::9]:
            wanted = np.frombuffer(row.vector, "<f2").astype(np.float32)
            assert row.attribution in nearest(connection, wanted, "random", 5)


def test_what_is_read_anew_is_sketched_anew(ledger: Ledger) -> None:
    key = ledger.keep(read(spoken(3)))
    with ledger.writes() as connection:
        keep(connection, key, np.eye(3, 16, dtype=np.float32), "random")
        assert list(unsketched(connection, "random", 9)) == []
    ledger.correct(ledger.reading(key))
    with ledger.writes() as connection:
        assert list(unsketched(connection, "random", 9)) == [key]
        assert sketch(connection, key, "random").contents == 0
    ledger.remove([key], engine=None)
    with ledger.reads() as connection:
        assert connection.execute(tables.sketches.select()).all() == []
