"""`sayso` as a person or a script meets it: what it prints, what it says, how it ends."""

from __future__ import annotations

import csv
import fcntl
import io
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sayso import __version__
from sayso.cli import main
from sayso.engine import Engine
from sayso.reading import Reading

SAYSO = [sys.executable, "-m", "sayso"]
HEEDING_INTERRUPTS = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # which whatever runs the tests may have it ignore
from sayso.cli import main
main(prog_name="sayso")
"""
EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.fixture(autouse=True)
def one_engine(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command loads its own engine; here it gets the one that is loaded."""
    monkeypatch.setattr("sayso.engine.Engine", lambda threads=None: engine)


@pytest.fixture(autouse=True)
def in_a_folder_of_reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("bridge.txt").write_text("The mayor said that the bridge was closed.")
    Path("reports").mkdir()
    Path("reports/b.txt").write_text("The board denied that it had known.")
    Path("reports/a.txt").write_text("The mayor said that the bridge was closed.")


def sayso(*arguments: str, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(main, arguments, input=stdin, prog_name="sayso")


def process(*arguments: str, **settings: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [*SAYSO, *arguments], capture_output=True, encoding="utf-8", timeout=60, **settings
    )


# What is printed


def test_the_ledger() -> None:
    done = sayso("read", "bridge.txt")
    assert done.exit_code == 0
    assert done.stderr == ""
    assert "The mayor · said" in done.stdout
    assert "the bridge was closed" in done.stdout
    assert "\x1b" not in done.stdout


def test_the_table_of_labels() -> None:
    report = str(EXAMPLES / "evening-klaxon-brigade-in-a-box.txt")
    done = sayso("read", report, "--labels", "--width", "60")
    assert done.exit_code == 0
    assert "◆" in done.stdout
    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) == 60
    assert sayso("read", report, "--format", "labels", "--width", "60").stdout == done.stdout


@pytest.mark.parametrize("width", [30, 60, 100])
def test_the_table_of_facts(width: int) -> None:
    report = str(EXAMPLES / "harbour-wire-wool-exchange.txt")
    done = sayso("read", report, "--facts", "--width", str(width))
    assert done.exit_code == 0
    assert "What can be checked: " in done.stdout
    assert "2031-03-07" in done.stdout
    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) == width
    assert sayso("read", report, "--format", "facts", "--width", str(width)).stdout == done.stdout


def test_the_facts_of_many_reports_follow_one_another() -> None:
    done = sayso("read", "reports", "--facts")
    assert (done.exit_code, done.stdout.count("Nothing dated, placed or counted found")) == (0, 2)


def test_csv_of_one_report_is_printed_or_written_to_a_file() -> None:
    report = str(EXAMPLES / "harbour-wire-wool-exchange.txt")
    text = Path(report).read_text("utf-8")
    written = sayso("read", report, "--format", "csv").stdout_bytes.decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(written, newline="")))
    assert len(rows) > 5
    assert all(text[int(row["start"]) : int(row["end"])].split() == row["statement"].split() for row in rows)
    assert sayso("read", report, "--format", "csv", "--output", "found.csv").exit_code == 0
    assert Path("found.csv").read_bytes().decode("utf-8") == written


def test_csv_of_many_reports_is_a_folder_of_tables() -> None:
    done = sayso("read", "reports", "--format", "csv", "--output", "found")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")
    assert sorted(os.listdir("found")) == ["a.csv", "b.csv"]
    assert all(Path("found", name).read_bytes().startswith(b"report,outlet,") for name in os.listdir("found"))


def test_json_is_one_reading() -> None:
    reading = Reading.from_dict(json.loads(sayso("read", "bridge.txt", "--format", "json").stdout))
    assert reading.document.path == "bridge.txt"
    assert reading.document.text == Path("bridge.txt").read_text()


def test_jsonl_keeps_the_order_of_the_input() -> None:
    done = sayso("read", "reports", "bridge.txt", "reports/b.txt", "--format", "jsonl")
    assert [json.loads(line)["document"]["path"] for line in done.stdout.splitlines()] == [
        "reports/a.txt",
        "reports/b.txt",
        "bridge.txt",
        "reports/b.txt",
    ]


def test_examples_give_a_valid_reading_each() -> None:
    done = sayso("read", str(EXAMPLES), "--format", "jsonl")
    readings = [Reading.from_dict(json.loads(line)) for line in done.stdout.splitlines()]
    assert done.exit_code == 0
    assert len(readings) == len(list(EXAMPLES.rglob("*.txt")))
    assert all(reading.document.outlet and reading.attributions for reading in readings)


