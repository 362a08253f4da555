"""Correcting a reading step by step: who changed what when, and the last step taken back.

A step is a list of `sayso.corrections.Correction`; what the engine said stays beside what came of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select, update

from sayso.corrections import Correction, apply
from sayso.errors import NotInLedger
from sayso.ledger import store, tables
from sayso.ledger.database import now
from sayso.ledger.rows import kept
from sayso.ledger.table import Column, Table, limited
from sayso.reading import Reading

COLUMNS = (
    Column("made_at", "date", head="when"),
    Column("made_by", head="by"),
    Column("title"),
    Column("field", head="what"),
    Column("old", head="was"),
    Column("new", head="is"),
    Column("undone_at", "date", head="taken back"),
    Column("document", "number", "hidden"),
    Column("edit", "number", "hidden"),
)
"""One row a correction; `old` and `new` as people read them."""


class Edited(NamedTuple):
    """What a step did: how many corrections were made, and those that fitted nowhere."""

    made: int
    unfitting: tuple[Correction, ...]


def edit(connection: Connection, document: int, corrections: Sequence[Correction], *, by: str | None = None) -> Edited:
    """Make corrections of a document, given by its key, as one step. If none of them fits, nothing is done.

    Raises NotInLedger if there is no such document.
    """
    key = store.read_as(connection, store.key_of(connection, document))
    before = store.record_of(connection, key)
    done = apply(store.reading_of(connection, key), corrections)
    fitting = [correction for correction in corrections if correction not in done.unfitting]
    if fitting:
        row = {
            "document": key, "corrections": [c.to_dict() for c in fitting], "before": before, "made_by": kept(by),
            "made_at": now(), "undone_at": None,
        }  # fmt: skip
        connection.execute(insert(tables.edits).values(row))
        store.put_reading(connection, key, done.reading, corrected=True, by=by)
    return Edited(len(fitting), done.unfitting)


def undo(connection: Connection, document: int, *, by: str | None = None) -> None:
    """Take back the last step of a document that was not taken back yet; that it was made stays known.

    Raises NotInLedger if there is none.
    """
    key = store.read_as(connection, store.key_of(connection, document))
    table = tables.edits
    open_ones = (table.c.document == key) & table.c.undone_at.is_(None)
    last = connection.execute(select(table).where(open_ones).order_by(table.c.key.desc()).limit(1)).one_or_none()
    if last is None:
        raise NotInLedger("nothing in this report was corrected here, or it was taken back already")
    store.put_back(connection, key, last.before, by)
    connection.execute(update(table).where(table.c.key == last.key).values(undone_at=now()))


def edits(connection: Connection, document: int | None = None, limit: int = 50) -> Table:
    """What was corrected, the latest first; of one document, given by its key, or of all."""
    table, documents = tables.edits, tables.documents
    query = (
        select(table, documents.c.title, documents.c.path)
        .join(documents, documents.c.key == table.c.document)
        .order_by(table.c.key.desc())
        .limit(limit + 1)
    )
    if document is not None:
        query = query.where(table.c.document == store.read_as(connection, store.key_of(connection, document)))
    texts: dict[int, Reading] = {}
    rows: list[tuple[Any, ...]] = []
    for row in connection.execute(query):
        reading = texts.setdefault(row.document, store.reading_of(connection, row.document))
        for made in row.corrections:
            correction = Correction.from_dict(made)
            was, is_ = (_said(value, reading.document.text) for value in (correction.old, correction.new))
            rows.append((row.made_at, row.made_by, row.title or row.path, correction.field, was, is_, row.undone_at,
                         row.document, row.key))  # fmt: skip
    return limited(COLUMNS, rows, limit, "Nothing was corrected here.")


def made(connection: Connection) -> Iterator[dict[str, Any]]:
    """Every correction as JSON-ready values, with who made it when and whether it was taken back, the first first."""
    table = tables.edits
    for row in connection.execute(select(table).order_by(table.c.key)):
        for correction in row.corrections:
            yield correction | {"who": row.made_by, "when": row.made_at, "undone": row.undone_at}


def _said(value: Any, text: str) -> str:
    """A value of a correction for people."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if hasattr(value, "name"):
        return str(value.name)
    if hasattr(value, "content"):
        return _said(value.content or value.cue, text)
    return " […] ".join(one.name if hasattr(one, "name") else text[slice(*one)] for one in value)
