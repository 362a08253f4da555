"""A table of answers: what every question to a ledger gives, whoever reads it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from sayso.extras import need

What = Literal["text", "date", "names", "list", "number", "score", "share", "flag", "copies", "spans"]
"""What a column holds: a text, an ISO date, texts in an order, texts side by side, a whole number, a number, a share of
1, yes or no, in how many copies it is found too, places in a text. Any may be None."""

Where = Literal["beside", "wide", "below", "under", "margin", "hidden"]
"""Where people see it: in its column, or in one that is there if there is room; below that on lines of its own, as the
words that were found; under those, as what is added; before the row, in place of a number; or only programs do."""


class Column(NamedTuple):
    """A column: its `name` for programs, `what` it holds, `where` people see it, under which `head`, in what `style` of
    a terminal."""

    name: str
    what: What = "text"
    where: Where = "beside"
    head: str | None = None
    style: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns. `note` is a sentence for people: how much more there is, or, if there are no rows, what to
    try. `above` are lines that people read first, as they stand; the first is a title."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    note: str = ""
    above: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def records(self) -> Iterator[dict[str, Any]]:
        """Each row by the names of its columns."""
        names = [column.name for column in self.columns]
        return (dict(zip(names, row, strict=True)) for row in self.rows)

    def column(self, name: str) -> tuple[Any, ...]:
        """The values of one column, in the rows' order; raises KeyError if there is no such column."""
        at = {column.name: at for at, column in enumerate(self.columns)}[name]
        return tuple(row[at] for row in self.rows)

    def to_pandas(self) -> Any:
        """The table as a pandas DataFrame; raises MissingExtra if pandas is not installed."""
        pandas = need("pandas", "frames", "a data frame")
        return pandas.DataFrame.from_records(list(self.rows), columns=[column.name for column in self.columns])

    def to_polars(self) -> Any:
        """The table as a Polars DataFrame; raises MissingExtra if Polars is not installed."""
        polars = need("polars", "frames", "a data frame")
        text, number = polars.String, polars.Float64
        kinds = {
            "text": text, "date": text, "names": polars.List(text), "list": polars.List(text),
            "number": polars.Int64, "score": number, "share": number, "flag": polars.Boolean, "copies": polars.Int64,
            "spans": polars.List(polars.List(polars.Int64)),
        }  # fmt: skip
        schema = {column.name: kinds[column.what] for column in self.columns}
        return polars.DataFrame([_plain(row) for row in self.rows], schema=schema, orient="row")


def limited(columns: tuple[Column, ...], rows: Sequence[tuple[Any, ...]], limit: int, nothing: str) -> Table:
    """The table of the first `limit` rows, which says if there are more, or `nothing` if there are none."""
    note = f"{limit} are shown, there are more: --limit" if len(rows) > limit else "" if rows else nothing
    return Table(columns, tuple(rows[:limit]), note)


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """The row with lists for tuples, as frames want them."""
    return tuple([list(v) if isinstance(v, tuple) else v for v in cell] if isinstance(cell, tuple) else cell
                 for cell in row)  # fmt: skip
