"""Who has words from whom: takers on the left, givers on the right, a line for each, as thick as it is common."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sayso.pictures.drawn import library
from sayso.pictures.theme import AFFIRMS, WIDTH

if TYPE_CHECKING:
    import altair

    from sayso.ledger.table import Table

_MOST = 24
"""So many on each side, those with most."""
_ROW = 24


def chart(table: Table) -> altair.TopLevelMixin:
    """The chart of what `sayso.ledger.counted.hands` answers. Raises MissingExtra."""
    alt = library()
    records = list(table.records())
    takers = _first(Counter(), ((r["taker"], r["statements"]) for r in records))
    givers = _first(Counter(), ((r["giver"], r["statements"]) for r in records))
    tall = max(len(takers), len(givers))
    lines = [
        {
            "y": _at(takers[r["taker"]], len(takers), tall),
            "y2": _at(givers[r["giver"]], len(givers), tall),
            "x": 0, "x2": 1, "statements": r["statements"],
        }
        for r in records
        if r["taker"] in takers and r["giver"] in givers
    ]  # fmt: skip
    left = [{"x": 0, "y": _at(place, len(takers), tall), "name": _cut(name)} for name, place in takers.items()]
    right = [{"x": 1, "y": _at(place, len(givers), tall), "name": _cut(name)} for name, place in givers.items()]
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, 1]))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[tall, -0.5]))
    drawn = (
        alt.Chart(alt.Data(values=lines))
        .mark_rule(color=AFFIRMS, opacity=0.5, strokeCap="round")
        .encode(
            x=x, y=y, x2="x2:Q", y2="y2:Q",
            strokeWidth=alt.StrokeWidth("statements:Q", scale=alt.Scale(range=[1, 9]), legend=None),
        )
    )  # fmt: skip
    names = (
        alt.Chart(alt.Data(values=side)).mark_text(align=align, dx=dx, fontSize=12).encode(x=x, y=y, text="name:N")
        for side, align, dx in ((left, "right", -8), (right, "left", 8))
    )
    made: Any = alt.layer(drawn, *names).properties(
        width=WIDTH - 480, height=_ROW * tall, padding={"left": 240, "right": 240, "top": 8, "bottom": 8}
    )
    return made  # type: ignore[no-any-return]


def _first(counted: Counter[str], pairs: Any) -> dict[str, int]:
    """The commonest, each with its place."""
    for name, number in pairs:
        counted[name] += number
    return {name: place for place, (name, _) in enumerate(counted.most_common(_MOST))}


def _at(place: int, of: int, tall: int) -> float:
    """Where one of a side stands, the shorter side spread over the height of the longer."""
    return place + (tall - of) / 2


def _cut(name: str) -> str:
    return name if len(name) <= 34 else name[:33] + "…"
