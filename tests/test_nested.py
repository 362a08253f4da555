"""Statements inside statements: what is read once more, and what of it is kept."""

from __future__ import annotations

import pytest

from sayso.nested import LEAST, inner_texts, is_inner
from sayso.relayed import Found
from sayso.types import Span
from tests.marks import where

TEXT = "“As the warden said, the gate was never locked at night,” Dana Fel told the court. “He said so twice.”"
OUTER = Found(
    where(TEXT, "Dana Fel"),
    where(TEXT, "told"),
    where(TEXT, "“As the warden said, the gate was never locked at night,”"),
    0.9,
)


def inner(source: str, cue: str, content: str, score: float = 0.9) -> Found:
    """An attribution by its words."""
    return Found(*(where(TEXT, w) if w else () for w in (source, cue, content)), score)


WARDEN = inner("the warden", "said", "the gate was never locked at night")


def test_a_quotation_is_read_again_without_its_marks() -> None:
    ((outer, span),) = inner_texts(TEXT, [OUTER])
    assert outer is OUTER
    assert TEXT[slice(*span)].startswith("As the warden said, the gate")


@pytest.mark.parametrize(
    "content",
    [
        "“It was never locked at night, not once in a year,”",  # nobody says anything in it
        "“He said so,”",  # too short to hold a statement
        "that the warden said the gate was never locked at night",  # no quotation
    ],
)
def test_what_is_not_read_again(content: str) -> None:
    text = f"Dana Fel told the court: {content}."
    outer = Found(where(text, "Dana Fel"), where(text, "told"), where(text, content), 0.9)
    assert list(inner_texts(text, [outer])) == []


@pytest.mark.parametrize("name", ["Ro", "Vasantharajan"])
def test_how_long_a_name_is_does_not_decide_what_is_read_again(name: str) -> None:
    text = f"“{name} always says it is us,” Dana Fel told the court."
    outer = Found(where(text, "Dana Fel"), where(text, "told"), where(text, f"“{name} always says it is us,”"), 0.9)
    assert len(list(inner_texts(text, [outer]))) == 1


def test_each_part_of_a_content_is_looked_at() -> None:
    text = "“I left at noon,” Dana Fel said. “The warden told me that the gate was locked.”"
    outer = Found(
        where(text, "Dana Fel"),
        where(text, "said"),
        where(text, "“I left at noon,”", "“The warden told me that the gate was locked.”"),
        0.9,
    )
    assert [text[slice(*span)][:10] for _, span in inner_texts(text, [outer])] == ["The warden"]


@pytest.mark.parametrize(
    ("found", "kept"),
    [
        (WARDEN, True),
        (inner("the warden", "said", "the gate was never locked at night", LEAST), True),
        (inner("the warden", "said", "the gate was never locked at night", LEAST - 0.01), False),
        (inner("", "said", "the gate was never locked at night"), False),
        (inner("the warden", "", "the gate was never locked at night"), False),
        (inner("He", "said", "so twice"), False),
        (inner("the gate", "was never locked", "at night"), False),
        (inner("the warden", "told", "the court"), False),  # the outer cue itself
    ],
)
def test_what_of_it_is_kept(found: Found, kept: bool) -> None:
    assert is_inner(TEXT, found, OUTER, [OUTER]) is kept


def test_what_is_there_already_is_not_found_twice() -> None:
    assert not is_inner(TEXT, WARDEN, OUTER, [OUTER, WARDEN])
    assert is_inner(TEXT, WARDEN, OUTER, [OUTER, Found((), (Span(0, 3),), (), 0.9)])
