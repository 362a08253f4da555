"""Through whom a statement came, where its own sentence says so."""

from __future__ import annotations

import pytest

from sayso.kind import Quoted
from sayso.quotes import quotations
from sayso.voices.channels import channels
from sayso.voices.speakers import Scene
from tests.marks import marks, where

WHO = "[person|Dana Fel]"
PAPER = "[organisation|Vessport Courier]"


def through(notation: str, source: str, cue: str, content: str) -> list[str]:
    """The words of the channels."""
    made = marks(notation)
    text = made.text
    spans = [where(text, words) if words else () for words in (source, cue, content)]
    found = channels(made, Scene(text, Quoted(text, quotations(text))), *spans)
    return [text[slice(*channel.span)] for channel in found]


@pytest.mark.parametrize(
    ("notation", "cue", "expected"),
    [
        (f"{WHO} told the {PAPER} that it fell.", "told", ["Vessport Courier"]),
        (f"{WHO} told [organisation|Radio Lyth] that it fell.", "told", ["Radio Lyth"]),
        (f"{WHO} told the [organisation|Harbour News Agency] on Monday that it fell.", "told", ["Harbour News Agency"]),
        (f"{WHO} told the local newspaper [thing|Anchor] that it fell.", "told", ["Anchor"]),
        (f"{WHO} said in an interview with the {PAPER} that it fell.", "said", ["Vessport Courier"]),
        (f"In an interview with the {PAPER}, {WHO} said that it fell.", "said", ["Vessport Courier"]),
        (f"Speaking to the {PAPER}, {WHO} said that it fell.", "said", ["Vessport Courier"]),
        (f"{WHO} wrote on [thing|Twitter] that it fell.", "wrote", ["Twitter"]),
        (f"{WHO} said on [thing|Facebook] that it fell.", "said", ["Facebook"]),
        (f"{WHO} said in a statement to the {PAPER} that it fell.", "said", ["Vessport Courier"]),
        (f"{WHO} told [person|Amal Ode] of the {PAPER} that it fell.", "told",
         ["Vessport Courier", "Amal Ode"]),
        (f"{WHO} told the {PAPER}’s [person|Amal Ode] that it fell.", "told",
         ["Vessport Courier", "Amal Ode"]),
        # Those who are told things and hand nothing on.
        (f"{WHO} said that it fell.", "said", []),
        (f"{WHO} told reporters that it fell.", "told", []),
        (f"{WHO} told [person|Amal Ode] that it fell.", "told", []),
        (f"{WHO} told the [organisation|Harbour Council] that it fell.", "told", []),
        (f"{WHO} told the [organisation|Senate] that it fell.", "told", []),
        (f"{WHO} said in [place|Lyth] that it fell.", "said", []),
        (f"{WHO} said on Monday that it fell.", "said", []),
        # An outlet that only stands beside.
        (f"The {PAPER} was late. {WHO} said that it fell.", "said", []),
        (f"{WHO} said that it fell. The {PAPER} was late.", "said", []),
    ],
)  # fmt: skip
def test_channels(notation: str, cue: str, expected: list[str]) -> None:
    assert through(notation, "Dana Fel", cue, "that it fell") == expected


def test_what_is_said_names_no_channel() -> None:
    said = f"{WHO} said that she told the [organisation|Vessport Courier] the truth."
    assert through(said, "Dana Fel", "said", "that she told the Vessport Courier the truth") == []


def test_a_speaker_is_no_channel() -> None:
    told = "The [organisation|Vessport Courier] told the [organisation|Harbour News Agency] that it fell."
    assert through(told, "The Vessport Courier", "told", "that it fell") == ["Harbour News Agency"]


def test_without_source_and_cue_there_is_no_sentence() -> None:
    assert through(f"{WHO} told [organisation|Radio Lyth] that it fell.", "", "", "that it fell") == []


def test_a_channel_knows_whether_it_is_somebody() -> None:
    made = marks(f"{WHO} told [person|Amal Ode] of the [organisation|Vessport Courier] that it fell.")
    text = made.text
    found = channels(
        made,
        Scene(text, Quoted(text, quotations(text))),
        where(text, "Dana Fel"),
        where(text, "told"),
        where(text, "that it fell"),
    )
    assert [channel.is_person for channel in found] == [False, True]
    assert found[0].name in made.names
