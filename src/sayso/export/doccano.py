"""Readings for doccano (JSONL of its relation extraction projects): spans and what ties them, to be corrected there.

doccano's spans have no gaps, so a role in pieces is several spans. The cue (or, without one, the first span there is)
has a relation to each other span of its attribution, named after that span's role. Offsets are code points: leave the
project's option to count grapheme clusters off. Keys that doccano does not know become the example's metadata.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import TYPE_CHECKING, Any

from sayso.export import jsons
from sayso.export.pieces import pieces
from sayso.export.plain import stored

if TYPE_CHECKING:
    from sayso.reading import Reading


def texts(readings: Iterable[Reading]) -> Iterator[str]:
    """A line for each reading. Ids are numbers, counted through all of them."""
    numbers = count(1)
    return jsons.lines(_example(reading, numbers) for reading in readings)


def _example(reading: Reading, numbers: Iterator[int]) -> dict[str, Any]:
    document = reading.document
    entities: list[dict[str, Any]] = []
    relations: list[dict[str, Any]] = []
    for attribution in reading.attributions:
        first: int | None = None
        for piece in pieces(attribution):
            number = next(numbers)
            start, end = piece.span
            entities.append({"id": number, "label": piece.role, "start_offset": start, "end_offset": end})
            if first is None:
                first = number
            else:
                tie = {"id": next(numbers), "from_id": first, "to_id": number, "type": piece.role.lower()}
                relations.append(tie)
    return {
        "text": stored(document.text),
        "entities": entities,
        "relations": relations,
        "document": document.id,
        "title": document.title,
        "outlet": document.outlet,
        "published": document.published,
        "url": document.url,
    }
