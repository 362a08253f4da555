"""A ledger is begun, recognised, brought up to date, or refused with a sentence."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

import sayso
from sayso.errors import UnusableLedger
from sayso.ledger import Ledger, database, migrations, tables
from tests.ready import read


def refused(address: str, *, create: bool = True) -> str:
    """The reason that is given."""
    with pytest.raises(UnusableLedger) as raised:
        Ledger(address, create=create)
    return raised.value.reason


def test_a_ledger_is_begun_and_found_again(address: str) -> None:
    with Ledger(address) as ledger:
        key = ledger.keep(read("Ilse Tamarind said the dam held."))
    with sayso.Ledger(address, create=False) as ledger:
        assert [entry.key for entry in ledger.documents()] == [key]


def test_none_is_begun_unless_asked_for(address: str) -> None:
    assert "there is no ledger there" in refused(address, create=False)
    if not address.startswith("postgresql"):
        assert not Path(address).exists()


def test_the_schema_is_that_of_the_tables(ledger: Ledger) -> None:
    with ledger.reads() as connection:
        there = inspect(connection)
        for table in tables.metadata.sorted_tables:
            columns = {column["name"]: column for column in there.get_columns(table.name)}
            assert list(columns) == list(table.c.keys()), table.name
            for column in table.c:
                found = columns[column.name]
                assert found["nullable"] == column.nullable, (table.name, column.name)
                assert str(found["type"]) == column.type.compile(connection.dialect), (table.name, column.name)
            keys = there.get_pk_constraint(table.name)["constrained_columns"]
            assert keys == [column.name for column in table.primary_key], table.name
            indexes = {index["name"] for index in there.get_indexes(table.name)}
            assert {index.name for index in table.indexes} <= indexes, table.name
            foreign = {tuple(key["constrained_columns"]) for key in there.get_foreign_keys(table.name)}
            assert foreign == {(key.parent.name,) for key in table.foreign_keys}, table.name


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"Ilse Tamarind said the dam held.\n" * 40, "it is not a ledger"),
        (b"SQLite format 3\0" + b"\xff" * 4096, "it is not a ledger"),
        (b"SQLite format 3\0" + bytes(4096), "it is not a ledger"),
    ],
)
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    assert reason in refused(str(path))
    assert path.read_bytes() == content


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "recipes.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE documents (dish TEXT)")
    connection.close()
    before = path.read_bytes()
    assert refused(str(path)) == "it is another program's database, not a ledger"
    assert path.read_bytes() == before


def test_a_postgresql_database_with_tables_of_such_names_is_refused(postgresql_address: str) -> None:
    import psycopg

    with psycopg.connect(postgresql_address) as connection:
        connection.execute("CREATE TABLE voices (choir TEXT)")
    assert "tables of another program" in refused(postgresql_address)


def test_a_damaged_ledger_is_refused_or_named(tmp_path: Path) -> None:
    path = tmp_path / "desk.sayso"
    with Ledger(path) as ledger:
        for number in range(20):
            ledger.keep(read(f"Ilse Tamarind said wagon {number} was late. " * 30))
    data = bytearray(path.read_bytes())
    data[4096 * 3 :] = b"\x5a" * (len(data) - 4096 * 3)
    path.write_bytes(data)
    with pytest.raises(UnusableLedger, match=r"damaged|not a ledger"), Ledger(path) as ledger:
        list(ledger.readings())
    path.write_bytes(data[:5000])
    with pytest.raises(UnusableLedger, match=r"damaged|not a ledger"), Ledger(path) as ledger:
        list(ledger.readings())


def test_a_later_versions_ledger_is_refused(address: str) -> None:
    with Ledger(address) as ledger, ledger.writes() as connection:
        connection.execute(text("UPDATE sayso_ledger SET version = 999"))
    assert "a later version of Sayso made it (schema 999" in refused(address)


def test_an_older_ledger_is_brought_up_to_date(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reading = read("Ilse Tamarind said the dam held.")
    with Ledger(address) as ledger:
        ledger.keep(reading)
    later = tmp_path / "later"
    shutil.copytree(migrations.FOLDER, later)
    for dialect in ("sqlite", "postgresql"):
        (later / f"{migrations.latest() + 1:04}_{dialect}.sql").write_text(
            "ALTER TABLE documents ADD COLUMN shelf TEXT;\n\nUPDATE documents SET shelf = 'upper; left';\n"
        )
    monkeypatch.setattr(migrations, "FOLDER", later)
    with Ledger(address, create=False) as ledger:
        assert list(ledger.readings()) == [reading]
        with ledger.reads() as connection:
            assert connection.execute(text("SELECT shelf FROM documents")).scalar_one() == "upper; left"
            assert connection.execute(text("SELECT version FROM sayso_ledger")).scalar_one() == migrations.latest()


def test_a_migration_that_fails_changes_nothing(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Ledger(address) as ledger:
        ledger.keep(read("Ilse Tamarind said the dam held."))
    later = tmp_path / "later"
    shutil.copytree(migrations.FOLDER, later)
    for dialect in ("sqlite", "postgresql"):
        (later / f"{migrations.latest() + 1:04}_{dialect}.sql").write_text(
            "ALTER TABLE documents ADD COLUMN shelf TEXT;\nUPDATE nowhere SET shelf = 1;\n"
        )
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "FOLDER", later)
        with pytest.raises(Exception, match="nowhere"):
            Ledger(address)
    with Ledger(address, create=False) as ledger:
        assert len(list(ledger.readings())) == 1
        with ledger.reads() as connection:
            assert "shelf" not in {column["name"] for column in inspect(connection).get_columns("documents")}


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("", "empty"),
        (".", "it is a folder"),
        ("no/such/folder/desk.sayso", "there is no such folder"),
        ("postgresql://desk:hush@nowhere.invalid:x/strait", "no address of a database"),
        ("postgresql://desk:hush@/strait?host=/no/such/folder", "no/such/folder"),
    ],
)
def test_what_cannot_be_opened_is_said(address: str, reason: str) -> None:
    with pytest.raises(UnusableLedger) as raised:
        Ledger(address)
    assert reason in str(raised.value)
    assert "hush" not in str(raised.value)


def test_any_name_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (":memory:", "file:desk?mode=memory", "dam #1%20?.sayso"):
        with Ledger(name) as ledger:
            ledger.keep(read("Ilse Tamarind said the dam held."))
        assert Path(name).is_file()


def test_a_full_disk_is_said_and_leaves_the_ledger_whole(tmp_path: Path) -> None:
    path = tmp_path / "desk.sayso"
    with Ledger(path) as ledger:
        with ledger.writes() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 120")
        reports = (read(f"Ilse Tamarind said wagon {number} was late. " * 20) for number in range(1000))
        kept: list[int] = []
        with pytest.raises(UnusableLedger, match="the disk is full"):
            kept.extend(map(ledger.keep, reports))
    with Ledger(path) as ledger:
        assert [entry.key for entry in ledger.documents()] == kept != []
        ledger.keep(read("Odile Varrin said there was room again."))
        with ledger.reads() as connection:
            assert connection.exec_driver_sql("PRAGMA quick_check").scalar_one() == "ok"


ROOT = Path(__file__).parents[1]
FILLING = """
import resource, signal, sys
from sayso.errors import UnusableLedger
from sayso.ledger import Ledger
from tests.ready import read
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Ledger(sys.argv[1]) as ledger:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
    kept = 0
    try:
        while True:
            ledger.keep(read(f"Ilse Tamarind said wagon {kept} was late. " * 20))
            kept += 1
    except UnusableLedger as error:
        print(kept, error)
"""


def test_a_file_that_may_not_grow_is_said_and_leaves_the_ledger_whole(tmp_path: Path) -> None:
    path = tmp_path / "desk.sayso"
    done = subprocess.run(
        [sys.executable, "-c", FILLING, str(path)], capture_output=True, encoding="utf-8", check=True, cwd=ROOT
    )
    kept, said = done.stdout.split(" ", 1)
    assert "desk.sayso: the disk" in said
    with Ledger(path) as ledger:
        assert len(list(ledger.readings())) == int(kept) > 3
        ledger.keep(read("Odile Varrin said there was room again."))


def test_the_mark_of_a_ledger_lies_in_its_header(tmp_path: Path) -> None:
    path = tmp_path / "desk.sayso"
    Ledger(path).close()
    assert path.read_bytes()[68:72] == b"says" == database.APPLICATION.to_bytes(4, "big")
