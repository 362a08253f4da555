"""Readings as one flat table: a row an attribution, with what is known of its document and its voice."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from sayso.export.cells import safe
from sayso.export.described import Described
from sayso.types import Attribution, Spans

if TYPE_CHECKING:
    from sayso.reading import Reading


class Row(NamedTuple):
    """One attribution. Columns that hold several things are tuples; spans are code points of the document's text."""

    document: str
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    attribution: str
    source: str | None
    cue: str | None
    content: str | None
    kind: str
    stance: str | None
    hedged: tuple[str, ...]
    negated: tuple[str, ...]
    voice: str | None
    voice_type: str | None
    roles: tuple[str, ...]
    via: tuple[str, ...]
    chain: tuple[str, ...]
    parent: str | None
    score: float
    voice_score: float | None
    source_spans: Spans
    cue_spans: Spans
    content_spans: Spans
    model: str


COLUMNS = Row._fields

SPANS = frozenset({"source_spans", "cue_spans", "content_spans"})
"""Columns of offsets; in CSV as "0-16;20-25"."""


def rows(readings: Iterable[Reading]) -> Iterator[Row]:
    """A row for each attribution, document by document, in reading order."""
    for reading in readings:
        described = Described(reading)
        for attribution in reading.attributions:
            yield _row(described, attribution)


def texts(readings: Iterable[Reading]) -> Iterator[str]:
    """CSV (RFC 4180), lines ended by CR and LF, a document at a time. Things in one cell are parted by " | ", for the
    chain by " ← ". A cell that a spreadsheet would take for a formula begins with an apostrophe."""
    yield _written([COLUMNS])
    for reading in readings:
        yield _written([_cells(row) for row in rows([reading])])


def _row(described: Described, attribution: Attribution) -> Row:
    document, voice = described.reading.document, described.voice(attribution)
    return Row(
        document=document.id,
        title=document.title,
        outlet=document.outlet,
        published=document.published,
        url=document.url,
        attribution=attribution.id,
        source=described.words(attribution.source) or None,
        cue=described.words(attribution.cue) or None,
        content=described.words(attribution.content) or None,
        kind=attribution.kind,
        stance=attribution.stance,
        hedged=tuple(described.parts(attribution.hedged)),
        negated=tuple(described.parts(attribution.negated)),
        voice=voice.name if voice else None,
        voice_type=voice.type if voice else None,
        roles=tuple(described.parts(voice.roles)) if voice else (),
        via=tuple(passing.name for passing in described.via(attribution)),
        chain=described.chain(attribution),
        parent=attribution.parent,
        score=attribution.score,
        voice_score=attribution.voice_score,
        source_spans=attribution.source,
        cue_spans=attribution.cue,
        content_spans=attribution.content,
        model=described.reading.model,
    )


def _cells(row: Row) -> list[object]:
    return [_cell(column, value) for column, value in zip(COLUMNS, row, strict=True)]


def _cell(column: str, value: object) -> object:
    if column in SPANS:
        assert isinstance(value, tuple)
        return ";".join(f"{start}-{end}" for start, end in value)
    if isinstance(value, tuple):
        value = (" ← " if column == "chain" else " | ").join(value)
    return safe(value)


def _written(cells: Iterable[Iterable[object]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(cells)
    return out.getvalue()
