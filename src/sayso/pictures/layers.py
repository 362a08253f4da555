"""Where the nodes of a graph of givers and takers stand: in columns, those who have it from nobody first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

_SWEEPS = 4


def layers(nodes: Sequence[str], steps: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The nodes in columns from the first givers on; each behind all it has it from, as far as there is no circle.

    `steps` are (taker, giver). In a column the nodes stand where those they are joined to stand on the average, which
    keeps lines from crossing (Sugiyama, Tagawa and Toda 1981).
    """
    steps = list(dict.fromkeys(steps))
    depth = _depths(nodes, steps)
    columns: list[list[str]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for node in nodes:
        columns[depth[node]].append(node)
    joined: defaultdict[str, list[str]] = defaultdict(list)
    for taker, giver in steps:
        joined[taker].append(giver)
        joined[giver].append(taker)
    for sweep in range(_SWEEPS):
        onward = sweep % 2 == 0
        ordered = columns if onward else columns[::-1]
        for before, column in pairwise(ordered):
            _sort(column, before, joined)
    return columns


def _depths(nodes: Sequence[str], steps: Sequence[tuple[str, str]]) -> dict[str, int]:
    """How many steps each is from the first givers, at most; a step that closes a circle does not count."""
    givers: defaultdict[str, list[str]] = defaultdict(list)
    for taker, giver in steps:
        if taker != giver:
            givers[taker].append(giver)
    depth: dict[str, int] = {}
    for start in nodes:
        waiting, open_ = [start], set[str]()
        while waiting:
            node = waiting[-1]
            open_.add(node)
            missing = [g for g in givers[node] if g not in depth and g not in open_]
            if missing:
                waiting.append(missing[0])
                continue
            waiting.pop()
            open_.discard(node)
            depth.setdefault(node, max((depth[g] + 1 for g in givers[node] if g in depth), default=0))
    return depth


def _sort(column: list[str], before: Sequence[str], joined: Mapping[str, Sequence[str]]) -> None:
    at = {node: place for place, node in enumerate(before)}
    middle = {}
    for place, node in enumerate(column):
        there = [at[other] for other in joined[node] if other in at]
        middle[node] = sum(there) / len(there) if there else place
    column.sort(key=lambda node: middle[node])
