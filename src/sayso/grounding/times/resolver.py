"""Matches → what they stand for, in text order: the meaning that each rule names is a function."""

from __future__ import annotations

from collections.abc import Callable

from sayso.grounding.times import days, references, stretches, units
from sayso.grounding.times.context import Context, Meant
from sayso.grounding.times.finder import Match
from sayso.grounding.times.values import NotATime, NoValue
from sayso.types import Span, Time, TimeType

Meaning = Callable[[Match, Context], Meant]

_MEANINGS: dict[str, Meaning] = {
    "iso": days.iso,
    "numeric": days.numeric,
    "calendar": days.calendar,
    "another_day": days.another_day,
    "month": days.month,
    "weekday": days.weekday,
    "clock": days.clock,
    "today": days.today,
    "other_day": days.other_day,
    "holiday": days.feast,
    "unit": units.unit,
    "other_unit": units.other_unit,
    "weekend": units.weekend,
    "week_of": units.week_of,
    "season": units.season,
    "quarter": units.quarter,
    "quarter_of_year": units.quarter_of_year,
    "half_year": units.half_year,
    "this_quarter": units.this_quarter,
    "year_earlier": units.year_earlier,
    "year": units.year,
    "spelt_year": units.spelt_year,
    "far_year": units.far_year,
    "before_christ": units.before_christ,
    "decade": units.decade,
    "century": units.century,
    "stretch": stretches.stretch,
    "one": stretches.one,
    "some": stretches.some,
    "half_of": stretches.half_of,
    "ago": stretches.ago,
    "earlier": stretches.earlier,
    "every": stretches.every,
    "rate": stretches.rate,
    "often": stretches.often,
    "reference": references.reference,
    "present": references.present,
    "past": references.past,
    "then": references.then,
}
NO_TIME = "age"
"""The meaning of what looks like a time and is none."""

_TYPES: dict[str, TimeType] = {"clock": "TIME", "other_day": "TIME", "stretch": "DURATION", "every": "SET"}
"""The types, where they are not DATE, of meanings that may have no value."""


def resolved(match: Match, context: Context) -> Time | None:
    """The time expression with its value; None if it is no time. `context` is told of what later ones refer to."""
    meaning = match.rule.meaning
    if meaning == NO_TIME:
        return None
    try:
        meant = _MEANINGS[meaning](match, context)
    except NotATime:
        return None
    except NoValue as reason:
        sort = "TIME" if match.has("part") else _TYPES.get(meaning, "DATE")
        meant = Meant(sort, None, str(reason))
    if meant.moment is not None:
        context.told = meant.moment
    score = round(max(0.05, match.rule.score - meant.doubt), 2)
    return Time(_span(match), meant.type, meant.value, score, meant.reason)


def _span(match: Match) -> Span:
    tokens = match.tokens
    start, end = tokens.spans[match.first][0], tokens.spans[match.last - 1][1]
    return Span(start, end)
