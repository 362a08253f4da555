"""Whose words stand at a place."""

from __future__ import annotations

import pytest
from hypothesis import given

from sayso.innermost import innermost
from sayso.reading import Reading
from sayso.types import Span
from tests.readings import marked, quick, readings

NESTED = marked("{who1 A} {how1 said} {what1 the board {how2 denied} that {what2 it fell} on Monday}. Nobody saw it.")


@pytest.mark.parametrize(
    ("words", "holder"),
    [
        ("it fell", 1),
        ("fell", 1),
        ("the board", 0),
        ("on Monday", 0),
        ("that it fell on", 0),
        ("A", None),
        ("Nobody", None),
    ],
)
def test_innermost(words: str, holder: int | None) -> None:
    start = NESTED.document.text.index(words)
    assert innermost(NESTED.attributions, [Span(start, start + len(words))]) == [holder]


def test_what_lies_in_a_hole_or_over_an_edge_is_in_no_content() -> None:
    reading = marked("{what1 “It fell,”} {who1 she} {how1 said}, {what1 “twice”}.")
    text = reading.document.text
    places = [Span(text.index(w), text.index(w) + len(w)) for w in ("she", "fell,” she", "twice")]
    assert innermost(reading.attributions, places) == [None, None, 0]


@quick
@given(readings())
def test_it_is_the_smallest_that_holds_the_place(reading: Reading) -> None:
    places = [Span(at, at + 1) for at in range(len(reading.document.text))]
    sizes = [sum(b - a for a, b in x.content) for x in reading.attributions]
    for place, found in zip(places, innermost(reading.attributions, places), strict=True):
        holders = [
            i
            for i, x in enumerate(reading.attributions)
            if any(a <= place.start and place.end <= b for a, b in x.content)
        ]
        assert (found is None) == (not holders)
        assert found is None or sizes[found] == min(sizes[i] for i in holders)
