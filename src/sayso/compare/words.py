"""The words of statements as they are compared: stems, and how much each tells."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib import resources

import regex

_WORD = regex.compile(r"[\p{L}\p{N}]+(?:['’]\p{L}+)?")
_ENDINGS = ("ing", "ied", "ies", "ed", "es", "s")
_SHORTEST = 3  # letters left of a word whose ending is cut off
# Words that stand in any statement.
_EMPTY = frozenset(resources.files(__package__).joinpath("empty.txt").read_text("utf-8").split())


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """A word without case, possessive and common endings."""
    plain = word.lower().replace("’", "'").removesuffix("'s")
    for ending in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= _SHORTEST:
            return plain.removesuffix(ending)
    return plain


def stems(text: str) -> frozenset[str]:
    """The stems of a text that tell anything."""
    return frozenset(map(stem, _WORD.findall(text))) - _EMPTY


class Rarity:
    """How much a stem tells: the logarithm of how few of the texts hold it."""

    def __init__(self, texts: Iterable[frozenset[str]]) -> None:
        counted: Counter[str] = Counter()
        self._texts = 0
        for found in texts:
            counted.update(found)
            self._texts += 1
        self._counted: Mapping[str, int] = counted

    @classmethod
    def counted(cls, texts: int, holding: Mapping[str, int]) -> Rarity:
        """That of so many texts, of which each word stands in so many; one that is not named, in none."""
        rarity = cls(())
        rarity._texts, rarity._counted = texts, holding
        return rarity

    def __call__(self, word: str) -> float:
        return math.log((self._texts + 1) / (self._counted.get(word, 0) + 0.5))

    def of(self, words: Iterable[str]) -> float:
        """That of all together, to the last digit the same in whatever order they come."""
        return math.fsum(map(self, words))

    def holding(self, word: str) -> int:
        """How many texts hold it."""
        return self._counted.get(word, 0)


def rarest(words: Iterable[str], rarity: Rarity, most: int) -> Sequence[str]:
    """The words that tell most, so many at most."""
    return sorted(words, key=lambda word: (-rarity(word), word))[:most]
