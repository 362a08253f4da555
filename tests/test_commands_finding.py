"""The questions on the command line: what they print, write and refuse."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet
import pytest
from click.testing import CliRunner, Result

from sayso.cli import main
from sayso.ledger import Ledger
from tests.desk import filled


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("desk") / "desk.sayso"
    with Ledger(path) as opened:
        filled(opened)
    return str(path)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def test_a_search(desk: str) -> None:
    done = run("search", desk, "spillway", "gates", "--width", "80")
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "    date        outlet        who says so            stance  kind   score",
        "─" * 80,
        done.stdout.splitlines()[2],
        "    that the *spillway* *gates* had been opened on 6 March",
        "    Dam will hold, engineer says · also in 2 copies",
    ]
    assert done.stdout.splitlines()[2].startswith(" 1  2031-03-07  Harbour Wire  River Board of Lissar  denies  mixed")


def test_filters_by_their_names(desk: str) -> None:
    done = run("search", desk, "--voice", "kesic", "--from", "2031-03", "--to", "2031-03", "--outlet", "ridge",
               "--type", "person", "--kind", "mixed", "--about", "board", "--format", "json")  # fmt: skip
    assert [row["content"] for row in json.loads(done.stdout)] == ["the board a nest of liars"]
    assert json.loads(run("search", desk, "--unnamed", "--limit", "1", "--format", "json").stdout)
    assert json.loads(run("search", desk, "--via", "radio", "--stance", "asserts", "--format", "json").stdout) == []
    told = run("search", desk, "--dated", "told", "--from", "2031-03-06", "--to", "2031-03-06", "--format", "json")
    assert len(json.loads(told.stdout)) == 1


@pytest.mark.parametrize("command", ["documents", "voices", "outlets", "sourcing", "timeline", "names", "search"])
def test_every_question_has_every_format(desk: str, command: str, tmp_path: Path) -> None:
    asked = [command, desk, *(["river board"] if command == "names" else [])]
    printed = run(*asked)
    assert printed.exit_code == 0
    assert max(map(len, printed.stdout.splitlines())) <= 80
    rows = list(csv.DictReader(io.StringIO(run(*asked, "--format", "csv").stdout, newline="")))
    assert [list(row) for row in json.loads(run(*asked, "--format", "json").stdout)] == [list(row) for row in rows]
    path = tmp_path / "found.json"
    assert run(*asked, "--output", str(path)).stdout == ""
    assert len(json.loads(path.read_text("utf-8"))) == len(rows)
    kept = tmp_path / "found.parquet"
    assert run(*asked, "--output", str(kept)).exit_code == 0
    assert pyarrow.parquet.read_table(kept).num_rows == len(rows) > 0
    assert run(*asked, "--output", str(tmp_path / "found.txt")).exit_code == 0
    assert (tmp_path / "found.txt").read_text("utf-8").count("─") > 20
    assert run(command, "--help").exit_code == 0


def test_a_search_by_meaning_makes_what_is_missing_once(desk: str) -> None:
    done = run("search", desk, "--like", "the fissure had been there for years", "--format", "json")
    assert done.stderr == "sayso: what is said is read for its meaning first; that is done once\n"
    assert "that the crack was old" in [row["content"] for row in json.loads(done.stdout)][:3]
    assert run("search", desk, "--like", "the barrage gives way", "--limit", "1").stderr == ""


def test_nothing_found_says_so_beside_an_empty_table(desk: str) -> None:
    done = run("search", desk, "zeppelin", "--format", "csv")
    assert done.stdout.startswith("published,outlet")
    assert done.stderr.startswith("sayso: Nothing found. Try")
    assert run("search", desk, "zeppelin").stdout.startswith("Nothing found. Try")


def test_what_cannot_be_asked_is_a_sentence(desk: str, tmp_path: Path) -> None:
    for words, code, sentence in [
        (("search", desk, "…"), 1, "no word"),
        (("search", desk, "--from", "tomorrow"), 1, "is not a date"),
        (("search", str(tmp_path / "none.sayso"), "dam"), 1, "no ledger"),
        (("search", desk, "dam", "--like", "dam"), 2, "not by both"),
        (("search", desk, "dam", "--output", desk), 2, "is the ledger"),
        (("search", desk, "dam", "--kind", "loud"), 2, "loud"),
        (("search", desk, "dam", "--output", str(tmp_path / "no" / "x.csv")), 1, "cannot be written"),
        (("search", str(Path(__file__)), "dam"), 1, "not a ledger"),
    ]:
        done = run(*words)
        assert done.exit_code == code, done.output
        assert sentence in done.stderr
        assert "Traceback" not in done.output


def test_reading_does_not_load_what_the_ledger_needs() -> None:
    import subprocess
    import sys

    script = "import sys; from sayso.cli import main; main(['read', '--help'], standalone_mode=False); " \
             "print([m for m in ('sqlalchemy', 'sayso.ledger') if m in sys.modules])"  # fmt: skip
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_question_does_not_load_what_only_reading_needs(desk: str) -> None:
    import subprocess
    import sys

    heavy = ("onnxruntime", "numpy", "sayso.engine", "sayso.voices.voiced", "sayso.intake.opened", "sayso.corrections")
    asked = ["search", desk, "spillway"]
    script = f"import sys; from sayso.cli import main; main({asked!r}, standalone_mode=False); " \
             f"print([m for m in {heavy!r} if m in sys.modules])"  # fmt: skip
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
