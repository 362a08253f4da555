"""A reading and its JSON: the same there and back, and nothing else taken for one."""

from __future__ import annotations

import copy
import dataclasses
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InvalidReading
from sayso.reading import Reading
from sayso.schema import SCHEMA
from sayso.types import Entity, Label, Place, Quantity, Span, Time, Withheld
from tests.readings import marked, readings, readings_with_voices, with_voices
from tests.texts import SURROGATE_PAIR

NOTATION = (
    "{what1 “It fell,”} {who1 the mayor} {how1 said}, {how1 adding} "
    "{what1 that {who2 the board} {how2 denied} {what2 it}}."
)


VOICED = with_voices(marked(NOTATION), ("the mayor", "unnamed", "a1"), ("the board", "organisation", "a2"))


@given(reading=readings() | readings_with_voices())
def test_there_and_back(reading: Reading) -> None:
    data = reading.to_dict()
    assert Reading.from_dict(data) == reading
    if not SURROGATE_PAIR.search(json.dumps(data, ensure_ascii=False)):
        assert Reading.from_dict(json.loads(json.dumps(data))) == reading


def test_the_form() -> None:
    reading = marked(NOTATION, title="It fell", outlet="Harbour Wire", published="2031-03-12", language="en")
    data = reading.to_dict()
    assert data["schema"] == SCHEMA == "sayso/1"
    assert data["document"] == {
        "id": "sha256:0",
        "path": None,
        "title": "It fell",
        "outlet": "Harbour Wire",
        "author": None,
        "published": "2031-03-12",
        "url": None,
        "language": "en",
        "text": "“It fell,” the mayor said, adding that the board denied it.",
    }
    assert data["model"] == "test_v0"
    assert data["attributions"][0] == {
        "id": "a1",
        "source": [[11, 20]],
        "cue": [[21, 25], [27, 33]],
        "content": [[0, 10], [34, 58]],
        "kind": "mixed",
        "stance": None,
        "voice": None,
        "voice_score": None,
        "voice_reason": None,
        "via": [],
        "parent": None,
        "hedged": [],
        "negated": [],
        "score": 0.9,
    }
    assert data["voices"] == []
    assert data["narration"] == []


def test_the_form_of_voices() -> None:
    first, second = VOICED.attributions
    second = dataclasses.replace(
        second,
        voice_score=0.75,
        voice_reason="named here",
        via=("v1",),
        parent="a1",
        hedged=(Span(39, 43),),
        negated=(Span(44, 49),),
    )
    withheld = dataclasses.replace(VOICED.voices[0], withheld=Withheld(1, Span(11, 14), None), roles=(Span(15, 20),))
    reading = dataclasses.replace(VOICED, attributions=(first, second), voices=(withheld, VOICED.voices[1]))
    data = reading.to_dict()
    known = {"voice": "v2", "voice_score": 0.75, "voice_reason": "named here", "via": ["v1"], "parent": "a1"}
    assert known.items() <= data["attributions"][1].items()
    assert data["attributions"][1]["hedged"] == [[39, 43]]
    assert data["attributions"][1]["negated"] == [[44, 49]]
    assert data["voices"] == [
        {
            "id": "v1",
            "name": "the mayor",
            "type": "unnamed",
            "roles": [[15, 20]],
            "mentions": [[11, 20]],
            "score": 0.9,
            "withheld": {"number": 1, "affiliation": [11, 14], "why": None},
        },
        {
            "id": "v2",
            "name": "the board",
            "type": "organisation",
            "roles": [],
            "mentions": [[39, 48]],
            "score": 0.9,
            "withheld": None,
        },
    ]
    assert data["narration"] == [[58, 59]] or data["narration"] == []
    assert Reading.from_dict(data) == reading


