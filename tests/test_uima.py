"""UIMA CAS: cassis reads it; offsets are Java's; the types are such as INCEpTION makes layers of."""

from __future__ import annotations

import re
from pathlib import Path

import cassis
import pytest
from hypothesis import given

from sayso.errors import MissingExtra
from sayso.export import uima
from sayso.export.plain import xml
from sayso.reading import Reading
from tests.exchanged import dam
from tests.readings import quick, readings_with_voices


def read(reading: Reading) -> cassis.Cas:
    types = cassis.load_typesystem(uima.shared()[uima.TYPE_SYSTEM])
    return cassis.load_cas_from_xmi(uima.files(reading)[".xmi"], types)


def test_what_a_cas_holds() -> None:
    first, second, _ = read(dam()).select(uima.ATTRIBUTION)
    assert first.get_covered_text() == "said"
    assert [(slot.role, slot.target.get_covered_text()) for slot in first.parts.elements] == [
        ("cue", "said"),
        ("source", "Ilse Tamarind"),
        ("content", "“There is no crack,”"),
        ("content", "“and there\n\nwas none.”"),
    ]
    assert (first.identifier, first.kind, first.stance, first.voice, first.voiceType) == (
        "a1",
        "direct",
        "asserts",
        "Ilse Tamarind",
        "person",
    )
    assert second.via.elements == ["Radio Velmoor"]
    voices = [(voice.get_covered_text(), voice.name) for voice in read(dam()).select(uima.VOICE)]
    assert ("The valley council", "valley council") in voices


def test_offsets_are_utf_16() -> None:
    written = uima.files(dam())[".xmi"]
    start = dam().attributions[0].cue[0].start
    assert re.search(rf'<sayso:Attribution [^>]*begin="{start + 1}" end="{start + 5}" identifier="a1"', written)


def test_types_are_such_as_inception_makes_layers_of() -> None:
    """By its TypeSystemAnalysis: layers inherit from Annotation and have primitive features, arrays of strings, and
    slots; a slot is an array of links with exactly a role and a target."""
    types = cassis.load_typesystem(uima.shared()[uima.TYPE_SYSTEM])
    primitive = {"uima.cas.String", "uima.cas.Float", "uima.cas.StringArray"}
    for name in (uima.ATTRIBUTION, uima.PART, uima.VOICE):
        layer = types.get_type(name)
        assert layer.supertype.name == "uima.tcas.Annotation"
        for feature in layer.features:
            if feature.rangeType.name not in primitive:
                assert feature.rangeType.name == "uima.cas.FSArray"
                assert feature.elementType.name == uima.SLOT
    link = types.get_type(uima.SLOT)
    assert link.supertype.name == "uima.cas.TOP"
    assert {f.name: f.rangeType.name for f in link.features} == {"role": "uima.cas.String", "target": uima.PART}


@quick
@given(readings_with_voices())
def test_any_reading_keeps_its_text_and_spans(reading: Reading) -> None:
    cas = read(reading)
    assert cas.sofa_string == xml(reading.document.text)
    found = {fs.identifier: fs for fs in cas.select(uima.ATTRIBUTION)}
    for attribution in reading.attributions:
        parts = [(s.role, s.target.begin, s.target.end) for s in found[attribution.id].parts.elements]
        for role in ("source", "cue", "content", "hedged", "negated"):
            spans = [(start, end) for r, start, end in parts if r == role]
            assert spans == [tuple(span) for span in getattr(attribution, role)]


def test_what_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(__import__("sys").modules, "cassis", None)
    with pytest.raises(MissingExtra, match=r"needs cassis: pip install 'sayso\[exchange\]'"):
        uima.files(dam())
