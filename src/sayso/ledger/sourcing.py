"""On whom outlets stand: how much of what they print is handed to nobody with a name, quoted, or told by themselves."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, Subquery, case, func, select

from sayso.ledger import tables
from sayso.ledger.filters import EVERYTHING, Filters, of_documents
from sayso.ledger.table import Column, Table, limited

COLUMNS = (
    Column("outlet"),
    Column("reports", "number"),
    Column("attributions", "number", head="said"),
    Column("voices_per_report", "score", head="voices/report"),
    Column("unnamed", "share"),
    Column("nobody", "share"),
    Column("direct", "share"),
    Column("denials", "share", "wide"),
    Column("narration", "share"),
)
"""`unnamed`, `nobody` (no source expressed), `direct` and `denials` are shares of the attributions, `narration` is a
share of the texts, by code points."""


def sourcing(connection: Connection, filters: Filters = EVERYTHING, limit: int = 50) -> Table:
    """For each outlet that published most: on whom its reports stand. A text that an outlet published twice counts
    once; a copy counts for the outlet that printed it. Of the filters only the outlet and the dates of publication
    count. Raises InvalidSearch."""
    documents = tables.documents.c
    printed = (
        select(documents.outlet, documents.read_as)
        .where(of_documents(connection, filters))
        .distinct()
        .subquery("printed")
    )
    read, spoken, told = tables.documents.alias("read").c, _spoken(), _told()
    query = (
        select(
            printed.c.outlet,
            func.count().label("reports"),
            *(func.coalesce(func.sum(spoken.c[name]), 0) for name in ("all", "voices", "unnamed", "nobody", "direct")),
            func.coalesce(func.sum(spoken.c.denials), 0),
            func.coalesce(func.sum(told.c.told), 0),
            func.sum(read.length),
        )
        .select_from(printed)
        .join(read.key.table, read.key == printed.c.read_as)
        .outerjoin(spoken, spoken.c.document == printed.c.read_as)
        .outerjoin(told, told.c.document == printed.c.read_as)
        .group_by(printed.c.outlet)
        .order_by(func.count().desc(), printed.c.outlet)
        .limit(limit + 1)
    )
    found = []
    for outlet, reports, said, voices, *parts, narrated, length in connection.execute(query):
        shares = [int(part) / int(said) if said else None for part in parts]
        own = int(narrated) / int(length) if length else None
        found.append((outlet, reports, int(said), int(voices) / reports, *shares, own))
    return limited(COLUMNS, found, limit, "No reports found. Try another name for --outlet, or other dates.")


def _spoken() -> Subquery:
    """For each document the number of its attributions: all, by unnamed voices, by nobody, direct, denials; and of the
    voices that have any."""
    a, met = tables.attributions.c, tables.voices.c

    def number(condition: ColumnElement[bool], name: str) -> ColumnElement[int]:
        return func.count(case((condition, a.key))).label(name)

    return (
        select(
            a.document,
            func.count().label("all"),
            func.count(a.voice.distinct()).label("voices"),
            number(met.type == "unnamed", "unnamed"),
            number(a.voice.is_(None), "nobody"),
            number(a.kind == "direct", "direct"),
            number(a.stance == "denies", "denials"),
        )
        .outerjoin(tables.voices, (met.document == a.document) & (met.id == a.voice))
        .group_by(a.document)
        .subquery("spoken")
    )


def _told() -> Subquery:
    """For each document how many code points it tells in its own voice."""
    own = tables.narration.c
    return select(own.document, func.sum(own.stop - own.start).label("told")).group_by(own.document).subquery("told")