def test_standard_input() -> None:
    done = sayso("read", "-", "--format", "json", stdin="“No,” said the café’s owner.".encode())
    document = json.loads(done.stdout)["document"]
    assert (document["path"], document["text"]) == (None, "“No,” said the café’s owner.")


def test_what_is_known_goes_before_what_stands_beside() -> None:
    Path("bridge.json").write_text('{"title": "Closed", "outlet": "Harbour Wire"}')
    done = sayso("read", "bridge.txt", "--format", "json", "--outlet", "Ridge Voice", "--published", "2031-03-12")
    document = json.loads(done.stdout)["document"]
    assert (document["title"], document["outlet"], document["published"]) == ("Closed", "Ridge Voice", "2031-03-12")


@pytest.mark.parametrize("width", [30, 60, 100])
def test_width(width: int) -> None:
    done = sayso("read", str(EXAMPLES / "ridge-voice-survivors.txt"), "--width", str(width))
    assert max(map(len, done.stdout.splitlines())) == width


@pytest.mark.parametrize(
    ("form", "output", "written"),
    [
        ("text", "out", ["out"]),
        ("json", "out.json", ["out.json"]),
        ("html", "out.html", ["out.html"]),
        ("json", "out/", ["out/bridge.json"]),
        ("brat", "out", ["out/bridge.ann", "out/bridge.txt"]),
    ],
)
def test_output(form: str, output: str, written: list[str]) -> None:
    done = sayso("read", "bridge.txt", "--format", form, "--output", output)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")
    assert all(Path(path).stat().st_size for path in written)


# What it says of itself


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"]])
def test_help(arguments: list[str]) -> None:
    done = sayso(*arguments)
    assert done.exit_code == 0
    assert "Read news reports and see on whose say-so every statement stands." in done.stdout
    assert re.search(r"^  read +Read reports", done.stdout, re.MULTILINE)


def test_help_of_read_fits_80_columns_and_shows_formats_examples_and_exit_codes() -> None:
    printed = sayso("read", "--help").stdout
    assert max(map(len, printed.splitlines())) <= 80
    for line in (
        "  Examples:",
        "    sayso read report.txt",
        "    sayso read reports/ --format jsonl --output found.jsonl",
        "  Formats:",
        "  Exit codes:",
        "    0    every report was read",
        "    130  interrupted",
    ):
        assert line in printed.splitlines()
    assert re.search(r"^  --facts +Print what can be checked", printed, re.MULTILINE)
    assert re.search(r"^  --labels +Print what each voice calls whom", printed, re.MULTILINE)
    for name in ("text", "facts", "csv", "labels", "json", "jsonl", "html", "brat"):
        assert re.search(rf"^    {name} +\w", printed, re.MULTILINE)


def test_the_examples_of_the_help_are_valid() -> None:
    for command in re.findall(r"^    sayso (read .+)$", sayso("read", "--help").stdout, re.MULTILINE):
        names = re.findall(r"--\w+", command)
        assert names == [name for name in names if name in sayso("read", "--help").stdout.split("Formats:")[0]]


def test_version_names_the_model(engine: Engine) -> None:
    done = sayso("--version")
    assert done.exit_code == 0
    assert done.stdout == f"sayso {__version__}, model {engine.model.name}\n"


