"""What a report says in its own voice: tables of examples, and what holds for any reading."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given

from sayso.narration import narration, unsourced
from sayso.reading import Reading
from sayso.text import paragraphs, sentence_ends, units
from sayso.types import Attribution, Span, Spans
from tests.readings import marked, quick, readings_with_voices


def words(reading: Reading, spans: Spans) -> list[str]:
    return [reading.document.text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("notation", "own"),
    [
        ("", []),
        ("\n \n", []),
        ("{who1 He} {how1 said} {what1 so}.", []),
        ("The roof fell in at four.", ["The roof fell in at four."]),
        ("It fell. Nobody came.", ["It fell.", "Nobody came."]),
        ("It fell.\n\nNobody came", ["It fell.", "Nobody came"]),
        ("It fell. … Nobody came. —", ["It fell.", "Nobody came."]),
        ("It fell, Reyl —\u2028", ["It fell, Reyl —"]),
        ("On Monday {who1 Reyl} {how1 said} {what1 it fell}, at dusk.", ["On Monday", ", at dusk."]),
        ("{what1 “It fell,”} {how1 said} {who1 Reyl}, {what1 “at four.”} It had.", ["It had."]),
        ("{what1 It fell. It fell hard}, {who1 Reyl} {how1 said}. And so on.", ["And so on."]),
        ("{who1 Reyl} {how1 said} {what1 {who2 Anna} {how2 knew} {what2 it}}. It did.", ["It did."]),
        ("{what1 It fell.\n\nIt fell hard}.\n\nNobody came.", ["Nobody came."]),
        ("It fell at 4.30 p.m. before Dr. Reyl.", ["It fell at 4.30 p.m. before Dr. Reyl."]),
    ],
)
def test_narration(notation: str, own: list[str]) -> None:
    reading = marked(notation)
    assert words(reading, narration(reading.document.text, reading.attributions)) == own


@pytest.mark.parametrize(
    ("notation", "bare"),
    [
        ("", []),
        ("The US stabbed its ally in the back.", ["The US stabbed its ally in the back."]),
        ("It fell hard. The roof fell in.", ["The roof fell in."]),  # three words are too few
        ("Background\n\nThe roof fell in.", ["The roof fell in."]),
        ("On Monday the roof fell in, {who1 Reyl} {how1 said}.", []),
        ("On Monday the roof {what1 fell} in.", []),
        ("{who1 She} {how1 said} {what1 no}. The roof fell in. {who2 He} agreed with that.", ["The roof fell in."]),
        ("{who1 She} {how1 said} {what1 it fell in. The roof had been bad. Nobody} came.", []),
        ("By Anna Reyl in Port Aurel\n\nThe roof fell in.", ["The roof fell in."]),
        ("The roof fell in.\n(Reporting by Anna Reyl; editing by Dov Hallin.)", ["The roof fell in."]),
        ("By four the roof was down.", ["By four the roof was down."]),
        ("ROOF OF WOOL EXCHANGE FALLS", ["ROOF OF WOOL EXCHANGE FALLS"]),  # a headline states
    ],
)
def test_unsourced(notation: str, bare: list[str]) -> None:
    reading = marked(notation)
    assert words(reading, unsourced(reading.document.text, reading.attributions)) == bare
    assert words(reading, reading.unsourced) == bare


@quick
@given(readings_with_voices())
def test_narration_is_all_that_nobody_says(reading: Reading) -> None:
    text = reading.document.text
    taken = {
        index
        for a in reading.attributions
        for start, end in a.source + a.cue + a.content
        for index in range(start, end)
    }
    found = narration(text, reading.attributions)
    own = {index for start, end in found for index in range(start, end)}
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert not own & taken
    assert {index for index, character in enumerate(text) if character.isalnum()} <= own | taken
    for start, end in found:
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert any(map(str.isalnum, text[start:end]))


@quick
@given(readings_with_voices())
def test_no_span_crosses_the_end_of_a_sentence(reading: Reading) -> None:
    text = reading.document.text
    sentences = []
    for paragraph in paragraphs(text):
        found, first = units(text, *paragraph), 0
        for last in sentence_ends(text, found):
            sentences += [(found[first][0], found[last - 1][1])] if first < last else []
            first = last
    own = narration(text, reading.attributions)
    for start, end in own:
        assert any(a <= start and end <= b for a, b in sentences)
    assert set(reading.unsourced) <= set(own) & {Span(*sentence) for sentence in sentences}


def test_linear_time() -> None:
    """One attribution over everything, and many small ones."""
    text = "The roof of the wool exchange fell in at four. " * 20_000
    every = range(0, len(text) - 94, 94)
    small = [Attribution(f"a{n}", (Span(n, n + 3),), (), (Span(n + 4, n + 8),), "indirect", 0.5) for n in every]
    whole = Attribution("a", (), (), (Span(0, len(text)),), "indirect", 0.5)
    start = time.process_time()
    assert len(unsourced(text, small)) == 10_001
    assert len(narration(text, small)) == 20_000
    assert narration(text, [whole, *small]) == ()
    assert time.process_time() - start < 10
