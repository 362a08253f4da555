"""What a content means, as a vector: two that mean the same, in whatever words, have a large inner product.

Half of it is the mean of what the encoder makes of the words, which knows what they mean beside each other; half the
mean of the words as they are spelt, rare ones most (SIF; Arora, Liang, Ma 2017), which knows names. Either is centred,
turned and levelled (all-but-the-top, Mu and Viswanath 2018; here the large directions are shrunk, not cut off), which
is fitted by `training.meaning` and measured by `evals.meaning`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from tokenizers import Tokenizer

from sayso.decode import Floats
from sayso.encoder import Encoder, Tagged
from sayso.errors import MissingWeights
from sayso.model import DEFAULT, Model
from sayso.tensors import tensors
from sayso.types import Spans
from sayso.veil import windower_of
from sayso.windows import Window

FILE = "meaning.npz"
UNITS = 384
"""Numbers that the encoder gives each word."""

_TABLE = "model.encoder.words.weight"
_FIRST_WORD = 1996
"""In BERT's vocabulary the pieces from this one on ("the") are sorted by how frequent they are; before are letters."""
_AT_ONCE = 4  # vectors turned: more OpenBLAS would share out among threads, which takes longer than to turn them
_COMMON = 1e-3  # SIF's a: a word this frequent counts half
_SURROGATES = dict.fromkeys(range(55296, 57344), 65533)


class Levelled(NamedTuple):
    """What centres, turns and levels vectors: `mean` (D,), `turn` (D, K)."""

    mean: Floats
    turn: Floats

    def __call__(self, vectors: Floats) -> Floats:
        """(N, D) → (N, K), of length 1; nothing stays nothing."""
        centred = unit(vectors) - self.mean
        turned = np.zeros((len(vectors), self.turn.shape[1]), np.float32)
        for at in range(0, len(vectors), _AT_ONCE):
            turned[at : at + _AT_ONCE] = centred[at : at + _AT_ONCE] @ self.turn
        levelled = unit(turned)
        levelled[~np.any(vectors, axis=1)] = 0
        return levelled


class Spellings:
    """The words of texts as they are spelt, as the encoder of a model begins with them."""

    def __init__(self, folder: Path) -> None:
        """Load tokenizer and word pieces from a model's folder."""
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        parts = (f"{_TABLE}_{part}" for part in ("quantized", "scale", "zero_point"))
        quantised, scale, zero = tensors(folder / "encoder.onnx", *parts)
        self._rarity = rarities(len(quantised))
        self._table = (quantised.astype(np.float32) - zero.astype(np.float32)) * scale * self._rarity[:, None]

    def __call__(self, texts: Sequence[str]) -> Floats:
        """The mean of the word pieces of each text, the rare ones most (N, 384)."""
        found = self._tokenizer.encode_batch([text.translate(_SURROGATES) for text in texts], add_special_tokens=False)
        pieces = [np.array(encoding.ids, np.int64) for encoding in found]
        means = [self._table[ids].sum(axis=0) / max(float(self._rarity[ids].sum()), 1e-6) for ids in pieces]
        return np.array(means, np.float32).reshape(len(texts), UNITS)


@dataclass(frozen=True)
class Meaning:
    """What makes vectors, of one model. Safe to share between threads."""

    model: str
    context: Levelled
    spelling: Levelled
    spelling_of: Spellings
    share: float
    """How much the spelling counts beside the context."""

    @staticmethod
    def is_part_of(model: Model) -> bool:
        """Whether the model has one."""
        return (model.folder / FILE).is_file()

    @classmethod
    def load(cls, model: Model | None = None) -> Meaning:
        """That of a model, the shipped one by default; raises MissingWeights if it has none."""
        model = model or Model.load(DEFAULT)
        if not cls.is_part_of(model):
            raise MissingWeights(model.folder)
        with np.load(model.folder / FILE) as kept:
            context, spelling = (
                Levelled(*(kept[f"{half}_{part}"].astype(np.float32) for part in Levelled._fields))
                for half in ("context", "spelling")
            )
            share = float(kept["share"])
        return cls(model.name, context, spelling, Spellings(model.folder), share)

    def join(self, contexts: Floats, texts: Sequence[str]) -> Floats:
        """The vectors (N, D) of length 1 of texts whose words the encoder made these mean vectors of (N, 384)."""
        halves = (self.context(contexts), self.share * self.spelling(self.spelling_of(texts)))
        return unit(np.concatenate(halves, axis=1))


class Contexts:
    """What the encoder of a model makes of texts that are read by themselves."""

    def __init__(self, folder: Path) -> None:
        """Load encoder and tokenizer from a model's folder."""
        self._encoder = Encoder(folder)
        self._windower = windower_of(folder)

    def __call__(self, texts: Sequence[str]) -> Floats:
        """The mean of what it makes of the words of each text (N, 384)."""
        return np.array([self._mean(text) for text in texts], np.float32).reshape(len(texts), UNITS)

    def _mean(self, text: str) -> Floats:
        total, count = np.zeros(UNITS, np.float32), 0
        for window in self._windower.windows(text):
            units = self._encoder.tag(window).units[window.owned :]
            total += units.sum(axis=0)
            count += len(units)
        return np.asarray(total / max(count, 1), np.float32)


class Meanings:
    """Gives texts their vectors, by themselves."""

    def __init__(self, model: Model | None = None) -> None:
        """Load the model, the shipped one by default; raises MissingWeights if it has none."""
        model = model or Model.load(DEFAULT)
        self.meaning = Meaning.load(model)
        self._contexts = Contexts(model.folder)

    def vectors(self, texts: Sequence[str]) -> Floats:
        """What the texts mean: (N, D), float32, of length 1 (0 where there are no words). Each is run by itself, at the
        speed of the encoder."""
        return self.meaning.join(self._contexts(texts), texts)


def in_window(window: Window, tagged: Tagged, spans: Spans) -> Floats | None:
    """The mean of what the encoder made of the words at some spans, as it read them where they stand; None if they are
    not in the window."""
    runs = (window.overlap((span,)) for span in spans)
    units = [tagged.units[first:last] for first, last in filter(None, runs)]
    return np.concatenate(units).mean(axis=0) if units else None


def rarities(pieces: int) -> Floats:
    """How much each of so many pieces counts: the common hardly at all. How frequent one is, is told by its place in
    the vocabulary (Zipf's law)."""
    rank = np.arange(pieces, dtype=np.float32) - _FIRST_WORD
    frequency = 0.1 / (np.maximum(rank, 0) + 3.7)
    return np.where(rank >= 0, _COMMON / (_COMMON + frequency), 1e-6).astype(np.float32)


def unit(vectors: Floats) -> Floats:
    """The vectors (N, D) at length 1, but for those of none."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)
