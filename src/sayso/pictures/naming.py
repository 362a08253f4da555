"""What each outlet calls somebody: a row for each label, a column for each outlet, a disc as large as it is frequent,
full where the outlet says so in its own voice, hollow where it only quotes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sayso.pictures.drawn import library
from sayso.pictures.theme import AFFIRMS, INK, PAPER

if TYPE_CHECKING:
    import altair

OWN, QUOTED = "in its own voice", "quoting others"
JUDGING = "◆"


class Called(NamedTuple):
    """A label in an outlet: how often it says so itself, how often it quotes others, and whether the words judge."""

    label: str
    outlet: str
    own: int
    quoted: int
    judges: bool


def chart(labels: Sequence[Called], title: str = "") -> altair.TopLevelMixin:
    """The chart; the commonest label is the topmost. Raises MissingExtra."""
    alt = library()
    rows = [
        {"label": f"{c.label} {JUDGING}" if c.judges else c.label, "outlet": c.outlet, "by": by, "times": times}
        for c in labels
        for by, times in ((OWN, c.own), (QUOTED, c.quoted))
        if times
    ]
    order = list(dict.fromkeys(row["label"] for row in rows))
    outlets = list(dict.fromkeys(row["outlet"] for row in rows))
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("outlet:N", sort=outlets, title=None, axis=alt.Axis(orient="top", labelAngle=-30, domain=False,
                                                                      ticks=False)),
        xOffset=alt.XOffset("by:N", sort=[OWN, QUOTED]),
        y=alt.Y("label:N", sort=order, title=None, axis=alt.Axis(grid=True, domain=False, ticks=False)),
    )  # fmt: skip
    fill = alt.Scale(domain=[OWN, QUOTED], range=[AFFIRMS, PAPER])
    discs = base.mark_circle(stroke=AFFIRMS, strokeWidth=1.6, opacity=1).encode(
        size=alt.Size("times:Q", scale=alt.Scale(range=[130, 620]), legend=None),
        fill=alt.Fill("by:N", scale=fill, title=None, legend=alt.Legend(orient="bottom")),
        tooltip=[alt.Tooltip(f"{name}:N") for name in ("label", "outlet", "by", "times")],
    )
    colour = alt.condition(f"datum.by == '{OWN}'", alt.value(PAPER), alt.value(INK))
    numbers = base.mark_text(fontSize=11).encode(text="times:Q", color=colour)
    subtitle = [f"{JUDGING} the words judge"] if any(c.judges for c in labels) else []
    made: Any = alt.layer(discs, numbers).properties(
        width=max(200, 96 * len(outlets)), height=34 * max(1, len(order)), title=alt.Title(title, subtitle=subtitle)
    )
    return made  # type: ignore[no-any-return]
