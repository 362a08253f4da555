"""Tables in a terminal, and in the formats that programs read."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from sayso.export.tables import FORMATS, as_csv, as_json
from sayso.ledger.table import Column, Table, limited
from sayso.render.table import plain, render
from tests.readings import quick

VOICES = Table(
    (
        Column("voice"),
        Column("said", "number"),
        Column("direct", "share"),
        Column("last", "date"),
        Column("known_by", where="wide"),
    ),
    (
        ("Ilse Tamarind", 1204, 0.5, "2031-03-07T10:00:00+02:00", "full name"),
        ("漢字新聞社", 3, 0.004, None, "outlet"),
    ),
    "2 are shown, there are more: --limit",
)

FOUND = Table(
    (
        Column("published", "date", head="date"),
        Column("chain", "names", head="who says so"),
        Column("judges", "flag"),
        Column("content", where="below"),
        Column("hits", "spans", "hidden"),
        Column("title", where="under"),
        Column("copies", "copies", "under"),
    ),
    (
        (
            "2031-03-07",
            ("Radio Lissar", "Ilse Tamarind"),
            True,
            "the dam\nwill hold",
            ((4, 7), (13, 17)),
            "Dam holds",
            2,
        ),
        (None, (), False, "=HYPERLINK(1)", (), None, 0),
    ),
)


def test_columns_are_as_wide_as_they_need() -> None:
    assert plain(VOICES, 80) == "\n".join(
        (
            "voice           said  direct  last        known by",
            "───────────────────────────────────────────────────",
            "Ilse Tamarind  1,204     50%  2031-03-07  full name",
            "漢字新聞社         3     <1%  –           outlet",
            "",
            "2 are shown, there are more: --limit",
        )
    )


def test_what_there_is_no_room_for_goes_first() -> None:
    assert "known by" not in plain(VOICES, 46)
    assert "Ilse Tamarind" in plain(VOICES, 46)
    assert plain(VOICES, 30).splitlines()[1:3] == ["voice: Ilse Tamarind", "said: 1,204"]


def test_what_was_found_stands_below() -> None:
    assert plain(FOUND, 60) == "\n".join(
        (
            "    date        who says so                   judges",
            "────────────────────────────────────────────────────────────",
            " 1  2031-03-07  Radio Lissar ← Ilse Tamarind  ◆",
            "    the *dam* will *hold*",
            "    Dam holds · also in 2 copies",
            "",
            " 2  –           –",
            "    =HYPERLINK(1)",
        )
    )


def test_hits_are_marked_by_style_where_there_is_colour() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=80, color_system="standard")
    render(FOUND, console)
    printed = console.file.getvalue()  # type: ignore[attr-defined]
    assert "*dam*" not in printed
    assert "\x1b[1;4mdam\x1b[0m" in printed


def test_of_a_long_content_the_part_with_the_hit_is_shown() -> None:
    content = "word " * 400 + "spillway " + "word " * 400
    table = Table(FOUND.columns, ((None, (), False, content, ((2000, 2008),), None, 0),))
    shown = " ".join(plain(table, 80).split())
    assert "… word" in shown
    assert "*spillway*" in shown
    assert shown.endswith("word …")
    assert len(shown) < 900


def test_csv_json_and_records() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(FOUND).decode(), newline="")))
    assert rows[0]["chain"] == "Radio Lissar ← Ilse Tamarind"
    assert (rows[0]["hits"], rows[0]["judges"], rows[0]["copies"]) == ("4-7;13-17", "true", "2")
    assert (rows[1]["content"], rows[1]["published"]) == ("'=HYPERLINK(1)", "")
    assert json.loads(as_json(FOUND))[0]["content"] == "the dam\nwill hold"
    assert json.loads(as_json(Table(FOUND.columns, ()))) == []
    assert [record["copies"] for record in FOUND.records()] == [2, 0]
    assert FOUND.column("title") == ("Dam holds", None)
    with pytest.raises(KeyError):
        FOUND.column("nothing")


def test_parquet() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    read = parquet.read_table(io.BytesIO(FORMATS["parquet"](FOUND))).to_pylist()
    assert read[0]["chain"] == ["Radio Lissar", "Ilse Tamarind"]
    assert read[0]["hits"] == [[4, 7], [13, 17]]
    assert read[1]["title"] is None
    assert parquet.read_table(io.BytesIO(FORMATS["parquet"](Table(FOUND.columns, ())))).num_rows == 0


def test_frames() -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    assert list(VOICES.to_pandas()["said"]) == [1204, 3]
    frame = FOUND.to_polars()
    assert frame["chain"].to_list() == [["Radio Lissar", "Ilse Tamarind"], []]
    assert frame["judges"].to_list() == [True, False]
    assert Table(FOUND.columns, ()).to_polars().columns == [column.name for column in FOUND.columns]


def test_limited_says_that_there_is_more() -> None:
    assert limited(VOICES.columns, VOICES.rows, 1, "none").rows == VOICES.rows[:1]
    assert limited(VOICES.columns, VOICES.rows, 2, "none").note == ""
    assert limited(VOICES.columns, (), 2, "none").note == "none"


words = st.text(max_size=30) | st.none()


@quick
@given(
    st.lists(st.tuples(words, st.lists(st.text(max_size=9), max_size=3).map(tuple), st.booleans(), st.text(max_size=90),
                       st.just(()), words, st.integers(0, 3)), max_size=4),
    st.integers(30, 140),
)  # fmt: skip
def test_no_line_is_too_wide_and_nothing_reaches_the_terminal(rows: list[tuple[object, ...]], width: int) -> None:
    table = Table(FOUND.columns, tuple(rows), "Nothing." if not rows else "")
    for line in plain(table, width).split("\n"):
        assert cell_len(line) <= width
        assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for character in line)
    assert len(list(csv.reader(io.StringIO(as_csv(table).decode(), newline="")))) == len(rows) + 1
    assert len(json.loads(as_json(table))) == len(rows)
