"""Paragraphs, words and sentence ends: tables of examples, and what holds for any text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

from sayso.text import paragraphs, sentence_ends, units
from tests.texts import texts

WRAPPED = """\
QASR VELIN, March 7 -- The roof of the wool exchange came down at four,
killing at least fourteen, the mayor said on Friday after he had been to
the place with the governor and two engineers from the capital, who were
not allowed to speak.

The council denied that it had known of the cracks, and asked for a new
inquiry by people from outside the province.
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t\r\n ", []),
        ("\x1f", []),
        ("One.", ["One."]),
        ("  One. \n\n\n  Two.\n", ["One.", "Two."]),
        ("One.\nTwo.", ["One.", "Two."]),
        ("One.\r\nTwo.\rThree.", ["One.", "Two.", "Three."]),
        ("One.\u2028Two.\u2029Three.\x85Four.\x0cFive.", ["One.", "Two.", "Three.", "Four.", "Five."]),
        ("HEADLINE\nBy Anna Reyl\n\n- one\n- two", ["HEADLINE", "By Anna Reyl", "- one", "- two"]),
        ("\ufeffOne.\x1f\nTwo.", ["\ufeffOne.", "Two."]),
    ],
)
def test_a_line_is_a_paragraph(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in paragraphs(text)] == expected


def test_a_block_of_broken_lines_is_a_paragraph() -> None:
    found = [WRAPPED[start:end] for start, end in paragraphs(WRAPPED)]
    assert len(found) == 2
    assert found[0].startswith("QASR VELIN")
    assert found[0].endswith("to speak.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said so.", "He|said|so|."),
        ("al-Waeli's claim", "al-Waeli|'s|claim"),
        ("the soldiers’ fault", "the|soldiers|’|fault"),
        ("It’s ours", "It|’s|ours"),
        ("we'll they've I'm he'd you're", "we|'ll|they|'ve|I|'m|he|'d|you|'re"),
        ("don't can’t", "don't|can’t"),
        ("O'Brien of Hawai’i", "O'Brien|of|Hawai’i"),
        ("the U.S. and U.N.", "the|U.S.|and|U.N."),
        ("3.5 1,000,000 12:30 9.", "3.5|1,000,000|12:30|9|."),
        ("AT&T r_k@example.com", "AT&T|r_k@example.com"),
        ("“No,” he said.", "“|No|,|”|he|said|."),
        ("(No)—‘Yes’…", "(|No|)|—|‘|Yes|’|…"),
        ("so... no -- yes", "so|...|no|--|yes"),
        ("one.Two", "one|.|Two"),
        ("Łódź e\u0301te\u0301 ‚ß‘", "Łódź|e\u0301te\u0301|‚|ß|‘"),
        ("漢字。かな", "漢字|。|かな"),
        ("👩\u200d🚀 says 👍🏽🇫🇷🇩🇪!", "👩\u200d🚀|says|👍🏽|🇫🇷|🇩🇪|!"),
        ("a\x1fb\xa0c\u2003d", "a|b|c|d"),
        ("x\0y", "x|\0|y"),
        ("\u0600abc \u0600 d", "\u0600|abc|\u0600|d"),
        ("\ud800a", "\ud800|a"),
        ("عبد الرحمن،", "عبد|الرحمن|،"),
        ("co\xadoperate na\u200dïve", "co\xadoperate|na\u200dïve"),
    ],
)
def test_units(text: str, expected: str) -> None:
    assert "|".join(text[start:end] for start, end in units(text)) == expected


def test_units_of_a_part_have_the_offsets_of_the_whole() -> None:
    assert units("One two three", 4, 7) == [(4, 7)]


@pytest.mark.parametrize(
    "marked",
    [
        "He left. |She stayed.|",
        "“He left.” |She stayed.|",
        "Did he? |He did! |(So they say.) |Good.|",
        "Mr. Reyl met Dr. Tam in St. Ives. |They spoke.|",
        "It fell 3.5 per cent. |It rose.|",
        "He said... and left.|",
        "No stop|",
        "J. K. Reyl left. |Then what?|",
        "It ended at 5 p.m. sharp.|",
    ],
)
def test_sentence_ends(marked: str) -> None:
    text = marked.replace("|", "")
    words = units(text)
    ends = [words[index][0] if index < len(words) else len(text) for index in sentence_ends(text, words)]
    expected = [len(marked[:at].replace("|", "")) for at, character in enumerate(marked) if character == "|"]
    assert ends == expected


@given(text=texts)
def test_paragraphs_hold_all_the_ink(text: str) -> None:
    found = paragraphs(text)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in found)
    assert all(a[1] < b[0] for a, b in pairwise(found))
    assert "".join("".join(text[start:end].split()) for start, end in found) == "".join(text.split())


@given(text=texts)
def test_units_hold_all_the_ink_and_break_no_word(text: str) -> None:
    found = units(text)
    assert "".join(text[start:end] for start, end in found) == "".join(text.split())
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    for start, end in found:
        assert not any(character.isspace() for character in text[start:end])
        assert not (text[start].isalnum() and text[start - 1 : start].isalnum())
        assert not (text[end - 1].isalnum() and text[end : end + 1].isalnum())


@given(text=texts)
def test_sentence_ends_rise_to_the_last_unit(text: str) -> None:
    words = units(text)
    ends = list(sentence_ends(text, words))
    assert ends == sorted(set(ends))
    assert ends[-1] == len(words)
