"""Through whom a statement came, where its own sentence says so."""

from __future__ import annotations

import pytest

from sayso.kind import Quoted
from sayso.quotes import quotations
from sayso.voices.channels import Frame, channels
from sayso.voices.media import hosts
from sayso.voices.speakers import Scene
from tests.marks import marks, where

WHO = "[person|Dana Fel]"
PAPER = "[organisation|Vessport Courier]"


def through(notation: str, source: str, cue: str, content: str, rivals: tuple[str, ...] = ()) -> list[str]:
    """The words of the channels, of several as one those of all."""
    made = marks(notation)
    text = made.text
    spans = [where(text, words) if words else () for words in (source, cue, content)]
    frame = Frame(*spans, rivals=[span for rival in rivals for span in where(text, rival)])
    found = channels(made, Scene(text, Quoted(text, quotations(text))), frame, hosts(made))
    return [" & ".join(text[slice(*one.span)] for one in (channel, *channel.beside)) for channel in found]


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
        (f"{WHO} told the {PAPER} and [organisation|Radio Lyth] that it fell.", "told",
         ["Vessport Courier & Radio Lyth"]),
        (f"{WHO} told [person|Amal Ode], a reporter for the {PAPER}, that it fell.", "told", ["Vessport Courier"]),
        (f"{WHO} told [organisation|LTV News] host [person|Amal Ode] that it fell.", "told", ["LTV News", "Amal Ode"]),
        (f"{WHO} told the [people|Lythian] weekly [thing|Anchor] that it fell.", "told", ["Anchor"]),
        (f"{WHO} told [place|Lyth]’s state-run [organisation|Lythpress] that it fell.", "told", ["Lythpress"]),
        (f"{WHO} confirmed to the {PAPER} that it fell.", "confirmed", ["Vessport Courier"]),
        (f"{WHO} said on Monday to the {PAPER} that it fell.", "said", ["Vessport Courier"]),
        (f"{WHO} said on [organisation|LTV News]’s “Late Hour” that it fell.", "said", ["LTV News’s “Late Hour”"]),
        (f"{WHO} said on the podcast “What’s Left” that it fell.", "said", ["What’s Left"]),
        (f"{WHO} said Dec. 6 on [organisation|LTV News] that it fell.", "said", ["LTV News"]),
        (f"{WHO} said in a {PAPER} interview that it fell.", "said", ["Vessport Courier"]),
        (f"{WHO} said during a [organisation|Radio Lyth] town hall that it fell.", "said", ["Radio Lyth"]),
        (f"{WHO} said in an op-ed for the {PAPER} that it fell.", "said", ["Vessport Courier"]),
        (f"{WHO} said in a statement released by the [person|Ode] campaign that it fell.", "said", ["Ode campaign"]),
        (f"{WHO} said in remarks carried by the [organisation|Harbour News Agency] that it fell.", "said",
         ["Harbour News Agency"]),
        (f"{WHO} said in a video posted to [thing|Telegram] that it fell.", "said", ["Telegram"]),
        (f"{WHO}, when contacted by the {PAPER}, said that it fell.", "said", ["Vessport Courier"]),
        (f"In a {PAPER} poll, most of them and {WHO} said that it fell.", "said", ["Vessport Courier poll"]),
        (f"Through a spokesman, {WHO} said that it fell.", "said", ["a spokesman"]),
        (f"{WHO} said through her lawyer that it fell.", "said", ["her lawyer"]),
        (f"{WHO} said through her lawyer, [person|Amal Ode], that it fell.", "said", ["Amal Ode"]),
        # What was named before, taken up in the sentence.
        (f"The {PAPER} called. {WHO} told the newspaper that it fell.", "told", ["the newspaper"]),
        (f"{WHO} told the newspaper that it fell.", "told", []),
        (f"Radio host [person|Amal Ode] was ill. {WHO} told [person|Ode] that it fell.", "told", ["Ode"]),
        # Another clause's.
        (f"{WHO} said that it fell after the mayor wrote on [thing|Twitter].", "said", []),
        (f"{WHO} said that it fell, but he had told the {PAPER} nothing.", "said", []),
        (f"{WHO} said that it fell in {{organisation|the {PAPER} building}}.", "said", []),
        (f"According to the {PAPER}, {WHO} said that it fell.", "said", ["Vessport Courier"]),
        (f"In an interview on Monday with [person|Amal Ode], {WHO} said that it fell.", "said", ["Amal Ode"]),
        (f"In an interview with [person|Amal Ode], {WHO} asked that it fell.", "asked", []),
        (f"{WHO} repeated on [thing|Twitter] that it fell.", "repeated on Twitter", ["Twitter"]),
        (f"Speaking again on [organisation|LTV News], {WHO} said that it fell.", "said", ["LTV News"]),
        # Those who are told things and hand nothing on.
        (f"{WHO} said that it fell.", "said", []),
        (f"{WHO} told reporters that it fell.", "told", []),
        (f"{WHO} told [person|Amal Ode] that it fell.", "told", []),
        (f"{WHO} told the [organisation|Harbour Council] that it fell.", "told", []),
        (f"{WHO} told the [organisation|Senate] that it fell.", "told", []),
        (f"{WHO} said in [place|Lyth] that it fell.", "said", []),
        (f"{WHO} told the team from [organisation|Lyth High] that it fell.", "told", []),
        (f"{WHO} wrote, in reference to a {PAPER} article, that it fell.", "wrote", []),
        (f"{WHO} said in her [thing|State of the Union] address that it fell.", "said", []),
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


