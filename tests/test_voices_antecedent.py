"""What a relative pronoun takes up."""

from __future__ import annotations

import pytest

from sayso.voices.antecedent import antecedent
from tests.marks import marks


@pytest.mark.parametrize(
    ("notation", "words"),
    [
        ("{people|two aides} who left", "two aides"),
        ("{people|aides} to {person|the mayor} who left", "aides to the mayor"),
        ("{people|editors} of the {organisation|Courier} who left", "editors of the Courier"),
        ("{other|plenty} of {people|bakers} who left", "plenty of bakers"),
        ("{other|the anger} of {people|bakers} who left", "bakers"),
        ("{person|[person|Amal Ode]}, {person|the mayor} of {other|Lyth}, who left", "Amal Ode"),
        ("{person|a book} by {person|[person|Amal Ode]}, who left", "Amal Ode"),
        ("{organisation|the Board} of {other|Mills}, which left", "the Board"),
        ("who left", None),
    ],
)
def test_antecedent(notation: str, words: str | None) -> None:
    made = marks(notation)
    at = made.text.index("which" if "which" in made.text else "who")
    found = antecedent(made, at)
    assert (None if found is None else made.text[slice(*found)]) == words
