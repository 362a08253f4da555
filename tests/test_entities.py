"""Who and what is talked about: names gathered, peoples apart from countries, states and groups without a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.engine import Engine
from sayso.grounding.nations import is_nation, nation_of
from sayso.names import NAME_KINDS, PHRASE_KINDS, Named
from sayso.types import Attribution, Span
from sayso.voices.marks import Marks
from tests.ground import ground, ground_marks
from tests.texts import texts


def entities(notation: str) -> list[tuple[str, str, int]]:
    """Each entity: its name, type, and how often it is mentioned."""
    return [(e.name, e.type, len(e.mentions)) for e in ground(notation).found.entities]


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("", []),
        (
            "[person|Ilse Tamarind] left [place|Vessport]. [person|Tamarind] slept.",
            [("Ilse Tamarind", "PERSON", 2), ("Vessport", "PLACE", 1)],
        ),
        # A people is not its country; its two words are one people.
        (
            "[place|Albania] slept. [people|Albanian] dogs barked. [people|Albanians] woke.",
            [("Albania", "PLACE", 1), ("Albanian", "PEOPLE", 2)],
        ),
        ("[people|Anti-Albanian] talk. An [people|Albanian-backed] plan. [people|Danish-Albanian] trade.", []),
        ("On [thing|Wednesday] nobody came.", []),
        # Events, works and bodies, by their last words or quotation marks.
        ("The [thing|Third Lythian War] ended.", [("Third Lythian War", "EVENT", 1)]),
        ("The [organisation|Marsh Cup] began.", [("Marsh Cup", "EVENT", 1)]),
        ("She read “[thing|The Long Tide]”.", [("Long Tide", "WORK", 1)]),
        ("The [thing|Fisheries Act] passed.", [("Fisheries Act", "WORK", 1)]),
        ("The [thing|Sennet Rose] sailed.", [("Sennet Rose", "THING", 1)]),
        ("The [person|Marish Council] met.", [("Marish Council", "ORG", 1)]),
        # A state's government, however it is called; of its names the one that judges least.
        (
            "{organisation|the [people|Albanian] regime} fell. {organisation|The [people|Albanian] government} fell. "
            "{organisation|the brutal [people|Albanian] regime} fell.",
            [("Albanian government", "ORG", 3), ("Albanian", "PEOPLE", 3)],
        ),
        (
            "{organisation|the [place|Tirana] government} met {organisation|the government} of [place|Albania].",
            [("Tirana government", "ORG", 2), ("Tirana", "PLACE", 1), ("Albania", "PLACE", 1)],
        ),
        # A village has no government of its own that would be meant.
        ("{organisation|the [place|Vessport] government} met.", [("Vessport", "PLACE", 1)]),
        # Groups of a people.
        (
            "{people|illegal [people|Albanian] settlers} met {people|usurper [people|Albanian] settlers}.",
            [("Albanian settlers", "GROUP", 2), ("Albanian", "PEOPLE", 2)],
        ),
        ("{other|[people|Albanian] missiles} fell.", [("Albanian", "PEOPLE", 1)]),
    ],
)
def test_entities(notation: str, expected: list[tuple[str, str, int]]) -> None:
    assert sorted(entities(notation)) == sorted(expected)


def test_names_come_in_the_order_of_how_often_they_are_used() -> None:
    (found,) = ground(
        "The [organisation|Marish Relief Front] ([organisation|MRF]) left. The [organisation|MRF] slept."
    ).found.entities
    assert (found.name, found.names, found.id) == ("Marish Relief Front", ("MRF", "Marish Relief Front"), "e1")


def test_abbreviations_that_the_namer_passed_over() -> None:
    made = ground(
        "The [organisation|Marish Relief Front] ([organisation|MRF]) left. Nobody in the valley knew where MRF slept."
    )
    (found,) = made.found.entities
    assert [made.words(span) for span in found.mentions] == ["Marish Relief Front", "MRF", "MRF"]


@pytest.mark.parametrize(
    ("word", "nation"),
    [
        ("Iraqi", "iraq"),
        ("Iraqis", "iraq"),
        ("Iraq’s", "iraq"),
        ("U.S.", "united states"),
        ("Baghdad", "iraq"),
        ("Zionist", "israel"),
        ("Lythians", "lythian"),
    ],
)
def test_nations(word: str, nation: str) -> None:
    assert nation_of(word) == nation
    assert is_nation(word) is (nation != "lythian")


def test_an_epithet_is_no_people() -> None:
    assert nation_of("Zionists", by_epithet=False) == "zionist"
    assert nation_of("Israelis", by_epithet=False) == "israel"


def test_voices_are_entities_too() -> None:
    reading = Engine(threads=1).read(
        "Ilse Tamarind, the harbour master of Vessport, said on Monday that the crane was safe. Two dockers said the "
        "bolts were old. Tamarind added that no one had been hurt."
    )
    speaking = {e.voice: (e.name, e.type) for e in reading.entities if e.voice is not None}
    assert speaking == {
        "v1": ("Ilse Tamarind", "PERSON"),
        "v2": ("Two dockers", "GROUP"),
    }


@st.composite
def marked_at_random(draw: st.DrawFn) -> tuple[Marks, list[Attribution]]:
    text = draw(texts)

    def named(kinds: tuple[str, ...]) -> list[Named]:
        cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=12)))
        return [Named(a, b, draw(st.sampled_from(kinds)), 0.5) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]

    contents = named(("content",))
    attributions = [
        Attribution(f"a{i}", (), (), (Span(c.start, c.end),), "indirect", 0.5, voice="v1")
        for i, c in enumerate(contents)
    ]
    return Marks(text, named(NAME_KINDS), named(PHRASE_KINDS)), attributions


@given(marked_at_random())
def test_any_text_is_grounded_with_spans_in_it_and_in_order(given_marks: tuple[Marks, list[Attribution]]) -> None:
    made, attributions = given_marks
    found = ground_marks(made, attributions)
    size = len(made.text)
    ids = [e.id for e in found.entities]
    assert ids == [f"e{number}" for number in range(1, len(ids) + 1)]
    for entity in found.entities:
        assert entity.name.strip() or made.text[slice(*entity.mentions[0])].strip() == entity.name.strip()
        assert all(0 <= a < b <= size for a, b in entity.mentions)
        assert all(one.end <= two.start for one, two in zip(entity.mentions, entity.mentions[1:], strict=False))
    assert [label.span for label in found.labels] == sorted(label.span for label in found.labels)
    for label in found.labels:
        assert label.entity in ids
        assert 0 <= label.span.start <= label.head.start < label.head.end <= label.span.end <= size
        assert 0 <= label.score <= 1


def test_a_government_that_speaks_and_is_described_is_one(engine: Engine) -> None:
    reading = engine.read("The Norwegian government said that the bridge was closed. The Norwegian regime slept.")
    (government,) = (e for e in reading.entities if e.type == "ORG")
    assert (government.name, government.voice, len(government.mentions)) == ("Norwegian government", "v1", 2)
