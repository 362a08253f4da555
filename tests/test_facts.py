"""What can be checked: tables of invented readings, and what holds for any reading at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from sayso.facts import Fact
from sayso.reading import Reading
from sayso.types import Attribution, Document, Quantity, Span, Time
from tests.readings import marked, quick, readings_with_voices, with_facts


def told(reading: Reading) -> list[tuple[str, str | None, tuple[str, ...]]]:
    """Each fact in words: the statement, who vouches for it, what it says of when, where and how many."""
    return [
        (
            reading.words((fact.statement,)),
            fact.attribution,
            tuple(reading.words((item.span,)) for item in fact.times + fact.places + fact.quantities),
        )
        for fact in reading.facts()
    ]


def test_in_narration_the_statement_is_the_sentence() -> None:
    reading = with_facts(
        marked("The roof held all winter.  It came down in Vessport on 7 March. Nobody slept."),
        times={"7 March": "2031-03-07"},
        places={"Vessport": "town"},
    )
    assert told(reading) == [("It came down in Vessport on 7 March.", None, ("7 March", "Vessport"))]


def test_in_a_content_it_is_the_part_of_the_sentence_that_stands_there() -> None:
    reading = with_facts(
        marked(
            "On Friday {who1 harbour master Odile Varrin} {how1 said} {what1 two barges had sunk. Nobody drowned. "
            "Three were raised on Sunday}, and left."
        ),
        times={"Friday": "2031-03-07", "Sunday": "2031-03-09"},
        quantities={"two": 2, "Three": 3},
    )
    assert told(reading) == [
        (
            "On Friday harbour master Odile Varrin said two barges had sunk.",
            None,
            ("Friday",),
        ),
        ("two barges had sunk.", "a1", ("two",)),
        ("Three were raised on Sunday", "a1", ("Sunday", "Three")),
    ]


def test_a_content_that_its_speaker_interrupts_gives_a_statement_for_each_part() -> None:
    reading = with_facts(
        marked("{what1 “Nine boats went out,”} {who1 she} {how1 said}, {what1 “and four came back.”}"),
        quantities={"Nine": 9, "four": 4},
    )
    assert told(reading) == [
        ("“Nine boats went out,”", "a1", ("Nine",)),
        ("“and four came back.”", "a1", ("four",)),
    ]


def test_one_sentence_with_two_voices_gives_a_fact_for_each() -> None:
    reading = with_facts(
        marked(
            "{who1 The mayor} {how1 counted} {what1 fourteen dead}, while {who2 the army} {how2 spoke of} {what2 two}."
        ),
        quantities={"fourteen": 14, "two": 2},
    )
    assert told(reading) == [("fourteen dead", "a1", ("fourteen",)), ("two", "a2", ("two",))]


def test_nested_attributions_each_vouch_for_their_own() -> None:
    reading = with_facts(
        marked(
            "{who1 The Courier} {how1 wrote} on Monday {what1 that {who2 a docker} {how2 had seen} {what2 six men} "
            "at noon}."
        ),
        times={"Monday": "2031-03-10", "noon": "2031-03-07T12:00"},
        quantities={"six": 6},
    )
    assert told(reading) == [
        ("The Courier wrote on Monday that a docker had seen six men at noon.", None, ("Monday",)),
        ("that a docker had seen six men at noon", "a1", ("noon",)),
        ("six men", "a2", ("six",)),
    ]


@pytest.mark.parametrize(
    ("text", "times", "places", "quantities"),
    [
        ("Nothing happened here.", {}, {}, {}),
        # A country alone says too little.
        ("It rained in Ostravia.", {}, {"Ostravia": "country"}, {}),
        # What stands for its government is nowhere on the map; what leads to it does not matter.
        ("The board heard from Ostravia.", {}, {"Ostravia": None}, {}),
        # A place that nothing happens at.
        ("Vessport rejects the claim.", {}, {"Vessport": "town"}, {}),
        ("The Vessport harbour board met.", {}, {"Vessport": "town"}, {}),
        # No point on the calendar, and no value.
        ("It is closed now.", {"now": "PRESENT_REF"}, {}, {}),
        ("It was once open.", {"once": "PAST_REF"}, {}, {}),
        ("It will open soon.", {"soon": "FUTURE_REF"}, {}, {}),
        ("It fell that day.", {"that day": None}, {}, {}),
        # A number that could not be kept.
        ("It cost £££ to mend.", {}, {}, {"£££": None}),
    ],
)
def test_what_is_no_fact(
    text: str, times: dict[str, str], places: dict[str, str], quantities: dict[str, float]
) -> None:
    assert with_facts(marked(text), times=times, places=places, quantities=quantities).facts() == ()


def test_a_country_is_shown_beside_something_else() -> None:
    reading = with_facts(
        marked("It rained in Ostravia. Nine barges sank in Ostravia’s neighbour, in Marland."),
        places={"Ostravia": "country", "Marland": "country"},
        quantities={"Nine": 9},
    )
    assert told(reading) == [("Nine barges sank in Ostravia’s neighbour, in Marland.", None, ("Marland", "Nine"))]


@pytest.mark.parametrize(
    "text",
    [
        "A wall fell in Vessport.",
        "In Vessport a wall fell.",
        "Near Vessport a wall fell.",
        "A wall fell in the town of Vessport.",
        "Rockets hit Vessport.",
        "They drove from\xa0Vessport.",
    ],
)
def test_a_place_that_something_happens_at(text: str) -> None:
    (fact,) = with_facts(marked(text), places={"Vessport": "town"}).facts()
    assert [place.name for place in fact.places] == ["Vessport"]
    assert fact.statement == Span(0, len(text))


def test_lengths_and_open_ends_count() -> None:
    reading = with_facts(marked("It burned for eleven days and took more than nine."), times={"eleven days": "P11D"})
    nine = Span(*[reading.document.text.index("nine") + end for end in (0, 4)])
    reading = replace(reading, quantities=(Quantity(nine, 9, None, False, None, None, 0.9),))
    (fact,) = reading.facts()
    assert (fact.times, fact.quantities) == (reading.times, reading.quantities)


def test_a_thing_that_its_attribution_does_not_hold_stands_in_its_sentence() -> None:
    """A reading from elsewhere may say that."""
    text = "It fell on Friday. She said so."
    said = Attribution("a1", (), (Span(23, 27),), (Span(28, 30),), "indirect", 0.9)
    friday = Time(Span(11, 17), "DATE", "2031-03-07", 0.9, attribution="a1")
    reading = Reading(Document("sha256:0", text), "test_v0", (said,), times=(friday,))
    assert reading.facts() == (Fact(Span(0, 18), None, (friday,)),)


@pytest.mark.parametrize(("text", "span"), [("  \n", Span(0, 2)), (" \n It fell.", Span(0, 2)), (" It", Span(0, 3))])
def test_white_space_is_in_no_sentence(text: str, span: Span) -> None:
    time = Time(span, "DATE", "2031-03-07", 0.9)
    reading = Reading(Document("sha256:0", text), "test_v0", (), times=(time,))
    assert reading.facts() == (Fact(span, None, (time,)),)


@quick
@given(readings_with_voices())
def test_of_any_reading(reading: Reading) -> None:
    found = reading.facts()
    text = reading.document.text
    known = {attribution.id for attribution in reading.attributions}
    assert [fact.statement for fact in found] == sorted(fact.statement for fact in found)
    assert len({(fact.statement, fact.attribution) for fact in found}) == len(found)
    for fact in found:
        assert 0 <= fact.statement.start < fact.statement.end <= len(text)
        assert fact.attribution is None or fact.attribution in known
        assert fact.times or fact.places or fact.quantities
        for items in (fact.times, fact.places, fact.quantities):
            spans = [item.span for item in items]
            assert spans == sorted(spans)
            for start, end in spans:
                assert fact.statement.start <= start < end <= fact.statement.end
    valued = [q for q in reading.quantities if (q.low, q.high) != (None, None)]
    assert sorted(q.span for fact in found for q in fact.quantities) == [q.span for q in valued]
