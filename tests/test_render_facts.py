"""The table of facts: what a person reads, at any width, whatever the text holds."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from sayso.reading import Reading
from sayso.render import facts
from sayso.types import Quantity, Span, Time
from tests.readings import marked, quick, readings_with_voices, with_facts, with_voices

BARGES = with_facts(
    with_voices(
        marked(
            "Two barges sank off Vessport on Friday.\n\n{who1 Odile Varrin} {how1 said} {what1 fourteen people were "
            "on board, and that {who2 the firm} {how2 denied} {what2 it had nine days to mend them}}.",
            title="Barges sink",
            outlet="Harbour Wire",
        ),
        ("Odile Varrin", "person", "a1"),
        ("firm", "organisation", "a2"),
    ),
    times={"Friday": "2031-03-07", "nine days": "P9D"},
    places={"Vessport": "town"},
    quantities={"Two barges": 2, "fourteen people": 14},
)
READING = replace(
    BARGES,
    attributions=(
        BARGES.attributions[0],
        replace(BARGES.attributions[1], stance="denies", hedged=(Span(0, 3),), negated=(Span(0, 3),)),
    ),
)

TABLE = """\
Barges sink
What can be checked: 3 statements, 1 of them in the report’s own voice

    when          where            how many             on whose word
────────────────────────────────────────────────────────────────────────────────
 ¶1 2031-03-07    Vessport (XV)    Two barges           the report’s own voice
    Two barges sank off Vessport on Friday.

 ¶2                                fourteen people      Harbour Wire ← Odile
                                                        Varrin
    fourteen people were on board, and that the firm denied it had nine days to
    mend them

 ¶2 “nine days”                                         Harbour Wire ← firm ·
                                                        denies · hedged ·
                                                        negated
    it had nine days to mend them
"""

STACKED = """\
Barges sink
What can be checked: 3
statements, 1 of them in the
report’s own voice

──────────────────────────────
 ¶1 when: 2031-03-07
    where: Vessport (XV)
    how many: Two barges
    on whose word: the
    report’s own voice
    Two barges sank off
    Vessport on Friday.
"""


def test_the_table() -> None:
    assert facts.plain(READING, 80) == TABLE


def test_where_columns_do_not_fit_they_stand_below_one_another() -> None:
    assert facts.plain(READING, 30).startswith(STACKED)


def test_nothing_to_check_is_a_sentence() -> None:
    assert facts.plain(marked("Nobody knows why.", title="Fog"), 80).splitlines() == [
        "Fog",
        "Nothing dated, placed or counted found that could be checked.",
    ]


@pytest.mark.parametrize("width", [30, 60, 66, 67, 100])
def test_every_word_is_there_at_any_width(width: int) -> None:
    printed = facts.plain(READING, width)
    assert max(map(cell_len, printed.splitlines())) == width
    for words in ("2031-03-07", "“nine", "Vessport", "(XV)", "Two barges", "mend", "hedged"):
        assert words in printed
    squeezed = re.sub(r"\s+", " ", facts.plain(READING, 30))
    assert "Two barges sank off Vessport on Friday." in squeezed


def test_wider_than_the_measure_is_no_wider() -> None:
    assert facts.plain(READING, 300) == facts.plain(READING, facts.MEASURE)


@pytest.mark.parametrize("width", [30, 60, 100])
def test_wide_letters_and_escapes(width: int) -> None:
    words = "\x1b[31m漢字漢字漢字漢字漢字漢字\u202e👩\u200d🚀\x9b"
    text = f"It fell {words} on {words}."
    span = Span(8, 8 + len(words))
    reading = replace(
        marked(text, title=f"Fog {words}", outlet=words),
        times=(Time(span, "DURATION", "P1D", 0.9), Time(Span(len(text) - 3, len(text)), "DATE", words, 0.9)),
        quantities=(Quantity(span, 1, 1, False, None, words, 0.9),),
    )
    printed = facts.plain(reading, width)
    assert max(map(cell_len, printed.split("\n"))) <= width
    assert "␛[31m" in printed
    assert not set("\x1b\x9b\u202e") & set(printed)


def test_a_thing_said_twice_in_a_statement_stands_once() -> None:
    reading = with_facts(marked("Nine sank and Nine rose."), quantities={"Nine": 9})
    again = replace(reading.quantities[0], span=Span(14, 18))
    printed = facts.plain(replace(reading, quantities=(reading.quantities[0], again)), 80)
    assert printed.splitlines()[5].split() == ["¶1", "Nine", "the", "report’s", "own", "voice"]


@pytest.mark.parametrize(
    ("of", "shown"),
    [
        ("barges", "Two old barges"),  # right behind the number: with the words between
        ("two", "Two"),  # in the number
        ("dockers", "Two (dockers)"),  # elsewhere
        (None, "Two"),
    ],
)
def test_what_is_counted_is_said_in_the_texts_words(of: str | None, shown: str) -> None:
    reading = with_facts(marked("Two old barges sank."), quantities={"Two": 2})
    found = replace(reading.quantities[0], of=of)
    assert facts.how_many((found,), reading) == [shown]


def test_a_country_needs_no_code_and_what_is_not_known_is_not_made_up() -> None:
    reading = with_facts(
        marked("Two fell in Ostravia and in Vessport."),
        places={"Ostravia": "country", "Vessport": "town"},
        quantities={"Two": 2},
    )
    country, town = reading.places
    assert facts.where((country, replace(town, country=None))) == ["Ostravia", "Vessport"]
    assert "None" not in facts.plain(replace(reading, places=(country, replace(town, country=None))), 80)


def test_colour_says_who() -> None:
    console = Console(file=io.StringIO(), width=80, force_terminal=True, color_system="standard", highlight=False)
    facts.render(READING, console)
    printed = console.file.getvalue()  # type: ignore[attr-defined]
    assert "\x1b[1;36mHarbour Wire ← Odile" in printed  # and not dim
    assert re.sub(r"\x1b\[[\d;]*m", "", printed) == TABLE + "\n"


@quick
@given(readings_with_voices(), st.integers(30, 120))
def test_no_line_is_wider_and_nothing_is_obeyed(reading: Reading, width: int) -> None:
    for line in facts.plain(reading, width).split("\n"):
        assert cell_len(line) <= width
        assert all(c.isprintable() or c in "\u00a0\u200d\u3000\u200e\u200f\ufeff\xad" for c in line), repr(line)
