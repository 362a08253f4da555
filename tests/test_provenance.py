"""The chain from the reader to the speaker."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given

from sayso.reading import Reading
from tests.readings import marked, quick, readings_with_voices, with_voices


@pytest.mark.parametrize(
    ("outlet", "via", "voice", "chain"),
    [
        (None, (), None, ()),
        (None, (), "v1", ("Amal Ode",)),
        ("Argus", (), None, ("Argus",)),
        (" ", (), "v1", ("Amal Ode",)),
        ("Argus", (), "v1", ("Argus", "Amal Ode")),
        ("Argus", ("v2",), "v1", ("Argus", "Marine Press", "Amal Ode")),
        ("Argus", ("v2", "v3"), "v1", ("Argus", "Marine Press", "Port Radio", "Amal Ode")),
        ("Argus", ("v2",), None, ("Argus", "Marine Press")),
        ("Marine Press", ("v2",), "v1", ("Marine Press", "Amal Ode")),
        ("Argus", ("v2", "v2"), "v2", ("Argus", "Marine Press")),
        ("Argus", ("v2", "v3", "v2"), "v1", ("Argus", "Marine Press", "Port Radio", "Marine Press", "Amal Ode")),
        ("Argus", ("v9",), "v8", ("Argus",)),  # ids of no voice
    ],
)
def test_chain(outlet: str | None, via: tuple[str, ...], voice: str | None, chain: tuple[str, ...]) -> None:
    reading = with_voices(
        marked("{who1 Ode} {how1 said} {what1 so}", outlet=outlet),
        ("Amal Ode", "person", "a1"),
        ("Marine Press", "outlet", ""),
        ("Port Radio", "outlet", ""),
    )
    assert reading.chain(dataclasses.replace(reading.attributions[0], voice=voice, via=via)) == chain


@quick
@given(readings_with_voices())
def test_a_chain_holds_known_names_alone(reading: Reading) -> None:
    known = {reading.document.outlet, *(voice.name for voice in reading.voices)}
    for attribution in reading.attributions:
        assert set(reading.chain(attribution)) <= known
