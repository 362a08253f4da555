"""What a change of the ledger makes of its claims: those that it touches are gathered anew by the next comparison."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, select, update

from sayso.ledger import tables
from sayso.ledger.named import among


def stale(connection: Connection, documents: Iterable[int]) -> None:
    """Somebody in these documents is another now, or something else is known of them."""
    claims, there = tables.claims, tables.claim_statements.c
    touched = select(there.claim).where(among(connection, there.document, documents))
    connection.execute(update(claims).where(claims.c.key.in_(touched)).values(stale=True))


def unread(connection: Connection, document: int) -> None:
    """What was read in the document is another now: it is compared anew, and what it means is made anew."""
    for table in (tables.compared, tables.sketches):
        connection.execute(delete(table).where(table.c.document == document))
