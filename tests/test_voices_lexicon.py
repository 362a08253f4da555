"""The words that the resolution of voices knows."""

from __future__ import annotations

import pytest

from sayso.voices.lexicon import FUNCTION_WORDS, PREPOSITIONS, PRONOUNS, lexicon, stops


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Vessport Courier", True),
        ("the Vessport Courier", True),
        ("VESSPORT COURIER", True),
        ("Harbour News Agency", True),
        ("Lyth TV", True),
        ("Vessport Post-Gazette", True),
        ("Reuters", True),
        ("People’s Daily", True),
        ("harbourwire.com", True),
        ("Times of Lyth", True),
        ("Lythpress", True),
        ("Reuters Africa", True),
        ("Harbour Africa", False),
        ("Empress", False),
        ("Harbour Television Network", True),
        ("Atomic Harbour Agency", False),
        ("World Bread Programme", False),
        ("Millers’ Action Network", False),
        ("Bank of Lyth", False),
        ("Dana Fel", False),
        ("Harbour Board", False),
        ("Courier Services Board", False),
        ("", False),
        (" ", False),
    ],
)
def test_what_looks_like_an_outlet(name: str, expected: bool) -> None:
    assert lexicon().is_outlet(name) is expected


@pytest.mark.parametrize(("name", "expected"), [("Reuters", True), ("Vessport Courier", False), ("", False)])
def test_what_is_known_for_one(name: str, expected: bool) -> None:
    assert lexicon().is_known_outlet(name) is expected


def test_words_are_in_lower_case_and_none_is_empty() -> None:
    words = lexicon()
    every = [
        *words.honorifics,
        *words.classes,
        *words.unnamed,
        *words.documents,
        *words.media_nouns,
        *words.media_endings,
        *words.media_heads,
        *words.media_editions,
        *words.media_qualified,
        *(word for before in words.media_qualified.values() for word in before),
        *words.media_names,
        *words.platforms,
        *words.media_people,
        *words.bodies,
        *words.countries,
        *words.first_names,
        *FUNCTION_WORDS,
    ]
    assert [w for w in every if w != w.lower() or w != w.strip() or not w] == []


def test_genders() -> None:
    words = lexicon()
    assert set(words.first_names.values()) == {"male", "female"}
    assert set(words.honorifics.values()) == {"male", "female", None}
    assert (words.honorifics["mr"], words.honorifics["mrs"], words.honorifics["dr"]) == ("male", "female", None)
    assert (words.first_names["anna"], words.first_names["john"]) == ("female", "male")


def test_a_people_has_a_country() -> None:
    countries = lexicon().countries
    assert all(countries.values())
    assert countries["french"] == "france"


def test_function_words_hold_the_other_closed_classes() -> None:
    assert PRONOUNS < FUNCTION_WORDS
    assert PREPOSITIONS < FUNCTION_WORDS


def test_no_name_of_a_body_goes_on_over_a_title() -> None:
    assert {"president", "mr", "the", "spokesman", "of"} <= stops()
    assert not {"board", "union", "party"} & stops()
