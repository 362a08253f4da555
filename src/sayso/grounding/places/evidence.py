"""Where a report plays: how much of what it names lies in each country, each province and each stretch of the globe."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import cos, floor, radians

from sayso.grounding.places.gazetteer import Entry, Kind

Cell = tuple[int, int, int]
SCALES = (1.0, 4.0)
"""Degrees of latitude: about a county and about a small country."""


SPREAD: dict[Kind, float] = {"country": 0.3, "province": 0.3, "region": 0.0}
"""How much of a wide place is taken to lie at its centre."""


class Evidence:
    """A sum of weights over places, that single places may be added to and taken from; looking one up costs the same
    however many there are."""

    def __init__(self) -> None:
        self.total = 0.0
        self.countries: defaultdict[str, float] = defaultdict(float)
        self.provinces: defaultdict[int, float] = defaultdict(float)
        self._cells: defaultdict[Cell, float] = defaultdict(float)
        self._around: dict[int, tuple[tuple[Cell, float], ...]] = {}

    def add(self, entry: Entry, weight: float) -> None:
        """Add a place; a negative weight takes one away."""
        self.total += weight
        if entry.country:
            self.countries[entry.country] += weight
        if (province := province_of(entry)) is not None:
            self.provinces[province] += weight
        if spread := SPREAD.get(entry.kind, 1.0):
            for cell, part in self._corners(entry):
                self._cells[cell] += weight * part * spread

    def near(self, entry: Entry) -> tuple[float, float]:
        """How much lies around a place, within about 100 and about 400 kilometres."""
        found = [0.0, 0.0]
        for cell, part in self._corners(entry):
            if held := self._cells.get(cell):
                found[cell[0]] += held * part
        return found[0], found[1]

    def _corners(self, entry: Entry) -> tuple[tuple[Cell, float], ...]:
        """`_cells`, worked out once a place."""
        found = self._around.get(entry.number)
        if found is None:
            found = self._around[entry.number] = tuple(_cells(entry))
        return found


def province_of(entry: Entry) -> int | None:
    """The number of the province that a place lies in or is."""
    return entry.number if entry.kind == "province" else entry.province


def _cells(entry: Entry) -> Iterator[tuple[Cell, float]]:
    """The four cells around a place on each scale, by how near their corners are."""
    for scale, size in enumerate(SCALES):
        y = entry.lat / size
        x = entry.lon * max(0.2, cos(radians(round(entry.lat / 4) * 4))) / size
        row, column = floor(y), floor(x)
        up, right = y - row, x - column
        yield (scale, row, column), (1 - up) * (1 - right)
        yield (scale, row + 1, column), up * (1 - right)
        yield (scale, row, column + 1), (1 - up) * right
        yield (scale, row + 1, column + 1), up * right
