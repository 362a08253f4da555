"""Pairs → claims, with whom they come from and what contradicts them: those that something touched are made anew, all
others stay as they are.

Of a change only its neighbourhood is gathered: what a pair joins to it, and the claims that this is in. All that hangs
together by pairs could be half the ledger.
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
    """These statements, those that a pair joins to them, and all others of the claims that any of them is in; and those
    claims."""
    there = tables.claim_statements.c
    found = statements | _neighbours(connection, statements, _TOGETHER)
    inside = select(there.claim).where(among(connection, there.statement, found))
    claims = set(connection.execute(inside.distinct()).scalars())
    return found | _members(connection, claims), claims


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
