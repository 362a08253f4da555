"""Scores → spans: a table of clear-cut scores, and what holds for any scores at all.

A window of N units is written as a line of N letters: O, B, I for cues; S, C and . for source, content and neither.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.decode import Cue, Floats, Linked, Range, Settings, cues, evidence, link

SETTINGS = Settings()


def log_probabilities(labels: Iterable[int], count: int, sure: float) -> Floats:
    """Rows that are `sure` of their label and leave the rest to the others."""
    rows = np.full((len(list(labels)), count), (1 - sure) / (count - 1))
    for row, label in enumerate(labels):
        rows[row, label] = sure
    logs: Floats = np.log(rows).astype(np.float32)
    return logs


def tags(line: str, sure: float = 0.97) -> Floats:
    return log_probabilities(["OBI".index(letter) for letter in line], 3, sure)


def scores(line: str, sure: float = 0.97) -> tuple[Floats, Floats]:
    """The roles and boundaries of a line of S, C and anything else."""
    labels = [".SC".find(letter) if letter in ".SC" else 0 for letter in line]
    ends: list[int] = []
    for role in (1, 2):
        held = [unit for unit, label in enumerate(labels) if label == role] or [len(line)]
        ends += [held[0], held[-1]]
    return log_probabilities(labels, 3, sure), log_probabilities(ends, len(line) + 1, sure)


def drawn(linked: Linked, size: int) -> str:
    """What was found, as a line; the cue is K."""
    line = ["."] * size
    for ranges, letter in ((linked.source, "S"), (linked.content, "C"), (((linked.cue.first, linked.cue.last),), "K")):
        for first, last in ranges:
            assert line[first:last] == ["."] * (last - first)
            line[first:last] = letter * (last - first)
    return "".join(line)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("", []),
        ("OOOO", []),
        ("OBOO", [(1, 2)]),
        ("BIIO", [(0, 3)]),
        ("OBBI", [(1, 2), (2, 4)]),
        ("BOOB", [(0, 1), (3, 4)]),
    ],
)
def test_cues(line: str, found: list[Range]) -> None:
    assert [(cue.first, cue.last) for cue in cues(tags(line), SETTINGS)] == found


def test_an_inside_without_a_begin_is_begun() -> None:
    scores = np.log(np.array([[0.3, 0.6, 0.1], [0.1, 0.2, 0.7], [0.9, 0.05, 0.05]], np.float32))
    assert [(cue.first, cue.last) for cue in cues(scores, SETTINGS)] == [(0, 2)]
    lonely = np.log(np.array([[0.9, 0.05, 0.05], [0.1, 0.2, 0.7]], np.float32))
    assert [(cue.first, cue.last) for cue in cues(lonely, SETTINGS)] == [(1, 2)]


def test_cues_of_the_context_belong_to_the_window_before() -> None:
    assert [cue.first for cue in cues(tags("BOBIOB"), SETTINGS, owned=1)] == [2, 5]
    assert [cue.first for cue in cues(tags("OOBIOB"), SETTINGS, owned=3)] == [5]


def test_a_surer_cue_scores_higher() -> None:
    (sure,), (unsure,) = cues(tags("OBO", 0.97), SETTINGS), cues(tags("OBO", 0.6), SETTINGS)
    assert sure.score > unsure.score > 0


def test_the_bias_moves_what_is_uncertain() -> None:
    uncertain = np.log(np.array([[0.55, 0.4, 0.05]], np.float32))
    assert cues(uncertain, Settings(cue_bias=0.0)) == []
    assert len(cues(uncertain, Settings(cue_bias=1.0))) == 1


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("SSKCCC.", "SSKCCC."),
        ("CCCCKS.", "CCCCKS."),
        ("..KCCC.", "..KCCC."),
        ("CCCKSCC", "CCCKSCC"),
        ("CCSKCCC", "CCSKCCC"),
        (".SSKC..", ".SSKC.."),
        ("SKCC..CC", "SKCC..CC"),
    ],
)
def test_source_and_content(line: str, expected: str) -> None:
    cue = Cue(line.index("K"), line.index("K") + 1, 3.0)
    linked = link(cue, *scores(line), SETTINGS)
    assert linked is not None
    assert drawn(linked, len(line)) == expected


def test_a_source_on_both_sides_of_the_cue_is_two_spans() -> None:
    linked = link(Cue(1, 2, 3.0), *scores("SSSCC"), SETTINGS)
    assert linked is not None
    assert linked.source == ((0, 1), (2, 3))


def test_no_source_is_no_source() -> None:
    linked = link(Cue(0, 1, 3.0), *scores("KCCC"), SETTINGS)
    assert linked is not None
    assert linked.source == ()
    assert evidence(linked)[3] == 0.0


@st.composite
def any_scores(draw: st.DrawFn) -> tuple[Floats, Floats, Cue]:
    size = draw(st.integers(1, 12))
    value = st.floats(-12, 0, width=32)
    roles = np.array(draw(st.lists(value, min_size=3 * size, max_size=3 * size)), np.float32).reshape(size, 3)
    many = 4 * (size + 1)
    bounds = np.array(draw(st.lists(value, min_size=many, max_size=many)), np.float32).reshape(4, size + 1)
    first = draw(st.integers(0, size - 1))
    return roles, bounds, Cue(first, draw(st.integers(first + 1, size)), 1.0)


@given(scored=any_scores())
def test_roles_are_disjoint_and_in_order(scored: tuple[Floats, Floats, Cue]) -> None:
    roles, bounds, cue = scored
    linked = link(cue, roles, bounds, SETTINGS)
    if linked is None:
        return
    assert linked.content
    drawn(linked, len(roles))
    for ranges in (linked.source, linked.content):
        assert all(0 <= first < last <= len(roles) for first, last in ranges)
        assert all(before[1] < after[0] for before, after in pairwise(ranges))
    assert all(map(math.isfinite, evidence(linked)))


@given(values=st.lists(st.tuples(*[st.floats(0.0009765625, 1, width=32)] * 3), max_size=12), owned=st.integers(0, 12))
def test_cues_are_disjoint_and_owned(values: list[tuple[float, float, float]], owned: int) -> None:
    weights = np.array(values, np.float32).reshape(-1, 3)
    found = cues(np.log(weights / weights.sum(axis=1, keepdims=True)), SETTINGS, owned)
    assert all(owned <= cue.first < cue.last <= len(values) for cue in found)
    assert all(before.last <= after.first for before, after in pairwise(found))
    assert all(math.isfinite(cue.score) for cue in found)