def test_the_form_of_entities_and_labels() -> None:
    board = Entity("e1", "Harbour Board", "ORG", ("the board",), (Span(39, 48),), 0.8, "v2")
    label = Label("e1", "v1", Span(39, 48), Span(43, 48), True, 0.75, "a1")
    reading = dataclasses.replace(VOICED, entities=(board,), labels=(label,))
    data = reading.to_dict()
    assert data["entities"] == [
        {
            "id": "e1",
            "name": "Harbour Board",
            "type": "ORG",
            "names": ["the board"],
            "mentions": [[39, 48]],
            "voice": "v2",
            "score": 0.8,
        }
    ]
    assert data["labels"] == [
        {
            "entity": "e1",
            "voice": "v1",
            "span": [39, 48],
            "head": [43, 48],
            "loaded": True,
            "score": 0.75,
            "attribution": "a1",
        }
    ]
    assert Reading.from_dict(data) == reading


@pytest.mark.parametrize(
    ("where", "name", "value"),
    [
        ("entities", "type", "COUNTRY"),
        ("entities", "name", None),
        ("entities", "names", [1]),
        ("entities", "mentions", [[0, 9999]]),
        ("entities", "voice", "v9"),
        ("entities", "score", 2),
        ("labels", "entity", "e9"),
        ("labels", "voice", "v9"),
        ("labels", "attribution", "a9"),
        ("labels", "span", [5, 5]),
        ("labels", "head", [5]),
        ("labels", "loaded", 1),
        ("labels", "score", -1),
    ],
)
def test_what_is_no_entity_or_label(where: str, name: str, value: Any) -> None:
    entity = Entity("e1", "Harbour Board", "ORG", (), (Span(39, 48),), 0.8, "v2")
    label = Label("e1", "v1", Span(39, 48), Span(43, 48), True, 0.75, "a1")
    data = dataclasses.replace(VOICED, entities=(entity,), labels=(label,)).to_dict()
    data[where][0][name] = value
    with pytest.raises(InvalidReading):
        Reading.from_dict(data)


def with_everything() -> Reading:
    """A reading with an entity, a label, a time, a place and a quantity."""
    return dataclasses.replace(
        VOICED,
        entities=(Entity("e1", "Harbour Board", "ORG", (), (Span(39, 48),), 0.8, "v2"),),
        labels=(Label("e1", "v1", Span(39, 48), Span(43, 48), True, 0.75, "a1"),),
        times=(Time(Span(0, 4), "DATE", "2031-03-07", 0.9, "named in the dateline", "a1"),),
        places=(Place(Span(4, 8), "Vessport", 0.7, "e1", "XV", -12.5, 41.0, "the only one", "a2", "town"),),
        quantities=(Quantity(Span(11, 20), 9.0, None, True, "person", "dockers", 0.6, "soft", "a1", "killed"),),
    )


def test_the_form_of_times_places_and_quantities() -> None:
    reading = with_everything()
    data = reading.to_dict()
    assert data["times"] == [
        {
            "span": [0, 4],
            "type": "DATE",
            "value": "2031-03-07",
            "reason": "named in the dateline",
            "attribution": "a1",
            "score": 0.9,
        }
    ]
    assert data["places"] == [
        {
            "span": [4, 8],
            "entity": "e1",
            "name": "Vessport",
            "feature": "town",
            "country": "XV",
            "lat": -12.5,
            "lon": 41.0,
            "reason": "the only one",
            "attribution": "a2",
            "score": 0.7,
        }
    ]
    assert data["quantities"] == [
        {
            "span": [11, 20],
            "low": 9.0,
            "high": None,
            "approximate": True,
            "unit": "person",
            "of": "dockers",
            "fate": "killed",
            "reason": "soft",
            "attribution": "a1",
            "score": 0.6,
        }
    ]
    assert Reading.from_dict(data) == reading