# What cannot be


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["read"], "Missing argument 'PATH...'"),
        (["bridge.txt"], "to read bridge.txt, say: sayso read bridge.txt"),
        (["wread"], "No such command 'wread'"),
        (["read", "bridge.txt", "--format", "pdf"], "'pdf' is not one of"),
        (["read", "bridge.txt", "--labels", "--format", "json"], "it cannot be written as --format json"),
        (["read", "bridge.txt", "--facts", "--format", "csv"], "it cannot be written as --format csv"),
        (["read", "bridge.txt", "--facts", "--labels"], "--facts and --labels are two tables: ask for one"),
        (["read", "bridge.txt", "--labels", "--facts"], "--facts and --labels are two tables: ask for one"),
        (["read", "bridge.txt", "--facts", "--format", "labels"], "it cannot be written as --format labels"),
        (["read", "bridge.txt", "--width", "10"], "10 is not in the range x>=30"),
        (["read", "bridge.txt", "--threads", "0"], "0 is not in the range x>=1"),
        (["read", "bridge.txt", "--output", ""], "--output is empty"),
        (["read", "bridge.txt", "--output", "bridge.txt"], "--output bridge.txt is one of the reports to be read"),
        (["read", "reports", "--output", "./reports/a.txt"], "is one of the reports to be read"),
        (["read", "bridge.txt", "--published", "yesterday"], "--published: 'yesterday' is not a date of the form"),
        (["read", "reports", "--title", "Closed"], "--title and --url are those of one report, and there are 2"),
        (["read", "-", "-"], "standard input (-) can be read only once"),
        (["read", "bridge.txt", "--format", "brat"], "say --output FOLDER"),
        (["read", "reports", "--format", "html"], "say --output FOLDER"),
        (["read", "reports", "--format", "csv"], "--format csv writes one table a report: say --output FOLDER"),
        (["read", "reports", "--format", "csv", "--output", "-"], "say --output FOLDER"),
    ],
)
def test_usage(arguments: list[str], sentence: str) -> None:
    done = sayso(*arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("missing.txt", None, "sayso: missing.txt: there is no such file or folder"),
        ("empty.txt", b"", "sayso: empty.txt: it is empty"),
        ("blank.txt", b"\n \n", "sayso: blank.txt: it holds nothing but white space"),
        ("page.pdf", b"%PDF-1.7", "sayso: page.pdf: it is no PDF file that can be opened: it may be damaged"),
        ("data.bin", bytes(range(256)), "sayso: data.bin: it is not text but binary data"),
        ("odd.txt", b"It was \x81 closed.", "sayso: odd.txt: the byte at offset 7 is not UTF-8"),
    ],
)
def test_one_bad_file_does_not_stop_the_others(name: str, data: bytes | None, sentence: str) -> None:
    if data is not None:
        Path(name).write_bytes(data)
    alone = sayso("read", name, "--format", "jsonl")
    assert (alone.exit_code, alone.stdout) == (1, "")
    assert alone.stderr.startswith(sentence)
    assert alone.stderr.count("\n") == 1
    among = sayso("read", "bridge.txt", name, "reports", "--format", "jsonl")
    assert among.exit_code == 1
    assert among.stdout.count("\n") == 3
    assert among.stderr.startswith(sentence)
    assert among.stderr.endswith("sayso: 1 of 4 reports could not be read\n")


def test_a_folder_without_text() -> None:
    Path("empty").mkdir()
    done = sayso("read", "empty")
    assert (done.exit_code, done.stderr) == (1, "sayso: empty: there is no report in this folder\n")


@pytest.mark.parametrize(
    ("data", "note"),
    [
        ("The mayor’s café is closed, she said.".encode("cp1252"), "not UTF-8, read as CP1252"),
        ("The mayor’s café is closed, she said.".encode("utf-16"), "read as UTF-16"),
        ("Der Minister erklärte am Montag, die Brücke bleibe gesperrt, weil Risse gefunden wurden.".encode(), "(de)"),
    ],
)
def test_what_a_person_should_know_is_said_and_the_report_read(data: bytes, note: str) -> None:
    Path("note.txt").write_bytes(data)
    done = sayso("read", "note.txt", "--format", "jsonl")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["document"]["path"] == "note.txt"
    assert done.stderr.startswith("sayso: note.txt: ")
    assert note in done.stderr
    assert done.stderr.count("\n") == 1


def test_output_that_cannot_be_written() -> None:
    done = sayso("read", "bridge.txt", "--output", "no/such/out")
    assert done.exit_code == 1
    assert done.stderr == "sayso: no/such/out: it cannot be written (no such file or directory)\n"


def test_a_report_is_never_written_over() -> None:
    done = sayso("read", "reports", "--format", "brat", "--output", "reports")
    assert done.exit_code == 1
    assert "reports/a.txt: it is one of the reports to be read" in done.stderr
    assert Path("reports/a.txt").read_text() == "The mayor said that the bridge was closed."


# As a process


def test_as_a_process() -> None:
    done = process("read", "bridge.txt", "missing.txt")
    assert done.returncode == 1
    assert "The mayor · said" in done.stdout
    assert done.stderr.splitlines()[0] == "sayso: missing.txt: there is no such file or folder"


