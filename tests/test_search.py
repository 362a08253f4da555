"""Search by words and filters, on SQLite and on PostgreSQL: a table of queries; hostile ones; copies once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import InvalidSearch
from sayso.ledger import Ledger, store, tables
from sayso.ledger.filters import Filters
from sayso.ledger.passages import HEADLINE, passages
from sayso.ledger.search import search
from sayso.ledger.table import Table
from sayso.ledger.timeline import timeline
from sayso.render.wording import OWN_VOICE
from tests.desk import filled
from tests.ready import read


@pytest.fixture
def desk(ledger: Ledger) -> Ledger:
    return filled(ledger)


def found(ledger: Ledger, words: str = "", limit: int = 20, **filters: Any) -> Table:
    with ledger.reads() as connection:
        return search(connection, words, Filters(**filters), limit)


HOLDS, GATES, GUARDS = (
    "“the dam at Port Aurel will hold”",
    "that the spillway gates had been opened on 6 March",
    "a crack in the spillway",
)
OLD, LIARS, OPENED = "that the crack was old", "the board a nest of liars", "The gates were opened at night"
HOMES, NOBODY = "that four hundred homes would be flooded by summer 2031", "the river board had warned nobody"


def test_words_phrases_beginnings(desk: Ledger) -> None:
    for words, contents in [
        ("dam", {HOLDS}),
        ("DAM", {HOLDS}),
        ("gates opened", {GATES, OPENED}),
        ("opened gates", {GATES, OPENED}),
        ('"gates were opened"', {OPENED}),
        ("“gates were opened”", {OPENED}),
        ('"opened gates"', set()),
        ("open", set()),
        ("open*", {GATES, OPENED}),
        ('"spillway ga"*', {GATES}),
        ("crack spill*", {GUARDS}),
        ("crack dam", set()),
        ('"the board', {LIARS}),
        ("", {HOLDS, GATES, GUARDS, OLD, LIARS, OPENED, HOMES, NOBODY}),
    ]:
        assert set(found(desk, words).column("content")) == contents, words


def test_filters(desk: Ledger) -> None:
    for filters, contents in [
        ({"voice": "tamarind"}, {HOLDS, OLD}),
        ({"voice": "Ilse  TAMARIND"}, {HOLDS, OLD}),
        ({"voice": "tamar"}, set()),
        ({"voice": "đuro kesic"}, {LIARS, HOMES}),
        ({"voice": "'; DROP TABLE documents; --"}, set()),
        ({"type": "organisation"}, {GATES}),
        ({"unnamed": True}, {GUARDS, OPENED, NOBODY}),
        ({"unnamed": True, "type": "unnamed"}, {GUARDS, NOBODY}),
        ({"stance": "denies"}, {GATES}),
        ({"kind": "direct"}, {HOLDS}),
        ({"kind": "indirect"}, {GUARDS}),
        ({"via": "radio lissar"}, {OLD}),
        ({"via": "tamarind"}, set()),
        ({"about": "port aurel"}, {HOLDS}),
        ({"about": "board lissar"}, {LIARS, NOBODY}),
        ({"about": "guards"}, set()),
        ({"outlet": "strait herald"}, {HOLDS, GATES, GUARDS}),
        ({"outlet": "harbour"}, {HOLDS, GATES, GUARDS}),
        ({"outlet": "ridge", "voice": "tamarind"}, {HOLDS, OLD}),
        ({"since": "2031-04"}, {HOMES, NOBODY}),
        ({"until": "2031-03-07"}, {HOLDS, GATES, GUARDS}),
        ({"since": "2031-03-09", "until": "2031-03-09"}, {OLD, LIARS, OPENED}),
        ({"since": "2032"}, set()),
        ({"until": "2030"}, set()),
        ({"since": "2031-03-06", "until": "2031-03-06", "dated": "told"}, {GATES}),
        ({"since": "2031-07", "dated": "told"}, {HOMES}),
        ({"until": "2031-03-05", "dated": "told"}, set()),
    ]:
        assert set(found(desk, **filters).column("content")) == contents, filters


def test_what_is_shown_of_an_answer(desk: Ledger) -> None:
    (row,) = found(desk, "crack old").records()
    assert row["chain"] == ("Radio Lissar", "Ilse Tamarind")
    assert row["hits"] == ((9, 14), (19, 22))
    assert (row["outlet"], row["published"], row["title"]) == (
        "Ridge Voice",
        "2031-03-09T08:30:00+02:00",
        "The crack is old",
    )
    assert (row["voice"], row["voice_type"], row["source"], row["cue"]) == ("Ilse Tamarind", "person", "She", "told")
    assert row["copies"] == 0
    assert row["score"] > 0
    with desk.reads() as connection:
        text = connection.execute(
            tables.documents.select()
            .with_only_columns(tables.documents.c.text)
            .where(tables.documents.c.key == row["document"])
        ).scalar_one()
    assert " […] ".join(text[start:end] for start, end in row["content_spans"]) == row["content"]


def test_a_source_without_voice_stands_in_the_chain(desk: Ledger) -> None:
    (row,) = found(desk, "night").records()
    assert (row["chain"], row["voice"]) == ((), None)


def test_copies_are_shown_once_and_counted(desk: Ledger) -> None:
    (row,) = found(desk, "dam").records()
    assert (row["outlet"], row["copies"]) == ("Harbour Wire", 2)


def test_a_copy_is_shown_where_the_original_does_not_pass(desk: Ledger) -> None:
    (row,) = found(desk, "dam", outlet="ridge voice").records()
    assert (row["outlet"], row["published"], row["copies"]) == ("Ridge Voice", "2031-03-10", 2)
    (row,) = found(desk, "dam", since="2031-03-08", until="2031-03-08").records()
    assert (row["outlet"], row["copies"]) == ("Strait Herald", 2)


def test_the_best_come_first_then_the_newest(desk: Ledger) -> None:
    contents = found(desk, "crack").column("content")
    assert set(contents) == {GUARDS, OLD}
    scores = found(desk, "the").column("score")
    assert list(scores) == sorted(scores, reverse=True)
    dates = found(desk).column("published")
    assert list(dates) == sorted(dates, reverse=True)


def test_the_limit_counts_answers_not_copies(desk: Ledger) -> None:
    assert [len(found(desk, "", limit)) for limit in range(1, 9)] == list(range(1, 9))
    assert found(desk, limit=7).note.startswith("7 are shown, there are more")
    assert found(desk, limit=8).note == ""


def test_nothing_found_says_what_to_try(desk: Ledger) -> None:
    assert found(desk, "zeppelin").note.startswith("Nothing found. Try fewer words")
    assert "--voice" in found(desk, voice="nobody").note
    assert "other dates" in found(desk, since="2040").note


def test_an_empty_ledger(ledger: Ledger) -> None:
    assert found(ledger).note == "Nothing found: the ledger holds no attribution."


def test_what_cannot_be_looked_for_is_a_sentence(desk: Ledger) -> None:
    for words in ("…", '""', "*", "?!", "x" * 10_000, "x " * 10_000, "ﷺ" * 1000):
        with pytest.raises(InvalidSearch):
            found(desk, words)
    for date in ("yesterday", "2031-13", "2031-02-30", "31", "", "2031-03-07T10:00"):
        for filters in ({"since": date}, {"until": date, "dated": "told"}):
            with pytest.raises(InvalidSearch):
                found(desk, **filters)


HOSTILE = [
    "dam OR 1=1",
    "dam AND",
    "NOT dam",
    "NEAR(dam hold, 2)",
    "content:dam",
    "{content}: dam",
    "^dam",
    "dam + hold",
    "dam*hold",
    "(((dam",
    'dam" OR "crack',
    '"""dam"""',
    "dam:*",
    "dam:A & !hold",
    "dam <-> hold | crack",
    "'dam'; DROP TABLE attributions; --",
    "dam\\",
    "\\'dam",
    "dam\0hold",
    "\ud800dam",
    "da\u0301m",
    "dam:\u0300",
    "%dam%",
    ":wanted :term0",
    "a" * 1900,
    " ".join(["dam"] * 64),
    "\u202edam",
    "ＤＡＭ",
    "dam’s",
    "🌊 dam",
]


def test_a_query_is_only_ever_words(desk: Ledger) -> None:
    before = set(found(desk).column("content"))
    for query in HOSTILE:
        for row in found(desk, query).records():
            assert row["hits"], query
    assert set(found(desk, 'dam" OR "crack').column("content")) == set()
    assert set(found(desk, "dam OR crack").column("content")) == set()
    assert set(found(desk, "NOT dam").column("content")) == set()
    assert set(found(desk).column("content")) == before


@pytest.fixture(scope="module")
def one_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with Ledger(Path(tmp_path_factory.mktemp("desk")) / "desk.sayso") as opened:
        yield filled(opened)


words = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(["dam", "gates", "crack", '"', "*", "(", ":", "'", "OR", "\0", "İ", "ﬁ", "́"]), max_size=12
    ).map("".join),
)


@settings(max_examples=150)
@given(words, st.one_of(st.none(), st.text(max_size=20)), st.sampled_from(["voice", "outlet", "about", "via"]))
def test_any_words_find_what_holds_them_or_say_why_not(
    one_desk: Ledger, query: str, name: str | None, which: str
) -> None:
    try:
        table = found(one_desk, query, **{which: name})
    except InvalidSearch:
        return
    for row in table.records():
        assert bool(row["hits"]) == bool(query.strip(" \0\t\n\r\x0b\x0c") and row["score"] is not None)
        ends = [0, *(offset for hit in row["hits"] for offset in hit)]
        assert ends == sorted(ends)
        assert ends[-1] <= len(row["content"])
    assert table.rows or table.note


def test_the_timeline_by_publication(desk: Ledger) -> None:
    with desk.reads() as connection:
        table = timeline(connection)
        assert list(table.column("published")) == sorted(table.column("published"))
        assert len(table) == 8
        assert [*timeline(connection, Filters(voice="kesic")).column("content")] == [LIARS, HOMES]


def test_the_timeline_of_what_is_told(desk: Ledger) -> None:
    with desk.reads() as connection:
        told = timeline(connection, Filters(dated="told"))
        rows = [(row["day"], row["until"], row["chain"], row["statement"]) for row in told.records()]
        own = ("the report’s own voice",)
        assert rows[0] == ("2031-03-05", None, own, "On 5 March it had rained.")
        assert ("2031-03-06", None, ("River Board of Lissar",), GATES) in rows
        assert rows[-1] == ("2031-06-01", "2031-08-31", ("Đuro Kesić",), HOMES)
        for row in told.records():
            assert [row["statement"][start:end] for start, end in row["hits"]] == [row["words"]]
        told = timeline(connection, Filters(dated="told", stance="denies"))
        assert set(told.column("statement")) == {GATES}
        assert len(timeline(connection, Filters(dated="told", since="2032"))) == 0


def passed(ledger: Ledger, words: str, limit: int = 20, **filters: Any) -> list[tuple[str, str, tuple[str, ...]]]:
    with ledger.reads() as connection:
        table = passages(connection, words, Filters(**filters), limit)
    assert table.rows or table.note
    return [(row["passage"], row["part"], row["chain"]) for row in table.records()]


RAIN, SILENT, BODY = (
    "On 5 March it had rained.",
    "The self-styled River Board is silent.",
    "Mayor Đuro Kesić called the board a nest of liars, and the Lissar board is a public body.",
)


def test_in_whole_reports(desk: Ledger) -> None:
    own, headline = (OWN_VOICE,), (HEADLINE,)
    guards = "Two guards spoke of a crack in the spillway."
    for words, expected in [
        ("rained", {(RAIN, "narration", own)}),
        ('"it had rained"', {(RAIN, "narration", own)}),
        ("spillway crack", {(guards, "content", ("two guards",))}),
        ("guards", {(guards, "source", ("two guards",))}),
        ("silent", {(SILENT, "narration", own)}),
        ("nest public", {(BODY, "content", ("Đuro Kesić",))}),
        ("risk", {("Homes at risk", "headline", headline)}),
        ("risk silent", {("Homes at risk", "headline", headline), (SILENT, "narration", own)}),  # one in each
        ("rained silent", set()),  # in no report both
    ]:
        assert set(passed(desk, words)) == expected, words


def test_in_whole_reports_filters_hold(desk: Ledger) -> None:
    assert passed(desk, "rained", outlet="harbour")
    assert passed(desk, "rained", outlet="ridge")  # the copy
    assert not passed(desk, "rained", since="2032")
    assert not passed(desk, "rained", voice="tamarind")
    assert {part for _, part, _ in passed(desk, "board", voice="kesic")} == {"content"}
    assert not passed(desk, "silent", stance="asserts")
    assert {chain for *_, chain in passed(desk, "crack", unnamed=True)} == {("two guards",)}
    assert len(passed(desk, "the", limit=2)) == 2
    with pytest.raises(InvalidSearch, match="which words"):
        passed(desk, " ")


def test_in_whole_reports_a_copy_is_the_same_answer(desk: Ledger) -> None:
    with desk.reads() as connection:
        (row,) = passages(connection, "rained").records()
        assert (row["document"], row["copies"], row["outlet"]) == (1, 2, "Harbour Wire")
        (row,) = passages(connection, "rained", Filters(outlet="ridge")).records()
        assert (row["document"], row["copies"], row["outlet"]) == (2, 2, "Ridge Voice")


def test_a_passage_is_where_it_says(desk: Ledger) -> None:
    with desk.reads() as connection:
        for row in passages(connection, "the", limit=100).records():
            text = store.document_of(connection, store.read_as(connection, row["document"])).text
            assert [text[start:end] for start, end in row["span"]] == [row["passage"]] * (row["part"] != "headline")
            assert {row["passage"][start:end].casefold() for start, end in row["hits"]} == {"the"}


def test_words_far_apart_in_a_long_report(ledger: Ledger) -> None:
    """PostgreSQL keeps it in parts."""
    text = (
        "Zinc was found. "
        + "It rained, and the water rose by a hand. " * 1000
        + "Orsolya Menk said that the crane fell."
    )
    key = ledger.keep(read(text, title="Copper"))
    assert [row["document"] for row in ledger.search("zinc crane copper", inside="text").records()] == [key] * 3
    assert len(ledger.search('zinc "crane stood"', inside="text")) == 0


@settings(max_examples=60)
@given(words, st.one_of(st.none(), st.text(max_size=20)), st.sampled_from(["voice", "outlet", "about", "via"]))
def test_in_whole_reports_any_words(one_desk: Ledger, query: str, name: str | None, which: str) -> None:
    with one_desk.reads() as connection:
        try:
            table = passages(connection, query, Filters(**{which: name}))  # type: ignore[arg-type]
        except InvalidSearch:
            return
    for row in table.records():
        ends = [0, *(offset for hit in row["hits"] for offset in hit)]
        assert ends == sorted(ends)
        assert 0 < ends[-1] <= len(row["passage"])
