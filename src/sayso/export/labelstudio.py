"""Readings as Label Studio tasks (JSON) with what Sayso found as predictions, to be corrected there and taken back.

Label Studio's regions have no gaps, so a role in pieces is several regions. The cue (or, without one, the first
region there is) has a relation to each other region of its attribution, and bears kind, stance and voice; its note is
the attribution's id. Offsets are code points, as Label Studio counts. https://labelstud.io/guide/predictions
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, get_args

from sayso.export import jsons
from sayso.export.described import Described
from sayso.export.pieces import pieces
from sayso.export.plain import stored
from sayso.types import Attribution, Kind, Stance, VoiceType

if TYPE_CHECKING:
    from sayso.reading import Reading


def _choices(name: str, values: tuple[str, ...]) -> str:
    choices = "".join(f'<Choice value="{value}"/>' for value in values)
    shown = 'perRegion="true" showInline="true"'
    return f'  <Choices name="{name}" toName="text" {shown}>{choices}</Choices>\n'


CONFIG = f"""\
<View>
  <Labels name="role" toName="text">
    <Label value="Cue" background="#ffc9a3"/>
    <Label value="Source" background="#a9dcc9"/>
    <Label value="Content" background="#fbe7a1"/>
  </Labels>
  <Text name="text" value="$text"/>
{_choices("kind", get_args(Kind))}{_choices("stance", get_args(Stance))}\
  <TextArea name="voice" toName="text" perRegion="true" editable="true" maxSubmissions="1" placeholder="voice"/>
{_choices("voice_type", get_args(VoiceType))}\
  <TextArea name="via" toName="text" perRegion="true" editable="true" placeholder="via, outermost first"/>
</View>
"""
"""The labelling interface that a project needs for these tasks."""


def texts(readings: Iterable[Reading]) -> Iterator[str]:
    """One JSON array, a task for each reading."""
    return jsons.array(map(_task, readings))


def _task(reading: Reading) -> dict[str, Any]:
    document, described = reading.document, Described(reading)
    scores = [attribution.score for attribution in reading.attributions]
    prediction: dict[str, Any] = {"model_version": reading.model}
    if scores:
        prediction["score"] = sum(scores) / len(scores)
    prediction["result"] = [item for found in reading.attributions for item in _results(described, found)]
    return {
        "data": {
            "text": stored(document.text),
            "document": document.id,
            "title": document.title,
            "outlet": document.outlet,
            "published": document.published,
            "url": document.url,
        },
        "predictions": [prediction],
    }


def _results(described: Described, attribution: Attribution) -> Iterator[dict[str, Any]]:
    """The regions of one attribution, what is said of the first, and its relations to the others."""
    text = described.reading.document.text
    found = pieces(attribution)
    for number, (role, (start, end)) in enumerate(found, 1):
        value = {"start": start, "end": end, "text": stored(text[start:end])}
        region = {"id": f"{attribution.id}.{number}", "to_name": "text", "score": attribution.score}
        labelled = {**region, "from_name": "role", "type": "labels", "value": {**value, "labels": [role]}}
        if number == 1:
            yield {**labelled, "meta": {"text": [attribution.id]}}
            yield from _said(described, attribution, region, value)
        else:
            yield labelled
    for number in range(2, len(found) + 1):
        ends = {"from_id": f"{attribution.id}.1", "to_id": f"{attribution.id}.{number}"}
        yield {**ends, "type": "relation", "direction": "right"}


def _said(
    described: Described, attribution: Attribution, region: dict[str, Any], value: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """What is said of an attribution as a whole, at its first region."""
    voice = described.voice(attribution)
    chosen = {
        "kind": attribution.kind,
        "stance": attribution.stance,
        "voice_type": voice.type if voice else None,
    }
    written = {
        "voice": [described.labels[voice.id]] if voice else [],
        "via": [described.labels[passing.id] for passing in described.via(attribution)],
    }
    for name, choice in chosen.items():
        if choice is not None:
            yield {**region, "from_name": name, "type": "choices", "value": {**value, "choices": [choice]}}
    for name, words in written.items():
        if words:
            yield {**region, "from_name": name, "type": "textarea", "value": {**value, "text": words}}