@pytest.mark.parametrize("form", ["text", "facts", "labels", "jsonl"])
def test_a_closed_pipe(form: str) -> None:
    with subprocess.Popen(
        [*SAYSO, "read", str(EXAMPLES), "--format", form],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline()
        running.stdout.close()
        said = running.stderr.read()
    assert running.returncode == 1
    assert re.fullmatch(r"sayso: the output was closed after \d of \d+ reports\n", said)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.parametrize("arguments", [["read", "bridge.txt"], ["read", "bridge.txt", "--format", "json"], ["--help"]])
def test_a_full_disk_on_standard_output(arguments: list[str]) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run([*SAYSO, *arguments], stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert done.stderr == "sayso: standard output: it cannot be written (no space left on device)\n"


def test_a_full_disk_on_output() -> None:
    limit = f"ulimit -f 1; exec {' '.join(SAYSO)} read {EXAMPLES} --format jsonl --output out.jsonl"
    Path("out.jsonl").write_text("before")
    done = subprocess.run(["bash", "-c", limit], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert done.stderr == "sayso: out.jsonl: it cannot be written (file too large)\n"
    assert Path("out.jsonl").read_text() == "before"
    assert not list(Path().glob(".*.part"))


def test_closed_streams() -> None:
    for closing, said in (("<&-", "standard input: it is closed"), (">&-", "standard output: it is closed")):
        done = subprocess.run(
            ["bash", "-c", f"{' '.join(SAYSO)} read {'-' if '<' in closing else 'bridge.txt'} {closing}"],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert (done.returncode, done.stderr) == (1, f"sayso: {said}\n")


def test_interrupted() -> None:
    long = (EXAMPLES / "ridge-voice-survivors.txt").read_text()
    Path("many").mkdir()
    for number in range(200):
        Path(f"many/{number:03}.txt").write_text(long)
    Path("out.jsonl").write_text("before")
    with subprocess.Popen(
        [sys.executable, "-c", HEEDING_INTERRUPTS, "read", "many", "--format", "jsonl", "--output", "out.jsonl"],
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as running:
        while not list(Path().glob(".*.part")):
            time.sleep(0.02)
        time.sleep(0.3)
        began = time.monotonic()
        running.send_signal(signal.SIGINT)
        assert running.stderr is not None
        said = running.stderr.read()
    assert running.returncode == 130
    assert re.fullmatch(r"sayso: interrupted after \d+ of 200 reports\n", said)
    assert time.monotonic() - began < 5
    assert Path("out.jsonl").read_text() == "before"
    assert not list(Path().glob(".*.part"))


def in_a_terminal(*arguments: str, stdout: int | None = None, **environment: str) -> str:
    """What a command prints in a terminal of 70 columns (on stderr alone, where `stdout` goes elsewhere)."""
    control, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 70, 0, 0))
    variables = {
        name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")
    }
    running = subprocess.Popen(
        [*SAYSO, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=terminal if stdout is None else stdout,
        stderr=terminal,
        env={**variables, "TERM": "xterm-256color", **environment},
    )
    os.close(terminal)
    printed = b""
    while select.select([control], [], [], 30)[0]:
        try:
            printed += (data := os.read(control, 1 << 16))
        except OSError:  # the other side has closed
            break
        if not data:
            break
    os.close(control)
    assert running.wait() == 0
    return printed.decode("utf-8").replace("\r\n", "\n")


def test_in_a_terminal() -> None:
    printed = in_a_terminal("read", str(EXAMPLES / "ridge-voice-survivors.txt"))
    assert "\x1b[1;36m" in printed
    plain = re.sub(r"\x1b\[[\d;]*m", "", printed)
    assert max(map(len, plain.splitlines())) == 70


def test_the_table_of_labels_in_a_terminal() -> None:
    printed = in_a_terminal("read", str(EXAMPLES / "evening-klaxon-brigade-in-a-box.txt"), "--labels")
    assert re.search(r"\x1b\[1;35m[^\x1b]+◆\x1b", printed)
    assert max(map(len, re.sub(r"\x1b\[[\d;]*m", "", printed).splitlines())) == 70


def test_no_color() -> None:
    printed = in_a_terminal("read", "bridge.txt", NO_COLOR="1")
    assert "The mayor" in printed
    assert not re.search(r"\x1b\[[\d;]*3\dm", printed)


def test_a_progress_bar_for_more_than_one_report() -> None:
    with open("out", "wb") as out:
        printed = in_a_terminal("read", "reports", "--format", "jsonl", stdout=out.fileno())
        assert "2/2" in printed
        assert in_a_terminal("read", "bridge.txt", stdout=out.fileno()) == ""
    assert Path("out").read_text().count("\n") > 2
    assert "\x1b" not in Path("out").read_text()
