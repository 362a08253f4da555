"""What the meaning of an expression may depend on: the day counted from, and what was told before it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from sayso.grounding.times.anchor import Anchor
from sayso.grounding.times.values import Moment, NoValue
from sayso.types import TimeType


@dataclass(frozen=True, slots=True)
class Meant:
    """What an expression stands for.

    `moment` is set where later ones may refer to it ("that day"); `doubt` is taken off the score of its rule.
    """

    type: TimeType
    value: str | None
    reason: str | None = None
    moment: Moment | None = None
    doubt: float = 0.0


@dataclass(slots=True)
class Context:
    """What a report has told so far.

    `told` is the latest point on the calendar, `quarter` the latest quarter that is over, `calendar` the latest day of
    a month, `dates` the years of the days that were told.
    """

    anchor: Anchor
    told: Moment | None = None
    quarter: tuple[int, int] | None = None
    calendar: Moment | None = None
    dates: dict[tuple[int, int], int] = field(default_factory=dict)

    def today(self) -> datetime.date:
        """The day counted from; raises NoValue where it is not known."""
        if self.anchor.day is None:
            raise NoValue(self.anchor.said)
        return self.anchor.day

    def tell_quarter(self, year: int, number: int) -> None:
        """Keep a quarter that was told, if it is over: figures are given for no other."""
        day = self.anchor.day
        if day is None or (year, number) < (day.year, (day.month - 1) // 3 + 1):
            self.quarter = year, number

    def counted(self) -> str:
        """The reason of what is counted from that day."""
        return f"counted from {self.anchor.said}"

    def reference(self) -> tuple[datetime.date, str]:
        """The first day of what was told last, or else the day counted from; and what that is, in words.

        Raises NoValue where neither is known."""
        told = self.told.first_day() if self.told else None
        if self.told is None or told is None:
            return self.today(), self.counted()
        return told, f"counted from what was told before, {self.told.iso()}"


def date(moment: Moment, reason: str | None = None, doubt: float = 0.0) -> Meant:
    """A point on the calendar; a TIME if it is told to the hour or the part of the day."""
    return Meant("TIME" if moment.clock or moment.part else "DATE", moment.iso(), reason, moment, doubt)
