"""Tables (JSON Lines, CSV, Parquet) as documents: columns, dates, what is broken, what is too large."""

from __future__ import annotations

import datetime
import io
import json
import tracemalloc
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import InvalidMetadata, UnreadableSource
from sayso.intake import csv, jsonl, parquet, table
from sayso.intake.columns import Columns, from_words, guessed
from sayso.intake.loaded import Loaded, Made, Metadata, Original

NOTHING = Metadata()
DAM = "The dam above Orvel will hold, the mayor said on Friday. “Nobody here sleeps,” a baker answered."
ARMY = "The army denied that its drones had been near the wool exchange.\nThe council did not."


def read(
    module: ModuleType, data: bytes, known: Metadata = NOTHING, columns: Columns | None = None
) -> list[Loaded | UnreadableSource]:
    original = Original("reports", io.BytesIO(data), "reports")
    return list(module.reports(original, known, columns))


def documents(found: list[Loaded | UnreadableSource]) -> list[Loaded]:
    assert not [str(item) for item in found if isinstance(item, UnreadableSource)]
    return [item for item in found if isinstance(item, Loaded)]


def errors(found: list[Loaded | UnreadableSource]) -> list[str]:
    return [str(item) for item in found if isinstance(item, UnreadableSource)]


def made(item: Loaded) -> Made:
    assert item.made is not None
    return item.made


