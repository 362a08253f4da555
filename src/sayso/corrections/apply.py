"""Corrections → the corrected reading. Pure: the reading that went in stays as it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from sayso.corrections.settle import settled
from sayso.corrections.values import NEAR, SPANS, Correction, Marked, Speaker, Value, checked, extent, overlap
from sayso.kind import Quoted
from sayso.quotes import quotations
from sayso.types import Attribution, Kind, Span, Spans, Voice

if TYPE_CHECKING:
    from sayso.reading import Reading


class Applied(NamedTuple):
    """A corrected reading, and the corrections that were passed over: what they change is not there, what they add is,
    or they would leave nothing of it."""

    reading: Reading
    unfitting: tuple[Correction, ...]


def apply(reading: Reading, corrections: Iterable[Correction]) -> Applied:
    """`reading` with the corrections of its document made, one after the other.

    What a person marked has the score 1. Where spans or voices changed, what follows from them is worked out again:
    which attribution lies in which, the narration, on whose word times, places, quantities and labels stand; a voice
    that nothing is given to any more is left out.
    """
    corrected = _Corrected(reading).after(corrections)
    return Applied(corrected.reading(), tuple(corrected.unfitting))


def applied(reading: Reading, corrections: Iterable[Correction]) -> Reading:
    """The reading that `apply` makes, by itself."""
    return apply(reading, corrections).reading


def unfitting(reading: Reading, corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """Those of the corrections of this document that `apply` passes over."""
    return apply(reading, corrections).unfitting


class _Unfit(Exception):
    """A correction that the reading has no place for."""


class _Corrected:
    """A reading while it is being corrected."""

    def __init__(self, reading: Reading) -> None:
        self._before = reading
        self._attributions = {attribution.id: attribution for attribution in reading.attributions}
        self._voices = {voice.id: voice for voice in reading.voices}
        self._met: dict[tuple[str, str], str] = {}
        self._ids = set(self._attributions)  # those of what was taken away are not given again
        self.unfitting: list[Correction] = []

    def after(self, corrections: Iterable[Correction]) -> _Corrected:
        for correction in corrections:
            if correction.document == self._before.document.id:
                try:
                    self._make(correction)
                except (_Unfit, ValueError):
                    self.unfitting.append(correction)
        return self

    def reading(self) -> Reading:
        return settled(self._before, tuple(self._attributions.values()), tuple(self._voices.values()))

    def _make(self, correction: Correction) -> None:
        if correction.attribution is None:
            self._add(correction)
            return
        found = self._found(correction)
        if correction.field == "attribution":
            del self._attributions[found.id]
        elif correction.field in SPANS:
            spans: dict[str, Any] = {correction.field: self._spans(correction.new)}
            moved = replace(found, score=1.0, **spans)
            if not extent(moved):
                raise _Unfit
            self._attributions[found.id] = moved
        else:
            self._attributions[found.id] = replace(found, **self._said(found, correction))

    def _found(self, correction: Correction) -> Attribution:
        """What is corrected: in a reading of the same model by its id, in another's by its spans, or those that share
        most with them, at least half."""
        name = correction.attribution or ""
        if correction.model != self._before.model:
            # What was found once is the same when the next correction of it comes, wherever it has been moved.
            name = self._met.setdefault((correction.model, name), self._nearest(correction.extent))
        if name not in self._attributions:
            raise _Unfit
        return self._attributions[name]

    def _nearest(self, spans: Spans) -> str:
        """The id of the attribution that stands nearest to where these spans do, "" if none stands near."""
        shares = {name: overlap(extent(attribution), spans) for name, attribution in self._attributions.items()}
        best = max(shares, key=lambda name: shares[name], default="")
        return best if shares.get(best, 0.0) >= NEAR else ""

    def _spans(self, value: Value) -> Spans:
        spans = value if isinstance(value, tuple) else ()
        return checked(tuple(span for span in spans if isinstance(span, Span)), len(self._before.document.text))

    def _said(self, found: Attribution, correction: Correction) -> dict[str, Any]:
        """What becomes of an attribution's kind, stance, voice, or of those it came through."""
        new = correction.new
        if correction.field == "voice":
            voice = self._voice(new, correction.model) if isinstance(new, Speaker) else None
            return {"voice": voice, "voice_score": None if voice is None else 1.0, "voice_reason": None}
        if correction.field == "via":
            return {"via": self._via(new, correction.model)}
        if correction.field == "kind" and new is None:
            return {"kind": self._kind(found.content, found.cue)}
        return {correction.field: new}

    def _add(self, correction: Correction) -> None:
        new = correction.new
        if not isinstance(new, Marked) or not extent(new):
            raise _Unfit
        source, cue, content, hedged, negated = (self._spans(getattr(new, role)) for role in SPANS)
        if any((a.source, a.cue, a.content) == (source, cue, content) for a in self._attributions.values()):
            raise _Unfit
        voice = None if new.voice is None else self._voice(new.voice, correction.model)
        name = _free("a", self._ids)
        self._ids.add(name)
        self._attributions[name] = Attribution(
            id=name,
            source=source,
            cue=cue,
            content=content,
            kind=new.kind or self._kind(content, cue),
            score=1.0,
            stance=new.stance,
            voice=voice,
            voice_score=None if voice is None else 1.0,
            via=self._via(new.via, correction.model),
            hedged=hedged,
            negated=negated,
        )

    def _via(self, value: Value, model: str) -> tuple[str, ...]:
        named = value if isinstance(value, tuple) else ()
        return tuple(self._voice(speaker, model) for speaker in named if isinstance(speaker, Speaker))

    def _voice(self, speaker: Speaker, model: str) -> str:
        """The id of the voice that is meant: the one with that id, else the first of that name and type; a new one, a
        person if nobody says otherwise, if there is none."""
        meant = self._voices.get(speaker.id or "") if model == self._before.model else None
        if meant is not None and _is_named(meant, speaker):
            return meant.id
        known = next((voice.id for voice in self._voices.values() if _is_named(voice, speaker)), None)
        if known is not None:
            return known
        name = _free("v", self._voices.keys())
        self._voices[name] = Voice(name, speaker.name, speaker.type or "person", (), (), 1.0)
        return name

    def _kind(self, content: Spans, cue: Spans) -> Kind:
        """What the quotation marks say."""
        return self._quoted.kind(content, cue) if content else "indirect"

    @cached_property
    def _quoted(self) -> Quoted:
        text = self._before.document.text
        return Quoted(text, quotations(text))


def _is_named(voice: Voice, speaker: Speaker) -> bool:
    return voice.name == speaker.name and speaker.type in (None, voice.type)


def _free(letter: str, taken: Iterable[str]) -> str:
    """The first id behind those that are taken."""
    numbers = [int(name[1:]) for name in taken if name[:1] == letter and name[1:].isdecimal()]
    return f"{letter}{max(numbers, default=0) + 1}"
