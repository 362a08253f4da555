"""A table of answers in the formats that programs read: CSV, JSON, Parquet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sayso.export.cells import safe
from sayso.extras import need

if TYPE_CHECKING:
    from sayso.ledger.table import Table

_JOINED = MappingProxyType({"names": " ← ", "list": "; "})
_WORDS = frozenset({"text", *_JOINED})
"""Columns that hold a report's words: a minus before another is one."""


def as_csv(table: Table) -> bytes:
    """CSV (RFC 4180) in UTF-8, a head first, lines ended by CR and LF. Texts in one cell are parted by " ← " (a chain)
    or "; ", places in a text are "0-16;20-25"; a cell that a spreadsheet would take for a formula begins with an
    apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(column.name for column in table.columns)
    for row in table.rows:
        writer.writerow(_cell(column.what, value) for column, value in zip(table.columns, row, strict=True))
    return out.getvalue().encode("utf-8", "replace")


def as_json(table: Table) -> bytes:
    """A JSON array of objects, a row each, one a line."""
    rows = ",\n ".join(json.dumps(record, ensure_ascii=False) for record in table.records())
    return f"[{rows}]\n".encode("utf-8", "replace")


def as_parquet(table: Table) -> bytes:
    """Parquet; raises MissingExtra if pyarrow is not installed."""
    arrow = need("pyarrow", "exchange", "Parquet")
    parquet = need("pyarrow.parquet", "exchange", "Parquet")
    number, text = arrow.int64(), arrow.string()
    kinds = {
        "text": text, "date": text, "names": arrow.list_(text), "list": arrow.list_(text), "number": number,
        "copies": number,
        "score": arrow.float64(), "share": arrow.float64(), "flag": arrow.bool_(),
        "spans": arrow.list_(arrow.list_(number)),
    }  # fmt: skip
    schema = arrow.schema([(column.name, kinds[column.what]) for column in table.columns])
    out = io.BytesIO()
    parquet.write_table(arrow.Table.from_pylist(list(table.records()), schema=schema), out)
    return out.getvalue()


FORMATS: Mapping[str, Callable[[Table], bytes]] = MappingProxyType(
    {"csv": as_csv, "json": as_json, "parquet": as_parquet}
)
"""By the name a person gives them, which is also how files in them are named."""


def _cell(what: str, value: Any) -> object:
    if what == "spans":
        return ";".join(f"{start}-{end}" for start, end in value or ())
    if what in _JOINED:
        return safe(_JOINED[what].join(value or ()))
    if what == "flag":
        return None if value is None else str(value).lower()
    return safe(value) if what in _WORDS or what == "date" else value
