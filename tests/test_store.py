"""What goes into a ledger comes out as it was, and lies in rows that say the same."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import delete, func, select, text

from sayso.documents import text_id
from sayso.errors import InvalidReading, NotInLedger
from sayso.intake.loaded import Made
from sayso.ledger import Ledger, store, tables
from sayso.ledger.rows import MADE
from sayso.reading import Reading
from tests.readings import marked, readings_with_voices, with_facts, with_voices
from tests.ready import read

DAM = with_facts(
    with_voices(
        marked(
            "{what1 The dam at Port Aurel held on 7 March}, {who1 engineer Ilse Tamarind} {how1 said}. {who2 She} "
            "{how2 told} the Courier that {what2 {who3 two guards} {how3 had warned} {what3 40 families}}.",
            outlet="Harbour Wire",
            published="2031-03-08",
        ),
        ("Ilse Tamarind", "person", "a1 a2"),
        ("two guards", "unnamed", "a3"),
    ),
    times={"7 March": "2031-03-07"},
    places={"Port Aurel": "town"},
    quantities={"40 families": 40},
)


def genuine(reading: Reading) -> Reading:
    """The same with the id that its text gives it."""
    return replace(reading, document=replace(reading.document, id=text_id(reading.document.text)))


def every(ledger: Ledger, *columns: Any) -> list[tuple[Any, ...]]:
    """All rows of these columns, in their order."""
    with ledger.reads() as connection:
        return [tuple(row) for row in connection.execute(select(*columns).order_by(*columns))]


def test_a_reading_lies_in_rows(ledger: Ledger) -> None:
    key = ledger.keep(genuine(DAM))
    a, v = tables.attributions.c, tables.voices.c
    assert every(ledger, a.document, a.id, a.source, a.cue, a.content, a.voice) == [
        (key, "a1", "engineer Ilse Tamarind", "said", "The dam at Port Aurel held on 7 March", "v1"),
        (key, "a2", "She", "told", "two guards had warned 40 families", "v1"),
        (key, "a3", "two guards", "had warned", "40 families", "v2"),
    ]
    assert every(ledger, v.id, v.name, v.type, v.identity, v.link_rule) == [
        ("v1", "Ilse Tamarind", "person", "person:ilse tamarind", "full name"),
        ("v2", "two guards", "unnamed", None, None),
    ]
    assert every(ledger, tables.times.c.words, tables.times.c.value) == [("7 March", "2031-03-07")]
    assert every(ledger, tables.places.c.words, tables.places.c.feature) == [("Port Aurel", "town")]
    assert every(ledger, tables.quantities.c.words, tables.quantities.c.low) == [("40 families", 40)]
    assert every(ledger, tables.mentions.c.voice, tables.mentions.c.words) == [
        ("v1", "She"),
        ("v1", "engineer Ilse Tamarind"),
        ("v2", "two guards"),
    ]


def test_spans_in_rows_are_places_in_the_text(ledger: Ledger) -> None:
    ledger.keep(genuine(DAM))
    with ledger.reads() as connection:
        for table in ("mentions", "times", "places", "quantities"):
            words = f"SELECT words, substr(text, start + 1, stop - start) FROM {table} JOIN documents ON document = key"
            assert all(said == there for said, there in connection.execute(text(words)))
    assert every(ledger, tables.attributions.c.content_spans, tables.attributions.c.start)[0] == ([[0, 37]], 0)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reading=readings_with_voices())
def test_any_reading_comes_back_equal(ledger: Ledger, reading: Reading) -> None:
    with ledger.writes() as connection:
        connection.execute(delete(tables.documents))
    reading = genuine(reading)
    key = ledger.keep(reading)
    assert ledger.reading(key) == reading
    assert ledger.reading(reading.document.id) == reading
    assert list(ledger.readings()) == [reading]
    with ledger.reads() as connection:
        counts = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in MADE
        }
    assert counts == {
        **{name: len(getattr(reading, name)) for name in counts if hasattr(reading, name)},
        "roles": sum(len(voice.roles) for voice in reading.voices),
        "via": sum(len(a.via) for a in reading.attributions),
        "names": sum(len(entity.names) for entity in reading.entities),
        "mentions": sum(len(who.mentions) for who in (*reading.voices, *reading.entities)),
    }


def test_what_a_database_cannot_hold_is_kept_all_the_same(ledger: Ledger) -> None:
    broken = read(
        "The clerk\0s file held \ud83d\ude00. Ilse Tamarind said \ud800 was lost.",
        title="Lost\0",
        url="https://a.example/\0",
    )
    key = ledger.keep(broken)
    assert ledger.reading(key) == broken
    assert every(ledger, tables.attributions.c.content) == [("\ufffd was lost",)]
    assert len(every(ledger, tables.documents.c.text)[0][0]) == len(broken.document.text)


def test_how_a_text_was_made_is_kept(ledger: Ledger) -> None:
    made = Made("pdfium", "4.30", "sha256:ab", "application/pdf", (("columns", "2"),), "article 3", (0, 12))
    ledger.keep(read("Ilse Tamarind said the dam held."), made)
    d = tables.documents.c
    kept = (d.extractor, d.extractor_version, d.original, d.media_type, d.extractor_options, d.place, d.pages)
    assert every(ledger, *kept) == [
        ("pdfium", "4.30", "sha256:ab", "application/pdf", {"columns": "2"}, "article 3", [0, 12])
    ]


def test_a_reading_takes_the_place_of_an_older_one(ledger: Ledger) -> None:
    text = "Ilse Tamarind said the dam held. Odile Varrin said it leaked."
    old = ledger.keep(replace(read(text, "en_v0"), attributions=(), voices=(), entities=()))
    assert every(ledger, tables.attributions.c.id) == []
    assert ledger.keep(read(text)) == old
    assert [entry.model for entry in ledger.documents()] == ["en_v2"]
    assert every(ledger, tables.attributions.c.id) == [("a1",), ("a2",)]


def test_what_a_person_made_of_a_reading_stays_beside_what_the_engine_said(ledger: Ledger) -> None:
    text = "Ilse Tamarind said the dam held. Odile Varrin said it leaked."
    engine = read(text)
    mine = replace(engine, attributions=engine.attributions[:1])
    key = ledger.keep(engine)
    assert ledger.correct(mine, by="Noor") == key
    assert ledger.reading(key) == mine
    assert ledger.reading(key, corrected=False) == engine
    assert every(ledger, tables.attributions.c.id) == [("a1",)]
    ledger.keep(read(text, "en_v2"))
    assert ledger.reading(key) == mine
    assert ledger.reading(key, corrected=False).model == "en_v2"
    assert every(ledger, tables.attributions.c.id) == [("a1",)]
    assert every(ledger, tables.readings.c.corrected, tables.readings.c.made_by) == [(False, None), (True, "Noor")]


def test_full_text_is_found_in_any_case_and_without_accents(ledger: Ledger) -> None:
    ledger.keep(read("Ílse Tamarind said the café’s dam held. Nothing leaked.", title="A Dam at Lyth"))
    ledger.keep(read("Odile Varrin said the ferry sank."))
    if _dialect(ledger) == "sqlite":
        found = "SELECT rowid FROM document_words WHERE document_words MATCH :words"
        said = (
            "SELECT document FROM content_words w JOIN attributions a ON a.key = w.rowid"
            " WHERE content_words MATCH :words"
        )
    else:
        query = "to_tsquery('simple', sayso_folded(:words))"
        found = f"SELECT document FROM document_words WHERE words @@ {query}"
        said = f"SELECT document FROM content_words JOIN attributions a ON a.key = attribution WHERE words @@ {query}"
    with ledger.reads() as connection:
        for sql, words, there in (
            (found, "CAFE", [1]),
            (found, "lyth", [1]),
            (found, "ferry", [2]),
            (said, "cafe", [1]),
            (said, "leaked", []),
        ):
            assert list(connection.execute(text(sql), {"words": words}).scalars()) == there, words
    with ledger.writes() as connection:
        connection.execute(delete(tables.documents).where(tables.documents.c.key == 1))
    with ledger.reads() as connection:
        assert list(connection.execute(text(found), {"words": "cafe"}).scalars()) == []
        assert list(connection.execute(text(said), {"words": "cafe"}).scalars()) == []


def test_a_long_text_is_indexed_to_its_end(ledger: Ledger) -> None:
    ledger.keep(read("Ilse Tamarind said so. " + "The ferry sank slowly. " * 60_000 + "Nobody saw the zeppelin."))
    words = (
        "SELECT rowid FROM document_words WHERE document_words MATCH 'zeppelin'"
        if _dialect(ledger) == "sqlite"
        else "SELECT DISTINCT document FROM document_words WHERE words @@ to_tsquery('simple', 'zeppelin')"
    )
    with ledger.reads() as connection:
        assert len(connection.execute(text(words)).all()) == 1


def test_a_report_with_more_voices_than_a_question_takes(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.ledger.links._MOST", 2)
    said = " ".join(f"Ilse No{number} said that barge {number} sank." for number in range(7))
    for words in (said, f"{said} Odile Varrin said so."):
        ledger.keep(read(words))
    v = tables.voices.c
    speakers = [speaker for _, speaker in every(ledger, v.document, v.speaker)]
    assert (len(speakers), len(set(speakers))) == (15, 8)


def test_what_is_no_reading_of_the_text_is_refused(ledger: Ledger) -> None:
    with pytest.raises(InvalidReading, match="id is not that of its text"):
        ledger.keep(DAM)
    with pytest.raises(NotInLedger, match="no document"):
        ledger.correct(genuine(DAM))
    with pytest.raises(NotInLedger, match="no document 7"):
        ledger.reading(7)


def test_documents_are_listed_in_the_order_they_came(ledger: Ledger) -> None:
    keys = [ledger.keep(read(f"Ilse Tamarind said wagon {n} was late.", outlet="Harbour Wire")) for n in range(110)]
    assert [entry.key for entry in ledger.documents()] == keys
    assert len({reading.document.id for reading in ledger.readings()}) == 110


def test_a_transaction_that_fails_leaves_nothing(ledger: Ledger) -> None:
    reading = read("Ilse Tamarind said the dam held.")
    with suppress(KeyboardInterrupt), ledger.writes() as connection:
        key = store.put_document(connection, reading.document, None, None, [])
        store.put_reading(connection, key, reading)
        raise KeyboardInterrupt
    assert list(ledger.documents()) == []
    assert every(ledger, tables.attributions.c.id) == []


def _dialect(ledger: Ledger) -> str:
    with ledger.reads() as connection:
        return connection.dialect.name
