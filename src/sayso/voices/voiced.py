"""Who is speaking: the sources of a document → its voices, and for every attribution which voice, why, and through
whom."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from sayso.chain import parents
from sayso.kind import Quoted
from sayso.relayed import Found
from sayso.types import Span, Spans, Voice
from sayso.voices.channels import Frame, channels
from sayso.voices.marks import Marks
from sayso.voices.media import Channel, hosts
from sayso.voices.naming import joint, name, without_articles
from sayso.voices.options import Occasion, Options, form
from sayso.voices.reasons import reason
from sayso.voices.resolve import Chooser, Link, Resolver, Said
from sayso.voices.scorer import Scorers, softmax
from sayso.voices.sort import voice_type
from sayso.voices.speakers import Cast, Scene, Speaker
from sayso.voices.withheld import withheld

_NEAR = 600
"""So many characters from an attribution those who speak beside it are looked for."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the voices of a document say of one attribution: the voice's number, its score and the reason for it, the
    numbers of the voices it came through, outermost first, and the index of the attribution it lies in."""

    voice: int | None
    score: float | None
    reason: str | None
    via: tuple[int, ...]
    parent: int | None


@dataclass(frozen=True, slots=True)
class Company:
    """Everybody of a document: all whom it names or describes, and for each voice, in their order, who speaks as it;
    and where things stand in it."""

    scene: Scene
    cast: Cast
    behind: tuple[tuple[Speaker, ...], ...]


@dataclass(slots=True)
class _Draft:
    """A voice being put together: one speaker, or several who speak as one."""

    speakers: tuple[Speaker, ...]
    number: int
    scores: list[float]
    places: list[int]
    judged: list[tuple[float, ...]]
    gendered: bool = False


def voiced(
    text: str, marks: Marks, quoted: Quoted, found: Sequence[Found], scorers: Scorers
) -> tuple[list[Given], tuple[Voice, ...], Company]:
    """For every attribution, in the order given, what its voice is; the voices, in the order in which they first speak,
    those that only hand on behind them; and everybody of the document."""
    outer = parents(found)
    scene = Scene(text, quoted)
    resolver = Resolver(text, marks, scene, _chooser(scorers))
    links = resolver.resolve([Said(f.source, f.cue, f.content, p) for f, p in zip(found, outer, strict=True)])
    cast = _Voices()
    numbers = [cast.number(links_of, f) for links_of, f in zip(links, found, strict=True)]
    sources = sorted({span for f in found for span in f.source})
    known = hosts(marks, lambda person: not resolver.named(person).sources)
    around = _Around(found, numbers, outer)
    own = [
        [
            cast.channel(resolver, c, numbers[i])
            for c in channels(marks, scene, around.frame(i), known)
            if _meets(f.source, c.span) or not _meets(sources, c.span)
        ]
        for i, f in enumerate(found)
    ]
    bearers_of = Counter(s.bearer.key[-1:] for s in resolver.cast.all if s.bearer is not None)
    given = [
        Given(
            numbers[i],
            None if numbers[i] is None else round(min(link.score for link in links[i]), 3),
            None if numbers[i] is None else reason(text, links[i][0], bearers_of),
            _via(i, outer, numbers, own),
            outer[i],
        )
        for i in range(len(found))
    ]
    voices = tuple(_voice(marks, scene, draft, scorers) for draft in cast.drafts)
    return given, voices, Company(scene, resolver.cast, tuple(draft.speakers for draft in cast.drafts))


class _Around:
    """What is said beside each attribution, so that who is told one thing is no channel for another."""

    def __init__(self, found: Sequence[Found], numbers: Sequence[int | None], outer: Sequence[int | None]) -> None:
        self._found = found
        self._numbers = numbers
        self._outer = outer
        self._sources = sorted((span, index) for index, f in enumerate(found) for span in f.source)
        self._cues = sorted((span, index) for index, f in enumerate(found) for span in f.cue)

    def frame(self, index: int) -> Frame:
        """The attribution with the sources near it of other voices, and the cues near it, but for those of what it lies
        in."""
        own = self._found[index]
        around = {index}
        parent = self._outer[index]
        while parent is not None and parent not in around:
            around.add(parent)
            parent = self._outer[parent]
        parts = own.source + own.cue or own.content
        start, end = min(s.start for s in parts) - _NEAR, max(s.end for s in parts) + _NEAR
        voice = self._numbers[index]
        rivals = [
            span
            for span, other in _between(self._sources, start, end)
            if other not in around and (voice is None or self._numbers[other] != voice)
        ]
        cues = [span for span, other in _between(self._cues, start, end) if other not in around]
        return Frame(own.source, own.cue, own.content, rivals, cues)


def _between(places: list[tuple[Span, int]], start: int, end: int) -> list[tuple[Span, int]]:
    first, last = (bisect.bisect_left(places, (Span(at, 0), 0)) for at in (start, end))
    return places[first:last]


def _meets(spans: Sequence[Span], other: Span) -> bool:
    """Whether any of the spans, which are sorted, overlaps the other: who speaks elsewhere is no mere channel there."""
    index = bisect.bisect_left(spans, (other.end, 0))
    return any(span.end > other.start for span in spans[max(0, index - 8) : index])


def _chooser(scorers: Scorers) -> Chooser:
    def choose(index: int, occasion: Occasion, offered: Options) -> tuple[int, float]:
        scores = scorers.link.scores(offered.rows)[:, 0]
        if offered.speakers and form(occasion.mention) in ("he", "she", "it"):
            scores = scores[: len(offered.speakers)]  # "he" is somebody whom the text has told of
        probabilities = softmax(scores)
        row = int(probabilities.argmax())
        return row, float(probabilities[row])

    return choose


class _Voices:
    """The drafts of a document's voices, by who they are."""

    def __init__(self) -> None:
        self.drafts: list[_Draft] = []
        self._by_speakers: dict[tuple[int, ...], _Draft] = {}

    def number(self, links: Sequence[Link], found: Found) -> int | None:
        """The voice of an attribution with these links; None where nobody is meant."""
        speakers = tuple(link.speaker for link in links if link.speaker is not None)
        if not speakers:
            return None
        draft = self._draft(speakers)
        draft.scores.append(min(link.score for link in links))
        draft.places.append(found.start)
        draft.gendered = draft.gendered or form(links[0].mention) in ("he", "she")
        if found.sorts and links[0].mention.form not in ("pronoun", "none"):
            draft.judged.append(found.sorts)
        return draft.number

    def channel(self, resolver: Resolver, channel: Channel, own: int | None) -> int:
        """The voice of a channel of what the voice `own` says."""
        if channel.described:
            owner = None if own is None else self.drafts[own].speakers[0]
            return self._draft((resolver.described(channel.span, owner),)).number
        speakers = (
            resolver.named(c.name) if c.name is not None else resolver.titled(c.span)
            for c in (channel, *channel.beside)
        )
        return self._draft(tuple(dict.fromkeys(speakers))).number

    def _draft(self, speakers: tuple[Speaker, ...]) -> _Draft:
        key = tuple(id(speaker) for speaker in speakers)
        if key not in self._by_speakers:
            draft = _Draft(speakers, len(self.drafts), [], [], [])
            self._by_speakers[key] = draft
            self.drafts.append(draft)
        return self._by_speakers[key]


