"""Readings made for tests: from a text with its attributions marked in it, and at random."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import get_args

from hypothesis import settings
from hypothesis import strategies as st

from sayso.innermost import innermost
from sayso.narration import narration
from sayso.reading import Reading
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

quick = settings(max_examples=60, deadline=None)
"""How properties of readings are tried: often enough, and without a clock that a busy machine would trip."""

_ROLES = {"who": "source", "how": "cue", "what": "content"}
_TOKEN = re.compile(r"\{(who|how|what)(\d+) |\}")


def marked(notation: str, **known: str | None) -> Reading:
    """`{who1 The board} {how1 denied} that {what1 a photograph exists}.` as a reading; braces nest.

    `known` is the document's: title, outlet and so on.
    """
    text = ""
    opened: list[tuple[int, str, int]] = []
    spans: dict[int, dict[str, list[Span]]] = defaultdict(lambda: {role: [] for role in _ROLES.values()})
    at = 0
    for token in _TOKEN.finditer(notation):
        text += notation[at : token.start()]
        at = token.end()
        if token[1]:
            opened.append((int(token[2]), _ROLES[token[1]], len(text)))
        else:
            number, role, start = opened.pop()
            spans[number][role].append(Span(start, len(text)))
    text += notation[at:]
    attributions = tuple(
        Attribution(f"a{number}", tuple(roles["source"]), tuple(roles["cue"]), tuple(roles["content"]), "mixed", 0.9)
        for number, roles in sorted(spans.items())
    )
    return Reading(Document("sha256:0", text, **known), "test_v0", attributions)


def with_voices(reading: Reading, *voices: tuple[str, VoiceType, str]) -> Reading:
    """`reading` with voices and narration: `("Ilse Tamarind", "person", "a2 a3")` is a voice that speaks in these two.
    Their ids are v1, v2 …, their mentions the sources they are given."""
    given = {found: f"v{number}" for number, (_, _, theirs) in enumerate(voices, 1) for found in theirs.split()}
    attributions = tuple(replace(a, voice=given.get(a.id)) for a in reading.attributions)
    sources = {a.id: a.source for a in attributions}
    made = tuple(
        Voice(f"v{number}", name, kind, (), tuple(sorted(span for a in theirs.split() for span in sources[a])), 0.9)
        for number, (name, kind, theirs) in enumerate(voices, 1)
    )
    own = narration(reading.document.text, attributions)
    return replace(reading, attributions=attributions, voices=made, narration=own)


def with_facts(
    reading: Reading,
    *,
    times: Mapping[str, str | None] = {},
    places: Mapping[str, str | None] = {},
    quantities: Mapping[str, float | None] = {},
) -> Reading:
    """`reading` with the values of its times, the features of its places (None is nowhere on the map) and the numbers
    of its quantities, by the words where they first stand. Each is vouched for by the innermost attribution."""
    text, attributions = reading.document.text, reading.attributions

    def stand(words: Iterable[str]) -> list[tuple[str, Span, str | None]]:
        """The words in text order: where they stand, and on whose word."""
        spans = sorted(Span(text.index(found), text.index(found) + len(found)) for found in words)
        holders = innermost(attributions, spans)
        ids = [None if holder is None else attributions[holder].id for holder in holders]
        return [(text[slice(*span)], span, by) for span, by in zip(spans, ids, strict=True)]

    return replace(
        reading,
        times=tuple(_time(span, times[words], by) for words, span, by in stand(times)),
        places=tuple(_place(span, words, places[words], by) for words, span, by in stand(places)),
        quantities=tuple(
            Quantity(span, quantities[words], quantities[words], False, "person", None, 0.9, attribution=by)
            for words, span, by in stand(quantities)
        ),
    )


def _time(span: Span, value: str | None, by: str | None) -> Time:
    length = value is not None and value[0] == "P" and value[1].isdigit()
    return Time(span, "DURATION" if length else "DATE", value, 0.9, attribution=by)


def _place(span: Span, name: str, feature: str | None, by: str | None) -> Place:
    lat, lon = (None, None) if feature is None else (-12.5, 41.0)
    return Place(span, name, 0.9, None, "XV", lat, lon, attribution=by, feature=feature)


_CHARACTERS = st.sampled_from(
    "  \n\n\r\t\v\f\x1d\x85\u2028\u2029\xa0\u3000"  # white space, and lines that end in every way
    "abcXYZ.,:;“”\"'’‘¶…[]<>&=/\\`#%|{}"
    "\0\x07\x08\x1b\x7f\x9b\u200e\u200f\u202e\u2066\u2069\ufeff\ufffd\ud800"  # what is hostile or broken
    "\u200d\u0301éß漢字ＡБעאعب😀🇫👩"  # what is wide, joined or from right to left
)


@st.composite
def _spans(draw: st.DrawFn, size: int) -> Spans:  # in text order, without overlap
    cuts = draw(st.lists(st.integers(0, size), max_size=6, unique=True).map(sorted))
    return tuple(Span(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False))


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any reading at all: hostile text, spans that nest, cross and fall anywhere, roles that are missing. Only what an
    attribution refers to is there."""
    text = draw(st.text(_CHARACTERS, max_size=120))
    word = st.none() | st.text(_CHARACTERS, max_size=8)
    parts = st.tuples(_spans(len(text)), _spans(len(text)), _spans(len(text))).filter(any)
    found = draw(st.lists(parts, max_size=5)) if text else []
    ids = [f"a{number}" for number in range(1, len(found) + 1)]
    attributions = tuple(
        Attribution(
            f"a{number}",
            *roles,
            kind=draw(st.sampled_from(get_args(Kind))),
            score=draw(st.floats(0, 1)),
            stance=draw(st.none() | st.sampled_from(get_args(Stance))),
            parent=draw(st.sampled_from([None, *ids])),
        )
        for number, roles in enumerate(sorted(found, key=lambda roles: min(sum(roles, ()))), 1)
    )
    document = Document("sha256:0", text, *(draw(word) for _ in range(6)))
    return Reading(document, draw(st.text(_CHARACTERS, max_size=4)), attributions)


