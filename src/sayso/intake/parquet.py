"""Parquet → documents, some rows at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sayso.errors import UnreadableSource
from sayso.extras import need
from sayso.intake.columns import Columns
from sayso.intake.loaded import Loaded, Metadata, Original
from sayso.intake.table import MAX_ROW, Row, documents

NAME = "Parquet"
SUFFIXES = frozenset({".parquet", ".pq"})
MEDIA_TYPES = frozenset({"application/vnd.apache.parquet", "application/x-parquet"})

MAX_GROUP = 1 << 30
"""The most bytes that the columns of one row group may hold unpacked; those that are read at one time."""
_MAX_FOOTER = 64 << 20
_BATCH = 16
_MAGIC = b"PAR1"


def is_one(head: bytes) -> bool:
    """Whether a file that begins with these bytes is a Parquet file."""
    return head.startswith(_MAGIC)


def reports(original: Original, known: Metadata, columns: Columns | None = None) -> Iterator[Loaded | UnreadableSource]:
    """One document a row, read by pyarrow; a row group that cannot be read, or is too large, is yielded as an error.

    The hash of a document's original is that of the values read from its row, as JSON: a row has no bytes of its own.
    Raises MissingExtra where pyarrow is not installed.
    """
    parquet = need("pyarrow.parquet", "intake", "reading Parquet")

    def rows(names: Sequence[str] | None) -> Iterator[Row | UnreadableSource]:
        original.stream.seek(0)
        return _rows(parquet, original, names)

    return documents(rows, original, "application/vnd.apache.parquet", known, columns or Columns())


def _rows(parquet: Any, original: Original, names: Sequence[str] | None) -> Iterator[Row | UnreadableSource]:
    pyarrow = need("pyarrow", "intake", "reading Parquet")
    try:
        file = parquet.ParquetFile(
            original.stream, thrift_string_size_limit=_MAX_FOOTER, thrift_container_size_limit=1 << 20, pre_buffer=False
        )
        readable = [field.name for field in file.schema_arrow if _is_readable(pyarrow.types, field.type)]
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        yield UnreadableSource(original.name, f"it is no Parquet file that can be read ({_first_line(error)})")
        return
    wanted = [name for name in readable if names is None or name in names]
    place = 0
    for group in range(file.metadata.num_row_groups):
        what = f"{original.name}, row group {group + 1}"
        end = place + file.metadata.row_group(group).num_rows
        if _size(file.metadata.row_group(group), wanted) > MAX_GROUP:
            yield UnreadableSource(what, f"it unpacks to more than {MAX_GROUP >> 20} MB")
        else:
            try:
                for batch in file.iter_batches(_BATCH, [group], wanted, use_threads=False):
                    yield from _in_batch(batch, original, place)
                    place += batch.num_rows
            except (pyarrow.ArrowException, OSError, ValueError, OverflowError) as error:
                yield UnreadableSource(what, f"it cannot be read ({_first_line(error)})")
        place = end


def _in_batch(batch: Any, original: Original, place: int) -> Iterator[Row | UnreadableSource]:
    for number in range(batch.num_rows):
        name = f"row {place + number + 1}"
        values = {column: batch.column(column)[number].as_py() for column in batch.schema.names}
        if sum(len(value) for value in values.values() if isinstance(value, str)) > MAX_ROW:
            yield UnreadableSource(f"{original.name}, {name}", f"it is longer than {MAX_ROW >> 20} million characters")
            continue
        data = json.dumps(values, ensure_ascii=False, default=str, sort_keys=True).encode("utf-8", "surrogatepass")
        yield Row(name, values, data)


def _is_readable(types: Any, kind: Any) -> bool:
    """Whether a column holds what a report can be made of, and not pictures or tables in tables."""
    if types.is_dictionary(kind) or types.is_list(kind) or types.is_large_list(kind):
        kind = kind.value_type
        return bool(types.is_string(kind) or types.is_large_string(kind))
    tests = ("is_string", "is_large_string", "is_string_view", "is_date", "is_timestamp", "is_integer", "is_floating")
    return any(getattr(types, test)(kind) for test in tests)


def _size(group: Any, wanted: Sequence[str]) -> int:
    columns = (group.column(index) for index in range(group.num_columns))
    return sum(c.total_uncompressed_size for c in columns if c.path_in_schema.partition(".")[0] in wanted)


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:200]
