"""Readings that go out, and readings that a person has corrected, for tests of what is exchanged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import get_args

from hypothesis import strategies as st

from sayso.documents import document
from sayso.reading import Reading
from sayso.types import Attribution, Kind, Span, Spans, Stance, Voice
from tests.readings import marked, readings_with_voices, with_voices


def known(reading: Reading) -> Reading:
    """`reading` with the id that its text has."""
    return replace(reading, document=replace(reading.document, id=document(reading.document.text).id))


def dam() -> Reading:
    """A report of an invented dam, with an astral character, a voice at second hand, and a content in two pieces that
    runs over paragraphs."""
    reading = marked(
        "\U0001f30a {what1 “There is no crack,”} {who1 Ilse Tamarind} {how1 said}, {what1 “and there\n\nwas none.”} "
        "{who2 The valley council} {how2 denied} that {what2 the dam had leaked}, Radio Velmoor reported. "
        "{who3 A senior engineer} {how3 warned} that {what3 it may not hold}.",
        title="Dam will hold, says board",
        outlet="Harbour Wire",
        published="2031-03-07T18:30:00+02:00",
        url="https://harbourwire.example/2031/dam?p=ä b",
    )
    reading = with_voices(
        reading,
        ("Ilse Tamarind", "person", "a1"),
        ("valley council", "organisation", "a2"),
        ("senior engineer", "unnamed", "a3"),
    )
    start = reading.document.text.index("Radio Velmoor")
    radio = Voice("v4", "Radio Velmoor", "outlet", (), (Span(start, start + 13),), 0.9)
    first, second, third = reading.attributions
    attributions = (
        replace(first, kind="direct", stance="asserts"),
        replace(second, kind="indirect", stance="denies", via=("v4",)),
        replace(third, kind="indirect", stance="asserts"),
    )
    return known(replace(reading, attributions=attributions, voices=(*reading.voices, radio)))


def inked(text: str, spans: Spans | Iterable[Span]) -> frozenset[int]:
    """The offsets that spans cover, white space apart."""
    return frozenset(index for start, end in spans for index in range(start, end) if not text[index].isspace())


@st.composite
def outgoing(draw: st.DrawFn) -> Reading:
    """Any reading at all, each attribution in other places than the others, each voice with a name."""
    reading = draw(readings_with_voices())
    voices = tuple(replace(voice, name=f"{voice.name} {voice.id[1:]}X") for voice in reading.voices)
    places: dict[object, Attribution] = {}
    for attribution in reading.attributions:
        places.setdefault((attribution.source, attribution.cue, attribution.content), attribution)
    kept = tuple(places.values())
    ids = {attribution.id for attribution in kept}
    return known(
        replace(
            reading,
            voices=voices,
            attributions=tuple(replace(a, parent=a.parent if a.parent in ids else None) for a in kept),
            labels=(),
            times=(),
            places=(),
            quantities=(),
        )
    )


@st.composite
def corrected(draw: st.DrawFn) -> tuple[Reading, Reading]:
    """A reading that goes out, and what a person makes of it: attributions moved, changed, given to others, taken
    away and added; a voice that was not there."""
    reading = draw(outgoing())
    size = len(reading.document.text)
    new = Voice(f"v{len(reading.voices) + 1}", "Ilse Tamarind", "person", (), (), 1.0)
    ids = [None, *(voice.id for voice in reading.voices), new.id]
    spans = st.lists(st.integers(0, size), max_size=6, unique=True).map(sorted).map(_paired)
    after: dict[object, Attribution] = {}
    names = [a.id for a in reading.attributions] + (["a77", "a78"] if size else [])
    before = {attribution.id: attribution for attribution in reading.attributions}
    for name in names:
        attribution = before.get(name, Attribution(name, (), (), (), "mixed", 1.0))
        if draw(st.sampled_from("kkrmm")) == "r":
            continue
        for role in ("source", "cue", "content"):
            if name not in before or draw(st.booleans()):
                attribution = replace(attribution, **{role: draw(spans)})
        attribution = replace(
            attribution,
            kind=draw(st.sampled_from(get_args(Kind))),
            stance=draw(st.none() | st.sampled_from(get_args(Stance))),
            voice=draw(st.sampled_from([attribution.voice, *ids])),
            via=draw(st.sampled_from([attribution.via, (), (new.id,)])),
        )
        if attribution.source + attribution.cue + attribution.content:
            after.setdefault((attribution.source, attribution.cue, attribution.content), attribution)
    return reading, replace(reading, attributions=tuple(after.values()), voices=(*reading.voices, new))


def _paired(cuts: list[int]) -> Spans:
    return tuple(Span(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False))


def sample() -> Reading:
    """The report of which docs/formats.md shows what is written."""
    reading = marked(
        "{who1 Ilse Tamarind} {how1 denied} that {what1 the dam had leaked}, Radio Velmoor reported.",
        title="Dam will hold",
        outlet="Harbour Wire",
        published="2031-03-07",
    )
    reading = with_voices(reading, ("Ilse Tamarind", "person", "a1"))
    radio = Voice("v2", "Radio Velmoor", "outlet", (), (Span(46, 59),), 0.9)
    (denied,) = reading.attributions
    denied = replace(denied, kind="indirect", stance="denies", via=("v2",))
    return known(replace(reading, model="en_v2", attributions=(denied,), voices=(*reading.voices, radio)))
