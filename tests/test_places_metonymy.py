"""Whether a name in [brackets] stands for a government."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.grounding.places import is_actor
from sayso.types import Span


def asked(example: str) -> bool:
    start, end = example.index("["), example.index("]") - 1
    return is_actor(example.replace("[", "").replace("]", ""), Span(start, end))


@pytest.mark.parametrize(
    "example",
    [
        "[Oslo] said it would keep the weir shut.",
        "[Oslo] rejects the charge.",
        "[Norway] has repeatedly denied that the weir is cracked.",
        "[Oslo] did not respond.",
        "[Oslo], too, has condemned the closure.",
        "[Oslo] is seeking a deal on herring.",
        "[Oslo] and Riga agreed to mend the weir.",
        "Oslo and [Riga] agreed to mend the weir.",
        "Oslo, Riga and [Tallinn] signed the pact.",
        "Talks with [Oslo] broke down over herring.",
        "Ties between [Oslo] and Riga are strained.",
        "Ties between Oslo and [Riga] are strained.",
        "There was a deal between Norway and [Latvia] on herring.",
        "Pressure on [Oslo] grew.",
        "They accused [Oslo] of stealing the herring.",
        "The minister urged [Oslo] to wait.",
        "[Oslo]’s envoy left early.",
        "[Oslo]'s nuclear programme is small.",
        "He feared the [Oslo] government.",
        "They were [Norway]-backed fishermen.",
        "The fleet is supported by [Oslo].",
        "The [Kremlin] said nothing of herring.",
        "A letter from the [White House] arrived.",
        "The [Pentagon] declined to comment.",
    ],
)
def test_a_government(example: str) -> None:
    assert asked(example)


@pytest.mark.parametrize(
    "example",
    [
        "It rained in [Oslo].",
        "A spokesman in [Oslo] said it would rain.",
        "Fishermen from [Norway] said it would rain.",
        "The mayor of [Oslo] said it would rain.",
        "They flew to [Oslo] and signed the pact.",
        "The road between [Oslo] and Bergen is shut.",
        "The road between Oslo and [Riga] is shut.",
        "[Oslo] is a city of herring.",
        "[Oslo]’s streets were empty.",
        "Outside the [White House] a choir sang.",
        "[Bergen] said it would rain.",
        "A wave hit [Oslo] on Friday.",
        "[Oslo] residents fled.",
        "Crowds left [Oslo].",
        "He told [Norway]’s largest paper that it would rain.",
        "The priest, who came from Riga and [Oslo], said it would rain.",
        "She told [Norway] Today that it would rain.",
        "They asked a [Norway] court to shut the weir.",
        "[Oslo]",
    ],
)
def test_a_place(example: str) -> None:
    assert not asked(example)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_words_around(before: str, after: str) -> None:
    text = f"{before}Oslo{after}"
    assert is_actor(text, Span(len(before), len(before) + 4)) in (True, False)
