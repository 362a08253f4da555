"""Pairs → claims, with whom they come from and what contradicts them: those that something touched are made anew, all
others stay as they are.

A claim lies within statements that hang together by pairs, so of a change only what hangs together with it is gathered.
A claim keeps its number as long as most of its statements stay together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Connection, delete, func, insert, or_, select, update

from sayso.compare import claim as made_of
from sayso.compare.claims import groups
from sayso.compare.contradictions import contradictions
from sayso.compare.origins import Reused
from sayso.compare.pairs import Compared
from sayso.compare.reuse import reuses
from sayso.compare.types import Claim, Origins, Pair, Reuse, Statement
from sayso.ledger import tables
from sayso.ledger.named import among
from sayso.ledger.stated import KEPT, load
from sayso.reading import Reading
from sayso.types import Document, Span

_TOGETHER = ("same", "opposed")
_UNNAMED = ("unnamed", "group")


class _Member(NamedTuple):
    """A statement of a claim, by its key, in a document that prints it."""

    statement: int
    document: int


def gather(connection: Connection, documents: Iterable[int]) -> int:
    """Make the claims of these documents anew, and those that something else touched; returns how many were made."""
    changed = _changed(connection)
    new = _of_documents(connection, documents) | _members(connection, changed)
    if not new and not changed:
        return 0
    together, old = _hanging(connection, new)
    old |= changed
    beside = _beside(connection, together)
    body = _Body.load(connection, together | beside)
    claims = body.claims(together)
    kept = _keep(connection, body, claims, old)
    _contradict(connection, body, claims, kept, beside)
    return len(claims)


def touched(connection: Connection) -> bool:
    """Whether any claim is not what it was when it was gathered."""
    return bool(_changed(connection))


def _of_documents(connection: Connection, documents: Iterable[int]) -> set[int]:
    """The statements of the documents, or of those whose copies they are."""
    d, s = tables.documents.c, tables.statements.c
    read = select(d.read_as).where(among(connection, d.key, documents))
    return set(connection.execute(select(s.key).where(s.document.in_(read))).scalars())


def _changed(connection: Connection) -> set[int]:
    """The claims that are not what they were: somebody in them is another, or a report is gone."""
    claims, there = tables.claims.c, tables.claim_statements.c
    number = select(func.count()).where(there.claim == claims.key).scalar_subquery()
    return set(connection.execute(select(claims.key).where(or_(claims.stale, claims.statements != number))).scalars())


def _members(connection: Connection, claims: Collection[int]) -> set[int]:
    there = tables.claim_statements.c
    return set(connection.execute(select(there.statement).where(among(connection, there.claim, claims))).scalars())


def _hanging(connection: Connection, statements: set[int]) -> tuple[set[int], set[int]]:
    """All statements that hang together with these, by pairs or in a claim, and the claims that they are in."""
    there = tables.claim_statements.c
    found, new, claims = set(statements), set(statements), set[int]()
    while new:
        near = _neighbours(connection, new, _TOGETHER)
        inside = select(there.claim).where(among(connection, there.statement, new))
        fresh = set(connection.execute(inside.distinct()).scalars()) - claims
        claims |= fresh
        new = (near | (_members(connection, fresh) if fresh else set())) - found
        found |= new
    return found, claims


def _beside(connection: Connection, statements: set[int]) -> set[int]:
    """The statements of other claims that give another value than these."""
    there = tables.claim_statements
    near = _neighbours(connection, statements, ("other value",)) - statements
    claims = select(there.c.claim).where(among(connection, there.c.statement, near))
    return _members(connection, set(connection.execute(claims.distinct()).scalars()))


def _neighbours(connection: Connection, statements: Collection[int], relations: Sequence[str]) -> set[int]:
    p = tables.pairs.c
    found = set[int]()
    for one, other in ((p.one, p.other), (p.other, p.one)):
        query = select(other).where(among(connection, one, statements), p.relation.in_(relations))
        found |= set(connection.execute(query).scalars())
    return found


@dataclass(slots=True)
class _Body:
    """Some statements of a ledger as the engine wants them: `members` says which each is, the first `read` of them
    stand in documents that were read, the others in copies of those."""

    members: Sequence[_Member]
    read: int
    statements: Sequence[Statement]
    pairs: Sequence[Pair]
    compared: Compared
    readings: Sequence[Reading]
    reused: Reused

    @classmethod
    def load(cls, connection: Connection, keys: set[int]) -> _Body:
        """Those of the keys."""
        stated = load(connection, keys)
        copies = _copies(connection, {statement.report for statement in stated.values()})
        members = [_Member(key, statement.report) for key, statement in stated.items()]
        read = len(members)
        members += [
            _Member(key, copy) for key, statement in stated.items() for copy in copies.get(statement.report, ())
        ]
        documents = sorted({member.document for member in members})
        place = {document: index for index, document in enumerate(documents)}
        found = [replace(stated[key], report=place[document]) for key, document in members]
        readings = _readings(connection, documents)
        taken = [*reuses([reading.document for reading in readings]), *_copied(copies, place, readings)]
        vectors = _vectors(connection, [key for key, _ in members])
        at = {key: index for index, (key, _) in enumerate(members[:read])}
        return cls(
            members, read, found, _pairs(connection, at), Compared(found, vectors), readings, Reused(taken)
        )  # fmt: skip

    def claims(self, keys: Collection[int]) -> list[Claim]:
        """The claims that the statements of those keys make, with the copies of what they stand in."""
        again: defaultdict[int, list[int]] = defaultdict(list)
        for index, (key, _) in enumerate(self.members[self.read :], self.read):
            again[key].append(index)
        wanted = {index for index, (key, _) in enumerate(self.members[: self.read]) if key in keys}
        inside = [pair for pair in self.pairs if pair.one in wanted and pair.other in wanted]
        found = []
        for members, score in groups(self.statements, inside):
            copies = [index for member in members for index in again[self.members[member].statement]]
            found.append(made_of([*members, *copies], score, self.compared, self.readings, self.reused))
        return found

    def claims_of(self, connection: Connection, keys: Collection[int]) -> list[tuple[int, Claim]]:
        """The claims that are kept of statements of those keys, each with its own."""
        at = {member: index for index, member in enumerate(self.members)}
        there, kept = tables.claim_statements.c, tables.claims.c
        query = (
            select(there.claim, there.statement, there.document, there.denies, kept.score)
            .join(tables.claims, kept.key == there.claim)
            .where(among(connection, there.statement, keys))
            .order_by(there.claim, there.position)
        )
        members: defaultdict[tuple[int, float], list[tuple[int, bool]]] = defaultdict(list)
        for claim, statement, document, denies, score in connection.execute(query):
            members[claim, score].append((at[_Member(statement, document)], denies))
        return [(claim, _known(its, score)) for (claim, score), its in members.items()]


def _known(members: Sequence[tuple[int, bool]], score: float) -> Claim:
    """A claim as it was kept, as far as another may contradict it."""
    every = tuple(index for index, _ in members)
    affirms = tuple(index for index, denies in members if not denies)
    return Claim(
        every, affirms, tuple(i for i, denies in members if denies), every[0], score, Origins((), (), 0, 0, ())
    )


def _copies(connection: Connection, documents: Collection[int]) -> Mapping[int, Sequence[int]]:
    """The copies of each document that are read as it."""
    d = tables.documents.c
    query = select(d.read_as, d.key).where(among(connection, d.read_as, documents), d.read_as != d.key).order_by(d.key)
    found: defaultdict[int, list[int]] = defaultdict(list)
    for document, copy in connection.execute(query):
        found[document].append(copy)
    return found


def _copied(
    copies: Mapping[int, Sequence[int]], place: Mapping[int, int], readings: Sequence[Reading]
) -> Iterator[Reuse]:
    """That copies are taken over from end to end."""
    for document, its in copies.items():
        whole = Span(0, len(readings[place[document]].document.text))
        for copy in its:
            yield Reuse(place[copy], place[document], whole, whole, 1.0)


def _readings(connection: Connection, documents: Sequence[int]) -> list[Reading]:
    """What is known of the documents, as readings in which nothing is said."""
    d, own = tables.documents.c, tables.documents.alias("own").c
    query = (
        select(d.key, d.id, func.coalesce(d.text, own.text), d.path, d.title, d.outlet, d.author, d.published, d.url)
        .outerjoin(own.key.table, own.key == d.copy_of)
        .where(among(connection, d.key, documents))
        .order_by(d.key)
    )
    return [Reading(Document(id_, text or "", *known), "", ()) for _, id_, text, *known in connection.execute(query)]


def _vectors(connection: Connection, keys: Sequence[int]) -> np.ndarray[Any, np.dtype[np.float32]]:
    v, s = tables.statement_vectors.c, tables.statements.c
    documents = select(s.document).where(among(connection, s.key, keys))
    rows: dict[int, np.ndarray[Any, np.dtype[np.float16]]] = {}
    for first, number, vectors in connection.execute(
        select(v.first, v.number, v.vectors).where(v.document.in_(documents))
    ):
        each = np.frombuffer(vectors, KEPT).reshape(number, -1)
        rows |= zip(range(first, first + number), each, strict=True)
    return np.array([rows[key] for key in keys], np.float32)


def _pairs(connection: Connection, at: Mapping[int, int]) -> list[Pair]:
    p = tables.pairs.c
    query = select(p.one, p.other, p.relation, p.score, p.reason).where(
        among(connection, p.one, at), among(connection, p.other, at)
    )
    return [Pair(at[one], at[other], *rest) for one, other, *rest in connection.execute(query.order_by(p.one, p.other))]


def _keep(connection: Connection, body: _Body, claims: Sequence[Claim], old: set[int]) -> list[int]:
    """Put the claims in place of the old ones; their keys."""
    keys = _numbered(connection, body, claims, old)
    gone = old - {key for key in keys if key is not None}
    connection.execute(delete(tables.claims).where(among(connection, tables.claims.c.key, gone)))
    for table in (tables.claim_statements, tables.steps, tables.origins):
        connection.execute(delete(table).where(among(connection, table.c.claim, old)))
    for table in (tables.contradictions,):
        mine = or_(among(connection, table.c.one, old), among(connection, table.c.other, old))
        connection.execute(delete(table).where(mine))
    kept = []
    for claim, key in zip(claims, keys, strict=True):
        row = _claim_row(body, claim)
        if key is None:
            key = connection.execute(insert(tables.claims).values(row).returning(tables.claims.c.key)).scalar_one()
        else:
            connection.execute(update(tables.claims).where(tables.claims.c.key == key).values(row))
        kept.append(key)
    for table, rows in (
        (tables.claim_statements, [r for c, k in zip(claims, kept, strict=True) for r in _members_rows(body, c, k)]),
        (tables.steps, [r for c, k in zip(claims, kept, strict=True) for r in _steps_rows(c, k)]),
        (tables.origins, [r for c, k in zip(claims, kept, strict=True) for r in _origins_rows(body, c, k)]),
    ):
        if rows:
            connection.execute(insert(table), rows)
    return kept


def _numbered(connection: Connection, body: _Body, claims: Sequence[Claim], old: set[int]) -> list[int | None]:
    """For each claim the key of the old one that it has most statements of; None for those that are new."""
    there = tables.claim_statements.c
    was: defaultdict[int, set[int]] = defaultdict(set)
    for key, statement in connection.execute(
        select(there.claim, there.statement).where(among(connection, there.claim, old))
    ):
        was[statement].add(key)
    shared: Counter[tuple[int, int]] = Counter()
    for index, claim in enumerate(claims):
        for statement in {body.members[member].statement for member in claim.statements}:
            shared.update((key, index) for key in was.get(statement, ()))
    keys: list[int | None] = [None] * len(claims)
    taken = set[int]()
    for (key, index), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if key not in taken and keys[index] is None:
            keys[index] = key
            taken.add(key)
    return keys


def _claim_row(body: _Body, claim: Claim) -> dict[str, Any]:
    documents = {
        side: {body.members[m].document for m in members}
        for side, members in (("affirms", claim.affirms), ("denies", claim.denies))
    }
    known = (body.readings[body.statements[m].report].document.published for m in claim.statements)
    dates = sorted(filter(None, known))
    return {
        "wording": body.members[claim.wording].statement,
        "score": claim.score,
        "reports": len(documents["affirms"]),
        "denials": len(documents["denies"]),
        "first": dates[0] if dates else None,
        "last": dates[-1] if dates else None,
        "least": claim.origins.least,
        "most": claim.origins.most,
        "statements": len(claim.statements),
        "stale": False,
    }


def _members_rows(body: _Body, claim: Claim, key: int) -> Iterator[dict[str, Any]]:
    denies = set(claim.denies)
    for position, member in enumerate(claim.statements):
        statement, document = body.members[member]
        yield {"claim": key, "statement": statement, "document": document, "position": position,
               "denies": member in denies}  # fmt: skip


def _steps_rows(claim: Claim, key: int) -> Iterator[dict[str, Any]]:
    for step in claim.origins.steps:
        yield {"claim": key, "taker": step.taker, "giver": step.giver, "sure": step.sure}


def _origins_rows(body: _Body, claim: Claim, key: int) -> Iterator[dict[str, Any]]:
    unnamed = {body.statements[m].voice for m in claim.statements if body.statements[m].voice_type in _UNNAMED}
    for name in claim.origins.ends:
        yield {"claim": key, "name": name, "named": name not in unnamed, "circular": False}
    for name in set(claim.origins.circular) - set(claim.origins.ends):
        yield {"claim": key, "name": name, "named": name not in unnamed, "circular": True}


def _contradict(
    connection: Connection, body: _Body, claims: Sequence[Claim], keys: Sequence[int], beside: Collection[int]
) -> None:
    """Keep what the claims say against each other, and against those beside them."""
    numbered = sorted([*zip(keys, claims, strict=True), *body.claims_of(connection, beside)], key=lambda pair: pair[0])
    numbers, every = [key for key, _ in numbered], [claim for _, claim in numbered]
    mine = set(keys)
    rows = [
        {"one": numbers[c.one], "other": numbers[c.other], "difference": c.difference, "score": c.score,
         "reason": c.reason, "is_update": c.update}
        for c in contradictions(every, body.pairs, body.statements, body.readings)
        if numbers[c.one] in mine or numbers[c.other] in mine
    ]  # fmt: skip
    if rows:
        connection.execute(insert(tables.contradictions), rows)
