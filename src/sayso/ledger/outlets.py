"""Who published what is in a ledger."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from sayso.ledger import tables
from sayso.ledger.filters import EVERYTHING, Filters, of_documents
from sayso.ledger.table import Column, Table, limited

COLUMNS = (
    Column("outlet"),
    Column("reports", "number"),
    Column("copies", "number"),
    Column("attributions", "number", head="said"),
    Column("voices", "number"),
    Column("characters", "number", "hidden"),
    Column("first", "date"),
    Column("last", "date"),
)
"""`copies` are those of its reports that are copies of others in the ledger; `voices` are counted report by report."""


def outlets(connection: Connection, filters: Filters = EVERYTHING, limit: int = 50) -> Table:
    """The outlets that published most, with how many reports, copies among them, what stands in them, when first and
    last. Of the filters only the outlet and the dates of publication count. Raises InvalidSearch."""
    documents, a = tables.documents.c, tables.attributions.c
    spoken = (
        select(a.document, func.count().label("all"), func.count(a.voice.distinct()).label("voices"))
        .group_by(a.document)
        .subquery("spoken")
    )
    reports = func.count().label("reports")
    query = (
        select(
            documents.outlet,
            reports,
            func.count(documents.copy_of),
            func.coalesce(func.sum(spoken.c.all), 0),
            func.coalesce(func.sum(spoken.c.voices), 0),
            func.sum(documents.length),
            func.min(documents.published),
            func.max(documents.published),
        )
        .select_from(tables.documents)
        .outerjoin(spoken, spoken.c.document == documents.read_as)
        .where(of_documents(connection, filters))
        .group_by(documents.outlet)
        .order_by(reports.desc(), documents.outlet)
        .limit(limit + 1)
    )
    found = [
        (outlet, number, copies, int(said), int(voices), int(length), *dates)
        for outlet, number, copies, said, voices, length, *dates in connection.execute(query)
    ]
    return limited(COLUMNS, found, limit, "No reports found. Try another name for --outlet, or other dates.")