@pytest.mark.parametrize(
    ("where", "name", "value"),
    [
        ("times", "type", "MOMENT"),
        ("times", "type", None),
        ("times", "type", []),
        ("times", "value", 2031),
        ("times", "span", [0, 1000]),
        ("times", "span", [-1, 4]),
        ("times", "span", [4, 4]),
        ("times", "span", [0.5, 4]),
        ("times", "span", None),
        ("times", "score", 1.5),
        ("times", "score", float("nan")),
        ("times", "reason", 3),
        ("times", "attribution", "a9"),
        ("times", "attribution", 1),
        ("places", "lat", 91),
        ("places", "lat", -90.5),
        ("places", "lat", None),
        ("places", "lat", float("nan")),
        ("places", "lat", float("inf")),
        ("places", "lat", "33.8"),
        ("places", "lat", True),
        ("places", "lat", 10**310),
        ("places", "lon", None),
        ("places", "lon", 181),
        ("places", "lon", float("nan")),
        ("places", "lon", []),
        ("places", "name", None),
        ("places", "country", 3),
        ("places", "feature", []),
        ("places", "entity", "e9"),
        ("places", "attribution", "a9"),
        ("places", "span", [40, 1000]),
        ("places", "score", -1),
        ("quantities", "low", float("nan")),
        ("quantities", "low", "9"),
        ("quantities", "low", "nine"),
        ("quantities", "low", False),
        ("quantities", "high", float("inf")),
        ("quantities", "high", []),
        ("quantities", "approximate", 1),
        ("quantities", "approximate", None),
        ("quantities", "unit", 1),
        ("quantities", "of", []),
        ("quantities", "fate", 1),
        ("quantities", "attribution", "a9"),
        ("quantities", "span", [5]),
        ("quantities", "score", None),
    ],
    ids=repr,
)
def test_what_is_no_time_place_or_quantity(where: str, name: str, value: Any) -> None:
    data = with_everything().to_dict()
    data[where][0][name] = value
    with pytest.raises(InvalidReading, match=r"^not a reading: \S+ \S+"):
        Reading.from_dict(data)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"times": [{"type": "MOMENT"}]}, "not a reading: 'MOMENT' is no type of time"),
        ({"places": [{"lat": 91.0}]}, "not a reading: 91.0, 41.0 is no place on the earth"),
        ({"places": [{"lon": None}]}, "not a reading: -12.5, None is no place on the earth"),
        ({"places": [{"entity": "e9"}]}, "not a reading: it names 'e9', which is not there"),
        ({"quantities": [{"low": float("nan")}]}, 'not a reading: its "low" is no number'),
        ({"quantities": [{"span": [0, 99]}]}, "not a reading: a span lies outside the text of 59 characters"),
    ],
)
def test_the_fault_is_named(change: dict[str, list[dict[str, Any]]], sentence: str) -> None:
    data = with_everything().to_dict()
    for where, (fields,) in change.items():
        data[where][0] |= fields
    with pytest.raises(InvalidReading) as told:
        Reading.from_dict(data)
    assert str(told.value) == sentence


@pytest.mark.parametrize(
    ("where", "name"),
    [
        *(("times", name) for name in ("span", "type", "value", "score")),
        *(("places", name) for name in ("span", "name", "score")),
        *(("quantities", name) for name in ("span", "low", "high", "approximate", "score")),
    ],
)
def test_what_a_time_a_place_or_a_quantity_cannot_lack(where: str, name: str) -> None:
    data = with_everything().to_dict()
    del data[where][0][name]
    with pytest.raises(InvalidReading, match=name):
        Reading.from_dict(data)


def test_what_they_can_lack() -> None:
    data = with_everything().to_dict()
    kept = {"span", "type", "value", "score", "name", "low", "high", "approximate"}
    for where in ("times", "places", "quantities"):
        data[where] = [{name: value for name, value in data[where][0].items() if name in kept} | {"later": 1}]
    reading = Reading.from_dict(data)
    assert reading.places == (Place(Span(4, 8), "Vessport", 0.7),)
    assert reading.quantities == (Quantity(Span(11, 20), 9.0, None, True, None, None, 0.6),)
    assert reading.times[0].attribution is None


