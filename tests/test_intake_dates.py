"""Dates as programs and print write them, and the order of day and month in a column."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.documents import checked_date
from sayso.intake.dates import day_first, iso


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("2031-05-24", "2031-05-24"),
        ("2031-05-24T18:30:00+02:00", "2031-05-24T18:30:00+02:00"),
        ("2031-05-24 18:30:00.123456", "2031-05-24T18:30:00"),
        ("2031-05-24T18:30Z", "2031-05-24T18:30:00+00:00"),
        ("20310524", "2031-05-24"),
        ("20310524183000", "2031-05-24T18:30:00"),
        ("Friday, March 7, 2031 9:30 PM GMT", "2031-03-07T21:30:00+00:00"),
        ("March 7, 2031 Friday", "2031-03-07"),
        ("7 March 2031", "2031-03-07"),
        ("7 Sept. 2031", "2031-09-07"),
        ("the 7th of March, 2031", "2031-03-07"),
        ("Fri, 07 Mar 2031 08:00:00 +0100", "2031-03-07T08:00:00+01:00"),
        ("Fri, 07 Mar 31 08:00:00 GMT", "2031-03-07T08:00:00+00:00"),
        ("7.3.2031", "2031-03-07"),
        ("25/3/2031", "2031-03-25"),
        ("3/25/2031", "2031-03-25"),
        ("3/3/2031", "2031-03-03"),
        ("3/4/2031", None),  # two days
        ("31 February 2031", None),
        ("2031-13-01", None),
        ("March 2031", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        (True, None),
        (1931040000, "2031-03-12T00:00:00+00:00"),
        (1931040000000, "2031-03-12T00:00:00+00:00"),
        (2031, None),
        (float("nan"), None),
        (datetime.date(2031, 3, 7), "2031-03-07"),
        ("ſeptember 7, 2031", None),
    ],
)
def test_a_date_is_what_it_says_or_none(words: object, date: str | None) -> None:
    assert iso(words) == date


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["3/4/2031", "25/4/2031"], True),
        (["3/4/2031", "4/25/2031 10:00"], False),
        (["3/4/2031", "1/1/2031", None, 7], None),
        (["25/4/2031", "4/25/2031"], None),
        (["2031-04-25"], None),
        ([], None),
    ],
)
def test_one_value_settles_the_order_of_a_column(values: list[object], order: bool | None) -> None:
    assert day_first(values) == order


def test_the_order_decides_what_could_be_two_days() -> None:
    assert iso("3/4/2031", day_first=True) == "2031-04-03"
    assert iso("3/4/2031", day_first=False) == "2031-03-04"


@given(
    st.text() | st.from_regex(r"[0-9 /.:TZ+-]{0,25}|[A-Z][a-z]{2,8} [0-9]{1,2},? [0-9]{4}.{0,9}", fullmatch=True),
    st.none() | st.booleans(),
)
def test_whatever_is_found_is_a_date_that_a_document_takes(words: str, order: bool | None) -> None:
    found = iso(words, order)
    assert found is None or checked_date(found) == found


@given(st.floats() | st.integers())
def test_any_number_is_a_date_or_none(number: float) -> None:
    found = iso(number)
    assert found is None or checked_date(found) == found
