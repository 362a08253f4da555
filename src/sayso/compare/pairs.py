"""Two statements → what they are to each other, by a decision that was learnt from plain features of both.

Two logistic regressions over the same features, learnt on the development half of `evals/incidents` by
`training.compare`: whether they are about the same matter (whatever value or side), and whether they say the same. What
they differ in is told by their numbers and by whether one takes back what the other says.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np

from sayso.compare.types import Pair, Relation, Statement
from sayso.compare.words import Rarity, rarest, stem, stems
from sayso.decode import Floats
from sayso.types import Quantity

FEATURES = (
    "cosine", "containment", "overlap", "shared", "meaning and words", "numbers agree", "numbers differ",
    "number missing", "times agree", "times differ", "names shared", "denial", "length", "short",
    "one voice", "narrated",
)  # fmt: skip
_COMMON = 0.005
"""Candidates share a word that no more than this part of all statements holds, or fewer than `_FEW` do."""
_FEW = 30
_MOST = 40
"""So many candidates of a statement are compared, those first that share most."""
_NEAREST, _ALIKE = 30, 0.1
"""And so many of those nearest in meaning, if they are so near."""
_BLOCK = 2048
_NAMED = 4


class Weights(NamedTuple):
    """A logistic regression over `FEATURES`."""

    weights: Floats
    bias: float

    def __call__(self, features: Sequence[float]) -> float:
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, float(self.weights @ np.array(features)) + self.bias))))


@dataclass(frozen=True, slots=True)
class Decision:
    """What was learnt: `matter` and `same`, each with the probability from which on it is taken to be so."""

    matter: Weights
    same: Weights
    same_from: float
    matter_from: float

    @classmethod
    def load(cls) -> Decision:
        """That of the package."""
        return _decision()


@cache
def _decision() -> Decision:
    kept = json.loads(resources.files(__package__).joinpath("pairs.json").read_text("utf-8"))
    matter, same = (Weights(np.array(kept[k]["weights"]), kept[k]["bias"]) for k in ("matter", "same"))
    return Decision(matter, same, kept["same_from"], kept["matter_from"])


class Compared:
    """All statements of a comparison, with what is needed to compare any two. `vectors` (N, D) are what they mean,
    `rarity` says how much their words tell; without it, that is as they stand in these statements."""

    def __init__(self, statements: Sequence[Statement], vectors: Floats, rarity: Rarity | None = None) -> None:
        self.statements, self.vectors = statements, vectors
        self.stems = [stems(statement.text) for statement in statements]
        self.rarity = rarity or Rarity(self.stems)
        self._weight = [self.rarity.of(words) for words in self.stems]

    def candidates(self) -> Iterator[tuple[int, int]]:
        """The pairs of statements of different reports that are worth a look, in order: those that share words which
        few others have, and those nearest in meaning."""
        near = self._near_in_words()
        for block in range(0, len(self.statements), _BLOCK):
            for index, others in self._near_in_meaning(block):
                near[index] |= others
        for index in range(len(self.statements)):
            yield from ((other, index) for other in sorted(near[index]))

    def _near_in_words(self) -> list[set[int]]:
        """For each statement those before it that share most with it of what few others have."""
        most = max(_FEW, int(_COMMON * len(self.statements)))
        holding: defaultdict[str, list[int]] = defaultdict(list)
        found: list[set[int]] = []
        for index, words in enumerate(self.stems):
            shared: defaultdict[int, float] = defaultdict(float)
            for word in sorted(words):  # sums of floats hang on their order
                if self.rarity.holding(word) <= most:
                    for other in holding[word]:
                        shared[other] += self.rarity(word)
                    holding[word].append(index)
            near = [other for other in shared if self._apart(other, index)]
            found.append(set(sorted(near, key=lambda o: (-shared[o], o))[:_MOST]))
        return found

    def _near_in_meaning(self, first: int) -> Iterator[tuple[int, set[int]]]:
        """For each statement of a block those nearest to it: (the later, the earlier ones)."""
        likeness = self.vectors[first : first + _BLOCK] @ self.vectors.T
        count = min(2 * _NEAREST, likeness.shape[1])
        for row, nearest in enumerate(np.argpartition(-likeness, count - 1, axis=1)[:, :count].tolist()):
            one = first + row
            good = [other for other in nearest if likeness[row, other] >= _ALIKE and self._apart(one, other)]
            for other in sorted(good, key=lambda o: -likeness[row, o])[:_NEAREST]:
                yield max(one, other), {min(one, other)}

    def _apart(self, one: int, other: int) -> bool:
        return self.statements[one].report != self.statements[other].report

    def features(self, one: int, other: int) -> list[float]:
        """The numbers that `FEATURES` names."""
        a, b = self.statements[one], self.statements[other]
        common = self.rarity.of(self.stems[one] & self.stems[other])
        smaller, larger = sorted((self._weight[one], self._weight[other]))
        cosine = float(self.vectors[one] @ self.vectors[other])
        containment = common / max(smaller, 1e-6)
        agree, differ = numbers(a, b)
        return [
            cosine, containment, common / max(smaller + larger - common, 1e-6), min(common, 20) / 10,
            containment * cosine, min(agree, 2.0), float(differ > 0 and not agree),
            float(bool(a.quantities) != bool(b.quantities)),
            float(bool(a.times & b.times)), float(bool(a.times and b.times and not a.times & b.times)),
            float(bool(a.names & b.names)), float(a.denies != b.denies),
            abs(math.log((len(a.text) + 1) / (len(b.text) + 1))), float(min(len(a.text), len(b.text)) < 40),
            float(a.voice is not None and a.voice == b.voice), float(a.attribution is None or b.attribution is None),
        ]  # fmt: skip


def numbers(one: Statement, other: Statement) -> tuple[float, int]:
    """How many numbers of the same things the two have that agree (half, where one leaves room for the other), and how
    many that cannot both be so."""
    agree, differ = 0.0, 0
    for a in one.quantities:
        for b in other.quantities:
            if a.unit != b.unit or not _may_count_the_same(a, b):
                continue
            if (a.low, a.high) == (b.low, b.high):
                agree += 1
            elif _low(a) <= _high(b) and _low(b) <= _high(a):
                agree += 0.5
            else:
                differ += 1
    return agree, differ


def pairs(
    compared: Compared, decision: Decision, candidates: Iterable[tuple[int, int]] | None = None
) -> Iterator[Pair]:
    """The pairs that belong together, in order, of all that are worth a look or of those candidates."""
    for one, other in compared.candidates() if candidates is None else candidates:
        features = compared.features(one, other)
        same, matter = decision.same(features), decision.matter(features)
        relation = _relation(compared, one, other, same >= decision.same_from, matter >= decision.matter_from)
        if relation != "unrelated":
            score = matter if relation == "other value" else same
            yield Pair(one, other, relation, round(score, 3), _reason(compared, one, other, relation))


def _relation(compared: Compared, one: int, other: int, same: bool, matter: bool) -> Relation:
    a, b = compared.statements[one], compared.statements[other]
    agree, differ = numbers(a, b)
    if differ and not agree:
        return "other value" if matter else "unrelated"
    if same:
        return "opposed" if a.denies != b.denies else "same"
    return "unrelated"


def _reason(compared: Compared, one: int, other: int, relation: Relation) -> str:
    """What speaks for it, in words."""
    shared = rarest(compared.stems[one] & compared.stems[other], compared.rarity, _NAMED)
    a, b = compared.statements[one], compared.statements[other]
    said = (
        f"both say {', '.join(f'“{_as_written(word, a.text)}”' for word in shared)}" if shared else "alike in meaning"
    )
    if relation == "opposed":
        return f"{said}; one takes it back"
    if relation == "other value":
        return f"{said}; with other numbers"
    return said + ("; the same number" if numbers(a, b)[0] else "")


def _as_written(word: str, text: str) -> str:
    return next((w.strip("“”‘’.,;:!?()\"'") for w in text.split() if stem(w.strip("“”‘’.,;:!?()\"'")) == word), word)


def _may_count_the_same(a: Quantity, b: Quantity) -> bool:
    """Whether what is counted has a word in common, or one of the two does not say; the dead are not the wounded."""
    if a.fate or b.fate:
        return a.fate == b.fate
    ours, theirs = (stems(" ".join(filter(None, (q.of, q.fate)))) for q in (a, b))
    return not ours or not theirs or bool(ours & theirs)


def _low(quantity: Quantity) -> float:
    return -math.inf if quantity.low is None else quantity.low


def _high(quantity: Quantity) -> float:
    return math.inf if quantity.high is None else quantity.high
