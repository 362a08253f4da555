"""What was said when, by the days of publication; what is told of when, by the days that the reports tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, or_, select

from sayso.ledger import tables
from sayso.ledger.answers import Asked, Found, Statement, answers, statements, suggestion
from sayso.ledger.days import Days
from sayso.ledger.filters import CALENDAR, EVERYTHING, Filters, of_attributions, of_documents, told_days
from sayso.ledger.table import Column, Table, limited
from sayso.narration import sentences
from sayso.render.terminal import HOW, WHO
from sayso.render.wording import OWN_VOICE

LIMIT = 50
_AROUND = 600  # code points of the text on each side of a time in which its sentence is looked for

TOLD = (
    Column("day", "date"),
    Column("until", "date"),
    Column("words", head="in words"),
    Column("outlet"),
    Column("chain", "names", head="on whose word", style=WHO),
    Column("stance", style=HOW),
    Column("statement", where="below"),
    Column("hits", "spans", "hidden"),
    Column("published", "date", "hidden"),
    Column("title", where="under"),
    Column("url", where="hidden"),
    Column("document", "number", "hidden"),
    Column("attribution", where="hidden"),
)
"""`day` and `until` are the first and the last that the words mean, `until` None where they mean one day."""


def timeline(connection: Connection, filters: Filters = EVERYTHING, limit: int = LIMIT) -> Table:
    """What passes the filters in the order of time: by the day of publication what is said, or, if `filters.dated` says
    so, by the days that are told of what is told of them, in somebody's content or, unless one is asked for by who or
    how, by a report itself. Raises InvalidSearch."""
    if filters.dated == "told":
        return _told(connection, filters, limit)
    a, documents = tables.attributions.c, tables.documents.c
    query = (
        select(a.key)
        .join(tables.documents, documents.key == a.document)
        .where(of_attributions(connection, filters), documents.published.is_not(None))
        .order_by(documents.published, a.document, a.position)
    )

    def first(most: int) -> Sequence[Found]:
        return [Found(key, None) for (key,) in connection.execute(query.limit(most))]

    table = answers(connection, Asked((), filters, limit), first)
    return table if table.rows else Table(table.columns, (), suggestion(filters, words=False))


class _Time(NamedTuple):
    """A time expression: its days, where it stands, and the key of the attribution that vouches for it, if one does."""

    days: Days
    document: int
    start: int
    stop: int
    words: str
    attribution: int | None


def _told(connection: Connection, filters: Filters, limit: int) -> Table:
    found = _times(connection, filters, limit + 1)
    vouched = {time.attribution for time in found if time.attribution is not None}
    shown = {s.row.key: s for s in statements(connection, filters, [Found(key, None) for key in sorted(vouched)])}
    rows = []
    for time in found:
        statement = shown.get(time.attribution or 0)
        if time.attribution is None:
            rows.append(_narrated(connection, time))
        elif statement is not None:
            rows.append(_row(time, statement))
    return limited(TOLD, rows, limit, "Nothing dated is told of there. Try other dates or fewer filters.")


def _times(connection: Connection, filters: Filters, limit: int) -> list[_Time]:
    """The first times on the calendar that pass the filters."""
    a, times, documents = tables.attributions.c, tables.times.c, tables.documents.c
    outlet = Filters(outlet=filters.outlet)
    who = replace(filters, since=None, until=None)
    vouched = a.key.is_not(None) & of_attributions(connection, who)
    narrated = times.attribution.is_(None)
    anybody = replace(who, dated="published") == outlet
    query = (
        select(times.document, times.start, times.stop, times.words, a.key)
        .outerjoin(tables.attributions, (a.document == times.document) & (a.id == times.attribution))
        .where(times.type.in_(CALENDAR), or_(vouched, narrated) if anybody else vouched)
        .where(times.document.in_(select(documents.read_as).where(of_documents(connection, outlet))))
        .order_by(times.document, times.start, times.position)
    )
    by_days: defaultdict[Days, list[str]] = defaultdict(list)
    for value, days in told_days(connection, filters).items():
        by_days[days].append(value)
    found: list[_Time] = []
    for days, values in sorted(by_days.items()):
        if len(found) == limit:
            break
        rows = connection.execute(query.where(times.value.in_(values)).limit(limit - len(found)))
        found += [_Time(days, *row) for row in rows]
    return found


def _row(time: _Time, statement: Statement) -> tuple[Any, ...]:
    a = statement.row
    hits = _hits(time, a.content, a.content_spans)
    return (
        time.days.first, _until(time), time.words, a.outlet, statement.chain, a.stance, a.content, hits, a.published,
        a.title or a.path, a.url, a.document, a.id,
    )  # fmt: skip


def _hits(time: _Time, content: str, spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Where the time stands in the content, if all of it does."""
    at = 0
    for start, stop in spans:
        if start <= time.start and time.stop <= stop:
            return ((at + time.start - start, at + time.stop - start),)
        at += stop - start + len(" […] ")
    return ()


def _narrated(connection: Connection, time: _Time) -> tuple[Any, ...]:
    documents = tables.documents.c
    first = max(0, time.start - _AROUND)
    part = func.substr(documents.text, first + 1, time.stop - first + _AROUND).label("part")
    columns = (part, documents.outlet, documents.published, documents.title, documents.path, documents.url)
    d = connection.execute(select(*columns).where(documents.key == time.document)).one()
    whole = next(
        (s for s in sentences(d.part) if s.start <= time.start - first and time.stop - first <= s.end),
        (time.start - first, time.stop - first),
    )
    start, end = whole
    hit = (time.start - first - start, time.stop - first - start)
    return (
        time.days.first, _until(time), time.words, d.outlet, (OWN_VOICE,), None, d.part[start:end], (hit,), d.published,
        d.title or d.path, d.url, time.document, None,
    )  # fmt: skip


def _until(time: _Time) -> str | None:
    return time.days.last if time.days.last != time.days.first else None
