"""Voices, outlets, sourcing, names: what the questions answer, on SQLite and on PostgreSQL."""

from __future__ import annotations

import pytest

from sayso.ledger import Ledger
from sayso.ledger.called import names
from sayso.ledger.filters import Filters
from sayso.ledger.outlets import outlets
from sayso.ledger.sourcing import sourcing
from sayso.ledger.voices import BY_NAME, voices
from sayso.render.labels import ITSELF
from tests.desk import HELD, filled, reading


@pytest.fixture
def desk(ledger: Ledger) -> Ledger:
    return filled(ledger)


def test_who_has_no_name_is_another_in_each_report(ledger: Ledger) -> None:
    for outlet in ("Ildag", "Ridge Voice"):
        ledger.keep(
            reading(
                f"{{who1 The company}} {{how1 said}} {{what1 {outlet} erred}}. "
                "{who2 Kest Lines} {how2 said} {what2 it did}.",
                [("company", "organisation", "a1"), ("Kest Lines", "group", "a2")],
                outlet=outlet,
            )
        )
    rows = [(row["voice"], row["reports"]) for row in ledger.voices().records()]
    assert sorted(rows) == [("Kest Lines", 2), ("company", 1), ("company", 1)]


def test_voices(desk: Ledger) -> None:
    with desk.reads() as connection:
        table = voices(connection)
        rows = {row["voice"]: row for row in table.records()}
        assert list(table.column("attributions")) == sorted(table.column("attributions"), reverse=True)
        # In the report, its near copy, and another report; the exact copy adds an outlet, and nothing that is said.
        tamarind = rows["Ilse Tamarind"]
        assert (tamarind["attributions"], tamarind["reports"], tamarind["outlets"]) == (3, 3, 3)
        assert (tamarind["first"], tamarind["last"]) == ("2031-03-07", "2031-03-10")
        assert tamarind["direct"] == pytest.approx(2 / 3)
        assert tamarind["known_by"] == "full name"
        assert rows["two guards"]["known_by"] == BY_NAME
        assert rows["River Board of Lissar"]["denials"] == 2
        unnamed = [*voices(connection, Filters(type="unnamed")).records()]
        assert {(row["type"], row["reports"]) for row in unnamed} == {("unnamed", 1)}
        few = voices(connection, limit=1)
        assert (len(few), few.note) == (1, "1 are shown, there are more: --limit")
        assert voices(connection, Filters(outlet="nowhere")).note.startswith("Nothing found")


def test_voices_that_were_merged_are_one(desk: Ledger) -> None:
    desk.merge("Ilse Tamarind", "Đuro Kesić")
    with desk.reads() as connection:
        table = voices(connection)
        assert table.column("voice").count("Ilse Tamarind") == 1
        assert dict(zip(table.column("voice"), table.column("attributions"), strict=True))["Ilse Tamarind"] == 5
        assert "Đuro Kesić" not in table.column("voice")


def test_outlets(desk: Ledger) -> None:
    with desk.reads() as connection:
        rows = {row["outlet"]: row for row in outlets(connection).records()}
        assert set(rows) == {"Harbour Wire", "Ridge Voice", "Strait Herald"}
        ridge = rows["Ridge Voice"]
        assert (ridge["reports"], ridge["copies"], ridge["attributions"]) == (3, 1, 8)
        assert (ridge["first"], ridge["last"]) == ("2031-03-09T08:30:00+02:00", "2031-04-01")
        assert outlets(connection, Filters(since="2031-04")).column("outlet") == ("Ridge Voice",)
        assert outlets(connection, Filters(until="2030")).note.startswith("No reports found")


def test_sourcing(desk: Ledger) -> None:
    with desk.reads() as connection:
        rows = {row["outlet"]: row for row in sourcing(connection).records()}
    wire, ridge = rows["Harbour Wire"], rows["Ridge Voice"]
    assert (wire["reports"], wire["attributions"], wire["voices_per_report"]) == (1, 3, 3.0)
    assert [wire[name] for name in ("unnamed", "nobody", "direct", "denials")] == [1 / 3, 0, 1 / 3, 1 / 3]
    told = sum(end - start for start, end in HELD.narration)
    assert wire["narration"] == pytest.approx(told / len(HELD.document.text))
    # The copy counts for the outlet that printed it: three reports of three, three and two.
    assert (ridge["reports"], ridge["attributions"]) == (3, 8)
    assert (ridge["unnamed"], ridge["nobody"]) == (2 / 8, 1 / 8)


def test_names(desk: Ledger) -> None:
    with desk.reads() as connection:
        table = names(connection, "river board of lissar")
        found = {(row["called"], row["by"], row["outlet"], row["loaded"]) for row in table.records()}
        assert found == {
            ("a nest of liars", "Đuro Kesić", "Ridge Voice", True),
            ("a public body", ITSELF, "Ridge Voice", False),
            ("self-styled River Board", ITSELF, "Ridge Voice", True),
        }
        assert table.note == "What River Board of Lissar is called"
        assert set(names(connection, "lissar").column("called")) == {row[0] for row in found}  # in part, if nobody is
        (own,) = names(connection, "river board", Filters(voice="kesic")).records()
        assert (own["called"], own["times"], own["first"]) == ("a nest of liars", 1, "2031-03-09T08:30:00+02:00")
        assert names(connection, "river board", per="month").column("period") == ("2031-03", "2031-03", "2031-04")
        assert len(names(connection, "river board", Filters(since="2031-04"))) == 1
        assert "Try a shorter name" in names(connection, "gods").note


def test_an_empty_ledger(ledger: Ledger) -> None:
    with ledger.reads() as connection:
        for table in (voices(connection), outlets(connection), sourcing(connection), names(connection, "x")):
            assert not table.rows
            assert table.note
