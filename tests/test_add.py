"""Adding: each document once, wholly or not at all, whatever happens on the way."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select

from sayso.engine import Engine
from sayso.ledger import Ledger, tables
from sayso.ledger.add import Outcome
from sayso.reading import Reading
from tests.ready import Ready, read
from tests.test_copies import report

ROOT = Path(__file__).parents[1]
TEXT = "Ilse Tamarind said that the dam was closed. Odile Varrin said that it was not."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twelve reports, of which the last is a copy of the first to the letter."""
    made = tmp_path / "reports"
    made.mkdir()
    for number in range(11):
        (made / f"{number:02}.txt").write_text(f"{TEXT} Salim Dravek said that wagon {number} was the last of them.")
    (made / "11.txt").write_text((made / "00.txt").read_text())
    (made / "11.json").write_text('{"outlet": "Ridge Voice", "published": "2031-03-12"}')
    return made


def paths(ledger: Ledger) -> list[str]:
    return [Path(entry.path or "").name for entry in ledger.documents()]


def is_whole(ledger: Ledger) -> None:
    """Every document there has its reading and its rows."""
    for entry in ledger.documents():
        reading = ledger.reading(entry.key)
        assert reading == read(reading.document)
        with ledger.reads() as connection:
            for table, many in ((tables.attributions, reading.attributions), (tables.voices, reading.voices)):
                there = select(func.count()).select_from(table).where(table.c.document == entry.read_as)
                assert connection.execute(there).scalar_one() == len(many)


def test_adding_twice_adds_once(ledger: Ledger, folder: Path) -> None:
    engine, heard = Ready(), list[Outcome]()
    done = ledger.add([folder], engine=engine, told=heard.append)
    assert (done.added, done.copies, done.there, done.unreadable) == (11, 1, 0, [])
    assert sorted((outcome.source, outcome.sources) for outcome in heard) == [(n, 12) for n in range(12)]
    assert len(engine.texts) == 11
    is_whole(ledger)
    again = ledger.add([folder, folder / "03.txt"], engine=engine)
    assert (again.added, again.copies, again.there) == (0, 0, 13)
    assert len(engine.texts) == 11
    assert len(paths(ledger)) == 12


def test_an_exact_copy_is_linked_and_has_what_is_known_of_it(ledger: Ledger, folder: Path) -> None:
    ledger.add([folder], engine=Ready())
    (copy,) = (entry for entry in ledger.documents() if entry.copy_of is not None)
    assert (copy.outlet, copy.copy_of, copy.alike, copy.read_as) == ("Ridge Voice", 1, 1.0, 1)
    reading = ledger.reading(copy.key)
    assert (reading.document.outlet, reading.document.published) == ("Ridge Voice", "2031-03-12")
    assert reading.attributions == ledger.reading(1).attributions
    with ledger.reads() as connection:
        documents = tables.documents
        assert connection.execute(select(documents.c.text).where(documents.c.key == copy.key)).scalar_one() is None
    assert [found.document.path for found in ledger.readings()] == [str(folder / f"{n:02}.txt") for n in range(11)]


def test_near_copies_are_linked_and_read_if_they_say_something_new(ledger: Ledger, tmp_path: Path) -> None:
    said = ["Ilse Tamarind said that the dam was closed.", *report(5)]
    for name, sentences in (
        ("a", said),
        ("b", said[:38]),
        ("c", [*said, "Odile Varrin said that it was not closed at all."]),
    ):
        (tmp_path / f"{name}.txt").write_text(" ".join(sentences))
    engine = Ready()
    done = ledger.add([tmp_path / f"{name}.txt" for name in "abc"], engine=engine)
    assert (done.added, done.copies) == (2, 1)
    original, shorter, longer = ledger.documents()
    assert (original.copy_of, shorter.copy_of, longer.copy_of) == (None, original.key, original.key)
    assert (shorter.read_as, longer.read_as) == (original.key, longer.key)
    assert ledger.reading(shorter.key) == ledger.reading(original.key)
    assert len(ledger.reading(longer.key).attributions) == 2


