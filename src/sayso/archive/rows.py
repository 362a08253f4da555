"""A document and its reading → its rows in the tables of an archive. They are those of a ledger, without its keys."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sayso.archive.schema import FOUND, SCHEMAS
from sayso.intake.loaded import Loaded, Made
from sayso.ledger.rows import KNOWN, Links, kept, storable
from sayso.ledger.rows import document_row as ledger_row
from sayso.ledger.rows import rows as ledger_rows
from sayso.reading import Reading
from sayso.types import Document, Spans

Row = dict[str, Any]

_UNLINKED = Links({}, {})


def key(document: Document, place: str | None) -> int:
    """The number of a document, 63 bits of a hash: the same whenever and wherever it is read, and another for the same
    text at another address or in another place."""
    known = [document.id, document.path, place, document.url, document.outlet, document.title, document.published]
    return int.from_bytes(hashlib.sha256(json.dumps(known).encode()).digest()[:8], "big") >> 1


def rows(loaded: Loaded, reading: Reading, *, with_text: bool = True) -> dict[str, list[Row]]:
    """The rows of each table, by its name."""
    document, made = loaded.document, loaded.made
    number = key(document, made.place if made else None)
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for table, its_rows in ledger_rows(reading, number, _UNLINKED):
        found[table.name] = its_rows
    _fold(found)
    row = {"key": number, **ledger_row(document), **_making(made), "model": storable(reading.model)}
    row["narration"] = _spans(reading.narration)
    if not with_text:
        row["text"] = None
    found["documents"] = [row]
    return {table: [_only(schema.names, row) for row in found[table]] for table, schema in SCHEMAS.items()}


def nested(loaded: Loaded, reading: Reading) -> Row:
    """All of a reading in one row: the document's columns, and each other table as a column of its rows."""
    found = rows(loaded, reading)
    (row,) = found.pop("documents")
    lists = {table: [_without_document(row) for row in its_rows] for table, its_rows in found.items()}
    return {**row, **lists}


def document_row(loaded: Loaded) -> Row:
    """What is known of a document before it is read: the columns of `FOUND`; `loaded_from` gives it back."""
    document, made = loaded.document, loaded.made
    number = key(document, made.place if made else None)
    return _only(FOUND.names, {"key": number, **ledger_row(document), **_making(made)})


def loaded_from(row: Mapping[str, Any]) -> Loaded:
    """The document of such a row."""
    options = tuple((option["name"], option["value"]) for option in _list(row["extractor_options"]))
    made = row["extractor"] and Made(
        extractor=row["extractor"],
        version=row["extractor_version"],
        original=row["original"],
        media_type=row["media_type"],
        options=options,
        place=row["place"],
        pages=tuple(map(int, _list(row["pages"]))),
    )
    return Loaded(Document(id=row["id"], text=row["text"], **{name: row[name] for name in KNOWN}), made=made or None)


def _list(values: Any) -> list[Any]:
    return [] if values is None else list(values)


def _without_document(row: Row) -> Row:
    return {column: value for column, value in row.items() if column != "document"}


def _fold(found: Mapping[str, list[Row]]) -> None:
    """The rows of the small tables become columns of those that they belong to."""
    roles, names, via = (_lists(found[table], whose, what) for table, whose, what in _SMALL)
    for row in found["attributions"]:
        row["via"] = via[row["id"]]
        for role in ("source_spans", "cue_spans", "content_spans"):
            row[role] = _spans(row[role])
    for table, whose, lists in (("voices", "voice", ("roles", roles)), ("entities", "entity", ("names", names))):
        mentions: defaultdict[str, list[Row]] = defaultdict(list)
        for row in found["mentions"]:
            mentions[row[whose]].append({"start": row["start"], "end": row["stop"]})
        for row in found[table]:
            row[lists[0]] = lists[1][row["id"]]
            row["mentions"] = mentions[row["id"]]


_SMALL = (("roles", "voice", "words"), ("names", "entity", "name"), ("via", "attribution", "voice"))


def _lists(rows: list[Row], whose: str, what: str) -> defaultdict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[row[whose]].append(row[what])
    return found


def _making(made: Made | None) -> Row:
    """The columns that say how the text was made."""
    return {
        "original": made and made.original,
        "media_type": made and storable(made.media_type),
        "extractor": made and storable(made.extractor),
        "extractor_version": made and storable(made.version),
        "extractor_options": [{"name": storable(n), "value": storable(v)} for n, v in made.options] if made else [],
        "place": made and kept(made.place),
        "pages": list(made.pages) if made else [],
    }


def _spans(spans: Spans) -> list[Row]:
    return [{"start": start, "end": end} for start, end in spans]


def _only(columns: list[str], row: Row) -> Row:
    return {column: row[column] for column in columns}
