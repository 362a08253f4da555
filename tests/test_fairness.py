"""The swap test: names exchanged and places mapped, readings compared, and the passages themselves."""

from __future__ import annotations

import copy
import itertools
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.exchange import Pairs
from evals.fairness import Passage, by_field, figures, passages
from evals.mirror import ALSO, carried, compare
from tests.readings import marked, with_voices

SIDES = Pairs([("Iran", "Israel"), ("North Korea", "Cuba"), ("North", "South"), ("Amir Rahimi", "Gideon Bar-Lev")])
APART = Pairs([("Iran", "Israel"), ("North", "South"), ("Amir Rahimi", "Gideon Bar-Lev"), ("Cuba", "San Brisal")])
_PIECES = (
    "Iran|Israel|Iranian|Iran’s|IRAN's|ISRAEL|iran|Cuba-backed|CUBA|North|Korea|South|NORTH|Northern|Amir|Rahimi|Gideon"
    "|Bar-Lev|Lev|said|é|,|.|“|”|San Brisal’s|Amir Rahimi|Gideon Bar-Lev|\n\n"
)
WORDS = st.sampled_from(_PIECES.split("|"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Iran blames Israel", "Israel blames Iran"),
        ("Iran’s envoy, IRAN'S fleet, an Iran-led bloc", "Israel’s envoy, ISRAEL'S fleet, an Israel-led bloc"),
        ("Iranian ships off Tirana", "Iranian ships off Tirana"),
        ("iran", "iran"),
        ("North Korea is north of Cuba", "Cuba is north of North Korea"),
        ("North Koreans went South", "South Koreans went North"),
        ("North Korean, not South", "South Korean, not North"),
        ("Amir Rahimi (Rahimi) of Iran", "Gideon Bar-Lev (Rahimi) of Israel"),
        ("", ""),
    ],
)
def test_what_is_exchanged(before: str, after: str) -> None:
    assert SIDES.exchange(before).text == after


@pytest.mark.parametrize("pairs", [[("", "a")], [("a", "a")], [("a", "b"), ("b", "c")], [(" a", "b")], [("a", "b.")]])
def test_pairs_that_have_no_inverse_are_refused(pairs: list[tuple[str, str]]) -> None:
    with pytest.raises(ValueError, match="cannot be exchanged"):
        Pairs(pairs)


def test_a_text_that_would_not_come_back_is_refused() -> None:
    with pytest.raises(ValueError, match="give the text back"):
        SIDES.exchange("South Korea")  # North Korea, which again is Cuba


def test_without_pairs_nothing_changes() -> None:
    assert Pairs([]).exchange("Iran said.").text == "Iran said."
    assert list(Pairs([]).found("Iran")) == []


@given(st.lists(WORDS, max_size=20).map(" ".join))
def test_twice_is_not_at_all(text: str) -> None:
    exchange = APART.exchange(text)
    back = APART.exchange(exchange.text)
    assert back.text == text
    for word in re.finditer(r"[\w’'-]+", text):
        start, end = exchange.span(*word.span())
        again_start, again_end = back.span(start, end)
        assert again_start <= word.start() < word.end() <= again_end


@given(st.lists(WORDS, max_size=20).map(" ".join), st.data())
def test_spans_stay_in_order_and_in_the_text(text: str, data: st.DataObject) -> None:
    exchange = APART.exchange(text)
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=8)))
    starts, ends = ([exchange.span(*pair)[at] for pair in itertools.pairwise(places)] for at in (0, 1))
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert 0 <= starts[0] <= ends[-1] <= len(exchange.text)
    assert exchange.span(0, len(text)) == (0, len(exchange.text))


@pytest.mark.parametrize(
    ("words", "moved"),
    [
        ("On Friday", "On Friday"),
        ("Iran’s envoy", "Israel’s envoy"),
        ("Iran", "Israel"),
        (", Amir Rahimi", ", Gideon Bar-Lev"),
        ("Rahimi", "Gideon Bar-Lev"),  # three words for two: nobody knows which
        ("said that North", "said that South"),
        ("hern is", "hern is"),
        ("ran’s", "Israel’s"),  # within a word: the whole of it
        ("is not", "is not"),
    ],
)
def test_where_a_span_moves(words: str, moved: str) -> None:
    text = "On Friday Iran’s envoy, Amir Rahimi, said that North and Southern is not Cuba."
    exchange = SIDES.exchange(text)
    start = text.index(words)
    new_start, new_end = exchange.span(start, start + len(words))
    assert exchange.text[new_start:new_end] == moved


