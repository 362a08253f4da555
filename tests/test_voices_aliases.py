"""One bearer of several names: what texts say of aliases, what everybody knows, and one name spelt in several ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.names import Named
from sayso.voices.aliases import shortens, sounds, with_aliases
from sayso.voices.bearers import bearers, key
from tests.marks import marks
from tests.texts import texts


def together(notation: str) -> list[set[str]]:
    """The names of each bearer that has more than one."""
    made = marks(notation)
    found = with_aliases(made.text, bearers(made.text, made.names))
    names = ({made.text[n.start : n.end] for n in bearer.names} for bearer in found)
    return [several for several in names if len(several) > 1]


FRONT, TONGUE = "[organisation|Marish Relief Front]", "[person|Hesat al-Marish]"
ONE = [{"Marish Relief Front", "Hesat al-Marish"}]


@pytest.mark.parametrize(
    "notation",
    [
        f"The {FRONT}, also known as {TONGUE}, left.",
        f"The {FRONT} (also known as {TONGUE}) left.",
        f"The {FRONT} – better known as “{TONGUE}” – left.",
        f"The {FRONT}, which is known locally as {TONGUE}, left.",
        f"The {FRONT}, known in Marish as {TONGUE}, left.",
        f"The {FRONT}, known by its Marish acronym {TONGUE}, left.",
        f"The {FRONT}, a.k.a. {TONGUE}, left.",
        f"The {FRONT}, formerly known as the {TONGUE}, left.",
        f"The {FRONT}, sometimes called {TONGUE}, left.",
        f"The {FRONT}, which is also called {TONGUE}, left.",
        f"{TONGUE}, as the {FRONT} is known in the hills, left.",
        f"{TONGUE} is the Marish acronym for the {FRONT}.",
    ],
)
def test_aliases_that_the_text_gives(notation: str) -> None:
    assert together(notation) == ONE


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        ("The [organisation|Marish Relief Front] ([organisation|MRF]) left.", {"Marish Relief Front", "MRF"}),
        ("The [organisation|Marish Relief Front], or [organisation|M.R.F.], left.", {"Marish Relief Front", "M.R.F."}),
        # An abbreviation in another language, in brackets behind a body.
        ("The [organisation|Marish Relief Front] ([thing|KVT]) left.", {"Marish Relief Front", "KVT"}),
        ("The [organisation|KVT] ([person|Hesat al-Marish]) left.", {"KVT", "Hesat al-Marish"}),
        ("[organisation|Lythpost], formerly [organisation|Radio Vess], left.", {"Lythpost", "Radio Vess"}),
        (
            "The [organisation|Marish Relief Front] ([organisation|MRF]), also known as [person|Hesat al-Marish], ran.",
            {"Marish Relief Front", "MRF", "Hesat al-Marish"},
        ),
        # What everybody knows, whichever side says it.
        ("[place|Daesh] fled. [organisation|ISIS] came back.", {"Daesh", "ISIS"}),
        ("[place|Britain] paid. The [place|UK] did.", {"Britain", "UK"}),
        ("[place|Burma] slept. [place|Myanmar] woke.", {"Burma", "Myanmar"}),
        # One name spelt in several ways, or taken for two kinds.
        ("[person|Yusar al-Mazzun] left. [person|Youssar Al-Mazzoun] came.", {"Yusar al-Mazzun", "Youssar Al-Mazzoun"}),
        ("[organisation|Hezbollah] left. [organisation|Hizbullah] came.", {"Hezbollah", "Hizbullah"}),
        (
            "[person|Hashd al-Shaabi] left. [organisation|Hashd al-Sha’abi] came.",
            {"Hashd al-Shaabi", "Hashd al-Sha’abi"},
        ),
    ],
)
def test_other_ways_of_being_one(notation: str, expected: set[str]) -> None:
    assert together(notation) == [expected]


@pytest.mark.parametrize(
    "notation",
    [
        f"The {FRONT} and {TONGUE} left.",
        f"The {FRONT}, {TONGUE} and the rest left.",
        f"The {FRONT} called {TONGUE} a liar.",
        f"The {FRONT} is as well known as {TONGUE} is.",
        "[organisation|Lythpost], or [organisation|Radio Vess], may have said so.",
        "[person|Dana Fel] ([organisation|PDP]) left.",
        "[place|Vessport] ([place|Lyth]) slept.",
        "The [organisation|Harbour Board] ([organisation|AP]) slept.",
        "[person|Ilse Brown] met [person|Ilsa Braun].",
        "[person|Orin Castellane], formerly [organisation|Lythpost], left.",
        "[place|Lyth] slept. [people|Lythian] dogs barked.",
        "The [organisation|Interior Ministry] blamed the [organisation|Defence Ministry].",
    ],
)
def test_what_is_not_one(notation: str) -> None:
    assert together(notation) == []


def test_a_body_of_several_names_is_a_body_and_goes_by_the_commonest() -> None:
    made = marks(
        "[person|Hesat al-Marish] left. The [organisation|Marish Relief Front] (also known as "
        "[person|Hesat al-Marish]) denied it. The [organisation|Marish Relief Front] slept. "
        "The [organisation|Marish Relief Front] woke."
    )
    (found,) = with_aliases(made.text, bearers(made.text, made.names))
    assert (found.kind, found.text(made.text)) == ("organisation", "Marish Relief Front")
    assert found.others == (("hesat", "marish"),)
    assert found.names == sorted(found.names)


def test_a_known_name_says_what_it_is_a_name_of() -> None:
    made = marks("[place|Daesh] left. [organisation|Turkey] slept.")
    assert [b.kind for b in with_aliases(made.text, bearers(made.text, made.names))] == ["organisation", "place"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Mohammed al-Khatib", "Muhammad Khateeb", False),
        ("Hizbollah", "Hezbullah", True),
        ("al-Mazzun", "Mazzoun", True),
        ("Tom Hill", "Tim Hall", False),
        ("Ilse", "Ilsa", False),
    ],
)
def test_sounds(one: str, other: str, same: bool) -> None:
    assert (sounds(key(one)) == sounds(key(other))) is same


@pytest.mark.parametrize(
    ("one", "other", "short"),
    [
        ("MRF", "Marish Relief Front", True),
        ("Marish Relief Front", "M.R.F.", True),
        ("United Nations", "UN", True),
        ("MRF", "Harbour Board", False),
        ("MRF", "Marishreliefront", False),
    ],
)
def test_shortens(one: str, other: str, short: bool) -> None:
    assert shortens(one, other) is short


@given(texts, st.data())
def test_no_name_is_lost_whatever_the_text(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=12)))
    kinds = st.sampled_from(["person", "organisation", "place", "people", "thing"])
    names = [Named(a, b, data.draw(kinds), 0.5) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    before = bearers(text, names)
    count = sum(len(b.names) for b in before)
    after = with_aliases(text, before)
    assert sum(len(b.names) for b in after) == count
    assert all(b.names == sorted(b.names) for b in after)
    assert [b.names[0] for b in after] == sorted(b.names[0] for b in after)