def test_two_entities_with_one_id() -> None:
    entity = Entity("e1", "Harbour Board", "ORG", (), (Span(39, 48),), 0.8)
    data = dataclasses.replace(VOICED, entities=(entity, entity)).to_dict()
    with pytest.raises(InvalidReading, match="two entities have one id"):
        Reading.from_dict(data)


def test_fields_of_later_versions_are_passed_over() -> None:
    reading = marked(NOTATION)
    data = reading.to_dict() | {"later": [[0, 3]]}
    data["document"]["later"] = 1
    data["attributions"][0]["later"] = {"a": 1}
    assert Reading.from_dict(data) == reading


def test_voices_may_have_fields_of_later_versions() -> None:
    data = VOICED.to_dict()
    data["voices"][0]["later"] = {"a": 1}
    assert Reading.from_dict(data) == VOICED


def test_a_reading_of_an_earlier_version_has_no_voices() -> None:
    reading = marked(NOTATION)
    data = reading.to_dict()
    for later in ("voices", "narration", "entities", "labels", "times", "places", "quantities"):
        del data[later]
    for attribution in data["attributions"]:
        for later in ("voice_score", "voice_reason", "hedged", "negated"):
            del attribution[later]
    assert Reading.from_dict(data) == reading


def test_words() -> None:
    reading = marked(NOTATION)
    found = reading.attributions[0]
    assert reading.words(found.source) == "the mayor"
    assert reading.words(found.cue) == "said […] adding"
    assert reading.words(()) == ""


def test_repr() -> None:
    assert (
        repr(marked(NOTATION, title="It fell")) == "<Reading of 'It fell': 2 attributions; print() it for the ledger>"
    )
    assert repr(marked("{who1 He} {how1 said} {what1 so}.", path="a.txt")).startswith(
        "<Reading of 'a.txt': 1 attribution;"
    )


def test_in_a_notebook_it_shows_the_report() -> None:
    assert "the mayor" in marked(NOTATION)._repr_html_()


def test_frozen_and_hashable() -> None:
    reading = marked(NOTATION)
    with pytest.raises(dataclasses.FrozenInstanceError):
        reading.model = "other"  # type: ignore[misc]
    assert len({reading, copy.deepcopy(reading)}) == 1


NO_READINGS: list[Any] = [
    None,
    [],
    "reading",
    {},
    {"schema": "sayso/2"},
    {"schema": SCHEMA},
    {"schema": SCHEMA, "document": {}, "model": "m", "attributions": []},
    {"schema": SCHEMA, "document": [], "model": "m", "attributions": []},
    {"schema": SCHEMA, "document": {"id": "a", "text": "b"}, "model": "m", "attributions": None},
    {"schema": SCHEMA, "document": {"id": "a", "text": "b"}, "model": None, "attributions": []},
    {"schema": SCHEMA, "document": {"id": "a", "text": 1}, "model": "m", "attributions": []},
]


@pytest.mark.parametrize("data", NO_READINGS, ids=repr)
def test_what_is_no_reading(data: Any) -> None:
    with pytest.raises(InvalidReading, match=r"^not a reading: "):
        Reading.from_dict(data)


@pytest.mark.parametrize(
    "change",
    [
        {"id": 1},
        {"id": None},
        {"source": None},
        {"source": [[0, 1000]]},
        {"source": [[-1, 3]]},
        {"source": [[3, 3]]},
        {"source": [[5, 3]]},
        {"source": [[0, 3], [2, 5]]},
        {"source": [[4, 6], [0, 3]]},
        {"source": [[0, 3, 5]]},
        {"source": [["a", "b"]]},
        {"source": [[0, float("inf")]]},
        {"source": [[float("nan"), 2]]},
        {"source": [[0.5, 3]]},
        {"source": [[0.0, 3.0]]},
        {"source": [["0", "3"]]},
        {"hedged": [[0, 1000]]},
        {"hedged": None},
        {"negated": [[3, 3]]},
        {"source": "ab"},
        {"source": 7},
        {"source": [], "cue": [], "content": []},
        {"kind": "sideways"},
        {"kind": None},
        {"kind": []},
        {"stance": "shouts"},
        {"score": None},
        {"score": "high"},
        {"score": []},
        {"score": 10**310},
        {"score": float("nan")},
        {"via": None},
        {"via": 3},
        {"via": [1]},
        {"voice": 3},
        {"voice": "v9"},
        {"via": ["v1", "v9"]},
        {"voice_score": 2},
        {"voice_score": "high"},
        {"voice_reason": 3},
        {"parent": []},
        {"parent": "a9"},
        {"id": "a2"},
    ],
    ids=lambda change: repr(change)[:40],
)
def test_what_is_no_attribution(change: dict[str, Any]) -> None:
    data = VOICED.to_dict()
    data["attributions"][0] |= change
    with pytest.raises(InvalidReading, match=r"^not a reading: "):
        Reading.from_dict(data)


