"""Claims across reports: what is gathered, whom it comes from, what speaks against it, as far as rules decide it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sayso.compare import compare
from sayso.compare.claims import groups
from sayso.compare.contradictions import contradictions
from sayso.compare.origins import Reused, origins
from sayso.compare.pairs import numbers
from sayso.compare.statements import statements
from sayso.compare.types import Claim, Origins, Pair, Reuse, Statement
from sayso.documents import document
from sayso.reading import Reading
from sayso.types import Quantity, Span
from tests.readings import marked, with_voices

NOTHING = Origins((), (), 0, 0, ())


def statement(report: int, voice: str | None = None, **known: object) -> Statement:
    base = Statement(
        report, (Span(0, 9),), "it is so", None, voice, "person" if voice else None, (), None, False, False,
        frozenset(), (), frozenset(),
    )  # fmt: skip
    return replace(base, **known)  # type: ignore[arg-type]


def outlets(*names: str) -> list[Reading]:
    return [replace(marked("Rain."), document=document("Rain.", outlet=name, published="2031-03-01")) for name in names]


def count(low: float | None, high: float | None = None, of: str = "dead") -> Quantity:
    return Quantity(Span(0, 2), low, high if high is not None else low, False, "person", of, 0.9)


def test_statements_are_contents_sentence_by_sentence_and_the_narration() -> None:
    reading = with_voices(
        marked("Rain fell all night long. {who1 Reyl} {how1 said} {what1 the dam would hold. Nobody need leave town}."),
        ("Reyl", "person", "a1"),
    )
    reading = replace(reading, narration=(Span(0, 25),))
    found = list(statements(reading, 3))
    assert [(s.text, s.voice) for s in found] == [
        ("Rain fell all night long.", None),
        ("the dam would hold.", "Reyl"),
        ("Nobody need leave town", "Reyl"),
    ]
    assert [s.denies for s in found] == [False, False, True]
    assert {s.report for s in found} == {3}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (count(14), count(14), (1.0, 0)),
        (count(14), count(19), (0.0, 1)),
        (count(14), count(10, 20), (0.5, 0)),
        (count(14), count(19, of="hurt"), (0.0, 0)),
        (count(14), replace(count(19), unit=None), (0.0, 0)),
    ],
)
def test_numbers_of_the_same_things(one: Quantity, other: Quantity, expected: tuple[float, int]) -> None:
    a, b = (statement(n, quantities=(q,)) for n, q in enumerate((one, other)))
    assert numbers(a, b) == numbers(b, a) == expected


def test_one_wrong_pair_does_not_join_two_claims() -> None:
    said = [statement(n) for n in range(6)]
    first = [Pair(a, b, "same", 0.9, "") for a, b in ((0, 1), (0, 2), (1, 2))]
    second = [Pair(a, b, "same", 0.9, "") for a, b in ((3, 4), (3, 5), (4, 5))]
    found = groups(said, [*first, *second, Pair(2, 3, "same", 0.6, "")])
    assert [members for members, _ in found] == [(0, 1, 2), (3, 4, 5)]


def test_a_claim_needs_two_reports() -> None:
    assert groups([statement(0), statement(0)], [Pair(0, 1, "same", 0.9, "")]) == []


@pytest.mark.parametrize(
    ("said", "ends", "least", "most"),
    [
        # two outlets have it from one engineer
        ([statement(0, "Tamarind"), statement(1, "Tamarind")], ("Tamarind",), 1, 1),
        # an outlet that repeats what it has from somebody is no origin
        ([statement(0, "Tamarind"), statement(0)], ("Tamarind",), 1, 1),
        # an outlet that names nobody is one
        ([statement(0, "Tamarind"), statement(1)], ("B", "Tamarind"), 2, 2),
        # one outlet has it from the other, which has it from an engineer
        ([statement(0, "Tamarind"), statement(1, "A", voice_type="outlet")], ("Tamarind",), 1, 1),
        # two officials without names may be one
        (
            [statement(0, "an official", voice_type="unnamed"), statement(1, "a source", voice_type="unnamed")],
            ("a source", "an official"), 1, 2,
        ),
        # two outlets that have it from each other
        ([statement(0, "B", voice_type="outlet"), statement(1, "A", voice_type="outlet")], (), 0, 0),
    ],
)  # fmt: skip
def test_origins(said: list[Statement], ends: tuple[str, ...], least: int, most: int) -> None:
    found = origins(range(len(said)), said, outlets("A", "B"), Reused([]))
    assert (found.ends, found.least, found.most) == (ends, least, most)
    assert found.circular == (() if ends else ("A", "B"))


def test_a_passage_that_was_taken_over_comes_from_where_it_was_taken() -> None:
    said = [statement(0, "Tamarind"), replace(statement(1, "a reader"), voice_type="unnamed")]
    taken = Reused([Reuse(1, 0, Span(0, 20), Span(0, 20), 0.9)])
    assert origins(range(2), said, outlets("A", "B"), taken).ends == ("Tamarind",)


def test_a_passage_that_names_another_voice_only_sounds_alike() -> None:
    said = [statement(0, "Tamarind"), statement(1, "Salim Dravek")]
    taken = Reused([Reuse(1, 0, Span(0, 20), Span(0, 20), 0.9)])
    assert origins(range(2), said, outlets("A", "B"), taken).ends == ("Salim Dravek", "Tamarind")


def test_contradictions_and_updates() -> None:
    said = [
        statement(0, "mayor", quantities=(count(14),)),
        statement(1, "mayor", quantities=(count(19),)),
        statement(1, "army", quantities=(count(3),)),
        statement(0, "mayor"),
        replace(statement(1, "army", denies=True), stance="denies"),
    ]
    first, second = outlets("A", "B")
    readings = [first, replace(second, document=replace(second.document, published="2031-03-02"))]
    claims = [Claim((n,), (n,), (), n, 0.9, NOTHING) for n in range(3)]
    claims.append(Claim((3, 4), (3,), (4,), 3, 0.8, NOTHING))
    pairs = [Pair(0, 1, "other value", 0.9, ""), Pair(0, 2, "other value", 0.7, "")]
    denial, update, other = contradictions(claims, pairs, said, readings)
    assert (denial.one, denial.other, denial.difference, denial.reason) == (3, 3, "denial", "denied by army")
    assert (update.one, update.other, update.difference, update.update) == (0, 1, "number", True)
    assert (other.one, other.other, other.reason, other.update) == (0, 2, "14 and 3", False)


def test_compare_from_end_to_end_is_the_same_each_time() -> None:
    notation = "{who1 Reyl} {how1 said} {what1 fourteen people had died in the wool exchange of Ildemar}."
    readings = [
        replace(with_voices(marked(notation, outlet=name, published="2031-03-01"), ("Reyl", "person", "a1")))
        for name in ("Harbour Wire", "Ridge Voice")
    ]

    def vectors(texts: object) -> np.ndarray:  # type: ignore[type-arg]
        return np.ones((len(list(texts)), 4), np.float32) / 2  # type: ignore[call-overload]

    one, other = compare(readings, vectors), compare(readings, vectors)
    assert one == other
    (claim,) = one.claims
    assert claim.origins.ends == ("Reyl",)
    assert [one.statements[s].report for s in claim.statements] == [0, 1]
