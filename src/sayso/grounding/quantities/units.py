"""What an amount is measured in: money, a share, a measure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sayso.grounding.quantities.lexicon import (
    CODES,
    CURRENCIES,
    DOLLARS,
    GLUED_UNITS,
    NATIONAL,
    PREFIXES,
    SHORT_SCALES,
    STOP,
    SYMBOLS,
    UNITS,
    are_persons,
    is_plural,
)
from sayso.grounding.quantities.numerals import Numeral
from sayso.grounding.quantities.tokens import Tokens

_LONGEST = 4
_OF_MANY = "the text does not say which country's {}"


@dataclass(frozen=True, slots=True)
class Measured:
    """A number with its unit: the tokens [first, last). `unit` is None for a plain number, and where a `reason` says
    that the text leaves the currency open; `money` marks sums."""

    number: Numeral
    first: int
    last: int
    unit: str | None
    money: bool = False
    reason: str | None = None


def measured(tokens: Tokens, number: Numeral, begin: int) -> Measured:
    """The number with the unit that stands before it, from the token `begin` on, or after it."""
    if number.form == "part":
        return Measured(number, number.first, number.last, "percent")
    before = _money_before(tokens, number) or _magnitude(tokens, number)
    found = (
        (before if before and before.first >= begin else None)
        or _money_after(tokens, number)
        or _measure(tokens, _long_scale(tokens, number))
    )
    if found or number.form == "figures" or tokens.word(number.last) != "of":
        return found or Measured(number, number.first, number.last, None)
    of = replace(number, last=number.last + 1)  # "hundreds of dollars", "a couple of miles"
    return _money_after(tokens, of) or _measure(tokens, of) or Measured(number, number.first, number.last, None)


def symbol(tokens: Tokens, index: int) -> tuple[int, str] | None:
    """Where the currency sign that ends before the token `index` begins, and its code."""
    sign = tokens.word(index - 1)
    if sign not in SYMBOLS:
        return None
    letters = tokens.word(index - 2)
    near = tokens.glued(index - 1) or (len(letters) > 1 and letters != "us")
    if sign == "$" and letters in DOLLARS and near and tokens.capital(index - 2):
        return index - 2, DOLLARS[letters]
    return index - 1, SYMBOLS[sign]


def _money_before(tokens: Tokens, number: Numeral) -> Measured | None:
    before = symbol(tokens, number.first)
    reason = None
    if before is None:
        at = number.first - 1
        at -= tokens.word(at) == "." and tokens.word(at - 1) in PREFIXES
        word = tokens.word(at)
        if word in PREFIXES and tokens.capital(at) and (len(word) > 1 or tokens.glued(number.first)):
            before, reason = (at, PREFIXES[word]), None if PREFIXES[word] else _OF_MANY.format(tokens.slice(at, at + 1))
        elif word.upper() in CODES and tokens.slice(at, at + 1).isupper():
            before = at, word.upper()
    if before is None:
        return None
    first, unit = before
    at = number.last
    if number.value is not None and number.mantissa is None and tokens.word(at) in SHORT_SCALES:
        scale = SHORT_SCALES[tokens.words[at]]
        if tokens.glued(at) or scale > 1000:
            number = replace(number, last=at + 1, value=number.value * scale, mantissa=number.value, whole=False)
    said_twice = CURRENCIES.get(tokens.word(number.last)) == unit  # "$5 dollars"
    return Measured(number, first, number.last + said_twice, unit or None, True, reason)


def _money_after(tokens: Tokens, number: Numeral) -> Measured | None:
    at = number.last
    number = _long_scale(tokens, number, money=True)
    hyphen = tokens.hyphen(at)
    at = number.last + tokens.hyphen(number.last)
    word = tokens.word(at)
    if word in SYMBOLS and not tokens.figures(at + 1):
        return Measured(number, number.first, at + 1, SYMBOLS[word], True)
    if word.upper() in CODES and at < len(tokens) and tokens.slice(at, at + 1).isupper():
        return Measured(number, number.first, at + 1, word.upper(), True)
    for length in (3, 2):
        name = tokens.phrase(at, at + length).replace("- ", "")
        unit = NATIONAL.get(name) or NATIONAL.get(name.removesuffix("s"))
        if unit:
            return Measured(number, number.first, at + length, unit, True)
    if word not in CURRENCIES or (word == "won" and number.mantissa is None):
        return None
    if word in ("pound", "pounds") and _is_weight(tokens, at, hyphen):
        return Measured(number, number.first, at + 1, "pound")
    unit = CURRENCIES[word]
    return Measured(number, number.first, at + 1, unit or None, True, None if unit else _OF_MANY.format(word))


def _is_weight(tokens: Tokens, at: int, hyphen: bool) -> bool:
    """Whether the pounds at `at` weigh: "a 500-pound bomb", "20 pounds of powder", "weighing 30 pounds"."""
    near = tokens.words[max(0, at - 6) : at]
    return hyphen or tokens.word(at + 1) == "of" or any(word.startswith("weigh") for word in near)


def _long_scale(tokens: Tokens, number: Numeral, money: bool = False) -> Numeral:
    """Read the m of "1.5m people" or "1.5m euros" as million; that of "200m from the gate" is left to be metres."""
    at = number.last
    if number.form != "figures" or number.value is None or tokens.word(at) != "m" or not tokens.glued(at):
        return number
    following = tokens.word(at + 1), tokens.word(at + 2)
    if tokens.capital(at):
        counts = True
    elif money:
        counts = following[0] in CURRENCIES or following[0].upper() in CODES or " ".join(following) in NATIONAL
    else:
        counts = following[0] in _VERBS or _counts(following[0]) or (_counts(following[1]) and following[0] not in STOP)
    if not counts:
        return number
    return replace(number, last=at + 1, value=number.value * 1_000_000, mantissa=number.value, whole=False)


_VERBS = frozenset({"were", "was", "are", "is", "have", "has", "had", "will", "could", "would", "may"})


def _counts(noun: str) -> bool:
    return is_plural(noun) or are_persons(noun)


def _magnitude(tokens: Tokens, number: Numeral) -> Measured | None:
    """The size of an earthquake: "magnitude 6.3", "a magnitude of 6.3"."""
    first = number.first
    for words in ("magnitude", "magnitude -", "magnitude of"):
        length = words.count(" ") + 1
        if tokens.phrase(first - length, first) == words:
            return Measured(number, first - length, number.last, "magnitude")
    return None


def _measure(tokens: Tokens, number: Numeral) -> Measured | None:
    hyphen = tokens.hyphen(number.last)
    at = number.last + hyphen
    for length in range(_LONGEST, 0, -1):
        form = tokens.phrase(at, at + length)
        if form in UNITS and _is_unit(tokens, number, at, length):
            return Measured(number, number.first, at + length, UNITS[form])
    if number.mantissa is not None:  # a short scale word was read
        return Measured(number, number.first, number.last, None)
    return None


def _is_unit(tokens: Tokens, number: Numeral, at: int, length: int) -> bool:
    """Whether the word is the unit of the number: a very short one only right after figures ("5t")."""
    if tokens.glued(at + length) and tokens.word(at + length)[0].isalnum():
        return False
    word = tokens.words[at]
    if word == "m" and tokens.capital(at):
        return False
    if length > 1 or word not in GLUED_UNITS:
        return True
    return number.form == "figures" and (tokens.glued(at) or word == "m")
