"""The profile: how much of a report stands on whom."""

from __future__ import annotations

import dataclasses
import time

import pytest
from hypothesis import given

from sayso.profile import profile
from sayso.reading import Reading
from sayso.text import units
from sayso.types import Attribution, Document, Kind, Span
from tests.readings import marked, quick, readings_with_voices, with_voices

ROOF = """\
{what1 The roof fell in at four}, {who1 the mayor} {how1 said}. {who2 Reyl} {how2 heard} {what2 a {who3 guard} \
{how3 shout} {what3 “Run!”}}

Nobody came for two days. {how4 Reportedly} {what4 it rained}. It did.
"""


def kinds(reading: Reading, *kinds: Kind) -> Reading:
    changed = (dataclasses.replace(a, kind=kind) for a, kind in zip(reading.attributions, kinds, strict=True))
    return dataclasses.replace(reading, attributions=tuple(changed))


def test_whole_profile() -> None:
    reading = kinds(marked(ROOF), "indirect", "mixed", "direct", "indirect")
    reading = with_voices(reading, ("the mayor", "person", "a1"), ("Reyl", "person", "a2"), ("guard", "unnamed", "a3"))
    found = reading.profile()
    words = 6 + 3 + 2 + 3 + 1 + 5 + 1 + 2 + 2  # as they stand, by whose they are
    assert found.words == words
    assert found.voices == {"v1": 6 / words, "v2": 3 / words, None: 2 / words, "v3": 1 / words}
    assert list(found.voices) == ["v1", "v2", None, "v3"]
    assert found.types == {"person": 9 / words, None: 2 / words, "unnamed": 1 / words}
    assert found.kinds == {"indirect": 8 / words, "mixed": 3 / words, "direct": 1 / words}
    assert found.attributing == 6 / words
    assert found.narration == 7 / words
    assert found.unsourced == 5 / words


@pytest.mark.parametrize("text", ["", "\n", "…", "“?!”"])
def test_no_words(text: str) -> None:
    found = marked(f"{{what1 {text}}}" if text else text).profile()
    assert (found.words, found.voices, found.types, found.kinds) == (0, {}, {}, {})
    assert (found.attributing, found.narration, found.unsourced) == (0, 0, 0)


@pytest.mark.parametrize(
    ("notation", "shares"),
    [
        ("It rained.", {}),
        ("{what1 It {who1 Reyl} {how1 said} rained.}", {"v1": 1.0}),  # names within contents are said too
        ("{what1 One two three} {what2 four}.", {"v1": 0.75, "v2": 0.25}),
        ("{what1 One {what2 two} three {what2 four}}", {"v1": 0.5, "v2": 0.5}),
        ("{what1 One {what2 two {what1 three}} four}", {"v1": 0.5, "v2": 0.5}),  # the smaller one, wherever it is cut
    ],
)
def test_a_word_belongs_to_the_smallest_content(notation: str, shares: dict[str, float]) -> None:
    reading = marked(notation)
    voices = [("A", "a1"), ("B", "a2")]
    known = {a.id for a in reading.attributions}
    given_ = [(name, "person", found) for name, found in voices if found in known]
    assert with_voices(reading, *given_).profile().voices == shares  # type: ignore[arg-type]


def test_of_two_equal_contents_the_inner_one_has_the_words() -> None:
    """ "It rained, Reyl said, as reported by TolPress": the content of both is "It rained"."""
    reading = marked("{what1 It rained}, {who1 Reyl} {how1 said}, {how2 as reported by} {who2 TolPress}.")
    said, relayed = reading.attributions
    for inner, outer in ((said, relayed), (relayed, said)):
        inner = dataclasses.replace(inner, content=said.content, voice="v1", parent=outer.id)
        outer = dataclasses.replace(outer, content=said.content, voice="v2")
        for order in ((inner, outer), (outer, inner)):
            assert list(dataclasses.replace(reading, attributions=order).profile().voices) == ["v1"]


def test_a_voice_that_is_not_known_has_no_type() -> None:
    reading = with_voices(marked("{who1 He} {how1 said} {what1 so}"), ("He", "person", "a1"))
    found = dataclasses.replace(reading, voices=()).profile()
    assert found.types == {None: pytest.approx(1 / 3)}
    assert found.voices == {"v1": pytest.approx(1 / 3)}


@quick
@given(readings_with_voices())
def test_shares_add_up(reading: Reading) -> None:
    found, text = profile(reading), reading.document.text
    assert found.words == sum(any(map(str.isalnum, text[start:end])) for start, end in units(text))
    for table in (found.voices, found.types, found.kinds):
        total = sum(table.values()) + found.attributing + found.narration
        assert total == pytest.approx(1 if found.words else 0)
        assert all(0 < share <= 1 for share in table.values())
        assert list(table.values()) == sorted(table.values(), reverse=True)
    assert 0 <= found.unsourced <= found.narration <= 1
    assert set(found.voices) <= {None, *(voice.id for voice in reading.voices)}


@quick
@given(readings_with_voices())
def test_the_order_of_attributions_does_not_matter(reading: Reading) -> None:
    sizes = [sum(end - start for start, end in a.content) for a in reading.attributions]
    if len(set(sizes)) == len(sizes):  # of equal ones that cross, one must come first
        turned = dataclasses.replace(reading, attributions=reading.attributions[::-1])
        assert turned.profile() == reading.profile()


def test_linear_time() -> None:
    """Contents within contents, each of which holds nearly the whole text."""
    text = "The roof of the wool exchange fell in at four. " * 10_000
    nested = tuple(
        Attribution(f"a{n}", (), (), (Span(n, len(text) - n),), "indirect", 0.5) for n in range(0, 20_000, 4)
    )
    start = time.process_time()
    found = profile(Reading(Document("sha256:0", text), "test_v0", nested))
    assert time.process_time() - start < 10
    assert found.kinds == {"indirect": 1.0}