def as_jsonl(rows: list[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def as_csv(rows: list[dict[str, Any]]) -> bytes:
    from csv import DictWriter

    text = io.StringIO()
    writer = DictWriter(text, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def as_parquet(rows: list[dict[str, Any]], group: int = 2) -> bytes:
    data = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), data, row_group_size=group)
    return data.getvalue()


NO_ROWS = io.BytesIO()
pyarrow.parquet.write_table(pyarrow.table({"text": pyarrow.array([], pyarrow.string())}), NO_ROWS)

KINDS = pytest.mark.parametrize(
    ("module", "write"), [(jsonl, as_jsonl), (csv, as_csv), (parquet, as_parquet)], ids=["jsonl", "csv", "parquet"]
)
Write = Callable[[list[dict[str, Any]]], bytes]


@KINDS
def test_a_row_is_a_report_with_what_is_known_of_it(module: ModuleType, write: Write) -> None:
    rows = [
        {"Headline": "Dam", "Body": DAM, "pub_date": "3/4/2031", "Publisher": "Harbour Wire", "URL": "https://h.example/1",
         "byline": "Nerys Hadoun"},
        {"Headline": "Army", "Body": ARMY, "pub_date": "25/4/2031", "Publisher": "Klaxon", "URL": "", "byline": ""},
        {"Headline": "Cats", "Body": "Cats slept.", "pub_date": "soon", "Publisher": "", "URL": "", "byline": ""},
    ]  # fmt: skip
    first, second, third = documents(read(module, write(rows)))
    document = first.document
    assert (document.text, document.title, document.outlet) == (DAM, "Dam", "Harbour Wire")
    assert (document.author, document.published, document.url) == ("Nerys Hadoun", "2031-04-03", "https://h.example/1")
    assert (second.document.text, second.document.published, second.document.url) == (ARMY, "2031-04-25", None)
    assert "text from “Body”" in first.notes[0]
    assert "title from “Headline”" in first.notes[0]
    assert second.notes == ()
    assert third.document.published is None
    assert "“soon”" in third.notes[0]
    assert len({made(item).original for item in (first, second, third)}) == 3
    assert made(first).place in ("line 1", "row 1")
    assert ("columns.text", "Body") in made(first).options


@KINDS
def test_a_date_that_nothing_settles_is_left_out_with_a_note(module: ModuleType, write: Write) -> None:
    first, second = documents(
        read(module, write([{"text": DAM, "date": "3/4/2031"}, {"text": ARMY, "date": "4/4/2031"}]))
    )
    assert first.document.published is None
    assert any("could be two" in note for note in first.notes)
    assert second.document.published == "2031-04-04"


@KINDS
def test_what_the_user_says_goes_first(module: ModuleType, write: Write) -> None:
    rows = [{"text": DAM, "lead": ARMY, "date": "3/4/2031", "source": "Harbour Wire"}]
    known = Metadata(outlet="Radio Lissar", published="2031-03-07")
    (item,) = documents(read(module, write(rows), known, Columns(text="lead")))
    assert (item.document.text, item.document.outlet, item.document.published) == (ARMY, "Radio Lissar", "2031-03-07")
    assert "text from" not in item.notes[0]


@KINDS
def test_a_table_without_a_text_says_which_columns_it_has(module: ModuleType, write: Write) -> None:
    assert errors(read(module, write([{"id": "1", "name": "dam"}]))) == [
        "reports: none of its columns is known to hold a text, name the one that does (--columns text=NAME); "
        "it has “id”, “name”"
    ]
    (error,) = errors(read(module, write([{"text": DAM}]), NOTHING, Columns(text="boddy")))
    assert "no column “boddy”" in error


@KINDS
def test_the_longest_column_is_the_text_where_no_name_says_so(module: ModuleType, write: Write) -> None:
    (item,) = documents(read(module, write([{"nr": "1", "was": DAM * 5}])))
    assert item.document.text == DAM * 5
    assert "text from “was”" in item.notes[0]


@KINDS
def test_a_row_without_text_is_an_error_and_the_rest_goes_on(module: ModuleType, write: Write) -> None:
    found = read(
        module, write([{"title": "A", "text": DAM}, {"title": "B", "text": " "}, {"title": "C", "text": ARMY}])
    )
    assert [item.document.title for item in found if isinstance(item, Loaded)] == ["A", "C"]
    assert errors(found) in (["reports, line 2: it holds no text"], ["reports, row 2: it holds no text"])


@KINDS
def test_what_is_no_such_file_is_one_error(module: ModuleType, write: Write) -> None:
    for data in (b"", b"\x00\x01\x02\xff" * 900, b"PK\x03\x04" + bytes(500)):
        (error,) = read(module, data)
        assert isinstance(error, UnreadableSource)
        assert error.source == "reports"


@pytest.mark.parametrize(
    ("module", "data"),
    [(csv, b"title,text\n"), (csv, b",,\n\n"), (parquet, NO_ROWS.getvalue())],
)
def test_a_table_without_rows_is_an_error(module: ModuleType, data: bytes) -> None:
    assert len(errors(read(module, data))) == 1


@KINDS
def test_reading_stops_where_the_reader_stops(module: ModuleType, write: Write) -> None:
    stream = io.BytesIO(write([{"text": DAM}, {"text": ARMY}]))
    reports: Iterator[object] = module.reports(Original("reports", stream), NOTHING)
    next(reports)
    del reports
    assert not stream.closed


@KINDS
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_mutated_tables_never_crash(module: ModuleType, write: Write, data: st.DataObject) -> None:
    whole = bytearray(
        write([{"text": DAM, "title": "Dam", "date": "3/4/2031"}, {"text": ARMY, "title": "x", "date": ""}])
    )
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole)))
        whole[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=20))
    for item in read(module, bytes(whole)):
        assert isinstance(item, UnreadableSource) or item.document.text.strip()


# JSON Lines


def test_lines_that_are_no_objects_are_errors_with_their_number() -> None:
    good = json.dumps({"text": DAM}).encode()
    found = read(jsonl, b"\xef\xbb\xbf" + good + b"\n\nnope\n[1]\n" + b"[" * 100_000 + b'\n"\xff"\r\n' + good)
    assert [made(item).place for item in found if isinstance(item, Loaded)] == ["line 1", "line 7"]
    assert [error.partition(": ")[0] for error in errors(found)] == [f"reports, line {n}" for n in (3, 4, 5, 6)]


def test_a_line_that_is_too_long_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "MAX_ROW", 1000)
    found = read(jsonl, as_jsonl([{"text": DAM}, {"text": DAM * 50}, {"text": ARMY}]))
    assert [made(item).place for item in found if isinstance(item, Loaded)] == ["line 1", "line 3"]
    assert "longer than" in errors(found)[0]


def test_halves_of_characters_are_none() -> None:
    (item,) = documents(read(jsonl, b'{"text": "The dam \\ud83d\\ude00 held \\ud83d, he said."}'))
    assert item.document.text == "The dam 😀 held \ufffd, he said."


