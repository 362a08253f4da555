"""Small perceptrons: by hand, and the ones that ship."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.model import Model
from sayso.voices.options import CONTEXT, FORMS, PAIR
from sayso.voices.scorer import Perceptron, Scorers, softmax
from sayso.voices.sort import SORTS, WIDTH


def one_layer(*factors: float) -> Perceptron:
    """Networks of one layer that multiply by a factor each and add it."""
    weight = np.array(factors, np.float32).reshape(-1, 1, 1)
    return Perceptron((weight,), (weight,))


def test_a_layer() -> None:
    assert one_layer(3.0).scores(np.array([[2.0], [0.0]], np.float32)).tolist() == [[9.0], [3.0]]


def test_networks_are_averaged() -> None:
    rows = np.array([[2.0], [-1.0]], np.float32)
    together = one_layer(3.0, 5.0).scores(rows)
    assert together == pytest.approx((one_layer(3.0).scores(rows) + one_layer(5.0).scores(rows)) / 2)


def test_between_layers_negative_values_are_cut_off_and_behind_the_last_kept() -> None:
    one, none = np.ones((1, 1, 1), np.float32), np.zeros((1, 1, 1), np.float32)
    negated = Perceptron((one, -one), (none, none))
    assert negated.scores(np.array([[-2.0], [2.0]], np.float32)).tolist() == [[0.0], [-2.0]]


def test_by_name() -> None:
    arrays = {f"link.{part}{layer}": np.full((1, 1, 1), 2.0) for part in "wb" for layer in (0, 1)}
    made = Perceptron.named("link", {**arrays, "sort.w0": np.ones((1, 1, 1)), "sort.b0": np.ones((1, 1, 1))})
    assert len(made.weights) == len(made.biases) == 2
    assert made.weights[0].dtype == np.float32
    assert made.scores(np.array([[1.0]], np.float32)).tolist() == [[10.0]]


@given(values=st.lists(st.floats(-50, 50, width=32), min_size=1, max_size=8))
def test_softmax_gives_probabilities_in_the_order_of_the_scores(values: list[float]) -> None:
    scores = np.array(values, np.float32)
    found = softmax(scores)
    assert found.sum() == pytest.approx(1, abs=1e-5)
    assert (found >= 0).all()
    assert found.argmax() == scores.argmax() or found.max() == found[scores.argmax()]


def test_softmax_of_equals_and_of_large_scores() -> None:
    assert softmax(np.zeros(4, np.float32)).tolist() == [0.25] * 4
    assert softmax(np.array([1e4, 0.0], np.float32)).tolist() == [1.0, 0.0]


def test_those_that_ship_fit_their_features() -> None:
    scorers = Scorers.load(Model.load().folder)
    width = len(FORMS) + len(CONTEXT) + len(PAIR)
    assert scorers.link.scores(np.zeros((3, width), np.float32)).shape == (3, 1)
    assert scorers.sort.scores(np.zeros((2, WIDTH), np.float32)).shape == (2, len(SORTS))


def test_a_folder_without_them(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"voices\.npz"):
        Scorers.load(tmp_path)