def test_a_name_of_as_many_words_is_kept_word_by_word() -> None:
    exchange = Pairs([("Amir Rahimi", "Gideon Levy")]).exchange("Mr Amir Rahimi left")
    assert exchange.text == "Mr Gideon Levy left"
    assert [exchange.span(*span) for span in ((3, 7), (7, 8), (8, 14))] == [(3, 9), (9, 10), (10, 14)]


NOTATION = (
    "{who1 Iran} {how1 denies} {what1 that it fired}. {who2 Amir Rahimi} {how2 said} {what2 Israel had “no shame”}. "
    "{who3 He} {how3 added} {what3 that it may have none}."
)
READING = with_voices(marked(NOTATION), ("Iran", "organisation", "a1"), ("Amir Rahimi", "person", "a2 a3")).to_dict()
MIRRORED = carried(READING, SIDES)
GROUNDED = READING | {
    "entities": [
        {"id": "e1", "name": "Iran", "type": "GPE", "names": ["Iran"], "mentions": [[0, 4]]},
        {"id": "e2", "name": "Israel", "type": "GPE", "names": ["Israel"], "mentions": [[47, 53]]},
    ],
    "labels": [{"entity": "e1", "voice": "v2", "span": [47, 53], "head": [47, 53], "loaded": True, "score": 0.7}],
    "times": [{"span": [5, 11], "type": "DATE", "value": "2031-05-24", "attribution": "a1"}],
    "places": [
        {"span": [0, 4], "entity": "e1", "name": "Iran", "country": "IR", "lat": None, "lon": None, "score": 0.8}
    ],
    "quantities": [{"span": [12, 24], "low": 2, "high": None, "approximate": False, "unit": None, "of": "Iran"}],
}


def test_a_reading_carried_over_is_about_the_other_text() -> None:
    text = MIRRORED["document"]["text"]
    assert text.startswith("Israel denies that it fired. Gideon Bar-Lev said Iran had")
    assert [text[slice(*a["source"][0])] for a in MIRRORED["attributions"]] == ["Israel", "Gideon Bar-Lev", "He"]
    assert [voice["name"] for voice in MIRRORED["voices"]] == ["Israel", "Gideon Bar-Lev"]
    assert carried(MIRRORED, SIDES) == READING


@pytest.mark.parametrize("reading", [READING, GROUNDED])
def test_a_reading_mirrors_itself(reading: dict[str, Any]) -> None:
    comparison = compare(reading, copy.deepcopy(reading))
    assert comparison.mirrors
    assert comparison.differences == ()
    assert set(comparison.gaps["score"]) == {0.0}
    assert comparison.compared["attributions"] == 3


def test_ids_do_not_matter() -> None:
    other = copy.deepcopy(READING)
    for voice in other["voices"]:
        voice["id"] += "0"
    for attribution in other["attributions"]:
        attribution["voice"] += "0"
    assert compare(READING, other).differences == ()


def test_coordinates_and_countries_do_not_matter_but_whether_there_are_any() -> None:
    other = copy.deepcopy(GROUNDED)
    other["places"][0] |= {"name": "Israel", "country": "IL", "score": 0.3}
    assert compare(GROUNDED, other).mirrors
    other["places"][0] |= {"lat": 31.5, "lon": 34.8}
    assert [(d.field, d.expected, d.found) for d in compare(GROUNDED, other).differences] == [
        ("located", "actor", "place")
    ]


