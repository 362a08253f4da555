"""The words that the geocoder knows, read once from the data file beside this one."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

from sayso.grounding.places.gazetteer import Kind


@dataclass(frozen=True, slots=True)
class Words:
    """In lower case but for the codes. `kinds` maps a word ("province") to the kind of place that it tells of; `after`
    and `before` are words of names of what no town is ("river", "base"); `parts` may stand before the name of a larger
    place ("northern"); `codes` maps an abbreviation, as it is written, to the name and country of a province."""

    kinds: dict[str, Kind]
    after: frozenset[str]
    before: frozenset[str]
    parts: frozenset[str]
    codes: dict[str, list[tuple[str, str]]]


@cache
def words() -> Words:
    """The words that ship."""
    data = tomllib.loads((files(__package__) / "words.toml").read_text("utf-8"))
    kinds = {word: cast(Kind, kind) for kind, listed in data["kinds"].items() for word in listed}
    codes: dict[str, list[tuple[str, str]]] = {}
    for country, table in data["codes"].items():
        for code, name in table.items():
            codes.setdefault(code, []).append((name, country))
    return Words(
        kinds,
        frozenset(data["elsewhere"]["after"]),
        frozenset(data["elsewhere"]["before"]),
        frozenset(data["within"]["parts"]),
        codes,
    )
