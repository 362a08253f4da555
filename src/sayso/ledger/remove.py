"""Taking documents out again, with everything that was made from them and nothing of anybody else's.

A copy is a document of its own and stays. If what it copied goes, the first exact copy takes its place, with its text,
reading and corrections; near copies that were read as it are read by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from sayso.ledger import store, tables
from sayso.ledger.copies import NEAR, alike, signature
from sayso.ledger.copies_of import families
from sayso.ledger.links import SIDES, Side
from sayso.ledger.named import among
from sayso.ledger.rows import MADE
from sayso.ledger.stale import stale, unread
from sayso.ledger.stated import forget
from sayso.ledger.store import Entry
from sayso.reading import Reading
from sayso.types import Document

Read = Callable[[Document], Reading]


@dataclass(frozen=True, slots=True)
class Removed:
    """What went, or would go: the documents; how many attributions and corrections; and how many copies of them
    stay."""

    documents: tuple[Entry, ...]
    attributions: int
    corrections: int
    copies: int


class _Own(NamedTuple):
    """What a document has that one of its copies takes over."""

    text: str | None
    copy_of: int | None
    alike: float | None
    read_as: int


def removable(connection: Connection, documents: Iterable[int | str]) -> Removed:
    """What there is to remove of the documents, given by key or id. Raises NotInLedger if one is not there."""
    keys = list(dict.fromkeys(store.key_of(connection, document) for document in documents))
    a, readings, said, copies = tables.attributions.c, tables.readings.c, tables.corrections.c, tables.documents.c

    def number(where: Any) -> int:
        return connection.execute(select(func.count()).where(where)).scalar_one()

    ending = set(keys) - _outliving(connection, keys)
    corrected = number(among(connection, readings.document, ending) & readings.corrected)
    return Removed(
        tuple(store.entry(connection, key) for key in keys),
        number(among(connection, a.document, ending)),
        corrected + number(among(connection, said.document, ending)),
        number(among(connection, copies.copy_of, keys) & ~among(connection, copies.key, keys)),
    )


def remove(connection: Connection, documents: Iterable[int | str], read: Read) -> Removed:
    """Remove the documents, given by key or id, in the transaction that is open. `read` is called for near copies that
    have no reading of their own and lose the one they shared. Raises NotInLedger if one is not there."""
    going = removable(connection, documents)
    known = [_known_by(connection, side, [entry.key for entry in going.documents]) for side in SIDES]
    keys = [entry.key for entry in going.documents]
    stale(connection, keys)
    forget(connection, keys)
    for key in _copies_first(connection, keys):
        _let_copies_go(connection, key, read)
        connection.execute(delete(tables.documents).where(tables.documents.c.key == key))
    for side, people in zip(SIDES, known, strict=True):
        _forget(connection, side, people)
    return going


def _outliving(connection: Connection, keys: Sequence[int]) -> set[int]:
    """Those whose reading an exact copy that stays takes over."""
    d = tables.documents.c
    exact = select(d.copy_of).where(among(connection, d.copy_of, keys), d.text.is_(None))
    return set(connection.execute(exact.where(~among(connection, d.key, keys))).scalars())


def _copies_first(connection: Connection, keys: Sequence[int]) -> list[int]:
    """The documents in an order in which copies come before what they copy."""
    d = tables.documents.c
    above = dict(
        connection.execute(select(d.key, d.copy_of).where(among(connection, d.key, families(connection, keys)))).all()
    )

    def depth(key: int | None) -> int:
        steps = 0
        while key is not None and (key := above.get(key)) is not None:
            steps += 1
        return steps

    return sorted(keys, key=depth, reverse=True)


def _let_copies_go(connection: Connection, key: int, read: Read) -> None:
    """Make the copies of a document stand without it."""
    d = tables.documents.c
    own = _Own(*connection.execute(select(d.text, d.copy_of, d.alike, d.read_as).where(d.key == key)).one())
    copies = connection.execute(select(d.key, d.text, d.read_as).where(d.copy_of == key).order_by(d.key)).all()
    exact = next((copy.key for copy in copies if copy.text is None), None)
    if exact is not None:
        _take_place(connection, key, own, exact)
        return
    parents = [] if own.copy_of is None else [(own.copy_of, store.document_of(connection, own.copy_of).text)]
    for copy in copies:
        if copy.read_as == key:
            _read_by_itself(connection, key, copy.key, read)
        onto, share = _nearest(copy.text, parents)
        _set(connection, copy.key, copy_of=onto, alike=share)
        parents.append((copy.key, copy.text))


def _take_place(connection: Connection, key: int, own: _Own, heir: int) -> None:
    """Give an exact copy all that the document has, and let it stand for it to other copies."""
    d = tables.documents
    _set(connection, heir, text=own.text, copy_of=own.copy_of, alike=own.alike)
    connection.execute(update(d).where(d.c.copy_of == key).values(copy_of=heir))
    if own.read_as != key:
        return
    for table in (tables.readings, *MADE, tables.bands, tables.corrections):
        connection.execute(update(table).where(table.c.document == key).values(document=heir))
    connection.execute(update(d).where(d.c.read_as == key, d.c.key != key).values(read_as=heir))
    unread(connection, heir)


def _read_by_itself(connection: Connection, key: int, copy: int, read: Read) -> None:
    """Give a near copy, and its exact copies, a reading of its own in place of that of document `key`."""
    d = tables.documents
    document = store.document_of(connection, copy)
    mine = (d.c.key == copy) | ((d.c.copy_of == copy) & (d.c.read_as == key))
    connection.execute(update(d).where(mine).values(read_as=copy))
    bands = [{"band": band, "document": copy} for band in signature(document.text).bands]
    if bands:
        connection.execute(insert(tables.bands), bands)
    store.put_reading(connection, copy, read(document))
    unread(connection, copy)


def _nearest(text: str, others: Sequence[tuple[int, str]]) -> tuple[int | None, float | None]:
    """Of which of the others a text is a near copy, and how much so; of none, if it is not near enough."""
    shares = [(round(alike(text, other), 3), key) for key, other in others]
    share, key = max(shares, key=lambda found: found[0], default=(0.0, None))
    return (key, share) if share >= NEAR else (None, None)


def _set(connection: Connection, key: int, **values: Any) -> None:
    connection.execute(update(tables.documents).where(tables.documents.c.key == key).values(values))


def _known_by(connection: Connection, side: Side, keys: Sequence[int]) -> set[int]:
    """Whom the documents' voices or entities are known to be, or were before somebody was merged."""
    people, rows, column = side
    here = among(connection, rows.c.document, keys)
    found = set(connection.execute(select(rows.c[column]).where(here, rows.c[column].is_not(None))).scalars())
    named = select(people.c.key).where(people.c.identity.in_(select(rows.c.identity).where(here)))
    return found | set(connection.execute(named).scalars())


def _forget(connection: Connection, side: Side, keys: Iterable[int]) -> None:
    """Take out those of whom no document tells any more, and nobody said who they are."""
    people, rows, column = side
    said = tables.corrections.c
    named = select(said.key).where(or_(said.identity == people.c.identity, said.into == people.c.identity)).exists()
    met = select(rows.c.id).where(rows.c[column] == people.c.key).exists()
    connection.execute(delete(people).where(among(connection, people.c.key, keys), ~met, ~named))
