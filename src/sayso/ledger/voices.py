"""Who speaks most: the voices of a ledger, those of different reports together where they were found to be one."""

from __future__ import annotations

from sqlalchemy import Connection, and_, case, func, or_, select

from sayso.ledger import tables
from sayso.ledger.answers import suggestion
from sayso.ledger.filters import EVERYTHING, Filters, of_attributions, of_documents
from sayso.ledger.table import Column, Table, limited
from sayso.render.terminal import WHO

BY_NAME = "name alone"
"""By what voices are counted together that nobody was found to be: they bear one name and are of one type. Who has no
name of his own (an unnamed official, a report's author, "company" without a capital) is counted in each report by
himself."""
_NOBODY_ELSE = ("author", "unnamed")

COLUMNS = (
    Column("voice", style=WHO),
    Column("type"),
    Column("attributions", "number", head="said"),
    Column("reports", "number"),
    Column("outlets", "number"),
    Column("direct", "share"),
    Column("denials", "number", "wide"),
    Column("first", "date", "wide"),
    Column("last", "date"),
    Column("known_by", where="wide"),
)


def voices(connection: Connection, filters: Filters = EVERYTHING, limit: int = 50) -> Table:
    """The voices that hand over most, with how many attributions they have, in how many reports and outlets, when first
    and last. Copies count once, except as outlets. Raises InvalidSearch."""
    a, documents, met, speakers = tables.attributions.c, tables.documents.c, tables.voices.c, tables.speakers.c
    nameless = or_(met.type.in_(_NOBODY_ELSE), met.name == func.lower(met.name))
    unlinked = [case((met.speaker.is_(None), met[name])) for name in ("name", "type")]
    unlinked.append(case((and_(met.speaker.is_(None), nameless), met.document)))
    attributions = func.count(a.key.distinct()).label("attributions")
    name = func.max(func.coalesce(speakers.name, met.name)).label("voice")
    query = (
        select(
            name,
            func.max(func.coalesce(speakers.type, met.type)),
            attributions,
            func.count(a.document.distinct()),
            func.count(documents.outlet.distinct()),
            func.count(case((a.kind == "direct", a.key)).distinct()),
            func.count(case((a.stance == "denies", a.key)).distinct()),
            func.min(documents.published),
            func.max(documents.published),
            func.coalesce(func.max(met.link_rule), BY_NAME),
        )
        .select_from(tables.attributions)
        .join(tables.documents, documents.read_as == a.document)
        .join(tables.voices, and_(met.document == a.document, met.id == a.voice))
        .outerjoin(tables.speakers, speakers.key == met.speaker)
        .where(of_attributions(connection, filters), of_documents(connection, filters))
        .group_by(met.speaker, *unlinked)
        .order_by(attributions.desc(), name)
        .limit(limit + 1)
    )
    found = [(*row[:5], row[5] / row[2], *row[6:]) for row in connection.execute(query)]
    return limited(COLUMNS, found, limit, suggestion(filters, words=False))
