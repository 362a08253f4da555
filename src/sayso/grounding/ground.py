"""Everything that a reading holds beside who says what: found at once, from what the engine knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sayso.grounding.entities import Register
from sayso.grounding.labels import called, labels
from sayso.grounding.places import Toponym, places
from sayso.grounding.quantities import quantities
from sayso.grounding.times import times
from sayso.innermost import innermost
from sayso.types import Attribution, Document, Entity, Label, Place, Quantity, Span, Time, Voice
from sayso.voices.marks import Marks
from sayso.voices.voiced import Company

_Said = TypeVar("_Said", Time, Place, Quantity)


@dataclass(frozen=True, slots=True)
class Grounded:
    """Who and what a document talks about, what they are called in it, when, where and how many; all in text order."""

    entities: tuple[Entity, ...] = ()
    labels: tuple[Label, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    quantities: tuple[Quantity, ...] = ()


def grounded(
    document: Document,
    marks: Marks,
    company: Company,
    voices: Sequence[Voice],
    attributions: Sequence[Attribution],
) -> Grounded:
    """What there is to know of a document whose names, speakers, voices and attributions are found. Takes time in
    proportion to them."""
    text = document.text
    # What a step needs and does not give is let go before the next: a report may be a million words long.
    dated = times(text, document.published)
    counted = quantities(text, sorted([*(time.span for time in dated), *_names_with_digits(marks)]))
    toponyms = [name for name in marks.names if name.kind == "place"]
    located = places(text, [Toponym(n.start, n.end) for n in toponyms])
    register = Register(text, company, voices)
    calls = called(register, register.with_missed(marks), company)
    entities, ids = register.entities()
    drafts = (register.of_name(name) for name in toponyms)
    placed = [
        replace(place, entity=None if draft is None else ids.get(id(draft)))
        for place, draft in zip(located, drafts, strict=True)
    ]
    return Grounded(
        entities,
        labels(calls, ids, attributions),
        _vouched(dated, attributions),
        _vouched(placed, attributions),
        _vouched(counted, attributions),
    )


def _names_with_digits(marks: Marks) -> Iterator[Span]:
    """Names whose numbers count nothing: "Channel 4", "Resolution 242"."""
    for name in marks.names:
        if any(map(str.isdigit, marks.text[name.start : name.end])):
            yield Span(name.start, name.end)


def _vouched(said: Sequence[_Said], attributions: Sequence[Attribution]) -> tuple[_Said, ...]:
    """The same with the attribution that each stands in."""
    holders = innermost(attributions, [item.span for item in said])
    return tuple(
        replace(item, attribution=None if holder is None else attributions[holder].id)
        for item, holder in zip(said, holders, strict=True)
    )
