"""What the encoder reads: windows over any text, in linear time."""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.model import Model
from sayso.shown import StandIn
from sayso.text import Unit, paragraphs, units
from sayso.windows import CONTEXT_PIECES, FEATURES, QUOTE_STATES, WINDOW_PIECES, Window, Windower
from tests.texts import texts

SENTENCE = "The mayor of Qasr Velin said on Friday that “nobody” had warned the merchants of the exchange. "


@pytest.fixture(scope="session")
def windower() -> Windower:
    return Windower.from_file(Model.load().folder / "tokenizer.json")


def owned(windows: list[Window]) -> list[tuple[int, int]]:
    """The units that the windows own, in their order."""
    return [(int(start), int(end)) for w in windows for start, end in w.units[w.owned :]]


def classes(windower: Windower, text: str) -> list[tuple[str, int, int]]:
    """Each unit of a text of one window with its case and its quotation state."""
    (window,) = windower.windows(text)
    features = window.features[window.firsts].tolist()
    bounds = window.units.tolist()
    return [(text[a:b], f // QUOTE_STATES, f % QUOTE_STATES) for (a, b), f in zip(bounds, features, strict=True)]


@pytest.mark.parametrize("text", ["", "  \n", "\x1f", "\0\0", "\u200b", "\u200f\n\ufeff"])
def test_nothing_to_read(windower: Windower, text: str) -> None:
    assert list(windower.windows(text)) == []


def test_a_short_text_is_one_window(windower: Windower) -> None:
    text = "One two.\n\nThree four."
    (window,) = windower.windows(text)
    assert owned([window]) == [unit for span in paragraphs(text) for unit in units(text, *span)]
    assert window.paragraph.tolist() == [0, 0, 0, 1, 1, 1]
    assert window.owned == 0


def test_case_and_quotation_state(windower: Windower) -> None:
    lower, title, upper, digit, other = range(5)
    outside, opening, inside, closing = range(4)
    assert classes(windower, "NATO said: “We left 3.” A—‘b’") == [
        ("NATO", upper, outside),
        ("said", lower, outside),
        (":", other, outside),
        ("“", other, opening),
        ("We", title, inside),
        ("left", lower, inside),
        ("3", digit, inside),
        (".", other, inside),
        ("”", other, closing),
        ("A", title, outside),
        ("—", other, outside),
        ("‘", other, opening),
        ("b", lower, inside),
        ("’", other, closing),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("\ufeffHe said", ["He", "said"]),
        ("\u200fHe\u200e said", ["He", "said"]),
        ("He\0 said\x1b[1m so", ["He", "said", "[", "1m", "so"]),
        ("half \ud800 a pair \udc00", ["half", "a", "pair"]),
        ("e\u0301te\u0301 n\u0303u", ["e\u0301te\u0301", "n\u0303u"]),
        ("👩\u200d🚀 said", ["👩\u200d🚀", "said"]),
        ("漢字 각", ["漢字", "각"]),
    ],
)
def test_what_the_tokenizer_drops_shifts_nothing(windower: Windower, text: str, words: list[str]) -> None:
    assert [text[a:b] for a, b in owned(list(windower.windows(text)))] == words


def test_a_long_paragraph_is_cut_between_sentences(windower: Windower) -> None:
    text = SENTENCE * 100
    windows = list(windower.windows(text))
    assert len(windows) > 5
    for window in windows[1:]:
        start = int(window.units[window.owned, 0])
        assert start % len(SENTENCE) == 0
        assert 0 < window.owned <= CONTEXT_PIECES


def test_one_line_of_a_million_characters(windower: Windower) -> None:
    text = (SENTENCE * 10_600)[:1_000_000]
    start = time.process_time()
    windows = list(windower.windows(text))
    assert time.process_time() - start < 20
    assert owned(windows) == units(text)


@given(text=texts)
def test_every_unit_is_owned_once_or_has_no_pieces(windower: Windower, text: str) -> None:
    windows = list(windower.windows(text))
    found = owned(windows)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    assert set(found) <= {unit for span in paragraphs(text) for unit in units(text, *span)}
    for window in windows:
        check(window)


def check(window: Window) -> None:
    """What every window keeps to."""
    assert 2 < len(window.pieces) <= WINDOW_PIECES
    assert len(window.features) == len(window.pieces)
    assert 0 <= window.features.min() <= window.features.max() < FEATURES
    assert len(window.firsts) == len(window.units) == len(window.paragraph) > window.owned
    assert (np.diff(window.firsts) > 0).all()
    assert window.firsts[0] > 0
    assert window.firsts[-1] < len(window.pieces) - 1
    assert (np.diff(window.paragraph) >= 0).all()


_OF_MARKS = (
    "“",
    "”",
    "“‘",
    "«‹",
    '"',
    "'",
    "''``",
    ".",
    ".)",
    ". )",
    "a.",
    "a'",
    "1.",
    "a(",
    "-a",
    "'a ",
    "‘a ",
    '"a ',
)
_OF_QUOTATIONS = ("„a ", '“a" ', "‘s’ ", "s' a ", "as’ ‘a ", "‘a s’ b ", 'a." ', "a. ", "Mr. A ", "'90s ")
_OF_LETTERS = (
    "ab ",
    "x",
    "é",
    "漢",
    "e\u0301",
    "\u0301",
    "👩\u200d🚀",
    "\u200d",
    "🇫",
    "a\xad",
    "\ud800a ",
    "\0",
    "\u200b",
)
_OF_LINES = ("a\nb", "a b\n\n", "\n", " ", "word " * 13 + "\n")


@pytest.mark.parametrize("pattern", [*_OF_MARKS, *_OF_QUOTATIONS, *_OF_LETTERS, *_OF_LINES])
def test_hostile_texts_take_linear_time(windower: Windower, pattern: str) -> None:
    """A tenth of a second or two; what is quadratic in marks or words takes ten and more at this length."""
    text = (pattern * 25_000)[:25_000]
    start = time.process_time()
    for window in windower.windows(text):
        check(window)
    assert time.process_time() - start < 3


class Towns:
    """A veil of one name, of two units, and one of a single unit that becomes two words."""

    def stand_ins(self, text: str, words: Sequence[Unit]) -> list[StandIn]:
        found: list[StandIn] = []
        for index, (start, end) in enumerate(words):
            if text.startswith("Qasr Velin", start):
                found.append(StandIn(index, index + 2, "Paris"))
            elif text[start:end] == "ILDAG":
                found.append(StandIn(index, index + 1, "South Canada"))
        return found


@pytest.fixture(scope="session")
def veiled() -> Windower:
    return Windower.from_file(Model.load().folder / "tokenizer.json", Towns())


def test_what_is_veiled_is_one_unit_and_reads_as_what_stands_in(veiled: Windower, windower: Windower) -> None:
    text, shown = "“Qasr Velin’s mayor left ILDAG.”", "“Paris’s mayor left South Canada.”"
    (window,), (plain,) = veiled.windows(text), windower.windows(shown)
    found = [text[a:b] for a, b in window.units.tolist()]
    assert found == ["“", "Qasr Velin", "’s", "mayor", "left", "ILDAG", ".", "”"]
    assert window.pieces.tolist() == plain.pieces.tolist()
    assert classes(veiled, text)[1:2] == [("Qasr Velin", 1, 2)]


@given(st.lists(texts | st.sampled_from(["Qasr Velin", " ILDAG", "\n", "Qasr Velin Qasr"]), max_size=8).map("".join))
def test_a_veil_moves_no_offset(veiled: Windower, windower: Windower, text: str) -> None:
    plain = [unit for window in windower.windows(text) for unit in window.units[window.owned :].tolist()]
    starts, ends = {start for start, _ in plain}, {end for _, end in plain}
    found = owned(list(veiled.windows(text)))
    assert all(start < end for start, end in found)
    assert all(before[1] <= after[0] for before, after in pairwise(found))
    hidden = [text[a:b] for a, b in found if a in starts and b in ends]
    assert len(hidden) >= len(found) - text.count("Qasr Velin") - text.count("ILDAG")
