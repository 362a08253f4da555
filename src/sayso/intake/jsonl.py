"""JSON Lines → documents: one JSON object a line, also the readings that Sayso itself writes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sayso.errors import UnreadableSource
from sayso.intake.columns import Columns, guessed
from sayso.intake.loaded import Loaded, Metadata, Original
from sayso.intake.making import named
from sayso.intake.table import MAX_ROW, Row, documents
from sayso.schema import SCHEMA

NAME = "JSON Lines"
SUFFIXES = frozenset({".jsonl", ".ndjson", ".jsonlines"})
MEDIA_TYPES = frozenset({"application/jsonl", "application/x-ndjson", "application/x-jsonlines", "application/ndjson"})

_MARK = b"\xef\xbb\xbf"
_CHUNK = 1 << 20
_HELD = 10


def is_one(head: bytes) -> bool:
    """Whether a file that begins with these bytes is JSON Lines: its first line is an object with a text, or the
    beginning of a long one."""
    line, _, rest = head.removeprefix(_MARK).lstrip().partition(b"\n")
    try:
        return guessed(_object(line)).text is not None
    except (ValueError, RecursionError):
        return not rest and line.startswith(b'{"')


def reports(original: Original, known: Metadata, columns: Columns | None = None) -> Iterator[Loaded | UnreadableSource]:
    """One document a line; of a reading in schema `sayso/1` the document that was read.

    A line that is no JSON object, is too long, or holds no text is yielded as the error that says so; a file that
    begins with nothing but such lines is one error.
    """
    given = columns or _of_reading(original)

    def rows(_: Sequence[str] | None) -> Iterator[Row | UnreadableSource]:
        original.stream.seek(0)
        return _only_if_any(_rows(original), original)

    return documents(rows, original, "application/jsonl", known, given)


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    data: bytes | None


def _lines(original: Original) -> Iterator[_Line]:
    """The lines that hold something; None for the bytes of one that is too long, which is passed over."""
    number = 0
    while data := original.stream.readline(MAX_ROW + 1):
        number += 1
        if len(data) > MAX_ROW:
            while data and not data.endswith(b"\n"):
                data = original.stream.readline(_CHUNK)
            yield _Line(number, None)
            continue
        if number == 1:
            data = data.removeprefix(_MARK)
        if data := data.strip():
            yield _Line(number, data)


def _rows(original: Original) -> Iterator[Row | UnreadableSource]:
    for line in _lines(original):
        place = f"line {line.number}"
        if line.data is None:
            yield UnreadableSource(named(original, place), f"it is longer than {MAX_ROW // 2**20} MB")
            continue
        try:
            yield Row(place, _object(line.data), line.data)
        except UnicodeDecodeError:
            yield UnreadableSource(named(original, place), "it is not in UTF-8")
        except RecursionError:
            yield UnreadableSource(named(original, place), "its JSON is nested too deeply")
        except ValueError as error:
            yield UnreadableSource(named(original, place), f"it is no JSON object ({error})")


def _object(data: bytes) -> dict[str, Any]:
    found = json.loads(data.decode("utf-8"))
    if not isinstance(found, dict):
        raise ValueError(f"but a {type(found).__name__}")
    if found.get("schema") != SCHEMA:
        return found
    read = found.get("document")
    if not isinstance(read, dict):
        raise ValueError('a reading without its "document"')
    return read


def _only_if_any(rows: Iterator[Row | UnreadableSource], original: Original) -> Iterator[Row | UnreadableSource]:
    """The rows; but one error for the file if it does not have one among its first lines."""
    held: list[UnreadableSource] = []
    for row in rows:
        if isinstance(row, Row):
            yield from held
            yield row
            yield from rows
            return
        held.append(row)
        if len(held) == _HELD:
            break
    reason = (
        f"it is no JSON Lines file: {held[0].source.rpartition(', ')[2]}: {held[0].reason}" if held else "it is empty"
    )
    yield UnreadableSource(original.name, reason)


def _of_reading(original: Original) -> Columns:
    """The columns of readings, which need no guessing, if the file begins with one."""
    original.stream.seek(0)
    try:
        first = json.loads(original.stream.readline(MAX_ROW))
        keys = first["document"].keys() if first.get("schema") == SCHEMA else ()
    except (ValueError, RecursionError, AttributeError, KeyError, TypeError):
        return Columns()
    return Columns(**{field.name: field.name for field in fields(Columns) if field.name in keys})
