"""Who has a claim from whom: from those at the far ends, at the left, to the outlets that print it, at the right."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sayso.compare.types import Step
from sayso.pictures.drawn import library
from sayso.pictures.layers import layers
from sayso.pictures.theme import AFFIRMS, INK, PAPER, QUIET

if TYPE_CHECKING:
    import altair

_ACROSS, _DOWN = 250, 58
"""Pixels from a column to the next, and from a node to the one below it."""
_BESIDE = 11
"""Pixels between a node and its name."""
_LETTERS = 26
"""Of a line of a name."""
_LETTER = 6.8
"""Pixels of a letter, about."""
_NARROWEST = 220
_HEAD = 15
"""Pixels between the point of an arrow and the node it leads to."""


class Whence(NamedTuple):
    """What is drawn: the steps, who is at the far ends, which of these nobody names, who is an outlet, and what is
    said above."""

    steps: Sequence[Step]
    ends: Sequence[str]
    unnamed: Collection[str] = ()
    outlets: Collection[str] = ()
    title: str = ""
    subtitle: str = ""


def chart(drawn: Whence) -> altair.TopLevelMixin:
    """The graph. A dashed line is a link that is not sure. Raises MissingExtra."""
    alt = library()
    names = list(dict.fromkeys([*drawn.ends, *(name for s in drawn.steps for name in (s.giver, s.taker))]))
    columns = layers(names, [(s.taker, s.giver) for s in drawn.steps])
    places = dict(_places(columns))
    last = max((_width(name) for column in columns[-1:] for name in column), default=0)
    width = _ACROSS * max(0, len(columns) - 1) + max(last, _NARROWEST) + 2 * _BESIDE
    height = _DOWN * max((len(column) for column in columns), default=1)
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, width], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[height, 0], nice=False))
    lines = list(_lines(drawn.steps, places))
    nodes = list(_nodes(drawn, places))
    sort = alt.Scale(domain=list(_SORTS), range=[AFFIRMS, PAPER, QUIET])
    shape = alt.Scale(domain=list(_SORTS), range=["circle", "circle", "square"])
    points = alt.Chart(alt.Data(values=nodes)).mark_point(filled=True, size=130, opacity=1, strokeWidth=2).encode(
        x=x, y=y, tooltip=[alt.Tooltip("name:N")],
        fill=alt.Fill("sort:N", scale=sort, title=None, legend=alt.Legend(orient="bottom", direction="horizontal")),
        stroke=alt.Stroke("sort:N", scale=alt.Scale(domain=list(_SORTS), range=[AFFIRMS, AFFIRMS, QUIET]), title=None),
        shape=alt.Shape("sort:N", scale=shape, title=None),
    )  # fmt: skip
    words = alt.Chart(alt.Data(values=nodes)).mark_text(align="left", dx=_BESIDE, baseline="middle", fill=INK).encode(
        x=x, y=y, text="lines:N"
    )  # fmt: skip
    layered = [points, words]
    if lines:
        base = alt.Chart(alt.Data(values=lines))
        dash = alt.condition("datum.sure", alt.value([1, 0]), alt.value([4, 4]))
        rules = base.mark_rule(stroke=QUIET, strokeWidth=1.3).encode(x=x, y=y, x2="x2:Q", y2="y2:Q", strokeDash=dash)
        heads = base.mark_point(shape="triangle", filled=True, fill=QUIET, size=55, opacity=1).encode(
            x=alt.X("hx:Q", axis=None, scale=alt.Scale(domain=[0, width], nice=False)),
            y=alt.Y("hy:Q", axis=None, scale=alt.Scale(domain=[height, 0], nice=False)),
            angle=alt.Angle("angle:Q", scale=None),
        )  # fmt: skip
        layered = [rules, heads, *layered]
    told = [*textwrap.wrap(drawn.subtitle, 95), *([] if all(s.sure for s in drawn.steps) else [_DASHED])]
    title = alt.Title(textwrap.wrap(drawn.title, 80) or "", subtitle=told)
    made: Any = alt.layer(*layered).properties(width=width, height=height, title=title)
    return made  # type: ignore[no-any-return]


_DASHED = "A dashed line is a link that is not sure."
_SORTS = ("says so themselves", "says so, not named", "has it from others")


def _places(columns: Sequence[Sequence[str]]) -> Iterator[tuple[str, tuple[float, float]]]:
    tallest = max((len(column) for column in columns), default=0)
    for across, column in enumerate(columns):
        gap = tallest / max(1, len(column))
        for down, name in enumerate(column):
            yield name, (12 + across * _ACROSS, _DOWN * gap * (down + 0.5))


def _lines(steps: Sequence[Step], places: dict[str, tuple[float, float]]) -> Iterator[dict[str, Any]]:
    for step in steps:
        (x, y), (x2, y2) = places[step.giver], places[step.taker]
        x, y = _behind_the_name(step.giver, x, y, x2)
        length = math.hypot(x2 - x, y2 - y) or 1.0
        yield {
            "x": x, "y": y, "x2": x2, "y2": y2, "sure": step.sure, "hx": x2 - _HEAD * (x2 - x) / length,
            "hy": y2 - _HEAD * (y2 - y) / length, "angle": math.degrees(math.atan2(y2 - y, x2 - x)) + 90,
        }  # fmt: skip


def _behind_the_name(name: str, x: float, y: float, x2: float) -> tuple[float, float]:
    """Where a line begins: behind the words, where it leads on."""
    if x2 <= x:
        return x, y
    return min(x + _width(name), x2 - 2 * _HEAD), y


def _width(name: str) -> float:
    """Pixels from a node to the end of its name, about."""
    return 2 * _BESIDE + _LETTER * max(map(len, textwrap.wrap(name, _LETTERS)), default=0)


def _nodes(drawn: Whence, places: dict[str, tuple[float, float]]) -> Iterator[dict[str, Any]]:
    ends, unnamed = set(drawn.ends), set(drawn.unnamed)
    for name, (x, y) in places.items():
        sort = _SORTS[(name in unnamed) if name in ends else 2]
        lines = textwrap.wrap(name, _LETTERS)[:3]
        yield {"name": name, "lines": lines, "x": x, "y": y, "sort": sort}
