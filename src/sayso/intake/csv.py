"""Comma-separated values → documents: commas, semicolons, tabs or bars, in whatever encoding the spreadsheet wrote."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.errors import UndecodableText, UnreadableSource
from sayso.intake.columns import Columns
from sayso.intake.loaded import Loaded, Metadata, Original
from sayso.intake.making import named
from sayso.intake.table import MAX_ROW, Row, documents
from sayso.intake.text import encoding

NAME = "CSV"
SUFFIXES = frozenset({".csv", ".tsv"})
MEDIA_TYPES = frozenset({"text/csv", "text/tab-separated-values", "application/csv"})

_DELIMITERS = ",;\t|"
_SAMPLE = 1 << 16
_CHUNK = 1 << 20
_LONGEST_NAME = 200
_END = "\x00end of the table\x00"


def reports(original: Original, known: Metadata, columns: Columns | None = None) -> Iterator[Loaded | UnreadableSource]:
    """One document a row; the first row names the columns.

    A row with more values than columns, a quotation mark that is never closed and a row that is too long are yielded as
    errors; after the latter two nothing in the file can be trusted, and reading ends.
    """
    try:
        form = _form(original)
    except UnreadableSource as error:
        yield error
        return

    def rows(_: Sequence[str] | None) -> Iterator[Row | UnreadableSource]:
        return _rows(original, form)

    yield from documents(rows, original, "text/csv", known, columns or Columns())


@dataclass(frozen=True, slots=True)
class _Form:
    encoding: str
    mark: int
    delimiter: str
    names: tuple[str, ...]


class _Lines:
    """The lines of a table as the reader of rows takes them, keeping those of the row that is being read.

    A last line that no table has shows whether the reader was still inside quotation marks when the lines ended.
    """

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.row: list[str] = []
        self._size = 0

    def __iter__(self) -> Iterator[str]:
        while line := self._text.readline(MAX_ROW + 1):
            self.row.append(line)
            self._size += len(line)
            if self._size > MAX_ROW:
                raise csv.Error(
                    f"it is longer than {MAX_ROW // 2**20} million characters: a quotation mark may be missing"
                )
            yield line
        yield _END

    def taken(self) -> list[str]:
        """The lines of the row that has just been read."""
        row, self.row, self._size = self.row, [], 0
        return row


def _rows(original: Original, form: _Form) -> Iterator[Row | UnreadableSource]:
    _raise_limit()
    original.stream.seek(form.mark)
    text = io.TextIOWrapper(original.stream, form.encoding, newline="")
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=form.delimiter)
    number = 0  # the names are in row 0
    try:
        for values in reader:
            place = f"row {number}"
            taken = lines.taken()
            if values and values[-1].endswith(_END):
                if values != [_END]:
                    yield UnreadableSource(named(original, place), "its quotation mark is never closed")
                return
            if not any(values):
                continue
            number += 1
            if number == 1:
                continue
            if len(values) > len(form.names) and any(values[len(form.names) :]):
                reason = f"it has more values ({len(values)}) than the table has columns ({len(form.names)})"
                yield UnreadableSource(named(original, place), reason)
                continue
            data = "".join(taken).rstrip("\r\n").encode(form.encoding)
            yield Row(place, {name: value for name, value in zip(form.names, values, strict=False) if name}, data)
    except csv.Error as error:
        yield UnreadableSource(named(original, f"row {number}"), str(error))
    except UnicodeDecodeError:
        yield UnreadableSource(named(original, f"row {number}"), f"not all of it is {form.encoding.upper()}")
    finally:
        text.detach()  # or the stream were closed with it


def _form(original: Original) -> _Form:
    found, mark = _encoding(original)
    original.stream.seek(mark)
    sample = codecs.getincrementaldecoder(found)("replace").decode(original.stream.read(_SAMPLE))
    if not sample.strip():
        raise UnreadableSource(original.name, "it is empty")
    tables = {delimiter: _table(sample, delimiter) for delimiter in _DELIMITERS}
    delimiter = max(_DELIMITERS, key=lambda delimiter: _likeness(tables[delimiter]))
    names = tuple(name.strip() for name in tables[delimiter][0])
    if any(len(name) > _LONGEST_NAME for name in names):
        raise UnreadableSource(original.name, "its first row does not name the columns")
    return _Form(found, mark, delimiter, names)


def _table(sample: str, delimiter: str) -> list[list[str]]:
    _raise_limit()
    return [row for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if any(row)] or [[]]


def _likeness(rows: list[list[str]]) -> tuple[int, int]:
    """How much rows look like a table: how many have as many values as there are names, if there are two and more."""
    width = len(rows[0])
    return (0, 0) if width < 2 else (sum(len(row) == width for row in rows), width)


def _raise_limit() -> None:
    """The limit of a value is one for the whole process, and too low for a long report; it is only ever raised."""
    csv.field_size_limit(max(csv.field_size_limit(), MAX_ROW + 1))


def _encoding(original: Original) -> tuple[str, int]:
    """The encoding of the table, and the length of its byte-order mark; where it is not UTF-8, that place decides."""
    original.stream.seek(0)
    head = original.stream.read(_SAMPLE)
    found, mark = encoding(head if len(head) < _SAMPLE else head.rpartition(b"\n")[0] or head, original.name)
    broken = _broken(original) if (found, mark) == ("utf-8", 0) else None
    if broken is None:
        return found, mark
    original.stream.seek(max(0, broken - _SAMPLE // 2))
    around = original.stream.read(_SAMPLE)
    try:
        return encoding(around.partition(b"\n")[2] if broken > _SAMPLE // 2 else around, original.name)
    except UndecodableText:
        raise UndecodableText(original.name, broken, "UTF-8") from None


def _broken(original: Original) -> int | None:
    """About where the first byte stands that is not UTF-8."""
    original.stream.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    offset = 0
    while chunk := original.stream.read(_CHUNK):
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError as error:
            return offset + error.start
        offset += len(chunk)
    return None
