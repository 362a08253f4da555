"""The JSON form of a reading, schema `sayso/1`: fields are added, never renamed, and what is read is checked."""

from __future__ import annotations

import itertools
import math
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from sayso.errors import InvalidReading
from sayso.types import (
    Attribution,
    Document,
    Entity,
    EntityType,
    Kind,
    Label,
    Place,
    Quantity,
    Span,
    Spans,
    Stance,
    Time,
    TimeType,
    Voice,
    VoiceType,
    Withheld,
)

if TYPE_CHECKING:
    from sayso.reading import Reading

SCHEMA = "sayso/1"


def to_dict(reading: Reading) -> dict[str, Any]:
    """The reading as JSON-ready values."""
    document = reading.document
    return {
        "schema": SCHEMA,
        "document": {
            "id": document.id,
            "path": document.path,
            "title": document.title,
            "outlet": document.outlet,
            "author": document.author,
            "published": document.published,
            "url": document.url,
            "language": document.language,
            "text": document.text,
        },
        "model": reading.model,
        "attributions": [_attribution_to_dict(a) for a in reading.attributions],
        "voices": [_voice_to_dict(v) for v in reading.voices],
        "narration": _lists(reading.narration),
        "entities": [_entity_to_dict(e) for e in reading.entities],
        "labels": [_label_to_dict(label) for label in reading.labels],
        "times": [_time_to_dict(t) for t in reading.times],
        "places": [_place_to_dict(p) for p in reading.places],
        "quantities": [_quantity_to_dict(q) for q in reading.quantities],
    }


@dataclass(frozen=True, slots=True)
class Parts:
    """What a reading is made of, as it was read from JSON."""

    document: Document
    model: str
    attributions: tuple[Attribution, ...]
    voices: tuple[Voice, ...]
    narration: Spans
    entities: tuple[Entity, ...]
    labels: tuple[Label, ...]
    times: tuple[Time, ...]
    places: tuple[Place, ...]
    quantities: tuple[Quantity, ...]


def parts(data: Mapping[str, Any]) -> Parts:
    """Read what `to_dict` wrote; fields of later versions are passed over, those that earlier ones lack are empty.

    Raises InvalidReading, naming the fault, for anything that is not a reading whose spans lie in its text.
    """
    if not isinstance(data, Mapping) or data.get("schema") != SCHEMA:
        raise InvalidReading(f'not a reading: "schema" is not "{SCHEMA}"')
    try:
        document = _document_from_dict(data["document"])
        size = len(document.text)
        found = Parts(
            document=document,
            model=_text(data["model"], "model"),
            attributions=tuple(_attribution_from_dict(a, size) for a in data["attributions"]),
            voices=_each(data, "voices", _voice_from_dict, size),
            narration=_spans(data.get("narration", []), size),
            entities=_each(data, "entities", _entity_from_dict, size),
            labels=_each(data, "labels", _label_from_dict, size),
            times=_each(data, "times", _time_from_dict, size),
            places=_each(data, "places", _place_from_dict, size),
            quantities=_each(data, "quantities", _quantity_from_dict, size),
        )
        _check_references(found.attributions, found.voices)
        _check_grounding(found)
        return found
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
        raise InvalidReading(f"not a reading: {type(error).__name__} {error}") from error


_Item = TypeVar("_Item")


def _each(
    data: Mapping[str, Any], name: str, read: Callable[[Mapping[str, Any], int], _Item], size: int
) -> tuple[_Item, ...]:
    return tuple(read(item, size) for item in data.get(name, ()))


def _document_from_dict(data: Mapping[str, Any]) -> Document:
    known: dict[str, Any] = {name: data.get(name) for name in Document.__slots__}
    for name, value in known.items():
        if value is not None or name in ("id", "text"):
            _text(value, name)
    return Document(**known)


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise InvalidReading(f'not a reading: its "{name}" is no text')
    return value


def _text_or_none(value: Any, name: str) -> str | None:
    return None if value is None else _text(value, name)


def _probability(value: Any) -> float:
    score = float(value)
    if not 0 <= score <= 1:
        raise InvalidReading(f"not a reading: {score} is no probability")
    return score


def _attribution_to_dict(attribution: Attribution) -> dict[str, Any]:
    return {
        "id": attribution.id,
        "source": _lists(attribution.source),
        "cue": _lists(attribution.cue),
        "content": _lists(attribution.content),
        "kind": attribution.kind,
        "stance": attribution.stance,
        "voice": attribution.voice,
        "voice_score": attribution.voice_score,
        "voice_reason": attribution.voice_reason,
        "via": list(attribution.via),
        "parent": attribution.parent,
        "hedged": _lists(attribution.hedged),
        "negated": _lists(attribution.negated),
        "score": attribution.score,
    }


def _voice_to_dict(voice: Voice) -> dict[str, Any]:
    withheld = voice.withheld
    return {
        "id": voice.id,
        "name": voice.name,
        "type": voice.type,
        "roles": _lists(voice.roles),
        "mentions": _lists(voice.mentions),
        "score": voice.score,
        "withheld": None
        if withheld is None
        else {
            "number": withheld.number,
            "affiliation": None if withheld.affiliation is None else list(withheld.affiliation),
            "why": None if withheld.why is None else list(withheld.why),
        },
    }


