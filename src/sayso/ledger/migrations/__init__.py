"""How a ledger's schema came to be: numbered steps in SQL, one file each for SQLite and PostgreSQL.

A new ledger takes all of them, an older one those it lacks, in one transaction. A step that has been released is never
changed; the tests hold what all of them make together to `sayso.ledger.tables`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection

FOLDER = Path(__file__).parent
_NAME = re.compile(r"(\d{4})_sqlite\.sql")


def latest() -> int:
    """The number of the last step: the version of the schema that this Sayso works with."""
    return max(int(found[1]) for path in FOLDER.iterdir() if (found := _NAME.fullmatch(path.name)))


def migrate(connection: Connection, version: int) -> None:
    """Take a ledger from schema `version` (0: an empty database) to the latest, in the transaction that is open."""
    for number in range(version + 1, latest() + 1):
        script = (FOLDER / f"{number:04}_{connection.dialect.name}.sql").read_text("utf-8")
        for statement in _statements(script) if connection.dialect.name == "sqlite" else [script]:
            connection.exec_driver_sql(statement)


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one: sqlite3 runs several at once only outside transactions."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
