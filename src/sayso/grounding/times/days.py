"""What days and times of day mean: dates, weekdays, "yesterday", "9 a.m. Tuesday", holidays."""

from __future__ import annotations

import datetime
from dataclasses import replace

from sayso.grounding.times import numerals
from sayso.grounding.times.context import Context, Meant, date
from sayso.grounding.times.finder import Match
from sayso.grounding.times.holidays import custom, holiday
from sayso.grounding.times.tense import direction
from sayso.grounding.times.values import Moment, NoValue, checked, month_name, moved, of_day

_GUESSED = 0.1
"""Taken off the score where nothing tells whether the past or the future is meant."""
_FAR = 5
"""A day without a cue is the one behind, unless it is so many times farther off than the one ahead."""
_TOO_FAR = 300
"""Days beyond which nobody leaves out the year, whatever the sentence speaks of, if the other way is nearer."""


def iso(match: Match, context: Context) -> Meant:
    """2031-05-24, 2031-05-24T18:30."""
    word = match.tokens.word(match.first)
    moment = checked(*_numbers(word[:10], "-"))
    if len(word) > 10:
        hour, minute = _numbers(word[11:16], ":")
        moment = replace(moment, clock=_clock(hour, minute))
    return date(moment)


def numeric(match: Match, context: Context) -> Meant:
    """24/05/2031, 5/24/31, 24.05.2031. Where both orders are possible the month is taken to come first before a slash,
    as in America, the day before a full stop."""
    word = match.tokens.word(match.first)
    slash = "/" in word
    first, second, year = _numbers(word, "/" if slash else ".")
    month_first = slash and first <= 12
    month, day = (first, second) if month_first else (second, first)
    if not 1 <= month <= 12:
        month, day = day, month
    if not 1 <= month <= 12:
        raise NoValue(f"there is no month {month}")
    if len(word.replace(".", "/").rsplit("/", 1)[1]) == 2:
        year = _of_century(year, context)
    ambiguous = first <= 12 and second <= 12 and first != second
    taken = "month" if month == first else "day"
    reason = f"day/month order ambiguous: taken as {taken} first" if ambiguous else None
    return date(checked(year, month, day), reason, doubt=0.3 if ambiguous else 0)


def calendar(match: Match, context: Context) -> Meant:
    """May 24; Friday, May 24, 2031; the 24th of May of last year; May 2031."""
    return date(*_in_calendar(match, context))


def another_day(match: Match, context: Context) -> Meant:
    """May 24 and [25]."""
    told = context.calendar
    if told is None or told.month is None:
        raise NoValue("the month is not told")
    year = int(match.word("year")) if match.has("year") else told.year
    context.calendar = checked(year, told.month, _day(match))
    return date(context.calendar, f"the month is that of {told.iso()}")


def month(match: Match, context: Context) -> Meant:
    """In May; last May; next March."""
    number = match.number("month")
    if not match.has("rel"):
        return date(*_nearest(match, context, number, None))
    today, step = context.today(), match.number("rel")
    year = today.year
    if step < 0 and number >= today.month:
        year -= 1
    if step > 0 and number <= today.month:
        year += 1
    return date(checked(year, number, None), context.counted())


def weekday(match: Match, context: Context) -> Meant:
    """Sunday; last Sunday night; Tuesday of last week."""
    number, part = match.number("weekday"), match.letter("part") if match.has("part") else None
    if context.anchor.day is None and not match.has("rel"):
        return Meant("TIME" if part else "DATE", Moment(weekday=number, part=part).iso(), context.anchor.said)
    day, reason, doubt = _weekday(match, context, number)
    return date(of_day(day, part), reason, doubt)


def clock(match: Match, context: Context) -> Meant:
    """9 a.m. EST Tuesday; noon on May 24; 10:35 a.m.; 4 in the morning."""
    time = _time(match)
    zone = f"in {match.word('zone')}, as written; " if match.has("zone") else ""
    try:
        day, reason, doubt = _day_of_clock(match, context)
    except NoValue as none:
        return Meant("TIME", f"XXXX-XX-XXT{time}", f"{zone}the day is not known: {none}")
    return date(replace(day, clock=time, part=None), zone + reason if reason else zone[:-2] or None, doubt)


def today(match: Match, context: Context) -> Meant:
    """Today; yesterday morning; tonight; last night; this evening."""
    part = match.letter("part") if match.has("part") else None
    part = "NI" if part == "0" else part
    step = match.number("today") if match.has("today") else 0
    given = context.anchor
    if given.day is None and given.month and given.day_of_month:
        moment = _without_year(given.month, given.day_of_month, step)
        return date(replace(moment, part=part), context.counted())
    moment = moved(context.today(), "D", step)
    return date(replace(moment, part=part), context.counted())


