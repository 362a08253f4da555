"""Days as they are asked for and as times in a report give them: "2031", "2031-03", "2031-W10", "2031-Q1", "203"."""

from __future__ import annotations

import calendar
import datetime
from typing import NamedTuple

import regex

from sayso.errors import InvalidSearch

_DATE = regex.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_VALUE = regex.compile(
    r"(?P<years>\d{2,3}X{0,2})|(?P<year>\d{4})(?:-(?:W(?P<week>\d\d)(?:-(?P<weekday>\d|WE))?|Q(?P<quarter>[1-4])"
    r"|H(?P<half>[12])|(?P<season>SP|SU|FA|AU|WI)|(?P<month>\d\d)(?:-(?P<day>\d\d))?|XX-XX|(?P<of>\d\d)-XX))?(?:T.*)?"
)
_SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "AU": (9, 11), "WI": (12, 14)}


class Days(NamedTuple):
    """The first and the last day of a stretch, as ISO dates."""

    first: str
    last: str


def asked(date: str) -> Days:
    """The days of a year, a month or a day that somebody types; raises InvalidSearch for what is none."""
    found = _DATE.fullmatch(date)
    days = of_value(date) if found else None
    if days is None:
        raise InvalidSearch(f"{date!r} is not a date of the form 2031-05-24, 2031-05 or 2031")
    return days


def of_value(value: str) -> Days | None:
    """The days that the value of a time expression means (TIMEX3); None if it means none on the calendar ("P3D",
    "PRESENT_REF", "XXXX-05-24"). Seasons are those of the northern half, by whole months."""
    found = _VALUE.fullmatch(value)
    if found is None:
        return None
    try:
        return _days(found)
    except ValueError:
        return None


def _days(found: regex.Match[str]) -> Days:
    if (years := found["years"]) is not None:
        digits = years.rstrip("X")
        return Days(f"{digits.ljust(4, '0')}-01-01", f"{digits.ljust(4, '9')}-12-31")
    year = int(found["year"])
    if found["week"]:
        week, weekday = int(found["week"]), found["weekday"]
        first, last = (6, 7) if weekday == "WE" else (int(weekday), int(weekday)) if weekday else (1, 7)
        return Days(*(datetime.date.fromisocalendar(year, week, day).isoformat() for day in (first, last)))
    if found["day"]:
        day = datetime.date(year, int(found["month"]), int(found["day"])).isoformat()
        return Days(day, day)
    first, last = _months(found)
    ends = divmod(last - 1, 12)
    until = datetime.date(year + ends[0], ends[1] + 1, calendar.monthrange(year + ends[0], ends[1] + 1)[1])
    return Days(datetime.date(year, first, 1).isoformat(), until.isoformat())


def _months(found: regex.Match[str]) -> tuple[int, int]:
    """The first and the last month, counted on into the next year."""
    if month := found["month"] or found["of"]:
        return int(month), int(month)
    if found["quarter"]:
        return 3 * int(found["quarter"]) - 2, 3 * int(found["quarter"])
    if found["half"]:
        return 6 * int(found["half"]) - 5, 6 * int(found["half"])
    return _SEASONS[found["season"]] if found["season"] else (1, 12)
