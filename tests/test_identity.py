"""By what somebody of one document is recognised in another, and who never is."""

from __future__ import annotations

import pytest

from sayso.ledger.identity import Identity, of_entities, of_voice
from sayso.types import Entity, EntityType, Place, Span, Voice, VoiceType
from tests.ready import read


def voice(name: str, kind: VoiceType) -> Identity | None:
    return of_voice(Voice("v1", name, kind, (), (), 0.9))


@pytest.mark.parametrize(
    ("kind", "one", "other", "rule"),
    [
        ("person", "Ilse Tamarind", "ILSE TAMARIND", "full name"),
        ("person", "Íñigo Savić", "Inigo Savic", "full name"),
        ("person", "Yusar al-Mazzun", "Yusar Al Mazzun", "full name"),
        ("person", "Baek Yeong-rae", "Baek Yeong-Rae", "full name"),
        ("outlet", "The Harbour Wire", "Harbour Wire", "outlet"),
        ("organisation", "Highland Defense Council", "Highland Defence Council", "name of a body"),
        ("organisation", "the Interior Ministry", "Interior Ministry", "name that others bear"),
        ("outlet", "The Tribune", "Tribune", "name that others bear"),
    ],
)
def test_the_same_one(kind: VoiceType, one: str, other: str, rule: str) -> None:
    found = voice(one, kind)
    assert found is not None
    assert found == voice(other, kind)
    assert found.rule == rule
    assert 0 < found.score < 1


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("person", "Tamarind"),
        ("person", "I. Tamarind"),
        ("person", "the town’s mayor"),
        ("person", "senior ministry official"),
        ("organisation", "the council"),
        ("organisation", "Police"),
        ("outlet", "Tolmeir’s state news agency"),
        ("unnamed", "Senior Official"),
        ("group", "Highland Residents"),
        ("document", "Interim Report"),
        ("author", "Ilse Tamarind"),
        ("person", ""),
        ("person", "A" * 300 + " Tamarind"),
    ],
)
def test_nobody(kind: VoiceType, name: str) -> None:
    assert voice(name, kind) is None


def test_a_body_is_one_whether_it_speaks_or_is_spoken_of() -> None:
    assert voice("Radio Lissar", "outlet") == Identity("body:radio lissar", "outlet")
    assert entity("Radio Lissar", "ORG") == Identity("body:radio lissar", "name of a body")


def entity(name: str, kind: EntityType, country: str | None = None) -> Identity | None:
    reading = read(f"{name} said so.")
    span = Span(0, len(name))
    places = (Place(span, name, 0.9, "e1", country),) if country else ()
    made = type(reading)(
        reading.document, "en_v2", (), entities=(Entity("e1", name, kind, (name,), (span,), 0.9),), places=places
    )
    return next(of_entities(made))


def test_entities() -> None:
    assert entity("Lissar", "PLACE") == Identity("place:lissar", "name of a place")
    assert entity("Lissar", "PLACE", "XV") == Identity("place:lissar, xv", "place on the map")
    assert entity("Khadrin", "PEOPLE") == Identity("people:khadrin", "name of a people")
    assert entity("Sennet Rose", "THING") == Identity("thing:sennet rose", "name")
    assert entity("Rose", "THING") is None
    assert entity("Israeli settlers", "GROUP") is None
    assert entity("copy of the manifest", "WORK") is None
