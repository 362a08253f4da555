"""Who is who across documents: whom the voices and entities of one are found to be in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, Table, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from sayso.ledger import tables
from sayso.ledger.identity import Identity, of_entities, of_voice
from sayso.ledger.rows import Links, nameless, rows, storable
from sayso.reading import Reading

_MOST = 10_000


class Side(NamedTuple):
    """One of the two sorts that are linked across documents: who they are, where they are met in documents, and the
    column of these that leads to those."""

    people: Table
    rows: Table
    column: str


SIDES = (Side(tables.speakers, tables.voices, "speaker"), Side(tables.subjects, tables.entities, "subject"))
"""Both know the same identities: a person who speaks and is talked about has one in each."""


class _Met(NamedTuple):
    """A voice or an entity of one document."""

    name: str
    type: str
    identity: Identity | None


def links(connection: Connection, reading: Reading, document: int) -> Links:
    """Whom the voices and entities of the document are found to be; those who were nowhere yet are in the ledger now.

    What a person said of this document comes first, then what was said of whom everywhere, then the rules.
    """
    here = _said_of(connection, document)
    voices = [_Met(v.name, v.type, of_voice(v)) for v in reading.voices]
    entities = [_Met(e.name, e.type, i) for e, i in zip(reading.entities, of_entities(reading), strict=True)]
    speakers, subjects = SIDES
    return Links(_found(connection, speakers, voices, here), _found(connection, subjects, entities, here))


def relink(connection: Connection, reading: Reading, document: int) -> None:
    """Link the document's rows anew, after a correction."""
    made = dict(rows(reading, document, links(connection, reading, document)))
    for _, table, column in SIDES:
        mine = (table.c.document == document) & (table.c.id == bindparam("its_id"))
        if found := [{"its_id": row["id"], column: row[column]} for row in made.get(table, ())]:
            connection.execute(update(table).where(mine), found)


def meant(connection: Connection, identities: Iterable[str]) -> dict[str, str]:
    """Whose identity each of these is by what was said of them everywhere: their own, where nothing was."""
    wanted = set(identities)
    said, unknown = dict[str, str](), wanted
    table = tables.corrections
    while unknown:
        latest = dict[str, str]()
        for some in _parts(unknown):
            found = select(table.c.identity, table.c.into).where(table.c.identity.in_(some), table.c.document.is_(None))
            latest |= dict(connection.execute(found.order_by(table.c.key)).all())
        said |= {identity: into for identity, into in latest.items() if identity != into}
        unknown = set(latest.values()) - said.keys() - unknown
    return {identity: _end(said, identity) for identity in wanted}


def enlisted(connection: Connection, people: Table, met: Mapping[str, tuple[str, str]]) -> dict[str, int]:
    """The keys of identities, each with a name and a type; those who are not there yet are put there."""
    if not met:
        return {}
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    new = [{"identity": identity, "name": name, "type": kind} for identity, (name, kind) in sorted(met.items())]
    connection.execute(insert(people).on_conflict_do_nothing(), new)
    keys = dict[str, int]()
    for some in _parts(met):
        there = select(people.c.identity, people.c.key).where(people.c.identity.in_(some))
        keys |= dict(connection.execute(there).all())
    return keys


def _said_of(connection: Connection, document: int) -> dict[str, str]:
    """What was said of this document alone."""
    table = tables.corrections
    found = select(table.c.identity, table.c.into).where(table.c.document == document).order_by(table.c.key)
    return dict(connection.execute(found).all())


def _found(connection: Connection, side: Side, met: Iterable[_Met], here: Mapping[str, str]) -> dict[str, int]:
    """The keys of those met, by what they are looked up by."""
    looked_up = {nameless(one.name) if one.identity is None else one.identity.key: one for one in reversed([*met])}
    first = {own: here.get(own, own) for own, one in looked_up.items() if own in here or one.identity is not None}
    last = meant(connection, first.values())
    named = {last[to]: (storable(looked_up[own].name), looked_up[own].type) for own, to in first.items()}
    keys = enlisted(connection, side.people, named)
    return {own: keys[last[to]] for own, to in first.items()}


def _parts(identities: Iterable[str]) -> Iterator[list[str]]:
    """So many at a time as a database takes in one question."""
    listed = sorted(identities)
    for at in range(0, len(listed), _MOST):
        yield listed[at : at + _MOST]


def _end(said: Mapping[str, str], identity: str) -> str:
    while identity in said:
        identity = said[identity]
    return identity
