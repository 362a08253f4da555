"""Names as the network marks them and as print shows them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.decode import Floats
from sayso.names import NAME_KINDS, PHRASE_KINDS, Named, Phrases, all_capitals, named, tags, tidied
from sayso.voices.lexicon import nations, stops
from sayso.windows import Window
from tests.marks import marks

KINDS = ("person", "place")


def scores(line: str, sure: float = 0.9) -> Floats:
    """Log-probabilities of a line of tags: `P` and `p` begin and go on with a person, `L` and `l` with a place."""
    order = "OPpLl"
    rows = np.full((len(line), len(order)), (1 - sure) / (len(order) - 1))
    for row, tag in enumerate(line.replace(".", "O")):
        rows[row, order.index(tag)] = sure
    logs: Floats = np.log(rows).astype(np.float32)
    return logs


def window(units: int, owned: int = 0) -> Window:
    """A window of units of two letters with a space behind each."""
    bounds = np.array([[3 * i, 3 * i + 2] for i in range(units)], np.int64)
    empty = np.zeros((0,), np.int64)
    fields = dict.fromkeys(Window.__dataclass_fields__, empty)
    return Window(**(fields | {"units": bounds, "owned": owned}))


def test_what_the_namer_says_of_a_unit() -> None:
    assert tags(KINDS) == ("O", "B-person", "I-person", "B-place", "I-place")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", []),
        ("....", []),
        (".Pp.", [(3, 8, "person")]),
        ("PpLl", [(0, 5, "person"), (6, 11, "place")]),
        ("PPp.", [(0, 2, "person"), (3, 8, "person")]),
        ("P.p.", [(0, 2, "person"), (6, 8, "person")]),  # what goes on with nothing begins it
        ("Pl..", [(0, 2, "person"), (3, 5, "place")]),
    ],
)
def test_runs_of_units_are_names(line: str, expected: list[tuple[int, int, str]]) -> None:
    found = named(scores(line).reshape(-1, 5), KINDS, window(len(line)))
    assert [(n.start, n.end, n.kind) for n in found] == expected


def test_a_name_is_as_sure_as_its_units() -> None:
    (sure,), (unsure,) = (named(scores("Pp", p), KINDS, window(2)) for p in (0.95, 0.6))
    assert sure.score == pytest.approx(0.95)
    assert unsure.score == pytest.approx(0.6)


def test_names_that_begin_in_the_context_belong_to_the_window_before() -> None:
    assert [n.start for n in named(scores("PpP"), KINDS, window(3, owned=1))] == [6]
    assert [n.start for n in named(scores("PpP"), KINDS, window(3, owned=3))] == []


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("[person|Ilse Tamarind] said so.", ["Ilse Tamarind"]),
        # What belongs to the name of a person.
        ("[person|Rurik] “[person|Stone]” [person|Moss] said so.", ["Rurik “Stone” Moss"]),
        ("[person|Rurik] “Stone” [person|Moss] said so.", ["Rurik “Stone” Moss"]),
        ("[person|Rurik] (Stone Hand) [person|Moss] said so.", ["Rurik (Stone Hand) Moss"]),
        ('[person|Rurik] "Stone" [person|Moss] said so.', ['Rurik "Stone" Moss']),
        ("[person|Rurik Moss] Jr. said so.", ["Rurik Moss Jr."]),
        ("[person|Rurik Moss], Sr., said so.", ["Rurik Moss, Sr."]),
        ("[person|Rurik Moss] III said so.", ["Rurik Moss III"]),
        ("[person|Rurik Moss], [person|Dana Fel] and others.", ["Rurik Moss", "Dana Fel"]),
        ("[person|Rurik Moss] and [person|Dana Fel] agreed.", ["Rurik Moss", "Dana Fel"]),
        ("R. [person|Stone Moss] said so.", ["R. Stone Moss"]),
        ("[person|Rurik Moss] ([person|D-Lyth]) met [person|Dana Fel].", ["Rurik Moss", "Dana Fel"]),
        ("[person|Rurik Moss (D-Lyth]) met [person|Dana Fel].", ["Rurik Moss", "Dana Fel"]),
        # Bodies with all their capitals.
        ("on Monday the U.M. [organisation|Harbour Board] met again in public.", ["U.M. Harbour Board"]),
        ("the US [organisation|Harbour Board] met.", ["US Harbour Board"]),
        ("the Justice [organisation|Department] met.", ["Justice Department"]),
        ("the [organisation|Lyth-based Harbour Board] met.", ["Harbour Board"]),
        ("[organisation|Dana Fel’s Harbour Board] met.", ["Harbour Board"]),
        ("the [organisation|Harbour] [organisation|Works Committee] met.", ["Harbour Works Committee"]),
        ("the Vessport [organisation|Harbour Board] met.", ["Vessport Harbour Board"]),
        ("the [organisation|Ministry] of Works met.", ["Ministry of Works"]),
        ("the [organisation|Union] for the Sea met.", ["Union for the Sea"]),
        ("The [organisation|Harbour Board] met.", ["Harbour Board"]),
        ("President [organisation|Harbour Board] met.", ["Harbour Board"]),
        ("the [organisation|Harbour Board] and the [organisation|Union] met.", ["Harbour Board", "Union"]),
        ("the [organisation|Harbour Board] of [place|Lyth] met.", ["Harbour Board", "Lyth"]),
        ("the [organisation|Harbour Board] Monday said so.", ["Harbour Board"]),
        # What only stands before the name, or behind it.
        ("the [organisation|group Harbour Watch] met.", ["Harbour Watch"]),
        ("the [organisation|Lyth’s Harbour Board] met.", ["Harbour Board"]),
        ("[person|leader Rurik Moss] said so.", ["Rurik Moss"]),
        ("[person|Rurik Moss who] said so.", ["Rurik Moss"]),
        # What no print would show as a name.
        ("[person|someone] said so.", []),
        ("the [organisation|board] met.", []),
        ("", []),
    ],
)
def test_tidied(notation: str, expected: list[str]) -> None:
    made = marks(notation)
    found = tidied(made.text, made.names, stops())
    assert [made.text[n.start : n.end] for n in found] == expected


@pytest.mark.parametrize(
    ("notation", "kind"),
    [
        ("the force of [organisation|Norway] left.", "place"),
        ("the force of [organisation|Norway’s] left.", "place"),
        ("a [thing|Norwegian] force left.", "people"),
        ("Mr [person|Jordan] left.", "person"),
        ("the [organisation|Harbour Board] met.", "organisation"),
    ],
)
def test_a_country_is_a_place_and_its_people_a_people_whatever_the_namer_took_them_for(
    notation: str, kind: str
) -> None:
    made = marks(notation)
    (found,) = tidied(made.text, made.names, stops(), nations())
    assert found.kind == kind
    assert not made.text[found.start : found.end].endswith("’s")


def test_in_a_line_of_capitals_a_name_is_left_as_it_was_found() -> None:
    made = marks(
        "Vessport Harbour [organisation|Works Board] Closes Pier\n\n"
        "The Harbour [organisation|Works Board] met for an hour on the pier."
    )
    found = [made.text[n.start : n.end] for n in tidied(made.text, made.names, stops())]
    assert found == ["Works Board", "Harbour Works Board"]


def test_tidied_names_lie_apart_and_in_order() -> None:
    made = marks("the [organisation|Harbour] [thing|Works] [organisation|Board] of [place|Lyth] and [person|Amal Ode]")
    found = tidied(made.text, made.names, stops())
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert {n.kind for n in found} <= set(NAME_KINDS)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Harbour Works Board Closes Pier", True),
        ("HARBOUR BOARD CLOSES PIER", True),
        ("The board of the harbour met in Lyth on Monday.", False),
        ("", False),
    ],
)
def test_all_capitals(line: str, expected: bool) -> None:
    text = f"One line before it.\n{line}\nOne line behind it."
    assert all_capitals(text, text.index(line, 20)) is expected


def test_names_sort_by_where_they_stand() -> None:
    assert sorted([Named(5, 9, "place", 0.1), Named(0, 3, "thing", 0.9)])[0].start == 0


_PHRASES = st.lists(
    st.builds(Named, st.integers(0, 2**31), st.integers(0, 2**31), st.sampled_from(PHRASE_KINDS), st.floats(0, 1))
)


@given(_PHRASES, _PHRASES, st.slices(9))
def test_phrases_kept_small_are_the_same_phrases(first: list[Named], more: list[Named], part: slice) -> None:
    kept = Phrases(first)
    kept.extend(Phrases.of(more))
    phrases = first + more
    assert list(kept) == phrases
    assert kept[part] == phrases[part]
    assert list(kept.starts) == [phrase.start for phrase in phrases]
    assert Phrases.of(kept) is kept
