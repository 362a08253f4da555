"""Pairs of statements → claims: those that say the same, gathered so that one wrong pair does not join two claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sayso.compare.types import Pair, Statement

_HELD = 0.25
"""Two groups are joined if the mean probability over all pairs of their statements is so high."""


def groups(statements: Sequence[Statement], pairs: Sequence[Pair]) -> list[tuple[tuple[int, ...], float]]:
    """The statements of each claim, in order, with the mean probability of its pairs; at least two reports each.

    Average linkage (Sokal and Michener 1958): the two groups that are surest to be one are joined first. A pair that
    was not compared, or not found alike, counts as 0, so a chain of neighbours does not become one claim.
    """
    alike = {(p.one, p.other): p.score for p in pairs if p.relation in ("same", "opposed")}
    found = []
    for members in _connected(alike):
        found += _joined(members, alike)
    claims = [
        (tuple(sorted(members, key=lambda m: (statements[m].report, m))), score)
        for members, score in found
        if len({statements[m].report for m in members}) > 1
    ]
    return sorted(claims)


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
        if total / (len(clusters[one]) * len(clusters[other])) < _HELD:
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