def _entity_to_dict(entity: Entity) -> dict[str, Any]:
    return {
        "id": entity.id,
        "name": entity.name,
        "type": entity.type,
        "names": list(entity.names),
        "mentions": _lists(entity.mentions),
        "voice": entity.voice,
        "score": entity.score,
    }


def _label_to_dict(label: Label) -> dict[str, Any]:
    return {
        "entity": label.entity,
        "voice": label.voice,
        "span": list(label.span),
        "head": list(label.head),
        "loaded": label.loaded,
        "score": label.score,
        "attribution": label.attribution,
    }


def _lists(spans: Spans) -> list[list[int]]:
    return [list(span) for span in spans]


def _attribution_from_dict(data: Mapping[str, Any], size: int) -> Attribution:
    if data["kind"] not in get_args(Kind):
        raise InvalidReading(f"not a reading: {data['kind']!r} is no kind")
    if data.get("stance") not in (None, *get_args(Stance)):
        raise InvalidReading(f"not a reading: {data['stance']!r} is no stance")
    source, cue, content = (_spans(data[role], size) for role in ("source", "cue", "content"))
    if not source + cue + content:
        raise InvalidReading("not a reading: an attribution has no span")
    return Attribution(
        id=_text(data["id"], "id"),
        source=source,
        cue=cue,
        content=content,
        kind=data["kind"],
        score=_probability(data["score"]),
        stance=data.get("stance"),
        voice=_text_or_none(data.get("voice"), "voice"),
        voice_score=None if data.get("voice_score") is None else _probability(data["voice_score"]),
        voice_reason=_text_or_none(data.get("voice_reason"), "voice_reason"),
        via=tuple(_text(voice, "via") for voice in data.get("via", ())),
        parent=_text_or_none(data.get("parent"), "parent"),
        hedged=_spans(data.get("hedged", []), size),
        negated=_spans(data.get("negated", []), size),
    )


def _voice_from_dict(data: Mapping[str, Any], size: int) -> Voice:
    if data["type"] not in get_args(VoiceType):
        raise InvalidReading(f"not a reading: {data['type']!r} is no type of voice")
    withheld = data.get("withheld")
    return Voice(
        id=_text(data["id"], "id"),
        name=_text(data["name"], "name"),
        type=data["type"],
        roles=_spans(data["roles"], size),
        mentions=_spans(data["mentions"], size),
        score=_probability(data["score"]),
        withheld=None if withheld is None else _withheld_from_dict(withheld, size),
    )


def _withheld_from_dict(data: Mapping[str, Any], size: int) -> Withheld:
    affiliation, why = (None if data.get(name) is None else _span(data[name], size) for name in ("affiliation", "why"))
    number = data.get("number")
    return Withheld(None if number is None else operator.index(number), affiliation, why)


def _entity_from_dict(data: Mapping[str, Any], size: int) -> Entity:
    if data["type"] not in get_args(EntityType):
        raise InvalidReading(f"not a reading: {data['type']!r} is no type of entity")
    return Entity(
        id=_text(data["id"], "id"),
        name=_text(data["name"], "name"),
        type=data["type"],
        names=tuple(_text(name, "names") for name in data["names"]),
        mentions=_spans(data["mentions"], size),
        score=_probability(data["score"]),
        voice=_text_or_none(data.get("voice"), "voice"),
    )


def _label_from_dict(data: Mapping[str, Any], size: int) -> Label:
    if not isinstance(data["loaded"], bool):
        raise InvalidReading('not a reading: its "loaded" is neither true nor false')
    span, head = (_span(data[name], size) for name in ("span", "head"))
    return Label(
        entity=_text(data["entity"], "entity"),
        voice=_text_or_none(data.get("voice"), "voice"),
        span=span,
        head=head,
        loaded=data["loaded"],
        score=_probability(data["score"]),
        attribution=_text_or_none(data.get("attribution"), "attribution"),
    )


def _time_to_dict(time: Time) -> dict[str, Any]:
    return {
        "span": list(time.span),
        "type": time.type,
        "value": time.value,
        "reason": time.reason,
        "attribution": time.attribution,
        "score": time.score,
    }


def _time_from_dict(data: Mapping[str, Any], size: int) -> Time:
    if data["type"] not in get_args(TimeType):
        raise InvalidReading(f"not a reading: {data['type']!r} is no type of time")
    return Time(
        span=_span(data["span"], size),
        type=data["type"],
        value=_text_or_none(data["value"], "value"),
        score=_probability(data["score"]),
        reason=_text_or_none(data.get("reason"), "reason"),
        attribution=_text_or_none(data.get("attribution"), "attribution"),
    )