def other_day(match: Match, context: Context) -> Meant:
    """The next morning; that evening."""
    day, reason = context.reference()
    return date(replace(moved(day, "D", match.number("rel")), part=match.letter("part")), reason)


def feast(match: Match, context: Context) -> Meant:
    """Thanksgiving; last Christmas; Easter 2031; Easter week."""
    name = match.word("holiday")
    if match.has("year"):
        day, reason = holiday(name, int(match.word("year"))), ""
    elif match.has("relyear"):
        day, reason = holiday(name, context.today().year + match.number("relyear")), context.counted()
    else:
        day, reason = _nearest_feast(match, context, name), context.counted()
    reasons = "; ".join(filter(None, (reason, custom(name)))) or None
    return date(moved(day, match.letter("unit"), 0) if match.has("unit") else of_day(day), reasons)


def _in_calendar(match: Match, context: Context) -> tuple[Moment, str | None, float]:
    """The day or month, the reason and the doubt."""
    month, day = match.number("month"), _day(match)
    reason, doubt = None, 0.0
    if match.has("relyear"):
        moment, reason = checked(context.today().year + match.number("relyear"), month, day), context.counted()
    elif match.has("year") or match.has("spelt"):
        moment = checked(_year(match), month, day)
    else:
        moment, reason, doubt = _nearest(match, context, month, day)
    if match.has("weekday"):
        reason = _with_weekday(match, moment, reason)
    if day:
        context.calendar = moment
        if moment.year is not None:
            context.dates[month, day] = moment.year
    return moment, reason, doubt


def _with_weekday(match: Match, moment: Moment, reason: str | None) -> str | None:
    """The reason, with a word on a weekday that is not that of the date."""
    day = moment.first_day()
    if day is None or day.isoweekday() == match.number("weekday"):
        return reason
    wrong = f"{moment.iso()} is no {match.word('weekday')}"
    return f"{reason}; {wrong}" if reason else wrong


def _nearest_feast(match: Match, context: Context, name: str) -> datetime.date:
    today = context.today()
    last, this, following = (holiday(name, today.year + step) for step in (-1, 0, 1))
    step = match.number("rel") if match.has("rel") else direction(match.tokens, match.first, match.last)
    behind, ahead = (this, following) if this <= today else (last, this)
    ahead = this if this == today else ahead
    if step == 0 and match.has("rel"):
        return this
    if step == 0 or (not match.has("rel") and max((today - behind).days, (ahead - today).days) > _TOO_FAR):
        return ahead if (today - behind).days > _FAR * (ahead - today).days else behind
    return ahead if step > 0 else behind


def _nearest(match: Match, context: Context, month: int, day: int | None) -> tuple[Moment, str, float]:
    """The day or month without a year that is meant: behind the day counted from unless the sentence looks ahead. With
    the reason and the doubt."""
    moment = checked(None, month, day)
    today = context.anchor.day
    if today is None:
        return moment, f"the year is not told: {context.anchor.said}", 0
    name = f"{day} {month_name(month)}" if day else month_name(month)
    known = context.dates.get((month, day)) if day else None
    if known is not None:
        return replace(moment, year=known), f"the {name} that was told before", 0
    behind, ahead = _occurrence(today, month, day, -1), _occurrence(today, month, day, 1)
    back, on = (today - behind).days, (ahead - today).days
    number = match.number("weekday") if match.has("weekday") else 0
    step = match.number("rel") if match.has("rel") else direction(match.tokens, match.first, match.last)
    if match.has("weekday") and (behind.isoweekday() == number) != (ahead.isoweekday() == number):
        step = -1 if behind.isoweekday() == number else 1
    elif not match.has("rel") and max(back, on) > _TOO_FAR:
        step = 1 if back > on else -1
    if behind == ahead or step < 0 or (step == 0 and back <= _FAR * on):
        reason, year = f"the latest {name} up to {context.anchor.said}", behind.year
    else:
        reason, year = f"the first {name} after {context.anchor.said}", ahead.year
    return checked(year, month, day), reason, 0 if step or behind == ahead else _GUESSED


def _occurrence(today: datetime.date, month: int, day: int | None, step: int) -> datetime.date:
    """The nearest such day, or first of such a month, from `today` on in one direction."""
    for years in range(9):  # 29 February may be eight years off
        year = today.year + step * years
        try:
            found = datetime.date(year, month, day or 1)
        except ValueError:
            if not 1 <= year <= 9999:
                raise NoValue("that is out of the calendar's range") from None
            continue
        if day is None and (year, month) == (today.year, today.month):
            return found
        if (found - today).days * step >= 0:
            return found
    raise NoValue("there is no such day near")


