"""What units of the calendar mean: "last week", "the third quarter", "last summer", "1996", "the 1990s"."""

from __future__ import annotations

import datetime

from sayso.grounding.times import numerals
from sayso.grounding.times.context import Context, Meant, date
from sayso.grounding.times.days import calendar
from sayso.grounding.times.finder import Match
from sayso.grounding.times.lexicon import lexicon
from sayso.grounding.times.tense import direction
from sayso.grounding.times.values import Moment, NoValue, moved

_SEASON_STARTS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_SOON = 6
"""Months to a quarter that may be meant where the sentence looks ahead; nobody leaves out the year of a later one."""
_FISCAL = "the fiscal year may differ from the calendar's"


def unit(match: Match, context: Context) -> Meant:
    """Last week; this month; next year; the end of the year; the current quarter."""
    name, step = match.letter("unit"), match.number("rel") if match.has("rel") else 0
    given = context.anchor
    if given.day is None and given.month and name == "M" and step == 0:
        return date(Moment(None, given.month), context.counted())
    if name == "WE":
        return weekend(match, context)
    moment = moved(context.today(), name, step)
    if moment.quarter and moment.year:
        context.tell_quarter(moment.year, moment.quarter)
    fiscal = _is_fiscal(match)
    return date(moment, _FISCAL if fiscal else context.counted(), 0.2 if fiscal else 0)


def other_unit(match: Match, context: Context) -> Meant:
    """That year; the same day; the following month; the next day."""
    unit, step, told = match.letter("unit"), match.number("rel"), context.told
    if unit == "D" and step == 0 and told is not None and not told.is_day():
        if told.month is None:
            raise NoValue("the day is not told")
        return Meant("DATE", f"{told.iso()}-XX", f"a day of {told.iso()}, told before")
    day, reason = context.reference()
    return date(moved(day, unit, step), reason)


def weekend(match: Match, context: Context) -> Meant:
    """The weekend; this weekend; last weekend."""
    today = context.today()
    step = match.number("rel") if match.has("rel") else None
    if step is None:
        step = direction(match.tokens, match.first, match.last)
        step = 0 if step > 0 or today.isoweekday() >= 6 else -1
    return date(moved(today, "WE", step), context.counted())


def week_of(match: Match, context: Context) -> Meant:
    """The week of March 6."""
    meant = calendar(match, context)
    day = meant.moment.first_day() if meant.moment else None
    if day is None:
        raise NoValue(meant.reason or "the year is not told")
    return date(moved(day, "W", 0), meant.reason, meant.doubt)


def season(match: Match, context: Context) -> Meant:
    """Last summer; the fall of 2031; in winter. A winter has the year in which it begins."""
    name = match.letter("season")
    if match.has("year"):
        return date(Moment(int(match.word("year")), season=name))
    if match.has("relyear"):
        return date(Moment(_year(context.today().year + match.number("relyear")), season=name), context.counted())
    today, starts = context.today(), _SEASON_STARTS[name]
    step = match.number("rel") if match.has("rel") else direction(match.tokens, match.first, match.last)
    year = today.year
    if match.has("rel"):
        over = today.month >= starts + 3
        year += step if step > 0 else step * (not over)
    elif step <= 0 and today.month < starts:
        year -= 1
    elif step > 0 and today.month >= starts + 3:
        year += 1
    return date(Moment(_year(year), season=name), context.counted())


def quarter(match: Match, context: Context) -> Meant:
    """The third quarter of 2031; last year's fourth quarter; third-quarter; the first half of next year; Q3."""
    number, half = (
        numerals.ordinal(match.tokens, *match.groups["nth"]),
        match.has("span") and match.letter("span") == "H",
    )
    if number > (2 if half else 4):
        raise NoValue("a year has no such part")
    year, reason = _year_of_quarter(match, context, number)
    if half:
        return date(Moment(year, half=number), reason)
    context.tell_quarter(year, number)
    return date(Moment(year, quarter=number), reason)


