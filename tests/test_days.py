"""Which days somebody asks for, and which the values of time expressions mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InvalidSearch
from sayso.ledger.days import asked, of_value


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2031-05-24", ("2031-05-24", "2031-05-24")),
        ("2031-05-24TNI", ("2031-05-24", "2031-05-24")),
        ("2031-05-24T18:30", ("2031-05-24", "2031-05-24")),
        ("2031-02", ("2031-02-01", "2031-02-28")),
        ("2032-02", ("2032-02-01", "2032-02-29")),
        ("2031-05-XXTMO", ("2031-05-01", "2031-05-31")),
        ("2031", ("2031-01-01", "2031-12-31")),
        ("2031-XX-XXTNI", ("2031-01-01", "2031-12-31")),
        ("2031-W10", ("2031-03-03", "2031-03-09")),
        ("2031-W10-WE", ("2031-03-08", "2031-03-09")),
        ("2031-W10-4", ("2031-03-06", "2031-03-06")),
        ("2031-Q4", ("2031-10-01", "2031-12-31")),
        ("2031-H1", ("2031-01-01", "2031-06-30")),
        ("2031-SU", ("2031-06-01", "2031-08-31")),
        ("2031-WI", ("2031-12-01", "2032-02-29")),
        ("203", ("2030-01-01", "2039-12-31")),
        ("203X", ("2030-01-01", "2039-12-31")),
        ("20", ("2000-01-01", "2099-12-31")),
        ("XXXX-05-24", None),
        ("2031-02-30", None),
        ("2031-13", None),
        ("2031-W54", None),
        ("9999-WI", None),
        ("P3D", None),
        ("PRESENT_REF", None),
        ("2031-WXX-5", None),
        ("", None),
    ],
)
def test_values(value: str, days: tuple[str, str] | None) -> None:
    assert of_value(value) == days


def test_asked() -> None:
    assert asked("2031-02") == ("2031-02-01", "2031-02-28")
    for date in ("", "yesterday", "2031-2", "31", "2031-02-30", "0000", "2031-W10", "203"):
        with pytest.raises(InvalidSearch):
            asked(date)


@given(st.from_regex(r"\A[0-9X]{2,4}(-[0-9XWQH]{2,3})?(-[0-9XWE]{1,2})?(T.{0,3})?\Z") | st.text(max_size=12))
def test_whatever_the_value_the_days_are_in_order(value: str) -> None:
    days = of_value(value)
    assert days is None or days.first <= days.last
