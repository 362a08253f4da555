"""What narrows a search: whose word, how, of whom, in which outlet, when; as conditions on attributions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypedDict

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
)

from sayso.ledger import tables
from sayso.ledger.days import Days, asked, of_value
from sayso.ledger.named import among, called
from sayso.types import Kind, Stance, VoiceType

Dated = Literal["published", "told"]
"""What a date is that of: of the report, or one of those that a statement tells of."""

CALENDAR = ("DATE", "TIME")
"""The types of time expressions whose values lie on the calendar."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What an attribution must be to be found; None is whatever.

    `voice`, `via`, `outlet` and `about` are names, or parts of them in whole words. `about` is somebody or something
    that the content mentions, however it is called there. `unnamed` are those that stand on nobody with a name: on an
    unnamed voice or on none. `since` and `until` are years, months or days, both included, of publication or, if
    `dated` says so, of the times that the content tells.
    """

    voice: str | None = None
    type: VoiceType | None = None
    stance: Stance | None = None
    kind: Kind | None = None
    outlet: str | None = None
    about: str | None = None
    via: str | None = None
    unnamed: bool = False
    since: str | None = None
    until: str | None = None
    dated: Dated = "published"

    @property
    def documents_only(self) -> bool:
        """Whether nothing is asked but what is known of the document."""
        others = (self.voice, self.type, self.stance, self.kind, self.about, self.via)
        return not any(others) and not self.unnamed and self.dated == "published"


EVERYTHING = Filters()


class Narrowing(TypedDict, total=False):
    """The fields of `Filters` as keywords of a question asked from Python."""

    voice: str | None
    type: VoiceType | None
    stance: Stance | None
    kind: Kind | None
    outlet: str | None
    about: str | None
    via: str | None
    unnamed: bool
    since: str | None
    until: str | None
    dated: Dated


class Published(TypedDict, total=False):
    """Those of them that are asked of documents."""

    outlet: str | None
    since: str | None
    until: str | None


def of_documents(connection: Connection, filters: Filters) -> ColumnElement[bool]:
    """The condition on rows of `documents`; always true if nothing is asked of them. Raises InvalidSearch."""
    documents = tables.documents.c
    conditions: list[ColumnElement[bool]] = []
    if filters.outlet is not None:
        conditions.append(among(connection, documents.outlet, called(connection, documents.outlet, filters.outlet)))
    since, until = (_checked(date) for date in (filters.since, filters.until))
    if filters.dated == "published":
        # Compared as far as the date goes that was asked for; as texts of one length, in whatever order of letters.
        if since:
            conditions.append(func.substr(documents.published, 1, len(since)) >= since)
        if until:
            conditions.append(func.substr(documents.published, 1, len(until)) <= until)
    return and_(true(), *conditions)


def of_attributions(connection: Connection, filters: Filters) -> ColumnElement[bool]:
    """The condition on rows of `attributions`, that on the documents they stand in included. Raises InvalidSearch."""
    a, documents = tables.attributions.c, tables.documents.c
    conditions: list[ColumnElement[bool]] = []
    if filters.outlet is not None or (filters.dated == "published" and (filters.since or filters.until)):
        conditions.append(a.document.in_(select(documents.read_as).where(of_documents(connection, filters))))
    if filters.stance is not None:
        conditions.append(a.stance == filters.stance)
    if filters.kind is not None:
        conditions.append(a.kind == filters.kind)
    if filters.type is not None:
        conditions.append(_voice(tables.voices.c.type == filters.type))
    if filters.unnamed:
        conditions.append(or_(a.voice.is_(None), _voice(tables.voices.c.type == "unnamed")))
    if filters.voice is not None:
        conditions.append(_voice(is_voice(connection, filters.voice)))
    if filters.via is not None:
        via, met = tables.via.c, tables.voices.c
        through = select(via.document, via.attribution).join(
            tables.voices, and_(met.document == via.document, met.id == via.voice)
        )
        conditions.append(tuple_(a.document, a.id).in_(through.where(is_voice(connection, filters.via))))
    if filters.about is not None:
        conditions.append(_about(connection, filters.about))
    if filters.dated == "told" and (filters.since, filters.until) != (None, None):
        times = tables.times.c
        then = among(connection, times.value, told_days(connection, filters))
        telling = select(times.document, times.attribution).where(times.type.in_(CALENDAR), then)
        conditions.append(tuple_(a.document, a.id).in_(telling))
    return and_(true(), *conditions)


def is_voice(connection: Connection, name: str) -> ColumnElement[bool]:
    """The condition on rows of `voices` that somebody is whom the name means: so called there, or found to be one who
    is so called elsewhere."""
    voices, elsewhere = tables.voices.c, tables.voices.alias("elsewhere").c
    meant = called(connection, voices.name, name)
    linked = select(elsewhere.speaker).where(among(connection, elsewhere.name, meant), elsewhere.speaker.is_not(None))
    return or_(among(connection, voices.name, meant), voices.speaker.in_(linked))


def is_entity(connection: Connection, name: str, *, whole: bool = False) -> ColumnElement[bool]:
    """The same for rows of `entities`, by any of their names; if `whole`, one of them is just that."""
    entities, names = tables.entities, tables.names.c
    elsewhere = entities.alias("elsewhere")
    whom = called(connection, entities.c.name, name, whole=whole)
    also = called(connection, names.name, name, whole=whole)

    def is_called_so(of: FromClause) -> ColumnElement[bool]:
        named = select(names.document, names.entity).where(among(connection, names.name, also))
        return or_(among(connection, of.c.name, whom), tuple_(of.c.document, of.c.id).in_(named))

    linked = select(elsewhere.c.subject).where(is_called_so(elsewhere), elsewhere.c.subject.is_not(None))
    return or_(is_called_so(entities), entities.c.subject.in_(linked))


def told_days(connection: Connection, filters: Filters) -> dict[str, Days]:
    """The values of time expressions, anywhere in the ledger, that lie in the days asked for, in part at least; and
    their days. Raises InvalidSearch."""
    times = tables.times.c
    first = asked(filters.since).first if filters.since is not None else "0000"
    last = asked(filters.until).last if filters.until is not None else "9999-12-31"
    values = connection.execute(select(times.value).where(times.type.in_(CALENDAR)).distinct()).scalars()
    days = ((value, of_value(value)) for value in values if value is not None)
    return {value: d for value, d in days if d is not None and d.first <= last and d.last >= first}


def _voice(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the attribution's own voice is such a one."""
    a, voices = tables.attributions.c, tables.voices.c
    return tuple_(a.document, a.voice).in_(select(voices.document, voices.id).where(condition))