def test_whom_somebody_else_told_is_no_channel() -> None:
    told = f"{WHO} said that it fell, and [person|Amal Ode] told the {PAPER} otherwise."
    assert through(told, "Dana Fel", "said", "that it fell", rivals=("Amal Ode",)) == []


def test_nobody_is_told_by_whom_they_were_asked() -> None:
    asked = f"Asked on [organisation|LTV News] whether it fell, {WHO} laughed."
    assert through(asked, "", "Asked", "whether it fell") == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a letter seen by the Vessport Courier", ["Vessport Courier"]),
        ("two sailors who spoke to the Vessport Courier", ["Vessport Courier"]),
        ("an editorial in the Vessport Courier", ["Vessport Courier"]),
        ("records combed through by the Vessport Courier", ["Vessport Courier"]),
        ("a Twitter user", ["Twitter"]),
        ("an article in the Vessport Courier", []),  # that is who speaks
        ("an editor of the Vessport Courier", []),
    ],
)
def test_channels_within_the_source(source: str, expected: list[str]) -> None:
    marked = source.replace("Vessport Courier", PAPER).replace("Twitter", "[thing|Twitter]")
    said = f"According to {marked}, it had fallen."
    assert through(said, source, "According to", "it had fallen") == expected


def test_who_wrote_it_for_a_paper() -> None:
    wrote = f"“It fell,” wrote {WHO} for the {PAPER}."
    assert through(wrote, "Dana Fel for the Vessport Courier", "wrote", "“It fell,”") == ["Vessport Courier"]
    said = f"“It fell,” said {WHO}, a driver for the {PAPER}."
    assert through(said, "Dana Fel, a driver for the Vessport Courier", "said", "“It fell,”") == []


def test_hosts_are_those_whom_the_text_presents() -> None:
    made = marks(
        "Radio host [person|Amal Ode] met [organisation|LTV News]’s [person|Ilse Tamarind], [person|Rurik Moss] of the "
        f"{PAPER} and {WHO}. In an interview with [person|Piet Orr] on “The Sol Show” [person|Bettina Groll] said no."
    )
    assert hosts(made) == {"ode", "tamarind", "moss", "sol"}
    assert hosts(made, lambda name: True) == {"ode", "tamarind", "moss", "sol", "orr"}


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
        Frame(where(text, "Dana Fel"), where(text, "told"), where(text, "that it fell")),
    )
    assert [channel.is_person for channel in found] == [False, True]
    assert found[0].name in made.names
