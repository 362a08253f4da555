"""Dates as programs and print write them → ISO 8601. What could be two days is none."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from email.utils import parsedate_to_datetime

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH_OF = {name[:n]: i for i, name in enumerate(_MONTHS, 1) for n in (3, len(name))} | {"sept": 9}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTH_OF, key=len, reverse=True)) + r")\b\.?"
_TIME = r"(?:[T ]|,? +(?:at +)?)(?P<hour>\d\d?)[:.](?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
_CLOCK = rf"(?:{_TIME} ?(?P<half>[ap]\.?m\b\.?)? ?(?P<zone>z\b|utc\b|gmt\b|[+-]\d\d:?\d\d\b)?)?"
_DAY = r"(?P<day>\d\d?)(?:st|nd|rd|th)?"
_READ = re.ASCII | re.IGNORECASE  # ASCII, or "ſeptember" were a month that the table lacks
_WRITTEN = (
    re.compile(rf"(?P<year>\d{{4}})[-/.](?P<month>\d\d?)[-/.](?P<day>\d\d?){_CLOCK}(?!\d)", _READ),
    re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:T?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)"
               r"(?P<half>)(?P<zone>z?))?(?!\d)", _READ),
    re.compile(rf"(?:[a-z]+,? +)?{_MONTH} +{_DAY}(?:,? +[a-z]+)?,? +(?P<year>\d{{4}})\b{_CLOCK}", _READ),
    re.compile(rf"(?:[a-z]+,? +)?{_DAY}\.? +(?:of +)?{_MONTH},? +(?P<year>\d{{4}})\b{_CLOCK}", _READ),
    re.compile(rf"{_DAY}-{_MONTH}-(?P<year>\d{{4}})\b{_CLOCK}", _READ),
    # Where points stand between the figures, the day is first everywhere.
    re.compile(rf"(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>\d{{4}})\b{_CLOCK}", _READ),
)  # fmt: skip
_FIGURES = re.compile(rf"(?P<one>\d\d?)([/-])(?P<two>\d\d?)\2(?P<year>\d{{4}})\b{_CLOCK}", _READ)
_LONGEST = 80
_SECONDS = (10**8, 10**10)  # 1973 to 2286
_MILLISECONDS = (10**11, 10**13)


def iso(words: object, day_first: bool | None = None) -> str | None:
    """The ISO 8601 date, or date and time, that `words` begin with; None if there is none, or it could be two.

    `words` may also be a date, or a number of seconds or milliseconds since 1970. `day_first` says what 3/4/2031 is:
    3 April (True), March 4 (False), unknown (None). A time keeps its distance from UTC if it is given in figures or as
    GMT, UTC or Z; other names of zones mean different things in different places and are left out.
    """
    if isinstance(words, datetime.date):
        return words.isoformat()
    if isinstance(words, (int, float)) and not isinstance(words, bool):
        return _since_1970(words)
    if not isinstance(words, str):
        return None
    words = " ".join(words[:_LONGEST].split())
    for form in _WRITTEN:
        if found := form.match(words):
            return _written(found, found["day"], found["month"])
    if found := _FIGURES.match(words):
        first = _order(found) if day_first is None else day_first
        if first is None and int(found["one"]) != int(found["two"]):
            return None
        day, month = (found["one"], found["two"]) if first else (found["two"], found["one"])
        return _written(found, day, month)
    return _mailed(words)


def day_first(values: Iterable[object]) -> bool | None:
    """Whether the day is first in dates like 3/4/2031, as far as one of the values settles it (25/4/2031 does).

    None if nothing settles it, or if two values settle it differently.
    """
    orders = set()
    for value in values:
        found = _FIGURES.match(value[:_LONGEST].strip()) if isinstance(value, str) else None
        if found and (order := _order(found)) is not None:
            orders.add(order)
            if len(orders) > 1:
                return None
    return orders.pop() if orders else None


def _order(found: re.Match[str]) -> bool | None:
    one, two = int(found["one"]), int(found["two"])
    return None if (one > 12) == (two > 12) else one > 12


def _written(found: re.Match[str], day: str, month: str) -> str | None:
    number = int(month) if month.isdecimal() else _MONTH_OF[month.lower()]
    try:
        date = datetime.date(int(found["year"]), number, int(day))
        if found["hour"] is None:
            return date.isoformat()
        hour = int(found["hour"])
        if found["half"]:
            hour = hour % 12 + 12 * found["half"].lower().startswith("p")
        time = datetime.time(hour, int(found["minute"]), int(found["second"] or 0))
    except ValueError:
        return None
    return f"{date.isoformat()}T{time.isoformat()}{_zone(found['zone'])}"


def _zone(words: str | None) -> str:
    if not words:
        return ""
    if words[0] not in "+-":
        return "+00:00"
    figures = words.replace(":", "")
    return f"{figures[:3]}:{figures[3:]}" if figures[1:3] < "24" and figures[3:] < "60" else ""


def _mailed(words: str) -> str | None:
    """A date as mail and RSS have it (RFC 5322), where the general forms do not fit: two-figure years, zones' names."""
    try:
        return parsedate_to_datetime(words).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _since_1970(number: float) -> str | None:
    for (low, high), unit in ((_SECONDS, 1), (_MILLISECONDS, 1000)):
        if low <= number < high:
            epoch = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
            return (epoch + datetime.timedelta(seconds=number // unit)).isoformat()
    return None
