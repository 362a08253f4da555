"""What a person says of who is who: two are one, or one is two. Kept as it was said, and applied to what comes later.

A correction speaks of identities ("person:ilse tamarind"), not of the numbers that a reading gives its voices, so it
holds when a document is read again; one for certain documents speaks of whoever is called so there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, insert, select, union, update

from sayso.errors import NotInLedger
from sayso.ledger import store, tables
from sayso.ledger.database import now
from sayso.ledger.identity import KINDS, folded
from sayso.ledger.links import SIDES, Side, enlisted, meant, relink
from sayso.ledger.rows import kept, nameless
from sayso.ledger.stale import stale

_MOST_SHOWN = 5


class Corrected(NamedTuple):
    """What a correction did: who was meant, whose identity that is now, in how many documents that is."""

    who: str
    into: str
    documents: int


def merge(
    connection: Connection, name: str, other: str, *, within: Sequence[int] = (), by: str | None = None
) -> Corrected:
    """From now on `other` is `name`: everywhere, or in the documents `within` alone, where `other` may also be one whom
    nobody would recognise elsewhere (a surname, "the envoy").

    Both are given by name or identity. Raises NotInLedger if nobody is called so, or several are, or they are one.
    """
    into = _root(connection, _identity(connection, name))
    if within:
        return _within(connection, "merge", other, into, within, by)
    who = _root(connection, _identity(connection, other))
    if who == into:
        raise NotInLedger(f"{name} and {other} are one already")
    _write(connection, "merge", who, into, None, by)
    return Corrected(who, into, _applied(connection, who))


def split(connection: Connection, name: str, *, within: Sequence[int] = (), by: str | None = None) -> Corrected:
    """From now on `name` is nobody but itself: its merge is undone. Or, with `within`, whoever is called so in these
    documents is another of the same name.

    Raises NotInLedger if nobody is called so, or several are, or there is nothing to undo.
    """
    who = _identity(connection, name)
    if within:
        return _within(connection, "split", name, _another(connection, who), within, by)
    if _root(connection, who) == who:
        raise NotInLedger(f"{name} was not merged with anybody; to part two of one name, say in which documents")
    _write(connection, "split", who, who, None, by)
    return Corrected(who, who, _applied(connection, who))


def _within(
    connection: Connection, verb: str, name: str, into: str, within: Sequence[int], by: str | None
) -> Corrected:
    """Say of whoever is called `name` in these documents that it is `into` there."""
    who = set[str]()
    documents = {store.read_as(connection, store.key_of(connection, key)) for key in within}
    for key in sorted(documents):
        called = _called(connection, name, key)
        if not called:
            raise NotInLedger(f"nobody is called {name} in document {key}")
        for identity in called:
            _write(connection, verb, identity, into, key, by)
        relink(connection, store.reading_of(connection, key), key)
        who |= called
    stale(connection, documents)
    return Corrected(min(who), into, len(documents))


def _applied(connection: Connection, who: str) -> int:
    """Link anew all who are, or were until now, `who` in any document; the number of documents."""
    documents = set[int]()
    said = tables.corrections
    everybody = _all_of(connection, who)
    for identity in everybody:
        alone = select(said.c.document).where(said.c.identity == identity, said.c.document.is_not(None))
        for side in SIDES:
            rows = side.rows
            there = (rows.c.identity == identity) & rows.c.document.not_in(alone)
            found = set(connection.execute(select(rows.c.document).where(there)).scalars())
            if found:
                key = _listed(connection, side, identity)
                connection.execute(update(rows).where(there).values({side.column: key}))
            documents |= found
    alone = select(said.c.document).where(said.c.into.in_(everybody), said.c.document.is_not(None))
    for document in set(connection.execute(alone).scalars()):
        relink(connection, store.reading_of(connection, document), document)
        documents.add(document)
    stale(connection, documents)
    return len(documents)


def _all_of(connection: Connection, who: str) -> set[str]:
    """`who` and all who were merged into it, directly or through others."""
    table = tables.corrections
    known, new = set[str](), {who}
    while new:
        known |= new
        into = select(table.c.identity).where(table.c.into.in_(new), table.c.document.is_(None))
        new = set(connection.execute(into).scalars()) - known
    return known


def _listed(connection: Connection, side: Side, identity: str) -> int:
    """The key of the one that the identity, met in rows of this side, means now; he is put there if need be, under the
    name he is known by on the other side."""
    root = _root(connection, identity)
    names = union(*(select(people.c.name).where(people.c.identity == root) for people, _, _ in SIDES))
    met = select(side.rows.c.name, side.rows.c.type).where(side.rows.c.identity == identity).limit(1)
    name, kind = connection.execute(met).one()
    known = connection.execute(names).scalars().first()
    return enlisted(connection, side.people, {root: (known or name, kind)})[root]


def _root(connection: Connection, identity: str) -> str:
    return meant(connection, [identity])[identity]


def _identity(connection: Connection, name: str) -> str:
    """The one identity that a person means by `name`: one written out, or that of a voice or entity called so."""
    words = folded(name)
    wanted = [name, *(f"{kind}:{words}" for kind in KINDS)]
    found = set[str]()
    for people, _, _ in SIDES:
        called = people.c.identity.in_(wanted) | people.c.identity.like(f"place:{words}, __")
        found |= set(connection.execute(select(people.c.identity).where(called)).scalars())
    if name in found:
        return name
    if len(found) == 1:
        return found.pop()
    if not found:
        raise NotInLedger(f"nobody is known as {name} across documents; a name is wanted whole, as the ledger shows it")
    several = ", ".join(sorted(found)[:_MOST_SHOWN])
    raise NotInLedger(f"several are called {name}: say which ({several})")


def _called(connection: Connection, name: str, document: int) -> set[str]:
    """What whoever is called so in a document is looked up by."""
    found = set[str]()
    for _, rows, _ in SIDES:
        for called, identity in connection.execute(
            select(rows.c.name, rows.c.identity).where(rows.c.document == document)
        ):
            if name == identity or folded(called) == folded(name):
                found.add(identity or nameless(called))
    return found


def _another(connection: Connection, who: str) -> str:
    """An identity of the same name that nobody has yet."""
    base = who.split("#", 1)[0]
    taken = set(connection.execute(select(tables.corrections.c.into)).scalars())
    number = 2
    while f"{base}#{number}" in taken:
        number += 1
    return f"{base}#{number}"


def _write(connection: Connection, verb: str, who: str, into: str, document: int | None, by: str | None) -> None:
    row = {"verb": verb, "identity": who, "into": into, "document": document, "made_by": kept(by), "made_at": now()}
    connection.execute(insert(tables.corrections).values(row))
