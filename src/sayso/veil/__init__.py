"""The veil: what the network is shown in place of names, so that it cannot tell one side from another by them.

Every state is Canada to it, every people, faith and party Canadian, every outlet Reuters, every town Paris, every first
name John, every abbreviation UN, and every other word with a capital that no dictionary has in lower case Smith. The
text itself, and every offset into it, stays as it is: only what the tokenizer splits into pieces is another.
"""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path

from sayso.shown import StandIn
from sayso.text import Unit
from sayso.voices.lexicon import lexicon
from sayso.windows import Windower

STATE, PEOPLE, PEOPLES, OUTLET, TOWN, FIRST, SHORT, OTHER = (
    "Canada",
    "Canadian",
    "Canadians",
    "Reuters",
    "Paris",
    "John",
    "UN",
    "Smith",
)
"""Each a single word piece."""

CONFIG = "config.json"
"""Of a folder of weights; says whether they have learnt with names veiled."""

_LONGEST_SHORT = 6


class Veil:
    """Knows names. Holds the words of the package's lists; safe to share between threads."""

    def __init__(self, names: Mapping[str, str], english: frozenset[str]) -> None:
        """`names`: in lower case, of one word or of several, with what stands for them; `english`: what is no name."""
        self._names = names
        self._english = english
        self._seen: dict[str, str | None] = {}

    @cached_property
    def _longer(self) -> Mapping[str, Sequence[tuple[str, ...]]]:
        """The names of several words by their first word, the longest first."""
        found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for name in self._names:
            words = tuple(name.split())
            if len(words) > 1:
                found[words[0]].append(words)
        return {first: sorted(names, key=len, reverse=True) for first, names in found.items()}

    def stand_ins(self, text: str, words: Sequence[Unit]) -> list[StandIn]:
        """What stands in the place of the names among the units of one paragraph, in order."""
        found: list[StandIn] = []
        index = 0
        while index < len(words):
            start, end = words[index]
            if not text[start].isupper():
                index += 1
                continue
            long = self._long(text, words, index)
            word = self._names[" ".join(long)] if long else self._word(text[start:end])
            last = index + max(1, len(long))
            if word is not None:
                found.append(StandIn(index, last, word))
            index = last
        return found

    def _long(self, text: str, words: Sequence[Unit], index: int) -> tuple[str, ...]:
        """The words of the longest name of several that begins here, each with a capital where it is no short word."""
        start, end = words[index]
        for name in self._longer.get(text[start:end].lower(), ()):
            spans = words[index : index + len(name)]
            here = [text[a:b] for a, b in spans]
            if tuple(w.lower().replace("’", "'") for w in here) == name and all(
                w[0].isupper() or len(w) < 4 for w in here
            ):
                return name
        return ()

    def _word(self, word: str) -> str | None:
        """What stands for one word with a capital; None if it may be seen."""
        if word not in self._seen:
            if len(self._seen) > 1 << 16:  # hostile texts may have any number of words
                self._seen.clear()
            self._seen[word] = self._decided(word)
        return self._seen[word]

    def _decided(self, word: str) -> str | None:
        lower = word.lower().replace("’", "'")
        short = word.isupper() and 1 < len(word) <= _LONGEST_SHORT
        known = self._names.get(lower)
        if known is not None and not (lower == "us" and not short):
            return known.upper() if word.isupper() and not short else known
        first, mark, rest = word.partition("-")
        if mark and rest and rest.islower():  # "Iranian-backed"
            part = self._word(first)
            return None if part is None else f"{part}-{rest}"
        if lower in self._english or len(word) == 1 or not any(c.isalpha() for c in word):
            return None
        if short:
            return SHORT
        return OTHER.upper() if word.isupper() else OTHER


def windower_of(folder: Path) -> Windower:
    """What cuts texts into windows as the model in that folder has learnt to see them."""
    config = folder / CONFIG
    veiled = config.exists() and json.loads(config.read_text("utf-8")).get("veiled", False)
    return Windower.from_file(folder / "tokenizer.json", veil() if veiled else None)


@cache
def veil() -> Veil:
    """The veil of the package's lists."""
    words = tomllib.loads((files(__package__) / "words.toml").read_text("utf-8"))
    known = lexicon()
    english = frozenset(_lines("english.txt")) | frozenset(words["kept"]) | known.honorifics.keys()
    names: dict[str, str] = {}
    names |= dict.fromkeys((name for name in known.first_names if name not in english), FIRST)
    names |= dict.fromkeys((*_lines("towns.txt"), *words["provinces"]), TOWN)
    names |= dict.fromkeys((name for name in known.media_names if _tells(name, english)), OUTLET)
    for people in (*known.countries, *words["peoples"]):
        names |= {people: PEOPLE, f"{people}s": PEOPLES}
    names |= dict.fromkeys((*known.country_names, *words["states"]), STATE)
    return Veil({name: shown for name, shown in names.items() if name not in words["kept"]}, english)


def _tells(name: str, english: frozenset[str]) -> bool:
    """Whether words with capitals are an outlet's name for sure."""
    words = name.split()
    return (len(words) > 1 and any(word not in english for word in words)) or words[0] not in english


def _lines(name: str) -> Iterable[str]:
    rows = (files(__package__) / name).read_text("utf-8").splitlines()
    return (row for row in rows if not row.startswith("#"))