def _about(connection: Connection, name: str) -> ColumnElement[bool]:
    """Whether a content mentions somebody: a mention lies in one of its spans."""
    a, entities, mentions = tables.attributions.c, tables.entities.c, tables.mentions.c
    meant = is_entity(connection, name)
    whole = (entities.document == a.document, mentions.document == a.document, mentions.entity == entities.id)
    there = _in_content(connection, mentions.start, mentions.stop)
    mentioned = exists().where(*whole, meant, there).correlate(tables.attributions)
    # The first is no condition of its own, but soon settles most of all documents.
    return and_(a.document.in_(select(entities.document).where(meant)), mentioned)


def _in_content(connection: Connection, start: ColumnElement[int], stop: ColumnElement[int]) -> ColumnElement[bool]:
    a = tables.attributions.c
    first: ColumnElement[int]
    last: ColumnElement[int]
    if connection.dialect.name == "sqlite":
        spans = func.json_each(a.content_spans).table_valued("value")
        first, last = (func.json_extract(spans.c.value, f"$[{end}]", type_=Integer) for end in (0, 1))
    else:
        spans = func.jsonb_array_elements(a.content_spans).table_valued("value")
        first, last = (spans.c.value.op("->>")(end).cast(Integer) for end in (0, 1))
    lies = select(literal(1)).select_from(spans).where(start >= first, stop <= last)
    return lies.correlate(tables.attributions, tables.mentions).exists()


def _checked(date: str | None) -> str | None:
    if date is not None:
        asked(date)
    return date
