"""A reading → the rows of its document, and the record that gives it back. Pure: no database here."""

from __future__ import annotations

import itertools
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Table

from sayso.ledger import tables
from sayso.ledger.identity import Identity, folded, of_entities, of_voice
from sayso.reading import Reading
from sayso.types import Document, Span, Spans

Row = dict[str, Any]

KNOWN = ("path", "title", "outlet", "author", "published", "url", "language")
"""What is known of a document beside its text."""

MADE = (
    tables.voices,
    tables.roles,
    tables.attributions,
    tables.via,
    tables.narration,
    tables.entities,
    tables.names,
    tables.mentions,
    tables.labels,
    tables.times,
    tables.places,
    tables.quantities,
)
"""The tables whose rows are made from readings, and can be made again."""

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_LARGEST = 2**63 - 1  # of a whole number in a row


class Links(NamedTuple):
    """Whom the voices and the entities of a document were found to be: the keys in `speakers` and `subjects`, by what
    they are looked up by."""

    speakers: Mapping[str, int]
    subjects: Mapping[str, int]


def nameless(name: str) -> str:
    """What stands in corrections for the identity of one who has none: whoever is called so in one document."""
    return f"name:{folded(name)}"


def storable(text: str) -> str:
    """The text with U+FFFD for each code point that a database cannot hold: as long, so that spans fit."""
    return _UNSTORABLE.sub("\ufffd", text)


def kept(text: str | None) -> str | None:
    """The same where there may be none."""
    return None if text is None else storable(text)


def document_row(document: Document) -> Row:
    """The columns of `documents` that hold the document itself; `document_from` gives an equal one back."""
    exact = {name: getattr(document, name) for name in ("text", *KNOWN)}
    row = {name: kept(value) for name, value in exact.items()}
    lost = {name: value for name, value in exact.items() if value != row[name]}
    return {"id": document.id, "length": len(document.text), "exact": _packed(lost) if lost else None, **row}


def document_from(row: Mapping[str, Any]) -> Document:
    """The document that such a row holds."""
    fields = {name: row[name] for name in ("id", "text", *KNOWN)}
    return Document(**fields | (_unpacked(row["exact"]) if row["exact"] else {}))


def body(reading: Reading) -> bytes:
    """The record of a reading: all of it but the document."""
    data = reading.to_dict()
    del data["document"]
    return _packed(data)


def reading_from(document: Document, record: bytes) -> Reading:
    """The reading whose record this is; raises InvalidReading if it is none of this document."""
    known = {name: getattr(document, name) for name in Document.__slots__}
    return Reading.from_dict({**_unpacked(record), "document": known})


def rows(reading: Reading, key: int, links: Links) -> Iterator[tuple[Table, list[Row]]]:
    """The rows of the document `key`, table by table."""
    made = _Rows(storable(reading.document.text), links)
    for table in MADE:
        if found := [{"document": key, **row} for row in getattr(made, table.name)(reading)]:
            yield table, found


