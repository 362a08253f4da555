"""Corrected Label Studio tasks → what came back.

An attribution is the region that its others are tied to by relations: the cue, where there is one. A region that
nothing is tied to is an attribution if it is a cue, or if something is said of it; other sources and contents are
not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sayso.corrections.differ import Returned, marked
from sayso.corrections.pairs import Candidate
from sayso.corrections.speakers import Speakers
from sayso.corrections.told import Told, as_told
from sayso.corrections.values import Field, Marked
from sayso.types import Span

if TYPE_CHECKING:
    from sayso.reading import Reading

CARRIES: tuple[Field, ...] = ("source", "cue", "content", "kind", "stance", "voice", "via")

Say = Callable[[str], None]

_ROLES = ("Cue", "Source", "Content")


def returned(reading: Reading, results: Iterable[Any], say: Say) -> Returned:
    """What came back of `reading` in the results of one annotation. What cannot be used is told to `say`."""
    speakers = Speakers(reading)
    regions = _Regions(results, say)
    ids = {attribution.id for attribution in reading.attributions}
    back, spoilt, unsure = [], [], False
    for region, parts in regions.attributions():
        known = region.note if region.note in ids else None
        try:
            back.append(Candidate(known, _marked(region, parts, speakers, len(reading.document.text))))
        except ValueError as error:
            say(f"region {region.id}: {error}; its attribution is left as it was")
            if known is None:
                unsure = True
            else:
                spoilt.append(known)
    voices = {voice.id: speaker for voice in reading.voices if (speaker := speakers.of(voice.id))}
    sent = {attribution.id: marked(attribution, voices) for attribution in reading.attributions}
    return Returned(sent, back, CARRIES, spoilt, unsure or regions.broken)


@dataclass(slots=True)
class _Region:
    """A labelled stretch of the text, and what is said of it."""

    id: str
    role: str
    span: Span
    note: str | None
    said: dict[str, list[Any]] = field(default_factory=dict)

    def one(self, name: str) -> Any:
        """The one thing said under `name`, if any."""
        return next(iter(self.said.get(name, ())), None)


class _Regions:
    """The regions of one annotation, by their ids, and which are tied to which."""

    def __init__(self, results: Iterable[Any], say: Say) -> None:
        self._say = say
        self._regions: dict[str, _Region] = {}
        self._ties: list[tuple[str, str]] = []
        self.broken = False
        later: list[Mapping[str, Any]] = []
        for result in results:
            try:
                self._read(result, later)
            except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
                self.broken = True
                say(f"a result cannot be read ({type(error).__name__} {error}), and is passed over")
        for result in later:
            self._read_about(result)

    def attributions(self) -> list[tuple[_Region, list[_Region]]]:
        """Each region that stands for an attribution, and the others of it."""
        tied: dict[str, list[str]] = {}
        held: set[str] = set()
        for first, second in self._ties:
            outer, inner = self._ordered(first, second)
            tied.setdefault(outer, []).append(inner)
            held.add(inner)
        found = []
        for name, region in self._regions.items():
            if name in held and not (region.role == "Cue" and name in tied):
                continue
            if region.role == "Cue" or name in tied or region.said:
                found.append((region, self._below(name, tied)))
            else:
                self._say(f"region {name}: a {region.role} that is tied to nothing belongs to no attribution")
        return found

    def _read(self, result: Mapping[str, Any], later: list[Mapping[str, Any]]) -> None:
        kind = result["type"]
        if kind == "relation":
            self._ties.append((str(result["from_id"]), str(result["to_id"])))
        elif kind == "labels":
            value = result["value"]
            (role,) = value["labels"]
            if role not in _ROLES:
                raise ValueError(f"{role!r} is no role")
            span = Span(_offset(value["start"]), _offset(value["end"]))
            notes = _several((result.get("meta") or {}).get("text"))
            note = next((note for note in notes if isinstance(note, str)), None)
            self._regions[str(result["id"])] = _Region(str(result["id"]), role, span, note)
        elif kind in ("choices", "textarea"):
            later.append(result)

    def _read_about(self, result: Mapping[str, Any]) -> None:
        region = self._regions.get(str(result.get("id")))
        value = result.get("value")
        said = value.get("choices" if result["type"] == "choices" else "text") if isinstance(value, Mapping) else None
        if region is not None:
            region.said[str(result.get("from_name"))] = _several(said)

    def _ordered(self, first: str, second: str) -> tuple[str, str]:
        """Two that are tied, the one that stands for the attribution first: the cue, whichever way the arrow points."""
        a, b = self._regions.get(first), self._regions.get(second)
        turned = a is not None and b is not None and a.role != "Cue" and b.role == "Cue"
        return (second, first) if turned else (first, second)

    def _below(self, name: str, tied: Mapping[str, list[str]]) -> list[_Region]:
        """All regions tied to this one, or to one that is; each once."""
        seen, waiting = {name}, [name]
        found = []
        while waiting:
            for other in tied.get(waiting.pop(), ()):
                if other not in seen and other in self._regions:
                    seen.add(other)
                    waiting.append(other)
                    found.append(self._regions[other])
        return found


def _marked(region: _Region, parts: list[_Region], speakers: Speakers, size: int) -> Marked:
    spans: dict[str, list[Span]] = {role: [] for role in _ROLES}
    for part in (region, *parts):
        spans[part.role].append(part.span)
    kind, stance, voice, sort = map(region.one, ("kind", "stance", "voice", "voice_type"))
    placed = {role.lower(): found for role, found in spans.items()}
    return as_told(placed, Told(kind, stance, voice, sort, region.said.get("via", ())), speakers, size)


def _several(said: Any) -> list[Any]:
    """What stands under a key that may hold one thing or a list of them."""
    return [said] if isinstance(said, str) else said if isinstance(said, list) else []


def _offset(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{value!r} is no offset")
    return value
