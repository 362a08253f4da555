"""Claims are gathered on a heap: that gives the groups which looking at all links gives, and in time."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from sayso.compare import claims
from sayso.compare.types import Pair, Statement
from tests.test_compare import statement

STATEMENTS = [statement(report) for report in range(12)]
SCORES = st.lists(st.integers(1, 10**6), min_size=66, max_size=66, unique=True)
KEPT = st.lists(st.booleans(), min_size=66, max_size=66)


def looked_through(statements: Sequence[Statement], pairs: Sequence[Pair]) -> list[tuple[tuple[int, ...], float]]:
    """The same by looking at all links for each two groups that are joined."""
    alike = {(p.one, p.other): p.score for p in pairs}
    found = [one for members in _connected(alike) for one in _joined(members, alike)]
    claims_ = [(tuple(sorted(members, key=lambda m: (statements[m].report, m))), score) for members, score in found]
    return sorted((m, score) for m, score in claims_ if len({statements[one].report for one in m}) > 1)


def _connected(alike: Mapping[tuple[int, int], float]) -> list[list[int]]:
    """Statements that hang together by pairs at all: claims lie within."""
    near: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in alike:
        near[one].add(other)
        near[other].add(one)
    seen: set[int] = set()
    found = []
    for start in sorted(near):
        if start in seen:
            continue
        members, waiting = [], [start]
        seen.add(start)
        while waiting:
            here = waiting.pop()
            members.append(here)
            for other in near[here] - seen:
                seen.add(other)
                waiting.append(other)
        found.append(members)
    return found


def _joined(members: Sequence[int], alike: Mapping[tuple[int, int], float]) -> list[tuple[list[int], float]]:
    """The groups that members of one component fall into, each with the mean probability of its pairs."""
    clusters = {m: [m] for m in members}
    links: dict[tuple[int, int], float] = {}  # sums of probabilities between two clusters
    for (one, other), score in alike.items():
        if one in clusters and other in clusters:
            links[min(one, other), max(one, other)] = score
    inside: defaultdict[int, float] = defaultdict(float)
    while links:
        (one, other), total = max(
            links.items(), key=lambda link: (link[1] / (len(clusters[link[0][0]]) * len(clusters[link[0][1]])), link[0])
        )
        if total / (len(clusters[one]) * len(clusters[other])) < claims._HELD:
            break
        inside[one] += inside.pop(other, 0.0) + total
        clusters[one] += clusters.pop(other)
        links = _relinked(links, one, other)
    return [
        (found, round(inside[key] / (len(found) * (len(found) - 1) / 2), 3))
        for key, found in clusters.items()
        if len(found) > 1
    ]


def _relinked(links: Mapping[tuple[int, int], float], one: int, gone: int) -> dict[tuple[int, int], float]:
    """The links between clusters after `gone` became part of `one`."""
    new: defaultdict[tuple[int, int], float] = defaultdict(float)
    for (a, b), score in links.items():
        a, b = (one if a == gone else a), (one if b == gone else b)
        if a != b:
            new[min(a, b), max(a, b)] += score
    return dict(new)


@given(SCORES, KEPT)
def test_the_same_groups(scores: list[int], kept: list[bool]) -> None:
    every = [(one, other) for one in range(12) for other in range(one + 1, 12)]
    pairs = [
        Pair(*pair, "same", score / 10**6, "") for pair, score, keep in zip(every, scores, kept, strict=True) if keep
    ]
    found, expected = claims.groups(STATEMENTS, pairs), looked_through(STATEMENTS, pairs)
    assert [members for members, _ in found] == [members for members, _ in expected]
    assert all(abs(a - b) < 0.002 for (_, a), (_, b) in zip(found, expected, strict=True))


def test_thousands_that_hang_together_take_seconds() -> None:
    rng = random.Random(1)
    many = [statement(report) for report in range(5000)]
    links = {tuple(sorted(rng.sample(range(5000), 2))) for _ in range(60_000)}
    started = time.process_time()
    claims.groups(many, [Pair(one, other, "same", rng.random(), "") for one, other in sorted(links)])
    assert time.process_time() - started < 30
