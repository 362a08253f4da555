"""A paragraph → its tokens, each with the symbol that the grammar knows it by."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import regex

from sayso.grounding.times.lexicon import Value, lexicon

LONGEST_NUMBER = 6
"""Digits of the longest number that can count anything in a value; longer ones are found, and given no value."""


class Tokens(NamedTuple):
    """The tokens of one paragraph: the offsets of each in the text, and their symbols, one character each."""

    text: str
    spans: list[tuple[int, int]]
    codes: str

    def word(self, index: int) -> str:
        """The token as it is written."""
        return self.text[slice(*self.spans[index])]

    def value(self, index: int) -> Value:
        """What a word of the lexicon stands for."""
        return lexicon().values[self.word(index)]


def tokens(text: str, start: int, end: int) -> Tokens:
    """The tokens of `text[start:end]`. Takes time in proportion to its length."""
    spans: list[tuple[int, int]] = []
    codes: list[str] = []
    known = lexicon().codes
    for match in _token().finditer(text, start, end):
        word = match[0]
        spans.append(match.span())
        codes.append(known.get(word) or _code(word, match.lastgroup))
    return Tokens(text, spans, "".join(codes))


@cache
def _token() -> regex.Pattern[str]:
    """What a token is. Runs of unknown length are possessive, so none is gone over twice."""
    two = "[0-9]{2}"
    names = sorted(map(regex.escape, lexicon().holidays.names()), key=len, reverse=True)
    return regex.compile(
        rf"""
        (?P<HOLIDAY>(?=[A-Z])(?:{"|".join(names).replace("'", "['’]")})(?![\w-]))
      | (?P<WORD>[ap]\.m\.?(?!\w)|[AP]\.M\.?(?!\w)|\p{{L}}[\p{{L}}\p{{M}}\p{{Nd}}_]*+)
      | (?P<ISO>[0-9]{{4}}-{two}-{two}(?:T{two}:{two}(?::{two})?(?:Z|[+-]{two}:?{two})?)?(?![\w-]))
      | (?P<NUMERIC>[0-9]{{1,2}}/[0-9]{{1,2}}/(?:[0-9]{{4}}|{two})(?![\w/])
          |[0-9]{{1,2}}\.[0-9]{{1,2}}\.[0-9]{{4}}(?!\w|\.[0-9]))
      | (?P<CLOCK>[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?(?![\w:]))
      | (?P<DECADE>[12][0-9]{{2}}0['’]?s(?!\w))
      | (?P<SHORTDECADE>['’]?[1-9]0['’]?s(?!\w))
      | (?P<ORDDIGITS>[0-9]{{1,2}}(?:st|nd|rd|th)(?!\w))
      | (?P<DECIMAL>[0-9]++(?:,[0-9]{{3}})*+\.[0-9]++)
      | (?P<GROUPED>[0-9]{{1,3}}(?:,[0-9]{{3}})++(?![0-9]))
      | (?P<INTEGER>[0-9]++)
      | (?P<POSSESSIVE>['’]s(?!\w))
      | (?P<MARK>[^\s])
        """,
        regex.VERBOSE,
    )


_MARKS = {".": "DOT", ",": "COMMA", "/": "SLASH", ":": "COLON", "%": "PERCENT", "#": "NUMBERSIGN"}
_MARKS |= dict.fromkeys("-‐‑–", "DASH") | dict.fromkeys('([“‘"`', "OPEN") | dict.fromkeys("$£€¥", "MONEY")


def _code(word: str, sort: str | None) -> str:
    """The symbol of a token that is no word of the lexicon."""
    name = sort or "MARK"
    if sort == "WORD":
        name = "CAPITAL" if word[0].isupper() else "OTHERWORD"
    elif sort == "MARK":
        name = _MARKS.get(word, "OTHERMARK")
    elif sort == "INTEGER":
        name = _integer(word)
    elif sort in ("GROUPED", "DECIMAL") and len(word) > LONGEST_NUMBER + 1:
        name = "HUGE"
    return lexicon().symbols[name]


def _integer(word: str) -> str:
    """DAY for 1 to 31, YEAR for 1900 to 2099, OLDYEAR for what may be a year of other centuries, FOURDIGITS for what is
    written like an hour ("0735"), HUGE for what is too long to count with."""
    if len(word) <= 2:
        return "DAY" if 1 <= int(word) <= 31 else "INTEGER"
    if len(word) == 4 and word[0] == "0":
        return "FOURDIGITS"
    if len(word) == 4 and "1000" <= word <= "2199":
        return "YEAR" if "1900" <= word <= "2099" else "OLDYEAR"
    return "INTEGER" if len(word) <= LONGEST_NUMBER else "HUGE"
