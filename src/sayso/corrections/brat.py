"""Corrected brat files → what came back.

A span that brat had to cut at a line break is put together again. Voices and those they came through are read from an
event's note ("voice: Ilse Tamarind; via: Radio Velmoor"), if there is one.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, get_args

from sayso.corrections.differ import Returned
from sayso.corrections.pairs import Candidate
from sayso.corrections.speakers import Speakers
from sayso.corrections.values import Field, Marked, Speaker, checked
from sayso.export.brat import standoff
from sayso.types import Kind, Span, Spans, Stance

if TYPE_CHECKING:
    from sayso.reading import Reading

CARRIES: tuple[Field, ...] = ("source", "cue", "content", "kind", "stance", "voice", "via")

Say = Callable[[str], None]
"""Takes a sentence about what cannot be used."""

_BOUND = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)(?:\t.*)?")
_EVENT = re.compile(r"(E\d+)\tAttribution:T\d+((?: \w+:[TE]\d+)*) ?")
_ATTRIBUTE = re.compile(r"[AM]\d+\t(Kind|Stance) (E\d+) (\w+)")
_NOTE = re.compile(r"#\d+\tAnnotatorNotes (E\d+)\t(.*)")
_ROLE = re.compile(r"(Source|Cue|Content)\d*:(T\d+)")
_VOICE = re.compile(r"(?:^|; ?)voice: (.*?)(?=; ?via: |$)")
_VIA = re.compile(r"(?:^|; ?)via: (.*)$")


def returned(reading: Reading, annotations: str, say: Say) -> Returned:
    """What came back of `reading` in the text of an .ann file. What cannot be used is told to `say`, with its line."""
    sent = _Standoff(reading, standoff(reading)[1], lambda _: None)
    back = _Standoff(reading, annotations, say)
    voices = _Voices(reading, sent)
    candidates = [Candidate(back.id(name), voices.named(name, back, marked)) for name, marked in back.marked()]
    return Returned(
        sent={sent.id(name) or name: voices.named(name, sent, marked) for name, marked in sent.marked()},
        back=candidates,
        carries=CARRIES,
        spoilt=[id_ for name in back.spoilt if (id_ := back.id(name)) is not None],
        unsure=any(back.id(name) is None for name in back.spoilt),
    )


@dataclass(slots=True)
class _Event:
    """An event of brat: its roles by the names of their spans, and what is said of it."""

    line: int
    roles: list[tuple[str, str]]
    kind: Kind | None = None
    stance: Stance | None = None
    note: str | None = None


class _Standoff:
    """The events of one .ann file."""

    def __init__(self, reading: Reading, annotations: str, say: Say) -> None:
        self._reading, self._say = reading, say
        self._size = len(reading.document.text)
        self._apart = {
            (a.end, b.start)
            for attribution in reading.attributions
            for spans in (attribution.source, attribution.cue, attribution.content)
            for a, b in itertools.pairwise(spans)
        }
        self._bound: dict[str, Spans] = {}
        self.events: dict[str, _Event] = {}
        self.spoilt: list[str] = []
        later: list[tuple[int, str]] = []  # what refers to events may stand before them
        for number, line in enumerate(annotations.split("\n"), 1):
            self._read(number, line.removesuffix("\r"), later)
        for number, line in later:
            self._read_about(number, line)

    def marked(self) -> Iterator[tuple[str, Marked]]:
        """Each event that can be used, by its name, voices apart."""
        for name, event in self.events.items():
            try:
                yield name, self._marked(event)
            except (KeyError, ValueError) as error:
                self.spoilt.append(name)
                reason = f"the span {error} is not there" if isinstance(error, KeyError) else str(error)
                self._say(f"line {event.line}: {reason}; {name} is left as it was")

    def id(self, event: str) -> str | None:
        """The id of the attribution that went out as this event."""
        number = _number(event[1:])
        known = self._reading.attributions
        return known[number - 1].id if 0 < number <= len(known) else None

    def _read(self, number: int, line: str, later: list[tuple[int, str]]) -> None:
        if bound := _BOUND.fullmatch(line):
            pairs = (pair.split() for pair in bound[3].split(";"))
            self._bound[bound[1]] = tuple(Span(_number(start), _number(end)) for start, end in pairs)
        elif event := _EVENT.fullmatch(line):
            self.events[event[1]] = _Event(number, _ROLE.findall(event[2]))
        elif line[:1] in ("A", "M", "#"):
            later.append((number, line))
        elif line.strip():
            self._say(f"line {number}: it is none of an attribution, and passed over")

    def _read_about(self, number: int, line: str) -> None:
        if (said := _ATTRIBUTE.fullmatch(line)) and said[2] in self.events:
            event, value = self.events[said[2]], said[3]
            if said[1] == "Kind" and value in get_args(Kind):
                event.kind = value  # type: ignore[assignment]
            elif said[1] == "Stance" and value in get_args(Stance):
                event.stance = value  # type: ignore[assignment]
            else:
                self._say(f"line {number}: {value} is no {said[1].lower()}, and passed over")
        elif (note := _NOTE.fullmatch(line)) and note[1] in self.events:
            self.events[note[1]].note = note[2]

    def note(self, event: str) -> str | None:
        """What the event of that name is noted with, if it is there."""
        return self.events[event].note if event in self.events else None

    def _marked(self, event: _Event) -> Marked:
        roles: dict[str, list[Span]] = {"Source": [], "Cue": [], "Content": []}
        for role, name in event.roles:
            roles[role] += self._bound[name]
        source, cue, content = (self._joined(checked(tuple(spans), self._size)) for spans in roles.values())
        if not source + cue + content:
            raise ValueError("it has no source, cue or content")
        return Marked(source=source, cue=cue, content=content, kind=event.kind, stance=event.stance)

    def _joined(self, spans: Spans) -> Spans:
        """`spans` with those joined that brat keeps apart because a line or a column ends between them, unless they
        went out in two."""
        text = self._reading.document.text
        joined: list[Span] = []
        for span in spans:
            gap = text[joined[-1].end : span.start] if joined else ""
            if gap.isspace() and gap.strip(" \u00a0\u3000") and (joined[-1].end, span.start) not in self._apart:
                joined[-1] = Span(joined[-1].start, span.end)
            else:
                joined.append(span)
        return tuple(joined)


class _Voices:
    """Whose voices the notes name. A note that stands as it went out, or was lost, means what it meant then."""

    def __init__(self, reading: Reading, sent: _Standoff) -> None:
        self._speakers = Speakers(reading)
        self._attributions = {attribution.id: attribution for attribution in reading.attributions}
        self._sent = sent

    def named(self, name: str, standoff: _Standoff, marked: Marked) -> Marked:
        """`marked` with the voices of the event of that name."""
        note, before = standoff.note(name), self._sent.note(name)
        went_out = self._sent.id(name) if name in self._sent.events else None
        attribution = self._attributions.get(went_out or "")
        voice: Speaker | None = None
        via: tuple[Speaker, ...] = ()
        if attribution is not None and (note is None or _part(_VOICE, note) == _part(_VOICE, before)):
            voice = self._speakers.of(attribution.voice)
        else:
            voice = self._speakers.called(_part(_VOICE, note))
        if attribution is not None and (note is None or _part(_VIA, note) == _part(_VIA, before)):
            via = tuple(filter(None, map(self._speakers.of, attribution.via)))
        else:
            via = tuple(filter(None, map(self._speakers.called, (_part(_VIA, note) or "").split(", "))))
        return replace(marked, voice=voice, via=via)


def _part(of: re.Pattern[str], note: str | None) -> str | None:
    """What a note says of the voice, or of those it came through."""
    found = of.search(note or "")
    return found[1] if found else None


def _number(digits: str) -> int:
    """A number that some text may have; more digits than that are beyond any."""
    return int(digits[:12])
