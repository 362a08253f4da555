"""Numbers as they are written: in figures, in words, left open ("hundreds"), or as a part ("a third")."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from typing import Literal

from sayso.grounding.quantities.lexicon import (
    AFTER_HALF,
    BEFORE_PARTS,
    CURRENCIES,
    FATES,
    NOT_HALVES,
    NUMBERS,
    OPEN,
    PARTS,
    SCALES,
    SHORT_SCALES,
    STOP,
    TIME_UNITS,
    UNITS,
    VULGAR,
)
from sayso.grounding.quantities.tokens import Tokens

LARGEST = 2**53
"""No greater number is kept: beyond it floats skip whole numbers."""

_UNCERTAIN = "number too large to be kept exactly"
_UNREADABLE = "number not understood"
_FORMS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
_POINTS = re.compile(r"\d{1,3}(?:\.\d{3}){2,}")
_LONGEST = 40
"""So many characters hold every number up to `LARGEST` with more decimals than news has."""
_BELOW = frozenset({"2", "3", "4", "5", "6", "7", "8", "10", "16", "32", "64"})
_BLANKS = frozenset(" \u00a0\u202f\u2009")


@dataclass(frozen=True, slots=True)
class Numeral:
    """The tokens [first, last) are a number. `value` is None with a `reason` where it cannot be kept.

    `form` says how it is written; a "part" has its value in percent. `approximate` is set where the words are vague
    themselves. `mantissa` is what stands before the scale word ("10" of "10 million"), None without one. `whole` marks
    plain figures without separator, as years and labels are.
    """

    first: int
    last: int
    value: Decimal | None
    form: Literal["figures", "words", "open", "part"]
    approximate: bool = False
    mantissa: Decimal | None = None
    whole: bool = False
    reason: str | None = None


def numeral(tokens: Tokens, index: int) -> Numeral | None:
    """The number that is found at the token `index`, which it may begin a word or two before; None if there is none."""
    word = tokens.words[index]
    found: Numeral | None = None
    if word[0].isdecimal():
        found = _fraction_alone(tokens, index) or _scaled(tokens, _figures(tokens, index))
    elif word in NUMBERS:
        found = _part_of_many(tokens, index) or _spelled(tokens, index)
    elif word in SCALES:
        found = _after_article(tokens, index)
    elif word in OPEN:
        found = _left_open(tokens, index)
    elif word in ("couple", "pair"):
        found = _two(tokens, index)
    elif word in PARTS:
        found = _part(tokens, index)
    elif word in VULGAR:
        found = Numeral(index, index + 1, Decimal(str(VULGAR[word])), "part")
    return found and _within_bounds(found)


def _within_bounds(found: Numeral) -> Numeral:
    if found.value is not None and abs(found.value) > LARGEST:
        return replace(found, value=None, reason=_UNCERTAIN)
    return found


def _figures(tokens: Tokens, index: int) -> Numeral:
    last = index + 1
    while _goes_on(tokens, index, last):
        last += 1
    digits = "".join(tokens.words[index:last])
    if len(digits) > _LONGEST:
        return Numeral(index, last, None, "figures", reason=_UNCERTAIN)
    if _FORMS.fullmatch(digits):
        value = Decimal(digits.replace(",", ""))
    elif _POINTS.fullmatch(digits):
        value = Decimal(digits.replace(".", ""))
    else:
        return Numeral(index, last, None, "figures", reason=_UNREADABLE)
    fraction = _fraction(tokens, last)
    if fraction:
        return Numeral(index, last + 3, value + fraction, "figures")
    vulgar = tokens.word(last) in VULGAR and tokens.glued(last)
    if vulgar:
        value += Decimal(str(VULGAR[tokens.words[last]])) / 100
    return Numeral(index, last + vulgar, value, "figures", whole=digits.isdecimal() and not vulgar)


def _fraction_alone(tokens: Tokens, index: int) -> Numeral | None:
    """2/3 of, 3/4 mile: without a whole or a unit after it, it is a date or a score."""
    fraction = _fraction(tokens, index)
    if fraction is None:
        return None
    if tokens.word(index + 3) == "of":
        return _over_scale(tokens, index, index + 3, fraction)
    if tokens.word(index + 3) in UNITS:
        return Numeral(index, index + 3, fraction, "words")
    return None


def _fraction(tokens: Tokens, index: int) -> Decimal | None:
    """The fraction in figures at the token `index`, as the 1/2 of "6 1/4"; None if there is none."""
    above, slash, below = (tokens.word(index + step) for step in range(3))
    glued = tokens.glued(index + 1) and tokens.glued(index + 2) and not tokens.glued(index)
    if slash != "/" or not glued or below not in _BELOW or not above.isdecimal() or len(above) > 2:
        return None
    if tokens.word(index + 3) == "/" or not 0 < int(above) < int(below):
        return None
    return Decimal(int(above)) / int(below)


def _goes_on(tokens: Tokens, index: int, last: int) -> bool:
    """Whether three more digits follow after a blank, as in "72 000"."""
    first, more = tokens.words[index], tokens.word(last)
    return (
        more.isdecimal()
        and len(more) == 3
        and first.isdecimal()
        and len(first) <= 3
        and first[0] != "0"
        and tokens.text[tokens.ends[last - 1] : tokens.starts[last]] in _BLANKS
    )


def _scaled(tokens: Tokens, found: Numeral, again: bool = True) -> Numeral:
    """The number with the scale words after it, one or two: "1.5 million", "3bn", "2-million", "2 lakh crore"."""
    at = found.last + (tokens.hyphen(found.last) and tokens.word(found.last + 1) in SCALES)
    word = tokens.word(at)
    scale = SCALES.get(word)
    if scale is None and tokens.glued(at) and word in SHORT_SCALES and word != "m":  # m: `units` decides
        scale = SHORT_SCALES[word]
    if scale is None or found.value is None:
        return found
    found = replace(found, last=at + 1, value=found.value * scale, mantissa=found.value, whole=False)
    return _scaled(tokens, found, again=False) if again and word in ("hundred", "thousand", "lakh") else found


def _spelled(tokens: Tokens, index: int) -> Numeral | None:
    total = current = Decimal(0)
    largest: int | None = None
    mantissa: Decimal | None = None
    at, last = index, index
    while True:
        word = tokens.word(at)
        if word in NUMBERS and _fits(int(current), NUMBERS[word], last == index):
            current += NUMBERS[word]
        elif word == "hundred" and 0 < current < 100:
            current *= 100
        elif word in SCALES and word != "hundred" and current and (largest is None or SCALES[word] < largest):
            largest, mantissa = SCALES[word], current if mantissa is None else mantissa
            total, current = total + current * largest, Decimal(0)
        elif last > index and _has_half(tokens, last):
            current, at = current + Decimal("0.5"), last + 2
        else:
            break
        last = at + 1
        at = _next_word(tokens, last)
    if last == index:
        return None
    return Numeral(index, last, total + current, "words", mantissa=mantissa)


def _has_half(tokens: Tokens, last: int) -> bool:
    """Whether "and a half" belongs to the number: "two and a half million", not "two and a half of them"."""
    return tokens.phrase(last, last + 3) == "and a half" and tokens.word(last + 3) not in STOP


def _fits(current: int, number: int, first: bool) -> bool:
    """Whether `number` may follow in words: "twenty" "five", "two hundred" "fifty"; not "two" "three"."""
    if first:
        return True
    if current == 0:
        return number > 0
    return 0 < number < (10 if current % 100 >= 20 and current % 10 == 0 else 100 if current % 100 == 0 else 0)


def _next_word(tokens: Tokens, last: int) -> int:
    """Where a number in words may go on: over a hyphen, or over "and" after hundreds."""
    if tokens.hyphen(last):
        return last + 1
    after = tokens.words[last - 1] in SCALES and tokens.word(last) == "and" and tokens.word(last + 1) in NUMBERS
    return last + 1 if after else last


def _part_of_many(tokens: Tokens, index: int) -> Numeral | None:
    """Two-thirds, three quarters, one third: a number and what part of the whole it counts."""
    at = index + 1 + tokens.hyphen(index + 1)
    word = tokens.word(at)
    number = NUMBERS[tokens.words[index]]
    joined = at == index + 2
    if word not in PARTS or not 0 < number < PARTS[word] or (number > 1) != word.endswith("s"):
        return None
    if word == "quarters" and not joined and tokens.word(at + 1) != "of":
        return None  # of a year
    return _over_scale(tokens, index, at + 1, Decimal(number) / PARTS[word])


def _over_scale(tokens: Tokens, first: int, last: int, part: Decimal) -> Numeral | None:
    """A part of a scale ("a quarter of a million") or of a whole, in percent; None if it is of a time."""
    at = last + (tokens.word(last) == "of")
    at += tokens.word(at) in ("a", "an", "the", "-")
    if tokens.word(at) in TIME_UNITS:
        return None
    if tokens.word(at - 1) in ("a", "an", "-"):
        if tokens.word(at) in SCALES:
            return Numeral(first, at + 1, part * SCALES[tokens.words[at]], "words", mantissa=part)
        if tokens.word(at) in UNITS or tokens.word(at) in CURRENCIES:
            return Numeral(first, at, part, "words")
    with localcontext() as context:
        context.prec = 20
        return Numeral(first, last, part * 100, "part")


def _after_article(tokens: Tokens, index: int) -> Numeral | None:
    """A hundred, a million; several thousand, a few dozen, a couple of hundred."""
    last, value = index + 1, Decimal(SCALES[tokens.words[index]])
    while tokens.word(last) in SCALES and tokens.word(last) != "dozen" and last < index + 3:
        value, last = value * SCALES[tokens.words[last]], last + 1
    before = tokens.word(index - 1)
    if before in ("a", "an", "one"):
        rest = _spelled(tokens, last + 1) if tokens.word(last) == "and" and tokens.word(last + 1) in NUMBERS else None
        if rest and rest.value is not None and value >= 100 and rest.value < 100 and index + 1 == last:
            return Numeral(index - 1, rest.last, value + rest.value, "words")
        return Numeral(index - 1, last, value, "words", mantissa=Decimal(1))
    if before in ("several", "few"):
        first = index - 1 - (tokens.word(index - 2) == "a")
        return Numeral(first, last, 2 * value, "open", approximate=True)
    if tokens.phrase(index - 3, index) == "a couple of" or tokens.phrase(index - 2, index) == "a couple":
        first = index - (3 if before == "of" else 2)
        return Numeral(first, last, 2 * value, "words", approximate=True)
    return None


def _left_open(tokens: Tokens, index: int) -> Numeral | None:
    value, last = Decimal(OPEN[tokens.words[index]]), index + 1
    while tokens.word(last) == "of" and tokens.word(last + 1) in OPEN and last - index < 5:
        value, last = value * OPEN[tokens.words[last + 1]], last + 2
    after = tokens.word(last)
    if tokens.words[index] == "tens" and last == index + 1:
        return None
    if tokens.words[index] == "scores" and after not in FATES and after not in ("of", "more", "were"):
        return None  # of games
    return Numeral(index, last, 2 * value, "open", approximate=True)


def _two(tokens: Tokens, index: int) -> Numeral | None:
    """A pair of, a couple of; without "of" a couple is two people who belong together."""
    vague = tokens.words[index] == "couple"
    if tokens.word(index - 1) != "a" or tokens.word(index + 1) != "of" or tokens.word(index + 2) in SCALES:
        return None
    return Numeral(index - 1, index + 1, Decimal(2), "words", approximate=vague)


def _part(tokens: Tokens, index: int) -> Numeral | None:
    """A third of, half the, by a quarter: a part that no number stands before."""
    word, before, after = tokens.words[index], tokens.word(index - 1), tokens.word(index + 1)
    if tokens.hyphen(index + 1) and not (word == "half" and tokens.word(index + 2) in SCALES):
        return None
    if word == "half":
        return _half(tokens, index)
    said = after in ("of", "were", "are", "have") or tokens.word(index - 2) in BEFORE_PARTS
    if before != "a" or word.endswith("s") or not said or (after[0].isalpha() and after not in STOP):
        return None  # "the third", "a third man", "and a third, aged five"
    return _over_scale(tokens, index - 1, index + 1, Decimal(1) / PARTS[word])


def _half(tokens: Tokens, index: int) -> Numeral | None:
    before, after, second = (tokens.word(index + step) for step in (-1, 1, 2))
    if before in NOT_HALVES or after in ("as", "past", "way", "time"):
        return None
    if second in TIME_UNITS or (after not in AFTER_HALF and (before not in BEFORE_PARTS or not _ends(after))):
        return None
    if after in ("a", "an", "-") and not (second in SCALES or second in UNITS or second in CURRENCIES):
        return None  # "half a loaf"
    first = index - 1 if before == "a" else index
    return _over_scale(tokens, first, index + 1, Decimal("0.5"))


def _ends(word: str) -> bool:
    return not word[0].isalpha() or word in STOP
