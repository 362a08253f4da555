"""The facts for a spreadsheet: what a reader of CSV gets back, and that nothing in it is obeyed."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest
from hypothesis import given

from sayso.export.csv import COLUMNS, rows
from sayso.reading import Reading
from sayso.types import Attribution, Document, Quantity, Span
from tests.readings import marked, quick, readings_with_voices, with_facts, with_voices

BARGES = with_facts(
    with_voices(
        marked(
            "Two barges sank off Vessport, or in Ostravia, on Friday.\n\n{who1 Odile Varrin, of the board,} "
            "{how1 said} {what1 “fourteen, or 15, were on board, and\tthat\r\nis all”}.",
            title="Barges “sink”, says board",
            outlet="Harbour Wire",
            published="2031-03-08",
        ),
        ("Odile Varrin", "person", "a1"),
    ),
    times={"Friday": "2031-03-07"},
    places={"Vessport": "town", "Ostravia": "country"},
    quantities={"Two": 2, "fourteen": 14, "15": 15.5},
)
READING = replace(
    BARGES, attributions=(replace(BARGES.attributions[0], stance="asserts", hedged=(Span(0, 3), Span(11, 15))),)
)


def table(reading: Reading) -> list[dict[str, str]]:
    """The rows as a reader of CSV gets them, by column."""
    return list(csv.DictReader(io.StringIO(rows(reading), newline=""), strict=True))


def test_every_cell() -> None:
    first, second = table(READING)
    assert first == {
        "report": "Barges “sink”, says board",
        "outlet": "Harbour Wire",
        "published": "2031-03-08",
        "paragraph": "1",
        "start": "0",
        "end": "56",
        "statement": "Two barges sank off Vessport, or in Ostravia, on Friday.",
        "on_whose_word": "the report’s own voice",
        "source": "",
        "stance": "",
        "hedged": "",
        "when": "2031-03-07",
        "where": "Vessport (XV); Ostravia",
        "countries": "XV; XV",
        "coordinates": "-12.5 41.0; -12.5 41.0",
        "how_many": "Two",
        "low": "2",
        "high": "2",
        "unit": "person",
    }
    assert second["on_whose_word"] == "Harbour Wire ← Odile Varrin · hedged"
    assert second["source"] == "Odile Varrin, of the board,"
    assert second["stance"] == "asserts"
    assert second["hedged"] == "Two; sank"
    assert (second["paragraph"], second["how_many"], second["low"]) == ("2", "fourteen; 15", "14; 15.5")


def test_the_form_is_that_of_rfc_4180() -> None:
    written = rows(READING)
    assert written.startswith("report,outlet,published,paragraph,start,end,statement,")
    assert written.endswith("\r\n")
    assert written.count("\r\n") == 3 == written.count("\n") == written.count("\r")
    assert '"Two barges sank off Vessport, or in Ostravia, on Friday."' in written


def test_a_quotation_mark_in_the_text_is_doubled() -> None:
    reading = with_facts(marked('Two "old" barges, no more.'), quantities={"Two": 2})
    assert '"Two ""old"" barges, no more."' in rows(reading)
    assert table(reading)[0]["statement"] == 'Two "old" barges, no more.'


def test_line_ends_in_the_text_end_no_row() -> None:
    text = "Nine\r\nsank\non Friday.\n"
    said = Attribution("a1", (), (), (Span(0, 21),), "direct", 0.9)
    nine = Quantity(Span(0, 21), 9, 9, False, None, None, 0.9, attribution="a1")
    reading = Reading(Document("sha256:0", text, title="a\nb"), "test_v0", (said,), quantities=(nine,))
    (row,) = table(reading)
    assert "\n" not in "".join(row.values())
    assert row["report"] == "a b"
    assert row["how_many"] == "Nine sank on Friday."


def test_nothing_to_check_is_a_head_alone() -> None:
    assert rows(marked("Nobody knows why.")) == ",".join(COLUMNS) + "\r\n"


@pytest.mark.parametrize("opening", ["=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "\xa0="])
def test_no_cell_of_a_strangers_words_is_a_formula(opening: str) -> None:
    formula = f"{opening}HYPERLINK(“http://evil.example”;9)"
    reading = with_facts(
        with_voices(
            marked(
                f"{{who1 {formula}}} {{how1 said}} {{what1 {formula}}} on Friday.",
                title=formula,
                outlet=formula,
                published=formula,
            ),
            (formula, "person", "a1"),
        ),
        quantities={"9": 9},
    )
    where = reading.document.text.rindex(formula)
    span = Span(where, where + len(formula))
    reading = replace(reading, quantities=(replace(reading.quantities[0], span=span, unit=formula, attribution="a1"),))
    (row,) = table(reading)
    for column in ("report", "outlet", "published", "statement", "on_whose_word", "source", "how_many", "unit"):
        assert row[column].startswith(("'=", "'+", "'-", "'@", "␉=")), column
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in row.values())


@pytest.mark.parametrize(
    ("number", "shown"),
    [(1234567.0, "1234567"), (2.0**53, "9007199254740992"), (0.1, "0.1"), (-40.0, "-40"), (0.0, "0"), (12, "12")],
)
def test_numbers_keep_all_their_digits_and_their_sign(number: float, shown: str) -> None:
    (row,) = table(with_facts(marked("It is so cold."), quantities={"cold": number}))
    assert (row["low"], row["high"]) == (shown, shown)


def test_an_open_end_is_an_empty_place_among_the_others() -> None:
    reading = with_facts(marked("Two fell, at least Nine rose."), quantities={"Two": 2, "at least Nine": 9})
    two, nine = reading.quantities
    (row,) = table(replace(reading, quantities=(two, replace(nine, high=None, unit=None))))
    assert (row["low"], row["high"], row["unit"]) == ("2; 9", "2; ", "person; ")


def test_half_a_pair_and_an_escape_can_be_written() -> None:
    reading = with_facts(marked("Nine \ud800 fell \x1b[1m there."), quantities={"Nine": 9})
    (row,) = table(reading)
    assert row["statement"] == "Nine \ufffd fell ␛[1m there."


@quick
@given(readings_with_voices())
def test_any_reading_comes_back_from_a_reader_of_csv(reading: Reading) -> None:
    written = rows(reading)
    written.encode("utf-8")
    back = table(reading)
    found = reading.facts()
    assert [(int(row["start"]), int(row["end"])) for row in back] == [fact.statement for fact in found]
    for row, fact in zip(back, found, strict=True):
        assert set(row) == set(COLUMNS)
        assert not any(re.match(r"[=+@\t\r\n]|-(?!\d)", cell) for cell in row.values())
        lows = row["low"].split("; ") if fact.quantities else []
        assert [float(low) if low else None for low in lows] == [quantity.low for quantity in fact.quantities]
        assert len(row["coordinates"].split("; ")) == max(1, len(fact.places))
