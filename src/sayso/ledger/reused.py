"""Which passages the reports of a ledger took over from each other, with what was changed."""

from __future__ import annotations

from sqlalchemy import Connection, select

from sayso.compare.reuse import changes, reuses
from sayso.compare.types import Reuse
from sayso.ledger import tables
from sayso.ledger.filters import EVERYTHING, Filters, of_documents
from sayso.ledger.table import Column, Table, limited
from sayso.types import Document

COLUMNS = (
    Column("published", "date", head="date"),
    Column("outlet"),
    Column("original_published", "date", "wide", head="from"),
    Column("original_outlet", head="taken from"),
    Column("alike", "share"),
    Column("passage", where="below"),
    Column("hits", "spans", "hidden"),
    Column("instead_of", where="under"),
    Column("title", where="under"),
    Column("document", "number", "hidden"),
    Column("original", "number", "hidden"),
    Column("span", "spans", "hidden"),
    Column("original_span", "spans", "hidden"),
)
"""`hits` are the places in the passage where words were put in; `instead_of` says which were left out."""


def reused(connection: Connection, filters: Filters = EVERYTHING, limit: int = 20) -> Table:
    """The passages that reports share, the longest first, each told of the report that was published later. Of the
    filters only the outlet and the dates of publication count: they are those of the report that took it over. All
    texts are compared, which takes about three seconds for a thousand reports. Raises InvalidSearch.
    """
    d = tables.documents.c
    rows = connection.execute(
        select(d.key, d.id, d.text, d.title, d.outlet, d.published).where(d.text.is_not(None)).order_by(d.key)
    ).all()
    documents = [Document(id_, text, title=title, outlet=o, published=p) for _, id_, text, title, o, p in rows]
    keys = [row[0] for row in rows]
    wanted = set(connection.execute(select(d.key).where(of_documents(connection, filters))).scalars())
    found = sorted(
        (reuse for reuse in reuses(documents) if keys[reuse.report] in wanted),
        key=lambda reuse: (reuse.span.start - reuse.span.end, reuse.report, reuse.original),
    )
    shown = [_row(reuse, documents, keys) for reuse in found[: limit + 1]]
    return limited(COLUMNS, shown, limit, "No passage of one report was found in another.")


def _row(reuse: Reuse, documents: list[Document], keys: list[int]) -> tuple[object, ...]:
    taken, original = documents[reuse.report], documents[reuse.original]
    passage = taken.text[slice(*reuse.span)]
    put_in, left_out = changes(passage, original.text[slice(*reuse.original_span)])
    return (
        taken.published, taken.outlet, original.published, original.outlet, reuse.alike, passage,
        put_in, f"in place of: {' … '.join(left_out)}" if left_out else "", taken.title,
        keys[reuse.report], keys[reuse.original], (reuse.span,), (reuse.original_span,),
    )  # fmt: skip
