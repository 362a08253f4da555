"""Who calls somebody or something what, over time, and whether the words judge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, func, select

from sayso.ledger import tables
from sayso.ledger.filters import EVERYTHING, Filters, is_entity, is_voice, of_documents
from sayso.ledger.identity import folded
from sayso.ledger.table import Column, Table, limited
from sayso.render.calls import ITSELF
from sayso.render.terminal import WHO
from sayso.render.wording import NOBODY

Period = Literal["year", "month", "day"]
DIGITS: Mapping[Period, int] = {"year": 4, "month": 7, "day": 10}

COLUMNS = (
    Column("period", "date"),
    Column("entity"),
    Column("called"),
    Column("loaded", "flag", head="judges"),
    Column("by", style=WHO),
    Column("outlet"),
    Column("times", "number"),
    Column("reports", "number", "hidden"),
    Column("first", "date", "wide"),
    Column("last", "date", "wide"),
)
"""`by` is a voice, the report itself, or nobody named; `times` are those in that outlet."""


@dataclass(slots=True)
class _Use:
    """One way of calling somebody by one voice in one outlet."""

    spellings: Counter[str] = field(default_factory=Counter)
    reports: set[int] = field(default_factory=set)
    dates: list[str] = field(default_factory=list)


def names(
    connection: Connection,
    entity: str,
    filters: Filters = EVERYTHING,
    limit: int = 50,
    per: Period | None = None,
) -> Table:
    """What whoever `entity` means is called, by whom, in which outlet, how often, when first and last; the commonest
    first or, split `per` year, month or day of publication, in their order.

    One whose name `entity` is goes before those in whose name it stands. Of the filters the voice, the outlet and the
    dates of publication count. What a copy repeats counts for the outlet that printed it. Raises InvalidSearch.
    """
    uses: dict[tuple[Any, ...], _Use] = {}
    for row in connection.execute(calls(connection, entity, filters)):
        period = (row.published or "")[: DIGITS[per]] if per else ""
        by = row.voice or (NOBODY if row.attribution else ITSELF)
        key = (period, row.entity, folded(row.words) or row.words, row.loaded, by, row.outlet)
        use = uses.setdefault(key, _Use())
        use.spellings[row.words] += 1
        use.reports.add(row.read_as)
        if row.published:
            use.dates.append(row.published)
    found = [
        (
            period or None, whom, _commonest(use.spellings), loaded, by, outlet, use.spellings.total(),
            len(use.reports), min(use.dates, default=None), max(use.dates, default=None),
        )
        for (period, whom, _, loaded, by, outlet), use in uses.items()
    ]  # fmt: skip
    found.sort(key=lambda row: (row[0] or "", row[1], -row[6], row[2], row[4], row[5] or ""))
    table = limited(COLUMNS, found, limit, f"Nothing is called anything that could be {entity}. Try a shorter name.")
    hidden = {"first", "last"} if per else {"period"}
    whom = set(table.column("entity"))
    if len(whom) == 1:
        hidden.add("entity")
        table = replace(table, note=". ".join(filter(None, (f"What {whom.pop()} is called", table.note))))
    columns = (column._replace(where="hidden") if column.name in hidden else column for column in table.columns)
    return replace(table, columns=tuple(columns))


def calls(connection: Connection, entity: str, filters: Filters) -> Any:
    """The query for every place at which whoever `entity` means is called anything: `entity` (the name), `words`,
    `loaded`, `attribution`, `voice`, `outlet`, `read_as`, `published`."""
    labels, entities, documents = tables.labels.c, tables.entities.c, tables.documents.c
    met, speakers, subjects = tables.voices.c, tables.speakers.c, tables.subjects.c
    query = (
        select(
            func.coalesce(subjects.name, entities.name).label("entity"),
            labels.words,
            labels.loaded,
            labels.attribution,
            func.coalesce(speakers.name, met.name).label("voice"),
            documents.outlet,
            documents.read_as,
            documents.published,
        )
        .select_from(tables.labels)
        .join(tables.entities, (entities.document == labels.document) & (entities.id == labels.entity))
        .join(tables.documents, documents.read_as == labels.document)
        .outerjoin(tables.subjects, subjects.key == entities.subject)
        .outerjoin(tables.voices, (met.document == labels.document) & (met.id == labels.voice))
        .outerjoin(tables.speakers, speakers.key == met.speaker)
        .where(_meant(connection, entity), of_documents(connection, filters))
    )
    return query if filters.voice is None else query.where(is_voice(connection, filters.voice))


def _meant(connection: Connection, entity: str) -> ColumnElement[bool]:
    """The condition on rows of `entities`: they are named just so, in whatever case; or, if nobody is, partly so."""
    exact = is_entity(connection, entity, whole=True)
    if connection.execute(select(tables.entities.c.id).where(exact).limit(1)).first() is not None:
        return exact
    return is_entity(connection, entity)


def _commonest(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda words: (-spellings[words], words))
