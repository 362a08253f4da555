"""Two who are taken up together once they have been named side by side."""

from __future__ import annotations

import pytest

from sayso.types import Span
from sayso.voices.mention import mention
from sayso.voices.pairs import means_two, pair_before
from tests.marks import marks


@pytest.mark.parametrize(
    ("source", "two"),
    [
        ("both", True),
        ("the two", True),
        ("The two leading bakers", True),
        ("the couple", True),
        ("both bakers", True),
        ("two bakers", False),
        ("the bakers", False),
        ("they", False),
    ],
)
def test_means_two(source: str, two: bool) -> None:
    made = marks(f"{source} agreed.")
    assert means_two(mention(made, (Span(0, len(source)),))) is two


@pytest.mark.parametrize(
    ("notation", "pair"),
    [
        ("[person|Dana Fel] and [person|Rurik Moss] left.", ["Dana Fel", "Rurik Moss"]),
        ("[person|Dana Fel] (Lyth) and the baker [person|Rurik Moss] left.", ["Dana Fel", "Rurik Moss"]),
        (
            "[person|Dana Fel] and [person|Rurik Moss] left. [person|Fel] slept, and so [person|Amal Ode] came.",
            ["Dana Fel", "Rurik Moss"],
        ),
        ("[person|Dana Fel] met [person|Rurik Moss].", None),
        ("", None),
    ],
)
def test_pair_before(notation: str, pair: list[str] | None) -> None:
    made = marks(notation)
    found = pair_before(made, len(made.text))
    assert (None if found is None else [made.text[n.start : n.end] for n in found]) == pair


def test_a_pair_that_is_too_far_is_none() -> None:
    made = marks("[person|Dana Fel] and [person|Rurik Moss] left. It rained.")
    at = len(made.text)
    assert pair_before(made, at, at) is not None
    assert pair_before(made, at, 12) is None
