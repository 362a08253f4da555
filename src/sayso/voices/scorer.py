"""Small perceptrons in numpy: rows of features → scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sayso.decode import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Perceptron:
    """Several networks of the same shape whose scores are averaged: `weights` and `biases` of each layer are stacked,
    (S, in, out) and (S, 1, out); between layers negative values are cut off."""

    weights: tuple[NDArray[np.float32], ...]
    biases: tuple[NDArray[np.float32], ...]

    @classmethod
    def named(cls, name: str, arrays: Mapping[str, NDArray[np.float32]]) -> Perceptron:
        """The perceptron whose arrays are `NAME.w0`, `NAME.b0`, `NAME.w1` and so on."""
        depth = sum(key.startswith(f"{name}.w") for key in arrays)
        return cls(
            tuple(arrays[f"{name}.w{layer}"].astype(np.float32) for layer in range(depth)),
            tuple(arrays[f"{name}.b{layer}"].astype(np.float32) for layer in range(depth)),
        )

    def scores(self, rows: Floats) -> Floats:
        """(N, in) → (N, out)."""
        x = rows[None]
        for layer, (weight, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            x = (np.maximum(x, 0) if layer else x) @ weight + bias
        mean: Floats = x.sum(0) / len(x)
        return mean


@dataclass(frozen=True, slots=True, eq=False)
class Scorers:
    """The learnt parts of the resolution: which speaker a source means, and what sort of voice a speaker is."""

    link: Perceptron
    sort: Perceptron

    @classmethod
    def load(cls, folder: Path) -> Scorers:
        """From `voices.npz` in `folder`; raises OSError if it is not there."""
        with np.load(folder / "voices.npz") as arrays:
            held = dict(arrays)
        return cls(Perceptron.named("link", held), Perceptron.named("sort", held))


def softmax(scores: Floats) -> Floats:
    """(…, N) scores as probabilities."""
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    probabilities: Floats = powers / powers.sum(-1, keepdims=True)
    return probabilities
