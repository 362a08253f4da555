"""Documents and readings in and out of a ledger, inside a transaction that the caller opened."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from sayso.errors import NotInLedger
from sayso.intake.loaded import Made
from sayso.ledger import tables
from sayso.ledger.database import now
from sayso.ledger.links import links
from sayso.ledger.rows import MADE, body, document_from, document_row, kept, reading_from, rows, storable
from sayso.ledger.stale import stale, unread
from sayso.reading import Reading
from sayso.types import Document

if TYPE_CHECKING:
    from sayso.ledger.copies import Copy

_LARGEST = 2**63 - 1  # of a key


@dataclass(frozen=True, slots=True)
class Entry:
    """What a ledger says of a document without opening it.

    `key` is its number in the ledger, `model` what its reading was made by. `copy_of` is the key of the document that
    it is a copy of, `alike` how much so; `read_as` that of the one whose reading is its own: itself, or what it copies.
    """

    key: int
    id: str
    path: str | None
    title: str | None
    outlet: str | None
    author: str | None
    published: str | None
    url: str | None
    language: str | None
    length: int
    model: str
    copy_of: int | None
    alike: float | None
    read_as: int
    added_at: str


def fingerprint(document: Document) -> str:
    """By what a document is known when it is added again: its text and its address, or, without one, what is known of
    it; the same text with another address, outlet, headline, byline or date is another document, a copy."""
    known = [document.url] if document.url else [document.outlet, document.title, document.author, document.published]
    return hashlib.sha256(json.dumps([document.id, *known]).encode()).hexdigest()


def known(connection: Connection, document: Document) -> int | None:
    """The key of the document that this is, None if it is not there."""
    return connection.execute(
        select(tables.documents.c.key).where(tables.documents.c.fingerprint == fingerprint(document))
    ).scalar()


def put_document(
    connection: Connection, document: Document, made: Made | None, copy: Copy | None, bands: list[int]
) -> int:
    """Put a document there that is not yet, and return its key. `copy` is what it was found to be a copy of, `bands` by
    what copies of it are found."""
    documents = tables.documents
    row = {
        **document_row(document),
        **_making(made),
        "fingerprint": fingerprint(document),
        "copy_of": copy and copy.of,
        "alike": copy and copy.alike,
        "added_at": now(),
    }
    if copy is not None and copy.exact:
        row["text"] = None
    key: int = connection.execute(insert(documents).values(row).returning(documents.c.key)).scalar_one()
    whose = read_as(connection, copy.of) if copy is not None and copy.says_nothing_new else key
    connection.execute(update(documents).where(documents.c.key == key).values(read_as=whose))
    if whose == key and bands:
        connection.execute(insert(tables.bands), [{"band": band, "document": key} for band in bands])
    return key


def put_reading(
    connection: Connection, document: int, reading: Reading, *, corrected: bool = False, by: str | None = None
) -> None:
    """Keep a reading of the document in place of the one that was there: what the engine said, or what a person made of
    it. The rows are those of the person's, if there is one."""
    readings = tables.readings
    there = set(connection.execute(select(readings.c.corrected).where(readings.c.document == document)).scalars())
    if corrected in there:
        mine = (readings.c.document == document) & (readings.c.corrected == corrected)
        connection.execute(delete(readings).where(mine))
    connection.execute(
        insert(readings).values(
            document=document,
            corrected=corrected,
            model=kept(reading.model),
            made_by=kept(by),
            made_at=now(),
            body=body(reading),
        )
    )
    if corrected or True not in there:
        _put_rows(connection, document, reading, anew=bool(there))


def record_of(connection: Connection, document: int) -> bytes | None:
    """The record of what a person made of the document of that key; None if nobody corrected it."""
    readings = tables.readings
    found = select(readings.c.body).where((readings.c.document == document) & readings.c.corrected)
    return connection.execute(found).scalar_one_or_none()


def put_back(connection: Connection, document: int, record: bytes | None, by: str | None) -> None:
    """Let a record that was a person's once be that again; None: what the engine said."""
    if record is not None:
        reading = reading_from(document_of(connection, document), record)
        put_reading(connection, document, reading, corrected=True, by=by)
        return
    readings = tables.readings
    connection.execute(delete(readings).where((readings.c.document == document) & readings.c.corrected))
    _put_rows(connection, document, reading_of(connection, document), anew=True)