def _via(
    index: int, outer: Sequence[int | None], numbers: Sequence[int | None], own: Sequence[Sequence[int]]
) -> tuple[int, ...]:
    """The voices around an attribution, outermost first: those of what it lies in, then those of its own sentence."""
    around: list[int] = []
    parent, steps = outer[index], 0
    layers: list[list[int]] = [list(own[index])]
    while parent is not None and steps < 10:
        voice = numbers[parent]
        layers.append([*own[parent], *([voice] if voice is not None else [])])
        parent, steps = outer[parent], steps + 1
    for layer in reversed(layers):
        around += [v for v in dict.fromkeys(layer) if v != numbers[index] and v not in around]
    return tuple(around)


def _voice(marks: Marks, scene: Scene, draft: _Draft, scorers: Scorers) -> Voice:
    text = marks.text
    first = draft.speakers[0]
    called = joint([name(text, speaker) for speaker in draft.speakers])
    judged = [np.array(sorts, np.float32) for sorts in draft.judged]
    speaks = bool(draft.scores)
    kind = voice_type(name(text, first), first, judged, speaks, draft.gendered, scorers.sort)
    return Voice(
        id=f"v{draft.number + 1}",
        name=called,
        type=kind,
        roles=_apart(role for speaker in draft.speakers for role in speaker.roles if not _is_name(text, role, called)),
        mentions=_apart(place for speaker in draft.speakers for place in speaker.places if speaker.kind != "author"),
        score=round(float(np.mean(draft.scores)), 3) if draft.scores else 1.0,
        withheld=withheld(marks, scene, first, draft.places) if kind == "unnamed" else None,
    )


def _is_name(text: str, role: Span, called: str) -> bool:
    """Whether a description is no more than what the voice is called anyway."""
    return " ".join(without_articles(text[slice(*role)])) == called


def _apart(spans: Iterable[Span]) -> Spans:
    """The spans in text order, those that overlap made one."""
    found: list[Span] = []
    for span in sorted(set(spans)):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)
