"""What several reports of a ledger say: its claims, as the last comparison found them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, false, func, select

from sayso.errors import NotInLedger
from sayso.ledger import tables
from sayso.ledger.filters import EVERYTHING, Filters, of_documents
from sayso.ledger.named import among
from sayso.ledger.table import Column, Table, limited
from sayso.ledger.words import hits, terms
from sayso.render.wording import counted

SURE = 0.5
"""Claims are shown from this score on, unless somebody asks for others: of the pairs in those, nine in ten say the same
(`evals/incidents`: 90 % on the development half, 94 % on the other)."""
NOTHING = "No claim was found in two reports. Add more reports on one matter, or look at less sure ones: --sure 0."
_NAMES = 3

COLUMNS = (
    Column("claim", "number", "margin"),
    Column("reports", "number"),
    Column("origins", head="independent origins"),
    Column("denials", "number", head="denied in"),
    Column("first", "date"),
    Column("last", "date", "wide"),
    Column("sure", "share"),
    Column("wording", where="below"),
    Column("from", "list", "under", head="from"),
    Column("least", "number", "hidden"),
    Column("most", "number", "hidden"),
)
"""`reports` are those that say so, copies included; `origins` is their number as people read it, a range where it is
not sure ("1 to 2": `least`, `most`); `from` their names; `sure` the probability that all of it is one claim."""


class Origin(NamedTuple):
    """One who has a claim from nobody. Two who are not `named` may be one."""

    name: str
    named: bool


def claims(
    connection: Connection, filters: Filters = EVERYTHING, limit: int = 20, sure: float = SURE, words: str = ""
) -> Table:
    """The claims, those that most reports carry first; with `words`, those in one of whose wordings they all stand. Of
    the filters the outlet and the dates of publication count: a report that passes must carry the claim. Raises
    InvalidSearch."""
    c = tables.claims.c
    where = and_(passing(connection, filters, sure), c.reports > 1)
    if words:
        where = and_(where, among(connection, c.key, holding(connection, words)))
    found = listed(connection, where, limit + 1, c.reports.desc(), c.score.desc(), c.key)
    table = limited(COLUMNS, found, limit, NOTHING)
    return table if not found else _summed(connection, table, sure)


def listed(connection: Connection, where: ColumnElement[bool], limit: int, *order: Any) -> list[tuple[Any, ...]]:
    """The rows of `COLUMNS` of the claims for which `where` is so."""
    c, s = tables.claims.c, tables.statements.c
    query = (
        select(c.key, c.reports, c.least, c.most, c.denials, c.first, c.last, c.score, s.text)
        .join(tables.statements, s.key == c.wording)
        .where(where)
        .order_by(*order)
        .limit(limit)
    )
    rows = connection.execute(query).all()
    known = origins_of(connection, [row.key for row in rows])
    return [
        (
            row.key, row.reports, ranged(row.least, row.most), row.denials or None, row.first, row.last, row.score,
            row.text, named(known.get(row.key, ())), row.least, row.most,
        )
        for row in rows
    ]  # fmt: skip


def origins_of(connection: Connection, keys: Collection[int], *, circular: bool = False) -> Mapping[int, list[Origin]]:
    """The origins of claims; or, if so asked, those who have them from each other only."""
    o = tables.origins.c
    query = select(o.claim, o.name, o.named).where(among(connection, o.claim, keys), o.circular.is_(circular))
    found: defaultdict[int, list[Origin]] = defaultdict(list)
    for claim, name, known in connection.execute(query.order_by(o.claim, ~o.named, o.name)):
        found[claim].append(Origin(name, known))
    return found


def key_of(connection: Connection, claim: int | str) -> int:
    """The key of a claim as people ask for it: by its number, or by words in one of its wordings; of several the one
    that most reports carry. Raises NotInLedger if there is none, InvalidSearch."""
    c = tables.claims.c
    if isinstance(claim, int) or claim.lstrip("-").isdecimal():
        key, nothing = int(claim), f"there is no claim {claim} in the ledger: sayso compare lists those there are"
        where = c.key == key if 0 < key < 1 << 63 else false()
    else:
        where = among(connection, c.key, holding(connection, claim))
        nothing = f"no claim is worded “{claim}”: try fewer words, or sayso compare, which lists them"
    found: int | None = connection.execute(
        select(c.key).where(where).order_by(c.reports.desc(), c.score.desc(), c.key)
    ).scalar()
    if found is None:
        raise NotInLedger(nothing)
    return found


def holding(connection: Connection, words: str) -> set[int]:
    """The claims in one of whose wordings all the words stand. Raises InvalidSearch."""
    wanted = terms(words)
    there, s = tables.claim_statements.c, tables.statements.c
    query = select(there.claim, s.text).join(tables.statements, s.key == there.statement)
    for term in wanted:
        if term.words[0].isascii():  # the database leaves few to look at closely
            query = query.where(func.lower(s.text).contains(term.words[0], autoescape=True))
    return {claim for claim, text in connection.execute(query) if all(hits(text, (term,)) for term in wanted)}


def ranged(least: int, most: int) -> str:
    """How many origins, as people read it."""
    return f"{most}" if least == most else f"{least} to {most}"


def named(origins: Collection[Origin]) -> tuple[str, ...]:
    """Who they are, the first of them; of one nobody names it is said."""
    names = [origin.name if origin.named else f"{origin.name} (not named)" for origin in origins]
    return (*names[:_NAMES], f"{len(names) - _NAMES} more") if len(names) > _NAMES + 1 else tuple(names)


def passing(connection: Connection, filters: Filters, sure: float) -> ColumnElement[bool]:
    """The condition on rows of `claims`. Raises InvalidSearch."""
    c, there, documents = tables.claims.c, tables.claim_statements.c, tables.documents.c
    if filters == EVERYTHING:
        return c.score >= sure
    carrying = select(there.claim).join(tables.documents, documents.key == there.document)
    return and_(c.score >= sure, c.key.in_(carrying.where(of_documents(connection, filters))))


def _summed(connection: Connection, table: Table, sure: float) -> Table:
    """The table with what there is in all, in a sentence."""
    c, against = tables.claims.c, tables.contradictions.c

    def number(where: ColumnElement[bool]) -> int:
        return connection.execute(select(func.count()).where(where)).scalar_one()

    reports = number(tables.documents.c.key.is_not(None))
    shown, unsure = (number(and_(c.reports > 1, is_so)) for is_so in (c.score >= sure, c.score < sure))
    alone = number(and_(c.reports > 1, c.score >= sure, c.most <= 1))
    disputed = number(and_(against.score >= sure, ~against.is_update))
    parts = [
        f"{counted(reports, 'report')}, {counted(shown, 'claim')} in two reports or more",
        f"{alone} of them from one origin: sayso origins" if alone else "",
        f"{counted(disputed, 'contradiction')}: sayso contradictions" if disputed else "",
        f"{unsure} less sure are left out: --sure 0" if unsure else "",
        "One of them with its wordings and who has it from whom: sayso claim LEDGER NUMBER",
    ]
    note = ". ".join(filter(None, (table.note, "; ".join(filter(None, parts[:4])), parts[4])))
    return Table(table.columns, table.rows, note + ".")
