"""The number that some tokens say: "14", "2,000", "twenty-four", "a hundred", "5 1/2", "a couple of", "several"."""

from __future__ import annotations

from sayso.grounding.times.lexicon import lexicon
from sayso.grounding.times.tokens import Tokens
from sayso.grounding.times.values import NotATime, NoValue


def number(tokens: Tokens, first: int, last: int) -> float | str:
    """The number that tokens `[first, last)` say; "X" for an unknown one, as in "several".

    Raises NoValue if it has more digits than anything that can be counted.
    """
    words = [tokens.word(index) for index in range(first, last)]
    if "/" in words:
        at = words.index("/")
        return _fraction(words[:at], words[at + 1])
    total: float = 0
    for word in words:
        if word[0].isdigit():
            total = _digits(tokens, word)
            continue
        if word.lower() == "half":
            return total + 0.5
        value = lexicon().values.get(word)
        if value == "X":
            return "X"
        if isinstance(value, int) and value and word.lower() not in ("a", "an"):
            total = (total or 1) * value if value >= 100 or word.lower() in ("dozen", "couple") else total + value
    return total


def year(tokens: Tokens, first: int, last: int) -> int:
    """The year that number words say: "nineteen ninety-six", "two thousand and one", "twenty thirty-one".

    Raises NotATime if they say none of the years 1100 to 2199.
    """
    values = [lexicon().values.get(tokens.word(index), 0) for index in range(first, last)]
    numbers = [value for value in values if isinstance(value, int) and value]
    if 1000 in numbers or 100 in numbers:
        total = numbers[0] * numbers[1] + sum(numbers[2:])
    else:
        total = 100 * numbers[0] + sum(numbers[1:])
    if not 1100 <= total <= 2199 or (numbers[0] >= 20 and len(numbers) == 2 and numbers[1] < 10):
        raise NotATime
    return total


def ordinal(tokens: Tokens, first: int, last: int) -> int:
    """The number that an ordinal says: "third", "21st", "twenty-first"."""
    total = 0
    for index in range(first, last):
        word = tokens.word(index)
        value = lexicon().values.get(word, 0)
        total += int(word[:-2]) if word[0].isdigit() else value if isinstance(value, int) else 0
    return total


def _fraction(words: list[str], below: str) -> float:
    whole = int(words[0]) if len(words) > 1 else 0
    return whole + int(words[-1]) / int(below)


def _digits(tokens: Tokens, word: str) -> float:
    if len(word.replace(",", "").split(".")[0]) > 6 or len(word) > 12:
        raise NoValue("the number is too large to count with")
    value = float(word.replace(",", ""))
    return int(value) if value.is_integer() else value
