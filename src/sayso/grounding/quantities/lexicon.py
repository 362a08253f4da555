"""The words that amounts are made of, read once from the data files beside this one."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from sayso.grounding.quantities.tokens import key

_WORDS: dict[str, Any] = tomllib.loads((files(__package__) / "words.toml").read_text("utf-8"))
_GRAMMAR = _WORDS["grammar"]

NUMBERS: Mapping[str, int] = _WORDS["numbers"]
SCALES: Mapping[str, int] = _WORDS["scales"]
SHORT_SCALES: Mapping[str, int] = _WORDS["short_scales"]
OPEN: Mapping[str, int] = _WORDS["open"]
"""Number words in the plural, which leave the number open: how much one of them is."""
PARTS: Mapping[str, int] = _WORDS["parts"]
BEFORE_PARTS = frozenset(_WORDS["around_parts"]["before"])
AFTER_HALF = frozenset(_WORDS["around_parts"]["after_half"])
NOT_HALVES = frozenset(_WORDS["around_parts"]["no_half"])
VULGAR: Mapping[str, float] = _WORDS["vulgar"]


def _set(words: Iterable[str]) -> frozenset[str]:
    return frozenset(key(word) for word in words)


def _forms(table: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {key(form): name for name, forms in table.items() for form in forms}


BEFORE: Mapping[str, str] = _forms(_WORDS["bounds"]["before"])
AFTER: Mapping[str, str] = _forms(_WORDS["bounds"]["after"])
"""Phrases around a number: "low" where it is the lower end, "high" the upper, "about" where it is approximate."""

UNITS: Mapping[str, str] = _forms(_WORDS["units"])
GLUED_UNITS = _set(_WORDS["glued_units"]["forms"])
SYMBOLS: Mapping[str, str] = _WORDS["currency"]["symbols"]
DOLLARS: Mapping[str, str] = _WORDS["currency"]["dollars"]
CODES = frozenset(_WORDS["currency"]["codes"]["codes"])
PREFIXES: Mapping[str, str] = _WORDS["currency"]["prefixes"]
CURRENCIES: Mapping[str, str] = _WORDS["currency"]["names"]
NATIONAL: Mapping[str, str] = {key(name): code for name, code in _WORDS["currency"]["national"].items()}

TIME_UNITS = _set(_WORDS["times"]["units"])
BETWEEN_TIMES = _set(_WORDS["times"]["between"])
CLOCK = _set(_WORDS["times"]["clock"])
MONTHS = _set(_WORDS["times"]["months"])
YEAR_AFTER = _set(_WORDS["times"]["year_after"])
ERAS = _set(_WORDS["times"]["eras"])
RANKED = _set(_WORDS["ranks"]["before"])
BEFORE_COUNTS = _set(_WORDS["times"]["before_counts"])
NAMED_AGES = _set(_WORDS["times"]["named_ages"])
AGES = _set(_WORDS["times"]["ages_before"])
LABELS = frozenset(_WORDS["labels"]["nouns"])
SHORT_LABELS = _set(_WORDS["labels"]["short"])
NO_COMPOUNDS = _set(_WORDS["compounds"]["none"])
STRONG = _set(_WORDS["compounds"]["strong"])
SCORES = _set(_WORDS["scores"]["nouns"])
MULTIPLES = _set(_WORDS["scores"]["multiples"])

FATES: Mapping[str, str] = _forms(_WORDS["fates"])
"""Every form of a word for what happens to people → the name of that fate."""
HARM = _set(_WORDS["harm"]["nouns"])
BEFORE_HARM = _set(_WORDS["harm"]["between"])

AUXILIARIES = _set(_GRAMMAR["auxiliaries"])
BEFORE_NUMBER = _set(_GRAMMAR["before_number"])
DETERMINERS = _set(_GRAMMAR["determiners"])
OF_PERSONS = _set(_GRAMMAR["of_persons"])
STOP = _set(_GRAMMAR["stop"])
_IRREGULAR = _set(_GRAMMAR["irregular"])
_NO_PLURAL = _set(_GRAMMAR["no_plural"])
NOT_ONE = _set(_WORDS["one"]["never"])
PLACES = _set(_WORDS["one"]["places"])

SEEDS = frozenset({*NUMBERS, *SCALES, *OPEN, *PARTS, *VULGAR, *SYMBOLS, "couple", "pair", "no", "nobody", "none"})
"""Words that an amount may be found at, besides figures."""


@cache
def _people() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    words = tomllib.loads((files(__package__) / "people.toml").read_text("utf-8"))
    rows = (files("sayso") / "voices" / "nationalities.tsv").read_text("utf-8").splitlines()
    peoples = {row.split("\t")[0] for row in rows if not row.startswith("#")}
    one = frozenset(words["singular"].split())
    many = {_plural(word) for word in one} | {word + "s" for word in peoples}
    same = {word for word in peoples if word.endswith(("ese", "ish", "ch", "ss"))}
    return one, frozenset(many | same | set(words["plural"].split())), frozenset(peoples)


def _plural(noun: str) -> str:
    if noun.endswith("man") and noun != "human":
        return noun[:-2] + "en"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def is_person(noun: str) -> bool:
    """Whether a noun in lower case is one person."""
    return noun in _people()[0]


def is_demonym(word: str) -> bool:
    """Whether a word in lower case says of which country somebody or something is."""
    return word in _people()[2]


def are_persons(noun: str) -> bool:
    """Whether a noun in lower case is several persons."""
    return (
        noun in _people()[1] or noun.endswith(("women", "people", "ians")) or (noun.endswith("ists") and len(noun) > 6)
    )


def is_plural(noun: str) -> bool:
    """Whether a noun in lower case looks like a plural."""
    if noun in _IRREGULAR:
        return True
    return (
        len(noun) > 3 and noun.endswith("s") and not noun.endswith(("ss", "us", "is", "ous")) and noun not in _NO_PLURAL
    )
