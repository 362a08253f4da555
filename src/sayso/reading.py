"""A reading: one report and everything found in it, with its JSON form (schema `sayso/1`)."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from sayso import provenance
from sayso.errors import InvalidReading
from sayso.narration import unsourced
from sayso.profile import Profile, profile
from sayso.render import ledger, page
from sayso.types import (
    Attribution,
    Document,
    Entity,
    EntityType,
    Kind,
    Label,
    Span,
    Spans,
    Stance,
    Voice,
    VoiceType,
    Withheld,
)

SCHEMA = "sayso/1"


@dataclass(frozen=True, slots=True, repr=False)
class Reading:
    """What Sayso found in one report. `attributions` are in reading order, `voices` in the order in which they first
    speak; `narration` is what the report says in its own voice; `entities` are those it talks about in the order in
    which they first appear, `labels` what they are called, in text order; `model` names the weights that read it."""

    document: Document
    model: str
    attributions: tuple[Attribution, ...]
    voices: tuple[Voice, ...] = ()
    narration: Spans = ()
    entities: tuple[Entity, ...] = ()
    labels: tuple[Label, ...] = ()

    def words(self, spans: Spans) -> str:
        """The exact words at `spans`, an ellipsis in square brackets between separate ones."""
        return " […] ".join(self.document.text[start:end] for start, end in spans)

    @property
    def unsourced(self) -> Spans:
        """The sentences of the narration that stand on nobody: no attribution touches them. Found anew each time."""
        return unsourced(self.document.text, self.attributions)

    def profile(self) -> Profile:
        """How much of the report stands on whom: on each voice, on the report itself, on nobody."""
        return profile(self)

    def chain(self, attribution: Attribution) -> tuple[str, ...]:
        """The names between the reader and the speaker, outermost first: the outlet, those it came through, the voice;
        what is not known is left out."""
        return provenance.chain(self.document, {voice.id: voice.name for voice in self.voices}, attribution)

    def to_dict(self) -> dict[str, Any]:
        """The reading as JSON-ready values in schema `sayso/1`; `from_dict` gives an equal reading back."""
        document = self.document
        return {
            "schema": SCHEMA,
            "document": {
                "id": document.id,
                "path": document.path,
                "title": document.title,
                "outlet": document.outlet,
                "published": document.published,
                "url": document.url,
                "language": document.language,
                "text": document.text,
            },
            "model": self.model,
            "attributions": [_attribution_to_dict(a) for a in self.attributions],
            "voices": [_voice_to_dict(v) for v in self.voices],
            "narration": _lists(self.narration),
            "entities": [_entity_to_dict(e) for e in self.entities],
            "labels": [_label_to_dict(label) for label in self.labels],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Reading:
        """Read what `to_dict` wrote; fields of later versions are passed over.

        Raises InvalidReading, naming the fault, for anything that is not a reading whose spans lie in its text.
        """
        if not isinstance(data, Mapping) or data.get("schema") != SCHEMA:
            raise InvalidReading(f'not a reading: "schema" is not "{SCHEMA}"')
        try:
            document = _document_from_dict(data["document"])
            size = len(document.text)
            found = tuple(_attribution_from_dict(a, size) for a in data["attributions"])
            voices = tuple(_voice_from_dict(v, size) for v in data.get("voices", ()))
            _check_references(found, voices)
            narration = _spans(data.get("narration", []), size)
            entities = tuple(_entity_from_dict(e, size) for e in data.get("entities", ()))
            labels = tuple(_label_from_dict(label, size) for label in data.get("labels", ()))
            _check_grounding(entities, labels, {v.id for v in voices}, {a.id for a in found})
            return cls(document, _text(data["model"], "model"), found, voices, narration, entities, labels)
        except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
            raise InvalidReading(f"not a reading: {type(error).__name__} {error}") from error

    def __repr__(self) -> str:
        name = self.document.title or self.document.path or self.document.id[:15]
        count = len(self.attributions)
        return f"<Reading of {name!r}: {count} attribution{'s' * (count != 1)}; print() it for the ledger>"

    def __str__(self) -> str:
        return ledger.plain(self)

    def _repr_html_(self) -> str:
        return page.fragment(self)


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
    affiliation, why = (
        None if data.get(name) is None else _spans([data[name]], size)[0] for name in ("affiliation", "why")
    )
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
    span, head = (_spans([data[name]], size)[0] for name in ("span", "head"))
    return Label(
        entity=_text(data["entity"], "entity"),
        voice=_text_or_none(data.get("voice"), "voice"),
        span=span,
        head=head,
        loaded=data["loaded"],
        score=_probability(data["score"]),
        attribution=_text_or_none(data.get("attribution"), "attribution"),
    )


def _check_grounding(
    entities: tuple[Entity, ...], labels: tuple[Label, ...], voices: set[str], attributions: set[str]
) -> None:
    """Raise InvalidReading if an id is given twice, or something is named that is not there."""
    known = {entity.id for entity in entities}
    if len(known) < len(entities):
        raise InvalidReading("not a reading: two entities have one id")
    for entity in entities:
        if entity.voice is not None and entity.voice not in voices:
            raise InvalidReading(f"not a reading: {entity.id} is the voice {entity.voice!r}, which is not there")
    for label in labels:
        for name, there in ((label.entity, known), (label.voice, voices), (label.attribution, attributions)):
            if name is not None and name not in there:
                raise InvalidReading(f"not a reading: a label names {name!r}, which is not there")


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


def _spans(data: list[list[int]], size: int) -> Spans:
    spans = tuple(Span(operator.index(start), operator.index(end)) for start, end in data)
    if any(not 0 <= start < end <= size for start, end in spans):
        raise InvalidReading(f"not a reading: a span lies outside the text of {size} characters")
    if any(before.end > after.start for before, after in itertools.pairwise(spans)):
        raise InvalidReading("not a reading: the spans of a role overlap or are out of order")
    return spans
