"""The map: the places of a report on outlines that the package brings, with a list of all of them beneath."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sayso.render.marks import Paragraphs, one_line
from sayso.render.page.at import at, paragraph
from sayso.render.page.markup import escape
from sayso.render.page.outlines import Box, lines, states
from sayso.render.wording import percent
from sayso.types import Place

if TYPE_CHECKING:
    from sayso.reading import Reading

_WIDTH, _HEIGHT = 640, 420
_LEAST = 5.0
"""Degrees that a map shows at least, from south to north: less has no outlines to find one's way by."""
_MARGIN = 0.18
_NAMED = 0.12
"""A state is named that is at least so wide, as a part of the map."""
_SURE = 0.5
_LETTER, _LINE = 7.5, 13
"""About so wide is a letter, so high a line, on the drawing."""


class Spot(NamedTuple):
    """One place on the map, with all mentions of it; the surest first."""

    number: int
    lon: float
    lat: float
    places: tuple[Place, ...]


def spots(places: Sequence[Place]) -> list[Spot]:
    """The places that are located, those at one point together, numbered in the order of the text. A state is none:
    its middle is nowhere in particular."""
    found: defaultdict[tuple[float, float], list[Place]] = defaultdict(list)
    for place in places:
        if place.lat is not None and place.lon is not None and place.feature != "country":
            found[place.lon, place.lat].append(place)
    return [
        Spot(number, lon, lat, tuple(sorted(there, key=lambda p: -p.score)))
        for number, ((lon, lat), there) in enumerate(found.items(), 1)
    ]


class Map:
    """Draws the map of one reading and lists its places; ids begin with `prefix`."""

    def __init__(self, reading: Reading, paragraphs: Paragraphs, prefix: str) -> None:
        self._paragraphs, self._prefix = paragraphs, prefix
        self._places = reading.places
        self._spots = spots(reading.places)
        self._box = _box(self._spots)
        self._scale = _HEIGHT / (self._box.north - self._box.south)
        self._narrow = math.cos(math.radians((self._box.south + self._box.north) / 2))

    def html(self) -> str:
        """The map and the list."""
        drawn = "".join(self._drawing()) if self._spots else ""
        return f'{drawn}<ol class="places" role="list">\n{"".join(self._listed())}</ol>\n'

    def _drawing(self) -> Iterator[str]:
        label = f"Map of the {len(self._spots)} places that are listed beneath" if len(self._spots) > 1 else "Map"
        yield f'<svg class="map" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{label}">\n'
        paths = {"border": "", "coast": ""}
        for line, stretch in lines(self._box):
            paths[line.kind] += self._path(stretch)
        for kind, path in paths.items():
            yield f'<path class="{kind}" d="{path}"/>\n'
        spots, names = [], _Names()
        for spot in self._spots:
            spots.append(self._spot(spot, names))
        for state in states(self._box):
            if state.extent * self._scale >= _NAMED * _HEIGHT:
                x, y = self._at(*state.middle)
                if names.fits(x - 5 * len(state.name), y, 10 * len(state.name)):
                    yield f'<text class="state" x="{x:.0f}" y="{y:.0f}">{escape(state.name)}</text>\n'
        yield from reversed(spots)  # the first lie on top
        yield "</svg>\n"

    def _spot(self, spot: Spot, names: _Names) -> str:
        x, y = self._at(spot.lon, spot.lat)
        best = spot.places[0]
        name = one_line(best.name)
        unsure = " unsure" if best.score < _SURE else ""
        label = ""
        for anchor, start in (("right", x + 11), ("left", x - 11 - _LETTER * len(name))):
            if names.fits(start, y + 4, _LETTER * len(name)):
                at_x = x + 11 if anchor == "right" else x - 11
                label = f'<text class="town {anchor}" x="{at_x:.1f}" y="{y + 4:.1f}">{escape(name)}</text>'
                break
        return (
            f'<g class="spot{unsure}" data-spot="{spot.number}"><title>{escape(name)}</title>'
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{min(9.0, 4 + len(spot.places) ** 0.5):.1f}"/>{label}</g>\n'
        )

    def _listed(self) -> Iterator[str]:
        for spot in self._spots:
            best = spot.places[0]
            yield self._item(spot.places, (best.feature, best.country, percent(best.score), best.reason), spot.number)
        unlocated: defaultdict[str, list[Place]] = defaultdict(list)
        for place in self._places:
            if place.lat is None:
                unlocated[one_line(place.name)].append(place)
        for places in unlocated.values():
            why = places[0].reason
            yield self._item(places, (f"not located: {why}" if why else "not located",))

    def _item(self, places: Sequence[Place], known: Sequence[str | None], number: int | None = None) -> str:
        """A place of the list: its name, what is `known` of it, where it is mentioned; its number on the map."""
        spot = "" if number is None else f' data-spot="{number}"'
        notes = " · ".join((*(escape(note) for note in known if note), self._mentions(places)))
        name = escape(one_line(places[0].name))
        return f'<li{spot}{at(p.span for p in places)}><b>{name}</b> <span class="meta">{notes}</span></li>\n'

    def _mentions(self, places: Sequence[Place]) -> str:
        numbers = dict.fromkeys(self._paragraphs.number(place.span.start) for place in sorted(places, key=_start))
        return "<span>" + ", ".join(paragraph(number, self._prefix) for number in numbers) + "</span>"

    def _at(self, lon: float, lat: float) -> tuple[float, float]:
        """Where on the drawing: plate carrée, true to scale along the middle parallel."""
        return (lon - self._box.west) * self._scale * self._narrow, (self._box.north - lat) * self._scale

    def _path(self, points: Sequence[tuple[float, float]]) -> str:
        last: tuple[str, str] | None = None
        parts = []
        for lon, lat in points:
            x, y = self._at(lon, lat)
            here = f"{x:.0f}", f"{y:.0f}"
            if here != last:
                parts.append(" ".join(here))
            last = here
        return f"M{'L'.join(parts)}" if len(parts) > 1 else ""


class _Names:
    """Where names stand on the drawing already."""

    def __init__(self) -> None:
        self._taken: list[Box] = []

    def fits(self, x: float, y: float, width: float) -> bool:
        """Whether a name of that width may stand with its foot at (x, y): then its place is taken."""
        box = Box(x, y - _LINE, x + width, y + 3)
        if box.west < 0 or box.east > _WIDTH or any(box.meets(other) for other in self._taken):
            return False
        self._taken.append(box)
        return True


def _start(place: Place) -> int:
    return place.span.start


def _box(found: Sequence[Spot]) -> Box:
    """What is shown: all spots with a margin, as wide to its height as the drawing."""
    if not found:
        return Box(-180, -60, 180, 80)
    west, east = min(s.lon for s in found), max(s.lon for s in found)
    south, north = min(s.lat for s in found), max(s.lat for s in found)
    narrow = max(0.2, math.cos(math.radians((south + north) / 2)))
    wanted = (north - south, (east - west) * narrow * _HEIGHT / _WIDTH)
    height = max(_LEAST, *(side * (1 + 2 * _MARGIN) for side in wanted))
    width = height * _WIDTH / _HEIGHT / narrow
    middle = (west + east) / 2, (south + north) / 2
    return Box(middle[0] - width / 2, middle[1] - height / 2, middle[0] + width / 2, middle[1] + height / 2)
