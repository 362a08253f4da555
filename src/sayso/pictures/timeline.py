"""When and where a claim was printed: a mark for each statement, its outlet's in one row."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sayso.pictures.drawn import library
from sayso.pictures.theme import AFFIRMS, DENIES, RULE

if TYPE_CHECKING:
    import altair

_LETTERS = 60
"""Of a line of the title."""
SAYS, DENIES_IT = "says so", "says it is not so"


class Printed(NamedTuple):
    """One statement: the day (ISO) its report was published, the outlet, who says it, its words, whether they deny."""

    published: str
    outlet: str
    voice: str
    words: str
    denies: bool


def chart(statements: Sequence[Printed], title: str = "") -> altair.TopLevelMixin:
    """The timeline; the outlet that had it first is the topmost. Those without a date cannot be shown. Raises
    MissingExtra."""
    alt = library()
    dated = sorted((s for s in statements if s.published), key=lambda s: s.published)
    rows = [
        {"day": s.published[:10], "outlet": s.outlet, "voice": s.voice, "words": s.words,
         "stand": DENIES_IT if s.denies else SAYS}
        for s in dated
    ]  # fmt: skip
    outlets = list(dict.fromkeys(s.outlet for s in dated))
    domain, colours = [SAYS, DENIES_IT], [AFFIRMS, DENIES]
    legend = alt.Legend(orient="bottom") if any(s.denies for s in dated) else None
    found: Any = (
        alt.Chart(alt.Data(values=rows), title=alt.Title(textwrap.wrap(title, _LETTERS) or ""))
        .mark_point(filled=True, size=140, opacity=0.9)
        .encode(
            x=alt.X("day:O", title="published", axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            y=alt.Y("outlet:N", sort=outlets, title=None, axis=alt.Axis(grid=True, gridColor=RULE)),
            yOffset=alt.YOffset("stand:N", scale=alt.Scale(domain=domain, range=[9, 19])),
            fill=alt.Fill("stand:N", scale=alt.Scale(domain=domain, range=colours), title=None,
                          legend=legend),
            shape=alt.Shape("stand:N", scale=alt.Scale(domain=domain, range=["circle", "diamond"]), title=None,
                            legend=legend),
            tooltip=[alt.Tooltip(f"{name}:N") for name in ("day", "outlet", "voice", "words")],
        )
        .properties(width=max(260, 90 * len({row["day"] for row in rows})), height=28 * max(1, len(outlets)))
    )  # fmt: skip
    return found  # type: ignore[no-any-return]
