"""The day from which a report counts: when it was published, or what its dateline says."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import regex

from sayso.grounding.times.finder import Match, matches
from sayso.grounding.times.tokens import tokens
from sayso.grounding.times.values import NoValue, checked
from sayso.text import Offsets

_HEAD = 1000
"""Code points in which a dateline is looked for."""
_PLACE = 80
"""Code points that may stand before the date of a dateline in its paragraph: its place, "Published on"."""
_SMALL_WORDS = frozenset({"on", "by", "de", "la", "el", "al", "le", "and", "at"})
_PUBLISHED = frozenset({"published", "posted", "updated"})
_SET_OFF = ",:(|·—–-"
"""Marks between a place and its date; a headline may also end in a date, but does not set it off."""
_AFTER = regex.compile(r"[.,]?\s*(?:[—–:(/|-]|\d{1,2}:\d{2}|$)")


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day counted from, None if nothing tells it.

    `clock` is its time of day, where that is known. `month` and `day_of_month` are set where a dateline tells the day
    but not the year. `said` says in words what it is.
    """

    day: datetime.date | None
    clock: datetime.time | None = None
    month: int | None = None
    day_of_month: int | None = None
    said: str = "no publication date is known"


def anchor(text: str, published: str | None, paragraphs: list[Offsets]) -> Anchor:
    """The anchor of a report: `published` (ISO 8601, as a Document has it; the date as written, in whatever zone), or
    else the date of its dateline.

    Raises ValueError if `published` is no ISO 8601 date or date and time.
    """
    if published is not None:
        moment = datetime.datetime.fromisoformat(published)
        clock = moment.time() if len(published) > len("2031-05-24") else None
        return Anchor(moment.date(), clock, said=f"the publication date, {moment.date()}")
    for start, end in paragraphs:
        if start > _HEAD:
            break
        line = tokens(text, start, min(end, start + _HEAD))
        found = next(matches(line), None)
        if found is not None and found.rule.meaning in ("calendar", "iso") and _is_dateline(found, end):
            dated = _dated(found)
            if dated is not None:
                return dated
    return Anchor(None)


def _is_dateline(found: Match, end: int) -> bool:
    """Whether a date stands as that of a dateline does: behind a place or nothing, before a dash, a bracket or the end
    of its line."""
    line = found.tokens
    start, stop = line.spans[0][0], line.spans[found.last - 1][1]
    before = line.text[start : line.spans[found.first][0]].strip()
    words = before.replace(",", " ").replace(":", " ").split()
    named = all(not word[0].islower() or word in _SMALL_WORDS for word in words)
    set_off = not before or before[-1] in _SET_OFF or words[0].lower() in _PUBLISHED
    return len(before) <= _PLACE and named and set_off and _AFTER.match(line.text, stop, end) is not None


def _dated(found: Match) -> Anchor | None:
    if found.rule.meaning == "iso":
        day = found.tokens.word(found.first)[:10]
        try:
            return _said(datetime.date.fromisoformat(day))
        except ValueError:
            return None
    if not found.has("dom") or found.has("relyear"):
        return None
    month, dom = found.number("month"), int("".join(filter(str.isdigit, found.word("dom"))))
    try:
        if found.has("year"):
            return _said(checked(int(found.word("year")), month, dom).first_day())
        checked(None, month, dom)
    except NoValue:
        return None
    return Anchor(None, month=month, day_of_month=dom, said="the dateline, which does not tell the year")


def _said(day: datetime.date | None) -> Anchor:
    return Anchor(day, said=f"the dateline, {day}")
