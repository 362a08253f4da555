"""From scores to spans: which units are a cue, and what its source and content are. Pure functions over arrays.

All scores are natural-log probabilities. Indices count the units of one window.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Range = tuple[int, int]
"""Units `[first, last)`."""

OUTSIDE, BEGIN, INSIDE = 0, 1, 2
NONE, SOURCE, CONTENT = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Settings:
    """The few numbers that decoding has, chosen on held-out training articles and shipped with the weights.

    `cue_bias` is added to the score of beginning a cue; `source_gain` and `content_gain` weigh the roles of the units
    between two boundaries against the boundaries themselves; `source_bias` is added to "no source"; `hole_cost` is the
    price of going in or out of the content between its ends.
    """

    cue_bias: float = 0.0
    source_gain: float = 0.1
    source_bias: float = 0.0
    content_gain: float = 0.1
    hole_cost: float = 2.0


@dataclass(frozen=True, slots=True)
class Cue:
    """A run of units that hands something over. `score` is the log-odds that its surest unit is part of a cue."""

    first: int
    last: int
    score: float


@dataclass(frozen=True, slots=True)
class Linked:
    """A cue with its source and content: unit ranges, in order. `source_score` and `content_score` are the
    log-probabilities of the boundaries chosen (of "no source" where there is none)."""

    cue: Cue
    source: tuple[Range, ...]
    content: tuple[Range, ...]
    source_score: float
    content_score: float


def cues(tags: Floats, settings: Settings, owned: int = 0) -> list[Cue]:
    """The best O/B/I labelling of a window, as cues; `tags` is (N, 3). Those before unit `owned` are left out.

    Viterbi with one rule: inside follows begin or inside.
    """
    found: list[Cue] = []
    likely = np.flatnonzero(tags[:, OUTSIDE] < -0.02).tolist()
    for first, last in _runs(likely):
        labels = _viterbi(tags[first:last].tolist(), settings.cue_bias)
        at = 0
        while at < len(labels):
            if labels[at] != BEGIN:
                at += 1
                continue
            end = at + 1
            while end < len(labels) and labels[end] == INSIDE:
                end += 1
            outside = float(tags[first + at : first + end, OUTSIDE].min())
            odds = math.log1p(-min(math.exp(outside), 1 - 1e-6)) - outside
            if first + at >= owned:
                found.append(Cue(first + at, first + end, odds))
            at = end
    return found


def evidence(found: Linked) -> tuple[float, float, float, float]:
    """What the calibrated score is computed from: cue, source and content scores, and whether a source is expressed."""
    return found.cue.score, found.source_score, found.content_score, float(bool(found.source))


def link(cue: Cue, roles: Floats, bounds: Floats, settings: Settings) -> Linked | None:
    """Source and content of one cue, or None if it has no content.

    `roles` is (N, 3); `bounds` (4, N + 1): first and last unit of source and of content, with "none" at the end.
    A source is one run; a content is one run with holes where the cue, the source or an aside interrupts it.
    """
    gains = np.clip(roles - roles[:, :1], -3.0, 3.0)
    # The cue itself is neither: no run may gain from holding it.
    gains[cue.first : cue.last] = -3.0
    source, source_score = _best_run(gains[:, SOURCE], bounds[0], bounds[1], settings.source_gain, settings.source_bias)
    content, content_score = _best_run(gains[:, CONTENT], bounds[2], bounds[3], settings.content_gain, -math.inf)
    if content is None:
        return None
    sources = _without(source, [(cue.first, cue.last)]) if source else []
    holes = [(cue.first, cue.last), *sources]
    contents = _without_holes(
        content, roles[:, CONTENT] - np.maximum(roles[:, NONE], roles[:, SOURCE]), holes, settings
    )
    if not contents:
        return None
    return Linked(cue, tuple(sources), tuple(contents), source_score, content_score)


def _viterbi(tags: list[list[float]], bias: float) -> list[int]:
    best = [0.0, -math.inf, -math.inf]
    back: list[tuple[int, int, int]] = []
    for o, b, i in tags:
        free = max(range(3), key=best.__getitem__)
        inside = BEGIN if best[BEGIN] >= best[INSIDE] else INSIDE
        back.append((free, free, inside))
        best = [best[free] + o, best[free] + b + bias, best[inside] + i]
    label = max(range(3), key=best.__getitem__)
    labels = []
    for previous in reversed(back):
        labels.append(label)
        label = previous[label]
    return labels[::-1]


def _best_run(
    gain: Floats, starts: Floats, ends: Floats, weight: float, none_bias: float
) -> tuple[Range | None, float]:
    """The run [first, last) that maximises start + end + weight · gain within, or None, and its log-probability."""
    total = np.concatenate([[0.0], np.cumsum(gain) * weight])
    opening = starts[:-1] - total[:-1]
    closing = ends[:-1] + total[1:]
    best_opening = np.maximum.accumulate(opening)
    last = int(np.argmax(best_opening + closing))
    first = int(np.argmax(opening[: last + 1]))
    none = float(starts[-1] + ends[-1])
    if none + none_bias > opening[first] + closing[last]:
        return None, none
    return (first, last + 1), float(starts[first] + ends[last])


def _without_holes(run: Range, odds: Floats, holes: list[Range], settings: Settings) -> list[Range]:
    """The parts of a content between its ends: a two-state Viterbi that must be out in `holes` and in at both ends."""
    first, last = run
    scores = odds[first:last].astype(np.float64)
    for a, b in holes:
        scores[max(a - first, 0) : max(b - first, 0)] = -1e6
    if scores.min() > -settings.hole_cost:
        return [run]
    inside, outside = 0.0, -1e3  # the first unit is in, unless it is a hole
    back: list[tuple[bool, bool]] = []
    for score in scores.tolist():
        stay_in, stay_out = inside >= outside - settings.hole_cost, outside >= inside - settings.hole_cost
        back.append((stay_in, stay_out))
        inside, outside = (
            (inside if stay_in else outside - settings.hole_cost) + score,
            outside if stay_out else inside - settings.hole_cost,
        )
    state = inside >= outside - 1e3  # and so is the last
    held = []
    for index in range(len(back) - 1, -1, -1):
        if state:
            held.append(first + index)
        state = back[index][0] if state else not back[index][1]
    return _runs(held[::-1])


def _without(run: Range, holes: list[Range]) -> list[Range]:
    held = [i for i in range(*run) if not any(a <= i < b for a, b in holes)]
    return _runs(held)


def _runs(indices: list[int]) -> list[Range]:
    """Consecutive integers, in order, as ranges."""
    found: list[Range] = []
    for index in indices:
        if found and found[-1][1] == index:
            found[-1] = (found[-1][0], index + 1)
        else:
            found.append((index, index + 1))
    return found