def _put_rows(connection: Connection, document: int, reading: Reading, *, anew: bool) -> None:
    for table in reversed(MADE) if anew else ():
        connection.execute(delete(table).where(table.c.document == document))
    if anew:
        unread(connection, document)
    for table, made in rows(reading, document, links(connection, reading, document)):
        connection.execute(insert(table), made)


def restate(connection: Connection, key: int, document: Document, made: Made | None) -> None:
    """Change what is known of a document that is there: its text is the same."""
    row = {**document_row(document), **_making(made), "fingerprint": fingerprint(document)}
    documents = tables.documents
    if connection.execute(select(documents.c.text.is_(None)).where(documents.c.key == key)).scalar_one():
        row["text"] = None
    connection.execute(update(documents).where(documents.c.key == key).values(row))
    stale(connection, [key])


def is_corrected(connection: Connection, document: int) -> bool:
    """Whether somebody corrected the reading of the document of that key."""
    readings = tables.readings
    found = select(readings.c.document).where((readings.c.document == document) & readings.c.corrected)
    return connection.execute(found.limit(1)).scalar() is not None


def read_as(connection: Connection, key: int) -> int:
    """The key of the document whose reading is that of `key`."""
    found: int = connection.execute(
        select(tables.documents.c.read_as).where(tables.documents.c.key == key)
    ).scalar_one()
    return found


def same_place(connection: Connection, document: Document) -> int | None:
    """The key of the document with the same text that came from the same path and has a reading of its own."""
    documents = tables.documents
    same = (documents.c.id == document.id) & (documents.c.path == kept(document.path))
    own = documents.c.read_as == documents.c.key
    return connection.execute(select(documents.c.key).where(same & own)).scalar()


def entries(connection: Connection, *, after: int = 0, limit: int | None = None) -> list[Entry]:
    """What is there, in the order in which it was added: those whose key is greater than `after`, at most `limit`."""
    return _entries(connection, tables.documents.c.key > after, limit)


def entry(connection: Connection, key: int) -> Entry:
    """What is there under that key."""
    return _entries(connection, tables.documents.c.key == key, 1)[0]


def key_of(connection: Connection, document: int | str) -> int:
    """The key of a document, given as that or as its id (of copies that share it, the first); raises NotInLedger."""
    documents = tables.documents
    if isinstance(document, int) and not 0 < document <= _LARGEST:
        raise NotInLedger(f"there is no document {document} in the ledger")
    meant = documents.c.key == document if isinstance(document, int) else documents.c.id == document
    key: int | None = connection.execute(
        select(documents.c.key).where(meant).order_by(documents.c.key).limit(1)
    ).scalar()
    if key is None:
        raise NotInLedger(f"there is no document {document} in the ledger")
    return key


def document_of(connection: Connection, key: int) -> Document:
    """The document of that key, as it was added."""
    documents = tables.documents
    row = dict(connection.execute(select(documents).where(documents.c.key == key)).mappings().one())
    if row["text"] is None:
        row["text"] = document_of(connection, row["copy_of"]).text
    return document_from(row)


def reading_of(connection: Connection, key: int, *, corrected: bool = True) -> Reading:
    """The reading of the document of that key: as a person corrected it, if somebody did and `corrected` is left so, or
    as the engine read it. That of a copy is its original's; where their texts are the same it is shown as its own."""
    readings, whose = tables.readings, read_as(connection, key)
    found = select(readings.c.body).where(readings.c.document == whose).order_by(readings.c.corrected.desc())
    if not corrected:
        found = found.where(~readings.c.corrected)
    document, own = document_of(connection, whose), document_of(connection, key)
    record = connection.execute(found.limit(1)).scalar_one()
    return reading_from(own if own.id == document.id else document, record)


def _entries(connection: Connection, which: ColumnElement[bool], limit: int | None) -> list[Entry]:
    documents, readings = tables.documents, tables.readings
    columns = [readings.c.model if name == "model" else documents.c[name] for name in Entry.__slots__]
    reading = (readings.c.document == documents.c.read_as) & ~readings.c.corrected
    found = select(*columns).join(readings, reading).where(which).order_by(documents.c.key).limit(limit)
    return [Entry(*row) for row in connection.execute(found)]


def _making(made: Made | None) -> dict[str, Any]:
    """The columns that say how a document's text was made."""
    return {
        "original": made and made.original,
        "media_type": made and storable(made.media_type),
        "extractor": made and storable(made.extractor),
        "extractor_version": made and storable(made.version),
        "extractor_options": {storable(k): storable(v) for k, v in made.options} if made else {},
        "place": made and kept(made.place),
        "pages": list(made.pages) if made else [],
    }
