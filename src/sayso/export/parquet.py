"""Readings as Parquet: the flat table of attributions with typed columns, for pandas, Polars, DuckDB or R."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, BinaryIO

from sayso.export.attributions import COLUMNS, SPANS, Row, rows
from sayso.export.plain import utf8
from sayso.extras import need

if TYPE_CHECKING:
    from sayso.reading import Reading

_LISTS = frozenset({"hedged", "negated", "roles", "via", "chain"})
_NUMBERS = frozenset({"score", "voice_score"})

_GROUP = 10_000
"""Rows held in memory and written together."""


def write(readings: Iterable[Reading], stream: BinaryIO) -> None:
    """Write the table to `stream`, a group of rows at a time. Raises MissingExtra where pyarrow is not installed."""
    parquet = need("pyarrow.parquet", "exchange", "writing Parquet")
    arrow = need("pyarrow", "exchange", "writing Parquet")
    schema = _schema(arrow)
    found = rows(readings)
    with parquet.ParquetWriter(stream, schema) as writer:
        while group := list(itertools.islice(found, _GROUP)):
            writer.write_table(arrow.Table.from_pylist([_plain(row) for row in group], schema=schema))


def _schema(arrow: Any) -> Any:
    span = arrow.struct([("start", arrow.int64()), ("end", arrow.int64())])
    kinds = {column: arrow.list_(span) for column in SPANS}
    kinds |= {column: arrow.list_(arrow.string()) for column in _LISTS}
    kinds |= {column: arrow.float64() for column in _NUMBERS}
    return arrow.schema([(column, kinds.get(column, arrow.string())) for column in COLUMNS])


def _plain(row: Row) -> dict[str, object]:
    return {column: _value(column, value) for column, value in zip(COLUMNS, row, strict=True)}


def _value(column: str, value: Any) -> object:
    if column in SPANS:
        return [span._asdict() for span in value]
    if column in _LISTS:
        return [utf8(words) for words in value]
    return utf8(value) if isinstance(value, str) else value
