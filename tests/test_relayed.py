"""Second-hand speech: who is found beside what the network sees."""

from __future__ import annotations

import pytest

from sayso.relayed import Found, with_relayed
from sayso.types import Span, Spans


def spans(text: str, *words: str) -> Spans:
    """Where the words stand in the text."""
    return tuple(Span(text.index(w), text.index(w) + len(w)) for w in words)


def words(text: str, found: Found) -> tuple[list[str], list[str], list[str]]:
    """The words of each role."""
    source, cue, content = ([text[a:b] for a, b in role] for role in (found.source, found.cue, found.content))
    return source, cue, content


QUOTED_AS = "The Courier quoted a second official as saying that the dam would hold."
QUOTED_AS_INNER = (["a second official"], ["quoted", "as saying"], ["that the dam would hold"])


@pytest.mark.parametrize(
    ("cue", "content", "count"),
    [
        (
            "quoted",
            "a second official as saying that the dam would hold",
            2,
        ),  # the paper was found: the official is added
        ("quoted a second official as saying", "that the dam would hold", 2),
        ("saying", "that the dam would hold", 1),  # the saying was found, with the paper for its source: mended
    ],
)
def test_the_person_quoted_as_saying_gets_an_attribution(cue: str, content: str, count: int) -> None:
    seen = Found(spans(QUOTED_AS, "The Courier"), spans(QUOTED_AS, cue), spans(QUOTED_AS, content), 0.9)
    found = with_relayed(QUOTED_AS, [seen])
    assert len(found) == count
    assert words(QUOTED_AS, found[-1]) == QUOTED_AS_INNER


WAS_QUOTED = "“It will hold,” Amal Ode was quoted as saying by the Courier."


@pytest.mark.parametrize(("source", "cue"), [(("the Courier",), "was quoted"), ((), "was quoted as saying")])
def test_who_was_quoted_as_saying_is_the_source(source: tuple[str, ...], cue: str) -> None:
    seen = Found(spans(WAS_QUOTED, *source), spans(WAS_QUOTED, cue), spans(WAS_QUOTED, "“It will hold,” Amal Ode"), 0.9)
    (found,) = with_relayed(WAS_QUOTED, [seen])
    assert words(WAS_QUOTED, found) == (["Amal Ode"], ["was quoted", "as saying"], ["“It will hold,”"])


def test_who_was_quoted_by_the_paper_is_the_source() -> None:
    text = "Amal Ode was quoted by the Courier as saying that the dam would hold."
    seen = Found(spans(text, "the Courier"), spans(text, "quoted"), spans(text, "that the dam would hold"), 0.9)
    assert [words(text, f) for f in with_relayed(text, [seen])] == [
        (["Amal Ode"], ["was quoted", "as saying"], ["that the dam would hold"])
    ]


def test_spans_keep_clear_of_white_space() -> None:
    text = "The Courier quoted  an aide as saying  it was over."
    seen = Found(spans(text, "The Courier"), spans(text, "quoted"), spans(text, "an aide as saying  it was over"), 0.9)
    assert words(text, with_relayed(text, [seen])[-1]) == (["an aide"], ["quoted", "as saying"], ["it was over"])


def test_the_person_quoted_behind_a_quotation_is_its_source() -> None:
    text = "“It will hold,” the Courier quoted an engineer at the site."
    seen = Found(
        spans(text, "the Courier"),
        spans(text, "quoted"),
        spans(text, "“It will hold,”", "an engineer at the site"),
        0.9,
    )
    found = with_relayed(text, [seen])
    assert [words(text, f) for f in found] == [
        (["the Courier"], ["quoted"], ["“It will hold,”", "an engineer at the site"]),
        (["an engineer at the site"], ["quoted"], ["“It will hold,”"]),
    ]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "It rained. The dam has burst, as reported by the Lantern agency and local radio.",
            "the Lantern agency and local radio",
            "The dam has burst",
        ),
        (
            "The dam has burst, as first reported by the Courier on Monday.",
            "the Courier",
            "The dam has burst",
        ),
        ("The dam (as quoted in the Tolmeir press) has burst.", "the Tolmeir press", "The dam"),
    ],
)
def test_a_relay_hands_over_its_sentence(text: str, source: str, content: str) -> None:
    (relay,) = with_relayed(text, [])
    assert words(text, relay)[0] == [source]
    assert words(text, relay)[2] == [content]


def test_a_relay_hands_over_the_whole_quotation_before_its_speaker() -> None:
    text = "“It held. We saw it,” Ouma Tierlin said, as reported by Radio Lissar."
    seen = Found(spans(text, "Ouma Tierlin"), spans(text, "said"), spans(text, "“It held. We saw it,”"), 0.9)
    relay = next(f for f in with_relayed(text, [seen]) if f.source != seen.source)
    assert words(text, relay)[2] == ["“It held. We saw it,” Ouma Tierlin said"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "As reported by",
        "She was known as reported by.",
        "He quoted as saying.",
        "quoted x as saying",
        "\n\nas reported by X",
    ],
)
def test_fragments_of_the_phrases_do_no_harm(text: str) -> None:
    assert all(f.start >= 0 for f in with_relayed(text, []))
