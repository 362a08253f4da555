"""Pinned figures: `floors.json` says what each corpus must reach; lowering one takes an explicit flag."""

from __future__ import annotations

import json
from pathlib import Path

PATH = Path(__file__).parent / "floors.json"
SLACK = 0.5
"""A floor lies so far under what was measured: processors without int8 dot products round a few spans differently."""


def below(corpus: str, figures: dict[str, float]) -> list[str]:
    """A sentence for each figure of `corpus` that is under its floor; empty if all hold, or none is pinned."""
    floors: dict[str, float] = _read().get(corpus, {})
    missing = [
        f"{corpus}: {name} is not measured, its floor is {floor}"
        for name, floor in floors.items()
        if name not in figures
    ]
    return missing + [
        f"{corpus}: {name} is {figures[name]}, its floor is {floor}"
        for name, floor in floors.items()
        if name in figures and figures[name] < floor
    ]


def pin(corpus: str, figures: dict[str, float], lower: bool = False) -> None:
    """Make `figures`, less `SLACK`, the floors of `corpus`.

    Raises ValueError, changing nothing, if one would go down and `lower` is false.
    """
    figures = {name: round(value - SLACK, 1) for name, value in figures.items()}
    floors = _read()
    old = floors.get(corpus, {})
    sinking = [name for name, floor in old.items() if figures.get(name, float("-inf")) < floor]
    if sinking and not lower:
        raise ValueError(f"{corpus}: would lower {', '.join(sinking)}; say --lower if that is meant")
    floors[corpus] = figures
    PATH.write_text(json.dumps(floors, indent=2) + "\n", "utf-8")


def _read() -> dict[str, dict[str, float]]:
    if not PATH.exists():
        return {}
    data: dict[str, dict[str, float]] = json.loads(PATH.read_text("utf-8"))
    return data
