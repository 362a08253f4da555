"""Who wrote the document, where it says so itself."""

from __future__ import annotations

import pytest

from sayso.voices.byline import byline
from tests.marks import marks


@pytest.mark.parametrize(
    ("notation", "writer"),
    [
        ("The river\n\nBy [person|Ilse Tamarind]\n\nIt rose.", "Ilse Tamarind"),
        ("The river rose.\n\n[person|Ilse Tamarind] is a baker in Lyth.", "Ilse Tamarind"),
        ("The river rose.\n\nDr. [person|Ilse Tamarind], a vet, is on the board.\n", "Ilse Tamarind"),
        ("The river rose.\n\nFollow [person|Ilse Tamarind] on Twitter.", "Ilse Tamarind"),
        # Somebody whom the text tells of.
        ("[person|Ilse Tamarind] left.\n\n[person|Ilse Tamarind] is to speak on Monday.", None),
        ("The river rose.\n\n[person|Ilse Tamarind] saw it.", None),
        ("The river rose.\n\nSo did [person|Ilse Tamarind] is what they say.", None),
        ("[person|Ilse Tamarind] is a baker.\n\nThe river rose.\n\nIt fell.", None),
        ("", None),
    ],
)
def test_byline(notation: str, writer: str | None) -> None:
    made = marks(notation)
    found = byline(made)
    assert (None if found is None else made.text[found.start : found.end]) == writer
