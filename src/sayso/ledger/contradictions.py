"""Which claims of a ledger cannot both be so, which are denied, and which follow from each other; each side with who
says so. Sayso does not say who is right."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from sayso.ledger import tables
from sayso.ledger.claims import SURE, Origin, named, origins_of, passing, ranged
from sayso.ledger.filters import EVERYTHING, Filters
from sayso.ledger.named import among
from sayso.ledger.table import Column, Table, limited
from sayso.render.calls import ITSELF
from sayso.render.terminal import HOW
from sayso.render.wording import counted, quoted

DENIAL, NUMBER, UPDATE = "denied", "other number", "later count"
_DOUBTFUL = "Read both sides before you trust it: on invented incidents about half of what is shown here did not hold."
_NOTHING = "Nothing was found that contradicts anything. Look at less sure ones: --sure 0."

COLUMNS = (
    Column("what", style=HOW),
    Column("values", head="which"),
    Column("first", "date", head="first said"),
    Column("sure", "share"),
    Column("one", where="below"),
    Column("other", where="below"),
    Column("one_claim", "number", "hidden"),
    Column("other_claim", "number", "hidden"),
    Column("one_wording", where="hidden"),
    Column("other_wording", where="hidden"),
    Column("one_from", "list", "hidden"),
    Column("other_from", "list", "hidden"),
    Column("one_reports", "number", "hidden"),
    Column("other_reports", "number", "hidden"),
    Column("one_origins", where="hidden"),
    Column("reason", where="hidden"),
)
"""`one` is the side that was said first, `other` what stands against it, both with the number of their claim; of a
denial both are one claim's."""


class Side(NamedTuple):
    """One side: its claim, its wording, in how many reports, from how many origins, who says so, since when;
    `wordings` are all it has, by statement."""

    claim: int
    wording: str
    reports: int
    origins: str
    voices: tuple[str, ...]
    first: str | None
    wordings: Mapping[int, str]

    def worded(self, statements: Collection[int]) -> Side:
        """The side in the words of the first of these statements that is one of its own."""
        return self._replace(wording=next((self.wordings[s] for s in statements if s in self.wordings), self.wording))

    @property
    def words(self) -> str:
        """The side as people read it."""
        who = ", ".join(self.voices)
        return f"claim {self.claim}: {quoted(self.wording)} – {who}; {counted(self.reports, 'report')}"


def contradictions(connection: Connection, filters: Filters = EVERYTHING, limit: int = 20, sure: float = SURE) -> Table:
    """What contradicts what: other numbers, then denials, then later counts, the surest first. Of the filters the
    outlet and the dates of publication count: a report that passes must carry one of the two. Raises InvalidSearch."""
    x, c = tables.contradictions.c, tables.claims.c
    passed = select(c.key).where(passing(connection, filters, 0.0))
    where = and_(x.score >= sure, or_(x.one.in_(passed), x.other.in_(passed)))
    rows = against(connection, where, limit + 1)
    table = limited(COLUMNS, rows, limit, _NOTHING)
    return replace(table, note=". ".join(filter(None, (table.note, _DOUBTFUL)))) if rows else table


def against(connection: Connection, where: ColumnElement[bool], limit: int) -> list[tuple[Any, ...]]:
    """The rows of `COLUMNS` for those of the contradictions for which `where` is so."""
    x = tables.contradictions.c
    query = select(x.one, x.other, x.difference, x.score, x.reason, x.is_update).where(where)
    found = connection.execute(
        query.order_by(x.is_update, x.difference.desc(), x.score.desc(), x.one, x.other).limit(limit)
    ).all()
    keys = {row.one for row in found} | {row.other for row in found}
    affirmed, denied = _sides(connection, keys, denies=False), _sides(connection, keys, denies=True)
    rows = []
    for row in found:
        denial = row.difference == "denial"
        one, other = affirmed.get(row.one), (denied if denial else affirmed).get(row.other)
        if one is not None and other is not None:
            clearest = _clearest(connection, row.one, row.other, denial=denial)
            rows.append(_row(row, *(side.worded(clearest) for side in (one, other))))
    return rows


def _clearest(connection: Connection, one: int, other: int, *, denial: bool) -> set[int]:
    """The two statements of the claims that most surely stand against each other."""
    p, there = tables.pairs.c, tables.claim_statements
    a, b = there.alias("a").c, there.alias("b").c
    query = (
        select(p.one, p.other)
        .join(a.claim.table, a.statement == p.one)
        .join(b.claim.table, b.statement == p.other)
        .where(p.relation == ("opposed" if denial else "other value"))
        .where(or_(and_(a.claim == one, b.claim == other), and_(a.claim == other, b.claim == one)))
        .order_by(p.score.desc(), p.one, p.other)
        .limit(1)
    )
    return {statement for pair in connection.execute(query) for statement in pair}


def _row(row: Any, one: Side, other: Side) -> tuple[Any, ...]:
    what = DENIAL if row.difference == "denial" else UPDATE if row.is_update else NUMBER
    values = None if what == DENIAL else row.reason
    if what != DENIAL and (other.first or "") < (one.first or ""):
        one, other = other, one
        values = " and ".join(reversed(row.reason.split(" and ")))
    first = min(filter(None, (one.first, other.first)), default=None)
    return (
        what, values, first, row.score, one.words, other.words, one.claim, other.claim, one.wording,
        other.wording, one.voices, other.voices, one.reports, other.reports, one.origins, row.reason,
    )  # fmt: skip


def _sides(connection: Connection, keys: Collection[int], *, denies: bool) -> Mapping[int, Side]:
    """The side of each claim that says so, or that says it is not so."""
    there, s, c, d = tables.claim_statements.c, tables.statements, tables.claims.c, tables.documents.c
    a, voices, speakers = tables.attributions, tables.voices, tables.speakers
    name = func.coalesce(speakers.c.name, voices.c.name)
    query = (
        select(
            there.claim, there.document, s.c.key, s.c.text, d.published, name.label("voice"), c.wording, c.least, c.most
        )
        .join(s, s.c.key == there.statement)
        .join(tables.claims, c.key == there.claim)
        .join(tables.documents, d.key == there.document)
        .outerjoin(a, (a.c.document == s.c.document) & (a.c.id == s.c.attribution))
        .outerjoin(voices, (voices.c.document == s.c.document) & (voices.c.id == a.c.voice))
        .outerjoin(speakers, speakers.c.key == voices.c.speaker)
        .where(among(connection, there.claim, keys), there.denies.is_(denies))
        .order_by(there.claim, there.position)
    )  # fmt: skip
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.claim].append(row)
    ends = {} if denies else origins_of(connection, keys)
    return {key: _side(rows, ends.get(key, ())) for key, rows in found.items()}


def _side(rows: list[Any], ends: Collection[Origin]) -> Side:
    first = rows[0]
    middle = next((row for row in rows if row.key == row.wording), first)
    spoken = Counter(row.voice or ITSELF for row in rows)
    voices = named(ends) or tuple(name for name, _ in spoken.most_common(3))
    dates = sorted(filter(None, (row.published for row in rows)))
    reports = len({row.document for row in rows})
    return Side(
        first.claim, middle.text, reports, ranged(first.least, first.most), voices, dates[0] if dates else None,
        {row.key: row.text for row in rows},
    )  # fmt: skip
