"""The day on which a holiday falls in a year, by the rules in `grammar.toml`."""

from __future__ import annotations

import datetime

from sayso.grounding.times.lexicon import lexicon
from sayso.grounding.times.values import NoValue


def holiday(name: str, year: int) -> datetime.date:
    """The day of the holiday in that year.

    Raises NoValue for a holiday that no rule of the common calendar tells, and beyond the years 1 to 9999.
    """
    name = name.replace("’", "'")
    try:
        return _fallen(name, year)
    except (ValueError, OverflowError):
        raise NoValue("that is out of the calendar's range") from None


def custom(name: str) -> str | None:
    """Whose custom is followed where the holiday is kept in more than one way."""
    known, name = lexicon().holidays, name.replace("’", "'")
    return known.notes["nth"] if name in known.nth else known.notes["easter"] if name in known.easter else None


def _fallen(name: str, year: int) -> datetime.date:
    known = lexicon().holidays
    if name in known.fixed:
        month, day = known.fixed[name]
        return datetime.date(year, month, day)
    if name in known.nth:
        month, weekday, which, after = known.nth[name]
        return _nth(year, month, weekday, which) + datetime.timedelta(after)
    if name in known.easter:
        return _easter(year) + datetime.timedelta(known.easter[name])
    raise NoValue("its day is not told by the common calendar")


def _nth(year: int, month: int, weekday: int, which: int) -> datetime.date:
    """The which-th such weekday of a month; -1 is the last."""
    if which < 0:
        following = datetime.date(year + month // 12, month % 12 + 1, 1)
        return following - datetime.timedelta((following.isoweekday() - weekday - 1) % 7 + 1)
    first = datetime.date(year, month, 1)
    return first + datetime.timedelta((weekday - first.isoweekday()) % 7 + 7 * (which - 1))


def _easter(year: int) -> datetime.date:
    """Easter Sunday in the Gregorian calendar, after Meeus, Jones and Butcher."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 19 * m) // 433
    month = (h + m - 7 * n + 90) // 25
    return datetime.date(year, month, (h + m - 7 * n + 33 * month + 19) % 32)