def quarter_of_year(match: Match, context: Context) -> Meant:
    """The 1988 quarter, where quarters are spoken of."""
    year = int(match.word("year"))
    if context.quarter is None:
        return date(Moment(year))
    return date(Moment(year, quarter=context.quarter[1]), "the quarter that was told before")


def half_year(match: Match, context: Context) -> Meant:
    """The first two quarters of 2031."""
    return date(Moment(int(match.word("year")), half=1 if match.number("nth") == 1 else 2))


def this_quarter(match: Match, context: Context) -> Meant:
    """The quarter; the latest period: the one that was told, or else the last that is over."""
    told = context.quarter
    if told is not None:
        year, number = told
        return date(Moment(year, quarter=number), "the quarter that was told before")
    return date(moved(context.today(), "Q", -1), context.counted(), 0.2)


def year_earlier(match: Match, context: Context) -> Meant:
    """Year-ago; the year-earlier quarter; the corresponding period last year."""
    step = match.number("relyear") if match.has("relyear") else match.number("rel") if match.has("rel") else -1
    told = context.quarter
    if told is None:
        return date(moved(context.today(), "Y", step), context.counted(), 0.2)
    year, number = told
    today = context.anchor.day
    year = (today.year if today and match.has("relyear") else year) + step
    return date(Moment(_year(year), quarter=number), "the quarter that was told before, of that year")


def year(match: Match, context: Context) -> Meant:
    """1996; fiscal 1989; early 2031."""
    return date(Moment(int(match.word("year"))), _FISCAL if _is_fiscal(match) else None)


def spelt_year(match: Match, context: Context) -> Meant:
    """Nineteen ninety-six; the year two thousand."""
    return date(Moment(numerals.year(match.tokens, *match.groups["spelt"])))


def far_year(match: Match, context: Context) -> Meant:
    """The year 2500; the year 12000, which has no value."""
    word = match.word("huge")
    if len(word.lstrip("0")) > 4:
        raise NoValue("years after 9999 have no value")
    return date(Moment(_year(int(word.lstrip("0") or "0"))))


def before_christ(match: Match, context: Context) -> Meant:
    """44 BC."""
    raise NoValue("years before 1 have no value")


def decade(match: Match, context: Context) -> Meant:
    """The 1990s; the late '80s; the nineties: of the latest hundred years where the century is not told."""
    word = match.word("decade")
    digits = "".join(filter(str.isdigit, word)) or str(match.number("decade"))
    if len(digits) == 4:
        return date(Moment(years=f"{digits[:3]}X"))
    today = context.anchor.day or datetime.date(2000, 1, 1)
    start = today.year // 100 * 100 + int(digits)
    start -= 100 if start > today.year else 0
    if start < 1:
        raise NoValue("the century is not told")
    return date(Moment(years=f"{start // 10:03}X"), "the century is not told: the latest such decade")


def century(match: Match, context: Context) -> Meant:
    """The 20th century; the twenty-first century."""
    number = numerals.ordinal(match.tokens, *match.groups["nth"])
    if number < 1:
        raise NoValue("there is no such century")
    return date(Moment(years=f"{number - 1:02}"))


def _is_fiscal(match: Match) -> bool:
    return lexicon().symbols["FISCAL"] in match.tokens.codes[match.first : match.last]


def _year_of_quarter(match: Match, context: Context, number: int) -> tuple[int, str | None]:
    if match.has("year"):
        return int(match.word("year")), None
    today = context.today()
    if match.has("relyear"):
        return _year(today.year + match.number("relyear")), context.counted()
    if match.has("ago"):
        told = context.quarter[0] if context.quarter else today.year
        return _year(told - 1), context.counted()
    half = match.has("span") and match.letter("span") == "H"
    first, length = (6 * number - 5, 6) if half else (3 * number - 2, 3)
    year = today.year - (first > today.month)
    months = 12 * (today.year - year) + today.month - first
    if months >= length and 12 - months <= _SOON and direction(match.tokens, match.first, match.last) > 0:
        year += 1
    return _year(year), context.counted()


def _year(year: int) -> int:
    if not 1 <= year <= 9999:
        raise NoValue("that is out of the calendar's range")
    return year
