"""Which nation a word means: a country's name, its demonym, its capital, or another adjective that is used for it."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from sayso.voices.lexicon import lexicon

_STATES: dict[str, str] = tomllib.loads((files(__package__) / "words.toml").read_text("utf-8"))["states"]


def nation_of(word: str) -> str:
    """The country that a word tells, in lower case; the word itself, without the ending of several, if it tells none."""
    plain = _plain(word)
    return _country(plain) or plain.removesuffix("s")


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
        country = _STATES.get(form) or known.countries.get(form) or _capitals().get(form)
        if country:
            return country
    return None


@cache
def _capitals() -> dict[str, str]:
    rows = (files(__package__) / "capitals.tsv").read_text("utf-8").splitlines()
    return dict(row.split("\t", 1) for row in rows if not row.startswith("#"))
