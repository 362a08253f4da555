"""Some statements of a ledger as the engine wants them: with their reports, their pairs, and what was copied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Connection, func, select

from sayso.compare import claim as made_of
from sayso.compare.claims import groups
from sayso.compare.origins import Reused
from sayso.compare.pairs import Compared
from sayso.compare.reuse import reuses
from sayso.compare.types import Claim, Origins, Pair, Reuse, Statement
from sayso.ledger import tables
from sayso.ledger.named import among
from sayso.ledger.stated import KEPT, load
from sayso.reading import Reading
from sayso.types import Document, Span


class Member(NamedTuple):
    """A statement of a claim, by its key, in a document that prints it."""

    statement: int
    document: int


@dataclass(slots=True)
class Body:
    """`members` says which statement of the ledger each is; the first `read` of them stand in documents that were read,
    the others in copies of those."""

    members: Sequence[Member]
    read: int
    statements: Sequence[Statement]
    pairs: Sequence[Pair]
    compared: Compared
    readings: Sequence[Reading]
    reused: Reused

    @classmethod
    def load(cls, connection: Connection, keys: set[int]) -> Body:
        """Those of the keys."""
        stated = load(connection, keys)
        copies = _copies(connection, {statement.report for statement in stated.values()})
        members = [Member(key, statement.report) for key, statement in stated.items()]
        read = len(members)
        members += [Member(key, copy) for key, statement in stated.items() for copy in copies.get(statement.report, ())]
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
            members[claim, score].append((at[Member(statement, document)], denies))
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
