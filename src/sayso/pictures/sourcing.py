"""On whom outlets stand: of the attributions of each the shares that have a named voice, an unnamed one, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sayso.pictures.drawn import library
from sayso.pictures.theme import AFFIRMS, DENIES, QUIET, WIDTH
from sayso.render.wording import NOBODY

if TYPE_CHECKING:
    import altair

    from sayso.ledger.table import Table

_MOST = 25
_KINDS = ("somebody named", "somebody unnamed", NOBODY)


def chart(table: Table) -> altair.TopLevelMixin:
    """The chart of what `sayso.ledger.sourcing.sourcing` answers, those outlets first that stand most on the unnamed
    and on nobody. Raises MissingExtra."""
    alt = library()
    rows = []
    for row in list(table.records())[:_MOST]:
        unnamed, nobody = row["unnamed"] or 0.0, row["nobody"] or 0.0
        shares = (1 - unnamed - nobody, unnamed, nobody)
        outlet = row["outlet"] or "outlet not known"
        rows += [
            {"outlet": outlet, "on": kind, "share": max(0.0, part), "order": order, "loose": unnamed + nobody}
            for order, (kind, part) in enumerate(zip(_KINDS, shares, strict=True))
        ]
    made: Any = (
        alt.Chart(alt.Data(values=rows))
        .mark_bar(height={"band": 0.7})
        .encode(
            y=alt.Y("outlet:N", title=None, sort=alt.EncodingSortField("loose", op="max", order="descending")),
            x=alt.X("share:Q", title="share of statements", axis=alt.Axis(format="%", tickCount=5), stack="zero"),
            color=alt.Color("on:N", title=None, scale=alt.Scale(domain=list(_KINDS), range=[AFFIRMS, DENIES, QUIET])),
            order=alt.Order("order:Q"),
        )
        .properties(width=WIDTH - 260, height=alt.Step(26))
    )
    return made  # type: ignore[no-any-return]
