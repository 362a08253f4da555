"""One claim of a ledger: its wordings side by side, who has it from whom, what speaks against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection, or_, select

from sayso.compare.reuse import alike, changes
from sayso.compare.types import Step
from sayso.ledger import tables
from sayso.ledger.claims import Origin, key_of, origins_of, ranged
from sayso.ledger.contradictions import COLUMNS as AGAINST
from sayso.ledger.contradictions import against
from sayso.ledger.named import among
from sayso.ledger.stated import load
from sayso.ledger.table import Column, Table
from sayso.render.calls import ITSELF
from sayso.render.graph import tree
from sayso.render.terminal import WHO
from sayso.render.wording import counted, percent, quoted

if TYPE_CHECKING:
    from sayso.pictures.timeline import Printed
    from sayso.pictures.whence import Whence

_SAME_WORDS = 0.6
"""From this share of common words on, in order, the changes are shown; below, it is said in other words."""

COLUMNS = (
    Column("published", "date", head="date"),
    Column("outlet"),
    Column("chain", "names", head="who says so", style=WHO),
    Column("stands", head=""),
    Column("wording", where="below"),
    Column("hits", "spans", "hidden"),
    Column("changed", where="under"),
    Column("because", where="under"),
    Column("title", where="hidden"),
    Column("url", where="hidden"),
    Column("document", "number", "hidden"),
    Column("attribution", where="hidden"),
    Column("spans", "spans", "hidden"),
    Column("score", "score", "hidden"),
)
"""`hits` are the words that the first wording does not have; `changed` says how it differs from that, `because` why it
is taken for the same, and `score` how sure that is; `spans` are in the document's text."""


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """A claim with all that is known of it.

    `wording` is the one that has most in common with the others; `wordings` are all, in the order of publication;
    `steps` say who has it from whom, `origins` who has it from nobody, `circle` who has it from each other only;
    `least` and `most` are how many independent origins there are; `against` says what contradicts it, or followed;
    `score` is the probability that all of this is one claim.
    """

    key: int
    wording: str
    score: float
    reports: int
    denials: int
    first: str | None
    least: int
    most: int
    steps: tuple[Step, ...]
    origins: tuple[Origin, ...]
    circle: tuple[str, ...]
    outlets: tuple[str, ...]
    wordings: Table
    against: tuple[dict[str, Any], ...]

    def table(self) -> Table:
        """The wordings, above them what people want to know first, below them what speaks against it."""
        return Table(self.wordings.columns, self.wordings.rows, "\n".join(self._against()), tuple(self._above()))

    def whence(self) -> Whence:
        """What the picture of who has it from whom shows: `sayso.pictures.whence.chart`."""
        from sayso.pictures.whence import Whence

        ends = tuple(origin.name for origin in self.origins)
        unnamed = tuple(origin.name for origin in self.origins if not origin.named)
        return Whence(self.steps, ends, unnamed, self.outlets, quoted(self.wording), self._summary())

    def printed(self) -> list[Printed]:
        """What its timeline shows: `sayso.pictures.timeline.chart`."""
        from sayso.pictures.timeline import Printed

        return [
            Printed(r["published"] or "", r["outlet"] or "", r["chain"][-1], r["wording"], r["stands"] == DENIES)
            for r in self.wordings.records()
        ]

    def _summary(self) -> str:
        origins = f"{ranged(self.least, self.most)} independent {'origin' if self.most == 1 else 'origins'}"
        parts = [counted(self.reports, "report"), origins]
        if self.denials:
            parts.append(f"denied in {counted(self.denials, 'report')}")
        if self.first:
            parts.append(f"first on {self.first[:10]}")
        return " · ".join([*parts, f"one claim: {percent(self.score)} sure"])

    def _above(self) -> list[str]:
        lines = [f"Claim {self.key}: {quoted(self.wording)}", self._summary(), ""]
        if self.steps or self.origins:
            lines += ["Who has it from whom (below and further in: has it from the one above)"]
            unnamed = {origin.name for origin in self.origins if not origin.named}
            lines += tree(self.steps, [origin.name for origin in self.origins], unnamed)
        if self.circle:
            lines.append(f"In a circle, from each other only: {', '.join(self.circle)}")
        lines += ["", "How it is worded, the earliest first (*new words* against the first wording)"]
        return lines

    def _against(self) -> list[str]:
        lines = []
        for row in self.against:
            mine = row["one_claim"] == self.key
            side = row["other"] if mine or row["one_claim"] == row["other_claim"] else row["one"]
            which = f" ({row['values']})" if row["values"] else ""
            lines.append(f"{row['what']}{which}, {percent(row['sure'])} sure: {side}")
        return ["What stands against it, or came after it:", *lines] if lines else []