@pytest.mark.parametrize(
    ("path", "value", "fields"),
    [
        (("attributions", 0, "stance"), "asserts", ["stance"]),
        (("attributions", 1, "kind"), "direct", ["kind"]),
        (("attributions", 1, "content"), [[44, 50]], ["content"]),
        (("attributions", 0, "source"), [], ["source"]),
        (("attributions", 2, "hedged"), [[80, 83]], ["hedged"]),
        (("attributions", 0, "negated"), [[5, 11]], ["negated"]),
        (("attributions", 2, "voice"), "v1", ["same voice"]),
        (("attributions", 2, "voice"), None, ["same voice"]),
        (("attributions", 1, "via"), ["v1"], ["via"]),
        (("attributions", 2, "parent"), "a1", ["parent"]),
        (("voices", 0, "type"), "outlet", ["types of voices"]),
        (("voices", 0, "name"), "Tehran", ["names of voices"]),
        (("entities", 1, "type"), "PERSON", ["types of entities"]),
        (("entities", 0, "mentions"), [[0, 4], [5, 11]], ["entities"]),
        (("labels", 0, "loaded"), False, ["loaded of labels"]),
        (("labels", 0, "voice"), "v1", ["voice of labels"]),
        (("labels", 0, "entity"), "e2", ["entity of labels"]),
        (("labels",), [], ["labels"]),
        (("times", 0, "value"), None, ["value of times"]),
        (("times", 0, "attribution"), None, ["attribution of times"]),
        (("quantities", 0, "low"), 3, ["low of quantities"]),
        (("quantities", 0, "of"), "Israel", ["of of quantities"]),
        (("places",), [], ["places"]),
    ],
)
def test_a_planted_difference_is_noticed(path: tuple[str | int, ...], value: Any, fields: list[str]) -> None:
    other = copy.deepcopy(GROUNDED)
    part: Any = other
    for step in path[:-1]:
        part = part[step]
    assert part[path[-1]] != value
    part[path[-1]] = value
    for one, two in ((GROUNDED, other), (other, GROUNDED)):
        comparison = compare(one, two)
        assert [d.field for d in comparison.differences] == fields
        assert comparison.mirrors == all(field in ALSO for field in fields)


@pytest.mark.parametrize("field", ["loaded", "score"])
def test_scores_of_labels_may_differ_a_little(field: str) -> None:
    one, other = copy.deepcopy(GROUNDED), copy.deepcopy(GROUNDED)
    one["labels"][0][field] = 0.5
    for gap, mirrors in ((0.04, True), (0.06, False)):
        other["labels"][0][field] = 0.5 + gap
        comparison = compare(one, other)
        assert comparison.mirrors == mirrors
        assert comparison.gaps[f"{field} of labels"] == pytest.approx((gap,))


def test_a_missing_attribution_is_one_difference_and_no_more() -> None:
    other = copy.deepcopy(READING)
    del other["attributions"][2]
    assert [(d.field, d.words) for d in compare(READING, other).differences] == [("attributions", "added")]


def test_figures() -> None:
    other = copy.deepcopy(MIRRORED)
    other["attributions"][0]["stance"] = "asserts"
    good, bad = compare(MIRRORED, MIRRORED), compare(MIRRORED, other)
    assert figures([good]) == {"mirrors": 100.0, "facts": 100.0}
    assert figures([good, bad, good, good])["mirrors"] == 75.0
    assert 95 < figures([good, bad])["facts"] < 100
    assert [row.split() for row in by_field([good, bad]) if row.startswith("stance")] == [["stance", "6", "1"]]


PASSAGES = passages()


def test_there_are_forty_passages_most_about_real_states() -> None:
    assert len({p.name for p in PASSAGES}) == len({p.text for p in PASSAGES}) == 40
    assert sum(p.states == "real" for p in PASSAGES) >= 25
    assert {p.states for p in PASSAGES} == {"real", "invented"}


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda p: p.name)
def test_a_passage_is_one_that_can_be_exchanged(passage: Passage) -> None:
    exchange = passage.pairs.exchange(passage.text)
    assert passage.pairs.exchange(exchange.text).text == passage.text
    assert 90 <= len(passage.text.split()) <= 160
    assert len(list(passage.pairs.found(passage.text))) >= 8
    for text in (passage.text, exchange.text):
        for article, sound in re.findall(r"\b(an?) ([A-Z]\w)", text, re.IGNORECASE):
            if sound[0].isupper() and sound != "UN":  # the names; other words are not exchanged
                assert (article.lower() == "an") == (sound[0] in "AEIO"), f"{article} {sound}"
