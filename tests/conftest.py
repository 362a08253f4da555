"""What all tests share: one engine, loaded once, the places where ledgers lie, and how Hypothesis runs."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from sayso.engine import Engine
from sayso.ledger import Ledger
from tests import postgresql

# The first example of a property also pays for what is loaded or cached; a deadline would blame the property.
settings.register_profile("sayso", deadline=None)
settings.load_profile("sayso")

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The shipped model."""
    return Engine()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A PostgreSQL server, by the folder of its socket; whoever asks for it is skipped where there is none."""
    programs = postgresql.programs()
    if programs is None:
        if os.environ.get(postgresql.REQUIRED):
            pytest.fail("PostgreSQL is not installed: apt-get install postgresql")
        pytest.skip("PostgreSQL is not installed")
    with postgresql.server(programs) as folder:
        yield folder


@pytest.fixture
def postgresql_address(postgresql_server: str) -> Iterator[str]:
    """A new, empty PostgreSQL database."""
    import psycopg

    name = f"ledger_{next(_numbers)}"
    known = {"host": postgresql_server, "user": "sayso", "autocommit": True}
    with psycopg.connect(dbname="postgres", **known) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield f"postgresql://sayso@/{name}?host={postgresql_server}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a ledger may be begun: a file first, then a PostgreSQL database."""
    if request.param == "sqlite":
        return str(tmp_path / "desk.sayso")
    found: str = request.getfixturevalue("postgresql_address")
    return found


@pytest.fixture
def ledger(address: str) -> Iterator[Ledger]:
    """A new ledger."""
    with Ledger(address) as opened:
        yield opened
