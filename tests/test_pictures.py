"""Pictures: every chart as SVG, PNG and JSON, without a warning; graphs are laid out so that one can read them."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.compare.types import Step
from sayso.errors import UnwritableOutput
from sayso.pictures import naming, timeline, whence
from sayso.pictures.drawn import FORMS, drawn, form_of
from sayso.pictures.layers import layers

STEPS = [
    Step("Harbour Wire", "a port official", False),
    Step("Ildag", "a port official", False),
    Step("Evening Klaxon", "Ildag", True),
    Step("Broadline", "Evening Klaxon", True),
    Step("Broadline", "Colm Vantry", True),
]
WHENCE = whence.Whence(STEPS, ["a port official", "Colm Vantry"], ["a port official"], title="The “ship” <b>sank</b>")
PRINTED = [
    timeline.Printed("2031-03-07", "Harbour Wire", "Nerys Hadoun", "we have no launcher", False),
    timeline.Printed("2031-03-08T10:00", "Ildag", "a spokesman", "they have", True),
    timeline.Printed("", "Nobody", "–", "undated", False),
]
CALLED = [
    naming.Called("strikers", "Harbour Wire", 5, 2, False),
    naming.Called("wreckers", "Evening Klaxon", 4, 0, True),
]
CHARTS: dict[str, Any] = {
    "whence": whence.chart(WHENCE),
    "whence of nobody": whence.chart(whence.Whence([], [])),
    "timeline": timeline.chart(PRINTED, "A launcher"),
    "timeline of nothing": timeline.chart([]),
    "naming": naming.chart(CALLED, "What the dockers are called"),
    "naming of nothing": naming.chart([]),
}


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_drawn_in_every_form(name: str) -> None:
    svg, png, described = (drawn(CHARTS[name], form) for form in FORMS)
    assert ElementTree.fromstring(svg).tag.endswith("svg")
    assert png.startswith(b"\x89PNG")
    assert json.loads(described)["$schema"].startswith("https://vega.github.io/schema/vega-lite/")


def test_words_are_words_and_no_markup() -> None:
    svg = drawn(CHARTS["whence"], "svg").decode()
    assert "The “ship” &lt;b&gt;sank&lt;/b&gt;" in svg
    assert "A dashed line is a link that is not sure." in svg
    assert "dashed" not in drawn(whence.chart(WHENCE._replace(steps=STEPS[2:])), "svg").decode()


def test_a_chart_asks_for_nothing_from_outside() -> None:
    for chart in CHARTS.values():
        assert '"url"' not in drawn(chart, "json").decode()


def test_both_voices_of_naming_and_both_sides_of_a_timeline_are_shown() -> None:
    names = drawn(CHARTS["naming"], "svg").decode()
    assert all(words in names for words in ("strikers", "wreckers ◆", naming.OWN, naming.QUOTED, "the words judge"))
    times = drawn(CHARTS["timeline"], "svg").decode()
    assert "2031-03-08" in times
    assert "Nobody" not in times


@pytest.mark.parametrize(("name", "form"), [("a.svg", "svg"), ("A.PNG", "png"), ("b.json", "json")])
def test_the_name_of_a_file_says_its_form(name: str, form: str) -> None:
    assert form_of(Path(name)) == form


def test_a_name_that_means_no_picture_is_said() -> None:
    with pytest.raises(UnwritableOutput, match="a picture is called"):
        form_of(Path("claim.doc"))


def test_columns_lead_from_the_givers_to_the_takers() -> None:
    nodes = ["a port official", "Colm Vantry", "Harbour Wire", "Ildag", "Evening Klaxon", "Broadline"]
    assert layers(nodes, [(s.taker, s.giver) for s in STEPS]) == [
        ["a port official", "Colm Vantry"], ["Harbour Wire", "Ildag"], ["Evening Klaxon"], ["Broadline"],
    ]  # fmt: skip


NODES = st.integers(0, 7).map(lambda n: f"n{n}")


@given(st.lists(st.tuples(NODES, NODES), max_size=20))
def test_every_node_has_one_place_and_no_circle_hangs_the_layout(steps: list[tuple[str, str]]) -> None:
    nodes = sorted({name for step in steps for name in step})
    columns = layers(nodes, steps)
    assert sorted(node for column in columns for node in column) == nodes
    assert all(columns)


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda p: p[0] > p[1]), max_size=20))
def test_without_circles_everybody_stands_behind_their_givers(numbers: list[tuple[int, int]]) -> None:
    steps = [(f"n{taker}", f"n{giver}") for taker, giver in numbers]
    nodes = sorted({name for step in steps for name in step})
    depth = {node: at for at, column in enumerate(layers(nodes, steps)) for node in column}
    assert all(depth[taker] > depth[giver] for taker, giver in steps)
    assert all(b > a for a, b in pairwise(sorted(set(depth.values()))))
