"""Values in TimeML's sense (TIMEX3, an extension of ISO 8601), and the arithmetic of the calendar that they need."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

DECADE, CENTURY = 10, 100

_MONTHS = "January February March April May June July August September October November December"


class NoValue(Exception):
    """What is said is no time that has a value; the message says why."""


class NotATime(Exception):
    """What looks like a time expression is none."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A point on the calendar, as exactly as it is known.

    `year` None is a year that is not told. `week` is a week by ISO 8601 and `weekday` a day of it, or, without a week,
    of any. `season`, `part` ("MO", "NI") and `clock` ("18:30") are as TimeML writes them, and so are the `years` of a
    decade or century ("203X", "20"), beside which nothing else is set.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    week: int | None = None
    weekday: int | None = None
    weekend: bool = False
    quarter: int | None = None
    half: int | None = None
    season: str | None = None
    part: str | None = None
    clock: str | None = None
    years: str | None = None

    def iso(self) -> str:
        """The value: "2031-05-24", "2031-W20", "XXXX-05-24", "2031-Q3", "2031-05-24TNI"."""
        if self.years is not None:
            return self.years
        year = "XXXX" if self.year is None else f"{self.year:04}"
        time = f"T{self.clock or self.part}" if self.clock or self.part else ""
        if self.weekday is not None:
            return f"{year}-W{'XX' if self.week is None else f'{self.week:02}'}-{self.weekday}{time}"
        if self.week is not None:
            return f"{year}-W{self.week:02}{'-WE' if self.weekend else ''}"
        for name in (self.season, self.quarter and f"Q{self.quarter}", self.half and f"H{self.half}"):
            if name:
                return f"{year}-{name}"
        if self.month is None:
            return f"{year}-XX-XX{time}" if time else year
        return f"{year}-{self.month:02}{f'-{self.day:02}' if self.day else '-XX' if time else ''}{time}"

    def first_day(self) -> datetime.date | None:
        """The day it is, or the first of its days; None if the year is not told or it is a season."""
        if self.years is not None:
            return datetime.date(max(1, int(self.years.rstrip("X").ljust(4, "0"))), 1, 1)
        if self.year is None or self.season:
            return None
        if self.week is not None:
            return datetime.date.fromisocalendar(self.year, self.week, self.weekday or 1)
        month = self.month or (3 * self.quarter - 2 if self.quarter else 6 * self.half - 5 if self.half else 1)
        return datetime.date(self.year, month, self.day or 1)

    def is_day(self) -> bool:
        """Whether it is one day, or part of one."""
        return self.day is not None or (self.weekday is not None and self.week is not None)


def of_day(day: datetime.date, part: str | None = None, clock: str | None = None) -> Moment:
    """A day, or part of it."""
    return Moment(day.year, day.month, day.day, part=part, clock=clock)


def checked(year: int | None, month: int, day: int | None) -> Moment:
    """The day or month; raises NoValue if there is no such day (29 February passes where the year is not told)."""
    if year is not None and not 1 <= year <= 9999:
        raise NoValue(f"the year {year} is out of the calendar's range")
    if day is not None:
        try:
            datetime.date(2000 if year is None else year, month, day)
        except ValueError:
            raise NoValue(f"there is no {day} {month_name(month)}{'' if year is None else f' {year}'}") from None
    return Moment(year, month, day)


def month_name(month: int) -> str:
    """The name of a month in words for people."""
    return _MONTHS.split()[month - 1] if 1 <= month <= 12 else f"month {month}"


def moved(day: datetime.date, unit: str, steps: int) -> Moment:
    """The unit of the calendar that lies `steps` from the one that `day` is in: a day, week, weekend, month, quarter,
    year, decade or century. Raises NoValue beyond the years 1 to 9999."""
    try:
        if unit == "D":
            return of_day(day + datetime.timedelta(steps))
        if unit in ("W", "F", "WE"):
            year, week, _ = (day + datetime.timedelta(weeks=steps * (2 if unit == "F" else 1))).isocalendar()
            return Moment(year, week=week, weekend=unit == "WE")
        if unit in ("M", "Q"):
            months = 12 * day.year + day.month - 1 + steps * (3 if unit == "Q" else 1)
            year, month = divmod(months, 12)
            _in_range(year)
            return Moment(year, month + 1) if unit == "M" else Moment(year, quarter=month // 3 + 1)
        if unit == "Y":
            return Moment(_in_range(day.year + steps))
        if unit == "E":
            return Moment(years=f"{_in_range(day.year + steps * DECADE) // DECADE:03}X")
        return Moment(years=f"{_in_range(day.year - 1 + steps * CENTURY) // CENTURY:02}")
    except OverflowError:
        raise NoValue("that is out of the calendar's range") from None


def _in_range(year: int) -> int:
    if not 1 <= year <= 9999:
        raise NoValue("that is out of the calendar's range")
    return year


_LETTERS = {"TM": "M", "TH": "H", "TS": "S"}
_MANY = {"E": ("Y", DECADE), "C": ("Y", CENTURY), "F": ("W", 2), "WE": ("D", 2)}


def stretch(number: float | str, unit: str) -> str:
    """The value of a length of time: "P11D", "PT5H30M", "P20Y" for two decades, "PXW" where the number is "X"."""
    letter, times = _MANY.get(unit, (unit, 1))
    clock = letter in _LETTERS
    letter = _LETTERS.get(letter, letter)
    if isinstance(number, str):
        return f"P{'T' if clock else ''}{number}{letter}"
    whole, rest = divmod(number * times, 1)
    if letter == "H" and rest:
        return f"PT{f'{whole:.0f}H' if whole else ''}{60 * rest:.0f}M"
    return f"P{'T' if clock else ''}{number * times:.10g}{letter}"
