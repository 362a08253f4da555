"""What follows from corrected attributions: their order and nesting, the narration, voices, on whose word the rest
stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from sayso.chain import parents
from sayso.innermost import innermost
from sayso.narration import narration
from sayso.types import Attribution, Label, Place, Quantity, Span, Spans, Time, Voice

if TYPE_CHECKING:
    from sayso.reading import Reading

_Dated = TypeVar("_Dated", Time, Place, Quantity)


def settled(before: Reading, attributions: tuple[Attribution, ...], voices: tuple[Voice, ...]) -> Reading:
    """The reading `before` with these attributions and voices in place of its own, and what follows from them. As
    long as no spans changed, nothing that spans decide does."""
    if attributions == before.attributions:
        return before
    if _places(attributions) == _places(before.attributions):
        return _spoken(replace(before, attributions=attributions), before, voices)
    attributions = _nested(tuple(sorted(attributions, key=lambda attribution: attribution.start)))
    moved = replace(
        before,
        attributions=attributions,
        narration=narration(before.document.text, attributions),
        times=_vouched(before.times, attributions),
        places=_vouched(before.places, attributions),
        quantities=_vouched(before.quantities, attributions),
        labels=_called(before.labels, attributions),
    )
    return _spoken(moved, before, voices)


def _places(attributions: Sequence[Attribution]) -> dict[str, tuple[Spans, Spans, Spans]]:
    return {a.id: (a.source, a.cue, a.content) for a in attributions}


def _nested(attributions: tuple[Attribution, ...]) -> tuple[Attribution, ...]:
    outer = parents(attributions)
    return tuple(
        replace(attribution, parent=None if index is None else attributions[index].id)
        for attribution, index in zip(attributions, outer, strict=True)
    )


def _holders(spans: Sequence[Span], attributions: Sequence[Attribution]) -> list[str | None]:
    """For each span the id of the attribution on whose word it stands."""
    return [None if holder is None else attributions[holder].id for holder in innermost(attributions, spans)]


def _vouched(said: tuple[_Dated, ...], attributions: Sequence[Attribution]) -> tuple[_Dated, ...]:
    holders = _holders([item.span for item in said], attributions)
    return tuple(replace(item, attribution=holder) for item, holder in zip(said, holders, strict=True))


def _called(labels: tuple[Label, ...], attributions: Sequence[Attribution]) -> tuple[Label, ...]:
    holders = _holders([label.span for label in labels], attributions)
    return tuple(replace(label, attribution=holder) for label, holder in zip(labels, holders, strict=True))


def _spoken(reading: Reading, before: Reading, voices: tuple[Voice, ...]) -> Reading:
    """`reading` with those of the voices that it still needs, and nothing that names another."""
    gone = _named(before.attributions) - _named(reading.attributions)
    kept = tuple(voice for voice in voices if voice.id not in gone)
    ids = {voice.id for voice in kept}
    given = {attribution.id: attribution.voice for attribution in reading.attributions}
    return replace(
        reading,
        voices=_mentioned(kept, before.attributions, reading.attributions),
        entities=tuple(e if e.voice in ids else replace(e, voice=None) for e in reading.entities),
        labels=tuple(replace(label, voice=given.get(label.attribution or "")) for label in reading.labels),
    )


def _named(attributions: Sequence[Attribution]) -> set[str]:
    return {voice for a in attributions for voice in (a.voice, *a.via) if voice is not None}


def _mentioned(
    voices: tuple[Voice, ...], before: Sequence[Attribution], after: Sequence[Attribution]
) -> tuple[Voice, ...]:
    """The voices with their mentions: without sources that were theirs, with those that are."""
    were, are = _sources(before), _sources(after)
    return tuple(
        voice
        if were[voice.id] == are[voice.id]
        else replace(voice, mentions=_with(voice.mentions, were[voice.id] - are[voice.id], are[voice.id]))
        for voice in voices
    )


def _sources(attributions: Sequence[Attribution]) -> Mapping[str, set[Span]]:
    found: defaultdict[str, set[Span]] = defaultdict(set)
    for attribution in attributions:
        if attribution.voice is not None:
            found[attribution.voice].update(attribution.source)
    return found


def _with(mentions: Spans, lost: set[Span], won: set[Span]) -> Spans:
    """`mentions` without those lost, with those won that overlap none, in text order."""
    kept: list[Span] = []
    held = [span for span in mentions if span not in lost]
    for span in sorted([*held, *(won - set(held))], key=lambda span: (span.start, span not in held)):
        if not kept or kept[-1].end <= span.start:
            kept.append(span)
        elif span in held and kept[-1] not in held:
            kept[-1] = span
    return tuple(kept)
