"""What each voice of a reading, and the report itself, calls whom: what the table in the terminal and the page show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from sayso.innermost import innermost
from sayso.render.marks import one_line
from sayso.types import Entity, EntityType, Span

if TYPE_CHECKING:
    from sayso.reading import Reading

ITSELF = "the report itself"
TYPES: Mapping[EntityType, str] = MappingProxyType(
    {
        "PERSON": "person", "ORG": "organisation", "PLACE": "place", "PEOPLE": "people", "EVENT": "event",
        "WORK": "work", "THING": "thing", "GROUP": "group",
    }
)  # fmt: skip
"""What each type of entity is called."""

Who = tuple[bool, str | None]
"""Whether somebody says it, and the id of whose voice that is."""


@dataclass(slots=True)
class Use:
    """One way in which a voice calls an entity: its words as they first stand, whether they judge, where they stand."""

    words: str
    loaded: bool
    spans: list[Span] = field(default_factory=list)


def uses_of(reading: Reading) -> dict[str, dict[Who, dict[str, Use]]]:
    """For each entity, whoever calls it anything, and what: labels, and names where they stand alone."""
    text = reading.document.text
    calls: list[tuple[str, Span, bool, Who | None]] = []
    covered: defaultdict[str, set[int]] = defaultdict(set)
    for label in reading.labels:
        calls.append((label.entity, label.span, label.loaded, (label.attribution is not None, label.voice)))
        covered[label.entity].update(label.span, range(*label.span))
    for entity in reading.entities:
        names = set(entity.names)
        for span in entity.mentions:
            if span.start not in covered[entity.id] and one_line(text[slice(*span)]) in names:
                calls.append((entity.id, span, False, None))
    bare = [index for index, call in enumerate(calls) if call[3] is None]
    holders = dict(zip(bare, innermost(reading.attributions, [calls[i][1] for i in bare]), strict=True))
    found: dict[str, dict[Who, dict[str, Use]]] = {entity.id: {} for entity in reading.entities}
    for index in sorted(range(len(calls)), key=lambda i: calls[i][1]):
        entity_id, span, loaded, who = calls[index]
        if who is None:
            holder = holders[index]
            who = (holder is not None, None if holder is None else reading.attributions[holder].voice)
        words = one_line(text[slice(*span)])
        use = found[entity_id].setdefault(who, {}).setdefault(words.casefold(), Use(words, loaded))
        use.loaded = use.loaded or loaded
        use.spans.append(span)
    return found


def ranked(reading: Reading) -> list[Entity]:
    """The entities that are called by words that judge first, then those that are called most things."""
    judged: defaultdict[str, int] = defaultdict(int)
    called: defaultdict[str, int] = defaultdict(int)
    for label in reading.labels:
        judged[label.entity] += label.loaded
        called[label.entity] += 1
    return sorted(reading.entities, key=lambda e: (-judged[e.id], -called[e.id], -len(e.mentions)))


def differs(uses: dict[Who, dict[str, Use]]) -> bool:
    """Whether an entity is called by more than one word, or by one that judges."""
    every = {use.words.casefold(): use.loaded for called in uses.values() for use in called.values()}
    return len(every) > 1 or any(every.values())
