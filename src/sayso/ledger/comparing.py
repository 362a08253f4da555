"""Comparing the reports of a ledger: documents → statements → pairs → claims. What was compared is not compared again.

Each step is kept as soon as it is done, so a comparison that was stopped is completed by the next: a document is
`prepared` when its statements are there, `matched` when it has its pairs with all others, `gathered` when its claims
are made.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from sqlalchemy import Connection, insert, select, update

from sayso.compare.types import Statement
from sayso.decode import Floats
from sayso.ledger import store, tables
from sayso.ledger.database import Database
from sayso.ledger.gathered import gather, touched
from sayso.ledger.matching import Matcher
from sayso.ledger.meaning import of_contents
from sayso.ledger.named import among
from sayso.ledger.stated import Stated, of_reading, put
from sayso.meaning import Meanings

_AT_ONCE = 50  # documents in one transaction

Told = Callable[[int, int], None]
"""Hears how many of how many reports were done."""


def compare(database: Database, meanings: Callable[[], Meanings], told: Told = lambda done, total: None) -> int:
    """Compare what is new, or was changed, with all that is there; returns how many documents that were.

    `meanings` gives what makes vectors, and is called if there is anything new. `told` hears how far it is. Raises
    UnusableLedger if the ledger cannot be written.
    """
    with database.reads() as connection:
        new = _in_state(connection, None)
        waiting = _in_state(connection, "prepared")
        total = len(new) + len(waiting)
        if not total and not _in_state(connection, "matched") and not touched(connection):
            return 0
    prepared = _prepared(database, new, meanings) if new else iter(())
    for done in prepared:
        told(done, 2 * total)
    _match(database, lambda done: told(total + done, 2 * total))
    with database.writes() as connection:
        ready = _in_state(connection, "matched")
        gather(connection, ready)
        _set(connection, ready, "gathered")
    return total


def outstanding(connection: Connection) -> int:
    """How many documents are not compared yet."""
    return len(_in_state(connection, None)) + len(_in_state(connection, "prepared", "matched"))


def _in_state(connection: Connection, *states: str | None) -> list[int]:
    d, compared = tables.documents.c, tables.compared.c
    query = select(d.key).outerjoin(tables.compared, compared.document == d.key).order_by(d.key)
    wanted = compared.state.is_(None) if states == (None,) else compared.state.in_(states)
    return list(connection.execute(query.where(wanted)).scalars())


def _prepared(database: Database, documents: Sequence[int], meanings: Callable[[], Meanings]) -> Iterator[int]:
    """Put the statements of the documents there; yields how many are done with."""
    made = meanings()
    for at in range(0, len(documents), _AT_ONCE):
        some = documents[at : at + _AT_ONCE]
        with database.reads() as connection:
            stated = list(_stated(connection, some, made))
        with database.writes() as connection:
            there = set(_in_state(connection, None))  # somebody may have removed or compared them meanwhile
            for one in stated:
                if one.document in there:
                    put(connection, one, made.meaning.model)
            _set(connection, sorted(there & set(some)), "prepared")
        yield at + len(some)


def _stated(connection: Connection, documents: Sequence[int], meanings: Meanings) -> Iterator[Stated]:
    """The statements of those that are read by themselves: a copy's are its original's."""
    found: list[tuple[int, list[Statement]]] = []
    known: dict[tuple[int, int], Floats] = {}  # by places in both
    for key in documents:
        if store.read_as(connection, key) == key:
            reading = store.reading_of(connection, key)
            whole = {a.id: a.content for a in reading.attributions}
            meant = of_contents(connection, key, meanings.meaning.model)
            found.append((key, of_reading(reading, key)))
            for at, statement in enumerate(found[-1][1]):
                vector = meant.get(statement.attribution or "")
                if vector is not None and whole[statement.attribution or ""] == statement.spans:
                    known[len(found) - 1, at] = vector
    texts = {
        (number, at): statement.text
        for number, (_, statements) in enumerate(found)
        for at, statement in enumerate(statements)
        if (number, at) not in known
    }
    if texts:
        known |= zip(texts, _meant([*texts.values()], meanings), strict=True)
    for number, (key, statements) in enumerate(found):
        yield Stated(key, statements, np.array([known[number, at] for at in range(len(statements))], np.float32))


def _meant(texts: Sequence[str], meanings: Meanings) -> Floats:
    """What the texts mean, made on all cores; each by itself, so that it is the same on any number."""
    cores = max(1, min(os.cpu_count() or 1, len(texts)))
    with ThreadPoolExecutor(cores) as pool:
        made = list(pool.map(meanings.vectors, [texts[start::cores] for start in range(cores)]))
    vectors = np.zeros((len(texts), made[0].shape[1]), np.float32)
    for start, part in enumerate(made):
        vectors[start::cores] = part
    return vectors


def _match(database: Database, told: Callable[[int], None]) -> None:
    with database.reads() as connection:
        waiting = _in_state(connection, "prepared")
        read = set(connection.execute(select(tables.statement_vectors.c.document)).scalars()) & set(waiting)
        matcher = Matcher(connection, sorted(read)) if read else None
    for at in range(0, len(waiting), _AT_ONCE):
        some = waiting[at : at + _AT_ONCE]
        with database.writes() as connection:
            still = sorted(set(some) & set(_in_state(connection, "prepared")))
            if matcher is not None:
                matcher.match(connection, [key for key in still if key in read])
            _set(connection, still, "matched")
        told(at + len(some))


def _set(connection: Connection, documents: Sequence[int], state: str) -> None:
    compared = tables.compared
    mine = among(connection, compared.c.document, documents)
    there = set(connection.execute(select(compared.c.document).where(mine)).scalars())
    connection.execute(update(compared).where(mine).values(state=state))
    if fresh := [{"document": key, "state": state} for key in documents if key not in there]:
        connection.execute(insert(compared), fresh)
