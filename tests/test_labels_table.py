"""The table of labels: what each voice calls whom, at any width, whatever the text holds."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from sayso.reading import Reading
from sayso.render import labels
from sayso.types import Entity, Label, Span
from tests.marks import where
from tests.readings import marked, quick, readings, readings_with_voices, with_voices

VOICED = with_voices(
    marked(
        "The Front took the hill. {who1 Odile Varrin} {how1 said} {what1 the heroic Front was there first, and the "
        "Front would stay}.\n\n{who2 The mayor} {how2 said} {what2 the gang had robbed the Front’s own bank}.\n\n"
        "The Front slept.",
        title="Who took the hill",
    ),
    ("Odile Varrin", "person", "a1"),
    ("mayor", "unnamed", "a2"),
)
TEXT = VOICED.document.text
FRONTS = where(TEXT, "Front", "Front", "Front", "Front", "Front")
HEROIC, GANG = where(TEXT, "heroic Front", "gang")
READING = replace(
    VOICED,
    entities=(
        Entity("e1", "Front", "ORG", ("Front",), (*FRONTS[:3], GANG, *FRONTS[3:]), 0.9),
        Entity("e2", "Odile Varrin", "PERSON", ("Odile Varrin",), where(TEXT, "Odile Varrin"), 0.9, "v1"),
    ),
    labels=(
        Label("e1", "v1", HEROIC, Span(HEROIC.end - 5, HEROIC.end), True, 0.9, "a1"),
        Label("e1", "v2", GANG, GANG, True, 0.9, "a2"),
    ),
)

TABLE = """\
Who took the hill
2 labels for 2 entities · 2 judge ◆
──────────────────────────────────────────────────────────────────────

Front · organisation
  the report itself  Front 2× ¶1,3
  Odile Varrin       heroic Front◆ ¶1 · Front ¶1
  mayor              gang◆ ¶2 · Front ¶2

and 1 more, called by one name throughout"""


def test_the_table() -> None:
    assert labels.plain(READING, 70) == TABLE


def test_a_reading_without_labels() -> None:
    assert labels.plain(marked("Nobody said so."), 40).splitlines() == [
        "Untitled report",
        "0 labels for 0 entities",
        "─" * 40,
    ]


def test_colour_says_what_the_mark_says() -> None:
    console = Console(file=io.StringIO(), width=70, force_terminal=True, color_system="standard", highlight=False)
    labels.render(READING, console)
    printed = console.file.getvalue()  # type: ignore[attr-defined]
    assert "\x1b[1;35mheroic Front◆\x1b" in printed
    assert "\x1b[1;36mOdile Varrin" in printed


def test_what_is_said_by_nobody_named_is_told_apart_from_the_report() -> None:
    nobody = replace(READING, labels=(replace(READING.labels[0], voice=None), READING.labels[1]))
    assert "  nobody named       heroic Front◆ ¶1" in labels.plain(nobody, 70)


@pytest.mark.parametrize("width", [30, 45, 100])
def test_every_word_is_there_at_any_width(width: int) -> None:
    printed = labels.plain(READING, width)
    assert max(map(cell_len, printed.splitlines())) <= width
    assert printed.split()[-8:] == TABLE.split()[-8:]


@quick
@given(readings() | readings_with_voices(), st.integers(30, 120))
def test_no_line_is_wider_and_nothing_is_obeyed(reading: Reading, width: int) -> None:
    for line in labels.plain(reading, width).split("\n"):
        assert cell_len(line) <= width
        assert all(c.isprintable() or c in "\u00a0\u200d\u3000\u200e\u200f\ufeff\xad" for c in line), repr(line)
