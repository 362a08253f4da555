"""Hedges, denials and stance: what stands in ⟦brackets⟧ is to be found."""

from __future__ import annotations

import math
import re
from itertools import pairwise

import pytest

from sayso.stance import CIRCUMSTANCES, STANCES, circumstances, hedged, negated, stance
from sayso.types import Span, Spans, Stance
from tests.readings import marked


def roles(example: str) -> tuple[str, tuple[Spans, Spans, Spans], list[str]]:
    """The text of an example, the spans of its only attribution, and the words in brackets."""
    reading = marked(example.replace("⟦", "").replace("⟧", ""))
    (found,) = reading.attributions
    return reading.document.text, (found.source, found.cue, found.content), re.findall("⟦(.*?)⟧", example)


@pytest.mark.parametrize(
    "example",
    [
        "{who1 The mayor} {how1 said} {what1 the dam held}.",
        # Beside the saying.
        "{who1 The mayor} {how1 ⟦reportedly⟧ said} {what1 the dam held}.",
        "{who1 The mayor} ⟦reportedly⟧ {how1 said} {what1 the dam held}.",
        "{who1 The mayor} {how1 is ⟦said to⟧ have claimed} {what1 the dam held}.",
        "{who1 The mayor} {how1 ⟦alleged⟧} {what1 a theft}.",
        "{who1 The mayor} {how1 ⟦apparently⟧ told the board} {what1 it held}.",
        # In the first clause of what is said.
        "{who1 The mayor} {how1 said} {what1 the dam ⟦may⟧ hold}.",
        "{who1 The mayor} {how1 said} {what1 the dam ⟦could⟧ hold}.",
        "{who1 The mayor} {how1 said} {what1 the dam would ⟦probably⟧ hold}.",
        "{what1 “⟦Perhaps⟧ it ⟦might⟧ hold,”} {who1 the mayor} {how1 said}.",
        # Not in what follows upon it, or beside another saying.
        "{who1 The mayor} {how1 said} {what1 the dam of the old harbour held, which may be luck}.",
        "{who1 The mayor} {how1 said} {what1 the dam of the old harbour held. It may not again}.",
        "Reportedly tired, {who1 the mayor} {how1 said} {what1 the dam held}.",
        "{who1 The mayor} {how1 said} {what1 the dam held}, and it may.",
        # Words that only look like hedges.
        "{who1 May Ode} {how1 said} {what1 the dam held in the mayoral year}.",
    ],
)
def test_hedged(example: str) -> None:
    text, (source, cue, content), expected = roles(example)
    assert [text[a:b] for a, b in hedged(text, source, cue, content)] == expected


@pytest.mark.parametrize(
    "example",
    [
        "{who1 The mayor} {how1 said} {what1 the dam held}.",
        "{who1 The mayor} {how1 did ⟦not⟧ say} {what1 the dam held}.",
        "{who1 The mayor} did ⟦not⟧ {how1 say} {what1 the dam held}.",
        "{who1 The mayor} ⟦never⟧ {how1 claimed} {what1 the dam held}.",
        "{who1 The mayor} {how1 ⟦didn’t⟧ say} {what1 the dam held}.",
        "{who1 The mayor} {how1 ⟦didn't⟧ say} {what1 the dam held}.",
        "{who1 The mayor} {how1 ⟦cannot⟧ confirm} {what1 the dam held}.",
        # What is said may be a denial; that it was said is none.
        "{who1 The mayor} {how1 said} {what1 the dam did not hold}.",
        "{who1 The mayor} {how1 denied} {what1 it}.",
        "{who1 No official} {how1 said} {what1 the dam held}.",
        "{what1 It was not so}, {who1 the mayor} {how1 said}.",
    ],
)
def test_negated(example: str) -> None:
    text, (source, cue, _), expected = roles(example)
    assert [text[a:b] for a, b in negated(text, source, cue)] == expected


def test_without_spans_there_is_nothing_to_find() -> None:
    text = "It may not hold, reportedly."
    assert hedged(text, (), (), ()) == ()
    assert negated(text, (), ()) == ()


def test_a_hedge_far_before_the_cue_is_none_of_its_own() -> None:
    text = "The mayor of the reportedly rather unhappy old harbour town of Lyth said so."
    assert hedged(text, (Span(0, 9),), (Span(text.index("said"), text.index("said") + 4),), ()) == ()


def test_hedges_lie_apart_and_in_order() -> None:
    text, (source, cue, content), _ = roles(
        "{who1 The mayor} {how1 reportedly said} {what1 it allegedly may, perhaps, hold}."
    )
    found = hedged(text, source, cue, content)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert len(found) == 4


@pytest.mark.parametrize("expected", STANCES)
def test_the_likeliest_stance(expected: Stance) -> None:
    scores = tuple(math.log(0.4 if s == expected else 0.1) for s in STANCES)
    assert stance(scores) == expected


def test_where_the_judge_has_seen_nothing_something_was_said() -> None:
    assert stance(()) == "asserts"


@pytest.mark.parametrize(
    ("example", "expected"),
    [
        ("{who1 The mayor} {how1 said} {what1 the dam held until the morning came}.", (0, 0, 0, 0, 1 / 3, 0)),
        ("{how1 Reportedly}, {what1 the dam held until the morning came}.", (1, 0, 0, 0, 1 / 3, 0)),
        ("{who1 The mayor} {how1 did not say} {what1 the dam held until the morning came}.", (0, 1, 0, 0, 1, 0)),
        ("{what1 The dam held until the morning came}, {who1 the mayor} {how1 said}.", (0, 0, 1, 0, 1 / 3, 0)),
        ("{who1 The mayor}: {what1 the dam held until the morning came}.", (0, 0, 0, 1, 0, 0)),
        ("{who1 The mayor} {how1 said} {what1 so}.", (0, 0, 0, 0, 1 / 3, 1)),
    ],
)
def test_what_the_judge_is_told(example: str, expected: tuple[float, ...]) -> None:
    text, spans, _ = roles(example)
    found = circumstances(text, *spans)
    assert len(found) == CIRCUMSTANCES
    assert found == pytest.approx(expected)
