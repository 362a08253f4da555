"""Pairs → claims, with whom they come from and what contradicts them: those that something touched are made anew, all
others stay as they are.

A claim lies within statements that hang together by pairs, so of a change only what hangs together with it is gathered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection, func, or_, select

from sayso.ledger import tables
from sayso.ledger.body import Body
from sayso.ledger.claim_rows import contradict, keep
from sayso.ledger.named import among

_TOGETHER = ("same", "opposed")


def gather(connection: Connection, documents: Iterable[int]) -> int:
    """Make the claims of these documents anew, and those that something else touched; returns how many were made."""
    changed = _changed(connection)
    new = _of_documents(connection, documents) | _members(connection, changed)
    if not new and not changed:
        return 0
    together, old = _hanging(connection, new)
    old |= changed
    beside = _beside(connection, together)
    body = Body.load(connection, together | beside)
    claims = body.claims(together)
    kept = keep(connection, body, claims, old)
    contradict(connection, body, claims, kept, beside)
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
