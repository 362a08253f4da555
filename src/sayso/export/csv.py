"""The facts of a reading as CSV (RFC 4180), for a spreadsheet: a row a statement that can be checked."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sayso.render.facts import how_many, on_whose_word, when, where
from sayso.render.marks import Paragraphs

if TYPE_CHECKING:
    from sayso.facts import Fact
    from sayso.reading import Reading

COLUMNS = (
    "report", "outlet", "published", "paragraph", "start", "end", "statement", "on_whose_word", "source", "stance",
    "hedged", "when", "where", "countries", "coordinates", "how_many", "low", "high", "unit",
)  # fmt: skip
"""Where a statement holds several times, places or quantities, their values stand in one cell, "; " between them."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows(reading: Reading) -> str:
    """A head and the rows, lines ended by CR and LF. A cell that a spreadsheet would take for a formula begins with an
    apostrophe: reports are written by strangers."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    paragraphs = Paragraphs(reading.document.text)
    for fact in reading.facts():
        writer.writerow([_safe(cell) for cell in _cells(fact, reading, paragraphs)])
    return out.getvalue()


def _cells(fact: Fact, reading: Reading, paragraphs: Paragraphs) -> tuple[object, ...]:
    document = reading.document
    attribution = next((a for a in reading.attributions if a.id == fact.attribution), None)
    return (
        document.title or document.path, document.outlet, document.published,
        paragraphs.number(fact.statement.start), *fact.statement, paragraphs.words((fact.statement,), ""),
        on_whose_word(attribution, reading),
        paragraphs.words(attribution.source, " … ") if attribution else None,
        attribution.stance if attribution else None,
        paragraphs.words(attribution.hedged, "; ") if attribution else None,
        when(fact.times, reading), where(fact.places),
        _joined(p.country for p in fact.places), _joined(f"{p.lat} {p.lon}" for p in fact.places),
        how_many(fact.quantities, reading),
        _joined(q.low for q in fact.quantities), _joined(q.high for q in fact.quantities),
        _joined(q.unit for q in fact.quantities),
    )  # fmt: skip


def _joined(values: Iterable[str | float | None]) -> str:
    return "; ".join(
        "" if value is None else f"{value:g}" if isinstance(value, float) else str(value) for value in values
    )


def _safe(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
