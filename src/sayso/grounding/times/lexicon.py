"""The words of the grammar, read once from `grammar.toml`: what symbol each has, and what it stands for."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Value = int | str
"""What a word stands for: the number of a month or weekday, a letter of a unit, a step forwards or back."""

# Symbols of what is no word of the lexicon; START is what stands before a paragraph.
_OTHERS = """
    START OTHERWORD CAPITAL HOLIDAY ISO NUMERIC CLOCK DECADE SHORTDECADE ORDDIGITS DECIMAL GROUPED HUGE DAY INTEGER YEAR
    OLDYEAR FOURDIGITS POSSESSIVE DOT COMMA DASH SLASH COLON OPEN PERCENT MONEY NUMBERSIGN OTHERMARK
"""


@dataclass(frozen=True, slots=True)
class Holidays:
    """`fixed`: month and day; `nth`: month, weekday, which one (-1: the last), days after it; `easter`: days after
    Easter Sunday; `moving`: those that no rule of the common calendar tells; `notes`: whose custom is followed."""

    fixed: dict[str, list[int]]
    nth: dict[str, list[int]]
    easter: dict[str, int]
    moving: frozenset[str]
    notes: dict[str, str]

    def names(self) -> list[str]:
        """All of them, with straight apostrophes."""
        return [*self.fixed, *self.nth, *self.easter, *self.moving]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`symbols` gives each symbol its character, `codes` each word, as it is written, that of its symbol, `values` what
    the word stands for."""

    symbols: dict[str, str]
    codes: dict[str, str]
    values: dict[str, Value]
    holidays: Holidays


@cache
def grammar() -> dict[str, Any]:
    """The grammar that ships, as TOML has it."""
    return tomllib.loads((files(__package__) / "grammar.toml").read_text("utf-8"))


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships."""
    words, holidays = grammar()["words"], grammar()["holidays"]
    symbols = {name: chr(0x4E00 + index) for index, name in enumerate([*_OTHERS.split(), *words])}
    codes: dict[str, str] = {}
    values: dict[str, Value] = {}
    for name, entry in words.items():
        for word, value in entry["values"].items():
            for form in _forms(word, entry.get("case", "any")):
                codes.setdefault(form, symbols[name])
                values.setdefault(form, value)
    return Lexicon(
        symbols,
        codes,
        values,
        Holidays(
            holidays["fixed"],
            holidays["nth"],
            holidays["easter"],
            frozenset(holidays["moving"]["names"]),
            holidays["notes"],
        ),
    )


def _forms(word: str, case: str) -> Iterator[str]:
    if case in ("any", "lower"):
        yield word.lower()
    if case in ("any", "name"):
        yield word[0].upper() + word[1:]
    yield word.upper()
