"""Readings as W3C Web Annotations (JSON-LD): one annotation a role, on the places where the report stood.

A role in several pieces is one annotation with several targets, as Recogito reads it; each target has a quotation with
what stands around it, by which Hypothesis finds it again on the page, and a position in code points of the text, as the
model of annotations counts. https://www.w3.org/TR/annotation-model/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from sayso.export import iri, jsons
from sayso.export.described import Described
from sayso.types import Attribution, Span

if TYPE_CHECKING:
    from sayso.reading import Reading

CONTEXT = "http://www.w3.org/ns/anno.jsonld"

_AROUND = 32
"""Code points of text before and after a quotation, by which it is told from the same words elsewhere."""


def texts(readings: Iterable[Reading]) -> Iterator[str]:
    """One JSON-LD document: an annotation page that holds the annotations of all readings."""
    head = {"@context": CONTEXT, "id": "urn:sayso:annotations", "type": "AnnotationPage"}
    return jsons.within(head, "items", (found for reading in readings for found in annotated(reading)))


def annotated(reading: Reading) -> Iterator[dict[str, Any]]:
    """The annotations of one reading: for each attribution its source, cue and content, as far as they are there."""
    described = Described(reading)
    for attribution in reading.attributions:
        chain = " ← ".join(described.chain(attribution))
        roles = {"source": attribution.source, "cue": attribution.cue, "content": attribution.content}
        for role, spans in roles.items():
            if spans:
                yield {
                    "id": iri.named(reading.document, attribution.id, role),
                    "type": "Annotation",
                    "motivation": "tagging",
                    "body": _bodies(reading, attribution, role, chain),
                    "target": [_target(reading, span) for span in spans],
                }


def _bodies(reading: Reading, attribution: Attribution, role: str, chain: str) -> list[dict[str, Any]]:
    """The role as a tag; which attribution it belongs to; with the content, on whose word it stands."""
    about = [
        {"type": "TextualBody", "purpose": "tagging", "value": role},
        {
            "type": "SpecificResource",
            "purpose": "identifying",
            "source": iri.named(reading.document, attribution.id),
        },
    ]
    if role == "content":
        said = " · ".join(filter(None, (chain, attribution.stance, attribution.kind)))
        about.append({"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": said})
    return about


def _target(reading: Reading, span: Span) -> dict[str, Any]:
    text, (start, end) = reading.document.text, span
    return {
        "source": iri.web(reading.document.url) or iri.named(reading.document),
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(0, start - _AROUND) : start],
                "suffix": text[end : end + _AROUND],
            },
            {"type": "TextPositionSelector", "start": start, "end": end},
        ],
    }
