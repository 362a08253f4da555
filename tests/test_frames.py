"""`sayso.frame`: data frames of pandas and Polars, read into frames of their own kind."""

from __future__ import annotations

import datetime
from types import ModuleType
from typing import Any

import pandas
import polars
import pytest

import sayso
from sayso.engine import Engine
from sayso.errors import UnusableFrame

REPORTS: dict[str, list[Any]] = {
    "body": ["The dam will hold, the mayor said.", None, "It rained.", "Engineers deny that it was in danger."],
    "headline": ["The dam", "Nothing", "Rain", None],
    "date": [datetime.date(2031, 3, 7), None, None, datetime.date(2031, 3, 8)],
}


@pytest.mark.parametrize("library", [pandas, polars])
def test_attributions_are_those_of_the_engine(library: ModuleType, engine: Engine) -> None:
    found = sayso.frame(library.DataFrame(REPORTS), text="body", engine=engine)
    assert isinstance(found, library.DataFrame)
    assert found["row"].to_list() == [0, 3]
    assert found["cue"].to_list() == ["said", "deny"]
    assert found["title"].to_list()[0] == "The dam"
    assert found["published"].to_list() == ["2031-03-07", "2031-03-08"]
    read = [engine.read(text).attributions[0] for text in REPORTS["body"][::3]]
    for part in ("source", "content"):
        spans = [[tuple(span) for span in row] for row in found[f"{part}_spans"].to_list()]
        assert spans == [list(getattr(a, part)) for a in read]
    assert found["stance"].to_list() == [a.stance for a in read]


def test_pandas_keeps_the_index(engine: Engine) -> None:
    df = pandas.DataFrame(REPORTS, index=["a", "b", "c", "d"])
    found = sayso.frame(df, text="body", engine=engine)
    assert found.index.to_list() == ["a", "d"]
    assert df.join(found[["cue"]])["cue"].dropna().to_list() == ["said", "deny"]


@pytest.mark.parametrize("library", [pandas, polars])
def test_nothing_read_is_an_empty_frame_with_all_columns(library: ModuleType, engine: Engine) -> None:
    found = sayso.frame(library.DataFrame({"text": ["It rained.", ""]}), engine=engine)
    assert len(found) == 0
    assert {"row", "source", "cue", "content", "voice"} <= set(found.columns)


@pytest.mark.parametrize(
    ("df", "options", "sentence"),
    [
        ([1, 2], {}, "a data frame of pandas or Polars is needed, and this is a list"),
        (pandas.DataFrame(REPORTS), {}, "there is no column 'text'; there are body, headline, date"),
        (pandas.DataFrame(REPORTS), {"text": "body", "place": "x"}, "a report has no place; it has title, outlet"),
        (pandas.DataFrame({"text": [3]}), {}, "row 0 of 'text' holds no text but a int"),
    ],
)
def test_what_cannot_be_read_is_said(df: Any, options: dict[str, str], sentence: str, engine: Engine) -> None:
    with pytest.raises(UnusableFrame, match=sentence):
        sayso.frame(df, engine=engine, **options)
