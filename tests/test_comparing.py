"""What a ledger keeps of what its reports have in common: claims, origins, contradictions, always up to date; on both
databases."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from sayso.documents import document
from sayso.engine import Engine
from sayso.errors import NotInLedger
from sayso.ledger import Ledger, tables
from sayso.meaning import Meanings
from sayso.reading import Reading
from tests.ready import Ready, read

TOLL = "fourteen people died when the roof of the wool exchange came down"
REPORTS = (
    ("Harbour Wire", "2031-03-07", f"Ilse Tamarind said {TOLL}. Odile Varrin said the crane stood by the quay."),
    ("Lyth Gazette", "2031-03-08", f"Ilse Tamarind said {TOLL} on market day. Rain was forecast for the evening."),
    (
        "Ridge Voice",
        "2031-03-08",
        "Salim Dravek said that in the wool exchange, whose roof came down, fourteen people died. He left at noon.",
    ),
    ("Broadline", "2031-03-09", "Orsolya Menk said the ferry to Tolmeir would leave at four in the afternoon."),
)


@pytest.fixture(scope="module")
def meanings() -> Meanings:
    return Meanings()


def keep(ledger: Ledger, outlet: str, published: str, words: str) -> int:
    return ledger.keep(read(document(words, outlet=outlet, published=published)))


@pytest.fixture
def compared(ledger: Ledger, meanings: Meanings) -> Ledger:
    """The four reports, compared one after the other."""
    for report in REPORTS:
        keep(ledger, *report)
        assert ledger.compare(meanings=meanings) == 1
    return ledger


def claims(ledger: Ledger) -> list[tuple[Any, ...]]:
    """The claims as people would tell them: wording, reports, origins."""
    c, s, o = tables.claims.c, tables.statements.c, tables.origins.c
    with ledger.reads() as connection:
        rows = connection.execute(
            select(c.key, s.text, c.reports, c.denials, c.least, c.most).join(tables.statements, s.key == c.wording)
        ).all()
        named = connection.execute(select(o.claim, o.name).where(~o.circular).order_by(o.name)).all()
    return sorted((*row[1:], tuple(name for key, name in named if key == row.key)) for row in rows)


def is_sound(ledger: Ledger) -> None:
    """Every claim is whole, stands in two reports and more, and is what the last comparison left."""
    c, there = tables.claims, tables.claim_statements
    with ledger.reads() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        for row in connection.execute(select(c)).all():
            members = connection.execute(select(there).where(there.c.claim == row.key)).all()
            assert len(members) == row.statements
            assert not row.stale
            assert row.wording in {member.statement for member in members}
            assert len({member.document for member in members}) > 1
            assert 0 <= row.least <= row.most
        counts = connection.execute(select(func.min(tables.word_counts.c.statements))).scalar()
        assert counts is None or counts >= 0


def test_the_same_said_by_two_voices_in_three_reports_is_one_claim(compared: Ledger) -> None:
    (claim,) = claims(compared)
    assert "fourteen people died" in claim[0]
    assert claim[1:] == (3, 0, 2, 2, ("Ilse Tamarind", "Salim Dravek"))
    is_sound(compared)


def test_what_was_compared_is_not_compared_again(compared: Ledger) -> None:
    before = claims(compared)
    assert compared.compare() == 0  # and no model is loaded for it
    assert claims(compared) == before


def test_all_at_once_gives_what_one_after_the_other_gives(compared: Ledger, meanings: Meanings, tmp_path: Any) -> None:
    with Ledger(tmp_path / "other.sayso") as other:
        for report in REPORTS:
            keep(other, *report)
        assert other.compare(meanings=meanings) == len(REPORTS)
        assert claims(other) == claims(compared)


def test_a_removed_report_leaves_the_claim_to_the_others(compared: Ledger, meanings: Meanings) -> None:
    compared.remove([3], engine=Ready())
    compared.compare(meanings=meanings)
    (claim,) = claims(compared)
    assert claim[1:] == (2, 0, 1, 1, ("Ilse Tamarind",))
    is_sound(compared)
    compared.remove([2], engine=Ready())
    compared.compare(meanings=meanings)
    assert claims(compared) == []
    with compared.reads() as connection:
        stated = connection.execute(select(func.sum(tables.statement_vectors.c.number))).scalar_one()
        words = connection.execute(select(func.max(tables.word_counts.c.statements))).scalar_one()
        assert connection.execute(select(func.count()).select_from(tables.statements)).scalar_one() == stated
        assert words <= stated


def test_who_is_merged_is_one_origin_and_two_again_when_split(compared: Ledger, meanings: Meanings) -> None:
    compared.merge("Ilse Tamarind", "Salim Dravek")
    compared.compare(meanings=meanings)
    assert [claim[-1] for claim in claims(compared)] == [("Ilse Tamarind",)]
    compared.split("Salim Dravek")
    compared.compare(meanings=meanings)
    assert [claim[-1] for claim in claims(compared)] == [("Ilse Tamarind", "Salim Dravek")]
    is_sound(compared)


def test_a_correction_is_compared_anew(compared: Ledger, meanings: Meanings) -> None:
    reading = compared.reading(3)
    compared.correct(Reading(reading.document, reading.model, ()))
    assert compared.compare(meanings=meanings) == 1
    assert [claim[1:4] for claim in claims(compared)] == [(2, 0, 1)]
    is_sound(compared)


def test_a_claim_keeps_its_number(compared: Ledger, meanings: Meanings) -> None:
    with compared.reads() as connection:
        (before,) = connection.execute(select(tables.claims.c.key)).scalars()
    keep(
        compared,
        "Aurel Bay Tribune",
        "2031-03-10",
        "Perrin Ashdown said that the roof of the wool exchange came down and that fourteen people died.",
    )
    compared.compare(meanings=meanings)
    with compared.reads() as connection:
        ((key, reports),) = connection.execute(select(tables.claims.c.key, tables.claims.c.reports)).all()
    assert (key, reports) == (before, 4)


def test_a_copy_is_another_report_and_no_other_origin(compared: Ledger, meanings: Meanings) -> None:
    key = compared.keep(read(document(REPORTS[2][2], outlet="Straitline", published="2031-03-11")))
    assert compared.compare(meanings=meanings) == 1
    (claim,) = claims(compared)
    assert claim[1:] == (4, 0, 2, 2, ("Ilse Tamarind", "Salim Dravek"))
    with compared.reads() as connection:
        steps = connection.execute(select(tables.steps.c.taker, tables.steps.c.giver)).all()
    assert ("Straitline", "Ridge Voice") in {tuple(step) for step in steps}
    compared.remove([key])
    compared.compare(meanings=meanings)
    assert [claim[1] for claim in claims(compared)] == [3]
    is_sound(compared)


def test_what_is_known_of_a_report_changes_its_claims(ledger: Ledger, meanings: Meanings, tmp_path: Any) -> None:
    path = tmp_path / "a.txt"
    path.write_text(REPORTS[0][2])
    ledger.add([path], engine=Ready(), outlet="Harbour Wire")
    keep(ledger, *REPORTS[2])
    ledger.compare(meanings=meanings)
    ledger.add([path], engine=Ready(), outlet="The Wire", update=True)
    ledger.compare(meanings=meanings)
    with ledger.reads() as connection:
        assert "The Wire" in set(connection.execute(select(tables.steps.c.taker)).scalars())
    is_sound(ledger)


def test_a_comparison_that_is_stopped_is_completed(ledger: Ledger, meanings: Meanings, compared: Ledger) -> None:
    expected = claims(compared)
    with compared.writes() as connection:
        connection.execute(tables.compared.delete())

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compared.compare(meanings=meanings, told=stop)
    compared.compare(meanings=meanings)
    assert claims(compared) == expected
    is_sound(compared)


@pytest.fixture(scope="module")
def tolls(engine: Engine) -> list[Reading]:
    mayor = "“Fourteen people were killed in the collapse of the wool exchange,” the mayor, Salim Dravek, said."
    council = "Nerys Hadoun, for the council, said the wool exchange’s collapse had killed thirty-one people."
    return [
        *engine.read_many(
            document(words, outlet=outlet, published=day)
            for outlet, day, words in (
                ("Harbour Wire", "2031-03-07", mayor),
                ("Lyth Gazette", "2031-03-07", f"Rain fell. {mayor} He was at home."),
                ("Ridge Voice", "2031-03-07", council),
                ("Broadline", "2031-03-08", council.replace("for the council", "the council’s spokeswoman")),
            )
        )
    ]


def test_counts_that_cannot_both_be_so_are_laid_side_by_side(
    ledger: Ledger, meanings: Meanings, tolls: list[Reading]
) -> None:
    for reading in tolls:
        ledger.keep(reading)
        ledger.compare(meanings=meanings)
    with ledger.reads() as connection:
        (found,) = connection.execute(select(tables.contradictions)).all()
    assert (found.difference, found.reason, found.is_update) == ("number", "14 and 31", False)
    assert {claim[1:] for claim in claims(ledger)} == {
        (2, 0, 1, 1, ("Salim Dravek",)),
        (2, 0, 1, 1, ("Nerys Hadoun",)),
    }
    ledger.remove([4], engine=Ready())
    ledger.compare(meanings=meanings)
    with ledger.reads() as connection:
        assert connection.execute(select(tables.contradictions)).all() == []
    is_sound(ledger)


@given(st.lists(st.tuples(st.sampled_from(("add", "remove", "merge", "split")), st.integers(0, 3)), max_size=8))
@settings(max_examples=15)
def test_whatever_is_done_claims_are_sound_and_nothing_is_left_to_compare(done: list[tuple[str, int]]) -> None:
    with TemporaryDirectory() as folder, Ledger(Path(folder) / "desk.sayso") as ledger:
        for verb, which in done:
            there = [entry.key for entry in ledger.documents()]
            with suppress(NotInLedger):
                if verb == "add":
                    keep(ledger, *REPORTS[which])
                elif verb == "remove" and there:
                    ledger.remove([there[which % len(there)]], engine=Ready())
                elif verb == "merge":
                    ledger.merge("Ilse Tamarind", "Salim Dravek")
                else:
                    ledger.split("Salim Dravek")
            ledger.compare()
            is_sound(ledger)
            assert ledger.compare() == 0