def _place_to_dict(place: Place) -> dict[str, Any]:
    return {
        "span": list(place.span),
        "entity": place.entity,
        "name": place.name,
        "feature": place.feature,
        "country": place.country,
        "lat": place.lat,
        "lon": place.lon,
        "reason": place.reason,
        "attribution": place.attribution,
        "score": place.score,
    }


def _place_from_dict(data: Mapping[str, Any], size: int) -> Place:
    lat, lon = (_number_or_none(data.get(name), name) for name in ("lat", "lon"))
    if (lat is None) != (lon is None) or not (abs(lat or 0) <= 90 and abs(lon or 0) <= 180):
        raise InvalidReading(f"not a reading: {lat}, {lon} is no place on the earth")
    return Place(
        span=_span(data["span"], size),
        name=_text(data["name"], "name"),
        score=_probability(data["score"]),
        entity=_text_or_none(data.get("entity"), "entity"),
        country=_text_or_none(data.get("country"), "country"),
        lat=lat,
        lon=lon,
        reason=_text_or_none(data.get("reason"), "reason"),
        attribution=_text_or_none(data.get("attribution"), "attribution"),
        feature=_text_or_none(data.get("feature"), "feature"),
    )


def _quantity_to_dict(quantity: Quantity) -> dict[str, Any]:
    return {
        "span": list(quantity.span),
        "low": quantity.low,
        "high": quantity.high,
        "approximate": quantity.approximate,
        "unit": quantity.unit,
        "of": quantity.of,
        "fate": quantity.fate,
        "reason": quantity.reason,
        "attribution": quantity.attribution,
        "score": quantity.score,
    }


def _quantity_from_dict(data: Mapping[str, Any], size: int) -> Quantity:
    if not isinstance(data["approximate"], bool):
        raise InvalidReading('not a reading: its "approximate" is neither true nor false')
    return Quantity(
        span=_span(data["span"], size),
        low=_number_or_none(data["low"], "low"),
        high=_number_or_none(data["high"], "high"),
        approximate=data["approximate"],
        unit=_text_or_none(data.get("unit"), "unit"),
        of=_text_or_none(data.get("of"), "of"),
        score=_probability(data["score"]),
        reason=_text_or_none(data.get("reason"), "reason"),
        attribution=_text_or_none(data.get("attribution"), "attribution"),
        fate=_text_or_none(data.get("fate"), "fate"),
    )


def _number_or_none(value: Any, name: str) -> float | None:
    if value is None:
        return None
    number = float(value)
    if isinstance(value, (str, bool)) or not math.isfinite(number):
        raise InvalidReading(f'not a reading: its "{name}" is no number')
    return number


def _check_references(attributions: tuple[Attribution, ...], voices: tuple[Voice, ...]) -> None:
    """Raise InvalidReading if an id is given twice, or an attribution names a voice or a parent that is not there."""
    known_voices, known = {v.id for v in voices}, {a.id for a in attributions}
    if len(known_voices) < len(voices) or len(known) < len(attributions):
        raise InvalidReading("not a reading: two voices or two attributions have one id")
    for attribution in attributions:
        missing = {v for v in (attribution.voice, *attribution.via) if v is not None} - known_voices
        if voices and missing:
            raise InvalidReading(
                f"not a reading: {attribution.id} names the voice {min(missing)!r}, which is not there"
            )
        if attribution.parent is not None and attribution.parent not in known:
            raise InvalidReading(f"not a reading: {attribution.id} lies in {attribution.parent!r}, which is not there")


def _check_grounding(found: Parts) -> None:
    """Raise InvalidReading if an id is given twice, or something is named that is not there."""
    entities, voices = {e.id for e in found.entities}, {v.id for v in found.voices}
    attributions = {a.id for a in found.attributions}
    if len(entities) < len(found.entities):
        raise InvalidReading("not a reading: two entities have one id")
    for entity in found.entities:
        if entity.voice is not None and entity.voice not in voices:
            raise InvalidReading(f"not a reading: {entity.id} is the voice {entity.voice!r}, which is not there")
    vouched: Iterable[Label | Time | Place | Quantity] = itertools.chain(
        found.labels, found.times, found.places, found.quantities
    )
    _check_there((label.entity for label in found.labels), entities)
    _check_there((label.voice for label in found.labels), voices)
    _check_there((place.entity for place in found.places), entities)
    _check_there((item.attribution for item in vouched), attributions)


def _check_there(names: Iterable[str | None], there: set[str]) -> None:
    for name in names:
        if name is not None and name not in there:
            raise InvalidReading(f"not a reading: it names {name!r}, which is not there")


def _span(data: Any, size: int) -> Span:
    return _spans([data], size)[0]


def _spans(data: list[list[int]], size: int) -> Spans:
    spans = tuple(Span(operator.index(start), operator.index(end)) for start, end in data)
    if any(not 0 <= start < end <= size for start, end in spans):
        raise InvalidReading(f"not a reading: a span lies outside the text of {size} characters")
    if any(before.end > after.start for before, after in itertools.pairwise(spans)):
        raise InvalidReading("not a reading: the spans of a role overlap or are out of order")
    return spans
