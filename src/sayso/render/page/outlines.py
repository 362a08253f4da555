"""Coasts, borders and names of states in a part of the world, out of the package's own file: nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Literal, NamedTuple

_PER_DEGREE = 25


class Box(NamedTuple):
    """A part of the world: degrees east and north."""

    west: float
    south: float
    east: float
    north: float

    def meets(self, other: Box) -> bool:
        """Whether any of it is in the other."""
        return (
            self.west <= other.east
            and other.west <= self.east
            and self.south <= other.north
            and other.south <= self.north
        )


Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A coast or a border: points in degrees east and north, and the box round them."""

    kind: Literal["coast", "border"]
    points: tuple[Point, ...]
    box: Box


class State(NamedTuple):
    """Where a state's name may stand, and how wide the state is there, in degrees."""

    middle: Point
    extent: float
    name: str


def lines(box: Box) -> Iterator[tuple[Line, tuple[Point, ...]]]:
    """The lines that touch `box`, each with a stretch of it that does."""
    for line in _world()[0]:
        if line.box.meets(box):
            for stretch in _stretches(line.points, box):
                yield line, stretch


def states(box: Box) -> Iterator[State]:
    """The states whose name stands in `box`."""
    for state in _world()[1]:
        (x, y) = state.middle
        if box.west < x < box.east and box.south < y < box.north:
            yield state


def _stretches(points: tuple[Point, ...], box: Box) -> Iterator[tuple[Point, ...]]:
    """The parts of a line whose steps touch the box, the step in and the step out included."""
    stretch: list[Point] = []
    for start, end in pairwise(points):
        step = Box(min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))
        if step.meets(box):
            stretch = [*stretch, end] if stretch else [start, end]
        elif stretch:
            yield tuple(stretch)
            stretch = []
    if stretch:
        yield tuple(stretch)


@cache
def _world() -> tuple[tuple[Line, ...], tuple[State, ...]]:
    drawn: list[Line] = []
    named: list[State] = []
    for row in resources.files(__package__).joinpath("outlines.txt").read_text("utf-8").splitlines():
        kind, _, rest = row.partition(" ")
        if kind == "n":
            middle, extent, name = rest.split(" ", 2)
            x, y = map(int, middle.split(","))
            named.append(State((x / _PER_DEGREE, y / _PER_DEGREE), int(extent) / _PER_DEGREE, name))
        elif kind in ("c", "b"):
            drawn.append(_line("coast" if kind == "c" else "border", rest))
    return tuple(drawn), tuple(named)


def _line(kind: Literal["coast", "border"], steps: str) -> Line:
    points: list[Point] = []
    x = y = 0
    for step in steps.split(" "):
        dx, _, dy = step.partition(",")
        x, y = x + int(dx), y + int(dy)
        points.append((x / _PER_DEGREE, y / _PER_DEGREE))
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return Line(kind, tuple(points), Box(min(xs), min(ys), max(xs), max(ys)))
