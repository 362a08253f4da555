"""Whether words judge whom they are said of: one rule for all, over words alone.

Every word has a weight: from the open lexica compiled in `loaded.tsv` (how strongly, and how subjectively, people felt
it to speak for or against), unless `words.toml` says that it classifies or that it judges. A label is as loaded as its
strongest word, and a little more for the next. Names are never looked at.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

_WORDS = tomllib.loads((files(__package__) / "words.toml").read_text("utf-8"))
JUDGES = 1.0
"""The weight of a word that is listed as one that judges; that of one that classifies is nothing."""
SLOPE, THRESHOLD = 9.0, 0.55
"""Of the logistic curve from weight to probability; chosen on the half of `evals/labels.jsonl` that is for tuning."""
_NEXT = 0.25
_CLASSIFYING = frozenset(_WORDS["adjectives"]["classifying"])
_LISTED = _CLASSIFYING | frozenset(_WORDS["adjectives"]["evaluative"])
_PAIRS = frozenset(_WORDS["adjectives"]["evaluative_pairs"])


@cache
def weights() -> dict[str, float]:
    """The weight of every word that has one, from 0 to 1, in lower case."""
    found: dict[str, float] = {}
    for row in (files(__package__) / "loaded.tsv").read_text("utf-8").splitlines():
        if row and not row.startswith("#"):
            word, weight = row.split("\t")
            found[word] = float(weight)
    nouns = (word for sort in _WORDS["heads"].values() for word in sort)
    found |= dict.fromkeys(nouns, 0.0) | dict.fromkeys(_WORDS["adjectives"]["classifying"], 0.0)
    return found | dict.fromkeys(_WORDS["adjectives"]["evaluative"], JUDGES)


def probability(words: Sequence[str]) -> float:
    """The probability that a label is loaded, from its words in lower case, names left out; 0 if there are none."""
    pairs = (JUDGES for pair in pairwise(words) if " ".join(pair) in _PAIRS)
    found = sorted([*map(_weight, words), *pairs], reverse=True)
    if not found:
        return 0.0
    weight = found[0] + _NEXT * sum(found[1:2])
    return round(1 / (1 + math.exp(-SLOPE * (weight - THRESHOLD))), 3)


def knows(word: str) -> bool:
    """Whether a word is an adjective that says something of what it stands before, as far as one can tell: what ends in
    "-ing" must be listed, since "winning Lyth" may be a clause."""
    return word in _LISTED or "-" in word or (word in weights() and not word.endswith("ing"))


def classifies(word: str) -> bool:
    """Whether a word is listed as one that says of what sort something is."""
    return word in _CLASSIFYING


@lru_cache(maxsize=1 << 14)  # a few words make up most of a text
def _weight(word: str) -> float:
    """The weight of a word, or of the heaviest part of one that hyphens join."""
    known = weights()
    if word in known:
        return known[word]
    parts = word.split("-")
    if len(parts) > 1:
        return max(known.get(part, 0.0) for part in parts)
    return known.get(word.removesuffix("s"), 0.0)
