"""The ledger: what a person reads, at any width, whatever the text holds."""

from __future__ import annotations

import dataclasses
import io
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from sayso.reading import Reading
from sayso.render import ledger
from sayso.types import Span
from tests.readings import marked, quick, readings

DAM = """\
{what1 The dam held through the night}, {who1 the Ministry of Waters} {how1 said} on Monday.

{what2 “We opened both gates at four,”} engineer {who2 Ilse Tamarind} {how2 told} the Courier. {what2 “Anybody who \
{how3 says} {what3 otherwise} has not been up here.”}

{how4 It was} the third alarm, {how4 reportedly}. {what4 The council meets.

Nobody knows where.}
"""


def printed(reading: Reading, width: int = 80, *, terminal: bool = True, no_colour: bool = False) -> str:
    out = io.StringIO()
    variables = {"TERM": "xterm"} | ({"NO_COLOR": "1"} if no_colour else {})
    ledger.render(reading, Console(file=out, width=width, force_terminal=terminal, _environ=variables))
    return out.getvalue()


def without_colour(shown: str) -> str:
    return re.sub(r"\x1b\[[\d;]*m", "", shown)


def test_whole_ledger() -> None:
    reading = marked(DAM, title="Dam held", outlet="Velmoor Courier", published="2024-03-11", language="en")
    assert ledger.plain(reading, 64) == (
        "Dam held\n"
        "Velmoor Courier · 2024-03-11 · en · 4 attributions in 46 words\n"
        "────────────────────────────────────────────────────────────────\n"
        "\n"
        " 1  ¶1  the Ministry of Waters · said                 mixed  90%\n"
        "        The dam held through the night\n"
        "\n"
        " 2  ¶2  Ilse Tamarind · told                          mixed  90%\n"
        "        “We opened both gates at four,” […] “Anybody who says\n"
        "        otherwise has not been up here.”\n"
        "\n"
        " 3  ¶2  — no source named — · says                    mixed  90%\n"
        "        otherwise\n"
        "\n"
        " 4  ¶3  — no source named — · It was … reportedly     mixed  90%\n"
        "        The council meets. ¶ Nobody knows where."
    )


def test_what_is_long_goes_on_below_and_is_never_cut() -> None:
    reading = marked("{who1 " + "the board of the board " * 9 + "} {how1 said} {what1 " + "no and again no " * 40 + "}")
    lines = ledger.plain(reading, 40).splitlines()
    assert max(map(len, lines)) == 40
    assert " ".join(lines).count("board") == 18
    assert " ".join(lines).count("again") == 40
    assert all(line.startswith("        ") for line in lines[5:])


def test_spans_with_only_white_space_between_are_shown_as_one() -> None:
    reading = marked("{who1 He} {how1 said}: {what1 “One.}\n\n{what1 Two.} {what1 Three.”}")
    assert "“One. ¶ Two. Three.”" in ledger.plain(reading)
    assert "[…]" not in ledger.plain(reading)


def test_what_is_known_or_missing_is_said() -> None:
    reading = marked("{who1 A} {how1 said} {what1 b}. {who2 Reyl} {how2 said} {what2 c}")
    first, second = reading.attributions
    for changed, shown in (
        (dataclasses.replace(second, stance="denies"), "denies · mixed  90%"),
        (dataclasses.replace(second, parent="a1"), "inside 1 · mixed  90%"),
        (dataclasses.replace(second, cue=()), "Reyl · — no cue —"),
        (dataclasses.replace(second, content=()), "        — no content —"),
        (dataclasses.replace(second, content=(Span(1, 2),)), "        — no content —"),
    ):
        assert shown in ledger.plain(Reading(reading.document, "test_v0", (first, changed)))


