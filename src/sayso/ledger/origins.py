"""On how few the claims of a ledger stand: those first that many reports carry and few are behind."""

from __future__ import annotations

from sqlalchemy import Connection, and_, case

from sayso.ledger import tables
from sayso.ledger.claims import COLUMNS, NOTHING, SURE, listed, origins_of, passing
from sayso.ledger.filters import EVERYTHING, Filters
from sayso.ledger.table import Column, Table, limited

WHENCE = (*COLUMNS, Column("circle", where="under"))
"""`circle` says who has a claim from each other only."""


def origins(connection: Connection, filters: Filters = EVERYTHING, limit: int = 20, sure: float = SURE) -> Table:
    """The claims with who is behind them, those first that most reports carry for each origin. Of the filters the
    outlet and the dates of publication count. Raises InvalidSearch."""
    c = tables.claims.c
    ratio = c.reports * 1.0 / case((c.most > 0, c.most), else_=1)
    where = and_(passing(connection, filters, sure), c.reports > 1)
    found = listed(connection, where, limit + 1, ratio.desc(), c.reports.desc(), c.score.desc(), c.key)
    circles = origins_of(connection, [row[0] for row in found], circular=True)
    rows = [(*row, _circle([origin.name for origin in circles.get(row[0], ())])) for row in found]
    return limited(WHENCE, rows, limit, NOTHING)


def _circle(names: list[str]) -> str:
    return f"{' and '.join(names)} have it from each other only" if names else ""
