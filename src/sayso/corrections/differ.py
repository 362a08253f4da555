"""What went out and what came back → the corrections between them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.corrections.pairs import Candidate, pairs
from sayso.corrections.values import Correction, Field, Marked, Speaker, Value, extent
from sayso.types import Attribution

if TYPE_CHECKING:
    from sayso.reading import Reading


@dataclass(frozen=True, slots=True)
class Returned:
    """What a tool gave back of one document.

    `sent` is what went out and `back` what came back, both as the tool's form holds them, so that what the form
    cannot hold is no difference; `sent` has one for each attribution of the reading that the form holds at all, by
    its id. `carries` are the fields that the form holds. `spoilt` are the ids of attributions that came back but
    cannot be used; `unsure` says that it is not known which of them did not come back for that reason, so that none
    counts as taken away.
    """

    sent: Mapping[str, Marked]
    back: Sequence[Candidate]
    carries: Collection[Field]
    spoilt: Collection[str] = ()
    unsure: bool = False


def differences(
    reading: Reading, returned: Returned, who: str | None = None, when: str | None = None
) -> Iterator[Correction]:
    """The corrections that turn `reading` into what came back: of attributions that are there in reading order, then
    those that are new, in text order. What the form does not hold is left alone."""
    made = _Maker(reading, who, when)
    open_ids = {name: sent for name, sent in returned.sent.items() if name not in returned.spoilt}
    paired = pairs(open_ids, returned.back)
    came = {name: returned.back[index].marked for index, name in paired.items()}
    for attribution in reading.attributions:
        if attribution.id in came:
            sides = returned.sent[attribution.id], came[attribution.id]
            yield from made.changes(attribution, *sides, returned.carries)
        elif attribution.id in open_ids and not returned.unsure:
            yield made.taken_away(attribution)
    new = [candidate.marked for index, candidate in enumerate(returned.back) if index not in paired]
    for found in sorted(new, key=extent):
        yield made.new(found)


class _Maker:
    """Makes the corrections of one reading."""

    def __init__(self, reading: Reading, who: str | None, when: str | None) -> None:
        self._reading = reading
        self._speakers = {voice.id: Speaker(voice.name, voice.type, voice.id) for voice in reading.voices}
        self._who, self._when = who, when

    def changes(
        self, attribution: Attribution, sent: Marked, back: Marked, carries: Collection[Field]
    ) -> Iterator[Correction]:
        ours = marked(attribution, self._speakers)
        for field in carries:
            if getattr(sent, field) == getattr(back, field) or (field == "kind" and back.kind is None):
                continue
            if getattr(back, field) != getattr(ours, field):
                yield self._correction(attribution, field, getattr(ours, field), getattr(back, field))

    def taken_away(self, attribution: Attribution) -> Correction:
        return self._correction(attribution, "attribution", marked(attribution, self._speakers), None)

    def new(self, found: Marked) -> Correction:
        return self._correction(None, "attribution", None, found)

    def _correction(self, attribution: Attribution | None, field: Field, old: Value, new: Value) -> Correction:
        document, model = self._reading.document.id, self._reading.model
        name, spans = (attribution.id, extent(attribution)) if attribution else (None, ())
        return Correction(document, model, name, spans, field, old, new, self._who, self._when)


def marked(attribution: Attribution, speakers: Mapping[str, Speaker]) -> Marked:
    """An attribution of a reading as a person would mark it. `speakers` are the reading's voices by id."""
    return Marked(
        source=attribution.source,
        cue=attribution.cue,
        content=attribution.content,
        hedged=attribution.hedged,
        negated=attribution.negated,
        kind=attribution.kind,
        stance=attribution.stance,
        voice=speakers.get(attribution.voice or ""),
        via=tuple(speakers[passing] for passing in attribution.via if passing in speakers),
    )
