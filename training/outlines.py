"""Write `outlines.txt`, the coasts and borders that the page's map is drawn with:

    npm pack world-atlas@2 && tar xzf world-atlas-2.0.2.tgz
    python -m training.outlines --atlas package/countries-50m.json

From Natural Earth's 1:50m cultural vectors (public domain) in the form of world-atlas (ISC).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent.parent / "src" / "sayso" / "render" / "page" / "outlines.txt"
PER_DEGREE = 25
NEAR = 0.03
"""Degrees by which a line may be off where points are left out."""
HEADER = """# Coasts (c), borders (b), names of states (n): Natural Earth 1:50m, public domain; by training/outlines.py.
# A line: its first point, then steps from point to point, longitude and latitude in 25ths of a degree. A name: the
# middle of the state's largest part, the extent of that part, the name.
"""
Point = tuple[float, float]


def arcs(atlas: dict[str, Any]) -> list[list[Point]]:
    """The lines of a TopoJSON, in degrees."""
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    found = []
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        found.append(points)
    return found


def simplified(points: list[Point]) -> list[Point]:
    """Fewer points, none of those left out further than `NEAR` from the line (Douglas and Peucker, 1973)."""
    keep = {0, len(points) - 1}
    stretches = [(0, len(points) - 1)]
    while stretches:
        first, last = stretches.pop()
        away, index = max(
            ((_away(points[i], points[first], points[last]), i) for i in range(first + 1, last)), default=(0.0, 0)
        )
        if away > NEAR:
            keep.add(index)
            stretches += [(first, index), (index, last)]
    return [points[i] for i in sorted(keep)]


def _away(point: Point, start: Point, end: Point) -> float:
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    if length == 0:
        return float(((x - x1) ** 2 + (y - y1) ** 2) ** 0.5)
    return abs((y2 - y1) * x - (x2 - x1) * y + x2 * y1 - y2 * x1) / length


def rings(geometry: dict[str, Any]) -> list[list[int]]:
    """The outer rings of a state's parts, each the numbers of its arcs."""
    if geometry["type"] == "Polygon":
        return [geometry["arcs"][0]]
    return [part[0] for part in geometry.get("arcs", ())]


def names(geometries: list[dict[str, Any]], lines: list[list[Point]]) -> Iterator[str]:
    """For each state the middle and the extent of its largest part, and its name."""
    for geometry in geometries:
        parts = [
            [p for arc in ring for p in (lines[arc] if arc >= 0 else lines[~arc][::-1])] for ring in rings(geometry)
        ]
        boxes = [(min(x), min(y), max(x), max(y)) for x, y in (zip(*part, strict=True) for part in parts)]
        if not boxes:
            continue
        west, south, east, north = max(boxes, key=lambda b: (b[2] - b[0]) * (b[3] - b[1]))
        middle = _grid(((west + east) / 2, (south + north) / 2))
        extent = min(east - west, north - south)
        yield f"n {middle[0]},{middle[1]} {round(extent * PER_DEGREE)} {geometry['properties']['name']}"


def _grid(point: Point) -> tuple[int, int]:
    return round(point[0] * PER_DEGREE), round(point[1] * PER_DEGREE)


def _line(kind: str, points: list[Point]) -> str | None:
    grid = [_grid(point) for point in points]
    steps = [grid[0], *((b[0] - a[0], b[1] - a[1]) for a, b in pairwise(grid) if a != b)]
    return f"{kind} " + " ".join(f"{x},{y}" for x, y in steps) if len(steps) > 1 else None


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--atlas", type=Path, required=True)
    atlas = json.loads(parser.parse_args().atlas.read_text("utf-8"))
    lines = arcs(atlas)
    geometries = atlas["objects"]["countries"]["geometries"]
    used = Counter(
        arc if arc >= 0 else ~arc
        for geometry in geometries
        for polygon in ([geometry["arcs"]] if geometry["type"] == "Polygon" else geometry.get("arcs", ()))
        for ring in polygon
        for arc in ring
    )
    drawn = (_line("b" if used[number] > 1 else "c", simplified(points)) for number, points in enumerate(lines))
    rows = [*filter(None, drawn), *sorted(names(geometries, lines))]
    TARGET.write_text(HEADER + "\n".join(rows) + "\n", "utf-8")


if __name__ == "__main__":
    main()