class _Rows:
    """The rows of each table, by its name, still without the document's key."""

    def __init__(self, text: str, links: Links) -> None:
        self._text = text
        self._links = links

    def voices(self, reading: Reading) -> Iterator[Row]:
        for voice in reading.voices:
            withheld = voice.withheld
            yield {
                "id": storable(voice.id),
                "name": storable(voice.name),
                "type": voice.type,
                "score": voice.score,
                "number": withheld and withheld.number and min(withheld.number, _LARGEST),
                "affiliation": withheld and withheld.affiliation and self._words((withheld.affiliation,)),
                "why": withheld and withheld.why and self._words((withheld.why,)),
                **_linked(voice.name, of_voice(voice), self._links.speakers, "speaker"),
            }

    def roles(self, reading: Reading) -> Iterator[Row]:
        for voice in reading.voices:
            for position, role in enumerate(voice.roles):
                yield {"voice": storable(voice.id), "position": position, **self._span(role)}

    def attributions(self, reading: Reading) -> Iterator[Row]:
        for position, a in enumerate(reading.attributions):
            every = a.source + a.cue + a.content
            yield {
                "id": storable(a.id),
                "position": position,
                "start": min(span.start for span in every),
                "stop": max(span.end for span in every),
                "source": self._words(a.source),
                "cue": self._words(a.cue),
                "content": self._words(a.content),
                "source_spans": a.source,
                "cue_spans": a.cue,
                "content_spans": a.content,
                "kind": a.kind,
                "stance": a.stance,
                "score": a.score,
                "voice": kept(a.voice),
                "voice_score": a.voice_score,
                "voice_reason": kept(a.voice_reason),
                "parent": kept(a.parent),
                "hedged": self._words(a.hedged),
                "negated": self._words(a.negated),
            }

    def via(self, reading: Reading) -> Iterator[Row]:
        for a in reading.attributions:
            for position, voice in enumerate(a.via):
                yield {"attribution": storable(a.id), "position": position, "voice": storable(voice)}

    def narration(self, reading: Reading) -> Iterator[Row]:
        for position, (start, end) in enumerate(reading.narration):
            yield {"position": position, "start": start, "stop": end}

    def entities(self, reading: Reading) -> Iterator[Row]:
        identities = of_entities(reading)
        for position, (entity, identity) in enumerate(zip(reading.entities, identities, strict=True)):
            yield {
                "id": storable(entity.id),
                "position": position,
                "name": storable(entity.name),
                "type": entity.type,
                "score": entity.score,
                "voice": kept(entity.voice),
                **_linked(entity.name, identity, self._links.subjects, "subject"),
            }

    def names(self, reading: Reading) -> Iterator[Row]:
        for entity in reading.entities:
            for position, name in enumerate(entity.names):
                yield {"entity": storable(entity.id), "position": position, "name": storable(name)}

    def mentions(self, reading: Reading) -> Iterator[Row]:
        found = itertools.chain(
            ((voice.id, None, span) for voice in reading.voices for span in voice.mentions),
            ((None, entity.id, span) for entity in reading.entities for span in entity.mentions),
        )
        for position, (voice, entity, span) in enumerate(found):
            yield {"position": position, "voice": kept(voice), "entity": kept(entity), **self._span(span)}

    def labels(self, reading: Reading) -> Iterator[Row]:
        for position, label in enumerate(reading.labels):
            yield {
                "position": position,
                "entity": storable(label.entity),
                "voice": kept(label.voice),
                "attribution": kept(label.attribution),
                "head": self._words((label.head,)),
                "head_start": label.head.start,
                "head_stop": label.head.end,
                "loaded": label.loaded,
                "score": label.score,
                **self._span(label.span),
            }

    def times(self, reading: Reading) -> Iterator[Row]:
        for position, time in enumerate(reading.times):
            yield {
                "position": position,
                "type": time.type,
                "value": kept(time.value),
                "reason": kept(time.reason),
                "attribution": kept(time.attribution),
                "score": time.score,
                **self._span(time.span),
            }

    def places(self, reading: Reading) -> Iterator[Row]:
        for position, place in enumerate(reading.places):
            yield {
                "position": position,
                "name": storable(place.name),
                "feature": kept(place.feature),
                "country": kept(place.country),
                "lat": place.lat,
                "lon": place.lon,
                "reason": kept(place.reason),
                "entity": kept(place.entity),
                "attribution": kept(place.attribution),
                "score": place.score,
                **self._span(place.span),
            }

    def quantities(self, reading: Reading) -> Iterator[Row]:
        for position, quantity in enumerate(reading.quantities):
            yield {
                "position": position,
                "low": quantity.low,
                "high": quantity.high,
                "approximate": quantity.approximate,
                "unit": kept(quantity.unit),
                "counted": kept(quantity.of),
                "fate": kept(quantity.fate),
                "reason": kept(quantity.reason),
                "attribution": kept(quantity.attribution),
                "score": quantity.score,
                **self._span(quantity.span),
            }

    def _words(self, spans: Spans) -> str:
        return " […] ".join(self._text[start:end] for start, end in spans)

    def _span(self, span: Span) -> Row:
        return {"start": span.start, "stop": span.end, "words": self._text[span.start : span.end]}


def _linked(name: str, identity: Identity | None, found: Mapping[str, int], column: str) -> Row:
    return {
        "identity": identity and identity.key,
        "link_score": identity and identity.score,
        "link_rule": identity and identity.rule,
        column: found.get(nameless(name) if identity is None else identity.key),
    }


def _packed(data: Any) -> bytes:
    return zlib.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))


def _unpacked(data: bytes) -> Any:
    return json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))
