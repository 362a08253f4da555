"""The engine with its real weights: sentences anybody would read alike, and what holds for any text at all."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sayso
from sayso.engine import Engine
from sayso.errors import InvalidMetadata, MissingWeights
from sayso.reading import Reading
from sayso.relayed import Found, with_relayed
from sayso.types import Span, Spans
from tests.texts import SURROGATE_PAIR, texts

few = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="session")
def single() -> Engine:
    """The same on one thread."""
    return Engine(threads=1)


@pytest.fixture(scope="session")
def double() -> Engine:
    """And on two."""
    return Engine(threads=2)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "kind"),
    [
        ("He said that the bridge was closed.", "He", "said", "that the bridge was closed", "indirect"),
        ("“The bridge is closed,” the mayor said.", "the mayor", "said", "“The bridge is closed,”", "direct"),
        ("‘The bridge is closed,’ the mayor said.", "the mayor", "said", "‘The bridge is closed,’", "direct"),
        (
            "According to the mayor, the bridge has been closed since Friday.",
            "the mayor",
            "According to",
            "the bridge has been closed since Friday",
            "indirect",
        ),
        (
            "The minister denied that he had known of the cracks.",
            "The minister",
            "denied",
            "that he had known of the cracks",
            "indirect",
        ),
    ],
)
def test_plain_sentences(engine: Engine, text: str, source: str, cue: str, content: str, kind: str) -> None:
    reading = engine.read(text)
    (found,) = reading.attributions
    assert [reading.words(role) for role in (found.source, found.cue, found.content)] == [source, cue, content]
    assert found.kind == kind
    assert found.score > 0.5


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "\x1f",
        "\0",
        "\u200b\u200f",
        "It rained.",
        "Rain fell on the hills all night and the river rose by two metres.",
    ],
)
def test_nothing_to_find(engine: Engine, text: str) -> None:
    reading = engine.read(text)
    assert reading.attributions == ()
    assert reading.document.text == text


def test_a_plain_report_is_grounded(engine: Engine) -> None:
    text = (
        "Rockets hit a market in Baghdad on Friday. The mayor, Salim Dravek, said that at least 14 people were killed. "
        "Norway rejects the claim. It rained in Norway."
    )
    reading = engine.read(sayso.document(text, published="2031-03-10"))
    words = reading.document.text
    (mayors,) = {found.id for found in reading.attributions if reading.words(found.cue) == "said"}
    assert [(words[slice(*time.span)], time.value, time.attribution) for time in reading.times] == [
        ("Friday", "2031-03-07", None)
    ]
    assert [(q.low, q.high, q.unit, q.attribution) for q in reading.quantities] == [(14, None, "person", mayors)]
    baghdad, actor, norway = reading.places
    assert (baghdad.country, baghdad.feature is None, baghdad.lat is None) == ("IQ", False, False)
    assert (actor.country, actor.lat, norway.country, norway.feature) == ("NO", None, "NO", "country")
    first, second = reading.facts()
    assert (reading.words((first.statement,)), first.attribution) == (text[: text.index(" The mayor")], None)
    assert (first.times, first.places) == (reading.times, (baghdad,))
    assert (second.attribution, second.quantities) == (mayors, reading.quantities)


def test_what_cannot_be_seen_shifts_nothing(engine: Engine) -> None:
    said = "“The bridge is closed,” the mayor said."
    for odd in ("\ufeff", "\u200f", "\0", "\ud800 ", "👩\u200d🚀 ", "e\u0301 "):
        reading = engine.read(odd + said)
        assert [reading.words(found.source) for found in reading.attributions] == ["the mayor"]


def test_spans_count_code_points_of_what_was_given(engine: Engine) -> None:
    text = "😀😀\r\nThe mayor said that the bridge was closed.\r\n"
    (found,) = engine.read(text).attributions
    assert [text[start:end] for start, end in found.source] == ["The mayor"]


def check(reading: Reading) -> None:
    """What every reading keeps to."""
    text = reading.document.text
    ids = [found.id for found in reading.attributions]
    assert len(set(ids)) == len(ids)
    starts = [found.start for found in reading.attributions]
    assert starts == sorted(starts)
    for found in reading.attributions:
        assert found.cue
        assert found.content
        assert 0 <= found.score <= 1
        for spans in (found.source, found.cue, found.content):
            check_spans(text, spans)
    check_grounding(reading)
    data = reading.to_dict()
    assert Reading.from_dict(data) == reading
    if not SURROGATE_PAIR.search(text):
        assert Reading.from_dict(json.loads(json.dumps(data))) == reading


def check_grounding(reading: Reading) -> None:
    """What is grounded lies in the text, in order, and names only what the reading holds."""
    text = reading.document.text
    attributions = {found.id: found for found in reading.attributions}
    entities = {entity.id: entity for entity in reading.entities}
    voices = {voice.id for voice in reading.voices}
    assert len(entities) == len(reading.entities)
    for entity in reading.entities:
        assert entity.mentions
        assert entity.voice is None or entity.voice in voices
        check_lie(text, entity.mentions)
    for label in reading.labels:
        assert label.entity in entities
        assert label.voice is None or label.voice in voices
        assert label.span.start <= label.head.start < label.head.end <= label.span.end
    for place in reading.places:
        assert place.entity is None or place.entity in entities
        assert (place.lat is None) == (place.lon is None)
        assert place.lat is not None or place.reason
    for quantity in reading.quantities:
        assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high
        assert (quantity.low, quantity.high) != (None, None) or quantity.reason
    assert all(time.value or time.reason for time in reading.times)
    for items in (reading.labels, reading.times, reading.places, reading.quantities):
        check_lie(text, [item.span for item in items])
        for item in items:
            assert 0 <= item.score <= 1
            if item.attribution is not None:
                content = attributions[item.attribution].content
                assert any(start <= item.span.start and item.span.end <= end for start, end in content)
    for items in (reading.times, reading.quantities):
        spans = [item.span for item in items]
        assert all(before.end <= after.start for before, after in pairwise(spans))
    for fact in reading.facts():
        assert fact.times or fact.places or fact.quantities
        check_lie(text, [fact.statement])


def check_lie(text: str, spans: Sequence[Span]) -> None:
    assert list(spans) == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)


def check_spans(text: str, spans: Spans) -> None:
    """Spans of one role lie in the text, in order, without overlap, and begin and end with a word or a mark."""
    assert all(before.end <= after.start for before, after in pairwise(spans))
    for start, end in spans:
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert not (text[start].isalnum() and text[start - 1 : start].isalnum())
        assert not (text[end - 1].isalnum() and text[end : end + 1].isalnum())


@few
@given(text=texts)
def test_any_text_can_be_read(engine: Engine, text: str) -> None:
    reading = engine.read(text)
    assert reading.document.text == text
    check(reading)


_SAYINGS = (
    "The mayor said that the bridge was closed",
    "“We had no warning,” she told the Courier",
    "according to Anna Reyl",
    "who quoted an aide as saying  it was “over”",
    "as reported by the agency on Monday",
    "‘It’s ours,’ he said",
    "The board denied it",
    "it was reported",
    "nine people were killed in Baghdad on Friday",
    "Norway’s army left at 14:30 with at least 1,200 men, £3m and two thirds of the wheat",
    "the terrorist group Khesat al-Khadrin hit Oslo last week",
)
_BETWEEN = ("  ", "\n", "\n\n", "\t", ". ", ", ", " – ", "\xa0", "\x1f", "\u200f", "👍🏽", "\0", "\r\n  ", "'", "”")

news = st.lists(st.sampled_from(_SAYINGS) | st.sampled_from(_BETWEEN), max_size=12).map("".join)
"""What has attributions in it, put together anyhow."""


@few
@given(text=news)
def test_any_report_can_be_read(engine: Engine, text: str) -> None:
    check(engine.read(text))


@settings(few, max_examples=15)
@given(reports=st.lists(texts | news, max_size=5), random=st.randoms(use_true_random=False))
def test_company_and_threads_change_nothing(
    single: Engine,
    double: Engine,
    reports: list[str],
    random: Random,
) -> None:
    alone = {text: single.read(text) for text in reports}
    assert {text: single.read(text) for text in reports} == alone
    random.shuffle(reports)
    for engine in (single, double):
        assert list(engine.read_many(reports)) == [alone[text] for text in reports]


def test_long_reports_are_the_same_on_any_number_of_threads(single: Engine, double: Engine) -> None:
    report = "\n\n".join(
        f"The mayor said on day {number} that the bridge was closed. “Nobody knows why,” Anna Reyl told the Courier. "
        f"The brutal Reyl gang hit two barges in Baghdad on {number % 28 + 1} March."
        for number in range(60)
    )
    assert double.read(report) == single.read(report)
    assert min(map(len, (double.read(report).times, double.read(report).quantities))) >= 60
    assert len(double.read(report).attributions) > 60
    check(double.read(report))


def test_reports_are_taken_in_as_they_are_needed(engine: Engine) -> None:
    taken = []

    def endless() -> Iterator[str]:
        while True:
            taken.append("The mayor said that the bridge was closed.")
            yield taken[-1]

    readings = engine.read_many(endless())
    assert len([next(readings) for _ in range(3)]) == 3
    assert len(taken) < 100
    readings.close()  # type: ignore[attr-defined]


def test_what_fails_in_taking_a_report_in_is_the_callers(engine: Engine) -> None:
    def failing() -> Iterator[str]:
        yield "The mayor said that the bridge was closed."
        raise LookupError("no more")

    with pytest.raises(LookupError):
        list(engine.read_many(failing()))


def test_relays_take_linear_time() -> None:
    """A tenth of a second; what looks at everything found for every phrase takes a minute."""
    sentence = "The Courier quoted an aide as saying it fell, as reported by the agency on Monday. "
    found = [
        Found((Span(at, at + 11),), (Span(at + 12, at + 18),), (Span(at + 19, at + 44),), 0.9)
        for at in range(0, 4000 * len(sentence), len(sentence))
    ]
    start = time.process_time()
    assert len(with_relayed(sentence * 4000, found)) >= 8000
    assert time.process_time() - start < 5


def test_the_package(engine: Engine) -> None:
    reading = sayso.read("He said that the bridge was closed.", title="Closed", published="2031-03-12")
    assert isinstance(reading, sayso.Reading)
    assert (reading.document.title, reading.document.published) == ("Closed", "2031-03-12")
    assert isinstance(sayso.document("He said so."), sayso.Document)
    assert sayso.Engine is Engine
    with pytest.raises(InvalidMetadata):
        sayso.read("He said so.", published="yesterday")
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = sayso.nothing


def test_no_such_model() -> None:
    with pytest.raises(MissingWeights, match="xx_v0"):
        Engine("xx_v0")
