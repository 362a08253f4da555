"""Which claims of other reports a report carries too."""

from __future__ import annotations

from sqlalchemy import Connection, select

from sayso.ledger import tables
from sayso.ledger.claims import COLUMNS, NOTHING, SURE, listed
from sayso.ledger.table import Table, limited


def carried(connection: Connection, document: int, limit: int = 50, sure: float = SURE) -> Table:
    """The claims that the document of that key shares with others, those first that most reports carry, with the
    columns of `sayso.ledger.claims`."""
    c, there = tables.claims.c, tables.claim_statements.c
    where = (c.score >= sure) & c.key.in_(select(there.claim).where(there.document == document))
    found = listed(connection, where, limit + 1, c.reports.desc(), c.score.desc(), c.key)
    return limited(COLUMNS, found, limit, NOTHING)
