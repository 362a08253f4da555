"""`sayso add`, `documents`, `merge`, `split`, as a person or a script meets them."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sayso.cli import COMMANDS, main
from sayso.ledger import Ledger
from tests.ready import Ready

TEXT = "{} said that the dam was closed. Odile Varrin said that it was not, and that the water was over the wall."


@pytest.fixture(autouse=True)
def in_a_folder_of_reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sayso.engine.Engine", lambda threads=None: Ready())
    Path("reports").mkdir()
    Path("reports/a.txt").write_text(TEXT.format("Salim Dravek"))
    Path("reports/b.txt").write_text(TEXT.format("Saleem Drawek"))
    Path("reports/b.json").write_text(
        '{"outlet": "Ridge Voice", "published": "2031-03-12", "title": "Over \\u001b[1m it"}'
    )


def sayso(*arguments: str, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(main, arguments, input=stdin, prog_name="sayso")


def test_add_and_add_again(address: str) -> None:
    done = sayso("add", address, "reports")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "sayso: 2 added\n")
    again = sayso("add", address, "reports", "-", stdin=TEXT.format("Colm Vantry").encode())
    assert (again.exit_code, again.stderr) == (0, "sayso: 1 added, 2 there already\n")


def test_documents() -> None:
    sayso("add", "desk.sayso", "reports")
    Path("c.txt").write_text(TEXT.format("Salim Dravek"))
    sayso("add", "desk.sayso", "c.txt", "--outlet", "Lyth Gazette")
    done = sayso("documents", "desk.sayso", "--width", "100")
    assert done.exit_code == 0
    assert [line.split() for line in done.stdout.splitlines()] == [
        ["no.", "date", "outlet", "title", "copy", "of", "alike", "said"],
        ["─" * (len(done.stdout.splitlines()[1]))],
        ["1", "–", "–", "reports/a.txt", "–", "–", "2"],
        ["2", "2031-03-12", "Ridge", "Voice", "Over", "␛[1m", "it", "–", "–", "2"],
        ["3", "–", "Lyth", "Gazette", "c.txt", "1", "100%", "2"],
    ]
    assert "Lyth" not in sayso("documents", "desk.sayso", "--outlet", "ridge").stdout
    assert sayso("documents", "desk.sayso", "--from", "2032").stdout.startswith("No reports found.")


def test_an_empty_ledger_says_what_fills_it() -> None:
    Ledger("desk.sayso").close()
    assert sayso("documents", "desk.sayso").stdout == "The ledger is empty: sayso add fills it.\n"


def test_merge_and_split() -> None:
    sayso("add", "desk.sayso", "reports")
    done = sayso("merge", "desk.sayso", "Salim Dravek", "Saleem Drawek", "--by", "Noor")
    assert (done.exit_code, done.stderr) == (0, "sayso: Saleem Drawek is Salim Dravek from now on; documents: 1\n")
    done = sayso("split", "desk.sayso", "Saleem Drawek")
    assert (done.exit_code, done.stderr) == (
        0,
        "sayso: Saleem Drawek is nobody else from now on; documents: 1\n",
    )
    done = sayso("split", "desk.sayso", "Odile Varrin", "--document", "2")
    assert (done.exit_code, "person:odile varrin#2" in done.stderr) == (0, True)


def test_update_of_everything() -> None:
    with Ledger("desk.sayso") as ledger:
        ledger.add(["reports"], engine=Ready("en_v0"))
    done = sayso("add", "desk.sayso", "--update")
    assert (done.exit_code, done.stderr) == (0, "sayso: 2 read again\n")
    done = sayso("add", "desk.sayso", "--update")
    assert (done.exit_code, done.stderr) == (0, "sayso: nothing to do\n")


def test_what_cannot_be_read_is_said_and_the_rest_added() -> None:
    Path("reports/c.txt").write_bytes(b"%PDF-1.7")
    done = sayso("add", "desk.sayso", "reports", "nothing.txt")
    assert done.exit_code == 1
    assert "reports/c.txt: it is no PDF file that can be opened" in done.stderr
    assert done.stderr.endswith("sayso: 2 added, 2 could not be read\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("documents", "none.sayso"), "none.sayso: there is no ledger there"),
        (("merge", "none.sayso", "a", "b"), "none.sayso: there is no ledger there"),
        (("split", "none.sayso", "a"), "none.sayso: there is no ledger there"),
        (("add", "reports/a.txt", "reports"), "reports/a.txt: it is not a ledger"),
        (("documents", "reports/a.txt"), "reports/a.txt: it is not a ledger"),
        (("add", "reports", "reports"), "reports: it is a folder; a ledger is one file"),
    ],
)
def test_a_ledger_that_cannot_be_used_is_said(arguments: tuple[str, ...], said: str) -> None:
    done = sayso(*arguments)
    assert (done.exit_code, done.stderr, done.stdout) == (1, f"sayso: {said}\n", "")
    assert not Path("none.sayso").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "desk.sayso"), "say what to add"),
        (("add", "desk.sayso", "--update", "--outlet", "X"), "--update of everything takes no"),
        (("add", "desk.sayso", "a", "b", "--title", "X"), "are those of one report"),
        (("add", "desk.sayso", "-", "-"), "can be read only once"),
        (("add", "desk.sayso", "a", "--published", "March"), "--published: 'March' is not a date"),
    ],
)
def test_wrong_usage_is_said(arguments: tuple[str, ...], said: str) -> None:
    done = sayso(*arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    assert not Path("desk.sayso").exists()


def test_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted(Ready):
        def read_many(self, reports):  # type: ignore[no-untyped-def]
            yield next(super().read_many(reports))
            raise KeyboardInterrupt

    monkeypatch.setattr("sayso.engine.Engine", lambda threads=None: Interrupted())
    done = sayso("add", "desk.sayso", "reports")
    assert (done.exit_code, done.stderr) == (130, "sayso: interrupted; 1 added; adding again goes on from there\n")
    monkeypatch.setattr("sayso.engine.Engine", lambda threads=None: Ready())
    assert sayso("add", "desk.sayso", "reports").stderr == "sayso: 1 added, 1 there already\n"


def test_a_bar_says_how_far_it_has_come() -> None:
    for number in range(30):
        Path(f"reports/{number}.txt").write_text(TEXT.format(f"Warden No{number}"))
    ours, theirs = pty.openpty()
    adding = (
        "import sayso.engine; from tests.ready import Ready; from sayso.cli import main\n"
        "sayso.engine.Engine = lambda threads=None: Ready()\nmain(prog_name='sayso')"
    )
    with subprocess.Popen(
        [sys.executable, "-c", adding, "add", "desk.sayso", "reports"],
        stderr=theirs,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "TERM": "xterm"},
    ) as running:
        os.close(theirs)
        shown = b""
        while True:
            try:
                got = os.read(ours, 1 << 16)
            except OSError:
                break
            if not got:
                break
            shown += got
    os.close(ours)
    assert running.returncode == 0
    assert b"/32" in shown
    assert b"32 added" in shown


def test_a_missing_library_is_said() -> None:
    without = "import sys; sys.modules['sqlalchemy'] = None; from sayso.cli import main; main(prog_name='sayso')"
    done = subprocess.run(
        [sys.executable, "-c", without, "documents", "desk.sayso"],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert (done.returncode, done.stderr) == (1, "sayso: a ledger needs sqlalchemy: pip install 'sayso[ledger]'\n")


def test_every_command_has_help() -> None:
    listed = sayso("--help").stdout
    for name in COMMANDS:
        assert name in listed
        assert sayso(name, "--help").stdout.startswith(f"Usage: sayso {name} ")
