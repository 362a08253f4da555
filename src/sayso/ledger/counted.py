"""How many: of what is found, by whom, how, where and when; whom it is about; who hands on whose words."""

from __future__ import annotations

from typing import Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select

from sayso.ledger import tables
from sayso.ledger.filters import EVERYTHING, Filters, of_attributions, of_documents
from sayso.ledger.table import Column, Table, limited
from sayso.ledger.words import matches, terms
from sayso.render.terminal import WHO

Facet = Literal["type", "stance", "kind", "outlet"]


class Counts(NamedTuple):
    """How many statements are found, in how many reports, and for each facet its values with how many have them, the
    commonest first; None is what has no value."""

    statements: int
    reports: int
    facets: dict[Facet, list[tuple[str | None, int]]]


ABOUT = (Column("entity", style=WHO), Column("type"), Column("statements", "number"), Column("reports", "number"))
PERIODS = (Column("period", "date"), Column("statements", "number"), Column("reports", "number"))
HANDS = (
    Column("taker", head="who"),
    Column("giver", head="has words from", style=WHO),
    Column("giver_type", head="type"),
    Column("statements", "number"),
)
"""`taker` has words from `giver`: an outlet or a voice from the next in the chain."""
UNNAMED = "unnamed voices"


def counts(connection: Connection, words: str = "", filters: Filters = EVERYTHING, values: int = 8) -> Counts:
    """How many attributions a search finds, copies counted once. Raises InvalidSearch for what cannot be looked for."""
    a, documents, voices = tables.attributions.c, tables.documents.c, tables.voices.c
    found = _found(connection, words, filters).subquery("found")
    total, reports = connection.execute(select(func.count(), func.count(found.c.document.distinct()))).one()

    def facet(value: ColumnElement[str | None]) -> list[tuple[str | None, int]]:
        number = func.count().label("number")
        query = (
            select(value, number)
            .select_from(found)
            .join(tables.attributions, a.key == found.c.key)
            .join(tables.documents, documents.key == found.c.document)
            .outerjoin(tables.voices, and_(voices.document == a.document, voices.id == a.voice))
            .group_by(value)
            .order_by(number.desc(), value)
            .limit(values)
        )
        return [(one, int(many)) for one, many in connection.execute(query)]

    facets: dict[Facet, list[tuple[str | None, int]]] = {
        "type": facet(voices.type),
        "stance": facet(a.stance),
        "kind": facet(a.kind),
        "outlet": facet(documents.outlet),
    }
    return Counts(int(total), int(reports), facets)


def over_time(connection: Connection, words: str = "", filters: Filters = EVERYTHING, most: int = 36) -> Table:
    """How many attributions a search finds by the day of publication or, if that makes more than `most` of them, by
    month or year; in the order of time. Raises InvalidSearch."""
    documents = tables.documents.c
    found = _found(connection, words, filters).subquery("found")
    rows: list[tuple[str, int, int]] = []
    for digits in (10, 7, 4):
        period = func.substr(documents.published, 1, digits).label("period")
        query = (
            select(period, func.count(), func.count(found.c.document.distinct()))
            .select_from(found)
            .join(tables.documents, documents.key == found.c.document)
            .where(documents.published.is_not(None))
            .group_by("period")  # by its name: PostgreSQL takes two parameters for two things
            .order_by("period")
        )
        rows = [(when, int(number), int(reports)) for when, number, reports in connection.execute(query)]
        if len(rows) <= most:
            break
    return Table(PERIODS, tuple(rows))


