"""Counts and amounts: tables of invented sentences, and what holds for any text."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sayso.grounding.quantities import quantities
from sayso.types import Quantity, Span
from tests.texts import texts


def said(text: str) -> list[str]:
    """The words of each quantity."""
    return [text[slice(*found.span)] for found in quantities(text)]


def only(text: str) -> Quantity:
    """The one quantity of `text`."""
    (found,) = quantities(text)
    return found


@pytest.mark.parametrize(
    ("text", "words", "low", "high", "approximate"),
    [
        ("The flood took 254 houses.", "254", 254, 254, False),
        ("At least 254 houses fell.", "At least 254", 254, None, False),
        ("It took no fewer than 40 houses.", "no fewer than 40", 40, None, False),
        ("It took more than 2,000 houses.", "more than 2,000", 2000, None, False),
        ("Over 72,000 houses fell.", "Over 72,000", 72000, None, False),
        ("Some 50 or more houses fell.", "Some 50 or more", 50, None, True),
        ("As few as 30 houses stood.", "As few as 30", 30, None, False),
        ("It took some 10,000-15,000 in all.", "some 10,000-15,000", 10_000, 15_000, True),
        ("It took 50+ houses.", "50+", 50, None, False),
        ("It took up to 200 houses.", "up to 200", None, 200, False),
        ("As many as 200 houses fell.", "As many as 200", None, 200, False),
        ("Fewer than 30 houses fell.", "Fewer than 30", None, 30, False),
        ("No more than 30 houses fell.", "No more than 30", None, 30, False),
        ("Almost 2,000 houses fell.", "Almost 2,000", 2000, 2000, True),
        ("About 2,000 houses fell.", "About 2,000", 2000, 2000, True),
        ("An estimated 2,000 houses fell.", "An estimated 2,000", 2000, 2000, True),
        ("Just over 2,000 houses fell.", "Just over 2,000", 2000, 2000, True),
        ("It took 30 or so houses.", "30 or so", 30, 30, True),
        ("At least about 200 houses fell.", "At least about 200", 200, None, True),
        ("Between 10 and 20 houses fell.", "Between 10 and 20", 10, 20, False),
        ("It took 10 to 20 houses.", "10 to 20", 10, 20, False),
        ("It took 10-12 houses.", "10-12", 10, 12, False),
        ("It took 10–12 houses.", "10–12", 10, 12, False),
        ("It took two or three houses.", "two or three", 2, 3, False),
        ("It took tolls ranging from 10 to 20 marks.", "10 to 20", 10, 20, False),
        ("It took 10 to 12 million bricks.", "10 to 12 million", 10e6, 12e6, False),
        ("Hundreds of houses fell.", "Hundreds", 200, None, True),
        ("Several hundred houses fell.", "Several hundred", 200, None, True),
        ("A few dozen houses fell.", "A few dozen", 24, None, True),
        ("Tens of thousands of houses fell.", "Tens of thousands", 20_000, None, True),
        ("Hundreds of thousands of houses fell.", "Hundreds of thousands", 200_000, None, True),
        ("More than a dozen houses fell.", "More than a dozen", 12, None, False),
        ("Half a dozen houses fell.", "Half a dozen", 6, 6, False),
        ("A pair of houses fell.", "A pair", 2, 2, False),
        ("A couple of houses fell.", "A couple", 2, 2, True),
        ("A couple of hundred houses fell.", "A couple of hundred", 200, 200, True),
        ("Two hundred and fifty-four houses fell.", "Two hundred and fifty-four", 254, 254, False),
        ("Twenty-one houses fell.", "Twenty-one", 21, 21, False),
        ("A hundred and twelve houses fell.", "A hundred and twelve", 112, 112, False),
        ("A million bricks fell.", "A million", 1e6, 1e6, False),
        ("Half a million bricks fell.", "Half a million", 500_000, 500_000, False),
        ("A quarter of a million bricks fell.", "A quarter of a million", 250_000, 250_000, False),
        ("Two and a half million bricks fell.", "Two and a half million", 2.5e6, 2.5e6, False),
        ("It took 1.5 million bricks.", "1.5 million", 1.5e6, 1.5e6, False),
        ("It took 1.1 million bricks.", "1.1 million", 1.1e6, 1.1e6, False),
        ("It took 10k bricks.", "10k", 10_000, 10_000, False),
        ("It took 3bn bricks.", "3bn", 3e9, 3e9, False),
        ("It took 72 000 bricks.", "72 000", 72_000, 72_000, False),
        ("It took 2,50,000 bricks.", "2,50,000", 250_000, 250_000, False),
        ("It took 1.300.000 bricks.", "1.300.000", 1_300_000, 1_300_000, False),
        ("It took 1800 bricks.", "1800", 1800, 1800, False),
        ("Zero houses fell.", "Zero", 0, 0, False),
    ],
)
def test_bounds(text: str, words: str, low: float | None, high: float | None, approximate: bool) -> None:
    assert said(text) == [words]
    found = only(text)
    assert (found.low, found.high, found.approximate) == (low, high, approximate)
    assert found.unit is None
    assert found.reason is None


@pytest.mark.parametrize(
    ("text", "words", "value", "unit"),
    [
        ("It cost $150 billion.", "$150 billion", 150e9, "USD"),
        ("It cost US$150.", "US$150", 150, "USD"),
        ("It cost NZ$40m.", "NZ$40m", 40e6, "NZD"),
        ("It cost €3bn.", "€3bn", 3e9, "EUR"),
        ("It cost £4.50.", "£4.50", 4.5, "GBP"),
        ("It cost R15 million.", "R15 million", 15e6, "ZAR"),
        ("It cost IQD 5,000.", "IQD 5,000", 5000, "IQD"),
        ("It cost 5,000 USD.", "5,000 USD", 5000, "USD"),
        ("It cost 5,000 Iraqi dinars.", "5,000 Iraqi dinars", 5000, "IQD"),
        ("It cost six hundred euros.", "six hundred euros", 600, "EUR"),
        ("It was a billion-dollar deal.", "a billion-dollar", 1e9, "USD"),
        ("It cost 1.5m euros.", "1.5m euros", 1.5e6, "EUR"),
        ("It cost 200 pounds.", "200 pounds", 200, "GBP"),
        ("It weighed 200 pounds.", "200 pounds", 200, "pound"),
        ("They found a 500-pound bomb.", "500-pound", 500, "pound"),
        ("It grew by 42 percent.", "42 percent", 42, "percent"),
        ("It grew by 4.2%.", "4.2%", 4.2, "percent"),
        ("It fell 3 percentage points.", "3 percentage points", 3, "percentage point"),
        ("It paid 7 1/2% a year.", "7 1/2%", 7.5, "percent"),
        ("A third of the town burned.", "A third", 100 / 3, "percent"),
        ("Two-thirds of the town burned.", "Two-thirds", 200 / 3, "percent"),
        ("Three-quarters of the town burned.", "Three-quarters", 75, "percent"),
        ("Half the town burned.", "Half", 50, "percent"),
        ("Aid was cut by half.", "half", 50, "percent"),
        ("One in five houses burned.", "One in five", 20, "percent"),
        ("Nine out of 10 houses burned.", "Nine out of 10", 90, "percent"),
        ("It burned 7,000 sq km.", "7,000 sq km", 7000, "square kilometre"),
        ("It burned 30 hectares.", "30 hectares", 30, "hectare"),
        ("It blew at 80 km/h.", "80 km/h", 80, "kilometre per hour"),
        ("It blew at 50 miles an hour.", "50 miles an hour", 50, "mile per hour"),
        ("It was a 10-kiloton device.", "10-kiloton", 10, "kiloton"),
        ("It fell 200m from the gate.", "200m", 200, "metre"),
        ("It fell half a mile away.", "half a mile", 0.5, "mile"),
        ("A five metre surge came.", "five metre", 5, "metre"),
        ("It made 84 MW.", "84 MW", 84, "megawatt"),
        ("It was 40 degrees Celsius.", "40 degrees Celsius", 40, "degree celsius"),
        ("It was 40°C.", "40°C", 40, "degree celsius"),
        ("It was minus 12 degrees Celsius.", "minus 12 degrees Celsius", -12, "degree celsius"),
        ("It changed by -5% in a year.", "-5%", -5, "percent"),
        ("It burned 6,000 sq. km.", "6,000 sq. km", 6000, "square kilometre"),
        ("A magnitude 6.3 earthquake came.", "magnitude 6.3", 6.3, "magnitude"),
        ("A 6.3-magnitude earthquake came.", "6.3-magnitude", 6.3, "magnitude"),
        ("It carried 2,000 tonnes of wheat.", "2,000 tonnes", 2000, "tonne"),
    ],
)
def test_units(text: str, words: str, value: float, unit: str) -> None:
    assert said(text) == [words]
    found = only(text)
    assert found.low == pytest.approx(value)
    assert found.high == pytest.approx(value)
    assert found.unit == unit


@pytest.mark.parametrize(
    ("text", "of", "unit", "fate"),
    [
        ("The mine killed 12 miners.", "miners", "person", "killed"),
        ("12 people were wounded.", "people", "person", "wounded"),
        ("12 people killed by a mine lay there.", "people", "person", "killed"),
        ("12 soldiers killed a farmer.", "soldiers", "person", None),
        ("Dozens wounded in Ildemar.", "wounded", "person", "wounded"),
        ("The toll stood at many dead, 14 missing.", "missing", "person", "missing"),
        ("A 300-strong force came.", None, "person", None),
        ("Germans came, 14 Germans in all.", "Germans", "person", None),
        ("The office released 40 pages.", "pages", None, None),
        ("The death toll rose to 254.", "killed", "person", "killed"),
        ("The storm destroyed 40 wooden homes.", "wooden homes", None, None),
        ("Over 400 asylum seekers came.", "asylum seekers", "person", None),
        ("It sent 5,000 security personnel.", "security personnel", "person", None),
        ("The 12-member committee met.", "member", "person", None),
        ("It was a 120-page report.", "page", None, None),
        ("14 Chinese were aboard.", "Chinese", "person", None),
        ("14 Chinese ships were there.", "Chinese ships", None, None),
        ("About 100 Palestinians came.", "Palestinians", "person", None),
        ("Six of the shells fell.", "shells", None, None),
        ("At least one woman died.", "woman", "person", "killed"),
        ("The army took eight of Reyl’s bridges.", "Reyl’s bridges", None, None),
        ("The two nations’ parliaments met.", "nations", None, None),
        ("12 member states met.", "member states", None, None),
        ("It saw 12 deaths.", "deaths", "person", "killed"),
    ],
)
def test_what_is_counted(text: str, of: str | None, unit: str | None, fate: str | None) -> None:
    found = only(text)
    assert (found.of, found.unit, found.fate) == (of, unit, fate)


def test_nested_counts_are_each_a_quantity() -> None:
    text = (
        "Shelling killed at least 254 Ildemari, among them 66 children, wounded almost 2,000 and drove over 72,000"
        " people from their homes; on the far bank it killed six and wounded 14."
    )
    assert [(text[slice(*q.span)], q.low, q.high, q.approximate, q.of, q.fate) for q in quantities(text)] == [
        ("at least 254", 254, None, False, "killed", "killed"),
        ("66", 66, 66, False, "children", "killed"),
        ("almost 2,000", 2000, 2000, True, "wounded", "wounded"),
        ("over 72,000", 72_000, None, False, "people", None),
        ("six", 6, 6, False, "killed", "killed"),
        ("14", 14, 14, False, "wounded", "wounded"),
    ]
    assert {q.unit for q in quantities(text)} == {"person"}


def test_a_sum_said_twice_is_two() -> None:
    text = "It cost up to $2 million (£1.5 million) and blew at over 160 km/h (99 mph)."
    assert [(q.low, q.high, q.unit) for q in quantities(text)] == [
        (None, 2e6, "USD"),
        (None, 1.5e6, "GBP"),
        (160, None, "kilometre per hour"),
        (99, None, "mile per hour"),
    ]


def test_a_change_is_two_amounts() -> None:
    assert said("The daily count rose from 30 to 45 houses.") == ["30", "45"]


@pytest.mark.parametrize(
    ("text", "words", "of"),
    [
        ("No one was hurt.", "No one", "hurt"),
        ("Nobody has been killed.", "Nobody", "killed"),
        ("There were no casualties.", "no", "casualties"),
        ("No further reports of injuries came in.", "No", "injuries"),
        ("No soldiers were killed.", "No", "soldiers"),
        ("None of the crew was injured.", "None", "the crew"),
    ],
)
def test_nobody_is_zero(text: str, words: str, of: str) -> None:
    assert said(text) == [words]
    found = only(text)
    assert (found.low, found.high, found.unit, found.of) == (0, 0, "person", of)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Two men and one boy were held.", ["Two", "one"]),
        ("One woman and one boy came.", ["One", "one"]),
        ("Three people came, including one officer.", ["Three", "one"]),
        ("Only one house stood.", ["one"]),
        ("The blast killed one.", ["one"]),
        ("One person was killed.", ["One"]),
        ("The far side fired 20 rockets after the near side fired one rocket.", ["20", "one"]),
        ("One official said so.", []),
        ("It was one of the best.", []),
        ("One day it will end.", []),
        ("No one can say.", []),
        ("They met under one roof.", []),
        ("He was the only one unhappy with it.", []),
    ],
)
def test_one_counts_where_the_number_is_at_stake(text: str, words: list[str]) -> None:
    assert said(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "It began on 7 March 2031.",
        "It began on March 7, 2031, and went on.",
        "It ran from May 15 to 20, 2031.",
        "It fell at 9:30 and at 7 a.m. and at 0600 GMT.",
        "In 2031 it ended.",
        "The 2031 attacks ended it.",
        "It ran from 1983 to 2017, and the 1990s were worse.",
        "It was built in 575 B.C. by nobody known.",
        "It lasted five hours, a 12-day truce, twenty working days, a week or two, half an hour.",
        "It has stood for thousands of years.",
        "Reyl, 62, a farmer, came with a 14-year-old boy aged 14.",
        "Reyl (62) came.",
        "It is closed to children under 12.",
        "She was there when she was 19.",
        "The third attack came on the 26th.",
        "It is among the top five.",
        "A Boeing 737 and an F-16 took off.",
        "Resolution 242 and Article 5 forbid it.",
        "Channel 4 said so, and Group of Seven ministers did.",
        "The G7 and the Group of 77 met.",
        "The Gang of Four fell in nineteen eighty-four.",
        "You’re 45 and should know it.",
        "It is on page 3 of chapter two.",
        "Gates 310 and 311 were hit.",
        "Call 0800 555 012 or 555-0199.",
        "Call +44 20 7946 0000.",
        "They won 3-1 and lost 1 – 2 to Aurel.",
        "It was a 52-48 vote.",
        "It was a 2-3 defeat.",
        "It was a two-way road, a one-sided fight, an 18-fold rise.",
        "It is three times as long as the other.",
        "Both men came, and several others, and a few more.",
        "1. Roads are closed.",
        "He was cited for it.[3]",
        "It lies at 33°30′21″N 36°16′11″E.",
        "It was 9/11 again, 24/7.",
        "He came with his twin brother, a couple from Lissar.",
        "He was a third man.",
        "It hit in the first half.",
        "See https://harbourwire.example/2031/03/07/12-houses-fall for more.",
    ],
)
def test_what_is_no_count(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "unit", "reason"),
    [
        ("It took " + "9" * 1000 + " bricks.", None, "number too large to be kept exactly"),
        ("It took 9007199254740993 bricks.", None, "number too large to be kept exactly"),
        ("It took 90 quadrillion bricks.", None, "number too large to be kept exactly"),
        ("It took 1,2,3 bricks.", None, "number not understood"),
        ("They paid $ to the clerk.", "USD", "currency without amount"),
        ("They paid € million to the clerk.", "EUR", "currency without amount"),
        ("They paid 5,000 dinars.", None, "the text does not say which country's dinars"),
        ("It took up to thousands of bricks.", None, "the words leave both ends open"),
    ],
)
def test_what_cannot_be_kept_has_a_reason(text: str, unit: str | None, reason: str) -> None:
    found = only(text)
    assert (found.unit, found.reason) == (unit, reason)
    if "dinars" not in text:
        assert found.low is None
        assert found.high is None


def test_the_largest_number_is_exact() -> None:
    assert only(f"It took {2**53} bricks.").low == 2**53


def test_taken_spans_hold_no_quantities() -> None:
    text = "On the Fourteenth Street, 14 houses fell; the 14 Bridges Pact held 3 of them."
    pact = text.index("14 Bridges")
    assert said(text) == ["14", "14", "3"]
    found = quantities(text, [Span(pact, pact + 15), Span(0, 24)])
    assert [text[slice(*q.span)] for q in found] == ["14", "3"]


def test_wrapped_lines_are_read_through() -> None:
    line = "The river rose again in the night and the mayor of the lower town said that it had taken at least\n"
    text = (
        line
        + "254 houses in the lower town and had left the bridge, the exchange and all the wool in it under the\n" * 3
    )
    assert said(text)[0] == "at least\n254"


def test_paragraphs_are_read_apart() -> None:
    assert said("It was over\n\n254 houses fell.") == ["254"]


@given(texts)
@example("$")
@example("a couple of")
@example("half")
@example("1/2")
@example("²³ 5² ½½ ٣٤ people")
def test_any_text_can_be_read(text: str) -> None:
    found = quantities(text)
    assert found == quantities(text)
    spans = [q.span for q in found]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    for q in found:
        assert not text[q.span.start].isspace()
        assert q.low is not None or q.high is not None or q.reason
        assert q.low is None or q.high is None or q.low <= q.high
        assert 0 < q.score < 1


_NUMBERS = (
    "at least,over,about,up to,between,and,or,to,a,one,two,twenty,hundred,thousand,million,dozens,half,third,of,in,5"
    ",254,0.5,2031,1/2,$,€,%,km,m,k,bn,dollars,people,houses,killed,wounded,were,no,casualties,(,),.,/,-,–,’s,May,day,Reyl"
)
_PIECES = st.sampled_from([*_NUMBERS.split(","), "1,300", ",", "\n"])


@given(st.lists(_PIECES, max_size=25), st.sampled_from(["", " "]))
def test_any_words_of_number_can_be_read(pieces: list[str], gap: str) -> None:
    test_any_text_can_be_read.hypothesis.inner_test(gap.join(pieces))  # type: ignore[attr-defined]


@given(st.integers(0, 2**53))
def test_integers_are_exact(number: int) -> None:
    for words in (f"{number:,}", f"$ {number}"):
        assert only(f"They counted {words} there.").low == number


@given(texts, st.lists(st.tuples(st.integers(0, 80), st.integers(1, 20)), max_size=5))
def test_nothing_touches_what_is_taken(text: str, places: list[tuple[int, int]]) -> None:
    taken = [Span(start, start + length) for start, length in places]
    for q in quantities(text, taken):
        assert all(q.span.end <= start or end <= q.span.start for start, end in taken)


@pytest.mark.parametrize(
    "piece",
    [
        "9",
        "1 000 ",
        "one ",
        "hundred thousand ",
        "1-2-",
        "$",
        "at least ",
        "a couple of ",
        "1/2 ",
        "two and a half ",
        "no ",
        "thousands of ",
        "one of the ",
        "1,2.",
        "million ",
        "(1 m) ",
        "in 5 ",
        "12 people, ",
    ],
)
def test_time_grows_with_length_alone(piece: str) -> None:
    def seconds(times: int) -> float:
        text = piece * times
        start = time.process_time()
        quantities(text)
        return time.process_time() - start

    seconds(100)
    assert seconds(4000) < 0.2 + 10 * seconds(1000)
