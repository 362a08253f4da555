"""How much was said when: a bar a day, month or year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sayso.pictures.drawn import library
from sayso.pictures.theme import AFFIRMS, WIDTH

if TYPE_CHECKING:
    import altair

    from sayso.ledger.table import Table


def chart(table: Table) -> altair.TopLevelMixin:
    """The chart of what `sayso.ledger.counted.over_time` answers. Raises MissingExtra."""
    alt = library()
    rows = [{"period": row["period"], "statements": row["statements"]} for row in table.records()]
    made: Any = (
        alt.Chart(alt.Data(values=rows))
        .mark_bar(color=AFFIRMS, cornerRadiusTopLeft=2, cornerRadiusTopRight=2)
        .encode(
            x=alt.X("period:O", title=None, axis=alt.Axis(labelAngle=-40 if len(rows) > 8 else 0, grid=False)),
            y=alt.Y("statements:Q", title="statements", axis=alt.Axis(tickMinStep=1, tickCount=4, domain=False)),
        )
        .properties(width=min(WIDTH - 60, max(120, 84 * len(rows))), height=140)
    )
    return made  # type: ignore[no-any-return]
