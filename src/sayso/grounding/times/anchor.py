"""The day from which a report counts: when it was published, or what its dateline says."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import regex

from sayso.grounding.times.finder import Match, matches
from sayso.grounding.times.tokens import tokens

_HEAD = 1000
"""Code points in which a dateline is looked for."""
_PLACE = 80
"""Code points that may stand before the date of a dateline in its paragraph."""
_BEFORE = regex.compile(
    r"(?:(?:[^\s\p{Ll}]\S*+|\(?(?i:published|posted|updated|on|by|de|la|el|al|le|and))[\s,:—–-]*+)*+", regex.POSIX
)
_AFTER = regex.compile(r"[.,]?\s*(?:[—–:(/|-]|\d{1,2}:\d{2}|$)")


@dataclass(frozen=True, slots=True)
class Anchor:
    """`day` is the day counted from, None if nothing tells it; `clock` the hour, where that is known. `month` and
    `day_of_month` are set where a dateline tells the day but not the year. `said` says in words what it is."""

    day: datetime.date | None
    clock: str | None = None
    month: int | None = None
    day_of_month: int | None = None
    said: str = "no publication date is known"