@pytest.mark.parametrize(
    ("score", "shown"), [(0.0, "0%"), (0.294, "29%"), (0.994, "99%"), (0.9999, "99%"), (1.0, "100%")]
)
def test_only_certainty_is_a_hundred_percent(score: float, shown: str) -> None:
    reading = marked("{who1 A} {how1 said} {what1 b}")
    (found,) = reading.attributions
    reading = Reading(reading.document, "test_v0", (dataclasses.replace(found, score=score),))
    assert f" {shown}\n" in ledger.plain(reading)


def test_no_attributions() -> None:
    assert ledger.plain(marked("It rained."), 30).splitlines() == [
        "Untitled report",
        "─" * 30,
        "",
        "No attributions found in 2",
        "words.",
    ]


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b[31mred", "␛[31mred"),
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("\x9b31m", "␦31m"),
        ("a\x08b", "a␈b"),
        ("a\x7f\x00", "a␡␀"),
        ("\u202eevil\u202c", "␦evil␦"),
        ("\u2066a\u2069", "␦a␦"),
        ("half \ud83d", "half \ufffd"),
        ("[bold]no[/bold] [link=x]", "[bold]no[/bold] [link=x]"),
        (":smile:", ":smile:"),
        ("عبد \u200fالرحمن", "عبد \u200fالرحمن"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("10\u00a0km", "10\u00a0km"),
    ],
)
@pytest.mark.parametrize("place", ["title", "source", "content"])
def test_hostile_text_is_shown_and_not_obeyed(hostile: str, shown: str, place: str) -> None:
    if place == "title":
        reading = marked("{who1 A} {how1 said} {what1 b}", title=hostile)
    else:
        role = {"source": "who1", "content": "what1"}[place]
        reading = marked(f"{{{role} {hostile}}} {{how1 said}} so")
    assert shown in ledger.plain(reading)
    assert shown in without_colour(printed(reading))


def test_colour_only_where_there_is_colour() -> None:
    reading = marked(DAM)
    assert "\x1b[1;36mthe Ministry of Waters\x1b[0m" in printed(reading)
    assert not re.search(r"\x1b\[[\d;]*3\d", printed(reading, no_colour=True))
    assert "\x1b" not in printed(reading, terminal=False)


def test_str_of_a_reading_is_its_ledger() -> None:
    assert str(marked(DAM)) == ledger.plain(marked(DAM))


def test_notes_too_long_for_their_line_take_another() -> None:
    reading = marked("{who1 A} {how1 said} {what1 b}. {who2 Reyl} {how2 said} {what2 c}")
    first, second = reading.attributions
    second = dataclasses.replace(second, stance="questions", kind="indirect", parent="a1")
    shown = ledger.plain(Reading(reading.document, "test_v0", (first, second)), 30)
    assert shown.splitlines()[-4:] == [
        " 2  ¶1  Reyl · said",
        "inside 1 · questions ·".rjust(30),
        "indirect  90%".rjust(30),
        "        c",
    ]


@quick
@given(reading=readings(), width=st.integers(30, 200))
def test_any_reading_fits_any_width(reading: Reading, width: int) -> None:
    shown = ledger.plain(reading, width)
    assert max(map(cell_len, shown.split("\n"))) <= min(width, ledger.MEASURE)
    kinds = set(map(unicodedata.category, shown.replace("\n", "")))
    assert not kinds & {"Cc", "Cs", "Zl", "Zp"}
    assert not re.search("[\u202a-\u202e\u2066-\u206f]", shown)
    assert not any(line != line.rstrip(" ") for line in shown.split("\n"))


@quick
@given(reading=readings())
def test_colour_changes_nothing_but_colour(reading: Reading) -> None:
    assert without_colour(printed(reading, 72)) == ledger.plain(reading, 72) + "\n"


@quick
@given(reading=readings())
def test_every_word_of_a_content_is_there(reading: Reading) -> None:
    shown = "".join(ledger.plain(reading, 60).split())
    for attribution in reading.attributions:
        for start, end in attribution.content:
            for word in reading.document.text[start:end].split():
                assert ledger.visible(word) in shown
