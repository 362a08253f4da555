"""The flat table: CSV and Parquet hold the same rows, which every reader of either takes."""

from __future__ import annotations

import csv
import io

import pyarrow.parquet
from hypothesis import given

from sayso.export import attributions, parquet
from sayso.reading import Reading
from tests.exchanged import dam
from tests.readings import marked, quick, readings_with_voices


def read_csv(*readings: Reading) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(attributions.texts(readings)), newline="")))


def read_parquet(*readings: Reading) -> list[dict[str, object]]:
    stream = io.BytesIO()
    parquet.write(readings, stream)
    rows: list[dict[str, object]] = pyarrow.parquet.read_table(io.BytesIO(stream.getvalue())).to_pylist()
    return rows


def test_csv() -> None:
    first, second, _ = read_csv(dam())
    assert first == {
        "document": dam().document.id,
        "title": "Dam will hold, says board",
        "outlet": "Harbour Wire",
        "published": "2031-03-07T18:30:00+02:00",
        "url": "https://harbourwire.example/2031/dam?p=ä b",
        "attribution": "a1",
        "source": "Ilse Tamarind",
        "cue": "said",
        "content": "“There is no crack,” […] “and there  was none.”",
        "kind": "direct",
        "stance": "asserts",
        "hedged": "",
        "negated": "",
        "voice": "Ilse Tamarind",
        "voice_type": "person",
        "roles": "",
        "via": "",
        "chain": "Harbour Wire ← Ilse Tamarind",
        "parent": "",
        "score": "0.9",
        "voice_score": "",
        "source_spans": "23-36",
        "cue_spans": "37-41",
        "content_spans": "2-22;43-65",
        "model": "test_v0",
    }
    assert (second["via"], second["chain"]) == ("Radio Velmoor", "Harbour Wire ← Radio Velmoor ← valley council")


def test_parquet() -> None:
    first, second, _ = read_parquet(dam())
    assert first["content"] == "“There is no crack,” […] “and there\n\nwas none.”"
    assert first["content_spans"] == [{"start": 2, "end": 22}, {"start": 43, "end": 65}]
    assert second["chain"] == ["Harbour Wire", "Radio Velmoor", "valley council"]
    assert second["voice_score"] is None
    assert list(first) == list(attributions.COLUMNS)


def test_a_cell_that_would_be_a_formula_is_none() -> None:
    (row,) = read_csv(marked('{who1 =HYPERLINK("x")} {how1 said} {what1 -1}', title="+1"))
    assert (row["source"], row["content"], row["title"]) == ('\'=HYPERLINK("x")', "'-1", "'+1")


def test_no_reading_is_a_table_without_rows() -> None:
    assert read_csv() == []
    assert read_parquet() == []


@quick
@given(readings_with_voices())
def test_any_reading_is_a_row_an_attribution(reading: Reading) -> None:
    ids = [attribution.id for attribution in reading.attributions]
    assert [row["attribution"] for row in read_csv(reading)] == ids
    assert [row["attribution"] for row in read_parquet(reading)] == ids
    "".join(attributions.texts([reading])).encode("utf-8")
