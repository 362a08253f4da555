"""Where a ledger lies: one SQLite file, or a PostgreSQL database; opened, recognised, brought up to date."""

from __future__ import annotations

import datetime
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import sqlalchemy
from sqlalchemy import Connection, event, insert, inspect, select, update
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from sayso.errors import UnusableLedger
from sayso.extras import need
from sayso.ledger import tables
from sayso.ledger.migrations import latest, migrate
from sayso.version import __version__

APPLICATION = 0x73617973
"""What marks an SQLite file as a ledger ("says"), in its header, where `file` and others see it."""

_SERVERS = ("postgresql://", "postgres://")
_WAIT = 60  # seconds to wait while another process writes
_WRITING = 0x6C656467  # PostgreSQL's advisory lock, held by whoever writes

_REASONS = (  # what SQLite or PostgreSQL says, in lower case, and what that means
    ("file is not a database", "it is not a ledger"),
    ("malformed", "it is damaged"),
    ("disk is full", "the disk is full; what was complete is kept, and adding again goes on from there"),
    ("no space left", "the disk is full; what was complete is kept, and adding again goes on from there"),
    ("disk i/o error", "the disk cannot be read or written"),
    ("readonly database", "it may not be written to"),
    ("read-only transaction", "it may not be written to"),
    ("database is locked", f"another program has been writing to it for more than {_WAIT} seconds"),
    ("unable to open", "it cannot be opened"),
)


class Database:
    """An open ledger's database. Transactions are asked for by what they do: `reads` or `writes`."""

    def __init__(self, address: str, *, create: bool) -> None:
        """Open the file or server at `address`; one that is not there is begun if `create` says so.

        Raises UnusableLedger with the sentence that says what is wrong: no ledger there, another program's database, a
        damaged file, a later version's, no rights, no server.
        """
        server = address.startswith(_SERVERS)
        self.name = _without_password(address) if server else address
        self._engine = sqlalchemy.create_engine(_url(address) if server else _file(address, create))
        _tune(self._engine)
        try:
            self._begin(create)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reads(self) -> Iterator[Connection]:
        """A transaction that sees one state of the ledger throughout, and keeps nobody from writing."""
        with self._told(), self._engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def writes(self) -> Iterator[Connection]:
        """A transaction that is kept whole or not at all; one at a time, others wait."""
        with self._told(), self._engine.connect() as connection:
            connection = connection.execution_options(writes=True)
            with connection.begin():
                if connection.dialect.name == "postgresql":
                    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITING})")
                yield connection

    def close(self) -> None:
        """Let go of the file or server."""
        self._engine.dispose()

    def _begin(self, create: bool) -> None:
        """Recognise what lies there, and bring it to the latest schema."""
        with self.reads() as connection:
            version = self._version(connection)
        if version == latest():
            return
        if version == 0 and not create:
            raise UnusableLedger(self.name, "there is no ledger there yet")
        if version == 0 and self._engine.dialect.name == "sqlite":
            self._log_ahead()
        with self.writes() as connection:
            version = self._version(connection)  # somebody may have been faster
            migrate(connection, version)
            if version == 0:
                _sign(connection)
            connection.execute(update(tables.ledger).values(version=latest()))

    def _log_ahead(self) -> None:
        """Set the journal mode that lets others read while one writes; the file keeps it. SQLite does not wait for this
        lock by itself, and wants no transaction around it."""
        patience = time.monotonic() + _WAIT
        with self._told(), self._engine.connect() as connection:
            raw = cast(sqlite3.Connection, connection.connection.driver_connection)
            while True:
                try:
                    raw.execute("PRAGMA journal_mode = WAL")
                    return
                except sqlite3.OperationalError as error:
                    if "locked" not in str(error) or time.monotonic() > patience:
                        raise
                    time.sleep(0.02)

    def _version(self, connection: Connection) -> int:
        """The version of the schema, 0 where nothing is yet; raises UnusableLedger for what is no ledger of ours."""
        sqlite = connection.dialect.name == "sqlite"
        there = set(inspect(connection).get_table_names())
        if sqlite:
            mark = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
            if mark != APPLICATION and (mark or there):
                raise UnusableLedger(self.name, "it is another program's database, not a ledger")
        if tables.ledger.name not in there:
            if there & set(tables.metadata.tables):
                raise UnusableLedger(self.name, "it holds tables of another program that are called like a ledger's")
            if not sqlite and connection.exec_driver_sql("SHOW server_encoding").scalar_one() != "UTF8":
                raise UnusableLedger(self.name, "a ledger needs a database whose encoding is UTF8")
            return 0
        version: int = connection.execute(select(tables.ledger.c.version)).scalar_one()
        if version > latest():
            raise UnusableLedger(
                self.name,
                f"a later version of Sayso made it (schema {version}; this one knows {latest()}): update Sayso",
            )
        return version

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what the database says of a failure into our sentence."""
        try:
            yield
        except (DBAPIError, sqlite3.DatabaseError) as error:
            said = str(error.orig if isinstance(error, DBAPIError) else error)
            for words, reason in _REASONS:
                if words in said.lower():
                    raise UnusableLedger(self.name, reason) from error
            if isinstance(error, (OperationalError, sqlite3.OperationalError)):
                raise UnusableLedger(self.name, " ".join(said.split())) from error
            raise


def now() -> str:
    """The time of day, UTC, as it is kept in a ledger."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def _sign(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(insert(tables.ledger).values(version=latest(), made_by=__version__, made_at=now()))


def _file(path: str, create: bool) -> URL:
    if not path:
        raise UnusableLedger("LEDGER", "the name of the ledger is empty")
    if os.path.isdir(path):
        raise UnusableLedger(path, "it is a folder; a ledger is one file")
    if not os.path.exists(path):
        if not create:
            raise UnusableLedger(path, "there is no ledger there")
        if not os.path.isdir(os.path.dirname(os.path.abspath(path))):
            raise UnusableLedger(path, "there is no such folder")
    return URL.create("sqlite", database=os.path.abspath(path))


def _url(address: str) -> URL:
    need("psycopg", "postgres", "a ledger on PostgreSQL")
    try:
        return make_url(address).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError):
        raise UnusableLedger(_without_password(address), "it is no address of a database") from None


def _without_password(address: str) -> str:
    try:
        return make_url(address).render_as_string(hide_password=True)
    except (ArgumentError, ValueError):
        return "postgresql://…"


def _tune(engine: sqlalchemy.Engine) -> None:
    """What is set on each connection, and how its transactions begin."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def connected(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # transactions begin where we say so: also those that change the schema
        connection.execute(f"PRAGMA busy_timeout = {_WAIT * 1000}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(
            "PRAGMA synchronous = FULL"
        )  # in WAL mode NORMAL loses what was said to be kept, at a power cut

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
