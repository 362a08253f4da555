"""A small ledger for tests of finding: five reports of two outlets on a dam, a copy of one, a near copy of another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sayso.documents import text_id
from sayso.innermost import innermost
from sayso.ledger import Ledger, store
from sayso.ledger.copies import Copy
from sayso.reading import Reading
from sayso.types import Attribution, Entity, EntityType, Label, Span
from tests.readings import marked, with_facts, with_voices


def reading(
    notation: str,
    voices: Iterable[tuple[str, str, str]],
    *,
    attributions: Mapping[str, Mapping[str, object]] = {},
    entities: Mapping[str, tuple[EntityType, tuple[str, ...]]] = {},
    labels: Iterable[tuple[str, str, bool]] = (),
    times: Mapping[str, str | None] = {},
    **known: str | None,
) -> Reading:
    """A reading of marked text; `attributions` sets fields of some by id, `entities` gives types and names by name,
    `labels` are an entity's name, the words it is called there, and whether they judge."""
    made = with_facts(with_voices(marked(notation, **known), *voices), times=times)  # type: ignore[arg-type]
    text = made.document.text
    changed = tuple(replace(a, **attributions.get(a.id, {})) for a in made.attributions)  # type: ignore[arg-type]
    ids = {name: f"e{number}" for number, name in enumerate(entities, 1)}
    return replace(
        made,
        document=replace(made.document, id=text_id(text), language="en"),
        attributions=changed,
        entities=tuple(
            Entity(ids[name], name, kind, names, tuple(sorted(s for n in names for s in _stand(text, n))), 0.9)
            for name, (kind, names) in entities.items()
        ),
        labels=tuple(_label(text, changed, ids[name], words, loaded) for name, words, loaded in labels),
    )


def _stand(text: str, words: str) -> list[Span]:
    found, at = [], text.find(words)
    while at >= 0:
        found.append(Span(at, at + len(words)))
        at = text.find(words, at + 1)
    return found


def _label(text: str, attributions: tuple[Attribution, ...], entity: str, words: str, loaded: bool) -> Label:
    (span, *_) = _stand(text, words)
    (holder,) = innermost(attributions, [span])
    by = None if holder is None else attributions[holder]
    return Label(entity, by and by.voice, span, span, loaded, 0.9, by and by.id)


HELD = reading(
    "{who1 Engineer Ilse Tamarind} {how1 said} {what1 “the dam at Port Aurel will hold”}. {who2 The river board} "
    "{how2 denied} {what2 that the spillway gates had been opened on 6 March}. {who3 Two guards} {how3 spoke of} "
    "{what3 a crack in the spillway}. On 5 March it had rained.",
    [
        ("Ilse Tamarind", "person", "a1"),
        ("River Board of Lissar", "organisation", "a2"),
        ("two guards", "unnamed", "a3"),
    ],
    attributions={
        "a1": {"kind": "direct", "stance": "asserts"},
        "a2": {"stance": "denies"},
        "a3": {"kind": "indirect"},
    },
    entities={"Port Aurel": ("PLACE", ("Port Aurel",))},
    times={"6 March": "2031-03-06", "5 March": "2031-03-05"},
    title="Dam will hold, engineer says",
    outlet="Harbour Wire",
    published="2031-03-07",
    url="https://harbourwire.example/dam",
)

CRACK = reading(
    "{who1 She} {how1 told} Radio Lissar {what1 that the crack was old}. {who2 Mayor Đuro Kesić} {how2 called} "
    "{what2 the board a nest of liars}, and the Lissar board is a public body. {what3 The gates were opened at night}.",
    [("Ilse Tamarind", "person", "a1"), ("Đuro Kesić", "person", "a2"), ("Radio Lissar", "outlet", "")],
    attributions={"a1": {"via": ("v3",)}, "a3": {"voice": None}},
    entities={"River Board of Lissar": ("ORG", ("board", "Lissar board"))},
    labels=[("River Board of Lissar", "a nest of liars", True), ("River Board of Lissar", "a public body", False)],
    title="The crack is old",
    outlet="Ridge Voice",
    published="2031-03-09T08:30:00+02:00",
    url="https://ridgevoice.example/crack",
)

FLOOD = reading(
    "{who1 Đuro Kesić} {how1 said} {what1 that four hundred homes would be flooded by summer 2031}. "
    "{who2 A spokeswoman} {how2 said} {what2 the river board had warned nobody}. The self-styled River "
    "Board is silent.",
    [("Đuro Kesić", "person", "a1"), ("a spokeswoman", "unnamed", "a2")],
    entities={"River Board of Lissar": ("ORG", ("river board", "River Board"))},
    labels=[("River Board of Lissar", "self-styled River Board", True)],
    times={"summer 2031": "2031-SU"},
    title="Homes at risk",
    outlet="Ridge Voice",
    published="2031-04-01",
    url="https://ridgevoice.example/homes",
)

NEAR = replace(
    HELD,
    document=replace(
        HELD.document,
        id=text_id(HELD.document.text + " More follows."),
        text=HELD.document.text + " More follows.",
        outlet="Strait Herald",
        published="2031-03-08",
        url="https://herald.example/2",
    ),
)
"""A near copy, with a reading of its own."""


def filled(ledger: Ledger) -> Ledger:
    """The ledger, with all of them in it, and an exact copy of the first in a third outlet."""
    with ledger.writes() as connection:
        first = store.put_document(connection, HELD.document, None, None, [])
        store.put_reading(connection, first, HELD)
        again = replace(
            HELD.document, outlet="Ridge Voice", published="2031-03-10", url="https://ridgevoice.example/dam"
        )
        store.put_document(connection, again, None, Copy(first, exact=True, alike=1.0, says_nothing_new=True), [])
        near = store.put_document(
            connection, NEAR.document, None, Copy(first, exact=False, alike=0.95, says_nothing_new=False), []
        )
        store.put_reading(connection, near, NEAR)
        for further in (CRACK, FLOOD):
            store.put_reading(connection, store.put_document(connection, further.document, None, None, []), further)
    return ledger
