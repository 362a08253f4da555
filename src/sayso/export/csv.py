"""The facts of a reading as CSV (RFC 4180), for a spreadsheet: a row a statement that can be checked."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sayso.export.cells import safe
from sayso.render.facts import Vouchers, how_many, when, where
from sayso.render.marks import Paragraphs

if TYPE_CHECKING:
    from sayso.facts import Fact
    from sayso.reading import Reading

COLUMNS = (
    "report", "outlet", "published", "paragraph", "start", "end", "statement", "on_whose_word", "source", "stance",
    "hedged", "when", "where", "countries", "coordinates", "how_many", "low", "high", "unit",
)  # fmt: skip
"""Where a statement holds several times, places or quantities, their values stand in one cell, "; " between them, as
many in one column as in the next."""

_NUMBERS = frozenset({"coordinates", "low", "high"})
"""Columns that hold no words of the report: a minus there is one."""


def rows(reading: Reading) -> str:
    """A head and the rows, lines ended by CR and LF. A cell that a spreadsheet would take for a formula begins with an
    apostrophe: reports are written by strangers."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    paragraphs = Paragraphs(reading.document.text)
    vouchers = Vouchers(reading)
    for fact in reading.facts():
        cells = zip(COLUMNS, _cells(fact, vouchers, reading, paragraphs), strict=True)
        writer.writerow([cell if column in _NUMBERS else safe(cell) for column, cell in cells])
    return out.getvalue()


def _cells(fact: Fact, vouchers: Vouchers, reading: Reading, paragraphs: Paragraphs) -> tuple[object, ...]:
    document, attribution = reading.document, vouchers.attribution(fact)
    return (
        document.title or document.path, document.outlet, document.published,
        paragraphs.number(fact.statement.start), *fact.statement, paragraphs.words((fact.statement,), ""),
        vouchers.on_whose_word(fact),
        paragraphs.words(attribution.source, " … ") if attribution else None,
        attribution.stance if attribution else None,
        paragraphs.words(attribution.hedged, "; ") if attribution else None,
        _joined(when(fact.times, reading)), _joined(where(fact.places)),
        _joined(p.country for p in fact.places), _joined(f"{p.lat} {p.lon}" for p in fact.places),
        _joined(how_many(fact.quantities, reading)),
        _joined(_number(q.low) for q in fact.quantities), _joined(_number(q.high) for q in fact.quantities),
        _joined(q.unit for q in fact.quantities),
    )  # fmt: skip


def _joined(values: Iterable[str | None]) -> str:
    return "; ".join(value or "" for value in values)


def _number(value: float | None) -> str | None:
    """All digits of a number, whole ones without a point."""
    return None if value is None else str(value).removesuffix(".0")
