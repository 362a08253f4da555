"""doccano and Label Studio: tasks in the shapes that their documentation of imports gives, spans where they stood."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from collections import Counter
from typing import Any

import jsonschema
from hypothesis import given

from sayso.export import doccano, labelstudio
from sayso.reading import Reading
from tests.exchanged import dam
from tests.readings import quick, readings_with_voices

_NUMBER = {"type": "integer", "minimum": 0}

DOCCANO: dict[str, Any] = {
    "type": "object",
    "required": ["text", "entities", "relations"],
    "properties": {
        "text": {"type": "string"},
        "entities": {
            "items": {
                "required": ["id", "label", "start_offset", "end_offset"],
                "additionalProperties": False,
                "properties": {
                    "id": _NUMBER,
                    "label": {"enum": ["Cue", "Source", "Content"]},
                    "start_offset": _NUMBER,
                    "end_offset": _NUMBER,
                },
            }
        },
        "relations": {
            "items": {
                "required": ["id", "from_id", "to_id", "type"],
                "additionalProperties": False,
                "properties": {
                    "id": _NUMBER,
                    "from_id": _NUMBER,
                    "to_id": _NUMBER,
                    "type": {"enum": ["cue", "source", "content"]},
                },
            }
        },
    },
}

_SPAN = {"start": _NUMBER, "end": _NUMBER}

LABEL_STUDIO: dict[str, Any] = {
    "type": "array",
    "items": {
        "required": ["data", "predictions"],
        "properties": {
            "data": {"required": ["text"], "properties": {"text": {"type": "string"}}},
            "predictions": {
                "minItems": 1,
                "items": {
                    "required": ["model_version", "result"],
                    "properties": {
                        "score": {"type": "number", "minimum": 0, "maximum": 1},
                        "result": {
                            "items": {
                                "oneOf": [
                                    {
                                        "required": ["id", "from_name", "to_name", "type", "value"],
                                        "properties": {
                                            "type": {"enum": ["labels", "choices", "textarea"]},
                                            "to_name": {"const": "text"},
                                            "value": {"required": ["start", "end", "text"], "properties": _SPAN},
                                        },
                                    },
                                    {
                                        "required": ["from_id", "to_id", "type", "direction"],
                                        "properties": {"type": {"const": "relation"}},
                                    },
                                ]
                            }
                        },
                    },
                },
            },
        },
    },
}


def examples(*readings: Reading) -> list[dict[str, Any]]:
    return [json.loads(line) for line in "".join(doccano.texts(readings)).splitlines()]


def tasks(*readings: Reading) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads("".join(labelstudio.texts(readings)))
    return found


def test_doccano() -> None:
    (example, again) = examples(dam(), dam())
    text = example["text"]
    labelled = [(e["label"], text[e["start_offset"] : e["end_offset"]]) for e in example["entities"][:4]]
    assert labelled == [
        ("Cue", "said"),
        ("Source", "Ilse Tamarind"),
        ("Content", "“There is no crack,”"),
        ("Content", "“and there\n\nwas none.”"),
    ]
    first = example["entities"][0]["id"]
    assert [r["type"] for r in example["relations"] if r["from_id"] == first] == ["source", "content", "content"]
    assert not {e["id"] for e in example["entities"]} & {e["id"] for e in again["entities"]}


def test_label_studio() -> None:
    (task,) = tasks(dam())
    text, (prediction,) = task["data"]["text"], task["predictions"]
    regions = {r["id"]: r for r in prediction["result"] if r["type"] == "labels"}
    for region in regions.values():
        value = region["value"]
        assert text[value["start"] : value["end"]] == value["text"]
    assert regions["a2.1"]["meta"] == {"text": ["a2"]}
    said = {r["from_name"]: r["value"] for r in prediction["result"] if r.get("id") == "a2.1"}
    assert said["stance"]["choices"] == ["denies"]
    assert said["voice"]["text"] == ["valley council"]
    assert said["via"]["text"] == ["Radio Velmoor"]


def test_the_interface_knows_everything_that_is_written() -> None:
    view = ElementTree.fromstring(labelstudio.CONFIG)
    known = {
        tag.attrib["name"]: {child.attrib["value"] for child in tag} for tag in view if tag.tag in ("Labels", "Choices")
    }
    free = {tag.attrib["name"] for tag in view if tag.tag == "TextArea"}
    for result in tasks(dam())[0]["predictions"][0]["result"]:
        if result["type"] in ("labels", "choices"):
            assert set(result["value"][result["type"]]) <= known[result["from_name"]]
        elif result["type"] == "textarea":
            assert result["from_name"] in free
    assert {tag.attrib["toName"] for tag in view if tag.tag != "Text"} == {"text"}


@quick
@given(readings_with_voices())
def test_any_reading_has_the_documented_shapes(reading: Reading) -> None:
    spans = Counter(span for a in reading.attributions for span in a.source + a.cue + a.content)
    (example, _) = examples(reading, reading)
    jsonschema.validate(example, DOCCANO)
    assert Counter((e["start_offset"], e["end_offset"]) for e in example["entities"]) == spans
    (task, _) = both = tasks(reading, reading)
    jsonschema.validate(both, LABEL_STUDIO)
    regions = [r["value"] for r in task["predictions"][0]["result"] if r["type"] == "labels"]
    assert Counter((value["start"], value["end"]) for value in regions) == spans
    for text in (example["text"], task["data"]["text"]):
        assert len(text) == len(reading.document.text)
        text.encode("utf-8")
