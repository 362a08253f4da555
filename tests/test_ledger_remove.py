"""Removing documents: all that was made from them goes, nothing of others does, copies stay; on both databases."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from sayso.cli import main
from sayso.errors import NotInLedger
from sayso.ledger import Ledger, store, tables
from tests.desk import filled
from tests.ready import Ready, read


@pytest.fixture
def desk(ledger: Ledger) -> Ledger:
    return filled(ledger)


def rows(ledger: Ledger) -> dict[str, int]:
    """How many there are in each table."""
    with ledger.reads() as connection:
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in tables.metadata.tables.items()
        }


def is_sound(ledger: Ledger) -> None:
    """Nothing leads nowhere, and the full text is that of the rows."""
    with ledger.writes() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
            for table in ("document_words", "content_words"):
                connection.execute(text(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')"))
        d = tables.documents.c
        for key, whole, copy_of, read_as in connection.execute(select(d.key, d.text, d.copy_of, d.read_as)).all():
            assert whole is not None or copy_of is not None, key
            assert store.read_as(connection, read_as) == read_as, key
            assert store.document_of(connection, key).text


GATES = ("north", "south", "east", "west", "old", "new", "iron", "oak", "lower", "outer")
SENTENCES = [f"Salim Dravek said that the {gate} gate of the dam had been closed by six men at noon." for gate in GATES]
LONG, SHORT = " ".join(SENTENCES), " ".join(SENTENCES[:-1])
ADDED = LONG + " Orsolya Menk said that zinc was found."
OTHER = "Odile Varrin said that the crane stood. Orsolya Menk said that it fell."


def added(ledger: Ledger, folder: Path, *texts: str) -> list[int]:
    """The keys of these texts, added in this order, each from its own address."""
    for number, written in enumerate(texts):
        path = folder / f"{number}.txt"
        path.write_text(written)
        ledger.add([path], engine=Ready(), outlet=f"Outlet {number}", url=f"https://{number}.example/")
    return [entry.key for entry in ledger.documents()]


def test_what_is_alone_goes_without_a_trace(desk: Ledger, tmp_path: Path) -> None:
    before = rows(desk)
    (*_, key) = added(desk, tmp_path, "Orsolya Menk said that zinc was found.")
    gone = desk.remove([key])
    assert ([entry.key for entry in gone.documents], gone.attributions, gone.copies) == ([key], 1, 0)
    assert rows(desk) == before
    assert len(desk.search("zinc")) == len(desk.voices(voice="menk")) == 0
    is_sound(desk)


def test_a_dry_run_says_the_same_and_removes_nothing(desk: Ledger) -> None:
    before = rows(desk)
    told = desk.remove([1, 4], dry_run=True)
    assert rows(desk) == before
    assert (told.attributions, told.copies) == (3, 2)
    assert desk.remove([1, 4]) == told
    is_sound(desk)


def test_an_exact_copy_takes_the_place(desk: Ledger) -> None:
    held = desk.reading(1)
    desk.correct(replace(held, attributions=held.attributions[:2]), by="Noor")
    desk.merge("Đuro Kesić", "Ilse Tamarind", within=[1])
    gone = desk.remove([1])
    assert (gone.attributions, gone.corrections, gone.copies) == (0, 0, 2)
    first, near, *_ = desk.documents()
    assert (first.key, first.copy_of, first.read_as, first.outlet) == (2, None, 2, "Ridge Voice")
    assert (near.copy_of, near.alike, near.read_as) == (2, 0.95, 3)
    assert len(desk.reading(2).attributions) == 2
    assert desk.reading(2, corrected=False).attributions == held.attributions
    assert "“the dam at Port Aurel will hold”" in desk.search(voice="kesic", outlet="ridge").column("content")
    assert desk.search("spillway gates", outlet="ridge").column("document") == (2,)
    is_sound(desk)


def test_a_near_copy_that_was_not_read_is_read(ledger: Ledger, tmp_path: Path) -> None:
    whole, short, again = added(ledger, tmp_path, LONG, SHORT, SHORT)
    assert [entry.read_as for entry in ledger.documents()] == [whole] * 3
    engine = Ready()
    ledger.remove([whole], engine=engine)
    assert engine.texts == [SHORT]
    assert [(e.key, e.copy_of, e.read_as) for e in ledger.documents()] == [(short, None, short), (again, short, short)]
    assert len(ledger.reading(again).attributions) == 9
    (near, *_) = added(ledger, tmp_path, ADDED)  # it is found again by what it shares
    assert [*ledger.documents()][-1].copy_of == near == short
    is_sound(ledger)


def test_all_or_none(desk: Ledger) -> None:
    before = rows(desk)
    with pytest.raises(NotInLedger, match="no document 99"):
        desk.remove([1, 99])
    assert rows(desk) == before


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from([LONG, ADDED, SHORT, OTHER]), min_size=1, max_size=8),
    st.lists(st.sets(st.integers(0, 7), min_size=1, max_size=4), max_size=3),
)
def test_whatever_goes_the_rest_stands(texts: list[str], going: list[set[int]]) -> None:
    with TemporaryDirectory() as folder, Ledger(Path(folder) / "desk.sayso") as ledger:
        keys = added(ledger, Path(folder), *texts)
        left = dict(zip(keys, texts, strict=True))
        for some in going:
            wanted = {keys[at] for at in some if at < len(keys)} & left.keys()
            assert {entry.key for entry in ledger.remove(wanted, engine=Ready()).documents} == wanted
            left = {key: written for key, written in left.items() if key not in wanted}
        is_sound(ledger)
        entries = {entry.key: entry for entry in ledger.documents()}
        assert entries.keys() == left.keys()
        for key, written in left.items():
            with ledger.reads() as connection:
                assert store.document_of(connection, key).text == written
            assert ledger.reading(key).attributions == read(left[entries[key].read_as]).attributions
            if entries[key].read_as != key:  # then it says nothing new
                assert all(one in left[entries[key].read_as] for one in written.split(". "))
        ledger.remove(list(left))
        assert not any(count for name, count in rows(ledger).items() if name != "sayso_ledger")


def test_the_command(tmp_path: Path) -> None:
    path = str(tmp_path / "desk.sayso")
    with Ledger(path) as ledger:
        filled(ledger)

    def sayso(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["remove", path, *words])
        assert done.stdout == ""
        return done.exit_code, done.stderr

    assert sayso("5", "--dry-run") == (
        0,
        "sayso: document 5: Homes at risk\nsayso: 1 document, 2 attributions, 0 corrections would be removed\n",
    )
    assert sayso("1")[1].endswith("1 document, 0 attributions, 0 corrections were removed; 2 copies of them stay\n")
    assert sayso("5")[1].endswith("1 document, 2 attributions, 0 corrections were removed\n")
    assert sayso("5") == (1, "sayso: there is no document 5 in the ledger\n")
    assert sayso("99999999999999999999999") == (
        1,
        "sayso: there is no document 99999999999999999999999 in the ledger\n",
    )
    assert sayso()[0] == 2


def test_a_headline_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path = str(tmp_path / "desk.sayso")
    with Ledger(path) as ledger:
        ledger.keep(read("The dam will hold.", title="Dam \x1b[2Jwill hold"))
    said = CliRunner().invoke(main, ["remove", path, "1", "--dry-run"]).stderr
    assert "document 1: Dam ␛[2Jwill hold" in said
