"""Numbers that are times: clock times, dates, years, durations, ages."""

from __future__ import annotations

from sayso.grounding.quantities.amounts import Amount
from sayso.grounding.quantities.counted import Counted
from sayso.grounding.quantities.lexicon import (
    AGES,
    BEFORE_COUNTS,
    BETWEEN_TIMES,
    CLOCK,
    ERAS,
    MONTHS,
    NAMED_AGES,
    TIME_UNITS,
    YEAR_AFTER,
    are_persons,
    is_person,
)
from sayso.grounding.quantities.tokens import Tokens

_OLDEST = 120
_SPACE_BOUNDS = frozenset({"over", "under", "above", "below", "up to"})


_BEFORE_UNIT = frozenset({"of", "]"})  # "thousands of years", "[ten] years"


def is_time(tokens: Tokens, found: Amount, what: Counted) -> bool:
    """Whether the number says when, how long or how old."""
    if _is_on_clock(tokens, found) or _is_duration(tokens, found):
        return True
    if found.unit is not None:
        return False
    return _is_date(tokens, found) or _is_age(tokens, found, what) or _is_year(tokens, found, what)


def _is_on_clock(tokens: Tokens, found: Amount) -> bool:
    """9:30, 7 a.m., 0600 GMT, 575 B.C."""
    first, last = found.number.first, found.last
    if tokens.word(last) in (":", "h") and tokens.glued(last) and tokens.glued(last + 1):
        return True
    if tokens.word(first - 1) == ":" and tokens.glued(first) and tokens.figures(first - 2):
        return True
    return tokens.word(last) in CLOCK or tokens.word(last) in ERAS


def _is_duration(tokens: Tokens, found: Amount) -> bool:
    """Five hours, twenty working days, a 12-year truce, a week or two, thousands of years."""
    if tokens.word(found.first - 1) == "or" and tokens.word(found.first - 2) in TIME_UNITS:
        return True
    at = found.last + (tokens.word(found.last) in _BEFORE_UNIT)
    for step in range(4):
        if tokens.word(at + step) in TIME_UNITS:
            return True
        if tokens.word(at + step) not in BETWEEN_TIMES:
            break
    return False


def _is_date(tokens: Tokens, found: Amount) -> bool:
    """The numbers of 4 May, Sept. 11, April 19."""
    before = found.core - 1 - (tokens.word(found.core - 1) == ".")
    if tokens.word(before) in MONTHS and tokens.capital(before):
        return True
    after = tokens.word(found.last)
    month = after in MONTHS and tokens.capital(found.last)
    return month and (after != "may" or found.number.form == "figures")


def _is_age(tokens: Tokens, found: Amount, what: Counted) -> bool:
    """Aged 62; Reyl, 62, a farmer; Reyl (62); when she was 62; children under 12."""
    before, after = tokens.word(found.core - 1), tokens.word(found.last)
    if before in AGES or tokens.word(found.first - 1) in AGES:
        return True
    if tokens.phrase(found.first - 2, found.first) in NAMED_AGES or (before == "now" and after == ","):
        return True
    if what.head is not None or not _may_be_old(found):
        return False
    who = tokens.word(found.first - 1)
    if found.bounded:
        return are_persons(who) or who in ("those", "anyone", "everyone")
    if what.fate is not None:
        return False
    if before in ("m", "re"):  # "you're 45"
        return True
    if before in ("was", "is", "am", "were"):
        return tokens.word(found.core - 2) in ("i", "he", "she", "who")
    if before == "(" and after == ")":
        return True
    named = tokens.capital(found.core - 2) or is_person(tokens.word(found.core - 2))
    return (
        named
        and before == ","
        and not found.joined
        and (not after[0].isalpha() or after in ("from", "of", "who", "was", "is", "has"))
    )


def _may_be_old(found: Amount) -> bool:
    end = found.high if found.high is not None else found.low
    return end is not None and end <= _OLDEST


def _is_year(tokens: Tokens, found: Amount, what: Counted) -> bool:
    """Whether four plain figures are a year: by what stands around them, for "1640 pupils" is a count."""
    if not _looks_like_year(tokens, found):
        return False
    value = int(found.number.value or 0)
    recent = 1900 <= value < 2100 and value % 100 != 0
    before = tokens.word(found.first - 1)
    if found.bounded & {"low", "high"}:
        return what.head is None and tokens.phrase(found.first, found.core) in _SPACE_BOUNDS
    if what.fate or (what.people and not recent):
        return before in ("the", "a") and not found.bounded
    if found.bounded:
        return what.head is None and (recent or before not in BEFORE_COUNTS)
    if value < 1500 and not found.joined:
        return what.head is None and before in YEAR_AFTER
    return recent or what.head is None or before in YEAR_AFTER


def _looks_like_year(tokens: Tokens, found: Amount) -> bool:
    """Whether the number, or both of a range, are four plain figures from 1000 to 2100."""
    number = found.number
    if not number.whole or len(tokens.words[number.first]) != 4 or number.value is None:
        return False
    last = found.high if found.joined and found.high is not None else number.value
    return 1000 <= number.value <= 2100 and 1000 <= last <= 2100