def test_readings_are_recognised() -> None:
    reading = {
        "schema": "sayso/1",
        "document": {"text": DAM, "title": "Dam", "outlet": None, "published": "2031-03-07"},
    }
    first, second = documents(read(jsonl, as_jsonl([reading, reading])))
    assert (first.document.text, first.document.title, first.document.published) == (DAM, "Dam", "2031-03-07")
    assert first.notes == second.notes == ()
    assert errors(read(jsonl, as_jsonl([{"schema": "sayso/1", "document": 7}]))) != []


def test_several_authors_and_seconds_since_1970() -> None:
    (item,) = documents(
        read(jsonl, as_jsonl([{"text": DAM, "authors": ["N. Hadoun", "P. Oyelarran"], "date": 1931040000}]))
    )
    assert item.document.author == "N. Hadoun, P. Oyelarran"
    assert item.document.published == "2031-03-12T00:00:00+00:00"


@pytest.mark.parametrize(
    ("head", "is_one"),
    [
        (b'{"text": "x"}\n{"te', True),
        (b'{"text": "the first line is long', True),
        (b"{\n  \"text\": 1\n}", False),
        (b'{"schema": "sayso/1", "document": {"text": "x"}}\n', True),
        (b'{"title": "x"}\n', False),
        (b"[1]\n", False),
        (b"{\\rtf1", False),
        (b"The dam", False),
        (b"", False),
    ],
)  # fmt: skip
def test_json_lines_are_told_by_their_first_line(head: bytes, is_one: bool) -> None:
    assert jsonl.is_one(head) is is_one


# CSV


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_dialects_and_encodings_are_found(delimiter: str, encoding: str) -> None:
    lines = [
        ["title", "text", "date"],
        ["Café", f'"{DAM.replace(",", ";,|")}"', "2031-03-07"],
        ["x", '"a\r\n""b"""', ""],
    ]
    data = "\r\n".join(delimiter.join(line) for line in lines).encode(encoding)
    first, second = documents(read(csv, data))
    assert (first.document.title, first.document.text) == ("Café", DAM.replace(",", ";,|"))
    assert second.document.text == 'a\r\n"b"'


def test_an_encoding_that_shows_late_is_found() -> None:
    rows = "title,text\n" + "a,The dam held.\n" * 10_000 + "é,“It held”\n"
    assert documents(read(csv, rows.encode("cp1252")))[-1].document.text == "“It held”"


def test_a_row_with_too_many_values_is_an_error() -> None:
    found = read(csv, b"title,text\nDam,The dam will hold, he said\nArmy,It denied.,\n")
    assert errors(found) == ["reports, row 1: it has more values (3) than the table has columns (2)"]
    assert [item.document.text for item in found if isinstance(item, Loaded)] == ["It denied."]


def test_a_quotation_mark_that_is_never_closed_is_an_error() -> None:
    found = read(csv, b'title,text\nDam,Held.\nArmy,"It denied.\nCats,Slept.\n')
    assert [item.document.title for item in found if isinstance(item, Loaded)] == ["Dam"]
    assert errors(found) == ["reports, row 2: its quotation mark is never closed"]


def test_a_giant_value_ends_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv, "MAX_ROW", 1000)
    found = read(csv, b'title,text\nDam,Held.\nArmy,"' + b"word word\n" * 1000 + b'"\nCats,Slept.\n')
    assert [item.document.title for item in found if isinstance(item, Loaded)] == ["Dam"]
    assert "a quotation mark may be missing" in errors(found)[-1]


def test_a_long_report_is_no_giant() -> None:
    (item,) = documents(read(csv, as_csv([{"text": DAM * 5000}])))
    assert item.document.text == DAM * 5000


def test_blank_rows_are_no_rows() -> None:
    first, second = documents(read(csv, b"\r\n,,\r\ntitle,text,\r\nDam,Held.,\r\n\r\n,,\r\nArmy,Denied.,\r\n"))
    assert (first.document.title, made(first).place) == ("Dam", "row 1")
    assert (second.document.title, made(second).place) == ("Army", "row 2")


def test_many_faulty_rows_do_not_hide_the_good_ones() -> None:
    found = read(csv, b"title,text\n" + b"a,b,c\n" * 150 + b"Dam,Held.\n")
    assert [item.document.title for item in found if isinstance(item, Loaded)] == ["Dam"]
    assert len(errors(found)) == 150


