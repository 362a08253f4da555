"""Whether two readings say the same of a text and of the same text with names exchanged.

The first reading is carried over to the second text (`carried`); then both are taken apart into facts, each with its
place in the text, and the facts are compared. Readings are JSON values in schema `sayso/1`, so that what later versions
add is compared as soon as it is there. What another name may rightly change is no fact: ids, coordinates, countries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from evals.exchange import Exchange, Pairs

TOLERANCE = 0.05
"""Scores of labels may differ by so much."""

ALSO = (
    "names of voices", "roles", "mentions", "withheld",
    "names of entities", "entities", "types of entities", "same entity", "places", "located", "feature of places",
)  # fmt: skip
"""Fields that are reported, but need not agree for a reading to count as mirrored."""

_ROWS = ("labels", "times", "places", "quantities")
_NO_FACTS = frozenset({"id", "span", "head", "name", "country", "lat", "lon", "score", "reason"})

Json = Mapping[str, Any]
Place = tuple[tuple[int, int], ...]
Key = tuple[str, Place]


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that two readings of a text do not agree on; None where a reading does not have it."""

    field: str
    words: str
    expected: Any
    found: Any


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two readings side by side. `compared` counts the facts of each field, `gaps` holds the absolute differences of
    each sort of score."""

    differences: tuple[Difference, ...]
    compared: Mapping[str, int]
    gaps: Mapping[str, tuple[float, ...]]

    @property
    def mirrors(self) -> bool:
        """Whether all agrees that has to."""
        return all(difference.field in ALSO for difference in self.differences)


def carried(reading: Json, pairs: Pairs) -> dict[str, Any]:
    """The reading that the text with exchanged names should have, if its names do not matter: all spans moved, names in
    all strings exchanged."""
    exchange = pairs.exchange(reading["document"]["text"])
    moved: dict[str, Any] = _carried(reading, exchange, pairs)
    return moved


def _carried(value: Any, exchange: Exchange, pairs: Pairs) -> Any:
    if isinstance(value, str):
        return pairs.exchange(value).text
    if isinstance(value, Mapping):
        return {name: _carried(part, exchange, pairs) for name, part in value.items()}
    if isinstance(value, list):
        if _is_span(value):
            return list(exchange.span(*value))
        return [_carried(part, exchange, pairs) for part in value]
    return value


def _is_span(value: Any) -> bool:
    """A list of two whole numbers is a span wherever it stands in the schema."""
    return isinstance(value, list) and len(value) == 2 and all(type(part) is int for part in value)


def compare(expected: Json, found: Json) -> Comparison:
    """What two readings of one text do not agree on.

    Attributions with the same cue are the same one (those without a cue: with the same content); other rows those with
    the same span. Of what only one reading has, nothing more is compared.
    """
    text = found["document"]["text"]
    one, other = _Facts(expected), _Facts(found)
    shared = set(one.attributions.values()) & set(other.attributions.values())
    mentions = one.mentions.keys() & other.mentions.keys()
    left, right = (dict(facts.all(shared, mentions)) for facts in (one, other))
    differences = []
    compared: Counter[str] = Counter()
    for field, place in sorted(left.keys() | right.keys(), key=lambda key: (key[1], key[0])):
        a, b = left.get((field, place)), right.get((field, place))
        if field in _PRESENT or ((field, place) in left and (field, place) in right):
            compared[field] += 1
            if not _agree(a, b):
                differences.append(Difference(field, _words(text, place), _shown(text, a), _shown(text, b)))
    scores, others = dict(one.scores()), dict(other.scores())
    gaps: dict[str, tuple[float, ...]] = {}
    for key in sorted(scores.keys() & others.keys()):
        gaps[key[0]] = (*gaps.get(key[0], ()), abs(scores[key] - others[key]))
    return Comparison(tuple(differences), compared, gaps)


_PRESENT = frozenset({"attributions", "entities", *_ROWS})
"""Fields that only say that something is there."""


class _Facts:
    """One reading, taken apart."""

    def __init__(self, reading: Json) -> None:
        self.reading = reading
        self.voices: dict[str, Json] = {voice["id"]: voice for voice in reading.get("voices", ())}
        self.attributions = _places(reading["attributions"])
        self.mentions: dict[Place, Json] = {
            (_pair(span),): entity for entity in reading.get("entities", ()) for span in entity["mentions"]
        }

    def all(self, shared: Iterable[Place], mentions: Iterable[Place]) -> Iterator[tuple[Key, Any]]:
        """Every fact. A voice is told by the first of the `shared` attributions that it speaks in, an entity by the
        first of the shared `mentions`: two readings that gather the same places then say the same."""
        voices = self._anchors(shared)
        entities = {self.mentions[place]["id"]: place for place in sorted(mentions, reverse=True)}
        for row in self.reading["attributions"]:
            yield from self._attribution(row, voices)
        for name, place in voices.items():
            yield from _voice(self.voices[name], place)
        for place, entity in self.mentions.items():
            yield ("entities", place), True
            yield ("types of entities", place), entity["type"]
            yield ("same entity", place), entities.get(entity["id"])
            yield ("names of entities", place), entity["name"]
        for name in _ROWS:
            for row in self.reading.get(name, ()):
                yield from self._row(name, row, voices, entities)

    def scores(self) -> Iterator[tuple[Key, float]]:
        """The scores of attributions, of the voices they are given to, and of labels."""
        for row in self.reading["attributions"]:
            place = self.attributions[row["id"]]
            for field in ("score", "voice_score"):
                if row.get(field) is not None:
                    yield (field, place), row[field]
        for row in self.reading.get("labels", ()):
            for field, value in row.items():
                if isinstance(value, float):
                    yield (f"{field} of labels", _spans(row["span"])), value

    def _anchors(self, shared: Iterable[Place]) -> dict[str, Place]:
        wanted = set(shared)
        anchors: dict[str, Place] = {}
        for row in self.reading["attributions"]:
            place = self.attributions[row["id"]]
            if row.get("voice") is not None and place in wanted:
                anchors.setdefault(row["voice"], place)
        return anchors

    def _attribution(self, row: Json, voices: Mapping[str, Place]) -> Iterator[tuple[Key, Any]]:
        place = self.attributions[row["id"]]
        yield ("attributions", place), True
        for field in ("source", "cue", "content", "hedged", "negated"):
            yield (field, place), tuple(map(_pair, row.get(field, ())))
        for field in ("kind", "stance"):
            yield (field, place), row.get(field)
        yield ("same voice", place), self._speaker(row.get("voice"), voices)
        yield ("via", place), tuple(self._speaker(voice, voices) for voice in row.get("via", ()))
        yield ("parent", place), self.attributions.get(row.get("parent") or "")

    def _speaker(self, voice: str | None, voices: Mapping[str, Place]) -> Place | str | None:
        """A voice as both readings can tell it: by where it speaks first, or, if it never does, by its name."""
        if voice is None:
            return None
        known: str = self.voices[voice]["name"]
        return voices.get(voice, known)

    def _row(
        self, name: str, row: Json, voices: Mapping[str, Place], entities: Mapping[str, Place]
    ) -> Iterator[tuple[Key, Any]]:
        place = _spans(row["span"], row.get("head"))
        yield (name, place), True
        for field, value in row.items():
            key = (f"{field} of {name}", place)
            if field == "voice":
                yield key, self._speaker(value, voices)
            elif field == "entity":
                yield key, entities.get(value or "")
            elif field == "attribution":
                yield key, self.attributions.get(value or "")
            elif field not in _NO_FACTS or (name, field) == ("labels", "score"):
                yield key, tuple(map(_pair, value)) if isinstance(value, list) else value
        if name == "places":  # a country without coordinates is an actor: "Tehran rejects"
            known = [row.get(field) is not None for field in ("country", "lat")]
            yield ("located", place), ("nowhere", "actor", "place")[sum(known)]


def _voice(voice: Json, place: Place) -> Iterator[tuple[Key, Any]]:
    withheld = voice.get("withheld")
    yield ("types of voices", place), voice["type"]
    yield ("names of voices", place), voice["name"]
    for field in ("roles", "mentions"):
        yield (field, place), tuple(map(_pair, voice[field]))
    yield ("withheld", place), None if withheld is None else tuple(map(str, withheld.values()))


def _places(attributions: Iterable[Json]) -> dict[str, Place]:
    """Each attribution's cue, or content; of several with one cue (two speakers joined by "and") the source too."""
    rows = [(row["id"], _all(row["cue"] or row["content"]), _all(row["source"])) for row in attributions]
    times = Counter(place for _, place, _ in rows)
    return {name: place + source if times[place] > 1 else place for name, place, source in rows}


def _all(spans: Iterable[Iterable[int]]) -> Place:
    return tuple(map(_pair, spans))


def _spans(*spans: Iterable[int] | None) -> Place:
    return tuple(_pair(span) for span in spans if span is not None)


def _pair(span: Iterable[int]) -> tuple[int, int]:
    start, end = span
    return start, end


def _agree(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= TOLERANCE
    return bool(one == other)


def _words(text: str, place: Place) -> str:
    return " … ".join(text[start:end] for start, end in place)


def _shown(text: str, value: Any) -> Any:
    """A value for people: the words where it is made of spans."""
    if isinstance(value, tuple):
        if all(isinstance(part, tuple) and len(part) == 2 and type(part[0]) is int for part in value):
            return _words(text, value)
        return tuple(_shown(text, part) for part in value)
    return value