def test_copies_that_are_read_at_the_same_time_are_not_kept_twice(ledger: Ledger, tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(TEXT)
        (tmp_path / f"{name}.json").write_text(f'{{"outlet": "{name} Wire"}}')
    engine = Ready()
    done = ledger.add([tmp_path / "a.txt", tmp_path / "b.txt"], engine=engine)
    assert len(engine.texts) == 2
    assert (done.added, done.copies) == (1, 1)
    assert [(entry.outlet, entry.read_as) for entry in ledger.documents()] == [("a Wire", 1), ("b Wire", 1)]


def test_the_same_text_elsewhere_is_another_document(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    for known in ({}, {"outlet": "Harbour Wire"}, {"url": "https://a.example/1"}, {"url": "https://a.example/2"}, {}):
        ledger.add([path], engine=Ready(), **known)
    assert [entry.copy_of for entry in ledger.documents()] == [None, 1, 1, 1]


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(ledger: Ledger, folder: Path) -> None:
    (folder / "05.txt").write_bytes(b"\x00\xff\x00")
    done = ledger.add([folder, folder / "nothing.txt"], engine=Ready())
    assert (done.added, done.copies) == (10, 1)
    assert [Path(error.source).name for error in done.unreadable] == ["05.txt", "nothing.txt"]


def test_no_engine_is_made_for_nothing(ledger: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.add([folder], engine=Ready())

    def none(*_: object, **__: object) -> Engine:
        raise AssertionError

    monkeypatch.setattr("sayso.engine.Engine", none)
    assert ledger.add([folder]).there == 12


def test_update_reads_again_what_an_older_model_read(ledger: Ledger, folder: Path) -> None:
    ledger.add([folder], engine=Ready("en_v0"))
    with ledger.writes() as connection:
        connection.execute(delete(tables.vectors))
    assert ledger.add([folder], engine=Ready("en_v2")).there == 12
    assert {entry.model for entry in ledger.documents()} == {"en_v0"}
    assert ledger.add([folder / "02.txt"], update=True, engine=Ready("en_v2")).updated == 1
    done = ledger.add(update=True, engine=Ready("en_v2"))
    assert (done.updated, done.added, done.there) == (10, 0, 0)
    assert {entry.model for entry in ledger.documents()} == {"en_v2"}
    assert len(paths(ledger)) == 12
    is_whole(ledger)
    engine = Ready("en_v2")
    assert ledger.add([folder], update=True, engine=engine).there == 12
    assert engine.texts == []


def test_update_keeps_the_old_reading_until_the_new_one_is_there(ledger: Ledger, folder: Path) -> None:
    ledger.add([folder], engine=Ready("en_v0"))

    class Broken(Ready):
        def read_many(self, reports):  # type: ignore[no-untyped-def]
            for number, reading in enumerate(super().read_many(reports)):
                if number == 4:
                    raise KeyboardInterrupt
                yield reading

    with pytest.raises(KeyboardInterrupt):
        ledger.add(update=True, engine=Broken("en_v2"))
    models = [ledger.reading(entry.key).model for entry in ledger.documents() if entry.read_as == entry.key]
    assert models == ["en_v2"] * 4 + ["en_v0"] * 7


def test_update_takes_what_is_known_now(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    ledger.add([path], engine=Ready())
    done = ledger.add([path], update=True, engine=Ready(), outlet="Harbour Wire", published="2031-03-12")
    assert done.updated == 1
    (entry,) = ledger.documents()
    assert (entry.outlet, entry.published) == ("Harbour Wire", "2031-03-12")
    assert ledger.reading(entry.key).document.outlet == "Harbour Wire"
    assert ledger.add([path], engine=Ready(), outlet="Harbour Wire", published="2031-03-12").there == 1


def test_memory_does_not_grow_with_what_waits(ledger: Ledger, folder: Path) -> None:
    """What is taken in ahead is bounded by the engine, what is told is not kept."""
    waiting = list[int]()

    class Slow(Ready):
        def read_many(self, reports):  # type: ignore[no-untyped-def]
            for number, reading in enumerate(super().read_many(reports)):
                waiting.append(len(self.texts) - number)
                yield reading

    ledger.add([folder], engine=Slow())
    assert max(waiting) <= 4


ADDING = """
import sys
from sayso.ledger import Ledger
from tests.ready import Ready
with Ledger(sys.argv[1]) as ledger:
    print("open", flush=True)
    done = ledger.add(sys.argv[2:], engine=Ready())
    print(done.added, done.copies, done.there, flush=True)
"""


def adding(address: str, *sources: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", ADDING, address, *map(str, sources)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=ROOT,
    )


def many(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        text = f"Salim Dravek said that barge {number} was the last. {' '.join(report(number, 20))}"
        (folder / f"{number:03}.txt").write_text(text)
    return folder


def test_killed_at_any_point_nothing_is_half_there_and_adding_again_completes(address: str, tmp_path: Path) -> None:
    folder, rng, seen = many(tmp_path / "reports", 40), random.Random(1), 0
    for _ in range(5):
        with adding(address, folder) as running:
            assert running.stdout is not None
            if running.stdout.readline():
                time.sleep(rng.uniform(0, 0.3))
            running.send_signal(signal.SIGKILL)
            running.wait()
        with Ledger(address) as ledger:
            is_whole(ledger)
            there = paths(ledger)
            assert there == [f"{number:03}.txt" for number in range(len(there))]
            assert len(there) >= seen
            seen = len(there)
            if not address.startswith("postgresql"):
                with ledger.reads() as connection:
                    assert connection.exec_driver_sql("PRAGMA quick_check").scalar_one() == "ok"
                    assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    with Ledger(address) as ledger:
        done = ledger.add([folder], engine=Ready())
        assert (done.added, done.there) == (40 - seen, seen)
        is_whole(ledger)


def test_two_adds_at_once_both_succeed(address: str, tmp_path: Path) -> None:
    one, other = many(tmp_path / "one", 15), many(tmp_path / "other", 25)
    with adding(address, one, other) as first, adding(address, other, one) as second:
        said = [running.communicate(timeout=300) for running in (first, second)]
    assert [(first.returncode, said[0][1]), (second.returncode, said[1][1])] == [(0, "")] * 2
    added = [list(map(int, out.split()[1:])) for out, _ in said]
    assert sum(counts[0] for counts in added) == 25
    with Ledger(address) as ledger:
        is_whole(ledger)
        assert len({reading.document.id for reading in ledger.readings()}) == 25
        assert len([*ledger.readings()]) == 25


def test_the_engine_itself(ledger: Ledger, engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The mayor said that the bridge was closed. “Nobody may cross,” she told Radio Lissar.")
    ledger.add([path], engine=engine, published="2031-03-12")
    (reading,) = ledger.readings()
    expected: Reading = engine.read(reading.document)
    assert reading == expected
    assert reading.attributions
