"""What lengths of time mean: by themselves ("11-day"), back from a day ("two weeks ago"), recurring ("every week")."""

from __future__ import annotations

import datetime

from sayso.grounding.times import numerals
from sayso.grounding.times.context import Context, Meant, date
from sayso.grounding.times.finder import Match
from sayso.grounding.times.lexicon import lexicon
from sayso.grounding.times.values import CENTURY, DECADE, Moment, NoValue, moved
from sayso.grounding.times.values import stretch as length

_SECONDS = {"TH": 3600, "TM": 60, "TS": 1}
_YEARS = {"Y": 1, "E": DECADE, "C": CENTURY}


def stretch(match: Match, context: Context) -> Meant:
    """Two weeks; the past three months; 11-day; two to three days, of which either may be meant."""
    number, name = _count(match), match.letter("unit")
    if match.has("upto"):
        upto = numerals.number(match.tokens, *match.groups["upto"])
        return Meant("DURATION", length("X", name), f"between {number} and {upto}")
    return Meant("DURATION", length(number, name), _from_event(match))


def one(match: Match, context: Context) -> Meant:
    """A month; the past year; another week; a day after he left."""
    return Meant("DURATION", length(1, match.letter("unit")), _from_event(match))


def some(match: Match, context: Context) -> Meant:
    """Recent weeks; coming months; for years; day-long."""
    many = match.word("unit").lower().endswith("s")
    return Meant("DURATION", length("X" if many else 1, match.letter("unit")), _from_event(match))


def half_of(match: Match, context: Context) -> Meant:
    """Half an hour; half a year."""
    return Meant("DURATION", length(0.5, match.letter("unit")))


def ago(match: Match, context: Context) -> Meant:
    """Two weeks ago; a decade ago; three hours ago. A year ago is the same quarter of that year where quarters are
    spoken of."""
    name, number = match.letter("unit"), _count(match) if match.has("count") else 1
    if number == "X":
        return Meant("DATE", "PAST_REF", "how long ago is not told")
    quarter = context.quarter
    if name == "Y" and number == 1 and quarter is not None:
        return _quarter_before(quarter)
    if name in _SECONDS:
        return _hours_ago(number, name, context)
    return date(_back(context.today(), name, number), context.counted())


def earlier(match: Match, context: Context) -> Meant:
    """A year earlier; two months earlier: counted from what was told last."""
    name, number = match.letter("unit"), _count(match) if match.has("count") else 1
    if number == "X" or name in _SECONDS:
        return Meant("DATE", "PAST_REF", "how long before is not told")
    quarter = context.quarter
    if name == "Y" and number == 1 and quarter is not None:
        return _quarter_before(quarter)
    day, reason = context.reference()
    return date(_back(day, name, number), reason)


def every(match: Match, context: Context) -> Meant:
    """Every week; each July; every other Sunday; every two years; on Mondays."""
    other = match.last > match.first + 1 and match.tokens.word(match.first + 1).lower() == "other"
    if match.has("unit") and match.letter("unit") != "WE":
        number = _count(match) if match.has("count") else 2 if other else 1
        return Meant("SET", length(number, match.letter("unit")))
    return Meant("SET", _each(match), "only every second one, which the value cannot say" if other else None)


def _each(match: Match) -> str:
    """The value of a day, month, season or part of the day that recurs."""
    if match.has("weekday"):
        return f"XXXX-WXX-{match.number('weekday')}"
    if match.has("month"):
        return f"XXXX-{match.number('month'):02}"
    if match.has("season"):
        return f"XXXX-{match.letter('season')}"
    return f"XXXX-XX-XXT{match.letter('part')}" if match.has("part") else "XXXX-WXX-WE"


def rate(match: Match, context: Context) -> Meant:
    """Three times a week; $3 million a year; per month."""
    return Meant("SET", length(1, match.letter("unit")))


def often(match: Match, context: Context) -> Meant:
    """Daily; annually."""
    return Meant("SET", match.letter("often"))


def _count(match: Match) -> float | str:
    return numerals.number(match.tokens, *match.groups["count"])


def _from_event(match: Match) -> str | None:
    """The reason where the length is counted from something that happened."""
    codes, symbols = match.tokens.codes, lexicon().symbols
    following = codes[match.last] if match.last < len(codes) else ""
    if following in (symbols["AFTER"], symbols["BEFORE"], symbols["SINCE"]):
        return f"counted from what stands after “{match.tokens.word(match.last)}”, which has no date of its own"
    if following == symbols["LATER"]:
        return "counted from what was told before"
    return None


def _quarter_before(quarter: tuple[int, int]) -> Meant:
    year, number = quarter
    if year <= 1:
        raise NoValue("that is out of the calendar's range")
    return date(Moment(year - 1, quarter=number), "the quarter that was told before, of the year before")


def _back(day: datetime.date, name: str, number: float | str) -> Moment:
    """The day, week, month or year so long before, as exactly as the unit says."""
    if isinstance(number, str):
        raise NoValue("how long is not told")
    if name in _YEARS:
        years = number * _YEARS[name]
        return moved(day, "Y", -int(years)) if years == int(years) else moved(day, "M", -round(12 * years))
    if number != int(number):
        raise NoValue("part of a week or month is no point on the calendar")
    return moved(day, name, -int(number))


def _hours_ago(number: float | str, name: str, context: Context) -> Meant:
    given = context.anchor
    if given.day is None or given.clock is None or isinstance(number, str):
        raise NoValue("the time of day of the publication is not known")
    try:
        back = datetime.timedelta(seconds=number * _SECONDS[name])
        moment = datetime.datetime.combine(given.day, given.clock) - back
    except OverflowError:
        raise NoValue("that is out of the calendar's range") from None
    return date(Moment(moment.year, moment.month, moment.day, clock=f"{moment:%H:%M}"), context.counted())