SAYS, DENIES = "", "says it is not so"


class _Printed(NamedTuple):
    """A statement of the claim in a document."""

    statement: int
    document: int
    denies: bool
    row: Any


def claim(connection: Connection, which: int | str) -> ShownClaim:
    """The claim of that number, or that is worded so (of several the best carried). Raises NotInLedger if there is
    none, InvalidSearch."""
    c, s, steps = tables.claims.c, tables.statements.c, tables.steps.c
    key = key_of(connection, which)
    query = select(tables.claims, s.text).join(tables.statements, s.key == c.wording).where(c.key == key)
    known = connection.execute(query).one()
    printed = _printed(connection, key)
    taken = connection.execute(select(steps.taker, steps.giver, steps.sure).where(steps.claim == key)).all()
    x = tables.contradictions.c
    names = [column.name for column in AGAINST]
    opposed = against(connection, or_(x.one == key, x.other == key), 1000)
    return ShownClaim(
        key, known.text, known.score, known.reports, known.denials, known.first, known.least, known.most,
        tuple(Step(*step) for step in taken), tuple(origins_of(connection, [key]).get(key, ())),
        tuple(origin.name for origin in origins_of(connection, [key], circular=True).get(key, ())),
        tuple(dict.fromkeys(p.row.outlet for p in printed if p.row.outlet)),
        _wordings(connection, key, printed), tuple(dict(zip(names, row, strict=True)) for row in opposed),
    )  # fmt: skip


def _printed(connection: Connection, key: int) -> list[_Printed]:
    there, d = tables.claim_statements.c, tables.documents.c
    query = (
        select(there.statement, there.document, there.denies, d.outlet, d.published, d.title, d.path, d.url, d.read_as)
        .join(tables.documents, d.key == there.document)
        .where(there.claim == key)
        .order_by(there.position)
    )
    return [_Printed(row.statement, row.document, row.denies, row) for row in connection.execute(query)]


def _wordings(connection: Connection, key: int, printed: Sequence[_Printed]) -> Table:
    stated = load(connection, {one.statement for one in printed})
    reasons = _reasons(connection, printed)
    first = stated[printed[0].statement].text if printed else ""
    rows = []
    for number, one in enumerate(printed):
        statement, row = stated[one.statement], one.row
        hits, changed = ((), "") if number == 0 else _differs(statement.text, first)
        if row.read_as != one.document:
            changed = "copied word for word"
        chain = tuple(dict.fromkeys((*statement.via, statement.voice or ITSELF)))
        score, because = reasons.get(one.statement, (None, ""))
        rows.append((
            row.published, row.outlet or row.title or row.path, chain, DENIES if one.denies else SAYS, statement.text,
            hits, changed, because, row.title or row.path, row.url, one.document, statement.attribution,
            statement.spans, score,
        ))  # fmt: skip
    return Table(COLUMNS, tuple(rows))


def _differs(words: str, first: str) -> tuple[tuple[Any, ...], str]:
    """Where a wording has words that the first has not, and how it differs, in words."""
    if words == first:
        return (), "the same words"
    if alike(words, first) < _SAME_WORDS:
        return (), "in other words"
    put_in, left_out = changes(words, first)
    return (
        put_in,
        f"in place of: {' … '.join(left_out)}" if left_out else "with more words" if put_in else "the same words",
    )


def _reasons(connection: Connection, printed: Sequence[_Printed]) -> dict[int, tuple[float, str]]:
    """The surest pair of each statement with another of these: its score, and what speaks for it. That it says the same
    goes before that others say the opposite, unless it denies."""
    p = tables.pairs.c
    denies = {one.statement: one.denies for one in printed}
    best: dict[int, tuple[bool, float, str]] = {}
    for mine, theirs in ((p.one, p.other), (p.other, p.one)):
        query = select(mine, p.score, p.reason, p.relation).where(p.relation != "other value")
        query = query.where(among(connection, mine, denies), among(connection, theirs, denies))
        for statement, score, reason, relation in connection.execute(query):
            found = ((relation == "opposed") == denies[statement], score, reason)
            best[statement] = max(found, best.get(statement, found))
    return {statement: (score, f"{percent(score)} sure: {reason}") for statement, (_, score, reason) in best.items()}
