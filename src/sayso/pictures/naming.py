"""What somebody is called by whom: a row for each name, a column for each voice or outlet, a disc as large as it is
common, filled where the words judge."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sayso.ledger.table import Table
from sayso.pictures.drawn import COLOURS, altair

_NAMES, _WHO = 18, 10
_JUDGES = ("judges", "does not judge")


def naming(table: Table) -> Any:
    """The chart of what `sayso.ledger.called.names` answers. Raises MissingExtra."""
    alt = altair()
    times: Counter[tuple[str, str, bool]] = Counter()
    for row in table.records():
        times[row["called"], row["outlet"] or row["by"], bool(row["loaded"])] += row["times"]
    called: Counter[str] = Counter()
    who: Counter[str] = Counter()
    for (name, one, _), number in times.items():
        called[name] += number
        who[one] += number
    kept_names, kept_who = ([name for name, _ in c.most_common(n)] for c, n in ((called, _NAMES), (who, _WHO)))
    rows = [
        {"called": name, "where": one, "times": number, "judges": _JUDGES[not judges]}
        for (name, one, judges), number in times.items()
        if name in kept_names and one in kept_who
    ]
    return (
        alt.Chart(alt.Data(values=rows))
        .mark_circle(opacity=0.9)
        .encode(
            y=alt.Y("called:N", title=None, sort=kept_names),
            x=alt.X("where:N", title=None, sort=kept_who, axis=alt.Axis(orient="top", labelAngle=-35)),
            size=alt.Size("times:Q", title="times", scale=alt.Scale(range=[40, 500]), legend=None),
            color=alt.Color("judges:N", scale=alt.Scale(domain=list(_JUDGES), range=[COLOURS[5], COLOURS[0]])),
        )
        .properties(width=alt.Step(56), height=alt.Step(26))
    )
