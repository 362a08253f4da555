"""Pairs of statements → claims: those that say the same, gathered so that one wrong pair does not join two claims."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence

from sayso.compare.types import Pair, Statement

_HELD = 0.25
"""Two groups are joined if the mean probability over all pairs of their statements is so high."""


def groups(statements: Sequence[Statement], pairs: Sequence[Pair]) -> list[tuple[tuple[int, ...], float]]:
    """The statements of each claim, in order, with the mean probability of its pairs; at least two reports each.

    Average linkage (Sokal and Michener 1958): the two groups that are surest to be one are joined first. A pair that
    was not compared, or not found alike, counts as 0, so a chain of neighbours does not become one claim.

    The surest link lies on top of a heap. One that has changed since it was put there is put there anew when it comes
    up: a group that grows only makes its other links weaker (Müllner 2011, "generic clustering").
    """
    alike = {(p.one, p.other): p.score for p in pairs if p.relation in ("same", "opposed")}
    claims = [
        (tuple(sorted(members, key=lambda m: (statements[m].report, m))), score)
        for members, score in _joined(alike)
        if len({statements[m].report for m in members}) > 1
    ]
    return sorted(claims)


def _joined(alike: Mapping[tuple[int, int], float]) -> list[tuple[list[int], float]]:
    """The groups of two and more, each with the mean probability of its pairs."""
    members = {m: [m] for pair in alike for m in pair}
    near: dict[int, dict[int, float]] = defaultdict(dict)  # sums of probabilities between two groups
    inside: defaultdict[int, float] = defaultdict(float)
    for (one, other), score in alike.items():
        near[one][other] = near[other][one] = score
    heap = [(-score, -min(pair), -max(pair)) for pair, score in alike.items()]
    heapq.heapify(heap)
    while heap:
        known, one, other = heap[0]
        one, other = -one, -other
        total = near[one].get(other) if one in members and other in members else None
        if total is None:
            heapq.heappop(heap)
            continue
        mean = total / (len(members[one]) * len(members[other]))
        if mean < -known:
            heapq.heapreplace(heap, (-mean, -one, -other))
            continue
        if mean < _HELD:
            break
        heapq.heappop(heap)
        inside[one] += inside.pop(other, 0.0) + total
        members[one] += members.pop(other)
        for third in _merged(near, one, other):
            pair = min(one, third), max(one, third)
            mean = near[one][third] / (len(members[one]) * len(members[third]))
            heapq.heappush(heap, (-mean, -pair[0], -pair[1]))
    return [
        (found, round(inside[key] / (len(found) * (len(found) - 1) / 2), 3))
        for key, found in members.items()
        if len(found) > 1
    ]


def _merged(near: dict[int, dict[int, float]], one: int, gone: int) -> list[int]:
    """Give the links of `gone` to `one`; those groups whose link with it is stronger or new."""
    theirs = near.pop(gone)
    theirs.pop(one, None)
    near[one].pop(gone, None)
    for third, total in theirs.items():
        near[third].pop(gone)
        near[one][third] = near[third][one] = near[one].get(third, 0.0) + total
    return list(theirs)
