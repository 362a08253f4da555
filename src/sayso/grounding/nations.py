"""Which nation a word means: a country's name, its demonym, its capital, or another adjective that is used for it."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from sayso.voices.lexicon import lexicon

_WORDS = tomllib.loads((files(__package__) / "words.toml").read_text("utf-8"))
_SHORT: dict[str, str] = _WORDS["states"]["short"]
_EPITHETS: dict[str, str] = _WORDS["states"]["epithets"]


def nation_of(word: str, by_epithet: bool = True) -> str:
    """The country that a word tells, in lower case; the word itself, without the ending of several, if it tells none or
    only as an epithet, where those are not wanted."""
    plain = _plain(word)
    if not by_epithet and is_epithet(word):
        return plain.removesuffix("s")
    return _country(plain) or plain.removesuffix("s")


def is_epithet(word: str) -> bool:
    """Whether a word tells a country without being its name, its people's or its capital's."""
    plain = _plain(word)
    return plain in _EPITHETS or plain.removesuffix("s") in _EPITHETS


def is_nation(word: str) -> bool:
    """Whether a word tells a country."""
    return _country(_plain(word)) is not None


def _plain(word: str) -> str:
    return " ".join(word.lower().replace("’", "'").removesuffix("'s").replace(".", "").split())


def _country(plain: str) -> str | None:
    known = lexicon()
    for form in (plain, plain.removesuffix("s")):
        if form in known.country_names:
            return form
        country = _SHORT.get(form) or _EPITHETS.get(form) or known.countries.get(form) or _capitals().get(form)
        if country:
            return country
    return None


@cache
def _capitals() -> dict[str, str]:
    rows = (files(__package__) / "capitals.tsv").read_text("utf-8").splitlines()
    return dict(row.split("\t", 1) for row in rows if not row.startswith("#"))