def test_a_first_row_that_names_nothing_is_told() -> None:
    assert errors(read(csv, (DAM.replace(",", "") * 3 + "\n" + ARMY).encode())) == [
        "reports: its first row does not name the columns"
    ]


# Parquet


def test_dates_and_lists_and_pictures_in_parquet() -> None:
    date = datetime.datetime(2031, 3, 7, 8, 30, tzinfo=datetime.UTC)
    rows = [{"content": DAM, "date": date, "authors": ["A B", "C D"], "picture": b"\x89PNG", "box": {"x": 1}}]
    (item,) = documents(read(parquet, as_parquet(rows)))
    assert item.document.published == "2031-03-07T08:30:00+00:00"
    assert item.document.author == "A B, C D"


def test_a_row_group_that_unpacks_to_too_much_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "MAX_GROUP", 100_000)
    rows = [
        {"text": DAM},
        {"text": ARMY},
        {"text": "".join(chr(65 + i % 26) * 20 for i in range(20_000))},
        {"text": DAM},
    ]
    rows += [{"text": ARMY}]
    found = read(parquet, as_parquet(rows))
    assert [made(item).place for item in found if isinstance(item, Loaded)] == ["row 1", "row 2", "row 5"]
    assert errors(found) == ["reports, row group 2: it unpacks to more than 0 MB"]


def test_a_row_that_is_too_long_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "MAX_ROW", 1000)
    found = read(parquet, as_parquet([{"text": DAM * 20}, {"text": ARMY}]))
    assert [made(item).place for item in found if isinstance(item, Loaded)] == ["row 2"]
    assert len(errors(found)) == 1


# Columns


@pytest.mark.parametrize(
    ("names", "columns"),
    [
        (["article_text", "Date Published", "Source", "Link"],
         Columns(text="article_text", published="Date Published", outlet="Source", url="Link")),
        (["description", "content"], Columns(text="content")),
        (["description", "headline"], Columns(text="description", title="headline")),
        (["id", "x"], Columns()),
    ],
)  # fmt: skip
def test_names_of_columns_are_guessed(names: list[str], columns: Columns) -> None:
    assert guessed(names) == columns


def test_columns_as_a_user_names_them() -> None:
    assert from_words(["text=main body", "published=when"]) == Columns(text="main body", published="when")
    for wrong in ("text", "text=", "colour=red"):
        with pytest.raises(InvalidMetadata, match="text=NAME"):
            from_words([wrong])


# Memory


class Lines(io.RawIOBase):
    """A table as large as wanted, of which no more is in memory than is read."""

    def __init__(self, head: bytes, line: bytes, count: int) -> None:
        self._head, self._line, self._size = head, line, len(head) + len(line) * count
        self._at = 0

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        assert whence == io.SEEK_SET
        self._at = offset
        return offset

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any) -> int:
        wanted = min(len(buffer), self._size - self._at, 1 << 16)
        data = bytearray()
        while len(data) < wanted:
            at = self._at + len(data) - len(self._head)
            data += self._head[at:] if at < 0 else self._line[at % len(self._line) :]
        buffer[:wanted] = data[:wanted]
        self._at += wanted
        return wanted


@pytest.mark.parametrize(
    ("module", "head", "line"),
    [(jsonl, b"", json.dumps({"text": DAM * 200}).encode() + b"\n"), (csv, b"text\n", f'"{DAM * 200}"\n'.encode())],
    ids=["jsonl", "csv"],
)
def test_memory_does_not_grow_with_the_table(module: ModuleType, head: bytes, line: bytes) -> None:
    peaks = []
    for megabytes in (1, 6):
        stream = io.BufferedReader(Lines(head, line, megabytes * 2**20 // len(line)))
        tracemalloc.start()
        count = sum(isinstance(item, Loaded) for item in module.reports(Original("big", stream), NOTHING))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert count == megabytes * 2**20 // len(line)
    assert peaks[1] < peaks[0] * 1.5
    assert peaks[1] < 8 * 2**20


def test_the_limit_of_a_row_is_far_above_any_report() -> None:
    assert table.MAX_ROW >= 10_000_000
