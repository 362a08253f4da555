"""Average linkage on a heap gives the groups that looking at all links gives."""

from __future__ import annotations

import random
import time

from hypothesis import given
from hypothesis import strategies as st

from sayso.compare import claims, linkage
from sayso.compare.types import Pair
from tests.test_compare import statement

STATEMENTS = [statement(report) for report in range(12)]
SCORES = st.lists(st.integers(1, 10**6), min_size=66, max_size=66, unique=True)
KEPT = st.lists(st.booleans(), min_size=66, max_size=66)


@given(SCORES, KEPT)
def test_the_same_groups(scores: list[int], kept: list[bool]) -> None:
    every = [(one, other) for one in range(12) for other in range(one + 1, 12)]
    pairs = [
        Pair(*pair, "same", score / 10**6, "") for pair, score, keep in zip(every, scores, kept, strict=True) if keep
    ]
    found, expected = linkage.groups(STATEMENTS, pairs), claims.groups(STATEMENTS, pairs)
    assert [members for members, _ in found] == [members for members, _ in expected]
    assert all(abs(a - b) < 0.002 for (_, a), (_, b) in zip(found, expected, strict=True))


def test_thousands_that_hang_together_take_seconds() -> None:
    rng = random.Random(1)
    many = [statement(report) for report in range(5000)]
    links = {tuple(sorted(rng.sample(range(5000), 2))) for _ in range(60_000)}
    started = time.process_time()
    linkage.groups(many, [Pair(one, other, "same", rng.random(), "") for one, other in sorted(links)])
    assert time.process_time() - started < 30
