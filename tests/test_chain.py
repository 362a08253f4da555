"""What lies in what: the attribution in whose content another stands."""

from __future__ import annotations

import random
import time

import pytest

from sayso.chain import parents
from sayso.relayed import Found
from sayso.types import Span
from tests.marks import where
from tests.readings import marked


def test_nothing_lies_in_nothing() -> None:
    assert parents([]) == []


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("{who1 The mayor} {how1 said} {what1 so}. {who2 The baker} {how2 denied} {what2 it}.", [None, None]),
        ("{who1 The mayor} {how1 said} {what1 {who2 the baker} {how2 denied} {what2 it}}.", [None, 0]),
        ("{what2 It fell}, {who2 the baker} {how2 said}, {how1 according to} {who1 the mayor}.", [None, None]),
        ("{what1 It fell, {who2 the baker} {how2 said}}, {how1 according to} {who1 the mayor}.", [None, 0]),
        # In the smallest of several.
        (
            "{who1 A} {how1 said} {what1 that {who2 B} {how2 thought} {what2 that {who3 C} {how3 knew} {what3 it}}}.",
            [None, 0, 1],
        ),
        # Two in one, and one behind it.
        (
            "{who1 A} {how1 said} {what1 {who2 B} {how2 denied} {what2 it} and {who3 C} {how3 admitted} {what3 it}}.",
            [None, 0, 0],
        ),
        # A source outside the content does not lie in it; content and cue alone are not enough.
        ("{who2 B} {who1 A} {how1 said} {what1 that {how2 denied} {what2 it}}.", [None, None]),
        # No source: the cue decides. No cue and no source: the content does.
        ("{who1 A} {how1 said} {what1 that it {how2 reportedly} {what2 fell}}.", [None, 0]),
        ("{who1 A} {how1 said} {what1 that {what2 it fell}}.", [None, 0]),
        # A cue in two parts lies in the content with both or not at all.
        (
            "{who1 A} {how1 said} {what1 that {who2 B} {how2 denied} {what2 it}}, {how2 adding} {what2 more}.",
            [None, None],
        ),
        # A content in two parts.
        ("{what1 “{who2 B} {how2 knew} {what2 it},”} {who1 A} {how1 said}, {what1 “and kept still.”}", [None, 0]),
        ("{what1 “Well,”} {who1 A} {how1 said}, {what1 “{who2 B} {how2 knew} {what2 it}.”}", [None, 0]),
        # Without a content nothing lies in it.
        ("{who1 A} {how1 said}; {who2 B} {how2 denied} {what2 it}.", [None, None]),
    ],
)
def test_parents(notation: str, expected: list[int | None]) -> None:
    assert parents(marked(notation).attributions) == expected


@pytest.mark.parametrize("turned", [False, True])
def test_the_order_does_not_matter(turned: bool) -> None:
    a, b = marked("{who1 A} {how1 said} {what1 {who2 B} {how2 denied} {what2 it}}.").attributions
    assert parents([b, a] if turned else [a, b]) == ([1, None] if turned else [None, 0])


def test_of_two_in_each_other_the_smaller_is_the_inner_one() -> None:
    text = "It is true that it fell, the baker said, the mayor said."
    whole, part = Span(0, 55), Span(0, 39)
    larger = Found(where(text, "the mayor"), (Span(51, 55),), (whole,), 0.9)
    smaller = Found(where(text, "the baker"), (Span(35, 39),), (part,), 0.9)
    mutual = Found(where(text, "the mayor"), (Span(51, 55),), (Span(0, 56),), 0.9)
    assert parents([larger, smaller]) == [None, 0]
    assert parents([smaller, larger]) == [1, None]
    assert parents([mutual, smaller]) == [None, 0]


BEHIND = "“It will hold,” the Courier quoted an engineer at the site."
BEFORE = "The Courier quoted an engineer as saying that the dam would hold."


def test_one_cue_may_serve_two_the_speaker_behind_the_quotation() -> None:
    paper = Found(
        where(BEHIND, "the Courier"),
        where(BEHIND, "quoted"),
        where(BEHIND, "“It will hold,”", "an engineer at the site"),
        1,
    )
    speaker = Found(
        where(BEHIND, "an engineer at the site"), where(BEHIND, "quoted"), where(BEHIND, "“It will hold,”"), 1
    )
    assert parents([paper, speaker]) == [None, 0]
    assert parents([speaker, paper]) == [1, None]


def test_one_cue_may_serve_two_the_speaker_before_what_is_said() -> None:
    paper = Found(
        where(BEFORE, "The Courier"),
        where(BEFORE, "quoted"),
        where(BEFORE, "an engineer as saying that the dam would hold"),
        1,
    )
    speaker = Found(
        where(BEFORE, "an engineer"), where(BEFORE, "quoted", "as saying"), where(BEFORE, "that the dam would hold"), 1
    )
    assert parents([paper, speaker]) == [None, 0]


def test_a_speaker_in_the_content_of_another_cue_is_not_inside() -> None:
    text = "The mayor praised an engineer. The engineer said it would hold."
    mayor = Found(where(text, "The mayor"), where(text, "praised"), where(text, "an engineer"), 1)
    engineer = Found(where(text, "an engineer"), where(text, "said"), where(text, "it would hold"), 1)
    assert parents([mayor, engineer]) == [None, None]


def test_no_attribution_lies_in_itself_and_no_two_in_each_other() -> None:
    rng = random.Random(3)

    def some() -> tuple[Span, ...]:
        start = rng.randrange(40)
        return (Span(start, start + rng.randrange(1, 20)),) * rng.choice([0, 1, 1])

    for _ in range(300):
        found = [f for f in (Found((), some(), some(), 1.0) for _ in range(8)) if f.cue or f.content]
        outer = parents(found)
        assert len(outer) == len(found)
        assert all(at != parent for at, parent in enumerate(outer))
        assert all(parent is None or outer[parent] != at for at, parent in enumerate(outer))


def test_three_do_not_lie_in_a_circle() -> None:
    first = Found((), (Span(13, 14),), (Span(8, 15),), 1.0)
    second = Found((), (Span(26, 27),), (Span(9, 18),), 1.0)
    third = Found((), (Span(11, 12),), (Span(19, 31),), 1.0)
    assert None in parents([first, second, third])


def test_many_take_little_time() -> None:
    one = marked("{who1 The mayor} {how1 said} {what1 that {who2 the baker} {how2 denied} {what2 it}}. ")
    size = len(one.document.text)
    found = [
        Found(*(tuple(Span(a + size * n, b + size * n) for a, b in role) for role in (f.source, f.cue, f.content)), 1.0)
        for n in range(2000)
        for f in one.attributions
    ]
    began = time.perf_counter()
    outer = parents(found)
    assert time.perf_counter() - began < 2
    assert outer[:4] == [None, 0, None, 2]
    assert outer[-1] == len(found) - 2
