"""`sayso.Ledger`: what a program asks of a ledger is what the commands answer."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from sayso.cli import COMMANDS
from sayso.errors import InvalidSearch
from sayso.ledger import Ledger
from sayso.ledger.filters import Filters, Narrowing, Published
from tests.desk import filled


@pytest.fixture
def desk(ledger: Ledger) -> Ledger:
    return filled(ledger)


def test_every_command_of_a_ledger_is_a_verb() -> None:
    called = {"import": "take_back"}
    elsewhere = {"read", "compare", "origins", "archive", "open"}
    for command in set(COMMANDS) - elsewhere:
        assert getattr(Ledger, called.get(command, command)).__doc__, command


def test_keywords_are_the_filters() -> None:
    assert list(Narrowing.__annotations__) == [field.name for field in fields(Filters)]
    assert set(Published.__annotations__) < set(Narrowing.__annotations__)


def test_search(desk: Ledger) -> None:
    (row,) = desk.search("spillway gates", outlet="harbour", since="2031-03").records()
    assert (row["voice"], row["stance"]) == ("River Board of Lissar", "denies")
    assert len(desk.search()) > len(desk.search(limit=2)) == 2
    assert len(desk.search("dam", voice="kesic")) == 0
    with pytest.raises(InvalidSearch, match="is not a date"):
        desk.search(since="tomorrow")


def test_search_by_meaning(tmp_path: Path) -> None:
    with filled(Ledger(tmp_path / "desk.sayso")) as desk:
        found = desk.search(like="the fissure had been there for years", limit=3)
        assert "that the crack was old" in found.column("content")
        with pytest.raises(InvalidSearch, match="not by both"):
            desk.search("crack", like="the fissure")


def test_voices_outlets_sourcing(desk: Ledger) -> None:
    assert "Đuro Kesić" in desk.voices(type="person").column("voice")
    assert {"Harbour Wire", "Ridge Voice"} <= set(desk.outlets().column("outlet"))
    assert desk.sourcing(outlet="ridge").column("outlet") == ("Ridge Voice",)


def test_names(desk: Ledger) -> None:
    assert "a nest of liars" in desk.names("river board", voice="kesic").column("called")
    assert desk.names("river board", per="month", until="2031-03").column("period") == ("2031-03", "2031-03")


def test_timeline(desk: Ledger) -> None:
    days = desk.timeline(dated="told").column("day")
    assert list(days) == sorted(days)


def test_listing(desk: Ledger) -> None:
    table = desk.listing()
    assert table.column("document") == tuple(entry.key for entry in desk.documents())
    assert desk.listing(outlet="herald").column("copy_of") == (1,)
    assert len(desk.listing(limit=1)) == 1


@pytest.mark.parametrize("verb", ["listing", "search", "voices", "outlets", "timeline", "sourcing"])
def test_frames(desk: Ledger, verb: str) -> None:
    table = getattr(desk, verb)()
    assert len(table.to_pandas()) == table.to_polars().height == len([*table.records()]) > 0