def _weekday(match: Match, context: Context, number: int) -> tuple[datetime.date, str, float]:
    """The day, the reason and the doubt."""
    if match.has("relweek"):
        days = 7 * match.number("relweek") + number - context.today().isoweekday()
        return _shifted(context.today(), days), context.counted(), 0
    first, last = match.groups.get("rel", (0, 0))
    rel = " ".join(match.tokens.word(index).lower() for index in range(first, last))
    if rel.startswith("th") and rel not in ("this", "this past"):  # "that", "the next"
        told, reason = context.reference()
        step = match.number("rel")
        back = (told.isoweekday() - number) % 7
        on = (number - told.isoweekday()) % 7
        return _shifted(told, -(back or 7) if step < 0 else (on or 7) if step > 0 else -back), reason, 0.3
    day = context.today()
    back, on = (day.isoweekday() - number) % 7, (number - day.isoweekday()) % 7
    name = match.word("weekday")
    if rel in ("last", "past", "this past"):
        return _shifted(day, -(back or 7)), f"the latest {name} before {context.anchor.said}", 0
    if rel in ("next", "coming"):
        return _shifted(day, on or 7), f"the first {name} after {context.anchor.said}", 0
    step = direction(match.tokens, match.first, match.last)
    if step > 0 or (rel == "this" and step == 0):
        return _shifted(day, on), f"the first {name} from {context.anchor.said}, on", 0
    if step == 0 and on == 1:
        return _shifted(day, on), f"the first {name} after {context.anchor.said}", _GUESSED
    return _shifted(day, -back), f"the latest {name} up to {context.anchor.said}", 0 if step else _GUESSED


def _shifted(day: datetime.date, days: int) -> datetime.date:
    try:
        return day + datetime.timedelta(days)
    except OverflowError:
        raise NoValue("that is out of the calendar's range") from None


def _day_of_clock(match: Match, context: Context) -> tuple[Moment, str | None, float]:
    """The day of a time of day: told beside it, or the one told last, or the day counted from."""
    if match.has("month"):
        return _in_calendar(match, context)
    if match.has("weekday"):
        day, reason, doubt = _weekday(match, context, match.number("weekday"))
        return of_day(day), reason, doubt
    if match.has("today"):
        return moved(context.today(), "D", match.number("today")), context.counted(), 0
    told = context.told
    if told is not None and told.is_day():
        return replace(told, part=None), f"of the day told before, {replace(told, part=None, clock=None).iso()}", 0.2
    return of_day(context.today()), f"of {context.anchor.said}", 0.2


def _time(match: Match) -> str:
    if match.has("midday"):
        return match.letter("midday")
    if match.has("hours"):
        word = match.word("hours")
        if len(word) != 4:
            raise NoValue("that is no time of day")
        return _clock(int(word[:2]), int(word[2:]))
    hour, minute = _numbers(match.word("clock"), ":")[:2] if match.has("clock") else (_hour(match), 0)
    if match.has("meridiem"):
        if not 1 <= hour <= 12:
            raise NoValue("that is no time of day")
        hour = hour % 12 + match.number("meridiem")
    elif match.has("part") and match.letter("part") in ("AF", "EV", "NI") and hour <= 11:
        hour += 12
    return _clock(hour, minute)


def _hour(match: Match) -> int:
    value = numerals.number(match.tokens, *match.groups["hour"])
    return value if isinstance(value, int) else 0


def _clock(hour: int, minute: int) -> str:
    if not (0 <= hour <= 23 and 0 <= minute <= 59) and (hour, minute) != (24, 0):
        raise NoValue("that is no time of day")
    return f"{hour:02}:{minute:02}"


def _day(match: Match) -> int | None:
    return int("".join(filter(str.isdigit, match.word("dom")))) if match.has("dom") else None


def _year(match: Match) -> int:
    return int(match.word("year")) if match.has("year") else numerals.year(match.tokens, *match.groups["spelt"])


def _of_century(year: int, context: Context) -> int:
    """The year of two digits that is nearest to the day counted from."""
    near = context.anchor.day.year if context.anchor.day else 2000
    return min(
        (near // 100 * 100 + step + year for step in (-100, 0, 100)), key=lambda candidate: abs(candidate - near)
    )


def _numbers(word: str, mark: str) -> list[int]:
    return [int(part) for part in word.split(mark)]


def _without_year(month: int, day: int, step: int) -> Moment:
    """A day near one whose year is not told, where leap years make no difference."""
    if step == 0:
        return Moment(None, month, day)
    found = set()
    for year in (2030, 2032) if (month, day) != (2, 29) else (2032,):
        moved_to = datetime.date(year, month, day) + datetime.timedelta(step)
        found.add((moved_to.month, moved_to.day))
    if len(found) != 1:
        raise NoValue("the year is not told, and it may be a leap year")
    return Moment(None, *found.pop())