@pytest.mark.parametrize(
    "change",
    [
        {"id": 1},
        {"id": "v2"},
        {"name": None},
        {"type": "robot"},
        {"type": None},
        {"type": []},
        {"roles": None},
        {"mentions": [[0, 1000]]},
        {"mentions": [[0.5, 3]]},
        {"mentions": [["3", "4"]]},
        {"mentions": [[4, 6], [0, 3]]},
        {"score": None},
        {"score": 1.5},
        {"score": -1},
        {"withheld": 3},
        {"withheld": {"number": 1.5}},
        {"withheld": {"number": "3"}},
        {"withheld": {"why": [3, 3]}},
        {"withheld": {"affiliation": [0, 1000]}},
    ],
    ids=lambda change: repr(change)[:40],
)
def test_what_is_no_voice(change: dict[str, Any]) -> None:
    data = VOICED.to_dict()
    data["voices"][0] |= change
    with pytest.raises(InvalidReading, match=r"^not a reading: "):
        Reading.from_dict(data)


@pytest.mark.parametrize("missing", ["id", "name", "type", "roles", "mentions", "score"])
def test_what_a_voice_cannot_lack(missing: str) -> None:
    data = VOICED.to_dict()
    del data["voices"][0][missing]
    with pytest.raises(InvalidReading, match=missing):
        Reading.from_dict(data)


@pytest.mark.parametrize("narration", [None, [[0, 1000]], [[0.5, 3]], [["3", "4"]], [[4, 6], [0, 3]]], ids=repr)
def test_what_is_no_narration(narration: Any) -> None:
    with pytest.raises(InvalidReading, match=r"^not a reading: "):
        Reading.from_dict(VOICED.to_dict() | {"narration": narration})


def test_voices_that_attributions_name_must_be_there() -> None:
    data = VOICED.to_dict()
    del data["voices"][1]
    with pytest.raises(InvalidReading, match="a2 names the voice 'v2'"):
        Reading.from_dict(data)


@pytest.mark.parametrize("missing", ["id", "source", "cue", "content", "kind", "score"])
def test_what_an_attribution_cannot_lack(missing: str) -> None:
    data = marked(NOTATION).to_dict()
    del data["attributions"][0][missing]
    with pytest.raises(InvalidReading, match=missing):
        Reading.from_dict(data)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container in a JSON value with each of its keys."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from places(value[key])


@given(reading=readings() | st.builds(with_everything), data=st.data(), junk=JUNK)
def test_junk_anywhere_is_refused_or_makes_a_reading(reading: Reading, data: st.DataObject, junk: Any) -> None:
    form = json.loads(json.dumps(reading.to_dict()))
    container, key = data.draw(st.sampled_from(list(places(form))))
    container[key] = junk
    try:
        made = Reading.from_dict(form)
    except InvalidReading:
        return
    assert Reading.from_dict(made.to_dict()) == made
    assert str(made)
    assert made.facts() == Reading.from_dict(form).facts()


@given(junk=JUNK)
def test_junk_is_no_reading(junk: Any) -> None:
    with pytest.raises(InvalidReading):
        Reading.from_dict(junk)