@st.composite
def readings_with_voices(draw: st.DrawFn) -> Reading:
    """Any reading at all, its attributions given to voices of any name or to none, through any others, with anything
    called anything, and anything anywhere taken for a time, a place or a quantity."""
    reading = draw(readings())
    own_words = draw(st.sampled_from(["", "\n\nThe roof came down at four. Nobody \x1b[1m knows why it did."]))
    document = replace(reading.document, text=reading.document.text + own_words)
    spans = _spans(len(document.text))
    span = spans.map(lambda found: found[0] if found else None)
    count = draw(st.integers(0, 15))
    ids = [f"v{number}" for number in range(1, count + 1)]
    voices = tuple(
        Voice(
            voice,
            draw(st.text(_CHARACTERS, min_size=1, max_size=12)),
            draw(st.sampled_from(get_args(VoiceType))),
            draw(spans),
            draw(spans),
            draw(st.floats(0, 1)),
            draw(st.none() | st.builds(Withheld, st.none() | st.integers(1, 10**6), span, span)),
        )
        for voice in ids
    )
    speaker = st.sampled_from([None, *ids])
    through = st.lists(st.sampled_from(ids), max_size=3).map(tuple) if ids else st.just(())
    attributions = tuple(
        replace(
            a,
            voice=draw(speaker),
            voice_score=draw(st.none() | st.floats(0, 1)),
            voice_reason=draw(st.none() | st.text(_CHARACTERS, max_size=12)),
            via=draw(through),
            hedged=draw(spans),
            negated=draw(spans),
        )
        for a in reading.attributions
    )
    own = narration(document.text, attributions)
    given = [None, *(a.id for a in attributions)]
    entities, labels = draw(_grounding(document.text, ids, given))
    times = draw(_times(document.text, given))
    places = draw(_places(document.text, given, [None, *(e.id for e in entities)]))
    quantities = draw(_quantities(document.text, given))
    return Reading(document, reading.model, attributions, voices, own, entities, labels, times, places, quantities)


@st.composite
def _grounding(
    draw: st.DrawFn, text: str, voices: list[str], attributions: list[str | None]
) -> tuple[tuple[Entity, ...], tuple[Label, ...]]:
    """Entities with any names, and labels anywhere."""
    word = st.text(_CHARACTERS, max_size=12)
    ids = [f"e{number}" for number in range(1, draw(st.integers(0, 4)) + 1)] if text else []
    entities = tuple(
        Entity(
            entity,
            draw(word),
            draw(st.sampled_from(get_args(EntityType))),
            tuple(draw(st.lists(word, max_size=3))),
            draw(_spans(len(text))),
            draw(st.floats(0, 1)),
            draw(st.sampled_from([None, *voices])),
        )
        for entity in ids
    )
    places = sorted(span for _ in range(3) for span in draw(_spans(len(text)))) if ids else []
    labels = tuple(
        Label(
            draw(st.sampled_from(ids)),
            draw(st.sampled_from([None, *voices])),
            span,
            Span(span.start, span.start + 1),
            draw(st.booleans()),
            draw(st.floats(0, 1)),
            draw(st.sampled_from(attributions)),
        )
        for span in places
    )
    return entities, labels


_REASONS = st.none() | st.text(_CHARACTERS, max_size=8)


@st.composite
def _times(draw: st.DrawFn, text: str, attributions: list[str | None]) -> tuple[Time, ...]:
    values = st.sampled_from([None, "2031-05-24", "P11D", "PRESENT_REF"]) | st.text(_CHARACTERS, max_size=8)
    return tuple(
        Time(
            span,
            draw(st.sampled_from(get_args(TimeType))),
            draw(values),
            draw(st.floats(0, 1)),
            draw(_REASONS),
            draw(st.sampled_from(attributions)),
        )
        for span in draw(_spans(len(text)))
    )


@st.composite
def _places(
    draw: st.DrawFn, text: str, attributions: list[str | None], entities: list[str | None]
) -> tuple[Place, ...]:
    located = st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180))
    return tuple(
        Place(
            span,
            draw(st.text(_CHARACTERS, max_size=8)),
            draw(st.floats(0, 1)),
            draw(st.sampled_from(entities)),
            draw(st.sampled_from([None, "IQ"])),
            *(draw(located) or (None, None)),
            draw(_REASONS),
            draw(st.sampled_from(attributions)),
            draw(st.sampled_from([None, "country", "town"])),
        )
        for span in draw(_spans(len(text)))
    )


@st.composite
def _quantities(draw: st.DrawFn, text: str, attributions: list[str | None]) -> tuple[Quantity, ...]:
    number = st.none() | st.integers(0, 2**53).map(float) | st.floats(allow_nan=False, allow_infinity=False)
    word = st.none() | st.text(_CHARACTERS, max_size=8)
    return tuple(
        Quantity(
            span,
            draw(number),
            draw(number),
            draw(st.booleans()),
            draw(st.sampled_from([None, "person", "percent"])),
            draw(word),
            draw(st.floats(0, 1)),
            draw(_REASONS),
            draw(st.sampled_from(attributions)),
            draw(word),
        )
        for span in draw(_spans(len(text)))
    )
