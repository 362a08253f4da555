"""Readings as provenance (PROV-O, in Turtle): through whose hands every statement reached the reader.

A report and each statement in it are entities. A statement is derived from what was said (quoted from it, where it
stands in quotation marks) by way of those it came through, each the entity of what they said; the last of them is its
primary source. Voices and outlets are agents. https://www.w3.org/TR/prov-o/
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sayso.export import iri
from sayso.export.described import Described
from sayso.export.plain import utf8
from sayso.types import Attribution, VoiceType

if TYPE_CHECKING:
    from sayso.reading import Reading

_PREFIXES = """\
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix sayso: <urn:sayso:terms:> .
"""

_SORTS: dict[VoiceType, str] = {
    "person": "prov:Person",
    "organisation": "prov:Organization",
    "outlet": "prov:Organization",
}

_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SPECIAL = re.compile(r"[\\\"\n\r\t\0-\x1f\x7f]")


def texts(readings: Iterable[Reading]) -> Iterator[str]:
    """One Turtle document, a reading at a time."""
    yield _PREFIXES
    for reading in readings:
        yield "".join(_blocks(reading))


def _blocks(reading: Reading) -> Iterator[str]:
    document, described = reading.document, Described(reading)
    agent = _resource(iri.outlet(document.outlet)) if document.outlet else None
    address = iri.web(document.url)
    yield _block(
        iri.named(document),
        ("a", "prov:Entity"),
        ("dcterms:title", _text(document.title)),
        ("dcterms:issued", _date(document.published)),
        ("dcterms:source", _resource(address) if address else None),
        ("prov:wasAttributedTo", agent),
    )
    if document.outlet:
        yield _block(
            iri.outlet(document.outlet),
            ("a", "prov:Agent, prov:Organization"),
            ("foaf:name", _text(document.outlet)),
        )
    for voice in reading.voices:
        sort = _SORTS.get(voice.type)
        yield _block(
            iri.named(document, voice.id),
            ("a", "prov:Agent" + (f", {sort}" if sort else "")),
            ("foaf:name", _text(voice.name)),
            ("sayso:type", _text(voice.type)),
        )
    for attribution in reading.attributions:
        yield from _statement(described, attribution)


def _statement(described: Described, attribution: Attribution) -> Iterator[str]:
    """The statement as the report has it, and what it was derived from, step by step to who said it first."""
    document = described.reading.document
    hands = [*described.via(attribution), described.voice(attribution)]
    names = [iri.named(document, attribution.id, f"said{number}") for number in range(1, len(hands) + 1)]
    verbatim = attribution.kind != "indirect"
    inside = iri.named(document, attribution.parent) if attribution.parent else iri.named(document)
    yield _block(
        iri.named(document, attribution.id),
        ("a", "prov:Entity"),
        ("prov:value", _text(described.words(attribution.content)) if attribution.content else None),
        ("dcterms:isPartOf", _resource(inside)),
        ("prov:wasQuotedFrom" if verbatim else "prov:wasDerivedFrom", _resource(names[0])),
        ("prov:hadPrimarySource", _resource(names[-1])),
        ("sayso:stance", _text(attribution.stance)),
        ("sayso:kind", _text(attribution.kind)),
        ("sayso:score", f'"{attribution.score:.6f}"^^xsd:decimal'),
    )
    for number, (name, voice) in enumerate(zip(names, hands, strict=True), 1):
        yield _block(
            name,
            ("a", "prov:Entity"),
            ("prov:wasAttributedTo", _resource(iri.named(document, voice.id)) if voice else None),
            ("prov:wasDerivedFrom", _resource(names[number]) if number < len(names) else None),
        )


def _block(subject: str, *said: tuple[str, str | None]) -> str:
    known = " ;\n  ".join(f"{term} {value}" for term, value in said if value is not None)
    return f"\n{_resource(subject)} {known} .\n"


def _resource(name: str) -> str:
    return f"<{name}>"


def _text(words: str | None) -> str | None:
    """A string of Turtle."""
    if words is None:
        return None
    return '"' + _SPECIAL.sub(lambda m: _ESCAPED.get(m[0], f"\\u{ord(m[0]):04X}"), utf8(words)) + '"'


def _date(published: str | None) -> str | None:
    """A day or a moment as XML Schema writes it; what is neither, as the words it is."""
    try:
        moment = datetime.datetime.fromisoformat(published or "")
    except ValueError:
        return _text(published)
    if len(published or "") <= len("2031-03-07"):
        return f'"{moment.date().isoformat()}"^^xsd:date'
    return f'"{moment.isoformat()}"^^xsd:dateTime'
