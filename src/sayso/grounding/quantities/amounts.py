"""Amounts: a number or a range of two, its unit, and the words that bound it.

`low` and `high` are the ends of what the words allow, both included; None is an end that they leave open:

    254                                 254    254
    at least, more than, over 254; 254+ 254    None   (the end is kept as said, though "more than" leaves it out)
    at most, up to, fewer than 254      None   254
    about, some, nearly, just over 254  254    254    approximate
    between 10 and 20; 10-20; 10 to 20  10     20
    hundreds, several hundred           200    None   approximate (two of them at the least)
    a dozen, a pair; a couple           12, 2; 2      only the couple approximate
    a third, one in five                100/3, 20     in percent, as shares are to compare

An approximate end is soft: whoever compares two amounts should let it give way by a tenth of itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from sayso.grounding.quantities.lexicon import AFTER, BEFORE, FATES, NUMBERS, TIME_UNITS
from sayso.grounding.quantities.numerals import Numeral, numeral
from sayso.grounding.quantities.tokens import DASHES, Tokens
from sayso.grounding.quantities.units import Measured, measured

_LONGEST = 5


@dataclass(frozen=True, slots=True)
class Amount:
    """The tokens [first, last), bounds and unit included, say an amount; `number` is its first number and `core` where
    that begins with its sign of money. `bounded` are the kinds of bound that were read, `joined` marks a range."""

    first: int
    last: int
    core: int
    number: Numeral
    low: Decimal | None
    high: Decimal | None
    approximate: bool
    unit: str | None
    money: bool
    reason: str | None
    bounded: frozenset[str] = frozenset()
    joined: bool = False


def amount(tokens: Tokens, index: int, begin: int) -> Amount | None:
    """The amount at the token `index`; nothing before the token `begin` belongs to it. None if there is no number."""
    number = numeral(tokens, index)
    if number is None or number.first < begin:
        return None
    one = measured(tokens, number, begin)
    joined = _share(tokens, one) or _range(tokens, one, begin) or _single(one)
    return _bounded(tokens, _signed(tokens, joined, begin), begin)


def _single(one: Measured) -> Amount:
    number = one.number
    high = None if number.form == "open" else number.value
    reason = number.reason or one.reason
    return Amount(
        one.first, one.last, one.first, number, number.value, high, number.approximate, one.unit, one.money, reason
    )


def _signed(tokens: Tokens, plain: Amount, begin: int) -> Amount:
    """The amount with its sign, which degrees and shares may have: "minus 12 degrees", "-5%"."""
    before = plain.first - 1
    sign = tokens.word(before)
    glued = sign in ("-", "−", "–") and tokens.glued(plain.first) and not tokens.glued(before)
    may = plain.unit is not None and plain.unit.startswith(("degree", "percent"))
    if not may or plain.joined or plain.low is None or before < begin or not (glued or sign == "minus"):
        return plain
    return replace(plain, first=before, core=before, low=-plain.low, high=None if plain.high is None else -plain.high)


def _share(tokens: Tokens, one: Measured) -> Amount | None:
    """One in five, nine out of ten: a share, in percent."""
    at = one.last + (tokens.phrase(one.last, one.last + 2) == "out of") + 1
    if one.unit or one.number.value is None or tokens.word(at - 1) not in ("in", "of") or tokens.word(one.last) == "of":
        return None
    whole = numeral(tokens, at) if tokens.figures(at) or tokens.word(at) in NUMBERS else None
    if whole is None or whole.value is None or whole.first != at or tokens.word(whole.last) in TIME_UNITS:
        return None
    round_number = whole.value in (2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 50, 100, 1000, 10_000, 100_000)
    if not (round_number and 0 < one.number.value < whole.value and one.number.value % 1 == 0):
        return None
    if tokens.word(one.first - 1) in FATES or tokens.hyphen(whole.last):
        return None  # "killed two in five attacks"
    value = one.number.value * 100 / whole.value
    number = replace(one.number, last=whole.last, value=value, form="part")
    return Amount(one.first, whole.last, one.first, number, value, value, False, "percent", False, None)


def _range(tokens: Tokens, one: Measured, begin: int) -> Amount | None:
    """Between 10 and 20, 10 to 20, 10-20, two or three."""
    join = tokens.word(one.last)
    between = tokens.word(one.first - 1) == "between" and join == "and" and one.first > begin
    if not (between or join in ("to", "or") or join in DASHES) or one.number.form in ("open", "part"):
        return None
    if join == "to" and _is_change(tokens, one.first):
        return None
    second = _second(tokens, one.last + 1)
    if second is None or (one.unit is not None and second.unit is not None and one.unit != second.unit):
        return None
    if _is_year(one.number) and not _is_year(second.number):
        return None
    low, high = _same_scale(one, second), second.number.value
    if low is None or high is None or not low < high or (one.unit and not second.unit and not one.money):
        return None
    unit, money = second.unit or one.unit, second.money or one.money
    first = one.first - between
    reason = second.reason if second.unit is None else None
    return Amount(first, second.last, one.first, one.number, low, high, False, unit, money, reason, joined=True)


def _is_year(number: Numeral) -> bool:
    return number.whole and number.value is not None and 1900 <= number.value < 2100


def _second(tokens: Tokens, at: int) -> Measured | None:
    """The number that begins at the token `at` or after a sign of money there."""
    for index in (at, at + 1, at + 2):
        word = tokens.word(index)
        if word[0].isdecimal() or word in NUMBERS:
            number = numeral(tokens, index)
            found = number and measured(tokens, number, at)
            return found if found and found.first == at and found.number.form in ("figures", "words") else None
    return None


def _same_scale(one: Measured, second: Measured) -> Decimal | None:
    """The lower end, which a scale word after the upper holds for too: "10 to 12 million"."""
    value, mantissa = one.number.value, second.number.mantissa
    if value is None or second.number.value is None or mantissa is None or one.number.mantissa is not None:
        return value
    return value * second.number.value / mantissa if value < mantissa else value


def _is_change(tokens: Tokens, first: int) -> bool:
    """Whether "to" leads from one amount to another: "rose from 30 to 45", not "ranging from 30 to 45"."""
    at = first - 1
    for _ in range(3):
        if tokens.word(at) == "from":
            return not tokens.word(at - 1).startswith(("rang", "vary", "varie"))
        at -= 1
    return False


def _bounded(tokens: Tokens, plain: Amount, begin: int) -> Amount:
    first, kinds = _before(tokens, plain.first, begin)
    last, after = _after(tokens, plain.last)
    if after:
        kinds |= {after}
    low, high, reason = plain.low, plain.high, plain.reason
    if "low" in kinds:
        high = None
    elif "high" in kinds:
        low = None
        reason = reason or (None if high is not None else "the words leave both ends open")
    return replace(
        plain,
        first=first,
        last=last,
        low=low,
        high=high,
        reason=reason,
        approximate=plain.approximate or "about" in kinds,
        bounded=frozenset(kinds),
    )


def _before(tokens: Tokens, first: int, begin: int) -> tuple[int, set[str]]:
    """Where the words of bound before the token `first` begin, and their kinds; several may follow each other."""
    kinds: set[str] = set()
    while len(kinds) < 3:
        for length in range(min(_LONGEST, first - begin), 0, -1):
            kind: str | Literal[""] = BEFORE.get(tokens.phrase(first - length, first), "")
            if kind and kind not in kinds:
                kinds.add(kind)
                first -= length
                break
        else:
            break
    return first, kinds


def _after(tokens: Tokens, last: int) -> tuple[int, str | None]:
    """Where the words of bound after the token `last` end, and their kind."""
    for length in range(4, 0, -1):
        phrase = tokens.phrase(last, last + length)
        kind = AFTER.get(phrase)
        if (
            kind
            and not (phrase in ("+", "- plus", "- odd") and not tokens.glued(last))
            and not _adds(tokens, last, length)
        ):
            return last + length, kind
    return last, None


def _adds(tokens: Tokens, last: int, length: int) -> bool:
    """Whether "plus" adds another number."""
    return tokens.word(last) in ("plus", "+") and (
        tokens.figures(last + length) or tokens.word(last + length) in NUMBERS
    )
