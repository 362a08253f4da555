"""Who is who across documents: by rule, as a person says otherwise, and after all is read again."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from sayso.errors import NotInLedger
from sayso.ledger import Ledger, tables
from tests.ready import Ready, read


def speakers(ledger: Ledger) -> dict[tuple[int, str], str | None]:
    """Whose identity each voice is, by document and name."""
    voices, people = tables.voices, tables.speakers
    found = select(voices.c.document, voices.c.name, people.c.identity).join(
        people, people.c.key == voices.c.speaker, isouter=True
    )
    with ledger.reads() as connection:
        return {(document, name): identity for document, name, identity in connection.execute(found)}


def subjects(ledger: Ledger) -> dict[tuple[int, str], str | None]:
    entities, people = tables.entities, tables.subjects
    found = select(entities.c.document, entities.c.name, people.c.identity).join(
        people, people.c.key == entities.c.subject, isouter=True
    )
    with ledger.reads() as connection:
        return {(document, name): identity for document, name, identity in connection.execute(found)}


@pytest.fixture
def desk(ledger: Ledger) -> Ledger:
    """Four documents: Salim Dravek in the first two, Saleem Drawek in the third, Dravek in the fourth."""
    ledger.keep(read("Salim Dravek said the dam held."))
    ledger.keep(read("Salim Dravek said it leaked. Odile Varrin said it burst."))
    ledger.keep(read("Saleem Drawek said nobody drowned."))
    ledger.keep(read("Dravek said two sheep drowned."))
    return ledger


ONE, OTHER = "person:salim dravek", "person:saleem drawek"


def test_by_rule(desk: Ledger) -> None:
    assert (
        speakers(desk)
        == subjects(desk)
        == {
            (1, "Salim Dravek"): ONE,
            (2, "Salim Dravek"): ONE,
            (2, "Odile Varrin"): "person:odile varrin",
            (3, "Saleem Drawek"): OTHER,
            (4, "Dravek"): None,
        }
    )


def test_merge_and_split(desk: Ledger) -> None:
    before = speakers(desk)
    assert desk.merge("Salim Dravek", "Saleem Drawek", by="Noor").documents == 1
    assert speakers(desk)[3, "Saleem Drawek"] == subjects(desk)[3, "Saleem Drawek"] == ONE
    with pytest.raises(NotInLedger, match="are one already"):
        desk.merge("Salim Dravek", "Saleem Drawek")
    assert desk.split("Saleem Drawek").documents == 1
    assert speakers(desk) == before
    with pytest.raises(NotInLedger, match="was not merged"):
        desk.split("Saleem Drawek")


def test_a_merge_holds_for_what_comes_later_and_is_read_again(desk: Ledger) -> None:
    desk.merge("Salim Dravek", "Saleem Drawek")
    later = desk.keep(read("Saleem Drawek said the water fell."))
    desk.add(update=True, engine=Ready("en_v2"))
    assert [entry.model for entry in desk.documents()] == ["en_v2"] * 5
    assert speakers(desk)[3, "Saleem Drawek"] == speakers(desk)[later, "Saleem Drawek"] == ONE
    assert subjects(desk)[later, "Saleem Drawek"] == ONE


def test_merges_of_merges(desk: Ledger) -> None:
    desk.merge("Salim Dravek", "Saleem Drawek")
    desk.merge("Odile Varrin", "Salim Dravek")
    assert set(speakers(desk).values()) == {"person:odile varrin", None}
    desk.split("Salim Dravek")
    assert speakers(desk)[3, "Saleem Drawek"] == speakers(desk)[1, "Salim Dravek"] == ONE
    desk.split("Saleem Drawek")
    assert speakers(desk)[3, "Saleem Drawek"] == OTHER


def test_one_whom_nobody_would_recognise_is_somebody_in_one_document(desk: Ledger) -> None:
    desk.keep(read("Dravek said the bridge stood."))
    assert desk.merge("Salim Dravek", "Dravek", within=[4]).documents == 1
    assert speakers(desk)[4, "Dravek"] == ONE
    assert speakers(desk)[5, "Dravek"] is None
    desk.add(update=True, engine=Ready("en_v2"))
    assert speakers(desk)[4, "Dravek"] == ONE
    desk.merge("Saleem Drawek", "Salim Dravek")
    assert speakers(desk)[4, "Dravek"] == OTHER


def test_two_of_one_name(desk: Ledger) -> None:
    done = desk.split("Salim Dravek", within=[2])
    assert done.into == "person:salim dravek#2"
    assert speakers(desk)[2, "Salim Dravek"] == subjects(desk)[2, "Salim Dravek"] == done.into
    assert speakers(desk)[1, "Salim Dravek"] == ONE
    desk.add(update=True, engine=Ready("en_v2"))
    desk.merge("Salim Dravek", "Saleem Drawek")
    assert speakers(desk)[2, "Salim Dravek"] == done.into
    assert desk.split("Salim Dravek", within=[1]).into == "person:salim dravek#3"
    desk.merge("person:salim dravek#2", "Salim Dravek", within=[1])
    assert speakers(desk)[1, "Salim Dravek"] == speakers(desk)[2, "Salim Dravek"] == done.into


def test_what_was_said_is_kept_apart(desk: Ledger) -> None:
    desk.merge("Salim Dravek", "Saleem Drawek", by="Noor")
    desk.split("Salim Dravek", within=[2])
    said = tables.corrections.c
    with desk.reads() as connection:
        rows = connection.execute(
            select(said.verb, said.identity, said.into, said.document, said.made_by).order_by(said.key)
        ).all()
        assert [tuple(row) for row in rows] == [
            ("merge", OTHER, ONE, None, "Noor"),
            ("split", ONE, "person:salim dravek#2", 2, None),
        ]
    assert [voice.name for voice in desk.reading(3).voices] == ["Saleem Drawek"]


@pytest.mark.parametrize(
    ("names", "within", "said"),
    [
        (("Salim Dravek", "Nobody Atall"), [], "nobody is known as Nobody Atall"),
        (("Salim Dravek", "Dravek"), [], "nobody is known as Dravek across documents"),
        (("Salim Dravek", "Odile Varrin"), [3], "nobody is called Odile Varrin in document 3"),
        (("Salim Dravek", "Odile Varrin"), [77], "no document 77"),
    ],
)
def test_what_cannot_be_merged_is_said(desk: Ledger, names: tuple[str, str], within: list[int], said: str) -> None:
    before = speakers(desk)
    with pytest.raises(NotInLedger, match=said):
        desk.merge(*names, within=within)
    assert speakers(desk) == before
