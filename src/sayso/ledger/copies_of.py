"""Documents and their copies, copies of copies among them, as families."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from sayso.ledger import tables
from sayso.ledger.named import among


def families(connection: Connection, keys: Iterable[int]) -> dict[int, int]:
    """For each document of these keys, and for each that belongs to the same family, the key of the original."""
    documents = tables.documents.c
    original = {key: key for key in keys}
    pending = set(original)
    while pending:  # up, a generation each time
        found = select(documents.key, documents.copy_of).where(
            among(connection, documents.key, pending), documents.copy_of.is_not(None)
        )
        parents = {int(key): int(parent) for key, parent in connection.execute(found)}
        for key, above in original.items():
            original[key] = parents.get(above, above)
        pending = set(parents.values())
    whole = {root: root for root in original.values()}
    pending = set(whole)
    while pending:  # and down
        found = select(documents.key, documents.copy_of).where(among(connection, documents.copy_of, pending))
        children = {key: parent for key, parent in connection.execute(found) if key not in whole}
        for key, parent in children.items():
            whole[key] = whole[parent]
        pending = set(children)
    return original | whole
