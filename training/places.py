"""Choose the weights of the geocoder, on the tuning half of LGL and the passages of `evals/world.txt`:

    python -m training.places --corpus ../shared/data/geo/lgl.xml --minutes 5

Prints the weights that make what is right likeliest, found by trying each up and down. They are then rounded by hand
into `resolve.WEIGHTS`; `population` and `absent` set the scale, and `capital` is kept at 1, since LGL's local papers
would have it below 0.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from math import log
from pathlib import Path

from evals.places import HALVES, NEAR, kilometres, passages, read
from sayso.grounding.places.gazetteer import Entry
from sayso.grounding.places.locate import Prepared, prepare
from sayso.grounding.places.resolve import WEIGHTS, Weights, resolve

FIXED = frozenset({"population", "absent", "capital"})
WORLD = 2.5
"""What a place name of world news counts for, beside one of LGL's: there are a tenth as many."""
LEAST = 1e-3


@dataclass(frozen=True, slots=True)
class Task:
    """A report ready to be resolved, and for each place name that is known its number and the test of a right place."""

    report: Prepared
    wanted: tuple[tuple[int, Callable[[Entry], bool]], ...]
    weight: float


def tasks(corpus: Path) -> list[Task]:
    """The reports of both sources."""
    out = []
    for article in read(corpus):
        if article.half == HALVES[0]:
            place = {toponym: i for i, toponym in enumerate(article.toponyms)}
            wanted = tuple((place[g.toponym], _within(g.lat, g.lon)) for g in article.located)
            out.append(Task(prepare(article.text, article.toponyms), wanted, 1.0))
    for passage in passages():
        wanted = tuple((i, _in(country)) for i, country in enumerate(passage.countries))
        out.append(Task(prepare(passage.text, passage.toponyms), wanted, WORLD))
    return out


def _within(lat: float, lon: float) -> Callable[[Entry], bool]:
    return lambda entry: kilometres(entry.lat, entry.lon, lat, lon) <= NEAR


def _in(country: str) -> Callable[[Entry], bool]:
    return lambda entry: entry.country == country


def loss(chosen: Sequence[Task], weights: Weights) -> float:
    """The mean negative logarithm of the probability of what is right, or where no candidate is, of their absence."""
    total = count = 0.0
    for task in chosen:
        resolve(list(task.report.groups.values()), task.report.outside, None, weights)
        for number, is_right in task.wanted:
            group = task.report.groups[task.report.which[number]]
            right = [p for e, p in zip(group.candidates, group.chances, strict=True) if is_right(e)]
            chance = sum(right) if right else 1 - sum(group.chances)
            total -= task.weight * log(max(chance, LEAST))
            count += task.weight
    return total / count


def search(chosen: Sequence[Task], weights: Weights, until: float) -> Weights:
    """Try each weight up and down in turn; the step grows where that helps and shrinks where it does not."""
    best = loss(chosen, weights)
    steps = {f.name: max(1.0, abs(getattr(weights, f.name))) / 4 for f in fields(weights) if f.name not in FIXED}
    while max(steps.values()) > 0.05 and time.monotonic() < until:
        for name, step in steps.items():
            trials = [replace(weights, **{name: getattr(weights, name) + sign * step}) for sign in (1, -1)]
            losses = [loss(chosen, trial) for trial in trials]
            if min(losses) < best:
                best = min(losses)
                weights = trials[losses.index(best)]
                steps[name] *= 1.3
            else:
                steps[name] *= 0.6
        print(round(best, 4), weights, flush=True)
    return weights


def main() -> None:
    """Print the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=5)
    args = parser.parse_args()
    print(search(tasks(args.corpus), WEIGHTS, time.monotonic() + 60 * args.minutes))


if __name__ == "__main__":
    main()
