"""A reading as a UIMA CAS (XMI), for INCEpTION and whatever else reads UIMA, to be corrected there and taken back.

Annotations of UIMA have no gaps. `sayso.Attribution` stands on the cue (or, without one, on the first span there is)
and has slots for its parts, each a `sayso.Part`, by their roles; `sayso.Voice` stands on each mention of a voice, to
look at. INCEpTION makes its layers of the type system by itself. Offsets are UTF-16 code units, as in Java.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sayso.export.described import Described
from sayso.export.pieces import pieces
from sayso.export.plain import xml
from sayso.extras import need
from sayso.types import Attribution, Spans

if TYPE_CHECKING:
    from sayso.reading import Reading

ATTRIBUTION, PART, VOICE, SLOT = "sayso.Attribution", "sayso.Part", "sayso.Voice", "sayso.AttributionPartsLink"

TYPE_SYSTEM = "TypeSystem.xml"
"""The file beside the documents that says what the types are; INCEpTION looks for it under this name."""


def files(reading: Reading) -> Mapping[str, str]:
    """The file of a reading, by suffix. Raises MissingExtra where cassis is not installed."""
    return {".xmi": cas(reading).to_xmi() + "\n"}


def shared() -> Mapping[str, str]:
    """The file that a folder of readings needs once, by name. Raises MissingExtra where cassis is not installed."""
    return {TYPE_SYSTEM: type_system().to_xml() + "\n"}


def cas(reading: Reading) -> Any:
    """The reading as a `cassis.Cas`, whose offsets are code points until it is written."""
    cassis, types, described = _cassis(), type_system(), Described(reading)
    made = cassis.Cas(types, sofa_string=xml(reading.document.text), sofa_mime="text/plain")
    made.document_language = reading.document.language or "x-unspecified"
    made.get_document_annotation().end = len(reading.document.text)
    for attribution in reading.attributions:
        _add(made, types, described, attribution)
    voice_type = types.get_type(VOICE)
    for voice in reading.voices:
        said = {"identifier": voice.id, "name": described.labels[voice.id], "voiceType": voice.type}
        for start, end in voice.mentions:
            made.add(voice_type(begin=start, end=end, **said))
    return made


@functools.cache
def type_system() -> Any:
    """The types as a `cassis.TypeSystem`."""
    types = _cassis().TypeSystem()
    text, annotation = "uima.cas.String", "uima.tcas.Annotation"
    part = types.create_type(PART, annotation, "A span that plays some role in an attribution")
    slot = types.create_type(SLOT, "uima.cas.TOP", "The role of a part: source, cue, content, hedged or negated")
    types.create_feature(slot, "role", text)
    types.create_feature(slot, "target", part)
    attribution = types.create_type(ATTRIBUTION, annotation, "An occasion on which the text hands words to somebody")
    for name, about in _FEATURES.items():
        types.create_feature(attribution, name, text, description=about)
    types.create_feature(attribution, "via", "uima.cas.StringArray", description="Who it came through, outermost first")
    types.create_feature(attribution, "score", "uima.cas.Float", description="How likely source and content are right")
    types.create_feature(attribution, "parts", "uima.cas.FSArray", slot.name, description="Its spans, by role")
    voice = types.create_type(VOICE, annotation, "A place where a voice is named or meant")
    for name in ("identifier", "name", "voiceType"):
        types.create_feature(voice, name, text)
    return types


_FEATURES = {
    "identifier": "The attribution's id in the reading",
    "kind": "direct, mixed or indirect",
    "stance": "What the cue does with the content",
    "voice": "Who is speaking",
    "voiceType": "What sort of voice that is",
}


def _add(made: Any, types: Any, described: Described, attribution: Attribution) -> None:
    roles: dict[str, Spans] = {
        "cue": attribution.cue,
        "source": attribution.source,
        "content": attribution.content,
        "hedged": attribution.hedged,
        "negated": attribution.negated,
    }
    part, slot, array = types.get_type(PART), types.get_type(SLOT), types.get_type("uima.cas.FSArray")
    slots = []
    for role, spans in roles.items():
        for start, end in spans:
            target = part(begin=start, end=end)
            made.add(target)
            slots.append(slot(role=role, target=target))
    start, end = pieces(attribution)[0].span
    voice = described.voice(attribution)
    via = [described.labels[passing.id] for passing in described.via(attribution)]
    strings = types.get_type("uima.cas.StringArray")
    made.add(
        types.get_type(ATTRIBUTION)(
            begin=start,
            end=end,
            identifier=xml(attribution.id),
            kind=attribution.kind,
            stance=attribution.stance,
            voice=described.labels[voice.id] if voice else None,
            voiceType=voice.type if voice else None,
            via=strings(elements=via) if via else None,
            score=attribution.score,
            parts=array(elements=slots),
        )
    )


def _cassis() -> Any:
    return need("cassis", "exchange", "writing or reading UIMA CAS")