def about(connection: Connection, filters: Filters = EVERYTHING, limit: int = 20) -> Table:
    """Whom and what the attributions that pass mention, those who say it left out, the most mentioned first."""
    a, entities, mentions, subjects = tables.attributions.c, tables.entities.c, tables.mentions.c, tables.subjects.c
    name, number = func.coalesce(subjects.name, entities.name), func.count(a.key.distinct()).label("number")
    query = (
        select(name, entities.type, number, func.count(a.document.distinct()))
        .select_from(tables.attributions)
        .join(
            tables.mentions, and_(mentions.document == a.document, mentions.start >= a.start, mentions.stop <= a.stop)
        )
        .join(tables.entities, and_(entities.document == a.document, entities.id == mentions.entity))
        .outerjoin(tables.subjects, subjects.key == entities.subject)
        .where(of_attributions(connection, filters), or_(entities.voice.is_(None), entities.voice != a.voice))
        .group_by(name, entities.type)
        .order_by(number.desc(), name)
        .limit(limit + 1)
    )
    rows = [(who, kind, int(n), int(reports)) for who, kind, n, reports in connection.execute(query)]
    return limited(ABOUT, rows, limit, "Nobody is mentioned in what is said.")


def spoken_of(connection: Connection, limit: int = 20) -> Table:
    """Who and what is met in most reports, by name."""
    entities, number = tables.entities.c, func.count().label("number")
    query = (
        select(entities.name, func.min(entities.type), number)
        .group_by(entities.name)
        .order_by(number.desc(), entities.name)
        .limit(limit)
    )
    rows = [(name, kind, None, int(reports)) for name, kind, reports in connection.execute(query)]
    return Table(ABOUT, tuple(rows))


def hands(connection: Connection, filters: Filters = EVERYTHING, limit: int = 60) -> Table:
    """Who has words from whom: for each attribution its outlet and the voice next to the reader, and every two
    neighbours of its chain; unnamed voices together. The commonest first. Raises InvalidSearch."""
    a, documents = tables.attributions.c, tables.documents.c
    via, next_via = tables.via.alias("first").c, tables.via.alias("second").c
    passing = of_attributions(connection, filters)
    first = (
        select(documents.outlet.label("taker"), func.coalesce(via.voice, a.voice).label("voice"), a.document, a.key)
        .select_from(tables.attributions)
        .join(tables.documents, documents.read_as == a.document)
        .outerjoin(via.document.table, and_(via.document == a.document, via.attribution == a.id, via.position == 0))
        .where(passing, of_documents(connection, filters), documents.outlet.is_not(None))
    )
    takers, takers_speakers = tables.voices.alias("taker").c, tables.speakers.alias("taker_speaker").c
    further = (
        select(
            func.coalesce(takers_speakers.name, takers.name).label("taker"),
            func.coalesce(next_via.voice, a.voice).label("voice"),
            a.document,
            a.key,
        )
        .select_from(tables.attributions)
        .join(via.document.table, and_(via.document == a.document, via.attribution == a.id))
        .outerjoin(
            next_via.document.table,
            and_(next_via.document == a.document, next_via.attribution == a.id, next_via.position == via.position + 1),
        )
        .join(takers.name.table, and_(takers.document == a.document, takers.id == via.voice))
        .outerjoin(takers_speakers.key.table, takers_speakers.key == takers.speaker)
        .where(passing)
    )
    steps = first.union_all(further).subquery("steps")
    met, speakers = tables.voices.c, tables.speakers.c
    giver = case((met.type == "unnamed", UNNAMED), else_=func.coalesce(speakers.name, met.name)).label("giver")
    number = func.count(steps.c.key.distinct()).label("number")
    query = (
        select(steps.c.taker, giver, met.type, number)
        .select_from(steps)
        .join(tables.voices, and_(met.document == steps.c.document, met.id == steps.c.voice))
        .outerjoin(tables.speakers, speakers.key == met.speaker)
        .group_by(steps.c.taker, "giver", met.type)
        .order_by(number.desc(), steps.c.taker, "giver")
        .limit(limit + 1)
    )
    rows = [(taker, who, kind, int(n)) for taker, who, kind, n in connection.execute(query) if taker != who]
    return limited(HANDS, rows, limit, "Nobody hands on anybody’s words.")


def _found(connection: Connection, words: str, filters: Filters) -> Select[tuple[int, int]]:
    """The keys of the attributions that are found, and of their documents."""
    a = tables.attributions.c
    query = select(a.key, a.document).where(of_attributions(connection, filters))
    wanted = terms(words)
    if wanted:
        matched = matches(connection, "content_words", "attribution", wanted)
        query = query.join(matched, matched.c.key == a.key)
    return query
