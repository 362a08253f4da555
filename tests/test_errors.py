"""Every error is a sentence a person can act on."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso import SaysoError
from sayso.errors import MissingWeights, UndecodableText, UnreadableSource, UnwritableOutput


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (UnreadableSource("a.txt", "it is empty"), "a.txt: it is empty"),
        (
            UndecodableText("a.txt", 7, "UTF-8"),
            "a.txt: the byte at offset 7 is not UTF-8, and no other encoding fits the file",
        ),
        (UnwritableOutput(Path("out.json"), "it is closed"), "out.json: it is closed"),
        (
            MissingWeights(Path("weights/xx")),
            "no model in weights/xx: the installation is incomplete, install sayso again",
        ),
    ],
)
def test_sentences(error: SaysoError, sentence: str) -> None:
    assert isinstance(error, SaysoError)
    assert str(error) == sentence
