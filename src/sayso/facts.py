"""What of a report can be checked: its dated, placed and counted statements, each with who vouches for it."""

from __future__ import annotations

import bisect
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from sayso.narration import sentences
from sayso.types import Attribution, Place, Quantity, Span, Time

if TYPE_CHECKING:
    from sayso.reading import Reading

_BEHIND = regex.compile(
    r"\b(?i:in|at|on|near|from|to|into|outside|inside|across|around|above|off|over|through|throughout|between|towards?"
    r"|leaving|reached?|entered|hit|struck|shelled|bombed)\s(?:\p{L}[\p{L}’'-]*\s){0,3}$"
)
_REACH = 40  # code points before a place in which the word that leads to it stands
_NO_DATE = frozenset({"PRESENT_REF", "PAST_REF", "FUTURE_REF"})


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement that says when, where or how many.

    `statement` is what of one sentence belongs to it: the part in the content of `attribution`, or, where that is None,
    the whole sentence, which the report says in its own voice. At least one of the three tuples is not empty; each is
    in text order.
    """

    statement: Span
    attribution: str | None
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    quantities: tuple[Quantity, ...] = ()


def facts(reading: Reading) -> tuple[Fact, ...]:
    """The facts of `reading`, in text order.

    Times count that have a value on the calendar or the clock, or a length; places that something happens at (a
    preposition or a verb of motion or attack leads to them), not those that stand for their governments or say whose
    something is; all quantities with a value. A country alone says too little to be checked: it is shown only beside
    something else.
    """
    text = reading.document.text
    extents = _Extents(text, reading.attributions)
    times: defaultdict[_Place, list[Time]] = defaultdict(list)
    places: defaultdict[_Place, list[Place]] = defaultdict(list)
    quantities: defaultdict[_Place, list[Quantity]] = defaultdict(list)
    for time in reading.times:
        if time.value is not None and time.value not in _NO_DATE:
            times[extents.of(time.span, time.attribution)].append(time)
    for place in reading.places:
        if _happens_at(text, place):
            places[extents.of(place.span, place.attribution)].append(place)
    for quantity in reading.quantities:
        if quantity.low is not None or quantity.high is not None:
            quantities[extents.of(quantity.span, quantity.attribution)].append(quantity)
    placed = {at for at, there in places.items() if any(place.feature != "country" for place in there)}
    return tuple(
        Fact(*at, tuple(times[at]), tuple(places[at]), tuple(quantities[at]))
        for at in sorted({*times, *placed, *quantities}, key=lambda at: (at[0], at[1] or ""))
    )


_Place = tuple[Span, str | None]
"""A statement and who vouches for it."""


class _Extents:
    """Which statement a place in the text belongs to."""

    def __init__(self, text: str, attributions: tuple[Attribution, ...]) -> None:
        self._sentences = list(sentences(text))
        self._starts = [sentence.start for sentence in self._sentences]
        self._contents = {attribution.id: attribution.content for attribution in attributions}

    def of(self, span: Span, attribution: str | None) -> _Place:
        """The part of the sentence around `span` that stands in the content of `attribution`, or the sentence."""
        index = bisect.bisect_right(self._starts, span.start) - 1
        sentence = self._sentences[index] if index >= 0 else span  # white space before the first is in none
        sentence = Span(sentence.start, max(sentence.end, span.end))
        for start, end in self._contents.get(attribution or "", ()):
            if start <= span.start and span.end <= end:
                return Span(max(start, sentence.start), min(end, sentence.end)), attribution
        return sentence, None


def _happens_at(text: str, place: Place) -> bool:
    start = place.span.start
    return place.lat is not None and _BEHIND.search(text, max(0, start - _REACH), start) is not None
