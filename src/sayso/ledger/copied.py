"""Which documents are copies of one, or what it is a copy of."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from sayso.ledger import tables
from sayso.ledger.copies_of import families
from sayso.ledger.named import among
from sayso.ledger.table import Column, Table

COLUMNS = (
    Column("published", "date", head="date"),
    Column("outlet"),
    Column("title"),
    Column("alike", "share"),
    Column("document", "number", "hidden"),
)
"""`alike` is how much of their five-word runs the copy and the original share."""


def copied(connection: Connection, key: int) -> Table:
    """The other documents of the family of copies that a document belongs to, the first published first."""
    d = tables.documents.c
    named = func.coalesce(d.title, d.path, d.url, func.substr(d.id, 1, 19))
    query = (
        select(d.published, d.outlet, named, d.alike, d.key)
        .where(among(connection, d.key, set(families(connection, [key])) - {key}))
        .order_by(d.published.is_(None), d.published, d.key)
    )
    return Table(COLUMNS, tuple(tuple(row) for row in connection.execute(query)))
