"""Claims → their rows, in place of those there were. A claim keeps its number as long as most of it stays together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update

from sayso.compare.contradictions import contradictions
from sayso.compare.types import Claim
from sayso.ledger import tables
from sayso.ledger.body import Body
from sayso.ledger.named import among

_UNNAMED = ("unnamed", "group")


def keep(connection: Connection, body: Body, claims: Sequence[Claim], old: set[int]) -> list[int]:
    """Put the claims in place of the old ones; their keys."""
    keys = _numbered(connection, body, claims, old)
    _clear(connection, old, old - {key for key in keys if key is not None})
    kept = [_put(connection, _claim_row(body, claim), key) for claim, key in zip(claims, keys, strict=True)]
    for table, made in (
        (tables.claim_statements, lambda claim, key: _members_rows(body, claim, key)),
        (tables.steps, _steps_rows),
        (tables.origins, lambda claim, key: _origins_rows(body, claim, key)),
    ):
        rows = [row for claim, key in zip(claims, kept, strict=True) for row in made(claim, key)]
        if rows:
            connection.execute(insert(table), rows)
    return kept


def _clear(connection: Connection, old: Collection[int], gone: Collection[int]) -> None:
    """Take out what is kept of the old claims, and those that are gone."""
    connection.execute(delete(tables.claims).where(among(connection, tables.claims.c.key, gone)))
    for table in (tables.claim_statements, tables.steps, tables.origins):
        connection.execute(delete(table).where(among(connection, table.c.claim, old)))
    x = tables.contradictions
    connection.execute(delete(x).where(or_(among(connection, x.c.one, old), among(connection, x.c.other, old))))


def _put(connection: Connection, row: dict[str, Any], key: int | None) -> int:
    """Put a claim there under its old key or, without one, a new one; returns it."""
    claims = tables.claims
    if key is not None:
        connection.execute(update(claims).where(claims.c.key == key).values(row))
        return key
    new: int = connection.execute(insert(claims).values(row).returning(claims.c.key)).scalar_one()
    return new


def _numbered(connection: Connection, body: Body, claims: Sequence[Claim], old: set[int]) -> list[int | None]:
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


def _claim_row(body: Body, claim: Claim) -> dict[str, Any]:
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


def _members_rows(body: Body, claim: Claim, key: int) -> Iterator[dict[str, Any]]:
    denies = set(claim.denies)
    for position, member in enumerate(claim.statements):
        statement, document = body.members[member]
        yield {"claim": key, "statement": statement, "document": document, "position": position,
               "denies": member in denies}  # fmt: skip


def _steps_rows(claim: Claim, key: int) -> Iterator[dict[str, Any]]:
    for step in claim.origins.steps:
        yield {"claim": key, "taker": step.taker, "giver": step.giver, "sure": step.sure}


def _origins_rows(body: Body, claim: Claim, key: int) -> Iterator[dict[str, Any]]:
    unnamed = {body.statements[m].voice for m in claim.statements if body.statements[m].voice_type in _UNNAMED}
    for name in claim.origins.ends:
        yield {"claim": key, "name": name, "named": name not in unnamed, "circular": False}
    for name in set(claim.origins.circular) - set(claim.origins.ends):
        yield {"claim": key, "name": name, "named": name not in unnamed, "circular": True}


def contradict(
    connection: Connection, body: Body, claims: Sequence[Claim], keys: Sequence[int], beside: Collection[int]
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
