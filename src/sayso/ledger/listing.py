"""What is in a ledger, document by document, in the order in which it was added."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from sayso.ledger import tables
from sayso.ledger.filters import EVERYTHING, Filters, of_documents
from sayso.ledger.table import Column, Table, limited
from sayso.render.terminal import TITLE

COLUMNS = (
    Column("document", "number", head="no."),
    Column("published", "date", head="date"),
    Column("outlet"),
    Column("title", style=TITLE),
    Column("copy_of", "number"),
    Column("alike", "share", "wide"),
    Column("attributions", "number", head="said"),
    Column("author", where="hidden"),
    Column("path", where="hidden"),
    Column("url", where="hidden"),
    Column("language", where="hidden"),
    Column("length", "number", "hidden"),
    Column("extractor", where="hidden"),
    Column("model", where="hidden"),
    Column("added_at", where="hidden"),
    Column("id", where="hidden"),
)
"""`title` is what people call it: where it has none, its path or address. `length` is in code points."""


def listing(connection: Connection, filters: Filters = EVERYTHING, limit: int = 50) -> Table:
    """The documents that pass the filters, of which only the outlet and the dates of publication count. What is said in
    a copy is what is said in the document that it is read as. Raises InvalidSearch."""
    documents, readings, a = tables.documents.c, tables.readings.c, tables.attributions.c
    said = select(func.count()).where(a.document == documents.read_as).scalar_subquery()
    named = func.coalesce(documents.title, documents.path, documents.url, func.substr(documents.id, 1, 19))
    known = (documents.author, documents.path, documents.url, documents.language, documents.length, documents.extractor)
    query = (
        select(
            documents.key, documents.published, documents.outlet, named, documents.copy_of, documents.alike, said,
            *known, readings.model, documents.added_at, documents.id,
        )
        .join(tables.readings, (readings.document == documents.read_as) & ~readings.corrected)
        .where(of_documents(connection, filters))
        .order_by(documents.key)
        .limit(limit + 1)
    )  # fmt: skip
    return limited(COLUMNS, [tuple(row) for row in connection.execute(query)], limit, _nothing(filters))


def _nothing(filters: Filters) -> str:
    if filters == EVERYTHING:
        return "The ledger is empty: sayso add fills it."
    return "No reports found. Try another name for --outlet, or other dates."
