"""What is asked of the claims of a ledger, on the reports of examples/incident: from Python, on the command line, in
every format."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import polars
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from sayso.cli import main
from sayso.engine import Engine
from sayso.errors import InvalidSearch, NotInLedger
from sayso.ledger import Ledger
from sayso.ledger.claim import ShownClaim
from sayso.render.graph import tree

INCIDENT = Path(__file__).parents[1] / "examples" / "incident"


@pytest.fixture(scope="module")
def desk(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ledger, str]]:
    """The incident, compared, and where it lies."""
    address = str(tmp_path_factory.mktemp("claims") / "desk.sayso")
    with Ledger(address) as ledger:
        ledger.add([INCIDENT], engine=engine)
        ledger.compare()
        yield ledger, address


def sayso(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def about(ledger: Ledger, words: str) -> ShownClaim:
    """The best carried claim in which these words stand."""
    rows = ledger.claims(limit=1000, sure=0).records()
    return ledger.claim(next(row["claim"] for row in rows if words in row["wording"]))


def test_claims_are_listed_by_how_many_reports_carry_them(desk: tuple[Ledger, str]) -> None:
    table = desk[0].claims()
    reports = table.column("reports")
    assert list(reports) == sorted(reports, reverse=True)
    assert all(row["least"] <= row["most"] for row in table.records())
    assert all(row["sure"] >= 0.5 for row in table.records())
    assert "12 reports, " in table.note
    assert len(desk[0].claims(sure=0, limit=1000)) >= len(desk[0].claims(limit=1000)) > len(desk[0].claims(sure=0.9))


def test_claims_of_one_outlet_are_those_that_it_carries(desk: tuple[Ledger, str]) -> None:
    ledger, _ = desk
    for row in ledger.claims(outlet="oster courier").records():
        assert "Oster Courier" in ledger.claim(row["claim"]).outlets
    assert len(ledger.claims(until="2033-11-04")) < len(ledger.claims())
    with pytest.raises(InvalidSearch):
        ledger.claims(since="yesterday")
    assert "--sure 0" in ledger.claims(outlet="nobody").note


def test_claims_are_found_by_their_words(desk: tuple[Ledger, str]) -> None:
    ledger, address = desk
    dead = ledger.claims("dead")
    assert 0 < len(dead) < len(ledger.claims())
    for number in dead.column("claim"):
        assert any("dead" in row["wording"].lower() for row in ledger.claim(number).wordings.records())
    assert ledger.claim("dead").key == ledger.claims("dead", sure=0).column("claim")[0]
    assert sayso("claim", address, "railwaymen’s", "23").output.startswith("Claim ")


def test_origins_come_first_where_many_reports_have_few(desk: tuple[Ledger, str]) -> None:
    table = desk[0].origins(limit=1000)
    ratios = [row["reports"] / max(1, row["most"]) for row in table.records()]
    assert ratios == sorted(ratios, reverse=True)


def test_a_count_that_another_contradicts_and_one_that_was_updated(desk: tuple[Ledger, str]) -> None:
    rows = list(desk[0].contradictions(limit=1000).records())
    assert {("other number", "14 and 23"), ("later count", "14 and 17")} <= {(r["what"], r["values"]) for r in rows}
    kinds = [row["what"] for row in rows]
    assert kinds == sorted(kinds, key=["other number", "denied", "later count"].index)
    for row in rows:
        assert f"claim {row['one_claim']}: “" in row["one"]
        assert f"claim {row['other_claim']}: “" in row["other"]


def test_a_copied_report_with_its_changed_words(desk: tuple[Ledger, str]) -> None:
    claim = about(desk[0], "residue had been found")
    copied = [r for r in claim.wordings.records() if r["outlet"] == "Lower Reach Gazette"]
    assert [row["changed"] for row in copied] == ["the same words"]
    refused = next(
        row
        for row in desk[0].reuse().records()
        if row["outlet"] == "Lower Reach Gazette" and "refused" in row["passage"]
    )
    assert "declined" in refused["instead_of"]


def test_wordings_are_marked_where_they_differ_from_the_first(desk: tuple[Ledger, str]) -> None:
    ledger, _ = desk
    claim = about(ledger, "traces of explosive")
    rows = list(claim.wordings.records())
    assert [row["published"] for row in rows] == sorted(row["published"] for row in rows)
    assert any(row["hits"] for row in rows)
    assert any("in other words" in row["changed"] for row in rows)
    for row in rows:
        text = ledger.reading(row["document"]).document.text
        words = " ".join(" ".join(text[start:end] for start, end in row["spans"]).split())
        assert words == row["wording"]


def test_a_claim_is_shown_with_all_who_carried_it(desk: tuple[Ledger, str]) -> None:
    ledger, address = desk
    claim = about(ledger, "traces of explosive")
    shown = sayso("claim", address, str(claim.key), "--width", "100").output
    assert shown.startswith(f"Claim {claim.key}: “")
    assert f"{claim.reports} reports" in shown
    for name in {step.taker for step in claim.steps} | {origin.name for origin in claim.origins}:
        assert name in shown
    assert "(not named)" in shown
    assert "How it is worded" in shown


def test_what_is_against_a_claim_is_below_it(desk: tuple[Ledger, str]) -> None:
    ledger, _ = desk
    row = next(row for row in ledger.contradictions(limit=1000).records() if row["values"] == "14 and 23")
    for mine, other in ((row["one_claim"], row["other_claim"]), (row["other_claim"], row["one_claim"])):
        note = ledger.claim(mine).table().note
        assert "other number (14 and 23)" in note
        assert f"claim {other}: “" in note


@pytest.mark.parametrize("which", [0, -3, 10_000, 1 << 70, "no such thing", "7.5", "…"])
def test_a_claim_that_is_not_there_is_said(desk: tuple[Ledger, str], which: int | str) -> None:
    ledger, address = desk
    with pytest.raises((NotInLedger, InvalidSearch)):
        ledger.claim(which)
    done = sayso("claim", address, "--", str(which))
    assert done.exit_code == 1
    assert done.stderr.startswith("sayso: ")
    assert done.stderr.count("\n") == 1


def test_pictures_are_drawn(desk: tuple[Ledger, str], tmp_path: Path) -> None:
    ledger, address = desk
    claim = about(ledger, "traces of explosive")
    for name in ("whence.svg", "when.png", "names.json"):
        assert not (tmp_path / name).exists()
    one, two, three = (str(tmp_path / name) for name in ("whence.svg", "when.png", "names.json"))
    done = sayso("claim", address, str(claim.key), "--picture", one, "--timeline", two)
    assert (done.exit_code, done.stderr) == (0, f"sayso: drawn in {one}\nsayso: drawn in {two}\n")
    assert "Meridian Press" in Path(one).read_text("utf-8")
    assert Path(two).read_bytes().startswith(b"\x89PNG")
    assert sayso("naming", address, "league", "--picture", three).exit_code == 0
    assert json.loads(Path(three).read_bytes())["title"]["text"] == "What Reach Autonomy League is called"


@pytest.mark.parametrize("name", ["claim.doc", "no/such/folder/a.svg", "desk.sayso"])
def test_a_picture_that_cannot_be_kept_is_said(desk: tuple[Ledger, str], tmp_path: Path, name: str) -> None:
    ledger, address = desk
    claim = ledger.claims().column("claim")[0]
    path = address if name == "desk.sayso" else str(tmp_path / name)
    done = sayso("claim", address, str(claim), "--picture", path)
    assert done.exit_code in (1, 2)
    assert "sayso:" in done.stderr or "is the ledger" in done.stderr
    with sqlite3.connect(address) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchone() == (12,)
    connection.close()


def test_a_partisan_outlets_labels_stand_beside_the_agencys(desk: tuple[Ledger, str]) -> None:
    ledger, address = desk
    rows = {row["outlet"]: row for row in ledger.naming("Reach Autonomy League").records()}
    assert "regional movement 1" in rows["Meridian Press"]["own"]
    assert any("self-styled" in label and "◆" in label for label in rows["Vendria Standard"]["own"])
    assert (rows["Meridian Press"]["judging"], rows["Vendria Standard"]["judging"]) == (0, 1)
    assert "terrorist" in " ".join(rows["Vendria Standard"]["quoted"])
    voices = {row["voice"]: row for row in ledger.naming("Reach Autonomy League", by="voice").records()}
    assert voices["Colmar Weiss"]["outlets"] == ("Vendria Standard",)
    days = ledger.naming("Reach Autonomy League", per="day").column("period")
    assert list(days) == sorted(days)
    assert set(days) <= {"2033-11-04", "2033-11-05", "2033-11-06", "2033-11-07"}
    assert "only reports themselves" in ledger.naming("Sabin Orley", by="voice").note
    assert "Try a shorter name" in ledger.naming("Nobody").note
    shown = sayso("naming", address, "league", "--width", "110").output
    assert "What Reach Autonomy League is called" in shown
    assert "in its own voice" in shown


@pytest.mark.parametrize(
    "asked", [("compare",), ("origins",), ("contradictions",), ("claim", "1"), ("naming", "league")], ids=" ".join
)
def test_every_table_goes_out_in_every_format(desk: tuple[Ledger, str], asked: tuple[str, ...], tmp_path: Path) -> None:
    _, address = desk
    command = [asked[0], address, *asked[1:]]
    rows = json.loads(sayso(*command, "--format", "json").stdout)
    assert rows
    assert len(sayso(*command, "--format", "csv").stdout.splitlines()) >= len(rows) + 1
    path = tmp_path / "answer.parquet"
    assert sayso(*command, "--output", str(path)).exit_code == 0
    assert pq.read_table(path).num_rows == len(rows) == len(polars.read_parquet(path))


def test_tables_become_frames(desk: tuple[Ledger, str]) -> None:
    ledger, _ = desk
    for table in (ledger.claims(), ledger.origins(), ledger.contradictions(), ledger.naming("league")):
        assert len(table.to_pandas()) == len(table.to_polars()) == len(table)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_ledger_that_may_not_be_written_to_shows_what_was_compared(desk: tuple[Ledger, str]) -> None:
    _, address = desk
    Path(address).chmod(0o400)
    try:
        assert sayso("compare", address).exit_code == 0
    finally:
        Path(address).chmod(0o600)


def test_every_question_is_answered_alike_by_both_databases(
    desk: tuple[Ledger, str], postgresql_address: str, tmp_path: Path
) -> None:
    with Ledger(tmp_path / "twin.sayso") as twin, Ledger(postgresql_address) as ledger:
        for reading in desk[0].readings():
            twin.keep(reading)
            ledger.keep(reading)
        _answer_alike(twin, ledger)


def _answer_alike(twin: Ledger, ledger: Ledger) -> None:
    for one, other in (
        (twin.claims(sure=0), ledger.claims(sure=0)),
        (twin.claims("explosive", since="2033-11-05"), ledger.claims("explosive", since="2033-11-05")),
        (twin.origins(limit=100), ledger.origins(limit=100)),
        (twin.contradictions(limit=100), ledger.contradictions(limit=100)),
        (twin.claim("dead").table(), ledger.claim("dead").table()),
        (twin.naming("league", per="day"), ledger.naming("league", per="day")),
    ):
        assert one == other


def test_the_commands_compare_what_is_new(engine: Engine, tmp_path: Path) -> None:
    address = str(tmp_path / "new.sayso")
    with Ledger(address) as ledger:
        ledger.add(sorted(INCIDENT.glob("meridian-press-*.txt")), engine=engine)
    assert "3 reports, " in sayso("compare", address).stdout
    assert "No claim was found" in sayso("compare", address, "--outlet", "nobody").stdout


def test_a_tree_shows_each_branch_once_and_ends_in_circles() -> None:
    def step(taker: str, giver: str, sure: bool = True) -> SimpleNamespace:
        return SimpleNamespace(taker=taker, giver=giver, sure=sure)

    steps = [step("A", "x"), step("B", "A", False), step("C", "A"), step("C", "y"), step("D", "C"), step("A", "D")]
    assert list(tree(steps, ["x", "y"], {"y"})) == [
        "  x",
        "  └─ A",
        "     ├─ B (not sure)",
        "     └─ C",
        "        └─ D",
        "           └─ A (see above)",
        "  y (not named)",
        "  └─ C (see above)",
    ]
    assert list(tree([step("A", "B"), step("B", "A")], [])) == []
