"""The form under which a place name is looked up: no case, no accents, one spelling of what papers spell in several."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex

_DROPPED = regex.compile(r"[.'’‘ʻʼʽʾʿ`´\u200c\u200d\u00ad\p{M}]+")
_BLANK = regex.compile(r"[^\p{L}\p{N}]+")
_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ə": "a", "ħ": "h"}
    | {"&": " and "}
)
_FULL = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
ARTICLES = frozenset(
    ["al", "el", "ul", "ar", "er", "as", "es", "ash", "esh", "ad", "ed", "an", "en", "at", "et", "az", "ez"]
)
"""Forms of the Arabic article: it is assimilated to the next consonant in some spellings, left out in others."""


@lru_cache(maxsize=16384)
def key(name: str) -> str:
    """The key of a name: "St. Paul’s" → "saint pauls", "Al-Ḩawl" → "al hawl", "the U.S." → "us". May be empty."""
    plain = name.casefold().translate(_LETTERS)
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
    words = _BLANK.sub(" ", _DROPPED.sub("", plain)).split()
    if len(words) > 1:
        if words[0] == "the":
            words = words[1:]
        words[:-1] = [_FULL.get(word, word) for word in words[:-1]]
    return " ".join(words)


def without_article(name_key: str) -> str | None:
    """A key without its Arabic article; None where it has none."""
    first, _, rest = name_key.partition(" ")
    return rest if rest and first in ARTICLES else None
